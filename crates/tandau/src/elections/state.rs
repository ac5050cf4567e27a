//! The states of an election and what must be true before it moves on.

use jiff::Timestamp;

macro_rules! states {
    ($(#[$outer:meta])* $type:ident { $($(#[$doc:meta])* $variant:ident = $name:literal,)* }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type {
            $($(#[$doc])* $variant,)*
        }
        impl $type {
            /// All of them, in their order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// The word kept in tables, files and policies.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
            /// The state of a word.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|s| s.as_str() == text)
            }
        }
    };
}
pub(crate) use states;

states! {
    /// Where an election is, from its call to its publication.
    ElectionState {
        /// Called; nomination has not begun.
        Called = "called",
        /// Candidates are nominated.
        Nomination = "nomination",
        /// Nomination has ended; candidates are registered.
        Registration = "registration",
        /// Registration has ended; candidates may campaign.
        Campaign = "campaign",
        /// The campaign has ended: the day before voting.
        Silence = "silence",
        /// The first station has opened.
        Voting = "voting",
        /// The last station has closed; protocols are counted and accepted.
        Counting = "counting",
        /// Every contest of its voting day has its outcome.
        Determined = "determined",
        /// The results are published.
        Published = "published",
    }
}

/// What the calendar and the contests say at the moment of a move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The moment of the act.
    pub now: Timestamp,
    /// Whether a decision stands behind the move.
    pub decided: bool,
    /// Nomination starts.
    pub nomination_start: Option<Timestamp>,
    /// Nomination ends.
    pub nomination_end: Option<Timestamp>,
    /// Registration ends, and the campaign starts with it.
    pub registration_end: Option<Timestamp>,
    /// The campaign ends in the first of the election's zones.
    pub campaign_end: Option<Timestamp>,
    /// The first station opens.
    pub first_opening: Option<Timestamp>,
    /// The last station closes.
    pub last_closing: Option<Timestamp>,
    /// Contests of the election.
    pub contests: u64,
    /// Contests that no decision has called.
    pub uncalled: u64,
    /// Contests that it waits for: without an outcome, and not moved to a later day.
    pub open_contests: u64,
}

/// Why an election stays where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// States are not skipped and not taken back.
    NotNext {
        /// Where it is.
        from: ElectionState,
        /// Where it was to go.
        to: ElectionState,
    },
    /// The moment of the calendar has not come.
    TooEarly {
        /// When it comes.
        at: Timestamp,
    },
    /// The rules give no moment, or the law asks for a decision: only that can move it.
    NeedsDecision,
    /// There is nothing to vote on yet.
    NoContests,
    /// Contests that no decision has called.
    NotCalled {
        /// How many.
        open: u64,
        /// Of how many.
        of: u64,
    },
    /// Contests without an outcome.
    ContestsOpen {
        /// How many.
        open: u64,
        /// Of how many.
        of: u64,
    },
}

impl ElectionState {
    /// The state that follows; none after the last.
    #[must_use]
    pub const fn next(self) -> Option<Self> {
        match self {
            Self::Called => Some(Self::Nomination),
            Self::Nomination => Some(Self::Registration),
            Self::Registration => Some(Self::Campaign),
            Self::Campaign => Some(Self::Silence),
            Self::Silence => Some(Self::Voting),
            Self::Voting => Some(Self::Counting),
            Self::Counting => Some(Self::Determined),
            Self::Determined => Some(Self::Published),
            Self::Published => None,
        }
    }

    /// Moves on, if everything that must be true is.
    ///
    /// # Errors
    /// [`Refusal`] says what is missing.
    pub fn advance(self, to: Self, facts: &Facts) -> Result<Self, Refusal> {
        if self.next() != Some(to) {
            return Err(Refusal::NotNext { from: self, to });
        }
        if facts.contests == 0 {
            return Err(Refusal::NoContests);
        }
        match to {
            Self::Called => Ok(to),
            Self::Nomination if facts.uncalled > 0 => Err(Refusal::NotCalled {
                open: facts.uncalled,
                of: facts.contests,
            }),
            Self::Nomination => facts.since(to, facts.nomination_start),
            Self::Registration => facts.since(to, facts.nomination_end),
            Self::Campaign => facts.since(to, facts.registration_end),
            Self::Silence => facts.since(to, facts.campaign_end),
            Self::Voting => facts.since(to, facts.first_opening),
            Self::Counting => facts.since(to, facts.last_closing),
            // A recount that was ordered after the outcome keeps an election from being published.
            Self::Determined | Self::Published if facts.open_contests > 0 => {
                Err(Refusal::ContestsOpen {
                    open: facts.open_contests,
                    of: facts.contests,
                })
            }
            Self::Published if !facts.decided => Err(Refusal::NeedsDecision),
            Self::Determined | Self::Published => Ok(to),
        }
    }
}

impl Facts {
    fn since(
        &self,
        to: ElectionState,
        moment: Option<Timestamp>,
    ) -> Result<ElectionState, Refusal> {
        match moment {
            Some(at) if self.now < at => Err(Refusal::TooEarly { at }),
            None if !self.decided => Err(Refusal::NeedsDecision),
            Some(_) | None => Ok(to),
        }
    }

    /// The moment from which a state may begin, where the calendar gives one.
    #[must_use]
    pub const fn moment(&self, to: ElectionState) -> Option<Timestamp> {
        match to {
            ElectionState::Nomination => self.nomination_start,
            ElectionState::Registration => self.nomination_end,
            ElectionState::Campaign => self.registration_end,
            ElectionState::Silence => self.campaign_end,
            ElectionState::Voting => self.first_opening,
            ElectionState::Counting => self.last_closing,
            _ => None,
        }
    }
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;
