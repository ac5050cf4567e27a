//! The schedule that covers every station: who trains whom, where and when, and how far from the best possible it can be.
//!
//! **What is asked.** Members of a station are taught together, in a hall in reach; a hall takes one session at a time; a
//! trainer gives one session at a time and gets from home to the hall, from one hall to the next and back in the
//! time the rules give. Wanted is the earliest day on which every station is covered, then few sessions and short ways.
//!
//! **How it is answered.** 1. A linear program lets stations be split between halls and sessions be fractions: from it follows the
//! fewest sessions and the earliest day that any schedule can reach ([`Bound`]). 2. Each station goes to the hall that
//! the program gives most of it to. 3. Stations are packed into sessions, largest first; sessions that are nearly empty are
//! dissolved where others have room. 4. Day by day and slot by slot halls and trainers are matched; the halls with
//! the most sessions left come first, and no other choice in that slot would serve such halls better (augmenting paths: the sets
//! of halls that can be served together are a matroid).
//!
//! Sessions that stand already are planned around: what they take of halls and trainers is gone, and whoever they teach is done when
//! the last of them is.
//!
//! **How good it is.** No schedule is complete before [`Bound::complete_on`] or has fewer sessions than [`Bound::sessions`]; the plan
//! shows its own beside them. What is lost, if anything, is lost in rounding (2, 3) and in looking at one slot after the other (4).
//!
//! The one place of this crate with floating point is the solver of step 1: what it says about halls is checked in whole
//! numbers afterwards, and its bound is rounded against ourselves.

mod bound;
mod pack;
mod schedule;
#[cfg(test)]
mod tests;

pub use crate::accessibility::Place;
use crate::accessibility::metres;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Pairs of station and hall that are handed to the solver; beyond, the bound is counted.
const PAIRS_MOST: usize = 60_000;

/// A station whose members must be taught.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Station {
    /// Id.
    pub id: String,
    /// Members to teach; 0 for none left.
    pub people: u32,
    /// Where it is; none where nobody knows.
    pub place: Option<Place>,
    /// The territory that trains it: halls and trainers of another one don't. Empty for any.
    pub within: String,
}

/// A hall in which a session may take place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hall {
    /// Id.
    pub id: String,
    /// Seats.
    pub seats: u32,
    /// Where.
    pub place: Place,
    /// The territory whose members it takes; empty for any.
    pub within: String,
}

/// Somebody who may train.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trainer {
    /// Id.
    pub id: String,
    /// Where they start from and return to.
    pub home: Place,
    /// Days on which they can't.
    pub away: BTreeSet<Date>,
    /// The territory that they train in; empty for any.
    pub within: String,
}

/// Whether two things may come together.
fn together(a: &str, b: &str) -> bool {
    a.is_empty() || b.is_empty() || a == b
}

/// Time that a session which stands already takes of a hall and of one of its trainers. A session under two trainers, or one
/// that lies in two slots, is several of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its hall.
    pub hall: String,
    /// Its trainer.
    pub trainer: String,
    /// Its day.
    pub day: Date,
    /// Its place in [`Terms::slots`].
    pub slot: usize,
}

/// Time and travel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Days on which may be taught, in their order.
    pub days: Vec<Date>,
    /// The last day that is in time.
    pub in_time: Date,
    /// Minutes after midnight at which a session may begin, in their order.
    pub slots: Vec<u32>,
    /// Minutes of a session.
    pub session_minutes: u32,
    /// Metres on the road that members are asked to come at most.
    pub reach_metres: u64,
    /// Minutes of a trainer's way to the first hall, and from the last one, at most.
    pub trip_minutes: u64,
    /// A road in percent of the straight line.
    pub detour_percent: u64,
    /// Kilometres an hour on the road.
    pub road_kmh: u64,
    /// So many kilometres of one member are worth one session less.
    pub session_km: u32,
}

impl Terms {
    /// Metres on the road.
    #[must_use]
    pub fn road(&self, a: Place, b: Place) -> u64 {
        let road = u128::from(metres(a, b)) * u128::from(self.detour_percent) / 100;
        u64::try_from(road).unwrap_or(u64::MAX)
    }

    /// Minutes on the road.
    #[must_use]
    pub fn minutes(&self, a: Place, b: Place) -> u64 {
        let road = u128::from(self.road(a, b)) * 60;
        let kmh = u128::from(self.road_kmh.max(1));
        u64::try_from(road.div_ceil(kmh * 1_000)).unwrap_or(u64::MAX)
    }
}

/// Everything that is planned from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Stations.
    pub stations: Vec<Station>,
    /// Halls.
    pub halls: Vec<Hall>,
    /// Trainers.
    pub trainers: Vec<Trainer>,
    /// What stands already.
    pub kept: Vec<Kept>,
    /// The last day of a session that stands and teaches the same: nobody is done before it.
    pub stands_until: Option<Date>,
    /// Time and travel.
    pub terms: Terms,
}

/// A session of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Hall.
    pub hall: String,
    /// Trainer.
    pub trainer: String,
    /// Day.
    pub day: Date,
    /// Place in [`Terms::slots`].
    pub slot: usize,
    /// Stations with how many of their members come.
    pub stations: Vec<(String, u32)>,
}

impl Session {
    /// People in the hall.
    #[must_use]
    pub fn people(&self) -> u32 {
        let people = self.stations.iter().map(|(_, people)| *people);
        people.fold(0, u32::saturating_add)
    }
}

/// Why a station is in no session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Nobody knows where it is.
    Unplaced,
    /// No hall is in reach.
    NoHall,
    /// No day is left on which a trainer can come.
    NoTime,
}

/// What no schedule can undercut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// By the linear program; otherwise only counted, because the program was too large.
    pub solved: bool,
    /// Fewest sessions for the stations that are in reach of a hall.
    pub sessions: u64,
    /// Earliest day on which they can all be covered; none when no day of the terms is late enough.
    pub complete_on: Option<Date>,
}

/// What keeps the plan from being complete a day earlier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bottleneck {
    /// Nothing: the first day is enough.
    Nothing,
    /// There are too few trainers.
    Trainers,
    /// Halls have too few seats: these are in use all the time.
    Halls(Vec<String>),
    /// A session that stands already is the last one.
    Standing,
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Sessions in the order of days.
    pub sessions: Vec<Session>,
    /// Stations with members who are in no session.
    pub left: Vec<(String, u32, Why)>,
    /// Stations that are covered only after the last day that is in time.
    pub late: Vec<String>,
    /// The day of the last session, those that stand included; none while people in reach of a hall are in no session.
    pub complete_on: Option<Date>,
    /// What no schedule can undercut.
    pub bound: Bound,
    /// What hinders.
    pub bottleneck: Bottleneck,
}

impl Plan {
    /// Working days after the bound's; none when either is unknown.
    #[must_use]
    pub fn days_behind(&self, terms: &Terms) -> Option<usize> {
        let (found, best) = (self.complete_on?, self.bound.complete_on?);
        let between = |day: &&Date| **day > best && **day <= found;
        Some(terms.days.iter().filter(between).count())
    }
}

/// Members of one station who come together.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Party {
    station: usize,
    people: u32,
    /// Halls in reach with seats enough, with metres on the road.
    halls: Vec<(usize, u64)>,
}

/// Makes a plan. The order in which stations, halls and trainers are given doesn't matter.
#[must_use]
pub fn plan(input: &Input) -> Plan {
    let mut input = input.clone();
    input.stations.sort_by(|a, b| a.id.cmp(&b.id));
    input.halls.sort_by(|a, b| a.id.cmp(&b.id));
    input.trainers.sort_by(|a, b| a.id.cmp(&b.id));
    input.halls.dedup_by(|a, b| a.id == b.id);
    input.trainers.dedup_by(|a, b| a.id == b.id);
    input.stations.dedup_by(|a, b| a.id == b.id);
    let (parties, mut left) = parties(&input);
    let found = bound::bound(&input, &parties);
    let groups = pack::pack(&input, &parties, &found.hall_of);
    let (sessions, unplaced) = schedule::schedule(&input, &parties, groups);
    let id = |at: usize| input.stations.get(at).map_or("", |s| s.id.as_str());
    let mut without: BTreeMap<usize, u32> = BTreeMap::new();
    for (station, people) in unplaced {
        let sum = without.entry(station).or_default();
        *sum = sum.saturating_add(people);
    }
    left.extend(
        without
            .into_iter()
            .map(|(station, people)| (id(station).to_owned(), people, Why::NoTime)),
    );
    left.sort();
    let late: BTreeSet<String> = sessions
        .iter()
        .filter(|s| s.day > input.terms.in_time)
        .flat_map(|s| s.stations.iter().map(|(station, _)| station.clone()))
        .collect();
    let all = left.iter().all(|(_, _, why)| *why != Why::NoTime);
    let days = sessions.iter().map(|s| s.day).chain(input.stands_until);
    Plan {
        complete_on: days.max().filter(|_| all),
        late: late.into_iter().collect(),
        sessions,
        left,
        bound: found.bound,
        bottleneck: found.bottleneck,
    }
}

/// Members by station in parties that fit a hall in reach, and stations that no hall is in reach of.
fn parties(input: &Input) -> (Vec<Party>, Vec<(String, u32, Why)>) {
    let mut parties = Vec::new();
    let mut left = Vec::new();
    for (at, station) in input.stations.iter().enumerate() {
        if station.people == 0 {
            continue;
        }
        let Some(place) = station.place else {
            left.push((station.id.clone(), station.people, Why::Unplaced));
            continue;
        };
        let near: Vec<(usize, u64, u32)> = input
            .halls
            .iter()
            .enumerate()
            .filter(|(_, hall)| hall.seats > 0 && together(&hall.within, &station.within))
            .map(|(h, hall)| (h, input.terms.road(place, hall.place), hall.seats))
            .filter(|(_, road, _)| *road <= input.terms.reach_metres)
            .collect();
        let Some(seats) = near.iter().map(|(_, _, seats)| *seats).max() else {
            left.push((station.id.clone(), station.people, Why::NoHall));
            continue;
        };
        let mut rest = station.people;
        while rest > 0 {
            let people = rest.min(seats);
            rest -= people;
            let mut halls: Vec<(usize, u64)> = near
                .iter()
                .filter(|(_, _, seats)| *seats >= people)
                .map(|(h, road, _)| (*h, *road))
                .collect();
            halls.sort_by_key(|(h, road)| (*road, *h));
            parties.push(Party {
                station: at,
                people,
                halls,
            });
        }
    }
    (parties, left)
}
