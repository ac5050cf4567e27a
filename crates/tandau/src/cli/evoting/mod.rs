//! `tandau evoting`: elections that others can verify, by hand, file in, file out.
//!
//! Secrets are read from files and written to files that only their owner may read; none stands on a command line.

mod archive;
mod files;
mod open;
mod setup;
mod trustee;
mod verify;

use super::{Failure, Format, Outcome};
use clap::{Args, Subcommand};
use evoting::group::{Belenios2048, Ed25519, Group, Rfc3526};
use evoting::verify::Refusal;
use std::path::PathBuf;

/// Arguments of `tandau evoting`.
#[derive(Args, Debug)]
pub(super) struct EvotingArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make the documents of an election and of its trustees from a template and the trustees' keys
    #[command(
        after_help = "The template is that of belenios-tool: description, name, questions (answers, min, max, blank, question).\n\
        Example: tandau evoting setup --template template.json --trustee anna.pubkey --out election"
    )]
    Setup(setup::SetupArgs),
    /// Credentials of voters
    #[command(
        after_help = "Example: tandau evoting credentials generate --election election.json --voters voters.txt --out creds"
    )]
    Credentials(CredentialsArgs),
    /// Keys of trustees, alone or as a group of which some are enough
    #[command(after_help = "Example: tandau evoting trustee generate --out anna")]
    Trustee(trustee::TrusteeArgs),
    /// Ballots
    #[command(
        after_help = "Example: tandau evoting ballot encrypt --election election.json --credential mine.txt --choices choices.json"
    )]
    Ballot(BallotArgs),
    /// The file that holds an election and only grows
    #[command(
        after_help = "Example: tandau evoting archive create --election election.json --trustees trustees.json --credentials public_creds.json --out box.bel"
    )]
    Archive(archive::ArchiveArgs),
    /// Multiply the ballots of an archive: the encrypted tally
    #[command(after_help = "Example: tandau evoting tally box.bel --out tally.json")]
    Tally(open::TallyArgs),
    /// Decrypt the tally of an archive with a trustee's key, as far as that one key goes
    #[command(
        after_help = "A mandatory trustee gives --key; a member of a threshold group gives --seed and --decryption-key.\n\
        Example: tandau evoting decrypt box.bel --trustee 1 --key anna.privkey --out part1.json"
    )]
    Decrypt(open::DecryptArgs),
    /// Put the partial decryptions of an archive together: the result
    #[command(after_help = "Example: tandau evoting result box.bel --out result.json")]
    Result(open::ResultArgs),
    /// Check an archive from its first byte to its result
    #[command(
        after_help = "Exit 0: valid. Exit 1: something is wrong, with its class and place. Exit 2: unreadable, or an election with a mixnet.\n\
        Example: tandau evoting verify box.bel --previous yesterday.bel --format json"
    )]
    Verify(verify::VerifyArgs),
}

#[derive(Args, Debug)]
struct CredentialsArgs {
    #[command(subcommand)]
    what: CredentialsWhat,
}

#[derive(Debug, Subcommand)]
enum CredentialsWhat {
    /// Make a credential for each voter: a public list without names, and a private file to hand them out from
    #[command(
        after_help = "A line of the file of voters is ADDRESS[,LOGIN[,WEIGHT]].\n\
        Example: tandau evoting credentials generate --election election.json --voters voters.txt --out creds"
    )]
    Generate(setup::CredentialsArgs),
}

#[derive(Args, Debug)]
struct BallotArgs {
    #[command(subcommand)]
    what: BallotWhat,
}

#[derive(Debug, Subcommand)]
enum BallotWhat {
    /// Encrypt choices as a ballot
    #[command(
        after_help = "Choices are a list per question of 0 and 1, one for each answer; where blank is allowed it comes first.\n\
        Example: tandau evoting ballot encrypt --election election.json --credential mine.txt --choices choices.json --out ballot.json"
    )]
    Encrypt(setup::EncryptArgs),
}

pub(super) fn run(args: EvotingArgs) -> Outcome {
    match args.what {
        What::Setup(args) => setup::setup(&args),
        What::Credentials(args) => match args.what {
            CredentialsWhat::Generate(args) => setup::credentials(&args),
        },
        What::Trustee(args) => trustee::run(args),
        What::Ballot(args) => match args.what {
            BallotWhat::Encrypt(args) => setup::encrypt(&args),
        },
        What::Archive(args) => archive::run(args),
        What::Tally(args) => open::tally(&args),
        What::Decrypt(args) => open::decrypt(&args),
        What::Result(args) => open::result(&args),
        What::Verify(args) => verify::run(&args),
    }
}

/// The operating system's randomness. Without it nothing here may go on.
fn random() -> rand::rand_core::UnwrapErr<rand::rngs::SysRng> {
    rand::rand_core::UnwrapErr(rand::rngs::SysRng)
}

/// Something that is done in the group that a document names.
trait InGroup {
    type Answer;
    fn run<G: Group>(self) -> Result<Self::Answer, Failure>;
}

/// Chooses the group by its name.
fn in_group<W: InGroup>(name: &str, work: W) -> Result<W::Answer, Failure> {
    match name {
        Belenios2048::NAME => work.run::<Belenios2048>(),
        Ed25519::NAME => work.run::<Ed25519>(),
        Rfc3526::NAME => work.run::<Rfc3526>(),
        other => Err(Failure::invalid(format!("unknown group: {other}"))),
    }
}

/// A group that elections are made in.
fn group(text: &str) -> Result<String, String> {
    [Belenios2048::NAME, Ed25519::NAME]
        .contains(&text)
        .then(|| text.to_owned())
        .ok_or_else(|| format!("must be {} or {}", Belenios2048::NAME, Ed25519::NAME))
}

/// What a fault of a document is for whoever called: exit 1, but 2 for what can't be read or judged.
fn refused(refusal: impl Into<Refusal>) -> Failure {
    match refusal.into() {
        Refusal::Fault(fault) => Failure::invalid(fault),
        other => Failure::usage(other),
    }
}

/// A file to write; standard output without one.
#[derive(Args, Debug)]
struct Out {
    /// The file to write; standard output without it
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[cfg(test)]
mod tests;
