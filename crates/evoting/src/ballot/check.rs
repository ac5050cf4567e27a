//! Checking ballots.

use super::plan::Plan;
use super::{Ciphertext, UnverifiedBallot};
use crate::election::Election;
use crate::fault::{Class, Fault};
use crate::group::Group;
use crate::tally::EncryptedTally;

/// A ballot whose signature and proofs hold, by a credential that is listed. [`BallotCheck`] alone makes one.
#[derive(Clone, Debug)]
pub struct Ballot<G: Group> {
    pub(crate) tracker: String,
    pub(crate) credential: String,
    pub(crate) choices: Vec<Vec<Ciphertext<G>>>,
}

impl<G: Group> Ballot<G> {
    /// The tracker, what its voter looks for in the box: SHA-256 of the whole ballot, Base64 without padding.
    #[must_use]
    pub fn tracker(&self) -> &str {
        &self.tracker
    }

    /// The canonical text of the public credential.
    #[must_use]
    pub fn credential(&self) -> &str {
        &self.credential
    }

    /// The ciphertexts: a list per question, in it one per slot, blank first where it is allowed.
    #[must_use]
    pub fn choices(&self) -> &[Vec<Ciphertext<G>>] {
        &self.choices
    }
}

/// What checks the ballots of one election.
pub struct BallotCheck<'e, G: Group> {
    election: &'e Election<G>,
    tables: G::PublicTables,
}

/// A ballot that was read, waiting for its powers.
pub(crate) struct Prepared<G: Group> {
    plan: Plan<G>,
    credential: G::Element,
    ballot: Ballot<G>,
}

impl<G: Group> Prepared<G> {
    /// Text of the public credential.
    pub(crate) fn credential(&self) -> &str {
        &self.ballot.credential
    }
}

/// A ballot whose proofs hold if all these elements are in the group.
pub(crate) struct Judged<G: Group> {
    pub(crate) ballot: Ballot<G>,
}

/// What checking a ballot costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Powers of bases that differ from ballot to ballot, those of membership tests not counted.
    pub powers: usize,
    /// Powers of the generator and of the key.
    pub fixed_powers: usize,
    /// Elements whose membership is tested.
    pub members: usize,
}

impl<'e, G: Group> BallotCheck<'e, G> {
    /// Prepares tables of the election's key.
    #[must_use]
    pub fn new(election: &'e Election<G>) -> Self {
        Self {
            election,
            tables: G::public_tables(&election.key),
        }
    }

    /// Checks one ballot when it is cast: everything that the closing audit will check (§4.11 – §4.15), and what would let the count of all
    /// ballots fail later. `listed` says whether a public credential, given as its canonical text, is one of the election. Whether the same
    /// bytes were cast before is known to the box alone ([`has_ballot`](crate::verify::Structure::has_ballot)).
    ///
    /// # Errors
    /// The first thing that is wrong, with the ballot's tracker, and question and slot where it is in one.
    pub fn cast(&self, bytes: &[u8], listed: impl Fn(&str) -> bool) -> Result<Ballot<G>, Fault> {
        let prepared = self.prepare(bytes, listed)?;
        let judged = self.judge(vec![prepared]).pop();
        let judged = judged.ok_or_else(|| Fault::new(Class::BallotJson, "no ballot"))??;
        self.members(&judged.ballot)?;
        Ok(judged.ballot)
    }

    /// What checking this ballot costs.
    ///
    /// # Errors
    /// A ballot that can't be read.
    pub fn cost(&self, bytes: &[u8]) -> Result<Cost, Fault> {
        let prepared = self.prepare(bytes, |_| true)?;
        let wanted = || prepared.plan.jobs.iter().flat_map(|job| &job.wanted);
        Ok(Cost {
            powers: prepared.plan.products(),
            fixed_powers: wanted()
                .map(|w| usize::from(w.generator.is_some()) + usize::from(w.key.is_some()))
                .sum(),
            members: prepared.ballot.choices.iter().flatten().count() * 2,
        })
    }

    /// The powers of these ballots alone, without reading, hashing and comparing: to measure what the rest adds. The answer computes
    /// them and says how many products they were.
    ///
    /// # Errors
    /// A ballot that can't be read.
    pub fn bare(&self, ballots: &[&[u8]]) -> Result<impl FnOnce() -> usize, Fault> {
        let mut jobs = Vec::new();
        for bytes in ballots {
            jobs.extend(self.prepare(bytes, |_| true)?.plan.jobs);
        }
        Ok(move || G::powers(&self.tables, &jobs).len())
    }

    /// The tally of no ballot.
    pub(crate) fn empty_tally(&self) -> EncryptedTally<G> {
        EncryptedTally::empty(&self.election.questions)
    }

    /// Reads a ballot and plans what must be computed.
    pub(crate) fn prepare(
        &self,
        bytes: &[u8],
        listed: impl Fn(&str) -> bool,
    ) -> Result<Prepared<G>, Fault> {
        let ballot = UnverifiedBallot::parse(bytes, self.election)?;
        let fault = |class, detail: &str| Err(Fault::new(class, detail).at_ballot(&ballot.tracker));
        if !listed(ballot.credential) {
            return fault(Class::UnknownCredential, "the credential is not listed");
        }
        if ballot.uuid != self.election.uuid {
            return fault(Class::BallotUuid, "the ballot is for another election");
        }
        if ballot.election_hash != self.election.fingerprint {
            return fault(
                Class::BallotElectionHash,
                "the ballot is for another version of the election document",
            );
        }
        if ballot.signed_hash != ballot.hash {
            return fault(Class::BallotHash, "the signed hash is not the ballot's");
        }
        let credential = G::parse_element(ballot.credential).map_err(|f| {
            Fault::number(f, Class::GroupElement, "the credential").at_ballot(&ballot.tracker)
        })?;
        Ok(Prepared {
            plan: Plan::new(&ballot, &credential, &self.election.questions),
            credential,
            ballot: Ballot {
                tracker: ballot.tracker,
                credential: ballot.credential.to_owned(),
                choices: ballot.answers.into_iter().map(|a| a.choices).collect(),
            },
        })
    }

    /// Computes the powers of many ballots together and compares their hashes. Membership is left to the caller; where a proof
    /// fails, it is tested here, since a number outside the group is the better reason.
    pub(crate) fn judge(&self, prepared: Vec<Prepared<G>>) -> Vec<Result<Judged<G>, Fault>> {
        let jobs: Vec<_> = prepared
            .iter()
            .flat_map(|p| p.plan.jobs.iter().cloned())
            .collect();
        let texts = G::element_texts(&G::powers(&self.tables, &jobs));
        let mut rest = texts.as_slice();
        prepared
            .into_iter()
            .map(|p| {
                let (own, others) = rest
                    .split_at_checked(p.plan.products())
                    .unwrap_or((&[], &[]));
                rest = others;
                match p.plan.judge(own) {
                    Ok(()) => Ok(Judged { ballot: p.ballot }),
                    Err(fault) => {
                        self.members(&p.ballot)?;
                        if !G::is_member(&p.credential) {
                            return Err(outside(&p.ballot, "the credential"));
                        }
                        Err(fault.at_ballot(&p.ballot.tracker))
                    }
                }
            })
            .collect()
    }

    /// Tests the ciphertexts of one ballot for membership.
    pub(crate) fn members(&self, ballot: &Ballot<G>) -> Result<(), Fault> {
        for (question, slots) in ballot.choices.iter().enumerate() {
            for (slot, ciphertext) in slots.iter().enumerate() {
                if !G::is_member(&ciphertext.alpha) || !G::is_member(&ciphertext.beta) {
                    return Err(outside(ballot, "a ciphertext")
                        .at_question(question + 1)
                        .at_slot(slot + 1));
                }
            }
        }
        Ok(())
    }
}

fn outside<G: Group>(ballot: &Ballot<G>, what: &str) -> Fault {
    Fault::new(Class::GroupElement, format!("{what} is outside the group"))
        .at_ballot(&ballot.tracker)
}
