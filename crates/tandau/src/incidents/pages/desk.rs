//! `/office/incidents`: those that nobody has begun first, by their clock; then what is in hand, what waits, what is over.

use super::{clock, crumbs, election, kind, kinds, own_areas, severities, severity, state};
use crate::incidents::model::{Clock, Incident, State};
use crate::incidents::queries::{self, Wanted};
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::{instant_long, instant_short};
use crate::platform::web::{Choice, Ctx, Shell, page as render};
use crate::tasks::DeskLine;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};

/// Open incidents on the desk at most.
const OPEN_MOST: i64 = 500;
/// Incidents on the front desk at most.
const ON_THE_FRONT_DESK: usize = 20;
/// Incidents over that are listed.
const DONE_MOST: i64 = 50;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    election: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    severity: String,
}

struct Line {
    href: String,
    number: u64,
    kind: String,
    severity: String,
    place: String,
    what: String,
    shape: &'static str,
    state: String,
    clock_shape: &'static str,
    clock: String,
    reported: String,
}

struct Group {
    id: &'static str,
    title: String,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "incidents/pages/desk.html")]
struct DeskPage {
    s: Shell,
    as_of: String,
    election: String,
    live: String,
    sentence: String,
    elections: Vec<Choice>,
    kinds: Vec<Choice>,
    severities: Vec<Choice>,
    groups: Vec<Group>,
}

/// Numbers of stations that were looked up once.
#[derive(Default)]
pub(super) struct Stations(HashMap<String, (String, TimeZone)>);

impl Stations {
    /// Number and building; the clocks of the place.
    pub(super) async fn place(
        &mut self,
        connection: &mut Connection,
        ctx: &Ctx,
        incident: &Incident,
    ) -> Result<(String, TimeZone), Error> {
        let key = incident.station_id.as_ref().unwrap_or(&incident.area_id);
        if let Some(known) = self.0.get(key) {
            return Ok(known.clone());
        }
        let found = if let Some(station) = &incident.station_id {
            let station = queries::station(connection, station).await?;
            let name = station.names.get(ctx.lang());
            let text = format!("№\u{a0}{} {name}", station.number);
            (text, TimeZone::get(&station.zone)?)
        } else {
            let area =
                crate::platform::areas::by_id(connection, &incident.area_id, ctx.app.today())
                    .await?;
            (area.names.get(ctx.lang()).to_owned(), area.time_zone()?)
        };
        self.0.insert(key.clone(), found.clone());
        Ok(found)
    }
}

pub(super) async fn page(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let t = ctx.t;
    let now = ctx.app.clock.now();
    let mut reader = ctx.read().await?;
    let (chosen, elections) = election(&mut reader, &ctx, &asked.election).await?;
    let id = chosen.map_or_else(String::new, |e| e.id);
    let wanted = Wanted {
        kind: asked.kind.chars().take(40).collect(),
        severity: asked.severity.chars().take(40).collect(),
    };
    let (mut open, mut done) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for area in own_areas(&mut reader, &ctx).await? {
        open.extend(queries::open_under(&mut reader, &area, &id, &wanted, OPEN_MOST).await?);
        done.extend(queries::done_under(&mut reader, &area, &id, &wanted, DONE_MOST).await?);
    }
    open.retain(|i: &Incident| seen.insert(i.id.clone()));
    done.retain(|i: &Incident| seen.insert(i.id.clone()));
    let acted = |i: &Incident| i.clock(now) == Clock::Stopped;
    let (begun, mut waiting_for_us): (Vec<_>, Vec<_>) = open.into_iter().partition(acted);
    waiting_for_us.sort_by_key(|i| (i.respond_by, i.number));
    let (waiting, in_hand): (Vec<_>, Vec<_>) =
        begun.into_iter().partition(|i| i.state == State::Waiting);
    let over = waiting_for_us
        .iter()
        .filter(|i| matches!(i.clock(now), Clock::Over(_)))
        .count();
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let sentence = t.incidents_sentence(
        count(in_hand.len() + waiting.len()),
        count(over),
        count(waiting_for_us.len()),
    );
    let mut stations = Stations::default();
    let mut groups = Vec::new();
    for (id, title, list) in [
        ("open", t.incidents_group_open(), waiting_for_us),
        ("hand", t.incidents_group_hand(), in_hand),
        ("waiting", t.incidents_group_waiting(), waiting),
        ("done", t.incidents_group_done(), done),
    ] {
        let mut lines = Vec::with_capacity(list.len());
        for incident in list {
            lines.push(line(&ctx, &mut reader, &mut stations, &incident, now).await?);
        }
        groups.push(Group { id, title, lines });
    }
    render(&DeskPage {
        s: ctx.shell(
            "office",
            t.incidents_title(),
            crumbs(&ctx, t.incidents_title(), false),
        ),
        as_of: instant_long(t.lang, now, &ctx.app.home_zone),
        live: if id.is_empty() {
            String::new()
        } else {
            format!("/elections/{id}/live")
        },
        election: id,
        sentence,
        elections,
        kinds: with_all(t.incidents_all_kinds(), kinds(&ctx, &wanted.kind)),
        severities: with_all(
            t.incidents_all_severities(),
            severities(t, &wanted.severity),
        ),
        groups,
    })
}

/// What nobody has begun at or below the area of an office, by its clock: for the front desk.
///
/// # Errors
/// What the database reports.
pub(crate) async fn waiting(
    ctx: &Ctx,
    connection: &mut Connection,
    area_id: &str,
) -> Result<Vec<DeskLine>, Error> {
    let acting = ctx.acting()?;
    let sees = acting
        .may(connection, Action::IncidentReport, area_id, None)
        .await?;
    let (chosen, _) = election(connection, ctx, "").await?;
    let Some(chosen) = chosen.filter(|_| sees) else {
        return Ok(Vec::new());
    };
    let now = ctx.app.clock.now();
    let all = Wanted::default();
    let open = queries::open_under(connection, area_id, &chosen.id, &all, OPEN_MOST).await?;
    let mut stations = Stations::default();
    let mut lines = Vec::new();
    let unbegun = open.iter().filter(|i| i.clock(now) != Clock::Stopped);
    for incident in unbegun.take(ON_THE_FRONT_DESK) {
        let one = line(ctx, connection, &mut stations, incident, now).await?;
        lines.push(DeskLine {
            shape: one.clock_shape,
            state: one.severity,
            text: format!("{} · {}", one.kind, one.place),
            href: one.href,
            when: one.clock,
        });
    }
    Ok(lines)
}

fn with_all(all: String, mut choices: Vec<Choice>) -> Vec<Choice> {
    choices.insert(0, Choice::new("", all, "-"));
    choices
}

async fn line(
    ctx: &Ctx,
    connection: &mut Connection,
    stations: &mut Stations,
    incident: &Incident,
    now: Timestamp,
) -> Result<Line, Error> {
    let t = ctx.t;
    let (place, zone) = stations.place(connection, ctx, incident).await?;
    let (shape, word) = state(t, incident.state);
    let (clock_shape, words) = clock(t, incident.clock(now));
    let mut what: String = incident.what.chars().take(140).collect();
    if what.len() < incident.what.len() {
        what.push('…');
    }
    Ok(Line {
        href: format!("/office/incidents/{}", incident.id),
        number: incident.number,
        kind: kind(ctx, &incident.kind),
        severity: severity(t, incident.severity),
        place,
        what,
        shape,
        state: word,
        clock_shape,
        clock: words,
        reported: instant_short(t.lang, incident.reported_at, &zone),
    })
}
