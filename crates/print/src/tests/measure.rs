//! `cargo test -p print -- --ignored --nocapture measure` prints the rate; with `PRINT_SHEETS=DIR` the papers are kept.
#![allow(clippy::print_stdout)]

use std::time::Instant;

use super::samples;
use crate::*;

/// Memory of this process in KiB; 0 where the system doesn't say.
pub(super) fn resident_kib() -> u64 {
    std::fs::read_to_string("/proc/self/status")
        .ok()
        .and_then(|status| {
            let line = status.lines().find(|line| line.starts_with("VmRSS"))?;
            line.split_whitespace().nth(1)?.parse().ok()
        })
        .unwrap_or(0)
}

#[test]
#[ignore = "a measurement, not a check"]
fn measure() {
    let start = Instant::now();
    let first = precinct_protocol(&samples::protocol()).unwrap();
    println!(
        "first protocol {:?}, {} bytes",
        start.elapsed(),
        first.len()
    );
    let paper = |turn: u64| {
        let mut paper = samples::protocol();
        paper.station_number = turn.to_string();
        paper.address_kk = format!("Ақтоғай ауылы, {turn}-үй");
        for (line, place) in paper.lines.iter_mut().zip(1..) {
            line.figure = turn * 31 + place;
            line.words_kk = format!("{turn} мың {place}");
            line.words_ru = format!("{turn} тысяч {place}");
        }
        for candidate in &mut paper.candidates {
            candidate.figure += turn;
            candidate.words_ru = format!("{turn} голосов");
        }
        paper
    };
    let mut turn = 0;
    for _ in 0..4 {
        let start = Instant::now();
        for _ in 0..100 {
            turn += 1;
            precinct_protocol(&paper(turn)).unwrap();
        }
        println!(
            "{:.2} ms per protocol, {} MiB resident",
            start.elapsed().as_secs_f64() * 10.0,
            resident_kib() / 1024
        );
    }
    for (name, pdf) in [
        ("result", result_protocol(&samples::results()).unwrap()),
        ("decision", decision_paper(&samples::decision()).unwrap()),
    ] {
        println!("{name}: {} bytes", pdf.len());
    }
    if let Some(folder) = std::env::var_os("PRINT_SHEETS") {
        let keep = |name: &str, pdf: Result<Vec<u8>, PrintError>| {
            std::fs::write(std::path::Path::new(&folder).join(name), pdf.unwrap()).unwrap();
        };
        let english = ProtocolPaper {
            edition: Edition::English,
            ..samples::protocol()
        };
        let by_hand = ProtocolPaper {
            handwriting: true,
            ..samples::protocol()
        };
        let plain = ProtocolPaper {
            synthetic: false,
            ..samples::protocol()
        };
        keep("protocol.pdf", precinct_protocol(&samples::protocol()));
        keep("plain.pdf", precinct_protocol(&plain));
        keep("english.pdf", precinct_protocol(&english));
        keep("hand.pdf", precinct_protocol(&by_hand));
        keep("blank.pdf", blank_precinct_protocol(&samples::protocol()));
        keep("result.pdf", result_protocol(&samples::results()));
        keep("decision.pdf", decision_paper(&samples::decision()));
    }
}
