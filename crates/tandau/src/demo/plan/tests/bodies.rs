//! Commissions and people.

use std::collections::HashSet;

use jiff::civil::date;

use super::super::commissions::allowed;
use super::super::sources::{GivenRow, PublishedFile, SexedRow, rows};
use super::*;

#[test]
fn there_are_1553_commissions_and_the_central_one() {
    let count = |level| PLAN.commissions.iter().filter(|c| c.level == level).count();
    assert_eq!(PLAN.commissions.len(), 1_554);
    assert_eq!(
        (
            count(Level::Central),
            count(Level::Regional),
            count(Level::City),
            count(Level::District)
        ),
        (1, 17, 3, 42)
    );
    assert_eq!(count(Level::Precinct), 1_491);
    for (index, commission) in PLAN.commissions.iter().enumerate() {
        assert!(commission.parent.is_none_or(|parent| parent < index));
        assert_eq!(
            commission.parent.is_none(),
            commission.level == Level::Central
        );
    }
    for (station, place) in PLAN.stations.iter().enumerate() {
        let commission = &PLAN.commissions[PLAN.precinct(station).expect("precinct")];
        assert_eq!(
            (commission.station, &commission.area),
            (Some(station), &place.area)
        );
    }
    assert_eq!(PLAN.precinct(1_491), None);
}

#[test]
fn sizes_follow_the_law_and_every_seat_is_filled_on_the_day() {
    for commission in &PLAN.commissions {
        let voters = commission
            .station
            .map_or(0, |s| PLAN.stations[s].voters_on_list);
        assert!(
            allowed(commission.level, voters, commission.size),
            "{commission:?}"
        );
        for day in [date(2023, 9, 15), VOTING_DAY] {
            let seats: Vec<&Seat> = commission.seats_on(day).collect();
            assert_eq!(seats.len(), commission.size as usize, "{commission:?}");
            for office in [Office::Chair, Office::Deputy, Office::Secretary] {
                assert_eq!(seats.iter().filter(|s| s.office == office).count(), 1);
            }
            let nominators: HashSet<_> = seats.iter().filter_map(|s| s.nominator).collect();
            let named = seats.iter().filter(|s| s.nominator.is_some()).count();
            assert_eq!(nominators.len(), named, "one proposal per organisation");
            assert_eq!(
                named,
                if commission.level == Level::Central {
                    0
                } else {
                    seats.len()
                }
            );
            assert!(
                seats
                    .iter()
                    .all(|s| s.seated.date <= day && s.term_ends >= VOTING_DAY)
            );
        }
    }
}

#[test]
fn published_memberships_are_met() {
    let members = |area: &str| -> u32 {
        PLAN.commissions
            .iter()
            .filter(|c| c.level == Level::Precinct && c.area == area)
            .map(|c| c.size)
            .sum()
    };
    // Members of the 58 precinct commissions of Syrdarya and Shieli.
    assert_eq!(members("434800000") + members("435200000"), 388);
    // Trained at Osakarov: its 41 precinct commissions and the district one.
    assert_eq!(members("355600000") + 7, 226);
}

#[test]
fn some_members_were_replaced() {
    let ended: Vec<_> = PLAN
        .commissions
        .iter()
        .flat_map(|c| &c.seats)
        .filter_map(|s| s.ended.as_ref())
        .collect();
    assert!((15..=40).contains(&ended.len()), "{}", ended.len());
    assert!(ended.iter().all(|(decision, _)| decision.date < VOTING_DAY));
}

#[test]
fn people_are_unique_adult_and_in_one_place() {
    let names: HashSet<String> = PLAN.people.iter().map(|p| p.full_name().kk).collect();
    assert_eq!(names.len(), PLAN.people.len());
    assert!(
        PLAN.people
            .iter()
            .all(|p| (1950..=2002).contains(&p.birth_year))
    );
    let mut seen = HashSet::new();
    let seats = PLAN
        .commissions
        .iter()
        .flat_map(|c| &c.seats)
        .map(|s| s.person);
    let officers = PLAN.officers.iter().map(|o| o.person);
    let candidates = PLAN.candidates.iter().map(|c| c.person);
    for person in seats.chain(candidates).chain(officers) {
        assert!(seen.insert(person), "{person} twice");
    }
    assert_eq!(seen.len(), PLAN.people.len());
}

/// A name without the differences between romanisations.
fn skeleton(name: &str) -> String {
    let mut text = name.to_lowercase();
    for (from, to) in [
        ("kh", "k"),
        ("gh", "g"),
        ("zh", "j"),
        ("q", "k"),
        ("ye", "e"),
        ("yo", "e"),
        ("y", "i"),
        ("w", "v"),
    ] {
        text = text.replace(from, to);
    }
    let mut letters: Vec<char> = text.chars().filter(char::is_ascii_lowercase).collect();
    letters.dedup();
    letters.into_iter().collect()
}

#[test]
fn nobody_bears_the_family_name_of_a_named_person() {
    let file: serde_json::Value =
        serde_json::from_str(Sources::embedded().published).expect("json");
    let figures = file["contests"]
        .as_array()
        .expect("contests")
        .iter()
        .flat_map(|c| c["figures"].as_array().expect("figures"));
    let real: HashSet<String> = figures
        .filter_map(|f| f["candidate"].as_str())
        .filter_map(|n| n.split(' ').next_back())
        .map(skeleton)
        .collect();
    assert!(real.len() >= 11, "{real:?}");
    for person in &PLAN.people {
        assert!(
            !real.contains(&skeleton(&person.family.en)),
            "{}",
            person.family.en
        );
    }
    let _: PublishedFile = serde_json::from_value(file).expect("shape");
}

#[test]
fn name_lists_are_long_and_without_repetition() {
    let sources = Sources::embedded();
    for (file, text) in [
        ("given_male.csv", sources.given_male),
        ("given_female.csv", sources.given_female),
    ] {
        let list: Vec<GivenRow> = rows(file, text).expect("list");
        let unique: HashSet<&str> = list.iter().map(|row| row.kk.as_str()).collect();
        assert_eq!((list.len(), unique.len()), (120, 120), "{file}");
    }
    let families: Vec<SexedRow> = rows("family.csv", sources.family).expect("list");
    let unique: HashSet<&str> = families.iter().map(|row| row.kk_male.as_str()).collect();
    assert_eq!((families.len(), unique.len()), (150, 150));
}

#[test]
fn organisations_are_fictional_and_say_so() {
    assert_eq!(PLAN.organisations.iter().filter(|o| o.is_party).count(), 5);
    for organisation in &PLAN.organisations {
        let Text3 { kk, ru, en } = &organisation.name;
        assert!(
            kk.contains("демо") && ru.contains("Демо") && en.contains("Demo"),
            "{ru}"
        );
    }
}
