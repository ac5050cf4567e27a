//! What a threshold group publishes.

use super::message::{Certificate, Signed, SignedText, inner};
use crate::fault::{Class, Fault};
use crate::group::{Group, element_text, parse_member};
use crate::json;
use crate::trustee::{MAX_TRUSTEES, PublicKey, PublicKeyText, too_many};
use serde::Deserialize;

/// The published part of a key generation, all checked.
#[derive(Clone, Debug)]
pub struct Parameters<G: Group> {
    /// Members who are enough to decrypt.
    pub threshold: usize,
    pub(crate) certificates: Vec<Certificate<G>>,
    pub(crate) commitments: Vec<Commitments<G>>,
    /// The members' public keys.
    pub verification_keys: Vec<PublicKey<G>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(remote = "Self")]
pub(crate) struct ParametersText {
    threshold: usize,
    certs: Vec<SignedText>,
    coefexps: Vec<SignedText>,
    verification_keys: Vec<PublicKeyText>,
}

json::objects!(ParametersText);

/// A member's commitments to the coefficients of its polynomial: A_k = g^(a_k), signed.
#[derive(Clone, Debug)]
pub(crate) struct Commitments<G: Group> {
    pub(crate) signed: Signed<G>,
    pub(crate) values: Vec<G::Element>,
}

#[derive(Deserialize)]
#[serde(remote = "Self")]
struct CommitmentsText {
    coefexps: Vec<String>,
}

json::objects!(CommitmentsText);

impl<G: Group> Commitments<G> {
    pub(crate) fn read(text: SignedText, by: &Certificate<G>) -> Result<Self, Fault> {
        let signed = Signed::read(text)?;
        if !signed.is_by(&by.verification) {
            return Err(Fault::new(
                Class::CoefexpsSignature,
                "the signature of a member's commitments doesn't hold",
            ));
        }
        let text: CommitmentsText = inner(&signed.message, "commitments to a polynomial")?;
        if text.coefexps.len() > MAX_TRUSTEES {
            return Err(too_many());
        }
        let values = text
            .coefexps
            .iter()
            .map(|text| {
                parse_member::<G>(text)
                    .map_err(|f| Fault::number(f, Class::TrusteeKey, "a commitment"))
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { signed, values })
    }

    /// Π A_k^(j^k): g to the polynomial's value at `member`.
    pub(crate) fn at(&self, member: usize) -> G::Element {
        let place = G::scalar(u64::try_from(member).unwrap_or(0));
        // Horner, from the last coefficient.
        self.values
            .iter()
            .rev()
            .fold(G::identity(), |value, a| G::mul(&G::pow(&value, &place), a))
    }
}

impl<G: Group> Parameters<G> {
    /// Reads and checks everything; `first` is the number of the first member among all trustees.
    pub(crate) fn read(text: ParametersText, first: usize) -> Result<Self, Fault> {
        let members = text.certs.len();
        let sizes = |detail: &str| Err(Fault::new(Class::ThresholdSizes, detail).at_trustee(first));
        if members == 0 {
            return sizes("a threshold group has no members");
        }
        if members > MAX_TRUSTEES {
            return Err(too_many());
        }
        if text.coefexps.len() != members || text.verification_keys.len() != members {
            return sizes("the lists of a threshold group differ in length");
        }
        if text.threshold == 0 || text.threshold > members {
            return Err(
                Fault::new(Class::ThresholdValue, "the threshold is not possible")
                    .at_trustee(first),
            );
        }
        let mut certificates = Vec::new();
        for (at, text) in text.certs.into_iter().enumerate() {
            certificates.push(Certificate::read(text).map_err(|f| f.at_trustee(first + at))?);
        }
        let mut commitments = Vec::new();
        for (at, (text, certificate)) in text.coefexps.into_iter().zip(&certificates).enumerate() {
            commitments
                .push(Commitments::read(text, certificate).map_err(|f| f.at_trustee(first + at))?);
        }
        let mut keys = Vec::new();
        for (at, text) in text.verification_keys.into_iter().enumerate() {
            keys.push(text.read().map_err(|f: Fault| f.at_trustee(first + at))?);
        }
        let parameters = Self {
            threshold: text.threshold,
            certificates,
            commitments,
            verification_keys: keys,
        };
        parameters.check(first)?;
        Ok(parameters)
    }

    fn check(&self, first: usize) -> Result<(), Fault> {
        for (at, commitments) in self.commitments.iter().enumerate() {
            if commitments.values.len() != self.threshold {
                return Err(Fault::new(
                    Class::ThresholdSizes,
                    "a member's polynomial has another length than the threshold",
                )
                .at_trustee(first + at));
            }
        }
        for (at, key) in self.verification_keys.iter().enumerate() {
            if self.key_of(at + 1) != key.key {
                return Err(Fault::new(
                    Class::VerificationKey,
                    "a member's key doesn't follow from the commitments",
                )
                .at_trustee(first + at));
            }
            key.check().map_err(|f| f.at_trustee(first + at))?;
        }
        Ok(())
    }

    /// Π_i Π_k A_ik^(j^k): the public key that a member must have.
    pub(crate) fn key_of(&self, member: usize) -> G::Element {
        self.commitments
            .iter()
            .fold(G::identity(), |product, c| G::mul(&product, &c.at(member)))
    }

    /// The group's part of the election's key: Π_i A_i0.
    #[must_use]
    pub fn public_key(&self) -> G::Element {
        self.commitments
            .iter()
            .filter_map(|c| c.values.first())
            .fold(G::identity(), |product, a| G::mul(&product, a))
    }

    /// Reads a document of threshold parameters.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        Self::read(inner(text, "threshold parameters")?, 1)
    }

    /// The document.
    #[must_use]
    pub fn text(&self) -> String {
        format!(
            "{{\"threshold\":{},\"certs\":{},\"coefexps\":{},\"verification_keys\":{}}}",
            self.threshold,
            json::array(self.certificates.iter().map(Certificate::text)),
            json::array(self.commitments.iter().map(|c| c.signed.text().to_string())),
            json::array(self.verification_keys.iter().map(PublicKey::text))
        )
    }
}

/// g^(a_k) of a dealer, to be signed.
pub(crate) fn commitments_message<G: Group>(values: &[G::Element]) -> String {
    format!(
        "{{\"coefexps\":{}}}",
        json::array(
            values
                .iter()
                .map(|a| format!("\"{}\"", element_text::<G>(a)))
        )
    )
}
