//! What pages and other rooms read.

use super::model::{BallotLine, Candidate, CandidateEvent, CandidateState, Funnel};
use super::store;
use crate::bind;
use crate::platform::database::Connection;
use crate::platform::{Error, Names, ids, search};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// One candidate.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn candidate(connection: &mut Connection, id: &str) -> Result<Candidate, Error> {
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    let row = connection.first(store::CANDIDATE, bind![id]).await?;
    Ok(store::candidate(&row.ok_or(Error::NotFound)?)?)
}

/// Everybody ever nominated in a contest, in the order of nomination.
///
/// # Errors
/// What the database reports.
pub async fn all_of_contest(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<Vec<Candidate>, Error> {
    let rows = connection.all(store::OF_CONTEST, bind![contest_id]).await?;
    Ok(rows
        .iter()
        .map(store::candidate)
        .collect::<Result<_, _>>()?)
}

/// Everybody ever nominated in an election, by contest.
///
/// # Errors
/// What the database reports.
pub async fn all_of_election(
    connection: &mut Connection,
    election_id: &str,
) -> Result<Vec<Candidate>, Error> {
    let rows = connection
        .all(store::OF_ELECTION, bind![election_id])
        .await?;
    Ok(rows
        .iter()
        .map(store::candidate)
        .collect::<Result<_, _>>()?)
}

/// A candidate that a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The candidate.
    pub id: String,
    /// Where the candidacy stands.
    pub state: CandidateState,
    /// Whether the name stands on the ballot.
    pub on_ballot: bool,
    /// Names of the person.
    pub names: Names,
    /// The election.
    pub election_id: String,
    /// Its day of voting.
    pub voting_day: Date,
    /// Code of the contest's area.
    pub area_code: String,
    /// Names of the contest's area.
    pub area: Names,
}

/// Candidates of all elections whose name in any language has every word (the first three), whatever the
/// diacritics and the order; the newest election first.
///
/// # Errors
/// What the database reports.
pub async fn search(
    connection: &mut Connection,
    words: &str,
    limit: u32,
) -> Result<Vec<Found>, Error> {
    if search::is_blank(words) {
        return Ok(Vec::new());
    }
    let [first, second, third] = search::patterns(words);
    let values = bind![first, second, third, i64::from(limit)];
    let mut found = Vec::new();
    for row in connection.all(store::SEARCH, values).await? {
        found.push(Found {
            id: row.text("id")?,
            state: store::state(&row)?,
            on_ballot: row.opt_int("ballot_position")?.is_some(),
            names: row.names("name")?,
            election_id: row.text("election_id")?,
            voting_day: row.date("voting_day")?,
            area_code: row.text("code")?,
            area: row.names("area")?,
        });
    }
    Ok(found)
}

/// The ballot in its order. "Against all" is no line here: it stands last where the rules ask for it
/// ([`against_all`]).
///
/// # Errors
/// What the database reports.
pub async fn ballot(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<Vec<BallotLine>, Error> {
    let mut lines: Vec<BallotLine> = all_of_contest(connection, contest_id)
        .await?
        .into_iter()
        .filter_map(|c| {
            Some(BallotLine {
                position: c
                    .ballot_position
                    .filter(|_| c.state == CandidateState::OnBallot)?,
                candidate_id: c.id,
                names: c.names,
                nominated_by: c.nominated_by,
                organisation: c.organisation,
            })
        })
        .collect();
    lines.sort_by_key(|line| line.position);
    Ok(lines)
}

/// Whether the ballot ends with "against all".
#[must_use]
pub fn against_all(pack: &electoral::RulePack) -> bool {
    pack.contest.against_all.value
}

/// What happened to a candidate.
///
/// # Errors
/// What the database reports.
pub async fn events(
    connection: &mut Connection,
    candidate_id: &str,
) -> Result<Vec<CandidateEvent>, Error> {
    let rows = connection.all(store::EVENTS, bind![candidate_id]).await?;
    Ok(rows.iter().map(store::event).collect::<Result<_, _>>()?)
}

/// What happened to every candidate of an election, by candidate.
///
/// # Errors
/// What the database reports.
pub async fn events_of_election(
    connection: &mut Connection,
    election_id: &str,
) -> Result<BTreeMap<String, Vec<CandidateEvent>>, Error> {
    let mut events: BTreeMap<String, Vec<CandidateEvent>> = BTreeMap::new();
    for row in connection
        .all(store::EVENTS_OF_ELECTION, bind![election_id])
        .await?
    {
        let event = store::event(&row)?;
        events
            .entry(event.candidate_id.clone())
            .or_default()
            .push(event);
    }
    Ok(events)
}

/// How many were nominated, registered, and are on ballots.
///
/// # Errors
/// What the database reports.
pub async fn funnel(connection: &mut Connection, election_id: &str) -> Result<Funnel, Error> {
    let mut funnel = Funnel {
        registered: connection
            .one(store::REGISTERED_EVER, bind![election_id])
            .await?
            .count("n")?,
        ..Funnel::default()
    };
    for row in connection
        .all(store::COUNT_BY_STATE, bind![election_id])
        .await?
    {
        let n = row.count("n")?;
        funnel.nominated = funnel
            .nominated
            .checked_add(n)
            .ok_or_else(|| Error::internal("more candidates than can be counted"))?;
        if store::state(&row)? == CandidateState::OnBallot {
            funnel.on_ballots = n;
        }
    }
    Ok(funnel)
}
