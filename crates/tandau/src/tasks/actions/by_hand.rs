//! What people do with a task that they have before them. Each names how many of its events they have seen.

use super::event_in;
use crate::commissions;
use crate::platform::access::store::ancestors;
use crate::platform::access::{Action, Role};
use crate::platform::database::{Connection, Transaction};
use crate::platform::web::FieldErrors;
use crate::platform::{Acting, Error};
use crate::tasks::model::{
    Addressee, EventKind, MAX_DAYS_AHEAD, MAX_PAPERS, MAX_TEXT_CHARS, NewEvent, Task,
};
use crate::tasks::powers::{self, Hands};
use crate::tasks::store;
use electoral::checklist::Evidence as Wanted;
use jiff::{SignedDuration, Timestamp};

/// What a report rests on: words, papers or both.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// What was done.
    pub text: String,
    /// Photos and PDFs, as they came.
    pub papers: Vec<Vec<u8>>,
}

/// Begins an act: the task as it is, and the hands of whoever acts, who must hold the power.
async fn begin_in(
    tx: &mut Connection,
    acting: &Acting,
    id: &str,
    kind: EventKind,
) -> Result<(Task, Hands), Error> {
    let task = store::by_id(tx, id).await?;
    let hands = powers::of(tx, acting, &task).await?;
    if !hands.sees() || !hands.hold(kind) {
        return Err(Error::Forbidden(powers::power(kind)));
    }
    Ok((task, hands))
}

/// Refuses what was decided on an older reading of the task, and what its state does not allow.
fn fresh(acting: &Acting, task: &Task, seen: u64, kind: EventKind) -> Result<(), Error> {
    if task.events != seen {
        return Err(Error::Conflict(acting.t().tasks_changed_meanwhile()));
    }
    if task.state.after(kind).is_none() {
        return Err(Error::Conflict(acting.t().tasks_not_now()));
    }
    Ok(())
}

/// Words that must be there.
fn words(acting: &Acting, field: &str, text: &str) -> Result<String, Error> {
    let text = limited(acting, field, text)?;
    if text.is_empty() {
        return Err(Error::field(field, acting.t().tasks_reason_needed()));
    }
    Ok(text)
}

fn limited(acting: &Acting, field: &str, text: &str) -> Result<String, Error> {
    let text = text.trim();
    if text.chars().count() > MAX_TEXT_CHARS {
        let most = i64::try_from(MAX_TEXT_CHARS).unwrap_or(i64::MAX);
        return Err(Error::field(field, acting.t().form_too_long(most)));
    }
    Ok(text.to_owned())
}

/// An event that is nothing but words.
async fn say(
    acting: &Acting,
    (id, seen): (&str, u64),
    kind: EventKind,
    text: Option<(&str, &str)>,
) -> Result<Task, Error> {
    let mut tx = acting.begin().await?;
    let (task, hands) = begin_in(&mut tx, acting, id, kind).await?;
    fresh(acting, &task, seen, kind)?;
    let text = match text {
        Some((field, text)) => words(acting, field, text)?,
        None => String::new(),
    };
    let event = NewEvent::saying(&text);
    let task = event_in(&mut tx, acting, &task, (kind, &event), hands.seat(kind)).await?;
    tx.commit().await?;
    Ok(task)
}

/// The owner takes it on.
///
/// # Errors
/// [`Error::Forbidden`] for others; [`Error::Conflict`] in another state or after somebody else's act.
pub async fn accept(acting: &Acting, id: &str, seen: u64) -> Result<Task, Error> {
    say(acting, (id, seen), EventKind::Accepted, None).await
}

/// The owner says why it is not theirs or can't be done so.
///
/// # Errors
/// As [`accept`]; [`Error::Invalid`] without a reason.
pub async fn dispute(acting: &Acting, id: &str, seen: u64, reason: &str) -> Result<Task, Error> {
    let text = Some(("dispute_reason", reason));
    say(acting, (id, seen), EventKind::Disputed, text).await
}

/// The owner reports it done.
///
/// # Errors
/// As [`accept`]; [`Error::Invalid`] without words and papers, without what the task asks for, or with too many; what
/// is wrong with a paper.
pub async fn report(
    acting: &Acting,
    id: &str,
    seen: u64,
    evidence: Evidence,
) -> Result<Task, Error> {
    let kind = EventKind::Reported;
    let t = acting.t();
    let task = {
        let mut reader = acting.app().read().await?;
        begin_in(&mut reader, acting, id, kind).await?.0
    };
    fresh(acting, &task, seen, kind)?;
    let text = limited(acting, "report_text", &evidence.text)?;
    let mut problems = FieldErrors::new();
    if text.is_empty() && (evidence.papers.is_empty() || task.evidence.contains(&Wanted::Note)) {
        problems.add("report_text", t.tasks_evidence_needed());
    }
    let paper = [Wanted::Photo, Wanted::Document];
    if evidence.papers.is_empty() && paper.iter().any(|one| task.evidence.contains(one)) {
        problems.add("paper", t.tasks_paper_needed());
    }
    problems.done()?;
    if evidence.papers.len() > MAX_PAPERS {
        let most = i64::try_from(MAX_PAPERS).unwrap_or(i64::MAX);
        return Err(Error::field("paper", t.tasks_papers_too_many(most)));
    }
    // Nobody waits for the database while a picture is decoded.
    let files = &acting.app().files;
    let mut prepared = Vec::new();
    for bytes in evidence.papers {
        let one = files.prepared(bytes).await.map_err(|error| match error {
            Error::Unsupported => Error::field("paper", t.error_415_text()),
            other => other,
        });
        prepared.push(one?);
    }
    let mut tx = acting.begin().await?;
    let (task, hands) = begin_in(&mut tx, acting, id, kind).await?;
    fresh(acting, &task, seen, kind)?;
    let mut papers = Vec::new();
    for one in &prepared {
        papers.push(files.note(&mut tx, acting, one, false).await?.id);
    }
    let event = NewEvent {
        text,
        papers,
        ..NewEvent::default()
    };
    let task = event_in(&mut tx, acting, &task, (kind, &event), hands.seat(kind)).await?;
    tx.commit().await?;
    Ok(task)
}

/// Somebody else than its reporter has seen that it is done.
///
/// # Errors
/// [`Error::Forbidden`] without the power; [`Error::Conflict`] for one's own report, or as [`accept`].
pub async fn verify(acting: &Acting, id: &str, seen: u64) -> Result<Task, Error> {
    let kind = EventKind::Verified;
    let mut tx = acting.begin().await?;
    let (task, hands) = begin_in(&mut tx, acting, id, kind).await?;
    fresh(acting, &task, seen, kind)?;
    if hands.reported() {
        return Err(Error::Conflict(acting.t().tasks_own_report()));
    }
    let event = NewEvent::default();
    let task = event_in(&mut tx, acting, &task, (kind, &event), hands.seat(kind)).await?;
    tx.commit().await?;
    Ok(task)
}

/// It is not done after all: back to the owner.
///
/// # Errors
/// As [`dispute`], for whoever verifies.
pub async fn send_back(acting: &Acting, id: &str, seen: u64, reason: &str) -> Result<Task, Error> {
    let text = Some(("return_reason", reason));
    say(acting, (id, seen), EventKind::Returned, text).await
}

/// It is needed no more.
///
/// # Errors
/// As [`dispute`], for whoever may give it.
pub async fn withdraw(acting: &Acting, id: &str, seen: u64, reason: &str) -> Result<Task, Error> {
    let text = Some(("withdraw_reason", reason));
    say(acting, (id, seen), EventKind::Withdrawn, text).await
}

/// A remark. It needs no fresh reading: it changes nothing.
///
/// # Errors
/// [`Error::Forbidden`] for those who only look on; [`Error::Invalid`] without words; [`Error::Conflict`] when it is over.
pub async fn note(acting: &Acting, id: &str, text: &str) -> Result<Task, Error> {
    let kind = EventKind::Noted;
    let mut tx = acting.begin().await?;
    let (task, hands) = begin_in(&mut tx, acting, id, kind).await?;
    fresh(acting, &task, task.events, kind)?;
    let event = NewEvent::saying(&words(acting, "note_text", text)?);
    let task = event_in(&mut tx, acting, &task, (kind, &event), hands.seat(kind)).await?;
    tx.commit().await?;
    Ok(task)
}

/// Another deadline, with the reason.
///
/// # Errors
/// As [`withdraw`]; [`Error::Invalid`] for one that is over, too far ahead or the same.
pub async fn move_deadline(
    acting: &Acting,
    id: &str,
    seen: u64,
    due_at: Option<Timestamp>,
    reason: &str,
) -> Result<Task, Error> {
    let kind = EventKind::Moved;
    let mut tx = acting.begin().await?;
    let (task, hands) = begin_in(&mut tx, acting, id, kind).await?;
    fresh(acting, &task, seen, kind)?;
    let due_at = deadline(acting, "move_date", due_at)?;
    if due_at == task.due_at {
        return Err(Error::field("move_date", acting.t().tasks_deadline_same()));
    }
    let event = NewEvent {
        due_at: Some(due_at),
        ..NewEvent::saying(&words(acting, "move_reason", reason)?)
    };
    let task = event_in(&mut tx, acting, &task, (kind, &event), hands.seat(kind)).await?;
    tx.commit().await?;
    Ok(task)
}

/// A deadline that can be meant: it is known, lies ahead, and not too far.
pub(super) fn deadline(
    acting: &Acting,
    field: &str,
    due_at: Option<Timestamp>,
) -> Result<Timestamp, Error> {
    let t = acting.t();
    let due_at = due_at.ok_or_else(|| Error::field(field, t.tasks_deadline_form()))?;
    let ahead = due_at.duration_since(acting.now());
    if ahead <= SignedDuration::ZERO {
        return Err(Error::field(field, t.tasks_deadline_over()));
    }
    if ahead > SignedDuration::from_hours(MAX_DAYS_AHEAD.saturating_mul(24)) {
        return Err(Error::field(field, t.tasks_deadline_far()));
    }
    Ok(due_at)
}

/// Gives it to somebody else, with the reason. Whoever may give it chooses among those below; somebody to whom it was
/// raised hands it on within their own area, to a body of their own kind.
///
/// # Errors
/// As [`withdraw`]; [`Error::Invalid`] for an addressee that can't be.
pub async fn reassign(
    acting: &Acting,
    id: &str,
    seen: u64,
    to: Addressee,
    reason: &str,
) -> Result<Task, Error> {
    let kind = EventKind::Reassigned;
    let t = acting.t();
    let mut tx = acting.begin().await?;
    let (task, hands) = begin_in(&mut tx, acting, id, kind).await?;
    fresh(acting, &task, seen, kind)?;
    check_addressee(
        &mut tx,
        acting,
        &to,
        &task.area_id,
        ("reassign_kind", "reassign_area"),
    )
    .await?;
    if to == task.addressee {
        return Err(Error::field("reassign_kind", t.tasks_addressee_same()));
    }
    let above = ancestors(&mut tx, &to.area_id).await?;
    let within = match (hands.gives(), hands.raised()) {
        (true, _) => {
            acting
                .may(&mut tx, Action::TaskGive, &to.area_id, None)
                .await?
        }
        (false, Some(own)) => {
            let kind = own.role.body().unwrap_or(Addressee::COMMISSION);
            kind == to.kind && above.contains(&own.area_id)
        }
        (false, None) => false,
    };
    if !within {
        return Err(Error::field(
            "reassign_area",
            t.tasks_addressee_out_of_reach(),
        ));
    }
    let event = NewEvent {
        to: Some(to),
        handed_on: !hands.gives(),
        ..NewEvent::saying(&words(acting, "reassign_reason", reason)?)
    };
    let task = event_in(&mut tx, acting, &task, (kind, &event), hands.seat(kind)).await?;
    tx.commit().await?;
    Ok(task)
}

/// An addressee that can be: a known kind, a commission that is there, an area in which the matter lies.
pub(crate) async fn check_addressee(
    tx: &mut Transaction,
    acting: &Acting,
    to: &Addressee,
    area_id: &str,
    (kind_field, area_field): (&str, &str),
) -> Result<(), Error> {
    let t = acting.t();
    if to.kind == Addressee::COMMISSION {
        let there = commissions::queries::by_area(tx, &to.area_id, acting.today()).await?;
        if there.is_none() {
            return Err(Error::field(area_field, t.tasks_no_commission()));
        }
    } else if !Role::BODIES.contains(&to.kind.as_str()) {
        return Err(Error::field(kind_field, t.form_choice()));
    }
    if !ancestors(tx, area_id).await?.contains(&to.area_id) {
        return Err(Error::field(area_field, t.tasks_addressee_elsewhere()));
    }
    Ok(())
}
