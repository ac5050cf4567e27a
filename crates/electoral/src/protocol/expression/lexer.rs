use super::ExpressionError;

/// A word of the language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Number(&'a str),
    Word(&'a str),
    Sign(&'static str),
}

/// Longer signs first, so that `<=` isn't read as `<`.
const SIGNS: [&str; 11] = ["<=", ">=", "=", "<", ">", "+", "-", "*", "%", "(", ")"];

/// Splits a text into words with their positions in bytes.
pub(super) fn tokens(text: &str) -> Result<Vec<(usize, Token<'_>)>, ExpressionError> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..)
        && let Some(first) = rest.chars().next()
    {
        if first == ' ' || first == '\n' {
            at += 1;
            continue;
        }
        let taken = |keep: fn(char) -> bool| rest.split(|c| !keep(c)).next().unwrap_or_default();
        let (token, length) = if first.is_ascii_digit() {
            let number = taken(|c| c.is_ascii_digit() || c == '.');
            (Token::Number(number), number.len())
        } else if first.is_ascii_lowercase() {
            let word = taken(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
            (Token::Word(word), word.len())
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            (Token::Sign(sign), sign.len())
        } else {
            return Err(ExpressionError::BadCharacter {
                position: at,
                character: first,
            });
        };
        found.push((at, token));
        at += length;
    }
    Ok(found)
}
