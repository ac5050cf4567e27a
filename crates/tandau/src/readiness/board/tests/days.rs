//! The day a page is as of, and what is to be expected.

use crate::readiness::board::model::{
    AsOf, Changes, Counts, ItemStatus, NoDay, Outlook, Standing, Turn, carried, outlook,
};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use proptest::prelude::*;

fn zone() -> TimeZone {
    TimeZone::get("Asia/Almaty").unwrap()
}

fn now() -> Timestamp {
    "2023-10-02T06:00:00Z".parse().unwrap()
}

#[test]
fn a_day_is_read_in_one_form_and_never_from_the_future() {
    let read = |text: &str| AsOf::read(Some(text), now(), &zone());
    for bad in [
        "yesterday",
        "2023-02-30",
        "2.10.2023",
        "20231002",
        "2023-10-02T00:00",
        "0000-00-00",
        "-2023-1-1",
    ] {
        assert_eq!(read(bad).unwrap_err(), NoDay::Form, "{bad}");
    }
    assert_eq!(read("2023-10-03").unwrap_err(), NoDay::Future);
    let today = read("").unwrap();
    assert!(today.today && today.moment == now());
    assert!(read("2023-10-02").unwrap().today);
    let before = read("2023-10-01").unwrap();
    assert!(!before.today);
    assert_eq!(
        before.moment.to_string(),
        "2023-10-01T18:00:00Z",
        "its end in Almaty"
    );
    assert_eq!(before.days_left(date(2023, 11, 5)), Some(35));
    assert_eq!(before.days_left(date(2023, 9, 1)), None);
}

#[test]
fn a_figure_holds_until_it_changes() {
    let changes = [
        (date(2023, 9, 28), 10),
        (date(2023, 9, 30), -4),
        (date(2023, 10, 2), 1),
    ];
    let day = |d: i8, m: i8| date(2023, m, d);
    assert_eq!(
        carried(&changes, day(1, 1), day(2, 10)),
        [
            (day(28, 9), 10),
            (day(29, 9), 10),
            (day(30, 9), 6),
            (day(1, 10), 6),
            (day(2, 10), 7)
        ]
    );
    assert_eq!(carried(&changes, day(1, 10), day(1, 10)), [(day(1, 10), 6)]);
    assert!(carried(&[], day(2, 10), day(1, 10)).is_empty());
}

fn series(values: &[u64]) -> Vec<(Date, u64)> {
    let mut day = date(2023, 9, 1);
    values
        .iter()
        .map(|value| {
            let one = (day, *value);
            day = day.tomorrow().unwrap();
            one
        })
        .collect()
}

#[test]
fn nothing_is_foretold_too_early() {
    let asked = |unanswered| Counts {
        expected: 1_000,
        unmet: 100,
        unanswered,
        met: 900 - unanswered,
        ..Counts::default()
    };
    let falling = series(&[140, 130, 120, 110, 100]);
    assert!(matches!(
        outlook(&falling, asked(0), Some(4)),
        Outlook::Told(told) if told.middle == 60
    ));
    assert_eq!(outlook(&falling, asked(0), None), Outlook::Over);
    assert_eq!(outlook(&falling, asked(0), Some(0)), Outlook::Over);
    assert_eq!(outlook(&falling[1..], asked(0), Some(4)), Outlook::TooFew);
    let rising = series(&[20, 40, 60, 80, 100]);
    assert_eq!(
        outlook(&rising, asked(500), Some(4)),
        Outlook::StillAnswering
    );
    let Outlook::Told(told) = outlook(&rising, asked(50), Some(400)) else {
        panic!("most have answered")
    };
    assert_eq!(told.high, 1_000, "never more than there are items");
}

#[test]
fn a_station_stands_where_its_worst_item_does() {
    let of = |items: &[(ItemStatus, bool)]| {
        items
            .iter()
            .map(|(status, critical)| status.counts(*critical))
            .fold(Counts::default(), Counts::plus)
    };
    use ItemStatus::{Disputed, Met, NotApplicable, Unanswered, Unmet};
    for (items, standing) in [
        (&[][..], Standing::Nothing),
        (&[(Unanswered, true)], Standing::Nothing),
        (&[(Unanswered, true), (Met, false)], Standing::Answering),
        (&[(NotApplicable, true), (Met, false)], Standing::Ready),
        (&[(Disputed, true), (Met, false)], Standing::Unmet),
        (&[(Unmet, false), (Met, false)], Standing::Unmet),
        (&[(Unmet, true), (Unanswered, false)], Standing::Critical),
    ] {
        let counts = of(items);
        assert_eq!(counts.standing(), standing, "{items:?}");
        assert!(counts.agree());
    }
}

#[test]
fn a_turn_is_seen_between_two_days() {
    let ready = Counts {
        expected: 2,
        met: 2,
        ..Counts::default()
    };
    let unmet = |n| Counts {
        expected: 2,
        met: 2 - n,
        unmet: n,
        ..Counts::default()
    };
    assert_eq!(
        Changes::between(Counts::default(), ready),
        Some((Turn::Ready, 0))
    );
    assert_eq!(Changes::between(ready, unmet(1)), Some((Turn::Lost, 1)));
    assert_eq!(Changes::between(unmet(1), unmet(2)), Some((Turn::Worse, 1)));
    assert_eq!(Changes::between(unmet(2), unmet(1)), None);
    assert_eq!(Changes::between(ready, ready), None);
}

proptest! {
    #[test]
    fn any_text_is_a_day_or_refused(text in ".{0,14}") {
        if let Ok(day) = AsOf::read(Some(&text), now(), &zone()) {
            prop_assert!(day.day <= date(2023, 10, 2));
        }
    }

    #[test]
    fn the_last_day_has_the_sum_of_all_changes(changes in prop::collection::vec((0_i32..40, 0_i64..50), 1..30)) {
        let begin = date(2023, 9, 1);
        let mut changes: Vec<(Date, i64)> = changes
            .into_iter()
            .map(|(days, change)| (begin.checked_add(jiff::Span::new().days(days)).unwrap(), change))
            .collect();
        changes.sort();
        let sum: i64 = changes.iter().map(|(_, change)| change).sum();
        let series = carried(&changes, begin, date(2023, 10, 31));
        prop_assert_eq!(series.last().unwrap().1, u64::try_from(sum).unwrap());
        prop_assert!(series.windows(2).all(|w| w[0].0.tomorrow().unwrap() == w[1].0));
    }
}
