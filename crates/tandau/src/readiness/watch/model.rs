//! The words of watching: an event and its versions, what phase it is in, what may be said of it. Pure.

use super::cap::Shape;
use crate::elections::state::states;
use crate::platform::{Error, FieldProblem, Names, T};
use electoral::watch::{Grade, Group, WatchRules};
use jiff::Timestamp;

/// Where tasks come from ([`crate::tasks::NewTask::origin`]); the key is `{event}/{task}/{station or area}`.
pub const ORIGIN: &str = "watch";
/// Areas of one event at most.
pub const MAX_AREAS: usize = 60;
/// Characters of what the supplier says.
pub const MAX_WORDS: usize = 4_000;
/// Characters of a name or a reason.
pub const MAX_LINE: usize = 300;
/// Characters of a reason.
pub const MAX_REASON: usize = 1_000;

states! {
    /// Where an event is in its time.
    Phase {
        /// It has not begun.
        Expected = "expected",
        /// It goes on.
        Ongoing = "ongoing",
        /// It is over.
        Ended = "ended",
        /// It was taken back.
        Cancelled = "cancelled",
    }
}

impl Phase {
    /// Whether its tasks still make sense.
    #[must_use]
    pub const fn stands(self) -> bool {
        matches!(self, Self::Expected | Self::Ongoing)
    }
}

states! {
    /// Why there is a version.
    Change {
        /// The event was put on record.
        Recorded = "recorded",
        /// What was said of it was put right.
        Corrected = "corrected",
        /// A later alert replaced it.
        Updated = "updated",
        /// It is over.
        Ended = "ended",
        /// It was taken back, or never was.
        Cancelled = "cancelled",
    }
}

/// What is said of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    /// The election whose stations are concerned.
    pub election_id: String,
    /// Kind of the rules.
    pub kind: String,
    /// How grave.
    pub grade: Grade,
    /// Whether it was planned; none for warnings.
    pub planned: Option<bool>,
    /// Since or from when.
    pub from_at: Timestamp,
    /// Until when, as expected.
    pub until_at: Option<Timestamp>,
    /// What the supplier or the service says.
    pub words: Names,
    /// Who says so.
    pub told_by: String,
    /// Where: ids of areas.
    pub areas: Vec<String>,
    /// Limits as drawn; empty for none.
    pub shapes: Vec<Shape>,
    /// The drawing alone says where: only stations within it are concerned.
    pub by_shape: bool,
}

/// An event as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Id.
    pub id: String,
    /// `hand` or `cap`.
    pub source: String,
    /// Status of the alert; `Actual` for what was entered by hand.
    pub status: String,
    /// For everybody's eyes.
    pub public: bool,
    /// Stations in its area when the version was written.
    pub stations: u64,
    /// The version that holds.
    pub now: Version,
}

/// What was said of an event at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Which, from 1.
    pub version: u64,
    /// Why it was written.
    pub change: Change,
    /// What it says.
    pub said: NewEvent,
    /// Whether it opens tasks: an exercise, or something unlikely, doesn't.
    pub acts: bool,
    /// When it ended, as somebody said.
    pub ended_at: Option<Timestamp>,
    /// Why it was changed.
    pub reason: String,
    /// By whom.
    pub made_by: String,
    /// When.
    pub made_at: Timestamp,
}

impl Version {
    /// Where the event is at a moment. An interruption lasts until somebody says that it is over; a warning ends at
    /// its time.
    #[must_use]
    pub fn phase(&self, rules: &WatchRules, at: Timestamp) -> Phase {
        let lasts = rules
            .kind(&self.said.kind)
            .is_some_and(|k| k.group == Group::Supply);
        let over = |end: Option<Timestamp>| end.is_some_and(|end| end <= at);
        if self.change == Change::Cancelled {
            Phase::Cancelled
        } else if over(self.ended_at) || (!lasts && over(self.said.until_at)) {
            Phase::Ended
        } else if self.said.from_at > at {
            Phase::Expected
        } else {
            Phase::Ongoing
        }
    }

    /// The expected end is over and nobody has said that the supply is back.
    #[must_use]
    pub fn is_late(&self, rules: &WatchRules, at: Timestamp) -> bool {
        self.phase(rules, at) == Phase::Ongoing && self.said.until_at.is_some_and(|end| end < at)
    }
}

impl NewEvent {
    /// Checks everything that needs no table. Whoever enters an event by hand says whether it was planned, and until
    /// when a warning holds; an alert of others says what it says.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming each field.
    pub fn check(
        &self,
        t: T,
        rules: &WatchRules,
        now: Timestamp,
        by_hand: bool,
    ) -> Result<(), Error> {
        let mut problems = Vec::new();
        let mut add = |field: &str, message: String| {
            problems.push(FieldProblem {
                field: field.to_owned(),
                message,
            });
        };
        let group = rules.kind(&self.kind).map(|k| k.group);
        if group.is_none() {
            add("kind", t.form_choice());
        }
        if by_hand && group == Some(Group::Supply) && self.planned.is_none() {
            add("planned", t.form_choice());
        }
        let days = |at: Timestamp| at.duration_since(now).as_secs().abs() / 86_400;
        let most = i64::from(rules.longest_days);
        if days(self.from_at) > most {
            add("from", t.watch_time_far());
        }
        if let Some(until) = self.until_at {
            if until <= self.from_at {
                add("until", t.watch_until_before());
            } else if days(until) > most {
                add("until", t.watch_time_far());
            }
        } else if by_hand && group == Some(Group::Warning) {
            add("until", t.watch_until_needed());
        }
        let long = |text: &str, most: usize| text.chars().count() > most;
        if self.words.any(|w| w.trim().is_empty()) {
            add("words", t.form_required());
        } else if self.words.any(|w| long(w, MAX_WORDS)) {
            add("words", t.form_too_long(4_000));
        }
        if self.told_by.trim().is_empty() {
            add("told_by", t.form_required());
        } else if long(&self.told_by, MAX_LINE) {
            add("told_by", t.form_too_long(300));
        }
        if self.areas.is_empty() {
            add("areas", t.watch_area_needed());
        } else if self.areas.len() > MAX_AREAS {
            add("areas", t.watch_area_many(60));
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Error::Invalid(problems))
        }
    }
}

/// What follows from a change of an event that is on record.
///
/// # Errors
/// The sentence why it can't be changed so.
pub fn may(t: T, phase: Phase, change: Change) -> Result<(), Error> {
    match (phase, change) {
        (Phase::Cancelled, _) => Err(Error::Conflict(t.watch_is_cancelled())),
        (Phase::Ended, Change::Ended) => Err(Error::Conflict(t.watch_is_over())),
        _ => Ok(()),
    }
}
