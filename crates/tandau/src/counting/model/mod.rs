//! The words of counting: states of a protocol, acts on it, and which act is possible when. Pure.

mod record;

pub use record::{
    Difference, FullVersion, HistoryLine, PaperLine, Progress, Protocol, Recorded, Version,
    differences,
};

use electoral::protocol::{Finding, NamedCheck, ProtocolForm, Severity};

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
    /// The result of the contest has been determined, and no recount has been ordered since.
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
    // Until publication a higher commission may still order a recount (art. 43(9)).
    if standing.determined && !matches!((act, state), (Act::Reopen, S::Accepted)) {
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
