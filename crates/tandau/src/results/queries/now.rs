//! What is happening in an election now.

use super::super::model::{Moment, OutcomeKind};
use super::super::store;
use super::{Contest, Election, PublicVotes};
use crate::bind;
use crate::platform::database::Connection;
use crate::platform::{Error, Lang};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Hours of the stations that vote on one day of an election, planned and reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hours {
    /// Stations.
    pub stations: u64,
    /// Stations that reported their opening.
    pub opened: u64,
    /// Stations that reported their closing.
    pub closed: u64,
    /// When the first is to open.
    pub first_opening: Option<Timestamp>,
    /// When the last is to close.
    pub last_closing: Option<Timestamp>,
}

impl Hours {
    /// Stations that are open.
    #[must_use]
    pub const fn open(&self) -> u64 {
        self.opened.saturating_sub(self.closed)
    }
}

/// Hours of an election on its own voting day; a contest moved to another day is not among them.
///
/// # Errors
/// What the database reports.
pub async fn hours(connection: &mut Connection, election: &Election) -> Result<Hours, Error> {
    let row = connection
        .one(store::HOURS, bind![&election.id, election.voting_day])
        .await?;
    Ok(Hours {
        stations: row.count("stations")?,
        opened: row.opt_count("opened")?.unwrap_or(0),
        closed: row.opt_count("closed")?.unwrap_or(0),
        first_opening: row.opt_instant("first_opening")?,
        last_closing: row.opt_instant("last_closing")?,
    })
}

/// What is happening on the election's own day, votes only after the embargo.
#[must_use]
pub fn moment(
    election: &Election,
    contests: &[Contest],
    hours: &Hours,
    public: &PublicVotes,
    now: Timestamp,
) -> Moment {
    if !public.on(election.voting_day) {
        return if hours.opened == 0 && hours.first_opening.is_none_or(|at| now < at) {
            Moment::Before
        } else if hours.closed > 0 {
            Moment::Closing
        } else {
            Moment::Voting
        };
    }
    match election.state.as_str() {
        "published" => Moment::Published,
        "determined" => Moment::Determined,
        _ if contests
            .iter()
            .filter(|c| public.of(c))
            .all(|c| c.progress.is_complete()) =>
        {
            Moment::Counted
        }
        _ => Moment::Counting,
    }
}

/// How many candidates stand on the ballots.
///
/// # Errors
/// What the database reports.
pub async fn count_candidates(
    connection: &mut Connection,
    election_id: &str,
) -> Result<u64, Error> {
    Ok(connection
        .one(store::COUNT_CANDIDATES, bind![election_id])
        .await?
        .count("n")?)
}

/// Names of the elected by contest, as far as votes may be shown.
///
/// # Errors
/// What the database reports.
pub async fn elected_names(
    connection: &mut Connection,
    election_id: &str,
    public: &PublicVotes,
    lang: Lang,
) -> Result<BTreeMap<String, String>, Error> {
    let outcomes = super::outcomes_of_election(connection, election_id, public).await?;
    Ok(super::candidates_of_election(connection, election_id)
        .await?
        .into_iter()
        .filter(|candidate| {
            outcomes.get(&candidate.contest_id).is_some_and(|o| {
                o.kind == OutcomeKind::Elected && o.candidate_id.as_deref() == Some(&candidate.id)
            })
        })
        .map(|candidate| (candidate.contest_id, candidate.names.get(lang).to_owned()))
        .collect())
}
