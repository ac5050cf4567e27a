//! What may be done with surveys: written, opened, answered, closed.

mod answer;
mod run;
mod write;

pub use answer::{Accepted, answer};
pub use run::{close, make_tokens, moderate, open, set_present};
pub use write::{add_question, create, edit, edit_question, remove_question, set_questions};

use super::model::Survey;
use super::store;
use crate::platform::database::Transaction;
use crate::platform::files::hex;
use crate::platform::{Acting, Error, audit};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Takes the next step of a survey and puts the act on record.
async fn record(
    tx: &mut Transaction,
    acting: &Acting,
    survey: &Survey,
    event: &'static str,
    statements: &[&'static str],
) -> Result<(), Error> {
    if !store::take_step(tx, survey).await? {
        return Err(Error::Conflict(acting.t().surveys_changed_meanwhile()));
    }
    let sequence = survey.version.saturating_add(1);
    let digest = store::digest(tx, statements, &survey.id).await?;
    let kind = event.trim_start_matches("survey.");
    store::add_event(tx, acting, &survey.id, sequence, kind, &digest).await?;
    acting
        .record(
            tx,
            audit::Event {
                event,
                kind: "survey_event",
                object: &[&survey.id, &sequence.to_string()],
                contest_id: "",
            },
        )
        .await
}

/// What is kept of a device or a card: nobody finds it again without the key, which goes when the survey is closed.
pub(super) fn keyed_hash(key: &[u8], kind: &str, text: &str) -> String {
    // An HMAC key may have any length, so this can't fail; the empty key is never reached.
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key)
        .unwrap_or_else(|_| Hmac::new(&Default::default()));
    mac.update(kind.as_bytes());
    mac.update(b"\0");
    mac.update(text.as_bytes());
    hex(&mac.finalize().into_bytes())
}
