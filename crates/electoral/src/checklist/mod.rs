//! Checklists of readiness as data: which questions a polling station answers, what makes an answer unmet, who
//! must put it right and by when.
//!
//! A checklist is a file (`rules/kz/readiness.toml`) or comes from an XLSForm; code knows no question. Answers are
//! text at the edge ([`Item::read`] makes an [`Answer`] of it) and judged by [`Item::judge`].

mod answer;
mod changes;
mod check;
mod kind;
mod milli;

pub use answer::{Answer, AnswerProblem, Status};
pub use changes::{Carried, Change, Changes, Part, What};
pub use check::{
    ChecklistError, MOST_CHARS, MOST_DUE_DAYS, MOST_HOURS, MOST_ITEMS, MOST_PHOTOS, is_id,
};
pub use kind::Kind;
pub use milli::Milli;

use crate::rules::Confidence;
use crate::text::Text;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The built-in checklist.
const BUILT_IN: &str = include_str!("../../../../rules/kz/readiness.toml");

/// All questions of a kind of station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    /// Readable id: `kz-readiness`.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// How soon an unmet item must be mended, by severity.
    pub deadlines: Deadlines,
    /// Parts, in the order of the page.
    #[serde(rename = "section")]
    pub sections: Vec<Section>,
    /// Questions, in the order of the page.
    #[serde(rename = "item")]
    pub items: Vec<Item>,
}

/// Hours from the answer to the deadline of the task that mends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadlines {
    /// For [`Severity::Critical`].
    pub critical_hours: u16,
    /// For [`Severity::Major`].
    pub major_hours: u16,
    /// For [`Severity::Minor`].
    pub minor_hours: u16,
}

impl Deadlines {
    /// Hours for a severity.
    #[must_use]
    pub const fn hours(&self, severity: Severity) -> u16 {
        match severity {
            Severity::Critical => self.critical_hours,
            Severity::Major => self.major_hours,
            Severity::Minor => self.minor_hours,
        }
    }
}

/// A part of the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Stable id: `power`.
    pub id: String,
    /// Heading.
    pub title: Text,
}

/// How much hangs on an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Voting can't be held properly without it.
    Critical,
    /// It must be mended before voting.
    Major,
    /// It should be mended.
    Minor,
}

impl Severity {
    /// All, the gravest first.
    pub const ALL: [Self; 3] = [Self::Critical, Self::Major, Self::Minor];

    /// The word of tables and exports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::Major => "major",
            Self::Minor => "minor",
        }
    }

    /// The severity of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == word)
    }
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Stable id over all versions: `power_backup`.
    pub id: String,
    /// Id of its [`Section`].
    pub section: String,
    /// The question as the station reads it.
    pub wording: Text,
    /// What is meant, for whoever is unsure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Text>,
    /// What kind of answer it takes, and which answers are unmet.
    pub kind: Kind,
    /// How much hangs on it.
    pub severity: Severity,
    /// Who must put it right: a kind of state body of the country's list, or `commission`.
    pub body: String,
    /// It must hold so many days before voting day (0: on voting day).
    pub due_days: u16,
    /// What an answer "met" and a report of completion must bring along.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// The means of access that the answer tells of (`rules/kz/accessibility.toml`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub means: Option<String>,
    /// Another part of the program answers it (`training`); nobody types it in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_by: Option<String>,
    /// Where it comes from.
    pub basis: Basis,
}

/// Where a question comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// Article with paragraph of the Constitutional Law on Elections, or another act named in full; empty only
    /// where [`Confidence::Gap`].
    pub article: String,
    /// How far it can be relied on.
    pub confidence: Confidence,
    /// What a reader should know.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Evidence {
    /// All.
    pub const ALL: [Self; 3] = [Self::Photo, Self::Document, Self::Note];

    /// The word of files and exports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Photo => "photo",
            Self::Document => "document",
            Self::Note => "note",
        }
    }

    /// The evidence of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|e| e.as_str() == word)
    }
}

/// What an answer may bring along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// A photo.
    Photo,
    /// A paper: an act of inspection, a contract.
    Document,
    /// Words.
    Note,
}

impl Checklist {
    /// Reads a checklist. Questions are put in the order of their sections.
    ///
    /// # Errors
    /// [`ChecklistError`]: the first thing that is wrong.
    pub fn parse(text: &str) -> Result<Self, ChecklistError> {
        let mut list: Self =
            toml::from_str(text).map_err(|e| ChecklistError::Syntax(e.to_string()))?;
        list.arrange();
        list.check()?;
        Ok(list)
    }

    /// Questions in the order of their sections, as pages and papers have them.
    pub fn arrange(&mut self) {
        let sections = &self.sections;
        self.items
            .sort_by_key(|item| sections.iter().position(|s| s.id == item.section));
    }

    /// The text that [`Checklist::parse`] reads back.
    ///
    /// # Errors
    /// [`ChecklistError::Syntax`] for what TOML can't write, which [`Checklist::check`] excludes.
    pub fn to_toml(&self) -> Result<String, ChecklistError> {
        toml::to_string(self).map_err(|e| ChecklistError::Syntax(e.to_string()))
    }

    /// The checklist that comes with the program.
    ///
    /// # Errors
    /// [`ChecklistError`] if it is faulty, which a test excludes.
    pub fn built_in() -> Result<Self, ChecklistError> {
        Self::parse(BUILT_IN)
    }

    /// The question with an id.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.id == id)
    }

    /// Questions of a section.
    pub fn of_section<'a>(&'a self, section: &'a str) -> impl Iterator<Item = &'a Item> {
        self.items.iter().filter(move |i| i.section == section)
    }
}

impl Item {
    /// The day by which it must hold.
    ///
    /// # Errors
    /// Outside the calendar.
    pub fn due_on(&self, voting_day: Date) -> Result<Date, jiff::Error> {
        voting_day.checked_sub(jiff::Span::new().try_days(i64::from(self.due_days))?)
    }
}

#[cfg(test)]
mod tests;
