//! Where stations and areas stand. Pure.

use crate::platform::Names;
use electoral::training::coverage::{Standing, State};
use electoral::training::rules::CoverageRules;
use jiff::Timestamp;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Days that a chart looks back.
pub const CHART_DAYS: i32 = 30;

/// People of one station or of several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// Members of the commissions.
    pub members: u64,
    /// The fewest who must pass.
    pub required: u64,
    /// Invited to a session that is still to be held.
    pub scheduled: u64,
    /// Were at a session.
    pub trained: u64,
    /// Have passed.
    pub passed: u64,
}

impl People {
    /// Both together.
    #[must_use]
    pub const fn plus(self, more: Self) -> Self {
        Self {
            members: self.members.saturating_add(more.members),
            required: self.required.saturating_add(more.required),
            scheduled: self.scheduled.saturating_add(more.scheduled),
            trained: self.trained.saturating_add(more.trained),
            passed: self.passed.saturating_add(more.passed),
        }
    }
}

/// What is known of one station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stand {
    /// Covered or not.
    pub state: State,
    /// Ids of the needs that hold.
    pub met: Vec<String>,
    /// Its people.
    pub people: People,
}

impl Stand {
    /// What the pure function found, with the ids of the rules.
    #[must_use]
    pub fn of(rules: &CoverageRules, standing: &Standing) -> Self {
        Self {
            state: standing.state(),
            met: rules
                .requirements
                .iter()
                .zip(&standing.needs)
                .filter(|(_, met)| met.holds())
                .map(|(r, _)| r.id.clone())
                .collect(),
            people: People {
                members: standing.members,
                required: standing.required,
                scheduled: standing.scheduled,
                trained: standing.trained,
                passed: standing.passed,
            },
        }
    }

    /// As one of the sums.
    #[must_use]
    pub fn sums(&self) -> Sums {
        Sums {
            stations: 1,
            covered: u64::from(self.state == State::Covered),
            planned: u64::from(self.state == State::Planned),
            people: self.people,
        }
    }
}

/// Sums of several stations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Stations.
    pub stations: u64,
    /// Of these, covered.
    pub covered: u64,
    /// Of these, to be covered by what is under way.
    pub planned: u64,
    /// Their people.
    pub people: People,
}

impl Sums {
    /// Both together.
    #[must_use]
    pub const fn plus(self, more: Self) -> Self {
        Self {
            stations: self.stations.saturating_add(more.stations),
            covered: self.covered.saturating_add(more.covered),
            planned: self.planned.saturating_add(more.planned),
            people: self.people.plus(more.people),
        }
    }

    /// All of them.
    pub fn of(all: impl IntoIterator<Item = Self>) -> Self {
        all.into_iter().fold(Self::default(), Self::plus)
    }

    /// Stations that are neither covered nor to be.
    #[must_use]
    pub const fn uncovered(self) -> u64 {
        self.stations
            .saturating_sub(self.covered)
            .saturating_sub(self.planned)
    }

    /// Where all of them stand together.
    #[must_use]
    pub const fn state(self) -> State {
        if self.covered >= self.stations {
            State::Covered
        } else if self.uncovered() == 0 {
            State::Planned
        } else {
            State::Uncovered
        }
    }
}

/// By how much sums changed: each may fall.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Change(pub(super) [i64; 8]);

impl Change {
    /// From one standing of a station to another.
    pub(super) fn between(before: Sums, after: Sums) -> Self {
        let (a, b) = (columns(before), columns(after));
        let mut change = [0; 8];
        for ((to, after), before) in change.iter_mut().zip(b).zip(a) {
            *to = after.saturating_sub(before);
        }
        Self(change)
    }

    /// Both together.
    pub(super) fn add(&mut self, more: Self) {
        for (sum, one) in self.0.iter_mut().zip(more.0) {
            *sum = sum.saturating_add(one);
        }
    }

    /// Nothing changed.
    pub(super) fn is_none(self) -> bool {
        self.0.iter().all(|n| *n == 0)
    }
}

/// Sums in the order of the table's columns.
pub(super) fn columns(sums: Sums) -> [i64; 8] {
    let p = sums.people;
    [
        sums.stations,
        sums.covered,
        sums.planned,
        p.members,
        p.required,
        p.scheduled,
        p.trained,
        p.passed,
    ]
    .map(|n| i64::try_from(n).unwrap_or(i64::MAX))
}

/// A station whose row a writer holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The election.
    pub election_id: String,
    /// The station.
    pub station_id: String,
    /// Its own area.
    pub area_id: String,
    /// Zone by whose clocks it lives.
    pub zone: String,
    /// Its region.
    pub region_id: String,
    /// Its district.
    pub district_id: String,
    /// Its number.
    pub number: u64,
    /// Where it stands.
    pub stand: Stand,
    /// What readiness has heard, by item.
    pub told: BTreeMap<String, bool>,
    /// The day whose composition was looked at.
    pub looked_on: Date,
    /// The last day with counts.
    pub day: Date,
}

/// What readiness has heard, as the table keeps it: `commission_trained=yes`.
#[must_use]
pub fn told_text(told: &BTreeMap<String, bool>) -> String {
    let word = |holds: bool| if holds { "yes" } else { "no" };
    let parts: Vec<String> = told
        .iter()
        .map(|(item, holds)| format!("{item}={}", word(*holds)))
        .collect();
    parts.join(" ")
}

/// Reads what [`told_text`] writes; anything else is nothing.
#[must_use]
pub fn read_told(text: &str) -> BTreeMap<String, bool> {
    text.split(' ')
        .filter_map(|part| part.split_once('='))
        .map(|(item, word)| (item.to_owned(), word == "yes"))
        .collect()
}

/// What readiness is to hear: what holds at once; what doesn't, only when it was told that it does, or when the day has
/// passed by which it must. Before that nobody has failed to do anything.
#[must_use]
pub fn to_tell(
    rules: &CoverageRules,
    stand: &Stand,
    told: &BTreeMap<String, bool>,
    is_overdue: bool,
) -> BTreeMap<String, bool> {
    let holds = stand.state == State::Covered;
    let before = told.get(&rules.item).copied();
    let is_news = before != Some(holds) && (holds || before.is_some() || is_overdue);
    let news = (is_news && !rules.item.is_empty()).then(|| (rules.item.clone(), holds));
    news.into_iter().collect()
}

/// Sums of a district.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct District {
    /// The district's area.
    pub area_id: String,
    /// Code of the classifier.
    pub code: String,
    /// Name.
    pub names: Names,
    /// Its region.
    pub region_id: String,
    /// The region's code.
    pub region_code: String,
    /// The region's name.
    pub region_names: Names,
    /// What is counted.
    pub sums: Sums,
}

/// Sums of a region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// The region's area.
    pub area_id: String,
    /// Code of the classifier.
    pub code: String,
    /// Name.
    pub names: Names,
    /// What is counted.
    pub sums: Sums,
}

/// Districts put together by region, in the order of the classifier.
#[must_use]
pub fn regions(districts: &[District]) -> Vec<Region> {
    let mut regions: BTreeMap<&str, Region> = BTreeMap::new();
    for d in districts {
        let region = regions.entry(&d.region_code).or_insert_with(|| Region {
            area_id: d.region_id.clone(),
            code: d.region_code.clone(),
            names: d.region_names.clone(),
            sums: Sums::default(),
        });
        region.sums = region.sums.plus(d.sums);
    }
    regions.into_values().collect()
}

/// Districts where stations are uncovered, those with most of them first.
#[must_use]
pub fn furthest(districts: &[District], most: usize) -> Vec<&District> {
    let mut open: Vec<&District> = districts
        .iter()
        .filter(|d| d.sums.uncovered() > 0)
        .collect();
    open.sort_by_key(|d| (Reverse(d.sums.uncovered()), d.code.clone()));
    open.truncate(most);
    open
}

/// A station as of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StationStand {
    /// The station.
    pub station_id: String,
    /// Its region.
    pub region_id: String,
    /// Its district.
    pub district_id: String,
    /// Its number.
    pub number: u64,
    /// Names of the building.
    pub names: Names,
    /// Where it stands.
    pub stand: Stand,
}

/// A member of a commission, as the office sees who is still to be trained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sitting {
    /// The person.
    pub person_id: String,
    /// Names.
    pub names: Names,
    /// Office in the commission.
    pub office: String,
    /// When the next session begins to which they are invited.
    pub invited_to: Option<Timestamp>,
    /// Was at a session.
    pub trained: bool,
    /// Has passed.
    pub passed: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use electoral::training::TrainingRules;

    fn stand(met: &[&str]) -> Stand {
        Stand {
            state: State::Uncovered,
            met: met.iter().map(|m| (*m).to_owned()).collect(),
            people: People::default(),
        }
    }

    #[test]
    fn readiness_hears_what_holds_and_what_no_longer_does() {
        let rules = TrainingRules::built_in().unwrap().coverage;
        let nothing = BTreeMap::new();
        let covered = Stand {
            state: State::Covered,
            ..stand(&["chair", "secretary", "members"])
        };
        let chair = stand(&["chair"]);
        assert!(to_tell(&rules, &chair, &nothing, false).is_empty());
        let first = to_tell(&rules, &covered, &nothing, false);
        assert_eq!(told_text(&first), "commission_trained=yes");
        assert!(to_tell(&rules, &covered, &first, false).is_empty());
        let fallen = to_tell(&rules, &chair, &first, false);
        assert_eq!(told_text(&fallen), "commission_trained=no");
        let overdue = to_tell(&rules, &chair, &nothing, true);
        assert_eq!(told_text(&overdue), "commission_trained=no");
        assert_eq!(read_told(&told_text(&overdue)), overdue);
        assert!(read_told("").is_empty());
    }

    #[test]
    fn changes_add_up() {
        let one = stand(&[]).sums();
        let none = Sums::default();
        let mut change = Change::between(none, one);
        assert!(!change.is_none());
        change.add(Change::between(one, none));
        assert!(change.is_none());
    }
}
