//! The small language in which a rule pack states relations between protocol lines.
//!
//! ```text
//! relation   = sum comparison sum
//! comparison = "=" | "<=" | ">=" | "<" | ">"
//! sum        = factor { ("+" | "-") factor }
//! factor     = atom { "*" percent }
//! atom       = number | line | "sum(" line ")" | "ceil(" sum ")"
//! percent    = number "%"
//! ```
//!
//! A line that stands once is written by its id; `sum(line)` adds all items of a repeated one. A repeated line written
//! without `sum` makes the relation hold for every item by itself. Percentages are exact until `ceil` rounds up.

mod eval;
mod lexer;
mod parser;
#[cfg(test)]
mod tests;

pub use eval::{Sides, Unknown};
pub use parser::ExpressionError;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Longest relation that is read, in bytes.
pub const MAX_BYTES: usize = 1_000;
/// Deepest nesting of `ceil`.
pub const MAX_DEPTH: usize = 8;

/// How two sides compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<=`
    AtMost,
    /// `>=`
    AtLeast,
    /// `<`
    Below,
    /// `>`
    Above,
}

/// A term of a relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// A whole number.
    Number(u64),
    /// A line by its id.
    Line(String),
    /// All items of a repeated line.
    Sum(String),
    /// `a + b`
    Add(Box<Expr>, Box<Expr>),
    /// `a - b`
    Sub(Box<Expr>, Box<Expr>),
    /// `a * p%`, the percentage in ten-thousandths of a per cent.
    Percent(Box<Expr>, u32),
    /// Rounded up to a whole number.
    Ceil(Box<Expr>),
}

/// A parsed relation; [`std::fmt::Display`] gives its text back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Left side.
    pub left: Expr,
    /// How they compare.
    pub comparison: Comparison,
    /// Right side.
    pub right: Expr,
    text: String,
}

impl Relation {
    /// Reads a relation.
    ///
    /// # Errors
    /// [`ExpressionError`] with the position of the fault in bytes.
    pub fn parse(text: &str) -> Result<Self, ExpressionError> {
        let (left, comparison, right) = parser::relation(text)?;
        Ok(Self {
            left,
            comparison,
            right,
            text: text.to_owned(),
        })
    }

    /// Ids of all lines, each once, in the order of their first mention; with `true` where it is summed.
    #[must_use]
    pub fn lines(&self) -> Vec<(&str, bool)> {
        let mut found = Vec::new();
        self.left.collect(&mut found);
        self.right.collect(&mut found);
        found
    }
}

impl Expr {
    fn collect<'a>(&'a self, found: &mut Vec<(&'a str, bool)>) {
        let mut add = |id: &'a str, summed| {
            if !found.contains(&(id, summed)) {
                found.push((id, summed));
            }
        };
        match self {
            Self::Number(_) => {}
            Self::Line(id) => add(id, false),
            Self::Sum(id) => add(id, true),
            Self::Add(a, b) | Self::Sub(a, b) => {
                a.collect(found);
                b.collect(found);
            }
            Self::Percent(a, _) | Self::Ceil(a) => a.collect(found),
        }
    }
}

impl std::fmt::Display for Relation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for Relation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Relation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}
