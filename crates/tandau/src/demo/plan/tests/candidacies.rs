//! Nomination, registration, ballots.

use std::collections::{HashMap, HashSet};

use jiff::civil::date;

use super::*;

fn of(contest: &Contest) -> impl Iterator<Item = &'static Candidate> {
    let index = PLAN.contests.iter().position(|c| c.no == contest.no);
    PLAN.candidates
        .iter()
        .filter(move |c| Some(c.contest) == index)
}

fn by_party(candidate: &Candidate) -> bool {
    matches!(candidate.nominated_by, NominatedBy::Party(_))
}

fn woman(candidate: &Candidate) -> bool {
    PLAN.people[candidate.person].sex == Sex::Female
}

#[test]
fn the_funnel_has_the_published_totals() {
    let all = &PLAN.candidates;
    let registered: Vec<&Candidate> = all.iter().filter(|c| c.registered_on.is_some()).collect();
    let on_ballot = all.iter().filter(|c| c.lost.is_none());
    assert_eq!(
        (all.len(), registered.len(), on_ballot.count()),
        (249, 164, 125)
    );
    assert_eq!(all.iter().filter(|c| by_party(c)).count(), 90);
    assert_eq!(registered.iter().filter(|c| by_party(c)).count(), 69);
    assert_eq!(all.iter().filter(|c| woman(c)).count(), 13);
    assert_eq!(registered.iter().filter(|c| woman(c)).count(), 10);
    let superior: Vec<&Candidate> = all
        .iter()
        .filter(|c| c.nominated_by == NominatedBy::SuperiorAkim)
        .collect();
    assert_eq!(
        superior.len(),
        1,
        "published among the 159 who were not nominated by parties"
    );
}

#[test]
fn ballots_have_two_to_four_names_in_kazakh_order() {
    for (area, count) in [
        ("275400000", 3),
        ("275000000", 3),
        ("276000000", 2),
        ("594200000", 2),
        ("595200000", 3),
        ("596200000", 3),
        ("554200000", 4),
    ] {
        assert_eq!(contest(area).ballot.len(), count, "{area}");
    }
    assert_eq!(
        contest("434800000").ballot.len() + contest("435200000").ballot.len(),
        6
    );
    let mut total = 0;
    for contest in &PLAN.contests {
        assert!((2..=4).contains(&contest.ballot.len()));
        total += contest.ballot.len();
        let expected: HashSet<usize> = PLAN
            .candidates
            .iter()
            .enumerate()
            .filter(|(_, c)| c.lost.is_none() && PLAN.contests[c.contest].no == contest.no)
            .map(|(i, _)| i)
            .collect();
        assert_eq!(
            contest.ballot.iter().copied().collect::<HashSet<_>>(),
            expected
        );
    }
    assert_eq!(total, 125);
    for contest in &PLAN.contests {
        let names: Vec<String> = contest
            .ballot
            .iter()
            .map(|&c| PLAN.people[PLAN.candidates[c].person].full_name().kk)
            .collect();
        assert!(
            names.is_sorted_by(|a, b| electoral::collation::compare(a, b).is_lt()),
            "{names:?}"
        );
    }
}

#[test]
fn published_groups_are_met() {
    let group = |areas: [&str; 3]| -> Vec<&Candidate> {
        areas.iter().flat_map(|a| of(contest(a))).collect()
    };
    let west = group(["275400000", "275000000", "276000000"]);
    assert_eq!(
        (
            west.len(),
            west.iter().filter(|c| c.registered_on.is_some()).count()
        ),
        (16, 9)
    );
    let north = group(["594200000", "595200000", "596200000"]);
    assert_eq!(
        (
            north.len(),
            north.iter().filter(|c| by_party(c)).count(),
            north.iter().filter(|c| woman(c)).count()
        ),
        (12, 6, 1)
    );
    assert_eq!(of(contest("613600000")).count(), 9);
    assert_eq!(
        of(contest("554200000"))
            .filter(|c| c.registered_on.is_some())
            .count(),
        4
    );
}

#[test]
fn every_loss_has_a_reason_and_every_step_its_time() {
    for candidate in &PLAN.candidates {
        let extended = candidate.nominated_by == NominatedBy::SuperiorAkim;
        let last = if extended {
            date(2023, 10, 8)
        } else {
            date(2023, 10, 5)
        };
        assert!(
            (date(2023, 9, 16)..=last).contains(&candidate.nominated_on),
            "{candidate:?}"
        );
        if let Some(day) = candidate.registered_on {
            assert!(
                day > candidate.nominated_on && day <= date(2023, 10, 10),
                "{candidate:?}"
            );
            let paid = candidate.fee_paid_on.expect("fee");
            assert!(
                paid >= candidate.nominated_on && paid < day,
                "{candidate:?}"
            );
        }
        match (candidate.registered_on, candidate.lost) {
            (None, None) => panic!("neither registered nor lost: {candidate:?}"),
            (None, Some((day, reason))) => {
                assert!(
                    day > candidate.nominated_on && day <= date(2023, 10, 10),
                    "{candidate:?}"
                );
                assert_ne!(reason, LossReason::Withdrawal);
            }
            (Some(registered), Some((day, reason))) => {
                assert!(
                    day > registered && day <= date(2023, 11, 2),
                    "{candidate:?}"
                );
                assert!(!reason.article().is_empty() && !reason.as_str().is_empty());
            }
            (Some(_), None) => {}
        }
    }
}

#[test]
fn self_nominated_people_have_enough_signatures_to_be_registered() {
    for candidate in &PLAN.candidates {
        let own = candidate.nominated_by == NominatedBy::Oneself;
        let voters = PLAN.contests[candidate.contest].voters_on_lists;
        if let Some(s) = candidate.signatures {
            assert!(
                own && s.valid <= s.presented
                    && s.required * 100 >= voters
                    && (s.required - 1) * 100 < voters
            );
            assert!(
                s.handed_in
                    .is_none_or(|d| d <= date(2023, 10, 6) && d > candidate.nominated_on),
                "{candidate:?}"
            );
        }
        if own && candidate.registered_on.is_some() {
            assert!(
                candidate
                    .signatures
                    .is_some_and(|s| s.valid >= s.required && s.handed_in.is_some())
            );
        }
        if candidate
            .lost
            .is_some_and(|(_, r)| r == LossReason::SignaturesInsufficient)
        {
            assert!(candidate.signatures.is_some_and(|s| s.valid < s.required));
        }
    }
}

#[test]
fn a_party_nominates_once_per_contest() {
    let mut seen = HashSet::new();
    for candidate in &PLAN.candidates {
        if let NominatedBy::Party(party) = candidate.nominated_by {
            assert!(PLAN.organisations[party].is_party);
            assert!(seen.insert((candidate.contest, party)));
        }
    }
}

#[test]
fn candidates_are_at_least_25() {
    assert!(
        PLAN.candidates
            .iter()
            .all(|c| PLAN.people[c.person].birth_year <= 1997)
    );
}

#[test]
fn one_nomination_was_extended() {
    let extended: Vec<&Contest> = PLAN
        .contests
        .iter()
        .filter(|c| c.nomination_extended)
        .collect();
    assert_eq!(extended.len(), 1);
    let nominees: Vec<&Candidate> = of(extended[0]).collect();
    assert_eq!(nominees.len(), 2);
    let in_time = nominees
        .iter()
        .filter(|c| c.nominated_on <= date(2023, 10, 5))
        .count();
    assert_eq!(in_time, 1);
    assert!(nominees.iter().all(|c| c.lost.is_none()));
}

#[test]
fn no_published_result_is_repeated() {
    let published: HashMap<&str, [u32; 2]> = HashMap::from([
        ("275400000", [4_660, 782]),
        ("594200000", [8_419, 1_630]),
        ("595200000", [6_817, 604]),
        ("596200000", [3_536, 358]),
    ]);
    for (area, real) in published {
        let own = contest(area);
        let totals: Vec<u32> = (0..own.ballot.len())
            .map(|i| finals(own).map(|f| f.votes[i]).sum())
            .collect();
        assert!(
            real.iter().all(|votes| !totals.contains(votes)),
            "{area}: {totals:?}"
        );
    }
}
