use super::*;
use crate::platform::Lang;
use electoral::rules::built_in;
use jiff::civil::date;

fn plan(zone: &str) -> Plan {
    let pack = built_in("akim-district-2023").unwrap().unwrap();
    let zone = TimeZone::get(zone).unwrap();
    Plan::of_rules(&pack, date(2023, 11, 5), &zone).unwrap()
}

fn ics(lang: Lang) -> String {
    let head = IcsHead {
        id: "akim-2023",
        title: "Әкім сайлауы; 5 қараша, 2023\\жыл",
        stamp: "2023-09-15T06:00:00Z".parse().unwrap(),
    };
    to_ics(head, &plan("Asia/Almaty"), lang)
}

/// What a reader of the format does first: joins folded lines.
fn unfold(text: &str) -> Vec<String> {
    text.replace("\r\n ", "")
        .split("\r\n")
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

#[test]
fn lines_are_short_whole_and_end_as_the_format_asks() {
    for lang in Lang::ALL {
        let text = ics(lang);
        assert!(text.ends_with("END:VCALENDAR\r\n"));
        assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
        for line in text.split("\r\n") {
            assert!(line.len() <= 75, "{} octets: {line}", line.len());
        }
        for line in unfold(&text) {
            assert!(line.contains(':'), "{line}");
        }
    }
}

#[test]
fn events_are_complete_in_utc_and_known_by_their_ids() {
    let lines = unfold(&ics(Lang::Kk));
    let of =
        |name: &str| -> Vec<&str> { lines.iter().filter_map(|l| l.strip_prefix(name)).collect() };
    let dated = plan("Asia/Almaty")
        .items
        .iter()
        .filter(|i| i.step.moment().is_some())
        .count();
    assert!(dated > 30);
    let ids = of("UID:");
    let unique: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!((ids.len(), unique.len()), (dated, dated));
    assert!(unique.contains("nomination_end.akim-2023@tandau"));
    for name in [
        "BEGIN:VEVENT",
        "END:VEVENT",
        "DTSTAMP:",
        "DTSTART:",
        "DTEND:",
        "SUMMARY:",
    ] {
        assert_eq!(of(name).len(), dated, "{name}");
    }
    for time in of("DTSTART:").into_iter().chain(of("DTEND:")) {
        assert!(time.len() == 16 && time.ends_with('Z'), "{time}");
    }
    // 18:00 by the clocks of Astana.
    let at = lines
        .iter()
        .position(|l| l == "UID:nomination_end.akim-2023@tandau")
        .unwrap();
    assert!(lines[at..at + 5].contains(&"DTEND:20231005T120000Z".to_owned()));
    assert_eq!(
        of("X-WR-CALNAME:"),
        ["Әкім сайлауы\\; 5 қараша\\, 2023\\\\жыл"]
    );
}

#[test]
fn ids_stay_when_dates_move() {
    let pack = built_in("akim-district-2023").unwrap().unwrap();
    let zone = TimeZone::get("Asia/Almaty").unwrap();
    let ids = |day| -> std::collections::BTreeSet<String> {
        let plan = Plan::of_rules(&pack, day, &zone).unwrap();
        let head = IcsHead {
            id: "x",
            title: "t",
            stamp: Timestamp::UNIX_EPOCH,
        };
        let lines = unfold(&to_ics(head, &plan, Lang::En));
        lines
            .into_iter()
            .filter(|l| l.starts_with("UID:"))
            .collect()
    };
    assert_eq!(ids(date(2023, 11, 5)), ids(date(2024, 3, 31)));
}

#[test]
fn the_json_is_what_scripts_rely_on() {
    let text = to_json("akim-district-2023", &plan("Asia/Almaty"));
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["rules"], "akim-district-2023");
    assert_eq!(value["voting_day"], "2023-11-05");
    let keys: Vec<&String> = value.as_object().unwrap().keys().collect();
    assert_eq!(keys.len(), 3);
    let steps = value["steps"].as_array().unwrap();
    let end = steps.iter().find(|s| s["id"] == "nomination_end").unwrap();
    assert_eq!(end["until"], "2023-10-05T18:00:00+06:00");
    assert_eq!(end["from"], "2023-09-16T00:00:00+06:00");
    assert_eq!(end["article"], "113-3(5)");
    assert_eq!(end["confidence"], "sourced");
    for language in ["kk", "ru", "en"] {
        assert!(end["name"][language].as_str().unwrap().len() > 3);
    }
    let appeal = steps.iter().find(|s| s["id"] == "refusal_appeal").unwrap();
    assert!(appeal["until"].is_null());
    let west = to_json("akim-district-2023", &plan("Asia/Aqtobe"));
    assert!(west.contains("2023-10-05T18:00:00+05:00"));
}

#[test]
fn the_text_names_every_step() {
    let plan = plan("Asia/Almaty");
    let text = to_text("akim-district-2023", &plan, Lang::Ru);
    for item in &plan.items {
        assert!(text.contains(&item.step.name.ru), "{}", item.step.id);
    }
    assert!(text.contains("05.10.2023, 18:00 (UTC+6)"));
}

#[test]
fn a_step_is_ahead_then_due_then_late_until_it_is_done() {
    let plan = plan("Asia/Almaty");
    let progress = |id: &str, now: &str| plan.item(id).unwrap().progress(now.parse().unwrap());
    // Lists reach the precincts by 15 October, the end of the day.
    assert_eq!(
        progress("lists_to_pec", "2023-10-01T00:00:00Z"),
        Progress::Ahead
    );
    assert_eq!(
        progress("lists_to_pec", "2023-10-10T00:00:00Z"),
        Progress::Due
    );
    assert_eq!(
        progress("lists_to_pec", "2023-10-15T17:59:59Z"),
        Progress::Due
    );
    assert_eq!(
        progress("lists_to_pec", "2023-10-15T18:00:00Z"),
        Progress::Late
    );
    let mut done = plan.item("lists_to_pec").unwrap().clone();
    done.done = Some(entry("lists_to_pec", EntryKind::Done));
    assert_eq!(
        done.progress("2023-11-15T00:00:00Z".parse().unwrap()),
        Progress::Done
    );
    done.done = Some(entry("lists_to_pec", EntryKind::NotNeeded));
    assert_eq!(
        done.progress("2023-11-15T00:00:00Z".parse().unwrap()),
        Progress::NotNeeded
    );
    // A limit of the law passes by itself.
    assert_eq!(
        progress("nomination_end", "2023-09-30T00:00:00Z"),
        Progress::Due
    );
    assert_eq!(
        progress("nomination_end", "2023-10-05T12:00:00Z"),
        Progress::Passed
    );
    assert_eq!(
        progress("refusal_appeal", "2023-10-05T12:00:00Z"),
        Progress::Undated
    );
}

fn entry(step: &str, kind: EntryKind) -> Entry {
    Entry {
        contest_id: String::new(),
        step: step.to_owned(),
        version: 1,
        kind,
        from: None,
        until: None,
        done_at: None,
        reason: String::new(),
        decision_id: None,
        made_at: Timestamp::UNIX_EPOCH,
    }
}

#[test]
fn the_real_day_of_the_call_is_done_and_counted_from() {
    let pack = built_in("akim-district-2023").unwrap().unwrap();
    let zone = TimeZone::get("Asia/Almaty").unwrap();
    let called = date(2023, 9, 10);
    let plan = Plan::compute(&pack, date(2023, 11, 5), &zone, &zone, Some(called), &[]).unwrap();
    let now = "2023-09-11T00:00:00Z".parse().unwrap();
    assert_eq!(plan.item("call").unwrap().progress(now), Progress::Done);
    assert_eq!(
        plan.from("nomination_start"),
        Some("2023-09-10T18:00:00Z".parse().unwrap())
    );
}

#[test]
fn what_records_say_is_done_when_it_is_done_everywhere_and_not_before_its_day() {
    use electoral::calendar::Record;
    let now = "2023-11-06T06:00:00Z".parse().unwrap();
    let heard = |happened: Happened, today: Date| {
        let mut plan = plan("Asia/Almaty");
        let told = Told::record(Record::StationsOpened, Some(happened)).unwrap();
        plan.hear(&[told], today);
        ["pec_opens", "boxes_sealed"].map(|id| plan.item(id).unwrap().progress(now))
    };
    let (day, next) = (date(2023, 11, 5), date(2023, 11, 6));
    assert_eq!(heard(Happened::Done(day), next), [Progress::Done; 2]);
    assert_eq!(heard(Happened::Done(next), day), [Progress::Late; 2]);
    assert_eq!(heard(Happened::NotNeeded, next), [Progress::NotNeeded; 2]);
    let part = Happened::Part { done: 1, of: 2 };
    assert_eq!(heard(part, next), [Progress::Late; 2]);
    assert_eq!(Happened::counted(0, 0, Some(day)), None);
    assert_eq!(Happened::counted(1, 2, Some(day)), Some(part));
    assert_eq!(
        Happened::counted(2, 2, Some(day)),
        Some(Happened::Done(day))
    );
    assert_eq!(
        Happened::fuller(Some(part), Some(Happened::Done(day))),
        Some(Happened::Done(day))
    );
    assert_eq!(Happened::fuller(Some(part), None), Some(part));
}

#[test]
fn a_limit_of_the_law_is_no_duty_that_somebody_forgot() {
    let plan = plan("Asia/Almaty");
    let item = plan.item("ballots_delivery_first").unwrap();
    let after = "2023-11-06T06:00:00Z".parse().unwrap();
    assert_eq!(item.progress(after), Progress::Passed);
}
