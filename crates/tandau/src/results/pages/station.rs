//! A station: who, where, when; its protocol as signed beside the figures as counted; every version.

use super::contest::text_language;
use super::crumbs;
use super::lines::{self, LineRow};
use super::text;
use super::words::{Mark, as_of, hue, n, name, protocol_mark, share, slot_name, slots, width};
use crate::platform::database::Connection;
use crate::platform::i18n::{instant_long, time_of};
use crate::platform::web::{Crumb, Ctx, Shell, Shows};
use crate::platform::{Error, T};
use crate::results::queries::{
    self, Candidate, Commission, Contest, Election, Station, Value, Version,
};
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
}

struct VotesView {
    lines: Vec<VoteLine>,
    note: String,
}

struct VoteLine {
    name: String,
    votes: String,
    share: String,
    width: String,
    hue: u64,
}

struct ProtocolView {
    version: u64,
    current: bool,
    paper: Option<PaperView>,
    rows: Vec<LineRow>,
    findings: Vec<FindingRow>,
    accepted: String,
    other_versions: Vec<(u64, String)>,
}

struct PaperView {
    href: String,
    picture: bool,
    caption: String,
}

pub(super) struct FindingRow {
    pub(super) mark: Mark,
    pub(super) explanation: String,
}

struct EventRow {
    when: String,
    text: String,
    detail: String,
    changes: Vec<String>,
    href: String,
    link: String,
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
    version: Option<String>,
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
struct Scene<'a> {
    ctx: &'a Ctx,
    election: &'a Election,
    contest: &'a Contest,
    station: &'a Station,
    candidates: &'a [Candidate],
    commission: Option<&'a Commission>,
    zone: &'a TimeZone,
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
    let public = queries::votes_are_public(reader, &election.id, now).await?;
    let contest = queries::contest(reader, &election.id, &station.contest_id).await?;
    let candidates = queries::candidates(reader, &contest.id).await?;
    let commission =
        queries::commission_of(reader, &station.area_id, "precinct", contest.voting_day).await?;
    let reports = queries::slots_of_station(reader, &station.id, &contest.id).await?;
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
    let protocol = protocol_view(&scene, reader, &versions, &values, asked).await?;
    let events = events(&scene, reader, &versions, &values).await?;
    let order = slots(&ctx.app, election);
    let title = t.results_station_title(station.number.to_string());
    let counted = public && station.is_accepted();
    Ok(StationPage {
        s: ctx.shell("stations", title.clone(), way(&scene, &title)),
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
        turnout: order
            .iter()
            .filter_map(|(slot, _)| {
                let report = reports.iter().find(|r| r.slot == *slot)?;
                Some(SlotRow {
                    slot: slot_name(t, slot),
                    received: n(t, report.received),
                    share: share(t, report.received, station.voters_initial),
                })
            })
            .collect(),
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

/// Figures of one version.
pub(super) fn of_version(values: &[Value], version: u64) -> Vec<&Value> {
    values.iter().filter(|v| v.version == version).collect()
}

fn votes_view(scene: &Scene<'_>, values: &[Value]) -> Option<VotesView> {
    let t = scene.ctx.t;
    let figures = of_version(values, scene.station.version);
    let figure = |line: &str, item: &str| {
        figures
            .iter()
            .find(|v| v.line == line && v.item == item)
            .map(|v| v.value)
    };
    let took_part = figure("took_part", "")?;
    let line = |name: String, votes: u64, hue: u64| VoteLine {
        name,
        votes: n(t, votes),
        share: share(t, votes, took_part),
        width: width(votes, took_part),
        hue,
    };
    let mut lines: Vec<VoteLine> = scene
        .candidates
        .iter()
        .map(|c| {
            line(
                name(&c.names, t.lang),
                figure("votes", &c.id).unwrap_or(0),
                hue(c.position),
            )
        })
        .collect();
    lines.push(line(
        t.results_against_all(),
        figure("against_all", "").unwrap_or(0),
        0,
    ));
    Some(VotesView {
        lines,
        note: t.results_share_of(took_part),
    })
}

async fn protocol_view(
    scene: &Scene<'_>,
    reader: &mut Connection,
    versions: &[Version],
    values: &[Value],
    asked: &Asked,
) -> Result<Option<ProtocolView>, Error> {
    let t = scene.ctx.t;
    let Some(newest) = versions.last() else {
        return Ok(None);
    };
    let shown = match asked.version.as_deref() {
        None => newest,
        Some(text) => {
            let number: u64 = text.parse().map_err(|_| Error::NotFound)?;
            versions
                .iter()
                .find(|v| v.version == number)
                .ok_or(Error::NotFound)?
        }
    };
    let explanations = queries::findings(reader, &scene.station.id, &scene.contest.id).await?;
    let pack = scene.ctx.app.rules.get(&scene.election.rules_id)?;
    let Some(form) = pack.protocol.as_ref() else {
        return Ok(None);
    };
    let names = |item: &str| item_name(scene, item);
    let figures = of_version(values, shown.version);
    let language = text_language(t);
    let office = match &shown.decided_by {
        Some(person) => queries::office_of(reader, person, scene.contest.voting_day).await?,
        None => String::new(),
    };
    let accepted = match (shown.state.as_str(), shown.decided_at) {
        ("accepted", Some(at)) => t.results_accepted_by(
            t.word(&format!("office-{}", office.replace('.', "-"))),
            instant_long(t.lang, at, scene.zone),
        ),
        _ => String::new(),
    };
    Ok(Some(ProtocolView {
        version: shown.version,
        current: shown.version == newest.version,
        paper: shown.paper.as_ref().map(|(id, media)| PaperView {
            href: format!("/files/{id}"),
            picture: media.starts_with("image/"),
            caption: t.results_paper_caption(shown.version),
        }),
        rows: lines::rows(t, form, &figures, scene.candidates, &names),
        findings: lines::findings(form, &figures, scene.candidates, &names, language)
            .into_iter()
            .map(|(code, mark)| FindingRow {
                explanation: explanations
                    .iter()
                    .find(|f| f.version == shown.version && f.code == code)
                    .map(|f| f.explanation.clone())
                    .unwrap_or_default(),
                mark,
            })
            .collect(),
        accepted,
        other_versions: versions
            .iter()
            .filter(|v| v.version != shown.version)
            .map(|v| {
                (
                    v.version,
                    format!("{}?version={}", scene.station.href(), v.version),
                )
            })
            .collect(),
    }))
}

/// The name behind an item: a candidate, a member of the commission, a box.
fn item_name(scene: &Scene<'_>, item: &str) -> Option<String> {
    let lang = scene.ctx.t.lang;
    if let Some(candidate) = scene.candidates.iter().find(|c| c.id == item) {
        return Some(name(&candidate.names, lang));
    }
    scene
        .commission?
        .members
        .iter()
        .find(|m| m.id == item || m.person_id == item)
        .map(|m| name(&m.names, lang))
}

async fn events(
    scene: &Scene<'_>,
    reader: &mut Connection,
    versions: &[Version],
    values: &[Value],
) -> Result<Vec<EventRow>, Error> {
    let t = scene.ctx.t;
    let pack = scene.ctx.app.rules.get(&scene.election.rules_id)?;
    let time = |at| instant_long(t.lang, at, scene.zone);
    let mut rows = Vec::new();
    let mut before: Option<u64> = None;
    for version in versions {
        let link = (
            format!("{}?version={}", scene.station.href(), version.version),
            t.results_version(version.version),
        );
        if let Some(at) = version.confirmed_at {
            let changes = match (before, pack.protocol.as_ref()) {
                (Some(before), Some(form)) => lines::changes(
                    t,
                    form,
                    &of_version(values, before),
                    &of_version(values, version.version),
                    &|item| item_name(scene, item),
                ),
                _ => Vec::new(),
            };
            rows.push((
                at,
                EventRow {
                    when: time(at),
                    text: if version.as_paper_says {
                        t.results_event_sent_with_faults(version.version)
                    } else {
                        t.results_event_sent(version.version)
                    },
                    detail: version.reason.clone(),
                    changes,
                    href: link.0.clone(),
                    link: link.1.clone(),
                },
            ));
        }
        if let Some(at) = version.decided_at {
            rows.push((at, decided(scene, reader, version, time(at)).await?));
        }
        before = Some(version.version);
    }
    rows.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

async fn decided(
    scene: &Scene<'_>,
    reader: &mut Connection,
    version: &Version,
    when: String,
) -> Result<EventRow, Error> {
    let t = scene.ctx.t;
    let mut detail = version.decision_reason.clone();
    let text = match (version.state.as_str(), &version.act_decision_id) {
        ("accepted", Some(act)) => {
            let act = queries::decision(reader, act).await?;
            if !version.act_fault.is_empty() {
                detail.clone_from(&version.act_fault);
            }
            t.results_event_accepted_with_act(version.version, act.number)
        }
        ("accepted", None) => t.results_event_accepted(version.version),
        _ => t.results_event_returned(version.version),
    };
    Ok(EventRow {
        when,
        text,
        detail,
        changes: Vec::new(),
        href: String::new(),
        link: String::new(),
    })
}
