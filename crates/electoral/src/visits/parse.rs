//! Reading the rules of visits: what is faulty is refused by name.

use super::{BUILT_IN, VisitRules};
use crate::rules::Confidence;
use crate::text::Text;
use std::collections::BTreeSet;

/// Why a text holds no rules of visits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VisitsError {
    /// Not TOML of the expected shape.
    #[error("{0}")]
    Syntax(String),
    /// A value that visits can't work with.
    #[error("{0} must be from {1} to {2}")]
    Range(&'static str, u64, u64),
    /// No article and nothing that says that none was found.
    #[error("{0}: no article")]
    NoArticle(&'static str),
    /// An id stands twice in its list.
    #[error("{0} stands twice")]
    Twice(String),
    /// An id has letters other than a–z, digits and `_`.
    #[error("{0} is no id: small letters, digits and _")]
    Id(String),
    /// Words are missing in a language.
    #[error("{0}: words are missing in {1}")]
    Blank(String, &'static str),
    /// A list without entries.
    #[error("the list of {0} is empty")]
    Empty(&'static str),
}

impl VisitRules {
    /// The rules that come with the program.
    ///
    /// # Errors
    /// [`VisitsError`] if they are faulty, which a test excludes.
    pub fn built_in() -> Result<Self, VisitsError> {
        Self::parse(BUILT_IN)
    }

    /// Reads rules of visits.
    ///
    /// # Errors
    /// [`VisitsError`]: the first thing that is wrong.
    pub fn parse(text: &str) -> Result<Self, VisitsError> {
        let rules: Self = toml::from_str(text).map_err(|e| VisitsError::Syntax(e.to_string()))?;
        rules.check()?;
        Ok(rules)
    }

    fn check(&self) -> Result<(), VisitsError> {
        let values = [
            ("road_kmh", &self.road_kmh, 1, 200),
            ("detour_percent", &self.detour_percent, 100, 500),
            ("pause_minutes", &self.pause_minutes, 0, 240),
            ("events_most", &self.events_most, 1, 300),
            ("days_most", &self.days_most, 1, 366),
            ("figures_most", &self.figures_most, 1, 100),
        ];
        for (name, value, least, most) in values {
            if !(least..=most).contains(&value.value) {
                return Err(VisitsError::Range(name, least, most));
            }
            if value.article.trim().is_empty() && value.confidence != Confidence::Gap {
                return Err(VisitsError::NoArticle(name));
            }
        }
        let named = |n: &[super::Named]| -> Vec<(String, Text)> {
            n.iter().map(|n| (n.id.clone(), n.title.clone())).collect()
        };
        let kinds = self.kinds.iter().map(|k| (k.id.clone(), k.title.clone()));
        let topics = self.topics.iter().map(|t| (t.id.clone(), t.title.clone()));
        list("kinds", &kinds.collect::<Vec<_>>())?;
        list("topics", &topics.collect::<Vec<_>>())?;
        list("categories", &named(&self.categories))?;
        list("wishes", &named(&self.wishes))
    }
}

fn list(name: &'static str, entries: &[(String, Text)]) -> Result<(), VisitsError> {
    if entries.is_empty() {
        return Err(VisitsError::Empty(name));
    }
    let mut seen = BTreeSet::new();
    for (id, title) in entries {
        let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if id.is_empty() || id.len() > 40 || !id.bytes().all(fits) {
            return Err(VisitsError::Id(id.clone()));
        }
        if let Some(language) = title.blank() {
            return Err(VisitsError::Blank(id.clone(), language.code()));
        }
        if !seen.insert(id) {
            return Err(VisitsError::Twice(id.clone()));
        }
    }
    Ok(())
}
