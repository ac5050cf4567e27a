use super::*;

fn slots() -> Slots {
    let rule = |id: &str, remembered| SlotRule {
        id: id.to_owned(),
        minute: None,
        remembered,
    };
    Slots {
        all: vec![
            rule("10:00", true),
            rule("12:00", false),
            rule("final", false),
        ],
        compared_from: Some(Percent::parse("90").unwrap()),
    }
}

fn report(slot: &str, stations: u64) -> SlotTotal {
    SlotTotal {
        contest_id: "c".to_owned(),
        slot: slot.to_owned(),
        stations,
        received: stations * 100,
        voters: stations * 600,
    }
}

fn compared(reports: &[SlotTotal]) -> Option<(String, u64)> {
    slots()
        .compared(reports, 10)
        .map(|sum| (sum.slot, sum.stations))
}

#[test]
fn a_new_hour_counts_only_when_enough_stations_reported_it() {
    let chosen = |slot: &str, n| Some((slot.to_owned(), n));
    assert_eq!(compared(&[]), None);
    assert_eq!(compared(&[report("10:00", 3)]), chosen("10:00", 3));
    let few = [report("10:00", 10), report("12:00", 8)];
    assert_eq!(compared(&few), chosen("10:00", 10), "8 of 10 are not 90 %");
    let enough = [report("10:00", 10), report("12:00", 4), report("12:00", 5)];
    assert_eq!(compared(&enough), chosen("12:00", 9), "contests add up");
    let none = [report("10:00", 5), report("12:00", 5), report("final", 2)];
    assert_eq!(
        compared(&none),
        chosen("12:00", 5),
        "the newest of the best covered"
    );
}

#[test]
fn hours_from_memory_are_named() {
    let t = T::new(crate::platform::Lang::En);
    assert!(slots().note(t).contains("10:00"));
    assert!(!slots().note(t).contains("12:00"));
}
