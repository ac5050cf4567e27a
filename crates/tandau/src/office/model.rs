//! The lines of the front desk.

use crate::platform::Names;
use jiff::Timestamp;

/// A protocol that waits for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingProtocol {
    /// The station.
    pub station_id: String,
    /// The contest.
    pub contest_id: String,
    /// Number of the station.
    pub number: u64,
    /// Area of the contest.
    pub area: Names,
    /// State, as the tables write it.
    pub state: String,
    /// Zone of the contest's area.
    pub zone: String,
    /// Since when.
    pub since: Timestamp,
}

/// A contest that waits for its commission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingContest {
    /// The contest.
    pub contest_id: String,
    /// Its election.
    pub election_id: String,
    /// State of the election.
    pub election_state: String,
    /// Its area.
    pub area_id: String,
    /// Code of its area.
    pub area_code: String,
    /// Name of its area.
    pub area: Names,
}

/// Something that happened in the areas of the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// What: `protocol.accepted`.
    pub event: String,
    /// By which office.
    pub office: String,
    /// Name of the contest's area.
    pub area: Names,
    /// Code of the contest's area.
    pub area_code: String,
    /// The election.
    pub election_id: String,
    /// When.
    pub at: Timestamp,
}

/// A place where the reader holds an office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The area.
    pub area_id: String,
    /// The office there.
    pub role: String,
    /// The station, for members of precinct commissions.
    pub station_id: Option<String>,
    /// The commission.
    pub commission_id: Option<String>,
}
