//! Halls and trainers of the visited districts, and the plan that each district asked for before the region's commission came
//! to teach. Halls, their seats and where they stand are made up.

use super::schedule::reported;
use super::{FURNISHED, MAIN, is_district};
use crate::demo::load::{self, item};
use crate::demo::plan::Office;
use crate::demo::play::{Stage, pair};
use crate::platform::{Error, Names};
use crate::stations::queries as stations;
use crate::training::planner::model::{NewHall, NewPlan, NewTrainer};
use crate::training::planner::{self, actions};
use electoral::accessibility::{Place, metres};
use jiff::Timestamp;

/// Seats of the hall in the centre of a district, and of the one far from it.
const SEATS: [u64; 2] = [120, 60];
/// Metres from the centre beyond which a district has a second hall.
const FAR: u64 = 40_000;

/// Enters halls and trainers of each visited district, and asks for its plan.
pub(super) async fn furnished(
    stage: &Stage,
    names: [Names; 2],
    at: Timestamp,
) -> Result<(), Error> {
    for area in reported() {
        let contest = stage.plan.contests.iter().position(|c| c.area == area);
        let contest = contest.ok_or_else(|| Error::internal(format!("no contest of {area}")))?;
        district(stage, contest, &names, at).await?;
    }
    Ok(())
}

async fn district(
    stage: &Stage,
    number: usize,
    names: &[Names; 2],
    at: Timestamp,
) -> Result<(), Error> {
    let contest = item(&stage.plan.contests, number)?;
    let code = &contest.area;
    let places = places(stage, number).await?;
    let largest = places.iter().max_by_key(|(voters, _)| *voters);
    let Some((_, centre)) = largest.copied() else {
        return Ok(());
    };
    let farthest = places.iter().map(|(_, place)| *place);
    let farthest = farthest.max_by_key(|place| metres(centre, *place));
    let second = farthest.filter(|place| metres(centre, *place) > FAR);
    let (_, secretary) = pair(&stage.districts, number)?;
    let acting = stage.acting(secretary, at);
    let area_id = stage.area(code)?.to_owned();
    let halls = [Some(centre), second].into_iter().flatten();
    for (number, ((place, name), seats)) in (1_u8..).zip(halls.zip(names).zip(SEATS)) {
        let hall = NewHall {
            id: format!("demo-hall-{code}-{number}"),
            area_id: area_id.clone(),
            name: name.clone(),
            seats,
            place: (place.latitude_microdeg, place.longitude_microdeg),
            retired: false,
        };
        actions::set_hall(&acting, 0, hall).await?;
    }
    let commissions = &stage.plan.commissions;
    let own = commissions
        .iter()
        .find(|c| is_district(c.level) && c.area == *code);
    let own = own.ok_or_else(|| Error::internal(format!("no commission of {code}")))?;
    let officers = own
        .seats_on(FURNISHED)
        .filter(|seat| matches!(seat.office, Office::Chair | Office::Secretary));
    for seat in officers {
        let trainer = NewTrainer {
            person_id: item(&stage.ids.people, seat.person)?.clone(),
            area_id: area_id.clone(),
            place: (centre.latitude_microdeg, centre.longitude_microdeg),
            away: Vec::new(),
            retired: false,
        };
        actions::set_trainer(&acting, 0, trainer).await?;
    }
    let plan = NewPlan {
        id: format!("demo-training-plan-{code}"),
        election_id: load::ELECTION.to_owned(),
        programme_id: MAIN.to_owned(),
        area_id,
        level: 2,
        starts_on: FURNISHED.tomorrow()?,
    };
    let id = plan.id.clone();
    actions::ask(&acting, plan).await?;
    planner::reckon(&stage.app, &id).await
}

/// Where the stations of a contest are, with the voters of each.
async fn places(stage: &Stage, contest: usize) -> Result<Vec<(u64, Place)>, Error> {
    let mut found = Vec::new();
    let mut reader = stage.app.read().await?;
    for index in item(&stage.plan.contests, contest)?.stations.clone() {
        let id = item(&stage.ids.stations, index)?;
        let station = stations::as_of(&mut reader, id, FURNISHED).await?;
        let at = station.latitude_microdeg.zip(station.longitude_microdeg);
        found.extend(at.map(|(latitude_microdeg, longitude_microdeg)| {
            let place = Place {
                latitude_microdeg,
                longitude_microdeg,
            };
            (station.voters_on_list, place)
        }));
    }
    Ok(found)
}
