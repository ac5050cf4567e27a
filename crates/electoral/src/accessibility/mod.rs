//! Accessibility of polling stations: what a station offers, which needs that meets, and what would meet most of the
//! others.
//!
//! What counts is a file (`rules/kz/accessibility.toml`): **facts** about a station, each yes, no or not known, some
//! with a measurement; **needs** of voters, each met when every group of alternatives has one that counts;
//! **equipment** that can be brought and stands for facts; **rules** by which answers contradict each other or say
//! something worth knowing. Code knows no ramp.

mod cover;
mod means;
mod parse;
mod place;

pub use cover::{Gap, Step, rank};
pub use means::{Finding, Known, Means, Word};
pub use parse::AccessibilityError;
pub use place::{Place, metres};

use crate::checklist::{Basis, Milli};
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// The built-in file.
const BUILT_IN: &str = include_str!("../../../../rules/kz/accessibility.toml");

/// What accessibility is in a country.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accessibility {
    /// Readable id: `kz-accessibility`.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// How near a station is that a voter can be expected to use instead.
    pub reach: Reach,
    /// Parts of the form.
    #[serde(rename = "group")]
    pub groups: Vec<Group>,
    /// What is asked about a station, in the order of the form.
    #[serde(rename = "fact")]
    pub facts: Vec<Fact>,
    /// What follows from facts: the way in without steps.
    pub step_free: StepFree,
    /// What voters need.
    #[serde(rename = "need")]
    pub needs: Vec<Need>,
    /// What can be brought to a station.
    #[serde(rename = "equipment")]
    pub equipment: Vec<Equipment>,
    /// What answers say together.
    #[serde(rename = "rule")]
    pub rules: Vec<Rule>,
}

/// The distance within which a neighbouring station counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reach {
    /// Kilometres.
    pub km: Milli,
    /// Where it comes from.
    pub basis: Basis,
}

/// A part of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Stable id: `entrance`.
    pub id: String,
    /// Heading.
    pub title: Text,
}

/// Something that a station has or lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Stable id: `ramp`.
    pub id: String,
    /// Id of its [`Group`].
    pub group: String,
    /// What it is called.
    pub name: Text,
    /// What is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Text>,
    /// What is measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
}

/// A measurement that belongs to a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Stable id, by which a checklist names it: `ramp_grade`.
    pub id: String,
    /// What is measured: the grade.
    pub name: Text,
    /// Its unit.
    pub unit: Text,
    /// The least that can be meant.
    pub least: Milli,
    /// The most that can be meant.
    pub most: Milli,
    /// Below this the fact doesn't count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts_from: Option<Milli>,
    /// Above this the fact doesn't count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts_to: Option<Milli>,
    /// Where the limit comes from.
    pub basis: Basis,
}

impl Measure {
    /// Whether a measurement lies where the fact counts.
    #[must_use]
    pub fn counts(&self, number: Milli) -> bool {
        self.counts_from.is_none_or(|from| number >= from)
            && self.counts_to.is_none_or(|to| number <= to)
    }
}

/// Groups of alternatives: each group needs one that counts.
pub type Groups = Vec<Vec<String>>;

/// When one gets in without steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepFree {
    /// Facts in groups of alternatives.
    pub met_by: Groups,
}

/// What a voter needs. Each voter is counted once, under the need that decides how they can vote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// Stable id: `wheelchair`.
    pub id: String,
    /// Whom it concerns.
    pub name: Text,
    /// What meets it, for readers.
    pub note: Text,
    /// Facts in groups of alternatives.
    pub met_by: Groups,
}

/// Something that can be brought to a station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Equipment {
    /// Stable id: `portable_ramp`.
    pub id: String,
    /// What it is called.
    pub name: Text,
    /// Facts for which it stands.
    pub supplies: Vec<String>,
    /// What it takes, compared with the others: money, transport, work.
    pub effort: u32,
    /// Where the weight comes from.
    pub basis: Basis,
}

/// Something that answers say together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Code: `A1`.
    pub code: String,
    /// Whether such answers can't stand.
    pub effect: Effect,
    /// All of these must hold.
    pub when: Vec<Condition>,
    /// What it says.
    pub sentence: Text,
}

/// What follows from a [`Rule`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Both can't be true: the form is returned.
    Contradiction,
    /// Worth knowing.
    Remark,
}

/// One part of a [`Rule`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The fact.
    pub fact: String,
    /// Its answer is one of these; empty: whatever it is.
    #[serde(default)]
    pub is: Vec<Word>,
    /// What is true of its measurement.
    #[serde(default)]
    pub measured: Option<Measured>,
}

/// What can be true of a measurement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measured {
    /// There is one.
    Given,
    /// There is none.
    Missing,
    /// It lies where the fact counts.
    Inside,
    /// It lies where the fact doesn't count.
    Outside,
}

impl Accessibility {
    /// The file that comes with the program.
    ///
    /// # Errors
    /// [`AccessibilityError`] if it is faulty, which a test excludes.
    pub fn built_in() -> Result<Self, AccessibilityError> {
        Self::parse(BUILT_IN)
    }

    /// The fact with an id.
    #[must_use]
    pub fn fact(&self, id: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.id == id)
    }

    /// The fact that a checklist means: by its own id, or by the id of what is measured.
    #[must_use]
    pub fn meant(&self, id: &str) -> Option<&Fact> {
        let measures = |fact: &&Fact| fact.measure.as_ref().is_some_and(|m| m.id == id);
        self.fact(id).or_else(|| self.facts.iter().find(measures))
    }

    /// The need with an id.
    #[must_use]
    pub fn need(&self, id: &str) -> Option<&Need> {
        self.needs.iter().find(|need| need.id == id)
    }

    /// Facts of a part of the form.
    pub fn of_group<'a>(&'a self, group: &'a str) -> impl Iterator<Item = &'a Fact> {
        self.facts.iter().filter(move |fact| fact.group == group)
    }

    /// Whether one gets in without steps.
    #[must_use]
    pub fn step_free(&self, means: &Means) -> Word {
        self.meets(&self.step_free.met_by, means)
    }

    /// Whether a station meets a need.
    #[must_use]
    pub fn serves(&self, need: &Need, means: &Means) -> Word {
        self.meets(&need.met_by, means)
    }

    /// Whether each group has something that counts; not known where that hangs on what nobody has said.
    #[must_use]
    pub fn meets(&self, groups: &Groups, means: &Means) -> Word {
        let group = |facts: &Vec<String>| {
            let words = facts.iter().map(|id| self.counts(id, means));
            words.fold(Word::No, Word::or)
        };
        groups.iter().map(group).fold(Word::Yes, Word::and)
    }

    /// Whether a fact counts: it is so, and its measurement, if there is one, lies within the limits.
    #[must_use]
    pub fn counts(&self, id: &str, means: &Means) -> Word {
        let known = means.get(id);
        let within = self
            .fact(id)
            .and_then(|fact| fact.measure.as_ref())
            .zip(known.number)
            .is_none_or(|(measure, number)| measure.counts(number));
        if known.word == Word::Yes && !within {
            Word::No
        } else {
            known.word
        }
    }
}

#[cfg(test)]
mod tests;
