//! The cascade: a person hands down only what they passed above.
//!
//! Nearer the centre counts too: whoever was taught by the centre may teach a district, one hand fewer lies between.

use std::collections::BTreeSet;

/// A time with a beginning and an end, microseconds since 1970; the end does not belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interval {
    /// When it begins.
    pub starts_at: i64,
    /// When it is over.
    pub ends_at: i64,
}

/// Whether two times meet, with so much between them to get from one place to the other (microseconds, not negative).
#[must_use]
pub fn overlaps(a: Interval, b: Interval, between: i64) -> bool {
    a.starts_at < b.ends_at.saturating_add(between)
        && b.starts_at < a.ends_at.saturating_add(between)
}

/// What is known of somebody who is to train.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrainerRecord {
    /// Sits in the commission that holds the session: enough where nobody above teaches the programme.
    pub of_commission: bool,
    /// Modules that they were taught and passed, each with the level of the session: `(module, level)`.
    pub passed: BTreeSet<(String, u64)>,
}

/// Why somebody may not train.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The first session of a programme is held by members of the commission.
    NotOfCommission,
    /// They did not pass these modules above.
    NotPassed(Vec<String>),
}

/// Whether somebody may train these modules at a level of a programme whose first level is `first`.
///
/// # Errors
/// [`Refusal`]: what stands against it.
pub fn may_train(
    record: &TrainerRecord,
    modules: &[String],
    (level, first): (u64, u64),
) -> Result<(), Refusal> {
    if level <= first {
        return if record.of_commission {
            Ok(())
        } else {
            Err(Refusal::NotOfCommission)
        };
    }
    let missing: Vec<String> = modules
        .iter()
        .filter(|module| {
            let mut own = record.passed.iter().filter(|(passed, _)| passed == *module);
            !own.any(|(_, at)| *at < level)
        })
        .cloned()
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(Refusal::NotPassed(missing))
    }
}

#[cfg(test)]
mod tests {
    use super::{Interval, Refusal, TrainerRecord, may_train, overlaps};

    fn passed(of: &[(&str, u64)]) -> TrainerRecord {
        TrainerRecord {
            of_commission: false,
            passed: of.iter().map(|(m, l)| ((*m).to_owned(), *l)).collect(),
        }
    }

    #[test]
    fn the_first_level_belongs_to_the_commission_itself() {
        let own = TrainerRecord {
            of_commission: true,
            ..TrainerRecord::default()
        };
        assert_eq!(may_train(&own, &["a".into()], (0, 0)), Ok(()));
        assert_eq!(may_train(&own, &["a".into()], (2, 2)), Ok(()));
        let other = passed(&[("a", 0)]);
        assert_eq!(
            may_train(&other, &["a".into()], (0, 0)),
            Err(Refusal::NotOfCommission)
        );
    }

    #[test]
    fn what_was_not_passed_above_is_not_handed_down() {
        let modules = ["a".to_owned(), "b".to_owned()];
        assert_eq!(
            may_train(&passed(&[("a", 0), ("b", 0)]), &modules, (1, 0)),
            Ok(())
        );
        assert_eq!(
            may_train(&passed(&[("a", 0)]), &modules, (1, 0)),
            Err(Refusal::NotPassed(vec!["b".into()]))
        );
        // Taught at the same level or below it: not above.
        for level in [1, 2, 3] {
            assert!(may_train(&passed(&[("a", level), ("b", level)]), &modules, (1, 0)).is_err());
        }
        // Whoever was taught by the centre may teach a district.
        assert!(may_train(&passed(&[("a", 0), ("b", 1)]), &modules, (2, 0)).is_ok());
    }

    #[test]
    fn times_that_touch_do_not_meet_until_the_way_between_is_counted() {
        let (a, b) = (
            Interval {
                starts_at: 0,
                ends_at: 10,
            },
            Interval {
                starts_at: 10,
                ends_at: 20,
            },
        );
        assert!(!overlaps(a, b, 0) && !overlaps(b, a, 0));
        assert!(overlaps(a, b, 1) && overlaps(b, a, 1));
        let inside = Interval {
            starts_at: 2,
            ends_at: 3,
        };
        assert!(overlaps(a, inside, 0) && overlaps(inside, a, 0));
    }
}
