//! What belenios-tool accepts is accepted here or said to be out of scope, and never called wrong; what it refuses is refused.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

mod common;

use common::make::{Edits, Made, NO_EDITS, Plan, cast_edited, close};
use common::rebuild::{archive, events, with};
use common::{Folder, belenios, random};
use evoting::archive::Kind;
use evoting::group::Belenios2048;
use evoting::verify::{Refusal, Settings, Summary, verify};

const TEMPLATE: &str = r#"{"description":"d","name":"n","questions":[{"answers":["A","B"],"min":0,"max":1,"question":"q"}]}"#;
const QUESTION: &str = r#"{"answers":["A","B"],"min":0,"max":1,"question":"q"}"#;

fn plan(votes: Vec<(usize, Vec<Vec<u8>>)>) -> Plan<'static> {
    Plan {
        template: TEMPLATE,
        voters: vec![None, None],
        votes,
        singles: 1,
        pedersen: None,
    }
}

fn decide(made: &Made<Belenios2048>) -> Result<Summary, Refusal> {
    verify(made.bytes.as_slice(), Settings::default(), &mut random())
}

/// Does belenios-tool accept it? Nothing where it is not installed.
fn oracle(made: &Made<Belenios2048>, name: &str) -> Option<bool> {
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let folder = Folder::new(&format!("lenient-{name}"));
    std::fs::write(folder.0.join(format!("{}.bel", made.uuid)), &made.bytes).unwrap();
    let output = belenios(&folder.0, &["election", "verify"], b"")?;
    if !output.status.success() {
        eprintln!("belenios-tool: {}", String::from_utf8_lossy(&output.stderr));
    }
    Some(output.status.success())
}

fn both_count(name: &str, votes: &[Vec<Vec<u8>>], edits: &Edits<'_>, expected: &[Vec<u64>]) {
    let votes = votes.iter().cloned().enumerate().collect();
    let mut made = cast_edited::<Belenios2048>(&plan(votes), edits);
    close(&mut made);
    let summary = decide(&made).unwrap_or_else(|e| panic!("{name}: {e}"));
    assert_eq!(summary.result.as_deref(), Some(expected), "{name}");
    assert_ne!(oracle(&made, name), Some(false), "{name}");
}

/// An election document with another question.
fn asking(question: &'static str) -> impl Fn(String) -> String {
    move |document| document.replace(QUESTION, question)
}

#[test]
fn questions_as_others_ask_them_are_counted() {
    let empty: &[Vec<Vec<u8>>] = &[];
    let vote = |choices: &[&[u8]]| vec![choices.iter().map(|c| c.to_vec()).collect::<Vec<_>>()];
    for (name, question, votes, expected) in [
        (
            "more than there are",
            r#"{"answers":["A","B"],"min":0,"max":5,"question":"q"}"#,
            vote(&[&[1, 1]]),
            vec![vec![1, 1]],
        ),
        (
            "more than there are, or blank",
            r#"{"answers":["A","B"],"blank":true,"min":1,"max":5,"question":"q"}"#,
            vote(&[&[0, 1, 1]]),
            vec![vec![0, 1, 1]],
        ),
        (
            "only blank",
            r#"{"answers":["A","B"],"blank":true,"min":2,"max":1,"question":"q"}"#,
            vote(&[&[1, 0, 0]]),
            vec![vec![1, 0, 0]],
        ),
        (
            "nothing possible",
            r#"{"answers":["A","B"],"min":5,"max":1,"question":"q"}"#,
            empty.to_vec(),
            vec![vec![0, 0]],
        ),
        (
            "no answers",
            r#"{"answers":[],"min":0,"max":0,"question":"q"}"#,
            vote(&[&[]]),
            vec![vec![]],
        ),
        (
            "no answers but blank",
            r#"{"answers":[],"blank":true,"min":0,"max":0,"question":"q"}"#,
            vote(&[&[1]]),
            vec![vec![1]],
        ),
        (
            "numbers as texts",
            r#"{"answers":["A","B"],"blank":null,"min":"0","max":"1","question":"q"}"#,
            vote(&[&[0, 1]]),
            vec![vec![0, 1]],
        ),
        ("no questions", "", vec![vec![]], vec![]),
    ] {
        let document = asking(question);
        let edits = Edits {
            document: &document,
            ..NO_EDITS
        };
        both_count(name, &votes, &edits, &expected);
    }
    let many = |document: String| document.replace(QUESTION, &[QUESTION; 101].join(","));
    let edits = Edits {
        document: &many,
        ..NO_EDITS
    };
    both_count("101 questions", empty, &edits, &vec![vec![0, 0]; 101]);
    let edits = Edits {
        uuid: Some("aB3".repeat(30)),
        ..NO_EDITS
    };
    both_count("long uuid", &vote(&[&[0, 1]]), &edits, &[vec![0, 1]]);
}

/// A list whose first entry has another spelling. The list is sorted, so each of two voters may be it: both vote for A.
fn spelled(with: impl Fn(&str) -> String) -> impl Fn(String) -> String {
    move |list| {
        let (first, rest) = list[2..].split_once('"').unwrap();
        format!("[\"{}\"{rest}", with(first))
    }
}

#[test]
fn weights_as_others_write_them_are_counted() {
    let both = [vec![vec![1, 0]], vec![vec![1, 0]]];
    for (end, sum) in [
        (",", 1),
        (",0x", 1),
        (",-+0", 1),
        (",+0x3", 4),
        (",03", 4),
        (",+3", 4),
        (",0x0A", 11),
        (",0b11", 4),
        (",0o17", 16),
        (",1_0", 11),
        (",1_", 2),
        (",-0", 1),
        (",1000000000000", 1_000_000_000_001),
    ] {
        let list = spelled(|key| format!("{key}{end}"));
        let edits = Edits {
            list: &list,
            ..NO_EDITS
        };
        both_count(end, &both, &edits, &[vec![sum, 0]]);
    }
    let escaped = spelled(|key| format!("\\u003{key}"));
    let edits = Edits {
        list: &escaped,
        ..NO_EDITS
    };
    both_count("escaped", &both, &edits, &[vec![2, 0]]);
}

fn out_of_scope(name: &str, votes: &[Vec<Vec<u8>>], edits: &Edits<'_>) {
    let votes = votes.iter().cloned().enumerate().collect();
    let made = cast_edited::<Belenios2048>(&plan(votes), edits);
    let verdict = decide(&made);
    assert!(
        matches!(verdict, Err(Refusal::OutOfScope(_))),
        "{name}: {verdict:?}"
    );
    assert_ne!(oracle(&made, name), Some(false), "{name}");
}

#[test]
fn what_is_too_large_is_out_of_scope_and_no_ballots_fault() {
    let both = [vec![vec![1, 0]], vec![vec![1, 0]]];
    for (name, end) in [
        ("2^62", ",4611686018427387904"),
        ("2^64", ",18446744073709551616"),
    ] {
        let list = spelled(|key| format!("{key}{end}"));
        let edits = Edits {
            list: &list,
            ..NO_EDITS
        };
        out_of_scope(name, &both, &edits);
    }
    let list = |list: String| {
        list.replace('"', "_")
            .replace("_,_", ",4611686018427387903\",\"")
            .replace("[_", "[\"")
            .replace("_]", ",4611686018427387903\"]")
    };
    let edits = Edits {
        list: &list,
        ..NO_EDITS
    };
    out_of_scope("sum", &both, &edits);
    for question in [
        r#"{"answers":["A","B"],"min":-1,"max":1,"question":"q"}"#,
        r#"{"answers":["A","B"],"min":0,"max":-1,"question":"q"}"#,
        r#"{"answers":["A","B"],"min":0,"max":4611686018427387903,"question":"q"}"#,
    ] {
        let document = asking(question);
        let edits = Edits {
            document: &document,
            ..NO_EDITS
        };
        out_of_scope(question, &[], &edits);
    }
    let many = |document: String| document.replace(QUESTION, &[QUESTION; 1_001].join(","));
    let edits = Edits {
        document: &many,
        ..NO_EDITS
    };
    out_of_scope("1001 questions", &[], &edits);
}

/// One voter whose weight is far beyond what can be searched: whoever knows the counts has them checked.
#[test]
fn a_result_that_nobody_could_find_is_checked_all_the_same() {
    let list = spelled(|key| format!("{key},2305843009213693952"));
    let edits = Edits {
        list: &list,
        ..NO_EDITS
    };
    let votes = vec![(0, vec![vec![1, 0]]), (1, vec![vec![1, 0]])];
    let made = cast_edited::<Belenios2048>(&plan(votes), &edits);
    let verified = made.verified();
    let parts = evoting::tally::PartialDecryption::new(
        1,
        &made.keys[0].1,
        verified.tally(),
        verified.trustees(),
        &verified.election().fingerprint,
        &mut random(),
    )
    .unwrap()
    .texts();
    let mut made = made;
    let tally = verified.tally().texts();
    made.add(Kind::EndBallots, &[]);
    made.add(
        Kind::EncryptedTally,
        &[tally[0].as_bytes(), tally[1].as_bytes()],
    );
    made.add(
        Kind::PartialDecryption,
        &[parts[0].as_bytes(), parts[1].as_bytes()],
    );
    let sought = made.verified().result().unwrap_err();
    assert_eq!(sought.class.name(), "OUT_OF_SCOPE");
    let result = br#"{"result":[["2305843009213693953",0]]}"#;
    made.add(Kind::Result, &[result]);
    assert_eq!(
        decide(&made).unwrap().result,
        Some(vec![vec![2_305_843_009_213_693_953, 0]])
    );
    assert_ne!(oracle(&made, "sought"), Some(false));
}

/// Unknown fields and other spacing change nothing that is counted: belenios-tool reads past them.
#[test]
fn unknown_fields_after_the_ballots_are_read_past() {
    let more = |text: &str| text.replacen('{', "{ \"x\":[1], ", 1);
    let mut made = cast_edited::<Belenios2048>(&plan(vec![(0, vec![vec![0, 1]])]), &NO_EDITS);
    made.add(Kind::EndBallots, &[]);
    let verified = made.verified();
    let [tally, sized] = verified.tally().texts();
    let more_tally = more(&tally);
    let hash = |text: &str| evoting::hex(&evoting::sha256(text.as_bytes()));
    let sized = more(&sized)
        .replace(&hash(&tally), &hash(&more_tally))
        .replace("\"num_tallied\":1", "\"num_tallied\":\"1\"");
    made.add(
        Kind::EncryptedTally,
        &[more_tally.as_bytes(), sized.as_bytes()],
    );
    let [part, owned] = evoting::tally::PartialDecryption::new(
        1,
        &made.keys[0].1,
        verified.tally(),
        verified.trustees(),
        &verified.election().fingerprint,
        &mut random(),
    )
    .unwrap()
    .texts();
    let more_part = more(&part);
    let owned = more(&owned)
        .replace(&hash(&part), &hash(&more_part))
        .replace("\"owner\":1", "\"owner\":\"1\"");
    made.add(
        Kind::PartialDecryption,
        &[more_part.as_bytes(), owned.as_bytes()],
    );
    made.add(Kind::Result, &[more(r#"{"result":[[0,1]]}"#).as_bytes()]);
    assert_eq!(decide(&made).unwrap().result, Some(vec![vec![0, 1]]));
    assert_ne!(oracle(&made, "fields"), Some(false));
}

#[test]
fn documents_of_another_kind_are_refused_as_belenios_refuses_them() {
    for (from, to) in [
        ("\"description\":\"d\"", "\"description\":5"),
        ("\"description\":\"d\"", "\"description\":null"),
        ("\"description\":\"d\",", ""),
        ("\"name\":\"n\"", "\"name\":5"),
        ("{\"version\"", "{\"administrator\":5,\"version\""),
        ("{\"version\"", "{\"credential_authority\":[],\"version\""),
        ("\"version\":1", "\"version\":\"1\""),
        ("\"min\":0", "\"min\":0.5"),
        ("\"min\":0", "\"type\":null,\"min\":0"),
        ("\"min\":0", "\"type\":\"Homomorphic\",\"min\":0"),
    ] {
        let document = |document: String| {
            assert!(document.contains(from), "{from}");
            document.replacen(from, to, 1)
        };
        let edits = Edits {
            document: &document,
            ..NO_EDITS
        };
        let made = cast_edited::<Belenios2048>(&plan(Vec::new()), &edits);
        let verdict = decide(&made);
        assert!(
            matches!(&verdict, Err(Refusal::Fault(fault)) if fault.class.name() == "ELECTION_VERSION"),
            "{to}: {verdict:?}"
        );
        assert_ne!(oracle(&made, "kind"), Some(true), "{to}");
    }
}

/// A list of the values of an object's fields is no such object, though some readers take it for one.
#[test]
fn a_list_in_place_of_an_object_is_refused() {
    let mut made = cast_edited::<Belenios2048>(&plan(vec![(0, vec![vec![0, 1]])]), &NO_EDITS);
    close(&mut made);
    let good = events(&made.bytes);
    for (document, place, fields, class) in [
        (
            0,
            "",
            "version description name group public_key questions uuid",
            "ELECTION_VERSION",
        ),
        (
            0,
            "/questions/0",
            "answers min max question",
            "ELECTION_VERSION",
        ),
        (1, "/0/1", "pok public_key", "TRUSTEE_KEY"),
        (1, "/0/1/pok", "challenge response", "TRUSTEE_KEY"),
        (3, "", "election trustees credentials", "EVENT_FORMAT"),
        (5, "/0/0", "alpha beta", "TALLY_SHAPE"),
        (
            6,
            "",
            "num_tallied total_weight encrypted_tally",
            "TALLY_SHAPE",
        ),
        (
            7,
            "",
            "decryption_factors decryption_proofs",
            "DECRYPTION_SHAPE",
        ),
        (
            7,
            "/decryption_proofs/0/0",
            "challenge response",
            "DECRYPTION_SHAPE",
        ),
        (8, "", "owner payload", "DECRYPTION_SHAPE"),
        (9, "", "result", "RESULT_FORM"),
    ] {
        let text = good.iter().flat_map(|(_, records)| records).nth(document);
        let mut value: serde_json::Value = serde_json::from_slice(text.unwrap()).unwrap();
        let object = value.pointer_mut(place).unwrap();
        let list: Vec<_> = fields.split(' ').map(|name| object[name].clone()).collect();
        *object = list.into();
        let mut altered = made.clone();
        altered.bytes = archive(&with(&good, document, value.to_string().into_bytes()));
        let verdict = decide(&altered);
        assert!(
            matches!(&verdict, Err(Refusal::Fault(fault)) if fault.class.name() == class),
            "{document}{place}: {verdict:?}"
        );
        // It doesn't read the published tally's numbers.
        if document != 5 {
            assert_ne!(oracle(&altered, "list"), Some(true), "{document}{place}");
        }
    }
}

/// Which of the two would count? Programs disagree; belenios-tool 2.0 reads such documents, and nobody honest writes them.
#[test]
fn documents_in_which_a_field_stands_twice_are_refused() {
    for (from, to) in [
        ("\"name\":\"n\"", "\"name\":\"n\",\"name\":\"m\""),
        ("\"max\":1", "\"max\":1,\"max\":2"),
        ("[\"A\",\"B\"]", "[\"A\",\"B\"],\"answers\":[\"B\",\"A\"]"),
    ] {
        let document = |document: String| document.replacen(from, to, 1);
        let edits = Edits {
            document: &document,
            ..NO_EDITS
        };
        let made = cast_edited::<Belenios2048>(&plan(Vec::new()), &edits);
        let verdict = decide(&made);
        assert!(
            matches!(&verdict, Err(Refusal::Fault(fault)) if fault.class.name() == "ELECTION_VERSION"),
            "{to}: {verdict:?}"
        );
    }
    let (_, key) = evoting::trustee::PublicKey::<Belenios2048>::generate(&mut random());
    let twice = format!(
        "[[\"Single\",{}]]",
        key.text().replacen('{', "{\"public_key\":\"1\",", 1)
    );
    let fault = evoting::trustee::Trustees::<Belenios2048>::parse(twice.as_bytes()).unwrap_err();
    assert_eq!(fault.class.name(), "TRUSTEE_KEY");
    let more = format!("[[\"Single\",{},5]]", key.text());
    evoting::trustee::Trustees::<Belenios2048>::parse(more.as_bytes()).unwrap_err();
}
