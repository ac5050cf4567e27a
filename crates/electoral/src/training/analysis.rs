//! What the answers say about questions, depths of the cascade and trainers, and how far it holds. Whole numbers only.
//!
//! Shares are in millionths inside, in tenths of a per cent outside, intervals are of 95 %.

use crate::survey::{Interval, wilson};

/// One.
const UNIT: i128 = 1_000_000;
/// 1.96 in hundredths.
const Z_HUNDREDTHS: i128 = 196;

/// Right answers of some.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Right {
    /// Right ones.
    pub right: u64,
    /// All.
    pub of: u64,
}

impl Right {
    /// Adds.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            right: self.right.saturating_add(other.right),
            of: self.of.saturating_add(other.of),
        }
    }

    /// Tenths of a per cent, halves up; 0 of nothing.
    #[must_use]
    pub fn tenths(self) -> u64 {
        crate::survey::Share::of(self.right, self.of).map_or(0, crate::survey::Share::tenths)
    }

    /// What so many answers say when those of one person hang together: a design effect of 1.5 is 150, none is 100.
    #[must_use]
    pub fn thinned(self, clustered_percent: u64) -> Self {
        let fewer = |n: u64| n.saturating_mul(100) / clustered_percent.max(100);
        Self {
            right: fewer(self.right),
            of: fewer(self.of),
        }
    }

    /// Where the truth lies; none of nothing.
    #[must_use]
    pub fn interval(self) -> Option<Interval> {
        wilson(self.right, self.of)
    }
}

/// Two groups whose intervals don't touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// Those who know less.
    pub below: Right,
    /// Those who know more.
    pub above: Right,
    /// Interval of the first.
    pub below_interval: Interval,
    /// Interval of the second.
    pub above_interval: Interval,
}

/// Whether a group knows less than another one, beyond chance: their intervals of 95 % don't touch. Stricter than a test
/// of the difference, and right for a list that is looked through for large gaps. None when a group is smaller than `k`.
#[must_use]
pub fn knows_less(group: Right, than: Right, k: u64) -> Option<Gap> {
    if group.of < k || than.of < k {
        return None;
    }
    let (below_interval, above_interval) = (group.interval()?, than.interval()?);
    (below_interval.high_tenths < above_interval.low_tenths).then_some(Gap {
        below: group,
        above: than,
        below_interval,
        above_interval,
    })
}

/// How one group of a kind stands against all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    /// What was counted.
    pub counted: Right,
    /// The share after shrinkage towards the mean of all, in tenths of a per cent.
    pub tenths: u64,
    /// Where the truth lies.
    pub interval: Interval,
    /// The mean of all groups.
    pub expected_tenths: u64,
    /// The whole interval lies below the mean.
    pub below: bool,
    /// The whole interval lies above the mean.
    pub above: bool,
}

/// Estimates shares of groups together: a small group says little by itself, so its share is drawn towards the mean, the
/// more the smaller it is and the less groups differ anyway (empirical Bayes; variance between groups by the method of
/// moments, DerSimonian and Laird 1986, with binomial variance at the mean). `clustered_percent` widens the variance
/// within groups: several answers of one person are not as many people. 100 is none; a design effect of 1.5 is 150.
#[must_use]
pub fn shrink(groups: &[Right], clustered_percent: u64) -> Vec<Estimate> {
    let all = groups
        .iter()
        .fold(Right::default(), |sum, one| sum.and(*one));
    let total = i128::from(all.of);
    if total == 0 {
        return groups.iter().map(|one| unknown(*one)).collect();
    }
    let mean = i128::from(all.right) * UNIT / total;
    // Variance of one answer, in millionths.
    let one = (mean * (UNIT - mean) / UNIT) * i128::from(clustered_percent.max(100)) / 100;
    // Variance between groups.
    let number = i128::try_from(groups.iter().filter(|g| g.of > 0).count()).unwrap_or(0);
    let mut off = 0_i128;
    let mut squares = 0_i128;
    for group in groups.iter().filter(|g| g.of > 0) {
        let size = i128::from(group.of);
        let from = i128::from(group.right) * UNIT / size - mean;
        off = off.saturating_add(size.saturating_mul(from * from / UNIT));
        squares = squares.saturating_add(size.saturating_mul(size));
    }
    let spread = total - squares / total;
    let between = if spread > 0 {
        ((off - (number - 1) * one) / spread).max(0)
    } else {
        0
    };
    groups
        .iter()
        .map(|group| estimate(*group, mean, one, between))
        .collect()
}

fn unknown(counted: Right) -> Estimate {
    Estimate {
        counted,
        tenths: 0,
        interval: Interval {
            low_tenths: 0,
            high_tenths: 1_000,
        },
        expected_tenths: 0,
        below: false,
        above: false,
    }
}

fn estimate(counted: Right, mean: i128, one: i128, between: i128) -> Estimate {
    let size = i128::from(counted.of);
    let (share, variance) = if between == 0 || size == 0 {
        // Groups don't differ beyond chance: each is as good as the mean, and as uncertain as groups differ at all.
        (mean, between)
    } else {
        let own = i128::from(counted.right) * UNIT / size;
        let weight = between * UNIT / (between + one / size).max(1);
        (
            mean + (own - mean) * weight / UNIT,
            between * (UNIT - weight) / UNIT,
        )
    };
    // Standard error in millionths: the variance is in millionths too.
    let error = root(variance.saturating_mul(UNIT)) * Z_HUNDREDTHS / 100;
    let tenths = |millionths: i128| u64::try_from(millionths.clamp(0, UNIT) / 1_000).unwrap_or(0);
    let (low, high) = (share - error, share + error);
    Estimate {
        counted,
        tenths: tenths(share + 500),
        interval: Interval {
            low_tenths: tenths(low),
            high_tenths: tenths((high + 999).min(UNIT)),
        },
        expected_tenths: tenths(mean + 500),
        below: between > 0 && high < mean,
        above: between > 0 && low > mean,
    }
}

/// The largest whole number whose square is at most `n`.
fn root(n: i128) -> i128 {
    n.max(0).isqrt()
}

/// How much is still known after some days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decay {
    /// Days since the test, from.
    pub from_days: u64,
    /// To and with; none for the last band.
    pub to_days: Option<u64>,
    /// What the same people knew then.
    pub then: Right,
    /// What they know now.
    pub now: Right,
}

/// Groups pairs (days between, then, now) into bands that begin at `starts` (ascending).
#[must_use]
pub fn decay(pairs: &[(u64, Right, Right)], starts: &[u64]) -> Vec<Decay> {
    let mut bands: Vec<Decay> = starts
        .iter()
        .enumerate()
        .map(|(at, from)| Decay {
            from_days: *from,
            to_days: starts.get(at + 1).map(|next| next.saturating_sub(1)),
            then: Right::default(),
            now: Right::default(),
        })
        .collect();
    for (days, then, now) in pairs {
        if let Some(band) = bands.iter_mut().rev().find(|band| band.from_days <= *days) {
            band.then = band.then.and(*then);
            band.now = band.now.and(*now);
        }
    }
    bands
}
