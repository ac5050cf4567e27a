//! Codes of territories: nine digits of the national classifier (KATO).
//!
//! The digits are grouped `AB CD EF HIJ`: region, district or city, rural district or other administration, settlement.
//! Unused groups are zero. A code means something only together with the edition of the classifier.

#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Digits of a code.
const LENGTH: usize = 9;
/// Where each level's groups end, from the region down.
const ENDS: [usize; 4] = [2, 4, 6, 9];

/// Depth of a territory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Region, or city equal to one.
    Region,
    /// District, or city of regional significance.
    District,
    /// Rural district, town, or other administration below the district.
    SubDistrict,
    /// Village, station or other settlement.
    Settlement,
}

/// A nine-digit territory code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AreaCode([u8; LENGTH]);

/// Why a text is not a territory code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AreaCodeError {
    /// Not nine characters.
    #[error("a territory code has 9 digits, this has {0} characters")]
    Length(usize),
    /// Something other than an ASCII digit; positions start at 1.
    #[error("character {position} is not a digit")]
    NotADigit {
        /// Where.
        position: usize,
    },
    /// The first two digits name no region.
    #[error("a territory code can't start with 00")]
    NoRegion,
}

impl AreaCode {
    /// Reads exactly nine ASCII digits; nothing is trimmed.
    ///
    /// # Errors
    /// [`AreaCodeError`] says what is wrong.
    pub fn parse(text: &str) -> Result<Self, AreaCodeError> {
        if let Some(at) = text.chars().position(|c| !c.is_ascii_digit()) {
            let length = text.chars().count();
            if length != LENGTH {
                return Err(AreaCodeError::Length(length));
            }
            return Err(AreaCodeError::NotADigit { position: at + 1 });
        }
        let digits: [u8; LENGTH] = text
            .as_bytes()
            .try_into()
            .map_err(|_| AreaCodeError::Length(text.len()))?;
        if digits.starts_with(b"00") {
            return Err(AreaCodeError::NoRegion);
        }
        Ok(Self(digits))
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only ASCII digits are ever stored.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Depth by the last group that isn't zero.
    #[must_use]
    pub fn level(&self) -> Level {
        let zero_after = |end: usize| self.0.iter().skip(end).all(|digit| *digit == b'0');
        match ENDS.map(zero_after) {
            [true, ..] => Level::Region,
            [_, true, ..] => Level::District,
            [_, _, true, _] => Level::SubDistrict,
            _ => Level::Settlement,
        }
    }

    /// The region's code.
    #[must_use]
    pub fn region(&self) -> Self {
        self.cut(2)
    }

    /// The code of the district or city of regional significance; none for a region.
    #[must_use]
    pub fn district(&self) -> Option<Self> {
        (self.level() >= Level::District).then(|| self.cut(4))
    }

    /// Codes that may be the parent, nearest first, each once.
    ///
    /// The direct parent zeroes the last group. The classifier has units whose direct parent it doesn't list; the next code
    /// is then the parent, one level up.
    #[must_use]
    pub fn parents(&self) -> Vec<Self> {
        let mut found = Vec::new();
        for end in ENDS.into_iter().rev().skip(1) {
            let parent = self.cut(end);
            if parent != *self && found.last() != Some(&parent) {
                found.push(parent);
            }
        }
        found
    }

    /// The nearest parent that exists.
    pub fn parent(&self, exists: impl Fn(&Self) -> bool) -> Option<Self> {
        self.parents().into_iter().find(exists)
    }

    /// Whether the other territory lies inside this one, or is the same.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        self == other || other.parents().contains(self)
    }

    fn cut(&self, end: usize) -> Self {
        let mut digits = self.0;
        for digit in digits.iter_mut().skip(end) {
            *digit = b'0';
        }
        Self(digits)
    }
}

impl fmt::Display for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AreaCode({})", self.as_str())
    }
}

impl FromStr for AreaCode {
    type Err = AreaCodeError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl Serialize for AreaCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for AreaCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}
