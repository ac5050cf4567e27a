//! Stations of an election with their protocols, as far as these are public.

use super::super::store;
use crate::bind;
use crate::platform::database::{Connection, Row};
use crate::platform::{Error, Names, ids};
use jiff::Timestamp;

/// A station in a contest, as on voting day.
#[derive(Clone, Debug)]
pub struct Station {
    /// Permanent id.
    pub id: String,
    /// The contest.
    pub contest_id: String,
    /// The election.
    pub election_id: String,
    /// Number, running through the region.
    pub number: u64,
    /// Voters on the list when it was handed over.
    pub voters_initial: u64,
    /// When voting begins.
    pub opens_at: Timestamp,
    /// When voting ends.
    pub closes_at: Timestamp,
    /// The station's own area.
    pub area_id: String,
    /// The region.
    pub region_id: String,
    /// Name of the place.
    pub names: Names,
    /// Address.
    pub address: Names,
    /// Kind of a special station, or empty.
    pub special: String,
    /// Whether it can be reached without steps.
    pub step_free: Option<bool>,
    /// Latitude and longitude in millionths of a degree.
    pub place: Option<(i64, i64)>,
    /// Reported opening.
    pub opened_at: Option<Timestamp>,
    /// Reported closing.
    pub closed_at: Option<Timestamp>,
    /// Newest slot with a turnout report.
    pub last_slot: String,
    /// Voters who had received ballots by then.
    pub received: u64,
    /// State of its protocol.
    pub state: String,
    /// Newest version of the protocol; 0 before the first.
    pub version: u64,
    /// Relations that don't hold in it.
    pub faults: u64,
    /// How often it was returned.
    pub returned_count: u64,
    /// Line `voters_on_list`.
    pub voters_on_list: Option<u64>,
    /// Line `voters_received_ballots`.
    pub voters_received: Option<u64>,
    /// Line `took_part`.
    pub took_part: Option<u64>,
    /// Line `invalid`.
    pub invalid: Option<u64>,
    /// Line `against_all`.
    pub against_all: Option<u64>,
    /// When the chair confirmed the newest version.
    pub confirmed_at: Option<Timestamp>,
    /// When the higher commission decided about it.
    pub decided_at: Option<Timestamp>,
    /// The act with which it was accepted.
    pub act_decision_id: Option<String>,
}

impl Station {
    /// Address of its page: always by the permanent id, which is one station's alone.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/elections/{}/stations/{}", self.election_id, self.id)
    }

    /// Whether its figures are part of the sums.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.state == "accepted"
    }

    /// The state as everybody may see it: `accepted_with_act` where an act stands behind the acceptance;
    /// what the chair has not confirmed is still the station's own affair.
    #[must_use]
    pub fn shown_state(&self) -> &str {
        match self.state.as_str() {
            "accepted" if self.act_decision_id.is_some() => "accepted_with_act",
            "submitted" | "submitted_with_faults" if self.confirmed_at.is_none() => "expected",
            "draft" => "expected",
            state => state,
        }
    }
}

fn from_row(row: &Row) -> Result<Station, Error> {
    Ok(Station {
        id: row.text("station_id")?,
        contest_id: row.text("contest_id")?,
        election_id: row.text("election_id")?,
        number: row.count("number")?,
        voters_initial: row.count("voters_initial")?,
        opens_at: row.instant("opens_at")?,
        closes_at: row.instant("closes_at")?,
        area_id: row.text("area_id")?,
        region_id: row.text("region_id")?,
        names: row.names("name")?,
        address: row.names("address")?,
        special: row.text("special")?,
        step_free: row.opt_flag("step_free")?,
        place: row
            .opt_int("latitude_microdeg")?
            .zip(row.opt_int("longitude_microdeg")?),
        opened_at: row.opt_instant("opened_at")?,
        closed_at: row.opt_instant("closed_at")?,
        last_slot: row.text("last_slot")?,
        received: row.count("received")?,
        state: row.text("state")?,
        version: row.count("version")?,
        faults: row.count("faults")?,
        returned_count: row.count("returned_count")?,
        voters_on_list: row.opt_count("voters_on_list")?,
        voters_received: row.opt_count("voters_received_ballots")?,
        took_part: row.opt_count("took_part")?,
        invalid: row.opt_count("invalid")?,
        against_all: row.opt_count("against_all")?,
        confirmed_at: row.opt_instant("confirmed_at")?,
        decided_at: row.opt_instant("decided_at")?,
        act_decision_id: row.opt_text("act_decision_id")?,
    })
}

fn all(rows: &[Row]) -> Result<Vec<Station>, Error> {
    rows.iter().map(from_row).collect()
}

/// Stations of a contest by number.
///
/// # Errors
/// What the database reports.
pub async fn stations_of_contest(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<Vec<Station>, Error> {
    all(&connection
        .all(store::STATIONS_OF_CONTEST, bind![contest_id])
        .await?)
}

/// A page of the stations of an election by number.
///
/// # Errors
/// What the database reports.
pub async fn stations_of_election(
    connection: &mut Connection,
    election_id: &str,
    limit: i64,
    offset: i64,
) -> Result<Vec<Station>, Error> {
    all(&connection
        .all(
            store::STATIONS_OF_ELECTION,
            bind![election_id, limit, offset],
        )
        .await?)
}

/// How many stations an election has.
///
/// # Errors
/// What the database reports.
pub async fn count_stations(connection: &mut Connection, election_id: &str) -> Result<u64, Error> {
    Ok(connection
        .one(store::COUNT_STATIONS, bind![election_id])
        .await?
        .count("n")?)
}

/// A station of an election by its permanent id.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn station(
    connection: &mut Connection,
    election_id: &str,
    id: &str,
) -> Result<Station, Error> {
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    let row = connection
        .first(store::STATION, bind![id, election_id])
        .await?
        .ok_or(Error::NotFound)?;
    from_row(&row)
}

/// Stations that bear a number, in each region that has it.
///
/// # Errors
/// What the database reports.
pub async fn stations_by_number(
    connection: &mut Connection,
    election_id: &str,
    number: i64,
) -> Result<Vec<Station>, Error> {
    all(&connection
        .all(store::STATIONS_BY_NUMBER, bind![election_id, number])
        .await?)
}

/// A version of a protocol.
#[derive(Clone, Debug)]
pub struct Version {
    /// From 1.
    pub version: u64,
    /// Its state.
    pub state: String,
    /// Entered as the signed paper says, faults and all.
    pub as_paper_says: bool,
    /// Why this version was made.
    pub reason: String,
    /// The signed papers, the first first.
    pub papers: Vec<Paper>,
    /// The chair's confirmation.
    pub confirmed_at: Option<Timestamp>,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When the higher commission decided.
    pub decided_at: Option<Timestamp>,
}

/// A photo or PDF of a version's signed paper.
#[derive(Clone, Debug)]
pub struct Paper {
    /// The version that it shows.
    pub version: u64,
    /// The file.
    pub file_id: String,
    /// Its media type.
    pub media_type: String,
    /// When it came.
    pub attached_at: Timestamp,
    /// Why it came after another, or after the confirmation.
    pub reason: String,
}

impl Version {
    /// A version becomes public when the chair has confirmed it: then the signed copy hangs at the station too.
    #[must_use]
    pub const fn is_public(&self) -> bool {
        self.confirmed_at.is_some()
    }
}

/// All versions of a protocol with their papers, the first first.
///
/// # Errors
/// What the database reports.
pub async fn versions(
    connection: &mut Connection,
    station_id: &str,
    contest_id: &str,
) -> Result<Vec<Version>, Error> {
    let mut papers: Vec<Paper> = Vec::new();
    for row in connection
        .all(store::PAPERS, bind![station_id, contest_id])
        .await?
    {
        papers.push(Paper {
            version: row.count("version")?,
            file_id: row.text("file_id")?,
            media_type: row.text("media_type")?,
            attached_at: row.instant("attached_at")?,
            reason: row.text("reason")?,
        });
    }
    connection
        .all(store::VERSIONS, bind![station_id, contest_id])
        .await?
        .iter()
        .map(|row| {
            let version = row.count("version")?;
            Ok(Version {
                version,
                state: row.text("state")?,
                as_paper_says: row.flag("as_paper_says")?,
                reason: row.text("reason")?,
                papers: papers
                    .iter()
                    .filter(|p| p.version == version)
                    .cloned()
                    .collect(),
                confirmed_at: row.opt_instant("confirmed_at")?,
                decided_by: row.opt_text("decided_by")?,
                decided_at: row.opt_instant("decided_at")?,
            })
        })
        .collect()
}

/// One figure of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// The version.
    pub version: u64,
    /// The line.
    pub line: String,
    /// Whose figure, for repeated lines.
    pub item: String,
    /// The figure.
    pub value: u64,
}

/// All figures of all versions of a protocol.
///
/// # Errors
/// What the database reports.
pub async fn values(
    connection: &mut Connection,
    station_id: &str,
    contest_id: &str,
) -> Result<Vec<Value>, Error> {
    connection
        .all(store::VALUES, bind![station_id, contest_id])
        .await?
        .iter()
        .map(|row| {
            Ok(Value {
                version: row.count("version")?,
                line: row.text("line")?,
                item: row.text("item")?,
                value: row.count("value")?,
            })
        })
        .collect()
}
