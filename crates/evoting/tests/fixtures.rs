//! Every election of the collection, good or altered, is decided as its manifest says.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::collapsible_if
)]

mod common;

use common::{archive, collection, data, json, random, read};
use evoting::Fault;
use evoting::archive::Kind;
use evoting::ballot::BallotCheck;
use evoting::group::Belenios2048;
use evoting::verify::{Opening, Refusal, Settings, Summary, continues, verify};
use std::path::{Path, PathBuf};

fn decide(bytes: &[u8]) -> Result<Summary, Refusal> {
    verify(bytes, Settings::default(), &mut random())
}

/// Copied material always, the whole collection where it is.
fn roots() -> Vec<PathBuf> {
    let whole = collection();
    if whole.is_none() {
        eprintln!("NOT CHECKED: only the copied part of the fixtures is here");
    }
    std::iter::once(data()).chain(whole).collect()
}

fn check_fault(entry: &serde_json::Value, fault: &Fault) {
    let file = entry["file"].as_str().unwrap();
    let class = fault.class.name();
    let raw = ["raw-", "header-", "event-"]
        .iter()
        .any(|p| file.starts_with(p));
    let structural = ["ARCHIVE_", "HASH_", "CHAIN_", "EVENT_"]
        .iter()
        .any(|p| class.starts_with(p));
    let also = entry["also"].as_array().into_iter().flatten();
    let named = also.chain([&entry["reason"]]).any(|reason| reason == class);
    assert!(
        named || (raw && structural),
        "{file}: {fault}, and not {}",
        entry["reason"]
    );
    // The reference names ballots as "ballot at height 2 (TRACKER)".
    if let Some((_, rest)) = entry["detail"]
        .as_str()
        .unwrap()
        .split_once("ballot at height ")
    {
        let (height, rest) = rest.split_once(" (").unwrap();
        let (tracker, _) = rest.split_once(')').unwrap();
        assert_eq!(fault.place.height, Some(height.parse().unwrap()), "{file}");
        assert_eq!(fault.place.ballot.as_deref(), Some(tracker), "{file}");
    }
    if let Some((_, owner)) = entry["detail"].as_str().unwrap().split_once("owner ") {
        if class.starts_with("DECRYPTION_PROOF") {
            let owner = owner.split(' ').next().unwrap();
            assert_eq!(fault.place.trustee, Some(owner.parse().unwrap()), "{file}");
        }
    }
}

fn check_entry(folder: &Path, entry: &serde_json::Value) {
    let file = entry["file"].as_str().unwrap();
    let bytes = read(&folder.join(file));
    let verdict = decide(&bytes);
    match entry["expect"].as_str().unwrap() {
        "accept" => {
            let summary = verdict.unwrap_or_else(|e| panic!("{file}: {e}"));
            let result = serde_json::to_value(&summary.result).unwrap();
            assert_eq!(numbers(&result), numbers(&entry["result"]), "{file}");
        }
        "history" => {
            verdict.unwrap_or_else(|e| panic!("{file}: {e}"));
            let previous = read(&folder.join(entry["previous"].as_str().unwrap()));
            match continues(previous.as_slice(), bytes.as_slice()) {
                Err(Refusal::Fault(fault)) => check_fault(entry, &fault),
                other => panic!("{file}: {other:?}"),
            }
        }
        "reject" | "strict" => match verdict {
            Err(Refusal::Fault(fault)) => check_fault(entry, &fault),
            other => panic!("{file}: {other:?}"),
        },
        other => panic!("{file}: {other}"),
    }
}

/// Large numbers are strings there and numbers here.
fn numbers(value: &serde_json::Value) -> String {
    value.to_string().replace('"', "")
}

#[test]
fn altered_copies_are_decided_as_their_manifests_say() {
    let mut decided = 0;
    for root in roots() {
        for part in ["d-corrupt", "d-corrupt/weighted", "d-corrupt/single"] {
            let folder = root.join(part);
            if !folder.is_dir() {
                continue;
            }
            for entry in json(&folder.join("manifest.json")).as_array().unwrap() {
                check_entry(&folder, entry);
                decided += 1;
            }
        }
    }
    assert!(decided >= 15, "{decided}");
}

#[test]
fn elections_with_a_mixnet_are_out_of_scope_and_said_to_be() {
    for root in roots() {
        let mut files = vec![archive(&root.join("n-mixnet"))];
        let altered = root.join("d-corrupt/mixnet");
        if altered.is_dir() {
            for entry in json(&altered.join("manifest.json")).as_array().unwrap() {
                files.push(read(&altered.join(entry["file"].as_str().unwrap())));
            }
        }
        for bytes in files {
            let verdict = decide(&bytes);
            assert!(
                matches!(verdict, Err(Refusal::OutOfScope(_))),
                "{verdict:?}"
            );
        }
    }
}

/// Also where the structure is broken, which is found before anybody looks at the questions.
#[test]
fn broken_elections_with_a_mixnet_are_out_of_scope_too() {
    let whole = archive(&data().join("n-mixnet"));
    // The election document is the first record after the header.
    let election = 1_024..4_096;
    for end in [5_000, 9_000, whole.len() / 2, whole.len() - 1] {
        let verdict = decide(&whole[..end]);
        assert!(
            matches!(verdict, Err(Refusal::OutOfScope(_))),
            "{end}: {verdict:?}"
        );
    }
    for at in (election.start..whole.len()).step_by(whole.len() / 50) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        let verdict = decide(&bytes);
        assert!(
            matches!(verdict, Err(Refusal::OutOfScope(_))) || election.contains(&at),
            "{at}: {verdict:?}"
        );
        let grown = continues(whole.as_slice(), bytes.as_slice());
        assert!(
            matches!(grown, Err(Refusal::OutOfScope(_))) || election.contains(&at),
            "{at}: {grown:?}"
        );
    }
}

#[test]
fn good_elections_are_accepted_with_their_results() {
    for root in roots() {
        for name in KINDS {
            let folder = root.join(name);
            let summary = decide(&archive(&folder)).unwrap_or_else(|e| panic!("{name}: {e}"));
            let found = serde_json::to_value(&summary).unwrap();
            let expected = json(&folder.join("expected.json"));
            for (key, value) in expected.as_object().unwrap() {
                if !matches!(key.as_str(), "trackers" | "shuffles") {
                    assert_eq!(numbers(&found[key]), numbers(value), "{name}: {key}");
                }
            }
        }
    }
}

const KINDS: [&str; 6] = [
    "a-single",
    "b-threshold",
    "c-weighted",
    "m-mixed",
    "z-empty",
    "e-ed25519-later",
];

/// After each event of one small archive, and where the makers of the collection say so.
#[test]
fn every_earlier_state_of_an_archive_is_a_valid_beginning() {
    let state = |whole: &[u8], length: usize, name: &str| {
        decide(&whole[..length]).unwrap_or_else(|e| panic!("{name}, {length}: {e}"));
        continues(&whole[..length], whole).unwrap();
    };
    for name in ["z-empty", "e-ed25519-later"] {
        let whole = archive(&data().join(name));
        let ends = common::rebuild::ends(&whole);
        assert!(ends.len() >= 5 && ends.last() == Some(&whole.len()));
        for length in ends {
            state(&whole, length, name);
        }
    }
    let Some(root) = collection() else {
        eprintln!("NOT CHECKED: the stages of the collection, which is not here");
        return;
    };
    // That of Ed25519 was made by another version, without this list.
    for name in &KINDS[..5] {
        let folder = root.join(name);
        let whole = archive(&folder);
        let stages = std::fs::read_to_string(folder.join("stages.txt")).unwrap();
        for line in stages.lines() {
            let length = line.split(' ').nth(1).unwrap();
            state(&whole, length.parse().unwrap(), name);
        }
    }
}

/// Every proof of this ballot is right for the shape that it has, and the count of all ballots would fail: it is not taken.
#[test]
fn the_ballot_that_would_stop_the_count_is_refused_when_it_is_cast() {
    let bytes = read(&data().join("d-corrupt/ballot-blank-slot-omitted.bel"));
    let opening = Opening::<Belenios2048>::read(bytes.as_slice(), &mut random()).unwrap();
    let check = BallotCheck::new(&opening.election);
    let mut taken = 0;
    let mut refused = Vec::new();
    for (_, records) in common::rebuild::events(&bytes)
        .iter()
        .filter(|(kind, _)| *kind == Kind::Ballot)
    {
        match check.cast(&records[0], |key| opening.voters.weight(key).is_some()) {
            Ok(_) => taken += 1,
            Err(fault) => refused.push(fault.class.name()),
        }
    }
    assert_eq!(refused, ["BLANK_PROOF_MISSING"]);
    assert!(taken >= 3, "{taken}");
}

/// What a verdict says, without its words.
fn said(verdict: &Result<Summary, Refusal>) -> String {
    match verdict {
        Ok(summary) => format!("{:?}", summary.result),
        Err(Refusal::Fault(fault)) => format!("{} {:?}", fault.class.name(), fault.place),
        Err(other) => other.to_string(),
    }
}

/// Eight numbers at a time and one: two implementations, which must not disagree.
#[test]
fn with_vectors_and_without_every_election_is_decided_alike() {
    let mut files: Vec<Vec<u8>> = KINDS.map(|name| archive(&data().join(name))).to_vec();
    let altered = data().join("d-corrupt");
    for entry in json(&altered.join("manifest.json")).as_array().unwrap() {
        files.push(read(&altered.join(entry["file"].as_str().unwrap())));
    }
    let [with, without] = [false, true].map(|aside| {
        evoting::group::leave_vectors_aside(aside);
        let each = files.iter().map(|bytes| said(&decide(bytes)));
        each.collect::<Vec<String>>()
    });
    evoting::group::leave_vectors_aside(false);
    assert_eq!(with, without);
}
