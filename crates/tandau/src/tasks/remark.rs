//! A remark to a task by whatever asked for it.

use super::EventKind;
use super::actions::said_within;
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
    origin: (&'static str, &str),
    text: &str,
    act: &str,
) -> Result<bool, Error> {
    said_within(tx, acting, origin, (EventKind::Noted, text), act).await
}
