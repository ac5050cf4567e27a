//! The room's words: what a contest came to, and how its protocols stand.

use crate::platform::Names;
use electoral::RulePack;
use jiff::civil::Date;
use jiff::{Span, Timestamp};

/// How a contest ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutcomeKind {
    /// One candidate has more votes than any other.
    Elected,
    /// The highest number of votes is shared: the election is repeated.
    Tie,
    /// Everything is counted and no candidate has a vote: the election is repeated.
    NoVotes,
    /// The commission declared the contest invalid: the election is repeated.
    Invalid,
}

impl OutcomeKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Elected, Self::Tie, Self::NoVotes, Self::Invalid];

    /// The word kept in the table and used in exports.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Elected => "elected",
            Self::Tie => "tie",
            Self::NoVotes => "no_votes",
            Self::Invalid => "invalid",
        }
    }

    /// The outcome of a word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether the election is repeated.
    #[must_use]
    pub const fn is_repeated(self) -> bool {
        !matches!(self, Self::Elected)
    }

    /// Key of the word for people.
    #[must_use]
    pub const fn message_key(self) -> &'static str {
        match self {
            Self::Elected => "results-outcome-elected",
            Self::Tie => "results-outcome-tie",
            Self::NoVotes => "results-outcome-no-votes",
            Self::Invalid => "results-outcome-invalid",
        }
    }
}

/// Until when an election is repeated, by its rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RepeatTerm {
    /// Months from the voting day.
    pub months: u32,
    /// The last day.
    pub last: Date,
}

impl RepeatTerm {
    /// The term after a voting day; none where the rules give none.
    ///
    /// # Errors
    /// A day outside the calendar.
    pub fn after(pack: &RulePack, voting_day: Date) -> Result<Option<Self>, jiff::Error> {
        let rule = pack.result.as_ref().and_then(|r| r.repeat_months.as_ref());
        rule.map(|months| {
            Ok(Self {
                months: months.value,
                last: voting_day.checked_add(Span::new().months(i64::from(months.value)))?,
            })
        })
        .transpose()
    }
}

/// A contest that repeats another, or is repeated by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// The other contest.
    pub contest_id: String,
    /// Its election.
    pub election_id: String,
    /// Code of its territory.
    pub code: String,
    /// Its day of voting.
    pub voting_day: Date,
    /// The decision that called the repeat election.
    pub decision_id: String,
}

impl Repeat {
    /// Address of the other contest.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/elections/{}/contests/{}", self.election_id, self.code)
    }
}

/// A determined outcome; a correction is a new version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The contest.
    pub contest_id: String,
    /// From 1.
    pub version: u64,
    /// How it ended.
    pub kind: OutcomeKind,
    /// Who is elected; only for [`OutcomeKind::Elected`].
    pub candidate_id: Option<String>,
    /// Votes of the leader or of those who tie.
    pub votes: u64,
    /// Votes ahead of the next candidate.
    pub margin: u64,
    /// Candidates who share the highest number of votes, in ballot order.
    pub tied: Vec<String>,
    /// Why the contest was declared invalid.
    pub reason: String,
    /// The article the outcome rests on.
    pub article: String,
    /// The commission's decision.
    pub decision_id: String,
    /// When it was put on record.
    pub made_at: Timestamp,
}

/// The elected person's way into office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakingOffice {
    /// Who.
    pub candidate_id: String,
    /// Day of the written resignation from incompatible duties.
    pub resigned_on: Date,
    /// The commission's decision that registers.
    pub decision_id: String,
    /// Powers begin with the registration.
    pub powers_from: Date,
}

/// Where the protocols of some stations are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Stations from which a protocol is expected.
    pub expected: u64,
    /// Accepted, with an act or without.
    pub accepted: u64,
    /// Sent and being looked at by the higher commission.
    pub checking: u64,
    /// Sent as the paper says, with faults.
    pub faulty: u64,
    /// Returned for a recount.
    pub returned: u64,
}

impl Progress {
    /// Stations from which nothing has come yet.
    #[must_use]
    pub fn missing(&self) -> u64 {
        self.expected
            .saturating_sub(self.accepted)
            .saturating_sub(self.checking)
            .saturating_sub(self.faulty)
            .saturating_sub(self.returned)
    }

    /// True when every protocol is accepted.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.expected > 0 && self.accepted == self.expected
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            expected: self.expected.saturating_add(other.expected),
            accepted: self.accepted.saturating_add(other.accepted),
            checking: self.checking.saturating_add(other.checking),
            faulty: self.faulty.saturating_add(other.faulty),
            returned: self.returned.saturating_add(other.returned),
        }
    }
}

/// What is happening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// No station has opened.
    Before,
    /// Stations are open.
    Voting,
    /// Some stations have closed; votes wait for the last one.
    Closing,
    /// All stations have closed, protocols arrive.
    Counting,
    /// All protocols are accepted.
    Counted,
    /// All outcomes are determined.
    Determined,
    /// The results are published.
    Published,
}

impl Moment {
    /// Only after the last closing; [`super::queries::public_votes`] made it so.
    #[must_use]
    pub const fn votes_are_public(self) -> bool {
        matches!(
            self,
            Self::Counting | Self::Counted | Self::Determined | Self::Published
        )
    }
}

/// A figure that somebody else published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedFigure {
    /// What was counted.
    pub label: Names,
    /// The figure as published: `4660`, `62.79 %`.
    pub figure: String,
    /// Where it was published.
    pub source: String,
}
