//! The list of public credentials, read piece by piece.

use crate::credential::weight;
use crate::fault::{Class, Fault};
use crate::group::{Group, Membership};
use crate::hash::{Hash, sha256};
use crate::list::Texts;
use rand::CryptoRng;
use std::collections::HashMap;

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

/// Reads the list of `key` or `key,weight`.
pub(crate) struct ListReader<G: Group> {
    texts: Texts,
    taken: Taken<G>,
}

/// What was read of the list.
struct Taken<G: Group> {
    voters: Voters,
    members: Membership<G>,
    one_by_one: bool,
}

impl<G: Group> ListReader<G> {
    pub(crate) fn new(one_by_one: bool) -> Self {
        Self {
            texts: Texts::new(),
            taken: Taken {
                voters: Voters::default(),
                members: Membership::new(),
                one_by_one,
            },
        }
    }

    pub(crate) fn piece(&mut self, bytes: &[u8], random: &mut impl CryptoRng) -> Result<(), Fault> {
        let taken = &mut self.taken;
        self.texts
            .piece(bytes, &mut |text| taken.take(text, random))
    }

    /// The voters, and what is left to be tested for membership.
    pub(crate) fn finish(self) -> Result<(Voters, Membership<G>), Fault> {
        self.texts.end()?;
        Ok((self.taken.voters, self.taken.members))
    }
}

impl<G: Group> Taken<G> {
    fn take(&mut self, text: &str, random: &mut impl CryptoRng) -> Result<(), Fault> {
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
}
