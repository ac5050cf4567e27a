//! What only the interface answers; results are the types of `results::export`.

use crate::platform::areas::Area;
use crate::results::export::{ContestResult, ElectionInfo, Localised, ProtocolResult, SlotResult};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// All elections, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ElectionList {
    /// Elections.
    pub elections: Vec<ElectionInfo>,
}

/// An election with what is counted so far.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ElectionSummary {
    /// The election.
    pub election: ElectionInfo,
    /// The instant these figures are as of, with offset.
    pub as_of: String,
    /// Whether votes may be shown.
    pub votes_public: bool,
    /// Contests.
    pub contests: u64,
    /// Stations from which a protocol is expected.
    pub stations_expected: u64,
    /// Stations whose protocols are accepted.
    pub stations_counted: u64,
    /// Voters on the lists when they were handed over.
    pub voters_on_lists: u64,
    /// Candidates on the ballots.
    pub candidates: u64,
}

/// Contests without their protocols.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ContestList {
    /// Whether votes may be shown.
    pub votes_public: bool,
    /// Contests in the order of the election.
    pub contests: Vec<ContestResult>,
}

/// Turnout of an election, slot by slot over all contests.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TurnoutSeries {
    /// Stations that could report.
    pub stations: u64,
    /// Slots in the order of the day.
    pub slots: Vec<SlotResult>,
}

/// A page of stations.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StationList {
    /// This page, from 1.
    pub page: u64,
    /// Pages there are.
    pub pages: u64,
    /// Stations there are.
    pub total: u64,
    /// Stations of this page by number.
    pub stations: Vec<StationInfo>,
}

/// A station in an election.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StationInfo {
    /// Permanent id.
    pub id: String,
    /// Number, running through its region.
    pub number: u64,
    /// The contest it counts for.
    pub contest: String,
    /// Name of the place.
    pub name: Localised,
    /// Address.
    pub address: Localised,
    /// Voters on the list when it was handed over.
    pub voters_on_list: u64,
    /// When voting begins.
    pub opens_at: String,
    /// When voting ends.
    pub closes_at: String,
    /// Reported opening.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opened_at: Option<String>,
    /// Reported closing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<String>,
    /// Whether it can be reached without steps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step_free: Option<bool>,
    /// State of its protocol.
    pub protocol_state: String,
}

/// A station with its protocol.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StationDetail {
    /// The station.
    pub station: StationInfo,
    /// Whether votes may be shown.
    pub votes_public: bool,
    /// The protocol with all public versions; absent before the last closing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<ProtocolResult>,
}

/// Areas found.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AreaList {
    /// Areas, larger ones first.
    pub areas: Vec<AreaInfo>,
}

/// An area.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AreaInfo {
    /// Code of the classifier.
    pub code: String,
    /// Edition of the classifier.
    pub edition: String,
    /// `country`, `region`, `district`, …
    pub kind: String,
    /// IANA name of its zone.
    pub zone: String,
    /// Name.
    pub name: Localised,
    /// First day.
    pub valid_from: String,
    /// Last day, if it has ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<String>,
}

impl From<&Area> for AreaInfo {
    fn from(area: &Area) -> Self {
        Self {
            code: area.code.clone(),
            edition: area.edition.clone(),
            kind: area.kind.clone(),
            zone: area.zone.clone(),
            name: (&area.names).into(),
            valid_from: area.valid_from.to_string(),
            valid_until: area.valid_until.map(|d| d.to_string()),
        }
    }
}

/// An area between what is above and what is below it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AreaDetail {
    /// The area.
    pub area: AreaInfo,
    /// From the country down.
    pub above: Vec<AreaInfo>,
    /// Directly below, without the territories of stations.
    pub below: Vec<AreaInfo>,
}

/// A commission with its members today.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CommissionInfo {
    /// Id.
    pub id: String,
    /// `central`, `region`, `district`, `precinct`.
    pub level: String,
    /// Name of its area.
    pub area: Localised,
    /// The commission above.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Members it should have.
    pub size: u64,
    /// Members today.
    pub members: Vec<MemberInfo>,
}

/// A member of a commission.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MemberInfo {
    /// Name.
    pub name: Localised,
    /// `chair`, `deputy`, `secretary`, `member`.
    pub office: String,
}

/// Which stations.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct StationQuery {
    /// Only those of a contest, by id or code of its territory.
    pub contest: Option<String>,
    /// Page, from 1; 100 stations each.
    pub page: Option<u64>,
}

/// Which areas.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct AreaQuery {
    /// Part of a name in any of the three languages; diacritics don't matter.
    pub q: Option<String>,
}
