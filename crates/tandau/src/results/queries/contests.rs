//! Contests and their ballots.

use super::super::model::{OutcomeKind, Progress};
use super::super::store;
use crate::bind;
use crate::elections::ContestState;
use crate::platform::database::{Connection, Row};
use crate::platform::{Error, Names, ids};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A contest with its territory and its progress.
#[derive(Clone, Debug)]
pub struct Contest {
    /// `{election}.{area code}`.
    pub id: String,
    /// The election.
    pub election_id: String,
    /// Place in the election's list.
    pub number: u64,
    /// Seats.
    pub seats: u64,
    /// `sourced`, `probable`, `not_sourced`.
    pub sourcing: String,
    /// The day on which this contest votes.
    pub voting_day: Date,
    /// Voters on lists when they were handed over.
    pub voters_on_lists: u64,
    /// The commission that decides.
    pub commission_id: String,
    /// Its territory.
    pub area_id: String,
    /// The region above.
    pub region_id: String,
    /// Code of the territory.
    pub code: String,
    /// Kind of the territory.
    pub kind: String,
    /// The territory's zone.
    pub zone: TimeZone,
    /// Name of the territory on voting day.
    pub names: Names,
    /// Code of the region.
    pub region_code: String,
    /// Name of the region on voting day.
    pub region: Names,
    /// Where its protocols are.
    pub progress: Progress,
    /// When the last protocol was accepted.
    pub last_accepted_at: Option<Timestamp>,
    /// How it ended, once determined.
    pub outcome: Option<OutcomeKind>,
    /// A recount was ordered after that: a corrected outcome is to follow.
    pub under_recount: bool,
}

impl Contest {
    /// Address of its page.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/elections/{}/contests/{}", self.election_id, self.code)
    }
}

fn from_row(row: &Row) -> Result<Contest, Error> {
    Ok(Contest {
        id: row.text("id")?,
        election_id: row.text("election_id")?,
        number: row.count("number")?,
        seats: row.count("seats")?,
        sourcing: row.text("sourcing")?,
        voting_day: row.date("voting_day")?,
        voters_on_lists: row.count("voters_on_lists")?,
        commission_id: row.text("commission_id")?,
        area_id: row.text("area_id")?,
        region_id: row.text("region_id")?,
        code: row.text("code")?,
        kind: row.text("kind")?,
        zone: TimeZone::get(&row.text("zone")?)?,
        names: row.names("name")?,
        region_code: row.text("region_code")?,
        region: row.names("region")?,
        progress: Progress {
            expected: row.count("stations_expected")?,
            accepted: row.count("accepted")?,
            checking: row.count("submitted")?,
            faulty: row.count("faulty")?,
            returned: row.count("returned")?,
        },
        last_accepted_at: row.opt_instant("last_accepted_at")?,
        outcome: row
            .opt_text("outcome_kind")?
            .and_then(|kind| OutcomeKind::from_code(&kind)),
        under_recount: row.text("state")? == ContestState::Recount.as_str(),
    })
}

/// All contests of an election in their order.
///
/// # Errors
/// What the database reports.
pub async fn contests(
    connection: &mut Connection,
    election_id: &str,
) -> Result<Vec<Contest>, Error> {
    connection
        .all(store::CONTESTS, bind![election_id])
        .await?
        .iter()
        .map(from_row)
        .collect()
}

/// The id of a contest whose address names it by its id or by the code of its territory.
#[must_use]
pub fn contest_id(election_id: &str, contest: &str) -> String {
    if contest.starts_with(&format!("{election_id}.")) {
        contest.to_owned()
    } else {
        format!("{election_id}.{contest}")
    }
}

/// A contest of an election, by its id or by the code of its territory.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn contest(
    connection: &mut Connection,
    election_id: &str,
    contest: &str,
) -> Result<Contest, Error> {
    if !ids::is_id(contest) || !ids::is_id(election_id) {
        return Err(Error::NotFound);
    }
    let id = contest_id(election_id, contest);
    let row = connection
        .first(store::CONTEST, bind![id])
        .await?
        .ok_or(Error::NotFound)?;
    let found = from_row(&row)?;
    if found.election_id == election_id {
        Ok(found)
    } else {
        Err(Error::NotFound)
    }
}

/// A candidate on a ballot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Permanent id; the item of line `votes`.
    pub id: String,
    /// The contest.
    pub contest_id: String,
    /// Place on the ballot, from 1.
    pub position: u64,
    /// Name as on the ballot.
    pub names: Names,
    /// `party`, `self`, `superior_akim`.
    pub nominated_by: String,
    /// The party, if one nominated.
    pub organisation: Option<Names>,
    /// The party's id.
    pub organisation_id: Option<String>,
}

fn candidate(row: &Row) -> Result<Candidate, Error> {
    Ok(Candidate {
        id: row.text("id")?,
        contest_id: row.text("contest_id")?,
        position: row.count("ballot_position")?,
        names: row.names("name")?,
        nominated_by: row.text("nominated_by")?,
        organisation: match row.opt_text("by_kk")? {
            Some(kk) => Some(Names::new(
                kk,
                row.opt_text("by_ru")?.unwrap_or_default(),
                row.opt_text("by_en")?.unwrap_or_default(),
            )),
            None => None,
        },
        organisation_id: row.opt_text("organisation_id")?,
    })
}

/// The ballot of a contest, in its order.
///
/// # Errors
/// What the database reports.
pub async fn candidates(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<Vec<Candidate>, Error> {
    connection
        .all(store::CANDIDATES_OF_CONTEST, bind![contest_id])
        .await?
        .iter()
        .map(candidate)
        .collect()
}

/// All ballots of an election, contest by contest.
///
/// # Errors
/// What the database reports.
pub async fn candidates_of_election(
    connection: &mut Connection,
    election_id: &str,
) -> Result<Vec<Candidate>, Error> {
    connection
        .all(store::CANDIDATES_OF_ELECTION, bind![election_id])
        .await?
        .iter()
        .map(candidate)
        .collect()
}
