//! SHA-256 in the three dresses that the protocol has for it.

use crate::group::Group;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use sha2::{Digest as _, Sha256};

/// A SHA-256.
pub type Hash = [u8; 32];

/// SHA-256 of some bytes.
#[must_use]
pub fn sha256(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// Lower-case hexadecimal: names of records, hashes inside documents of an archive.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string doesn't fail.
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// Reads lower-case hexadecimal.
#[must_use]
pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |b: u8| match b {
        b'0'..=b'9' => Some(b - b'0'),
        b'a'..=b'f' => Some(b - b'a' + 10),
        _ => None,
    };
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs
        .iter()
        .map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?))
        .collect()
}

/// Reads the 64 digits of a hash.
#[must_use]
pub fn hash_from_hex(text: &str) -> Option<Hash> {
    from_hex(text)?.try_into().ok()
}

/// Base64 without padding: fingerprints and trackers, which people compare.
#[must_use]
pub fn b64(bytes: &[u8]) -> String {
    STANDARD_NO_PAD.encode(bytes)
}

/// The challenge of a proof: SHA-256 over the prefix and the commitments with commas between, reduced modulo the order (§5).
pub(crate) fn challenge<G: Group>(prefix: &str, commitments: &[impl AsRef<str>]) -> G::Scalar {
    let mut hasher = Sha256::new();
    hasher.update(prefix);
    for (at, commitment) in commitments.iter().enumerate() {
        if at > 0 {
            hasher.update(",");
        }
        hasher.update(commitment.as_ref());
    }
    G::scalar_from_bytes(&hasher.finalize())
}
