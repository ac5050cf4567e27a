//! What happened: numbers of people, speakers, reports, surveys, photos, instructions.

use super::{event_in, note, reasoned, short};
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::files::Prepared;
use crate::platform::{Acting, Error};
use crate::surveys::queries as surveys;
use crate::tasks::actions::{Instruction, check_addressee, give_in};
use crate::visits::model::{Event, EventState, MAX_PHOTOS, Record};
use crate::visits::store::{self, happened};

/// Puts on record what happened at an event. What is added later is a new version of the whole; a correction is one with
/// its reason.
///
/// # Errors
/// No power; somebody else was faster; an event that does not take place or has not begun; what [`Record::check`]
/// finds; a survey that does not exist or was asked at another event.
pub async fn record(
    acting: &Acting,
    id: &str,
    seen: u64,
    record: Record,
    reason: &str,
) -> Result<(), Error> {
    let record = record.tidy();
    let mut tx = acting.begin().await?;
    let (_, event) = event_in(&mut tx, acting, (id, seen), Action::VisitRecord).await?;
    took_place(acting, &event)?;
    record.check(acting.t(), acting.app().rules.visits())?;
    let before = happened::record(&mut tx, &event).await?;
    let reason = if record.only_adds_to(&before) {
        short(acting, reason)?
    } else {
        reasoned(acting, reason)?
    };
    check(&mut tx, acting, &event, &record).await?;
    let version = event.version.saturating_add(1);
    happened::add_record(&mut tx, acting, (id, version), &record, &reason).await?;
    store::point(&mut tx, id, false).await?;
    let act = ("visit.recorded", "visit_record");
    note(&mut tx, acting, act, (id, version)).await?;
    Ok(tx.commit().await?)
}

/// Nothing happened at an event that was cancelled or that nobody has come to yet.
fn took_place(acting: &Acting, event: &Event) -> Result<(), Error> {
    if event.state == EventState::Cancelled {
        return Err(Error::Conflict(acting.t().visits_not_now()));
    }
    if acting.now() < event.planned.starts_at {
        return Err(Error::Conflict(acting.t().visits_not_begun()));
    }
    Ok(())
}

async fn check(
    tx: &mut Transaction,
    acting: &Acting,
    event: &Event,
    record: &Record,
) -> Result<(), Error> {
    for report in &record.reports {
        if let Some(body) = &report.body {
            let fields = ("kind", "area_code");
            check_addressee(tx, acting, body, &event.planned.area_id, fields).await?;
        }
    }
    for survey in &record.surveys {
        let found = match surveys::by_id(tx, survey).await {
            Err(Error::NotFound) => None,
            other => Some(other?),
        };
        let found = found.ok_or_else(|| Error::field("surveys", acting.t().form_choice()))?;
        acting
            .require(tx, Action::VisitRecord, &found.area_id, None)
            .await?;
        let elsewhere = happened::asked_at(tx, survey).await?;
        if elsewhere.iter().any(|other| *other != event.planned.id) {
            return Err(Error::field(
                "surveys",
                acting.t().visits_survey_elsewhere(),
            ));
        }
    }
    Ok(())
}

/// Adds photos as they came. Only the office sees them: there are people in them.
///
/// # Errors
/// No power; somebody else was faster; none, too many, or what is wrong with one.
pub async fn add_photos(
    acting: &Acting,
    id: &str,
    seen: u64,
    photos: Vec<Vec<u8>>,
) -> Result<(), Error> {
    let t = acting.t();
    if photos.is_empty() {
        return Err(Error::field("photo", t.form_required()));
    }
    // Pictures are decoded before the transaction: nobody waits for them with the writer.
    let mut prepared: Vec<Prepared> = Vec::with_capacity(photos.len());
    {
        let mut reader = acting.app().read().await?;
        let event = store::event(&mut reader, id).await?;
        acting
            .require(
                &mut reader,
                Action::VisitRecord,
                &event.planned.area_id,
                None,
            )
            .await?;
    }
    for bytes in photos {
        let done = acting.app().files.prepare(bytes).await?;
        prepared.push(done.map_err(|_| Error::field("photo", t.visits_photo_kind()))?);
    }
    let mut tx = acting.begin().await?;
    let (_, event) = event_in(&mut tx, acting, (id, seen), Action::VisitRecord).await?;
    took_place(acting, &event)?;
    let before = happened::photos(&mut tx, id).await?.len();
    if before.saturating_add(prepared.len()) > MAX_PHOTOS {
        return Err(Error::field("photo", t.visits_photos_most(MAX_PHOTOS)));
    }
    let mut files = Vec::with_capacity(prepared.len());
    for one in &prepared {
        let file = acting.app().files.note(&mut tx, acting, one, false).await?;
        files.push(file.id);
    }
    let version = event.version.saturating_add(1);
    happened::add_photos(&mut tx, acting, (id, version), &files).await?;
    let act = ("visit.photographed", "visit_photo");
    note(&mut tx, acting, act, (id, version)).await?;
    Ok(tx.commit().await?)
}

/// Gives an instruction at an event: a task, and the link to it, in one act. Returns the task's id.
///
/// # Errors
/// No power to give; somebody else was faster; what [`give_in`] refuses.
pub async fn instruct(
    acting: &Acting,
    id: &str,
    seen: u64,
    new: Instruction,
) -> Result<String, Error> {
    let mut tx = acting.begin().await?;
    // The same form sent again: its task is there, whatever happened to the event since.
    let (event_area, linked) = {
        let event = store::event(&mut tx, id).await?;
        (event.planned.area_id, happened::tasks(&mut tx, id).await?)
    };
    acting
        .require(&mut tx, Action::TaskGive, &event_area, None)
        .await?;
    let key = new.key.clone();
    let known =
        crate::tasks::queries::of_origin(&mut tx, crate::tasks::model::BY_HAND, &key).await?;
    if let Some(task) = known.iter().find(|task| linked.contains(&task.id)) {
        return Ok(task.id.clone());
    }
    let (_, event) = event_in(&mut tx, acting, (id, seen), Action::TaskGive).await?;
    took_place(acting, &event)?;
    if !known.is_empty() {
        return Err(Error::field("title_kk", acting.t().tasks_form_again()));
    }
    let task = give_in(&mut tx, acting, new).await?;
    let version = event.version.saturating_add(1);
    happened::add_task(&mut tx, acting, (id, version), &task).await?;
    let act = ("visit.instructed", "visit_task");
    note(&mut tx, acting, act, (id, version)).await?;
    tx.commit().await?;
    Ok(task)
}
