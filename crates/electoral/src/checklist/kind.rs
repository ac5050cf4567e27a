//! Kinds of questions.

use super::Milli;
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// What kind of answer a question takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Kind {
    /// Yes or no; "not applicable" where it may be said.
    YesNo {
        /// Whether "not applicable" is an answer.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        not_applicable: bool,
        /// The answer that is unmet is "yes" ("is there mould?"), not "no".
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        unmet_if_yes: bool,
    },
    /// A number.
    Number {
        /// Its unit.
        unit: Text,
        /// The least that can be meant.
        least: Milli,
        /// The most that can be meant.
        most: Milli,
        /// Below this it is unmet.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        met_from: Option<Milli>,
        /// Above this it is unmet.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        met_to: Option<Milli>,
        /// Whether "not applicable" is an answer (the grade of a ramp where there is none).
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        not_applicable: bool,
    },
    /// A day; unmet when it lies too far from voting day.
    Date {
        /// Unmet when earlier than so many days before voting day (a test of the line that is too old).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        within_days: Option<u16>,
        /// Unmet when later than so many days before voting day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by_days: Option<u16>,
        /// Whether "not applicable" is an answer.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        not_applicable: bool,
    },
    /// Words: met when something is written.
    Text {
        /// Characters at most.
        most_chars: u16,
    },
    /// Photos: met with at least so many.
    Photo {
        /// Photos at least.
        least: u8,
    },
}

impl Kind {
    /// The word of files and exports: the `type` of the TOML.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::YesNo { .. } => "yes_no",
            Self::Number { .. } => "number",
            Self::Date { .. } => "date",
            Self::Text { .. } => "text",
            Self::Photo { .. } => "photo",
        }
    }

    /// Whether "not applicable" is an answer.
    #[must_use]
    pub const fn may_not_apply(&self) -> bool {
        match self {
            Self::YesNo { not_applicable, .. }
            | Self::Number { not_applicable, .. }
            | Self::Date { not_applicable, .. } => *not_applicable,
            Self::Text { .. } | Self::Photo { .. } => false,
        }
    }

    /// Whether "there is none" is an answer: no act of inspection, nobody named, nothing to photograph. It is unmet.
    #[must_use]
    pub const fn may_be_missing(&self) -> bool {
        matches!(
            self,
            Self::Date { .. } | Self::Text { .. } | Self::Photo { .. }
        )
    }

    /// Whether a form offers a tick instead of the answer: [`Kind::may_be_missing`], or [`Kind::may_not_apply`] where
    /// the answer is not chosen anyway.
    #[must_use]
    pub const fn has_instead(&self) -> bool {
        self.may_be_missing() || (matches!(self, Self::Number { .. }) && self.may_not_apply())
    }
}
