//! The sum of the ballots, its decryption and the result (note, sections 8 – 10).

use crate::ballot::{Ballot, Ciphertext, CiphertextText, ciphertexts_text};
use crate::credential::MAX_WEIGHT;
use crate::election::Question;
use crate::fault::{Class, Fault};
use crate::group::{Group, element_text, parse_member};
use crate::hash::{Hash, hex, sha256};
use crate::json;
use crate::proof::{Proof, ProofText, decrypt_prefix};
use crate::secret::Secret;
use crate::trustee::{Trustee, Trustees};
use rand::CryptoRng;
use serde::Deserialize;
use std::collections::HashMap;

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

/// What one trustee contributes to opening the tally.
#[derive(Clone, Debug)]
pub struct PartialDecryption<G: Group> {
    /// Number of the trustee, from 1.
    pub owner: usize,
    factors: Vec<Vec<G::Element>>,
    proofs: Vec<Vec<Proof<G>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DecryptionText {
    decryption_factors: Vec<Vec<String>>,
    decryption_proofs: Vec<Vec<ProofText>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnedText {
    owner: usize,
    payload: String,
}

impl<G: Group> PartialDecryption<G> {
    /// Decrypts with a trustee's key, proving each factor.
    ///
    /// # Errors
    /// A number that no trustee has, or another trustee's key.
    pub fn new(
        owner: usize,
        secret: &Secret<G>,
        tally: &EncryptedTally<G>,
        trustees: &Trustees<G>,
        fingerprint: &str,
        random: &mut impl CryptoRng,
    ) -> Result<Self, Fault> {
        let public = public_key(trustees, owner)?;
        if G::pow_secret(&G::generator(), secret.expose()) != *public {
            return Err(
                Fault::new(Class::DecryptionOwner, "the key is another trustee's")
                    .at_trustee(owner),
            );
        }
        let prefix = decrypt_prefix::<G>(fingerprint, public);
        let mut factors = Vec::new();
        let mut proofs = Vec::new();
        for slots in &tally.ciphertexts {
            factors.push(
                slots
                    .iter()
                    .map(|c| G::pow_secret(&c.alpha, secret.expose()))
                    .collect(),
            );
            proofs.push(
                slots
                    .iter()
                    .map(|c| Proof::of_equality(secret, &c.alpha, &prefix, random))
                    .collect(),
            );
        }
        Ok(Self {
            owner,
            factors,
            proofs,
        })
    }

    /// Reads the two documents and checks everything against the tally.
    ///
    /// # Errors
    /// The first thing that is wrong, with the trustee's number.
    pub fn read(
        decryption: (&Hash, &[u8]),
        owned: &[u8],
        tally: &EncryptedTally<G>,
        trustees: &Trustees<G>,
        fingerprint: &str,
    ) -> Result<Self, Fault> {
        let owned: OwnedText = serde_json::from_slice(owned)
            .map_err(|e| Fault::new(Class::DecryptionShape, format!("not an owner: {e}")))?;
        if owned.payload != hex(decryption.0) {
            return Err(Fault::new(
                Class::HashNotFound,
                "the owner names another decryption",
            ));
        }
        let read =
            Self::parse(owned.owner, decryption.1, tally).map_err(|f| f.at_trustee(owned.owner))?;
        read.check(tally, trustees, fingerprint)?;
        Ok(read)
    }

    /// Reads a partial decryption that was delivered by `owner`; says nothing about its proofs.
    fn parse(owner: usize, bytes: &[u8], tally: &EncryptedTally<G>) -> Result<Self, Fault> {
        let text: DecryptionText = serde_json::from_slice(bytes).map_err(|e| {
            Fault::new(
                Class::DecryptionShape,
                format!("not a partial decryption: {e}"),
            )
        })?;
        if !tally.same_shape(&text.decryption_factors) || !tally.same_shape(&text.decryption_proofs)
        {
            return Err(Fault::new(
                Class::DecryptionShape,
                "another shape than the tally",
            ));
        }
        let factor = |text: &String| {
            parse_member::<G>(text)
                .map_err(|f| Fault::number(f, Class::GroupElement, "a decryption factor"))
        };
        let each = |list: &Vec<String>| list.iter().map(factor).collect::<Result<Vec<_>, _>>();
        let proofs = |list: &Vec<ProofText>| {
            list.iter()
                .map(ProofText::read)
                .collect::<Result<Vec<_>, _>>()
        };
        Ok(Self {
            owner,
            factors: text
                .decryption_factors
                .iter()
                .map(each)
                .collect::<Result<_, _>>()?,
            proofs: text
                .decryption_proofs
                .iter()
                .map(proofs)
                .collect::<Result<_, _>>()?,
        })
    }

    fn check(
        &self,
        tally: &EncryptedTally<G>,
        trustees: &Trustees<G>,
        fingerprint: &str,
    ) -> Result<(), Fault> {
        let public = public_key(trustees, self.owner)?;
        let prefix = decrypt_prefix::<G>(fingerprint, public);
        for (question, ((slots, factors), proofs)) in tally
            .ciphertexts
            .iter()
            .zip(&self.factors)
            .zip(&self.proofs)
            .enumerate()
        {
            for (slot, ((c, factor), proof)) in slots.iter().zip(factors).zip(proofs).enumerate() {
                if !proof.shows_equality(public, &c.alpha, factor, &prefix) {
                    return Err(Fault::new(
                        Class::DecryptionProof,
                        "a partial decryption is not shown to be right",
                    )
                    .at_trustee(self.owner)
                    .at_question(question + 1)
                    .at_slot(slot + 1));
                }
            }
        }
        Ok(())
    }

    /// The document of factors and proofs.
    #[must_use]
    pub fn text(&self) -> String {
        let factors = self
            .factors
            .iter()
            .map(|list| json::array(list.iter().map(|f| format!("\"{}\"", element_text::<G>(f)))));
        let proofs = self
            .proofs
            .iter()
            .map(|list| json::array(list.iter().map(Proof::text)));
        format!(
            "{{\"decryption_factors\":{},\"decryption_proofs\":{}}}",
            json::array(factors),
            json::array(proofs)
        )
    }

    /// The two documents that an archive holds.
    #[must_use]
    pub fn texts(&self) -> [String; 2] {
        let text = self.text();
        let owned = owned_text(self.owner, text.as_bytes());
        [text, owned]
    }
}

/// Says whose a document is.
pub(crate) fn owned_text(owner: usize, document: &[u8]) -> String {
    format!(
        "{{\"owner\":{owner},\"payload\":\"{}\"}}",
        hex(&sha256(document))
    )
}

fn public_key<G: Group>(trustees: &Trustees<G>, owner: usize) -> Result<&G::Element, Fault> {
    trustees
        .keys()
        .get(owner.wrapping_sub(1))
        .map(|key| &key.key)
        .ok_or_else(|| {
            Fault::new(Class::DecryptionOwner, "a partial decryption by nobody").at_trustee(owner)
        })
}

/// λ_δ = Π k / (k − δ) over the other members: the share of a member's factor in the group's.
pub(crate) fn lagrange<G: Group>(member: usize, chosen: &[usize]) -> G::Scalar {
    let scalar = |value: usize| G::scalar(u64::try_from(value).unwrap_or(0));
    let own = scalar(member);
    let (mut above, mut below) = (G::scalar(1), G::scalar(1));
    for other in chosen.iter().filter(|other| **other != member) {
        above = G::scalar_mul(&above, &scalar(*other));
        below = G::scalar_mul(&below, &G::scalar_sub(&scalar(*other), &own));
    }
    G::scalar_mul(&above, &G::scalar_invert(&below))
}

/// g to the count of each slot: what is left when all factors are taken off.
pub(crate) fn opened<G: Group>(
    tally: &EncryptedTally<G>,
    trustees: &Trustees<G>,
    decryptions: &[PartialDecryption<G>],
) -> Result<Vec<Vec<G::Element>>, Fault> {
    let of = |owner: usize| decryptions.iter().find(|d| d.owner == owner);
    let mut parts: Vec<(&PartialDecryption<G>, Option<G::Scalar>)> = Vec::new();
    let mut first = 1;
    for trustee in trustees.entries() {
        match trustee {
            Trustee::Single(_) => {
                let part = of(first).ok_or_else(|| {
                    Fault::new(Class::DecryptionMissing, "a trustee didn't decrypt")
                        .at_trustee(first)
                })?;
                parts.push((part, None));
            }
            Trustee::Pedersen(group) => {
                let chosen: Vec<usize> = (1..=trustee.count())
                    .filter(|member| of(first + member - 1).is_some())
                    .take(group.threshold)
                    .collect();
                if chosen.len() < group.threshold {
                    return Err(Fault::new(
                        Class::DecryptionMissing,
                        "fewer members of a threshold group decrypted than are needed",
                    )
                    .at_trustee(first));
                }
                for member in &chosen {
                    let part = of(first + member - 1);
                    parts.extend(part.map(|part| (part, Some(lagrange::<G>(*member, &chosen)))));
                }
            }
        }
        first += trustee.count();
    }
    let mut out = Vec::new();
    for (question, slots) in tally.ciphertexts.iter().enumerate() {
        let mut values = Vec::new();
        for (slot, ciphertext) in slots.iter().enumerate() {
            let mut product = G::identity();
            for (part, coefficient) in &parts {
                let factor = part
                    .factors
                    .get(question)
                    .and_then(|list| list.get(slot))
                    .ok_or_else(|| {
                        Fault::new(Class::DecryptionShape, "another shape than the tally")
                    })?;
                let factor = match coefficient {
                    None => factor.clone(),
                    Some(coefficient) => G::pow(factor, coefficient),
                };
                product = G::mul(&product, &factor);
            }
            values.push(G::mul(&ciphertext.beta, &G::invert(&product)));
        }
        out.push(values);
    }
    Ok(out)
}

/// Counts per slot, a list per question.
pub type Counts = Vec<Vec<u64>>;

/// The document of a result.
#[must_use]
pub fn result_text(counts: &Counts) -> String {
    format!(
        "{{\"result\":{}}}",
        json::array(
            counts
                .iter()
                .map(|list| json::array(list.iter().map(|n| json::weight(*n))))
        )
    )
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResultText {
    result: Vec<Vec<serde_json::Value>>,
}

/// Reads a published result and compares it with what the factors leave.
pub(crate) fn check_result<G: Group>(
    bytes: &[u8],
    opened: &[Vec<G::Element>],
    weight: u64,
) -> Result<Counts, Fault> {
    let form = |detail: String| Fault::new(Class::ResultForm, detail);
    let text: ResultText =
        serde_json::from_slice(bytes).map_err(|e| form(format!("not a result: {e}")))?;
    if text.result.len() != opened.len() {
        return Err(form("another number of questions in the result".to_owned()));
    }
    let mut counts = Vec::new();
    for (question, (list, opened)) in text.result.iter().zip(opened).enumerate() {
        if list.len() != opened.len() {
            return Err(
                form("another number of counts than slots".to_owned()).at_question(question + 1)
            );
        }
        let mut own = Vec::new();
        for (slot, (value, opened)) in list.iter().zip(opened).enumerate() {
            let place = |fault: Fault| fault.at_question(question + 1).at_slot(slot + 1);
            let claimed = match json::weight_from(value) {
                Some(claimed) => claimed,
                None if is_large(value) => return Err(place(beyond(weight))),
                None => return Err(place(form("a count is no whole number".to_owned()))),
            };
            if claimed > weight {
                return Err(place(beyond(weight)));
            }
            if G::pow(&G::generator(), &G::scalar(claimed)) != *opened {
                return Err(place(Fault::new(
                    Class::Result,
                    format!("{claimed} is not what the partial decryptions say"),
                )));
            }
            own.push(claimed);
        }
        counts.push(own);
    }
    Ok(counts)
}

fn beyond(weight: u64) -> Fault {
    Fault::new(
        Class::ResultRange,
        format!("a count is larger than the votes cast ({weight})"),
    )
}

fn is_large(value: &serde_json::Value) -> bool {
    let digits = match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Number(number) => number.to_string(),
        _ => return false,
    };
    digits.len() > 18 && !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Baby steps that are kept at most: 10^12 votes need a million.
const MAX_STEPS: u64 = 1 << 22;

/// Finds the counts, each at most `weight`.
///
/// # Errors
/// A slot that holds more than the votes cast, which can't happen in a verified election.
pub(crate) fn count<G: Group>(opened: &[Vec<G::Element>], weight: u64) -> Result<Counts, Fault> {
    let steps = weight.isqrt().saturating_add(1).min(MAX_STEPS);
    let mut baby = HashMap::new();
    let mut power = G::identity();
    for step in 0..steps {
        baby.insert(sha256(element_text::<G>(&power).as_bytes()), step);
        power = G::mul(&power, &G::generator());
    }
    let giant = G::invert(&power);
    let find = |value: &G::Element| {
        let mut value = value.clone();
        for turn in 0..=weight / steps {
            if let Some(step) = baby.get(&sha256(element_text::<G>(&value).as_bytes())) {
                return Some(turn * steps + step).filter(|found| *found <= weight);
            }
            value = G::mul(&value, &giant);
        }
        None
    };
    opened
        .iter()
        .enumerate()
        .map(|(question, slots)| {
            slots
                .iter()
                .enumerate()
                .map(|(slot, value)| {
                    find(value)
                        .ok_or_else(|| beyond(weight).at_question(question + 1).at_slot(slot + 1))
                })
                .collect()
        })
        .collect()
}
