//! What may be done with surveys: written, opened, answered, closed.

mod answer;
mod run;
mod write;

pub use answer::{Accepted, answer};
pub use run::{close, make_tokens, moderate, open, set_present};
pub use write::{add_question, create, edit, edit_question, remove_question, set_questions};

use super::model::{Survey, TextState};
use super::store;
use crate::platform::database::Transaction;
use crate::platform::files::hex;
use crate::platform::{Acting, Error, audit};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// What an act said that a later one may say again: it is kept beside the act, so that a day that is over reads as it was.
enum Said<'s> {
    /// Nothing of the kind.
    Nothing,
    /// How many people are in the room.
    Present(Option<u64>),
    /// What becomes of an answer in words.
    Words(&'s str, TextState),
}

/// Takes the next step of a survey and puts the act on record.
async fn record(
    tx: &mut Transaction,
    acting: &Acting,
    survey: &Survey,
    event: &'static str,
    statements: &[&'static str],
) -> Result<(), Error> {
    record_said(tx, acting, survey, (event, statements), Said::Nothing).await
}

async fn record_said(
    tx: &mut Transaction,
    acting: &Acting,
    survey: &Survey,
    (event, statements): (&'static str, &[&'static str]),
    said: Said<'_>,
) -> Result<(), Error> {
    if !store::take_step(tx, survey).await? {
        return Err(Error::Conflict(acting.t().surveys_changed_meanwhile()));
    }
    let sequence = survey.version.saturating_add(1);
    let digest = store::digest(tx, statements, &survey.id).await?;
    let act = event.trim_start_matches("survey.");
    store::add_event(tx, acting, &survey.id, sequence, act, &digest).await?;
    let at = (survey.id.as_str(), sequence);
    let kind = match said {
        Said::Nothing => "survey_event",
        Said::Present(present) => {
            store::add_present(tx, acting, at, present).await?;
            "survey_present"
        }
        Said::Words(text, state) => {
            store::add_moderated(tx, acting, at, (text, state)).await?;
            "survey_moderated"
        }
    };
    acting
        .record(
            tx,
            audit::Event {
                event,
                kind,
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
