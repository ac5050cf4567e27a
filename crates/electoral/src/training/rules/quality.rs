//! Re-tests, feedback, what counts as a finding.

use super::{TrainingError, values};
use crate::survey::Value;
use serde::{Deserialize, Serialize};

/// Re-tests, feedback, what counts as a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QualityRules {
    /// Percent of those who passed that are asked again.
    pub retest_percent: Value,
    /// Days after passing at which they are asked again.
    pub retest_days: Value,
    /// People of a sample at least, where there are so many.
    pub retest_least: Value,
    /// Days for which a re-test stays open.
    pub retest_open_days: Value,
    /// By how much answers of one person hang together, as a design effect in percent: 100 is not at all.
    pub design_percent: Value,
    /// Days until a task that follows from a finding is due.
    pub task_days: Value,
    /// Days at which bands of the decay begin.
    pub decay_days: Vec<u64>,
}

impl QualityRules {
    pub(super) fn check(&self) -> Result<(), TrainingError> {
        values(&[
            ("quality.retest_percent", &self.retest_percent, 1, 100),
            ("quality.retest_days", &self.retest_days, 1, 60),
            ("quality.retest_least", &self.retest_least, 1, 1_000),
            ("quality.retest_open_days", &self.retest_open_days, 1, 60),
            ("quality.design_percent", &self.design_percent, 100, 1_000),
            ("quality.task_days", &self.task_days, 1, 60),
        ])?;
        if self.decay_days.is_empty() || !self.decay_days.is_sorted_by(|a, b| a < b) {
            return Err(TrainingError::Section(
                "quality.decay_days must grow and not be empty".to_owned(),
            ));
        }
        Ok(())
    }
}
