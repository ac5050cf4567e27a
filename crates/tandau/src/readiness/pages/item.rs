//! One question of the checklist on a page: how it is answered, what was answered, who mends it by when.

use super::common::{At, People, severity_word, status_words};
use crate::platform::database::Connection;
use crate::platform::i18n::{date_long, instant_short};
use crate::platform::web::{Choice, Ctx, FieldErrors, FormData};
use crate::platform::{Error, T};
use crate::readiness::model::{Cause, Given, ItemStatus, is_party, names};
use crate::readiness::queries;
use crate::readiness::words::value_words;
use crate::tasks;
use electoral::checklist::{Evidence, Item, Kind};

/// A question as the page shows it.
pub(super) struct ItemView {
    pub(super) id: String,
    pub(super) wording: String,
    pub(super) hint: String,
    /// `choice`, `number`, `date`, `text`, `photo`, or `told` where nothing is typed in.
    pub(super) kind: &'static str,
    pub(super) field: String,
    pub(super) note_field: String,
    pub(super) photo_field: String,
    pub(super) choices: Vec<Choice>,
    /// Ticks instead of an answer, for the field `none_field`.
    pub(super) instead: Vec<Choice>,
    pub(super) none_field: String,
    pub(super) value: String,
    pub(super) unit: String,
    pub(super) note: String,
    pub(super) takes_files: bool,
    pub(super) evidence: Vec<String>,
    pub(super) shape: &'static str,
    pub(super) state: String,
    pub(super) now: String,
    pub(super) now_note: String,
    /// Why an answered question is asked again.
    pub(super) again: String,
    pub(super) due: String,
    pub(super) severity: String,
    pub(super) task: Option<(String, String)>,
    pub(super) settle: String,
    pub(super) base: u64,
    pub(super) history: Vec<String>,
    pub(super) photos: Vec<(String, String)>,
    pub(super) error: String,
    pub(super) note_error: String,
    pub(super) photo_error: String,
}

/// What was sent and has to be mended.
#[derive(Default)]
pub(super) struct Sent {
    pub(super) form: Option<FormData>,
    pub(super) errors: FieldErrors,
}

impl Sent {
    fn text(&self, field: &str) -> Option<String> {
        self.form.as_ref().map(|form| form.text(field).to_owned())
    }
}

fn kind(item: &Item) -> &'static str {
    if item.told_by.is_some() {
        return "told";
    }
    match item.kind {
        Kind::YesNo { .. } => "choice",
        Kind::Number { .. } => "number",
        Kind::Date { .. } => "date",
        Kind::Text { .. } => "text",
        Kind::Photo { .. } => "photo",
    }
}

fn choices(t: T, item: &Item, value: &str) -> Vec<Choice> {
    let Kind::YesNo { not_applicable, .. } = item.kind else {
        return Vec::new();
    };
    let mut choices = vec![
        Choice::new("yes", t.readiness_yes(), value),
        Choice::new("no", t.readiness_no(), value),
    ];
    if not_applicable {
        choices.push(Choice::new("na", t.readiness_na(), value));
    }
    choices
}

fn instead(t: T, item: &Item, value: &str) -> Vec<Choice> {
    let mut ticks = Vec::new();
    if item.kind.may_be_missing() {
        ticks.push(Choice::new("no", t.readiness_none(), value));
    }
    if item.kind.has_instead() && item.kind.may_not_apply() {
        ticks.push(Choice::new("na", t.readiness_na(), value));
    }
    ticks
}

fn evidence(t: T, item: &Item) -> Vec<String> {
    item.evidence
        .iter()
        .map(|wanted| match wanted {
            Evidence::Note => t.readiness_evidence_note(),
            Evidence::Photo => t.readiness_evidence_photo(),
            Evidence::Document => t.readiness_evidence_document(),
        })
        .collect()
}

/// An answer in one line.
pub(super) async fn line(
    ctx: &Ctx,
    connection: &mut Connection,
    people: &mut People,
    at: &At,
    given: &Given,
) -> Result<String, Error> {
    let t = ctx.t;
    let who = people.name(connection, t.lang, &given.made_by).await?;
    let note = if given.note.is_empty() {
        String::new()
    } else {
        format!("«{}»", given.note)
    };
    let value = value_words(t, at.list.item(&given.item), &given.value);
    Ok(t.readiness_answer_line(
        t.word(&format!("readiness-cause-{}", given.cause.as_str())),
        note,
        value,
        instant_short(t.lang, given.made_at, &at.zone),
        who,
    ))
}

/// The task that mends an item: address and text.
async fn task(
    ctx: &Ctx,
    connection: &mut Connection,
    at: &At,
    item: &str,
) -> Result<Option<(String, String)>, Error> {
    let key = at.place.task_key(item);
    let origin = crate::readiness::model::ORIGIN;
    let found = tasks::queries::open_by_origin(connection, origin, &key).await?;
    Ok(found.map(|task| {
        let t = ctx.t;
        let text = t.readiness_task_link(
            t.word(&task.addressee.message_key()),
            instant_short(t.lang, task.due_at, &at.zone),
            t.word(&format!("readiness-task-{}", task.state.as_str())),
        );
        (format!("/office/tasks/{}", task.id), text)
    }))
}

/// Why a question is asked again, with the version of the checklist that its last answer was given to.
async fn again(
    ctx: &Ctx,
    connection: &mut Connection,
    at: &At,
    newest: &Given,
) -> Result<String, Error> {
    let t = ctx.t;
    if newest.cause == Cause::Verified {
        return Ok(t.readiness_again_verified());
    }
    let place = &at.place;
    let version = if newest.report_id.is_empty() {
        let setups = queries::setups(connection, &place.election_id).await?;
        setups
            .iter()
            .filter(|s| s.made_at <= newest.made_at)
            // The first is the one that asked again.
            .nth(1)
            .map(|s| s.checklist_version)
    } else {
        let report = queries::report(
            connection,
            &place.election_id,
            &place.station_id,
            &newest.report_id,
        );
        Some(report.await?.checklist_version)
    };
    Ok(t.readiness_again_version(version.map_or_else(|| "–".to_owned(), |v| v.to_string())))
}

/// Puts a question together with its answers.
pub(super) async fn view(
    ctx: &Ctx,
    connection: &mut Connection,
    people: &mut People,
    at: &At,
    (item, given): (&Item, &[&Given]),
    sent: &Sent,
) -> Result<ItemView, Error> {
    let t = ctx.t;
    let field = format!("answer.{}", item.id);
    let note_field = format!("note.{}", item.id);
    let photo_field = format!("photo.{}", item.id);
    let state = at.states.get(&item.id);
    let (shape, word) = status_words(t, state.map(|s| s.status));
    let newest = given.last();
    let mut now = String::new();
    if let Some(newest) = newest {
        now = t.readiness_answer_now(
            t.word(&format!("readiness-cause-{}", newest.cause.as_str())),
            value_words(t, Some(item), &newest.value),
            instant_short(t.lang, newest.made_at, &at.zone),
            people.name(connection, t.lang, &newest.made_by).await?,
        );
    }
    let mut history = Vec::new();
    for one in given.iter().rev().skip(1) {
        history.push(line(ctx, connection, people, at, one).await?);
    }
    let mut photos = Vec::new();
    for file in given.iter().flat_map(|g| &g.photos) {
        let place = i64::try_from(photos.len().saturating_add(1)).unwrap_or(i64::MAX);
        let href = format!(
            "{}/photos/{file}?election={}",
            at.href(),
            at.place.election_id
        );
        photos.push((href, t.readiness_file(place)));
    }
    let none_field = format!("none.{}", item.id);
    // What is asked again is not ticked beforehand.
    let asked_again = state.is_some_and(|s| s.status == ItemStatus::Again);
    let said = state
        .filter(|_| !asked_again)
        .map(|s| s.value.clone())
        .unwrap_or_default();
    let ticked = sent.text(&none_field).unwrap_or_else(|| said.clone());
    let instead = instead(t, item, &ticked);
    let said = if instead.iter().any(|tick| tick.value == said) {
        String::new()
    } else {
        said
    };
    let value = sent.text(&field).unwrap_or(said);
    let unit = match &item.kind {
        Kind::Number { unit, .. } => names(unit).get(t.lang).to_owned(),
        _ => String::new(),
    };
    let unmet = matches!(
        state.map(|s| s.status),
        Some(ItemStatus::Unmet | ItemStatus::Disputed)
    );
    Ok(ItemView {
        wording: names(&item.wording).get(t.lang).to_owned(),
        hint: item
            .hint
            .as_ref()
            .map(|hint| names(hint).get(t.lang).to_owned())
            .unwrap_or_default(),
        kind: kind(item),
        choices: choices(t, item, &value),
        instead,
        none_field,
        value,
        unit,
        note: sent.text(&note_field).unwrap_or_default(),
        takes_files: matches!(item.kind, Kind::Photo { .. })
            || item.evidence.iter().any(|e| *e != Evidence::Note),
        evidence: evidence(t, item),
        shape,
        state: word,
        now,
        again: match newest.filter(|_| asked_again) {
            Some(newest) => again(ctx, connection, at, newest).await?,
            None => String::new(),
        },
        now_note: newest.map(|n| n.note.clone()).unwrap_or_default(),
        due: t.readiness_due(date_long(t.lang, item.due_on(at.force.voting_day)?)),
        severity: severity_word(t, item.severity),
        task: if unmet {
            task(ctx, connection, at, &item.id).await?
        } else {
            None
        },
        settle: if state.is_some_and(|s| s.status == ItemStatus::Disputed)
            && !is_party(given.iter().copied(), ctx.acting()?.person())
        {
            format!(
                "/office/readiness/settle/{}/{}?election={}",
                at.place.station_id, item.id, at.place.election_id
            )
        } else {
            String::new()
        },
        // A form that comes back keeps what its author had seen.
        base: sent
            .text(&format!("base.{}", item.id))
            .and_then(|text| text.parse().ok())
            .unwrap_or_else(|| state.map_or(0, |s| s.sequence)),
        history,
        photos,
        error: sent.errors.of(&field).to_owned(),
        note_error: sent.errors.of(&note_field).to_owned(),
        photo_error: sent.errors.of(&photo_field).to_owned(),
        id: item.id.clone(),
        field,
        note_field,
        photo_field,
    })
}
