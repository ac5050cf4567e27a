//! The words of the planner: halls, trainers, a plan and what it says. Pure.

use crate::elections::state::states;
use crate::platform::Names;
use electoral::training::plan::{Input, Plan, Why};
use electoral::training::rules::{CascadeRules, Level};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Halls and trainers that one plan may use at most.
pub const MOST: usize = 2_000;

/// Levels whose sessions are planned: a territorial commission trains the commissions below it.
pub fn levels(rules: &CascadeRules) -> impl Iterator<Item = (u64, &Level)> {
    let all = (0_u64..).zip(&rules.levels);
    all.filter(|(_, level)| level.commission != "central" && level.commission != level.trains)
}

/// Whether a level trains the commissions of polling stations; otherwise those of territories.
#[must_use]
pub fn trains_stations(level: &Level) -> bool {
    level.trains == "precinct"
}

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
    /// Under which area commissions are taught.
    pub area_id: String,
    /// Level of its sessions.
    pub level: u64,
    /// The first day.
    pub starts_on: Date,
}

/// A plan on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What was asked.
    pub asked: NewPlan,
    /// The day of voting.
    pub voting_day: String,
    /// Where it is.
    pub state: State,
    /// Acts it has seen.
    pub version: u64,
    /// Made from: commissions, members, trainers, halls, sessions that stand.
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
    /// `nothing`, `trainers`, `halls`, `standing`.
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
    /// Whether it was made and then called off.
    pub called_off: bool,
}

/// A commission, of a station or of a territory, whose people are in no session or in a late one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Its area.
    pub area_id: String,
    /// What the station or the territory is called.
    pub name: Names,
    /// The station's number.
    pub number: Option<u64>,
    /// People.
    pub people: u64,
    /// `unplaced`, `no-hall`, `no-time`; `late` for those in a session after the last day in time.
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

/// What a plan is made from.
#[derive(Clone, Debug)]
pub struct Gathered {
    /// For the reckoning; commissions by their areas.
    pub input: Input,
    /// Halls, in the versions that are used.
    pub halls: Vec<Hall>,
    /// Who is to be taught, by the area of their commission; whoever decides there first.
    pub people: BTreeMap<String, Vec<String>>,
    /// Sessions that stand.
    pub standing: usize,
}

/// What was reckoned from what, and how long it took.
#[derive(Clone, Debug)]
pub struct Reckoned {
    /// From what.
    pub from: Gathered,
    /// Plan.
    pub plan: Plan,
    /// Milliseconds.
    pub took_ms: u64,
}

/// Who comes to which session: person, area of their commission, place of the session, none for those who are left. People of a
/// commission that is divided go in their order, session by session.
#[must_use]
pub fn seated<'p>(
    plan: &Plan,
    people: &'p BTreeMap<String, Vec<String>>,
) -> Vec<(&'p str, &'p str, Option<usize>)> {
    let mut rest: BTreeMap<&'p str, std::slice::Iter<'p, String>> = people
        .iter()
        .map(|(area, all)| (area.as_str(), all.iter()))
        .collect();
    let mut seats = Vec::new();
    for (place, session) in plan.sessions.iter().enumerate() {
        for (area, count) in &session.stations {
            let Some((area, _)) = people.get_key_value(area) else {
                continue;
            };
            let Some(waiting) = rest.get_mut(area.as_str()) else {
                continue;
            };
            let count = usize::try_from(*count).unwrap_or(usize::MAX);
            for person in waiting.by_ref().take(count) {
                seats.push((person.as_str(), area.as_str(), Some(place)));
            }
        }
    }
    for (area, left) in rest {
        seats.extend(left.map(|person| (person.as_str(), area, None)));
    }
    seats
}

#[cfg(test)]
mod tests {
    use super::{levels, seated, trains_stations};
    use electoral::training::TrainingRules;
    use electoral::training::plan::{Bottleneck, Bound, Plan, Session};
    use jiff::civil::date;
    use std::collections::BTreeMap;

    #[test]
    fn territorial_commissions_are_planned_for_and_nobody_else() {
        let rules = TrainingRules::built_in().unwrap().cascade;
        let found: Vec<(u64, bool)> = levels(&rules)
            .map(|(level, l)| (level, trains_stations(l)))
            .collect();
        assert_eq!(found, [(1, false), (2, true)]);
    }

    #[test]
    fn people_of_a_divided_commission_go_in_their_order_and_nobody_is_lost() {
        let session = |stations: &[(&str, u32)]| Session {
            hall: "hall".to_owned(),
            trainer: "trainer".to_owned(),
            day: date(2023, 10, 2),
            slot: 0,
            stations: stations
                .iter()
                .map(|(area, people)| ((*area).to_owned(), *people))
                .collect(),
        };
        let plan = Plan {
            sessions: vec![session(&[("a", 2)]), session(&[("a", 1), ("b", 1)])],
            left: Vec::new(),
            late: Vec::new(),
            complete_on: None,
            bound: Bound {
                solved: true,
                sessions: 2,
                complete_on: None,
            },
            bottleneck: Bottleneck::Nothing,
        };
        let people: BTreeMap<String, Vec<String>> = [
            ("a", ["a1", "a2", "a3"].as_slice()),
            ("b", ["b1", "b2"].as_slice()),
        ]
        .map(|(area, all)| {
            let all: Vec<String> = all.iter().map(|p| (*p).to_owned()).collect();
            (area.to_owned(), all)
        })
        .into();
        let mut found = seated(&plan, &people);
        found.sort_unstable();
        let expected = [
            ("a1", "a", Some(0)),
            ("a2", "a", Some(0)),
            ("a3", "a", Some(1)),
            ("b1", "b", Some(1)),
            ("b2", "b", None),
        ];
        assert_eq!(found, expected);
    }
}
