//! The log as others see it: the newest signed checkpoint and the tiles of its tree (C2SP tlog-tiles), the
//! same bytes over HTTP and in an exported folder.

use super::log::{TileId, TileKind, VerifierKey, encode_entries};
use super::sequencer::{leaf_text, signed};
use super::store;
use crate::bind;
use crate::platform::Error;
use crate::platform::database::Connection;
use serde::Serialize;
use std::path::Path;

/// The newest signed checkpoint with the size of its tree; `None` before the first act.
///
/// # Errors
/// What the database reports.
pub async fn checkpoint(connection: &mut Connection) -> Result<Option<(u64, String)>, Error> {
    match connection.first(store::LAST_CHECKPOINT, bind![]).await? {
        None => Ok(None),
        Some(row) => Ok(Some((row.count("size")?, row.text("signed")?))),
    }
}

/// The bytes of a tile in a tree of `size` records; `None` if that tree doesn't have it.
///
/// # Errors
/// What the database reports.
pub async fn tile(
    connection: &mut Connection,
    id: TileId,
    size: u64,
) -> Result<Option<Vec<u8>>, Error> {
    if !id.exists_in(size) {
        return Ok(None);
    }
    let from = signed(id.start())?;
    let until = signed(id.start() + u64::from(id.width()))?;
    let (count, bytes) = match id.kind() {
        TileKind::Hashes { level } => {
            let rows = connection
                .all(store::NODES, bind![i64::from(level) * 8, from, until])
                .await?;
            let hashes: Vec<Vec<u8>> = rows
                .iter()
                .map(|r| r.bytes("hash"))
                .collect::<Result<_, _>>()?;
            (rows.len(), hashes.concat())
        }
        TileKind::Entries => {
            let rows = connection.all(store::RECORDS, bind![from, until]).await?;
            let texts: Vec<String> = rows.iter().map(leaf_text).collect::<Result<_, _>>()?;
            (rows.len(), encode_entries(&texts).map_err(Error::internal)?)
        }
    };
    if count != usize::from(id.width()) {
        return Err(Error::internal(format!(
            "the log has {count} rows for {id}"
        )));
    }
    Ok(Some(bytes))
}

/// What an export wrote.
#[derive(Clone, Copy, Debug, Serialize, PartialEq, Eq)]
pub struct Exported {
    /// Records in the exported tree.
    pub records: u64,
    /// Files written: tiles, checkpoint, key.
    pub files: u64,
}

/// Writes the log as static files: `tile/…`, then `checkpoint`, so that a mirror that is read meanwhile
/// never promises what it lacks; and `key`, by which the checkpoint is verified.
///
/// # Errors
/// A folder that can't be written; a log without any record.
pub async fn export(
    connection: &mut Connection,
    key: &VerifierKey,
    folder: &Path,
) -> Result<Exported, Error> {
    let (records, note) = checkpoint(connection).await?.ok_or(Error::NotFound)?;
    let mut files = 2;
    for id in TileId::all(records) {
        let path = folder.join(id.to_string());
        let bytes = tile(connection, id, records)
            .await?
            .ok_or_else(|| Error::internal(format!("the log lacks {id}")))?;
        write(&path, &bytes)?;
        files += 1;
    }
    write(&folder.join("key"), format!("{key}\n").as_bytes())?;
    write(&folder.join("checkpoint"), note.as_bytes())?;
    Ok(Exported { records, files })
}

/// Whole or not at all: a reader sees the old file or the new one.
fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let draft = path.with_extension("new");
    std::fs::write(&draft, bytes)?;
    std::fs::rename(&draft, path)?;
    Ok(())
}
