//! Publishing a note, correcting it by another revision, withdrawing it.

use super::{record, same, step};
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::files::hex;
use crate::platform::{Acting, Error, FieldProblem};
use crate::publications::figures::{self, Asked, Figure, ask_all};
use crate::publications::model::{self, Note, State};
use crate::publications::store::{self, published};
use crate::publications::subjects;
use sha2::{Digest as _, Sha256};

async fn own(tx: &mut Transaction, acting: &Acting, id: &str) -> Result<Note, Error> {
    let note = store::by_id(tx, id).await?;
    acting
        .require(tx, Action::NotePublish, &note.area_id, None)
        .await?;
    Ok(note)
}

/// Publishes the text as it is, with every figure asked at this moment and kept. The second time on it is a correction,
/// which says what it corrects; the first one stays readable.
///
/// # Errors
/// No power; somebody else was faster; withdrawn; no reason for a correction; what
/// [`NoteText::check`](model::NoteText::check) finds; figures that the records don't tell, at `figures`.
pub async fn publish(acting: &Acting, id: &str, seen: u64, reason: &str) -> Result<u64, Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    let note = own(&mut tx, acting, id).await?;
    same(acting, &note, seen)?;
    let reason = match note.state {
        State::Draft => String::new(),
        State::Published => model::reason(t, reason)?,
        State::Withdrawn => return Err(Error::Conflict(t.publications_is_withdrawn())),
    };
    let places = note.text.check(t)?;
    let app = acting.app();
    let subject = subjects::find(
        &mut tx,
        app,
        &note.subject_kind,
        &note.subject_id,
        &note.election_id,
    )
    .await?;
    let asked = Asked {
        app,
        subject: &subject,
        records_on: note.text.records_on,
        now: acting.now(),
    };
    let mut found: Vec<Figure> = Vec::new();
    let mut silent = Vec::new();
    for (place, answer) in ask_all(&mut tx, &asked, &places).await? {
        match answer {
            Ok(figure) => found.push(figure),
            Err(silence) => silent.push(FieldProblem {
                field: "figures".to_owned(),
                message: format!(
                    "{}: {}",
                    figures::in_words(t, &place),
                    t.word(silence.key())
                ),
            }),
        }
    }
    if !silent.is_empty() {
        return Err(Error::Invalid(silent));
    }
    let revision = note.revision.saturating_add(1);
    let digest = digest_of(id, revision, &note.text, &found);
    let sequence = step(&mut tx, acting, &note, "published", &digest, &reason).await?;
    let new = published::Revision {
        revision,
        sequence,
        text: note.text.clone(),
        reason,
        digest,
        published_at: acting.now(),
    };
    published::add_revision(&mut tx, id, &new, &found).await?;
    store::set_published(&mut tx, id, revision, acting.now()).await?;
    record(&mut tx, acting, "note.published", id, sequence).await?;
    tx.commit().await?;
    Ok(revision)
}

/// SHA-256 over what a revision says: its text and the hashes of its figures, as JSON with sorted keys.
fn digest_of(id: &str, revision: u64, text: &model::NoteText, found: &[Figure]) -> String {
    let figures: Vec<&str> = found.iter().map(|figure| figure.digest.as_str()).collect();
    let all = std::collections::BTreeMap::from([
        ("figures", serde_json::json!(figures)),
        ("id", serde_json::json!(id)),
        ("revision", serde_json::json!(revision)),
        ("text", serde_json::json!(text.digest())),
    ]);
    hex(&Sha256::digest(serde_json::json!(all).to_string()))
}

/// Withdraws a published note: it says so and why, and stays readable.
///
/// # Errors
/// No power; somebody else was faster; not published; no reason.
pub async fn withdraw(acting: &Acting, id: &str, seen: u64, reason: &str) -> Result<(), Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    let note = own(&mut tx, acting, id).await?;
    same(acting, &note, seen)?;
    match note.state {
        State::Published => {}
        State::Draft => return Err(Error::Conflict(t.publications_not_published())),
        State::Withdrawn => return Err(Error::Conflict(t.publications_is_withdrawn())),
    }
    let reason = model::reason(t, reason)?;
    store::set_withdrawn(&mut tx, id, acting.now(), &reason).await?;
    let digest = note.text.digest();
    let sequence = step(&mut tx, acting, &note, "withdrawn", &digest, &reason).await?;
    record(&mut tx, acting, "note.withdrawn", id, sequence).await?;
    Ok(tx.commit().await?)
}
