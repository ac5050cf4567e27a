use super::*;
use crate::rules::{CommissionRules, built_in};
use proptest::prelude::*;

fn rules() -> CommissionRules {
    built_in("akim-district-2023")
        .unwrap()
        .unwrap()
        .commissions
        .unwrap()
}

fn limits(id: &str, voters: u64) -> SizeLimits {
    let rules = rules();
    let level = rules.levels.iter().find(|level| level.id == id).unwrap();
    size_limits(level, voters).unwrap()
}

#[test]
fn precinct_sizes_follow_the_voters() {
    for (voters, min, max) in [(0, 5, 7), (2_000, 5, 7), (2_001, 7, 11), (3_000, 7, 11)] {
        assert_eq!(
            limits("pec", voters),
            SizeLimits {
                min,
                max,
                odd: true
            }
        );
    }
    assert_eq!(
        limits("tec", 50_000),
        SizeLimits {
            min: 7,
            max: 7,
            odd: true
        }
    );
}

#[test]
fn faults_of_size_are_typed() {
    let small = limits("pec", 700);
    assert_eq!(check_size(small, 5), Ok(()));
    assert_eq!(check_size(small, 7), Ok(()));
    assert_eq!(check_size(small, 6), Err(SizeError::Even { members: 6 }));
    assert_eq!(
        check_size(small, 4),
        Err(SizeError::TooFew { members: 4, min: 5 })
    );
    assert_eq!(
        check_size(small, 9),
        Err(SizeError::TooMany { members: 9, max: 7 })
    );
}

#[test]
fn quorum_is_two_thirds_of_all() {
    let part = rules().quorum.value;
    for (members, needed) in [(5, 4), (7, 5), (9, 6), (11, 8)] {
        assert_eq!(quorum(members, part), needed);
    }
}

#[test]
fn a_majority_of_those_present_is_not_enough() {
    let votes = |present, yes, no| Votes {
        members: 7,
        present,
        yes,
        no,
    };
    let rules = rules();
    assert_eq!(
        decide(&rules, votes(5, 4, 1)),
        Ok(Verdict::Passed { needed: 4 })
    );
    assert_eq!(
        decide(&rules, votes(5, 3, 2)),
        Ok(Verdict::NotPassed { needed: 4 })
    );
    assert_eq!(
        decide(&rules, votes(4, 4, 0)),
        Ok(Verdict::NoQuorum { needed: 5 })
    );
}

#[test]
fn impossible_votes_are_refused() {
    let rules = rules();
    let votes = |members, present, yes, no| {
        decide(
            &rules,
            Votes {
                members,
                present,
                yes,
                no,
            },
        )
    };
    assert_eq!(votes(0, 0, 0, 0), Err(DecisionError::NoMembers));
    assert_eq!(votes(7, 8, 0, 0), Err(DecisionError::TooManyPresent));
    assert_eq!(votes(7, 7, 5, 3), Err(DecisionError::TooManyVotes));
    assert_eq!(
        votes(7, 7, u32::MAX, u32::MAX),
        Err(DecisionError::TooManyVotes)
    );
}

proptest! {
    #[test]
    fn what_passed_has_more_than_half_of_all(members in 1_u32..40, present in 0_u32..40, yes in 0_u32..40, no in 0_u32..40) {
        if let Ok(Verdict::Passed { .. }) = decide(&rules(), Votes { members, present, yes, no }) {
            prop_assert!(yes * 2 > members);
            prop_assert!(present * 3 >= members * 2);
        }
    }

    #[test]
    fn one_more_vote_never_undoes_a_decision(members in 1_u32..40, present in 0_u32..40, yes in 0_u32..39, no in 0_u32..40) {
        let rules = rules();
        let before = decide(&rules, Votes { members, present, yes, no });
        let after = decide(&rules, Votes { members, present, yes: yes + 1, no });
        if let (Ok(Verdict::Passed { .. }), Ok(after)) = (before, after) {
            prop_assert!(matches!(after, Verdict::Passed { .. }), "passed before");
        }
    }
}
