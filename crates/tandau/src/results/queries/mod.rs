//! What pages, downloads and other programs read. Whatever shows votes asks [`public_votes`] first.

mod commissions;
mod contests;
mod elections;
mod now;
mod repeats;
mod stations;
mod sums;

pub use commissions::{Commission, DecisionNote, Member, commission_of, decision, office_of};
pub use contests::{
    Candidate, Contest, candidates, candidates_of_election, contest, contest_id, contests,
};
pub use elections::{Election, current, election, elections};
pub use now::{Hours, count_candidates, elected_names, hours, moment};
pub use repeats::{repeated_by, repeats};
pub use stations::{
    Station, Value, Version, count_stations, station, stations_by_number, stations_of_contest,
    stations_of_election, values, versions,
};
pub use sums::{
    SlotTotal, Sums, line_by_station, outcome, outcomes, outcomes_of_election, published,
    sums_of_contest, sums_of_election, taking_office, turnout_of_contest, turnout_of_election,
    votes_by_station,
};

use crate::platform::Error;
use crate::platform::database::Connection;
use crate::votingday;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::hash::{Hash as _, Hasher as _};

/// The voting days of an election whose votes may be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublicVotes(BTreeSet<Date>);

impl PublicVotes {
    /// Whether votes of this day may be shown.
    #[must_use]
    pub fn on(&self, voting_day: Date) -> bool {
        self.0.contains(&voting_day)
    }

    /// A number that differs when other days may be shown: for what is kept and made from this.
    #[must_use]
    pub fn seen(&self) -> u64 {
        let mut hasher = std::hash::DefaultHasher::new();
        self.0.hash(&mut hasher);
        hasher.finish()
    }

    /// Whether votes of this contest may be shown.
    #[must_use]
    pub fn of(&self, contest: &Contest) -> bool {
        self.on(contest.voting_day)
    }
}

/// The embargo: of which voting days anything about votes may be shown, which is so when the last station that
/// votes on that day has closed, whatever its time zone. Pages, downloads, API, events and the hall screen all
/// ask here.
///
/// # Errors
/// What the database reports.
pub async fn public_votes(
    connection: &mut Connection,
    election_id: &str,
    now: Timestamp,
) -> Result<PublicVotes, Error> {
    votingday::queries::closed_days(connection, election_id, now)
        .await
        .map(PublicVotes)
}
