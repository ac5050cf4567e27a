//! Tandau: election administration from the call of an election to results that anyone can verify.
//!
//! `platform` holds what every room needs; each room is one folder for one job. A room uses only rooms
//! to its left in [`ROOMS`]; a test keeps it so (`tests/house`). ARCHITECTURE.md walks through it.
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::as_conversions
    )
)]

pub mod api;
pub mod candidates;
pub mod cli;
pub mod commissions;
pub mod counting;
pub mod demo;
pub mod elections;
pub mod incidents;
pub mod office;
pub mod organisations;
pub mod people;
pub mod platform;
pub mod publications;
pub mod readiness;
pub mod results;
pub mod stations;
pub mod surveys;
pub mod tasks;
pub mod training;
pub mod visits;
pub mod votingday;

#[cfg(test)]
mod http_tests;
#[cfg(test)]
mod testing;

use platform::audit::Audited;
use platform::database::Statement;

/// Rooms in the order in which they may use each other.
pub const ROOMS: &[&str] = &[
    "people",
    "organisations",
    "commissions",
    "stations",
    "elections",
    "candidates",
    "votingday",
    "counting",
    "results",
    "tasks",
    "incidents",
    "readiness",
    "surveys",
    "training",
    "visits",
    "publications",
];

/// Every statement of every room, for the test that lets both engines check them.
pub(crate) const STATEMENTS: &[&[Statement]] = &[
    platform::access::store::STATEMENTS,
    platform::access::sessions::STATEMENTS,
    platform::access::accounts::STATEMENTS,
    platform::access::tries::STATEMENTS,
    platform::areas::store::STATEMENTS,
    platform::audit::store::STATEMENTS,
    platform::files::STATEMENTS,
    platform::inbox::store::STATEMENTS,
    platform::settings::STATEMENTS,
    people::store::STATEMENTS,
    organisations::store::STATEMENTS,
    commissions::store::STATEMENTS,
    commissions::store::basis::STATEMENTS,
    stations::store::STATEMENTS,
    elections::store::STATEMENTS,
    candidates::store::STATEMENTS,
    votingday::store::STATEMENTS,
    counting::store::STATEMENTS,
    results::store::STATEMENTS,
    tasks::store::STATEMENTS,
    tasks::store::lists::STATEMENTS,
    tasks::store::sweep::STATEMENTS,
    readiness::store::STATEMENTS,
    readiness::store::lists::STATEMENTS,
    readiness::store::read::STATEMENTS,
    readiness::store::sign::STATEMENTS,
    readiness::store::under::STATEMENTS,
    readiness::store::write::STATEMENTS,
    readiness::board::store::STATEMENTS,
    incidents::store::STATEMENTS,
    incidents::store::counts::STATEMENTS,
    readiness::watch::store::STATEMENTS,
    readiness::watch::store::alerts::STATEMENTS,
    readiness::access::store::STATEMENTS,
    surveys::store::STATEMENTS,
    surveys::store::count::STATEMENTS,
    surveys::store::read::STATEMENTS,
    training::store::STATEMENTS,
    training::store::people::STATEMENTS,
    training::store::read::STATEMENTS,
    training::store::sessions::STATEMENTS,
    training::store::tree::STATEMENTS,
    training::store::passes::STATEMENTS,
    training::presence::store::STATEMENTS,
    training::presence::store::sheets::STATEMENTS,
    training::coverage::store::STATEMENTS,
    training::coverage::store::read::STATEMENTS,
    training::learning::STATEMENTS,
    training::learning::store::attempts::STATEMENTS,
    training::learning::store::certificates::STATEMENTS,
    training::quality::STATEMENTS,
    training::planner::STATEMENTS,
    training::planner::store::plans::STATEMENTS,
    visits::store::STATEMENTS,
    visits::store::happened::STATEMENTS,
    visits::store::proposals::STATEMENTS,
    publications::store::STATEMENTS,
    publications::store::published::STATEMENTS,
    publications::store::notices::STATEMENTS,
    office::store::STATEMENTS,
];

/// Every kind of object that the log of acts vouches for.
pub(crate) const AUDITED: &[&[Audited]] = &[
    platform::access::accounts::AUDITED,
    platform::areas::store::AUDITED,
    people::store::AUDITED,
    organisations::store::AUDITED,
    commissions::store::AUDITED,
    stations::store::AUDITED,
    elections::store::AUDITED,
    candidates::store::AUDITED,
    votingday::store::AUDITED,
    counting::store::AUDITED,
    results::store::AUDITED,
    tasks::store::AUDITED,
    readiness::store::AUDITED,
    incidents::store::AUDITED,
    readiness::watch::store::AUDITED,
    readiness::watch::store::alerts::AUDITED,
    readiness::access::store::AUDITED,
    surveys::store::AUDITED,
    training::store::AUDITED,
    training::presence::store::AUDITED,
    training::coverage::AUDITED,
    training::learning::AUDITED,
    training::quality::AUDITED,
    training::planner::AUDITED,
    visits::store::AUDITED,
    publications::store::AUDITED,
    publications::store::notices::AUDITED,
];

/// What rooms to the left asked of rooms to the right, for the running program.
#[must_use]
pub(crate) fn links() -> axum::http::Extensions {
    use elections::neighbours::{Neighbour, Neighbours};
    use platform::areas::{Follower, Followers};
    use std::sync::Arc;
    let neighbours: [Arc<dyn Neighbour>; 5] = [
        Arc::new(candidates::Told),
        Arc::new(votingday::Told),
        Arc::new(counting::Told),
        Arc::new(results::Told),
        Arc::new(training::coverage::Hears),
    ];
    let followers: [Arc<dyn Follower>; 2] =
        [Arc::new(commissions::Follows), Arc::new(stations::Follows)];
    let mut links = axum::http::Extensions::new();
    links.insert(Followers(Arc::from(followers)));
    links.insert(commissions::silence::Silencer(Arc::new(
        votingday::Withholds,
    )));
    links.insert(Neighbours(Arc::from(neighbours)));
    let owners: [Arc<dyn tasks::owners::Owner>; 4] = [
        Arc::new(incidents::Told),
        Arc::new(readiness::Told),
        Arc::new(training::quality::Told),
        Arc::new(visits::Told),
    ];
    let seats: [Arc<dyn commissions::seats::SeatFollower>; 1] =
        [Arc::new(training::coverage::Hears)];
    links.insert(commissions::seats::SeatFollowers(Arc::from(seats)));
    links.insert(tasks::owners::Owners(Arc::from(owners)));
    let intakes: [Arc<dyn platform::inbox::Intake>; 4] = [
        Arc::new(incidents::FromPhones),
        Arc::new(readiness::Intake),
        Arc::new(training::presence::Marks),
        Arc::new(training::presence::Sheets),
    ];
    links.insert(platform::inbox::Intakes(Arc::from(intakes)));
    links.insert(platform::inbox::Limits::default());
    let news: [Arc<dyn platform::front::Told>; 5] = [
        Arc::new(readiness::board::Front),
        Arc::new(publications::Front),
        Arc::new(training::Front),
        Arc::new(visits::Front),
        Arc::new(surveys::Front),
    ];
    links.insert(platform::front::Front(Arc::from(news)));
    links.insert(surveys::Asked::default());
    links.insert(training::learning::Bank::default());
    links.insert(surveys::hall::Halls::default());
    links.insert(training::presence::Tries::default());
    let records: [Arc<dyn publications::subjects::Records>; 1] =
        [Arc::new(publications::visits::Visits)];
    links.insert(publications::subjects::Linked(Arc::from(records)));
    links
}

/// All routes of the site.
#[must_use]
pub fn routes() -> platform::web::Routes {
    platform::access::routes()
        .and(platform::inbox::routes())
        .and(organisations::routes())
        .and(commissions::routes())
        .and(stations::routes())
        .and(votingday::routes())
        .and(counting::routes())
        .and(elections::pages::routes())
        .and(candidates::pages::routes())
        .and(platform::audit::routes())
        .and(results::routes())
        .and(tasks::routes())
        .and(readiness::routes())
        .and(readiness::board::routes())
        .and(incidents::routes())
        .and(readiness::watch::routes())
        .and(readiness::checklists::routes())
        .and(readiness::access::routes())
        .and(surveys::routes())
        .and(surveys::hall::routes())
        .and(training::routes())
        .and(training::presence::routes())
        .and(training::coverage::routes())
        .and(training::learning::routes())
        .and(training::quality::routes())
        .and(training::planner::routes())
        .and(visits::routes())
        .and(publications::routes())
        .and(api::routes())
        .and(office::routes())
        .and(demo::pages::routes())
}
