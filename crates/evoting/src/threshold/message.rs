//! Signed and encrypted messages between trustees.

use crate::credential::{BASE_58, random_digits};
use crate::fault::{Class, Fault};
use crate::group::{Group, MAX_DIGITS, element_text, parse_member};
use crate::hash::{from_hex, hex, sha256};
use crate::json;
use crate::proof::{Proof, ProofText};
use crate::secret::Secret;
use aes::Aes256;
use ccm::aead::{Aead as _, KeyInit as _};
use ccm::consts::{U8, U13};
use rand::CryptoRng;
use serde::Deserialize;
use std::fmt;
use zeroize::{Zeroize as _, Zeroizing};

/// AES-256-CCM with a nonce of 13 bytes and a tag of 8.
type Cipher = ccm::Ccm<Aes256, U8, U13>;
/// Digits of a seed.
const SEED_DIGITS: usize = 22;
/// Messages are far shorter; longer ones would change the nonce.
const MAX_MESSAGE_BYTES: usize = 65_535;

/// The seed of a threshold trustee: all its keys for messages come from it. 22 Base58 digits.
#[derive(Clone)]
pub struct Seed(Zeroizing<String>);

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seed(…)")
    }
}

impl Seed {
    /// A new one.
    pub fn generate(random: &mut impl CryptoRng) -> Self {
        Self(random_digits(SEED_DIGITS, random))
    }

    /// Reads a `.key` file.
    ///
    /// # Errors
    /// Anything but 22 Base58 digits.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        if text.len() == SEED_DIGITS && text.bytes().all(|b| BASE_58.contains(&b)) {
            Ok(Self(Zeroizing::new(text.to_owned())))
        } else {
            Err(Fault::new(Class::TrusteeKey, "not the seed of a trustee"))
        }
    }

    /// The digits, to be kept by their trustee and by nobody else.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    fn derive<G: Group>(&self, prefix: &str) -> Secret<G> {
        let text = Zeroizing::new(format!("{prefix}|{}", *self.0));
        let mut digest = sha256(text.as_bytes());
        // The program uses the digest unreduced; powers of elements of the group are the same.
        let secret = Secret::new(G::scalar_from_bytes(&digest));
        digest.zeroize();
        secret
    }

    pub(crate) fn signing<G: Group>(&self) -> Secret<G> {
        self.derive("sk")
    }

    pub(crate) fn decryption<G: Group>(&self) -> Secret<G> {
        self.derive("dk")
    }

    /// The certificate: both public keys, signed.
    pub fn certificate<G: Group>(&self, random: &mut impl CryptoRng) -> Certificate<G> {
        let public = |secret: Secret<G>| G::pow_secret(&G::generator(), secret.expose());
        let verification = public(self.signing());
        let encryption = public(self.decryption());
        let message = format!(
            "{{\"verification\":\"{}\",\"encryption\":\"{}\"}}",
            element_text::<G>(&verification),
            element_text::<G>(&encryption)
        );
        Certificate {
            signed: Signed::sign(&self.signing(), Zeroizing::new(message), random),
            verification,
            encryption,
        }
    }
}

/// A message with its signature. It may be a secret between two trustees: its text is wiped.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Signed<G: Group> {
    pub(crate) message: Zeroizing<String>,
    signature: Proof<G>,
}

impl<G: Group> fmt::Debug for Signed<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signed(…)")
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(remote = "Self")]
pub(crate) struct SignedText {
    message: String,
    signature: ProofText,
}

json::objects!(SignedText);

impl SignedText {
    /// The document again.
    pub(crate) fn text(&self) -> String {
        format!(
            "{{\"message\":{},\"signature\":{}}}",
            json::string(&self.message),
            self.signature.text()
        )
    }
}

/// What a signature is over.
fn signed_prefix(message: &str) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::with_capacity(message.len() + 8));
    for part in ["sigmsg|", message, "|"] {
        out.push_str(part);
    }
    out
}

fn malformed(what: &str, error: &serde_json::Error) -> Fault {
    Fault::new(Class::TrusteeKey, format!("not {what}: {error}"))
}

/// Reads a document that is inside a message.
pub(crate) fn inner<'a, T: Deserialize<'a>>(text: &'a str, what: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|e| malformed(what, &e))
}

impl<G: Group> Signed<G> {
    pub(crate) fn sign(
        key: &Secret<G>,
        message: Zeroizing<String>,
        random: &mut impl CryptoRng,
    ) -> Self {
        let signature = Proof::of_knowledge(key, &signed_prefix(&message), random);
        Self { message, signature }
    }

    pub(crate) fn read(text: SignedText) -> Result<Self, Fault> {
        Ok(Self {
            signature: text.signature.read()?,
            message: Zeroizing::new(text.message),
        })
    }

    pub(crate) fn is_by(&self, key: &G::Element) -> bool {
        self.signature
            .shows_knowledge(key, &signed_prefix(&self.message))
    }

    pub(crate) fn text(&self) -> Zeroizing<String> {
        let signature = self.signature.text();
        let room = json::written(&self.message) + signature.len() + 40;
        let mut out = Zeroizing::new(String::with_capacity(room));
        out.push_str("{\"message\":");
        json::write_string(&self.message, &mut out);
        out.push_str(",\"signature\":");
        out.push_str(&signature);
        out.push('}');
        out
    }
}

/// The public keys of a threshold trustee for messages, signed by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate<G: Group> {
    pub(crate) signed: Signed<G>,
    pub(crate) verification: G::Element,
    pub(crate) encryption: G::Element,
}

#[derive(Deserialize)]
#[serde(remote = "Self")]
struct KeysText {
    verification: String,
    encryption: String,
}

json::objects!(KeysText);

impl<G: Group> Certificate<G> {
    /// Reads a certificate and checks its signature.
    ///
    /// # Errors
    /// Another kind of document, keys outside the group, a wrong signature.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        Self::read(inner(text, "a certificate")?)
    }

    pub(crate) fn read(text: SignedText) -> Result<Self, Fault> {
        let signed = Signed::read(text)?;
        let keys: KeysText = inner(&signed.message, "the keys of a certificate")?;
        let key = |text: &str| {
            parse_member::<G>(text)
                .map_err(|f| Fault::number(f, Class::TrusteeKey, "a key of a certificate"))
        };
        let certificate = Self {
            verification: key(&keys.verification)?,
            encryption: key(&keys.encryption)?,
            signed,
        };
        if certificate.signed.is_by(&certificate.verification) {
            Ok(certificate)
        } else {
            Err(Fault::new(
                Class::CertSignature,
                "the signature of a certificate doesn't hold",
            ))
        }
    }

    /// The document.
    #[must_use]
    pub fn text(&self) -> String {
        self.signed.text().to_string()
    }

    /// The name under which belenios-tool files it: SHA-256 of its message.
    #[must_use]
    pub fn id(&self) -> String {
        hex(&sha256(self.signed.message.as_bytes()))
    }
}

#[derive(Deserialize)]
#[serde(remote = "Self")]
struct EncryptedText {
    alpha: String,
    beta: String,
    data: String,
}

json::objects!(EncryptedText);

fn cipher<G: Group>(shared: &G::Element, alpha: &str) -> (Cipher, [u8; 13]) {
    let mut text = Zeroizing::new(String::with_capacity(MAX_DIGITS + 4));
    text.push_str("key|");
    G::write_element(shared, &mut text);
    let mut key = sha256(text.as_bytes());
    let mut nonce = [0; 13];
    for (out, byte) in nonce
        .iter_mut()
        .zip(sha256(format!("iv|{alpha}").as_bytes()))
    {
        *out = byte;
    }
    let cipher = Cipher::new(&key.into());
    key.zeroize();
    (cipher, nonce)
}

pub(crate) fn encrypt<G: Group>(
    key: &G::Element,
    message: &str,
    random: &mut impl CryptoRng,
) -> Result<String, Fault> {
    let r = Secret::<G>::new(G::random_scalar(random));
    let s = Secret::<G>::new(G::random_scalar(random));
    let alpha = element_text::<G>(&G::pow_secret(&G::generator(), r.expose()));
    let shared = G::pow_secret(&G::generator(), s.expose());
    let beta = G::mul(&G::pow_secret(key, r.expose()), &shared);
    let (cipher, nonce) = cipher::<G>(&shared, &alpha);
    let data = cipher
        .encrypt(&nonce.into(), message.as_bytes())
        .ok()
        .filter(|_| message.len() <= MAX_MESSAGE_BYTES)
        .ok_or_else(|| Fault::new(Class::TrusteeKey, "a message between trustees is too long"))?;
    Ok(format!(
        "{{\"alpha\":\"{alpha}\",\"beta\":\"{}\",\"data\":\"{}\"}}",
        element_text::<G>(&beta),
        hex(&data)
    ))
}

pub(crate) fn decrypt<G: Group>(key: &Secret<G>, text: &str) -> Result<Zeroizing<String>, Fault> {
    let fault = || Fault::new(Class::TrusteeKey, "a message between trustees doesn't open");
    let encrypted: EncryptedText = inner(text, "an encrypted message")?;
    let number = |text: &str| {
        parse_member::<G>(text).map_err(|f| Fault::number(f, Class::GroupElement, "a message"))
    };
    let alpha = number(&encrypted.alpha)?;
    let beta = number(&encrypted.beta)?;
    let shared = G::mul(&beta, &G::invert(&G::pow_secret(&alpha, key.expose())));
    let (cipher, nonce) = cipher::<G>(&shared, &encrypted.alpha);
    let data = from_hex(&encrypted.data)
        .filter(|data| data.len() <= MAX_MESSAGE_BYTES)
        .ok_or_else(fault)?;
    let plain = Zeroizing::new(
        cipher
            .decrypt(&nonce.into(), data.as_slice())
            .map_err(|_| fault())?,
    );
    let text = std::str::from_utf8(&plain).map_err(|_| fault())?;
    Ok(Zeroizing::new(text.to_owned()))
}

/// Signs a message to somebody and encrypts it.
pub(crate) fn send<G: Group>(
    from: &Secret<G>,
    to: &G::Element,
    message: &str,
    random: &mut impl CryptoRng,
) -> Result<String, Fault> {
    let room = json::written(message) + MAX_DIGITS + 40;
    let mut envelope = Zeroizing::new(String::with_capacity(room));
    envelope.push_str("{\"recipient\":\"");
    G::write_element(to, &mut envelope);
    envelope.push_str("\",\"message\":");
    json::write_string(message, &mut envelope);
    envelope.push('}');
    encrypt::<G>(to, &Signed::sign(from, envelope, random).text(), random)
}

/// Opens a message and checks that it is by `from` and to us.
pub(crate) fn open<G: Group>(
    key: &Secret<G>,
    from: &G::Element,
    text: &str,
) -> Result<Zeroizing<String>, Fault> {
    let plain = decrypt(key, text)?;
    // Read where every copy is wiped, which a parser's own memory isn't.
    let field = |text, name| {
        json::secret_field(text, name)
            .ok_or_else(|| Fault::new(Class::TrusteeKey, "not a message between trustees"))
    };
    let signed = Signed::<G> {
        message: json::secret_string(field(&plain, "message")?)
            .ok_or_else(|| Fault::new(Class::TrusteeKey, "not a message between trustees"))?,
        signature: inner::<ProofText>(field(&plain, "signature")?, "a signature")?.read()?,
    };
    if !signed.is_by(from) {
        return Err(Fault::new(
            Class::CertSignature,
            "a message between trustees is not by its sender",
        ));
    }
    let recipient: String = inner(field(&signed.message, "recipient")?, "a recipient")?;
    let us = element_text::<G>(&G::pow_secret(&G::generator(), key.expose()));
    if recipient != us {
        return Err(Fault::new(
            Class::CertSignature,
            "a message between trustees is for somebody else",
        ));
    }
    json::secret_string(field(&signed.message, "message")?)
        .ok_or_else(|| Fault::new(Class::TrusteeKey, "not a message between trustees"))
}
