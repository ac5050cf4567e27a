//! Candidates and the states they pass.

use crate::elections::state::states;
use crate::platform::Names;
use electoral::RulePack;
use electoral::calendar::{Counted, Op, Unit, apply};
use electoral::rules::LossAct;
use jiff::Timestamp;
use jiff::civil::Date;

states! {
    /// Where somebody is on the way to the ballot.
    CandidateState {
        /// Nominated.
        Nominated = "nominated",
        /// Registered by the commission.
        Registered = "registered",
        /// Registration was refused.
        Refused = "refused",
        /// Withdrew, or was recalled by the nominator.
        Withdrawn = "withdrawn",
        /// The registration was cancelled.
        Cancelled = "cancelled",
        /// On the ballot.
        OnBallot = "on_ballot",
    }
}

impl CandidateState {
    /// Whether the person is still in the race.
    #[must_use]
    pub const fn is_active(self) -> bool {
        matches!(self, Self::Nominated | Self::Registered | Self::OnBallot)
    }

    /// Whether the person was ever registered, as far as the state itself tells: a withdrawal may have come
    /// before, which only the events know.
    #[must_use]
    pub const fn is_registered(self) -> bool {
        matches!(self, Self::Registered | Self::OnBallot)
    }

    /// Goes on; `None` where the law knows no such step.
    #[must_use]
    pub const fn advance(self, to: Self) -> Option<Self> {
        match (self, to) {
            (Self::Nominated, Self::Registered | Self::Refused | Self::Withdrawn)
            | (Self::Registered, Self::Withdrawn | Self::Cancelled | Self::OnBallot)
            // The ballot is fixed anew when somebody left it; who leaves it, leaves the race.
            | (Self::OnBallot, Self::OnBallot | Self::Withdrawn | Self::Cancelled) => Some(to),
            _ => None,
        }
    }

    /// The act of the rules that leads here, where a reason is needed.
    #[must_use]
    pub const fn loss_act(self) -> Option<LossAct> {
        match self {
            Self::Refused => Some(LossAct::Refusal),
            Self::Withdrawn => Some(LossAct::Withdrawal),
            Self::Cancelled => Some(LossAct::Cancellation),
            Self::Nominated | Self::Registered | Self::OnBallot => None,
        }
    }
}

/// Somebody nominated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Id.
    pub id: String,
    /// The contest.
    pub contest_id: String,
    /// The person.
    pub person_id: String,
    /// The person's names.
    pub names: Names,
    /// Year of birth.
    pub birth_year: i64,
    /// `female`, `male`.
    pub sex: String,
    /// Id of the nominator in the rules: `party`, `self`, `superior_akim`.
    pub nominated_by: String,
    /// The party.
    pub organisation_id: Option<String>,
    /// Its names.
    pub organisation: Option<Names>,
    /// Day of nomination.
    pub nominated_on: Date,
    /// State.
    pub state: CandidateState,
    /// Why the race ended for this person; empty while it hasn't.
    pub reason_code: String,
    /// Place on the ballot.
    pub ballot_position: Option<u64>,
    /// Occupation.
    pub occupation: Names,
    /// Valid signatures needed.
    pub signatures_needed: Option<u64>,
    /// Valid signatures found.
    pub signatures_valid: Option<u64>,
}

/// One change of a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CandidateEvent {
    /// The candidate.
    pub candidate_id: String,
    /// From 1.
    pub sequence: u64,
    /// The state that began.
    pub state: CandidateState,
    /// The day it happened.
    pub on_day: Date,
    /// Why, for a loss.
    pub reason_code: String,
    /// More about it.
    pub note: String,
    /// The decision.
    pub decision_id: Option<String>,
    /// When it was put on record.
    pub made_at: Timestamp,
}

/// One line of the ballot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BallotLine {
    /// The candidate.
    pub candidate_id: String,
    /// From 1.
    pub position: u64,
    /// Names.
    pub names: Names,
    /// Id of the nominator in the rules.
    pub nominated_by: String,
    /// The party.
    pub organisation: Option<Names>,
}

/// How many came how far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Funnel {
    /// Nominated at any time.
    pub nominated: u64,
    /// Registered at any time.
    pub registered: u64,
    /// On the ballot now.
    pub on_ballots: u64,
}

/// The last day on which somebody may still leave the race: with n full days free before voting.
#[must_use]
pub fn last_day_of_change(pack: &RulePack, voting_day: Date) -> Option<Date> {
    let n = pack.candidates.as_ref()?.no_change_days.as_ref()?.value;
    match apply(
        Op::EndBefore,
        voting_day,
        i32::try_from(n).ok()?,
        Unit::Days,
    ) {
        Ok(Counted::Day(day)) => Some(day),
        _ => None,
    }
}

/// What is known of a person's age on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgeCheck {
    /// Old enough.
    Met,
    /// Too young.
    NotMet,
    /// The year alone doesn't tell; the date of birth is needed.
    Unknown,
}

/// Compares an age with the least one, by the date of birth or, without it, by the year.
#[must_use]
pub fn check_age(least: u32, birth_year: i64, birth_date: Option<Date>, day: Date) -> AgeCheck {
    let years = i64::from(day.year()).saturating_sub(birth_year);
    let least = i64::from(least);
    let birthday_to_come = |born: Date| (day.month(), day.day()) < (born.month(), born.day());
    match birth_date {
        _ if years < least => AgeCheck::NotMet,
        _ if years > least => AgeCheck::Met,
        Some(born) if birthday_to_come(born) => AgeCheck::NotMet,
        Some(_) => AgeCheck::Met,
        None => AgeCheck::Unknown,
    }
}
