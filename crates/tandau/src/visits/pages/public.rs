//! `/visits/{id}/events/{event}` and `/visits/proposals`: what everybody may see.

use super::event::{Given, Heard, People, given, people, reports, topic, wish};
use super::event_state;
use crate::candidates::pages::{Requirement, requirements};
use crate::elections::queries as elections;
use crate::platform::database::Connection;
use crate::platform::i18n::{date_long, instant_long, number};
use crate::platform::web::{Choice, Crumb, Ctx, Shell, Shows, day, page as render};
use crate::platform::{Error, areas, ids};
use crate::surveys::model::State as SurveyState;
use crate::surveys::queries as surveys;
use crate::tasks::queries::BodyNames;
use crate::visits::model::{EventState, Proposal, words};
use crate::visits::{papers, queries};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

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
    as_of: String,
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

/// As of which day a page is asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct OnDay {
    #[serde(default)]
    as_of: String,
}

pub(super) async fn event(
    ctx: Ctx,
    Path((id, event)): Path<(String, String)>,
    Query(asked): Query<OnDay>,
) -> Result<Response, Error> {
    if !ids::is_id(&id) || !ids::is_id(&event) {
        return Err(Error::NotFound);
    }
    let t = ctx.t;
    let lang = t.lang;
    let mut reader = ctx.read().await?;
    let (before, day) = day::before(&ctx.app, &asked.as_of, &t.form_date())?;
    // Who looks at a day goes on looking at it.
    let query = day.map_or_else(String::new, |day| format!("?as_of={day}"));
    let (visit, event) = queries::public_event(&mut reader, &id, &event, before).await?;
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
    let tasks = queries::given_before(&mut reader, &planned.id, before).await?;
    let mut told = given(&ctx, &mut reader, &tasks, (&zone, before)).await?;
    for one in &mut told {
        // Pages of tasks belong to the office.
        one.href.clear();
    }
    let mut said = Vec::new();
    for one in queries::answered(&mut reader, &visit.id, before).await? {
        if one.event_id == planned.id {
            said.push(answered(&ctx, &mut reader, one).await?);
        }
    }
    let versions = queries::versions(&mut reader, &planned.id).await?;
    // What was only added to is no correction.
    let corrected = versions
        .iter()
        .skip(1)
        .filter(|version| version.at < before)
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
                Crumb::to(format!("/visits{query}"), t.visits_title()),
                Crumb::to(format!("/visits/{}{query}", visit.id), visit_title.clone()),
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
        visit_href: format!("/visits/{}{query}", visit.id),
        as_of: instant_long(lang, before, &zone),
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
async fn answered(ctx: &Ctx, reader: &mut Connection, one: Proposal) -> Result<Line, Error> {
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
    let date = date_long(t.lang, papers::day_of(&event, &zone));
    let changed = one.changed_at.to_zoned_datetime(zone);
    Ok(Line {
        text: one.text.get(t.lang).to_owned(),
        topic: topic(ctx, &one.topic),
        body: body.get(t.lang).to_owned(),
        answer: one.answer.get(t.lang).to_owned(),
        when: date_long(t.lang, changed.date()),
        event: t.visits_said_at(area.names.get(t.lang), date, kind),
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
    /// A day.
    #[serde(default)]
    as_of: String,
    /// Page, from 1.
    #[serde(default)]
    page: String,
}

#[derive(Template)]
#[template(path = "visits/pages/public_proposals.html")]
struct ProposalsPage {
    s: Shell,
    page: usize,
    pages: usize,
    previous: String,
    next: String,
    visit: String,
    topics: Vec<Choice>,
    lines: Vec<Line>,
    wishes: Vec<(String, String)>,
    laws: Vec<Law>,
}

/// What the law asks, in the elections that the visits prepared: beside wishes, never among them.
struct Law {
    href: String,
    name: String,
    requirements: Vec<Requirement>,
}

async fn laws(
    ctx: &Ctx,
    reader: &mut Connection,
    wishes: &[(String, BTreeSet<String>)],
) -> Result<Vec<Law>, Error> {
    let events: BTreeSet<&String> = wishes.iter().flat_map(|(_, events)| events).collect();
    let mut prepared = BTreeSet::new();
    for id in events {
        let event = queries::event(reader, id).await?;
        prepared.insert(queries::by_id(reader, &event.visit_id).await?.election_id);
    }
    prepared.remove("");
    let mut laws = BTreeMap::new();
    for id in prepared {
        let election = elections::election(reader, &id).await?;
        let pack = ctx.app.rules.get(&election.rules_id)?;
        laws.entry(election.rules_id).or_insert_with(|| Law {
            href: format!("/elections/{id}/rules"),
            name: words(&pack.name, ctx.lang()).to_owned(),
            requirements: requirements(ctx.t, &pack),
        });
    }
    Ok(laws.into_values().collect())
}

/// Answers on a page.
const PER_PAGE: usize = 50;

pub(super) async fn proposals(
    ctx: Ctx,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    ctx.app
        .kept
        .or_render(&ctx, &headers, Shows::All, all_proposals(&ctx, &asked))
        .await
}

async fn all_proposals(ctx: &Ctx, asked: &Asked) -> Result<String, Error> {
    let t = ctx.t;
    if !asked.visit.is_empty() && !ids::is_id(&asked.visit) {
        return Err(Error::NotFound);
    }
    let mut reader = ctx.read().await?;
    let (before, _) = day::before(&ctx.app, &asked.as_of, &t.form_date())?;
    let mut all = queries::answered(&mut reader, &asked.visit, before).await?;
    all.retain(|one| asked.topic.is_empty() || one.topic == asked.topic);
    let page = asked.page.parse().unwrap_or(1_usize).max(1);
    let pages = all.len().div_ceil(PER_PAGE).max(1);
    let skip = page.saturating_sub(1).saturating_mul(PER_PAGE);
    let mut lines = Vec::new();
    for one in all.into_iter().skip(skip).take(PER_PAGE) {
        lines.push(answered(ctx, &mut reader, one).await?);
    }
    let to = |page: usize| {
        let asked = [
            ("visit", asked.visit.as_str()),
            ("topic", asked.topic.as_str()),
            ("as_of", asked.as_of.as_str()),
            ("page", &page.to_string()),
        ];
        serde_urlencoded::to_string(asked)
            .map(|query| format!("/visits/proposals?{query}"))
            .map_err(Error::internal)
    };
    let (mut previous, mut next) = (String::new(), String::new());
    if page > 1 {
        previous = to(page - 1)?;
    }
    if page < pages {
        next = to(page + 1)?;
    }
    let wishes = queries::wishes(&mut reader, &asked.visit, before).await?;
    let mut topics = vec![Choice::new("", t.visits_topic_any(), &asked.topic)];
    let answerable = ctx.app.rules.visits().topics.iter().filter(|o| !o.profile);
    topics.extend(answerable.map(|o| {
        let title = words(&o.title, t.lang);
        Choice::new(o.id.clone(), title, &asked.topic)
    }));
    let title = t.visits_proposals_public();
    let page = ProposalsPage {
        page,
        pages,
        previous,
        next,
        visit: asked.visit.clone(),
        topics,
        s: ctx.shell(
            "",
            title.clone(),
            vec![Crumb::to("/", t.shell_nav_home()), Crumb::here(title)],
        ),
        lines,
        laws: laws(ctx, &mut reader, &wishes).await?,
        wishes: wishes
            .iter()
            .map(|(id, events)| (wish(ctx, id), number(t.lang, events.len())))
            .collect(),
    };
    page.render().map_err(Error::internal)
}
