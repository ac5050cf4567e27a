//! Counting units: the stations of a constituency, with their hours of voting in their own zones.

use super::contests::number;
use crate::bind;
use crate::elections::model::Contest;
use crate::elections::neighbours::Neighbours;
use crate::elections::queries::RegisteredStation;
use crate::elections::{queries, store};
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, audit};
use electoral::RulePack;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

/// Makes the counting units of a contest from the stations of its area as of the voting day, and fills the
/// contest's number of stations and voters. Units that are there already are made anew while nothing has
/// opened. Returns how many there are.
///
/// # Errors
/// No power; [`Error::Conflict`] without a station, with a list above the rules' limit, or once voting has
/// begun.
pub async fn add_counting_units_in(
    tx: &mut Transaction,
    acting: &Acting,
    contest_id: &str,
) -> Result<u64, Error> {
    let contest = authorised(tx, acting, contest_id).await?;
    let pack = pack_of(tx, acting, &contest).await?;
    let register = queries::stations_of_contest(tx, &contest).await?;
    if register.is_empty() {
        return Err(Error::Conflict(acting.t().elections_no_stations()));
    }
    tx.execute(store::REMOVE_UNITS, bind![contest_id]).await?;
    let mut voters: u64 = 0;
    for station in &register {
        voters = voters
            .checked_add(station.voters)
            .ok_or_else(|| Error::internal("more voters than can be counted"))?;
        write(tx, &contest, &pack, station).await?;
    }
    let stations = u64::try_from(register.len()).map_err(Error::internal)?;
    tx.execute(
        store::SET_EXPECTED,
        bind![contest_id, number(stations)?, number(voters)?],
    )
    .await?;
    record(tx, acting, contest_id).await?;
    told(tx, acting, contest_id).await?;
    Ok(stations)
}

/// Takes the register's stations over as counting units: stations that were added, closed or renumbered, and
/// lists that have another number of voters. Possible until the first of the contest's stations opens.
/// Returns how many there are.
///
/// # Errors
/// As [`add_counting_units_in`].
pub async fn refresh_counting_units(acting: &Acting, contest_id: &str) -> Result<u64, Error> {
    let mut tx = acting.begin().await?;
    let stations = add_counting_units_in(&mut tx, acting, contest_id).await?;
    tx.commit().await?;
    Ok(stations)
}

/// Makes the units of a contest that repeats another: the same stations, numbers and lists, the hours of its
/// own voting day.
pub(super) async fn same_units_in(
    tx: &mut Transaction,
    acting: &Acting,
    repeated: &Contest,
    contest: &Contest,
) -> Result<(), Error> {
    let pack = pack_of(tx, acting, contest).await?;
    for unit in queries::counting_units(tx, &repeated.id).await? {
        let (opens, closes) = hours(&pack, contest.voting_day, &unit.time_zone()?)?;
        tx.execute(
            store::ADD_UNIT,
            bind![
                &unit.station_id,
                &contest.id,
                &contest.election_id,
                number(unit.number)?,
                number(unit.voters_initial)?,
                opens,
                closes
            ],
        )
        .await?;
    }
    tx.execute(
        store::SET_EXPECTED,
        bind![
            &contest.id,
            number(repeated.stations_expected)?,
            number(repeated.voters_on_lists)?
        ],
    )
    .await?;
    record(tx, acting, &contest.id).await?;
    told(tx, acting, &contest.id).await
}

/// Gives the units of a contest the hours of its (moved) voting day. Lists and numbers stay as they are.
///
/// # Errors
/// As [`add_counting_units_in`].
pub async fn retime_counting_units_in(
    tx: &mut Transaction,
    acting: &Acting,
    contest_id: &str,
) -> Result<(), Error> {
    let contest = queries::contest(tx, contest_id).await?;
    let pack = pack_of(tx, acting, &contest).await?;
    let units = queries::counting_units(tx, contest_id).await?;
    if units.is_empty() {
        return Ok(());
    }
    for unit in &units {
        let (opens, closes) = hours(&pack, contest.voting_day, &unit.time_zone()?)?;
        tx.execute(
            store::ADD_UNIT,
            bind![
                &unit.station_id,
                contest_id,
                &contest.election_id,
                number(unit.number)?,
                number(unit.voters_initial)?,
                opens,
                closes
            ],
        )
        .await?;
    }
    record(tx, acting, contest_id).await
}

async fn authorised(
    tx: &mut Transaction,
    acting: &Acting,
    contest_id: &str,
) -> Result<Contest, Error> {
    let contest = queries::contest(tx, contest_id).await?;
    let election = queries::election(tx, &contest.election_id).await?;
    acting
        .require(
            tx,
            Action::ElectionMove,
            &contest.area_id,
            Some(election.state.as_str()),
        )
        .await?;
    let opened = queries::counting_units(tx, contest_id)
        .await?
        .iter()
        .any(|u| u.opens_at <= acting.now());
    if opened {
        return Err(Error::Conflict(acting.t().elections_units_fixed()));
    }
    Ok(contest)
}

async fn pack_of(
    tx: &mut Transaction,
    acting: &Acting,
    contest: &Contest,
) -> Result<std::sync::Arc<RulePack>, Error> {
    let election = queries::election(tx, &contest.election_id).await?;
    acting.app().rules.get(&election.rules_id)
}

async fn write(
    tx: &mut Transaction,
    contest: &Contest,
    pack: &RulePack,
    station: &RegisteredStation,
) -> Result<(), Error> {
    let zone = TimeZone::get(&station.zone)?;
    let (opens, closes) = hours(pack, contest.voting_day, &zone)?;
    tx.execute(
        store::ADD_UNIT,
        bind![
            &station.station_id,
            &contest.id,
            &contest.election_id,
            number(station.number)?,
            number(station.voters)?,
            opens,
            closes
        ],
    )
    .await?;
    Ok(())
}

/// The hours of voting that the rules give, by the clocks of a zone on that day.
fn hours(pack: &RulePack, day: Date, zone: &TimeZone) -> Result<(Timestamp, Timestamp), Error> {
    let voting = pack
        .voting
        .as_ref()
        .ok_or_else(|| Error::internal(format!("{}: no hours of voting", pack.id)))?;
    let at = |time: Time| -> Result<Timestamp, Error> {
        Ok(day
            .to_datetime(time)
            .to_zoned_datetime(zone.clone())?
            .timestamp())
    };
    Ok((at(voting.starts.value)?, at(voting.ends.value)?))
}

async fn record(tx: &mut Transaction, acting: &Acting, contest_id: &str) -> Result<(), Error> {
    let event = audit::Event {
        event: "contest.stations",
        kind: "contest_stations",
        object: &[contest_id],
        contest_id,
    };
    acting.record(tx, event).await
}

/// Who owes a protocol follows in the same act.
async fn told(tx: &mut Transaction, acting: &Acting, contest_id: &str) -> Result<(), Error> {
    for neighbour in Neighbours::of(acting.app()).iter() {
        neighbour.units_changed(tx, acting, contest_id).await?;
    }
    Ok(())
}
