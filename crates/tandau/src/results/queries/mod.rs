//! What pages, downloads and other programs read. Whatever shows votes asks [`votes_are_public`] first.

mod commissions;
mod contests;
mod elections;
mod now;
mod stations;
mod sums;

pub use commissions::{Commission, DecisionNote, Member, commission_of, decision, office_of};
pub use contests::{
    Candidate, Contest, candidates, candidates_of_election, contest, contest_id, contests,
};
pub use elections::{Election, current, election, elections};
pub use now::{Hours, count_candidates, elected_names, hours, moment};
pub use stations::{
    Slot, Station, Value, Version, count_stations, slots_of_station, station, stations_by_number,
    stations_of_contest, stations_of_election, values, versions,
};
pub use sums::{
    SlotTotal, Sums, outcome, outcomes, outcomes_of_election, published, sums_of_contest,
    sums_of_election, taking_office, turnout_of_contest, turnout_of_election, votes_by_station,
};

use crate::platform::Error;
use crate::platform::database::Connection;
use crate::votingday;
use jiff::Timestamp;

/// The embargo: whether anything about votes may be shown, which is so when the last station of the whole
/// election has closed, whatever its time zone. Pages, downloads, API, events and the hall screen all ask here.
///
/// # Errors
/// What the database reports.
pub async fn votes_are_public(
    connection: &mut Connection,
    election_id: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    votingday::queries::all_closed(connection, election_id, now).await
}
