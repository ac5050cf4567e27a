//! What an act rests on: for each kind of act the kinds of decisions that carry it, and whose they must be.

use super::model::NewDecision;
use jiff::civil::Date;

/// Whose decision an act may rest on. The area of the act and every area above it count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// An election commission.
    Commission,
    /// Another body: a maslikhat, an akim.
    OtherBody,
    /// The one or the other.
    Either,
}

macro_rules! purposes {
    ($($(#[$doc:meta])* $variant:ident: $whose:ident $kinds:expr,)*) => {
        /// An act that rests on a decision.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Purpose {
            $($(#[$doc])* $variant,)*
        }
        impl Purpose {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// Kinds of decisions that carry the act; one taken with the act itself is of the first.
            #[must_use]
            pub const fn kinds(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &$kinds),* }
            }
            /// Whose decision it must be.
            #[must_use]
            pub const fn whose(self) -> Whose {
                match self { $(Self::$variant => Whose::$whose),* }
            }
        }
    };
}

purposes! {
    /// A contest is called. Who calls differs between elections (`contest.called_by` in the rules).
    Call: Either ["election_called"],
    /// The territory and the day of a contest are fixed (L 133).
    Territory: OtherBody ["pilot_territories", "election_called"],
    /// An election moves on where the calendar gives no moment.
    Move: Commission ["election_moved", "calendar_changed", "election_called"],
    /// Results are published.
    Publish: Commission ["results_published"],
    /// A step of the calendar is set differently.
    Calendar: Commission ["calendar_changed", "election_called"],
    /// A candidate is registered.
    Register: Commission ["candidate_registered"],
    /// Registration is refused.
    Refuse: Commission ["candidate_refused"],
    /// A registration is cancelled.
    Cancel: Commission ["candidate_cancelled"],
    /// A withdrawal is noted.
    Withdraw: Commission ["candidate_withdrawn"],
    /// The ballot's text is approved.
    Ballot: Commission ["ballot_fixed"],
    /// Nomination goes on for some days.
    Extend: Commission ["nomination_extended"],
    /// Voting is moved.
    Postpone: Commission ["voting_postponed"],
    /// A contest has its outcome.
    Settle: Commission ["outcome_determined"],
    /// A recount is ordered after a contest was settled.
    Recount: Commission ["recount_ordered"],
    /// A member is seated.
    Seat: Either ["member_seated", "commission_formed", "officers_elected"],
    /// A member's powers end.
    EndSeat: Either ["member_ended", "commission_formed", "officers_elected"],
}

impl Purpose {
    /// The kind of a decision that is taken with the act itself.
    #[must_use]
    pub fn kind(self) -> &'static str {
        self.kinds().first().copied().unwrap_or("other")
    }
}

/// Kinds under which the act of another body can be put on record.
pub const ACT_KINDS: &[&str] = &[
    "pilot_territories",
    "election_called",
    "commission_formed",
    "member_seated",
    "member_ended",
    "other",
];

/// The decision behind an act: one on record, or one that is put on record together with the act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis<'a> {
    /// On record, by id.
    Recorded(String),
    /// Taken with the act; kind, election and contest are those of the act.
    Taken {
        /// The decision.
        decision: Box<NewDecision<'a>>,
        /// The signed paper, as it was sent.
        paper: Option<Vec<u8>>,
    },
}

impl Basis<'_> {
    /// A decision on record.
    #[must_use]
    pub fn recorded(id: impl Into<String>) -> Self {
        Self::Recorded(id.into())
    }

    /// The same; one taken with the act is this commission's.
    #[must_use]
    pub fn of(mut self, commission: &str) -> Self {
        if let Self::Taken { decision, .. } = &mut self {
            commission.clone_into(&mut decision.commission_id);
        }
        self
    }
}

/// What an act asks of the decision it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked<'a> {
    /// The act.
    pub purpose: Purpose,
    /// Its area.
    pub area_id: &'a str,
    /// Its election; none for acts that concern none.
    pub election_id: Option<&'a str>,
    /// Its contest; none for acts on a whole election.
    pub contest_id: Option<&'a str>,
    /// The first day that the decision can bear.
    pub not_before: Option<Date>,
    /// The last day that it can bear; today at the latest.
    pub not_after: Option<Date>,
}
