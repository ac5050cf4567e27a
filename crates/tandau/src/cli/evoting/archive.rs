//! `tandau evoting archive`: making the file and adding to it.

use super::super::outcome::say;
use super::files;
use super::{Failure, InGroup, Outcome, in_group, random, refused};
use crate::platform::clock::Clock;
use clap::{Args, Subcommand, ValueEnum};
use evoting::archive::{Kind, StartWriter, event_records};
use evoting::ballot::BallotCheck;
use evoting::credential::PublicList;
use evoting::election::Draft;
use evoting::group::Group;
use evoting::verify::{Opening, Settings, Structure, VerifiedElection, structure};
use evoting::{hex, sha256};
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Read as _};
use std::path::{Path, PathBuf};

/// Arguments of `tandau evoting archive`.
#[derive(Args, Debug)]
pub(super) struct ArchiveArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Begin an archive with the documents of an election
    #[command(
        after_help = "Example: tandau evoting archive create --election election.json --trustees trustees.json --credentials public_creds.json --out box.bel"
    )]
    Create(CreateArgs),
    /// Add an event, after checking all that is in it
    #[command(
        after_help = "Example: tandau evoting archive add box.bel --type ballot --input ballot.json"
    )]
    Add(AddArgs),
}

#[derive(Args, Debug)]
struct CreateArgs {
    /// The election document
    #[arg(long, value_name = "FILE")]
    election: PathBuf,
    /// The trustees document
    #[arg(long, value_name = "FILE")]
    trustees: PathBuf,
    /// The list of public credentials; a third field of its entries is left out
    #[arg(long, value_name = "FILE")]
    credentials: PathBuf,
    /// The archive to write
    #[arg(long, value_name = "FILE.bel")]
    out: PathBuf,
}

#[derive(Args, Debug)]
struct AddArgs {
    /// The archive
    #[arg(value_name = "FILE.bel")]
    file: PathBuf,
    /// What happened
    #[arg(long = "type", value_enum)]
    kind: Add,
    /// The document: a ballot, a partial decryption or a result. The tally is computed from the ballots
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
    /// Number of the trustee whose partial decryption it is
    #[arg(long, value_name = "N")]
    trustee: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Add {
    /// A ballot, checked as the closing audit will check it
    Ballot,
    /// The end of voting
    EndBallots,
    /// The product of all ballots
    EncryptedTally,
    /// What one trustee contributes
    PartialDecryption,
    /// The result
    Result,
}

impl Add {
    fn kind(self) -> Kind {
        match self {
            Self::Ballot => Kind::Ballot,
            Self::EndBallots => Kind::EndBallots,
            Self::EncryptedTally => Kind::EncryptedTally,
            Self::PartialDecryption => Kind::PartialDecryption,
            Self::Result => Kind::Result,
        }
    }
}

pub(super) fn run(args: ArchiveArgs) -> Outcome {
    match args.what {
        What::Create(args) => create(&args),
        What::Add(args) => add(&args),
    }
}

fn create(args: &CreateArgs) -> Outcome {
    let election = files::document(&args.election)?;
    let trustees = files::document(&args.trustees)?;
    let file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&args.out)
        .map_err(|e| Failure::usage(format!("can't write {}: {e}", args.out.display())))?;
    begin(args, file, &election, &trustees)
        // Nothing is begun that could not be verified.
        .and_then(|()| {
            evoting::verify::verify(args.out.as_path(), Settings::default(), &mut random())
                .map(drop)
                .map_err(refused)
        })
        .inspect_err(|_| {
            // It is ours, and nobody's yet.
            let _ = std::fs::remove_file(&args.out);
        })
}

/// Writes the first event. The list may be larger than memory.
fn begin(args: &CreateArgs, file: File, election: &[u8], trustees: &[u8]) -> Outcome {
    let unwritable = |e| Failure::usage(format!("can't write {}: {e}", args.out.display()));
    let unreadable = |e| Failure::usage(format!("can't read {}: {e}", args.credentials.display()));
    let timestamp = u64::try_from(Clock::system().now().as_second()).unwrap_or(0);
    let mut input = File::open(&args.credentials).map_err(unreadable)?;
    let mut start = StartWriter::new(BufWriter::new(file), election, trustees, timestamp)
        .map_err(unwritable)?;
    let mut list = PublicList::default();
    let mut piece = vec![0; 1 << 16];
    loop {
        let many = input.read(&mut piece).map_err(unreadable)?;
        let Some(bytes) = piece.get(..many).filter(|bytes| !bytes.is_empty()) else {
            break;
        };
        let public = list.piece(bytes).map_err(refused)?;
        start.list(public.as_bytes()).map_err(unwritable)?;
    }
    let end = list.end().map_err(refused)?;
    start.list(end.as_bytes()).map_err(unwritable)?;
    let file = start.end().map_err(unwritable)?.into_inner();
    file.map_err(|e| unwritable(e.into_error()))?
        .sync_all()
        .map_err(unwritable)
}

/// One event to add to an archive whose structure was read.
struct Adding<'a> {
    args: &'a AddArgs,
    structure: &'a Structure,
}

impl Adding<'_> {
    fn input(&self) -> Result<Vec<u8>, Failure> {
        let path = self.args.input.as_deref();
        files::document(path.ok_or_else(|| Failure::usage("this type needs --input FILE"))?)
    }

    fn ballot<G: Group>(&self) -> Result<Vec<Vec<u8>>, Failure> {
        let ballot = self.input()?;
        let opening =
            Opening::<G>::read(self.args.file.as_path(), &mut random()).map_err(refused)?;
        BallotCheck::new(&opening.election)
            .cast(&ballot, |credential| {
                opening.voters.weight(credential).is_some()
            })
            .map_err(refused)?;
        if self.structure.has_ballot(&ballot) {
            return Err(Failure::invalid(
                "BALLOT_REPLAY: the ballot was cast before",
            ));
        }
        Ok(vec![ballot])
    }

    fn verified<G: Group>(&self) -> Result<VerifiedElection<G>, Failure> {
        VerifiedElection::verify(self.args.file.as_path(), Settings::default(), &mut random())
            .map_err(refused)
    }
}

impl InGroup for Adding<'_> {
    type Answer = Vec<Vec<u8>>;

    fn run<G: Group>(self) -> Result<Vec<Vec<u8>>, Failure> {
        match self.args.kind {
            Add::Ballot => self.ballot::<G>(),
            Add::EndBallots => Ok(Vec::new()),
            Add::EncryptedTally => {
                let texts = self.verified::<G>()?.tally().texts();
                Ok(texts.map(String::into_bytes).to_vec())
            }
            Add::PartialDecryption => {
                let owner = self.args.trustee;
                let owner = owner.ok_or_else(|| Failure::usage("this type needs --trustee N"))?;
                let part = self.input()?;
                let hash = sha256(&part);
                let owned = format!("{{\"owner\":{owner},\"payload\":\"{}\"}}", hex(&hash));
                self.verified::<G>()?
                    .check_decryption((&hash, &part), owned.as_bytes())
                    .map_err(refused)?;
                Ok(vec![part, owned.into_bytes()])
            }
            Add::Result => {
                let result = self.input()?;
                self.verified::<G>()?
                    .check_result(&result)
                    .map_err(refused)?;
                Ok(vec![result])
            }
        }
    }
}

fn add(args: &AddArgs) -> Outcome {
    let unwritable = |e| Failure::usage(format!("can't write {}: {e}", args.file.display()));
    let mut file = OpenOptions::new()
        .append(true)
        .open(&args.file)
        .map_err(unwritable)?;
    // One at a time: the chain has one end.
    file.lock().map_err(unwritable)?;
    let structure = structure::<Path>(&args.file).map_err(refused)?;
    let kind = args.kind.kind();
    if !kind.may_follow(Some(structure.last)) {
        return Err(Failure::invalid(format!(
            "EVENT_ORDER: {} after {}",
            kind.name(),
            structure.last.name()
        )));
    }
    let draft = Draft::parse(&structure.election).map_err(refused)?;
    let work = Adding {
        args,
        structure: &structure,
    };
    let records = in_group(draft.group(), work)?;
    let bodies: Vec<&[u8]> = records.iter().map(Vec::as_slice).collect();
    let (bytes, hash) = event_records(
        kind,
        &bodies,
        Some(structure.head),
        structure.events,
        structure.timestamp,
    );
    files::append(&mut file, &bytes).map_err(unwritable)?;
    if let (Add::Ballot, Some(ballot)) = (args.kind, records.first()) {
        say(&format!("Tracker {}\n", evoting::b64(&sha256(ballot))))?;
    }
    say(&format!("Event {} {}\n", structure.events, hex(&hash)))
}
