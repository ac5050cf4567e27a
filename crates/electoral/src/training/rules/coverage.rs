//! Who must be trained at each station, and by when.

use super::{CascadeRules, TrainingError, list, values};
use crate::survey::Value;
use crate::text::Text;
use crate::training::coverage::Need;
use serde::{Deserialize, Serialize};

/// Who must be trained at each station, and by when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoverageRules {
    /// Days before voting by which a station must be covered.
    pub days_before: Value,
    /// Target groups whose programmes count: whoever passed one of them is trained for a station.
    pub audiences: Vec<String>,
    /// The question of the stations' checklist that it answers, for a commission as a whole; empty for none.
    #[serde(default)]
    pub item: String,
    /// What a station needs; all of it.
    #[serde(rename = "requirement")]
    pub requirements: Vec<Requirement>,
}

/// One of the things that a station needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// Stable id: `chair`.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// Offices in the commission.
    pub offices: Vec<String>,
    /// Percent of those who hold them, rounded up, at least one.
    pub percent: Value,
}

impl CoverageRules {
    /// What is needed, as [`crate::training::coverage::judge`] asks it.
    #[must_use]
    pub fn needs(&self) -> Vec<Need<'_>> {
        self.requirements
            .iter()
            .map(|r| Need {
                offices: r.offices.iter().map(String::as_str).collect(),
                percent: r.percent.value,
            })
            .collect()
    }

    /// A requirement by its id.
    #[must_use]
    pub fn requirement(&self, id: &str) -> Option<&Requirement> {
        self.requirements.iter().find(|r| r.id == id)
    }

    pub(super) fn check(&self, cascade: &CascadeRules) -> Result<(), TrainingError> {
        values(&[("coverage.days_before", &self.days_before, 0, 60)])?;
        let titles = self.requirements.iter().map(|r| (r.id.as_str(), &r.title));
        list("requirements", titles)?;
        for requirement in &self.requirements {
            values(&[("coverage.percent", &requirement.percent, 1, 100)])?;
            if requirement.offices.is_empty() {
                return Err(TrainingError::Empty("offices of a requirement"));
            }
            for office in &requirement.offices {
                if !["chair", "deputy", "secretary", "member"].contains(&office.as_str()) {
                    return Err(TrainingError::Section(format!("{office} is no office")));
                }
            }
        }
        if self.audiences.is_empty() {
            return Err(TrainingError::Empty("audiences of coverage"));
        }
        match self
            .audiences
            .iter()
            .find(|id| cascade.audience(id).is_none())
        {
            Some(id) => Err(TrainingError::Section(format!("{id} is no audience"))),
            None => Ok(()),
        }
    }
}
