//! The words of voting day. Pure.

use crate::platform::Error;
use electoral::rules::{RulePack, TurnoutRules, TurnoutSlot};
use electoral::turnout::{Report, SeriesFinding, check_series};
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// The slot of every pack's rules that is reported after closing.
pub const FINAL_SLOT: &str = "final";

/// What a station reports about its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// It has opened.
    Opened,
    /// It has closed.
    Closed,
}

impl EventKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Opened, Self::Closed];

    /// The word of the tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Closed => "closed",
        }
    }
}

/// A station as a counting unit of a contest, with what decides about acts on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The station.
    pub station_id: String,
    /// The contest.
    pub contest_id: String,
    /// Its election.
    pub election_id: String,
    /// Number of the station.
    pub number: u64,
    /// Voters on the list when it was handed over.
    pub voters: u64,
    /// Scheduled opening.
    pub opens_at: Timestamp,
    /// Scheduled closing.
    pub closes_at: Timestamp,
    /// The station's own area, on which its commission's powers rest.
    pub area_id: String,
    /// Zone by whose clocks the station lives.
    pub zone: String,
    /// State of the election.
    pub election_state: String,
    /// State of the contest.
    pub contest_state: String,
    /// Rule pack.
    pub rules_id: String,
    /// Voting day of the contest.
    pub voting_day: Date,
}

impl Unit {
    /// The station's zone.
    ///
    /// # Errors
    /// An unknown name, which the registers prevent.
    pub fn time_zone(&self) -> Result<TimeZone, Error> {
        Ok(TimeZone::get(&self.zone)?)
    }

    /// An hour of voting day by the station's clocks.
    ///
    /// # Errors
    /// As [`Unit::time_zone`].
    pub fn at(&self, time: Time) -> Result<Timestamp, Error> {
        Ok(self
            .voting_day
            .to_datetime(time)
            .to_zoned_datetime(self.time_zone()?)?
            .timestamp())
    }

    /// The scheduled opening by the station's clocks.
    ///
    /// # Errors
    /// As [`Unit::time_zone`].
    pub fn opening_hour(&self) -> Result<Time, Error> {
        Ok(self.opens_at.to_zoned_datetime(self.time_zone()?).time())
    }
}

/// Where a station stands in its day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StationDay {
    /// When it opened.
    pub opened_at: Option<Timestamp>,
    /// When it closed.
    pub closed_at: Option<Timestamp>,
    /// The last slot reported; empty for none.
    pub last_slot: String,
    /// Voters who had received ballots by then.
    pub received: u64,
}

/// One version of one slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnoutReport {
    /// Slot of the rules.
    pub slot: String,
    /// Version; the highest counts.
    pub version: u64,
    /// Voters who had received ballots since the opening.
    pub received: u64,
    /// Codes of what is odd about it: `falling`, `above_list`, `too_fast`, `too_steep`.
    pub findings: Vec<String>,
    /// Why, in the station's words.
    pub reason: String,
    /// Who.
    pub made_by: String,
    /// When.
    pub made_at: Timestamp,
}

/// A slot summed over the stations that have reported it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SlotTotal {
    /// Slot of the rules.
    pub slot: String,
    /// Stations that have reported.
    pub stations: u64,
    /// Voters who received ballots there.
    pub received: u64,
    /// Voters on the lists of these stations.
    pub voters: u64,
}

/// Why a station should be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lateness {
    /// No opening was reported.
    NotOpened,
    /// This slot is overdue.
    Slot(String),
    /// No closing was reported.
    NotClosed,
}

impl Lateness {
    /// The key of the sentence.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::NotOpened => "votingday-late-opening",
            Self::Slot(_) => "votingday-late-slot",
            Self::NotClosed => "votingday-late-closing",
        }
    }
}

/// How long a station may be silent before it is called, and before it is held to be closed.
#[must_use]
pub fn grace(rules: &RulePack) -> SignedDuration {
    rules.turnout.as_ref().map_or(SignedDuration::ZERO, |t| {
        SignedDuration::from_mins(i64::from(t.late_after_minutes.value))
    })
}

/// How long after its closing a station may take for a slot without an hour.
fn after_closing(slot: &TurnoutSlot) -> SignedDuration {
    SignedDuration::from_mins(i64::from(slot.minutes_after_closing.unwrap_or(0)))
}

/// Whether a station is late now, and with what. The first thing missing is named.
///
/// # Errors
/// A zone that does not exist.
pub fn lateness(
    rules: &RulePack,
    unit: &Unit,
    day: &StationDay,
    now: Timestamp,
) -> Result<Option<Lateness>, Error> {
    let grace = grace(rules);
    let overdue = |at: Timestamp| at.checked_add(grace).is_ok_and(|limit| limit <= now);
    if day.opened_at.is_none() {
        return Ok(overdue(unit.opens_at).then_some(Lateness::NotOpened));
    }
    let slots = rules
        .turnout
        .as_ref()
        .map_or(&[][..], |t| t.slots.as_slice());
    let reported = slots.iter().position(|s| s.id == day.last_slot);
    for slot in slots.iter().skip(reported.map_or(0, |place| place + 1)) {
        let due = match slot.time {
            Some(time) => {
                let at = unit.at(time)?;
                (day.closed_at.is_none_or(|closed| closed >= at)).then_some(at)
            }
            // The one after closing: from the closing on, within the rules' minutes.
            None => day
                .closed_at
                .map(|closed| closed.checked_add(after_closing(slot)))
                .transpose()?,
        };
        if due.is_some_and(overdue) {
            return Ok(Some(Lateness::Slot(slot.id.clone())));
        }
    }
    Ok((day.closed_at.is_none() && overdue(unit.closes_at)).then_some(Lateness::NotClosed))
}

/// What is odd about a series once `slot` says `received`: only what this report brings about.
#[must_use]
pub fn judge(
    rules: &TurnoutRules,
    voters: u64,
    opened: Time,
    known: &[Report],
    slot: &str,
    received: u64,
) -> Vec<SeriesFinding> {
    let version = known
        .iter()
        .filter(|r| r.slot == slot)
        .map(|r| r.version)
        .max()
        .unwrap_or(0)
        .saturating_add(1);
    let mut reports = known.to_vec();
    reports.push(Report {
        slot: slot.to_owned(),
        issued: received,
        version,
    });
    check_series(rules, voters, opened, 0, &reports)
        .into_iter()
        .filter(|finding| concerns(finding, slot))
        .collect()
}

fn concerns(finding: &SeriesFinding, named: &str) -> bool {
    match finding {
        SeriesFinding::Falling { slot, before, .. } => slot == named || before == named,
        SeriesFinding::AboveList { slot, .. }
        | SeriesFinding::TooFast { slot, .. }
        | SeriesFinding::TooSteep { slot, .. }
        | SeriesFinding::Missing { slot }
        | SeriesFinding::UnknownSlot { slot } => slot == named,
    }
}

/// The code of a finding, as it is kept with the report.
#[must_use]
pub const fn code(finding: &SeriesFinding) -> &'static str {
    match finding {
        SeriesFinding::Falling { .. } => "falling",
        SeriesFinding::AboveList { .. } => "above_list",
        SeriesFinding::TooFast { .. } => "too_fast",
        SeriesFinding::TooSteep { .. } => "too_steep",
        SeriesFinding::Missing { .. } => "missing",
        SeriesFinding::UnknownSlot { .. } => "unknown_slot",
    }
}

/// Whether a finding must be explained before the report is taken; the others are warnings.
#[must_use]
pub const fn needs_reason(finding: &SeriesFinding) -> bool {
    matches!(
        finding,
        SeriesFinding::Falling { .. } | SeriesFinding::AboveList { .. }
    )
}

/// The name of a slot of turnout for people: its hour, or "after closing".
#[must_use]
pub fn slot_name(t: crate::platform::T, slot: &str) -> String {
    if slot == FINAL_SLOT {
        t.votingday_slot_final()
    } else {
        slot.to_owned()
    }
}
