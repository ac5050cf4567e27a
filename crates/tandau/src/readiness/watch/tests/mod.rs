mod alerts;
mod events;
mod pages;

use super::actions::{self, Saved};
use super::model::NewEvent;
use super::queries;
use crate::platform::{Acting, Error, Names};
use crate::tasks::TaskState;
use crate::votingday::tests::world::{ELECTION, World, at};
use electoral::watch::Grade;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// The eve of voting day, at noon.
fn eve() -> Timestamp {
    at("2023-11-04T06:00:00Z")
}

fn desk(world: &World) -> Acting {
    world.district(eve())
}

/// Works on the power line of the first district, from midnight on.
fn outage() -> NewEvent {
    let words = "No electricity from 00:00 to 10:00.";
    NewEvent {
        election_id: ELECTION.to_owned(),
        kind: "power".to_owned(),
        grade: Grade::Severe,
        planned: Some(true),
        from_at: at("2023-11-04T18:00:00Z"),
        until_at: Some(at("2023-11-05T04:00:00Z")),
        words: Names::new(words, words, words),
        told_by: "Grid company".to_owned(),
        areas: vec!["d1".to_owned()],
        shapes: Vec::new(),
        by_shape: false,
    }
}

async fn recorded(world: &World) -> Saved {
    actions::record(&desk(world), "outage", outage())
        .await
        .unwrap()
}

/// An event with a name that tests of addresses know, and a file with an alert.
pub(crate) async fn begin(world: &World) -> String {
    let acting = world.district(eve());
    let mut new = outage();
    new.areas = vec!["st1-area".to_owned()];
    let operator = world.home.operator().at(eve());
    actions::record(&operator, "event1", new).await.unwrap();
    let alert = include_str!("../cap/samples/blizzard.xml").replace("353600000", "d1");
    actions::upload(&acting, alert.as_bytes()).await.unwrap()
}

/// How many tasks of an event are in each state.
async fn states(world: &World, id: &str) -> BTreeMap<TaskState, usize> {
    let mut reader = world.home.app.read().await.unwrap();
    let mut counts = BTreeMap::new();
    for task in queries::tasks(&mut reader, id).await.unwrap() {
        *counts.entry(task.state).or_insert(0) += 1;
    }
    counts
}

fn field(error: Error) -> String {
    match error {
        Error::Invalid(problems) => problems[0].field.clone(),
        other => format!("{other:?}"),
    }
}
