use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How many parts one per cent has: four decimals are kept exactly.
const PARTS_PER_PERCENT: u128 = 10_000;
/// Parts in the whole, that is in 100 %.
const PARTS_PER_WHOLE: u128 = 100 * PARTS_PER_PERCENT;

/// A percentage of the law, exact to four decimals, from 0 to 1000 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent {
    parts: u32,
}

/// Why a text is not a percentage.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PercentError {
    /// Something other than digits with at most one decimal point.
    #[error("{0:?} is not a percentage such as \"5\" or \"2.5\"")]
    NotANumber(String),
    /// More decimals than are kept.
    #[error("{0:?} has more than four decimals")]
    TooFine(String),
    /// Above 1000 %.
    #[error("{0:?} is above 1000 %")]
    TooLarge(String),
}

impl Percent {
    /// Reads `5`, `2.5` or `0.0001`, without a sign and without the per cent character.
    ///
    /// # Errors
    /// [`PercentError`] says what is wrong and with which text.
    pub fn parse(text: &str) -> Result<Self, PercentError> {
        let shown = || text.chars().take(40).collect::<String>();
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(decimals) {
            return Err(PercentError::NotANumber(shown()));
        }
        if decimals.len() > 4 {
            return Err(PercentError::TooFine(shown()));
        }
        let whole: u32 = whole.parse().map_err(|_| PercentError::TooLarge(shown()))?;
        let decimals: u32 = format!("{decimals:0<4}")
            .parse()
            .map_err(|_| PercentError::NotANumber(shown()))?;
        let parts = whole
            .checked_mul(10_000)
            .and_then(|parts| parts.checked_add(decimals))
            .filter(|parts| *parts <= 10_000_000)
            .ok_or_else(|| PercentError::TooLarge(shown()))?;
        Ok(Self { parts })
    }

    /// Ten-thousandths of a per cent.
    #[must_use]
    pub fn parts(self) -> u32 {
        self.parts
    }

    /// The smallest whole number that is at least this percentage of `whole`.
    #[must_use]
    pub fn of_ceil(self, whole: u64) -> u128 {
        (u128::from(whole) * u128::from(self.parts)).div_ceil(PARTS_PER_WHOLE)
    }

    /// Whether `part` is at least this percentage of `whole`.
    #[must_use]
    pub fn reached(self, part: u64, whole: u64) -> bool {
        u128::from(part) * PARTS_PER_WHOLE >= u128::from(whole) * u128::from(self.parts)
    }

    /// Whether `part` is more than this percentage of `whole`.
    #[must_use]
    pub fn exceeded(self, part: u64, whole: u64) -> bool {
        u128::from(part) * PARTS_PER_WHOLE > u128::from(whole) * u128::from(self.parts)
    }
}

impl std::fmt::Display for Percent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (whole, decimals) = (self.parts / 10_000, self.parts % 10_000);
        if decimals == 0 {
            return write!(f, "{whole}");
        }
        let decimals = format!("{decimals:04}");
        write!(f, "{whole}.{}", decimals.trim_end_matches('0'))
    }
}

impl std::str::FromStr for Percent {
    type Err = PercentError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}
