//! A station's day: opening, turnout, closing, each with its corrections.

use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::{date_long, instant_long, number, share_percent, time_of};
use crate::platform::web::{Crumb, Ctx, FieldErrors, Shell, page};
use crate::platform::{Acting, Error, ids};
use crate::votingday::actions;
use crate::votingday::model::{StationDay, TurnoutReport, Unit, slot_name};
use crate::votingday::queries;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use electoral::rules::{RulePack, TurnoutSlot};
use electoral::turnout::check_series;
use jiff::Timestamp;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "votingday/pages/day.html")]
pub(super) struct DayPage {
    s: Shell,
    errors: FieldErrors,
    title: String,
    where_: String,
    hours: String,
    href: String,
    /// The empty protocol, to be printed.
    blank: String,
    contest: String,
    shape: &'static str,
    state: String,
    opened: String,
    closed: String,
    may_report: bool,
    may_turnout: bool,
    open_value: String,
    close_value: String,
    sent: String,
    reason: String,
    received: String,
    slots: Vec<Choice>,
    rows: Vec<SlotRow>,
    warnings: Vec<String>,
    protocol: String,
}

struct Choice {
    value: String,
    text: String,
    checked: bool,
}

struct SlotRow {
    slot: String,
    received: String,
    share: String,
    shape: &'static str,
    word: String,
    versions: Vec<String>,
}

/// What the page is about.
pub(super) struct Place {
    pub(super) unit: Unit,
    pub(super) day: StationDay,
    pub(super) reports: Vec<TurnoutReport>,
    pub(super) rules: Arc<RulePack>,
}

impl Place {
    pub(super) async fn read(
        connection: &mut Connection,
        ctx: &Ctx,
        station: &str,
        contest: &str,
    ) -> Result<Self, Error> {
        if !ids::is_id(station) {
            return Err(Error::NotFound);
        }
        let units = queries::units_of_station(connection, station).await?;
        let unit = units
            .into_iter()
            .find(|u| contest.is_empty() || u.contest_id == contest)
            .ok_or(Error::NotFound)?;
        Ok(Self {
            day: queries::day(connection, &unit.station_id, &unit.contest_id).await?,
            reports: queries::reports(connection, &unit.station_id, &unit.contest_id).await?,
            rules: ctx.app.rules.get(&unit.rules_id)?,
            unit,
        })
    }

    fn slots(&self) -> &[TurnoutSlot] {
        self.rules
            .turnout
            .as_ref()
            .map_or(&[], |t| t.slots.as_slice())
    }

    fn newest(&self, slot: &str) -> Option<&TurnoutReport> {
        self.reports
            .iter()
            .filter(|r| r.slot == slot)
            .max_by_key(|r| r.version)
    }
}

async fn may(
    connection: &mut Connection,
    acting: &Acting,
    action: Action,
    unit: &Unit,
) -> Result<bool, Error> {
    let state = Some(unit.election_state.as_str());
    acting.may(connection, action, &unit.area_id, state).await
}

fn contest_of(ctx: &Ctx) -> String {
    ctx.uri
        .query()
        .unwrap_or_default()
        .split('&')
        .find_map(|part| part.strip_prefix("contest="))
        .filter(|id| ids::is_id(id))
        .unwrap_or_default()
        .to_owned()
}

/// `GET`: where the station stands.
pub(super) async fn show(ctx: Ctx, Path(station): Path<String>) -> Result<Response, Error> {
    let contest = contest_of(&ctx);
    page(&build(&ctx, &station, &contest, &Sent::default()).await?)
}

/// What was sent and has to be mended.
#[derive(Default)]
pub(super) struct Sent {
    pub(super) errors: FieldErrors,
    pub(super) form: &'static str,
    pub(super) at: String,
    pub(super) slot: String,
    pub(super) received: String,
    pub(super) reason: String,
}

/// The page as it stands, with what must be mended.
pub(super) async fn build(
    ctx: &Ctx,
    station: &str,
    contest: &str,
    sent: &Sent,
) -> Result<DayPage, Error> {
    let t = ctx.t;
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let place = Place::read(&mut reader, ctx, station, contest).await?;
    let unit = &place.unit;
    let may_report = may(&mut reader, &acting, Action::StationReport, unit).await?;
    let may_turnout = may(&mut reader, &acting, Action::TurnoutReport, unit).await?;
    // Before and after the day its own commission still reads what it reported.
    if !may_report
        && !may(&mut reader, &acting, Action::TurnoutFollow, unit).await?
        && !may(&mut reader, &acting, Action::ProtocolRead, unit).await?
    {
        return Err(Error::Forbidden(Action::StationReport.name()));
    }
    let name = queries::station_name(&mut reader, unit).await?;
    let zone = unit.time_zone()?;
    let shown = |at: Option<Timestamp>| {
        at.map(|at| instant_long(t.lang, at, &zone))
            .unwrap_or_default()
    };
    let (shape, state) = match (place.day.opened_at, place.day.closed_at) {
        (None, _) => ("open", t.votingday_state_not_opened()),
        (Some(_), None) => ("partial", t.votingday_state_open()),
        (Some(_), Some(_)) => ("done", t.votingday_state_closed()),
    };
    let now = ctx.app.clock.now();
    let clock = |form: &str, known: Option<Timestamp>, usual: Timestamp| {
        if sent.form == form {
            sent.at.clone()
        } else {
            time_of(known.unwrap_or_else(|| usual.min(now)), &zone)
        }
    };
    let title = t.votingday_title(unit.number.to_string());
    Ok(DayPage {
        s: ctx.shell(
            "office",
            title.clone(),
            vec![
                Crumb::to("/office", t.shell_nav_office()),
                Crumb::here(title.clone()),
            ],
        ),
        where_: format!(
            "{} · {}",
            name.get(t.lang),
            date_long(t.lang, unit.voting_day)
        ),
        hours: t.votingday_hours(
            time_of(unit.closes_at, &zone),
            time_of(unit.opens_at, &zone),
        ),
        href: format!("/office/stations/{}/day", unit.station_id),
        blank: format!(
            "/office/contests/{}/stations/{}/blank.pdf",
            unit.contest_id, unit.station_id
        ),
        contest: unit.contest_id.clone(),
        protocol: format!("/office/protocols/{}/{}", unit.contest_id, unit.station_id),
        shape,
        state,
        opened: shown(place.day.opened_at),
        closed: shown(place.day.closed_at),
        may_report,
        may_turnout: may_turnout && place.day.opened_at.is_some(),
        open_value: clock("open", place.day.opened_at, unit.opens_at),
        close_value: clock("close", place.day.closed_at, unit.closes_at),
        sent: sent.form.to_owned(),
        reason: sent.reason.clone(),
        received: sent.received.clone(),
        slots: choices(ctx, &place, now, &sent.slot)?,
        rows: rows(ctx, &place, now)?,
        warnings: warnings(ctx, &place)?,
        errors: sent.errors.clone(),
        title,
    })
}

/// Whether a slot can be reported now.
fn is_due(place: &Place, slot: &TurnoutSlot, now: Timestamp) -> Result<bool, Error> {
    Ok(match slot.time {
        Some(time) => place.unit.at(time)? <= now,
        None => place.day.closed_at.is_some(),
    })
}

/// Slots that can be reported, the first without a report chosen.
fn choices(ctx: &Ctx, place: &Place, now: Timestamp, chosen: &str) -> Result<Vec<Choice>, Error> {
    let mut due = Vec::new();
    for slot in place.slots() {
        if is_due(place, slot, now)? {
            due.push(slot);
        }
    }
    let next = due
        .iter()
        .find(|s| place.newest(&s.id).is_none())
        .or_else(|| due.last())
        .map_or("", |s| s.id.as_str());
    let wanted = if chosen.is_empty() { next } else { chosen };
    Ok(due
        .iter()
        .map(|slot| Choice {
            value: slot.id.clone(),
            text: slot_name(ctx.t, &slot.id),
            checked: slot.id == wanted,
        })
        .collect())
}

fn rows(ctx: &Ctx, place: &Place, now: Timestamp) -> Result<Vec<SlotRow>, Error> {
    let t = ctx.t;
    let zone = place.unit.time_zone()?;
    let mut rows = Vec::new();
    for slot in place.slots() {
        let newest = place.newest(&slot.id);
        let (shape, word) = match newest {
            Some(r) if r.findings.is_empty() => ("done", t.votingday_slot_reported()),
            Some(_) => ("attention", t.votingday_slot_odd()),
            None if is_due(place, slot, now)? => ("attention", t.votingday_slot_due()),
            None => ("open", t.votingday_slot_later()),
        };
        let mut versions: Vec<&TurnoutReport> =
            place.reports.iter().filter(|r| r.slot == slot.id).collect();
        versions.sort_by_key(|r| r.version);
        rows.push(SlotRow {
            slot: slot_name(ctx.t, &slot.id),
            received: newest.map_or_else(|| "–".to_owned(), |r| number(t.lang, r.received)),
            share: newest.map_or_else(String::new, |r| {
                share_percent(t.lang, r.received, place.unit.voters)
            }),
            shape,
            word,
            versions: if versions.len() < 2 && versions.iter().all(|r| r.reason.is_empty()) {
                Vec::new()
            } else {
                versions
                    .iter()
                    .map(|r| {
                        t.votingday_version_line(
                            number(t.lang, r.received),
                            if r.reason.is_empty() {
                                "–".to_owned()
                            } else {
                                r.reason.clone()
                            },
                            r.version.to_string(),
                            time_of(r.made_at, &zone),
                        )
                    })
                    .collect()
            },
        });
    }
    Ok(rows)
}

/// What is odd about the series as it stands.
fn warnings(ctx: &Ctx, place: &Place) -> Result<Vec<String>, Error> {
    let Some(rules) = &place.rules.turnout else {
        return Ok(Vec::new());
    };
    let series = queries::series(&place.reports);
    let opened = place.unit.opening_hour()?;
    Ok(check_series(rules, place.unit.voters, opened, 0, &series)
        .iter()
        .map(|finding| actions::sentence(ctx.t, finding))
        .collect())
}
