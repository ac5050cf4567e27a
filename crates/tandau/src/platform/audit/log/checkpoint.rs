//! Checkpoints (C2SP tlog-checkpoint): the signed head of the tree.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::hash::Hash;
use super::keys::{Cosigner, KeyError, KeyKind, LogSigner, VerifierKey};
use super::note::{Note, NoteError, NoteSignature};
use super::tree::MAX_SIZE;
use super::verify::{ProofError, verify_consistency};

/// Size and root of a log at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    origin: String,
    size: u64,
    root: Hash,
    extensions: Vec<String>,
}

/// Why a checkpoint is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CheckpointError {
    /// Origin or an extension is empty or has control characters.
    #[error("the origin and each extension of a checkpoint are one non-empty line")]
    Line,
    /// Fewer than three lines, or an empty one.
    #[error("a checkpoint has an origin, a size and a root, each on a line")]
    Structure,
    /// The size is not a canonical decimal number, or too large.
    #[error("the size of the log is malformed")]
    Size,
    /// The root is not 32 bytes in base64.
    #[error("the root hash is malformed")]
    Root,
    /// The checkpoint is of another log.
    #[error("this checkpoint is of the log {0}")]
    Origin(String),
    /// The log itself has not signed it.
    #[error("the log has not signed this checkpoint")]
    NotByLog,
    /// A key list has a witness where the log belongs, or the other way round.
    #[error("{0} is not a key of the kind needed here")]
    KeyKind(String),
    /// The note around it is refused.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// A cosignature cannot be made.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The newer checkpoint does not continue the older one.
    #[error("the log was not continued but altered: {0}")]
    NotContinued(#[from] ProofError),
}

/// A checkpoint whose log signature was verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The tree head.
    pub checkpoint: Checkpoint,
    /// Known witnesses that cosigned: name and time, seconds since 1970.
    pub witnesses: Vec<(String, u64)>,
}

impl Checkpoint {
    /// The head of the log `origin` with `size` entries.
    ///
    /// # Errors
    /// [`CheckpointError::Line`], [`CheckpointError::Size`].
    pub fn new(origin: &str, size: u64, root: Hash) -> Result<Self, CheckpointError> {
        check_line(origin)?;
        if size > MAX_SIZE {
            return Err(CheckpointError::Size);
        }
        Ok(Self {
            origin: origin.to_owned(),
            size,
            root,
            extensions: Vec::new(),
        })
    }

    /// The same head with one more extension line, which is signed but proves nothing.
    ///
    /// # Errors
    /// [`CheckpointError::Line`].
    pub fn with_extension(mut self, line: &str) -> Result<Self, CheckpointError> {
        check_line(line)?;
        self.extensions.push(line.to_owned());
        Ok(self)
    }

    /// Name of the log.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Number of entries.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Root over them.
    #[must_use]
    pub fn root(&self) -> &Hash {
        &self.root
    }

    /// Further signed lines.
    #[must_use]
    pub fn extensions(&self) -> &[String] {
        &self.extensions
    }

    /// The note to serve, signed by the log. Never sign a head that does not continue the last
    /// one: two such signatures prove that the log was forked.
    ///
    /// # Errors
    /// [`CheckpointError::Note`] if extensions make it too large.
    pub fn sign(&self, signer: &LogSigner) -> Result<Note, CheckpointError> {
        let text = self.to_string();
        let signature = signer.sign(&text);
        Ok(Note::new(text, vec![signature])?)
    }

    /// A witness's line to add to the note. The witness first checks with
    /// [`Checkpoint::continues`] that the head continues the last one it saw.
    ///
    /// # Errors
    /// [`CheckpointError::Key`] for a time that cannot be written.
    pub fn cosign(&self, by: &Cosigner, time_s: u64) -> Result<NoteSignature, CheckpointError> {
        Ok(by.cosign(&self.to_string(), time_s)?)
    }

    /// Reads and verifies a served checkpoint: it must be of `origin` and signed by `log`.
    /// Cosignatures by `witnesses` are verified and listed; how many are enough is the
    /// caller's policy.
    ///
    /// # Errors
    /// [`CheckpointError`].
    pub fn open(
        bytes: &[u8],
        origin: &str,
        log: &VerifierKey,
        witnesses: &[VerifierKey],
    ) -> Result<Opened, CheckpointError> {
        if log.kind() != KeyKind::Note {
            return Err(CheckpointError::KeyKind(log.name().to_owned()));
        }
        if let Some(key) = witnesses.iter().find(|k| k.kind() != KeyKind::Cosignature) {
            return Err(CheckpointError::KeyKind(key.name().to_owned()));
        }
        let note = Note::parse(bytes)?;
        let mut keys = vec![log.clone()];
        keys.extend_from_slice(witnesses);
        let verified = note.verify(&keys)?;
        if !verified.iter().any(|signature| signature.key == log) {
            return Err(CheckpointError::NotByLog);
        }
        let checkpoint: Self = note.text().parse()?;
        if checkpoint.origin != origin {
            return Err(CheckpointError::Origin(checkpoint.origin));
        }
        let witnesses = verified
            .iter()
            .filter_map(|signature| Some((signature.key.name().to_owned(), signature.time_s?)))
            .collect();
        Ok(Opened {
            checkpoint,
            witnesses,
        })
    }

    /// Checks that this head continues an older one of the same log.
    ///
    /// # Errors
    /// [`CheckpointError::Origin`], [`CheckpointError::NotContinued`].
    pub fn continues(&self, older: &Self, proof: &[Hash]) -> Result<(), CheckpointError> {
        if self.origin != older.origin {
            return Err(CheckpointError::Origin(self.origin.clone()));
        }
        verify_consistency(older.size, &older.root, self.size, &self.root, proof)?;
        Ok(())
    }
}

impl fmt::Display for Checkpoint {
    /// The text that is signed, with its final newline.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, self.root)?;
        for line in &self.extensions {
            writeln!(f, "{line}")?;
        }
        Ok(())
    }
}

impl FromStr for Checkpoint {
    type Err = CheckpointError;

    /// Reads the text of a note. Nothing is verified here: see [`Checkpoint::open`].
    fn from_str(text: &str) -> Result<Self, CheckpointError> {
        let body = text.strip_suffix('\n').ok_or(CheckpointError::Structure)?;
        let mut lines = body.split('\n');
        let mut next = || lines.next().ok_or(CheckpointError::Structure);
        let (origin, size, root) = (next()?, next()?, next()?);
        check_line(origin)?;
        let number: u64 = size.parse().map_err(|_| CheckpointError::Size)?;
        // Leading zeros and a plus sign parse, but are not the one form that is signed.
        if number > MAX_SIZE || number.to_string() != size {
            return Err(CheckpointError::Size);
        }
        let root = Hash::from_base64(root).ok_or(CheckpointError::Root)?;
        let extensions = lines
            .map(|line| check_line(line).map(|()| line.to_owned()))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            origin: origin.to_owned(),
            size: number,
            root,
            extensions,
        })
    }
}

fn check_line(line: &str) -> Result<(), CheckpointError> {
    // Signed notes forbid all control characters below space; a newline would forge a line.
    if line.is_empty() || line.bytes().any(|byte| byte < 0x20) {
        return Err(CheckpointError::Line);
    }
    Ok(())
}
