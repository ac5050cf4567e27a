//! What may be done to tasks. `…_in` is part of an act that its caller has authorised and commits.

mod by_hand;
mod give;

pub(crate) use by_hand::check_addressee;
pub use by_hand::{
    Evidence, accept, dispute, move_deadline, note, reassign, report, send_back, verify, withdraw,
};
pub use give::{Instruction, give, give_in};

use super::model::{Cause, EventKind, NewEvent, NewTask, Task, Waits};
use super::owners::Owners;
use super::store;
use crate::platform::access::Grant;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, audit, ids};
use electoral::checklist::{Deadlines, Severity};
use jiff::{SignedDuration, Timestamp};

/// Gives a task, unless one with the same origin and key is open: then that one's id is returned.
///
/// # Errors
/// What the database reports.
pub async fn open_in(
    tx: &mut Transaction,
    acting: &Acting,
    new: &NewTask,
) -> Result<String, Error> {
    open_within(tx, acting, new, "").await
}

/// [`open_in`] as a part of an act of the origin, which puts both on record ([`super::owners::Owner::keeps_record`]).
///
/// # Errors
/// What the database reports.
pub async fn open_within(
    tx: &mut Transaction,
    acting: &Acting,
    new: &NewTask,
    act: &str,
) -> Result<String, Error> {
    if let Some(known) = store::open_by_origin(tx, new.origin, &new.origin_key).await? {
        return Ok(known.id);
    }
    let id = ids::new_id();
    store::add(tx, acting, &id, new).await?;
    let task = store::by_id(tx, &id).await?;
    let event = NewEvent {
        due_at: Some(new.due_at),
        to: Some(new.addressee.clone()),
        act: act.to_owned(),
        ..NewEvent::default()
    };
    let seat = acting.actor().grants.first();
    event_in(tx, acting, &task, (EventKind::Opened, &event), seat).await?;
    Ok(id)
}

/// Takes back the open task of an origin. False when there is none.
///
/// # Errors
/// What the database reports.
pub async fn withdraw_in(
    tx: &mut Transaction,
    acting: &Acting,
    origin: &'static str,
    key: &str,
    reason: &str,
) -> Result<bool, Error> {
    withdraw_within(tx, acting, (origin, key), reason, "").await
}

/// [`withdraw_in`] as a part of an act of the origin, which puts both on record.
///
/// # Errors
/// What the database reports.
pub async fn withdraw_within(
    tx: &mut Transaction,
    acting: &Acting,
    origin: (&'static str, &str),
    reason: &str,
    act: &str,
) -> Result<bool, Error> {
    said_within(tx, acting, origin, (EventKind::Withdrawn, reason), act).await
}

/// Words and nothing else to the open task of an origin. False when there is none.
pub(super) async fn said_within(
    tx: &mut Transaction,
    acting: &Acting,
    (origin, key): (&'static str, &str),
    (kind, words): (EventKind, &str),
    act: &str,
) -> Result<bool, Error> {
    let Some(task) = store::open_by_origin(tx, origin, key).await? else {
        return Ok(false);
    };
    let event = NewEvent {
        act: act.to_owned(),
        ..NewEvent::saying(words)
    };
    let seat = acting.actor().grants.first();
    event_in(tx, acting, &task, (kind, &event), seat).await?;
    Ok(true)
}

/// Gives the open task of an origin another deadline, with the reason. False when there is none, or it has that deadline.
///
/// # Errors
/// What the database reports.
pub async fn move_in(
    tx: &mut Transaction,
    acting: &Acting,
    (origin, key): (&'static str, &str),
    due_at: Timestamp,
    reason: &str,
) -> Result<bool, Error> {
    let Some(task) = store::open_by_origin(tx, origin, key).await? else {
        return Ok(false);
    };
    if task.due_at == due_at {
        return Ok(false);
    }
    let event = NewEvent {
        due_at: Some(due_at),
        ..NewEvent::saying(reason)
    };
    let seat = acting.actor().grants.first();
    event_in(tx, acting, &task, (EventKind::Moved, &event), seat).await?;
    Ok(true)
}

/// Writes an event of a task as its caller has seen it, tells the origin, and puts it on record unless the origin does.
///
/// # Errors
/// [`Error::Conflict`] when the event is not possible in the task's state or somebody else was faster.
pub(super) async fn event_in(
    tx: &mut Transaction,
    acting: &Acting,
    task: &Task,
    (kind, event): (EventKind, &NewEvent),
    seat: Option<&Grant>,
) -> Result<Task, Error> {
    let state = if kind == EventKind::Opened {
        task.state
    } else {
        task.state
            .after(kind)
            .ok_or_else(|| Error::Conflict(acting.t().tasks_not_now()))?
    };
    let after = task.with(
        kind,
        event,
        state,
        acting.now(),
        waits(acting, task.severity),
    );
    match (kind, &event.to) {
        (EventKind::Reassigned, Some(to)) => {
            store::set_owner(tx, acting, &task.id, to, event.handed_on).await?
        }
        (EventKind::Escalated, Some(to)) => {
            store::add_addressee(tx, acting, &task.id, to, Cause::Escalated).await?;
        }
        _ => {}
    }
    let owners = Owners::of(acting.app());
    let owner = owners.find(&after.origin);
    let keeps = owner.is_some_and(|owner| owner.keeps_record());
    let act = match (keeps, event.act.as_str()) {
        (false, _) => String::new(),
        (true, "") => ids::random_id(),
        (true, act) => act.to_owned(),
    };
    if !store::add_event(tx, acting, &after, (kind, event, &act), seat).await? {
        return Err(Error::Conflict(acting.t().tasks_changed_meanwhile()));
    }
    // What is a part of the origin's own act, it knows.
    let heard = if keeps {
        event.act.is_empty()
    } else {
        kind != EventKind::Opened
    };
    if heard && let Some(owner) = owner {
        owner.heard(tx, acting, &after, kind, &act).await?;
    }
    if keeps {
        return Ok(after);
    }
    acting
        .record(
            tx,
            audit::Event {
                event: event_name(kind),
                kind: "task_event",
                object: &[&after.id, &after.events.to_string()],
                contest_id: "",
            },
        )
        .await?;
    Ok(after)
}

/// How long a task of a severity waits for its addressee after the deadline, and for whoever verifies it.
pub(super) fn waits(acting: &Acting, severity: Severity) -> Waits {
    let times = &acting.app().rules.country().tasks;
    let hours = |of: &Deadlines| SignedDuration::from_hours(i64::from(of.hours(severity)));
    Waits {
        late: hours(&times.escalate_after),
        unverified: hours(&times.verify_within),
    }
}

const fn event_name(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Opened => "task.opened",
        EventKind::Accepted => "task.accepted",
        EventKind::Disputed => "task.disputed",
        EventKind::Reported => "task.reported",
        EventKind::Returned => "task.returned",
        EventKind::Verified => "task.verified",
        EventKind::Withdrawn => "task.withdrawn",
        EventKind::Reminded => "task.reminded",
        EventKind::Escalated => "task.escalated",
        EventKind::Reassigned => "task.reassigned",
        EventKind::Moved => "task.moved",
        EventKind::Noted => "task.noted",
    }
}
