//! Partial decryptions: what each trustee contributes, and what they give together.

use super::EncryptedTally;
use crate::fault::{Class, Fault};
use crate::group::{Group, element_text, parse_member};
use crate::hash::{Hash, hex, sha256};
use crate::json;
use crate::proof::{Proof, ProofText, decrypt_prefix};
use crate::secret::Secret;
use crate::trustee::{Trustee, Trustees};
use rand::CryptoRng;
use serde::Deserialize;

/// What one trustee contributes to opening the tally (§4.18): α^x of every slot, each with a proof that x is the key's.
#[derive(Clone, Debug)]
pub struct PartialDecryption<G: Group> {
    /// Number of the trustee, from 1.
    pub owner: usize,
    factors: Vec<Vec<G::Element>>,
    proofs: Vec<Vec<Proof<G>>>,
}

#[derive(Deserialize)]
#[serde(remote = "Self")]
struct DecryptionText {
    decryption_factors: Vec<Vec<String>>,
    decryption_proofs: Vec<Vec<ProofText>>,
}

json::objects!(DecryptionText);

#[derive(Deserialize)]
#[serde(remote = "Self")]
struct OwnedText {
    owner: serde_json::Value,
    payload: String,
}

json::objects!(OwnedText);

impl<G: Group> PartialDecryption<G> {
    /// Decrypts with a trustee's key, proving each factor. `owner` counts from 1 through all trustees, `fingerprint` is the election's.
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
        let owner = json::weight_from(&owned.owner)
            .and_then(|owner| usize::try_from(owner).ok())
            .ok_or_else(|| Fault::new(Class::DecryptionShape, "an owner is no whole number"))?;
        let read = Self::parse(owner, decryption.1, tally).map_err(|f| f.at_trustee(owner))?;
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

    /// The document of factors and proofs, each a list per question of one per slot.
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

    /// The two documents that an archive holds: factors and proofs, and whose they are (`{"owner":N,"payload":"HASH"}`).
    #[must_use]
    pub fn texts(&self) -> [String; 2] {
        let text = self.text();
        let owned = owned_text(self.owner, text.as_bytes());
        [text, owned]
    }
}

/// Says whose a document is.
fn owned_text(owner: usize, document: &[u8]) -> String {
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
