//! Writing one record, in the transaction of the act itself.

use super::store;
use crate::bind;
use crate::platform::database::{Connection, Transaction};
use crate::platform::{Acting, Error, ids};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use sha2::{Digest as _, Sha256};

/// A kind of object whose rows the log vouches for.
#[derive(Clone, Copy, Debug)]
pub struct Audited {
    /// Name used in records: `protocol_version`.
    pub kind: &'static str,
    /// Statements that read the object's rows, each with the parts of the object's id as `$1`, `$2`…
    /// Only columns that never change after the act; ordered, so that both engines give one text.
    pub rows: &'static [&'static str],
    /// Lists the ids of all such objects as a column `object`, to find rows that no act made.
    pub ids: &'static str,
}

/// What an act says about itself to the log.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    /// What happened: `protocol.accepted`.
    pub event: &'static str,
    /// Kind of the object, one of the [`Audited`] kinds.
    pub kind: &'static str,
    /// Parts of the object's id, in the order of the statements' parameters.
    pub object: &'a [&'a str],
    /// The contest concerned, so that readers of its page hear of it; empty for none.
    pub contest_id: &'a str,
}

/// Puts the act on record.
///
/// # Errors
/// What the database reports; an unknown kind of object.
pub async fn record(
    transaction: &mut Transaction,
    acting: &Acting,
    event: Event<'_>,
) -> Result<(), Error> {
    put(transaction, acting, event, acting.actor().office()).await
}

/// [`record`] without the office, where that alone would say what it was about.
///
/// # Errors
/// As [`record`].
pub async fn record_without_office(
    transaction: &mut Transaction,
    acting: &Acting,
    event: Event<'_>,
) -> Result<(), Error> {
    put(transaction, acting, event, "").await
}

async fn put(
    transaction: &mut Transaction,
    acting: &Acting,
    event: Event<'_>,
    office: &str,
) -> Result<(), Error> {
    let audited = find(event.kind)?;
    let salt = new_salt();
    let digest = digest_of(transaction, audited, event.object, &salt).await?;
    let id = ids::new_id();
    transaction.later(
        store::ADD_RECORD,
        bind![
            &id,
            acting.now(),
            acting.app().clock.name(),
            event.event,
            office,
            event.kind,
            event.object.join("/"),
            event.contest_id,
            digest
        ],
    );
    transaction.later(
        store::ADD_PRIVATE,
        bind![id, &acting.actor().person_id, salt],
    );
    Ok(())
}

/// The audited kind of a name.
pub(super) fn find(kind: &str) -> Result<&'static Audited, Error> {
    crate::AUDITED
        .iter()
        .flat_map(|room| room.iter())
        .find(|a| a.kind == kind)
        .ok_or_else(|| Error::internal(format!("no audited kind {kind}")))
}

/// The salted hash of the object's rows as they are now.
pub(super) async fn digest_of(
    connection: &mut Connection,
    audited: &Audited,
    object: &[&str],
    salt: &str,
) -> Result<String, Error> {
    let mut text = String::new();
    for sql in audited.rows {
        let values = object.iter().map(|part| bind_part(part)).collect();
        for row in connection.all(sql, values).await? {
            row.canonical(&mut text)?;
        }
        text.push('\n');
    }
    let mut hasher = Sha256::new();
    hasher.update(b"tandau-row-v1\0");
    hasher.update(salt.as_bytes());
    hasher.update(b"\0");
    hasher.update(text.as_bytes());
    Ok(BASE64_STANDARD_NO_PAD.encode(hasher.finalize()))
}

/// Version numbers are bound as numbers: a part of digits only, short enough for one.
fn bind_part(part: &str) -> crate::platform::database::Value {
    if part.len() <= 6 && part.bytes().all(|b| b.is_ascii_digit()) && !part.is_empty() {
        part.parse::<i64>().map_or_else(|_| part.into(), Into::into)
    } else {
        part.into()
    }
}

fn new_salt() -> String {
    let bytes: [u8; 16] = rand::random();
    BASE64_STANDARD_NO_PAD.encode(bytes)
}
