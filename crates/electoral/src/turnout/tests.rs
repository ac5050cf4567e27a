use super::*;
use crate::rules::built_in;
use jiff::civil::time;
use proptest::prelude::*;

fn rules() -> TurnoutRules {
    built_in("akim-district-2023")
        .unwrap()
        .unwrap()
        .turnout
        .unwrap()
}

fn series(figures: &[(&str, u64)]) -> Vec<Report> {
    let report = |(slot, issued): &(&str, u64)| Report {
        slot: (*slot).into(),
        issued: *issued,
        version: 1,
    };
    figures.iter().map(report).collect()
}

fn run(list: u64, due: usize, reports: &[Report]) -> Vec<SeriesFinding> {
    check_series(&rules(), list, time(7, 0, 0, 0), due, reports)
}

#[test]
fn a_plain_day_is_quiet() {
    let day = series(&[
        ("10:00", 120),
        ("12:00", 240),
        ("14:00", 330),
        ("16:00", 400),
        ("18:00", 440),
        ("20:00", 460),
        ("final", 463),
    ]);
    assert_eq!(run(712, 7, &day), []);
}

#[test]
fn a_falling_series_is_found_against_the_highest() {
    let day = series(&[("10:00", 200), ("12:00", 150), ("14:00", 180)]);
    let falls = |slot: &str, issued| SeriesFinding::Falling {
        slot: slot.into(),
        issued,
        before: "10:00".into(),
        issued_before: 200,
    };
    assert_eq!(
        run(712, 3, &day),
        [falls("12:00", 150), falls("14:00", 180)]
    );
}

#[test]
fn the_newest_version_counts() {
    let mut day = series(&[("10:00", 200), ("12:00", 150)]);
    day.push(Report {
        slot: "12:00".into(),
        issued: 250,
        version: 2,
    });
    assert_eq!(run(712, 2, &day), []);
    day.swap(1, 2);
    assert_eq!(run(712, 2, &day), []);
}

#[test]
fn more_than_the_list_is_found() {
    let day = series(&[("20:00", 101)]);
    assert!(run(100, 0, &day).contains(&SeriesFinding::AboveList {
        slot: "20:00".into(),
        issued: 101,
        list: 100
    }));
}

#[test]
fn speed_is_measured_over_the_whole_gap() {
    // 200 an hour over three hours from the opening.
    assert_eq!(run(10_000, 0, &series(&[("10:00", 600)])), []);
    let fast = SeriesFinding::TooFast {
        slot: "10:00".into(),
        added: 601,
        minutes: 180,
        limit: 600,
    };
    assert_eq!(run(10_000, 0, &series(&[("10:00", 601)])), [fast]);
    // With 10:00 missing the five hours to 12:00 count.
    let found = run(10_000, 2, &series(&[("12:00", 1_000)]));
    assert_eq!(
        found,
        [SeriesFinding::Missing {
            slot: "10:00".into()
        }]
    );
}

#[test]
fn steep_growth_is_found_at_small_stations() {
    let found = run(200, 0, &series(&[("10:00", 91)]));
    assert_eq!(
        found,
        [SeriesFinding::TooSteep {
            slot: "10:00".into(),
            added: 91,
            minutes: 180,
            limit: 90
        }]
    );
}

#[test]
fn slots_that_are_not_over_are_not_missed() {
    assert_eq!(run(712, 0, &[]), []);
    assert_eq!(run(712, 7, &[]).len(), 7);
    let odd = series(&[("11:00", 5)]);
    assert_eq!(
        run(712, 0, &odd),
        [SeriesFinding::UnknownSlot {
            slot: "11:00".into()
        }]
    );
}

/// The series published on 19 March 2023 falls for two regions, both misprints.
#[test]
fn published_misprints_are_found() {
    let file = include_str!("../../tests/data/mazhilis_2023_turnout_by_region.csv");
    let mut regions: Vec<(String, Vec<Report>)> = Vec::new();
    for row in file.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let hundredths: u64 = cells[3].replace('.', "").parse().unwrap();
        let report = Report {
            slot: cells[2].into(),
            issued: hundredths,
            version: 1,
        };
        match regions.iter_mut().find(|(name, _)| name == cells[1]) {
            Some((_, reports)) => reports.push(report),
            None => regions.push((cells[1].into(), vec![report])),
        }
    }
    let falls = |reports: &[Report]| {
        let found = run(10_000, 0, reports);
        found
            .iter()
            .any(|finding| matches!(finding, SeriesFinding::Falling { .. }))
    };
    let falling: Vec<&str> = regions
        .iter()
        .filter(|(_, r)| falls(r))
        .map(|(n, _)| n.as_str())
        .collect();
    assert_eq!(regions.len(), 21);
    assert_eq!(falling, ["Turkistan Region", "Ulytau Region"]);
}

proptest! {
    #[test]
    fn any_series_is_judged(figures in prop::collection::vec(any::<u64>(), 0..8), list: u64, due in 0_usize..9) {
        let slots = rules().slots;
        let reports: Vec<Report> = figures.iter().zip(&slots).map(|(f, s)| Report { slot: s.id.clone(), issued: *f, version: 1 }).collect();
        let found = run(list, due, &reports);
        let falls = figures.windows(2).take(reports.len().saturating_sub(1)).any(|w| w[1] < w[0]);
        prop_assert_eq!(found.iter().any(|f| matches!(f, SeriesFinding::Falling { .. })), falls);
        let above = reports.iter().any(|r| r.issued > list);
        prop_assert_eq!(found.iter().any(|f| matches!(f, SeriesFinding::AboveList { .. })), above);
    }
}
