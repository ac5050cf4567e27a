//! Exact percentages and fractions of the law. No floating point anywhere.

mod grouped;
mod percent;
#[cfg(test)]
mod tests;

pub use grouped::grouped;
pub use percent::{Percent, PercentError};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A fraction such as the two thirds of a quorum. The denominator is never zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fraction {
    numerator: u32,
    denominator: u32,
}

/// A text that is not a fraction `a/b` with `b` above zero.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a fraction such as \"2/3\"")]
pub struct FractionError(String);

impl Fraction {
    /// Reads `a/b`, both whole numbers, `b` above zero.
    ///
    /// # Errors
    /// [`FractionError`] with the text that was given.
    pub fn parse(text: &str) -> Result<Self, FractionError> {
        let fault = || FractionError(text.chars().take(40).collect());
        let (numerator, denominator) = text.split_once('/').ok_or_else(fault)?;
        let whole = |part: &str| {
            let digits = part.trim();
            if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(fault());
            }
            digits.parse::<u32>().map_err(|_| fault())
        };
        let fraction = Self {
            numerator: whole(numerator)?,
            denominator: whole(denominator)?,
        };
        if fraction.denominator == 0 {
            return Err(fault());
        }
        Ok(fraction)
    }

    /// The part above the line.
    #[must_use]
    pub fn numerator(self) -> u32 {
        self.numerator
    }

    /// The part below the line, never zero.
    #[must_use]
    pub fn denominator(self) -> u32 {
        self.denominator
    }

    /// The smallest whole number that is at least this fraction of `whole`.
    #[must_use]
    pub fn of_ceil(self, whole: u32) -> u64 {
        let product = u64::from(whole) * u64::from(self.numerator);
        product.div_ceil(u64::from(self.denominator))
    }
}

impl std::fmt::Display for Fraction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}

impl Serialize for Fraction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fraction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}
