//! What a reader's program finds in the papers. Needs `pdftotext` and `pdfinfo` (poppler-utils) and
//! passes over without them.

use std::io::Write;
use std::process::{Command, Stdio};

use super::{every_form, samples};
use crate::*;

/// What a program of poppler-utils says about a PDF; none when it isn't installed.
#[allow(clippy::print_stderr)] // said aloud, where nothing else would tell
fn told(program: &str, arguments: &[&str], pdf: &[u8]) -> Option<String> {
    let reader = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    // The set-up of the tests installs poppler-utils; elsewhere the papers are not read.
    let Ok(mut reader) = reader else {
        assert!(std::env::var_os("CI").is_none(), "{program} is missing");
        eprintln!("{program} is not installed: papers were not read");
        return None;
    };
    reader.stdin.take().unwrap().write_all(pdf).unwrap();
    let output = reader.wait_with_output().unwrap();
    assert!(output.status.success(), "{program} can't read the file");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The text of every page, thin spaces as plain ones.
pub(super) fn pages(pdf: &[u8]) -> Option<Vec<String>> {
    let text = told("pdftotext", &["-layout", "-", "-"], pdf)?;
    let text = text.replace(['\u{202f}', '\u{a0}'], " ");
    Some(
        text.trim_end_matches('\u{c}')
            .split('\u{c}')
            .map(str::to_owned)
            .collect(),
    )
}

#[test]
fn papers_read_in_kazakh_and_russian() {
    let pdf = precinct_protocol(&samples::protocol()).unwrap();
    let Some(pages) = pages(&pdf) else { return };
    assert!(pages.len() <= 2, "{} pages", pages.len());
    let text = pages.join("\n");
    for part in [
        "Учаскелік сайлау комиссиясының дауыс санау нәтижелері туралы хаттамасы",
        "Протокол участковой избирательной комиссии о результатах подсчёта голосов",
        "Мысалова Әйгерім Өтегенқызы",
        "Нұсқаев Ыбырай Һашимұлы",
        "1 204",
        "бір мың екі жүз төрт",
        "одна тысяча двести четыре",
        "Комиссия төрағасы",
        "05.11.2023, 21:47",
        "№ 448 сайлау учаскесі, 1-нұсқа",
    ] {
        assert!(text.contains(part), "{part} is missing in:\n{text}");
    }
    for line in &samples::protocol().lines {
        assert!(text.contains(&crate::figures::grouped(line.figure).replace('\u{202f}', " ")));
    }
}

#[test]
fn demo_papers_say_so_on_every_page() {
    for (name, pdf) in every_form() {
        let Some(pages) = pages(&pdf.unwrap()) else {
            return;
        };
        for page in pages {
            let marked = [
                "ДЕМО · синтетикалық деректер",
                "ДЕМО · синтетические данные",
                "DEMO · synthetic data",
            ]
            .iter()
            .any(|mark| page.contains(mark));
            assert!(marked, "{name}:\n{page}");
        }
    }
    let real = ProtocolPaper {
        synthetic: false,
        ..samples::protocol()
    };
    let text = pages(&precinct_protocol(&real).unwrap()).unwrap_or_default();
    assert!(!text.concat().contains("ДЕМО"));
}

#[test]
fn a_blank_form_holds_no_figure() {
    let pdf = blank_precinct_protocol(&samples::protocol()).unwrap();
    let Some(pages) = pages(&pdf) else { return };
    let text = pages.join("\n");
    assert!(text.contains("Учаскедегі сайлаушылардың жалпы саны"));
    for taken in ["1 204", "741", "семьсот", "жеті жүз", "21:47"] {
        assert!(!text.contains(taken), "{taken} in:\n{text}");
    }
}

#[test]
fn english_papers_read_in_english() {
    let english = ProtocolPaper {
        edition: Edition::English,
        ..samples::protocol()
    };
    let Some(pages) = pages(&precinct_protocol(&english).unwrap()) else {
        return;
    };
    let text = pages.join("\n");
    assert!(text.contains("Voters who took part in the vote"));
    assert!(text.contains("The signed paper is in Kazakh and Russian"));
    assert!(
        text.contains("Улгиев Кайрат Ганиулы"),
        "no English name: the Russian one"
    );
    assert!(!text.contains("Избирательный участок"));
}

#[test]
fn results_and_decisions_read_completely() {
    let results = result_protocol(&samples::results()).unwrap();
    let Some(pages_of_results) = pages(&results) else {
        return;
    };
    let text = pages_of_results.join("\n");
    for part in [
        "38 / 38",
        "301 000",
        "41,40",
        "Избранным считается",
        "сайланды деп саналады",
    ] {
        assert!(text.contains(part), "{part} is missing in:\n{text}");
    }
    let decision = decision_paper(&samples::decision()).unwrap();
    let text = pages(&decision).unwrap().join("\n");
    for part in [
        "ШЕШІМ / РЕШЕНИЕ № 14/27",
        "комиссия РЕШИЛА",
        "«Қарсы»",
        "Ерекше пікір",
        "Үлгіева М. Н.",
    ] {
        assert!(text.contains(part), "{part} is missing in:\n{text}");
    }
}

#[test]
fn reading_programs_see_language_title_and_size() {
    for (name, pdf) in every_form() {
        let pdf = pdf.unwrap();
        let Some(about) = told("pdfinfo", &["-"], &pdf) else {
            return;
        };
        assert!(about.contains("Tagged:          yes"), "{name}: {about}");
        assert!(about.contains("A4"), "{name}: {about}");
        assert!(
            about.contains("Title:           ДЕМО · "),
            "{name}: {about}"
        );
        let tags = told("pdfinfo", &["-struct", "-"], &pdf).unwrap();
        // A certificate lists nothing.
        let tags_of: &[&str] = if name.ends_with("certificate") {
            &["H1"]
        } else {
            &["H1", "Table", "TH"]
        };
        for tag in tags_of {
            assert!(tags.contains(*tag), "{name}: no {tag} in {tags}");
        }
    }
}
