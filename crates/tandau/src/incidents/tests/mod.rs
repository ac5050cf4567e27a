mod desk;
mod kept_apart;
mod lifecycle;
mod numbers;
mod states;

use super::actions::{self, Reported};
use super::model::NewIncident;
use super::{Incident, queries};
use crate::platform::Error;
use crate::platform::files::tests::jpeg;
use crate::votingday::tests::world::{ELECTION, World, hour};
use jiff::Timestamp;

/// A report about the first station.
pub(crate) fn about(station: &str, kind: &str) -> NewIncident {
    NewIncident {
        id: crate::platform::ids::random_id(),
        election_id: ELECTION.to_owned(),
        station_id: Some(station.to_owned()),
        area_id: String::new(),
        kind: kind.to_owned(),
        severity: None,
        what: "The lights went out in the whole building.".to_owned(),
        item: "power_main".to_owned(),
        finding: String::new(),
        happened_at: None,
        photos: Vec::new(),
    }
}

async fn reported(world: &World, kind: &str, at: Timestamp) -> Reported {
    let who = world.secretary("st1", at);
    actions::report(&who, about("st1", kind), Vec::new())
        .await
        .unwrap()
}

async fn now(world: &World, id: &str) -> Incident {
    let mut reader = world.home.app.read().await.unwrap();
    queries::by_id(&mut reader, id).await.unwrap()
}

/// What the log of acts vouches for is as it was when it was made.
pub(crate) async fn log_is_sound(world: &World, object: &str) {
    use crate::platform::audit::{open_key, verify};
    let app = &world.home.app;
    let key = open_key(&app.database, &app.settings.data, None)
        .await
        .unwrap();
    let mut reader = app.read().await.unwrap();
    let report = verify(&mut reader, key.verifier(), None).await.unwrap();
    let changed: Vec<_> = report
        .problems
        .iter()
        .filter(|p| p.object.contains(object))
        .collect();
    assert!(changed.is_empty(), "{changed:?}");
}

/// The same for every act on an incident.
async fn acts_are_sound(world: &World) {
    let mut reader = world.home.app.read().await.unwrap();
    let sql = "select act from incident_event where act <> '' union select act from task_event where act <> ''";
    let acts = reader.all(sql, crate::bind![]).await.unwrap();
    assert!(!acts.is_empty());
    drop(reader);
    for row in acts {
        log_is_sound(world, &row.text("act").unwrap()).await;
    }
}

fn field(error: Error) -> String {
    match error {
        Error::Invalid(problems) => problems[0].field.clone(),
        other => format!("{other:?}"),
    }
}

fn is_conflict<T>(outcome: Result<T, Error>) -> bool {
    matches!(outcome, Err(Error::Conflict(_)))
}

fn is_forbidden<T>(outcome: Result<T, Error>) -> bool {
    matches!(outcome, Err(Error::Forbidden(_)))
}

/// Incidents with names that tests of addresses know; returns the photo of the first.
pub(crate) async fn begin(world: &World) -> String {
    for (id, station) in [("incident1", "st1"), ("incident2", "st1")] {
        let mut new = about(station, "power");
        new.id = id.to_owned();
        let who = world.secretary("st1", hour(9, 0));
        let photos = if id == "incident1" {
            vec![jpeg()]
        } else {
            Vec::new()
        };
        actions::report(&who, new, photos).await.unwrap();
    }
    let mut reader = world.home.app.read().await.unwrap();
    let events = queries::events(&mut reader, "incident1").await.unwrap();
    events[0].photos[0].clone()
}
