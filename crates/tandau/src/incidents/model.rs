//! The words of incidents: states and what may follow what, the response clock, what a report must say. Pure.

use crate::elections::state::states;
use crate::platform::{Error, FieldProblem, T};
use electoral::checklist::Severity;
use electoral::incidents::IncidentRules;
use jiff::{SignedDuration, Timestamp};

/// Where tasks of outside bodies come from ([`crate::tasks::NewTask::origin`]); the key is `{incident}/{event}`.
pub const ORIGIN: &str = "incident";
/// The kind of envelope that brings a report ([`crate::platform::inbox::Intake::kind`]).
///
/// Fields: `election` and `station` (ids; the newest election of the station where `election` is blank), `number` (of the
/// station, in the election, where `station` is blank; without either it is about the place of its author), `kind` (of the
/// rules), `severity` (`critical`, `major`, `minor`; blank: the kind's own), `what` (words), `happened` (a moment such as
/// `2023-11-05T07:30`, by the station's clocks; blank: when the form was filled in), `item` (of the checklist, may be
/// blank), `finding` (code of a check of the protocol, may be blank); photos under `photo`. The envelope's id becomes
/// the incident's.
pub const REPORT: &str = "incident.report";
/// Characters of what happened, of a note, of a reason.
pub const MAX_TEXT: usize = 2_000;
/// Photos of one event at most.
pub const MAX_PHOTOS: usize = 5;

states! {
    /// Where an incident is.
    State {
        /// Reported; nobody has it.
        Open = "open",
        /// Somebody has been given it and has not begun.
        Assigned = "assigned",
        /// Somebody acts.
        InHand = "in_hand",
        /// An outside body was asked and has not answered.
        Waiting = "waiting",
        /// Over.
        Closed = "closed",
        /// The same as another one, which goes on for both.
        Merged = "merged",
    }
}

impl State {
    /// Whether something is still to be done.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Closed | Self::Merged)
    }
}

states! {
    /// What happened to an incident.
    EventKind {
        /// It was reported.
        Reported = "reported",
        /// It was given to an office or a person.
        Assigned = "assigned",
        /// Somebody has begun to act.
        Started = "started",
        /// An outside body was asked.
        Escalated = "escalated",
        /// The outside body answered.
        Answered = "answered",
        /// A note of what was done, perhaps with photos.
        Noted = "noted",
        /// It is graver or lighter than was thought.
        Regraded = "regraded",
        /// It is over; says what was done.
        Closed = "closed",
        /// It is not over after all; says why.
        Reopened = "reopened",
        /// It is the same as another one.
        Merged = "merged",
        /// It is not the same after all.
        Unmerged = "unmerged",
    }
}

/// Where an incident stands. Passing on consumes it: an old position can't be used again.
#[derive(Debug, PartialEq, Eq)]
pub struct Position {
    state: State,
    /// Where it stood before it was merged.
    before_merge: Option<State>,
}

/// An event that is not possible where the incident stands.
#[derive(Debug, PartialEq, Eq)]
pub struct NotNow;

impl Position {
    /// As tables hold it.
    #[must_use]
    pub const fn new(state: State, before_merge: Option<State>) -> Self {
        Self {
            state,
            before_merge,
        }
    }

    /// Where it is.
    #[must_use]
    pub const fn state(&self) -> State {
        self.state
    }

    /// Where it was before it was merged.
    #[must_use]
    pub const fn before_merge(&self) -> Option<State> {
        self.before_merge
    }

    /// Where it stands after an event.
    ///
    /// # Errors
    /// [`NotNow`] where the event can't happen.
    pub fn after(self, event: EventKind) -> Result<Self, NotNow> {
        use EventKind as E;
        use State as S;
        let to = match (self.state, event) {
            (_, E::Reported) => return Err(NotNow),
            (S::Merged, E::Unmerged) => {
                return Ok(Self::new(self.before_merge.ok_or(NotNow)?, None));
            }
            // A body may answer whatever has become of the incident meanwhile.
            (S::Waiting, E::Answered) => S::InHand,
            (state, E::Answered) => state,
            (S::Merged, _) | (_, E::Unmerged) => return Err(NotNow),
            (state, E::Merged) => return Ok(Self::new(S::Merged, Some(state))),
            (state, E::Noted) => state,
            (S::Closed, E::Reopened) => S::Open,
            (S::Closed, _) | (_, E::Reopened) => return Err(NotNow),
            (S::Open | S::Assigned, E::Assigned) => S::Assigned,
            (state, E::Assigned | E::Regraded) => state,
            (S::Open | S::Assigned, E::Started) => S::InHand,
            (S::InHand | S::Waiting, E::Started) => return Err(NotNow),
            (_, E::Escalated) => S::Waiting,
            (_, E::Closed) => S::Closed,
        };
        Ok(Self::new(to, self.before_merge))
    }
}

/// To whom an incident was given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assignee {
    /// An office, as grants write it: `district.secretary`.
    pub role: String,
    /// Its area.
    pub area_id: String,
    /// The person in it, where one was named.
    pub person: String,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewIncident {
    /// Made with the form, or on the phone: the same report sent twice is one incident.
    pub id: String,
    /// The election; empty for the station's newest.
    pub election_id: String,
    /// The station, if it is about one.
    pub station_id: Option<String>,
    /// Where, if it is about no single station.
    pub area_id: String,
    /// Kind of the rules.
    pub kind: String,
    /// How grave; none for the kind's own.
    pub severity: Option<Severity>,
    /// What happened.
    pub what: String,
    /// Item of the checklist.
    pub item: String,
    /// Check of the protocol.
    pub finding: String,
    /// When; none for now.
    pub happened_at: Option<Timestamp>,
    /// Kept photos.
    pub photos: Vec<String>,
}

/// An incident as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// Id.
    pub id: String,
    /// The election.
    pub election_id: String,
    /// Number in the election, for people who speak about it.
    pub number: u64,
    /// The contest of its station; empty for none.
    pub contest_id: String,
    /// The station.
    pub station_id: Option<String>,
    /// The station's own area, or a larger one.
    pub area_id: String,
    /// Its region.
    pub region_id: Option<String>,
    /// Its district or city.
    pub district_id: Option<String>,
    /// Kind of the rules.
    pub kind: String,
    /// How grave.
    pub severity: Severity,
    /// What happened, as it was reported.
    pub what: String,
    /// Item of the checklist.
    pub item: String,
    /// Check of the protocol.
    pub finding: String,
    /// When it happened.
    pub happened_at: Timestamp,
    /// Who reported.
    pub reported_by: String,
    /// When.
    pub reported_at: Timestamp,
    /// Since when the response clock runs.
    pub clock_from: Timestamp,
    /// Until when somebody must have begun to act.
    pub respond_by: Timestamp,
    /// When somebody began.
    pub responded_at: Option<Timestamp>,
    /// Seconds from the report to the first act.
    pub response_seconds: Option<i64>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// Where it is.
    pub state: State,
    /// Where it was before it was merged.
    pub before_merge: Option<State>,
    /// The one that goes on for it.
    pub merged_into: Option<String>,
    /// To whom it was given.
    pub assignee: Assignee,
    /// How many events it has: whoever changes it says how many they have seen.
    pub events: u64,
    /// When it last changed.
    pub changed_at: Timestamp,
}

/// How the response clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clock {
    /// Nobody has begun and the time is over, so many minutes ago.
    Over(i64),
    /// Nobody has begun; so many minutes are left.
    Left(i64),
    /// Somebody has begun, or it is over.
    Stopped,
}

impl Incident {
    /// The response clock at a moment.
    #[must_use]
    pub fn clock(&self, now: Timestamp) -> Clock {
        if self.responded_at.is_some() || !self.state.is_open() {
            return Clock::Stopped;
        }
        let left = self.respond_by.duration_since(now).as_secs();
        if left < 0 {
            // A minute that has begun counts: "0 minutes over" would say nothing.
            Clock::Over((-left).saturating_add(59) / 60)
        } else {
            Clock::Left(left.saturating_add(59) / 60)
        }
    }

    /// Moves the incident by an event at a moment; the clock follows.
    ///
    /// # Errors
    /// [`NotNow`].
    pub fn pass(&mut self, event: EventKind, now: Timestamp) -> Result<(), NotNow> {
        let position = Position::new(self.state, self.before_merge).after(event)?;
        self.state = position.state();
        self.before_merge = position.before_merge();
        match event {
            EventKind::Started | EventKind::Escalated | EventKind::Closed
                if self.responded_at.is_none() =>
            {
                self.responded_at = Some(now);
                if self.response_seconds.is_none() {
                    let taken = now.duration_since(self.reported_at).as_secs();
                    self.response_seconds = Some(taken.max(0));
                }
            }
            _ => {}
        }
        match event {
            EventKind::Closed => self.closed_at = Some(now),
            EventKind::Reopened => {
                self.closed_at = None;
                self.responded_at = None;
                self.clock_from = now;
            }
            _ => {}
        }
        Ok(())
    }

    /// Sets the end of the clock by the rules.
    pub fn set_clock(&mut self, rules: &IncidentRules) {
        let minutes = rules
            .kind(&self.kind)
            .map_or(rules.response.of(self.severity), |kind| {
                rules.response_minutes(kind, self.severity)
            });
        self.respond_by = after_minutes(self.clock_from, minutes);
    }
}

/// So many minutes later.
#[must_use]
pub fn after_minutes(from: Timestamp, minutes: u16) -> Timestamp {
    from.checked_add(SignedDuration::from_mins(i64::from(minutes)))
        .unwrap_or(from)
}

impl NewIncident {
    /// Checks everything that needs no table.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming each field.
    pub fn check(&self, t: T, rules: &IncidentRules, now: Timestamp) -> Result<(), Error> {
        let mut problems = Vec::new();
        let mut add = |field: &str, message: String| {
            problems.push(FieldProblem {
                field: field.to_owned(),
                message,
            });
        };
        if rules.kind(&self.kind).is_none() {
            add("kind", t.form_choice());
        }
        match self.what.trim().chars().count() {
            0 => add("what", t.form_required()),
            n if n > MAX_TEXT => add("what", t.form_too_long(2_000)),
            _ => {}
        }
        let days_back = i64::from(rules.reported_within_days);
        if let Some(at) = self.happened_at {
            let ago = now.duration_since(at).as_secs();
            if ago < 0 {
                add("happened", t.incidents_in_future());
            } else if ago > days_back * 86_400 {
                add("happened", t.incidents_long_ago(days_back));
            }
        }
        let word = |text: &str| {
            text.len() <= 40
                && text
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
        };
        if !word(&self.item) {
            add("item", t.form_choice());
        }
        if !word(&self.finding) {
            add("finding", t.form_choice());
        }
        if self.photos.len() > MAX_PHOTOS {
            add("photo", t.incidents_photos(5));
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Error::Invalid(problems))
        }
    }
}
