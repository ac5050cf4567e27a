//! Thousandths: measurements without floating point.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A measured number in thousandths of its unit: `7.5` is 7,500.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Milli(pub i64);

/// Digits before the point at most; nothing at a station is larger.
const MOST_DIGITS: usize = 9;

impl FromStr for Milli {
    type Err = ();

    /// Digits, with a point or a comma and at most three decimals, perhaps with a minus.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (minus, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
        let plain = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty()
            || whole.len() > MOST_DIGITS
            || part.len() > 3
            || !plain(whole)
            || !plain(part)
            || (digits.contains(['.', ',']) && part.is_empty())
        {
            return Err(());
        }
        let whole: i64 = whole.parse().map_err(|_| ())?;
        let part: i64 = format!("{part:0<3}").parse().map_err(|_| ())?;
        let value = whole
            .checked_mul(1_000)
            .and_then(|w| w.checked_add(part))
            .ok_or(())?;
        Ok(Self(if minus { -value } else { value }))
    }
}

impl fmt::Display for Milli {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0.unsigned_abs() / 1_000, self.0.unsigned_abs() % 1_000);
        if self.0 < 0 {
            f.write_str("-")?;
        }
        if part == 0 {
            write!(f, "{whole}")
        } else {
            let part = format!("{part:03}");
            write!(f, "{whole}.{}", part.trim_end_matches('0'))
        }
    }
}

impl Serialize for Milli {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Milli {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse()
            .map_err(|()| serde::de::Error::custom(format!("{text} is no number")))
    }
}
