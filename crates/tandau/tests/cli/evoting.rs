//! `tandau evoting verify` on elections of belenios-tool and altered copies of them: exit status, class, place and figures as a script
//! sees them.

use super::{Ended, Folder};
use serde_json::Value;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// The copied part of the fixtures, and the whole collection where it is.
fn roots() -> Vec<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named = std::env::var_os("TANDAU_EVOTING_FIXTURES").map(PathBuf::from);
    let beside = own
        .ancestors()
        .map(|folder| folder.join("shared/evoting/fixtures"))
        .find(|folder| folder.is_dir());
    std::iter::once(own.join("../evoting/tests/data"))
        .chain(named.or(beside))
        .collect()
}

/// A file that may be packed.
fn read(path: &Path) -> Vec<u8> {
    if let Ok(bytes) = std::fs::read(path) {
        return bytes;
    }
    let packed = std::fs::read(format!("{}.gz", path.display())).unwrap();
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(packed.as_slice())
        .read_to_end(&mut bytes)
        .unwrap();
    bytes
}

/// The one archive of a folder.
fn archive(folder: &Path) -> Vec<u8> {
    let name = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .find(|name| name.ends_with(".bel") || name.ends_with(".bel.gz"))
        .unwrap();
    read(&folder.join(name.trim_end_matches(".gz")))
}

fn manifest(folder: &Path) -> Vec<Value> {
    let path = folder.join("manifest.json");
    if path.exists() {
        serde_json::from_slice(&read(&path)).unwrap()
    } else {
        Vec::new()
    }
}

/// Large numbers are strings there and numbers here.
fn numbers(value: &Value) -> String {
    value.to_string().replace('"', "")
}

fn verify(folder: &Folder, bytes: &[u8], more: &[&str]) -> Ended {
    folder.write("box.bel", bytes);
    let first = ["evoting", "verify", "box.bel", "--format", "json"];
    folder.run(&[&first[..], more].concat())
}

fn refused(ended: Ended, entry: &Value) {
    let file = entry["file"].as_str().unwrap();
    let ended = ended.expect(1);
    let found = ended.json();
    assert_eq!(found["valid"], false, "{file}");
    let class = found["reason"].as_str().unwrap();
    let also = entry["also"].as_array().into_iter().flatten();
    let named = also.chain([&entry["reason"]]).any(|reason| reason == class);
    let raw = ["raw-", "header-", "event-"];
    let structural = ["ARCHIVE_", "HASH_", "CHAIN_", "EVENT_"];
    let fits = |begin: &[&str], text: &str| begin.iter().any(|begin| text.starts_with(begin));
    assert!(
        named || (fits(&raw, file) && fits(&structural, class)),
        "{file}: {class}, and not {}",
        entry["reason"]
    );
    assert!(!found["detail"].as_str().unwrap().is_empty(), "{file}");
    assert!(ended.err.contains(class), "{file}: {}", ended.err);
    // The reference names ballots as "ballot at height 2 (TRACKER)".
    let detail = entry["detail"].as_str().unwrap();
    if let Some((_, rest)) = detail.split_once("ballot at height ") {
        let (height, rest) = rest.split_once(" (").unwrap();
        let (tracker, _) = rest.split_once(')').unwrap();
        assert_eq!(found["place"]["height"].to_string(), height, "{file}");
        assert_eq!(found["place"]["ballot"], tracker, "{file}");
    }
}

#[test]
fn every_altered_copy_ends_as_its_manifest_says() {
    let folder = Folder::new();
    let mut decided = 0;
    for root in roots() {
        for part in ["d-corrupt", "d-corrupt/weighted", "d-corrupt/single"] {
            let place = root.join(part);
            for entry in manifest(&place) {
                let bytes = read(&place.join(entry["file"].as_str().unwrap()));
                let ended = verify(&folder, &bytes, &[]);
                decided += 1;
                let expected = entry["expect"].as_str().unwrap();
                if matches!(expected, "reject" | "strict") {
                    refused(ended, &entry);
                    continue;
                }
                let found = ended.expect(0).json();
                assert_eq!(found["valid"], true, "{entry}");
                if expected == "accept" {
                    assert_eq!(numbers(&found["result"]), numbers(&entry["result"]));
                    continue;
                }
                assert_eq!(expected, "history");
                let older = place.join(entry["previous"].as_str().unwrap());
                folder.write("old.bel", read(&older));
                refused(verify(&folder, &bytes, &["--previous", "old.bel"]), &entry);
            }
        }
    }
    assert!(decided >= 15, "{decided}");
}

#[test]
fn good_elections_end_well_and_say_what_they_are() {
    let folder = Folder::new();
    let root = roots().swap_remove(0);
    for name in ["m-mixed", "e-ed25519-later"] {
        let bytes = archive(&root.join(name));
        let expected: Value =
            serde_json::from_slice(&read(&root.join(name).join("expected.json"))).unwrap();
        let both: [&[&str]; 2] = [&[], &["--portable", "--threads", "1"]];
        for ways in both {
            let found = verify(&folder, &bytes, ways).expect(0).json();
            assert_eq!(found["valid"], true);
            for (key, value) in expected.as_object().unwrap() {
                if !matches!(key.as_str(), "trackers" | "shuffles") {
                    assert_eq!(numbers(&found[key]), numbers(value), "{name}: {key}");
                }
            }
        }
        let said = folder.run(&["evoting", "verify", "box.bel"]).expect(0).out;
        let fingerprint = expected["fingerprint"].as_str().unwrap();
        for part in ["Valid: ", "Checked: ", "Result", fingerprint] {
            assert!(said.contains(part), "{part}: {said}");
        }
        // One byte less, and nothing of it is valid.
        let cut = verify(&folder, &bytes[..bytes.len() - 1], &[]).expect(1);
        assert_eq!(cut.json()["reason"], "ARCHIVE_TRUNCATED");
    }
}

#[test]
fn elections_with_a_mixnet_end_with_two_good_or_altered() {
    let folder = Folder::new();
    for root in roots() {
        let altered = root.join("d-corrupt/mixnet");
        let mut files = vec![archive(&root.join("n-mixnet"))];
        for entry in manifest(&altered) {
            files.push(read(&altered.join(entry["file"].as_str().unwrap())));
        }
        for bytes in files {
            let ended = verify(&folder, &bytes, &[]).expect(2);
            let found = ended.json();
            assert!(found["valid"].is_null());
            assert_eq!(found["reason"], "OUT_OF_SCOPE");
            assert!(ended.err.contains("mixnet"), "{}", ended.err);
        }
    }
}

#[test]
fn what_is_no_archive_ends_with_one_and_what_cannot_be_read_with_two() {
    let folder = Folder::new();
    for (bytes, reason) in [
        (&b""[..], "ARCHIVE_HEADER"),
        (&b"BELENIOS"[..], "ARCHIVE_TRUNCATED"),
        (&[0; 4_096][..], "ARCHIVE_FORMAT"),
        (&[0xff; 4_096][..], "ARCHIVE_FORMAT"),
    ] {
        let ended = verify(&folder, bytes, &[]).expect(1);
        assert_eq!(ended.json()["reason"], reason);
    }
    let missing = folder.run(&["evoting", "verify", "nowhere.bel", "--format", "json"]);
    assert_eq!(missing.expect(2).json()["reason"], "UNREADABLE");
    folder
        .run(&["evoting", "verify", "box.bel", "--threads", "0"])
        .expect(2);
    folder.run(&["evoting", "verify"]).expect(2);
}
