use super::*;
use crate::rules::built_in;
use crate::tabulation::Decimal;
use crate::text::Language;
use crate::turnout::Report;
use proptest::prelude::*;
use std::sync::LazyLock;

static FORM: LazyLock<ProtocolForm> = LazyLock::new(|| {
    built_in("akim-district-2023")
        .unwrap()
        .unwrap()
        .protocol
        .unwrap()
});

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

struct Station {
    candidates: Vec<String>,
    issuing: Vec<String>,
    barred: Vec<String>,
    boxes: Vec<String>,
}

impl Station {
    fn new() -> Self {
        Self {
            candidates: names(&["c1", "c2", "c3"]),
            issuing: names(&["m3", "m4"]),
            barred: names(&["m1", "m2"]),
            boxes: names(&["b1", "b2"]),
        }
    }

    fn context(&self) -> Context<'_> {
        Context {
            stage: Stage::Complete,
            candidates: &self.candidates,
            issuing_members: &self.issuing,
            barred_members: &self.barred,
            boxes: &self.boxes,
            ..Context::default()
        }
    }
}

fn key(text: &str) -> LineKey {
    text.parse().unwrap()
}

/// A station whose figures agree.
fn sound() -> ProtocolEntry {
    let mut entry = ProtocolEntry::new();
    for (line, figure) in [
        ("voters_initial", 700),
        ("voters_added", 10),
        ("voters_removed", 5),
        ("voters_on_list", 705),
        ("ballots_received", 707),
        ("ballots_cancelled", 257),
        ("voters_received_ballots", 450),
        ("ballots_issued_by_member[m3]", 250),
        ("ballots_issued_by_member[m4]", 200),
        ("issued_in_premises", 435),
        ("issued_outside", 15),
        ("voted_by_absentee_certificate", 4),
        ("portable_box_applications[b1]", 10),
        ("portable_box_applications[b2]", 5),
        ("portable_box_found[b1]", 10),
        ("portable_box_found[b2]", 5),
        ("found_stationary", 433),
        ("found_total", 448),
        ("invalid", 8),
        ("took_part", 440),
        ("votes[c1]", 220),
        ("votes[c2]", 150),
        ("votes[c3]", 50),
        ("against_all", 20),
    ] {
        entry.set(key(line), figure);
    }
    entry
}

fn codes(entry: &ProtocolEntry) -> Vec<String> {
    let station = Station::new();
    let found = check(&FORM, entry, &station.context());
    found.into_iter().map(|finding| finding.code).collect()
}

fn changed(changes: &[(&str, u64)]) -> ProtocolEntry {
    let mut entry = sound();
    for (line, figure) in changes {
        entry.set(key(line), *figure);
    }
    entry
}

#[test]
fn a_sound_protocol_has_no_findings() {
    assert_eq!(codes(&sound()), Vec::<String>::new());
}

/// One change, and every check that must then speak.
#[test]
fn each_check_speaks_when_its_figures_differ() {
    type Row = (&'static [(&'static str, u64)], &'static [&'static str]);
    let table: &[Row] = &[
        (&[("ballots_received", 708)], &["R1", "R13"]),
        (&[("ballots_cancelled", 250)], &["R1"]),
        (&[("ballots_issued_by_member[m3]", 251)], &["R2"]),
        (&[("ballots_issued_by_member[m1]", 1)], &["R2", "E2"]),
        (&[("issued_in_premises", 434)], &["R3"]),
        (&[("voters_on_list", 449)], &["T4", "R4", "R5"]),
        (&[("voters_removed", 260), ("voters_on_list", 450)], &["W3"]),
        (&[("voters_removed", 6)], &["R5"]),
        (&[("found_stationary", 432)], &["R6"]),
        (
            &[
                ("found_total", 451),
                ("found_stationary", 436),
                ("took_part", 443),
                ("against_all", 23),
            ],
            &["R7"],
        ),
        (
            &[
                ("portable_box_found[b1]", 11),
                ("found_stationary", 432),
                ("invalid", 11),
                ("took_part", 437),
                ("against_all", 17),
            ],
            &["R8A"],
        ),
        (
            &[("portable_box_found[b1]", 11), ("found_stationary", 432)],
            &["R8A", "R8B"],
        ),
        (
            &[("portable_box_found[b1]", 9), ("found_stationary", 434)],
            &["R8"],
        ),
        (&[("invalid", 9)], &["R9"]),
        (&[("votes[c1]", 221)], &["R10"]),
        (&[("against_all", 21)], &["R10"]),
        (
            &[("issued_outside", 14), ("issued_in_premises", 436)],
            &["R11"],
        ),
        (&[("applications_not_served", 1)], &["R11"]),
        (&[("voted_by_absentee_certificate", 11)], &["R12"]),
        (
            &[("invalid", 60), ("took_part", 388), ("votes[c1]", 168)],
            &["W1"],
        ),
        (
            &[
                ("votes[c1]", 440),
                ("votes[c2]", 0),
                ("votes[c3]", 0),
                ("against_all", 0),
            ],
            &["W2"],
        ),
        (
            &[
                ("found_stationary", 400),
                ("found_total", 415),
                ("took_part", 407),
                ("votes[c1]", 187),
            ],
            &["W4"],
        ),
        (&[("votes[c9]", 1)], &["T5", "R10"]),
        (&[("nonsense", 1)], &["T5"]),
    ];
    for (changes, expected) in table {
        let mut found = codes(&changed(changes));
        found.dedup();
        assert_eq!(found, *expected, "{changes:?}");
    }
}

#[test]
fn long_figures_are_told_while_typing() {
    let found = codes(&changed(&[("votes[c1]", 1_000_000)]));
    assert_eq!(found, ["T3", "T4", "R10"]);
}

#[test]
fn every_check_of_the_catalogue_has_a_figure_that_raises_it() {
    // Raised by tests of their own: reading (T1, T2), missing, words, sums, turnout, shares.
    let elsewhere = ["T1", "T2", "E1", "R14", "R15", "R16", "R17"];
    let table = [
        "T3", "T4", "T5", "R1", "R2", "E2", "R3", "R4", "R5", "R6", "R7", "R8A", "R8B", "R9",
        "R10", "R11", "R12", "R8", "R13", "W1", "W2", "W3", "W4",
    ];
    let all: Vec<&str> = FORM
        .checks
        .iter()
        .map(|check| check.code.as_str())
        .collect();
    for code in &all {
        assert!(
            elsewhere.contains(code) || table.contains(code),
            "{code} has no test"
        );
    }
    assert_eq!(all.len(), elsewhere.len() + table.len());
}

#[test]
fn a_missing_figure_is_found_only_when_complete() {
    let mut entry = sound();
    entry.values.remove(&key("took_part"));
    entry.values.remove(&key("votes[c2]"));
    let station = Station::new();
    let complete = check(&FORM, &entry, &station.context());
    let lines: Vec<String> = complete
        .iter()
        .map(|f| format!("{} {}", f.code, f.lines[0]))
        .collect();
    assert_eq!(lines, ["E1 took_part", "E1 votes[c2]"]);
    let draft = Context {
        stage: Stage::Draft,
        ..station.context()
    };
    assert_eq!(check(&FORM, &entry, &draft), []);
    assert_eq!(check(&FORM, &ProtocolEntry::new(), &draft), []);
}

#[test]
fn figures_fill_the_sentences() {
    let station = Station::new();
    let entry = changed(&[("votes[c1]", 1_300)]);
    let found = check(&FORM, &entry, &station.context());
    let finding = found.iter().find(|f| f.code == "R10").unwrap();
    assert_eq!(
        (
            finding.figure("left"),
            finding.figure("right"),
            finding.figure("difference")
        ),
        (Some(440), Some(1520), Some(1080))
    );
    let nobody = |_: &str| None;
    assert_eq!(
        finding.text(&FORM, Audience::Typist, Language::En, &nobody),
        "Votes for candidates and against all add up to 1\u{202f}520, but 440 took part. Check the figures or write what the paper says."
    );
    assert_eq!(
        finding.text(&FORM, Audience::Decider, Language::Ru, &nobody),
        "Приняли участие 440, сумма голосов 1\u{202f}520, разница 1\u{202f}080."
    );
    let above = found.iter().find(|f| f.code == "T4").unwrap();
    let text = above.text(&FORM, Audience::Typist, Language::Kk, &nobody);
    assert!(text.starts_with(
        "«Кандидат үшін берілген дауыстар» – 1\u{202f}300, ал тізімде 705 сайлаушы ғана бар."
    ));
}

#[test]
fn boxes_and_people_are_named() {
    let station = Station::new();
    let entry = changed(&[("portable_box_found[b2]", 4), ("found_stationary", 434)]);
    let found = check(&FORM, &entry, &station.context());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].item.as_deref(), Some("b2"));
    let named = |id: &str| (id == "b2").then(|| "No. 2".to_owned());
    let text = found[0].text(&FORM, Audience::Typist, Language::En, &named);
    assert_eq!(
        text,
        "Portable box No. 2: 5 requests, only 4 ballots. Write why."
    );
}

#[test]
fn words_must_say_the_same() {
    let station = Station::new();
    let typed = |words: &str| TypedWords {
        key: key("took_part"),
        language: Language::Ru,
        words: words.into(),
    };
    for (words, faults) in [
        ("четыреста сорок", 0),
        ("Четыреста  СОРОК", 0),
        ("четыреста", 1),
    ] {
        let typed = [typed(words)];
        let context = Context {
            words: &typed,
            ..station.context()
        };
        let found = check(&FORM, &sound(), &context);
        assert_eq!(found.len(), faults);
        if let [finding] = found.as_slice() {
            assert_eq!(finding.code, "R14");
            let text = finding.text(&FORM, Audience::Typist, Language::Ru, &|_| None);
            assert!(text.contains("«четыреста сорок»"));
        }
    }
}

#[test]
fn turnout_must_end_at_the_protocol() {
    let station = Station::new();
    let report = |slot: &str, issued, version| Report {
        slot: slot.into(),
        issued,
        version,
    };
    let run = |reports: &[Report]| {
        let context = Context {
            turnout: Some(reports),
            final_slot: Some("final"),
            ..station.context()
        };
        let found = check(&FORM, &sound(), &context);
        found
            .iter()
            .map(|f| (f.code.clone(), f.figure("left").unwrap()))
            .collect::<Vec<_>>()
    };
    assert_eq!(run(&[report("18:00", 400, 1), report("final", 450, 1)]), []);
    assert_eq!(run(&[report("18:00", 400, 1)]), []);
    assert_eq!(run(&[report("final", 449, 1)]), [("R16".to_owned(), 449)]);
    assert_eq!(
        run(&[report("18:00", 451, 1), report("final", 450, 1)]),
        [("R16".to_owned(), 451)]
    );
    assert_eq!(run(&[report("final", 449, 1), report("final", 450, 2)]), []);
}

#[test]
fn shares_are_taken_of_those_who_took_part() {
    let station = Station::new();
    let printed = |units| PublishedShare {
        key: key("votes[c1]"),
        percent: Decimal::new(units, 2),
    };
    // 220 of 440 took part; of the 448 found it would be 49.11 %.
    for (units, faults) in [(5_000, 0), (4_911, 1)] {
        let shares = [printed(units)];
        let context = Context {
            shares: &shares,
            ..station.context()
        };
        let found = check(&FORM, &sound(), &context);
        assert_eq!(found.len(), faults);
        assert!(found.iter().all(|finding| finding.code == "R17"));
    }
}

#[test]
fn a_territory_is_the_sum_of_its_stations() {
    let stations = [sound(), changed(&[("votes[c1]", 219), ("against_all", 21)])];
    let mut total = crate::tabulation::sum(&FORM, &stations).unwrap();
    assert_eq!(check_sum(&FORM, &total, &stations).unwrap(), []);
    total.set(key("votes[c1]"), 440);
    let found = check_sum(&FORM, &total, &stations).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].code.as_str(), found[0].figure("right")),
        ("R15", Some(439))
    );
    let text = found[0].text(&FORM, Audience::Typist, Language::En, &|_| None);
    assert!(text.starts_with(
        "\"Votes for the candidate\": the stations add up to 439, but 440 is written."
    ));
}

#[test]
fn typed_figures_are_read_or_explained() {
    let read = |typed: &str| parse_figure(&FORM, typed);
    for (typed, figure) in [
        ("0", 0),
        (" 512 ", 512),
        ("1 062", 1_062),
        ("1\u{a0}062", 1_062),
        ("0007", 7),
        ("-0", 0),
    ] {
        assert_eq!(read(typed), Ok(figure), "{typed:?}");
    }
    assert_eq!(read("  "), Err(TypingFault::Empty));
    for typed in ["12a", "1.5", "1,5", "٣", "+5", "--5", "-", "1\n2"] {
        assert_eq!(read(typed), Err(TypingFault::NotANumber), "{typed:?}");
    }
    for typed in ["-5", "\u{2212}5"] {
        assert_eq!(read(typed), Err(TypingFault::Negative));
    }
    for typed in ["1000000".to_owned(), "9".repeat(5_000)] {
        assert_eq!(read(&typed), Err(TypingFault::TooLong { digits_max: 6 }));
    }
    for fault in [
        TypingFault::NotANumber,
        TypingFault::Negative,
        TypingFault::TooLong { digits_max: 6 },
    ] {
        assert!(FORM.named(fault.named().unwrap()).is_some());
    }
}

#[test]
fn keys_are_strings_in_json() {
    let entry = sound();
    let json = serde_json::to_string(&entry).unwrap();
    assert!(json.contains("\"votes[c1]\":220"));
    assert_eq!(serde_json::from_str::<ProtocolEntry>(&json).unwrap(), entry);
    for bad in [
        "",
        "votes[",
        "votes[]",
        "votes[c1",
        "votes]c1[",
        "Votes",
        "votes[c 1]",
        "votes[c1]x",
        "votes[<b>]",
    ] {
        assert!(bad.parse::<LineKey>().is_err(), "{bad}");
    }
}

proptest! {
    #[test]
    fn any_key_is_read_or_refused(text in "\\PC{0,40}|[a-z_]{1,8}\\[[a-z0-9-]{0,8}\\]") {
        if let Ok(key) = text.parse::<LineKey>() {
            prop_assert_eq!(key.to_string(), text);
        }
    }

    #[test]
    fn any_typed_text_is_read_or_explained(text in "\\PC{0,20}|[0-9 -]{0,9}") {
        if let Ok(figure) = parse_figure(&FORM, &text) {
            prop_assert!(figure < 1_000_000);
            prop_assert_eq!(parse_figure(&FORM, &figure.to_string()), Ok(figure));
        }
    }

    #[test]
    fn any_figures_are_checked_without_panic(figures in prop::collection::vec(any::<u64>(), 24), stage: bool) {
        let mut entry = sound();
        for (figure, value) in entry.values.values_mut().zip(figures) {
            *figure = value;
        }
        let station = Station::new();
        let stage = if stage { Stage::Complete } else { Stage::Draft };
        let context = Context { stage, ..station.context() };
        let found = check(&FORM, &entry, &context);
        for finding in &found {
            for language in Language::ALL {
                for audience in [Audience::Typist, Audience::Decider] {
                    let text = finding.text(&FORM, audience, language, &|_| None);
                    prop_assert!(!text.contains('{') && !text.contains('}'), "{text}");
                }
            }
        }
        let order: Vec<usize> = found.iter().map(|f| FORM.checks.iter().position(|c| c.code == f.code).unwrap()).collect();
        prop_assert!(order.is_sorted());
        prop_assert_eq!(&found, &check(&FORM, &entry, &context));
    }

    #[test]
    fn one_wrong_vote_is_always_found(which in 0_usize..3, by in 1_u64..400) {
        let line = format!("votes[c{}]", which + 1);
        let mut entry = sound();
        let before = entry.values[&key(&line)];
        entry.set(key(&line), before + by);
        prop_assert!(codes(&entry).contains(&"R10".to_owned()));
    }
}
