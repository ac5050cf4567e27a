//! The words of voting day: reports, figures of a protocol, versions, events.

use jiff::Timestamp;
use jiff::civil::Time;

use super::model::Text3;
use super::relations::Relation;

/// Ballots issued by one member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemberIssue {
    /// Index into the plan's people.
    pub person: usize,
    /// Ballots.
    pub ballots: u32,
}

/// A portable box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PortableBox {
    /// Applications it was taken out for.
    pub applications: u32,
    /// Ballots of the established form found in it.
    pub found: u32,
}

/// The lines of a precinct protocol (`precinct_protocol.json` gives each its article).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// Voters on the list when it was handed over.
    pub voters_initial: u32,
    /// Added until the count.
    pub voters_added: u32,
    /// Removed until the count.
    pub voters_removed: u32,
    /// Voters on the list.
    pub voters_on_list: u32,
    /// Ballots received by the commission.
    pub ballots_received: u32,
    /// Ballots cancelled.
    pub ballots_cancelled: u32,
    /// Voters who received ballots.
    pub voters_received_ballots: u32,
    /// By member; chair and secretary never issue.
    pub issued_by_member: Vec<MemberIssue>,
    /// Issued in the voting room.
    pub issued_in_premises: u32,
    /// Issued outside.
    pub issued_outside: u32,
    /// Applicants who refused or weren't reached.
    pub outside_not_reached: u32,
    /// Voters with absentee certificates.
    pub voted_by_absentee_certificate: u32,
    /// Portable boxes.
    pub portable_boxes: Vec<PortableBox>,
    /// Found in stationary boxes.
    pub found_stationary: u32,
    /// Found in all boxes.
    pub found_total: u32,
    /// Invalid ballots.
    pub invalid: u32,
    /// Took part: found less invalid.
    pub took_part: u32,
    /// Votes in the order of the contest's ballot.
    pub votes: Vec<u32>,
    /// Against all.
    pub against_all: u32,
    /// Papers that aren't ballots of the established form.
    pub non_established_form: u32,
}

/// A turnout report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnoutReport {
    /// Local time that the figure is for; none for the one after closing.
    pub slot: Option<Time>,
    /// Voters who had received ballots.
    pub received_ballots: u32,
    /// When it was reported.
    pub reported_at: Timestamp,
    /// 1, or more for a correction of the same slot.
    pub version: u32,
    /// Reason of the correction.
    pub reason: Option<Text3>,
}

/// A warning with the explanation of the commission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The relation that isn't met.
    pub relation: Relation,
    /// Written explanation.
    pub explanation: Text3,
}

/// An act under which a protocol with a fault is accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Number.
    pub number: String,
    /// What is wrong.
    pub fault: Text3,
    /// What was decided.
    pub decision: Text3,
}

/// What the higher commission did with a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Accepted.
    Accepted,
    /// Accepted with an act that names the fault.
    AcceptedWithAct(Act),
    /// Returned for a recount.
    Returned {
        /// Reason given.
        reason: Text3,
    },
}

/// One version of a protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProtocolVersion {
    /// 1 for the first.
    pub version: u32,
    /// The lines.
    pub figures: Figures,
    /// Confirmed and sent by the chair.
    pub submitted_at: Timestamp,
    /// Relations that are broken and must be mended or covered by an act.
    pub faults: Vec<Relation>,
    /// Relations not met, with explanations.
    pub warnings: Vec<Warning>,
    /// When the higher commission decided.
    pub decided_at: Timestamp,
    /// How it decided.
    pub outcome: Outcome,
}

/// Voting day of one station.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StationDay {
    /// Opened.
    pub opened_at: Timestamp,
    /// Opening reported.
    pub opening_reported_at: Timestamp,
    /// Closed.
    pub closed_at: Timestamp,
    /// Closing reported.
    pub closing_reported_at: Timestamp,
    /// Why it was late, for the late station.
    pub late_reason: Option<Text3>,
    /// Reports in order of time, corrections included.
    pub turnout: Vec<TurnoutReport>,
    /// Versions of the protocol; the last one counts.
    pub protocols: Vec<ProtocolVersion>,
}

/// What an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// Opening reported.
    Opened,
    /// Turnout reported: index into the day's `turnout`.
    Turnout(usize),
    /// Closing reported.
    Closed,
    /// Protocol submitted: index into the day's `protocols`.
    Submitted(usize),
    /// Decided on (accepted, accepted with an act or returned): index into the day's `protocols`.
    Decided(usize),
}

/// Something that happens at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// Instant (UTC).
    pub at: Timestamp,
    /// Index into the plan's stations.
    pub station: usize,
    /// What happens.
    pub kind: EventKind,
}
