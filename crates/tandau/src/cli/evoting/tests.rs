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

fn unjudged(folder: &Path, line: &str, said: &str) {
    match command(folder, line) {
        Err(Failure::Usage(problem)) => assert!(problem.contains(said), "{line}: {problem}"),
        other => panic!("{line}: {other:?}"),
    }
}

/// An election document whose question passes a mixnet, with the trustees and voters of another one.
fn with_a_mixnet(folder: &Path) {
    std::fs::write(folder.join("template.json"), TEMPLATE).unwrap();
    std::fs::write(folder.join("voters"), "a@example.org\n").unwrap();
    done(folder, "trustee generate --out @anna");
    done(
        folder,
        "setup --template @template.json --trustee @anna.pubkey --out @e",
    );
    done(
        folder,
        "credentials generate --election @e/election.json --voters @voters --out @c",
    );
    let document = std::fs::read_to_string(folder.join("e/election.json")).unwrap();
    let (before, rest) = document.split_once("\"questions\":[").unwrap();
    let (_, after) = rest.split_once("],\"uuid\"").unwrap();
    let question = r#"{"type":"NonHomomorphic","value":{"answers":["a","b"],"question":"q"}}"#;
    let document = format!("{before}\"questions\":[{question}],\"uuid\"{after}");
    std::fs::write(folder.join("mixnet.json"), document.trim()).unwrap();
}

#[test]
fn elections_with_a_mixnet_are_exit_two_whatever_is_asked() {
    let place = tempfolder::Folder::new("evoting-mixnet");
    let folder = place.path();
    with_a_mixnet(folder);
    let read = |name: &str| std::fs::read(folder.join(name)).unwrap();
    let bytes = evoting::archive::ArchiveStart {
        election: &read("mixnet.json"),
        trustees: read("e/trustees.json").trim_ascii_end(),
        credentials: read("c.pubcreds").trim_ascii_end(),
        timestamp: 1_700_000_000,
    }
    .bytes();
    std::fs::write(folder.join("box.bel"), &bytes).unwrap();
    std::fs::write(folder.join("cut.bel"), &bytes[..bytes.len() - 700]).unwrap();
    std::fs::write(folder.join("mine"), "x").unwrap();
    for line in [
        "verify @box.bel",
        "verify @cut.bel",
        "verify @cut.bel --previous @box.bel --format json",
        "archive create --election @mixnet.json --trustees @e/trustees.json --credentials @c.pubcreds --out @new.bel",
        "archive add @box.bel --type end-ballots",
        "archive add @cut.bel --type end-ballots",
        "tally @box.bel",
        "result @cut.bel",
        "decrypt @box.bel --trustee 1 --key @anna.privkey",
        "credentials generate --election @mixnet.json --voters @voters --out @other",
        "ballot encrypt --election @mixnet.json --credential @mine --choices @mine",
    ] {
        unjudged(folder, line, "mixnet");
    }
    assert!(!folder.join("new.bel").exists());
    assert_eq!(read("box.bel"), bytes);
}

#[test]
fn what_cannot_be_verified_is_not_begun() {
    let place = tempfolder::Folder::new("evoting-begun");
    let folder = place.path();
    with_a_mixnet(folder);
    let create = "archive create --election @e/election.json --trustees @e/trustees.json --credentials @list --out @box.bel";
    for (list, class) in [
        ("[\"4\"]", "GROUP_ELEMENT"),
        ("[\"1\"", "CREDENTIAL_FORMAT"),
        ("[\"1\",\"1,2,bob\"]", "DUPLICATE_CREDENTIAL"),
    ] {
        std::fs::write(folder.join("list"), list).unwrap();
        let problem = match command(folder, create) {
            Err(Failure::Invalid(problem)) => problem,
            other => panic!("{list}: {other:?}"),
        };
        assert!(
            problem.contains(class) || problem.contains("CREDENTIAL_GROUP"),
            "{problem}"
        );
        assert!(!folder.join("box.bel").exists(), "{list}");
    }
    std::fs::write(folder.join("list"), "[\"1,4611686018427387904\"]").unwrap();
    unjudged(folder, create, "weight");
    std::fs::write(folder.join("box.bel"), "mine").unwrap();
    std::fs::copy(folder.join("c.pubcreds"), folder.join("list")).unwrap();
    unjudged(folder, create, "box.bel");
    assert_eq!(std::fs::read(folder.join("box.bel")).unwrap(), b"mine");
}

/// Every command that docs/evoting.md tells people to type is one, with options that there are.
#[test]
fn the_commands_of_the_manual_are_understood() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/evoting.md");
    let text = std::fs::read_to_string(path).unwrap();
    let commands: Vec<&str> = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("tandau evoting "))
        .collect();
    for line in &commands {
        let (words, _) = line.split_once('#').unwrap_or((*line, ""));
        let words = std::iter::once("evoting").chain(words.split_whitespace());
        if let Err(problem) = Line::try_parse_from(words) {
            panic!("{line}: {problem}");
        }
    }
    for step in [
        "setup",
        "credentials generate",
        "trustee generate",
        "ballot encrypt",
        "archive create",
        "archive add",
        "decrypt",
        "result",
        "verify",
    ] {
        assert!(
            commands.iter().any(|line| line.starts_with(step)),
            "docs/evoting.md doesn't say how to {step}"
        );
    }
}

/// A file on a disk with so much room.
struct Full {
    bytes: Vec<u8>,
    room: usize,
    can_cut: bool,
}

impl std::io::Write for Full {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let many = bytes.len().min(self.room - self.bytes.len());
        if many == 0 {
            return Err(std::io::ErrorKind::StorageFull.into());
        }
        self.bytes.extend(&bytes[..many]);
        Ok(many)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl files::Growing for Full {
    fn length(&self) -> std::io::Result<u64> {
        Ok(u64::try_from(self.bytes.len()).unwrap())
    }

    fn cut(&mut self, length: u64) -> std::io::Result<()> {
        if !self.can_cut {
            return Err(std::io::Error::other("no"));
        }
        self.bytes.truncate(usize::try_from(length).unwrap());
        Ok(())
    }

    fn keep(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_leaves_the_archive_as_it_was() {
    for room in [5, 6, 10, 11] {
        let mut file = Full {
            bytes: b"whole".to_vec(),
            room,
            can_cut: true,
        };
        let added = files::append(&mut file, b" event");
        assert_eq!(added.is_ok(), room == 11, "{room}");
        let expected: &[u8] = if room == 11 { b"whole event" } else { b"whole" };
        assert_eq!(file.bytes, expected);
    }
    let mut stuck = Full {
        bytes: b"whole".to_vec(),
        room: 8,
        can_cut: false,
    };
    let said = files::append(&mut stuck, b" event")
        .unwrap_err()
        .to_string();
    assert!(said.contains("5 bytes"), "{said}");
}

#[test]
fn nobody_sets_up_an_election_that_everybody_can_read() {
    let place = tempfolder::Folder::new("evoting-one");
    let folder = place.path();
    std::fs::write(folder.join("template.json"), TEMPLATE).unwrap();
    let zero = evoting::trustee::parse_private_key::<Belenios2048>("0").unwrap();
    let open = evoting::trustee::PublicKey::of(&zero, &mut random());
    std::fs::write(folder.join("open.pubkey"), open.text()).unwrap();
    done(folder, "trustee generate --out @anna");
    for trustees in [
        "--trustee @open.pubkey",
        "--trustee @anna.pubkey --trustee @open.pubkey",
    ] {
        invalid(
            folder,
            &format!("setup --template @template.json {trustees} --out @e"),
            "the key is 1",
        );
    }
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
