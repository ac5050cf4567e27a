//! Alerts in the Common Alerting Protocol, version 1.2 (OASIS): read from bytes of anybody into types. Pure.
//!
//! What is read and what is left aside stands in docs/file-formats.md. Nothing outside the file is ever fetched, a
//! document type is refused (so there are no entities to expand), and size, number and depth of elements are limited.

mod merge;
mod read;
mod shape;

pub use read::read;
pub use shape::{Point, Shape, shapes_of, shapes_text};

use crate::elections::state::states;
use crate::platform::Names;
use electoral::watch::Grade;
use jiff::Timestamp;

/// Bytes of one alert at most.
pub const MAX_BYTES: usize = 1024 * 1024;

states! {
    /// What an alert is for.
    Status {
        /// Meant: people should act.
        Actual = "Actual",
        /// Of an exercise.
        Exercise = "Exercise",
        /// For the machines of alerting.
        System = "System",
        /// A technical test.
        Test = "Test",
        /// Not finished.
        Draft = "Draft",
    }
}

states! {
    /// What an alert does.
    MessageKind {
        /// Tells something new.
        Alert = "Alert",
        /// Replaces what it refers to.
        Update = "Update",
        /// Takes back what it refers to.
        Cancel = "Cancel",
    }
}

/// An alert, or one that it refers to: its name in the world.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AlertName {
    /// Who sent it.
    pub sender: String,
    /// Its number with the sender.
    pub identifier: String,
    /// When it was sent.
    pub sent: Timestamp,
}

/// An alert as it was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// Its name.
    pub name: AlertName,
    /// What it is for.
    pub status: Status,
    /// What it does.
    pub kind: MessageKind,
    /// Meant for everybody.
    pub public: bool,
    /// Earlier alerts that it replaces or takes back.
    pub references: Vec<AlertName>,
    /// Events that it tells of; blocks that say the same in several languages are one.
    pub parts: Vec<Part>,
}

/// One event of an alert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Categories of CAP: `Met`, `Infra`, …
    pub categories: Vec<String>,
    /// What is happening, in a word or two.
    pub event: Names,
    /// Headline; may be empty.
    pub headline: Names,
    /// Description; may be empty.
    pub description: Names,
    /// Name of the sender for people; may be empty.
    pub sender_name: Names,
    /// `Immediate`, `Expected`, `Future`, `Past`, `Unknown`.
    pub urgency: String,
    /// How grave.
    pub grade: Grade,
    /// `Observed`, `Likely`, `Possible`, `Unlikely`, `Unknown`.
    pub certainty: String,
    /// Since when it applies.
    pub effective: Option<Timestamp>,
    /// When the event begins.
    pub onset: Option<Timestamp>,
    /// Until when it applies.
    pub expires: Option<Timestamp>,
    /// Where.
    pub areas: Vec<CapArea>,
}

impl Part {
    /// When it begins: the onset, or else since when it applies, or else when it was sent.
    #[must_use]
    pub fn begins(&self, sent: Timestamp) -> Timestamp {
        self.onset.or(self.effective).unwrap_or(sent)
    }

    /// Headline and description as they are shown.
    #[must_use]
    pub fn words(&self) -> Names {
        let join = |headline: &str, event: &str, description: &str| {
            let head = if headline.is_empty() { event } else { headline };
            if description.is_empty() {
                head.to_owned()
            } else {
                format!("{head}\n{description}")
            }
        };
        Names::new(
            join(&self.headline.kk, &self.event.kk, &self.description.kk),
            join(&self.headline.ru, &self.event.ru, &self.description.ru),
            join(&self.headline.en, &self.event.en, &self.description.en),
        )
    }
}

/// A place of an alert.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CapArea {
    /// What the sender calls it.
    pub description: Names,
    /// Codes by the name of their list.
    pub geocodes: Vec<(String, String)>,
    /// Drawn limits.
    pub shapes: Vec<Shape>,
}

/// Why a file is no alert that can be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CapProblem {
    /// More than [`MAX_BYTES`].
    #[error("larger than 1 MB")]
    TooLarge,
    /// Not UTF-8.
    #[error("not UTF-8")]
    Encoding,
    /// Not well formed, or with a document type, or with too many elements.
    #[error("no sound XML: {0}")]
    Xml(String),
    /// Elements within elements beyond what an alert has.
    #[error("nested too deeply")]
    Deep,
    /// Another document, or another version of the protocol.
    #[error("no CAP 1.2 alert")]
    NotCap,
    /// An element that must be there is not.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// An element says what the protocol doesn't know.
    #[error("{0} can't be read")]
    Unreadable(&'static str),
    /// More of something than any alert has.
    #[error("too many: {0}")]
    TooMany(&'static str),
}

#[cfg(test)]
mod tests;
