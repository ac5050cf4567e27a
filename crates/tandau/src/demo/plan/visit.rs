//! The visit of 29 September to 2 October 2023 as it was reported, in data: what is made up is named in the file itself.

use super::error::PlanError;
use crate::platform::Names;
use jiff::civil::{Date, Time};
use serde::Deserialize;
use std::collections::BTreeMap;

const FILE: &str = include_str!("../../../../../demo/kz/visit.json");

/// A visit with its events and its survey.
#[derive(Debug, Clone, Deserialize)]
pub struct VisitPlan {
    /// What it is called.
    pub title: Names,
    /// The office that leads the delegation.
    pub head: Names,
    /// Offices that go along.
    pub members: Names,
    /// What for.
    pub purpose: Names,
    /// Code of the region.
    pub region: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// Events in the order of time.
    pub events: Vec<VisitEvent>,
    /// The survey in the hall.
    pub survey: HallSurvey,
}

/// An event.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitEvent {
    /// As the visit's description calls it.
    pub key: String,
    /// Day.
    pub day: Date,
    /// Begins.
    pub starts: Time,
    /// Ends.
    pub ends: Time,
    /// Kind, of the rules.
    pub kind: String,
    /// Code of the area.
    pub area: String,
    /// Number of the station.
    #[serde(default)]
    pub station: Option<u32>,
    /// Officials of the office led it, not the head of the delegation.
    #[serde(default)]
    pub staff: bool,
    /// Where.
    pub place: Names,
    /// What it was about.
    pub agenda: Names,
    /// People counted, by category; empty where the report has no number.
    #[serde(default)]
    pub counts: BTreeMap<String, u64>,
    /// Reports heard.
    #[serde(default)]
    pub reports: Vec<Heard>,
    /// Instructions given.
    #[serde(default)]
    pub instructions: Vec<Instructed>,
    /// Proposals made.
    #[serde(default)]
    pub proposals: Vec<Proposed>,
    /// What was wished of akims.
    #[serde(default)]
    pub wishes: Vec<String>,
}

/// A report heard.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heard {
    /// Kind of the body; empty for none.
    pub body: String,
    /// On what.
    pub subject: Names,
    /// Figures named.
    #[serde(default)]
    pub figures: Vec<HeardFigure>,
}

/// A figure of a report.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeardFigure {
    /// What notes call it.
    pub key: String,
    /// The figure.
    pub value: u64,
    /// Where it stands on record.
    pub source: String,
    /// What it counts.
    pub label: Names,
}

/// An instruction.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instructed {
    /// As the visit's description calls it.
    pub key: String,
    /// Kind of the body.
    pub body: String,
    /// By when.
    pub due: Date,
    /// What is to be done.
    pub title: Names,
}

/// A proposal.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposed {
    /// Topic, of the rules.
    pub topic: String,
    /// Kind of the body that answers.
    pub body: String,
    /// Code of its area.
    pub area: String,
    /// What was said.
    pub text: Names,
    /// The answer; none where it is still awaited.
    #[serde(default)]
    pub answer: Option<Names>,
}

/// The survey in the hall: only answers whose share was published have a number, all others are one option.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HallSurvey {
    /// Key of its event.
    pub event: String,
    /// Id.
    pub id: String,
    /// People in the hall.
    pub present: u64,
    /// How many answered.
    pub answered: u64,
    /// What it is called.
    pub title: Names,
    /// What all other answers are called.
    pub other: Names,
    /// Questions.
    pub questions: Vec<HallQuestion>,
}

/// A question of one choice.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HallQuestion {
    /// Key.
    pub key: String,
    /// The words asked.
    pub wording: Names,
    /// Answers that were published.
    pub options: Vec<HallOption>,
}

/// An answer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HallOption {
    /// Key.
    pub key: String,
    /// How many chose it.
    pub count: u64,
    /// Its words.
    pub wording: Names,
}

impl HallQuestion {
    /// What the voter of a number answers: the first so many the first option, and so on; none for another answer.
    #[must_use]
    pub fn answer(&self, number: u64) -> Option<&str> {
        let mut before = 0_u64;
        self.options.iter().find_map(|option| {
            before = before.saturating_add(option.count);
            (number < before).then_some(option.key.as_str())
        })
    }
}

/// The visit.
///
/// # Errors
/// Never for the built-in file: a test reads it.
pub fn visit() -> Result<VisitPlan, PlanError> {
    serde_json::from_str(FILE).map_err(|error| PlanError::Table {
        file: "visit.json",
        cause: error.to_string(),
    })
}
