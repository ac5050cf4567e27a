//! Reading the rules of watching: what is faulty is refused by name.

use super::{BUILT_IN, WatchRules};
use crate::rules::Confidence;
use crate::text::Text;
use std::collections::BTreeSet;

/// Why a text is no set of rules for watching.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WatchError {
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
    /// A task names a kind that isn't there.
    #[error("{task}: there is no kind {kind}")]
    NoKind {
        /// The task.
        task: String,
        /// What it names.
        kind: String,
    },
    /// A task has no article and doesn't say that none was found.
    #[error("{0}: no article")]
    NoArticle(String),
    /// A bound that lets nothing through.
    #[error("bounds must be above zero")]
    Bounds,
}

impl WatchRules {
    /// Reads rules.
    ///
    /// # Errors
    /// [`WatchError`]: the first thing that is wrong.
    pub fn parse(text: &str) -> Result<Self, WatchError> {
        let rules: Self = toml::from_str(text).map_err(|e| WatchError::Syntax(e.to_string()))?;
        rules.check()?;
        Ok(rules)
    }

    /// The rules that come with the program.
    ///
    /// # Errors
    /// [`WatchError`] if they are faulty, which a test excludes.
    pub fn built_in() -> Result<Self, WatchError> {
        Self::parse(BUILT_IN)
    }

    fn check(&self) -> Result<(), WatchError> {
        if self.bounds.stations_most == 0 || self.bounds.districts_most == 0 {
            return Err(WatchError::Bounds);
        }
        let mut kinds = BTreeSet::new();
        for kind in &self.kinds {
            id(&kind.id)?;
            words(&kind.id, &kind.title)?;
            if !kinds.insert(kind.id.as_str()) {
                return Err(WatchError::Twice(kind.id.clone()));
            }
            if let Some(word) = kind.words.iter().find(|w| w.to_lowercase() != **w) {
                return Err(WatchError::Syntax(format!(
                    "{}: {word}: small letters",
                    kind.id
                )));
            }
        }
        let mut tasks = BTreeSet::new();
        for task in &self.tasks {
            id(&task.id)?;
            id(&task.addressee)?;
            words(&task.id, &task.wording)?;
            if !tasks.insert(task.id.as_str()) {
                return Err(WatchError::Twice(task.id.clone()));
            }
            if let Some(kind) = task.kinds.iter().find(|k| !kinds.contains(k.as_str())) {
                return Err(WatchError::NoKind {
                    task: task.id.clone(),
                    kind: kind.clone(),
                });
            }
            if task.basis.article.trim().is_empty() && task.basis.confidence != Confidence::Gap {
                return Err(WatchError::NoArticle(task.id.clone()));
            }
        }
        Ok(())
    }
}

fn words(of: &str, text: &Text) -> Result<(), WatchError> {
    text.blank().map_or(Ok(()), |language| {
        Err(WatchError::Blank(of.to_owned(), language.code()))
    })
}

fn id(text: &str) -> Result<(), WatchError> {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    if text.is_empty() || text.len() > 40 || !text.bytes().all(fits) {
        return Err(WatchError::Id(text.to_owned()));
    }
    Ok(())
}
