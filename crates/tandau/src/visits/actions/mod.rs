//! What may be done with visits: planned, moved on, put on record; proposals written down and answered.

mod happened;
mod plan;
mod proposals;

pub use happened::{add_photos, instruct, record};
pub use plan::{add_event, cancel_event, create, edit, move_on, plan_event};
pub(super) use proposals::may_answer;
pub use proposals::{answer, hand_on, propose, withdraw};

use super::model::{Event, Visit, VisitState, names_somebody};
use super::store;
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error};

/// Puts an act on record.
async fn note(
    tx: &mut Transaction,
    acting: &Acting,
    act: (&'static str, &'static str),
    (id, version): (&str, u64),
) -> Result<(), Error> {
    acting.note(tx, act, &[id, &version.to_string()]).await
}

/// A reason in words.
fn reasoned(acting: &Acting, reason: &str) -> Result<String, Error> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::field("reason", acting.t().form_required()));
    }
    short(acting, reason)
}

fn short(acting: &Acting, reason: &str) -> Result<String, Error> {
    let most = super::model::MAX_LINE;
    if reason.chars().count() > most {
        return Err(Error::field("reason", acting.t().form_too_long(most)));
    }
    // Reasons are read by everybody.
    if names_somebody(reason) {
        return Err(Error::field("reason", acting.t().visits_personal()));
    }
    Ok(reason.trim().to_owned())
}

fn outdated(acting: &Acting) -> Error {
    Error::Conflict(acting.t().visits_changed_meanwhile())
}

/// A visit for whoever has a power over its area.
async fn visit(
    tx: &mut Transaction,
    acting: &Acting,
    id: &str,
    action: Action,
) -> Result<Visit, Error> {
    let visit = store::by_id(tx, id).await?;
    acting.require(tx, action, &visit.area_id, None).await?;
    Ok(visit)
}

/// An event as its reader has seen it, for whoever has a power over its area; of a visit that takes place.
async fn event_in(
    tx: &mut Transaction,
    acting: &Acting,
    (id, seen): (&str, u64),
    action: Action,
) -> Result<(Visit, Event), Error> {
    let event = store::event(tx, id).await?;
    acting
        .require(tx, action, &event.planned.area_id, None)
        .await?;
    let visit = store::by_id(tx, &event.visit_id).await?;
    if visit.state == VisitState::Cancelled {
        return Err(Error::Conflict(acting.t().visits_is_cancelled()));
    }
    if event.version != seen || !store::step_event(tx, &event).await? {
        return Err(outdated(acting));
    }
    Ok((visit, event))
}
