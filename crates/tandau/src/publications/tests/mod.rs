//! Tests of publications, written against actions, queries and pages.

mod figures;
mod notes;
mod notices;
mod pages;
mod sweeps;

use super::actions;
use super::figures::{Asked, Found, Outcome, Value, ask};
use super::model::{NewNote, Note, NoteText};
use super::queries;
use super::subjects::{self, Event, Linked, Records, Subject};
use crate::platform::app::Answer;
use crate::platform::database::Connection;
use crate::platform::{Acting, App, Error, Names};
use crate::testing::Installation;
use crate::votingday::tests::world::{ELECTION, World, at};
use electoral::press::{Part, Place, parse};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Evening of 2 October 2023 in Astana.
const NOW: &str = "2023-10-02T12:00:00Z";

/// A journey that came from nowhere: what a room to the left would keep.
#[derive(Debug, Default)]
struct Trip {
    students: AtomicU64,
    /// Surveys at its event: one, or two for 2.
    surveys: AtomicU64,
}

impl Records for Trip {
    fn kind(&self) -> &'static str {
        "visit"
    }

    fn questions(&self) -> &'static [&'static str] {
        &["participants", "visit_from"]
    }

    fn find<'a>(&'a self, _: &'a mut Connection, id: &'a str) -> Answer<'a, Option<Subject>> {
        Box::pin(async move {
            Ok((id == "trip").then(|| Subject {
                kind: "visit".to_owned(),
                id: id.to_owned(),
                area_id: "d1".to_owned(),
                election_id: ELECTION.to_owned(),
                names: Names::new("Сапар", "Поездка", "Journey"),
                href: "/visits/trip".to_owned(),
            }))
        })
    }

    fn event<'a>(
        &'a self,
        _: &'a mut Connection,
        _: &'a str,
        event: &'a str,
    ) -> Answer<'a, Option<Event>> {
        Box::pin(async move {
            Ok((event == "E01").then(|| Event {
                area_id: Some("d1".to_owned()),
                surveys: if self.surveys.load(Ordering::SeqCst) == 2 {
                    vec!["other".to_owned(), "s".to_owned()]
                } else {
                    vec!["s".to_owned()]
                },
                station_id: Some("st1".to_owned()),
            }))
        })
    }

    fn ask<'a>(
        &'a self,
        _: &'a mut Connection,
        _: &'a App,
        _: &'a str,
        place: &'a Place,
        _: jiff::Timestamp,
    ) -> Answer<'a, Option<Found>> {
        Box::pin(async move {
            if self.students.load(Ordering::SeqCst) == BROKEN {
                return Err(Error::NotFound);
            }
            let value = match place.name.as_str() {
                "participants" => Value::Count(self.students.load(Ordering::SeqCst)),
                _ => Value::Day(date(2023, 9, 29)),
            };
            let href = "/visits/trip".to_owned();
            Ok(Some(Found { value, href }))
        })
    }
}

/// So many students, and the journey's records can't be read.
const BROKEN: u64 = 999;

/// A world where a journey can be written about.
async fn travelled() -> (World, Arc<Trip>) {
    let trip = Arc::new(Trip::default());
    trip.students.store(540, Ordering::SeqCst);
    let records: [Arc<dyn Records>; 1] = [Arc::<Trip>::clone(&trip)];
    let mut links = crate::links();
    links.insert(Linked(Arc::from(records)));
    let world = World::on(Installation::linked(links).await, 2).await;
    world.home.app.clock.set(at(NOW));
    (world, trip)
}

async fn here() -> World {
    let world = World::new(2).await;
    world.home.app.clock.set(at(NOW));
    world
}

fn secretary(world: &World) -> Acting {
    world.district(at(NOW))
}

fn chair(world: &World) -> Acting {
    chair_at(world, at(NOW))
}

fn chair_at(world: &World, now: Timestamp) -> Acting {
    world.acting("d1-chair", "district.chair", "d1", now)
}

fn new(id: &str) -> NewNote {
    NewNote {
        id: id.to_owned(),
        template: "readiness".to_owned(),
        subject_id: "d1".to_owned(),
        election_id: ELECTION.to_owned(),
        records_on: day(),
    }
}

fn day() -> Date {
    date(2023, 10, 2)
}

fn text(title: &str, body: &str) -> NoteText {
    NoteText {
        title: Names::new(format!("{title} қ"), format!("{title} р"), title),
        body: Names::new(format!("{body} қ"), format!("{body} р"), body),
        typed_reason: String::new(),
        records_on: day(),
    }
}

async fn read(world: &World, id: &str) -> Note {
    let mut reader = world.home.app.read().await.unwrap();
    queries::by_id(&mut reader, id).await.unwrap()
}

/// A note with a text of its own, not yet published.
async fn drafted(world: &World, id: &str, body: &str) -> Note {
    let acting = secretary(world);
    actions::create(&acting, new(id)).await.unwrap();
    actions::edit(&acting, id, 1, text("About {area}", body))
        .await
        .unwrap();
    read(world, id).await
}

/// The same, published.
async fn published(world: &World, id: &str, body: &str) -> Note {
    drafted(world, id, body).await;
    actions::publish(&chair(world), id, 2, "").await.unwrap();
    read(world, id).await
}

async fn reading(world: &World, id: &str) -> queries::Reading {
    let mut reader = world.home.app.read().await.unwrap();
    queries::reading(&mut reader, id, Timestamp::MAX, None)
        .await
        .unwrap()
}

fn place(text: &str) -> Place {
    match parse(text).unwrap().as_slice() {
        [Part::Figure(place)] => place.clone(),
        other => panic!("{other:?}"),
    }
}

/// Asks a place about the district or the journey, on the day of the tests.
async fn asked(world: &World, kind: &str, text: &str) -> Outcome {
    let app = &world.home.app;
    let mut reader = app.read().await.unwrap();
    let id = if kind == "area" { "d1" } else { "trip" };
    let subject = subjects::find(&mut reader, app, kind, id, ELECTION)
        .await
        .unwrap();
    let asked = Asked {
        app,
        subject: &subject,
        records_on: day(),
        now: app.clock.now(),
    };
    ask(&mut reader, &asked, &place(text)).await.unwrap()
}

fn fields(error: Error) -> Vec<String> {
    match error {
        Error::Invalid(problems) => problems.into_iter().map(|p| p.field).collect(),
        other => panic!("{other}"),
    }
}

/// The log vouches for every row, and every row of it is found again.
async fn rows_are_vouched_for(world: &World) {
    let lists = [super::store::AUDITED, super::store::notices::AUDITED];
    let mut found = 0;
    for audited in lists.into_iter().flatten() {
        let mut reader = world.home.app.read().await.unwrap();
        for row in reader.all(audited.ids, crate::bind![]).await.unwrap() {
            let object = row.text("object").unwrap();
            let known = reader
                .first(
                    "select id from audit_record where kind = $1 and object = $2",
                    crate::bind![audited.kind, &object],
                )
                .await
                .unwrap();
            assert!(known.is_some(), "{} {object}", audited.kind);
            found += 1;
        }
    }
    assert!(found > 0, "acts were found");
}

/// A note with names that tests of addresses know.
pub(crate) async fn begin(world: &World) {
    let acting = secretary(world);
    actions::create(&acting, new("note1")).await.unwrap();
}
