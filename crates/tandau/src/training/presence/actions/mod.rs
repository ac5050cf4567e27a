//! Marks, sheets, decisions, the closing of a session after them, and its correction.

mod close;
mod correct;
mod decide;
mod mark;
mod sheets;

pub use close::{Close, close};
pub use correct::{Correct, correct};
pub use decide::{Says, decide};
pub use mark::mark_in;
pub use sheets::{name_line, sheet_in, withdraw_sheet};

use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, ids};
use crate::training::model::{MAX_LINE, Session};
use crate::training::queries as sessions;
use crate::training::store::sessions as rows;

/// The session, for whoever may run it; nobody else marks, keys, decides or closes until the transaction ends.
async fn run_in(tx: &mut Transaction, acting: &Acting, id: &str) -> Result<Session, Error> {
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    if !rows::hold(tx, id).await? {
        return Err(Error::NotFound);
    }
    let session = sessions::session(tx, id).await?;
    acting
        .require(tx, Action::TrainingRun, &session.says.area_id, None)
        .await?;
    Ok(session)
}

/// A reason in words.
fn reason_of(acting: &Acting, reason: &str) -> Result<String, Error> {
    let reason = reason.trim();
    let t = acting.t();
    if reason.is_empty() {
        return Err(Error::field("reason", t.form_required()));
    }
    if reason.chars().count() > MAX_LINE {
        let most = i64::try_from(MAX_LINE).unwrap_or(i64::MAX);
        return Err(Error::field("reason", t.form_too_long(most)));
    }
    Ok(reason.to_owned())
}
