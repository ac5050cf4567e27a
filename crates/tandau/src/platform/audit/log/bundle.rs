//! Entry bundles (C2SP tlog-tiles, "Log entries"): entries, each behind its length in two bytes.

use thiserror::Error;

use super::tiles::{TileId, TileKind};

/// Longest entry that a bundle can hold, bytes.
pub const MAX_ENTRY_BYTES: usize = 65_535;

/// Why a bundle cannot be written or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BundleError {
    /// An entry is longer than its length field can say.
    #[error("an entry of {0} bytes does not fit a bundle (at most {MAX_ENTRY_BYTES})")]
    TooLong(usize),
    /// The bundle ends within an entry.
    #[error("the bundle ends within an entry")]
    Cut,
    /// The bundle does not hold the number of entries that its address says.
    #[error("the bundle should hold {0} entries and holds another number")]
    Count(u16),
    /// The address is one of hashes.
    #[error("this address holds hashes, not entries")]
    NotEntries,
}

/// Writes entries as a bundle.
///
/// # Errors
/// [`BundleError::TooLong`].
pub fn encode_entries<E: AsRef<[u8]>>(entries: &[E]) -> Result<Vec<u8>, BundleError> {
    let total = entries.iter().map(|e| e.as_ref().len() + 2).sum();
    let mut bytes = Vec::with_capacity(total);
    for entry in entries {
        let entry = entry.as_ref();
        let length = u16::try_from(entry.len()).map_err(|_| BundleError::TooLong(entry.len()))?;
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(entry);
    }
    Ok(bytes)
}

/// Reads the bundle at `id`: exactly as many entries as the address says, nothing behind them.
///
/// # Errors
/// [`BundleError`].
pub fn decode_entries(id: TileId, bytes: &[u8]) -> Result<Vec<&[u8]>, BundleError> {
    if id.kind() != TileKind::Entries {
        return Err(BundleError::NotEntries);
    }
    let mut entries = Vec::with_capacity(usize::from(id.width()));
    let mut rest = bytes;
    while !rest.is_empty() {
        if entries.len() >= usize::from(id.width()) {
            return Err(BundleError::Count(id.width()));
        }
        let (length, tail) = rest.split_first_chunk::<2>().ok_or(BundleError::Cut)?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (entry, tail) = tail.split_at_checked(length).ok_or(BundleError::Cut)?;
        entries.push(entry);
        rest = tail;
    }
    if entries.len() == usize::from(id.width()) {
        Ok(entries)
    } else {
        Err(BundleError::Count(id.width()))
    }
}
