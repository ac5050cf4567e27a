//! The control relations R1 to R13 of a precinct protocol, evaluated on the plan's own figures.
//! The program has its own catalogue of rules; this one only keeps the plan honest.

use super::model_day::Figures;

/// A relation between the lines of one protocol, numbered as in `precinct_protocol.json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// Received = voters who received ballots + cancelled.
    R1,
    /// Voters who received ballots = sum over members.
    R2,
    /// Voters who received ballots = in premises + outside.
    R3,
    /// Voters who received ballots ≤ voters on the list.
    R4,
    /// On the list = initial + added − removed.
    R5,
    /// Found = stationary + portable.
    R6,
    /// Found ≤ voters who received ballots.
    R7,
    /// Found in a portable box = its applications.
    R8,
    /// Found = took part + invalid.
    R9,
    /// Took part = votes + against all.
    R10,
    /// Issued outside = applications − refused or not reached.
    R11,
    /// Absentee certificates ≤ added.
    R12,
    /// Received ≤ initial list + 1 %, rounded up.
    R13,
}

impl Relation {
    /// The code of the relation: `R1` …
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::R1 => "R1",
            Self::R2 => "R2",
            Self::R3 => "R3",
            Self::R4 => "R4",
            Self::R5 => "R5",
            Self::R6 => "R6",
            Self::R7 => "R7",
            Self::R8 => "R8",
            Self::R9 => "R9",
            Self::R10 => "R10",
            Self::R11 => "R11",
            Self::R12 => "R12",
            Self::R13 => "R13",
        }
    }
}

/// Ballots that may be delivered: the initial list and one percent, rounded up (art. 37(2), (3)).
pub(super) fn delivery_limit(voters_initial: u32) -> u32 {
    let limit = (u64::from(voters_initial) * 101).div_ceil(100);
    u32::try_from(limit).unwrap_or(u32::MAX)
}

/// The relations that the figures don't meet, in order.
#[must_use]
pub fn broken(f: &Figures) -> Vec<Relation> {
    let w = u64::from;
    let sum = |parts: &mut dyn Iterator<Item = u32>| parts.map(w).sum::<u64>();
    let members = sum(&mut f.issued_by_member.iter().map(|m| m.ballots));
    let portable = sum(&mut f.portable_boxes.iter().map(|b| b.found));
    let applications = sum(&mut f.portable_boxes.iter().map(|b| b.applications));
    let votes = sum(&mut f.votes.iter().copied());
    let issued = w(f.voters_received_ballots);
    let tests = [
        (
            Relation::R1,
            w(f.ballots_received) == issued + w(f.ballots_cancelled),
        ),
        (Relation::R2, issued == members),
        (
            Relation::R3,
            issued == w(f.issued_in_premises) + w(f.issued_outside),
        ),
        (Relation::R4, issued <= w(f.voters_on_list)),
        (
            Relation::R5,
            w(f.voters_on_list) + w(f.voters_removed) == w(f.voters_initial) + w(f.voters_added),
        ),
        (
            Relation::R6,
            w(f.found_total) == w(f.found_stationary) + portable,
        ),
        (Relation::R7, w(f.found_total) <= issued),
        (
            Relation::R8,
            f.portable_boxes.iter().all(|b| b.found == b.applications),
        ),
        (
            Relation::R9,
            w(f.found_total) == w(f.took_part) + w(f.invalid),
        ),
        (Relation::R10, w(f.took_part) == votes + w(f.against_all)),
        (
            Relation::R11,
            w(f.issued_outside) + w(f.outside_not_reached) == applications,
        ),
        (
            Relation::R12,
            f.voted_by_absentee_certificate <= f.voters_added,
        ),
        (
            Relation::R13,
            f.ballots_received <= delivery_limit(f.voters_initial),
        ),
    ];
    tests
        .iter()
        .filter(|(_, met)| !met)
        .map(|&(r, _)| r)
        .collect()
}
