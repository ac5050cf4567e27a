use super::*;
use crate::protocol::Kind;
use crate::text::Language;
use jiff::civil::{date, time};
use proptest::prelude::*;

fn pilot_text() -> &'static str {
    BUILT_IN
        .iter()
        .find(|(id, _)| *id == "akim-district-2023")
        .unwrap()
        .1
}

fn pilot() -> RulePack {
    built_in("akim-district-2023").unwrap().unwrap()
}

#[test]
fn every_built_in_pack_is_sound() {
    assert_eq!(BUILT_IN.len(), 6);
    for (id, _) in BUILT_IN {
        let pack = built_in(id)
            .unwrap()
            .unwrap_or_else(|error| panic!("{id}: {error}"));
        assert_eq!(pack.id, *id);
        assert!(!pack.calendar.is_empty());
    }
    assert!(built_in("nonsense").is_none());
}

#[test]
fn the_pilot_says_what_the_law_says() {
    let pack = pilot();
    assert_eq!(pack.contest.system.value, System::Plurality);
    assert!(pack.contest.against_all.value);
    assert_eq!(pack.contest.term_years.as_ref().unwrap().value, 4);
    let voting = pack.voting.as_ref().unwrap();
    assert_eq!(voting.station_voters_max.value, 3_000);
    assert_eq!(voting.starts.value, time(7, 0, 0, 0));
    assert_eq!(voting.ends.value, time(20, 0, 0, 0));
    assert_eq!(
        pack.deposit
            .as_ref()
            .unwrap()
            .amount_kzt
            .as_ref()
            .unwrap()
            .value,
        350_000
    );
    assert_eq!(
        pack.nominator("superior_akim").unwrap().only_if_fewer_than,
        Some(2)
    );
    assert_eq!(
        pack.eligibility
            .iter()
            .filter(|r| r.source.confidence == Confidence::Gap)
            .count(),
        2
    );
    let form = pack.protocol.as_ref().unwrap();
    assert_eq!(
        form.lines
            .iter()
            .filter(|l| l.kind == Kind::PerCandidate)
            .count(),
        1
    );
    for number in 1..=17 {
        assert!(form.check(&format!("R{number}")).is_some(), "R{number}");
    }
    let slots: Vec<&str> = pack
        .turnout
        .as_ref()
        .unwrap()
        .slots
        .iter()
        .map(|s| s.id.as_str())
        .collect();
    assert_eq!(
        slots,
        [
            "10:00", "12:00", "14:00", "16:00", "18:00", "20:00", "final"
        ]
    );
}

#[test]
fn values_carry_their_source() {
    let pack = pilot();
    let max = &pack.voting.as_ref().unwrap().station_voters_max;
    assert_eq!(max.source.article, "23(2)");
    assert_eq!(max.source.edition, date(2023, 1, 1));
    assert_eq!(max.source.valid_from, date(2023, 1, 1));
    assert_eq!(
        pack.cite(&max.source, Language::Kk),
        "Сайлау туралы конституциялық заң, 23(2)-бап"
    );
    assert_eq!(
        pack.cite(&max.source, Language::Ru),
        "Конституционный закон о выборах, ст. 23(2)"
    );
    assert_eq!(
        pack.cite(&max.source, Language::En),
        "Constitutional Law on Elections, art. 23(2)"
    );
    let term = pack.contest.term_years.as_ref().unwrap();
    assert_eq!(
        (term.source.act.as_str(), term.source.edition),
        ("self-government", date(2023, 12, 23))
    );
}

/// A change to the pilot's text, and what the error must say.
#[test]
fn faulty_packs_are_refused_with_the_key() {
    let table = [
        ("n = 30\nhour", "n = 30\nhuor", "huor"),
        (
            "anchor = \"nomination_end\"",
            "anchor = \"nomination_and\"",
            "calendar.nomination_extension: anchor \"nomination_and\"",
        ),
        (
            "id = \"nomination_extension\"",
            "id = \"nomination_end\"",
            "calendar: \"nomination_end\" stands twice",
        ),
        (
            "id = \"registration\"\n",
            "id = \"call\"\n",
            "\"call\" stands twice",
        ),
        (
            "id = \"took_part\"",
            "id = \"taken_part\"",
            "line \"took_part\" doesn't exist",
        ),
        (
            "sum(ballots_issued_by_member)",
            "sum(ballots_issued_by_members)",
            "protocol.checks.R2: line \"ballots_issued_by_members\"",
        ),
        (
            "sum(votes) + against_all",
            "sum(votes + against_all",
            "protocol.checks.R10: at 22",
        ),
        (
            "sum(votes) + against_all",
            "sum(against_all) + against_all",
            "protocol.checks.R10: only a repeated line",
        ),
        (
            "sum(votes) + against_all",
            "votes + portable_box_found",
            "protocol.checks.R10: two kinds",
        ),
        (
            "group = \"candidates\"",
            "group = \"nobody\"",
            "group \"nobody\" doesn't exist",
        ),
        ("code = \"R4\"", "code = \"R3\"", "\"R3\" stands twice"),
        (
            "add up to {right}, but {left} took part",
            "add up to {rigth}, but {left} took part",
            "{rigth} is unknown",
        ),
        (
            "article = \"23(2)\"",
            "article = \"\"",
            "voting.station_voters_max",
        ),
        (
            "act = \"self-government\", article = \"36-2\"",
            "act = \"self\", article = \"36-2\"",
            "contest.term_years: act \"self\"",
        ),
        ("confidence = \"gap\"", "confidence = \"sure\"", "sure"),
        (
            "nominators = [\"superior_akim\"]",
            "nominators = [\"king\"]",
            "nominator \"king\" doesn't exist",
        ),
        ("value = 350000", "value = 350001", "deposit.amount_kzt"),
        (
            "name.en = \"Political party\"",
            "name.en = \" \"",
            "nominators.party: no words in en",
        ),
        (
            "id = \"12:00\"\ntime = \"12:00\"",
            "id = \"12:00\"\ntime = \"09:00\"",
            "slots must follow each other",
        ),
        (
            "minutes_after_closing = 120",
            "time = \"22:00\"\nminutes_after_closing = 120",
            "a slot has a time, or minutes after closing",
        ),
        (
            "lines = [\"took_part\"]",
            "lines = [\"votes\"]",
            "protocol.checks.R17: a line of another kind",
        ),
        (
            "op = \"day_after\"",
            "op = \"day_after\"\nn = 3",
            "calendar.nomination_start: the day after",
        ),
    ];
    for (from, to, says) in table {
        let text = pilot_text().replacen(from, to, 1);
        assert_ne!(text, pilot_text(), "{from}");
        let error = RulePack::parse(&text).err();
        let error = error.map_or_else(|| "accepted".to_owned(), |error| error.to_string());
        assert!(error.contains(says), "{from} → {to}: {error}");
    }
}

#[test]
fn circles_are_found() {
    let text = pilot_text().replacen(
        "anchor = \"call\"\nop = \"day_after\"",
        "anchor = \"tec_composition\"\nop = \"day_after\"",
        1,
    );
    let text = text.replacen(
        "anchor = \"call\"\nop = \"within_after\"\nn = 10",
        "anchor = \"nomination_start\"\nop = \"within_after\"\nn = 10",
        1,
    );
    let error = RulePack::parse(&text).unwrap_err();
    assert!(matches!(error, RulesError::Cycle { .. }), "{error}");
}

#[test]
fn an_edition_of_its_own_is_kept() {
    let own = "value = 3000, edition = \"2026-06-11\", valid_from = \"2026-07-01\", article";
    let text = pilot_text().replacen("value = 3000, article", own, 1);
    let pack = RulePack::parse(&text).unwrap();
    let source = &pack.voting.as_ref().unwrap().station_voters_max.source;
    assert_eq!(
        (source.edition, source.valid_from),
        (date(2026, 6, 11), date(2026, 7, 1))
    );
}

#[test]
fn huge_and_deep_texts_are_refused() {
    let huge = "#".repeat(MAX_BYTES + 1);
    assert_eq!(
        RulePack::parse(&huge),
        Err(RulesError::TooLarge(MAX_BYTES + 1))
    );
    let deep = format!("a = {}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(matches!(RulePack::parse(&deep), Err(RulesError::Syntax(_))));
}

#[test]
fn every_text_of_every_pack_reads_in_three_scripts() {
    // A Kazakh or Russian text in Latin letters, or an English one in Cyrillic, is a slip of the pen.
    let cyrillic = |text: &str| text.chars().any(|c| ('\u{400}'..='\u{52f}').contains(&c));
    for (id, _) in BUILT_IN {
        let pack = built_in(id).unwrap().unwrap();
        for step in &pack.calendar {
            assert!(
                cyrillic(&step.name.kk) && cyrillic(&step.name.ru) && !cyrillic(&step.name.en),
                "{id} {}",
                step.id
            );
            assert_ne!(step.name.kk, step.name.ru, "{id} {}", step.id);
        }
        for check in pack.protocol.iter().flat_map(|form| &form.checks) {
            for text in [&check.typist, &check.decider] {
                assert!(
                    cyrillic(&text.kk) && cyrillic(&text.ru) && !cyrillic(&text.en),
                    "{}",
                    check.code
                );
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_damage_is_refused_or_read(at in 0_usize..90_000, with in "[ a-z\\[\\]{}=\"\\n0-9]{0,3}", length in 0_usize..12) {
        let chars: Vec<char> = pilot_text().chars().collect();
        let at = at % chars.len();
        let end = (at + length).min(chars.len());
        let text: String = chars[..at].iter().copied().chain(with.chars()).chain(chars[end..].iter().copied()).collect();
        if let Ok(pack) = RulePack::parse(&text) {
            prop_assert!(!pack.id.is_empty());
        }
    }
}
