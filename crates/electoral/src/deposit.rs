//! When a candidate's fee is returned (art. 113-5(2)).

use serde::Serialize;

use crate::number::Percent;

/// What happened to the candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Votes for the candidate.
    pub votes: u64,
    /// Voters who took part, invalid ballots excluded.
    pub took_part: u64,
    /// Whether the candidate was elected.
    pub elected: bool,
    /// Whether the candidate died.
    pub died: bool,
}

/// What becomes of the fee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Refund {
    /// Returned: elected.
    Elected,
    /// Returned: enough of those who took part.
    Share,
    /// Returned to the heirs.
    Death,
    /// Not returned.
    Kept,
}

impl Refund {
    /// Whether the fee goes back.
    #[must_use]
    pub fn returned(self) -> bool {
        self != Self::Kept
    }
}

/// Decides about the fee. Without anybody who took part nobody has reached a share.
#[must_use]
pub fn refund(standing: Standing, return_percent: Percent) -> Refund {
    if standing.died {
        return Refund::Death;
    }
    if standing.elected {
        return Refund::Elected;
    }
    if standing.took_part > 0 && return_percent.reached(standing.votes, standing.took_part) {
        return Refund::Share;
    }
    Refund::Kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(votes: u64, took_part: u64) -> Standing {
        Standing {
            votes,
            took_part,
            elected: false,
            died: false,
        }
    }

    #[test]
    fn five_per_cent_exactly_is_enough() {
        let five = Percent::parse("5").unwrap();
        assert_eq!(refund(standing(50, 1000), five), Refund::Share);
        assert_eq!(refund(standing(49, 1000), five), Refund::Kept);
        assert_eq!(refund(standing(0, 0), five), Refund::Kept);
        assert!(!refund(standing(0, 0), five).returned());
    }

    #[test]
    fn winners_and_heirs_get_it_back_whatever_the_share() {
        let five = Percent::parse("5").unwrap();
        let winner = Standing {
            elected: true,
            ..standing(1, 1000)
        };
        assert_eq!(refund(winner, five), Refund::Elected);
        let dead = Standing {
            died: true,
            ..standing(0, 1000)
        };
        assert_eq!(refund(dead, five), Refund::Death);
        assert!(refund(dead, five).returned());
    }
}
