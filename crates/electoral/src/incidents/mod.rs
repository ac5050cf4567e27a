//! Incidents of voting day as data: kinds, how soon somebody must answer, which outside body helps, what the public
//! may see of them.
//!
//! The list is a file (`rules/kz/incidents.toml`); code knows no kind.

mod parse;

pub use parse::IncidentsError;

use crate::checklist::{Basis, Severity};
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// The built-in list.
const BUILT_IN: &str = include_str!("../../../../rules/kz/incidents.toml");

/// All kinds of incidents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncidentRules {
    /// Readable id: `kz-incidents`.
    pub id: String,
    /// Minutes until somebody has begun to act, where a kind doesn't say otherwise.
    pub response: Minutes,
    /// What happened longer ago is no report of an incident any more: days.
    pub reported_within_days: u16,
    /// The kinds, in the order of the list.
    #[serde(rename = "kind")]
    pub kinds: Vec<Kind>,
}

/// Minutes by severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Minutes {
    /// For [`Severity::Critical`].
    pub critical: u16,
    /// For [`Severity::Major`].
    pub major: u16,
    /// For [`Severity::Minor`].
    pub minor: u16,
}

impl Minutes {
    /// Minutes for a severity.
    #[must_use]
    pub const fn of(&self, severity: Severity) -> u16 {
        match severity {
            Severity::Critical => self.critical,
            Severity::Major => self.major,
            Severity::Minor => self.minor,
        }
    }
}

/// A kind of incidents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Stable id: `order`.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// How much hangs on it unless the one who reports says otherwise.
    pub severity: Severity,
    /// Minutes until somebody has begun to act, where they differ from the list's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<Minutes>,
    /// The outside body that helps: a kind of state body.
    pub body: String,
    /// What the body is asked to do.
    pub task: Text,
    /// Minutes that the body has, by severity.
    pub body_minutes: Minutes,
    /// The station is not named in public.
    #[serde(default)]
    pub private: bool,
    /// It is about a person: small numbers are not published.
    #[serde(default)]
    pub personal: bool,
    /// Where it comes from.
    pub basis: Basis,
}

impl IncidentRules {
    /// A kind by its id.
    #[must_use]
    pub fn kind(&self, id: &str) -> Option<&Kind> {
        self.kinds.iter().find(|k| k.id == id)
    }

    /// Minutes until somebody must have begun to act.
    #[must_use]
    pub fn response_minutes(&self, kind: &Kind, severity: Severity) -> u16 {
        kind.response.unwrap_or(self.response).of(severity)
    }
}

#[cfg(test)]
mod tests;
