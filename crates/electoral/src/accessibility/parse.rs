//! Reading the file: what is faulty is refused by name.

use super::{Accessibility, Groups, Measured};
use crate::checklist::Basis;
use crate::rules::Confidence;
use crate::text::Text;
use std::collections::BTreeSet;

/// Facts at most, and needs.
const MOST_FACTS: usize = 60;
/// Needs at most: ways to close them are tried in all combinations.
const MOST_NEEDS: usize = 12;

/// Why a text doesn't say what accessibility is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccessibilityError {
    /// Not TOML of the expected shape.
    #[error("{0}")]
    Syntax(String),
    /// An id stands twice.
    #[error("{0} stands twice")]
    Twice(String),
    /// An id has letters other than a–z, digits and `_`.
    #[error("{0} is no id: small letters, digits and _")]
    Id(String),
    /// Something names what isn't there.
    #[error("{0}: there is no {1}")]
    Missing(String, String),
    /// Words are missing in a language.
    #[error("{0}: words are missing in {1}")]
    Blank(String, &'static str),
    /// No article and nothing that says that none was found.
    #[error("{0}: no article")]
    NoArticle(String),
    /// Limits exclude every measurement, or a weight or a distance is nothing.
    #[error("{0}: out of range")]
    Range(String),
    /// Nothing in it, where something must be.
    #[error("{0}: empty")]
    Empty(String),
    /// Two kinds of equipment stand for the same group of a need: the ranking would not be the best any more.
    #[error("{0}: {1} and {2} stand for the same")]
    Overlap(String, String, String),
    /// More than the program takes.
    #[error("too many facts or needs")]
    TooMany,
}

impl Accessibility {
    /// Reads the file.
    ///
    /// # Errors
    /// [`AccessibilityError`]: the first thing that is wrong.
    pub fn parse(text: &str) -> Result<Self, AccessibilityError> {
        let read: Self =
            toml::from_str(text).map_err(|e| AccessibilityError::Syntax(e.to_string()))?;
        read.check()?;
        Ok(read)
    }

    fn check(&self) -> Result<(), AccessibilityError> {
        if self.facts.len() > MOST_FACTS || self.needs.len() > MOST_NEEDS {
            return Err(AccessibilityError::TooMany);
        }
        words("title", &self.title)?;
        basis("reach", &self.reach.basis)?;
        if self.reach.km.0 < 0 {
            return Err(AccessibilityError::Range("reach".to_owned()));
        }
        let groups = ids(self.groups.iter().map(|g| (g.id.as_str(), &g.title)))?;
        ids(self.facts.iter().map(|f| (f.id.as_str(), &f.name)))?;
        ids(self.needs.iter().map(|n| (n.id.as_str(), &n.name)))?;
        ids(self.equipment.iter().map(|e| (e.id.as_str(), &e.name)))?;
        for fact in &self.facts {
            if !groups.contains(fact.group.as_str()) {
                return Err(missing(&fact.id, &fact.group));
            }
            if let Some(hint) = &fact.hint {
                words(&fact.id, hint)?;
            }
            if let Some(measure) = &fact.measure {
                words(&fact.id, &measure.name)?;
                words(&fact.id, &measure.unit)?;
                basis(&fact.id, &measure.basis)?;
                let from = measure
                    .counts_from
                    .map_or(measure.least, |f| f.max(measure.least));
                let to = measure
                    .counts_to
                    .map_or(measure.most, |t| t.min(measure.most));
                if from > to {
                    return Err(AccessibilityError::Range(fact.id.clone()));
                }
            }
        }
        self.check_groups("step_free", &self.step_free.met_by)?;
        for need in &self.needs {
            words(&need.id, &need.note)?;
            self.check_groups(&need.id, &need.met_by)?;
        }
        self.check_equipment()?;
        self.check_rules()
    }

    fn check_groups(&self, of: &str, groups: &Groups) -> Result<(), AccessibilityError> {
        if groups.is_empty() || groups.iter().any(Vec::is_empty) {
            return Err(AccessibilityError::Empty(of.to_owned()));
        }
        for fact in groups.iter().flatten() {
            if self.fact(fact).is_none() {
                return Err(missing(of, fact));
            }
        }
        Ok(())
    }

    fn check_equipment(&self) -> Result<(), AccessibilityError> {
        for equipment in &self.equipment {
            basis(&equipment.id, &equipment.basis)?;
            if equipment.effort == 0 {
                return Err(AccessibilityError::Range(equipment.id.clone()));
            }
            if equipment.supplies.is_empty() {
                return Err(AccessibilityError::Empty(equipment.id.clone()));
            }
            if let Some(fact) = equipment
                .supplies
                .iter()
                .find(|fact| self.fact(fact).is_none())
            {
                return Err(missing(&equipment.id, fact));
            }
        }
        for need in &self.needs {
            for group in &need.met_by {
                let mut supply = self
                    .equipment
                    .iter()
                    .filter(|e| e.supplies.iter().any(|fact| group.contains(fact)));
                if let (Some(one), Some(other)) = (supply.next(), supply.next()) {
                    return Err(AccessibilityError::Overlap(
                        need.id.clone(),
                        one.id.clone(),
                        other.id.clone(),
                    ));
                }
            }
        }
        Ok(())
    }

    fn check_rules(&self) -> Result<(), AccessibilityError> {
        let mut codes = BTreeSet::new();
        for rule in &self.rules {
            words(&rule.code, &rule.sentence)?;
            if !codes.insert(rule.code.as_str()) {
                return Err(AccessibilityError::Twice(rule.code.clone()));
            }
            if rule.when.is_empty() {
                return Err(AccessibilityError::Empty(rule.code.clone()));
            }
            for condition in &rule.when {
                let Some(fact) = self.fact(&condition.fact) else {
                    return Err(missing(&rule.code, &condition.fact));
                };
                let asks = condition
                    .measured
                    .is_some_and(|measured| measured != Measured::Missing);
                if asks && fact.measure.is_none() {
                    return Err(missing(&rule.code, "measure"));
                }
            }
        }
        Ok(())
    }
}

fn missing(of: &str, what: &str) -> AccessibilityError {
    AccessibilityError::Missing(of.to_owned(), what.to_owned())
}

fn words(of: &str, text: &Text) -> Result<(), AccessibilityError> {
    text.blank().map_or(Ok(()), |language| {
        Err(AccessibilityError::Blank(of.to_owned(), language.code()))
    })
}

fn basis(of: &str, basis: &Basis) -> Result<(), AccessibilityError> {
    if basis.article.trim().is_empty() && basis.confidence != Confidence::Gap {
        return Err(AccessibilityError::NoArticle(of.to_owned()));
    }
    Ok(())
}

/// Ids that are well formed and differ, each with words.
fn ids<'a>(
    named: impl Iterator<Item = (&'a str, &'a Text)>,
) -> Result<BTreeSet<&'a str>, AccessibilityError> {
    let mut seen = BTreeSet::new();
    for (id, text) in named {
        let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if id.is_empty() || id.len() > 40 || !id.bytes().all(fits) {
            return Err(AccessibilityError::Id(id.to_owned()));
        }
        words(id, text)?;
        if !seen.insert(id) {
            return Err(AccessibilityError::Twice(id.to_owned()));
        }
    }
    Ok(seen)
}
