use std::collections::BTreeMap;

use super::*;
use crate::RulePack;
use crate::rules::built_in;
use jiff::civil::{Date, date, datetime};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    test_vectors: Vec<Vector>,
    pilot_2023_calendar: Vec<Row>,
}

#[derive(Deserialize)]
struct Vector {
    election_day: Date,
    op: Op,
    n: i32,
    expected: Date,
    formula_gives: Date,
    agrees: bool,
}

#[derive(Deserialize)]
struct Row {
    date: Date,
    hour: String,
    what: String,
}

fn file() -> File {
    serde_json::from_str(include_str!("../../tests/data/calendar_vectors.json")).unwrap()
}

fn pilot() -> RulePack {
    built_in("akim-district-2023").unwrap().unwrap()
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn plain(pack: &RulePack, day: Date, name: &str) -> Vec<ComputedStep> {
    compute(pack, day, &zone(name), &BTreeMap::new(), &BTreeMap::new()).unwrap()
}

fn find<'a>(steps: &'a [ComputedStep], id: &str) -> &'a ComputedStep {
    steps.iter().find(|step| step.id == id).unwrap()
}

fn from(steps: &[ComputedStep], id: &str) -> String {
    iso(find(steps, id).from.as_ref().unwrap())
}

fn until(steps: &[ComputedStep], id: &str) -> String {
    iso(find(steps, id).until.as_ref().unwrap())
}

#[test]
fn fourteen_published_deadlines() {
    let vectors = file().test_vectors;
    assert_eq!(vectors.len(), 14);
    for vector in &vectors {
        let unit = if vector.op == Op::EndBeforeMonths {
            Unit::Months
        } else {
            Unit::Days
        };
        let counted = apply(vector.op, vector.election_day, vector.n, unit).unwrap();
        assert_eq!(counted, Counted::Day(vector.formula_gives));
        assert_eq!(vector.formula_gives == vector.expected, vector.agrees);
    }
    assert_eq!(vectors.iter().filter(|vector| !vector.agrees).count(), 1);
}

/// The steps that each row of the published and computed calendar of the pilot speaks of.
const PILOT: [(&str, &[(&str, bool)]); 18] = [
    ("territorial commissions call", &[("call", true)]),
    ("nomination starts", &[("nomination_start", false)]),
    (
        "TEC composition",
        &[
            ("tec_composition", true),
            ("constituency_list", true),
            ("party_delegates", true),
        ],
    ),
    (
        "PEC composition",
        &[("pec_composition", true), ("precinct_boundaries", true)],
    ),
    ("nomination ends", &[("nomination_end", true)]),
    (
        "registration ends",
        &[("registration_end", true), ("campaign_start", false)],
    ),
    ("voter lists handed", &[("lists_to_pec", true)]),
    (
        "voter lists on display",
        &[("lists_on_display", false), ("absentee_issue_start", false)],
    ),
    ("notice of time", &[("time_place_notice", true)]),
    ("accreditation of foreign", &[("foreign_observers", true)]),
    ("ban on publishing", &[("poll_ban", false)]),
    ("no more withdrawals", &[("no_cancel", false)]),
    (
        "campaign ends",
        &[("campaign_end", true), ("silence_day", false)],
    ),
    ("last absentee", &[("absentee_issue_end", true)]),
    ("latest end of the count", &[("count_max", true)]),
    ("results established", &[("results", true)]),
    (
        "results published",
        &[("results_published", true), ("akim_registered", true)],
    ),
    ("latest date of a repeat", &[("repeat_election", true)]),
];

#[test]
fn the_pilot_falls_on_its_days() {
    let steps = plain(&pilot(), date(2023, 11, 5), "Asia/Almaty");
    let rows = file().pilot_2023_calendar;
    for (start, ids) in PILOT {
        let row = rows.iter().find(|row| row.what.starts_with(start)).unwrap();
        for (id, ends) in ids {
            let found = if *ends {
                until(&steps, id)
            } else {
                from(&steps, id)
            };
            let hour = match (row.hour.as_str(), ends) {
                ("24:00", _) | ("", true) => "23:59:59".to_owned(),
                ("", false) => "00:00:00".to_owned(),
                (hour, _) => format!("{hour}:00"),
            };
            assert_eq!(
                found,
                format!("{}T{hour}+06:00", row.date),
                "{id}: {}",
                row.what
            );
        }
    }
    for (id, hour) in [
        ("pec_opens", "06:00"),
        ("boxes_sealed", "06:30"),
        ("voting_start", "07:00"),
    ] {
        assert_eq!(from(&steps, id), format!("2023-11-05T{hour}:00+06:00"));
    }
    assert_eq!(
        until(&steps, "home_requests_end"),
        "2023-11-05T12:00:00+06:00"
    );
    assert_eq!(until(&steps, "voting_end"), "2023-11-05T20:00:00+06:00");
    assert_eq!(from(&steps, "voting_end"), "2023-11-05T07:00:00+06:00");
    assert_eq!(until(&steps, "poll_ban"), "2023-11-05T23:59:59+06:00");
    assert_eq!(
        from(&steps, "ballots_delivery_last"),
        "2023-11-02T00:00:00+06:00"
    );
    assert_eq!(
        until(&steps, "ballots_delivery_last"),
        "2023-11-04T23:59:59+06:00"
    );
    assert!(!find(&steps, "nomination_end").until_end_of_day);
    assert!(find(&steps, "results").until_end_of_day);
}

#[test]
fn every_zone_has_its_own_offset_of_that_year() {
    let pack = pilot();
    for (name, year, offset) in [
        ("Asia/Almaty", 2023, "+06:00"),
        ("Asia/Almaty", 2024, "+05:00"),
        ("Asia/Qyzylorda", 2023, "+05:00"),
        ("Asia/Aqtobe", 2023, "+05:00"),
        ("Asia/Atyrau", 2023, "+05:00"),
        ("Asia/Oral", 2023, "+05:00"),
        ("Asia/Aqtau", 2024, "+05:00"),
    ] {
        let steps = plain(&pack, date(year, 11, 5), name);
        assert_eq!(
            until(&steps, "voting_end"),
            format!("{year}-11-05T20:00:00{offset}"),
            "{name}"
        );
    }
}

#[test]
fn the_change_of_zone_is_felt() {
    // On 1 March 2024 Almaty went back an hour at midnight: the last second of 29 February is the second one.
    let steps = plain(&pilot(), date(2024, 3, 30), "Asia/Almaty");
    assert_eq!(until(&steps, "nomination_end"), "2024-02-28T18:00:00+06:00");
    let steps = plain(&pilot(), date(2024, 2, 22), "Asia/Almaty");
    assert_eq!(
        until(&steps, "results_published"),
        "2024-02-29T23:59:59+05:00"
    );
    let steps = plain(&pilot(), date(2024, 2, 29), "Asia/Almaty");
    // Twelve hours after 20:00 the clock shows 07:00.
    assert_eq!(until(&steps, "count_max"), "2024-03-01T07:00:00+05:00");
}

#[test]
fn missing_facts_leave_steps_open() {
    let steps = plain(&pilot(), date(2023, 11, 5), "Asia/Almaty");
    let open = find(&steps, "registration_published");
    assert_eq!(
        open.unresolved,
        Some(Unresolved::FactMissing {
            fact: "registration".into()
        })
    );
    assert_eq!((&open.from, &open.until), (&None, &None));
    let known = BTreeMap::from([("registration".to_owned(), date(2023, 10, 8))]);
    let steps = compute(
        &pilot(),
        date(2023, 11, 5),
        &zone("Asia/Almaty"),
        &known,
        &BTreeMap::new(),
    )
    .unwrap();
    assert_eq!(
        until(&steps, "registration_published"),
        "2023-10-13T23:59:59+06:00"
    );
    let rural = built_in("akim-rural-2023").unwrap().unwrap();
    let steps = plain(&rural, date(2023, 9, 17), "Asia/Almaty");
    let open = find(&steps, "nomination_start").unresolved.clone();
    assert_eq!(
        open,
        Some(Unresolved::StepUnresolved {
            step: "call".into()
        })
    );
    assert_eq!(until(&steps, "nomination_end"), "2023-08-22T18:00:00+06:00");
    assert_eq!(
        until(&steps, "registration_end"),
        "2023-08-27T18:00:00+06:00"
    );
}

#[test]
fn a_real_call_moves_what_counts_from_it() {
    let known = BTreeMap::from([("call".to_owned(), date(2023, 9, 11))]);
    let day = date(2023, 11, 5);
    let steps = compute(
        &pilot(),
        day,
        &zone("Asia/Almaty"),
        &known,
        &BTreeMap::new(),
    )
    .unwrap();
    assert_eq!(until(&steps, "call"), "2023-09-15T23:59:59+06:00");
    assert_eq!(
        from(&steps, "nomination_start"),
        "2023-09-12T00:00:00+06:00"
    );
    assert_eq!(
        until(&steps, "tec_composition"),
        "2023-09-21T23:59:59+06:00"
    );
}

#[test]
fn the_commission_plan_wins() {
    let plan = BTreeMap::from([(
        "registration_end".to_owned(),
        Override {
            from: None,
            until: Some(datetime(2023, 10, 12, 18, 0, 0, 0)),
        },
    )]);
    let day = date(2023, 11, 5);
    let steps = compute(&pilot(), day, &zone("Asia/Almaty"), &BTreeMap::new(), &plan).unwrap();
    assert!(find(&steps, "registration_end").overridden);
    assert_eq!(
        until(&steps, "registration_end"),
        "2023-10-12T18:00:00+06:00"
    );
    assert_eq!(from(&steps, "campaign_start"), "2023-10-12T18:00:00+06:00");
    assert!(!find(&steps, "campaign_start").overridden);
}

#[test]
fn faulty_plans_are_refused() {
    let day = date(2023, 11, 5);
    let run = |plan| compute(&pilot(), day, &zone("Asia/Almaty"), &BTreeMap::new(), &plan);
    let unknown = BTreeMap::from([("nonsense".to_owned(), Override::default())]);
    assert_eq!(
        run(unknown),
        Err(CalendarError::UnknownId("nonsense".into()))
    );
    let backwards = Override {
        from: Some(datetime(2023, 10, 12, 0, 0, 0, 0)),
        until: Some(datetime(2023, 10, 11, 0, 0, 0, 0)),
    };
    let backwards = BTreeMap::from([("registration_end".to_owned(), backwards)]);
    assert_eq!(
        run(backwards),
        Err(CalendarError::EndsBeforeStart("registration_end".into()))
    );
}

#[test]
fn the_end_of_time_is_an_error() {
    let none = BTreeMap::new();
    let result = compute(
        &pilot(),
        Date::MAX,
        &zone("Asia/Almaty"),
        &none,
        &BTreeMap::new(),
    );
    assert!(matches!(
        result,
        Err(CalendarError::Date { .. } | CalendarError::Zone(_))
    ));
}

#[test]
fn chronological_order_keeps_open_steps_last() {
    let mut steps = plain(&pilot(), date(2023, 11, 5), "Asia/Almaty");
    chronological(&mut steps);
    let moments: Vec<_> = steps.iter().map(ComputedStep::moment).collect();
    let known = moments.iter().take_while(|moment| moment.is_some()).count();
    assert!(moments[..known].is_sorted());
    assert!(moments[known..].iter().all(Option::is_none));
}

proptest! {
    #[test]
    fn any_day_computes_without_panic(year in 1900_i16..2200, month in 1_i8..=12, day in 1_i8..=28, pack in 0_usize..6) {
        let (id, _) = crate::rules::BUILT_IN[pack];
        let pack = built_in(id).unwrap().unwrap();
        let steps = plain(&pack, date(year, month, day), "Asia/Almaty");
        prop_assert_eq!(steps.len(), pack.calendar.len());
        for step in &steps {
            if let (Some(from), Some(until)) = (&step.from, &step.until) {
                prop_assert!(from <= until, "{}", step.id);
            }
            prop_assert_eq!(step.unresolved.is_some(), step.from.is_none() && step.until.is_none());
        }
    }

    #[test]
    fn full_days_stay_free(n in 0_i32..400, days in 0_i32..20_000) {
        let anchor = date(1990, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
        let Counted::Day(end) = apply(Op::EndBefore, anchor, n, Unit::Days).unwrap() else { panic!() };
        let Counted::Day(start) = apply(Op::StartBefore, anchor, n, Unit::Days).unwrap() else { panic!() };
        let free = end.duration_until(anchor).as_hours() / 24 - 1;
        prop_assert_eq!(free, i64::from(n));
        prop_assert_eq!(end.tomorrow().unwrap(), start);
    }
}
