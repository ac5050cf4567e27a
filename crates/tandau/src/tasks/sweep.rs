//! What the clock does to tasks: a reminder before the deadline, and the next level after it. Each is an act of the
//! program, on record like any other.
//!
//! A task that is overdue goes to the body of the same kind in the area above, where one is on record, else to the
//! commission of that area; from a commission to the commission above it; again after the same time, up to the
//! country. What was reported and nobody verifies goes to the commission above the one that should.

use super::actions::{event_in, waits};
use super::model::{Addressee, Cause, EventKind, NewEvent, Task, TaskState};
use super::store;
use crate::platform::database::Transaction;
use crate::platform::{Acting, App, Error, sweeper};
use jiff::{SignedDuration, Timestamp};

/// Acts of one sweep at most, of each sort; what is left waits for the next.
const BATCH: i64 = 500;

/// What one sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Reminders.
    pub reminded: usize,
    /// Tasks raised to the next level.
    pub raised: usize,
}

/// Sweeps every minute until the program ends.
pub async fn run(app: App) {
    sweeper::run(app, "deadlines of instructions", |app, now| async move {
        sweep(&app, now).await.map(drop)
    })
    .await;
}

/// Reminds and raises what is due by a moment. The same moment again does nothing more.
///
/// # Errors
/// What the database reports.
pub async fn sweep(app: &App, now: Timestamp) -> Result<Swept, Error> {
    let acting = Acting::system(app.clone(), now);
    let hours = i64::from(app.rules.country().tasks.reminder_hours);
    let until = now
        .checked_add(SignedDuration::from_hours(hours))
        .unwrap_or(now);
    let (to_remind, to_raise) = {
        let mut reader = app.read().await?;
        (
            store::to_remind(&mut reader, now, until, BATCH).await?,
            store::to_raise(&mut reader, now, BATCH).await?,
        )
    };
    let mut swept = Swept::default();
    for id in to_remind {
        swept.reminded += usize::from(or_later(&id, one(&acting, &id, Sort::Remind(until)).await)?);
    }
    for id in to_raise {
        swept.raised += usize::from(or_later(&id, one(&acting, &id, Sort::Raise).await)?);
    }
    Ok(swept)
}

/// Somebody else was faster with this one: the next sweep sees it, and the others don't wait for that.
fn or_later(id: &str, done: Result<bool, Error>) -> Result<bool, Error> {
    match done {
        Err(Error::Conflict(words)) => {
            tracing::info!(task = id, %words, "left for the next sweep");
            Ok(false)
        }
        other => other,
    }
}

#[derive(Clone, Copy)]
enum Sort {
    Remind(Timestamp),
    Raise,
}

/// One act, unless somebody was faster. One process at a time does this.
async fn one(acting: &Acting, id: &str, sort: Sort) -> Result<bool, Error> {
    let mut tx = acting.begin().await?;
    tx.lock_for_one("tasks-sweeper").await?;
    let task = store::by_id(&mut tx, id).await?;
    let now = acting.now();
    if !task.state.is_open() {
        return Ok(false);
    }
    let done = match sort {
        Sort::Remind(until) => {
            let due = task.state != TaskState::Reported
                && task.reminded_at.is_none()
                && task.due_at > now
                && task.due_at <= until;
            if due {
                let event = NewEvent::default();
                event_in(&mut tx, acting, &task, (EventKind::Reminded, &event), None).await?;
            }
            due
        }
        Sort::Raise if task.raise_at.is_some_and(|at| at <= now) => {
            raise(&mut tx, acting, &task).await?
        }
        Sort::Raise => false,
    };
    tx.commit().await?;
    Ok(done)
}

/// Raises a task to the next level. False when nobody is above: then it is not looked at again.
async fn raise(tx: &mut Transaction, acting: &Acting, task: &Task) -> Result<bool, Error> {
    let next = next_level(tx, acting, task).await?;
    if next.is_none() {
        store::stop_raising(tx, &task.id).await?;
        return Ok(false);
    }
    let waits = waits(acting, task.severity);
    let wait = if task.state == TaskState::Reported {
        waits.unverified
    } else {
        waits.late
    };
    let event = NewEvent {
        to: next,
        raise_at: acting.now().checked_add(wait).ok(),
        ..NewEvent::default()
    };
    event_in(tx, acting, task, (EventKind::Escalated, &event), None).await?;
    Ok(true)
}

/// Whom it goes to: above whoever was the last to get it.
async fn next_level(
    tx: &mut Transaction,
    acting: &Acting,
    task: &Task,
) -> Result<Option<Addressee>, Error> {
    let addressees = store::addressees(tx, &task.id).await?;
    let raised = addressees
        .iter()
        .filter(|(_, cause)| *cause == Cause::Escalated)
        .map(|(addressee, _)| addressee)
        .next_back();
    if task.state == TaskState::Reported {
        let above = store::above(tx, &task.verifier_area_id, "", acting.today()).await?;
        let commissions = above.into_iter().filter(|area| area.has_commission);
        let mut unaware = commissions
            .map(|area| Addressee {
                kind: Addressee::COMMISSION.to_owned(),
                area_id: area.area_id,
            })
            .filter(|commission| !addressees.iter().any(|(known, _)| known == commission));
        return Ok(unaware.next());
    }
    let last = raised.unwrap_or(&task.addressee);
    let is_body = last.kind != Addressee::COMMISSION;
    let above = store::above(tx, &last.area_id, &last.kind, acting.today()).await?;
    Ok(above.into_iter().find_map(|area| {
        let kind = if is_body && area.has_body {
            last.kind.as_str()
        } else if area.has_commission {
            Addressee::COMMISSION
        } else {
            return None;
        };
        Some(Addressee {
            kind: kind.to_owned(),
            area_id: area.area_id,
        })
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_changed_meanwhile_stops_no_others() {
        let conflict = Err(Error::Conflict("changed".to_owned()));
        assert!(matches!(or_later("t", conflict), Ok(false)));
        assert!(matches!(or_later("t", Ok(true)), Ok(true)));
        assert!(or_later("t", Err(Error::NotFound)).is_err());
    }
}
