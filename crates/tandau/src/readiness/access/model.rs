//! The words of accessibility: what is known of a station, where voters stand. Pure.

use electoral::accessibility::{Accessibility, Gap, Known, Means, Need, Place, Word, metres};
use electoral::checklist::Milli;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// Voters with one need at one station at most: more than any station has.
pub const MOST_VOTERS: u64 = 3_000;
/// Where counts come from; the first is what a form begins with.
pub const SOURCES: [&str; 3] = ["social_service", "commission", "voters"];

/// Voters by need.
pub type Counts = BTreeMap<String, u64>;

/// Where facts about a station came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The form of the office.
    Form,
    /// An answer to a checklist.
    Checklist,
}

impl Cause {
    /// The word of the table.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Checklist => "checklist",
        }
    }
}

/// What is known of a station, and since when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StationMeans {
    /// Version; 0 when nobody has said anything.
    pub version: u64,
    /// When the newest version was made.
    pub made_at: Option<Timestamp>,
    /// Who made it: id of the person.
    pub made_by: String,
    /// Where it came from.
    pub cause: String,
    /// The facts.
    pub means: Means,
}

/// Counts of a station as they are now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StationNeeds {
    /// Version; 0 when nobody has counted.
    pub version: u64,
    /// When it was made.
    pub made_at: Option<Timestamp>,
    /// Where the counts come from.
    pub source: String,
    /// Voters by need.
    pub counts: Counts,
}

impl StationNeeds {
    /// Whether somebody has counted here.
    #[must_use]
    pub const fn is_counted(&self) -> bool {
        self.version > 0
    }

    /// All voters counted.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.values().sum()
    }
}

/// Where a voter with a need can vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// At their own station.
    Here,
    /// At a station in reach.
    Near,
    /// Nowhere near; or nobody has looked.
    Unmet,
}

impl Part {
    /// All, in the order of pages.
    pub const ALL: [Self; 3] = [Self::Here, Self::Near, Self::Unmet];

    /// The word of tables and exports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::Near => "near",
            Self::Unmet => "unmet",
        }
    }
}

/// A station with everything that the table of needs and means asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scene {
    /// The station.
    pub station_id: String,
    /// Its number.
    pub number: u64,
    /// Where it stands, if that is known.
    pub place: Option<Place>,
    /// What it offers.
    pub means: Means,
    /// Who needs what.
    pub needs: StationNeeds,
}

/// One need over the stations of a district.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The need.
    pub need: String,
    /// Voters with it by [`Part`], in the order of [`Part::ALL`].
    pub parts: [u64; 3],
    /// Stations at which these voters are, in the same order.
    pub places: [u64; 3],
    /// Stations that meet it.
    pub stations_yes: u64,
    /// Stations that don't.
    pub stations_no: u64,
    /// Stations of which it isn't known.
    pub stations_unknown: u64,
    /// Ids of stations with voters whose need is not met.
    pub unmet_at: Vec<String>,
}

impl Line {
    /// All voters with the need.
    #[must_use]
    pub fn voters(&self) -> u64 {
        self.parts.iter().sum()
    }
}

/// Where voters of a station with a need can vote. A station without coordinates is in nobody's reach.
#[must_use]
pub fn part(rules: &Accessibility, need: &Need, scene: &Scene, all: &[Scene]) -> Part {
    if rules.serves(need, &scene.means) == Word::Yes {
        return Part::Here;
    }
    // Thousandths of a kilometre are metres.
    let reach = rules.reach.km.0.unsigned_abs();
    let near = |other: &Scene| {
        let places = scene.place.zip(other.place);
        places.is_some_and(|(here, there)| metres(here, there) <= reach)
            && other.station_id != scene.station_id
            && rules.serves(need, &other.means) == Word::Yes
    };
    if all.iter().any(near) {
        Part::Near
    } else {
        Part::Unmet
    }
}

/// Needs × means over the stations of one district.
#[must_use]
pub fn lines(rules: &Accessibility, scenes: &[Scene]) -> Vec<Line> {
    rules
        .needs
        .iter()
        .map(|need| {
            let mut line = Line {
                need: need.id.clone(),
                ..Line::default()
            };
            for scene in scenes {
                match rules.serves(need, &scene.means) {
                    Word::Yes => line.stations_yes += 1,
                    Word::No => line.stations_no += 1,
                    Word::Unknown => line.stations_unknown += 1,
                }
                let voters = scene.needs.counts.get(&need.id).copied().unwrap_or(0);
                if voters == 0 {
                    continue;
                }
                let [here, near, unmet] = &mut line.parts;
                let [at_here, at_near, at_unmet] = &mut line.places;
                let (sum, places) = match part(rules, need, scene, scenes) {
                    Part::Here => (here, at_here),
                    Part::Near => (near, at_near),
                    Part::Unmet => {
                        line.unmet_at.push(scene.station_id.clone());
                        (unmet, at_unmet)
                    }
                };
                *sum += voters;
                *places += 1;
            }
            line
        })
        .collect()
}

/// Lines of several districts together.
#[must_use]
pub fn together(mut all: Vec<Line>, more: Vec<Line>) -> Vec<Line> {
    if all.is_empty() {
        return more;
    }
    for (line, other) in all.iter_mut().zip(more) {
        for (part, plus) in line.parts.iter_mut().zip(other.parts) {
            *part += plus;
        }
        for (places, plus) in line.places.iter_mut().zip(other.places) {
            *places += plus;
        }
        line.stations_yes += other.stations_yes;
        line.stations_no += other.stations_no;
        line.stations_unknown += other.stations_unknown;
        line.unmet_at.extend(other.unmet_at);
    }
    all
}

/// What is open at each station of a district, for the ranked list of equipment.
#[must_use]
pub fn gaps(rules: &Accessibility, scenes: &[Scene]) -> Vec<Gap> {
    scenes
        .iter()
        .filter_map(|scene| {
            let unmet: BTreeMap<String, u64> = rules
                .needs
                .iter()
                .filter_map(|need| {
                    let voters = *scene.needs.counts.get(&need.id)?;
                    let open = voters > 0 && part(rules, need, scene, scenes) == Part::Unmet;
                    open.then(|| (need.id.clone(), voters))
                })
                .collect();
            (!unmet.is_empty()).then(|| Gap {
                station: scene.station_id.clone(),
                means: scene.means.clone(),
                unmet,
            })
        })
        .collect()
}

/// What the answer to a question of a checklist says about a fact; none when it says nothing.
#[must_use]
pub fn known_of<'r>(
    rules: &'r Accessibility,
    means: &str,
    value: &str,
) -> Option<(&'r str, Known)> {
    let fact = rules.meant(means)?;
    let known = match value {
        "yes" => Some(Known::word(Word::Yes)),
        "no" => Some(Known::word(Word::No)),
        "na" => Some(Known::word(Word::Unknown)),
        _ => {
            let number: Milli = value.parse().ok()?;
            let measure = fact.measure.as_ref()?;
            (number >= measure.least && number <= measure.most).then(|| Known::measured(number))
        }
    }?;
    Some((&fact.id, known))
}

/// Facts that differ, with what is known now.
#[must_use]
pub fn changed(before: &Means, now: &Means) -> Vec<(String, Known)> {
    let names: BTreeSet<&str> = before
        .iter()
        .chain(now.iter())
        .map(|(fact, _)| fact)
        .collect();
    names
        .into_iter()
        .filter(|fact| before.get(fact) != now.get(fact))
        .map(|fact| (fact.to_owned(), now.get(fact)))
        .collect()
}
