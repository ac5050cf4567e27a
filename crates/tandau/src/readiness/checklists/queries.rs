//! What pages and commands may read of checklists and their versions.

use super::store::{self, Kept};
use crate::platform::access::Role;
use crate::platform::database::Connection;
use crate::platform::files::hex;
use crate::platform::{App, Error};
use electoral::checklist::Checklist;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// The version that an installation begins with: the file of the rules.
pub const OF_THE_RULES: u64 = 0;

/// A version of a checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The number; [`OF_THE_RULES`] for the file of the rules.
    pub version: u64,
    /// The list.
    pub list: Arc<Checklist>,
    /// SHA-256 of the text in which it is kept.
    pub sha256: String,
    /// Where it came from: `rules`, `xlsform`, `toml`.
    pub source: String,
    /// When it was adopted; none for the file of the rules.
    pub made_at: Option<Timestamp>,
}

impl Version {
    fn of(kept: Kept) -> Result<Self, Error> {
        Ok(Self {
            version: kept.version,
            list: Arc::new(serde_json::from_str(&kept.content).map_err(Error::internal)?),
            sha256: kept.sha256,
            source: kept.source,
            made_at: Some(kept.made_at),
        })
    }

    fn of_the_rules(app: &App) -> Result<Self, Error> {
        let list = Arc::clone(app.rules.checklist());
        let (_, sha256) = canonical(&list)?;
        Ok(Self {
            version: OF_THE_RULES,
            sha256,
            list,
            source: "rules".to_owned(),
            made_at: None,
        })
    }
}

/// The text in which a list is kept, and the SHA-256 that names it.
///
/// # Errors
/// Never for a list that was read.
pub(super) fn canonical(list: &Checklist) -> Result<(String, String), Error> {
    let text = serde_json::to_string(list).map_err(Error::internal)?;
    let sha256 = hex(&Sha256::digest(text.as_bytes()));
    Ok((text, sha256))
}

/// Those who can mend something, as checklists name them.
#[must_use]
pub fn bodies() -> Vec<&'static str> {
    std::iter::once("commission").chain(Role::BODIES).collect()
}

/// The list that stations answer: the newest version of the rules' own list, or the file of the rules itself.
///
/// # Errors
/// What the database reports.
pub async fn in_force(connection: &mut Connection, app: &App) -> Result<Version, Error> {
    newest(connection, app, &app.rules.checklist().id)
        .await?
        .ok_or(Error::NotFound)
}

/// The newest version of a list; that of the rules where none was adopted.
///
/// # Errors
/// What the database reports.
pub async fn newest(
    connection: &mut Connection,
    app: &App,
    id: &str,
) -> Result<Option<Version>, Error> {
    match store::last(connection, id).await? {
        Some(kept) => Ok(Some(Version::of(kept)?)),
        None if id == app.rules.checklist().id => Ok(Some(Version::of_the_rules(app)?)),
        None => Ok(None),
    }
}

/// One version.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn version(
    connection: &mut Connection,
    app: &App,
    id: &str,
    version: u64,
) -> Result<Version, Error> {
    if version == OF_THE_RULES && id == app.rules.checklist().id {
        return Version::of_the_rules(app);
    }
    let kept = store::one(connection, id, version).await?;
    Version::of(kept.ok_or(Error::NotFound)?)
}

/// All versions (the newest 200), the newest first; the file of the rules is the last, until one of its versions
/// was adopted.
///
/// # Errors
/// What the database reports.
pub async fn versions(connection: &mut Connection, app: &App) -> Result<Vec<Version>, Error> {
    let mut versions = Vec::new();
    for kept in store::all(connection).await? {
        versions.push(Version::of(kept)?);
    }
    if versions
        .iter()
        .all(|v| v.list.id != app.rules.checklist().id)
    {
        versions.push(Version::of_the_rules(app)?);
    }
    Ok(versions)
}
