//! `/visits/{id}/events/{event}` and `/visits/proposals`: what everybody may see.

use super::event::{Given, Heard, People, given, people, reports, topic, wish};
use super::event_state;
use crate::platform::i18n::{date_long, instant_long, number};
use crate::platform::web::{Choice, Crumb, Ctx, Shell, page as render};
use crate::platform::{Error, areas, ids};
use crate::surveys::model::State as SurveyState;
use crate::surveys::queries as surveys;
use crate::tasks::queries::BodyNames;
use crate::visits::model::{EventState, Proposal, words};
use crate::visits::{papers, queries};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "visits/pages/public_event.html")]
struct EventPage {
    s: Shell,
    title: String,
    shape: &'static str,
    state: String,
    reason: String,
    visit: String,
    visit_href: String,
    when: String,
    place: String,
    place_href: String,
    led: String,
    agenda: String,
    people: Vec<People>,
    total: String,
    reports: Vec<Heard>,
    surveys: Vec<(String, String)>,
    given: Vec<Given>,
    said: Vec<Line>,
    corrected: String,
}

struct Line {
    id: String,
    text: String,
    topic: String,
    body: String,
    answer: String,
    when: String,
    event: String,
    event_href: String,
}

pub(super) async fn event(
    ctx: Ctx,
    Path((id, event)): Path<(String, String)>,
) -> Result<Response, Error> {
    if !ids::is_id(&id) || !ids::is_id(&event) {
        return Err(Error::NotFound);
    }
    let t = ctx.t;
    let lang = t.lang;
    let mut reader = ctx.read().await?;
    let (visit, event) = queries::public_event(&mut reader, &id, &event).await?;
    let planned = &event.planned;
    let area = areas::by_id(&mut reader, &planned.area_id, visit.starts_on).await?;
    let zone = area.time_zone()?;
    let record = queries::record(&mut reader, &event).await?;
    let (lines, total) = people(&ctx, &record);
    let mut asked = Vec::new();
    for id in &record.surveys {
        let survey = surveys::by_id(&mut reader, id).await?;
        if survey.state != SurveyState::Draft {
            asked.push((format!("/surveys/{id}"), survey.title.get(lang).to_owned()));
        }
    }
    let tasks = queries::instructions(&mut reader, &planned.id).await?;
    let mut told = given(&ctx, &mut reader, &tasks, (&zone, ctx.app.clock.now())).await?;
    for one in &mut told {
        // Pages of tasks belong to the office.
        one.href.clear();
    }
    let mut said = Vec::new();
    for one in queries::answered(&mut reader, &visit.id).await? {
        if one.event_id == planned.id {
            said.push(answered(&ctx, &mut reader, one).await?);
        }
    }
    let versions = queries::versions(&mut reader, &planned.id).await?;
    // What was only added to is no correction.
    let corrected = versions
        .iter()
        .skip(1)
        .rfind(|version| !version.reason.is_empty())
        .map_or_else(String::new, |last| {
            let when = instant_long(lang, last.at, &zone);
            t.visits_corrected(last.reason.as_str(), when)
        });
    let (shape, state) = event_state(t, event.state);
    let title = papers::kind(&ctx.app, &planned.kind, lang);
    let visit_title = visit.title.get(lang).to_owned();
    let page = EventPage {
        s: ctx.shell(
            "",
            title.clone(),
            vec![
                Crumb::to("/", t.shell_nav_home()),
                Crumb::to("/visits", t.visits_title()),
                Crumb::to(format!("/visits/{}", visit.id), visit_title.clone()),
                Crumb::here(title.clone()),
            ],
        ),
        reason: if event.state == EventState::Cancelled {
            event.reason.clone()
        } else {
            String::new()
        },
        when: papers::when(t, &event, &zone),
        place: papers::place(&mut reader, t, &visit, &event, &area).await?,
        place_href: match &planned.station_id {
            Some(station) => format!("/stations/{station}"),
            None => format!("/areas/{}", area.code),
        },
        led: planned.led.get(lang).to_owned(),
        agenda: planned.agenda.get(lang).to_owned(),
        reports: reports(&ctx, &mut reader, &visit, (&event, &zone), &record).await?,
        people: lines,
        surveys: asked,
        given: told,
        visit: format!("{visit_title}, {}", papers::days(t, &visit)),
        visit_href: format!("/visits/{}", visit.id),
        title,
        shape,
        state,
        total,
        said,
        corrected,
    };
    render(&page)
}

/// An answered proposal as everybody reads it.
async fn answered(
    ctx: &Ctx,
    reader: &mut crate::platform::database::Connection,
    one: Proposal,
) -> Result<Line, Error> {
    let t = ctx.t;
    let event = queries::event(reader, &one.event_id).await?;
    let visit = queries::by_id(reader, &event.visit_id).await?;
    let area = areas::by_id(reader, &event.planned.area_id, visit.starts_on).await?;
    let zone = area.time_zone()?;
    let mut bodies = BodyNames::default();
    let body = match &one.body {
        Some(body) => bodies.of(reader, body, ctx.app.today()).await?,
        None => crate::platform::Names::default(),
    };
    let kind = papers::kind(&ctx.app, &event.planned.kind, t.lang);
    let day = date_long(t.lang, papers::day_of(&event, &zone));
    let changed = one.changed_at.to_zoned_datetime(zone);
    Ok(Line {
        text: one.text.get(t.lang).to_owned(),
        topic: topic(ctx, &one.topic),
        body: body.get(t.lang).to_owned(),
        answer: one.answer.get(t.lang).to_owned(),
        when: date_long(t.lang, changed.date()),
        event: t.visits_said_at(area.names.get(t.lang), day, kind),
        event_href: format!("/visits/{}/events/{}", visit.id, event.planned.id),
        id: one.id,
    })
}

/// What an address asks for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// One visit only.
    #[serde(default)]
    visit: String,
    /// One topic only.
    #[serde(default)]
    topic: String,
}

#[derive(Template)]
#[template(path = "visits/pages/public_proposals.html")]
struct ProposalsPage {
    s: Shell,
    visit: String,
    topics: Vec<Choice>,
    lines: Vec<Line>,
    wishes: Vec<(String, String)>,
}

pub(super) async fn proposals(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let t = ctx.t;
    if !asked.visit.is_empty() && !ids::is_id(&asked.visit) {
        return Err(Error::NotFound);
    }
    let mut reader = ctx.read().await?;
    let mut lines = Vec::new();
    for one in queries::answered(&mut reader, &asked.visit).await? {
        if !asked.topic.is_empty() && one.topic != asked.topic {
            continue;
        }
        lines.push(answered(&ctx, &mut reader, one).await?);
    }
    let wishes = queries::wishes(&mut reader, &asked.visit).await?;
    let mut topics = vec![Choice::new("", t.visits_topic_any(), &asked.topic)];
    let answerable = ctx.app.rules.visits().topics.iter().filter(|o| !o.profile);
    topics.extend(answerable.map(|o| {
        let title = words(&o.title, t.lang);
        Choice::new(o.id.clone(), title, &asked.topic)
    }));
    let title = t.visits_proposals_public();
    render(&ProposalsPage {
        visit: asked.visit,
        topics,
        s: ctx.shell(
            "",
            title.clone(),
            vec![Crumb::to("/", t.shell_nav_home()), Crumb::here(title)],
        ),
        lines,
        wishes: wishes
            .iter()
            .map(|(id, events)| (wish(&ctx, id), number(t.lang, events.len())))
            .collect(),
    })
}
