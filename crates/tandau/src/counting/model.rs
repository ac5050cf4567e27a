//! The words of counting: states of a protocol, acts on it, and which act is possible when. Pure.

use electoral::protocol::{Finding, LineKey, NamedCheck, ProtocolEntry, ProtocolForm, Severity};
use jiff::Timestamp;

/// Where a protocol stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProtocolState {
    /// Nothing has been entered yet.
    Expected,
    /// Somebody is entering it.
    Draft,
    /// Sent, with figures that agree.
    Submitted,
    /// Sent as the signed paper says, with figures that do not agree.
    SubmittedWithFaults,
    /// Sent back for a recount; a new version is expected.
    Returned,
    /// Accepted, and so part of the sums.
    Accepted,
}

impl ProtocolState {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Expected,
        Self::Draft,
        Self::Submitted,
        Self::SubmittedWithFaults,
        Self::Returned,
        Self::Accepted,
    ];

    /// The word of the tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Expected => "expected",
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::SubmittedWithFaults => "submitted_with_faults",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
        }
    }

    /// The state of a word of the tables.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The key of its name: `counting-state-accepted`.
    #[must_use]
    pub fn key(self) -> String {
        format!("counting-state-{}", self.as_str().replace('_', "-"))
    }

    /// The shape that goes with the word on a page.
    #[must_use]
    pub const fn shape(self) -> &'static str {
        match self {
            Self::Expected => "open",
            Self::Draft | Self::Submitted => "partial",
            Self::SubmittedWithFaults => "trouble",
            Self::Returned => "attention",
            Self::Accepted => "done",
        }
    }

    /// Sent by the station and not yet decided on.
    #[must_use]
    pub const fn is_submitted(self) -> bool {
        matches!(self, Self::Submitted | Self::SubmittedWithFaults)
    }
}

/// Something done to a protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Figures are entered.
    Save,
    /// A photo or PDF of the paper is attached.
    AttachPaper,
    /// The one who entered it sends it to the chair.
    Submit,
    /// The station takes it back before the chair has confirmed.
    TakeBack,
    /// The chair confirms.
    Confirm,
    /// The higher commission returns it for a recount.
    Return,
    /// The higher commission accepts.
    Accept,
    /// The higher commission accepts it with an act that names the fault.
    AcceptWithAct,
    /// The higher commission orders a recount of what it has accepted.
    Reopen,
}

impl Act {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Save,
        Self::AttachPaper,
        Self::Submit,
        Self::TakeBack,
        Self::Confirm,
        Self::Return,
        Self::Accept,
        Self::AcceptWithAct,
        Self::Reopen,
    ];

    /// The word under which the act stands in the protocol's history.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Save => "saved",
            Self::AttachPaper => "paper_attached",
            Self::Submit => "submitted",
            Self::TakeBack => "taken_back",
            Self::Confirm => "confirmed",
            Self::Return => "returned",
            Self::Accept => "accepted",
            Self::AcceptWithAct => "accepted_with_act",
            Self::Reopen => "reopened",
        }
    }

    /// The act of a word of the history.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.as_str() == text)
    }

    /// The name of its record in the log of acts.
    #[must_use]
    pub const fn event(self) -> &'static str {
        match self {
            Self::Save => "protocol.saved",
            Self::AttachPaper => "protocol.paper_attached",
            Self::Submit => "protocol.submitted",
            Self::TakeBack => "protocol.taken_back",
            Self::Confirm => "protocol.confirmed",
            Self::Return => "protocol.returned",
            Self::Accept => "protocol.accepted",
            Self::AcceptWithAct => "protocol.accepted_with_act",
            Self::Reopen => "protocol.reopened",
        }
    }

    /// The key of its name in a history.
    #[must_use]
    pub fn key(self) -> String {
        format!("counting-act-{}", self.as_str().replace('_', "-"))
    }
}

/// Why an act is not possible now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    /// Nothing has been entered.
    #[error("nothing entered yet")]
    NothingYet,
    /// It was sent; figures can't change until it is returned.
    #[error("already sent")]
    Sent,
    /// It was accepted.
    #[error("already accepted")]
    Accepted,
    /// It was returned: a corrected version must be entered first.
    #[error("returned, a new version is due")]
    ReturnedAlready,
    /// It was not sent yet.
    #[error("not sent yet")]
    NotSent,
    /// The chair has not confirmed.
    #[error("not confirmed by the chair")]
    NotConfirmed,
    /// The chair has confirmed already.
    #[error("confirmed by the chair")]
    Confirmed,
    /// The figures do not agree: only a recount or an act can mend that.
    #[error("figures do not agree")]
    Faulty,
    /// There is no fault that an act could name.
    #[error("no fault")]
    NoFault,
    /// It is not accepted, so there is nothing to reopen.
    #[error("not accepted")]
    NotAccepted,
    /// The result of the contest has been determined.
    #[error("result determined")]
    Determined,
}

impl Refusal {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::NothingYet,
        Self::Sent,
        Self::Accepted,
        Self::ReturnedAlready,
        Self::NotSent,
        Self::NotConfirmed,
        Self::Confirmed,
        Self::Faulty,
        Self::NoFault,
        Self::NotAccepted,
        Self::Determined,
    ];

    /// The key of the sentence that says what to do.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::NothingYet => "counting-refused-nothing-yet",
            Self::Sent => "counting-refused-sent",
            Self::Accepted => "counting-refused-accepted",
            Self::ReturnedAlready => "counting-refused-returned",
            Self::NotSent => "counting-refused-not-sent",
            Self::NotConfirmed => "counting-refused-not-confirmed",
            Self::Confirmed => "counting-refused-confirmed",
            Self::Faulty => "counting-refused-faulty",
            Self::NoFault => "counting-refused-no-fault",
            Self::NotAccepted => "counting-refused-not-accepted",
            Self::Determined => "counting-refused-determined",
        }
    }
}

/// What an act depends on beside the state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The chair has confirmed the version.
    pub confirmed: bool,
    /// The result of the contest has been determined.
    pub determined: bool,
}

/// The state after an act. A submission with faults ends in
/// [`ProtocolState::SubmittedWithFaults`] instead of [`ProtocolState::Submitted`].
///
/// # Errors
/// [`Refusal`] when the act is not possible now.
pub const fn after(
    state: ProtocolState,
    act: Act,
    standing: Standing,
) -> Result<ProtocolState, Refusal> {
    use ProtocolState as S;
    if standing.determined {
        return Err(Refusal::Determined);
    }
    match (act, state) {
        (Act::Save, S::Expected | S::Draft | S::Returned) => Ok(S::Draft),
        (Act::Save | Act::Submit, S::Submitted | S::SubmittedWithFaults) => Err(Refusal::Sent),
        (
            Act::Save
            | Act::Submit
            | Act::TakeBack
            | Act::Confirm
            | Act::Return
            | Act::Accept
            | Act::AcceptWithAct,
            S::Accepted,
        ) => Err(Refusal::Accepted),
        (Act::AttachPaper, S::Draft | S::Submitted | S::SubmittedWithFaults | S::Accepted) => {
            Ok(state)
        }
        (Act::AttachPaper | Act::Submit, S::Expected) => Err(Refusal::NothingYet),
        (Act::AttachPaper | Act::Submit, S::Returned) => Err(Refusal::ReturnedAlready),
        (Act::Submit, S::Draft) => Ok(S::Submitted),
        (
            Act::TakeBack | Act::Confirm | Act::Return | Act::Accept | Act::AcceptWithAct,
            S::Expected | S::Draft,
        ) => Err(Refusal::NotSent),
        (
            Act::TakeBack | Act::Confirm | Act::Return | Act::Accept | Act::AcceptWithAct,
            S::Returned,
        ) => Err(Refusal::ReturnedAlready),
        (Act::TakeBack | Act::Confirm, S::Submitted | S::SubmittedWithFaults)
            if standing.confirmed =>
        {
            Err(Refusal::Confirmed)
        }
        (Act::TakeBack, S::Submitted | S::SubmittedWithFaults) => Ok(S::Draft),
        (Act::Confirm, S::Submitted | S::SubmittedWithFaults) => Ok(state),
        (Act::Return | Act::Accept | Act::AcceptWithAct, S::Submitted | S::SubmittedWithFaults)
            if !standing.confirmed =>
        {
            Err(Refusal::NotConfirmed)
        }
        (Act::Return, S::Submitted | S::SubmittedWithFaults) => Ok(S::Returned),
        (Act::Accept, S::Submitted) | (Act::AcceptWithAct, S::SubmittedWithFaults) => {
            Ok(S::Accepted)
        }
        (Act::Accept, S::SubmittedWithFaults) => Err(Refusal::Faulty),
        (Act::AcceptWithAct, S::Submitted) => Err(Refusal::NoFault),
        (Act::Reopen, S::Accepted) => Ok(S::Returned),
        (
            Act::Reopen,
            S::Expected | S::Draft | S::Submitted | S::SubmittedWithFaults | S::Returned,
        ) => Err(Refusal::NotAccepted),
    }
}

/// How a finding bears on sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// No such figure can be on a paper: it must be mended.
    Mend,
    /// The figures do not agree: mended, or entered as the signed paper says and then a fault.
    Fault,
    /// Unusual: explained in writing.
    Explain,
}

/// The weight of a finding. A figure above the list is told while typing, but a signed paper may say so.
#[must_use]
pub fn weight(form: &ProtocolForm, finding: &Finding) -> Weight {
    let named = form.check(&finding.code).and_then(|check| check.named);
    match (finding.severity, named) {
        (Severity::Typing, Some(NamedCheck::AboveLine)) | (Severity::Error, _) => Weight::Fault,
        (Severity::Typing, _) => Weight::Mend,
        (Severity::Warning, _) => Weight::Explain,
    }
}

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
    /// The scan of the signed paper.
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
