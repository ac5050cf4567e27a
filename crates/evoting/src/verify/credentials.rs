//! The list of public credentials, read piece by piece.

use crate::credential::weight;
use crate::fault::{Class, Fault};
use crate::group::{Group, Membership};
use crate::hash::{Hash, sha256};
use rand::CryptoRng;
use std::collections::HashMap;

/// Bytes of one entry: a number of 617 digits and a weight.
const MAX_ENTRY_BYTES: usize = 700;

/// Who may vote, and how much each vote counts. Keeps a hash per voter.
#[derive(Clone, Debug, Default)]
pub struct Voters {
    weights: HashMap<Hash, u64>,
    weighted: bool,
}

impl Voters {
    /// The weight of a public credential, given as its canonical text; `None` if it is not listed.
    #[must_use]
    pub fn weight(&self, credential: &str) -> Option<u64> {
        self.weights.get(&sha256(credential.as_bytes())).copied()
    }

    /// How many credentials there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        u64::try_from(self.weights.len()).unwrap_or(u64::MAX)
    }

    /// Do they carry weights?
    #[must_use]
    pub fn weighted(&self) -> bool {
        self.weighted
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Start,
    /// After `[`: an entry or the end.
    First,
    /// After a comma: an entry.
    Entry,
    /// Inside an entry.
    Inside,
    /// After an entry: a comma or the end.
    After,
    End,
}

/// Reads the JSON array of `key` or `key,weight`.
pub(crate) struct ListReader<G: Group> {
    at: At,
    entry: Vec<u8>,
    voters: Voters,
    members: Membership<G>,
    one_by_one: bool,
}

fn format(detail: &str) -> Fault {
    Fault::new(Class::CredentialFormat, detail)
}

impl<G: Group> ListReader<G> {
    pub(crate) fn new(one_by_one: bool) -> Self {
        Self {
            at: At::Start,
            entry: Vec::new(),
            voters: Voters::default(),
            members: Membership::new(),
            one_by_one,
        }
    }

    pub(crate) fn piece(&mut self, bytes: &[u8], random: &mut impl CryptoRng) -> Result<(), Fault> {
        for byte in bytes {
            self.at = match (self.at, byte) {
                (At::Inside, b'"') => {
                    self.take(random)?;
                    At::After
                }
                (At::Inside, byte) => {
                    if *byte == b'\\' || *byte < 0x20 || self.entry.len() >= MAX_ENTRY_BYTES {
                        return Err(format(
                            "an entry of the list of credentials is no credential",
                        ));
                    }
                    self.entry.push(*byte);
                    At::Inside
                }
                (at, b' ' | b'\n' | b'\r' | b'\t') => at,
                (At::Start, b'[') => At::First,
                (At::First | At::Entry, b'"') => At::Inside,
                (At::First | At::After, b']') => At::End,
                (At::After, b',') => At::Entry,
                _ => return Err(format("the list of credentials is no list of texts")),
            };
        }
        Ok(())
    }

    fn take(&mut self, random: &mut impl CryptoRng) -> Result<(), Fault> {
        let entry = std::mem::take(&mut self.entry);
        let text = std::str::from_utf8(&entry).map_err(|_| format("a credential is no text"))?;
        let (key, own) = match text.split_once(',') {
            None => (text, None),
            Some((key, own)) => (key, Some(weight(own)?)),
        };
        let which = || key.get(..20).unwrap_or(key).to_owned();
        let element = G::parse_element(key)
            .map_err(|f| Fault::number(f, Class::CredentialGroup, "a credential"))?;
        if !self.one_by_one {
            self.members.add(&element, random);
        } else if !G::is_member(&element) {
            return Err(Fault::new(
                Class::CredentialGroup,
                format!("a credential is outside the group: {}…", which()),
            ));
        }
        self.voters.weighted |= own.is_some();
        let before = self
            .voters
            .weights
            .insert(sha256(key.as_bytes()), own.unwrap_or(1));
        if before.is_some() {
            return Err(Fault::new(
                Class::DuplicateCredential,
                format!("a credential is listed twice: {}…", which()),
            ));
        }
        Ok(())
    }

    /// The voters, and what is left to be tested for membership.
    pub(crate) fn finish(self) -> Result<(Voters, Membership<G>), Fault> {
        if self.at != At::End {
            return Err(format("the list of credentials ends early"));
        }
        Ok((self.voters, self.members))
    }
}
