//! Reading the list of incidents: what is faulty is refused by name.

use super::{BUILT_IN, IncidentRules, Minutes};
use crate::rules::Confidence;
use crate::text::Text;
use std::collections::BTreeSet;

/// Why a text is no list of incidents.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IncidentsError {
    /// Not TOML of the expected shape.
    #[error("{0}")]
    Syntax(String),
    /// An id stands twice.
    #[error("{0} stands twice")]
    Twice(String),
    /// An id has letters other than a–z, digits and `_`.
    #[error("{0} is no id: small letters, digits and _")]
    Id(String),
    /// Words are missing in a language.
    #[error("{0}: words are missing in {1}")]
    Blank(String, &'static str),
    /// A kind has no article and doesn't say that none was found.
    #[error("{0}: no article")]
    NoArticle(String),
    /// A graver incident would have to wait longer than a lighter one, or nobody had any time.
    #[error("{0}: minutes must be above zero and grow from critical to minor")]
    Minutes(String),
    /// Nothing could be reported.
    #[error("reported_within_days must be above zero")]
    Days,
}

impl IncidentRules {
    /// Reads a list.
    ///
    /// # Errors
    /// [`IncidentsError`]: the first thing that is wrong.
    pub fn parse(text: &str) -> Result<Self, IncidentsError> {
        let rules: Self =
            toml::from_str(text).map_err(|e| IncidentsError::Syntax(e.to_string()))?;
        rules.check()?;
        Ok(rules)
    }

    /// The list that comes with the program.
    ///
    /// # Errors
    /// [`IncidentsError`] if it is faulty, which a test excludes.
    pub fn built_in() -> Result<Self, IncidentsError> {
        Self::parse(BUILT_IN)
    }

    fn check(&self) -> Result<(), IncidentsError> {
        if self.reported_within_days == 0 {
            return Err(IncidentsError::Days);
        }
        minutes(&self.id, self.response)?;
        let mut seen = BTreeSet::new();
        for kind in &self.kinds {
            id(&kind.id)?;
            id(&kind.body)?;
            words(&kind.id, &kind.title)?;
            words(&kind.id, &kind.task)?;
            minutes(&kind.id, kind.body_minutes)?;
            if let Some(response) = kind.response {
                minutes(&kind.id, response)?;
            }
            if !seen.insert(kind.id.as_str()) {
                return Err(IncidentsError::Twice(kind.id.clone()));
            }
            if kind.basis.article.trim().is_empty() && kind.basis.confidence != Confidence::Gap {
                return Err(IncidentsError::NoArticle(kind.id.clone()));
            }
        }
        Ok(())
    }
}

fn minutes(of: &str, minutes: Minutes) -> Result<(), IncidentsError> {
    let grows = minutes.critical <= minutes.major && minutes.major <= minutes.minor;
    if minutes.critical > 0 && grows {
        Ok(())
    } else {
        Err(IncidentsError::Minutes(of.to_owned()))
    }
}

fn words(of: &str, text: &Text) -> Result<(), IncidentsError> {
    text.blank().map_or(Ok(()), |language| {
        Err(IncidentsError::Blank(of.to_owned(), language.code()))
    })
}

fn id(text: &str) -> Result<(), IncidentsError> {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    if text.is_empty() || text.len() > 40 || !text.bytes().all(fits) {
        return Err(IncidentsError::Id(text.to_owned()));
    }
    Ok(())
}
