//! Voting day and the night after, station by station: when it opens, reports, closes, sends its protocol.

use jiff::civil::{Date, Time, date, time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::error::PlanError;
use super::faults::{Trouble, missing, spoil, unusual};
use super::model::{
    Act, Figures, Outcome, ProtocolVersion, Station, StationDay, StationKind, TurnoutReport,
    Warning,
};
use super::num::part;
use super::relations::{Relation, broken};
use super::rng::Rng;
use super::texts;

/// Voting day.
pub const VOTING_DAY: Date = date(2023, 11, 5);
/// Voting by local time, 07:00 to 20:00 (art. 38).
pub const OPENS: Time = time(7, 0, 0, 0);
/// See [`OPENS`].
pub const CLOSES: Time = time(20, 0, 0, 0);
/// Local times of the turnout reports.
pub const SLOTS: [Time; 6] = [
    time(10, 0, 0, 0),
    time(12, 0, 0, 0),
    time(14, 0, 0, 0),
    time(16, 0, 0, 0),
    time(18, 0, 0, 0),
    time(20, 0, 0, 0),
];
/// Share of the day's voters who have come by each slot, in thousandths.
const COME_BY: [u32; 6] = [185, 420, 615, 775, 905, 1_000];
/// A special station closes when everybody on its list has voted; here after this slot.
const ALL_VOTED_BY: usize = 2;
/// The late station opens at 09:40; its protocol arrives at 07:10 the next morning.
const LATE_OPENING: i64 = 160;
const LATE_PROTOCOL: i64 = 670;
/// The longest count of the night in minutes, leaving time to accept it by three in the morning.
const LONGEST_COUNT: u32 = 335;
/// The slot that is mistyped where turnout is corrected, and the one at which this shows.
const WRONG: usize = 2;

/// What a day is made from.
pub(super) struct Frame<'a> {
    pub(super) station: &'a Station,
    pub(super) figures: &'a Figures,
    pub(super) zone: &'a TimeZone,
    pub(super) trouble: Option<Trouble>,
    pub(super) late: bool,
}

/// Plays one station's day.
pub(super) fn build(frame: &Frame<'_>, rng: &mut Rng) -> Result<StationDay, PlanError> {
    let at = |time: Time| -> Result<Timestamp, PlanError> {
        Ok(frame
            .zone
            .to_ambiguous_zoned_datetime(VOTING_DAY.to_datetime(time))
            .compatible()?
            .timestamp())
    };
    let (opens, closes) = (at(OPENS)?, at(CLOSES)?);
    let early = frame.station.kind != StationKind::Ordinary && !frame.late;
    let opened_at = if frame.late {
        after(opens, LATE_OPENING)?
    } else {
        after(opens, rng.between(-2, 6))?
    };
    let opening_reported_at = after(opened_at, rng.between(2, 18))?;
    let closed_at = if early {
        after(at(time(14, 0, 0, 0))?, rng.between(4, 50))?
    } else {
        after(closes, rng.between(0, 4))?
    };
    let closing_reported_at = after(closed_at, rng.between(1, 12))?;
    let mut slots = Vec::with_capacity(SLOTS.len());
    for slot in SLOTS {
        slots.push(at(slot)?);
    }
    let mut turnout = reports(frame, &slots, early, rng)?;
    let minutes = if frame.late {
        LATE_PROTOCOL
    } else {
        // Small stations count quickly: an hour, then about eight ballots a minute or fewer.
        let issued = frame.figures.voters_received_ballots;
        let minutes = 62 + rng.range(0, 50) + issued / 8 + rng.range(0, issued / 16);
        let recounted = matches!(frame.trouble, Some(Trouble::Returned(_)));
        // Whoever counts twice still finishes in the night.
        i64::from(minutes.min(if recounted { 240 } else { LONGEST_COUNT }))
    };
    let protocols = protocols(frame, after(closes, minutes)?, rng)?;
    // The lists are counted first, before the boxes are opened (art. 43(3-1)).
    turnout.push(TurnoutReport {
        slot: None,
        received_ballots: frame.figures.voters_received_ballots,
        reported_at: after(closes, rng.between(22, 58))?,
        version: 1,
        reason: None,
    });
    Ok(StationDay {
        opened_at,
        opening_reported_at,
        closed_at,
        closing_reported_at,
        late_reason: frame.late.then(texts::late),
        turnout,
        protocols,
    })
}

fn after(start: Timestamp, minutes: i64) -> Result<Timestamp, PlanError> {
    Ok(start.checked_add(minutes.minutes())?)
}

/// The turnout series: never falling, ending at the ballots issued.
fn reports(
    frame: &Frame<'_>,
    slots: &[Timestamp],
    early: bool,
    rng: &mut Rng,
) -> Result<Vec<TurnoutReport>, PlanError> {
    let issued = frame.figures.voters_received_ballots;
    let mut values = [0_u32; 6];
    let mut last = 0;
    for (index, (value, &share)) in values.iter_mut().zip(&COME_BY).enumerate() {
        let done = share == 1_000 || (early && index >= ALL_VOTED_BY);
        let late = if frame.late && index == 0 {
            share / 6
        } else {
            share
        };
        let wish = if done {
            issued
        } else {
            part(issued, rng.range(late * 9 / 10, late * 11 / 10), 1_000)
        };
        last = wish.clamp(last, issued);
        *value = last;
    }
    let fall = frame.trouble == Some(Trouble::TurnoutFall);
    let mut reports = Vec::with_capacity(SLOTS.len() + 1);
    for (index, (&start, &value)) in slots.iter().zip(&values).enumerate() {
        let slow = index + 1 < slots.len() && rng.chance(1, 40);
        let wait = if slow {
            rng.between(35, 75)
        } else {
            rng.between(2, 17)
        };
        let slot = SLOTS.get(index).copied().unwrap_or(CLOSES);
        let mut report = TurnoutReport {
            slot: Some(slot),
            received_ballots: value,
            reported_at: after(start, wait)?,
            version: 1,
            reason: None,
        };
        if fall && index == WRONG {
            let next = values.get(WRONG + 1).copied().unwrap_or(value);
            report.received_ballots = (next + next / 8 + 2).min(frame.station.voters_on_list);
        }
        if fall && index == WRONG + 1 {
            // The lower figure is refused, so the earlier one is corrected first.
            reports.push(TurnoutReport {
                slot: SLOTS.get(WRONG).copied(),
                received_ballots: values.get(WRONG).copied().unwrap_or(value),
                reported_at: report.reported_at,
                version: 2,
                reason: Some(texts::turnout_correction()),
            });
            report.reported_at = after(report.reported_at, 3)?;
        }
        reports.push(report);
    }
    Ok(reports)
}

/// The versions of the protocol, each with what was decided on it.
fn protocols(
    frame: &Frame<'_>,
    first: Timestamp,
    rng: &mut Rng,
) -> Result<Vec<ProtocolVersion>, PlanError> {
    let sound = frame.figures;
    let version = |number, figures, submitted_at| ProtocolVersion {
        version: number,
        figures,
        submitted_at,
        faults: Vec::new(),
        warnings: Vec::new(),
        decided_at: submitted_at,
        outcome: Outcome::Accepted,
    };
    let mut versions = Vec::with_capacity(1);
    let mut only = version(1, sound.clone(), first);
    match frame.trouble {
        Some(Trouble::Returned(relation)) => {
            let (figures, faults) = spoil(relation, sound, rng);
            let mut wrong = version(1, figures, first);
            wrong.faults = faults;
            wrong.decided_at = after(first, rng.between(8, 25))?;
            wrong.outcome = Outcome::Returned {
                reason: texts::reason(relation),
            };
            let again = after(wrong.decided_at, rng.between(25, 65))?;
            versions.push(wrong);
            only = version(2, sound.clone(), again);
        }
        Some(Trouble::Act(count)) => {
            only.figures = missing(count, sound);
            only.faults = vec![Relation::R1];
            let (fault, decision) = texts::act(count);
            only.outcome = Outcome::AcceptedWithAct(Act {
                number: format!("{}-А", frame.station.number),
                fault,
                decision,
            });
        }
        Some(Trouble::Explained(relation)) => {
            only.figures = unusual(relation, sound, rng);
            only.warnings = vec![Warning {
                relation,
                explanation: texts::explanation(relation),
            }];
        }
        Some(Trouble::TurnoutFall) | None => {}
    }
    only.decided_at = after(only.submitted_at, rng.between(4, 22))?;
    versions.push(only);
    for made in &versions {
        let found = broken(&made.figures);
        if found != super::Plan::declared(made) {
            return Err(PlanError::Protocol {
                number: frame.station.number,
                found: found.iter().map(|r| r.code()).collect::<Vec<_>>().join(" "),
            });
        }
    }
    Ok(versions)
}
