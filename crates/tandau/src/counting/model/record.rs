//! A protocol, its versions and its history as they are kept.

use super::{Act, ProtocolState};
use electoral::protocol::{Finding, LineKey, ProtocolEntry, Severity};
use jiff::Timestamp;

/// A protocol as the list of a commission shows it: state and sums in typed columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protocol {
    /// The station.
    pub station_id: String,
    /// The contest.
    pub contest_id: String,
    /// The election.
    pub election_id: String,
    /// Where it stands.
    pub state: ProtocolState,
    /// Accepted with an act.
    pub accepted_with_act: bool,
    /// The newest version; 0 before the first.
    pub version: u64,
    /// Faults of the newest version.
    pub faults: u64,
    /// How often it was sent back.
    pub returned_count: u64,
    /// Counts the acts on it; whoever writes says which he has seen.
    pub sequence: u64,
    /// Voters on the list.
    pub voters_on_list: Option<u64>,
    /// Voters who received ballots.
    pub voters_received_ballots: Option<u64>,
    /// Voters who took part.
    pub took_part: Option<u64>,
    /// Invalid ballots.
    pub invalid: Option<u64>,
    /// Against all.
    pub against_all: Option<u64>,
    /// When it last changed.
    pub changed_at: Timestamp,
}

/// One version of a protocol without its figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// 1 for the first.
    pub version: u64,
    /// The state in which this version ended, or is.
    pub state: ProtocolState,
    /// Entered as the signed paper says although figures do not agree.
    pub as_paper_says: bool,
    /// Why there is a new version.
    pub reason: String,
    /// The newest scan of the signed paper.
    pub file_id: Option<String>,
    /// Who entered it last.
    pub entered_by: String,
    /// When.
    pub entered_at: Timestamp,
    /// Who sent it to the chair.
    pub submitted_by: Option<String>,
    /// When.
    pub submitted_at: Option<Timestamp>,
    /// The chair, or the deputy, who confirmed.
    pub confirmed_by: Option<String>,
    /// When.
    pub confirmed_at: Option<Timestamp>,
    /// Who decided on it.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// Why it was returned.
    pub decision_reason: String,
    /// The decision by which it was accepted in spite of a fault.
    pub act_decision_id: Option<String>,
    /// The fault that the act names.
    pub act_fault: String,
}

impl Version {
    /// Whether a further paper must say why it comes.
    #[must_use]
    pub const fn wants_reason_for_paper(&self) -> bool {
        self.file_id.is_some() || self.confirmed_at.is_some()
    }
}

/// A photo or PDF of a version's signed paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperLine {
    /// The version that it shows.
    pub version: u64,
    /// From 1; the highest is the newest.
    pub number: u64,
    /// The file.
    pub file_id: String,
    /// Who attached it; for the office's own pages, never the public ones.
    pub attached_by: String,
    /// When.
    pub attached_at: Timestamp,
    /// Why there is a further one.
    pub reason: String,
}

/// A finding as it was put on record when the version was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The finding, for its sentence.
    pub finding: Finding,
    /// What it meant.
    pub severity: Severity,
    /// The commission's explanation.
    pub explanation: String,
}

/// A version with everything in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullVersion {
    /// Its facts.
    pub version: Version,
    /// Its figures.
    pub entry: ProtocolEntry,
    /// Its findings.
    pub findings: Vec<Recorded>,
}

/// An act in a protocol's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryLine {
    /// Number of the act.
    pub sequence: u64,
    /// Version concerned.
    pub version: u64,
    /// What was done.
    pub act: Act,
    /// When.
    pub at: Timestamp,
    /// Who; for the office's own pages, never the public ones.
    pub made_by: String,
    /// By which office; public.
    pub office: String,
    /// Why.
    pub reason: String,
    /// Figures that a save changed, or the paper attached.
    pub detail: String,
    /// The decision behind an act.
    pub decision_id: Option<String>,
}

/// How many protocols of a contest are where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Nothing entered yet.
    pub expected: u64,
    /// Being entered.
    pub draft: u64,
    /// Sent, figures agree.
    pub submitted: u64,
    /// Sent with faults.
    pub faulty: u64,
    /// Returned.
    pub returned: u64,
    /// Accepted.
    pub accepted: u64,
    /// When the last one was accepted.
    pub last_accepted_at: Option<Timestamp>,
}

impl Progress {
    /// All protocols of the contest.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.expected + self.draft + self.submitted + self.faulty + self.returned + self.accepted
    }
}

/// A line whose figure differs between two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which figure.
    pub key: LineKey,
    /// In the first version.
    pub before: Option<u64>,
    /// In the second.
    pub after: Option<u64>,
}

/// What changed from one entry to another, in the order of lines.
#[must_use]
pub fn differences(before: &ProtocolEntry, after: &ProtocolEntry) -> Vec<Difference> {
    let keys: std::collections::BTreeSet<&LineKey> =
        before.values.keys().chain(after.values.keys()).collect();
    keys.into_iter()
        .filter_map(|key| {
            let (old, new) = (before.values.get(key), after.values.get(key));
            (old != new).then(|| Difference {
                key: key.clone(),
                before: old.copied(),
                after: new.copied(),
            })
        })
        .collect()
}
