//! How far a share holds. Whole numbers only.

/// The largest base that is reckoned with; a survey of more people than live on earth is a fault.
const MOST: u64 = 10_000_000_000;
/// 1.96² in ten-thousandths: 95 % of the normal distribution.
const Z_SQUARED: i128 = 38_416;
/// The unit of [`Z_SQUARED`].
const Z_UNIT: i128 = 10_000;

/// A part of a whole, exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Part.
    pub count: u64,
    /// Whole, never 0.
    pub base: u64,
}

impl Share {
    /// A share; none of nothing, none of more than all.
    #[must_use]
    pub const fn of(count: u64, base: u64) -> Option<Self> {
        if base == 0 || count > base {
            None
        } else {
            Some(Self { count, base })
        }
    }

    /// Tenths of a per cent, halves up.
    #[must_use]
    pub fn tenths(self) -> u64 {
        let (count, base) = (u128::from(self.count), u128::from(self.base));
        u64::try_from((count * 2_000 + base) / (base * 2)).unwrap_or(1_000)
    }
}

/// Between which shares the truth lies, in tenths of a per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// Rounded down.
    pub low_tenths: u64,
    /// Rounded up.
    pub high_tenths: u64,
}

/// By how much the counts lie off a share of `tenths`, against what chance allows: positive when further than 95 % of
/// samples would.
fn beyond(count: u64, base: u64, tenths: i128) -> i128 {
    let (x, n) = (i128::from(count), i128::from(base));
    let off = x * 1_000 - n * tenths;
    off * off * Z_UNIT - Z_SQUARED * n * tenths * (1_000 - tenths)
}

/// The Wilson score interval of 95 %, rounded outward: its ends are never closer than the exact ones. None of nothing,
/// of more than all, and of bases beyond ten thousand million.
#[must_use]
pub fn wilson(count: u64, base: u64) -> Option<Interval> {
    if base == 0 || count > base || base > MOST {
        return None;
    }
    let (x, n) = (i128::from(count) * 1_000, i128::from(base));
    // At 0 and at 1000 chance allows nothing, so that only strictly beside the share the sign means anything.
    let below = |t: &u64| x > n * i128::from(*t) && beyond(count, base, i128::from(*t)) >= 0;
    let above = |t: &u64| x < n * i128::from(*t) && beyond(count, base, i128::from(*t)) >= 0;
    Some(Interval {
        low_tenths: (0..=1_000).rev().find(below).unwrap_or(0),
        high_tenths: (0..=1_000).find(above).unwrap_or(1_000),
    })
}

/// What may be said about a majority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// More than half.
    MoreThanHalf,
    /// Less than half.
    LessThanHalf,
    /// It can't be told from half.
    NotDistinguishable,
}

impl Claim {
    /// What a count of a base allows to say. Decided with the exact ends of the interval, not with the rounded ones.
    #[must_use]
    pub fn of(count: u64, base: u64) -> Self {
        if base == 0 || count > base || base > MOST || beyond(count, base, 500) <= 0 {
            Self::NotDistinguishable
        } else if count > base - count {
            Self::MoreThanHalf
        } else {
            Self::LessThanHalf
        }
    }

    /// The word in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MoreThanHalf => "more-than-half",
            Self::LessThanHalf => "less-than-half",
            Self::NotDistinguishable => "not-distinguishable",
        }
    }
}
