//! From how many people on a number may be published.

use crate::rules::Confidence;
use serde::{Deserialize, Serialize};

const BUILT_IN: &str = include_str!("../../../../rules/kz/publication.toml");

/// The rules of publication of a country (`rules/kz/publication.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publication {
    /// Readable id.
    pub id: String,
    /// Fewer people than this are not published.
    pub smallest_group: Threshold,
    /// What fewer places than this add up to is not published.
    pub fewest_places: Threshold,
}

/// A number of people or of places with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// People, or places.
    pub value: u64,
    /// Article; empty only where [`Confidence::Gap`].
    pub article: String,
    /// How far it can be relied on.
    pub confidence: Confidence,
    /// What a reader should know.
    #[serde(default)]
    pub note: String,
}

/// Why a text holds no rules of publication.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PublicationError {
    /// Not TOML of the expected shape.
    #[error("{0}")]
    Syntax(String),
    /// A group of fewer than three hides nobody; more than a hundred would hide everything.
    #[error("smallest_group must be from 3 to 100")]
    Range,
    /// More than twenty places would hide every small district.
    #[error("fewest_places must be from 1 to 20")]
    Places,
    /// No article and nothing that says that none was found.
    #[error("a threshold without an article")]
    NoArticle,
}

impl Publication {
    /// The rules that come with the program.
    ///
    /// # Errors
    /// [`PublicationError`] if they are faulty, which a test excludes.
    pub fn built_in() -> Result<Self, PublicationError> {
        Self::parse(BUILT_IN)
    }

    /// Reads rules of publication.
    ///
    /// # Errors
    /// [`PublicationError`].
    pub fn parse(text: &str) -> Result<Self, PublicationError> {
        let rules: Self =
            toml::from_str(text).map_err(|e| PublicationError::Syntax(e.to_string()))?;
        let group = &rules.smallest_group;
        if !(3..=100).contains(&group.value) {
            return Err(PublicationError::Range);
        }
        if !(1..=20).contains(&rules.fewest_places.value) {
            return Err(PublicationError::Places);
        }
        let uncited =
            |of: &Threshold| of.article.trim().is_empty() && of.confidence != Confidence::Gap;
        if uncited(group) || uncited(&rules.fewest_places) {
            return Err(PublicationError::NoArticle);
        }
        Ok(rules)
    }
}
