//! Visits of commissions as data: kinds of events, who takes part, what is proposed; and the day plan that notices
//! travel which can't be made.
//!
//! The list is a file (`rules/kz/visits.toml`); code knows no kind.

mod parse;
mod travel;

pub use parse::VisitsError;
pub use travel::{Finding, Leg, Stop, day_plan, minutes};

use crate::survey::Value;
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// The built-in list.
const BUILT_IN: &str = include_str!("../../../../rules/kz/visits.toml");

/// The rules of visits of a country (`rules/kz/visits.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitRules {
    /// Readable id: `kz-visits`.
    pub id: String,
    /// Kilometres an hour on the road.
    pub road_kmh: Value,
    /// A road in percent of the straight line.
    pub detour_percent: Value,
    /// Minutes to get in and out.
    pub pause_minutes: Value,
    /// Events of one visit at most.
    pub events_most: Value,
    /// Days of one visit at most.
    pub days_most: Value,
    /// Figures of one report at most.
    pub figures_most: Value,
    /// Keys of figures that count things (`stations`). What is not among them counts people: small numbers of those stay hidden.
    #[serde(default)]
    pub things: Vec<String>,
    /// Kinds of events, in the order of the list.
    #[serde(rename = "kind")]
    pub kinds: Vec<Kind>,
    /// Who takes part.
    #[serde(rename = "category")]
    pub categories: Vec<Named>,
    /// What is proposed and asked.
    #[serde(rename = "topic")]
    pub topics: Vec<Topic>,
    /// What people wish of an akim.
    #[serde(rename = "wish")]
    pub wishes: Vec<Named>,
}

/// A kind of events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Stable id: `seminar_meeting`.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// It takes place at a polling station.
    #[serde(default)]
    pub station: bool,
}

/// A word of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// Stable id: `students`.
    pub id: String,
    /// What it is called.
    pub title: Text,
}

/// What a proposal is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Stable id: `rural_youth`.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// It is a wish about people in office: kept beside what the law requires, and answered by nobody.
    #[serde(default)]
    pub profile: bool,
}

impl VisitRules {
    /// A kind by its id.
    #[must_use]
    pub fn kind(&self, id: &str) -> Option<&Kind> {
        self.kinds.iter().find(|k| k.id == id)
    }

    /// A category of people by its id.
    #[must_use]
    pub fn category(&self, id: &str) -> Option<&Named> {
        self.categories.iter().find(|c| c.id == id)
    }

    /// A topic by its id.
    #[must_use]
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.topics.iter().find(|t| t.id == id)
    }

    /// A wish by its id.
    #[must_use]
    pub fn wish(&self, id: &str) -> Option<&Named> {
        self.wishes.iter().find(|w| w.id == id)
    }
}

#[cfg(test)]
mod tests;
