//! What is left on a day ahead, if the pace of the last days goes on: the Theil–Sen line.
//!
//! The pace is the median of the slopes between all pairs of days, so that one odd day (a region that reports all at
//! once) doesn't bend it. The range around it is Sen's: the slopes between which the true one lies in nine of ten cases,
//! found by their ranks (Sen 1968, with the variance of Kendall's S). Both are carried on from the last day's figure.
//! Whole numbers only: nothing is rounded before the end.

use std::cmp::Ordering;

/// With fewer days nothing is foretold.
pub const LEAST_DAYS: usize = 5;
/// Days that are looked at, the last ones.
pub const MOST_DAYS: usize = 14;
/// Thousandths of the square of 1.645, beyond which one case of ten lies.
const NINE_OF_TEN: u64 = 2_706;

/// What is to be expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forecast {
    /// If the pace goes on.
    pub middle: u64,
    /// The least of the range.
    pub low: u64,
    /// The most of the range.
    pub high: u64,
    /// Change in a day, in tenths; negative while it falls.
    pub pace_tenths: i64,
    /// Days it rests on.
    pub days: usize,
}

/// Change between two days: `rise` in `run` days.
#[derive(Debug, Clone, Copy)]
struct Slope {
    rise: i128,
    run: i128,
}

impl Slope {
    fn order(&self, other: &Self) -> Ordering {
        (self.rise * other.run).cmp(&(other.rise * self.run))
    }

    /// Half of both together.
    fn between(self, other: Self) -> Self {
        Self {
            rise: self.rise * other.run + other.rise * self.run,
            run: 2 * self.run * other.run,
        }
    }

    /// So many days on, to the nearest whole.
    fn times(self, days: i128) -> i128 {
        (2 * self.rise * days + self.run).div_euclid(2 * self.run)
    }
}

/// The figure so many days after the last of `values` (one for each day, the oldest first); never below nothing.
/// `None` with fewer than [`LEAST_DAYS`].
#[must_use]
pub fn forecast(values: &[u64], days_ahead: u32) -> Option<Forecast> {
    let values = values.get(values.len().saturating_sub(MOST_DAYS)..)?;
    let last = i128::from(*values.last()?);
    if values.len() < LEAST_DAYS {
        return None;
    }
    let mut slopes = Vec::with_capacity(MOST_DAYS * MOST_DAYS / 2);
    let mut run_from = values;
    while let [from, later @ ..] = run_from {
        for (run, to) in (1..).zip(later) {
            let rise = i128::from(*to) - i128::from(*from);
            slopes.push(Slope { rise, run });
        }
        run_from = later;
    }
    slopes.sort_by(Slope::order);
    let place = lower_rank(values.len(), slopes.len());
    let low = *slopes.get(place)?;
    let high = *slopes.get(slopes.len() - 1 - place)?;
    let middle = slopes
        .get((slopes.len() - 1) / 2)?
        .between(*slopes.get(slopes.len() / 2)?);
    let ahead = i128::from(days_ahead);
    let at = |slope: Slope| u64::try_from((last + slope.times(ahead)).max(0)).unwrap_or(u64::MAX);
    Some(Forecast {
        middle: at(middle),
        low: at(low),
        high: at(high),
        pace_tenths: i64::try_from(middle.times(10)).ok()?,
        days: values.len(),
    })
}

/// How many of the sorted slopes lie below the range.
fn lower_rank(days: usize, slopes: usize) -> usize {
    let n = u64::try_from(days).unwrap_or(0);
    let variance_times_18 = n * n.saturating_sub(1) * (2 * n + 5);
    let squared = variance_times_18 * NINE_OF_TEN;
    // The smallest whole number whose square is not below it.
    let mut width = 0_u64;
    while width * width * 18_000 < squared {
        width += 1;
    }
    let width = usize::try_from(width).unwrap_or(slopes);
    (slopes.saturating_sub(width) / 2).saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_steady_pace_goes_on() {
        let falling: Vec<u64> = (0..10).map(|day| 100 - 7 * day).collect();
        let five = forecast(&falling, 5).unwrap();
        assert_eq!((five.low, five.middle, five.high), (2, 2, 2));
        assert_eq!(five.pace_tenths, -70);
        assert_eq!(forecast(&falling, 6).unwrap().middle, 0, "never below");
        let same = forecast(&[40; 7], 30).unwrap();
        assert_eq!((same.low, same.middle, same.high), (40, 40, 40));
    }

    #[test]
    fn too_few_days_foretell_nothing() {
        for days in 0..LEAST_DAYS {
            assert_eq!(forecast(&vec![9; days], 3), None);
        }
        assert!(forecast(&[9; LEAST_DAYS], 3).is_some());
    }

    #[test]
    fn one_odd_day_bends_nothing() {
        let mut values: Vec<u64> = (0..14).map(|day| 500 - 10 * day).collect();
        values[5] = 2_000;
        let told = forecast(&values, 10).unwrap();
        assert_eq!(told.middle, 270);
        assert!(told.low <= 270 && told.high <= 320, "{told:?}");
    }

    #[test]
    fn the_range_has_the_ranks_of_sen() {
        // n = 14: 91 slopes, 1.645 × sqrt(14 × 13 × 33 / 18) = 30.05, rounded up to 31.
        assert_eq!(lower_rank(14, 91), 29);
        assert_eq!(lower_rank(5, 10), 0);
    }

    proptest! {
        #[test]
        fn the_range_holds_the_middle(values in prop::collection::vec(0_u64..1_000_000, 5..40), ahead in 0_u32..400) {
            let told = forecast(&values, ahead).unwrap();
            prop_assert!(told.low <= told.middle && told.middle <= told.high);
            prop_assert!(told.days <= MOST_DAYS);
            if ahead == 0 {
                let last = *values.last().unwrap();
                prop_assert_eq!((told.low, told.middle, told.high), (last, last, last));
            }
        }

        #[test]
        fn more_everywhere_is_more_ahead(values in prop::collection::vec(1_000_000_u64..1_100_000, 5..20), more in 0_u64..1_000, ahead in 0_u32..5) {
            let raised: Vec<u64> = values.iter().map(|v| v + more).collect();
            let (a, b) = (forecast(&values, ahead).unwrap(), forecast(&raised, ahead).unwrap());
            prop_assert_eq!((a.low + more, a.middle + more, a.high + more), (b.low, b.middle, b.high));
            prop_assert_eq!(a.pace_tenths, b.pace_tenths);
        }

        #[test]
        fn only_the_last_days_count(old in prop::collection::vec(0_u64..1_000, 0..30), last in prop::collection::vec(0_u64..1_000, MOST_DAYS), ahead in 0_u32..60) {
            let all = [old, last.clone()].concat();
            prop_assert_eq!(forecast(&all, ahead), forecast(&last, ahead));
        }

        #[test]
        fn what_only_falls_is_not_foretold_to_rise(mut values in prop::collection::vec(0_u64..10_000, 5..20), ahead in 0_u32..60) {
            values.sort_unstable_by(|a, b| b.cmp(a));
            let told = forecast(&values, ahead).unwrap();
            prop_assert!(told.high <= *values.last().unwrap());
        }
    }
}
