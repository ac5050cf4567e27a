use serde::Serialize;

use crate::rules::{RulePack, Source, System};

/// The votes of one single-seat contest, as far as counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally<C> {
    /// Candidates with their votes.
    pub votes: Vec<(C, u64)>,
    /// Ballots against all; counted, never elected.
    pub against_all: u64,
    /// Stations whose protocols are accepted.
    pub stations_counted: u32,
    /// Stations of the contest.
    pub stations_expected: u32,
    /// Voters on the lists of the stations that are missing.
    pub voters_remaining: u64,
    /// Why the commission declared the contest invalid, if it did.
    pub declared_invalid: Option<String>,
}

/// A tally that can't be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TallyError {
    /// These rules don't elect one person by most votes.
    #[error("these rules do not decide by most votes")]
    NotPlurality,
    /// No candidate on the ballot.
    #[error("there is no candidate")]
    NoCandidates,
    /// A candidate stands twice.
    #[error("a candidate stands twice")]
    Duplicate,
    /// More stations counted than the contest has.
    #[error("more stations are counted than the contest has")]
    TooManyStations,
}

/// What the votes of a single-seat contest decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Outcome<C> {
    /// More votes than any other candidate.
    Elected {
        /// Who.
        candidate: C,
        /// Their votes.
        votes: u64,
        /// Votes ahead of the next candidate.
        margin: u64,
    },
    /// The highest number of votes is shared: the election is repeated.
    Tie {
        /// Who, in the order of the ballot.
        candidates: Vec<C>,
        /// Their votes.
        votes: u64,
    },
    /// Everything is counted and no candidate has a vote.
    NoVotes,
    /// The commission declared the contest invalid: the election is repeated.
    Invalid {
        /// Its reason.
        reason: String,
    },
    /// Stations are missing.
    Incomplete {
        /// Who leads, in the order of the ballot; several where they are level, nobody without votes.
        leaders: Vec<C>,
        /// Votes ahead of the next candidate.
        margin: u64,
        /// Stations missing.
        stations_missing: u32,
        /// Voters on the lists of those stations.
        voters_remaining: u64,
        /// Whether the leader would win however the missing voters vote.
        settled: bool,
    },
}

impl<C> Outcome<C> {
    /// The rule that this outcome rests on.
    #[must_use]
    pub fn source<'p>(&self, pack: &'p RulePack) -> Option<&'p Source> {
        let result = pack.result.as_ref()?;
        match self {
            Self::Elected { .. } | Self::Incomplete { .. } => Some(&result.elected.source),
            Self::Tie { .. } | Self::NoVotes => Some(&result.repeat_months.as_ref()?.source),
            Self::Invalid { .. } => Some(&result.invalid.as_ref()?.source),
        }
    }

    /// Months in which the election must be repeated, where the outcome asks for it.
    #[must_use]
    pub fn repeat_within_months(&self, pack: &RulePack) -> Option<u32> {
        match self {
            Self::Tie { .. } | Self::NoVotes | Self::Invalid { .. } => {
                Some(pack.result.as_ref()?.repeat_months.as_ref()?.value)
            }
            Self::Elected { .. } | Self::Incomplete { .. } => None,
        }
    }
}

/// Decides a contest by most votes. The order of candidates doesn't change who is elected.
///
/// # Errors
/// [`TallyError`] for rules of another kind or a tally that can't be right.
pub fn determine<C: Clone + PartialEq>(
    pack: &RulePack,
    tally: &Tally<C>,
) -> Result<Outcome<C>, TallyError> {
    if pack.contest.system.value != System::Plurality {
        return Err(TallyError::NotPlurality);
    }
    check(tally)?;
    if let Some(reason) = &tally.declared_invalid {
        return Ok(Outcome::Invalid {
            reason: reason.clone(),
        });
    }
    let top = tally
        .votes
        .iter()
        .map(|(_, votes)| *votes)
        .max()
        .unwrap_or(0);
    let leaders: Vec<C> = tally
        .votes
        .iter()
        .filter(|(_, votes)| *votes == top && top > 0)
        .map(|(candidate, _)| candidate.clone())
        .collect();
    let second = tally
        .votes
        .iter()
        .map(|(_, votes)| *votes)
        .filter(|votes| *votes < top)
        .max()
        .unwrap_or(0);
    let margin = if leaders.len() == 1 { top - second } else { 0 };
    let stations_missing = tally.stations_expected - tally.stations_counted;
    if stations_missing > 0 {
        let settled = leaders.len() == 1 && margin > tally.voters_remaining;
        return Ok(Outcome::Incomplete {
            leaders,
            margin,
            stations_missing,
            voters_remaining: tally.voters_remaining,
            settled,
        });
    }
    Ok(match leaders.as_slice() {
        [] => Outcome::NoVotes,
        [candidate] => Outcome::Elected {
            candidate: candidate.clone(),
            votes: top,
            margin,
        },
        _ => Outcome::Tie {
            candidates: leaders,
            votes: top,
        },
    })
}

fn check<C: PartialEq>(tally: &Tally<C>) -> Result<(), TallyError> {
    if tally.votes.is_empty() {
        return Err(TallyError::NoCandidates);
    }
    let repeated = |(index, (candidate, _)): (usize, &(C, u64))| {
        let before = tally.votes.iter().take(index);
        before.into_iter().any(|(other, _)| other == candidate)
    };
    if tally.votes.iter().enumerate().any(repeated) {
        return Err(TallyError::Duplicate);
    }
    if tally.stations_counted > tally.stations_expected {
        return Err(TallyError::TooManyStations);
    }
    Ok(())
}
