//! The words of tasks: states, what may follow what, whom a task is for. Pure.

use crate::elections::state::states;
use crate::platform::Names;
use electoral::checklist::Severity;
use jiff::Timestamp;

states! {
    /// Where a task is.
    TaskState {
        /// Given, not yet answered.
        Open = "open",
        /// The addressee has taken it on.
        Accepted = "accepted",
        /// The addressee says that it is not theirs, or can't be done so.
        Disputed = "disputed",
        /// Reported as done; waits for somebody to see for themselves.
        Reported = "reported",
        /// Looked at and not done: it goes on.
        Returned = "returned",
        /// Seen to be done.
        Verified = "verified",
        /// No longer needed: what asked for it is gone.
        Withdrawn = "withdrawn",
    }
}

states! {
    /// What happened to a task.
    EventKind {
        /// It was given.
        Opened = "opened",
        /// Taken on.
        Accepted = "accepted",
        /// Not accepted, with the reason.
        Disputed = "disputed",
        /// Reported as done, with evidence.
        Reported = "reported",
        /// Not done after all, with the reason.
        Returned = "returned",
        /// Seen to be done.
        Verified = "verified",
        /// No longer needed.
        Withdrawn = "withdrawn",
        /// The deadline is near.
        Reminded = "reminded",
        /// Overdue: raised to the next level.
        Escalated = "escalated",
        /// Given to another body.
        Reassigned = "reassigned",
        /// Another deadline.
        Moved = "moved",
        /// A remark.
        Noted = "noted",
    }
}

impl TaskState {
    /// Whether something is still to be done.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Verified | Self::Withdrawn)
    }

    /// The state after an event; `None` where it can't happen.
    #[must_use]
    pub const fn after(self, event: EventKind) -> Option<Self> {
        use EventKind as E;
        match (self, event) {
            (Self::Open | Self::Disputed | Self::Returned, E::Accepted) => Some(Self::Accepted),
            (Self::Open | Self::Accepted | Self::Returned, E::Disputed) => Some(Self::Disputed),
            (Self::Open | Self::Accepted | Self::Returned | Self::Disputed, E::Reported) => {
                Some(Self::Reported)
            }
            (Self::Reported, E::Returned) => Some(Self::Returned),
            (Self::Reported, E::Verified) => Some(Self::Verified),
            (Self::Verified | Self::Withdrawn, _) | (_, E::Opened) => None,
            (_, E::Withdrawn) => Some(Self::Withdrawn),
            (_, E::Reassigned) => Some(Self::Open),
            (state, E::Reminded | E::Escalated | E::Moved | E::Noted) => Some(state),
            _ => None,
        }
    }
}

/// Whom a task is for: the body of a kind in an area, or the commission of an area.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Addressee {
    /// A kind of state body ([`crate::platform::access::Role::BODIES`]) or [`Addressee::COMMISSION`].
    pub kind: String,
    /// Where.
    pub area_id: String,
}

impl Addressee {
    /// The commission of the area.
    pub const COMMISSION: &'static str = "commission";

    /// The message key of the kind's name.
    #[must_use]
    pub fn message_key(&self) -> String {
        format!("body-{}", self.kind)
    }
}

/// A task to be given.
#[derive(Clone, Debug)]
pub struct NewTask {
    /// Election it belongs to; empty for none.
    pub election_id: String,
    /// Which part of the program asked: `readiness`, `watch`, `incident`, `instruction`.
    pub origin: &'static str,
    /// What asked, by the origin's own key. While a task with this origin and key is open, no other is opened.
    pub origin_key: String,
    /// The station concerned, if one.
    pub station_id: Option<String>,
    /// Where the thing to be mended is: the station's own area, or a larger one.
    pub area_id: String,
    /// Item of a checklist, if it comes from one.
    pub item: String,
    /// How much hangs on it.
    pub severity: Severity,
    /// What is to be done, in three languages. Never says who needs it.
    pub title: Names,
    /// More, in the words of whoever asked; may be empty.
    pub detail: String,
    /// Who must do it.
    pub addressee: Addressee,
    /// Area of the commission that sees for itself that it was done.
    pub verifier_area_id: String,
    /// By when.
    pub due_at: Timestamp,
}

/// A task on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Id.
    pub id: String,
    /// Election; empty for none.
    pub election_id: String,
    /// Which part of the program asked.
    pub origin: String,
    /// The origin's key.
    pub origin_key: String,
    /// The station concerned.
    pub station_id: Option<String>,
    /// Where.
    pub area_id: String,
    /// Item of a checklist.
    pub item: String,
    /// How much hangs on it.
    pub severity: Severity,
    /// What is to be done.
    pub title: Names,
    /// More.
    pub detail: String,
    /// Whose it is.
    pub addressee: Addressee,
    /// Area of the commission that verifies.
    pub verifier_area_id: String,
    /// By when.
    pub due_at: Timestamp,
    /// Since when.
    pub opened_at: Timestamp,
    /// Where it is.
    pub state: TaskState,
    /// How often it was raised to the next level.
    pub level: u64,
    /// How many events it has: whoever changes it says how many they have seen.
    pub events: u64,
    /// When it last changed.
    pub changed_at: Timestamp,
}

impl Task {
    /// Whether its deadline is over and it still waits for the addressee.
    #[must_use]
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.state.is_open() && self.state != TaskState::Reported && self.due_at < now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_follows_the_end_and_everything_open_can_end() {
        for state in TaskState::ALL.iter().copied() {
            for event in EventKind::ALL.iter().copied() {
                let after = state.after(event);
                assert!(state.is_open() || after.is_none(), "{state:?} {event:?}");
            }
            assert_eq!(
                state.after(EventKind::Withdrawn).is_some(),
                state.is_open(),
                "{state:?}"
            );
        }
        assert_eq!(
            TaskState::Open.after(EventKind::Verified),
            None,
            "nobody verifies what nobody reported"
        );
    }
}
