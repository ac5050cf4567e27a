//! One item of one station. Pure.

use super::Counts;
use jiff::Timestamp;

/// What is known of an item of a station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemState {
    /// The station.
    pub station_id: String,
    /// The item of the checklist.
    pub item: String,
    /// What is known.
    pub status: ItemStatus,
    /// Since when; `None` while nothing is known.
    pub since: Option<Timestamp>,
}

/// What is known of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemStatus {
    /// It doesn't hold.
    Unmet,
    /// Two people said different things.
    Disputed,
    /// It was answered, but is asked again.
    Again,
    /// Nobody has said anything.
    Unanswered,
    /// It holds.
    Met,
    /// It doesn't apply.
    NotApplicable,
}

impl ItemStatus {
    /// The status of a word of the tables.
    #[must_use]
    pub fn parse(word: &str) -> Self {
        match word {
            "met" => Self::Met,
            "unmet" => Self::Unmet,
            "na" => Self::NotApplicable,
            "disputed" => Self::Disputed,
            "again" => Self::Again,
            _ => Self::Unanswered,
        }
    }

    /// The word of files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unmet => "unmet",
            Self::Disputed => "disputed",
            Self::Again => "again",
            Self::Unanswered => "unanswered",
            Self::Met => "met",
            Self::NotApplicable => "na",
        }
    }

    /// Key of its word.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unmet => "board-status-unmet",
            Self::Disputed => "board-status-disputed",
            Self::Again => "board-status-again",
            Self::Unanswered => "board-status-unanswered",
            Self::Met => "board-status-met",
            Self::NotApplicable => "board-status-na",
        }
    }

    /// Shape of `ui::state`.
    #[must_use]
    pub const fn shape(self, critical: bool) -> &'static str {
        match self {
            Self::Unmet if critical => "trouble",
            Self::Unmet | Self::Disputed => "attention",
            Self::Again | Self::Unanswered => "open",
            Self::Met => "done",
            Self::NotApplicable => "partial",
        }
    }

    /// Whether nothing more is needed.
    #[must_use]
    pub const fn is_in_order(self) -> bool {
        matches!(self, Self::Met | Self::NotApplicable)
    }

    /// Counted as one item.
    #[must_use]
    pub const fn counts(self, critical: bool) -> Counts {
        let mut counts = Counts {
            expected: 1,
            met: 0,
            unmet: 0,
            critical: 0,
            na: 0,
            disputed: 0,
            unanswered: 0,
        };
        match self {
            Self::Unmet => {
                counts.unmet = 1;
                if critical {
                    counts.critical = 1;
                }
            }
            Self::Disputed => counts.disputed = 1,
            Self::Again | Self::Unanswered => counts.unanswered = 1,
            Self::Met => counts.met = 1,
            Self::NotApplicable => counts.na = 1,
        }
        counts
    }
}
