//! Checklists as they are kept: one canonical text per version. Content never changes, so what was read once is kept
//! under the hash of its text.

use super::store;
use crate::platform::Error;
use crate::platform::database::Connection;
use crate::platform::files::hex;
use electoral::checklist::Checklist;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// Checklists kept at most; an installation has a handful.
const MOST_KEPT: usize = 64;

static KEPT: LazyLock<Mutex<HashMap<String, Arc<Checklist>>>> = LazyLock::new(Mutex::default);

/// The canonical text of a checklist and its SHA-256.
///
/// # Errors
/// Never for a checklist that was read.
pub fn canonical(list: &Checklist) -> Result<(String, String), Error> {
    let text = serde_json::to_string(list).map_err(Error::internal)?;
    let sha256 = hex(&Sha256::digest(text.as_bytes()));
    Ok((text, sha256))
}

fn kept(sha256: &str) -> Option<Arc<Checklist>> {
    let kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    kept.get(sha256).cloned()
}

fn keep(sha256: String, list: &Arc<Checklist>) {
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= MOST_KEPT {
        kept.clear();
    }
    kept.insert(sha256, Arc::clone(list));
}

/// A version whose hash is known.
///
/// # Errors
/// [`Error::NotFound`]; a text that is no checklist any more.
pub(super) async fn by_hash(
    connection: &mut Connection,
    id: &str,
    version: u64,
    sha256: &str,
) -> Result<Arc<Checklist>, Error> {
    match kept(sha256) {
        Some(list) => Ok(list),
        None => version_of(connection, id, version).await,
    }
}

/// A version of a checklist.
///
/// # Errors
/// As [`by_hash`].
pub async fn version_of(
    connection: &mut Connection,
    id: &str,
    version: u64,
) -> Result<Arc<Checklist>, Error> {
    let (text, sha256) = store::lists::content(connection, id, version)
        .await?
        .ok_or(Error::NotFound)?;
    if let Some(list) = kept(&sha256) {
        return Ok(list);
    }
    let list: Checklist = serde_json::from_str(&text).map_err(Error::internal)?;
    let list = Arc::new(list);
    keep(sha256, &list);
    Ok(list)
}
