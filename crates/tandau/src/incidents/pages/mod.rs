//! Pages of incidents: the desk, a report, an incident with everything that happened to it; public numbers.

mod acts;
mod desk;
mod new;
mod public;
mod show;

use super::model::{Clock, State};
use crate::elections::{Election, ElectionState, queries as elections};
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::language;
use crate::platform::web::{Choice, Crumb, Ctx, Guard, Routes};
use crate::platform::{Error, Lang, T};
use electoral::checklist::Severity;

pub(crate) use desk::waiting;

/// Routes of the room.
#[must_use]
pub fn routes() -> Routes {
    let reports = Guard::Power(Action::IncidentReport);
    let handles = Guard::Power(Action::IncidentHandle);
    Routes::new()
        .get("/elections/{id}/incidents", Guard::Public, public::page)
        .get("/elections/{id}/incidents.csv", Guard::Public, public::csv)
        .get(
            "/elections/{id}/incidents.json",
            Guard::Public,
            public::json,
        )
        .get("/office/incidents", reports, desk::page)
        .get("/office/incidents/new", reports, new::page)
        .post("/office/incidents/new", reports, new::report)
        .get("/office/incidents/{id}", reports, show::page)
        .get("/office/incidents/{id}/photos/{file}", reports, show::photo)
        .post("/office/incidents/{id}/start", reports, acts::start)
        .post("/office/incidents/{id}/note", reports, acts::note)
        .post("/office/incidents/{id}/assign", handles, acts::assign)
        .post("/office/incidents/{id}/escalate", handles, acts::escalate)
        .post("/office/incidents/{id}/regrade", handles, acts::regrade)
        .post("/office/incidents/{id}/close", handles, acts::close)
        .post("/office/incidents/{id}/reopen", handles, acts::reopen)
        .post("/office/incidents/{id}/merge", handles, acts::merge)
        .post("/office/incidents/{id}/unmerge", handles, acts::unmerge)
}

/// The way to a page of the desk.
fn crumbs(ctx: &Ctx, here: String, below: bool) -> Vec<Crumb> {
    let mut way = vec![Crumb::to("/office", ctx.t.shell_nav_office())];
    if below {
        way.push(Crumb::to("/office/incidents", ctx.t.incidents_title()));
    }
    way.push(Crumb::here(here));
    way
}

fn in_language(lang: Lang, text: &electoral::Text) -> String {
    text.get(language(lang)).to_owned()
}

/// Name of a kind.
fn kind(ctx: &Ctx, id: &str) -> String {
    match ctx.app.rules.incidents().kind(id) {
        Some(kind) => in_language(ctx.lang(), &kind.title),
        None => id.to_owned(),
    }
}

fn kinds(ctx: &Ctx, current: &str) -> Vec<Choice> {
    ctx.app
        .rules
        .incidents()
        .kinds
        .iter()
        .map(|k| Choice::new(&k.id, in_language(ctx.lang(), &k.title), current))
        .collect()
}

fn severity(t: T, severity: Severity) -> String {
    t.word(&format!("incidents-severity-{}", severity.as_str()))
}

fn severities(t: T, current: &str) -> Vec<Choice> {
    Severity::ALL
        .into_iter()
        .map(|s| Choice::new(s.as_str(), severity(t, s), current))
        .collect()
}

/// Shape and word of a state.
fn state(t: T, state: State) -> (&'static str, String) {
    let shape = match state {
        State::Open => "open",
        State::Assigned | State::InHand => "partial",
        State::Waiting => "attention",
        State::Closed | State::Merged => "done",
    };
    let word = t.word(&format!(
        "incidents-state-{}",
        state.as_str().replace('_', "-")
    ));
    (shape, word)
}

/// Shape and words of the response clock; empty words when it has stopped.
fn clock(t: T, clock: Clock) -> (&'static str, String) {
    match clock {
        Clock::Over(minutes) => ("trouble", t.incidents_clock_over(span(t, minutes))),
        Clock::Left(minutes) => ("attention", t.incidents_clock_left(span(t, minutes))),
        Clock::Stopped => ("done", String::new()),
    }
}

/// Minutes in words.
fn span(t: T, minutes: i64) -> String {
    if minutes < 60 {
        t.incidents_minutes(minutes)
    } else {
        t.incidents_hours(minutes / 60, minutes % 60)
    }
}

/// The election asked for, or the one that is under way; and those to choose from.
async fn election(
    connection: &mut Connection,
    ctx: &Ctx,
    asked: &str,
) -> Result<(Option<Election>, Vec<Choice>), Error> {
    let all = elections::elections(connection).await?;
    let chosen = if asked.is_empty() {
        all.iter()
            .find(|e| e.state < ElectionState::Published)
            .or(all.first())
            .cloned()
    } else {
        let found = all.iter().find(|e| e.id == asked);
        Some(found.cloned().ok_or(Error::NotFound)?)
    };
    let current = chosen.as_ref().map_or("", |e| e.id.as_str());
    let choices = all
        .iter()
        .map(|e| Choice::new(&e.id, e.title.get(ctx.lang()), current))
        .collect();
    Ok((chosen, choices))
}

/// Areas in which this person may report.
async fn own_areas(connection: &mut Connection, ctx: &Ctx) -> Result<Vec<String>, Error> {
    ctx.acting()?
        .areas_with(connection, Action::IncidentReport)
        .await
}
