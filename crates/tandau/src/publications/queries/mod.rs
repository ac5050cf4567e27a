//! What pages and other rooms may read.

mod notices;

pub use notices::{Owed, Sums, notice_events, owed_by, owed_in, proof, scope, sums};

use super::figures::{Figure, Value};
use super::model::Note;
pub use super::store::Event;
pub use super::store::published::{Change, Revision};
use super::store::{self, published};
use crate::platform::database::Connection;
use crate::platform::{Error, Names};
use jiff::Timestamp;

/// A note by its id, as the office sees it.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn by_id(connection: &mut Connection, id: &str) -> Result<Note, Error> {
    store::by_id(connection, id).await
}

/// Notes at or below an area, the newest first, each with the name of its area.
///
/// # Errors
/// What the database reports.
pub async fn under(
    connection: &mut Connection,
    area_id: &str,
) -> Result<Vec<(Note, Names)>, Error> {
    store::under(connection, area_id).await
}

/// Acts on a note, the first first.
///
/// # Errors
/// What the database reports.
pub async fn events(connection: &mut Connection, id: &str) -> Result<Vec<Event>, Error> {
    store::events(connection, id).await
}

/// Published notes as they were before a moment, the newest first, each with its figures: so many, after so many.
///
/// # Errors
/// What the database reports.
pub async fn list(
    connection: &mut Connection,
    before: Timestamp,
    part: (i64, i64),
) -> Result<Vec<(Note, Vec<Figure>)>, Error> {
    published::list(connection, before, part).await
}

/// How many notes had been published before a moment.
///
/// # Errors
/// What the database reports.
pub async fn count(connection: &mut Connection, before: Timestamp) -> Result<u64, Error> {
    published::count(connection, before).await
}

/// The newest published note about something: `("visit", id)`.
///
/// # Errors
/// What the database reports.
pub async fn about(
    connection: &mut Connection,
    kind: &str,
    id: &str,
) -> Result<Option<String>, Error> {
    published::of_subject(connection, kind, id).await
}

/// A published note as everybody reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The note; its text is the office's and not public.
    pub note: Note,
    /// The revision that is read.
    pub revision: Revision,
    /// Its figures.
    pub figures: Vec<Figure>,
    /// What the records said later, up to the moment.
    pub changes: Vec<Change>,
    /// All revisions up to the moment.
    pub revisions: Vec<Revision>,
    /// Withdrawn by then.
    pub withdrawn: bool,
}

impl Reading {
    /// What the records say of a figure now, where that is not what was published: with since when.
    #[must_use]
    pub fn now(&self, position: u64) -> Option<&Change> {
        let published = self
            .figures
            .get(usize::try_from(position.checked_sub(1)?).ok()?)?;
        self.changes
            .iter()
            .rfind(|change| change.position == position)
            .filter(|change| change.value.as_ref() != Some(&published.value))
    }

    /// A value as it was published, by what was asked.
    #[must_use]
    pub fn value(&self, query: &str) -> Option<&Value> {
        self.figures
            .iter()
            .find(|figure| figure.query == query)
            .map(|figure| &figure.value)
    }
}

/// A note as it was read before a moment: its newest revision by then, or the one asked for.
///
/// # Errors
/// [`Error::NotFound`] when nothing had been published.
pub async fn reading(
    connection: &mut Connection,
    id: &str,
    before: Timestamp,
    revision: Option<u64>,
) -> Result<Reading, Error> {
    let note = store::by_id(connection, id).await?;
    let mut revisions = published::revisions(connection, id).await?;
    revisions.retain(|one| one.published_at < before);
    let newest = match revision {
        Some(wanted) => revisions.iter().find(|one| one.revision == wanted),
        None => revisions.last(),
    };
    let newest = newest.cloned().ok_or(Error::NotFound)?;
    let figures = published::figures(connection, id, newest.revision).await?;
    let mut changes = published::changes(connection, id, newest.revision).await?;
    changes.retain(|change| change.noticed_at < before);
    Ok(Reading {
        withdrawn: note.withdrawn_at.is_some_and(|at| at < before),
        note,
        revision: newest,
        figures,
        changes,
        revisions,
    })
}
