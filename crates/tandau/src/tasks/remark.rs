//! A remark to a task by whatever asked for it.

use super::actions::event_in;
use super::model::NewEvent;
use super::{EventKind, store};
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error};

/// Adds a remark to the open task of an origin. False when there is none.
///
/// # Errors
/// What the database reports.
pub async fn note_in(
    tx: &mut Transaction,
    acting: &Acting,
    origin: &'static str,
    key: &str,
    text: &str,
) -> Result<bool, Error> {
    note_within(tx, acting, (origin, key), text, "").await
}

/// [`note_in`] as a part of an act of the origin, which puts both on record ([`super::owners::Owner::keeps_record`]).
///
/// # Errors
/// What the database reports.
pub async fn note_within(
    tx: &mut Transaction,
    acting: &Acting,
    (origin, key): (&'static str, &str),
    text: &str,
    act: &str,
) -> Result<bool, Error> {
    let Some(task) = store::open_by_origin(tx, origin, key).await? else {
        return Ok(false);
    };
    let event = NewEvent {
        act: act.to_owned(),
        ..NewEvent::saying(text)
    };
    let seat = acting.actor().grants.first();
    event_in(tx, acting, &task, (EventKind::Noted, &event), seat).await?;
    Ok(true)
}
