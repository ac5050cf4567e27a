//! Trustees: who can open the sum of the ballots together, and no single ballot (§4.5 – §4.7).
//!
//! The document is a list: `["Single",KEY]` is a trustee without whom nothing opens, `["Pedersen",PARAMETERS]` a group of which some members
//! are enough ([`threshold`](crate::threshold)). The election's key is the product of all parts, so the private halves are nowhere together. Each key comes
//! with a proof that somebody knows its private half; otherwise the last to deliver could choose a key that cancels all others. Trustees are
//! numbered from 1 through the whole list, each member of a group counted: these numbers say whose a partial decryption is.
//!
//! The texts are those of belenios-tool's files: a private key is a decimal number in quotes (`.privkey`), a public one a JSON object
//! (`.pubkey`).

use crate::fault::{Class, Fault};
use crate::group::{Group, element_text, parse_member};
use crate::json;
use crate::proof::{Proof, ProofText, pok_prefix};
use crate::secret::Secret;
use crate::threshold::{Parameters, ParametersText};
use rand::CryptoRng;
use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;

/// Trustees that are read at most, each member of a threshold group counted.
pub const MAX_TRUSTEES: usize = 100;
/// Bytes of a trustees document.
pub const MAX_TRUSTEES_BYTES: usize = 32 << 20;

/// A trustee's public key with the proof that somebody knows the private one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey<G: Group> {
    /// Proof of knowledge.
    pub pok: Proof<G>,
    /// X = g^x.
    pub key: G::Element,
    /// The trustee's name.
    pub name: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(remote = "Self")]
pub(crate) struct PublicKeyText {
    pok: ProofText,
    public_key: String,
    #[serde(default)]
    name: Option<String>,
}

json::objects!(PublicKeyText);

impl PublicKeyText {
    pub(crate) fn read<G: Group>(self) -> Result<PublicKey<G>, Fault> {
        let key = parse_member::<G>(&self.public_key)
            .map_err(|f| Fault::number(f, Class::TrusteeKey, "a trustee's key"))?;
        Ok(PublicKey {
            pok: self.pok.read()?,
            key,
            name: self.name,
        })
    }
}

/// A private key of a trustee.
pub type PrivateKey<G> = Secret<G>;

impl<G: Group> PublicKey<G> {
    /// The public key X = g^x of a private one, with the proof of knowing x (§4.5).
    pub fn of(secret: &PrivateKey<G>, random: &mut impl CryptoRng) -> Self {
        let key = G::pow_secret(&G::generator(), secret.expose());
        Self {
            pok: Proof::of_knowledge(secret, &pok_prefix::<G>(&key), random),
            key,
            name: None,
        }
    }

    /// A new pair of keys.
    pub fn generate(random: &mut impl CryptoRng) -> (PrivateKey<G>, Self) {
        let secret = Secret::new(G::random_scalar(random));
        let public = Self::of(&secret, random);
        (secret, public)
    }

    /// Reads the document of one public key (§4.5): `{"pok":PROOF,"public_key":"X"}` and perhaps a name.
    ///
    /// # Errors
    /// Another kind of document, a key outside the group, a proof that doesn't hold.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let key = serde_json::from_str::<PublicKeyText>(text)
            .map_err(|e| Fault::new(Class::TrusteeKey, format!("not a trustee's key: {e}")))?
            .read()?;
        key.check()?;
        Ok(key)
    }

    pub(crate) fn check(&self) -> Result<(), Fault> {
        if self
            .pok
            .shows_knowledge(&self.key, &pok_prefix::<G>(&self.key))
        {
            Ok(())
        } else {
            Err(Fault::new(
                Class::TrusteePok,
                "the proof of knowledge of the private key doesn't hold",
            ))
        }
    }

    /// The document of the key.
    #[must_use]
    pub fn text(&self) -> String {
        let name = self
            .name
            .as_ref()
            .map(|name| format!(",\"name\":{}", json::string(name)))
            .unwrap_or_default();
        format!(
            "{{\"pok\":{},\"public_key\":\"{}\"{name}}}",
            self.pok.text(),
            element_text::<G>(&self.key)
        )
    }
}

/// Reads a private key: the decimal number in quotes, as its file holds it.
///
/// # Errors
/// Anything else, or a number that is not below the order of the group.
pub fn parse_private_key<G: Group>(text: &str) -> Result<PrivateKey<G>, Fault> {
    let digits = text.trim().trim_matches('"');
    G::parse_scalar(digits)
        .map(Secret::new)
        .map_err(|f| Fault::number(f, Class::ScalarRange, "the private key"))
}

/// One entry of the trustees document.
#[derive(Clone, Debug)]
pub enum Trustee<G: Group> {
    /// One trustee, without whom nothing opens.
    Single(PublicKey<G>),
    /// A group of which `threshold` members are enough.
    Pedersen(Parameters<G>),
}

/// The trustees document, all its proofs checked.
#[derive(Clone, Debug)]
pub struct Trustees<G: Group>(Vec<Trustee<G>>);

pub(crate) fn too_many() -> Fault {
    Fault::too_large(format!(
        "more than {MAX_TRUSTEES} trustees, each member of a threshold group counted"
    ))
}

enum EntryText {
    Single(PublicKeyText),
    Pedersen(ParametersText),
}

/// `["Single",…]` or `["Pedersen",…]`, read from the text and not from a value, so that no field stands twice.
impl<'de> Deserialize<'de> for EntryText {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Pair;
        impl<'de> Visitor<'de> for Pair {
            type Value = EntryText;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a kind of trustee and its keys")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut pair: A) -> Result<EntryText, A::Error> {
                let short = |at| A::Error::invalid_length(at, &"two");
                let kind: String = pair.next_element()?.ok_or_else(|| short(0))?;
                match kind.as_str() {
                    "Single" => pair.next_element()?.map(EntryText::Single),
                    "Pedersen" => pair.next_element()?.map(EntryText::Pedersen),
                    _ => return Err(A::Error::unknown_variant(&kind, &["Single", "Pedersen"])),
                }
                .ok_or_else(|| short(1))
            }
        }
        from.deserialize_tuple(2, Pair)
    }
}

impl<G: Group> Trustees<G> {
    /// Puts trustees together, checking the proofs of single ones once more: who made a key by hand proved nothing.
    ///
    /// # Errors
    /// No trustee, too many, or a proof that doesn't hold.
    pub fn new(entries: Vec<Trustee<G>>) -> Result<Self, Fault> {
        let mut next = 1;
        for entry in &entries {
            if let Trustee::Single(key) = entry {
                key.check().map_err(|f| f.at_trustee(next))?;
            }
            next += entry.count();
        }
        Self::together(entries)
    }

    /// Puts together what was checked.
    fn together(entries: Vec<Trustee<G>>) -> Result<Self, Fault> {
        let trustees = Self(entries);
        let count = trustees.count();
        if count == 0 || count > MAX_TRUSTEES {
            return Err(if count == 0 {
                Fault::new(Class::TrusteeKey, "there is no trustee")
            } else {
                too_many()
            });
        }
        Ok(trustees)
    }

    /// Reads the document and checks every proof and signature in it (§4.5 – §4.7).
    ///
    /// # Errors
    /// The first thing that is wrong, with the number of the trustee.
    pub fn parse(bytes: &[u8]) -> Result<Self, Fault> {
        if bytes.len() > MAX_TRUSTEES_BYTES {
            return Err(Fault::too_large(format!(
                "a trustees document of more than {MAX_TRUSTEES_BYTES} bytes"
            )));
        }
        let texts: Vec<EntryText> = serde_json::from_slice(bytes)
            .map_err(|e| Fault::new(Class::TrusteeKey, format!("not a trustees document: {e}")))?;
        let mut entries = Vec::new();
        let mut next = 1;
        for text in texts {
            let entry = match text {
                EntryText::Single(text) => {
                    let key = text.read().map_err(|f: Fault| f.at_trustee(next))?;
                    key.check().map_err(|f| f.at_trustee(next))?;
                    Trustee::Single(key)
                }
                EntryText::Pedersen(text) => Trustee::Pedersen(Parameters::read(text, next)?),
            };
            next += entry.count();
            if next > MAX_TRUSTEES + 1 {
                return Err(too_many());
            }
            entries.push(entry);
        }
        Self::together(entries)
    }

    /// The entries.
    #[must_use]
    pub fn entries(&self) -> &[Trustee<G>] {
        &self.0
    }

    /// How many there are, each member of a threshold group counted.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.iter().map(Trustee::count).sum()
    }

    /// The public keys in the order of owners' numbers.
    #[must_use]
    pub fn keys(&self) -> Vec<&PublicKey<G>> {
        self.0
            .iter()
            .flat_map(|trustee| match trustee {
                Trustee::Single(key) => std::slice::from_ref(key),
                Trustee::Pedersen(group) => &group.verification_keys,
            })
            .collect()
    }

    /// The election's key: the product of all parts (§4.7), X of a single trustee, the product of the first commitments of a group.
    #[must_use]
    pub fn election_key(&self) -> G::Element {
        self.0.iter().fold(G::identity(), |product, trustee| {
            let part = match trustee {
                Trustee::Single(key) => key.key.clone(),
                Trustee::Pedersen(group) => group.public_key(),
            };
            G::mul(&product, &part)
        })
    }

    /// The document.
    #[must_use]
    pub fn text(&self) -> String {
        json::array(self.0.iter().map(|trustee| match trustee {
            Trustee::Single(key) => format!("[\"Single\",{}]", key.text()),
            Trustee::Pedersen(group) => format!("[\"Pedersen\",{}]", group.text()),
        }))
    }
}

impl<G: Group> Trustee<G> {
    /// How many people this is.
    #[must_use]
    pub fn count(&self) -> usize {
        match self {
            Self::Single(_) => 1,
            Self::Pedersen(group) => group.verification_keys.len(),
        }
    }
}
