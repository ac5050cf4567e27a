//! Levels of the cascade, target groups, sizes.

use super::{TrainingError, list, values};
use crate::survey::Value;
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// Levels of commissions, as the country's rules name them.
const COMMISSIONS: [&str; 4] = ["central", "region", "district", "precinct"];

/// Levels, target groups, sizes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CascadeRules {
    /// Seats of one session at most.
    pub seats_most: Value,
    /// Hours of one session at most.
    pub hours_most: Value,
    /// Trainers of one session at most.
    pub trainers_most: Value,
    /// Modules of one programme at most.
    pub modules_most: Value,
    /// Materials of one version of a module in one language at most.
    pub materials_most: Value,
    /// Minutes between two sessions of a trainer in different places.
    pub between_minutes: Value,
    /// From the highest down: the first is level 0.
    #[serde(rename = "level")]
    pub levels: Vec<Level>,
    /// Target groups.
    #[serde(rename = "audience")]
    pub audiences: Vec<Audience>,
}

/// A level of the cascade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Stable id: `region`.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// The level of the commission that holds its sessions: `central`, `region`, `district`, `precinct`.
    pub commission: String,
    /// The level of the commissions whose members are trained.
    pub trains: String,
}

/// A target group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Audience {
    /// Stable id: `precinct_chairs`.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// The levels of commissions whose members belong to it; empty for people who sit in none.
    #[serde(default)]
    pub commissions: Vec<String>,
    /// Their offices; empty for all.
    #[serde(default)]
    pub offices: Vec<String>,
}

impl CascadeRules {
    /// A level by its number.
    #[must_use]
    pub fn level(&self, level: u64) -> Option<&Level> {
        self.levels.get(usize::try_from(level).ok()?)
    }

    /// The number of the last level.
    #[must_use]
    pub fn last(&self) -> u64 {
        u64::try_from(self.levels.len().saturating_sub(1)).unwrap_or(0)
    }

    /// A target group by its id.
    #[must_use]
    pub fn audience(&self, id: &str) -> Option<&Audience> {
        self.audiences.iter().find(|a| a.id == id)
    }

    pub(super) fn check(&self) -> Result<(), TrainingError> {
        values(&[
            ("cascade.seats_most", &self.seats_most, 1, 2_000),
            ("cascade.hours_most", &self.hours_most, 1, 200),
            ("cascade.trainers_most", &self.trainers_most, 1, 50),
            ("cascade.modules_most", &self.modules_most, 1, 60),
            ("cascade.materials_most", &self.materials_most, 1, 60),
            ("cascade.between_minutes", &self.between_minutes, 0, 720),
        ])?;
        list(
            "levels",
            self.levels.iter().map(|l| (l.id.as_str(), &l.title)),
        )?;
        list(
            "audiences",
            self.audiences.iter().map(|a| (a.id.as_str(), &a.title)),
        )?;
        let levels = self.levels.iter().flat_map(|l| [&l.commission, &l.trains]);
        let groups = self.audiences.iter().flat_map(|a| &a.commissions);
        for commission in levels.chain(groups) {
            if !COMMISSIONS.contains(&commission.as_str()) {
                let problem = format!("{commission} is no level of commissions");
                return Err(TrainingError::Section(problem));
            }
        }
        const OFFICES: [&str; 4] = ["chair", "deputy", "secretary", "member"];
        for office in self.audiences.iter().flat_map(|a| &a.offices) {
            if !OFFICES.contains(&office.as_str()) {
                return Err(TrainingError::Section(format!("{office} is no office")));
            }
        }
        Ok(())
    }
}
