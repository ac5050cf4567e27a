//! What commissions must tell everybody, as data: whose notice it is, on which step of the calendar it falls due, where
//! it may be told.
//!
//! The list is a file (`rules/kz/publications.toml`); code knows no notice.

use crate::checklist::Basis;
use crate::rules::Confidence;
use crate::text::Text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The built-in list.
const BUILT_IN: &str = include_str!("../../../../rules/kz/publications.toml");
/// The largest number of days after a step.
const MOST_DAYS: u16 = 60;

/// All notices of a country.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeRules {
    /// Readable id: `kz-publications`.
    pub id: String,
    /// Where something may be told.
    #[serde(rename = "channel")]
    pub channels: Vec<Channel>,
    /// What must be told.
    #[serde(rename = "notice")]
    pub notices: Vec<Notice>,
}

/// A way to tell people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// Stable id: `newspaper`.
    pub id: String,
    /// What it is called.
    pub name: Text,
}

/// Whose notice it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The commission of each station.
    Precinct,
    /// The commission that runs the contest.
    Territorial,
}

/// Which end of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Edge {
    /// Its beginning.
    From,
    /// Its end.
    Until,
}

/// Something that must be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Stable id: `voting_place`.
    pub id: String,
    /// Whose notice it is.
    pub level: Level,
    /// The step of the calendar that it falls due with.
    pub step: String,
    /// At its beginning or its end.
    pub edge: Edge,
    /// Days after that.
    #[serde(default)]
    pub plus_days: u16,
    /// What is told.
    pub name: Text,
    /// To whom.
    pub whom: Text,
    /// Where the duty comes from.
    pub basis: Basis,
}

/// Why a list is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoticeError {
    /// No TOML of this form.
    #[error("not readable as notices: {0}")]
    Form(String),
    /// An id stands twice, or holds other signs than small letters, digits and `_`.
    #[error("{0} is no id of its own")]
    Id(String),
    /// A language is missing.
    #[error("{0}: a language is blank")]
    Blank(String),
    /// Neither an article nor the word that none was found.
    #[error("{0}: no article")]
    NoArticle(String),
    /// Too many days after the step.
    #[error("{0}: more than {MOST_DAYS} days after its step")]
    Days(String),
}

impl NoticeRules {
    /// Reads a list and checks it.
    ///
    /// # Errors
    /// What is wrong first.
    pub fn parse(text: &str) -> Result<Self, NoticeError> {
        let rules: Self =
            toml::from_str(text).map_err(|error| NoticeError::Form(error.to_string()))?;
        let mut ids = BTreeSet::new();
        let channels = rules.channels.iter().map(|c| (&c.id, vec![&c.name]));
        let notices = rules
            .notices
            .iter()
            .map(|n| (&n.id, vec![&n.name, &n.whom]));
        for (id, texts) in channels.chain(notices) {
            let sound = (1..=40).contains(&id.len())
                && id
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
            if !sound || !ids.insert(id) {
                return Err(NoticeError::Id(id.clone()));
            }
            if texts.iter().any(|text| text.blank().is_some()) {
                return Err(NoticeError::Blank(id.clone()));
            }
        }
        for notice in &rules.notices {
            if notice.basis.article.is_empty() && notice.basis.confidence != Confidence::Gap {
                return Err(NoticeError::NoArticle(notice.id.clone()));
            }
            if notice.plus_days > MOST_DAYS {
                return Err(NoticeError::Days(notice.id.clone()));
            }
        }
        Ok(rules)
    }

    /// The list the program carries.
    ///
    /// # Errors
    /// As [`NoticeRules::parse`].
    pub fn built_in() -> Result<Self, NoticeError> {
        Self::parse(BUILT_IN)
    }

    /// A notice by its id.
    #[must_use]
    pub fn notice(&self, id: &str) -> Option<&Notice> {
        self.notices.iter().find(|notice| notice.id == id)
    }

    /// A channel by its id.
    #[must_use]
    pub fn channel(&self, id: &str) -> Option<&Channel> {
        self.channels.iter().find(|channel| channel.id == id)
    }
}

#[cfg(test)]
mod tests;
