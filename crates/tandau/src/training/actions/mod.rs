//! What may be done with training: programmes written, sessions planned, moved, held, cancelled.
//!
//! Whoever acts on a session says which version they saw; every act is a version of it.

mod correct;
mod held;
mod people;
mod programmes;
mod sessions;

pub(in crate::training) use correct::{Corrected, corrected_in};
pub use held::held;
pub(in crate::training) use held::held_in;
pub(super) use people::seats_of;
pub use people::{invite, replace, withdraw};
pub(in crate::training) use people::{invite_in, seats_on};
pub use programmes::{add_module, change_module, create_programme, edit_programme, move_programme};
pub(in crate::training) use sessions::plan_in;
pub use sessions::{cancel, change, plan};

use super::coverage::{self, Affected};
use super::model::{Act, MAX_LINE, Session, SessionState};
use super::store::sessions as store;
use crate::platform::access::Action;
use crate::platform::database::{Connection, Transaction};
use crate::platform::{Acting, Error, areas};
use jiff::civil::Date;

/// Puts an act on record.
async fn note(
    tx: &mut Transaction,
    acting: &Acting,
    act: (&'static str, &'static str),
    (id, version): (&str, u64),
) -> Result<(), Error> {
    acting.note(tx, act, &[id, &version.to_string()]).await
}

fn short(acting: &Acting, reason: &str) -> Result<String, Error> {
    if reason.chars().count() > MAX_LINE {
        let most = i64::try_from(MAX_LINE).unwrap_or(i64::MAX);
        return Err(Error::field("reason", acting.t().form_too_long(most)));
    }
    Ok(reason.trim().to_owned())
}

/// A reason in words.
fn reasoned(acting: &Acting, reason: &str) -> Result<String, Error> {
    if reason.trim().is_empty() {
        return Err(Error::field("reason", acting.t().form_required()));
    }
    short(acting, reason)
}

fn outdated(acting: &Acting) -> Error {
    Error::Conflict(acting.t().training_changed_meanwhile())
}

/// A session that is still planned, as its reader has seen it, for whoever has a power over its area; stepped on.
async fn session_in(
    tx: &mut Transaction,
    acting: &Acting,
    (id, seen): (&str, u64),
    action: Action,
) -> Result<Session, Error> {
    let mut session = store::by_id(tx, id).await?;
    acting
        .require(tx, action, &session.says.area_id, None)
        .await?;
    if session.version != seen || !store::step(tx, id, seen).await? {
        return Err(outdated(acting));
    }
    if session.state != SessionState::Planned {
        return Err(Error::Conflict(acting.t().training_not_now()));
    }
    session.version = session.version.saturating_add(1);
    Ok(session)
}

/// Keeps the version that an act made, tells coverage and the log.
async fn keep(
    tx: &mut Transaction,
    acting: &Acting,
    session: &mut Session,
    done: (Act, String),
) -> Result<(), Error> {
    keep_untold(tx, acting, session, done).await?;
    tell(tx, acting, session).await
}

/// [`keep`] without coverage: whoever acts on several sessions tells it about all of them at once.
async fn keep_untold(
    tx: &mut Transaction,
    acting: &Acting,
    session: &mut Session,
    (act, reason): (Act, String),
) -> Result<(), Error> {
    session.act = act;
    session.reason = reason;
    store::add_version(tx, acting, session).await?;
    let event = match act {
        Act::Planned => "training.planned",
        Act::Changed => "training.changed",
        Act::Moved => "training.moved",
        Act::Invited => "training.invited",
        Act::Withdrawn => "training.withdrawn",
        Act::Replaced => "training.replaced",
        Act::Held => "training.held",
        Act::Corrected => "training.corrected",
        Act::Cancelled => "training.cancelled",
    };
    let object = (session.says.id.as_str(), session.version);
    note(tx, acting, (event, "training_session_version"), object).await
}

/// Tells coverage about a session.
async fn tell(tx: &mut Transaction, acting: &Acting, session: &Session) -> Result<(), Error> {
    let of = Affected::Sessions(std::slice::from_ref(&session.says.id));
    coverage::changed(tx, acting, &session.says.election_id, of).await
}

/// The day of a session by the clocks of its area.
pub(super) async fn day_of(
    connection: &mut Connection,
    acting: &Acting,
    session: &super::model::NewSession,
) -> Result<Date, Error> {
    let area = areas::by_id(connection, &session.area_id, acting.today()).await?;
    Ok(session
        .starts_at
        .to_zoned_datetime(area.time_zone()?)
        .date())
}
