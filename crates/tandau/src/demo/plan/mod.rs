//! The plan of the pilot's demonstration: everything that is to be shown, worked out before anything is written.
//!
//! Territories and the published totals are real (`demo/README.md` names every source). People, parties, addresses and
//! the figures of every station are synthetic in all 45 contests: published totals are only targets for lists and turnout,
//! and no published vote is repeated. The plan is pure and deterministic: the same files give the same plan.

mod areas;
mod candidates;
mod commissions;
mod contests;
mod day;
mod error;
mod events;
mod faults;
mod figures;
mod funnel;
mod geometry;
mod model;
mod model_candidate;
mod model_day;
mod num;
mod officers;
mod people;
mod places;
mod readiness;
mod relations;
mod rng;
mod sources;
mod stations;
mod texts;
pub(super) mod visit;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use jiff::tz::TimeZone;

pub use areas::PLACEHOLDER;
pub use day::{CLOSES, OPENS, SLOTS, VOTING_DAY};
pub use error::PlanError;
pub use model::*;
pub(super) use num::share;
pub(super) use readiness::{GettingReady, Said, build as readiness};
pub use relations::{Relation, broken};
pub use sources::Sources;

use people::People;
use rng::Rng;

/// Works out the whole demonstration.
///
/// # Errors
/// [`PlanError`] names the data file or figure at fault; the built-in files have none.
pub fn build(sources: &Sources) -> Result<Plan, PlanError> {
    let areas = areas::build(sources)?;
    let organisations = organisations(sources)?;
    let mut frame = contests::build(sources)?;
    let stations = stations::build(sources, &mut frame)?;
    let mut people = People::new(sources)?;
    let candidates = candidates::build(&frame, &organisations, &mut people)?;
    candidates::ballots(&mut frame.contests, &candidates, &people);
    let of_kind = |kind: AreaKind| -> Vec<String> {
        areas
            .iter()
            .filter(|a| a.kind == kind)
            .map(|a| a.code.clone())
            .collect()
    };
    let commissions = commissions::build(
        &frame,
        &of_kind(AreaKind::CityOfRegionalSignificance),
        &of_kind(AreaKind::Region),
        &stations,
        &organisations,
        &mut people,
    )?;
    let officers = officers::build(&frame.contests, &mut people)?;
    let mut plan = Plan {
        areas,
        organisations,
        people: people.made,
        contests: frame.contests,
        stations,
        commissions,
        candidates,
        officers,
        days: Vec::new(),
        events: Vec::new(),
    };
    let late: Vec<u32> = frame
        .weights
        .iter()
        .filter(|w| w.scene == "late")
        .map(|w| w.no)
        .collect();
    plan.days = days(&plan, &late)?;
    plan.events = events::build(&plan.days);
    Ok(plan)
}

fn organisations(sources: &Sources) -> Result<Vec<Organisation>, PlanError> {
    let rows: Vec<sources::OrganisationRow> =
        sources::rows("organisations.csv", sources.organisations)?;
    let make = |row: sources::OrganisationRow| Organisation {
        code: row.code,
        is_party: row.kind == "party",
        name: Text3::new(row.name_kk, row.name_ru, row.name_en),
    };
    Ok(rows.into_iter().map(make).collect())
}

/// Voting day of every station.
fn days(plan: &Plan, late: &[u32]) -> Result<Vec<StationDay>, PlanError> {
    let mut figures = Vec::with_capacity(plan.stations.len());
    for contest in &plan.contests {
        let own = plan
            .stations
            .get(contest.stations.clone())
            .unwrap_or_default();
        let issuers: Vec<Vec<usize>> = contest
            .stations
            .clone()
            .filter_map(|station| plan.commissions.get(plan.precinct(station)?))
            .map(|commission| commissions::issuers(commission, VOTING_DAY))
            .collect();
        figures.extend(figures::contest(contest, own, &issuers)?);
    }
    let troubles: HashMap<usize, faults::Trouble> =
        faults::spread(&plan.contests, &plan.stations, &figures)
            .into_iter()
            .collect();
    let zones = zones(plan)?;
    let mut days = Vec::with_capacity(plan.stations.len());
    for (index, (station, figures)) in plan.stations.iter().zip(&figures).enumerate() {
        let contest = plan.contests.get(station.contest);
        let is_late =
            station.kind == StationKind::Remote && contest.is_some_and(|c| late.contains(&c.no));
        let zone = zones
            .get(station.area.as_str())
            .ok_or_else(|| PlanError::Unknown {
                what: "zone of area",
                code: station.area.clone(),
            })?;
        let frame = day::Frame {
            station,
            figures,
            zone,
            trouble: troubles.get(&index).copied(),
            late: is_late,
        };
        days.push(day::build(&frame, &mut Rng::named("day", index))?);
    }
    Ok(days)
}

/// The zones of the areas that vote.
fn zones(plan: &Plan) -> Result<HashMap<&str, TimeZone>, PlanError> {
    let mut zones = HashMap::new();
    for contest in &plan.contests {
        let area = plan
            .areas
            .iter()
            .find(|a| a.code == contest.area)
            .ok_or_else(|| PlanError::Unknown {
                what: "area of contest",
                code: contest.area.clone(),
            })?;
        zones.insert(contest.area.as_str(), TimeZone::get(&area.zone)?);
    }
    Ok(zones)
}
