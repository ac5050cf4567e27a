mod as_of;
mod happened;
mod pages;
mod plan;
mod proposals;

use super::actions;
use super::model::{
    Count, Event, KeyFigure, NewEvent, NewProposal, NewVisit, Record, Report, Source, Visit,
};
use super::queries;
use crate::platform::files::tests::jpeg;
use crate::platform::{Acting, Error, Names};
use crate::tasks::Addressee;
use crate::votingday::tests::world::{ELECTION, World, at};
use jiff::civil::date;

fn names(text: &str) -> Names {
    Names::new(format!("{text} қаз"), format!("{text} рус"), text)
}

/// Somebody of the district's commission on the evening of the visit's second day.
fn host(world: &World) -> Acting {
    world.district(at("2023-09-30T14:00:00Z"))
}

fn visit(id: &str) -> NewVisit {
    NewVisit {
        id: id.to_owned(),
        area_id: "d1".to_owned(),
        election_id: ELECTION.to_owned(),
        title: names("Visit to the district"),
        head: names("Chair of the commission"),
        members: Names::default(),
        purpose: names("Preparation of the election"),
        starts_on: date(2023, 9, 29),
        ends_on: date(2023, 10, 2),
    }
}

/// An event of an hour that begins at an hour of 30 September by the clocks of Astana.
fn event(id: &str, key: &str, hour: i8) -> NewEvent {
    let start = at("2023-09-29T18:00:00Z")
        .checked_add(jiff::SignedDuration::from_hours(i64::from(hour)))
        .unwrap();
    NewEvent {
        id: id.to_owned(),
        key: key.to_owned(),
        kind: "meeting_residents".to_owned(),
        area_id: "d1".to_owned(),
        station_id: None,
        place: names("Village club"),
        led: names("Chair of the commission"),
        agenda: Names::default(),
        hosts: Names::default(),
        with_head: true,
        counts: true,
        coordinates: None,
        starts_at: start,
        ends_at: start
            .checked_add(jiff::SignedDuration::from_hours(1))
            .unwrap(),
    }
}

fn commission() -> Addressee {
    Addressee {
        kind: Addressee::COMMISSION.to_owned(),
        area_id: "d1".to_owned(),
    }
}

fn akimat() -> Addressee {
    Addressee {
        kind: "executive".to_owned(),
        area_id: "d1".to_owned(),
    }
}

fn proposal(id: &str, body: Addressee) -> NewProposal {
    NewProposal {
        id: id.to_owned(),
        topic: "rural_youth".to_owned(),
        wish: String::new(),
        text: names("Keep young people in the village"),
        body: Some(body),
    }
}

fn record() -> Record {
    let count = |category: &str, invited, counted| Count {
        category: category.to_owned(),
        invited,
        counted,
    };
    Record {
        counts: vec![
            count("students", Some(600), Some(540)),
            count("akims", None, Some(25)),
            count("others", None, None),
        ],
        speakers: vec![names("Akim of the district on roads")],
        reports: vec![Report {
            body: Some(akimat()),
            speaker: names("Deputy akim"),
            subject: names("Access to stations"),
            figures: vec![
                figure("stations", 38, "stations area=d1"),
                figure("people_with_disabilities", 619, "/readiness/accessibility"),
            ],
        }],
        surveys: Vec::new(),
    }
}

fn figure(key: &str, value: u64, source: &str) -> KeyFigure {
    KeyFigure {
        key: key.to_owned(),
        value,
        label: names(key),
        source: Source::parse(source).unwrap(),
    }
}

/// A visit that has begun, with one event.
async fn begun(world: &World) -> (Visit, Event) {
    let host = host(world);
    actions::create(&host, visit("visit1")).await.unwrap();
    actions::add_event(&host, "visit1", event("event1", "E01", 10))
        .await
        .unwrap();
    let to = super::model::VisitState::Underway;
    actions::move_on(&host, "visit1", 1, to, "").await.unwrap();
    now(world).await
}

async fn now(world: &World) -> (Visit, Event) {
    let mut reader = world.home.app.read().await.unwrap();
    (
        queries::by_id(&mut reader, "visit1").await.unwrap(),
        queries::event(&mut reader, "event1").await.unwrap(),
    )
}

fn field<T: std::fmt::Debug>(outcome: Result<T, Error>) -> String {
    match outcome {
        Err(Error::Invalid(problems)) => problems[0].field.clone(),
        other => format!("{other:?}"),
    }
}

fn is_conflict<T>(outcome: Result<T, Error>) -> bool {
    matches!(outcome, Err(Error::Conflict(_)))
}

fn is_forbidden<T>(outcome: Result<T, Error>) -> bool {
    matches!(outcome, Err(Error::Forbidden(_)))
}

/// A visit with names that tests of addresses know; returns its photo.
pub(crate) async fn begin(world: &World) -> String {
    let (_, event) = begun(world).await;
    let host = host(world);
    actions::propose(&host, "event1", proposal("proposal1", commission()))
        .await
        .unwrap();
    actions::add_photos(&host, "event1", event.version, vec![jpeg()])
        .await
        .unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    queries::photos(&mut reader, "event1").await.unwrap()[0].clone()
}
