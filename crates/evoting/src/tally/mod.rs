//! The sum of the ballots, its decryption and the result (§4.16, §4.18, §4.19).
//!
//! Of each credential the last ballot counts. Slot by slot their ciphertexts are multiplied, each raised to its voter's weight: the product
//! holds the sum of what they hold. With no ballot it is (1, 1).
//!
//! A trustee with the key x contributes α^x of each slot and a proof that it is the x of X = g^x ([`PartialDecryption`]). What all contributed is taken off
//! β (of a threshold group the first members that are enough, with Lagrange's coefficients), and g^count is left. The count is at most the sum of
//! the weights, so it can be looked for; who verifies only raises g to the count that was published.

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
use crate::group::{Group, NumberFault, element_text};
use crate::hash::{Hash, hex, sha256};
use crate::json;
use serde::Deserialize;

/// The product of all counted ballots (§4.16). Nobody makes one by hand: what trustees open is what was added up of checked ballots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncryptedTally<G: Group> {
    pub(crate) ciphertexts: Vec<Vec<Ciphertext<G>>>,
    ballots: u64,
    weight: u64,
}

#[derive(Deserialize)]
#[serde(remote = "Self")]
struct SizedText {
    num_tallied: serde_json::Value,
    total_weight: serde_json::Value,
    encrypted_tally: String,
}

json::objects!(SizedText);

impl<G: Group> EncryptedTally<G> {
    /// A ciphertext per slot, a list per question.
    #[must_use]
    pub fn ciphertexts(&self) -> &[Vec<Ciphertext<G>>] {
        &self.ciphertexts
    }

    /// Ballots that count: the last one of each credential.
    #[must_use]
    pub fn ballots(&self) -> u64 {
        self.ballots
    }

    /// Sum of their weights.
    #[must_use]
    pub fn weight(&self) -> u64 {
        self.weight
    }

    /// The tally of no ballot: each ciphertext is (1, 1).
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

    /// Adds a verified ballot. A sum of weights that is too large stays so: see [`Self::check_weight`].
    pub(crate) fn count(&mut self, ballot: &Ballot<G>, weight: u64) {
        for (sum, slots) in self.ciphertexts.iter_mut().zip(&ballot.choices) {
            for (sum, slot) in sum.iter_mut().zip(slots) {
                *sum = sum.mul(&slot.pow(weight));
            }
        }
        self.ballots += 1;
        self.weight = self.weight.saturating_add(weight);
    }

    /// Adds another part of the same tally.
    pub(crate) fn add(&mut self, other: &Self) {
        for (sum, slots) in self.ciphertexts.iter_mut().zip(&other.ciphertexts) {
            for (sum, slot) in sum.iter_mut().zip(slots) {
                *sum = sum.mul(slot);
            }
        }
        self.ballots += other.ballots;
        self.weight = self.weight.saturating_add(other.weight);
    }

    /// Is the sum of weights one that results can be found for? Too large a sum is the fault of no ballot.
    pub(crate) fn check_weight(&self) -> Result<(), Fault> {
        if self.weight > MAX_WEIGHT {
            return Err(Fault::too_large(format!(
                "the weights of the ballots add up to more than {MAX_WEIGHT}"
            )));
        }
        Ok(())
    }

    /// The two documents that an archive holds (§4.16): the ciphertexts, and how many ballots of which weight they are of.
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
                for (published, own) in
                    [(&published.alpha, &own.alpha), (&published.beta, &own.beta)]
                {
                    if *published != element_text::<G>(own) {
                        // A number in another spelling says so.
                        let fault = match G::parse_element(published) {
                            Ok(_) | Err(NumberFault::Element) => differs(),
                            Err(f) => {
                                Fault::number(f, Class::EncryptedTally, "a number of the tally")
                            }
                        };
                        return Err(fault.at_question(at + 1).at_slot(slot + 1));
                    }
                }
            }
        }
        if json::weight_from(&sized.num_tallied) != Some(self.ballots)
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
