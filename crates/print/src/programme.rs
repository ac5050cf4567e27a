//! The programme of a visit, as hosts and the delegation carry it.
//!
//! It is in one language, and every word of it comes from the caller.

use serde::Serialize;

use crate::error::PrintError;
use crate::parts::Edition;
use crate::press::{self, Form};
use crate::readiness::PaperLanguage;

/// A label with what stands beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ProgrammeFact {
    /// The label.
    pub label: String,
    /// What stands beside it; line breaks stay.
    pub text_value: String,
}

/// An event of a day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ProgrammeEvent {
    /// From when to when.
    pub time: String,
    /// What it is.
    pub kind: String,
    /// What it is about; line breaks stay.
    pub text_agenda: String,
    /// Where.
    pub place: String,
    /// Who leads it.
    pub led: String,
    /// Who receives the delegation; empty for nobody named.
    pub hosts: String,
    /// What must be known: it does not take place, it overlaps.
    pub note: String,
}

/// A day of the visit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ProgrammeDay {
    /// Date and zone.
    pub title: String,
    /// Events in the order of time.
    pub events: Vec<ProgrammeEvent>,
}

/// Headings of the columns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ProgrammeWords {
    /// Column: time.
    pub time: String,
    /// Column: event.
    pub event: String,
    /// Column: place.
    pub place: String,
    /// Column: who leads.
    pub led: String,
}

/// Everything the programme shows. Texts are printed as given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ProgrammePaper {
    /// Always the official one: the language says the rest.
    pub edition: Edition,
    /// Its language.
    pub language: PaperLanguage,
    /// What kind of paper it is.
    pub kind: String,
    /// Title of the visit.
    pub title: String,
    /// The days in words.
    pub when: String,
    /// Region, head, members, purpose.
    pub facts: Vec<ProgrammeFact>,
    /// Headings.
    pub words: ProgrammeWords,
    /// Days in their order.
    pub days: Vec<ProgrammeDay>,
    /// At the foot of each page.
    pub foot: String,
    /// Puts the demo mark on every page.
    pub synthetic: bool,
}

/// Prints the programme of a visit.
///
/// # Errors
/// [`PrintError::TooLong`] and [`PrintError::TooMany`] for texts and lists beyond the form.
pub fn visit_programme(paper: &ProgrammePaper) -> Result<Vec<u8>, PrintError> {
    press::print(Form::Programme, paper, false)
}
