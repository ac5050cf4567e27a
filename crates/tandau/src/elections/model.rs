//! An election, its contests and the places where they are counted.

use super::state::{ElectionState, states};
use crate::commissions::Basis;
use crate::platform::{Error, Names};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

states! {
    /// Where one contest is, apart from the election it belongs to.
    ContestState {
        /// Goes with the election.
        Open = "open",
        /// Votes on a later day of its own, because too few candidates were left.
        Postponed = "postponed",
        /// Its outcome is determined.
        Determined = "determined",
        /// A repeat election is to be held: a tie, or declared invalid.
        Repeat = "repeat",
        /// A recount was ordered after the outcome was determined (art. 43(9)): it is to be determined anew.
        Recount = "recount",
        /// Will not be held within this election.
        Cancelled = "cancelled",
    }
}

impl ContestState {
    /// Whether nothing is left to decide here.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Determined | Self::Repeat | Self::Cancelled)
    }

    /// Changes, where that is possible. What is settled may be settled anew (a corrected outcome is a new
    /// version); only a recount makes it wait for that.
    #[must_use]
    pub const fn change(self, to: Self) -> Option<Self> {
        match (self, to) {
            (Self::Open | Self::Postponed, Self::Postponed) => Some(to),
            (_, Self::Determined | Self::Repeat | Self::Cancelled) => Some(to),
            (Self::Open, Self::Open) | (Self::Determined | Self::Repeat, Self::Recount) => Some(to),
            _ => None,
        }
    }
}

/// An election.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Election {
    /// Readable id: `akim-district-2023-11-05`.
    pub id: String,
    /// Rule pack.
    pub rules_id: String,
    /// Hash of the pack as it was when the election was made.
    pub rules_sha256: String,
    /// Title.
    pub title: Names,
    /// Area it is held in.
    pub area_id: String,
    /// Zone of its own calendar.
    pub zone: String,
    /// Day of voting.
    pub voting_day: Date,
    /// Where it is.
    pub state: ElectionState,
    /// Since when.
    pub state_since: Timestamp,
    /// True for demonstration data.
    pub synthetic: bool,
    /// When it was put on record.
    pub created_at: Timestamp,
}

impl Election {
    /// The zone of its calendar.
    ///
    /// # Errors
    /// When the name is unknown, which creation prevents.
    pub fn time_zone(&self) -> Result<TimeZone, Error> {
        Ok(TimeZone::get(&self.zone)?)
    }
}

/// One contest: a constituency with its seats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contest {
    /// `{election id}.{area code}`.
    pub id: String,
    /// The election.
    pub election_id: String,
    /// Number within the election, from 1.
    pub number: u64,
    /// The constituency.
    pub area_id: String,
    /// Its code.
    pub area_code: String,
    /// Its zone.
    pub zone: String,
    /// Its name on voting day.
    pub names: Names,
    /// The region it lies in.
    pub region_id: String,
    /// The region's name on voting day.
    pub region_names: Names,
    /// The commission that runs it.
    pub commission_id: String,
    /// Seats.
    pub seats: u64,
    /// Its own state.
    pub state: ContestState,
    /// How well it is known that it took part: `sourced`, `probable`, `not_sourced`.
    pub sourcing: String,
    /// The act on which it rests (a maslikhat's decision).
    pub basis_decision_id: Option<String>,
    /// The decision that called it.
    pub called_by_decision_id: Option<String>,
    /// Its day of voting.
    pub voting_day: Date,
    /// Last moment of nomination here.
    pub nomination_until: Option<Timestamp>,
    /// Stations expected to report.
    pub stations_expected: u64,
    /// Voters on their lists.
    pub voters_on_lists: u64,
}

impl Contest {
    /// The zone of the constituency.
    ///
    /// # Errors
    /// When the name is unknown, which the import of areas prevents.
    pub fn time_zone(&self) -> Result<TimeZone, Error> {
        Ok(TimeZone::get(&self.zone)?)
    }

    /// How many contests an election waits for: those of its first voting day that are not settled, and
    /// recounts. A contest whose voting was moved has its own day, and the others don't wait for it.
    #[must_use]
    pub fn awaited(contests: &[Self]) -> usize {
        let first = contests
            .iter()
            .filter(|c| c.state != ContestState::Cancelled)
            .map(|c| c.voting_day)
            .min();
        contests
            .iter()
            .filter(|c| !c.state.is_settled())
            .filter(|c| Some(c.voting_day) == first || c.state == ContestState::Recount)
            .count()
    }

    /// Where its page is.
    #[must_use]
    pub fn href(&self) -> String {
        format!(
            "/elections/{}/contests/{}",
            self.election_id, self.area_code
        )
    }
}

/// Where a protocol is expected from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountingUnit {
    /// The station.
    pub station_id: String,
    /// The contest.
    pub contest_id: String,
    /// The election.
    pub election_id: String,
    /// Number of the station in its region.
    pub number: u64,
    /// Name of the station on voting day.
    pub names: Names,
    /// The station's own area (kind `precinct`).
    pub area_id: String,
    /// Its region.
    pub region_id: String,
    /// Its zone.
    pub zone: String,
    /// Voters on the list when the units were made.
    pub voters_initial: u64,
    /// Voting starts.
    pub opens_at: Timestamp,
    /// Voting ends.
    pub closes_at: Timestamp,
}

impl CountingUnit {
    /// The zone of the station.
    ///
    /// # Errors
    /// When the name is unknown, which the import of areas prevents.
    pub fn time_zone(&self) -> Result<TimeZone, Error> {
        Ok(TimeZone::get(&self.zone)?)
    }
}

/// One move of an election.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateMove {
    /// From 1.
    pub sequence: u64,
    /// The state that began.
    pub state: ElectionState,
    /// When it was put on record.
    pub at: Timestamp,
    /// The decision behind it, where there is one.
    pub decision_id: Option<String>,
}

/// An election to create.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewElection {
    /// Readable id: small letters, digits, hyphens.
    pub id: String,
    /// Rule pack.
    pub rules_id: String,
    /// Title.
    pub title: Names,
    /// Area it is held in.
    pub area_id: String,
    /// Zone of its own calendar.
    pub zone: String,
    /// Day of voting.
    pub voting_day: Date,
    /// True for demonstration data.
    pub synthetic: bool,
}

impl NewElection {
    /// Longest id, in characters: a contest's id adds a code of an area and must stay within 64.
    pub const MAX_ID: usize = 40;

    /// Whether an id can stand in an address and in the log.
    #[must_use]
    pub fn is_slug(id: &str) -> bool {
        (3..=Self::MAX_ID).contains(&id.len())
            && id
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && id.bytes().any(|b| b.is_ascii_lowercase())
            && !id.starts_with('-')
            && !id.ends_with('-')
    }
}

/// A contest to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewContest<'a> {
    /// The election.
    pub election_id: String,
    /// Number within the election, from 1.
    pub number: u64,
    /// The constituency.
    pub area_id: String,
    /// The region it lies in.
    pub region_id: String,
    /// The commission that runs it.
    pub commission_id: String,
    /// Seats.
    pub seats: u64,
    /// `sourced`, `probable`, `not_sourced`.
    pub sourcing: String,
    /// The act on which it rests.
    pub basis_decision_id: Option<String>,
    /// The decision that calls it.
    pub called_by: Basis<'a>,
}

/// How well it may be known that a territory took part.
pub const SOURCING: [&str; 3] = ["sourced", "probable", "not_sourced"];
