//! What must be told, by when, and what has been.

use crate::elections::calendar::Plan;
use crate::elections::model::{Contest, ContestState, Election};
use crate::elections::queries as elections;
use crate::platform::database::Connection;
use crate::platform::{App, Error, Names, ids};
use crate::publications::model::{self, NoticeEvent, Standing, how_it_stands};
use crate::publications::store::notices as store;
use crate::readiness::access::queries::election_of;
use crate::stations::queries as stations;
use electoral::notices::{Edge, Level, Notice};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};
use std::collections::HashMap;

/// A notice that a commission owes.
#[derive(Clone, Debug)]
pub struct Owed {
    /// Id of the notice.
    pub kind: String,
    /// The contest.
    pub contest_id: String,
    /// The commission's area.
    pub area_id: String,
    /// What it is called.
    pub names: Names,
    /// Number of the station, for a notice of its commission.
    pub number: Option<u64>,
    /// The first moment after its time; none where the calendar doesn't say.
    pub due: Option<Timestamp>,
    /// The last day on which it is told in time.
    pub last_day: Option<Date>,
    /// Tellings that hold.
    pub told: Vec<NoticeEvent>,
    /// How it stands.
    pub standing: Standing,
}

/// How many notices stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// All.
    pub all: u64,
    /// Told.
    pub told: u64,
    /// Told late.
    pub late: u64,
    /// Not told, and late.
    pub overdue: u64,
}

/// Adds up.
#[must_use]
pub fn sums<'o>(owed: impl IntoIterator<Item = &'o Owed>) -> Sums {
    let mut sums = Sums::default();
    for one in owed {
        sums.all += 1;
        match one.standing {
            Standing::Overdue => sums.overdue += 1,
            Standing::Open => {}
            Standing::Late => {
                sums.told += 1;
                sums.late += 1;
            }
            Standing::InTime => sums.told += 1,
        }
    }
    sums
}

/// The election by which an area's notices are read with its contests there; of a station's own area the contests
/// that it counts for.
///
/// # Errors
/// [`Error::NotFound`] for an election that is not there.
pub async fn scope(
    connection: &mut Connection,
    app: &App,
    asked: &str,
    area_id: &str,
) -> Result<Option<(Election, Vec<Contest>)>, Error> {
    let station = stations::id_by_area(connection, area_id).await?;
    let wide = match &station {
        Some(id) => {
            stations::as_of(connection, id, app.today())
                .await?
                .district_id
        }
        None => area_id.to_owned(),
    };
    election_of(connection, asked, &wide).await
}

/// When a notice falls due: the first moment after its time.
fn due(plan: &Plan, notice: &Notice, zone: &TimeZone) -> Result<Option<Timestamp>, Error> {
    let at = match notice.edge {
        Edge::From => plan.from(&notice.step),
        Edge::Until => plan.until(&notice.step),
    };
    let Some(at) = at else { return Ok(None) };
    if notice.plus_days == 0 {
        return Ok(Some(at));
    }
    // Days are counted whole, from the day on which the step ends.
    let days = Span::new().days(i64::from(notice.plus_days) + 1);
    let day = day_before(at, zone)?.checked_add(days)?;
    Ok(Some(day.to_zoned_datetime(zone.clone())?.timestamp()))
}

/// The last day before a moment ends it.
fn day_before(at: Timestamp, zone: &TimeZone) -> Result<Date, Error> {
    let just = at.checked_sub(SignedDuration::from_micros(1))?;
    Ok(just.to_zoned_datetime(zone.clone()).date())
}

/// Everything owed in contests of an election, as of a moment; only of one station where its own area is given.
///
/// # Errors
/// What the calendar or the database reports.
pub async fn owed_in(
    connection: &mut Connection,
    app: &App,
    election: &Election,
    contests: &[Contest],
    only: Option<&str>,
    now: Timestamp,
) -> Result<Vec<Owed>, Error> {
    let rules = app.rules.notices();
    let mut events: HashMap<(String, String), Vec<NoticeEvent>> = HashMap::new();
    // What was put on record at this very moment counts.
    let before = now.checked_add(SignedDuration::from_micros(1))?;
    for event in store::under(connection, &election.id, &election.area_id, before).await? {
        let key = (event.kind.clone(), event.area_id.clone());
        events.entry(key).or_default().push(event);
    }
    let mut all = Vec::new();
    for contest in contests {
        if contest.state == ContestState::Cancelled {
            continue;
        }
        let plan = elections::plan(connection, app, election, Some(contest)).await?;
        let zone = contest.time_zone()?;
        // As the register has them: counting units are made only for the day itself.
        let units = stations::of_district(connection, &contest.area_id, contest.voting_day).await?;
        for notice in &rules.notices {
            let due = due(&plan, notice, &zone)?;
            let last_day = due.map(|due| day_before(due, &zone)).transpose()?;
            let whose: Vec<(&str, &Names, Option<u64>)> = match notice.level {
                Level::Territorial => vec![(&contest.area_id, &contest.names, None)],
                Level::Precinct => units
                    .iter()
                    .map(|unit| (unit.area_id.as_str(), &unit.names, Some(unit.number)))
                    .collect(),
            };
            for (area_id, names, number) in whose {
                if only.is_some_and(|only| only != area_id) {
                    continue;
                }
                let key = (notice.id.clone(), area_id.to_owned());
                let acts = events.get(&key).map_or(&[][..], Vec::as_slice);
                let told: Vec<NoticeEvent> = model::standing(acts).into_iter().cloned().collect();
                let first = told.iter().filter_map(|event| event.told_on).min();
                all.push(Owed {
                    kind: notice.id.clone(),
                    contest_id: contest.id.clone(),
                    area_id: area_id.to_owned(),
                    names: names.clone(),
                    number,
                    due,
                    last_day,
                    standing: how_it_stands(first, last_day, due, now),
                    told,
                });
            }
        }
    }
    // What is late stands first, then what is due soonest.
    all.sort_by_key(|one| (one.standing, one.due, one.number));
    Ok(all)
}

/// A notice that a commission owes in an election, with what it is called there.
///
/// # Errors
/// [`Error::NotFound`] where nobody owes it.
pub async fn owed_by(
    connection: &mut Connection,
    app: &App,
    election_id: &str,
    kind: &str,
    area_id: &str,
) -> Result<Names, Error> {
    if !ids::is_id(election_id) || !ids::is_id(area_id) {
        return Err(Error::NotFound);
    }
    let notice = app.rules.notices().notice(kind).ok_or(Error::NotFound)?;
    let whose = store::whose(connection, election_id, area_id, notice.level).await?;
    whose.ok_or(Error::NotFound)
}

/// Acts on one notice, the first first.
///
/// # Errors
/// What the database reports.
pub async fn notice_events(
    connection: &mut Connection,
    election_id: &str,
    kind: &str,
    area_id: &str,
) -> Result<Vec<NoticeEvent>, Error> {
    store::of_notice(connection, election_id, kind, area_id).await
}

/// Whether a paper proves a telling that holds: then everybody may see it.
///
/// # Errors
/// What the database reports.
pub async fn proof(connection: &mut Connection, file_id: &str) -> Result<bool, Error> {
    store::is_proof(connection, file_id).await
}
