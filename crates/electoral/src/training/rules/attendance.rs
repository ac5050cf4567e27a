//! How somebody marks that they are there.

use super::{TrainingError, values};
use crate::survey::Value;
use crate::training::attendance::{Rhythm, Window};
use serde::{Deserialize, Serialize};

/// How somebody marks that they are there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttendanceRules {
    /// Seconds for which a code stands on the trainer's screen.
    pub code_seconds: Value,
    /// Codes before the present one that are still taken.
    pub codes_back: Value,
    /// Digits of a code.
    pub digits: Value,
    /// Minutes before the beginning from which marks are taken.
    pub before_minutes: Value,
    /// Minutes after the end until which marks are taken.
    pub after_minutes: Value,
    /// Minutes from the making of a mark to its arrival after which it waits for the trainer.
    pub sent_minutes: Value,
    /// Metres from the place beyond which a mark waits for the trainer, where the phone says where it is.
    pub far_metres: Value,
    /// Wrong codes of one person at once; then one more is free after each `try_seconds`.
    pub tries: Value,
    /// Seconds until another wrong code is free.
    pub try_seconds: Value,
    /// People on one sheet of a paper list.
    pub sheet_most: Value,
}

impl AttendanceRules {
    /// How codes change.
    #[must_use]
    pub fn rhythm(&self) -> Rhythm {
        Rhythm {
            period_seconds: small(&self.code_seconds),
            steps_back: small(&self.codes_back),
        }
    }

    /// When marks are taken at a session, in seconds.
    #[must_use]
    pub fn window(&self, starts: i64, ends: i64) -> Window {
        let (before, after) = (small(&self.before_minutes), small(&self.after_minutes));
        Window::around(starts, ends, before, after)
    }

    pub(super) fn check(&self) -> Result<(), TrainingError> {
        values(&[
            ("attendance.code_seconds", &self.code_seconds, 10, 600),
            ("attendance.codes_back", &self.codes_back, 0, 20),
            ("attendance.digits", &self.digits, 6, 8),
            ("attendance.before_minutes", &self.before_minutes, 0, 240),
            ("attendance.after_minutes", &self.after_minutes, 0, 1_440),
            ("attendance.sent_minutes", &self.sent_minutes, 1, 1_440),
            ("attendance.far_metres", &self.far_metres, 50, 50_000),
            ("attendance.tries", &self.tries, 3, 100),
            ("attendance.try_seconds", &self.try_seconds, 1, 3_600),
            ("attendance.sheet_most", &self.sheet_most, 1, 400),
        ])
    }
}

fn small(value: &Value) -> u32 {
    u32::try_from(value.value).unwrap_or(u32::MAX)
}
