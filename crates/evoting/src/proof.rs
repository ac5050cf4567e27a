//! Zero-knowledge proofs (§4.11 – §4.18).
//!
//! All of them have one shape: who knows x with X = g^x commits to A = g^w, gets the challenge c from a hash, answers w − x·c; a
//! verifier recomputes A = g^response · X^c and hashes again.

use crate::fault::{Class, Fault};
use crate::group::{Group, MAX_DIGITS, element_text};
use crate::hash::challenge;
use crate::json;
use crate::secret::Secret;
use rand::CryptoRng;
use serde::Deserialize;

/// Challenge and response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof<G: Group> {
    /// What the hash asked.
    pub challenge: G::Scalar,
    /// What was answered.
    pub response: G::Scalar,
}

/// A proof as it is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(remote = "Self")]
pub(crate) struct ProofText {
    challenge: String,
    response: String,
}

json::objects!(ProofText);

impl ProofText {
    /// The document again.
    pub(crate) fn text(&self) -> String {
        format!(
            "{{\"challenge\":{},\"response\":{}}}",
            json::string(&self.challenge),
            json::string(&self.response)
        )
    }

    pub(crate) fn read<G: Group>(&self) -> Result<Proof<G>, Fault> {
        Proof::parse(&self.challenge, &self.response)
    }
}

impl<G: Group> Proof<G> {
    pub(crate) fn parse(challenge: &str, response: &str) -> Result<Self, Fault> {
        let scalar = |text, what| {
            G::parse_scalar(text).map_err(|fault| Fault::number(fault, Class::ScalarRange, what))
        };
        Ok(Self {
            challenge: scalar(challenge, "challenge")?,
            response: scalar(response, "response")?,
        })
    }

    pub(crate) fn write(&self, out: &mut String) {
        out.push_str("{\"challenge\":\"");
        G::write_scalar(&self.challenge, out);
        out.push_str("\",\"response\":\"");
        G::write_scalar(&self.response, out);
        out.push_str("\"}");
    }

    pub(crate) fn text(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    /// `w − secret · challenge`.
    pub(crate) fn respond(w: &Secret<G>, secret: &Secret<G>, challenge: G::Scalar) -> Self {
        let product = Secret::<G>::new(G::scalar_mul(secret.expose(), &challenge));
        Self {
            response: G::scalar_sub(w.expose(), product.expose()),
            challenge,
        }
    }

    /// Shows knowledge of the logarithm of g^secret: keys ("pok|…"), signatures of trustees ("sigmsg|…") and of ballots ("sig|…").
    pub(crate) fn of_knowledge(
        secret: &Secret<G>,
        prefix: &str,
        random: &mut impl CryptoRng,
    ) -> Self {
        let w = Secret::new(G::random_scalar(random));
        let commitment = element_text::<G>(&G::pow_secret(&G::generator(), w.expose()));
        Self::respond(&w, secret, challenge::<G>(prefix, &[commitment]))
    }

    /// Checks knowledge of the logarithm of `public`.
    pub(crate) fn shows_knowledge(&self, public: &G::Element, prefix: &str) -> bool {
        let commitment = self.commitment(&G::generator(), public);
        challenge::<G>(prefix, &[element_text::<G>(&commitment)]) == self.challenge
    }

    /// `base^response · public^challenge`.
    pub(crate) fn commitment(&self, base: &G::Element, public: &G::Element) -> G::Element {
        G::mul(
            &G::pow(base, &self.response),
            &G::pow(public, &self.challenge),
        )
    }

    /// Shows that log_g(g^secret) = log_base(base^secret).
    pub(crate) fn of_equality(
        secret: &Secret<G>,
        base: &G::Element,
        prefix: &str,
        random: &mut impl CryptoRng,
    ) -> Self {
        let w = Secret::new(G::random_scalar(random));
        let commitments = [G::generator(), base.clone()]
            .map(|base| element_text::<G>(&G::pow_secret(&base, w.expose())));
        Self::respond(&w, secret, challenge::<G>(prefix, &commitments))
    }

    /// Checks that log_g(public) = log_base(power).
    pub(crate) fn shows_equality(
        &self,
        public: &G::Element,
        base: &G::Element,
        power: &G::Element,
        prefix: &str,
    ) -> bool {
        let commitments = [
            self.commitment(&G::generator(), public),
            self.commitment(base, power),
        ];
        challenge::<G>(prefix, &G::element_texts(&commitments)) == self.challenge
    }
}

/// The sum of challenges.
pub(crate) fn sum<'a, G: Group>(proofs: impl IntoIterator<Item = &'a Proof<G>>) -> G::Scalar {
    proofs.into_iter().fold(G::scalar(0), |sum, proof| {
        G::scalar_add(&sum, &proof.challenge)
    })
}

/// Knowledge of the key: the prefix of the hash.
pub(crate) fn pok_prefix<G: Group>(public: &G::Element) -> String {
    format!("pok|{}|{}|", G::NAME, element_text::<G>(public))
}

/// Partial decryption: the prefix of the hash.
pub(crate) fn decrypt_prefix<G: Group>(fingerprint: &str, public: &G::Element) -> String {
    format!("decrypt|{fingerprint}|{}|", element_text::<G>(public))
}

/// A private key as its file holds it: the decimal number in quotes.
#[must_use]
pub fn secret_text<G: Group>(secret: &Secret<G>) -> zeroize::Zeroizing<String> {
    let mut text = zeroize::Zeroizing::new(String::with_capacity(MAX_DIGITS + 2));
    text.push('"');
    G::write_scalar(secret.expose(), &mut text);
    text.push('"');
    text
}
