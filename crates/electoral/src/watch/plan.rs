//! Which tasks an event opens, where, and by when.

use super::{Grade, StandingTask, WatchRules};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How finely tasks are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// One for each station.
    Station,
    /// One for each district or city.
    District,
    /// One for each region.
    Region,
}

/// A station in the area of an event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The station.
    pub station: String,
    /// Its own area.
    pub area: String,
    /// Its district or city.
    pub district: String,
    /// Its region.
    pub region: String,
}

/// A task to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned<'r> {
    /// Which.
    pub task: &'r StandingTask,
    /// At which level it is given.
    pub level: Level,
    /// The station, where it is given for one.
    pub station: Option<String>,
    /// The station's own area, or the district, or the region.
    pub area: String,
    /// The district; at the level of regions the region.
    pub above: String,
    /// By when.
    pub due_at: Timestamp,
}

impl Planned<'_> {
    /// What tells this task from the others of its event: `{task}/{station or area}`.
    #[must_use]
    pub fn key(&self) -> String {
        let place = self.station.as_deref().unwrap_or(&self.area);
        format!("{}/{place}", self.task.id)
    }
}

/// Everything that an event opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan<'r> {
    /// The finest level at which tasks are given here.
    pub level: Level,
    /// The tasks, in the order of the rules.
    pub tasks: Vec<Planned<'r>>,
}

impl WatchRules {
    /// The tasks of an event of a kind and grade that begins at `onset`, known since `now`, for the stations in its
    /// area. A time beyond what can be written is `now`.
    #[must_use]
    pub fn plan(
        &self,
        kind: &str,
        grade: Grade,
        onset: Timestamp,
        now: Timestamp,
        places: &[Place],
    ) -> Plan<'_> {
        let finest = self.finest(places);
        let mut tasks = Vec::new();
        for task in &self.tasks {
            if !task.grades.contains(&grade) || !task.kinds.iter().any(|k| k == kind) {
                continue;
            }
            let due_at = task.due(onset, now);
            let level = task.level.max(finest);
            let mut seen = BTreeSet::new();
            for place in places {
                let (station, area, above) = match level {
                    Level::Station => (Some(&place.station), &place.area, &place.district),
                    Level::District => (None, &place.district, &place.district),
                    Level::Region => (None, &place.region, &place.region),
                };
                if seen.insert((station, area)) {
                    tasks.push(Planned {
                        task,
                        level,
                        station: station.cloned(),
                        area: area.clone(),
                        above: above.clone(),
                        due_at,
                    });
                }
            }
        }
        Plan {
            level: finest,
            tasks,
        }
    }

    fn finest(&self, places: &[Place]) -> Level {
        let more = |count: usize, most: u32| u32::try_from(count).unwrap_or(u32::MAX) > most;
        let stations: BTreeSet<&str> = places.iter().map(|p| p.station.as_str()).collect();
        if !more(stations.len(), self.bounds.stations_most) {
            return Level::Station;
        }
        let districts: BTreeSet<&str> = places.iter().map(|p| p.district.as_str()).collect();
        if more(districts.len(), self.bounds.districts_most) {
            Level::Region
        } else {
            Level::District
        }
    }
}

impl StandingTask {
    /// So many hours before the event, but never sooner than the least time from now.
    fn due(&self, onset: Timestamp, now: Timestamp) -> Timestamp {
        let hours = |n: u16| SignedDuration::from_hours(i64::from(n));
        let before = onset.checked_sub(hours(self.before_hours)).unwrap_or(now);
        let least = now.checked_add(hours(self.least_hours)).unwrap_or(now);
        before.max(least)
    }
}
