//! The words of signing "ready". Pure.

use jiff::Timestamp;
use std::collections::BTreeMap;

/// One thing that stands between a commission and "ready".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// A station, or the area of a commission below.
    pub subject: String,
    /// An item of the checklist; empty where a commission below has not signed.
    pub item: String,
    /// `unmet`, `disputed`, `unanswered`; `unsigned`, or `drifted`: what was signed below has changed since.
    pub why: &'static str,
}

impl Missing {
    /// The name of the field with the reason.
    #[must_use]
    pub fn field(&self) -> String {
        let key = if self.item.is_empty() {
            &self.subject
        } else {
            &self.item
        };
        format!("reason.{key}")
    }
}

/// What a commission would sign now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// Canonical text.
    pub text: String,
    /// Its SHA-256.
    pub sha256: String,
    /// What is not ready.
    pub missing: Vec<Missing>,
    /// What was signed below with exceptions, whoever made them.
    pub carried: Vec<Carried>,
}

/// A commission below that is signed for with exceptions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Carried {
    /// A station, or the area of a commission below.
    pub subject: String,
    /// Who signed.
    pub commission_id: String,
    /// Exceptions of its signature and of all below it.
    pub exceptions: u64,
}

/// A signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The election.
    pub election_id: String,
    /// The commission.
    pub commission_id: String,
    /// From 1.
    pub version: u64,
    /// Its area.
    pub area_id: String,
    /// Its level.
    pub level: String,
    /// What was signed.
    pub snapshot: String,
    /// Its SHA-256.
    pub sha256: String,
    /// How many exceptions were made.
    pub exceptions: u64,
    /// Who signed.
    pub made_by: String,
    /// When.
    pub made_at: Timestamp,
    /// Its place among all signatures of the election: what was signed later stands later, whatever a clock says.
    pub place: u64,
}

/// An exception of a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// A station, or an area below.
    pub subject: String,
    /// Item; empty where a commission below had not signed.
    pub item: String,
    /// Why it was signed all the same.
    pub reason: String,
}

/// What is different from what was signed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Drift {
    /// A station, or an area below.
    pub subject: String,
    /// Item; empty for a commission below.
    pub item: String,
    /// What was signed: a status, or the version of a signature; empty for nothing.
    pub was: String,
    /// What holds now.
    pub now: String,
    /// Items that changed below since the commission below signed.
    pub changed: u64,
}

/// How many items had changed below when a line about a commission was written.
#[must_use]
pub fn changed(line: &str) -> u64 {
    line.split(' ')
        .nth(3)
        .and_then(|n| n.parse().ok())
        .unwrap_or(0)
}

/// Lines of a snapshot by what they are about: `item met 3` by `item`.
#[must_use]
pub fn lines(snapshot: &str) -> BTreeMap<&str, &str> {
    snapshot
        .lines()
        .filter_map(|line| line.strip_prefix("= ")?.split_once(' '))
        .collect()
}
