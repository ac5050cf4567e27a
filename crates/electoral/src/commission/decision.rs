use serde::{Deserialize, Serialize};

use crate::number::Fraction;
use crate::rules::CommissionRules;

/// Members and their open votes on one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Votes {
    /// All members of the commission.
    pub members: u32,
    /// Members present.
    pub present: u32,
    /// Votes for.
    pub yes: u32,
    /// Votes against.
    pub no: u32,
}

/// Whether a decision stands, with the numbers that say why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Verdict {
    /// It passed.
    Passed {
        /// Votes needed.
        needed: u32,
    },
    /// Too few members were present to decide anything.
    NoQuorum {
        /// Members needed.
        needed: u32,
    },
    /// Too few votes for: more than half of all members are needed.
    NotPassed {
        /// Votes needed.
        needed: u32,
    },
}

/// Numbers that can't describe a vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecisionError {
    /// A commission without members.
    #[error("the commission has no members")]
    NoMembers,
    /// More present than members.
    #[error("more members are present than the commission has")]
    TooManyPresent,
    /// More votes than members present.
    #[error("there are more votes than members present")]
    TooManyVotes,
}

/// Fewest members present for a valid session: the fraction of all members, rounded up.
#[must_use]
pub fn quorum(members: u32, part: Fraction) -> u32 {
    u32::try_from(part.of_ceil(members)).unwrap_or(u32::MAX)
}

/// Fewest votes for a decision: more than the fraction of all members.
#[must_use]
pub fn majority(members: u32, part: Fraction) -> u32 {
    let product = u64::from(members) * u64::from(part.numerator());
    u32::try_from(product / u64::from(part.denominator()) + 1).unwrap_or(u32::MAX)
}

/// Judges a vote by the rules.
///
/// # Errors
/// [`DecisionError`] for numbers that can't describe a vote.
pub fn decide(rules: &CommissionRules, votes: Votes) -> Result<Verdict, DecisionError> {
    if votes.members == 0 {
        return Err(DecisionError::NoMembers);
    }
    if votes.present > votes.members {
        return Err(DecisionError::TooManyPresent);
    }
    let cast = votes.yes.checked_add(votes.no);
    if cast.is_none_or(|cast| cast > votes.present) {
        return Err(DecisionError::TooManyVotes);
    }
    let present_needed = quorum(votes.members, rules.quorum.value);
    if votes.present < present_needed {
        return Ok(Verdict::NoQuorum {
            needed: present_needed,
        });
    }
    let needed = majority(votes.members, rules.majority.value);
    if votes.yes < needed {
        return Ok(Verdict::NotPassed { needed });
    }
    Ok(Verdict::Passed { needed })
}
