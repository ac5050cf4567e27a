//! What records, and not an office's own word, say about a step.

use super::Item;
use electoral::calendar::Record;
use jiff::civil::Date;

/// How far a step is by the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened {
    /// Everywhere; the last of it on this day.
    Done(Date),
    /// In some places only.
    Part {
        /// In how many.
        done: u64,
        /// Of how many.
        of: u64,
    },
    /// There is nothing to do.
    NotNeeded,
}

impl Happened {
    /// From a count of places and the last day; nothing without places.
    #[must_use]
    pub const fn counted(done: u64, of: u64, last: Option<Date>) -> Option<Self> {
        match (of, last) {
            (0, _) => None,
            (_, Some(day)) if done >= of => Some(Self::Done(day)),
            _ => Some(Self::Part { done, of }),
        }
    }

    /// What holds on a day: what is dated later has not happened yet.
    #[must_use]
    pub fn by(self, today: Date) -> Option<Self> {
        match self {
            Self::Done(day) if day > today => None,
            other => Some(other),
        }
    }

    /// The one of two that says more.
    #[must_use]
    pub fn fuller(one: Option<Self>, other: Option<Self>) -> Option<Self> {
        let rank = |h: &Option<Self>| match h {
            None => (0, 0),
            Some(Self::Part { done, .. }) => (1, *done),
            Some(Self::NotNeeded) => (2, 0),
            Some(Self::Done(_)) => (3, 0),
        };
        if rank(&other) > rank(&one) {
            other
        } else {
            one
        }
    }
}

/// Which steps something is said about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// Those that the rules tie to a record.
    Record(Record),
    /// The one with this id.
    Step(String),
}

/// What is said about steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Which.
    pub about: About,
    /// How far they are.
    pub happened: Happened,
}

impl Told {
    /// A record and how far it is, where it says anything.
    #[must_use]
    pub fn record(record: Record, happened: Option<Happened>) -> Option<Self> {
        Some(Self {
            about: About::Record(record),
            happened: happened?,
        })
    }

    /// The same about one step.
    #[must_use]
    pub fn step(id: String, happened: Option<Happened>) -> Option<Self> {
        Some(Self {
            about: About::Step(id),
            happened: happened?,
        })
    }

    pub(super) fn is_about(&self, item: &Item) -> bool {
        match &self.about {
            About::Record(record) => item.record == Some(*record),
            About::Step(id) => item.step.id == *id,
        }
    }
}
