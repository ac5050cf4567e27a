use super::*;
use clap::Parser;
use std::path::Path;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    args: EvotingArgs,
}

/// Runs a command in a folder: words that begin with `@` are files of it.
fn command(folder: &Path, line: &str) -> Outcome {
    let words = line.split(' ').map(|word| match word.strip_prefix('@') {
        Some(name) => folder.join(name).display().to_string(),
        None => word.to_owned(),
    });
    let line = std::iter::once("evoting".to_owned()).chain(words);
    run(Line::try_parse_from(line).unwrap().args)
}

fn done(folder: &Path, line: &str) {
    command(folder, line).unwrap_or_else(|failure| panic!("{line}: {failure:?}"));
}

fn invalid(folder: &Path, line: &str, class: &str) {
    match command(folder, line) {
        Err(Failure::Invalid(problem)) => assert!(problem.contains(class), "{line}: {problem}"),
        other => panic!("{line}: {other:?}"),
    }
}

fn join(folder: &Path, files: &[&str], into: &str) {
    let text: String = files
        .iter()
        .map(|file| std::fs::read_to_string(folder.join(file)).unwrap())
        .collect();
    std::fs::write(folder.join(into), text).unwrap();
}

const TEMPLATE: &str = r#"{"description":"Синтетический пример","name":"Жиналыс","questions":[{"answers":["Иә","Жоқ"],"blank":true,"min":1,"max":1,"question":"Есеп бекітілсін бе?"}]}"#;

/// A mandatory trustee and a threshold group of two, of whom one is enough.
fn keys(folder: &Path, group: &str) {
    done(
        folder,
        &format!("trustee generate --group {group} --out @anna"),
    );
    for name in ["boris", "vera"] {
        done(
            folder,
            &format!("trustee certificate --group {group} --out @{name}"),
        );
    }
    join(folder, &["boris.cert", "vera.cert"], "certs");
    for name in ["boris", "vera"] {
        done(
            folder,
            &format!(
                "trustee deal --group {group} --certificates @certs --seed @{name}.key --threshold 1 --out @{name}.dealt"
            ),
        );
    }
    join(folder, &["boris.dealt", "vera.dealt"], "dealt");
    done(folder, "trustee sort --polynomials @dealt --out @inputs");
    for (at, name) in ["boris", "vera"].iter().enumerate() {
        done(
            folder,
            &format!(
                "trustee receive --group {group} --certificates @certs --seed @{name}.key --input @inputs/{}.vinput --out @{name}",
                at + 1
            ),
        );
    }
    join(folder, &["boris.voutput", "vera.voutput"], "outputs");
    done(
        folder,
        &format!(
            "trustee combine --group {group} --certificates @certs --polynomials @dealt --outputs @outputs --out @threshold.json"
        ),
    );
}

fn whole_election(group: &str) -> tempfolder::Folder {
    let place = tempfolder::Folder::new(&format!("evoting-{group}"));
    let folder = place.path();
    std::fs::write(folder.join("template.json"), TEMPLATE).unwrap();
    std::fs::write(
        folder.join("voters"),
        "a@example.org,,2\nb@example.org,b\nc@example.org\n",
    )
    .unwrap();
    keys(folder, group);
    done(
        folder,
        &format!(
            "setup --group {group} --template @template.json --trustee @anna.pubkey --threshold @threshold.json --out @e"
        ),
    );
    done(
        folder,
        "credentials generate --election @e/election.json --voters @voters --out @c",
    );
    done(
        folder,
        "archive create --election @e/election.json --trustees @e/trustees.json --credentials @c.pubcreds --out @box.bel",
    );
    let private = std::fs::read_to_string(folder.join("c.privcreds")).unwrap();
    for (at, (line, choices)) in private
        .lines()
        .zip(["[[0,1,0]]", "[[1,0,0]]", "[[0,0,1]]"])
        .enumerate()
    {
        let (_, credential) = line.split_once(' ').unwrap();
        std::fs::write(folder.join("mine"), credential).unwrap();
        std::fs::write(folder.join("choices"), choices).unwrap();
        done(
            folder,
            &format!(
                "ballot encrypt --election @e/election.json --credential @mine --choices @choices --out @ballot{at}"
            ),
        );
        done(
            folder,
            &format!("archive add @box.bel --type ballot --input @ballot{at}"),
        );
    }
    place
}

fn to_the_result(folder: &Path) {
    std::fs::copy(folder.join("box.bel"), folder.join("old.bel")).unwrap();
    done(folder, "archive add @box.bel --type end-ballots");
    done(folder, "archive add @box.bel --type encrypted-tally");
    done(folder, "tally @box.bel --out @tally.json");
    done(
        folder,
        "decrypt @box.bel --trustee 1 --key @anna.privkey --out @part1",
    );
    done(
        folder,
        "archive add @box.bel --type partial-decryption --trustee 1 --input @part1",
    );
    done(
        folder,
        "decrypt @box.bel --trustee 3 --seed @vera.key --decryption-key @vera.dkey --out @part3",
    );
    invalid(
        folder,
        "archive add @box.bel --type partial-decryption --trustee 1 --input @part3",
        "DECRYPTION_PROOF",
    );
    done(
        folder,
        "archive add @box.bel --type partial-decryption --trustee 3 --input @part3",
    );
    done(folder, "result @box.bel --out @result.json");
    let result = std::fs::read_to_string(folder.join("result.json")).unwrap();
    assert_eq!(result.trim(), r#"{"result":[[1,2,1]]}"#);
    done(
        folder,
        "archive add @box.bel --type result --input @result.json",
    );
    done(folder, "verify @box.bel --previous @old.bel --format json");
    done(folder, "verify @box.bel");
}

#[test]
fn an_election_by_hand_in_both_groups() {
    for group in [Belenios2048::NAME, Ed25519::NAME] {
        let place = whole_election(group);
        let folder = place.path();
        invalid(
            folder,
            "archive add @box.bel --type ballot --input @ballot1",
            "BALLOT_REPLAY",
        );
        invalid(
            folder,
            "archive add @box.bel --type result --input @ballot1",
            "EVENT_ORDER",
        );
        to_the_result(folder);
        // What was cast last is gone from this copy: only the older one shows it.
        invalid(folder, "verify @old.bel --previous @box.bel", "NOT_PREFIX");
        let mut bytes = std::fs::read(folder.join("box.bel")).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(folder.join("altered.bel"), bytes).unwrap();
        invalid(folder, "verify @altered.bel --format json", "");
    }
}

#[test]
fn what_cannot_be_read_is_exit_two() {
    let place = tempfolder::Folder::new("evoting-nothing");
    let missing = command(place.path(), "verify @nowhere.bel");
    assert!(matches!(missing, Err(Failure::Usage(_))), "{missing:?}");
}

#[cfg(unix)]
#[test]
fn private_files_are_their_owners_and_never_written_over() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = tempfolder::Folder::new("evoting-private");
    done(place.path(), "trustee generate --out @anna");
    let file = std::fs::metadata(place.path().join("anna.privkey")).unwrap();
    assert_eq!(file.permissions().mode() & 0o777, 0o600);
    let again = command(place.path(), "trustee generate --out @anna");
    assert!(matches!(again, Err(Failure::Usage(_))), "{again:?}");
}

/// A folder that is gone after the test.
mod tempfolder {
    use std::path::{Path, PathBuf};

    pub struct Folder(PathBuf);

    impl Folder {
        pub fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("tandau-{name}-{}", std::process::id()));
            let _ = std::fs::remove_dir_all(&path);
            std::fs::create_dir_all(&path).unwrap();
            Self(path)
        }

        pub fn path(&self) -> &Path {
            &self.0
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }
}
