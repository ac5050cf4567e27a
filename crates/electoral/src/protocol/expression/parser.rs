use super::lexer::{Token, tokens};
use super::{Comparison, Expr, MAX_BYTES, MAX_DEPTH};
use crate::number::Percent;

/// Why a relation can't be read. Positions are in bytes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExpressionError {
    /// Longer than [`MAX_BYTES`].
    #[error("the relation has {0} bytes, more than the limit")]
    TooLong(usize),
    /// More nested than [`MAX_DEPTH`].
    #[error("at {0}: nested too deeply")]
    TooDeep(usize),
    /// A character outside the language.
    #[error("at {position}: {character:?} has no meaning here")]
    BadCharacter {
        /// Where.
        position: usize,
        /// What.
        character: char,
    },
    /// Something else was expected.
    #[error("at {position}: expected {expected}")]
    Expected {
        /// Where.
        position: usize,
        /// What was expected.
        expected: &'static str,
    },
    /// A number that doesn't fit.
    #[error("at {0}: this number doesn't fit")]
    BadNumber(usize),
}

pub(super) fn relation(text: &str) -> Result<(Expr, Comparison, Expr), ExpressionError> {
    if text.len() > MAX_BYTES {
        return Err(ExpressionError::TooLong(text.len()));
    }
    let mut parser = Parser {
        tokens: tokens(text)?,
        next: 0,
        end: text.len(),
    };
    let left = parser.sum(0)?;
    let comparison = parser.comparison()?;
    let right = parser.sum(0)?;
    if parser.peek().is_some() {
        return parser.expected("the end");
    }
    Ok((left, comparison, right))
}

struct Parser<'a> {
    tokens: Vec<(usize, Token<'a>)>,
    next: usize,
    end: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&Token<'a>> {
        self.tokens.get(self.next).map(|(_, token)| token)
    }

    fn position(&self) -> usize {
        self.tokens
            .get(self.next)
            .map_or(self.end, |(position, _)| *position)
    }

    fn expected<T>(&self, expected: &'static str) -> Result<T, ExpressionError> {
        Err(ExpressionError::Expected {
            position: self.position(),
            expected,
        })
    }

    fn take(&mut self, sign: &'static str) -> bool {
        let found = self.peek() == Some(&Token::Sign(sign));
        if found {
            self.next += 1;
        }
        found
    }

    fn need(&mut self, sign: &'static str) -> Result<(), ExpressionError> {
        if self.take(sign) {
            Ok(())
        } else {
            self.expected(sign)
        }
    }

    fn comparison(&mut self) -> Result<Comparison, ExpressionError> {
        let known = [
            ("=", Comparison::Equal),
            ("<=", Comparison::AtMost),
            (">=", Comparison::AtLeast),
            ("<", Comparison::Below),
            (">", Comparison::Above),
        ];
        for (sign, comparison) in known {
            if self.take(sign) {
                return Ok(comparison);
            }
        }
        self.expected("a comparison")
    }

    fn sum(&mut self, depth: usize) -> Result<Expr, ExpressionError> {
        let mut left = self.factor(depth)?;
        loop {
            if self.take("+") {
                left = Expr::Add(Box::new(left), Box::new(self.factor(depth)?));
            } else if self.take("-") {
                left = Expr::Sub(Box::new(left), Box::new(self.factor(depth)?));
            } else {
                return Ok(left);
            }
        }
    }

    fn factor(&mut self, depth: usize) -> Result<Expr, ExpressionError> {
        let atom = self.atom(depth)?;
        if !self.take("*") {
            return Ok(atom);
        }
        let position = self.position();
        let Some(Token::Number(number)) = self.peek().cloned() else {
            return self.expected("a percentage");
        };
        self.next += 1;
        let percent = Percent::parse(number).map_err(|_| ExpressionError::BadNumber(position))?;
        self.need("%")?;
        Ok(Expr::Percent(Box::new(atom), percent.parts()))
    }

    fn atom(&mut self, depth: usize) -> Result<Expr, ExpressionError> {
        let position = self.position();
        match self.peek().cloned() {
            Some(Token::Number(number)) => {
                self.next += 1;
                number
                    .parse()
                    .map(Expr::Number)
                    .map_err(|_| ExpressionError::BadNumber(position))
            }
            Some(Token::Word("sum")) => {
                self.next += 1;
                self.need("(")?;
                let Some(Token::Word(line)) = self.peek().cloned() else {
                    return self.expected("a line");
                };
                self.next += 1;
                self.need(")")?;
                Ok(Expr::Sum(line.to_owned()))
            }
            Some(Token::Word("ceil")) => {
                if depth >= MAX_DEPTH {
                    return Err(ExpressionError::TooDeep(position));
                }
                self.next += 1;
                self.need("(")?;
                let inner = self.sum(depth + 1)?;
                self.need(")")?;
                Ok(Expr::Ceil(Box::new(inner)))
            }
            Some(Token::Word(line)) => {
                self.next += 1;
                Ok(Expr::Line(line.to_owned()))
            }
            _ => self.expected("a number or a line"),
        }
    }
}
