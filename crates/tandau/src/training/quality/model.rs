//! The words of quality: what was found, what an inspector saw. Pure.

use crate::elections::state::states;
use crate::platform::{Names, T};
use electoral::survey::Interval;
use electoral::training::analysis::{Decay, Estimate, Gap, Right};
use jiff::Timestamp;

states! {
    /// What a finding is about.
    Subject {
        /// A question that groups of one depth answer worse than those above.
        Item = "item",
        /// A trainer whose groups know less than others of the same depth.
        Trainer = "trainer",
        /// What is forgotten some days after the test.
        Decay = "decay",
        /// What an inspector saw at a session.
        Inspection = "inspection",
    }
}

states! {
    /// What an inspector answers.
    Seen {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
        /// It could not be seen.
        Unseen = "unseen",
    }
}

/// What an inspector is asked about a session, in the order of the form.
pub const ASKED: [&str; 5] = [
    "began_in_time",
    "current_text",
    "practised",
    "questions_answered",
    "reachable",
];

/// What an inspector saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// When.
    pub seen_at: Timestamp,
    /// People counted in the room.
    pub present: u64,
    /// Answers in the order of [`ASKED`].
    pub answers: [Seen; 5],
    /// More, in words; never about people.
    pub note: String,
}

/// A question at one depth of the cascade against everything above.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemLine {
    /// Question.
    pub question_id: String,
    /// Its module.
    pub module_id: String,
    /// Its words.
    pub text: Names,
    /// Depth of the sessions: 0 for the centre.
    pub level: u64,
    /// At this depth.
    pub here: Right,
    /// Above it.
    pub above: Right,
    /// 95 % interval of the first.
    pub here_interval: Option<Interval>,
    /// Fewer than may be shown at this depth, or above.
    pub small: bool,
    /// Beyond chance.
    pub worse: bool,
}

/// A trainer against others of the same depth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrainerLine {
    /// Who.
    pub person_id: String,
    /// Their name.
    pub name: Names,
    /// Area of their commission.
    pub area_id: String,
    /// Depth of their sessions.
    pub level: u64,
    /// People tested after their sessions.
    pub people: u64,
    /// What their groups know; none for too few people.
    pub estimate: Option<Estimate>,
}

/// The days of a band in words.
#[must_use]
pub fn days(t: T, band: &Decay) -> String {
    match band.to_days {
        Some(to) => t.quality_days(band.from_days, to),
        None => t.quality_days_from(band.from_days),
    }
}

/// What the figures of a programme say.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Knowledge before and after by depth: depth, before, after.
    pub levels: Vec<(u64, Right, Right)>,
    /// Questions.
    pub items: Vec<ItemLine>,
    /// Trainers.
    pub trainers: Vec<TrainerLine>,
    /// What is left after days, and the gap where it is less beyond chance.
    pub decay: Vec<(Decay, Option<Gap>)>,
    /// Numbers of fewer people are not shown.
    pub smallest: u64,
}

/// A sample as it was drawn for a re-test: whoever has the list of those who passed draws the same people again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draw {
    /// When.
    pub made_at: Timestamp,
    /// Of so many.
    pub of_people: u64,
    /// So many.
    pub drawn: u64,
    /// Have answered.
    pub answered: u64,
    /// Where the random choice begins.
    pub seed: u64,
    /// Share to draw.
    pub percent: u64,
    /// People at least.
    pub least: u64,
    /// End of the time to answer.
    pub open_until: Timestamp,
}

/// A finding that somebody acted on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acted {
    /// What about.
    pub subject: String,
    /// Its object.
    pub object: String,
    /// Depth.
    pub level: u64,
    /// `task` or `material`.
    pub outcome: String,
    /// The task.
    pub task_id: Option<String>,
    /// When.
    pub made_at: Timestamp,
}
