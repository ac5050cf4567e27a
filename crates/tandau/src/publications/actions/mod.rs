//! What may be done with publications: notes are written, published, withdrawn; what was told is put on record.

mod publish;
mod tell;
mod write;

pub use publish::{publish, withdraw};
pub use tell::{NewTelling, take_back, tell};
pub use write::{create, edit};

use super::model::Note;
use super::store;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error};

/// Whoever acts has seen the note as it is.
fn same(acting: &Acting, note: &Note, seen: u64) -> Result<(), Error> {
    if note.version == seen {
        Ok(())
    } else {
        Err(changed(acting))
    }
}

fn changed(acting: &Acting) -> Error {
    Error::Conflict(acting.t().publications_changed_meanwhile())
}

/// Takes the next step of a note: its number is that of the act. What the act vouches for is written between this and
/// [`record`].
async fn step(
    tx: &mut Transaction,
    acting: &Acting,
    note: &Note,
    kind: &str,
    digest: &str,
    reason: &str,
) -> Result<u64, Error> {
    if !store::take_step(tx, note).await? {
        return Err(changed(acting));
    }
    let sequence = note.version.saturating_add(1);
    store::add_event(tx, acting, &note.id, (sequence, kind), digest, reason).await?;
    Ok(sequence)
}

/// Puts an act on a note on record.
async fn record(
    tx: &mut Transaction,
    acting: &Acting,
    event: &'static str,
    note_id: &str,
    sequence: u64,
) -> Result<(), Error> {
    let object = [note_id, &sequence.to_string()];
    acting.note(tx, (event, "note_event"), &object).await
}
