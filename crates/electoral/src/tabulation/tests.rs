use super::*;
use crate::protocol::{LineKey, ProtocolEntry, ProtocolForm};
use crate::rules::{RulePack, built_in};
use proptest::prelude::*;

fn pack() -> RulePack {
    built_in("akim-district-2023").unwrap().unwrap()
}

fn form() -> ProtocolForm {
    pack().protocol.unwrap()
}

fn tally(votes: &[(&'static str, u64)]) -> Tally<&'static str> {
    Tally {
        votes: votes.to_vec(),
        against_all: 0,
        stations_counted: 3,
        stations_expected: 3,
        voters_remaining: 0,
        declared_invalid: None,
    }
}

#[test]
fn most_votes_win_and_against_all_never_does() {
    let pack = pack();
    let mut tally = tally(&[("a", 100), ("b", 90)]);
    tally.against_all = 5_000;
    let outcome = determine(&pack, &tally).unwrap();
    assert_eq!(
        outcome,
        Outcome::Elected {
            candidate: "a",
            votes: 100,
            margin: 10
        }
    );
    assert_eq!(outcome.source(&pack).unwrap().article, "9(5), 113-10(2)");
    assert_eq!(outcome.repeat_within_months(&pack), None);
}

#[test]
fn a_tie_is_repeated_within_a_month() {
    let pack = pack();
    let outcome = determine(&pack, &tally(&[("a", 90), ("b", 100), ("c", 100)])).unwrap();
    assert_eq!(
        outcome,
        Outcome::Tie {
            candidates: vec!["b", "c"],
            votes: 100
        }
    );
    assert_eq!(outcome.source(&pack).unwrap().article, "113-9");
    assert_eq!(outcome.repeat_within_months(&pack), Some(1));
}

#[test]
fn no_votes_and_invalid_contests_elect_nobody() {
    let pack = pack();
    assert_eq!(
        determine(&pack, &tally(&[("a", 0), ("b", 0)])).unwrap(),
        Outcome::NoVotes
    );
    let mut invalid = tally(&[("a", 10), ("b", 0)]);
    invalid.declared_invalid = Some("ballots without signatures".into());
    let outcome = determine(&pack, &invalid).unwrap();
    assert_eq!(
        outcome,
        Outcome::Invalid {
            reason: "ballots without signatures".into()
        }
    );
    assert_eq!(outcome.source(&pack).unwrap().article, "113-11(2)");
    assert_eq!(outcome.repeat_within_months(&pack), Some(1));
}

#[test]
fn an_unfinished_count_says_whether_it_is_settled() {
    let pack = pack();
    let mut open = tally(&[("a", 100), ("b", 70), ("c", 70)]);
    open.stations_counted = 2;
    for (remaining, expected) in [(29, true), (30, false), (31, false)] {
        open.voters_remaining = remaining;
        let Outcome::Incomplete {
            leaders,
            margin,
            stations_missing,
            settled,
            ..
        } = determine(&pack, &open).unwrap()
        else {
            panic!()
        };
        assert_eq!(
            (leaders, margin, stations_missing, settled),
            (vec!["a"], 30, 1, expected)
        );
    }
    let mut level = tally(&[("a", 0), ("b", 0)]);
    level.stations_counted = 0;
    assert!(
        matches!(determine(&pack, &level).unwrap(), Outcome::Incomplete { leaders, settled: false, .. } if leaders.is_empty())
    );
}

#[test]
fn impossible_tallies_are_refused() {
    let pack = pack();
    assert_eq!(determine(&pack, &tally(&[])), Err(TallyError::NoCandidates));
    assert_eq!(
        determine(&pack, &tally(&[("a", 1), ("a", 2)])),
        Err(TallyError::Duplicate)
    );
    let mut many = tally(&[("a", 1)]);
    many.stations_counted = 4;
    assert_eq!(determine(&pack, &many), Err(TallyError::TooManyStations));
    let president = built_in("president-2022").unwrap().unwrap();
    assert_eq!(
        determine(&president, &tally(&[("a", 1)])),
        Err(TallyError::NotPlurality)
    );
}

#[test]
fn the_two_denominators_of_2023() {
    // 3,431,510 of 6,366,441 is the published 53.90 %.
    let share = ResultShare::new(3_431_510, 6_366_441).unwrap();
    assert_eq!(share.percent(2).to_string(), "53.90");
    assert_eq!(share.percent(2).with_sign(','), "53,90");
    // Of the list it would be another number, which only a turnout may be.
    assert_eq!(
        Turnout::new(6_366_441, 12_035_578)
            .unwrap()
            .percent(2)
            .to_string(),
        "52.90"
    );
}

#[test]
fn shares_round_half_up() {
    let percent = |part, whole, decimals| {
        ResultShare::new(part, whole)
            .unwrap()
            .percent(decimals)
            .to_string()
    };
    assert_eq!(percent(1, 8, 0), "13");
    assert_eq!(percent(1, 8, 1), "12.5");
    assert_eq!(percent(1, 3, 3), "33.333");
    assert_eq!(percent(2, 3, 3), "66.667");
    assert_eq!(percent(5, 1_000, 0), "1");
    assert_eq!(percent(4, 1_000, 0), "0");
    assert_eq!(percent(u64::MAX, u64::MAX, 9), "100.000000000");
    assert_eq!(Turnout::new(1, 0), Err(ShareError::EmptyWhole));
    assert_eq!(Turnout::new(2, 1), Err(ShareError::PartAboveWhole));
}

fn entry(votes: &[u64], members: &[u64]) -> ProtocolEntry {
    let mut entry = ProtocolEntry::new();
    for (index, figure) in votes.iter().enumerate() {
        entry.set(
            LineKey::item("votes", &format!("c{index}")).unwrap(),
            *figure,
        );
    }
    for (index, figure) in members.iter().enumerate() {
        entry.set(
            LineKey::item("ballots_issued_by_member", &format!("m{index}")).unwrap(),
            *figure,
        );
    }
    entry.set(LineKey::single("took_part").unwrap(), votes.iter().sum());
    entry
}

#[test]
fn candidates_keep_their_sums_and_members_become_one() {
    let total = sum(&form(), [&entry(&[5, 7], &[6, 6]), &entry(&[1, 2], &[3])]).unwrap();
    assert_eq!(total.of("votes", "c0"), Some(6));
    assert_eq!(total.of("votes", "c1"), Some(9));
    assert_eq!(total.single("ballots_issued_by_member"), Some(15));
    assert_eq!(total.single("took_part"), Some(15));
    assert_eq!(sum(&form(), []).unwrap(), ProtocolEntry::new());
}

#[test]
fn sums_are_checked() {
    let mut huge = ProtocolEntry::new();
    let key = LineKey::single("took_part").unwrap();
    huge.set(key.clone(), u64::MAX);
    assert_eq!(
        sum(&form(), [&huge, &entry(&[1], &[])]),
        Err(SumError::Overflow(key))
    );
    let mut odd = ProtocolEntry::new();
    let key = LineKey::single("nonsense").unwrap();
    odd.set(key.clone(), 1);
    assert_eq!(sum(&form(), [&odd]), Err(SumError::UnknownLine(key)));
}

proptest! {
    #[test]
    fn sums_are_kept_under_splitting(figures in prop::collection::vec((prop::collection::vec(0_u64..3_000, 3), prop::collection::vec(0_u64..900, 0..4)), 0..12), cut in 0_usize..12) {
        let form = form();
        let all: Vec<_> = figures.iter().map(|(votes, members)| entry(votes, members)).collect();
        let cut = cut.min(all.len());
        let whole = sum(&form, &all).unwrap();
        let parts = [sum(&form, &all[..cut]).unwrap(), sum(&form, &all[cut..]).unwrap()];
        prop_assert_eq!(&sum(&form, &parts).unwrap(), &whole);
        let mut reversed = all.clone();
        reversed.reverse();
        prop_assert_eq!(&sum(&form, &reversed).unwrap(), &whole);
    }

    #[test]
    fn order_of_candidates_does_not_matter(votes in prop::collection::vec(0_u64..50, 1..6)) {
        let pack = pack();
        let named: Vec<(usize, u64)> = votes.iter().copied().enumerate().collect();
        let build = |votes: Vec<(usize, u64)>| Tally { votes, against_all: 3, stations_counted: 1, stations_expected: 1, voters_remaining: 0, declared_invalid: None };
        let mut reversed = named.clone();
        reversed.reverse();
        let normal = |outcome| match outcome {
            Outcome::Tie { mut candidates, votes } => { candidates.sort_unstable(); Outcome::Tie { candidates, votes } }
            other => other,
        };
        prop_assert_eq!(normal(determine(&pack, &build(named)).unwrap()), normal(determine(&pack, &build(reversed)).unwrap()));
    }

    #[test]
    fn settled_means_settled(votes in prop::collection::vec(0_u64..60, 2..5), rest in prop::collection::vec(0_u64..40, 2..5)) {
        let pack = pack();
        let named: Vec<(usize, u64)> = votes.iter().copied().enumerate().collect();
        let remaining: u64 = rest.iter().take(votes.len()).sum();
        let open = Tally { votes: named.clone(), against_all: 0, stations_counted: 1, stations_expected: 2, voters_remaining: remaining, declared_invalid: None };
        if let Outcome::Incomplete { leaders, settled: true, .. } = determine(&pack, &open).unwrap() {
            let last = named.iter().map(|(who, n)| (*who, n + rest.get(*who).copied().unwrap_or(0))).collect();
            let closed = Tally { votes: last, stations_counted: 2, voters_remaining: 0, ..open };
            let Outcome::Elected { candidate, .. } = determine(&pack, &closed).unwrap() else { panic!() };
            prop_assert_eq!(vec![candidate], leaders);
        }
    }

    #[test]
    fn rounding_is_within_half_a_unit(part in 0_u64..=u64::MAX, whole in 1_u64..=u64::MAX, decimals in 0_u8..=9) {
        let part = part % whole;
        let units = ResultShare::new(part, whole).unwrap().percent(decimals).units();
        let scale = 100 * 10_u128.pow(u32::from(decimals));
        let (exact, rounded) = (2 * u128::from(part) * scale, 2 * units * u128::from(whole));
        prop_assert!(rounded.abs_diff(exact) <= u128::from(whole));
    }
}
