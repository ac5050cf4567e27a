//! The sum of the ballots, its decryption and the result (§4.16, §4.18, §4.19).

mod decryption;
mod result;

pub use decryption::PartialDecryption;
#[cfg(test)]
pub(crate) use decryption::lagrange;
pub(crate) use decryption::opened;
pub use result::{Counts, result_text};
pub(crate) use result::{check_result, count};

use crate::ballot::{Ballot, Ciphertext, CiphertextText, ciphertexts_text};
use crate::credential::MAX_WEIGHT;
use crate::election::Question;
use crate::fault::{Class, Fault};
use crate::group::{Group, element_text};
use crate::hash::{Hash, hex, sha256};
use crate::json;
use serde::Deserialize;

/// The product of all counted ballots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncryptedTally<G: Group> {
    /// A ciphertext per slot, a list per question.
    pub ciphertexts: Vec<Vec<Ciphertext<G>>>,
    /// Ballots that count: the last one of each credential.
    pub ballots: u64,
    /// Sum of their weights.
    pub weight: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SizedText {
    num_tallied: u64,
    total_weight: serde_json::Value,
    encrypted_tally: String,
}

impl<G: Group> EncryptedTally<G> {
    /// The tally of no ballot.
    #[must_use]
    pub fn empty(questions: &[Question]) -> Self {
        Self {
            ciphertexts: questions
                .iter()
                .map(|question| vec![Ciphertext::neutral(); question.slots()])
                .collect(),
            ballots: 0,
            weight: 0,
        }
    }

    /// Adds a verified ballot.
    pub(crate) fn count(&mut self, ballot: &Ballot<G>, weight: u64) -> Result<(), Fault> {
        for (sum, slots) in self.ciphertexts.iter_mut().zip(&ballot.choices) {
            for (sum, slot) in sum.iter_mut().zip(slots) {
                *sum = sum.mul(&slot.pow(weight));
            }
        }
        self.ballots += 1;
        self.weight = sum_of_weights(self.weight, weight)?;
        Ok(())
    }

    /// Adds another part of the same tally.
    pub(crate) fn add(&mut self, other: &Self) -> Result<(), Fault> {
        for (sum, slots) in self.ciphertexts.iter_mut().zip(&other.ciphertexts) {
            for (sum, slot) in sum.iter_mut().zip(slots) {
                *sum = sum.mul(slot);
            }
        }
        self.ballots += other.ballots;
        self.weight = sum_of_weights(self.weight, other.weight)?;
        Ok(())
    }

    /// The two documents: the ciphertexts, and how many ballots they are of.
    #[must_use]
    pub fn texts(&self) -> [String; 2] {
        let tally = ciphertexts_text(&self.ciphertexts);
        let sized = format!(
            "{{\"num_tallied\":{},\"total_weight\":{},\"encrypted_tally\":\"{}\"}}",
            self.ballots,
            json::weight(self.weight),
            hex(&sha256(tally.as_bytes()))
        );
        [tally, sized]
    }

    /// Compares published documents with this tally, which was computed from the ballots.
    pub(crate) fn is_published(&self, tally: (&Hash, &[u8]), sized: &[u8]) -> Result<(), Fault> {
        let differs = || {
            Fault::new(
                Class::EncryptedTally,
                "the published tally is not the sum of the ballots",
            )
        };
        let sized: SizedText = serde_json::from_slice(sized)
            .map_err(|e| Fault::new(Class::TallyShape, format!("not a tally's size: {e}")))?;
        if sized.encrypted_tally != hex(tally.0) {
            return Err(Fault::new(
                Class::HashNotFound,
                "the tally's size names another tally",
            ));
        }
        let published: Vec<Vec<CiphertextText>> = serde_json::from_slice(tally.1)
            .map_err(|e| Fault::new(Class::TallyShape, format!("not a tally: {e}")))?;
        if published.len() != self.ciphertexts.len() {
            return Err(Fault::new(
                Class::TallyShape,
                "another number of questions in the tally",
            ));
        }
        for (at, (published, own)) in published.iter().zip(&self.ciphertexts).enumerate() {
            if published.len() != own.len() {
                return Err(
                    Fault::new(Class::TallyShape, "another number of slots in the tally")
                        .at_question(at + 1),
                );
            }
            for (slot, (published, own)) in published.iter().zip(own).enumerate() {
                let same = published.alpha == element_text::<G>(&own.alpha)
                    && published.beta == element_text::<G>(&own.beta);
                if !same {
                    return Err(differs().at_question(at + 1).at_slot(slot + 1));
                }
            }
        }
        if sized.num_tallied != self.ballots
            || json::weight_from(&sized.total_weight) != Some(self.weight)
        {
            return Err(differs());
        }
        Ok(())
    }

    fn same_shape<T>(&self, other: &[Vec<T>]) -> bool {
        other.len() == self.ciphertexts.len()
            && other
                .iter()
                .zip(&self.ciphertexts)
                .all(|(a, b)| a.len() == b.len())
    }
}

fn sum_of_weights(a: u64, b: u64) -> Result<u64, Fault> {
    a.checked_add(b)
        .filter(|sum| *sum <= MAX_WEIGHT)
        .ok_or_else(|| Fault::new(Class::TallyShape, "the weights are too large to add up"))
}
