//! Keys of trustees.

use super::super::outcome::say;
use super::files::{self, Readers, put};
use super::{Failure, InGroup, Out, Outcome, group, in_group, random, refused};
use clap::{Args, Subcommand};
use evoting::group::Group;
use evoting::secret_text;
use evoting::threshold::{Certificate, Certificates, Dealing, Received, Seed, sort};
use evoting::trustee::PublicKey;
use std::path::{Path, PathBuf};

/// Arguments of `tandau evoting trustee`.
#[derive(Args, Debug)]
pub(super) struct TrusteeArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make the key of a trustee without whom nothing opens
    #[command(after_help = "Example: tandau evoting trustee generate --out anna")]
    Generate(KeyArgs),
    /// Threshold, step 1: make a seed and the certificate that the others see
    #[command(after_help = "Example: tandau evoting trustee certificate --out boris")]
    Certificate(KeyArgs),
    /// Threshold, step 3: deal shares of a secret polynomial to all members
    #[command(
        after_help = "Example: tandau evoting trustee deal --certificates certs.jsons --seed boris.key --threshold 2 --out boris.polynomial"
    )]
    Deal(DealArgs),
    /// Threshold, step 4: sort what all members dealt by who receives it
    #[command(
        after_help = "Example: tandau evoting trustee sort --polynomials polynomials.jsons --out inputs"
    )]
    Sort(SortArgs),
    /// Threshold, step 5: check what was received and keep the decryption key
    #[command(
        after_help = "Example: tandau evoting trustee receive --certificates certs.jsons --seed boris.key --input inputs/2.vinput --out boris"
    )]
    Receive(ReceiveArgs),
    /// Threshold, step 6: put all parts together as the parameters of the group
    #[command(
        after_help = "Example: tandau evoting trustee combine --certificates certs.jsons --polynomials polynomials.jsons --outputs voutputs.jsons --out threshold.json"
    )]
    Combine(CombineArgs),
}

#[derive(Args, Debug)]
struct KeyArgs {
    #[command(flatten)]
    group: GroupArgs,
    /// Beginning of the names of the two files, a public and a private one
    #[arg(long, value_name = "FILES")]
    out: PathBuf,
}

#[derive(Args, Debug)]
struct GroupArgs {
    /// The group of numbers: BELENIOS-2048 or Ed25519
    #[arg(long, value_name = "NAME", default_value = "BELENIOS-2048", value_parser = group)]
    group: String,
}

#[derive(Args, Debug)]
struct DealArgs {
    #[command(flatten)]
    group: GroupArgs,
    /// All certificates, one per line, in the members' order (step 2)
    #[arg(long, value_name = "FILE")]
    certificates: PathBuf,
    /// The member's seed
    #[arg(long, value_name = "FILE")]
    seed: PathBuf,
    /// Members who will be enough
    #[arg(long, value_name = "N")]
    threshold: usize,
    #[command(flatten)]
    out: Out,
}

#[derive(Args, Debug)]
struct SortArgs {
    /// What all members dealt, one per line, in their order
    #[arg(long, value_name = "FILE")]
    polynomials: PathBuf,
    /// The folder to write N.vinput in, for each member
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

#[derive(Args, Debug)]
struct ReceiveArgs {
    #[command(flatten)]
    group: GroupArgs,
    /// All certificates, one per line, in the members' order
    #[arg(long, value_name = "FILE")]
    certificates: PathBuf,
    /// The member's seed
    #[arg(long, value_name = "FILE")]
    seed: PathBuf,
    /// What the member received (step 4)
    #[arg(long, value_name = "FILE")]
    input: PathBuf,
    /// Beginning of the names of the two files: FILES.voutput (for everybody) and FILES.dkey
    #[arg(long, value_name = "FILES")]
    out: PathBuf,
}

#[derive(Args, Debug)]
struct CombineArgs {
    #[command(flatten)]
    group: GroupArgs,
    /// All certificates, one per line, in the members' order
    #[arg(long, value_name = "FILE")]
    certificates: PathBuf,
    /// What all members dealt, one per line
    #[arg(long, value_name = "FILE")]
    polynomials: PathBuf,
    /// What all members answered, one per line (step 5)
    #[arg(long, value_name = "FILE")]
    outputs: PathBuf,
    #[command(flatten)]
    out: Out,
}

pub(super) fn run(args: TrusteeArgs) -> Outcome {
    match args.what {
        What::Generate(args) => in_group(&args.group.group, Generate(&args)),
        What::Certificate(args) => in_group(&args.group.group, Certify(&args)),
        What::Deal(args) => in_group(&args.group.group, &args),
        What::Sort(args) => sort_files(&args),
        What::Receive(args) => in_group(&args.group.group, &args),
        What::Combine(args) => in_group(&args.group.group, &args),
    }
}

struct Generate<'a>(&'a KeyArgs);

impl InGroup for Generate<'_> {
    type Answer = ();

    fn run<G: Group>(self) -> Result<(), Failure> {
        let (secret, public) = PublicKey::<G>::generate(&mut random());
        files::write(
            &files::with_end(&self.0.out, ".privkey"),
            &secret_text(&secret),
            Readers::Owner,
        )?;
        files::write(
            &files::with_end(&self.0.out, ".pubkey"),
            &public.text(),
            Readers::Everybody,
        )
    }
}

struct Certify<'a>(&'a KeyArgs);

impl InGroup for Certify<'_> {
    type Answer = ();

    fn run<G: Group>(self) -> Result<(), Failure> {
        let seed = Seed::generate(&mut random());
        let certificate = seed.certificate::<G>(&mut random());
        files::write(
            &files::with_end(&self.0.out, ".key"),
            seed.expose(),
            Readers::Owner,
        )?;
        files::write(
            &files::with_end(&self.0.out, ".cert"),
            &certificate.text(),
            Readers::Everybody,
        )?;
        say(&format!("Certificate {}\n", certificate.id()))
    }
}

fn certificates<G: Group>(path: &Path) -> Result<Certificates<G>, Failure> {
    let mut list = Vec::new();
    for (at, line) in files::text(path)?.lines().enumerate() {
        let certificate = Certificate::parse(line)
            .map_err(|f| Failure::invalid(format!("{}, line {}: {f}", path.display(), at + 1)))?;
        list.push(certificate);
    }
    Certificates::new(list).map_err(refused)
}

fn seed(path: &Path) -> Result<Seed, Failure> {
    Seed::parse(&files::text(path)?).map_err(refused)
}

impl InGroup for &DealArgs {
    type Answer = ();

    fn run<G: Group>(self) -> Result<(), Failure> {
        let dealt = certificates::<G>(&self.certificates)?
            .deal(&seed(&self.seed)?, self.threshold, &mut random())
            .map_err(refused)?;
        put(&self.out, &dealt)
    }
}

fn sort_files(args: &SortArgs) -> Outcome {
    let dealt = files::text(&args.polynomials)?;
    let lines: Vec<&str> = dealt.lines().collect();
    let inputs = sort(&lines).map_err(refused)?;
    std::fs::create_dir_all(&args.out)
        .map_err(|e| Failure::usage(format!("can't make {}: {e}", args.out.display())))?;
    for (at, input) in inputs.iter().enumerate() {
        let path = args.out.join(format!("{}.vinput", at + 1));
        files::write(&path, input, Readers::Everybody)?;
    }
    Ok(())
}

impl InGroup for &ReceiveArgs {
    type Answer = ();

    fn run<G: Group>(self) -> Result<(), Failure> {
        let received = certificates::<G>(&self.certificates)?
            .receive(
                &seed(&self.seed)?,
                &files::text(&self.input)?,
                &mut random(),
            )
            .map_err(refused)?;
        files::write(
            &files::with_end(&self.out, ".dkey"),
            &received.decryption_key,
            Readers::Owner,
        )?;
        files::write(
            &files::with_end(&self.out, ".voutput"),
            &received.text(),
            Readers::Everybody,
        )
    }
}

impl InGroup for &CombineArgs {
    type Answer = ();

    fn run<G: Group>(self) -> Result<(), Failure> {
        let dealings = files::text(&self.polynomials)?
            .lines()
            .map(Dealing::parse)
            .collect::<Result<Vec<_>, _>>()
            .map_err(refused)?;
        let keys = files::text(&self.outputs)?
            .lines()
            .map(|line| Received::<G>::parse(line).map(|received| received.public_key))
            .collect::<Result<Vec<_>, _>>()
            .map_err(refused)?;
        let parameters = certificates::<G>(&self.certificates)?
            .combine(dealings, keys)
            .map_err(refused)?;
        put(&self.out, &parameters.text())
    }
}
