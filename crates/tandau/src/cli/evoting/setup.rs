//! What happens before voting, and one ballot.

use super::super::outcome::say;
use super::files::{self, Readers, put};
use super::{Failure, InGroup, Out, Outcome, group, in_group, random, refused};
use clap::Args;
use evoting::ballot::Encryptor;
use evoting::credential::{
    Credential, MAX_WEIGHT, PublicCredential, is_uuid, new_uuid, public_credentials_document,
};
use evoting::election::{Draft, Election, Template};
use evoting::group::Group;
use evoting::threshold::Parameters;
use evoting::trustee::{PublicKey, Trustee, Trustees};
use std::path::PathBuf;
use zeroize::Zeroizing;

/// Arguments of `tandau evoting setup`.
#[derive(Args, Debug)]
pub(super) struct SetupArgs {
    /// What is asked: template.json
    #[arg(long, value_name = "FILE")]
    template: PathBuf,
    /// Public key of a trustee without whom nothing opens; may be given several times
    #[arg(long, value_name = "FILE")]
    trustee: Vec<PathBuf>,
    /// Parameters of a group of which some members are enough; may be given several times
    #[arg(long, value_name = "FILE")]
    threshold: Vec<PathBuf>,
    /// The group of numbers: BELENIOS-2048 or Ed25519
    #[arg(long, value_name = "NAME", default_value = "BELENIOS-2048", value_parser = group)]
    group: String,
    /// Identifier of the election; a new one without it
    #[arg(long, value_name = "UUID")]
    uuid: Option<String>,
    /// The folder to write election.json and trustees.json in
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

impl InGroup for &SetupArgs {
    type Answer = ();

    fn run<G: Group>(self) -> Result<(), Failure> {
        let template = Template::parse(&files::text(&self.template)?).map_err(refused)?;
        let mut entries = Vec::new();
        for path in &self.trustee {
            let key = PublicKey::<G>::parse(&files::text(path)?)
                .map_err(|f| Failure::invalid(format!("{}: {f}", path.display())))?;
            if key.key == G::identity() {
                let name = path.display();
                return Err(Failure::invalid(format!(
                    "{name}: TRUSTEE_KEY: the key is 1 and keeps nothing secret"
                )));
            }
            entries.push(Trustee::Single(key));
        }
        for path in &self.threshold {
            let parameters = Parameters::<G>::parse(&files::text(path)?)
                .map_err(|f| Failure::invalid(format!("{}: {f}", path.display())))?;
            entries.push(Trustee::Pedersen(parameters));
        }
        let trustees = Trustees::new(entries).map_err(refused)?;
        let uuid = match &self.uuid {
            Some(uuid) if is_uuid(uuid) => uuid.clone(),
            Some(_) => return Err(Failure::usage("the uuid must be 14 or more Base58 digits")),
            None => new_uuid(&mut random()),
        };
        let document = template
            .document::<G>(&uuid, &trustees.election_key())
            .map_err(refused)?;
        let election = Election::<G>::parse(document.as_bytes()).map_err(refused)?;
        std::fs::create_dir_all(&self.out)
            .map_err(|e| Failure::usage(format!("can't make {}: {e}", self.out.display())))?;
        files::write(
            &self.out.join("election.json"),
            &document,
            Readers::Everybody,
        )?;
        files::write(
            &self.out.join("trustees.json"),
            &trustees.text(),
            Readers::Everybody,
        )?;
        say(&format!(
            "Election {uuid}\nFingerprint {}\n",
            election.fingerprint
        ))
    }
}

pub(super) fn setup(args: &SetupArgs) -> Outcome {
    in_group(&args.group, args)
}

/// Arguments of `tandau evoting credentials generate`.
#[derive(Args, Debug)]
pub(super) struct CredentialsArgs {
    /// The election document
    #[arg(long, value_name = "FILE")]
    election: PathBuf,
    /// A voter per line: ADDRESS[,LOGIN[,WEIGHT]]
    #[arg(long, value_name = "FILE")]
    voters: PathBuf,
    /// Beginning of the names of the two files: FILES.pubcreds (for everybody) and FILES.privcreds (for the registrar)
    #[arg(long, value_name = "FILES")]
    out: PathBuf,
}

struct Credentials<'a> {
    args: &'a CredentialsArgs,
    uuid: &'a str,
}

impl InGroup for Credentials<'_> {
    type Answer = ();

    fn run<G: Group>(self) -> Result<(), Failure> {
        let voters = files::text(&self.args.voters)?;
        let mut list = Vec::new();
        // With room from the beginning: a text that grows leaves copies behind.
        let room = voters.len() + 21 * (voters.lines().count() + 1);
        let mut private = Zeroizing::new(String::with_capacity(room));
        for (at, line) in voters.lines().enumerate() {
            let wrong = |what: &str| Failure::invalid(format!("line {}: {what}", at + 1));
            let mut fields = line.split(',');
            if fields
                .next()
                .is_none_or(|address| address.trim().is_empty())
                || line.contains(' ')
            {
                return Err(wrong("a voter is ADDRESS[,LOGIN[,WEIGHT]], without spaces"));
            }
            let weight = match fields.nth(1) {
                None | Some("") => None,
                Some(text) => Some(
                    text.parse()
                        .ok()
                        .filter(|weight| *weight <= MAX_WEIGHT)
                        .ok_or_else(|| wrong("the weight is not a whole number"))?,
                ),
            };
            if fields.next().is_some() {
                return Err(wrong("there are more than three fields"));
            }
            let credential = Credential::generate(&mut random());
            let key = credential.public::<G>(self.uuid);
            if !private.is_empty() {
                private.push('\n');
            }
            for part in [line, " ", credential.expose()] {
                private.push_str(part);
            }
            list.push(PublicCredential { key, weight });
        }
        if list.is_empty() {
            return Err(Failure::invalid("there are no voters"));
        }
        let public = public_credentials_document::<G>(&list);
        files::write(
            &files::with_end(&self.args.out, ".pubcreds"),
            &public,
            Readers::Everybody,
        )?;
        files::write(
            &files::with_end(&self.args.out, ".privcreds"),
            &private,
            Readers::Owner,
        )?;
        say(&format!(
            "{} credentials\nFingerprint of the list {}\n",
            list.len(),
            evoting::b64(&evoting::sha256(public.as_bytes()))
        ))
    }
}

pub(super) fn credentials(args: &CredentialsArgs) -> Outcome {
    let draft = Draft::parse(&files::document(&args.election)?).map_err(refused)?;
    let work = Credentials {
        args,
        uuid: draft.uuid(),
    };
    in_group(draft.group(), work)
}

/// Arguments of `tandau evoting ballot encrypt`.
#[derive(Args, Debug)]
pub(super) struct EncryptArgs {
    /// The election document
    #[arg(long, value_name = "FILE")]
    election: PathBuf,
    /// File with the voter's credential
    #[arg(long, value_name = "FILE")]
    credential: PathBuf,
    /// File with the choices: a JSON list per question of 0 and 1
    #[arg(long, value_name = "FILE")]
    choices: PathBuf,
    #[command(flatten)]
    out: Out,
}

impl InGroup for &EncryptArgs {
    type Answer = ();

    fn run<G: Group>(self) -> Result<(), Failure> {
        let election = Election::<G>::parse(&files::document(&self.election)?).map_err(refused)?;
        let credential =
            Credential::parse(files::text(&self.credential)?.trim()).map_err(Failure::invalid)?;
        let choices: Vec<Vec<u8>> = serde_json::from_str(&files::text(&self.choices)?)
            .map_err(|e| Failure::invalid(format!("the choices are no lists of 0 and 1: {e}")))?;
        let ballot = Encryptor::new(&election)
            .ballot(&credential, &choices, &mut random())
            .map_err(Failure::invalid)?;
        put(&self.out, &ballot)
    }
}

pub(super) fn encrypt(args: &EncryptArgs) -> Outcome {
    let draft = Draft::parse(&files::document(&args.election)?).map_err(refused)?;
    in_group(draft.group(), args)
}
