//! The report on the readiness of a district's polling stations, as heads of bodies read it at a meeting.
//!
//! It is in one language, and every word of it comes from the caller: sections and bodies are the country's own.

use serde::Serialize;

use crate::error::PrintError;
use crate::figures;
use crate::parts::Edition;
use crate::press::{self, Form};

/// The language of a paper that has only one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PaperLanguage {
    /// Kazakh.
    #[default]
    Kk,
    /// Russian.
    Ru,
    /// English.
    En,
}

/// A large figure with what it counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ReadinessFigure {
    /// The figure as written.
    pub number: String,
    /// What it counts.
    pub label: String,
}

/// A section of the checklist.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ReadinessRow {
    /// Title.
    pub name: String,
    /// Stations where all of it is in order.
    #[serde(serialize_with = "figures::figure")]
    pub ready: u64,
    /// Items that don't hold.
    #[serde(serialize_with = "figures::figure")]
    pub unmet: u64,
    /// Of these, critical.
    #[serde(serialize_with = "figures::figure")]
    pub critical: u64,
    /// Items without an answer.
    #[serde(serialize_with = "figures::figure")]
    pub unanswered: u64,
}

/// An item that somebody must put right.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ReadinessLine {
    /// Station with its number.
    pub station: String,
    /// The item's question.
    pub item: String,
    /// By when.
    pub due: String,
    /// Where it is.
    pub state: String,
}

/// What one body has to put right.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ReadinessBody {
    /// Name of the body.
    pub name: String,
    /// Its figures in a sentence.
    pub sentence: String,
    /// The gravest items.
    pub lines: Vec<ReadinessLine>,
    /// How many more there are; empty for none.
    pub more: String,
}

/// Headings of the report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ReadinessWords {
    /// Above the sections.
    pub sections: String,
    /// Above what bodies have to put right.
    pub bodies: String,
    /// Column: section.
    pub section: String,
    /// Column: stations in order.
    pub ready: String,
    /// Column: unmet.
    pub unmet: String,
    /// Column: critical.
    pub critical: String,
    /// Column: without an answer.
    pub unanswered: String,
    /// Column: station.
    pub station: String,
    /// Column: item.
    pub item: String,
    /// Column: deadline.
    pub due: String,
    /// Column: state.
    pub state: String,
    /// Above what is said of access.
    pub accessibility: String,
}

/// Everything the report shows. Texts are printed as given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ReadinessPaper {
    /// Always the official one: the language says the rest.
    pub edition: Edition,
    /// Its language.
    pub language: PaperLanguage,
    /// Title.
    pub title: String,
    /// District and region.
    pub place: String,
    /// Election and day of voting.
    pub election: String,
    /// As of when, and how many days are left.
    pub when: String,
    /// The state in a sentence.
    pub sentence: String,
    /// Large figures, four at most on a line.
    pub figures: Vec<ReadinessFigure>,
    /// Headings.
    pub words: ReadinessWords,
    /// Sections of the checklist.
    pub sections: Vec<ReadinessRow>,
    /// Bodies, each with what it has to put right.
    pub bodies: Vec<ReadinessBody>,
    /// What is said of access for voters with disabilities; empty for nothing.
    pub accessibility: String,
    /// At the foot of each page.
    pub foot: String,
    /// Puts the demo mark on every page.
    pub synthetic: bool,
}

/// Prints the report on a district.
///
/// # Errors
/// [`PrintError::TooLong`] and [`PrintError::TooMany`] for texts and lists beyond the form.
pub fn readiness_report(paper: &ReadinessPaper) -> Result<Vec<u8>, PrintError> {
    press::print(Form::Readiness, paper, false)
}
