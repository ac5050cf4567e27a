//! belenios-tool, written by others, verifies what we make, and works together with us.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::collapsible_if
)]

mod common;

use common::make::{Made, Plan, cast, election};
use common::{Folder, belenios, belenios_2_0, belenios_version, collection, random};
use evoting::archive::Kind;
use evoting::ballot::BallotCheck;
use evoting::group::{Belenios2048, Ed25519, Group};
use evoting::threshold::{Certificate, Certificates, Dealing, Seed};
use evoting::verify::{Refusal, Settings, verify};
use std::path::Path;

const ONE: &str = r#"{"description":"Жылдық жиналыс","name":"Төраға сайлауы","questions":[{"answers":["Әлия","Бауыржан","Ғалым","Ешкім"],"min":1,"max":1,"question":"Кім төраға болады?"}]}"#;
const TWO: &str = r#"{"description":"Два вопроса","name":"Собрание","questions":[{"answers":["Да","Нет"],"blank":true,"min":1,"max":1,"question":"Утвердить отчёт?"},{"answers":["А","Б","В","Г"],"min":0,"max":3,"question":"Кто войдёт в совет?"}]}"#;
const BLANK: &str = r#"{"description":"d","name":"n \"q\" \\ \u007f\u2028","questions":[{"answers":["a","b","c"],"blank":true,"min":2,"max":3,"question":"q/t\t"}]}"#;

fn accepted_by_belenios(folder: &Path, bytes: &[u8], uuid: &str) {
    std::fs::write(folder.join(format!("{uuid}.bel")), bytes).unwrap();
    let Some(output) = belenios(folder, &["election", "verify"], b"") else {
        return;
    };
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && said.contains("all checks passed"),
        "{said}"
    );
}

fn plan(template: &str, voters: usize) -> Plan<'_> {
    Plan {
        template,
        voters: vec![None; voters],
        votes: Vec::new(),
        singles: 0,
        pedersen: None,
    }
}

fn both_accept(name: &str, plan: &Plan<'_>, expected: &[Vec<u64>]) {
    let made = election::<Belenios2048>(plan);
    assert_eq!(made.verified().summary().result.as_deref(), Some(expected));
    // Later versions write parameters of threshold groups otherwise, and refuse these.
    if plan.pedersen.is_some() && !belenios_2_0() {
        return;
    }
    let folder = Folder::new(name);
    accepted_by_belenios(&folder.0, &made.bytes, &made.uuid);
}

/// Says which programs and collections of others were asked; .config/nextest.toml shows it.
#[test]
fn which_oracles_were_asked() {
    match belenios_version() {
        Some(version) => eprintln!("belenios-tool {version} was asked"),
        None => eprintln!("NOT CHECKED: belenios-tool verified nothing of ours"),
    }
    match collection() {
        Some(folder) => eprintln!("all fixtures of {} were read", folder.display()),
        None => eprintln!("NOT CHECKED: only the copied part of the fixtures is here"),
    }
    if !evoting::group::vectors_in_use() {
        eprintln!("NOT CHECKED: this processor has no AVX-512 IFMA to compute eight at a time");
    }
}

/// A test of this file, in a process that finds no program.
fn without_belenios(ci: Option<&str>) -> std::process::Output {
    let mut tests = std::process::Command::new(std::env::current_exe().unwrap());
    tests
        .args(["--exact", "nobody_votes", "--nocapture"])
        .env("PATH", "/nowhere")
        .env_remove("CI");
    if let Some(ci) = ci {
        tests.env("CI", ci);
    }
    tests.output().unwrap()
}

#[test]
fn a_missing_oracle_is_a_failure_where_ci_is_set_and_said_elsewhere() {
    let elsewhere = without_belenios(None);
    let said = String::from_utf8_lossy(&elsewhere.stderr);
    assert!(elsewhere.status.success(), "{said}");
    assert!(said.contains("NOT CHECKED: belenios-tool"), "{said}");
    let there = without_belenios(Some("true"));
    let said = String::from_utf8_lossy(&there.stderr);
    assert!(!there.status.success(), "{said}");
    assert!(said.contains("belenios-tool is not installed"), "{said}");
}

#[test]
fn one_trustee_one_question_and_a_vote_that_replaces_another() {
    let mut plan = plan(ONE, 3);
    plan.singles = 1;
    plan.votes = vec![
        (0, vec![vec![1, 0, 0, 0]]),
        (1, vec![vec![0, 0, 1, 0]]),
        (0, vec![vec![0, 0, 1, 0]]),
    ];
    both_accept("single", &plan, &[vec![0, 0, 2, 0]]);
}

#[test]
fn a_threshold_group_whose_last_members_decrypt() {
    let mut plan = plan(BLANK, 3);
    plan.pedersen = Some((3, 2));
    plan.votes = vec![
        (0, vec![vec![1, 0, 0, 0]]),
        (1, vec![vec![0, 1, 1, 0]]),
        (2, vec![vec![0, 1, 1, 1]]),
    ];
    both_accept("threshold", &plan, &[vec![1, 2, 2, 1]]);
}

#[test]
fn mixed_trustees_two_questions_and_weights() {
    let mut plan = plan(TWO, 0);
    plan.voters = vec![Some(0), Some(5), Some(1_073_741_824), None];
    plan.singles = 1;
    plan.pedersen = Some((2, 1));
    plan.votes = vec![
        (0, vec![vec![0, 1, 0], vec![1, 1, 1, 0]]),
        (1, vec![vec![1, 0, 0], vec![0, 0, 0, 0]]),
        (2, vec![vec![0, 0, 1], vec![0, 1, 0, 0]]),
        (3, vec![vec![0, 0, 1], vec![0, 1, 1, 0]]),
    ];
    both_accept(
        "mixed",
        &plan,
        &[vec![5, 0, 1_073_741_825], vec![0, 1_073_741_825, 1, 0]],
    );
}

#[test]
fn nobody_votes() {
    let mut plan = plan(TWO, 2);
    plan.singles = 2;
    both_accept("nobody", &plan, &[vec![0, 0, 0], vec![0, 0, 0, 0]]);
}

#[test]
fn exactly_one_ballot() {
    let mut plan = plan(TWO, 1);
    plan.singles = 1;
    plan.votes = vec![(0, vec![vec![0, 0, 1], vec![1, 0, 1, 1]])];
    both_accept("one", &plan, &[vec![0, 0, 1], vec![1, 0, 1, 1]]);
}

#[test]
fn two_hundred_voters() {
    let mut plan = plan(ONE, 200);
    plan.singles = 1;
    plan.votes = (0..200)
        .map(|voter| {
            let mut choices = vec![0; 4];
            choices[voter % 3] = 1;
            (voter, vec![choices])
        })
        .collect();
    both_accept("many", &plan, &[vec![67, 67, 66, 0]]);
}

#[test]
fn an_election_in_ed25519_is_verified() {
    let mut plan = plan(TWO, 3);
    plan.singles = 1;
    plan.pedersen = Some((3, 2));
    plan.votes = vec![
        (0, vec![vec![1, 0, 0], vec![0, 0, 0, 0]]),
        (1, vec![vec![0, 1, 0], vec![1, 0, 1, 1]]),
        (1, vec![vec![0, 0, 1], vec![1, 0, 1, 0]]),
    ];
    let made = election::<Ed25519>(&plan);
    let expected = [vec![1, 0, 1], vec![1, 0, 1, 0]];
    assert_eq!(
        made.verified().summary().result.as_deref(),
        Some(expected.as_slice())
    );
    let Some(version) = belenios_version().filter(|version| !version.starts_with("2.0")) else {
        eprintln!("Ed25519 was verified by this crate alone: belenios-tool 2.0 doesn't know it");
        return;
    };
    eprintln!("belenios-tool {version} verifies Ed25519 with single trustees");
    plan.pedersen = None;
    let made = election::<Ed25519>(&plan);
    let folder = Folder::new("ed25519");
    accepted_by_belenios(&folder.0, &made.bytes, &made.uuid);
}

/// One of our trustees beside two of belenios-tool's.
#[test]
fn our_trustee_generates_a_key_with_two_of_theirs() {
    type G = Belenios2048;
    if !belenios_2_0() {
        return;
    }
    let folder = Folder::new("dkg");
    let tool = |extra: &[&str], input: &[u8]| {
        let mut arguments = vec![
            "setup",
            "generate-trustee-key-threshold",
            "--group",
            G::NAME,
        ];
        arguments.extend(extra);
        let output = belenios(&folder.0, &arguments, input)?;
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        Some(output)
    };
    let mut ids = Vec::new();
    for _ in 0..2 {
        let Some(output) = tool(&["--step", "1"], b"") else {
            return;
        };
        let said = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        let (_, rest) = said.split_once("certificate ").unwrap();
        ids.push(rest.split(' ').next().unwrap().to_owned());
    }
    let cert = |id: &str| std::fs::read_to_string(folder.0.join(format!("{id}.cert"))).unwrap();
    let seed = Seed::generate(&mut random());
    // Ours in the middle.
    let own = seed.certificate::<G>(&mut random()).text();
    let certs = [
        cert(&ids[0]).trim().to_owned(),
        own,
        cert(&ids[1]).trim().to_owned(),
    ];
    std::fs::write(folder.0.join("certs.jsons"), certs.join("\n") + "\n").unwrap();
    tool(&["--certs", "certs.jsons", "--step", "2"], b"");
    let certificates = Certificates::<G>::new(
        certs
            .iter()
            .map(|c| Certificate::parse(c).unwrap())
            .collect(),
    )
    .unwrap();
    let step_3 = |id: &str| {
        let key = format!("{id}.key");
        let output = tool(
            &[
                "--certs",
                "certs.jsons",
                "--key",
                &key,
                "--step",
                "3",
                "--threshold",
                "2",
            ],
            b"",
        );
        String::from_utf8(output.unwrap().stdout)
            .unwrap()
            .trim()
            .to_owned()
    };
    let dealings = [
        step_3(&ids[0]),
        certificates.deal(&seed, 2, &mut random()).unwrap(),
        step_3(&ids[1]),
    ];
    let inputs = evoting::threshold::sort(&[&dealings[0], &dealings[1], &dealings[2]]).unwrap();
    let step_5 = |id: &str, input: &str| {
        let key = format!("{id}.key");
        let output = tool(
            &["--certs", "certs.jsons", "--key", &key, "--step", "5"],
            input.as_bytes(),
        );
        String::from_utf8(output.unwrap().stdout)
            .unwrap()
            .trim()
            .to_owned()
    };
    let received = certificates
        .receive(&seed, &inputs[1], &mut random())
        .unwrap();
    let outputs = [
        step_5(&ids[0], &inputs[0]),
        received.text(),
        step_5(&ids[1], &inputs[2]),
    ];
    std::fs::write(
        folder.0.join("polynomials.jsons"),
        dealings.join("\n") + "\n",
    )
    .unwrap();
    let output = tool(
        &[
            "--certs",
            "certs.jsons",
            "--step",
            "6",
            "--polynomials",
            "polynomials.jsons",
        ],
        (outputs.join("\n") + "\n").as_bytes(),
    );
    let theirs = std::fs::read_to_string(folder.0.join("threshold.json"))
        .unwrap_or_else(|_| String::from_utf8(output.unwrap().stdout).unwrap());
    let ours = certificates
        .combine(
            dealings
                .iter()
                .map(|d| Dealing::parse(d).unwrap())
                .collect(),
            outputs
                .iter()
                .map(|o| evoting::threshold::Received::parse(o).unwrap().public_key)
                .collect(),
        )
        .unwrap();
    assert_eq!(theirs.trim(), ours.text());
    // Both kinds of decryption keys open.
    seed.open_decryption_key::<G>(&received.decryption_key)
        .unwrap();
}

fn open_box(template: &str) -> Made<Belenios2048> {
    let mut plan = plan(template, 2);
    plan.singles = 1;
    cast(&plan)
}

#[test]
fn two_encryptions_of_one_choice_differ_in_every_number() {
    let made = open_box(ONE);
    let election = made.election();
    let encryptor = evoting::ballot::Encryptor::new(&election);
    let choices = [vec![0, 1, 0, 0]];
    let mut numbers = std::collections::HashSet::new();
    for _ in 0..2 {
        let ballot = encryptor
            .ballot(&made.credentials[0], &choices, &mut random())
            .unwrap();
        let ballot: serde_json::Value = serde_json::from_str(&ballot).unwrap();
        collect(&ballot["answers"], &mut numbers);
        collect(&ballot["signature"]["proof"], &mut numbers);
    }
    // Per ballot 8 ciphertext numbers, 4 × 2 + 1 + 1 proofs of two.
    assert_eq!(numbers.len(), 2 * (8 + 2 * (8 + 1 + 1)));
}

fn collect(value: &serde_json::Value, into: &mut std::collections::HashSet<String>) {
    match value {
        serde_json::Value::String(text) => {
            assert!(into.insert(text.clone()), "{text} twice");
        }
        serde_json::Value::Array(list) => list.iter().for_each(|v| collect(v, into)),
        serde_json::Value::Object(map) => map.values().for_each(|v| collect(v, into)),
        _ => {}
    }
}

#[test]
fn a_ballot_is_checked_when_it_is_cast() {
    let made = open_box(BLANK);
    let election = made.election();
    let check = BallotCheck::new(&election);
    let encryptor = evoting::ballot::Encryptor::new(&election);
    let ballot = encryptor
        .ballot(&made.credentials[0], &[vec![0, 1, 1, 0]], &mut random())
        .unwrap();
    let cast = check.cast(ballot.as_bytes(), |_| true).unwrap();
    assert_eq!(
        cast.tracker(),
        evoting::b64(&evoting::sha256(ballot.as_bytes()))
    );
    let class = |text: &str, listed: bool| {
        check
            .cast(text.as_bytes(), |_| listed)
            .unwrap_err()
            .class
            .name()
    };
    assert_eq!(class(&ballot, false), "UNKNOWN_CREDENTIAL");
    assert_eq!(class(&ballot[..900], true), "BALLOT_JSON");
    assert_eq!(class(&format!("{ballot} "), true), "BALLOT_NONCANONICAL");
    // The blank slot left out: it would pass elsewhere and stop the count.
    let start = ballot.find(",\"blank_proof\"").unwrap();
    let end = ballot.find(",\"signature\"").unwrap();
    let without = format!("{}}}]{}", &ballot[..start], &ballot[end..]);
    assert_eq!(class(&without, true), "BLANK_PROOF_MISSING");
    for wrong in [
        vec![1, 1, 1, 0],
        vec![0, 1, 0, 0],
        vec![0, 2, 0, 0],
        vec![1, 0, 0],
    ] {
        encryptor
            .ballot(&made.credentials[0], &[wrong], &mut random())
            .unwrap_err();
    }
}

fn refused(bytes: &[u8], at: usize) {
    match verify(bytes, Settings { threads: 1 }, &mut random()) {
        Err(Refusal::Fault(_)) => {}
        other => panic!("byte {at} was changed: {other:?}"),
    }
}

/// 2,000 positions; all of them where `PROPTEST_CASES` asks for much (`make soak`).
#[test]
fn a_changed_byte_anywhere_is_refused() {
    let mut plan = plan(BLANK, 2);
    plan.singles = 1;
    plan.votes = vec![(0, vec![vec![0, 1, 1, 0]]), (1, vec![vec![1, 0, 0, 0]])];
    let good = election::<Belenios2048>(&plan).bytes;
    let soak = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(0)
        >= 10_000_usize;
    let step = if soak { 1 } else { (good.len() / 2_000).max(1) };
    let mut tried = 0;
    for at in (0..good.len()).step_by(step) {
        let mut bytes = good.clone();
        bytes[at] ^= 1 << (at % 8);
        refused(&bytes, at);
        tried += 1;
    }
    assert!(tried >= 2_000);
    // Cut off anywhere but after an event, and with something added.
    for end in (0..good.len()).step_by(good.len() / 100 + 7) {
        refused(&good[..end], end);
    }
    refused(&[good.as_slice(), &[0; 1024]].concat(), good.len());
}

/// A machine that lost power while an event was written: what is left says where to cut.
#[test]
fn a_torn_end_says_where_the_last_whole_event_ends() {
    let mut plan = plan(ONE, 2);
    plan.singles = 1;
    plan.votes = vec![(0, vec![vec![0, 1, 0, 0]])];
    let made = cast::<Ed25519>(&plan);
    let whole = made.bytes.len();
    let mut more = made;
    more.add(Kind::Ballot, &[b"{}"]);
    for end in (whole + 1..more.bytes.len()).step_by(100) {
        let Err(Refusal::Fault(fault)) =
            verify(&more.bytes[..end], Settings::default(), &mut random())
        else {
            panic!("{end} was accepted");
        };
        assert!(
            fault.detail.ends_with(&format!("ends at byte {whole}")),
            "{end}: {fault}"
        );
    }
}

#[test]
fn events_out_of_order_are_refused_at_once() {
    let mut made = open_box(ONE);
    made.add(Kind::EndBallots, &[]);
    let before = made.bytes.len();
    made.add(Kind::EndBallots, &[]);
    let Err(Refusal::Fault(fault)) =
        verify(made.bytes.as_slice(), Settings::default(), &mut random())
    else {
        panic!("accepted");
    };
    assert_eq!(
        (fault.class.name(), fault.place.height),
        ("EVENT_ORDER", Some(2))
    );
    made.bytes.truncate(before);
    verify(made.bytes.as_slice(), Settings::default(), &mut random()).unwrap();
}
