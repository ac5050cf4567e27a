//! A station: who, where, when; its protocol as signed beside the figures as counted; every version.

use super::crumbs;
use super::protocol::{ProtocolView, VotesView, protocol_view, votes_view};
use super::slots::Slots;
use super::story::{EventRow, events};
use super::text;
use super::words::{Mark, as_of, n, name, protocol_mark, share};
use crate::counting;
use crate::platform::database::Connection;
use crate::platform::i18n::{instant_long, time_of};
use crate::platform::web::{Crumb, Ctx, Shell, Shows};
use crate::platform::{Error, T};
use crate::results::queries::{self, Candidate, Commission, Contest, Election, Station, Version};
use crate::votingday;
use crate::votingday::model::{TurnoutReport, slot_name};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use jiff::tz::TimeZone;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "results/pages/station.html")]
struct StationPage {
    s: Shell,
    /// Permanent id.
    station: String,
    live: String,
    kicker: String,
    title: String,
    mark: Mark,
    state_line: String,
    as_of: String,
    place: String,
    address: String,
    hours: String,
    opened: String,
    step_free: Option<Mark>,
    special: String,
    commission: Option<CommissionView>,
    on_list: String,
    turnout: Vec<SlotRow>,
    turnout_note: String,
    votes: Option<VotesView>,
    contest_href: String,
    contest_name: String,
    protocol: Option<ProtocolView>,
    embargo: String,
    events: Vec<EventRow>,
    synthetic: bool,
}

struct CommissionView {
    members: u64,
    chair: String,
    list: Vec<(String, String)>,
}

struct SlotRow {
    slot: String,
    received: String,
    share: String,
    /// What was reported before, and why it was corrected.
    earlier: Vec<String>,
}

#[derive(Template)]
#[template(path = "results/pages/choose_station.html")]
struct ChoosePage {
    s: Shell,
    title: String,
    rows: Vec<(String, String, String)>,
}

/// `?version=` of the station page.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    pub(super) version: Option<String>,
}

pub(super) async fn station(
    ctx: Ctx,
    Path((id, station)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    ctx.app
        .kept
        .or_render(&ctx, &headers, Shows::All, async {
            let mut reader = ctx.read().await?;
            let election = queries::election(&mut reader, &id).await?;
            let found = find(&mut reader, &election, &station).await?;
            match found.as_slice() {
                [] => Err(Error::NotFound),
                [station] => text(&build(&ctx, &mut reader, &election, station, &asked).await?),
                several => text(&choose(&ctx, &mut reader, &election, several).await?),
            }
        })
        .await
}

/// By number (every region that has it) or by permanent id.
async fn find(
    reader: &mut Connection,
    election: &Election,
    station: &str,
) -> Result<Vec<Station>, Error> {
    if station.len() <= 5
        && let Ok(number) = station.parse::<u16>()
    {
        return queries::stations_by_number(reader, &election.id, i64::from(number)).await;
    }
    Ok(vec![queries::station(reader, &election.id, station).await?])
}

async fn choose(
    ctx: &Ctx,
    reader: &mut Connection,
    election: &Election,
    stations: &[Station],
) -> Result<ChoosePage, Error> {
    let t = ctx.t;
    let contests = queries::contests(reader, &election.id).await?;
    let title = stations
        .first()
        .map(|s| t.results_station_title(s.number.to_string()))
        .unwrap_or_default();
    Ok(ChoosePage {
        s: ctx.shell(
            "stations",
            title.clone(),
            crumbs(
                ctx,
                vec![
                    Crumb::to(election.href(), name(&election.title, t.lang)),
                    Crumb::here(title.clone()),
                ],
            ),
        ),
        title,
        rows: stations
            .iter()
            .map(|s| {
                let contest = contests.iter().find(|c| c.id == s.contest_id);
                let region = contest.map_or_else(String::new, |c| {
                    format!("{}, {}", name(&c.region, t.lang), name(&c.names, t.lang))
                });
                (s.href(), region, name(&s.names, t.lang))
            })
            .collect(),
    })
}

/// What the builder needs of one station.
pub(super) struct Scene<'a> {
    pub(super) ctx: &'a Ctx,
    pub(super) election: &'a Election,
    pub(super) contest: &'a Contest,
    pub(super) station: &'a Station,
    pub(super) candidates: &'a [Candidate],
    pub(super) commission: Option<&'a Commission>,
    pub(super) zone: &'a TimeZone,
}

async fn build(
    ctx: &Ctx,
    reader: &mut Connection,
    election: &Election,
    station: &Station,
    asked: &Asked,
) -> Result<StationPage, Error> {
    let t = ctx.t;
    let now = ctx.app.clock.now();
    let contest = queries::contest(reader, &election.id, &station.contest_id).await?;
    let public = queries::public_votes(reader, &election.id, now)
        .await?
        .of(&contest);
    let candidates = queries::candidates(reader, &contest.id).await?;
    let commission =
        queries::commission_of(reader, &station.area_id, "precinct", contest.voting_day).await?;
    let reports = votingday::queries::reports(reader, &station.id, &contest.id).await?;
    let zone = contest.zone.clone();
    let scene = Scene {
        ctx,
        election,
        contest: &contest,
        station,
        candidates: &candidates,
        commission: commission.as_ref(),
        zone: &zone,
    };
    let versions: Vec<Version> = if public {
        queries::versions(reader, &station.id, &contest.id)
            .await?
            .into_iter()
            .filter(Version::is_public)
            .collect()
    } else {
        Vec::new()
    };
    let values = if versions.is_empty() {
        Vec::new()
    } else {
        queries::values(reader, &station.id, &contest.id).await?
    };
    let acts = if versions.is_empty() {
        Vec::new()
    } else {
        counting::queries::history(reader, &station.id, &contest.id).await?
    };
    let protocol = protocol_view(&scene, reader, &versions, &values, &acts, asked).await?;
    let events = events(&scene, reader, &versions, &values, &acts).await?;
    let slots = Slots::of(&ctx.app, election);
    let title = t.results_station_title(station.number.to_string());
    let counted = public && station.is_accepted();
    Ok(StationPage {
        s: ctx.shell("stations", title.clone(), way(&scene, &title)),
        station: station.id.clone(),
        live: format!("{}/live", contest.href()),
        kicker: format!(
            "{} · {}",
            name(&contest.region, t.lang),
            name(&contest.names, t.lang)
        ),
        title,
        mark: protocol_mark(t, station.shown_state()),
        state_line: state_line(t, station, &zone),
        as_of: as_of(t, now, &zone),
        place: name(&station.names, t.lang),
        address: name(&station.address, t.lang),
        hours: hours(t, station, &zone),
        opened: opened(t, station, &zone),
        step_free: station.step_free.map(|free| {
            if free {
                Mark::new("done", t.results_step_free())
            } else {
                Mark::new("attention", t.results_steps())
            }
        }),
        special: if station.special.is_empty() {
            String::new()
        } else {
            t.dynamic(&format!(
                "results-special-{}",
                station.special.replace('_', "-")
            ))
            .unwrap_or_else(|| t.results_special())
        },
        commission: commission.as_ref().map(|c| commission_view(t, c)),
        on_list: n(
            t,
            station
                .voters_on_list
                .filter(|_| counted)
                .unwrap_or(station.voters_initial),
        ),
        turnout: slots
            .all
            .iter()
            .filter_map(|rule| slot_row(t, station, &zone, &rule.id, &reports))
            .collect(),
        turnout_note: slots.note(t),
        votes: protocol
            .as_ref()
            .filter(|p| p.current)
            .and_then(|_| votes_view(&scene, &values)),
        contest_href: contest.href(),
        contest_name: name(&contest.names, t.lang),
        protocol,
        embargo: if public {
            String::new()
        } else {
            t.results_embargo_note()
        },
        events,
        synthetic: election.synthetic,
    })
}

/// A slot as it stands, with every earlier report and the reason of its correction.
fn slot_row(
    t: T,
    station: &Station,
    zone: &TimeZone,
    slot: &str,
    reports: &[TurnoutReport],
) -> Option<SlotRow> {
    let versions: Vec<&TurnoutReport> = reports.iter().filter(|r| r.slot == slot).collect();
    let newest = versions.last()?;
    Some(SlotRow {
        slot: slot_name(t, slot),
        received: n(t, newest.received),
        share: share(t, newest.received, station.voters_initial),
        earlier: versions
            .windows(2)
            .filter_map(|pair| match pair {
                [before, after] => Some(t.results_turnout_corrected(
                    after.received,
                    before.received,
                    after.reason.clone(),
                    instant_long(t.lang, after.made_at, zone),
                )),
                _ => None,
            })
            .collect(),
    })
}

fn way(scene: &Scene<'_>, title: &str) -> Vec<Crumb> {
    let lang = scene.ctx.t.lang;
    crumbs(
        scene.ctx,
        vec![
            Crumb::to(scene.election.href(), name(&scene.election.title, lang)),
            Crumb::to(
                format!(
                    "{}#region-{}",
                    scene.election.href(),
                    scene.contest.region_code
                ),
                name(&scene.contest.region, lang),
            ),
            Crumb::to(scene.contest.href(), name(&scene.contest.names, lang)),
            Crumb::here(title),
        ],
    )
}

fn state_line(t: T, station: &Station, zone: &TimeZone) -> String {
    match (
        station.is_accepted(),
        station.decided_at,
        station.confirmed_at,
    ) {
        (true, Some(at), _) | (false, _, Some(at)) => {
            t.results_version_at(station.version, instant_long(t.lang, at, zone))
        }
        _ => String::new(),
    }
}

/// `05.11.2023, 07:00–20:00 (UTC+6)`.
fn hours(t: T, station: &Station, zone: &TimeZone) -> String {
    let closing = time_of(station.closes_at, zone);
    instant_long(t.lang, station.closes_at, zone).replacen(
        &closing,
        &format!("{}–{closing}", time_of(station.opens_at, zone)),
        1,
    )
}

fn opened(t: T, station: &Station, zone: &TimeZone) -> String {
    match (station.opened_at, station.closed_at) {
        (Some(open), Some(closed)) => {
            t.results_opened_closed(time_of(open, zone), time_of(closed, zone))
        }
        (Some(open), None) => t.results_opened(time_of(open, zone)),
        _ => String::new(),
    }
}

fn commission_view(t: T, commission: &Commission) -> CommissionView {
    CommissionView {
        members: u64::try_from(commission.members.len()).unwrap_or(0),
        chair: commission
            .members
            .iter()
            .find(|m| m.office == "chair")
            .map_or_else(String::new, |m| name(&m.names, t.lang)),
        list: commission
            .members
            .iter()
            .map(|m| {
                (
                    name(&m.names, t.lang),
                    t.word(&format!("results-office-{}", m.office)),
                )
            })
            .collect(),
    }
}
