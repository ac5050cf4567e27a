//! Tests and certificates.

use super::{TrainingError, values};
use crate::survey::Value;
use serde::{Deserialize, Serialize};

/// Tests and certificates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TestRules {
    /// Percent of the points that passes.
    pub pass_percent: Value,
    /// Questions drawn for one test.
    pub questions: Value,
    /// Minutes of one test.
    pub minutes: Value,
    /// Tries of one person at most.
    pub tries_most: Value,
    /// Seconds for which an answer may travel after the time is up.
    pub grace_seconds: Value,
}

impl TestRules {
    pub(super) fn check(&self) -> Result<(), TrainingError> {
        values(&[
            ("tests.pass_percent", &self.pass_percent, 1, 100),
            ("tests.questions", &self.questions, 1, 100),
            ("tests.minutes", &self.minutes, 1, 240),
            ("tests.tries_most", &self.tries_most, 1, 20),
            ("tests.grace_seconds", &self.grace_seconds, 0, 600),
        ])
    }
}
