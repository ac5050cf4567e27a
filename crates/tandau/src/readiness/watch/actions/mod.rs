//! What may be done with events: put on record, put right, ended, taken back. Each opens and takes back tasks with it.

mod alerts;
mod standing;

pub use alerts::{PartChoice, Taken, take, take_in, upload, upload_in};
pub use standing::Settled;
pub(super) use standing::over_in;

use super::model::{self, Change, Event, MAX_REASON, NewEvent, Version};
use super::store::{self, Head};
use crate::elections::{ElectionState, queries as elections};
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, audit, ids};
use jiff::Timestamp;

/// What became of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The event.
    pub id: String,
    /// What it did to tasks.
    pub settled: Settled,
}

/// Puts an event on record that somebody told us of. The id was made with the form: the same form sent twice is one
/// event.
///
/// # Errors
/// No power over one of its areas; what [`NewEvent::check`] finds; an election that is over.
pub async fn record(acting: &Acting, id: &str, new: NewEvent) -> Result<Saved, Error> {
    let mut tx = acting.begin().await?;
    require_all(&mut tx, acting, &new.areas).await?;
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    match store::by_id(&mut tx, id).await {
        Ok(known) if known.now.made_by == acting.person() => {
            return Ok(Saved {
                id: known.id,
                settled: Settled::default(),
            });
        }
        Ok(_) => return Err(Error::Conflict(acting.t().watch_changed_meanwhile())),
        Err(Error::NotFound) => {}
        Err(other) => return Err(other),
    }
    new.check(acting.t(), acting.app().rules.watch(), acting.now(), true)?;
    let head = Head {
        id,
        source: "hand",
        status: "Actual",
        public: true,
    };
    let saved = record_in(&mut tx, acting, &head, new, true).await?;
    tx.commit().await?;
    Ok(saved)
}

/// Writes the first version of an event and opens its tasks.
async fn record_in(
    tx: &mut Transaction,
    acting: &Acting,
    head: &Head<'_>,
    new: NewEvent,
    acts: bool,
) -> Result<Saved, Error> {
    require_all(tx, acting, &new.areas).await?;
    running(tx, acting, &new.election_id).await?;
    store::add_event(tx, acting, head, &new).await?;
    let version = Version {
        version: 1,
        change: Change::Recorded,
        said: new,
        acts,
        ended_at: None,
        reason: String::new(),
        made_by: String::new(),
        made_at: acting.now(),
    };
    write_in(tx, acting, head.id, version).await
}

/// Puts right what is said of an event. `seen` is the version that was corrected.
///
/// # Errors
/// No power over an area of either version; somebody else was faster; no reason; what [`NewEvent::check`] finds.
pub async fn correct(
    acting: &Acting,
    id: &str,
    seen: u64,
    mut new: NewEvent,
    reason: &str,
) -> Result<Saved, Error> {
    let mut tx = acting.begin().await?;
    let event = store::by_id(&mut tx, id).await?;
    require_all(&mut tx, acting, &event.now.said.areas).await?;
    require_all(&mut tx, acting, &new.areas).await?;
    new.election_id.clone_from(&event.now.said.election_id);
    let by_hand = event.source == "hand";
    new.check(
        acting.t(),
        acting.app().rules.watch(),
        acting.now(),
        by_hand,
    )?;
    let reason = reason_of(acting, reason)?;
    let mut next = next_of(acting, &event, seen, Change::Corrected, reason)?;
    next.said = new;
    let saved = write_in(&mut tx, acting, id, next).await?;
    tx.commit().await?;
    Ok(saved)
}

/// Says that an event is over. What nobody has begun is taken back.
///
/// # Errors
/// No power; over already; a moment before it began or in the future.
pub async fn end(
    acting: &Acting,
    id: &str,
    seen: u64,
    at: Timestamp,
    reason: &str,
) -> Result<Saved, Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    let event = store::by_id(&mut tx, id).await?;
    require_all(&mut tx, acting, &event.now.said.areas).await?;
    if at > acting.now() {
        return Err(Error::field("ended", t.watch_end_future()));
    }
    if at < event.now.said.from_at {
        return Err(Error::field("ended", t.watch_end_before()));
    }
    let reason = limited(acting, reason)?;
    let mut next = next_of(acting, &event, seen, Change::Ended, reason)?;
    next.ended_at = Some(at);
    let saved = write_in(&mut tx, acting, id, next).await?;
    tx.commit().await?;
    Ok(saved)
}

/// Takes an event back: it will not come, or never was.
///
/// # Errors
/// No power; taken back already; no reason.
pub async fn cancel(acting: &Acting, id: &str, seen: u64, reason: &str) -> Result<Saved, Error> {
    let mut tx = acting.begin().await?;
    let event = store::by_id(&mut tx, id).await?;
    require_all(&mut tx, acting, &event.now.said.areas).await?;
    let reason = reason_of(acting, reason)?;
    let next = next_of(acting, &event, seen, Change::Cancelled, reason)?;
    let saved = write_in(&mut tx, acting, id, next).await?;
    tx.commit().await?;
    Ok(saved)
}

/// The next version of an event, saying the same until somebody changes it.
fn next_of(
    acting: &Acting,
    event: &Event,
    seen: u64,
    change: Change,
    reason: String,
) -> Result<Version, Error> {
    let t = acting.t();
    if event.now.version != seen {
        return Err(Error::Conflict(t.watch_changed_meanwhile()));
    }
    let phase = event.now.phase(acting.app().rules.watch(), acting.now());
    model::may(t, phase, change)?;
    Ok(Version {
        version: event.now.version.saturating_add(1),
        change,
        reason,
        // What is put right goes on unless it is said to be over again.
        ended_at: event.now.ended_at.filter(|_| change != Change::Corrected),
        ..event.now.clone()
    })
}

/// Writes a version, lets tasks follow it, and puts the act on record.
async fn write_in(
    tx: &mut Transaction,
    acting: &Acting,
    id: &str,
    version: Version,
) -> Result<Saved, Error> {
    if !store::add_version(tx, acting, id, &version).await? {
        return Err(Error::Conflict(acting.t().watch_changed_meanwhile()));
    }
    let event = store::by_id(tx, id).await?;
    let settled = standing::settle_in(tx, acting, &event).await?;
    acting
        .record(
            tx,
            audit::Event {
                event: match version.change {
                    Change::Recorded => "watch.recorded",
                    Change::Corrected => "watch.corrected",
                    Change::Updated => "watch.updated",
                    Change::Ended => "watch.ended",
                    Change::Cancelled => "watch.cancelled",
                },
                kind: "watch_version",
                object: &[id, &version.version.to_string()],
                contest_id: "",
            },
        )
        .await?;
    Ok(Saved {
        id: id.to_owned(),
        settled,
    })
}

async fn require_all(tx: &mut Transaction, acting: &Acting, areas: &[String]) -> Result<(), Error> {
    for area in areas {
        acting.require(tx, Action::WatchRecord, area, None).await?;
    }
    Ok(())
}

/// An election whose stations can still be helped.
async fn running(tx: &mut Transaction, acting: &Acting, id: &str) -> Result<(), Error> {
    let unknown = || Error::field("election", acting.t().form_choice());
    match elections::election(tx, id).await {
        Ok(election) if election.state < ElectionState::Determined => Ok(()),
        Ok(_) | Err(Error::NotFound) => Err(unknown()),
        Err(other) => Err(other),
    }
}

fn limited(acting: &Acting, reason: &str) -> Result<String, Error> {
    let reason = reason.trim();
    if reason.chars().count() > MAX_REASON {
        return Err(Error::field("reason", acting.t().form_too_long(1_000)));
    }
    Ok(reason.to_owned())
}

fn reason_of(acting: &Acting, reason: &str) -> Result<String, Error> {
    let reason = limited(acting, reason)?;
    if reason.is_empty() {
        return Err(Error::field("reason", acting.t().form_required()));
    }
    Ok(reason)
}
