//! What pages and other rooms read.

mod decisions;
mod told;

pub use decisions::{DecisionLine, DecisionRef, decision, decisions};
pub use told::plan_as_recorded;

use super::calendar::{Entry, Plan};
use super::model::{Contest, ContestState, CountingUnit, Election, StateMove};
use super::state::{ElectionState, Facts};
use super::store;
use crate::bind;
use crate::platform::database::{Connection, DatabaseError};
use crate::platform::{App, Error, ids};
use electoral::RulePack;
use jiff::Timestamp;
use jiff::civil::Date;

/// One election.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn election(connection: &mut Connection, id: &str) -> Result<Election, Error> {
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    let row = connection.first(store::ELECTION, bind![id]).await?;
    Ok(store::election(&row.ok_or(Error::NotFound)?)?)
}

/// All elections, the newest voting day first.
///
/// # Errors
/// What the database reports.
pub async fn elections(connection: &mut Connection) -> Result<Vec<Election>, Error> {
    let rows = connection.all(store::ELECTIONS, bind![]).await?;
    Ok(rows.iter().map(store::election).collect::<Result<_, _>>()?)
}

/// Contests of an election by number.
///
/// # Errors
/// What the database reports.
pub async fn contests(
    connection: &mut Connection,
    election_id: &str,
) -> Result<Vec<Contest>, Error> {
    let rows = connection.all(store::CONTESTS, bind![election_id]).await?;
    Ok(rows.iter().map(store::contest).collect::<Result<_, _>>()?)
}

/// One contest.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn contest(connection: &mut Connection, id: &str) -> Result<Contest, Error> {
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    let row = connection.first(store::CONTEST, bind![id]).await?;
    Ok(store::contest(&row.ok_or(Error::NotFound)?)?)
}

/// A contest of an election as addresses name it: by its full id or by the code of its area.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn contest_of(
    connection: &mut Connection,
    election_id: &str,
    code_or_id: &str,
) -> Result<Contest, Error> {
    if !ids::is_id(code_or_id) {
        return Err(Error::NotFound);
    }
    let by_code = connection
        .first(store::CONTEST_OF_CODE, bind![election_id, code_or_id])
        .await?;
    let id = match by_code {
        Some(row) => row.text("id")?,
        None => code_or_id.to_owned(),
    };
    let contest = contest(connection, &id).await?;
    if contest.election_id == election_id {
        Ok(contest)
    } else {
        Err(Error::NotFound)
    }
}

/// Counting units of a contest by number.
///
/// # Errors
/// What the database reports.
pub async fn counting_units(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<Vec<CountingUnit>, Error> {
    let rows = connection.all(store::UNITS, bind![contest_id]).await?;
    Ok(rows.iter().map(store::unit).collect::<Result<_, _>>()?)
}

/// Every contest a station counts, the newest voting day first.
///
/// # Errors
/// What the database reports.
pub async fn units_of_station(
    connection: &mut Connection,
    station_id: &str,
) -> Result<Vec<CountingUnit>, Error> {
    let rows = connection
        .all(store::UNITS_OF_STATION, bind![station_id])
        .await?;
    Ok(rows.iter().map(store::unit).collect::<Result<_, _>>()?)
}

/// Counting units of an election with a station number: several, where regions use the same one.
///
/// # Errors
/// What the database reports.
pub async fn units_of_election_by_number(
    connection: &mut Connection,
    election_id: &str,
    number: u64,
) -> Result<Vec<CountingUnit>, Error> {
    let Ok(number) = i64::try_from(number) else {
        return Ok(Vec::new());
    };
    let rows = connection
        .all(store::UNITS_BY_NUMBER, bind![election_id, number])
        .await?;
    Ok(rows.iter().map(store::unit).collect::<Result<_, _>>()?)
}

/// A station of the register that votes in a contest on its day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisteredStation {
    /// The station.
    pub station_id: String,
    /// Its number.
    pub number: u64,
    /// Voters on its list.
    pub voters: u64,
    /// Its zone.
    pub zone: String,
}

/// Stations of a contest's area as the register has them on the day of voting.
///
/// # Errors
/// What the database reports.
pub async fn stations_of_contest(
    connection: &mut Connection,
    contest: &Contest,
) -> Result<Vec<RegisteredStation>, Error> {
    let asked = bind![&contest.area_id, contest.voting_day];
    let mut stations = Vec::new();
    for row in connection.all(store::STATIONS_OF_DISTRICT, asked).await? {
        stations.push(RegisteredStation {
            station_id: row.text("station_id")?,
            number: row.count("number")?,
            voters: row.count("voters_on_list")?,
            zone: row.text("zone")?,
        });
    }
    Ok(stations)
}

/// The first opening and the last closing among the stations that vote on a day.
///
/// # Errors
/// What the database reports.
pub async fn hours_of_day(
    connection: &mut Connection,
    election_id: &str,
    day: Date,
) -> Result<Option<(Timestamp, Timestamp)>, DatabaseError> {
    let row = connection
        .one(store::HOURS_OF_DAY, bind![election_id, day])
        .await?;
    Ok(row
        .opt_instant("first_opening")?
        .zip(row.opt_instant("last_closing")?))
}

/// The embargo: when the last station of the election closes, over all counting units and zones.
///
/// Contests whose voting was moved to a day of their own keep an embargo of their own
/// ([`last_closing_of_contest`]). Without counting units it is the end of voting day in the election's zone.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn last_closing(
    connection: &mut Connection,
    election_id: &str,
) -> Result<Timestamp, Error> {
    let election = election(connection, election_id).await?;
    last_closing_on(connection, &election, election.voting_day).await
}

/// When the last station closes among those that vote on the day of this contest.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn last_closing_of_contest(
    connection: &mut Connection,
    contest: &Contest,
) -> Result<Timestamp, Error> {
    let election = election(connection, &contest.election_id).await?;
    last_closing_on(connection, &election, contest.voting_day).await
}

async fn last_closing_on(
    connection: &mut Connection,
    election: &Election,
    day: Date,
) -> Result<Timestamp, Error> {
    if let Some((_, last)) = hours_of_day(connection, &election.id, day).await? {
        return Ok(last);
    }
    let end_of_day = day.tomorrow()?.to_zoned_datetime(election.time_zone()?)?;
    Ok(end_of_day.timestamp())
}

/// The history of an election's states.
///
/// # Errors
/// What the database reports.
pub async fn states(
    connection: &mut Connection,
    election_id: &str,
) -> Result<Vec<StateMove>, Error> {
    let rows = connection.all(store::STATES, bind![election_id]).await?;
    Ok(rows
        .iter()
        .map(store::state_move)
        .collect::<Result<_, _>>()?)
}

/// The state by which powers over a contest are decided: the election's, or, where voting was moved to a
/// day of its own, what that day's calendar says until the contest is settled, even if the others are
/// determined and published long before.
///
/// # Errors
/// What the database reports.
pub async fn phase(
    connection: &mut Connection,
    election: &Election,
    contest: &Contest,
    now: Timestamp,
) -> Result<ElectionState, Error> {
    if contest.voting_day == election.voting_day || contest.state.is_settled() {
        return Ok(election.state);
    }
    let Some((opens, closes)) = hours_of_day(connection, &election.id, contest.voting_day).await?
    else {
        return Ok(ElectionState::Campaign);
    };
    let silence = contest
        .voting_day
        .yesterday()?
        .to_zoned_datetime(contest.time_zone()?)?
        .timestamp();
    Ok(if now < silence {
        ElectionState::Campaign
    } else if now < opens {
        ElectionState::Silence
    } else if now < closes {
        ElectionState::Voting
    } else {
        ElectionState::Counting
    })
}

/// Entries of the calendar: the election's, and those of one contest (empty id: none).
///
/// # Errors
/// What the database reports.
pub async fn entries(
    connection: &mut Connection,
    election_id: &str,
    contest_id: &str,
) -> Result<Vec<Entry>, Error> {
    let rows = connection
        .all(store::ENTRIES, bind![election_id, contest_id])
        .await?;
    Ok(rows.iter().map(Entry::read).collect::<Result<_, _>>()?)
}

/// The calendar of an election, or of one contest in its own zone and for its own day.
///
/// # Errors
/// Rules that can't be read; an override that ends before it starts.
pub async fn plan(
    connection: &mut Connection,
    app: &App,
    election: &Election,
    contest: Option<&Contest>,
) -> Result<Plan, Error> {
    let pack = app.rules.get(&election.rules_id)?;
    let entries = entries(
        connection,
        &election.id,
        contest.map_or("", |c| c.id.as_str()),
    )
    .await?;
    let called_on = match contest {
        Some(contest) => match &contest.called_by_decision_id {
            Some(id) => Some(decision(connection, id).await?.decided_on),
            None => None,
        },
        None => common_call(connection, &election.id).await?,
    };
    let (day, zone) = match contest {
        Some(contest) => (contest.voting_day, contest.time_zone()?),
        None => (election.voting_day, election.time_zone()?),
    };
    Plan::compute(
        &pack,
        day,
        &zone,
        &election.time_zone()?,
        called_on,
        &entries,
    )
}

/// The day on which all contests were called; none where they differ or nobody has called them.
async fn common_call(
    connection: &mut Connection,
    election_id: &str,
) -> Result<Option<Date>, Error> {
    let rows = connection.all(store::CALLED_ON, bind![election_id]).await?;
    match rows.as_slice() {
        [row] => Ok(Some(row.date("decided_on")?)),
        _ => Ok(None),
    }
}

/// What the calendar and the contests say now: the checks of a move.
///
/// # Errors
/// As [`plan`].
pub async fn facts(
    connection: &mut Connection,
    app: &App,
    election: &Election,
    now: Timestamp,
    decided: bool,
) -> Result<Facts, Error> {
    let contests = contests(connection, &election.id).await?;
    let plan = plan(connection, app, election, None).await?;
    let hours = hours_of_day(connection, &election.id, election.voting_day).await?;
    let mut facts = Facts {
        now,
        decided,
        nomination_start: plan.from("nomination_start"),
        nomination_end: plan.until("nomination_end"),
        registration_end: plan.until("registration_end"),
        campaign_end: plan.until("campaign_end"),
        first_opening: hours.map(|h| h.0).or_else(|| plan.from("voting_start")),
        last_closing: hours.map(|h| h.1).or_else(|| plan.until("voting_end")),
        contests: count(contests.len()),
        uncalled: count(
            contests
                .iter()
                .filter(|c| c.called_by_decision_id.is_none() && !c.state.is_settled())
                .count(),
        ),
        open_contests: count(Contest::awaited(&contests)),
    };
    // Clocks differ between zones: what begins, begins with the first contest; what ends, ends with the last.
    let mut zones: Vec<&str> = contests.iter().map(|c| c.zone.as_str()).collect();
    zones.sort_unstable();
    zones.dedup();
    for zone in zones {
        let Some(contest) = contests
            .iter()
            .find(|c| c.zone == zone && c.voting_day == election.voting_day)
        else {
            continue;
        };
        let local = self::plan(connection, app, election, Some(contest)).await?;
        facts.nomination_start = earliest(facts.nomination_start, local.from("nomination_start"));
        facts.nomination_end = latest(facts.nomination_end, local.until("nomination_end"));
        facts.registration_end = latest(facts.registration_end, local.until("registration_end"));
        facts.campaign_end = earliest(facts.campaign_end, local.until("campaign_end"));
    }
    Ok(facts)
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

fn earliest(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    [a, b].into_iter().flatten().min()
}

fn latest(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    [a, b].into_iter().flatten().max()
}

/// One change of a contest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContestChange {
    /// From 1.
    pub sequence: u64,
    /// `added`, `nomination_extended`, `postponed`, `settled`.
    pub kind: String,
    /// State since then.
    pub state: ContestState,
    /// Day of voting since then.
    pub voting_day: Date,
    /// Last moment of nomination since then.
    pub nomination_until: Option<Timestamp>,
    /// The decision.
    pub decision_id: Option<String>,
    /// Why.
    pub reason: String,
    /// When it was put on record.
    pub made_at: Timestamp,
}

/// What changed in a contest.
///
/// # Errors
/// What the database reports.
pub async fn contest_changes(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<Vec<ContestChange>, Error> {
    let mut changes = Vec::new();
    for row in connection.all(store::CHANGES, bind![contest_id]).await? {
        changes.push(ContestChange {
            sequence: row.count("sequence")?,
            kind: row.text("kind")?,
            state: store::contest_state(&row)?,
            voting_day: row.date("voting_day")?,
            nomination_until: row.opt_instant("nomination_until")?,
            decision_id: row.opt_text("decision_id")?,
            reason: row.text("reason")?,
            made_at: row.instant("made_at")?,
        });
    }
    Ok(changes)
}

/// Fingerprint of a rule pack: of its whole content, not of the file's layout.
///
/// # Errors
/// Never for a pack that was read.
pub fn rules_sha256(pack: &RulePack) -> Result<String, Error> {
    use sha2::{Digest as _, Sha256};
    use std::fmt::Write as _;
    let bytes = serde_json::to_vec(pack).map_err(Error::internal)?;
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(&bytes) {
        write!(text, "{byte:02x}").map_err(Error::internal)?;
    }
    Ok(text)
}
