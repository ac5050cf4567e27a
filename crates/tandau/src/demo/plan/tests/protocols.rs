//! Figures of the protocols and their faults.

use std::collections::{BTreeMap, HashSet};

use super::*;

#[test]
fn broken_relations_are_exactly_the_declared_ones() {
    for day in &PLAN.days {
        for version in &day.protocols {
            assert_eq!(broken(&version.figures), Plan::declared(version));
            if version.outcome == Outcome::Accepted {
                assert!(version.faults.is_empty());
            }
        }
    }
}

#[test]
fn each_relation_is_noticed() {
    let sound = PLAN
        .days
        .iter()
        .filter_map(|d| d.protocols.last())
        .find(|v| {
            broken(&v.figures).is_empty()
                && !v.figures.portable_boxes.is_empty()
                && v.figures.voters_received_ballots > 100
        })
        .map(|v| v.figures.clone())
        .expect("a sound protocol");
    let change = |edit: fn(&mut Figures)| {
        let mut figures = sound.clone();
        edit(&mut figures);
        broken(&figures)
    };
    assert_eq!(change(|f| f.ballots_cancelled += 1), [Relation::R1]);
    assert_eq!(
        change(|f| f.issued_by_member[0].ballots += 1),
        [Relation::R2]
    );
    assert_eq!(change(|f| f.issued_in_premises += 1), [Relation::R3]);
    assert_eq!(
        change(|f| f.voters_on_list = 1),
        [Relation::R4, Relation::R5]
    );
    assert_eq!(change(|f| f.voters_added += 1), [Relation::R5]);
    assert_eq!(change(|f| f.found_stationary += 1), [Relation::R6]);
    assert_eq!(
        change(|f| f.found_total = f.voters_received_ballots + 1),
        [Relation::R6, Relation::R7, Relation::R9]
    );
    assert_eq!(
        change(|f| {
            f.portable_boxes[0].found += 1;
            f.found_stationary -= 1;
        }),
        [Relation::R8]
    );
    assert_eq!(change(|f| f.invalid += 1), [Relation::R9]);
    assert_eq!(change(|f| f.against_all += 1), [Relation::R10]);
    assert_eq!(change(|f| f.outside_not_reached += 1), [Relation::R11]);
    assert_eq!(
        change(|f| f.voted_by_absentee_certificate = f.voters_added + 1),
        [Relation::R12]
    );
    assert_eq!(
        change(|f| {
            f.ballots_received += 1;
            f.ballots_cancelled += 1;
        }),
        [Relation::R13]
    );
}

#[test]
fn twenty_protocols_are_returned_and_two_accepted_with_an_act() {
    let mut returned = 0;
    let mut acts = 0;
    let mut warnings = 0;
    let mut codes = BTreeMap::new();
    for (index, day) in PLAN.days.iter().enumerate() {
        let (last, earlier) = day.protocols.split_last().expect("version");
        for version in earlier {
            let Outcome::Returned { reason } = &version.outcome else {
                panic!("{version:?}")
            };
            assert!(!reason.kk.is_empty() && !reason.ru.is_empty() && !version.faults.is_empty());
            returned += 1;
            *codes.entry(version.faults[0]).or_insert(0) += 1;
            assert_ne!(version.figures, last.figures);
        }
        warnings += last.warnings.len();
        match &last.outcome {
            Outcome::Accepted => {}
            Outcome::AcceptedWithAct(act) => {
                acts += 1;
                assert_eq!(last.faults, [Relation::R1]);
                assert!(act.fault.kk.contains("R1") && !act.decision.ru.is_empty());
            }
            Outcome::Returned { .. } => panic!("station {index} ends returned"),
        }
        for (number, version) in day.protocols.iter().enumerate() {
            assert_eq!(version.version as usize, number + 1);
        }
    }
    assert_eq!((returned, acts, warnings), (20, 2, 6));
    assert_eq!(codes.len(), 13, "every relation occurs: {codes:?}");
}

#[test]
fn territorial_sums_are_kept() {
    let mut issued = 0;
    for contest in &PLAN.contests {
        let sum = |line: fn(&Figures) -> u32| finals(contest).map(line).sum::<u32>();
        assert_eq!(sum(|f| f.voters_initial), contest.voters_on_lists);
        assert_eq!(
            sum(|f| f.voters_on_list),
            contest.voters_on_lists,
            "moves stay within the contest"
        );
        assert_eq!(sum(|f| f.voters_received_ballots), contest.received_ballots);
        issued += contest.received_ballots;
    }
    // 62.79 % in hundredths, rounded.
    assert_eq!((u64::from(issued) * 20_000 / 1_062_327).div_ceil(2), 6_279);
}

#[test]
fn turnout_is_near_the_published_one() {
    for (area, hundredths) in [
        ("234200000", 5_460),
        ("234800000", 5_720),
        ("353600000", 6_762),
        ("594200000", 6_712),
        ("276000000", 5_897),
    ] {
        let contest = contest(area);
        let own = u64::from(contest.received_ballots) * 10_000 / u64::from(contest.voters_on_lists);
        assert!(own.abs_diff(hundredths) <= 2, "{area}: {own}");
    }
    assert!(
        contest("314200000").received_ballots > 13_430
            && contest("315000000").received_ballots > 14_731
    );
}

#[test]
fn figures_are_plausible() {
    let (mut found, mut invalid, mut against, mut took_part) = (0_u64, 0_u64, 0_u64, 0_u64);
    for contest in &PLAN.contests {
        for f in finals(contest) {
            assert_eq!(f.votes.len(), contest.ballot.len());
            assert!(f.voters_on_list <= 3_000);
            found += u64::from(f.found_total);
            invalid += u64::from(f.invalid);
            against += u64::from(f.against_all);
            took_part += u64::from(f.took_part);
        }
    }
    let per_mille = invalid * 1_000 / found;
    assert!((22..=28).contains(&per_mille), "{per_mille}");
    assert!((15..=60).contains(&(against * 1_000 / took_part)));
}

#[test]
fn chair_and_secretary_never_issue() {
    for (station, day) in PLAN.days.iter().enumerate() {
        let commission = &PLAN.commissions[PLAN.precinct(station).expect("precinct")];
        let may: HashSet<usize> = commission
            .seats_on(VOTING_DAY)
            .filter(|s| !matches!(s.office, Office::Chair | Office::Secretary))
            .map(|s| s.person)
            .collect();
        let issuing = day
            .protocols
            .iter()
            .flat_map(|v| &v.figures.issued_by_member);
        assert!(issuing.clone().all(|m| may.contains(&m.person)));
        assert!(issuing.count() > 0);
    }
}

#[test]
fn one_contest_ends_in_a_tie_and_only_one() {
    for contest in &PLAN.contests {
        let mut totals: Vec<u32> = (0..contest.ballot.len())
            .map(|i| finals(contest).map(|f| f.votes[i]).sum())
            .collect();
        totals.sort_unstable_by(|a, b| b.cmp(a));
        assert_eq!(
            totals[0] == totals[1],
            contest.ends_in_tie,
            "{}: {totals:?}",
            contest.area
        );
        if contest.ends_in_tie {
            assert_eq!(contest.published, Published::default());
        }
    }
    assert_eq!(PLAN.contests.iter().filter(|c| c.ends_in_tie).count(), 1);
}
