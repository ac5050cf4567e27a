//! What a station reports on voting day. A correction is a new version with its reason.

use super::model::{self, EventKind, Unit, slot_name};
use super::{queries, store};
use crate::platform::access::Action;
use crate::platform::audit;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, T};
use electoral::rules::{TurnoutRules, TurnoutSlot};
use electoral::turnout::{SeriesFinding, latest};
use jiff::Timestamp;

/// The longest reason taken, in characters.
pub const MAX_REASON_CHARS: usize = 1_000;
/// More voters than any station could have: a figure beyond is a slip of the finger.
const MAX_RECEIVED: u64 = 999_999;

/// When a station opened or closed.
#[derive(Clone, Debug)]
pub struct Moment {
    /// The station.
    pub station_id: String,
    /// The contest.
    pub contest_id: String,
    /// When it happened.
    pub at: Timestamp,
    /// Why it was late or is corrected; may be empty for a first, timely report.
    pub reason: String,
}

/// How many voters had received ballots by a slot.
#[derive(Clone, Debug)]
pub struct Turnout {
    /// The station.
    pub station_id: String,
    /// The contest.
    pub contest_id: String,
    /// Slot of the rules: `10:00`, …, `final`.
    pub slot: String,
    /// Voters who received ballots since the opening.
    pub received: u64,
    /// Why a figure is corrected, falls or is above the list; may be empty otherwise.
    pub reason: String,
}

/// What became of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// Version under which it is kept.
    pub version: u64,
    /// What is odd about it and was explained or is a warning.
    pub findings: Vec<SeriesFinding>,
    /// The same report was there already: nothing was written.
    pub repeated: bool,
}

/// Reports the opening of a station.
///
/// # Errors
/// No power there; not on voting day, in the future, or after the closing; a correction without a reason.
pub async fn open(acting: &Acting, input: &Moment) -> Result<Reported, Error> {
    let mut tx = acting.begin().await?;
    let reported = open_in(&mut tx, acting, input).await?;
    tx.commit().await?;
    Ok(reported)
}

/// [`open`] inside another act.
///
/// # Errors
/// As [`open`].
pub async fn open_in(
    tx: &mut Transaction,
    acting: &Acting,
    input: &Moment,
) -> Result<Reported, Error> {
    moment(tx, acting, EventKind::Opened, input).await
}

/// Reports the closing of a station.
///
/// # Errors
/// No power there; not opened; before the opening or in the future; a correction without a reason.
pub async fn close(acting: &Acting, input: &Moment) -> Result<Reported, Error> {
    let mut tx = acting.begin().await?;
    let reported = close_in(&mut tx, acting, input).await?;
    tx.commit().await?;
    Ok(reported)
}

/// [`close`] inside another act.
///
/// # Errors
/// As [`close`].
pub async fn close_in(
    tx: &mut Transaction,
    acting: &Acting,
    input: &Moment,
) -> Result<Reported, Error> {
    moment(tx, acting, EventKind::Closed, input).await
}

async fn moment(
    tx: &mut Transaction,
    acting: &Acting,
    kind: EventKind,
    input: &Moment,
) -> Result<Reported, Error> {
    let t = acting.t();
    let unit = queries::unit(tx, &input.station_id, &input.contest_id).await?;
    acting
        .require(
            tx,
            Action::StationReport,
            &unit.area_id,
            Some(&unit.election_state),
        )
        .await?;
    let reason = reason_of(t, &input.reason)?;
    store::hold_day(tx, &unit).await?;
    let day = store::day(tx, &unit.station_id, &unit.contest_id).await?;
    let known = match kind {
        EventKind::Opened => day.opened_at,
        EventKind::Closed => day.closed_at,
    };
    if known == Some(input.at) {
        return Ok(Reported {
            version: 0,
            findings: Vec::new(),
            repeated: true,
        });
    }
    if input.at > acting.now() {
        return Err(Error::field("at", t.votingday_in_future()));
    }
    let local = input.at.to_zoned_datetime(unit.time_zone()?).date();
    match kind {
        EventKind::Opened => {
            if local != unit.voting_day {
                return Err(Error::field("at", t.votingday_other_day()));
            }
            if day.closed_at.is_some_and(|closed| closed <= input.at) {
                return Err(Error::field("at", t.votingday_opened_after_closing()));
            }
        }
        EventKind::Closed => match day.opened_at {
            None => return Err(Error::Conflict(t.votingday_not_opened())),
            Some(opened) if input.at <= opened => {
                return Err(Error::field("at", t.votingday_closed_before_opening()));
            }
            Some(_) => {}
        },
    }
    if known.is_some() && reason.is_empty() {
        return Err(Error::field("reason", t.votingday_correction_reason()));
    }
    let rules = acting.app().rules.get(&unit.rules_id)?;
    let version = store::add_event(
        tx,
        &store::NewEvent {
            unit: &unit,
            kind,
            at: input.at,
            presumed_closed_at: unit.closes_at.checked_add(model::grace(&rules))?,
            reason,
            made_by: acting.person(),
            made_at: acting.now(),
        },
    )
    .await?;
    acting
        .record(
            tx,
            audit::Event {
                event: match kind {
                    EventKind::Opened => "station.opened",
                    EventKind::Closed => "station.closed",
                },
                kind: "station_event",
                object: &[&unit.station_id, &unit.contest_id, &version.to_string()],
                contest_id: &unit.contest_id,
            },
        )
        .await?;
    Ok(Reported {
        version,
        findings: Vec::new(),
        repeated: false,
    })
}

/// Reports turnout for a slot, or corrects it.
///
/// # Errors
/// No power there; an unknown slot or one that is not over; a correction, a falling series or one above
/// the list without a reason.
pub async fn report_turnout(acting: &Acting, input: &Turnout) -> Result<Reported, Error> {
    let mut tx = acting.begin().await?;
    let reported = report_turnout_in(&mut tx, acting, input).await?;
    tx.commit().await?;
    Ok(reported)
}

/// [`report_turnout`] inside another act.
///
/// # Errors
/// As [`report_turnout`].
pub async fn report_turnout_in(
    tx: &mut Transaction,
    acting: &Acting,
    input: &Turnout,
) -> Result<Reported, Error> {
    let t = acting.t();
    let unit = queries::unit(tx, &input.station_id, &input.contest_id).await?;
    acting
        .require(
            tx,
            Action::TurnoutReport,
            &unit.area_id,
            Some(&unit.election_state),
        )
        .await?;
    let reason = reason_of(t, &input.reason)?;
    let rules = acting.app().rules.get(&unit.rules_id)?;
    let turnout = rules.turnout.as_ref().ok_or(Error::NotFound)?;
    let slot = turnout
        .slots
        .iter()
        .find(|s| s.id == input.slot)
        .ok_or_else(|| Error::field("slot", t.votingday_unknown_slot()))?;
    if input.received > MAX_RECEIVED {
        return Err(Error::field("received", t.votingday_too_many()));
    }
    store::hold_day(tx, &unit).await?;
    let day = store::day(tx, &unit.station_id, &unit.contest_id).await?;
    slot_is_over(acting, &unit, &day, slot)?;
    let reports = store::reports(tx, &unit.station_id, &unit.contest_id).await?;
    let series = queries::series(&reports);
    let newest = latest(&series).into_iter().find(|r| r.slot == slot.id);
    let findings = model::judge(
        turnout,
        unit.voters,
        unit.opening_hour()?,
        &series,
        &slot.id,
        input.received,
    );
    if let Some(known) = newest.filter(|known| known.issued == input.received) {
        return Ok(Reported {
            version: u64::from(known.version),
            findings,
            repeated: true,
        });
    }
    if reason.is_empty() {
        if let Some(finding) = findings.iter().find(|f| model::needs_reason(f)) {
            return Err(Error::field("reason", sentence(t, finding)));
        }
        if newest.is_some() {
            return Err(Error::field("reason", t.votingday_correction_reason()));
        }
    }
    let count = |n: u64| i64::try_from(n).map_err(Error::internal);
    let version = newest.map_or(1, |known| i64::from(known.version).saturating_add(1));
    store::add_report(
        tx,
        &store::NewReport {
            unit: &unit,
            slot: &slot.id,
            version,
            received: count(input.received)?,
            before: newest.map(|known| count(known.issued)).transpose()?,
            findings: &findings,
            reason,
            made_by: acting.person(),
            made_at: acting.now(),
        },
    )
    .await?;
    if is_last(turnout, &day.last_slot, &slot.id) {
        store::set_received(tx, &unit, &slot.id, count(input.received)?).await?;
    }
    acting
        .record(
            tx,
            audit::Event {
                event: "turnout.reported",
                kind: "turnout_report",
                object: &[
                    &unit.station_id,
                    &unit.contest_id,
                    &slot.id,
                    &version.to_string(),
                ],
                contest_id: &unit.contest_id,
            },
        )
        .await?;
    Ok(Reported {
        version: version.unsigned_abs(),
        findings,
        repeated: false,
    })
}

/// A slot can be reported once its hour has come; the one without an hour once the station has closed.
fn slot_is_over(
    acting: &Acting,
    unit: &Unit,
    day: &model::StationDay,
    slot: &TurnoutSlot,
) -> Result<(), Error> {
    let t = acting.t();
    if day.opened_at.is_none() {
        return Err(Error::Conflict(t.votingday_not_opened()));
    }
    let over = match slot.time {
        Some(time) => unit.at(time)? <= acting.now(),
        None => day.closed_at.is_some(),
    };
    if over {
        Ok(())
    } else {
        Err(Error::field("slot", t.votingday_slot_not_over()))
    }
}

/// Whether a slot is the newest of the day, or the one that was.
fn is_last(rules: &TurnoutRules, last: &str, slot: &str) -> bool {
    let place = |id: &str| rules.slots.iter().position(|s| s.id == id);
    place(last).is_none_or(|last| place(slot).is_some_and(|this| this >= last))
}

/// What is odd about a report, as a sentence with its figures and what to do.
#[must_use]
pub fn sentence(t: T, finding: &SeriesFinding) -> String {
    let n = |figure: &u64| crate::platform::i18n::number(t.lang, *figure);
    match finding {
        SeriesFinding::Falling {
            slot,
            issued,
            before,
            issued_before,
        } => t.votingday_finding_falling(
            slot_name(t, before),
            n(issued),
            n(issued_before),
            slot_name(t, slot),
        ),
        SeriesFinding::AboveList { slot, issued, list } => {
            t.votingday_finding_above_list(n(issued), n(list), slot_name(t, slot))
        }
        SeriesFinding::TooFast {
            slot,
            added,
            minutes,
            limit,
        } => t.votingday_finding_too_fast(
            n(added),
            n(limit),
            i64::from(*minutes),
            slot_name(t, slot),
        ),
        SeriesFinding::TooSteep {
            slot,
            added,
            minutes,
            limit,
        } => t.votingday_finding_too_steep(
            n(added),
            n(limit),
            i64::from(*minutes),
            slot_name(t, slot),
        ),
        SeriesFinding::Missing { slot } => t.votingday_finding_missing(slot_name(t, slot)),
        SeriesFinding::UnknownSlot { .. } => t.votingday_unknown_slot(),
    }
}

fn reason_of(t: T, reason: &str) -> Result<&str, Error> {
    let reason = reason.trim();
    if reason.chars().count() > MAX_REASON_CHARS {
        return Err(Error::field("reason", t.form_too_long(1_000)));
    }
    Ok(reason)
}
