//! The words of the planner: halls, trainers, a plan and what it says. Pure.

use crate::elections::state::states;
use crate::platform::Names;
use electoral::training::plan::{Input, Plan, Why};
use jiff::Timestamp;
use jiff::civil::Date;

/// Halls and trainers that one plan may use at most.
pub const MOST: usize = 2_000;

states! {
    /// Where a plan is.
    State {
        /// Nobody has begun to reckon.
        Waiting = "waiting",
        /// It is being reckoned.
        Running = "running",
        /// It is there.
        Done = "done",
        /// It could not be made.
        Failed = "failed",
        /// Its sessions were taken over.
        Taken = "taken",
    }
}

/// A hall as somebody enters it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewHall {
    /// Id, made with the form.
    pub id: String,
    /// The territory whose members it takes: a district.
    pub area_id: String,
    /// What it is called.
    pub name: Names,
    /// Seats.
    pub seats: u64,
    /// Where, in millionths of a degree.
    pub place: (i64, i64),
    /// It is not used any more.
    pub retired: bool,
}

/// A hall on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hall {
    /// Version.
    pub version: u64,
    /// What it says.
    pub says: NewHall,
}

/// A trainer as somebody enters them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTrainer {
    /// Who.
    pub person_id: String,
    /// The territory that they train in: a district.
    pub area_id: String,
    /// Where they start from, in millionths of a degree.
    pub place: (i64, i64),
    /// Days on which they can't.
    pub away: Vec<Date>,
    /// They don't train any more.
    pub retired: bool,
}

/// A trainer on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trainer {
    /// Version.
    pub version: u64,
    /// Name.
    pub name: Names,
    /// What it says.
    pub says: NewTrainer,
}

/// What a plan is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPlan {
    /// Id, made with the form.
    pub id: String,
    /// Election.
    pub election_id: String,
    /// Programme.
    pub programme_id: String,
    /// Under which area stations are covered.
    pub area_id: String,
    /// The first day.
    pub starts_on: Date,
}

/// A plan on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What was asked.
    pub asked: NewPlan,
    /// Level of its sessions.
    pub level: u64,
    /// The day of voting.
    pub voting_day: String,
    /// Where it is.
    pub state: State,
    /// Acts it has seen.
    pub version: u64,
    /// Made from: stations, members, trainers, halls, sessions that stand.
    pub made_from: [u64; 5],
    /// Milliseconds that it took.
    pub took_ms: Option<u64>,
    /// The last day of the plan; empty for none.
    pub complete_on: String,
    /// No plan is complete before; empty for no day.
    pub bound_on: String,
    /// No plan has fewer sessions.
    pub bound_sessions: Option<u64>,
    /// By the linear program.
    pub solved: Option<bool>,
    /// Working days behind the bound.
    pub days_behind: Option<u64>,
    /// `nothing`, `trainers`, `halls`.
    pub bottleneck: String,
    /// Halls that are in use all the time.
    pub bottleneck_halls: Vec<String>,
    /// Why it failed.
    pub fault: String,
    /// When it was asked for.
    pub made_at: Timestamp,
}

/// A session of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedSession {
    /// Place in the plan.
    pub place: u64,
    /// Hall.
    pub hall_id: String,
    /// Its name.
    pub hall: Names,
    /// Its area.
    pub area_id: String,
    /// Where, in millionths of a degree.
    pub at: (i64, i64),
    /// Seats.
    pub seats: u64,
    /// Trainer.
    pub person_id: String,
    /// Their name.
    pub trainer: Names,
    /// Day.
    pub held_on: Date,
    /// Place of its hour.
    pub slot: u64,
    /// People.
    pub people: u64,
    /// Id of the session that is made of it.
    pub session_id: String,
    /// Whether it was made.
    pub made: bool,
}

/// A station in no session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftStation {
    /// Station.
    pub station_id: String,
    /// What it is called.
    pub name: Names,
    /// Its number.
    pub number: u64,
    /// People.
    pub people: u64,
    /// `unplaced`, `no_hall`, `no_time`; `late` for those in a session after the last day in time.
    pub why: String,
}

/// The word of a reason.
#[must_use]
pub const fn why(why: Why) -> &'static str {
    match why {
        Why::Unplaced => "unplaced",
        Why::NoHall => "no-hall",
        Why::NoTime => "no-time",
    }
}

/// What was reckoned from what, and how long it took.
#[derive(Clone, Debug)]
pub struct Reckoned {
    /// Input.
    pub input: Input,
    /// Plan.
    pub plan: Plan,
    /// Milliseconds.
    pub took_ms: u64,
}

/// Degrees as somebody types them, `49.9431` or `49,9431`, in millionths; none for what is none.
#[must_use]
pub fn degrees(text: &str, most: i64) -> Option<i64> {
    let text = text.trim().replace(',', ".");
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.as_str()),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let fits = |s: &str, n: usize| s.len() <= n && s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !fits(whole, 3) || !fits(part, 6) {
        return None;
    }
    let millionths: i64 = format!("{whole}{part:0<6}").parse().ok()?;
    let value = if negative { -millionths } else { millionths };
    (millionths <= most.saturating_mul(1_000_000)).then_some(value)
}

/// Millionths of a degree as they are typed.
#[must_use]
pub fn typed(microdeg: i64) -> String {
    let sign = if microdeg < 0 { "-" } else { "" };
    let all = microdeg.unsigned_abs();
    format!("{sign}{}.{:06}", all / 1_000_000, all % 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::{degrees, typed};

    #[test]
    fn degrees_are_read_as_people_type_them() {
        assert_eq!(degrees("49.9431", 90), Some(49_943_100));
        assert_eq!(degrees(" 73,1 ", 180), Some(73_100_000));
        assert_eq!(degrees("-0.000001", 90), Some(-1));
        for bad in ["", ".5", "91", "49.1234567", "4x", "1e3", "--1", "49.94.1"] {
            assert_eq!(degrees(bad, 90), None, "{bad}");
        }
        assert_eq!(degrees(&typed(-49_000_007), 90), Some(-49_000_007));
    }
}
