//! A note for the press in one language, with the sources of its figures.

use serde::Serialize;

use crate::error::PrintError;
use crate::parts::Edition;
use crate::press::{self, Form};
use crate::readiness::PaperLanguage;

/// Where a figure of a note came from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct NoteSource {
    /// Its number in the list.
    pub number: String,
    /// The figure as written.
    pub figure: String,
    /// What was asked, in words.
    pub asked: String,
    /// Address of the records within the site.
    pub address: String,
    /// When it was asked.
    pub at: String,
    /// Hash of question and answer.
    pub digest: String,
    /// What the records said later; empty for nothing.
    pub change: String,
}

/// Headings of a note.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct NoteWords {
    /// Above the sources.
    pub sources: String,
    /// Column: figure.
    pub figure: String,
    /// Column: what was asked.
    pub asked: String,
    /// Column: when, with the hash.
    pub at: String,
}

/// Everything a note shows. Texts are printed as given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct NotePaper {
    /// Always the official one: the language says the rest.
    pub edition: Edition,
    /// Its language.
    pub language: PaperLanguage,
    /// Title.
    pub title: String,
    /// Who speaks.
    pub body: String,
    /// When it was published, which revision it is.
    pub when: String,
    /// What must be said before anything else: that it was withdrawn; empty for nothing.
    pub warning: String,
    /// The text; each line is a paragraph.
    pub text_body: String,
    /// Headings.
    pub words: NoteWords,
    /// Where its figures came from.
    pub sources: Vec<NoteSource>,
    /// At the foot of each page.
    pub foot: String,
    /// Puts the demo mark on every page.
    pub synthetic: bool,
}

/// Prints a note.
///
/// # Errors
/// [`PrintError::TooLong`] and [`PrintError::TooMany`] for texts and lists beyond the form.
pub fn note_paper(paper: &NotePaper) -> Result<Vec<u8>, PrintError> {
    press::print(Form::Note, paper, false)
}
