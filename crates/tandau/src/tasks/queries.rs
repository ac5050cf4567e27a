//! What other rooms and pages may read of tasks. `/office/tasks/{id}` is the page of each.

use super::model::{Addressee, Cause, Counts, Happened, List};
use super::{Task, store};
use crate::platform::database::Connection;
use crate::platform::{Error, Names, areas};
use crate::{commissions, organisations};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::HashMap;

pub use super::model::{Below, Scope, Wanted};

/// A task.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn by_id(connection: &mut Connection, id: &str) -> Result<Task, Error> {
    store::by_id(connection, id).await
}

/// A task as it stood before a moment; none where it had not been given yet.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn before(
    connection: &mut Connection,
    id: &str,
    moment: Timestamp,
) -> Result<Option<Task>, Error> {
    let task = store::by_id(connection, id).await?;
    if task.changed_at < moment {
        return Ok(Some(task));
    }
    let history = store::history(connection, id).await?;
    Ok(task.before(&history, moment))
}

/// The open task of an origin, if there is one.
///
/// # Errors
/// What the database reports.
pub async fn open_by_origin(
    connection: &mut Connection,
    origin: &str,
    key: &str,
) -> Result<Option<Task>, Error> {
    Ok(store::open_by_origin(connection, origin, key).await?)
}

/// Every task that an origin ever asked for under a key (the last hundred), the newest first.
///
/// # Errors
/// What the database reports.
pub async fn of_origin(
    connection: &mut Connection,
    origin: &str,
    key: &str,
) -> Result<Vec<Task>, Error> {
    Ok(store::of_origin(connection, origin, key).await?)
}

/// Tasks of a station (the first five hundred): the open ones first, the most urgent before the others.
///
/// # Errors
/// What the database reports.
pub async fn by_station(connection: &mut Connection, station_id: &str) -> Result<Vec<Task>, Error> {
    Ok(store::by_station(connection, station_id).await?)
}

/// Open tasks of an area and of each area directly below it, each with all that lies below; areas without any are
/// left out.
///
/// # Errors
/// What the database reports.
pub async fn open_counts_by_area(
    connection: &mut Connection,
    area_id: &str,
    now: Timestamp,
) -> Result<Vec<Below>, Error> {
    Ok(store::open_below(connection, area_id, now).await?)
}

/// Overdue tasks under an area by whose they are: how many, and the oldest deadline. The worst first, at most `limit`.
///
/// # Errors
/// What the database reports.
pub async fn overdue_by_body(
    connection: &mut Connection,
    area_id: &str,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<(Addressee, u64, Timestamp)>, Error> {
    Ok(store::overdue_by_body(connection, area_id, now, i64::from(limit)).await?)
}

/// Everything that happened to a task (the last five hundred events), the newest first.
///
/// # Errors
/// What the database reports.
pub async fn history(connection: &mut Connection, id: &str) -> Result<Vec<Happened>, Error> {
    Ok(store::history(connection, id).await?)
}

/// All to whom a task is or was addressed, and why, the first first.
///
/// # Errors
/// What the database reports.
pub async fn addressees(
    connection: &mut Connection,
    id: &str,
) -> Result<Vec<(Addressee, Cause)>, Error> {
    Ok(store::addressees(connection, id).await?)
}

/// A list of tasks.
///
/// # Errors
/// What the database reports.
pub async fn list(
    connection: &mut Connection,
    scope: &Scope,
    wanted: &Wanted,
    (list, now): (List, Timestamp),
    (limit, offset): (u32, u32),
) -> Result<Vec<Task>, Error> {
    let part = (i64::from(limit), i64::from(offset));
    Ok(store::list(connection, scope, wanted, (list, now), part).await?)
}

/// How many tasks stand in each list.
///
/// # Errors
/// What the database reports.
pub async fn counts(
    connection: &mut Connection,
    scope: &Scope,
    wanted: &Wanted,
    now: Timestamp,
) -> Result<Counts, Error> {
    Ok(store::counts(connection, scope, wanted, now).await?)
}

/// Keys of the open tasks of an origin.
///
/// # Errors
/// What the database reports.
pub async fn open_keys(
    connection: &mut Connection,
    origin: &str,
) -> Result<std::collections::BTreeSet<String>, Error> {
    Ok(store::open_keys(connection, origin).await?)
}

/// Open tasks of a body or commission, the most urgent first, with why they are its.
///
/// # Errors
/// What the database reports.
pub async fn of_body(
    connection: &mut Connection,
    body: &Addressee,
    limit: u32,
) -> Result<Vec<(Task, Cause)>, Error> {
    let mut tasks = Vec::new();
    for (id, cause) in store::by_body(connection, body, i64::from(limit)).await? {
        tasks.push((store::by_id(connection, &id).await?, cause));
    }
    Ok(tasks)
}

/// What waits for the commission of an area to see for itself, the longest waiting first.
///
/// # Errors
/// What the database reports.
pub async fn to_verify(
    connection: &mut Connection,
    area_id: &str,
    limit: u32,
) -> Result<Vec<Task>, Error> {
    Ok(store::to_verify(connection, area_id, i64::from(limit)).await?)
}

/// Names of addressees, each looked up once: as they are on record, else the word for the kind with the area.
#[derive(Clone, Debug, Default)]
pub struct BodyNames(HashMap<Addressee, Names>);

impl BodyNames {
    /// The name of one.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn of(
        &mut self,
        connection: &mut Connection,
        body: &Addressee,
        day: Date,
    ) -> Result<Names, Error> {
        if let Some(known) = self.0.get(body) {
            return Ok(known.clone());
        }
        let found = body_names(connection, body, day).await?;
        self.0.insert(body.clone(), found.clone());
        Ok(found)
    }
}

/// The name of an addressee as it is on record, else the word for the kind with the area.
///
/// # Errors
/// What the database reports.
pub async fn body_names(
    connection: &mut Connection,
    body: &Addressee,
    day: Date,
) -> Result<Names, Error> {
    let known = if body.kind == Addressee::COMMISSION {
        commissions::queries::by_area(connection, &body.area_id, day)
            .await?
            .map(|commission| commission.names())
    } else {
        organisations::queries::body_names(connection, &body.kind, &body.area_id).await?
    };
    if let Some(names) = known {
        return Ok(names);
    }
    let area = areas::by_id(connection, &body.area_id, day).await?;
    Ok(Names::each(|t| {
        t.tasks_body_unnamed(area.names.get(t.lang), t.word(&body.message_key()))
    }))
}
