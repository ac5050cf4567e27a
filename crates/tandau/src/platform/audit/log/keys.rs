//! Ed25519 keys of logs and witnesses: names, ids, and the text form of verifier keys
//! (C2SP signed-note; key types 0x01 and 0x04).

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::note::NoteSignature;

/// Longest key name accepted, bytes.
pub const MAX_NAME_BYTES: usize = 255;
/// Latest time that a cosignature may carry, seconds since 1970 (tlog-cosignature).
const MAX_TIME_S: u64 = (1 << 63) - 1;

/// What a key signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyKind {
    /// The text of a note (0x01): a log's own key.
    Note,
    /// A checkpoint at a time (0x04): a witness's key.
    Cosignature,
}

impl KeyKind {
    fn byte(self) -> u8 {
        match self {
            Self::Note => 0x01,
            Self::Cosignature => 0x04,
        }
    }
}

/// Why a key is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum KeyError {
    /// The name is empty, too long, or has a space, a plus sign or a control character.
    #[error("a key name has 1 to {MAX_NAME_BYTES} bytes and no spaces, plus or control signs")]
    Name,
    /// The text is not `name+id+base64`.
    #[error("not a verifier key")]
    Format,
    /// The key is of a kind that is not used here.
    #[error("key type {0:#04x} is not supported")]
    Kind(u8),
    /// The id in the text is not the one that follows from name and key.
    #[error("the key id does not belong to this name and key")]
    Id,
    /// The bytes are not an Ed25519 public key.
    #[error("not an Ed25519 public key")]
    Key,
    /// The time cannot be written into a cosignature.
    #[error("a cosignature cannot carry the time {0}")]
    Time(u64),
}

/// A public key with the name it signs under. Text form `name+hhhhhhhh+base64`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    id: u32,
    kind: KeyKind,
    key: VerifyingKey,
}

impl VerifierKey {
    /// A key from its parts.
    ///
    /// # Errors
    /// [`KeyError::Name`], [`KeyError::Key`].
    pub fn new(name: &str, kind: KeyKind, public: &[u8; 32]) -> Result<Self, KeyError> {
        let key = VerifyingKey::from_bytes(public).map_err(|_| KeyError::Key)?;
        if key.is_weak() {
            return Err(KeyError::Key);
        }
        Self::from_key(name, kind, key)
    }

    fn from_key(name: &str, kind: KeyKind, key: VerifyingKey) -> Result<Self, KeyError> {
        check_name(name)?;
        Ok(Self {
            name: name.to_owned(),
            id: key_id(name, kind, key.as_bytes()),
            kind,
            key,
        })
    }

    /// Name on signature lines.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Short id that tells keys of one name apart; not a fingerprint to trust by.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.id
    }

    /// What it signs.
    #[must_use]
    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    /// Whether a signature line claims to be by this key.
    #[must_use]
    pub fn is_named_by(&self, signature: &NoteSignature) -> bool {
        self.id == signature.id() && self.name == signature.name()
    }

    /// Verifies a signature line's bytes over the note's text. Gives the time that a
    /// cosignature states, seconds since 1970, and `None` for a plain signature; `Err(())` if
    /// the signature is not by this key over this text.
    pub(super) fn verify(&self, text: &str, bytes: &[u8]) -> Result<Option<u64>, ()> {
        match self.kind {
            KeyKind::Note => {
                self.check(text.as_bytes(), bytes)?;
                Ok(None)
            }
            KeyKind::Cosignature => {
                let (time, signature) = bytes.split_first_chunk::<8>().ok_or(())?;
                let time_s = u64::from_be_bytes(*time);
                if time_s > MAX_TIME_S {
                    return Err(());
                }
                self.check(cosigned_text(text, time_s).as_bytes(), signature)?;
                Ok(Some(time_s))
            }
        }
    }

    fn check(&self, message: &[u8], signature: &[u8]) -> Result<(), ()> {
        let signature = Signature::from_slice(signature).map_err(|_| ())?;
        self.key.verify_strict(message, &signature).map_err(|_| ())
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![self.kind.byte()];
        bytes.extend_from_slice(self.key.as_bytes());
        write!(
            f,
            "{}+{:08x}+{}",
            self.name,
            self.id,
            STANDARD.encode(bytes)
        )
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (name, rest) = text.split_once('+').ok_or(KeyError::Format)?;
        let (id, key) = rest.split_once('+').ok_or(KeyError::Format)?;
        check_name(name)?;
        // One type byte and 32 of key are always 44 characters.
        if id.len() != 8 || key.len() != 44 {
            return Err(KeyError::Format);
        }
        let bytes = STANDARD.decode(key).map_err(|_| KeyError::Format)?;
        let (kind, public) = match bytes.split_first() {
            Some((0x01, public)) => (KeyKind::Note, public),
            Some((0x04, public)) => (KeyKind::Cosignature, public),
            Some((other, _)) => return Err(KeyError::Kind(*other)),
            None => return Err(KeyError::Format),
        };
        let public = public.try_into().map_err(|_| KeyError::Format)?;
        let verifier = Self::new(name, kind, public)?;
        // Compared as written: capital letters and signs are not the canonical form.
        if format!("{:08x}", verifier.id) == id {
            Ok(verifier)
        } else {
            Err(KeyError::Id)
        }
    }
}

/// A log's signing key. Not printable; its bytes are wiped when dropped.
pub struct LogSigner {
    verifier: VerifierKey,
    key: SigningKey,
}

impl LogSigner {
    /// A signer under `name` from a 32-byte secret seed (RFC 8032).
    ///
    /// # Errors
    /// [`KeyError::Name`].
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, KeyError> {
        let key = SigningKey::from_bytes(seed);
        let verifier = VerifierKey::from_key(name, KeyKind::Note, key.verifying_key())?;
        Ok(Self { verifier, key })
    }

    /// The public half, to publish.
    #[must_use]
    pub fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    /// Signature line over a note's text, which must end in a newline.
    #[must_use]
    pub fn sign(&self, text: &str) -> NoteSignature {
        let signature = self.key.sign(text.as_bytes()).to_bytes().to_vec();
        NoteSignature::by(&self.verifier, signature)
    }
}

/// A witness's signing key: states that it saw the checkpoint, consistent with all it saw
/// before, at a time. Use a key of its own for it, never the log's.
pub struct Cosigner {
    verifier: VerifierKey,
    key: SigningKey,
}

impl Cosigner {
    /// A cosigner under `name` from a 32-byte secret seed (RFC 8032).
    ///
    /// # Errors
    /// [`KeyError::Name`].
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, KeyError> {
        let key = SigningKey::from_bytes(seed);
        let verifier = VerifierKey::from_key(name, KeyKind::Cosignature, key.verifying_key())?;
        Ok(Self { verifier, key })
    }

    /// The public half, to publish.
    #[must_use]
    pub fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    /// Cosignature line over a checkpoint's text at `time_s` seconds since 1970.
    ///
    /// # Errors
    /// [`KeyError::Time`].
    pub fn cosign(&self, text: &str, time_s: u64) -> Result<NoteSignature, KeyError> {
        if time_s > MAX_TIME_S {
            return Err(KeyError::Time(time_s));
        }
        let message = cosigned_text(text, time_s);
        let mut bytes = time_s.to_be_bytes().to_vec();
        bytes.extend_from_slice(&self.key.sign(message.as_bytes()).to_bytes());
        Ok(NoteSignature::by(&self.verifier, bytes))
    }
}

impl fmt::Debug for LogSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LogSigner({})", self.verifier)
    }
}

impl fmt::Debug for Cosigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cosigner({})", self.verifier)
    }
}

fn cosigned_text(text: &str, time_s: u64) -> String {
    format!("cosignature/v1\ntime {time_s}\n{text}")
}

fn key_id(name: &str, kind: KeyKind, public: &[u8; 32]) -> u32 {
    let mut sha = Sha256::new();
    sha.update(name.as_bytes());
    sha.update([b'\n', kind.byte()]);
    sha.update(public);
    let digest: [u8; 32] = sha.finalize().into();
    let [a, b, c, d, ..] = digest;
    u32::from_be_bytes([a, b, c, d])
}

pub(super) fn check_name(name: &str) -> Result<(), KeyError> {
    let bad = |c: char| c.is_whitespace() || c.is_control() || c == '+';
    if name.is_empty() || name.len() > MAX_NAME_BYTES || name.contains(bad) {
        return Err(KeyError::Name);
    }
    Ok(())
}
