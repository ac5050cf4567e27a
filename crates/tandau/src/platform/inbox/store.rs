//! SQL of the inbox.

use super::Envelope;
use crate::platform::Error;
use crate::platform::database::{Connection, Transaction};
use crate::{bind, statements};
use jiff::Timestamp;

statements! {
    // Whoever comes second waits here until the first is done, and then changes nothing.
    CLAIM = "insert into inbox_envelope
            (id, kind, account_person, body_sha256, device_made_at, clock_skew_seconds, received_at, outcome)
        values ($1, $2, $3, $4, $5, $6, $7, '')
        on conflict (id) do nothing";
    OUTCOME = "update inbox_envelope set outcome = $2 where id = $1 and outcome = ''";
    ENVELOPE = "select account_person, body_sha256, outcome from inbox_envelope where id = $1";
    ADD_FILE = "insert into inbox_file (id, account_person, file_id, received_at) values ($1, $2, $3, $4)
        on conflict (id) do nothing";
    FILE = "select account_person, file_id from inbox_file where id = $1";
}

/// An envelope that has arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Arrived {
    /// Whose it is.
    pub(super) person: String,
    /// Hash of what stood in it.
    pub(super) body_sha256: String,
    /// The answer, as JSON.
    pub(super) outcome: String,
}

/// What a phone's own clock said, and by how much it was wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Device {
    /// When the form was filled in, by the phone's clock.
    pub(super) made_at: Timestamp,
    /// Seconds to add to the phone's clock.
    pub(super) skew_seconds: i64,
}

/// Notes that an envelope is here; false when it was here before.
pub(super) async fn claim(
    tx: &mut Transaction,
    envelope: &Envelope,
    person: &str,
    body_sha256: &str,
    device: Device,
    now: Timestamp,
) -> Result<bool, Error> {
    let values = bind![
        &envelope.id,
        &envelope.kind,
        person,
        body_sha256,
        device.made_at,
        device.skew_seconds,
        now
    ];
    Ok(tx.execute(CLAIM, values).await? > 0)
}

/// Keeps the answer beside its envelope.
pub(super) fn keep_outcome(tx: &mut Transaction, id: &str, outcome: &str) {
    tx.later(OUTCOME, bind![id, outcome]);
}

/// An envelope that was here before.
pub(super) async fn arrived(connection: &mut Connection, id: &str) -> Result<Arrived, Error> {
    let row = connection.one(ENVELOPE, bind![id]).await?;
    Ok(Arrived {
        person: row.text("account_person")?,
        body_sha256: row.text("body_sha256")?,
        outcome: row.text("outcome")?,
    })
}

/// Notes a photo that came ahead of its envelope; false when it was here before.
pub(super) async fn add_file(
    tx: &mut Transaction,
    id: &str,
    person: &str,
    file_id: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    Ok(tx
        .execute(ADD_FILE, bind![id, person, file_id, now])
        .await?
        > 0)
}

/// Whose photo this is, and which kept file it became.
pub(super) async fn file(
    connection: &mut Connection,
    id: &str,
) -> Result<Option<(String, String)>, Error> {
    connection
        .first(FILE, bind![id])
        .await?
        .map(|row| Ok((row.text("account_person")?, row.text("file_id")?)))
        .transpose()
}
