//! What pages and commands may read of checklists and their versions.

use crate::platform::access::Role;
use crate::platform::database::Connection;
use crate::platform::{App, Error, Names};
use crate::readiness::lists::{canonical, version_of};
use crate::readiness::model::names;
use crate::readiness::store;
use crate::readiness::store::lists::ListVersion;
use electoral::checklist::Checklist;
use jiff::Timestamp;
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
    async fn of(connection: &mut Connection, kept: ListVersion) -> Result<Self, Error> {
        Ok(Self {
            list: version_of(connection, &kept.id, kept.version).await?,
            version: kept.version,
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

/// Those who can mend something, as checklists name them.
#[must_use]
pub fn bodies() -> Vec<&'static str> {
    std::iter::once("commission").chain(Role::BODIES).collect()
}

/// The list that stations answer: the one in force in the election that is prepared now; before one is set up the
/// newest version of the rules' own list, or the file of the rules itself.
///
/// # Errors
/// What the database reports.
pub async fn in_force(connection: &mut Connection, app: &App) -> Result<Version, Error> {
    let current = crate::readiness::queries::current_election(connection, app.today()).await?;
    if let Some(election) = current
        && let Some(now) = store::lists::setups(connection, &election).await?.first()
    {
        return version(connection, app, &now.checklist_id, now.checklist_version).await;
    }
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
    let all = store::lists::all_lists(connection).await?;
    match all.into_iter().find(|v| v.id == id) {
        Some(kept) => Ok(Some(Version::of(connection, kept).await?)),
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
    let all = store::lists::all_lists(connection).await?;
    let kept = all
        .into_iter()
        .find(|v| v.id == id && v.version == version)
        .ok_or(Error::NotFound)?;
    Version::of(connection, kept).await
}

/// All versions, the newest of each list first; the file of the rules is the last, until one of its versions was
/// adopted.
///
/// # Errors
/// What the database reports.
pub async fn versions(connection: &mut Connection, app: &App) -> Result<Vec<Version>, Error> {
    let mut versions = Vec::new();
    for kept in store::lists::all_lists(connection).await? {
        versions.push(Version::of(connection, kept).await?);
    }
    if versions
        .iter()
        .all(|v| v.list.id != app.rules.checklist().id)
    {
        versions.push(Version::of_the_rules(app)?);
    }
    Ok(versions)
}

/// A question in its words: as the list in force asks it, else as the newest list did that asked it.
///
/// # Errors
/// What the database reports.
pub async fn wording(
    connection: &mut Connection,
    app: &App,
    item: &str,
) -> Result<Option<Names>, Error> {
    let of = |version: &Version| {
        let asked = version.list.items.iter().find(|one| one.id == item);
        asked.map(|one| names(&one.wording))
    };
    if let Some(words) = of(&in_force(connection, app).await?) {
        return Ok(Some(words));
    }
    Ok(versions(connection, app).await?.iter().find_map(of))
}
