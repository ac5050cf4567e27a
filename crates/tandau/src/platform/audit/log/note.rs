//! Signed notes (C2SP signed-note): a text, an empty line, signature lines.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use thiserror::Error;

use super::keys::{KeyKind, VerifierKey, check_name};

/// Longest note accepted, bytes. Leaves room for sixteen post-quantum signatures of others.
pub const MAX_NOTE_BYTES: usize = 128 * 1024;
/// Most signature lines accepted (the specification asks for at least 16).
pub const MAX_SIGNATURES: usize = 64;

/// Why a note is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NoteError {
    /// Longer than [`MAX_NOTE_BYTES`] or with more than [`MAX_SIGNATURES`] signatures.
    #[error("the note is too large")]
    TooLarge,
    /// Not UTF-8, or with control characters.
    #[error("a note is plain text without control characters")]
    Characters,
    /// No text that ends in a newline, no empty line before the signatures, or no signature.
    #[error("a note is a text, an empty line and at least one signature line")]
    Structure,
    /// A signature line, counted from 1, is not `— name base64`.
    #[error("signature line {0} is malformed")]
    SignatureLine(usize),
    /// Two of the given keys share name and id, so that a line could mean either.
    #[error("two keys named {0} share an id")]
    AmbiguousKey(String),
    /// A signature that claims to be by a known key is not.
    #[error("the signature of {0} is wrong")]
    WrongSignature(String),
    /// None of the given keys signed.
    #[error("no known key has signed this note")]
    Unsigned,
}

/// One signature line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteSignature {
    name: String,
    id: u32,
    bytes: Vec<u8>,
}

impl NoteSignature {
    pub(super) fn by(key: &VerifierKey, bytes: Vec<u8>) -> Self {
        Self {
            name: key.name().to_owned(),
            id: key.id(),
            bytes,
        }
    }

    /// Name of the key that is said to have signed.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its short id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.id
    }

    fn parse(line: &str) -> Option<Self> {
        let (name, base64) = line.strip_prefix("— ")?.split_once(' ')?;
        check_name(name).ok()?;
        let bytes = STANDARD.decode(base64).ok()?;
        let (id, bytes) = bytes.split_first_chunk::<4>()?;
        if bytes.is_empty() {
            return None;
        }
        Some(Self {
            name: name.to_owned(),
            id: u32::from_be_bytes(*id),
            bytes: bytes.to_vec(),
        })
    }
}

impl fmt::Display for NoteSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = self.id.to_be_bytes().to_vec();
        bytes.extend_from_slice(&self.bytes);
        write!(f, "— {} {}", self.name, STANDARD.encode(bytes))
    }
}

impl FromStr for NoteSignature {
    type Err = NoteError;

    /// Reads one line without its newline: what a witness returns.
    fn from_str(line: &str) -> Result<Self, NoteError> {
        if line.len() > MAX_NOTE_BYTES {
            return Err(NoteError::TooLarge);
        }
        Self::parse(line).ok_or(NoteError::SignatureLine(1))
    }
}

/// A text with its signatures. Nothing in it may be believed before [`Note::verify`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<NoteSignature>,
}

/// A signature that was verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified<'k> {
    /// The key that signed.
    pub key: &'k VerifierKey,
    /// For a cosignature the time it states, seconds since 1970.
    pub time_s: Option<u64>,
}

impl Note {
    /// A note from a text and at least one signature over it.
    ///
    /// # Errors
    /// [`NoteError`] if the text cannot stand in a note.
    pub fn new(text: String, signatures: Vec<NoteSignature>) -> Result<Self, NoteError> {
        if !text.ends_with('\n') || signatures.is_empty() {
            return Err(NoteError::Structure);
        }
        check_characters(&text)?;
        let note = Self { text, signatures };
        if note.signatures.len() > MAX_SIGNATURES || note.to_string().len() > MAX_NOTE_BYTES {
            return Err(NoteError::TooLarge);
        }
        Ok(note)
    }

    /// Reads a note as served, checking its form and limits but no signature.
    ///
    /// # Errors
    /// [`NoteError`].
    pub fn parse(bytes: &[u8]) -> Result<Self, NoteError> {
        if bytes.len() > MAX_NOTE_BYTES {
            return Err(NoteError::TooLarge);
        }
        let note = str::from_utf8(bytes).map_err(|_| NoteError::Characters)?;
        check_characters(note)?;
        // The text may itself contain empty lines; the last one ends it.
        let end = note.rfind("\n\n").ok_or(NoteError::Structure)?;
        let (text, rest) = note.split_at(end + 1);
        let lines = rest
            .strip_prefix('\n')
            .and_then(|lines| lines.strip_suffix('\n'))
            .ok_or(NoteError::Structure)?;
        let mut signatures = Vec::new();
        for (index, line) in lines.split('\n').enumerate() {
            if index >= MAX_SIGNATURES {
                return Err(NoteError::TooLarge);
            }
            let signature =
                NoteSignature::parse(line).ok_or(NoteError::SignatureLine(index + 1))?;
            signatures.push(signature);
        }
        Ok(Self {
            text: text.to_owned(),
            signatures,
        })
    }

    /// The text, with its final newline.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signature lines.
    #[must_use]
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// Adds a signature line, such as a witness's.
    ///
    /// # Errors
    /// [`NoteError::TooLarge`]; the note is unchanged then.
    pub fn add(&mut self, signature: NoteSignature) -> Result<(), NoteError> {
        let length = self.to_string().len() + signature.to_string().len() + 1;
        if self.signatures.len() >= MAX_SIGNATURES || length > MAX_NOTE_BYTES {
            return Err(NoteError::TooLarge);
        }
        self.signatures.push(signature);
        Ok(())
    }

    /// Verifies against the keys that the reader trusts. Unknown signers are passed over; each
    /// key that signed is listed once, a cosigner with its latest time.
    ///
    /// # Errors
    /// [`NoteError::WrongSignature`] if a line by a known key fails, [`NoteError::Unsigned`] if
    /// no known key signed, [`NoteError::AmbiguousKey`] for a bad key list.
    pub fn verify<'k>(&self, keys: &'k [VerifierKey]) -> Result<Vec<Verified<'k>>, NoteError> {
        check_unambiguous(keys)?;
        let mut verified: Vec<Verified<'k>> = Vec::new();
        for signature in &self.signatures {
            let Some(key) = keys.iter().find(|key| key.is_named_by(signature)) else {
                continue;
            };
            let time_s = key
                .verify(&self.text, &signature.bytes)
                .map_err(|()| NoteError::WrongSignature(key.name().to_owned()))?;
            match verified.iter_mut().find(|known| known.key == key) {
                Some(known) => known.time_s = known.time_s.max(time_s),
                None => verified.push(Verified { key, time_s }),
            }
        }
        if verified.is_empty() {
            return Err(NoteError::Unsigned);
        }
        Ok(verified)
    }
}

impl Verified<'_> {
    /// Whether this is a witness's statement rather than a signature of the text itself.
    #[must_use]
    pub fn is_cosignature(&self) -> bool {
        self.key.kind() == KeyKind::Cosignature
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        for signature in &self.signatures {
            writeln!(f, "{signature}")?;
        }
        Ok(())
    }
}

fn check_characters(text: &str) -> Result<(), NoteError> {
    if text.bytes().any(|byte| byte < 0x20 && byte != b'\n') {
        return Err(NoteError::Characters);
    }
    Ok(())
}

fn check_unambiguous(keys: &[VerifierKey]) -> Result<(), NoteError> {
    for (index, key) in keys.iter().enumerate() {
        let same = |other: &VerifierKey| {
            other.id() == key.id() && other.name() == key.name() && other != key
        };
        if keys.iter().skip(index + 1).any(same) {
            return Err(NoteError::AmbiguousKey(key.name().to_owned()));
        }
    }
    Ok(())
}
