//! What a workbook had that a checklist can't carry, what had to be put in for it, and why one is no form at all.

use electoral::checklist::ChecklistError;

/// Why something of a workbook is not in the checklist as it stood there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// A type of question that a checklist hasn't.
    Type,
    /// A list of choices that is not "yes" and "no".
    Choices,
    /// A group that is answered several times.
    Repeat,
    /// A question inside such a group.
    InRepeat,
    /// A group in a group: it stands as a section of its own.
    Nested,
    /// A condition under which the question is asked.
    Condition,
    /// A check that is no pair of limits.
    Check,
    /// A whole number: decimals are taken as well.
    Whole,
    /// A question that may be passed over: here every question waits for its answer.
    Optional,
    /// A note that no question follows.
    Note,
    /// Words that are put together from other answers.
    Reference,
    /// A row that the form itself switches off.
    Disabled,
    /// A column that a checklist has no use for.
    Column,
    /// A column in a language that the site hasn't.
    Language,
    /// A sheet that a checklist has no use for.
    Sheet,
    /// A word of ours that is none: what is usual stands instead.
    Value,
    /// Another name for a question or section: names have small letters, digits and `_`.
    Renamed,
    /// Words were missing in a language: those of another stand there.
    Translation,
    /// No title or heading: a general one stands there.
    Title,
    /// No severity: "major".
    Severity,
    /// No body: the commission itself.
    Body,
    /// No day: five days before voting.
    Due,
    /// No article: said to be a gap.
    Basis,
    /// No unit.
    Unit,
    /// No limits: from zero to a million.
    Limits,
    /// Nothing says which answer is unmet.
    Unmet,
    /// No hours to the deadlines: 24, 72 and 168.
    Hours,
}

impl Reason {
    /// The word of messages and documents.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Choices => "choices",
            Self::Repeat => "repeat",
            Self::InRepeat => "in-repeat",
            Self::Nested => "nested",
            Self::Condition => "condition",
            Self::Check => "check",
            Self::Whole => "whole",
            Self::Optional => "optional",
            Self::Note => "note",
            Self::Reference => "reference",
            Self::Disabled => "disabled",
            Self::Column => "column",
            Self::Language => "language",
            Self::Sheet => "sheet",
            Self::Value => "value",
            Self::Renamed => "renamed",
            Self::Translation => "translation",
            Self::Title => "title",
            Self::Severity => "severity",
            Self::Body => "body",
            Self::Due => "due",
            Self::Basis => "basis",
            Self::Unit => "unit",
            Self::Limits => "limits",
            Self::Unmet => "unmet",
            Self::Hours => "hours",
        }
    }

    /// All.
    pub const ALL: [Self; 27] = [
        Self::Type,
        Self::Choices,
        Self::Repeat,
        Self::InRepeat,
        Self::Nested,
        Self::Condition,
        Self::Check,
        Self::Whole,
        Self::Optional,
        Self::Note,
        Self::Reference,
        Self::Disabled,
        Self::Column,
        Self::Language,
        Self::Sheet,
        Self::Value,
        Self::Renamed,
        Self::Translation,
        Self::Title,
        Self::Severity,
        Self::Body,
        Self::Due,
        Self::Basis,
        Self::Unit,
        Self::Limits,
        Self::Unmet,
        Self::Hours,
    ];

    /// Whether something stands in the list instead, which somebody should look at; otherwise it is left out.
    #[must_use]
    pub fn is_filled(self) -> bool {
        self >= Self::Value
    }
}

/// One thing that is not as it stood in the workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// The sheet.
    pub sheet: String,
    /// The row as the workbook numbers it; 0 for the whole sheet.
    pub row: u32,
    /// What stands there, or what the thing is called.
    pub what: String,
    /// Why.
    pub reason: Reason,
}

/// Why a file is no checklist at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// More bytes than [`super::MOST_BYTES`].
    Large,
    /// Far larger unpacked than any form.
    Bomb,
    /// No workbook of the kind XLSX, or a broken one.
    Workbook,
    /// No sheet `survey` with the columns `type` and `name`.
    Survey,
    /// More rows or columns than are read.
    Rows {
        /// The sheet.
        sheet: String,
    },
    /// A cell with more text than any question.
    Cell {
        /// The sheet.
        sheet: String,
        /// The row.
        row: u32,
    },
    /// Nothing in it that a station could answer.
    Questions,
    /// What was understood is no checklist.
    Unsound(ChecklistError),
}
