//! What may be done with incidents. Every act is an event on record; whoever acts says how many events they have seen.

mod assignees;
mod handle;
mod merge;
mod outside;
mod report;

pub use assignees::{Candidate, candidates};
pub(super) use handle::is_ours;
pub use handle::{assign, close, note, regrade, reopen, start};
pub use merge::{merge, unmerge};
pub use outside::escalate;
pub(super) use outside::heard_in;
pub use report::{Reported, report, report_in};

use super::model::{EventKind, Incident, MAX_PHOTOS, MAX_TEXT};
use super::store::{self, NewEvent};
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::files::Prepared;
use crate::platform::{Acting, Error, audit, ids};

/// What an event says beside its kind.
#[derive(Clone, Copy, Debug, Default)]
struct Says<'a> {
    detail: &'a str,
    text: &'a str,
    photos: &'a [String],
}

/// Moves an incident by an event, writes both, and puts the act on record. `edit` changes what the event changes.
async fn step_in(
    tx: &mut Transaction,
    acting: &Acting,
    incident: Incident,
    kind: EventKind,
    says: Says<'_>,
    edit: impl FnOnce(&mut Incident),
) -> Result<Incident, Error> {
    let act = ids::random_id();
    let incident = move_in(tx, acting, incident, (kind, &act), says, edit).await?;
    record_in(tx, acting, &act).await?;
    Ok(incident)
}

/// [`step_in`] as a part of an act that does more; whoever does it puts the whole on record.
async fn move_in(
    tx: &mut Transaction,
    acting: &Acting,
    mut incident: Incident,
    (kind, act): (EventKind, &str),
    says: Says<'_>,
    edit: impl FnOnce(&mut Incident),
) -> Result<Incident, Error> {
    let t = acting.t();
    if kind != EventKind::Reported {
        incident
            .pass(kind, acting.now())
            .map_err(|_| Error::Conflict(t.incidents_not_now()))?;
    }
    edit(&mut incident);
    let event = NewEvent {
        kind,
        detail: says.detail,
        text: says.text,
        photos: says.photos,
    };
    if !store::add_event(tx, acting, &incident, &event, act).await? {
        return Err(Error::Conflict(t.incidents_changed_meanwhile()));
    }
    store::by_id(tx, &incident.id).await
}

/// Everybody reads the log of acts. What kind of act it was, to which incident, in which contest and by which office is not
/// said there, nor that a state body was asked or has answered, which is the same act: whoever counted reports, took
/// the public numbers away and looked for the moment at which none of them moved would learn how many incidents are
/// about persons, and when they happened; a health service that answers would say as much.
pub(super) async fn record_in(
    tx: &mut Transaction,
    acting: &Acting,
    act: &str,
) -> Result<(), Error> {
    let event = audit::Event {
        event: "incident.acted",
        kind: store::ACT,
        object: &[act],
        contest_id: "",
    };
    audit::record_without_office(tx, acting, event).await
}

/// The incident as it was seen.
async fn seen(
    tx: &mut Transaction,
    acting: &Acting,
    id: &str,
    events: u64,
) -> Result<Incident, Error> {
    let incident = super::queries::by_id(tx, id).await?;
    if incident.events == events {
        Ok(incident)
    } else {
        Err(Error::Conflict(acting.t().incidents_changed_meanwhile()))
    }
}

/// The incident, for somebody who deals with incidents there.
async fn handled(
    tx: &mut Transaction,
    acting: &Acting,
    id: &str,
    events: u64,
) -> Result<Incident, Error> {
    let known = super::queries::by_id(tx, id).await?;
    acting
        .require(tx, Action::IncidentHandle, &known.area_id, None)
        .await?;
    seen(tx, acting, id, events).await
}

fn limited<'a>(acting: &Acting, field: &str, text: &'a str) -> Result<&'a str, Error> {
    let text = text.trim();
    if text.chars().count() > MAX_TEXT {
        return Err(Error::field(field, acting.t().form_too_long(2_000)));
    }
    Ok(text)
}

fn needed<'a>(acting: &Acting, field: &str, text: &'a str) -> Result<&'a str, Error> {
    let text = limited(acting, field, text)?;
    if text.is_empty() {
        return Err(Error::field(field, acting.t().form_required()));
    }
    Ok(text)
}

/// Cleans photos for an event, before its transaction: nobody waits for the database while a picture is decoded.
async fn prepare(acting: &Acting, photos: Vec<Vec<u8>>) -> Result<Vec<Prepared>, Error> {
    if photos.len() > MAX_PHOTOS {
        return Err(Error::field("photo", acting.t().incidents_photos(5)));
    }
    let mut prepared = Vec::with_capacity(photos.len());
    for bytes in photos {
        let one = acting.app().files.prepared(bytes).await;
        prepared.push(one.map_err(|e| match e {
            Error::Unsupported => Error::field("photo", acting.t().incidents_photo_kind()),
            other => other,
        })?);
    }
    Ok(prepared)
}

/// Keeps cleaned photos with the act that they belong to.
async fn keep(
    tx: &mut Transaction,
    acting: &Acting,
    photos: &[Prepared],
) -> Result<Vec<String>, Error> {
    let mut kept = Vec::with_capacity(photos.len());
    for one in photos {
        kept.push(acting.app().files.note(tx, acting, one, false).await?.id);
    }
    Ok(kept)
}
