//! What is known of one station.

use super::{Accessibility, Condition, Effect, Measured, Rule};
use crate::checklist::Milli;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Yes, no, or nobody has said.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Word {
    /// It is so.
    Yes,
    /// It isn't.
    No,
    /// Nobody has said.
    #[default]
    Unknown,
}

impl Word {
    /// All, in the order of forms.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Unknown];

    /// The word of tables and exports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }

    /// The answer of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|w| w.as_str() == word)
    }

    /// Both are so.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, Self::Yes) => Self::Yes,
            _ => Self::Unknown,
        }
    }

    /// One of both is so.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::No, Self::No) => Self::No,
            _ => Self::Unknown,
        }
    }

    /// As the register of stations says it.
    #[must_use]
    pub const fn to_option(self) -> Option<bool> {
        match self {
            Self::Yes => Some(true),
            Self::No => Some(false),
            Self::Unknown => None,
        }
    }
}

/// What is known of one fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Known {
    /// Yes, no, not known.
    pub word: Word,
    /// What was measured.
    pub number: Option<Milli>,
}

impl Known {
    /// An answer without a measurement.
    #[must_use]
    pub const fn word(word: Word) -> Self {
        Self { word, number: None }
    }

    /// Yes, with a measurement.
    #[must_use]
    pub const fn measured(number: Milli) -> Self {
        Self {
            word: Word::Yes,
            number: Some(number),
        }
    }
}

/// What is known of a station, by fact.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Means(BTreeMap<String, Known>);

impl Means {
    /// What is known of a fact.
    #[must_use]
    pub fn get(&self, fact: &str) -> Known {
        self.0.get(fact).copied().unwrap_or_default()
    }

    /// Puts down what is known of a fact.
    pub fn set(&mut self, fact: impl Into<String>, known: Known) {
        self.0.insert(fact.into(), known);
    }

    /// True when nobody has said anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.values().all(|known| *known == Known::default())
    }

    /// Facts about which something was said.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Known)> {
        self.0.iter().map(|(fact, known)| (fact.as_str(), *known))
    }
}

impl FromIterator<(String, Known)> for Means {
    fn from_iter<I: IntoIterator<Item = (String, Known)>>(facts: I) -> Self {
        Self(facts.into_iter().collect())
    }
}

/// A rule that applies to a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding<'a> {
    /// The rule.
    pub rule: &'a Rule,
}

impl Finding<'_> {
    /// The fact at which it is told: the last one of its conditions.
    #[must_use]
    pub fn fact(&self) -> &str {
        self.rule.when.last().map_or("", |c| c.fact.as_str())
    }

    /// Whether the answers can't stand.
    #[must_use]
    pub fn is_contradiction(&self) -> bool {
        self.rule.effect == Effect::Contradiction
    }
}

impl Accessibility {
    /// What the answers about a station say together, in the order of the rules.
    #[must_use]
    pub fn findings(&self, means: &Means) -> Vec<Finding<'_>> {
        self.rules
            .iter()
            .filter(|rule| rule.when.iter().all(|c| self.holds(c, means)))
            .map(|rule| Finding { rule })
            .collect()
    }

    fn holds(&self, condition: &Condition, means: &Means) -> bool {
        let known = means.get(&condition.fact);
        let inside = self
            .fact(&condition.fact)
            .and_then(|fact| fact.measure.as_ref())
            .zip(known.number)
            .map(|(measure, number)| measure.counts(number));
        let said = condition.is.is_empty() || condition.is.contains(&known.word);
        let measured = condition.measured.is_none_or(|measured| match measured {
            Measured::Given => known.number.is_some(),
            Measured::Missing => known.number.is_none(),
            Measured::Inside => inside == Some(true),
            Measured::Outside => inside == Some(false),
        });
        said && measured
    }
}
