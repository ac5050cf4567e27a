//! What somebody could hand to a verifier: cut, doubled, exchanged, formatted anew, nested, huge, and headers that lie. Each with its
//! reason, at once.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

mod common;

use common::make::{Made, Plan, TIMESTAMP, cast, election};
use common::rebuild::{archive, ends, entries, events, with};
use common::{Folder, random};
use evoting::archive::{Source, entry};
use evoting::group::Ed25519;
use evoting::verify::{Refusal, Settings, structure, verify};
use evoting::{hex, sha256};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

const TEMPLATE: &str = r#"{"description":"d","name":"n","questions":[{"answers":["A","B"],"blank":true,"min":1,"max":2,"question":"q"}]}"#;

fn plan() -> Plan<'static> {
    Plan {
        template: TEMPLATE,
        voters: vec![None, None],
        votes: vec![(0, vec![vec![0, 1, 1]]), (1, vec![vec![1, 0, 0]])],
        singles: 1,
        pedersen: None,
    }
}

/// Up to its result: setup with its four documents, two ballots, the end, the tally, a partial decryption, the result.
static GOOD: LazyLock<Made<Ed25519>> = LazyLock::new(|| election(&plan()));
/// Two ballots, and still open.
static OPEN: LazyLock<Made<Ed25519>> = LazyLock::new(|| cast(&plan()));

/// The class of what is wrong, found in no time.
fn class<S: Source + ?Sized>(source: &S) -> &'static str {
    let start = Instant::now();
    let verdict = verify(source, Settings { threads: 1 }, &mut random());
    let took = start.elapsed();
    assert!(took < Duration::from_secs(20), "it took {took:?}");
    match verdict {
        Err(Refusal::Fault(fault)) => fault.class.name(),
        Err(Refusal::OutOfScope(_)) => "OUT_OF_SCOPE",
        other => panic!("{other:?}"),
    }
}

/// Is it a class of the container and the chain?
fn structural(class: &str) -> bool {
    ["ARCHIVE_", "CHAIN_", "EVENT_", "HASH_"]
        .iter()
        .any(|begin| class.starts_with(begin))
}

#[test]
fn cut_anywhere_it_is_torn_or_an_earlier_state() {
    let good = GOOD.bytes.as_slice();
    let ends = ends(good);
    for (name, range) in entries(good) {
        let inside = [1, 511, 512, 513].map(|more| range.start + more);
        for end in [range.start, range.end - 1].into_iter().chain(inside) {
            let cut = &good[..end];
            if ends.contains(&end) {
                verify(cut, Settings { threads: 1 }, &mut random()).unwrap();
                continue;
            }
            let found = class(cut);
            let expected = match end {
                0 => "ARCHIVE_HEADER",
                _ if end == range.start => "ARCHIVE_ORDER",
                _ => "ARCHIVE_TRUNCATED",
            };
            assert_eq!(found, expected, "{name}, cut at {end}");
        }
    }
}

#[test]
fn doubled_missing_and_exchanged_entries_are_found() {
    let good = GOOD.bytes.as_slice();
    let parts: Vec<&[u8]> = entries(good).into_iter().map(|(_, at)| &good[at]).collect();
    assert_eq!(parts.len(), 19);
    for at in 0..parts.len() {
        let mut doubled = parts.clone();
        doubled.insert(at, parts[at]);
        let mut missing = parts.clone();
        missing.remove(at);
        let mut altered = vec![doubled, missing];
        if at + 1 < parts.len() {
            let mut exchanged = parts.clone();
            exchanged.swap(at, at + 1);
            altered.push(exchanged);
        }
        for (how, parts) in ["doubled", "missing", "exchanged"].iter().zip(altered) {
            let found = class(parts.concat().as_slice());
            assert!(structural(found), "entry {at} {how}: {found}");
        }
    }
}

/// The open box, and an event with this text after it.
fn followed_by(event: &str) -> Vec<u8> {
    let name = format!("{}.event.json", hex(&sha256(event.as_bytes())));
    let mut bytes = OPEN.bytes.clone();
    bytes.extend(entry(&name, event.as_bytes(), TIMESTAMP));
    bytes
}

#[test]
fn an_event_has_one_spelling() {
    let open = structure(OPEN.bytes.as_slice()).unwrap();
    let head = format!("\"parent\":\"{}\"", hex(&open.head));
    let event = format!(r#"{{{head},"height":{},"type":"EndBallots"}}"#, open.events);
    let number = format!("\"height\":{}", open.events);
    verify(
        followed_by(&event).as_slice(),
        Settings::default(),
        &mut random(),
    )
    .unwrap();
    let height = |text: &str| format!("\"height\":{text}");
    let capitals = format!("\"parent\":\"{}\"", hex(&open.head).to_uppercase());
    let case = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    let misspelt = [
        case("{", "{ "),
        case("{", "\u{feff}{"),
        case(",\"type\"", ",\n  \"type\""),
        case("}", "}\n"),
        case("}", "}}"),
        case("}", ",\"x\":1}"),
        case("}", ",\"payload\":null}"),
        case(",\"type\"", ",\"height\":3,\"type\""),
        case(&format!("{head},{number}"), &format!("{number},{head}")),
        case(&head, "\"parent\":null"),
        case(&head, &capitals),
        case(&head, &head.replace("\":\"", "\":\"0")),
        case("EndBallots", "End\\u0042allots"),
        case(&number, &height("\"3\"")),
        case(&number, &height("03")),
        case(&number, &height("3.0")),
        case(&number, &height("3e0")),
        case(&number, &height("-3")),
        case(&number, &height(&"9".repeat(1_000_000))),
        case(&number, &height(&"[".repeat(1_000_000))),
    ];
    let found = |from: &str, to: &str| {
        assert!(event.contains(from), "{from}");
        class(followed_by(&event.replacen(from, to, 1)).as_slice())
    };
    for (from, to) in misspelt {
        let shown = &to[..to.len().min(40)];
        assert_eq!(found(&from, &to), "EVENT_FORMAT", "{shown}");
    }
    assert_eq!(found("EndBallots", "EndBallot"), "EVENT_TYPE");
    let last = height("18446744073709551615");
    assert_eq!(found(&number, &last), "CHAIN_HEIGHT");
}

#[test]
fn the_first_entry_has_one_spelling() {
    let good = format!("{{\"version\":1,\"timestamp\":\"{TIMESTAMP}\"}}");
    let begun_with = |body: &str| {
        let mut bytes = entry("BELENIOS", body.as_bytes(), TIMESTAMP);
        bytes.extend(&OPEN.bytes[1_024..]);
        bytes
    };
    assert_eq!(begun_with(&good), OPEN.bytes);
    let time = TIMESTAMP.to_string();
    let case = |from: &str, to: &str| good.replacen(from, to, 1);
    for body in [
        case("1,", "2,"),
        case("1,", "1, "),
        case("1,", "1,\"x\":1,"),
        case("}", "}\n"),
        case(&format!("\"{time}\""), &time),
        case(&time, &format!("0{time}")),
        case(&time, &"9".repeat(900)),
        case(&time, "18446744073709551615"),
    ] {
        assert_ne!(body, good);
        assert_eq!(
            class(begun_with(&body).as_slice()),
            "ARCHIVE_HEADER",
            "{body}"
        );
    }
    // Another time than in the headers.
    let other = good.replace(&time, &(TIMESTAMP + 1).to_string());
    assert_eq!(class(begun_with(&other).as_slice()), "ARCHIVE_LAYOUT");
}

/// A header says something else, and its checksum is right.
fn with_header(bytes: &[u8], start: usize, change: impl Fn(&mut [u8])) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let header = &mut bytes[start..start + 512];
    change(header);
    header[148..156].copy_from_slice(b"        ");
    let sum: u32 = header.iter().map(|b| u32::from(*b)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    bytes
}

fn put(at: usize, text: &[u8]) -> impl Fn(&mut [u8]) {
    move |header| header[at..at + text.len()].copy_from_slice(text)
}

#[test]
fn headers_that_other_programs_write_are_refused() {
    let good = GOOD.bytes.as_slice();
    for (name, range) in entries(good) {
        assert_eq!(with_header(good, range.start, |_| {}), good);
        let changes: [(&str, &dyn Fn(&mut [u8])); 13] = [
            ("mode", &put(100, b"0000755")),
            ("owner", &put(108, b"0001750")),
            ("time", &put(146, b"7")),
            ("directory", &put(156, b"5")),
            ("link", &put(156, b"2")),
            ("long name", &put(156, b"L")),
            ("link's name", &put(157, b"x")),
            ("ustar", &put(257, b"ustar\0")),
            ("gnu", &put(257, b"ustar  ")),
            ("after the name", &put(99, b"x")),
            ("size with spaces", &put(124, b"       1000")),
            ("size of 2^63", &put(124, b"\x80\0\0\0\x80\0\0\0\0\0\0\0")),
            ("size of nothing", &put(124, b"00000000000")),
        ];
        for (what, change) in changes {
            let found = class(with_header(good, range.start, change).as_slice());
            assert!(structural(found), "{name}, {what}: {found}");
        }
    }
}

/// Sizes that a header can say: 4 GB − 1, 4 GB, 8 GB − 1.
const CLAIMS: [&[u8]; 3] = [b"37777777777", b"40000000000", b"77777777777"];

#[test]
fn an_entry_that_claims_four_gigabytes_is_not_believed() {
    let good = GOOD.bytes.as_slice();
    for (name, range) in entries(good) {
        for claim in CLAIMS {
            let found = class(with_header(good, range.start, put(124, claim)).as_slice());
            assert_eq!(found, "ARCHIVE_TRUNCATED", "{name}");
        }
    }
}

/// And where the bytes are there, as holes of a file: nothing of that size is kept in memory, or read to its end.
#[test]
fn an_entry_of_four_gigabytes_is_out_of_scope() {
    let folder = Folder::new("sparse");
    let path = folder.0.join("box.bel");
    let good = GOOD.bytes.as_slice();
    for (at, (name, range)) in entries(good).into_iter().enumerate() {
        // The list of credentials may be as long: it is read through, and in pieces.
        if at == 3 {
            continue;
        }
        let bytes = with_header(good, range.start, put(124, CLAIMS[1]));
        std::fs::write(&path, &bytes[..range.start + 512]).unwrap();
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        let start = u64::try_from(range.start).unwrap();
        file.set_len(start + 512 + (4 << 30)).unwrap();
        assert_eq!(class(path.as_path()), "OUT_OF_SCOPE", "{name}");
    }
}

/// Which document is the how many-th of `GOOD`, and what one is called that is none.
const DOCUMENTS: [(usize, &str); 10] = [
    (0, "ELECTION_VERSION"),
    (1, "TRUSTEE_KEY"),
    (2, "CREDENTIAL_FORMAT"),
    (3, "EVENT_FORMAT"),
    (4, "BALLOT_"),
    (6, "TALLY_SHAPE"),
    (7, "TALLY_SHAPE"),
    (8, "DECRYPTION_SHAPE"),
    (9, "DECRYPTION_SHAPE"),
    (10, "RESULT_FORM"),
];

#[test]
fn deep_and_empty_documents_are_refused() {
    let good = events(&GOOD.bytes);
    let deep = 100_000;
    let lists = format!("{}{}", "[".repeat(deep), "]".repeat(deep));
    let objects = format!("{}0{}", "{\"a\":".repeat(deep), "}".repeat(deep));
    let inputs = [
        "",
        "null",
        "0",
        "\"\"",
        "{}",
        "{",
        "\0",
        "\u{feff}{}",
        lists.as_str(),
        objects.as_str(),
        &lists[..deep],
        &objects[..deep],
    ];
    for (which, expected) in DOCUMENTS {
        for input in inputs {
            let altered = archive(&with(&good, which, input.as_bytes().to_vec()));
            let found = class(altered.as_slice());
            let shown = &input[..input.len().min(20)];
            assert!(
                found.starts_with(expected),
                "document {which}, {shown}: {found}"
            );
        }
        // No text at all.
        let altered = archive(&with(&good, which, vec![0xff, 0xfe, 0x80]));
        assert!(class(altered.as_slice()).starts_with(expected), "{which}");
    }
}

/// A field that is there, in place of which something else stands.
#[test]
fn fields_that_are_deep_huge_or_of_another_kind_are_refused() {
    let good = events(&GOOD.bytes);
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let huge = "9".repeat(500_000);
    let text = format!("\"{huge}\"");
    for (which, field, expected) in [
        (0, "\"version\":1", "ELECTION_VERSION"),
        (0, "\"min\":1", "ELECTION_VERSION"),
        (0, "\"max\":2", "ELECTION_VERSION"),
        (7, "\"num_tallied\":2", "ENCRYPTED_TALLY TALLY_SHAPE"),
        (7, "\"total_weight\":2", "ENCRYPTED_TALLY TALLY_SHAPE"),
        (9, "\"owner\":1", "DECRYPTION_SHAPE DECRYPTION_OWNER"),
        (10, "\"result\":[[1", "RESULT_FORM RESULT_RANGE"),
    ] {
        let document = good.iter().flat_map(|(_, records)| records).nth(which);
        let document = std::str::from_utf8(document.unwrap()).unwrap();
        let (before, after) = document.split_once(field).unwrap();
        let name = field.trim_end_matches(|c: char| c.is_ascii_digit());
        for value in [
            deep.as_str(),
            huge.as_str(),
            text.as_str(),
            "1e400",
            "1e0",
            "1.5",
            "-1",
            "\"-1\"",
            "\"0x1\"",
            "null",
            "true",
            "{}",
            "18446744073709551616",
        ] {
            let new = format!("{before}{name}{value}{after}");
            let found = class(archive(&with(&good, which, new.into_bytes())).as_slice());
            let shown = &value[..value.len().min(30)];
            // Fewer than no choices, or more than can be, is said to be beyond what is handled.
            let fine =
                expected.contains(found) || (field.contains("\"m") && found == "OUT_OF_SCOPE");
            assert!(fine, "{field} {shown}: {found}");
        }
    }
}

#[test]
fn a_record_larger_than_what_is_kept_in_memory_is_out_of_scope() {
    let good = events(&GOOD.bytes);
    let large = vec![b' '; 33 << 20];
    for which in [1, 4, 10] {
        let altered = archive(&with(&good, which, large.clone()));
        assert_eq!(class(altered.as_slice()), "OUT_OF_SCOPE", "{which}");
    }
}
