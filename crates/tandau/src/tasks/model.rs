//! The words of tasks: states, what may follow what, whom a task is for. Pure.

use crate::elections::state::states;
use crate::platform::Names;
use electoral::checklist::{Evidence, Severity};
use jiff::{SignedDuration, Timestamp};

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
            // What was reported waits for somebody to see, not for another to do it.
            (Self::Reported, E::Reassigned) => None,
            (_, E::Reassigned) => Some(Self::Open),
            (state, E::Reminded | E::Escalated | E::Moved | E::Noted) => Some(state),
            _ => None,
        }
    }
}

/// Whom a task is for: the body of a kind in an area, or the commission of an area.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// What a report of completion must bring along.
    pub evidence: Vec<Evidence>,
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
    /// What a report of completion must bring along.
    pub evidence: Vec<Evidence>,
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
    /// When its addressee was reminded of the present deadline.
    pub reminded_at: Option<Timestamp>,
    /// When it goes to the next level unless something happens; `None` where nobody is above.
    pub raise_at: Option<Timestamp>,
}

/// Longest title, in characters.
pub const MAX_TITLE_CHARS: usize = 300;
/// Longest text of an event and longest detail, in characters.
pub const MAX_TEXT_CHARS: usize = 3_000;
/// Papers that one report may bring.
pub const MAX_PAPERS: usize = 5;
/// No deadline lies further ahead.
pub const MAX_DAYS_AHEAD: i64 = 400;
/// The origin of instructions given by hand.
pub const BY_HAND: &str = "instruction";

states! {
    /// Why somebody is an addressee of a task.
    Cause {
        /// It is theirs.
        Owner = "owner",
        /// It was overdue and raised to them.
        Escalated = "escalated",
        /// It was theirs before it was given to somebody else.
        Former = "former",
    }
}

states! {
    /// The lists of the page of tasks.
    List {
        /// The deadline is over and nothing was reported.
        Overdue = "overdue",
        /// Reported; waits for somebody to see for themselves.
        Waiting = "waiting",
        /// Still in time.
        Open = "open",
        /// Verified or withdrawn.
        Done = "done",
    }
}

/// Whose tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All that concern an area or what lies below it.
    Under(String),
    /// What is addressed to a body, or was raised to it.
    Addressed(Addressee),
}

impl Scope {
    /// Area and kind; the kind is blank for an area.
    #[must_use]
    pub fn parts(&self) -> [&str; 2] {
        match self {
            Self::Under(area_id) => [area_id, ""],
            Self::Addressed(body) => [&body.area_id, &body.kind],
        }
    }
}

/// Which of them; blank for any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Kind of addressee.
    pub kind: String,
    /// Only what concerns this area or lies below it.
    pub area_id: String,
    /// Severity.
    pub severity: String,
    /// Number of the station.
    pub station: String,
    /// Words of the title or the details.
    pub words: String,
    /// Area of the addressee itself.
    pub owner_area_id: String,
}

/// Open tasks of an area with all below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Below {
    /// The area.
    pub area_id: String,
    /// Open, whatever their deadline.
    pub open: u64,
    /// Of them: the deadline is over.
    pub overdue: u64,
    /// Of them: reported, wait for verification.
    pub waiting: u64,
}

/// An event to be written.
#[derive(Clone, Debug, Default)]
pub struct NewEvent {
    /// Words: a reason, a report, a remark.
    pub text: String,
    /// The deadline that it sets.
    pub due_at: Option<Timestamp>,
    /// Whom it gives the task to, or raises it to.
    pub to: Option<Addressee>,
    /// Kept papers, by their ids.
    pub papers: Vec<String>,
    /// When it would be raised once more, for [`EventKind::Escalated`].
    pub raise_at: Option<Timestamp>,
    /// Handed on by somebody to whom it was raised, for [`EventKind::Reassigned`]: it stays as high as it was.
    pub handed_on: bool,
    /// The act of the task's origin of which it is a part, where the origin keeps the record; empty otherwise.
    pub act: String,
}

impl NewEvent {
    /// One that says something.
    #[must_use]
    pub fn saying(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            ..Self::default()
        }
    }
}

/// A paper of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Place among the papers of its event, from 1.
    pub position: u64,
    /// The stored file.
    pub file_id: String,
    /// `image/jpeg`, `image/png` or `application/pdf`.
    pub media_type: String,
}

/// An event on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// Number, from 1.
    pub sequence: u64,
    /// What.
    pub kind: EventKind,
    /// Words.
    pub text: String,
    /// Who.
    pub made_by: String,
    /// Name of whoever made it, if a person.
    pub name: Option<Names>,
    /// In which office.
    pub office: String,
    /// Name of the area of that office.
    pub office_area: Option<Names>,
    /// When.
    pub at: Timestamp,
    /// The deadline it set.
    pub due_at: Option<Timestamp>,
    /// Whom it gave the task to.
    pub to: Option<Addressee>,
    /// Papers.
    pub papers: Vec<Paper>,
}

/// How long a task waits before it is raised to the next level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waits {
    /// After its deadline, for its addressee.
    pub late: SignedDuration,
    /// After a report, for whoever verifies it.
    pub unverified: SignedDuration,
}

/// How many tasks stand in each list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The deadline is over and nothing was reported.
    pub overdue: u64,
    /// Wait for verification.
    pub waiting: u64,
    /// Still in time.
    pub open: u64,
    /// Verified or withdrawn.
    pub done: u64,
}

impl Counts {
    /// Of one list.
    #[must_use]
    pub const fn of(&self, list: List) -> u64 {
        match list {
            List::Overdue => self.overdue,
            List::Waiting => self.waiting,
            List::Open => self.open,
            List::Done => self.done,
        }
    }
}

impl Task {
    /// The list it stands in.
    #[must_use]
    pub fn list(&self, now: Timestamp) -> List {
        if !self.state.is_open() {
            List::Done
        } else if self.state == TaskState::Reported {
            List::Waiting
        } else if self.is_overdue(now) {
            List::Overdue
        } else {
            List::Open
        }
    }

    /// The task as an event leaves it.
    #[must_use]
    pub fn with(
        &self,
        kind: EventKind,
        event: &NewEvent,
        state: TaskState,
        now: Timestamp,
        waits: Waits,
    ) -> Self {
        let mut after = Self {
            state,
            events: self.events.saturating_add(1),
            changed_at: now,
            ..self.clone()
        };
        match kind {
            EventKind::Moved => {
                after.due_at = event.due_at.unwrap_or(self.due_at);
                after.reminded_at = None;
            }
            EventKind::Reassigned => {
                after.addressee = event.to.clone().unwrap_or_else(|| self.addressee.clone());
                after.reminded_at = None;
                if !event.handed_on {
                    after.level = 0;
                }
            }
            EventKind::Reminded => after.reminded_at = Some(now),
            EventKind::Escalated => {
                after.level = self.level.saturating_add(u64::from(event.to.is_some()));
                after.raise_at = event.raise_at;
            }
            _ => {}
        }
        // Whoever has it anew, or once more, has the whole time again.
        if matches!(
            kind,
            EventKind::Opened | EventKind::Moved | EventKind::Reassigned | EventKind::Returned
        ) {
            after.raise_at = after.due_at.max(now).checked_add(waits.late).ok();
        }
        if kind == EventKind::Reported {
            after.raise_at = now.checked_add(waits.unverified).ok();
        }
        after
    }

    /// The task as it stood before a moment, by what had happened to it until then; none where it had not been given.
    #[must_use]
    pub fn before(&self, history: &[Happened], moment: Timestamp) -> Option<Self> {
        let mut past: Vec<&Happened> = history.iter().filter(|e| e.at < moment).collect();
        past.sort_by_key(|event| event.sequence);
        past.first()?;
        let mut then = Self {
            state: TaskState::Open,
            level: 0,
            reminded_at: None,
            raise_at: None,
            ..self.clone()
        };
        for event in past {
            then.state = then.state.after(event.kind).unwrap_or(then.state);
            then.events = event.sequence;
            then.changed_at = event.at;
            if matches!(event.kind, EventKind::Opened | EventKind::Moved) {
                then.due_at = event.due_at.unwrap_or(then.due_at);
            }
            if matches!(event.kind, EventKind::Opened | EventKind::Reassigned) {
                then.addressee = event.to.clone().unwrap_or(then.addressee);
            }
        }
        Some(then)
    }

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
