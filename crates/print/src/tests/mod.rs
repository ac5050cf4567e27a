//! Papers printed and read back.

mod certificate;
mod hostile;
mod measure;
mod reading;
mod samples;

use crate::*;

type Sheets = (&'static str, Result<Vec<u8>, PrintError>);

/// Every form in every shape it has.
fn every_form() -> Vec<Sheets> {
    let protocol = samples::protocol();
    let edition = Edition::English;
    vec![
        ("protocol", precinct_protocol(&protocol)),
        ("blank protocol", blank_precinct_protocol(&protocol)),
        (
            "protocol by hand",
            precinct_protocol(&ProtocolPaper {
                handwriting: true,
                ..protocol.clone()
            }),
        ),
        (
            "english protocol",
            precinct_protocol(&ProtocolPaper {
                edition,
                ..protocol
            }),
        ),
        ("results", result_protocol(&samples::results())),
        (
            "english results",
            result_protocol(&ResultPaper {
                edition,
                ..samples::results()
            }),
        ),
        ("decision", decision_paper(&samples::decision())),
        (
            "english decision",
            decision_paper(&DecisionPaper {
                edition,
                ..samples::decision()
            }),
        ),
        ("readiness", readiness_report(&samples::readiness())),
        (
            "russian readiness",
            readiness_report(&ReadinessPaper {
                language: PaperLanguage::Ru,
                ..samples::readiness()
            }),
        ),
        ("programme", visit_programme(&samples::programme())),
        (
            "certificate",
            certificate_paper(&certificate::certificate()),
        ),
        (
            "russian programme",
            visit_programme(&ProgrammePaper {
                language: PaperLanguage::Ru,
                ..samples::programme()
            }),
        ),
        ("note", note_paper(&samples::note())),
        (
            "withdrawn note",
            note_paper(&NotePaper {
                language: PaperLanguage::Ru,
                warning: "Сообщение отозвано.".to_owned(),
                synthetic: true,
                ..samples::note()
            }),
        ),
    ]
}

fn holds(pdf: &[u8], text: &str) -> bool {
    pdf.windows(text.len())
        .any(|window| window == text.as_bytes())
}

#[test]
fn every_form_is_a_tagged_pdf_without_a_date() {
    for (name, pdf) in every_form() {
        let pdf = pdf.expect(name);
        assert!(pdf.starts_with(b"%PDF-1."), "{name}: header");
        assert!(pdf.trim_ascii_end().ends_with(b"%%EOF"), "{name}: end");
        assert!(holds(&pdf, "pdfuaid:part"), "{name}: PDF/UA");
        assert!(holds(&pdf, "/StructTreeRoot"), "{name}: tags");
        assert!(!holds(&pdf, "CreationDate"), "{name}: a date");
        assert!(pdf.len() < 120_000, "{name}: {} bytes", pdf.len());
    }
}

#[test]
fn empty_papers_print() {
    assert!(precinct_protocol(&ProtocolPaper::default()).is_ok());
    assert!(result_protocol(&ResultPaper::default()).is_ok());
    assert!(decision_paper(&DecisionPaper::default()).is_ok());
    // Its words come from the caller: without a title it is no accessible paper.
    let nothing_to_do = ReadinessPaper {
        figures: Vec::new(),
        sections: Vec::new(),
        bodies: Vec::new(),
        ..samples::readiness()
    };
    assert!(readiness_report(&nothing_to_do).is_ok());
    assert!(readiness_report(&ReadinessPaper::default()).is_err());
    assert!(visit_programme(&ProgrammePaper::default()).is_err());
    assert!(certificate_paper(&CertificatePaper::default()).is_err());
    let nothing_asked = NotePaper {
        sources: Vec::new(),
        ..samples::note()
    };
    assert!(note_paper(&nothing_asked).is_ok());
}

#[test]
fn the_same_paper_gives_the_same_bytes_from_any_thread() {
    let paper = |station: usize| ProtocolPaper {
        station_number: station.to_string(),
        ..samples::protocol()
    };
    let alone: Vec<Vec<u8>> = (0..4)
        .map(|station| precinct_protocol(&paper(station)).unwrap())
        .collect();
    assert_ne!(alone[0], alone[1]);
    std::thread::scope(|scope| {
        for worker in 0..4 {
            let alone = &alone;
            scope.spawn(move || {
                for turn in 0..6 {
                    let station = (worker + turn) % alone.len();
                    let printed = precinct_protocol(&paper(station)).unwrap();
                    assert!(printed == alone[station], "station {station}");
                }
            });
        }
    });
}

#[test]
fn a_hand_is_imitated_only_on_demo_papers() {
    let paper = ProtocolPaper {
        synthetic: false,
        handwriting: true,
        ..samples::protocol()
    };
    assert_eq!(precinct_protocol(&paper), Err(PrintError::ImitatedHand));
}

/// An untrimmed typesetter keeps about 6 MiB of every paper.
#[test]
fn memory_does_not_grow_with_the_number_of_papers() {
    let print = |turn: usize| {
        let mut paper = samples::protocol();
        for line in &mut paper.lines {
            line.words_kk = format!("{} {turn}", line.words_kk);
        }
        precinct_protocol(&paper).unwrap();
    };
    (0..5).for_each(print);
    let before = measure::resident_kib();
    (5..55).for_each(print);
    let grown = measure::resident_kib().saturating_sub(before) / 1024;
    assert!(grown < 120, "{grown} MiB more after 50 papers");
}
