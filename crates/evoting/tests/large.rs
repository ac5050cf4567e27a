//! A box of 100,000 ballots: time per ballot, and memory that doesn't grow with it. Minutes, so only on demand:
//!
//! `cargo nextest run --package evoting --test large --run-ignored only --no-capture hundred_thousand`
//!
//! The file (1 GB) is made with this crate, outside the repository, and kept: `TANDAU_EVOTING_LARGE` names another folder,
//! `TANDAU_EVOTING_BALLOTS` another number of ballots.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

mod common;

use common::make::TIMESTAMP;
use common::random;
use evoting::archive::{Kind, StartWriter, event_records};
use evoting::ballot::Encryptor;
use evoting::credential::{Credential, PublicCredential, new_uuid, public_credentials_document};
use evoting::election::{Election, Template};
use evoting::group::Belenios2048;
use evoting::tally::{PartialDecryption, result_text};
use evoting::trustee::{PublicKey, Trustee, Trustees};
use evoting::verify::{Settings, VerifiedElection, structure, verify};
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

type G = Belenios2048;

const TEMPLATE: &str = r#"{"description":"synthetic","name":"large","questions":[{"answers":["A1","A2","A3","A4"],"min":1,"max":1,"question":"q"}]}"#;
/// What the process may have at most. 100,000 voters and ballots are some tens of megabytes of hashes.
const MOST_MB: u64 = 100;
/// Ballots that are made at a time.
const TOGETHER: usize = 2_000;

fn in_parts<T: Sync, U: Send>(items: &[T], each: impl Fn(&T) -> U + Sync) -> Vec<U> {
    let threads = std::thread::available_parallelism().unwrap().get();
    let each = &each;
    std::thread::scope(|scope| {
        let workers: Vec<_> = items
            .chunks(items.len().div_ceil(threads).max(1))
            .map(|part| scope.spawn(move || part.iter().map(each).collect::<Vec<_>>()))
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap())
            .collect()
    })
}

/// Writes an election up to its result.
fn make(path: &Path, ballots: usize) {
    let uuid = new_uuid(&mut random());
    let (secret, public) = PublicKey::<G>::generate(&mut random());
    let trustees = Trustees::new(vec![Trustee::Single(public)]).unwrap();
    let template = Template::parse(TEMPLATE).unwrap();
    let document = template
        .document::<G>(&uuid, &trustees.election_key())
        .unwrap();
    let credentials: Vec<(usize, Credential)> = (0..ballots)
        .map(|at| (at, Credential::generate(&mut random())))
        .collect();
    let list = in_parts(&credentials, |(_, credential)| PublicCredential::<G> {
        key: credential.public::<G>(&uuid),
        weight: None,
    });
    let file = BufWriter::new(File::create(path).unwrap());
    let text = trustees.text();
    let mut start =
        StartWriter::new(file, document.as_bytes(), text.as_bytes(), TIMESTAMP).unwrap();
    for piece in public_credentials_document(&list).as_bytes().chunks(65_536) {
        start.list(piece).unwrap();
    }
    drop(list);
    let mut file = start.end().unwrap();
    let mut head = structure(path).unwrap().head;
    let mut height = 1;
    let mut add = |file: &mut BufWriter<File>, kind, records: &[&[u8]]| {
        let (bytes, hash) = event_records(kind, records, Some(head), height, TIMESTAMP);
        file.write_all(&bytes).unwrap();
        head = hash;
        height += 1;
    };
    let election = Election::<G>::parse(document.as_bytes()).unwrap();
    let encryptor = Encryptor::new(&election);
    for part in credentials.chunks(TOGETHER) {
        let cast = in_parts(part, |(at, credential)| {
            let mut choices = vec![0; 4];
            choices[at % 4] = 1;
            encryptor
                .ballot(credential, &[choices], &mut random())
                .unwrap()
        });
        for ballot in cast {
            add(&mut file, Kind::Ballot, &[ballot.as_bytes()]);
        }
    }
    add(&mut file, Kind::EndBallots, &[]);
    file.flush().unwrap();
    let verified =
        || VerifiedElection::<G>::verify(path, Settings::default(), &mut random()).unwrap();
    let closed = verified();
    let [tally, sized] = closed.tally().texts();
    add(
        &mut file,
        Kind::EncryptedTally,
        &[tally.as_bytes(), sized.as_bytes()],
    );
    let [part, owned] = PartialDecryption::new(
        1,
        &secret,
        closed.tally(),
        closed.trustees(),
        &election.fingerprint,
        &mut random(),
    )
    .unwrap()
    .texts();
    add(
        &mut file,
        Kind::PartialDecryption,
        &[part.as_bytes(), owned.as_bytes()],
    );
    // Known to who made it; the verifier opens it all the same.
    let of = |answer: usize| u64::try_from((0..ballots).filter(|at| at % 4 == answer).count());
    let counts = vec![(0..4).map(|answer| of(answer).unwrap()).collect()];
    add(&mut file, Kind::Result, &[result_text(&counts).as_bytes()]);
    file.flush().unwrap();
}

#[test]
#[ignore = "minutes, and a gigabyte on the disk"]
fn a_hundred_thousand_ballots_are_verified_in_little_memory() {
    let ballots: usize = std::env::var("TANDAU_EVOTING_BALLOTS")
        .ok()
        .map_or(100_000, |n| n.parse().unwrap());
    let folder = std::env::var_os("TANDAU_EVOTING_LARGE").map_or_else(
        || std::env::temp_dir().join("tandau-evoting-large"),
        PathBuf::from,
    );
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("{ballots}.bel"));
    if !path.exists() {
        let start = Instant::now();
        let unfinished = folder.join(format!("{ballots}.part"));
        make(&unfinished, ballots);
        std::fs::rename(&unfinished, &path).unwrap();
        eprintln!("{} was made in {:.0?}", path.display(), start.elapsed());
    }
    // A process of its own: its memory is that of the verifier.
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "one_file_is_verified",
            "--ignored",
            "--nocapture",
        ])
        .env("TANDAU_EVOTING_FILE", &path)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let figures = said.lines().find(|line| line.contains("ballots in"));
    eprintln!("{}", figures.unwrap());
}

/// What the test above runs.
#[test]
#[ignore = "a part of the test above"]
fn one_file_is_verified() {
    let Some(path) = std::env::var_os("TANDAU_EVOTING_FILE") else {
        return;
    };
    let start = Instant::now();
    let summary = verify(Path::new(&path), Settings::default(), &mut random()).unwrap();
    let took = start.elapsed();
    assert!(summary.result.is_some());
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.trim().trim_end_matches(" kB").parse::<u64>().ok());
    eprintln!(
        "{} ballots in {took:.1?} on {} cores, {:.2?} each, at most {} MB of memory, a file of {} MB",
        summary.ballots,
        std::thread::available_parallelism().unwrap(),
        took / u32::try_from(summary.ballots).unwrap(),
        peak.map_or("?".to_owned(), |kb| (kb / 1024).to_string()),
        std::fs::metadata(&path).unwrap().len() >> 20
    );
    assert!(peak.is_none_or(|kb| kb / 1024 <= MOST_MB), "{peak:?} kB");
}
