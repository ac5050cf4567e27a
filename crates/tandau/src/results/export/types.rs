//! What is exported.

use crate::platform::Names;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A text in Kazakh, Russian and English.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Localised {
    /// Kazakh.
    pub kk: String,
    /// Russian.
    pub ru: String,
    /// English.
    pub en: String,
}

impl From<&Names> for Localised {
    fn from(names: &Names) -> Self {
        Self {
            kk: names.kk.clone(),
            ru: names.ru.clone(),
            en: names.en.clone(),
        }
    }
}

/// An election.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ElectionInfo {
    /// Id, part of addresses.
    pub id: String,
    /// Title.
    pub title: Localised,
    /// The day, ISO 8601.
    pub voting_day: String,
    /// `called`, `nomination`, `registration`, `campaign`, `silence`, `voting`, `counting`, `determined`, `published`.
    pub state: String,
    /// Rule pack that it follows.
    pub rules: String,
    /// People and station figures are synthetic.
    pub synthetic: bool,
}

/// An election with everything that is public of its results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ElectionResults {
    /// The election.
    pub election: ElectionInfo,
    /// The instant these figures are as of, with offset.
    pub as_of: String,
    /// False before the last station that votes on the election's day has closed: then nothing about votes is
    /// here. A contest that votes on another day has its own answer.
    pub votes_public: bool,
    /// Contests in the order of the election.
    pub contests: Vec<ContestResult>,
}

/// A contest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ContestResult {
    /// `{election}.{area code}`.
    pub id: String,
    /// Place in the election's list.
    pub number: u64,
    /// The day on which it votes, ISO 8601.
    pub voting_day: String,
    /// False before the last station that votes on this day has closed.
    pub votes_public: bool,
    /// Code of the territory.
    pub area_code: String,
    /// Name of the territory.
    pub area: Localised,
    /// Kind of the territory: `district`, `city`, … as the classifier has it.
    pub area_kind: String,
    /// Seats to be filled.
    pub seats: u64,
    /// Code of the region.
    pub region_code: String,
    /// Name of the region.
    pub region: Localised,
    /// How well the sources name the territory: `sourced`, `probable`, `not_sourced`.
    pub sourcing: String,
    /// Stations from which a protocol is expected.
    pub stations_expected: u64,
    /// Stations whose protocols are accepted, and so part of the sums.
    pub stations_counted: u64,
    /// Protocols returned for a recount.
    pub stations_returned: u64,
    /// Voters on the lists when they were handed over.
    pub voters_on_lists: u64,
    /// Turnout reports, slot by slot.
    pub turnout: Vec<SlotResult>,
    /// Lines of the ballot in its order.
    pub options: Vec<OptionResult>,
    /// Sums of the accepted protocols by line, votes apart; absent before the last closing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<BTreeMap<String, u64>>,
    /// What the contest came to, once determined.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<OutcomeResult>,
    /// Protocols station by station; absent before the last closing and where only sums were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocols: Option<Vec<ProtocolResult>>,
}

/// Turnout at a slot. Turnout is `received` out of `voters`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SlotResult {
    /// Local time, or `final`.
    pub slot: String,
    /// Stations that reported.
    pub stations: u64,
    /// Voters who had received ballots.
    pub received: u64,
    /// Voters on the lists of the stations that reported.
    pub voters: u64,
}

/// A line of the ballot. A share is `votes` out of line `took_part`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OptionResult {
    /// The candidate's id; `against_all`.
    pub id: String,
    /// `candidate` or `against_all`.
    pub kind: String,
    /// Place on the ballot, from 1.
    pub position: u64,
    /// Name as on the ballot.
    pub name: Localised,
    /// `party`, `self`, `superior_akim`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nominated_by: Option<String>,
    /// The party that nominated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Localised>,
    /// Votes in the accepted protocols; absent before the last closing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub votes: Option<u64>,
}

/// An outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OutcomeResult {
    /// `elected`, `tie`, `no_votes`, `invalid`.
    pub kind: String,
    /// Version; a correction is a new one.
    pub version: u64,
    /// Who is elected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub candidate_id: Option<String>,
    /// Votes of the leader, or of each who ties.
    pub votes: u64,
    /// Votes ahead of the next candidate.
    pub margin: u64,
    /// Candidates who share the highest number of votes.
    pub tied: Vec<String>,
    /// Why the contest was declared invalid.
    pub reason: String,
    /// Article of the rules.
    pub article: String,
    /// Number of the commission's decision.
    pub decision_number: String,
    /// Its day.
    pub decided_on: String,
    /// A recount was ordered since: a corrected outcome, a new version, is to follow.
    pub under_recount: bool,
    /// Id of the contest that repeats this one, once it is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeated_by: Option<String>,
    /// Registration of the elected person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registration: Option<RegistrationResult>,
}

/// Registration of the elected person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RegistrationResult {
    /// Day of the written resignation from incompatible duties.
    pub resigned_on: String,
    /// Day on which powers begin.
    pub powers_from: String,
    /// Number of the decision that registers.
    pub decision_number: String,
}

/// The protocol of a station with its versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProtocolResult {
    /// Permanent id of the station.
    pub station_id: String,
    /// Number of the station, running through its region.
    pub number: u64,
    /// Name of the place.
    pub name: Localised,
    /// `expected`, `submitted`, `submitted_with_faults`, `returned`, `accepted`, `accepted_with_act`.
    pub state: String,
    /// Whether it is part of the sums.
    pub counted: bool,
    /// All public versions, the first first.
    pub versions: Vec<VersionResult>,
    /// Every public act on it, the first first; an act that a later one overtook stays.
    pub history: Vec<ActResult>,
}

/// A photo or PDF of a signed paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PaperResult {
    /// Its address.
    pub href: String,
    /// When it came.
    pub attached_at: String,
    /// Why it came after another, or after the confirmation.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// An act on a protocol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ActResult {
    /// Version concerned.
    pub version: u64,
    /// `confirmed`, `paper_attached`, `accepted`, `accepted_with_act`, `returned`, `reopened` (a recount of what
    /// was accepted).
    pub act: String,
    /// When.
    pub at: String,
    /// The reason, or the fault that the act names.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Number of the decision behind an act.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision_number: Option<String>,
}

/// A version of a protocol, public once the chair has confirmed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct VersionResult {
    /// From 1.
    pub version: u64,
    /// State of this version.
    pub state: String,
    /// Entered as the signed paper says, faults and all.
    pub as_paper_says: bool,
    /// When the chair confirmed it.
    pub confirmed_at: String,
    /// When the higher commission last decided about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<String>,
    /// Why it was returned or is counted again, or what the act says.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Address of the newest photo or PDF of the signed paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paper: Option<String>,
    /// All of them, the first first.
    pub papers: Vec<PaperResult>,
    /// Figures: `took_part`, and `votes[ID]` for lines that stand once for each item.
    pub figures: BTreeMap<String, u64>,
}
