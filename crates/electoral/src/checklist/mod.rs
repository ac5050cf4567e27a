//! Checklists of readiness as data: which questions a polling station answers, what makes an answer unmet, who
//! must put it right and by when.
//!
//! A checklist is a file (`rules/kz/readiness.toml`) or comes from an XLSForm; code knows no question. Answers are
//! text at the edge ([`Item::read`] makes an [`Answer`] of it) and judged by [`Item::judge`].

mod answer;
mod milli;
mod parse;

pub use answer::{Answer, AnswerProblem, Status};
pub use milli::Milli;
pub use parse::ChecklistError;

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

/// What kind of answer a question takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Kind {
    /// Yes or no; "not applicable" where it may be said.
    YesNo {
        /// Whether "not applicable" is an answer.
        #[serde(default)]
        not_applicable: bool,
        /// The answer that is unmet is "yes" ("is there mould?"), not "no".
        #[serde(default)]
        unmet_if_yes: bool,
    },
    /// A number.
    Number {
        /// Its unit.
        unit: Text,
        /// The least that can be meant.
        least: Milli,
        /// The most that can be meant.
        most: Milli,
        /// Below this it is unmet.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        met_from: Option<Milli>,
        /// Above this it is unmet.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        met_to: Option<Milli>,
    },
    /// A day; unmet when it lies too far from voting day.
    Date {
        /// Unmet when earlier than so many days before voting day (a test of the line that is too old).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        within_days: Option<u16>,
        /// Unmet when later than so many days before voting day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by_days: Option<u16>,
    },
    /// Words: met when something is written.
    Text {
        /// Characters at most.
        most_chars: u16,
    },
    /// Photos: met with at least so many.
    Photo {
        /// Photos at least.
        least: u8,
    },
}

impl Checklist {
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
