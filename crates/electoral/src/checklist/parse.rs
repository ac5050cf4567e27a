//! Reading a checklist: what is faulty is refused by name.

use super::{Checklist, Kind};
use crate::rules::Confidence;
use crate::text::Text;
use std::collections::BTreeSet;

/// Items of one checklist at most.
pub const MOST_ITEMS: usize = 300;

/// Why a text is no checklist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChecklistError {
    /// Not TOML of the expected shape.
    #[error("{0}")]
    Syntax(String),
    /// An id stands twice.
    #[error("{0} stands twice")]
    Twice(String),
    /// An id has letters other than a–z, digits and `_`.
    #[error("{0} is no id: small letters, digits and _")]
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
    /// An item has no article and doesn't say that none was found.
    #[error("{0}: no article")]
    NoArticle(String),
    /// Limits exclude every answer.
    #[error("{0}: no answer can be met")]
    Impossible(String),
    /// More than [`MOST_ITEMS`].
    #[error("more than {MOST_ITEMS} items")]
    TooMany,
}

impl Checklist {
    /// Reads a checklist.
    ///
    /// # Errors
    /// [`ChecklistError`]: the first thing that is wrong.
    pub fn parse(text: &str) -> Result<Self, ChecklistError> {
        let list: Self = toml::from_str(text).map_err(|e| ChecklistError::Syntax(e.to_string()))?;
        list.check()?;
        Ok(list)
    }

    /// Checks what the shape alone doesn't.
    ///
    /// # Errors
    /// As [`Checklist::parse`].
    pub fn check(&self) -> Result<(), ChecklistError> {
        if self.items.len() > MOST_ITEMS {
            return Err(ChecklistError::TooMany);
        }
        words("title", &self.title)?;
        let mut seen = BTreeSet::new();
        for section in &self.sections {
            id(&section.id)?;
            words(&section.id, &section.title)?;
            if !seen.insert(section.id.as_str()) {
                return Err(ChecklistError::Twice(section.id.clone()));
            }
        }
        let mut items = BTreeSet::new();
        for item in &self.items {
            id(&item.id)?;
            id(&item.body)?;
            words(&item.id, &item.wording)?;
            if let Some(hint) = &item.hint {
                words(&item.id, hint)?;
            }
            if !items.insert(item.id.as_str()) {
                return Err(ChecklistError::Twice(item.id.clone()));
            }
            if !seen.contains(item.section.as_str()) {
                return Err(ChecklistError::NoSection {
                    item: item.id.clone(),
                    section: item.section.clone(),
                });
            }
            if item.basis.article.trim().is_empty() && item.basis.confidence != Confidence::Gap {
                return Err(ChecklistError::NoArticle(item.id.clone()));
            }
            if let Kind::Number {
                unit,
                least,
                most,
                met_from,
                met_to,
            } = &item.kind
            {
                words(&item.id, unit)?;
                let from = met_from.map_or(*least, |from| from.max(*least));
                let to = met_to.map_or(*most, |to| to.min(*most));
                if from > to {
                    return Err(ChecklistError::Impossible(item.id.clone()));
                }
            }
        }
        Ok(())
    }
}

fn words(of: &str, text: &Text) -> Result<(), ChecklistError> {
    text.blank().map_or(Ok(()), |language| {
        Err(ChecklistError::Blank(of.to_owned(), language.code()))
    })
}

fn id(text: &str) -> Result<(), ChecklistError> {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    if text.is_empty() || text.len() > 40 || !text.bytes().all(fits) {
        return Err(ChecklistError::Id(text.to_owned()));
    }
    Ok(())
}
