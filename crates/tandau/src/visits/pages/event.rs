//! `/office/visits/events/{id}`: what is planned, what happened, what was asked for.

use super::{crumbs, event_state, own_event, seen};
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::{instant_short, number};
use crate::platform::web::{
    Ctx, FieldErrors, FormData, Shell, page as render, page_with_status, see,
};
use crate::platform::{Error, Names, areas};
use crate::readiness::checklists::queries as checklists;
use crate::surveys::queries as surveys;
use crate::tasks::queries::BodyNames;
use crate::tasks::words as task_words;
use crate::visits::model::{Event, EventState, ProposalState, Record, Visit, VisitState, words};
use crate::visits::{actions, papers, queries};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::HashMap;

/// People of one category.
pub(super) struct People {
    pub(super) category: String,
    pub(super) invited: String,
    pub(super) counted: String,
}

/// A figure of a report.
pub(super) struct Told {
    pub(super) label: String,
    pub(super) value: String,
    pub(super) href: String,
    /// What the records say, where that is something else.
    pub(super) record: String,
}

/// A report heard.
pub(super) struct Heard {
    pub(super) position: usize,
    pub(super) subject: String,
    pub(super) who: String,
    pub(super) figures: Vec<Told>,
}

/// An instruction given.
pub(crate) struct Given {
    pub(crate) href: String,
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) due: String,
    pub(crate) shape: &'static str,
    pub(crate) state: String,
    pub(crate) left: String,
    /// The question of the stations' checklist that it is about, with where everybody reads it.
    pub(crate) item: String,
    pub(crate) item_href: String,
}

/// A proposal made.
struct Said {
    id: String,
    version: u64,
    text: String,
    topic: String,
    shape: &'static str,
    state: String,
    open: bool,
}

#[derive(Template)]
#[template(path = "visits/pages/event.html")]
struct EventPage {
    s: Shell,
    errors: FieldErrors,
    id: String,
    visit_id: String,
    version: u64,
    title: String,
    shape: &'static str,
    state: String,
    reason: String,
    when: String,
    place: String,
    led: String,
    agenda: String,
    hosts: String,
    with_head: bool,
    counts: bool,
    is_public: bool,
    may_plan: bool,
    may_cancel: bool,
    may_record: bool,
    may_give: bool,
    recorded: bool,
    people: Vec<People>,
    total: String,
    speakers: Vec<String>,
    reports: Vec<Heard>,
    surveys: Vec<(String, String)>,
    photos: Vec<String>,
    given: Vec<Given>,
    said: Vec<Said>,
}

/// People by category, and all counted.
pub(super) fn people(ctx: &Ctx, record: &Record) -> (Vec<People>, String) {
    let lang = ctx.lang();
    let rules = ctx.app.rules.visits();
    let write = |n: Option<u64>| n.map_or_else(String::new, |n| number(lang, n));
    let mut lines = Vec::new();
    // In the order of the rules; what they no longer know comes last.
    let known = rules.categories.iter().map(|c| c.id.as_str());
    let gone = record.counts.iter().map(|c| c.category.as_str());
    let gone = gone.filter(|id| rules.category(id).is_none());
    for id in known.chain(gone) {
        if let Some(count) = record.counts.iter().find(|c| c.category == id) {
            let title = rules.category(id).map(|c| words(&c.title, lang));
            lines.push(People {
                category: title.unwrap_or(id).to_owned(),
                invited: write(count.invited),
                counted: write(count.counted),
            });
        }
    }
    (lines, write(record.counted(None)))
}

/// Reports with their figures, each with where it stands on record.
pub(super) async fn reports(
    ctx: &Ctx,
    reader: &mut Connection,
    visit: &Visit,
    (event, zone): (&Event, &TimeZone),
    record: &Record,
) -> Result<Vec<Heard>, Error> {
    use crate::visits::model::Source;
    use crate::visits::queries::{FigureValue, may_show, on_record};
    let lang = ctx.lang();
    let day = papers::day_of(event, zone);
    let mut bodies = BodyNames::default();
    let mut heard = Vec::with_capacity(record.reports.len());
    for (position, report) in record.reports.iter().enumerate() {
        let mut who = Vec::new();
        if let Some(body) = &report.body {
            who.push(bodies.of(reader, body, day).await?.get(lang).to_owned());
        }
        if !report.speaker.kk.is_empty() {
            who.push(report.speaker.get(lang).to_owned());
        }
        let mut figures = Vec::with_capacity(report.figures.len());
        for figure in &report.figures {
            if !may_show(&ctx.app, figure) {
                figures.push(Told {
                    label: figure.label.get(lang).to_owned(),
                    value: ctx.t.visits_hidden(),
                    href: String::new(),
                    record: String::new(),
                });
                continue;
            }
            let days = (day, ctx.app.today());
            let known = on_record(reader, visit, &figure.source, days).await?;
            let (href, now) = match (&figure.source, known) {
                (Source::Page(path), _) => (path.clone(), None),
                (_, Some(known)) => match known.value {
                    FigureValue::Number(electoral::press::Value::Count(n)) => (known.href, Some(n)),
                    _ => (known.href, None),
                },
                (_, None) => (String::new(), None),
            };
            let other = now.filter(|n| *n != figure.value);
            figures.push(Told {
                label: figure.label.get(lang).to_owned(),
                value: number(lang, figure.value),
                href,
                record: other.map_or_else(String::new, |n| ctx.t.visits_on_record(n)),
            });
        }
        heard.push(Heard {
            position,
            subject: report.subject.get(lang).to_owned(),
            who: who.join(", "),
            figures,
        });
    }
    Ok(heard)
}

/// Instructions with where they are.
pub(crate) async fn given(
    ctx: &Ctx,
    reader: &mut Connection,
    tasks: &[crate::tasks::Task],
    (zone, now): (&TimeZone, Timestamp),
) -> Result<Vec<Given>, Error> {
    let t = ctx.t;
    let mut bodies = BodyNames::default();
    let mut questions: HashMap<&str, String> = HashMap::new();
    let mut lines = Vec::with_capacity(tasks.len());
    for task in tasks {
        let item = task.item.as_str();
        if !item.is_empty() && !questions.contains_key(item) {
            let words = checklists::wording(reader, &ctx.app, item).await?;
            let words = words.map_or_else(String::new, |words| words.get(t.lang).to_owned());
            questions.insert(item, words);
        }
        let body = bodies.of(reader, &task.addressee, ctx.app.today()).await?;
        let (shape, state) = task_words::state(t, task.state);
        lines.push(Given {
            href: format!("/office/tasks/{}", task.id),
            title: task.title.get(t.lang).to_owned(),
            body: body.get(t.lang).to_owned(),
            due: instant_short(t.lang, task.due_at, zone),
            shape,
            state,
            left: task_words::left(t, task, now),
            item: questions.get(item).cloned().unwrap_or_default(),
            item_href: format!("/readiness/checklist#item-{item}"),
        });
    }
    Ok(lines)
}

/// What a topic is called.
pub(super) fn topic(ctx: &Ctx, id: &str) -> String {
    let topic = ctx.app.rules.visits().topic(id);
    topic.map_or_else(|| id.to_owned(), |t| words(&t.title, ctx.lang()).to_owned())
}

/// What a wish is called.
pub(super) fn wish(ctx: &Ctx, id: &str) -> String {
    let wish = ctx.app.rules.visits().wish(id);
    wish.map_or_else(|| id.to_owned(), |w| words(&w.title, ctx.lang()).to_owned())
}

/// Shape and word of a proposal's state.
pub(super) fn proposal_state(ctx: &Ctx, state: ProposalState) -> (&'static str, String) {
    let shape = match state {
        ProposalState::Open => "open",
        ProposalState::Answered | ProposalState::Kept => "done",
        ProposalState::Withdrawn => "trouble",
    };
    let word = ctx.t.word(&format!("visits-proposal-{}", state.as_str()));
    (shape, word)
}

async fn build(
    ctx: &Ctx,
    (visit, event): (Visit, Event),
    errors: FieldErrors,
) -> Result<EventPage, Error> {
    let t = ctx.t;
    let lang = t.lang;
    let mut reader = ctx.read().await?;
    let planned = &event.planned;
    let area = areas::by_id(&mut reader, &planned.area_id, visit.starts_on).await?;
    let zone = area.time_zone()?;
    let record = queries::record(&mut reader, &event).await?;
    let (lines, total) = people(ctx, &record);
    let mut asked = Vec::new();
    for id in &record.surveys {
        let survey = surveys::by_id(&mut reader, id).await?;
        asked.push((
            format!("/office/surveys/{id}"),
            survey.title.get(lang).to_owned(),
        ));
    }
    let tasks = queries::instructions(&mut reader, &planned.id).await?;
    let said = queries::proposals_at(&mut reader, &planned.id).await?;
    let acting = ctx.acting()?;
    let begun = ctx.app.clock.now() >= planned.starts_at
        && event.state != EventState::Cancelled
        && visit.state != VisitState::Cancelled;
    let mut may = [false; 3];
    let powers = [Action::VisitPlan, Action::VisitRecord, Action::TaskGive];
    for (held, action) in may.iter_mut().zip(powers) {
        *held = acting
            .may(&mut reader, action, &planned.area_id, None)
            .await?;
    }
    let [may_plan, may_record, may_give] = may;
    let may_plan =
        may_plan && event.state != EventState::Cancelled && visit.state != VisitState::Cancelled;
    let (shape, word) = event_state(t, event.state);
    let title = papers::kind(&ctx.app, &planned.kind, lang);
    let words_of = |names: &Names| names.get(lang).to_owned();
    Ok(EventPage {
        s: ctx.shell(
            "office",
            title.clone(),
            crumbs(ctx, Some(&visit), None, title.clone()),
        ),
        when: papers::when(t, &event, &zone),
        place: papers::place(&mut reader, t, &visit, &event, &area).await?,
        led: words_of(&planned.led),
        agenda: words_of(&planned.agenda),
        hosts: words_of(&planned.hosts),
        with_head: planned.with_head,
        counts: planned.counts,
        is_public: visit.state.is_public(),
        may_plan,
        may_cancel: may_plan && event.state == EventState::Planned,
        may_record: may_record && begun,
        may_give: may_give && begun,
        recorded: event.record > 0,
        people: lines,
        total,
        speakers: record.speakers.iter().map(words_of).collect(),
        reports: reports(ctx, &mut reader, &visit, (&event, &zone), &record).await?,
        surveys: asked,
        photos: queries::photos(&mut reader, &planned.id).await?,
        given: given(ctx, &mut reader, &tasks, (&zone, ctx.app.clock.now())).await?,
        said: said
            .into_iter()
            .map(|one| {
                let (shape, state) = proposal_state(ctx, one.state);
                let text = one.text.get(lang).to_owned();
                let wished = wish(ctx, &one.wish);
                Said {
                    text: match (one.wish.is_empty(), text.is_empty()) {
                        (true, _) => text,
                        (false, true) => wished,
                        (false, false) => format!("{wished}: {text}"),
                    },
                    topic: topic(ctx, &one.topic),
                    open: one.state != ProposalState::Withdrawn,
                    id: one.id,
                    version: one.version,
                    shape,
                    state,
                }
            })
            .collect(),
        id: planned.id.clone(),
        visit_id: visit.id.clone(),
        version: event.version,
        reason: event.reason.clone(),
        title,
        shape,
        state: word,
        errors,
    })
}

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let found = {
        let mut reader = ctx.read().await?;
        own_event(&ctx, &mut reader, &id, Action::VisitFollow).await?
    };
    render(&build(&ctx, found, FieldErrors::new()).await?)
}

/// The page of an event again, after something on it was refused.
pub(super) async fn again(
    ctx: &Ctx,
    id: &str,
    action: Action,
    error: Error,
) -> Result<Response, Error> {
    let (errors, status) = FieldErrors::or_conflict(error, "")?;
    let found = {
        let mut reader = ctx.read().await?;
        own_event(ctx, &mut reader, id, action).await?
    };
    page_with_status(&build(ctx, found, errors).await?, status)
}

pub(super) async fn cancel(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    {
        let mut reader = ctx.read().await?;
        own_event(&ctx, &mut reader, &id, Action::VisitPlan).await?;
    }
    let acting = ctx.acting()?;
    match actions::cancel_event(&acting, &id, seen(&form), form.text("reason")).await {
        Ok(()) => Ok(see(&format!(
            "/office/visits/events/{id}?done=visits-saved"
        ))),
        Err(error) => again(&ctx, &id, Action::VisitPlan, error).await,
    }
}
