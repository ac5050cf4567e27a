//! A station's day: opening, turnout, closing, each with its corrections.

use crate::platform::access::{self, Action};
use crate::platform::database::Connection;
use crate::platform::i18n::{date_long, instant_long, number, share_percent, time_of};
use crate::platform::web::{Crumb, Ctx, FieldErrors, FormData, Shell, page, page_with_errors, see};
use crate::platform::{Acting, Error, ids};
use crate::votingday::actions::{self, Moment, Turnout};
use crate::votingday::model::{StationDay, TurnoutReport, Unit};
use crate::votingday::queries;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use electoral::rules::{RulePack, TurnoutSlot};
use electoral::turnout::check_series;
use jiff::Timestamp;
use jiff::civil::Time;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "votingday/pages/day.html")]
struct DayPage {
    s: Shell,
    errors: FieldErrors,
    title: String,
    where_: String,
    hours: String,
    href: String,
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
struct Place {
    unit: Unit,
    day: StationDay,
    reports: Vec<TurnoutReport>,
    rules: Arc<RulePack>,
}

impl Place {
    async fn read(
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
    let answer = access::require(
        connection,
        &acting.app().policy,
        acting.actor(),
        action,
        &unit.area_id,
        Some(&unit.election_state),
    )
    .await;
    match answer {
        Ok(()) => Ok(true),
        Err(Error::Forbidden(_)) => Ok(false),
        Err(other) => Err(other),
    }
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
struct Sent {
    errors: FieldErrors,
    form: &'static str,
    at: String,
    slot: String,
    received: String,
    reason: String,
}

async fn build(ctx: &Ctx, station: &str, contest: &str, sent: &Sent) -> Result<DayPage, Error> {
    let t = ctx.t;
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let place = Place::read(&mut reader, ctx, station, contest).await?;
    let unit = &place.unit;
    let may_report = may(&mut reader, &acting, Action::StationReport, unit).await?;
    let may_turnout = may(&mut reader, &acting, Action::TurnoutReport, unit).await?;
    if !may_report && !may(&mut reader, &acting, Action::TurnoutFollow, unit).await? {
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
        slots: choices(&place, now, &sent.slot)?,
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
fn choices(place: &Place, now: Timestamp, chosen: &str) -> Result<Vec<Choice>, Error> {
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
            text: slot.id.clone(),
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
            slot: slot_name(ctx, &slot.id),
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

/// The name of a slot: its hour, or "after closing".
pub(super) fn slot_name(ctx: &Ctx, slot: &str) -> String {
    if slot == "final" {
        ctx.t.votingday_slot_final()
    } else {
        slot.to_owned()
    }
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

/// After a report: the page again, with what was done or what must be mended.
async fn finish(
    ctx: &Ctx,
    station: &str,
    contest: &str,
    outcome: Result<actions::Reported, Error>,
    mut sent: Sent,
    done: &str,
) -> Result<Response, Error> {
    match outcome {
        Ok(_) => Ok(see(&format!(
            "/office/stations/{station}/day?contest={contest}&done={done}"
        ))),
        Err(Error::Invalid(problems)) => {
            sent.errors = FieldErrors::take(Error::Invalid(
                problems
                    .into_iter()
                    .map(|mut p| {
                        p.field = format!("{}-{}", sent.form, p.field);
                        p
                    })
                    .collect(),
            ))?;
            page_with_errors(&build(ctx, station, contest, &sent).await?)
        }
        Err(other) => Err(other),
    }
}

async fn moment(
    ctx: &Ctx,
    station: &str,
    data: &FormData,
    form: &'static str,
) -> Result<(Moment, Sent), Error> {
    let contest = data.text("contest");
    let sent = Sent {
        form,
        at: data.text(&format!("{form}-at")).chars().take(10).collect(),
        reason: data.text(&format!("{form}-reason")).to_owned(),
        ..Sent::default()
    };
    let mut reader = ctx.read().await?;
    let place = Place::read(&mut reader, ctx, station, contest).await?;
    // Hours are typed by the station's own clocks; a time that can't be read is told at its field.
    let at = match read_time(&sent.at) {
        Some(time) => place.unit.at(time)?,
        None => return Err(Error::field("at", ctx.t.votingday_time_form())),
    };
    let input = Moment {
        station_id: place.unit.station_id,
        contest_id: place.unit.contest_id,
        at,
        reason: sent.reason.clone(),
    };
    Ok((input, sent))
}

/// `7:05`, `07.05` or `0705`.
fn read_time(text: &str) -> Option<Time> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let (hour, minute) = match text.split_once([':', '.', ' ']) {
        Some((hour, minute)) => (hour.trim().parse().ok()?, minute.trim().parse().ok()?),
        None if digits.len() == 4 && digits.len() == text.len() => (
            digits.get(..2)?.parse().ok()?,
            digits.get(2..)?.parse().ok()?,
        ),
        None => return None,
    };
    Time::new(hour, minute, 0, 0).ok()
}

async fn report_moment(
    ctx: Ctx,
    station: String,
    data: FormData,
    form: &'static str,
) -> Result<Response, Error> {
    let contest = data.text("contest").to_owned();
    let acting = ctx.acting()?;
    let (outcome, sent) = match moment(&ctx, &station, &data, form).await {
        Ok((input, sent)) => {
            let outcome = if form == "open" {
                actions::open(&acting, &input).await
            } else {
                actions::close(&acting, &input).await
            };
            (outcome, sent)
        }
        Err(error) => {
            let sent = Sent {
                form,
                at: data.text(&format!("{form}-at")).chars().take(10).collect(),
                ..Sent::default()
            };
            (Err(error), sent)
        }
    };
    let done = if form == "open" {
        "station-opened"
    } else {
        "station-closed"
    };
    finish(&ctx, &station, &contest, outcome, sent, done).await
}

pub(super) async fn open(
    ctx: Ctx,
    Path(station): Path<String>,
    data: FormData,
) -> Result<Response, Error> {
    report_moment(ctx, station, data, "open").await
}

pub(super) async fn close(
    ctx: Ctx,
    Path(station): Path<String>,
    data: FormData,
) -> Result<Response, Error> {
    report_moment(ctx, station, data, "close").await
}

pub(super) async fn turnout(
    ctx: Ctx,
    Path(station): Path<String>,
    data: FormData,
) -> Result<Response, Error> {
    let contest = data.text("contest").to_owned();
    if !ids::is_id(&station) || !ids::is_id(&contest) {
        return Err(Error::NotFound);
    }
    let acting = ctx.acting()?;
    let mut errors = FieldErrors::new();
    let received = errors.count(ctx.t, &data, "turnout-received");
    let sent = Sent {
        form: "turnout",
        slot: data.text("turnout-slot").to_owned(),
        received: data.text("turnout-received").chars().take(12).collect(),
        reason: data.text("turnout-reason").to_owned(),
        ..Sent::default()
    };
    let outcome = match received {
        None => Err(Error::field("received", ctx.t.form_number())),
        Some(received) => {
            let input = Turnout {
                station_id: station.clone(),
                contest_id: contest.clone(),
                slot: sent.slot.clone(),
                received,
                reason: sent.reason.clone(),
            };
            actions::report_turnout(&acting, &input).await
        }
    };
    finish(&ctx, &station, &contest, outcome, sent, "turnout-reported").await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_people_type_it() {
        let seven = Time::new(7, 5, 0, 0).ok();
        for text in ["7:05", "07:05", "07.05", "0705", "7 05"] {
            assert_eq!(read_time(text), seven, "{text}");
        }
        for text in [
            "",
            "7",
            "705",
            "24:00",
            "7:60",
            "-7:05",
            "a:b",
            "07:05:00",
            "٠٧:٠٥",
        ] {
            assert_eq!(read_time(text), None, "{text}");
        }
    }
}
