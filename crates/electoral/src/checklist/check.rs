//! What a checklist must be, beyond its shape: what is faulty is refused by name.

use super::{Checklist, Deadlines, Item, Kind};
use crate::rules::Confidence;
use crate::text::{Language, Text};
use std::collections::BTreeSet;

/// Items of one checklist at most.
pub const MOST_ITEMS: usize = 300;
/// Characters of one wording, hint, note or article at most.
pub const MOST_CHARS: usize = 1_000;
/// Days before voting by which an item may be due, at most.
pub const MOST_DUE_DAYS: u16 = 365;
/// Hours to a deadline at most: thirty days.
pub const MOST_HOURS: u16 = 720;
/// Photos that one item may ask for, at most.
pub const MOST_PHOTOS: u8 = 10;

/// Why a text is no checklist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChecklistError {
    /// Not TOML of the expected shape.
    #[error("{0}")]
    Syntax(String),
    /// An id stands twice.
    #[error("{0} stands twice")]
    Twice(String),
    /// Not an id: see [`is_id`].
    #[error("{0} is no id: a small letter, then small letters, digits and _")]
    Id(String),
    /// An item belongs to a section that isn't there.
    #[error("{item}: there is no section {section}")]
    NoSection {
        /// The item.
        item: String,
        /// What it names.
        section: String,
    },
    /// Words are missing in a language.
    #[error("{0}: words are missing in {1}")]
    Blank(String, &'static str),
    /// Words with blanks around them or control characters in them: no workbook brings those back.
    #[error("{0}: blanks at the ends or control characters")]
    Untidy(String),
    /// More than [`MOST_CHARS`].
    #[error("{0}: more than {MOST_CHARS} characters")]
    Long(String),
    /// An item has no article and doesn't say that none was found.
    #[error("{0}: no article")]
    NoArticle(String),
    /// Limits exclude every answer, or every answer that is met.
    #[error("{0}: no answer can be met")]
    Impossible(String),
    /// An item is due earlier than [`MOST_DUE_DAYS`].
    #[error("{0}: due more than {MOST_DUE_DAYS} days before voting")]
    Early(String),
    /// Hours of a severity that are none, too many, or shorter for the lighter.
    #[error("deadlines: 1 to {MOST_HOURS} hours, the graver the fewer")]
    Deadlines,
    /// Two items tell of the same means of access.
    #[error("two items tell of {0}")]
    Means(String),
    /// Another part of the program answers with yes or no, and this item asks for something else.
    #[error("{0}: what is told by another part is yes or no")]
    Told(String),
    /// No items.
    #[error("no items")]
    Empty,
    /// More than [`MOST_ITEMS`].
    #[error("more than {MOST_ITEMS} items")]
    TooMany,
}

impl Checklist {
    /// Checks what the shape alone doesn't.
    ///
    /// # Errors
    /// [`ChecklistError`]: the first thing that is wrong.
    pub fn check(&self) -> Result<(), ChecklistError> {
        if self.items.is_empty() {
            return Err(ChecklistError::Empty);
        }
        // Every section is a heading over items, so there is no use for more of them.
        if self.items.len() > MOST_ITEMS || self.sections.len() > MOST_ITEMS {
            return Err(ChecklistError::TooMany);
        }
        name(&self.id)?;
        words("title", &self.title)?;
        deadlines(self.deadlines)?;
        let mut sections = BTreeSet::new();
        for section in &self.sections {
            id(&section.id)?;
            words(&section.id, &section.title)?;
            if !sections.insert(section.id.as_str()) {
                return Err(ChecklistError::Twice(section.id.clone()));
            }
        }
        let (mut items, mut means) = (BTreeSet::new(), BTreeSet::new());
        for item in &self.items {
            item.check()?;
            if !items.insert(item.id.as_str()) {
                return Err(ChecklistError::Twice(item.id.clone()));
            }
            if !sections.contains(item.section.as_str()) {
                return Err(ChecklistError::NoSection {
                    item: item.id.clone(),
                    section: item.section.clone(),
                });
            }
            if let Some(told) = &item.means
                && !means.insert(told.as_str())
            {
                return Err(ChecklistError::Means(told.clone()));
            }
        }
        Ok(())
    }
}

impl Item {
    /// What one item must be by itself.
    fn check(&self) -> Result<(), ChecklistError> {
        id(&self.id)?;
        id(&self.body)?;
        words(&self.id, &self.wording)?;
        if let Some(hint) = &self.hint {
            words(&self.id, hint)?;
        }
        for other in self.means.iter().chain(&self.told_by) {
            id(other)?;
        }
        if self.due_days > MOST_DUE_DAYS {
            return Err(ChecklistError::Early(self.id.clone()));
        }
        let evidence: BTreeSet<_> = self.evidence.iter().collect();
        if evidence.len() != self.evidence.len() {
            return Err(ChecklistError::Twice(format!("{}: evidence", self.id)));
        }
        tidy(&self.id, &self.basis.article)?;
        tidy(&self.id, &self.basis.note)?;
        if self.basis.article.is_empty() && self.basis.confidence != Confidence::Gap {
            return Err(ChecklistError::NoArticle(self.id.clone()));
        }
        if let Kind::Number { unit, .. } = &self.kind {
            words(&self.id, unit)?;
        }
        if self.told_by.is_some() && !matches!(self.kind, Kind::YesNo { .. }) {
            return Err(ChecklistError::Told(self.id.clone()));
        }
        if self.kind.is_possible() {
            Ok(())
        } else {
            Err(ChecklistError::Impossible(self.id.clone()))
        }
    }
}

impl Kind {
    /// Whether some answer is met.
    fn is_possible(&self) -> bool {
        match *self {
            Self::YesNo { .. } => true,
            Self::Number {
                least,
                most,
                met_from,
                met_to,
                ..
            } => {
                let from = met_from.map_or(least, |from| from.max(least));
                let to = met_to.map_or(most, |to| to.min(most));
                least <= most && from <= to
            }
            Self::Date {
                within_days,
                by_days,
                ..
            } => within_days.is_none_or(|within| within >= by_days.unwrap_or(0)),
            Self::Text { most_chars } => most_chars > 0,
            Self::Photo { least } => (1..=MOST_PHOTOS).contains(&least),
        }
    }
}

fn deadlines(hours: Deadlines) -> Result<(), ChecklistError> {
    let Deadlines {
        critical_hours,
        major_hours,
        minor_hours,
    } = hours;
    let fine = critical_hours > 0
        && critical_hours <= major_hours
        && major_hours <= minor_hours
        && minor_hours <= MOST_HOURS;
    if fine {
        Ok(())
    } else {
        Err(ChecklistError::Deadlines)
    }
}

fn words(of: &str, text: &Text) -> Result<(), ChecklistError> {
    if let Some(language) = text.blank() {
        return Err(ChecklistError::Blank(of.to_owned(), language.code()));
    }
    Language::ALL
        .into_iter()
        .try_for_each(|language| tidy(of, text.get(language)))
}

fn tidy(of: &str, text: &str) -> Result<(), ChecklistError> {
    if text.chars().count() > MOST_CHARS {
        return Err(ChecklistError::Long(of.to_owned()));
    }
    // U+FFFE and U+FFFF can't stand in XML, and so in no workbook.
    let odd = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{fffe}' | '\u{ffff}');
    if text.trim() != text || text.chars().any(odd) {
        return Err(ChecklistError::Untidy(of.to_owned()));
    }
    Ok(())
}

/// Whether a text is an id of a section or item: a small letter, then small letters, digits and `_`, 40 at most.
/// Forms of ODK and KoBo take such names as they are.
#[must_use]
pub fn is_id(text: &str) -> bool {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    text.len() <= 40
        && text.bytes().next().is_some_and(|b| b.is_ascii_lowercase())
        && text.bytes().all(fits)
}

fn id(text: &str) -> Result<(), ChecklistError> {
    if is_id(text) {
        Ok(())
    } else {
        Err(ChecklistError::Id(text.to_owned()))
    }
}

/// The id of a checklist: as the others, with hyphens.
fn name(text: &str) -> Result<(), ChecklistError> {
    id(&text.replace('-', "_")).map_err(|_| ChecklistError::Id(text.to_owned()))
}
