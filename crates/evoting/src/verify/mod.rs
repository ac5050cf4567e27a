//! Verifying a whole election, from the first byte of its archive to its result.
//!
//! The archive is read twice, as a stream. First its structure: container, hashes, chain, order of events, replayed ballots. Then its
//! content: trustees, credentials, every ballot, the published tally, every partial decryption, the result. What is kept grows with the
//! number of voters and ballots by some tens of bytes each, and not with the size of ballots.
//!
//! It asks for more than belenios-tool 2.0 does. That program accepts a published tally that is not the ballots', a wrong result followed by a right
//! one or larger than the votes cast, events out of order (behind which ballots hide), a ballot cast twice, numbers inside answers in
//! another spelling, a double entry in the list while there is no ballot, and a wrong partial decryption while there is no result. All of these are
//! faults here. What the format allows is allowed: other spacing of the election document, unknown fields, any order of credentials, more partial
//! decryptions than are needed.
//!
//! What only an older copy can show (a ballot replaced and everything after it made anew) is the matter of [`continues`].
//!
//! ```
//! use evoting::verify::{Refusal, Settings, verify};
//!
//! let nothing: &[u8] = &[0; 512];
//! match verify(nothing, Settings::default(), &mut rand::rng()) {
//!     Err(Refusal::Fault(fault)) => assert_eq!((fault.class.name(), fault.place.byte), ("ARCHIVE_FORMAT", Some(0))),
//!     other => panic!("{other:?}"),
//! }
//! ```

mod ballots;
mod credentials;
mod structure;

pub use structure::{Structure, continues, structure};

use crate::archive::{Kind, ReadProblem, Source, Step, Walker};
use crate::ballot::BallotCheck;
use crate::election::{Draft, Election, ElectionProblem, unknown_group};
use crate::fault::{Class, Fault};
use crate::group::{Belenios2048, Ed25519, Group, Membership, Rfc3526};
use crate::hash::{Hash, hex};
use crate::tally::{Counts, EncryptedTally, PartialDecryption, check_result, count, opened};
use crate::trustee::Trustees;
use credentials::ListReader;
pub use credentials::Voters;
use rand::CryptoRng;
use serde::Serialize;

/// Why an election is not verified.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Something is wrong with it.
    #[error("{0}")]
    Fault(Box<Fault>),
    /// It may be right, but this program doesn't handle such elections.
    #[error("{0}")]
    OutOfScope(String),
    /// The file can't be read.
    #[error("can't read the archive: {0}")]
    Unreadable(std::io::Error),
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        if fault.class == Class::OutOfScope {
            return Self::OutOfScope(fault.detail);
        }
        Self::Fault(Box::new(fault))
    }
}

impl From<ReadProblem> for Refusal {
    fn from(problem: ReadProblem) -> Self {
        match problem {
            ReadProblem::Fault(fault) => fault.into(),
            ReadProblem::Io(error) => Self::Unreadable(error),
        }
    }
}

impl From<ElectionProblem> for Refusal {
    fn from(problem: ElectionProblem) -> Self {
        match problem {
            ElectionProblem::Fault(fault) => fault.into(),
            mixnet @ ElectionProblem::Mixnet { .. } => Self::OutOfScope(mixnet.to_string()),
        }
    }
}

/// What was verified, for people and programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Identifier of the election.
    pub uuid: String,
    /// Its name.
    pub name: String,
    /// Its group.
    pub group: &'static str,
    /// Fingerprint of the election document, Base64.
    pub fingerprint: String,
    /// Trustees, members of threshold groups counted.
    pub trustees: usize,
    /// Credentials on the list.
    pub voters: u64,
    /// Do credentials carry weights?
    pub weighted: bool,
    /// Ballots in the box.
    pub ballots: u64,
    /// Ballots that count: the last one of each credential.
    pub voted: u64,
    /// Sum of their weights.
    pub total_weight: u64,
    /// Events of the archive.
    pub events: u64,
    /// Type of the last event.
    pub last_event_type: &'static str,
    /// Hash of the last event: whoever keeps it can see later that nothing before it was changed.
    pub last_event: String,
    /// Hash of the published tally, once there is one.
    pub encrypted_tally: Option<String>,
    /// Trustees who decrypted, in the order of their numbers.
    pub partial_decryptions: Vec<usize>,
    /// Counts per slot, a list per question, once they are published.
    pub result: Option<Counts>,
}

/// An election whose archive was verified to its last byte. There is no other way to a result.
#[derive(Clone, Debug)]
pub struct VerifiedElection<G: Group> {
    election: Election<G>,
    trustees: Trustees<G>,
    tally: EncryptedTally<G>,
    decryptions: Vec<PartialDecryption<G>>,
    summary: Summary,
}

/// How verification uses the machine.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Threads that check ballots, from 1 to 256; one more reads the file.
    pub threads: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            threads: std::thread::available_parallelism().map_or(1, usize::from),
        }
    }
}

/// Verifies an archive of any group.
///
/// `random` is for the test of membership ([`VerifiedElection::verify`]) and must be the operating system's or seeded by it.
///
/// # Errors
/// The first fault, or why the archive can't be judged.
pub fn verify<S: Source + ?Sized>(
    source: &S,
    settings: Settings,
    random: &mut impl CryptoRng,
) -> Result<Summary, Refusal> {
    fn of<G: Group, S: Source + ?Sized>(
        source: &S,
        structure: &Structure,
        settings: Settings,
        random: &mut impl CryptoRng,
    ) -> Result<Summary, Refusal> {
        Ok(VerifiedElection::<G>::after(source, structure, settings, random)?.summary)
    }
    let structure = structure(source)?;
    let draft = Draft::parse(&structure.election)?;
    match draft.group() {
        Belenios2048::NAME => of::<Belenios2048, S>(source, &structure, settings, random),
        Ed25519::NAME => of::<Ed25519, S>(source, &structure, settings, random),
        Rfc3526::NAME => of::<Rfc3526, S>(source, &structure, settings, random),
        other => Err(unknown_group(other).into()),
    }
}

/// What the first event holds: election and trustees, checked, and the voters.
#[derive(Clone, Debug)]
pub struct Opening<G: Group> {
    /// The election.
    pub election: Election<G>,
    /// Its trustees, whose keys make the election's.
    pub trustees: Trustees<G>,
    /// Who may vote.
    pub voters: Voters,
}

impl<G: Group> Opening<G> {
    /// Reads and checks the first event of an archive, for those who will check single ballots.
    ///
    /// # Errors
    /// The first fault, or why the archive can't be judged.
    pub fn read<S: Source + ?Sized>(
        source: &S,
        random: &mut impl CryptoRng,
    ) -> Result<Self, Refusal> {
        let (opening, members) = Self::first(&mut Walker::new(source)?, false, random)?;
        if members.holds(random) {
            return Ok(opening);
        }
        Self::first(&mut Walker::new(source)?, true, random)?;
        Err(outside())
    }

    /// The opening, and what is left to be tested for membership if credentials are not tested one by one.
    fn first(
        walker: &mut Walker<'_>,
        one_by_one: bool,
        random: &mut impl CryptoRng,
    ) -> Result<(Self, Membership<G>), Refusal> {
        let mut list = ListReader::<G>::new(one_by_one);
        let step = walker
            .next(&mut |piece| list.piece(piece, random))?
            .ok_or_else(|| Fault::new(Class::EventOrder, "there is no setup"))?;
        let election = Election::<G>::parse(step.body(0))?;
        let trustees = Trustees::<G>::parse(step.body(1))?;
        if trustees.election_key() != election.key {
            return Err(Fault::new(
                Class::ElectionKey,
                "the election's key is not the product of its trustees' keys",
            )
            .into());
        }
        let (voters, members) = list.finish()?;
        let opening = Self {
            election,
            trustees,
            voters,
        };
        Ok((opening, members))
    }
}

fn outside() -> Refusal {
    Fault::new(Class::GroupElement, "a number is outside the group").into()
}

impl<G: Group> VerifiedElection<G> {
    /// Verifies an archive of this group.
    ///
    /// All ballots' ciphertexts and all credentials are tested for membership together, with coins from `random`: if nobody knew the
    /// coins when the archive was made, a number outside the group passes with probability at most 2^−128. Only when that test fails are
    /// they tested one by one, to say which it is.
    ///
    /// # Errors
    /// The first fault, or why the archive can't be judged.
    pub fn verify<S: Source + ?Sized>(
        source: &S,
        settings: Settings,
        random: &mut impl CryptoRng,
    ) -> Result<Self, Refusal> {
        let structure = structure(source)?;
        Self::after(source, &structure, settings, random)
    }

    fn after<S: Source + ?Sized>(
        source: &S,
        structure: &Structure,
        settings: Settings,
        random: &mut impl CryptoRng,
    ) -> Result<Self, Refusal> {
        match Self::content(source, structure, settings, false, random)? {
            Some(verified) => Ok(verified),
            // Something is outside the group: once more, to say what.
            None => Self::content(source, structure, settings, true, random)?.ok_or_else(outside),
        }
    }

    /// `None` if the test of all members together fails.
    fn content<S: Source + ?Sized>(
        source: &S,
        structure: &Structure,
        settings: Settings,
        one_by_one: bool,
        random: &mut impl CryptoRng,
    ) -> Result<Option<Self>, Refusal> {
        let mut walker = Walker::new(source)?;
        let (opening, members) = Opening::<G>::first(&mut walker, one_by_one, random)?;
        let check = BallotCheck::new(&opening.election);
        let run = ballots::Run {
            check: &check,
            structure,
            voters: &opening.voters,
            threads: settings.threads,
            one_by_one,
        };
        let Some((tally, next)) = run.count(&mut walker, members, random)? else {
            return Ok(None);
        };
        let summary = summary(&opening, structure, &tally);
        let mut verified = Self {
            election: opening.election,
            trustees: opening.trustees,
            tally,
            decryptions: Vec::new(),
            summary,
        };
        let mut next = next;
        while let Some(step) = next {
            verified
                .step(&step)
                .map_err(|fault| fault.at_height(step.event.height))?;
            next = walker.next(&mut |_| Ok(()))?;
        }
        if walker.head() != Some(structure.head) {
            return Err(Refusal::Unreadable(std::io::Error::other(
                "the archive changed while it was read",
            )));
        }
        Ok(Some(verified))
    }

    /// One event after the ballots.
    fn step(&mut self, step: &Step) -> Result<(), Fault> {
        match step.event.kind {
            Kind::EndBallots => Ok(()),
            Kind::EncryptedTally => {
                let (hash, body) = record(step, 0);
                self.tally.is_published((hash, body), step.body(1))?;
                self.summary.encrypted_tally = Some(hex(hash));
                Ok(())
            }
            Kind::PartialDecryption => {
                let read = self.check_decryption(record(step, 0), step.body(1))?;
                self.summary.partial_decryptions.push(read.owner);
                self.summary.partial_decryptions.sort_unstable();
                self.decryptions.push(read);
                Ok(())
            }
            Kind::Result => {
                self.summary.result = Some(self.check_result(step.body(0))?);
                Ok(())
            }
            Kind::Shuffle | Kind::EndShuffles | Kind::Setup | Kind::Ballot => Err(Fault::new(
                Class::EventOrder,
                format!("{} has no place here", step.event.kind.name()),
            )),
        }
    }

    /// Checks a partial decryption (its document, and the one that says whose it is) when it is delivered.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check_decryption(
        &self,
        decryption: (&Hash, &[u8]),
        owned: &[u8],
    ) -> Result<PartialDecryption<G>, Fault> {
        let read = PartialDecryption::read(
            decryption,
            owned,
            &self.tally,
            &self.trustees,
            &self.election.fingerprint,
        )?;
        if self.decryptions.iter().any(|d| d.owner == read.owner) {
            return Err(
                Fault::new(Class::DecryptionDuplicate, "a trustee decrypted twice")
                    .at_trustee(read.owner),
            );
        }
        Ok(read)
    }

    /// Checks a document of a result.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check_result(&self, bytes: &[u8]) -> Result<Counts, Fault> {
        let opened = opened(&self.tally, &self.trustees, &self.decryptions)?;
        check_result::<G>(bytes, &opened, self.tally.weight())
    }

    /// What was verified.
    #[must_use]
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// The election.
    #[must_use]
    pub fn election(&self) -> &Election<G> {
        &self.election
    }

    /// Its trustees.
    #[must_use]
    pub fn trustees(&self) -> &Trustees<G> {
        &self.trustees
    }

    /// The tally of its ballots, computed from them.
    #[must_use]
    pub fn tally(&self) -> &EncryptedTally<G> {
        &self.tally
    }

    /// The result as its partial decryptions give it, published or not.
    ///
    /// # Errors
    /// Too few partial decryptions.
    pub fn result(&self) -> Result<Counts, Fault> {
        let opened = opened(&self.tally, &self.trustees, &self.decryptions)?;
        count::<G>(&opened, self.tally.weight())
    }
}

fn record(step: &Step, at: usize) -> (&Hash, &[u8]) {
    const NONE: &Hash = &[0; 32];
    step.records
        .get(at)
        .map_or((NONE, &[]), |(hash, body)| (hash, body))
}

fn summary<G: Group>(
    opening: &Opening<G>,
    structure: &Structure,
    tally: &EncryptedTally<G>,
) -> Summary {
    Summary {
        uuid: opening.election.uuid.clone(),
        name: opening.election.name.clone(),
        group: G::NAME,
        fingerprint: opening.election.fingerprint.clone(),
        trustees: opening.trustees.count(),
        voters: opening.voters.count(),
        weighted: opening.voters.weighted(),
        ballots: structure.ballots,
        voted: tally.ballots(),
        total_weight: tally.weight(),
        events: structure.events,
        last_event_type: structure.last.name(),
        last_event: hex(&structure.head),
        encrypted_tally: None,
        partial_decryptions: Vec::new(),
        result: None,
    }
}
