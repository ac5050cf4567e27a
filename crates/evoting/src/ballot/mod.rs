//! Ballots (§4.11 – §4.15).
//!
//! A ballot's text becomes an [`UnverifiedBallot`] when it is canonical and has the shape of the election's questions; only
//! [`BallotCheck`] makes a [`Ballot`] of it, by checking signature and proofs. [`Encryptor`] makes ballots.
//!
//! ```json
//! {"election_uuid":"…","election_hash":"FINGERPRINT","credential":"g^s","answers":[ANSWER,…],
//!  "signature":{"hash":"…","proof":{"challenge":"…","response":"…"}}}
//! ```
//!
//! in one line, without any space. An ANSWER to a question of n slots holds, in this order:
//!
//! | field | how many | says |
//! |---|---|---|
//! | `choices` | n ciphertexts `{"alpha":"g^r","beta":"y^r·g^m"}` | the vote |
//! | `individual_proofs` | n times 2 members | each slot holds 0 or 1 |
//! | `overall_proof` | max − min + 1 members, and one more where blank is allowed | the slots' sum is from min to max, or the vote is blank |
//! | `blank_proof` | 2 members, only where blank is allowed | not blank, or nothing else chosen |
//!
//! A *member* is one claim with its challenge and response; the challenges of all members together must be the hash. Every hash begins with
//! the fingerprint and the credential, so no proof fits another election or another voter's ballot; the signature is over all of it, so no
//! answer fits another place.
//!
//! Checking raises numbers to powers, and little else counts ([`BallotCheck::cost`]): each member needs a power of α and one of β. Since
//! (β / g^m)^c = β^c · g^(−m·c), all members of one ciphertext share the bases, and each base is squared through once.

mod check;
mod encrypt;
mod plan;
mod read;

pub(crate) use check::Prepared;
pub use check::{Ballot, BallotCheck, Cost};
pub use encrypt::{ChoiceFault, Encryptor};
pub use read::UnverifiedBallot;

use crate::group::{Group, element_text};
use crate::json;
use serde::Deserialize;

/// Bytes of a ballot.
pub const MAX_BALLOT_BYTES: usize = 32 << 20;

/// An ElGamal ciphertext: (g^r, y^r · g^m).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ciphertext<G: Group> {
    /// g^r.
    pub alpha: G::Element,
    /// y^r · g^m.
    pub beta: G::Element,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(remote = "Self")]
pub(crate) struct CiphertextText {
    pub(crate) alpha: String,
    pub(crate) beta: String,
}

json::objects!(CiphertextText);

impl<G: Group> Ciphertext<G> {
    /// The ciphertext of zero with r = 0, which changes no product.
    #[must_use]
    pub fn neutral() -> Self {
        Self {
            alpha: G::identity(),
            beta: G::identity(),
        }
    }

    /// The ciphertext of the sum.
    #[must_use]
    pub fn mul(&self, other: &Self) -> Self {
        Self {
            alpha: G::mul(&self.alpha, &other.alpha),
            beta: G::mul(&self.beta, &other.beta),
        }
    }

    pub(crate) fn pow(&self, weight: u64) -> Self {
        if weight == 1 {
            return self.clone();
        }
        let weight = G::scalar(weight);
        Self {
            alpha: G::pow(&self.alpha, &weight),
            beta: G::pow(&self.beta, &weight),
        }
    }

    pub(crate) fn text(&self) -> String {
        format!(
            "{{\"alpha\":\"{}\",\"beta\":\"{}\"}}",
            element_text::<G>(&self.alpha),
            element_text::<G>(&self.beta)
        )
    }
}

/// One list of ciphertexts per question.
pub(crate) fn ciphertexts_text<G: Group>(questions: &[Vec<Ciphertext<G>>]) -> String {
    json::array(
        questions
            .iter()
            .map(|slots| json::array(slots.iter().map(Ciphertext::text))),
    )
}
