//! What the files and the interface for programs say.

use super::super::model::{Counts, Sums};
use crate::results::export::Localised;
use serde::Serialize;
use utoipa::ToSchema;

/// Items by what is known of them.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct ItemCounts {
    /// All.
    pub expected: u64,
    /// They hold.
    pub met: u64,
    /// They don't.
    pub unmet: u64,
    /// Of these, without which voting can't be held properly.
    pub unmet_critical: u64,
    /// They don't apply.
    pub not_applicable: u64,
    /// Two people said different things.
    pub disputed: u64,
    /// Nobody has said anything.
    pub unanswered: u64,
}

impl From<Counts> for ItemCounts {
    fn from(counts: Counts) -> Self {
        Self {
            expected: counts.expected,
            met: counts.met,
            unmet: counts.unmet,
            unmet_critical: counts.critical,
            not_applicable: counts.na,
            disputed: counts.disputed,
            unanswered: counts.unanswered,
        }
    }
}

/// Counts of several stations.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct ReadinessSums {
    /// Stations.
    pub stations: u64,
    /// Stations whose every item is answered and none is unmet or disputed.
    pub ready: u64,
    /// Their items.
    pub items: ItemCounts,
}

impl From<Sums> for ReadinessSums {
    fn from(sums: Sums) -> Self {
        Self {
            stations: sums.stations,
            ready: sums.ready,
            items: sums.counts.into(),
        }
    }
}

/// A region or a district.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReadinessArea {
    /// Permanent id, part of addresses.
    pub id: String,
    /// Code of the classifier.
    pub code: String,
    /// Name.
    pub name: Localised,
    /// Id of its region; empty for a region.
    pub region: String,
    /// What is counted.
    pub sums: ReadinessSums,
}

/// A section of the checklist.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReadinessSection {
    /// Id.
    pub id: String,
    /// Title.
    pub title: Localised,
    /// What is counted.
    pub sums: ReadinessSums,
}

/// Unmet items at the end of a day.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UnmetOnDay {
    /// The day, ISO 8601.
    pub day: String,
    /// Items.
    pub unmet: u64,
}

/// Unmet items to be expected on voting day: the Theil–Sen line of the last days with the range of nine cases of ten.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReadinessForecast {
    /// The least.
    pub low: u64,
    /// If the pace goes on.
    pub middle: u64,
    /// The most.
    pub high: u64,
    /// Change in a day, in tenths of an item.
    pub pace_tenths: i64,
    /// Days it rests on.
    pub days: u64,
}

/// Readiness of an election, or of one section of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Readiness {
    /// Id of the election.
    pub election: String,
    /// The day of voting, ISO 8601.
    pub voting_day: String,
    /// The day these figures are as of.
    pub as_of: String,
    /// The moment, with offset.
    pub at: String,
    /// Days until voting; none when it is over.
    pub days_left: Option<u64>,
    /// Section looked at; empty for all.
    pub section: String,
    /// All together.
    pub total: ReadinessSums,
    /// Regions, by code.
    pub regions: Vec<ReadinessArea>,
    /// Districts, by code.
    pub districts: Vec<ReadinessArea>,
    /// Sections of the checklist.
    pub sections: Vec<ReadinessSection>,
    /// Unmet items day by day.
    pub unmet_by_day: Vec<UnmetOnDay>,
    /// What is to be expected on voting day.
    pub forecast: Option<ReadinessForecast>,
    /// Why nothing is foretold: `too_few_days`, `still_answering`, `over`; empty when something is.
    pub forecast_missing: String,
}

/// A station.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReadinessStation {
    /// Permanent id.
    pub id: String,
    /// Number in its region.
    pub number: u64,
    /// Building.
    pub name: Localised,
    /// Id of its region.
    pub region: String,
    /// Id of its district.
    pub district: String,
    /// `ready`, `critical`, `unmet`, `answering`, `nothing`.
    pub state: String,
    /// Its items.
    pub items: ItemCounts,
    /// Its last report, with offset.
    pub reported_at: Option<String>,
}

/// Stations of an election.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReadinessStations {
    /// Id of the election.
    pub election: String,
    /// The day these figures are as of.
    pub as_of: String,
    /// Stations.
    pub stations: Vec<ReadinessStation>,
}

/// A district with its stations.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReadinessDistrict {
    /// Id of the election.
    pub election: String,
    /// The day these figures are as of.
    pub as_of: String,
    /// All stations together.
    pub total: ReadinessSums,
    /// Sections of the checklist.
    pub sections: Vec<ReadinessSection>,
    /// Stations.
    pub stations: Vec<ReadinessStation>,
}

/// Somebody is putting an item right.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReadinessTask {
    /// Kind of the body: `executive`, `police`, `emergency`, `energy`, …, `commission`.
    pub body: String,
    /// Since when, with offset.
    pub since: String,
    /// By when.
    pub due: String,
    /// `open`, `accepted`, `disputed`, `reported`, `returned`; none for a day that is over.
    pub state: Option<String>,
}

/// An item of a station.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReadinessItem {
    /// Id over all versions of the checklist.
    pub id: String,
    /// Id of the section.
    pub section: String,
    /// The question.
    pub wording: Localised,
    /// `critical`, `major`, `minor`.
    pub severity: String,
    /// Kind of the body that puts it right.
    pub body: String,
    /// The day by which it must hold.
    pub due: String,
    /// `met`, `unmet`, `na`, `disputed`, `unanswered`.
    pub status: String,
    /// Since when, with offset.
    pub since: Option<String>,
    /// Not in order although its day is over.
    pub late: bool,
    /// Who is putting it right.
    pub tasks: Vec<ReadinessTask>,
}

/// A station with its items.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReadinessOfStation {
    /// Id of the election.
    pub election: String,
    /// The day these figures are as of.
    pub as_of: String,
    /// The station.
    pub station: ReadinessStation,
    /// Items in the order of the checklist.
    pub items: Vec<ReadinessItem>,
}
