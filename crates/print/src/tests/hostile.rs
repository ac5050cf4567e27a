//! Text that tries to be more than text.

use super::{reading, samples};
use crate::*;

const HOSTILE: [&str; 12] = [
    "#panic(\"seen\") #import \"x.typ\"",
    "$ x^2 $ #sys.inputs #read(\"/etc/passwd\")",
    "\"} , \"blank\": true, \"",
    "*bold* _em_ `raw` <label> @ref = Heading \\ // comment /* open",
    "\u{0}\u{1}\u{7}\u{1b}[31m\u{7f}\u{9b}",
    "\u{202e}106\u{202c}\u{200f}\u{2066}\u{feff}\u{fffe}",
    "е\u{301}\u{301}\u{301}\u{301}\u{334}\u{489}\u{20dd}",
    "🗳️ 漢字 عربي עברית ᚠ \u{10ffff} \u{e000} \u{f8ff}",
    "line\nbreak\r\nand\ttab\u{2028}\u{85}",
    "--- ... ~ -? http://example.org/ ]] }}",
    "",
    "\u{301}\u{200b} \u{ad}",
];

/// A protocol in which every text that a person writes is this one.
fn protocol_of(text: &str) -> ProtocolPaper {
    let mut paper = samples::protocol();
    let set = |field: &mut String| *field = text.to_owned();
    [
        &mut paper.title_kk,
        &mut paper.title_ru,
        &mut paper.election_kk,
        &mut paper.contest_kk,
        &mut paper.contest_ru,
        &mut paper.station_number,
        &mut paper.address_kk,
        &mut paper.date_ru,
        &mut paper.posted_at,
    ]
    .into_iter()
    .for_each(set);
    for line in &mut paper.lines {
        [&mut line.number, &mut line.label_kk, &mut line.words_ru]
            .into_iter()
            .for_each(set);
    }
    for candidate in &mut paper.candidates {
        [
            &mut candidate.number,
            &mut candidate.name_kk,
            &mut candidate.words_kk,
        ]
        .into_iter()
        .for_each(set);
    }
    for member in &mut paper.signatures {
        [&mut member.office_kk, &mut member.name]
            .into_iter()
            .for_each(set);
    }
    paper.dissent = Some(text.to_owned());
    paper
}

#[test]
fn markup_and_strange_characters_are_only_shown() {
    for text in HOSTILE {
        for handwriting in [false, true] {
            let paper = ProtocolPaper {
                handwriting,
                ..protocol_of(text)
            };
            let pdf = precinct_protocol(&paper);
            assert!(pdf.is_ok(), "{text:?}: {:?}", pdf.err());
        }
    }
    let pdf = precinct_protocol(&protocol_of("#let$x \"} <b>")).unwrap();
    if let Some(pages) = reading::pages(&pdf) {
        let text = pages.join("\n");
        assert!(text.contains("#let$x \"} <b>"), "{text}");
        assert!(text.contains("1 204"), "the figures stay: {text}");
    }
}

#[test]
fn other_papers_take_it_too() {
    for text in HOSTILE {
        let results = ResultPaper {
            outcome_kk: text.to_owned(),
            outcome_ru: text.to_owned(),
            commission_kk: text.to_owned(),
            title_kk: text.to_owned(),
            ..samples::results()
        };
        assert!(result_protocol(&results).is_ok(), "{text:?}");
        let decision = DecisionPaper {
            number: text.to_owned(),
            text_kk: text.to_owned(),
            text_ru: text.to_owned(),
            place_kk: text.to_owned(),
            chair: PaperSignature {
                name: text.to_owned(),
                ..PaperSignature::default()
            },
            ..samples::decision()
        };
        assert!(decision_paper(&decision).is_ok(), "{text:?}");
    }
}

#[test]
fn direction_marks_cannot_turn_a_figure() {
    let mut paper = samples::protocol();
    paper.candidates[0].name_kk = "Үлгіев\u{202e} 301".to_owned();
    paper.candidates[0].name_ru = String::new();
    let pdf = precinct_protocol(&paper).unwrap();
    if let Some(pages) = reading::pages(&pdf) {
        assert!(pages.concat().contains("Үлгіев 301"));
    }
}

#[test]
fn the_longest_allowed_texts_stay_on_the_sheet() {
    let name = "Щ".repeat(500);
    let mut paper = samples::protocol();
    paper.candidates[1].name_kk = name.clone();
    paper.candidates[1].words_kk = name.clone();
    paper.signatures[0].name = name.clone();
    paper.title_kk = name;
    let pdf = precinct_protocol(&paper).unwrap();
    if let Some(pages) = reading::pages(&pdf) {
        // The reader leaves out what lies off the sheet.
        let letters = pages.concat().matches('Щ').count();
        assert_eq!(letters, 4 * 500);
    }
}

#[test]
fn figures_of_any_size_are_exact() {
    let mut paper = samples::protocol();
    paper.lines[0].figure = u64::MAX;
    paper.lines[1].figure = 1_062_327;
    paper.lines[2].figure = 0;
    let pdf = precinct_protocol(&paper).unwrap();
    if let Some(pages) = reading::pages(&pdf) {
        let digits: String = pages.concat().split_whitespace().collect();
        assert!(
            digits.contains("18446744073709551615"),
            "{}",
            pages.concat()
        );
        assert!(digits.contains("1062327"));
    }
}

#[test]
fn too_much_is_refused_by_name() {
    let mut paper = samples::protocol();
    paper.candidates[0].name_kk = "a".repeat(501);
    let field = "candidates.name_kk".to_owned();
    assert_eq!(
        precinct_protocol(&paper),
        Err(PrintError::TooLong { field, limit: 500 })
    );
    let many = ProtocolPaper {
        lines: vec![PaperLine::default(); 301],
        ..samples::protocol()
    };
    let field = "lines".to_owned();
    assert_eq!(
        precinct_protocol(&many),
        Err(PrintError::TooMany { field, limit: 300 })
    );
}

#[test]
fn many_candidates_take_more_sheets() {
    let mut paper = samples::protocol();
    paper.candidates = paper.candidates.iter().cycle().take(120).cloned().collect();
    let pdf = precinct_protocol(&paper).unwrap();
    if let Some(pages) = reading::pages(&pdf) {
        assert!(pages.len() > 3);
        assert_eq!(pages.concat().matches("Үлгіев Қайрат Ғаниұлы").count(), 20);
        assert!(pages.iter().all(|page| page.contains("ДЕМО")));
    }
}
