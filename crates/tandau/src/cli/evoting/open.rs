//! Tally, partial decryptions, result.

use super::files::{self, put};
use super::{Failure, InGroup, Out, Outcome, in_group, random, refused};
use clap::Args;
use evoting::Secret;
use evoting::election::Draft;
use evoting::group::Group;
use evoting::tally::{PartialDecryption, result_text};
use evoting::threshold::Seed;
use evoting::trustee::parse_private_key;
use evoting::verify::{Settings, VerifiedElection, structure};
use std::path::{Path, PathBuf};

/// Arguments of `tandau evoting tally`.
#[derive(Args, Debug)]
pub(super) struct TallyArgs {
    /// The archive
    #[arg(value_name = "FILE.bel")]
    file: PathBuf,
    #[command(flatten)]
    out: Out,
}

/// Arguments of `tandau evoting result`.
#[derive(Args, Debug)]
pub(super) struct ResultArgs {
    /// The archive
    #[arg(value_name = "FILE.bel")]
    file: PathBuf,
    #[command(flatten)]
    out: Out,
}

/// Arguments of `tandau evoting decrypt`.
#[derive(Args, Debug)]
pub(super) struct DecryptArgs {
    /// The archive
    #[arg(value_name = "FILE.bel")]
    file: PathBuf,
    /// Number of the trustee, from 1, members of threshold groups counted
    #[arg(long, value_name = "N")]
    trustee: usize,
    /// The private key of a mandatory trustee
    #[arg(
        long,
        value_name = "FILE",
        required_unless_present = "seed",
        conflicts_with = "seed"
    )]
    key: Option<PathBuf>,
    /// The seed of a member of a threshold group
    #[arg(long, value_name = "FILE", requires = "decryption_key")]
    seed: Option<PathBuf>,
    /// The encrypted decryption key of a member of a threshold group
    #[arg(long, value_name = "FILE", requires = "seed")]
    decryption_key: Option<PathBuf>,
    #[command(flatten)]
    out: Out,
}

/// Nothing is opened in an archive that is not verified.
fn verified<G: Group>(file: &Path) -> Result<VerifiedElection<G>, Failure> {
    VerifiedElection::verify(file, Settings::default(), &mut random()).map_err(refused)
}

fn group_of(file: &Path) -> Result<String, Failure> {
    let structure = structure(file).map_err(refused)?;
    let draft = Draft::parse(&structure.election).map_err(refused)?;
    Ok(draft.group().to_owned())
}

impl InGroup for &TallyArgs {
    type Answer = ();

    fn run<G: Group>(self) -> Result<(), Failure> {
        let [tally, _] = verified::<G>(&self.file)?.tally().texts();
        put(&self.out, &tally)
    }
}

pub(super) fn tally(args: &TallyArgs) -> Outcome {
    in_group(&group_of(&args.file)?, args)
}

impl InGroup for &ResultArgs {
    type Answer = ();

    fn run<G: Group>(self) -> Result<(), Failure> {
        let counts = verified::<G>(&self.file)?.result().map_err(refused)?;
        put(&self.out, &result_text(&counts))
    }
}

pub(super) fn result(args: &ResultArgs) -> Outcome {
    in_group(&group_of(&args.file)?, args)
}

impl DecryptArgs {
    fn secret<G: Group>(&self) -> Result<Secret<G>, Failure> {
        match (&self.key, &self.seed, &self.decryption_key) {
            (Some(key), None, None) => parse_private_key(&files::text(key)?).map_err(refused),
            (None, Some(seed), Some(key)) => {
                let (seed, key) = (files::text(seed)?, files::text(key)?);
                Seed::parse(&seed)
                    .and_then(|seed| seed.open_decryption_key(&key))
                    .map_err(refused)
            }
            _ => Err(Failure::usage("give --key, or --seed and --decryption-key")),
        }
    }
}

impl InGroup for &DecryptArgs {
    type Answer = ();

    fn run<G: Group>(self) -> Result<(), Failure> {
        let secret = self.secret::<G>()?;
        let verified = verified::<G>(&self.file)?;
        if verified.summary().encrypted_tally.is_none() {
            return Err(Failure::invalid("the archive has no encrypted tally yet"));
        }
        let part = PartialDecryption::new(
            self.trustee,
            &secret,
            verified.tally(),
            verified.trustees(),
            &verified.election().fingerprint,
            &mut random(),
        )
        .map_err(refused)?;
        put(&self.out, &part.text())
    }
}

pub(super) fn decrypt(args: &DecryptArgs) -> Outcome {
    in_group(&group_of(&args.file)?, args)
}
