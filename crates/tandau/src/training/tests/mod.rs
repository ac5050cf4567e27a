//! Cascade training, from a programme to a closed session.

mod cascade;
mod correct;
mod materials;
mod pages;
mod people;
mod plan;

use super::actions;
use super::model::{
    HeldSession, Invited, Material, MaterialKind, NewFile, NewModule, NewProgramme, NewSession,
    ProgrammeState, Session,
};
use super::queries;
use crate::bind;
use crate::platform::files::tests::jpeg;
use crate::platform::{Acting, Error, Names};
use crate::votingday::tests::world::{ELECTION, World, at};
use jiff::Timestamp;

pub(crate) const PROGRAMME: &str = "programme-1";
const MODULES: [&str; 2] = ["module-1", "module-2"];

fn names(text: &str) -> Names {
    Names::new(format!("{text} қаз"), format!("{text} рус"), text)
}

/// The centre, a region and two stations of a district, each with its commission.
async fn world() -> World {
    let world = World::new(2).await;
    world
        .commission("central", "kz", &["chair", "secretary", "member"])
        .await;
    world
        .commission("region", "r1", &["chair", "secretary", "member"])
        .await;
    world
}

fn centre(world: &World, now: &str) -> Acting {
    world.acting("kz-chair", "central.chair", "kz", at(now))
}

fn region(world: &World, now: &str) -> Acting {
    world.acting("r1-chair", "region.chair", "r1", at(now))
}

fn district(world: &World, now: &str) -> Acting {
    world.district(at(now))
}

fn programme(id: &str, (from, until): (u64, u64)) -> NewProgramme {
    NewProgramme {
        id: id.to_owned(),
        key: id.to_owned(),
        audience: "precinct_members".to_owned(),
        level_from: from,
        level_until: until,
        tested: false,
        title: names("Voting day"),
        goal: names("Open, vote, count, sign"),
    }
}

fn module(id: &str) -> NewModule {
    NewModule {
        id: id.to_owned(),
        key: id.to_owned(),
        title: names("The count"),
        goals: names("Fill the protocol without a fault"),
        change: Names::default(),
        minutes: 45,
        retired: false,
        materials: vec![Material {
            language: "ru".to_owned(),
            kind: MaterialKind::Video,
            title: "Подсчёт".to_owned(),
            link: "https://example.org/count".to_owned(),
            file_id: None,
        }],
    }
}

/// A session of two hours that begins at an instant.
fn session(
    id: &str,
    (level, area): (u64, &str),
    starts: Timestamp,
    trainers: &[&str],
) -> NewSession {
    NewSession {
        id: id.to_owned(),
        election_id: ELECTION.to_owned(),
        programme_id: PROGRAMME.to_owned(),
        area_id: area.to_owned(),
        level,
        place: names("House of culture"),
        station_id: None,
        coordinates: Some((49_800_000, 73_100_000)),
        starts_at: starts,
        ends_at: starts
            .checked_add(jiff::SignedDuration::from_hours(2))
            .unwrap(),
        seats: 60,
        modules: MODULES.map(str::to_owned).to_vec(),
        trainers: trainers.iter().map(|t| (*t).to_owned()).collect(),
    }
}

/// An open programme with two modules, handed down through these levels.
async fn taught(world: &World, levels: (u64, u64)) {
    let acting = centre(world, "2023-09-10T06:00:00Z");
    actions::create_programme(&acting, programme(PROGRAMME, levels))
        .await
        .unwrap();
    for id in MODULES {
        let files = if id == "module-1" {
            vec![NewFile {
                language: "kk".to_owned(),
                title: "Слайдтар".to_owned(),
                bytes: jpeg(),
            }]
        } else {
            Vec::new()
        };
        actions::add_module(&acting, PROGRAMME, module(id), files)
            .await
            .unwrap();
    }
    let open = ProgrammeState::Open;
    actions::move_programme(&acting, PROGRAMME, 1, open)
        .await
        .unwrap();
}

async fn now(world: &World, id: &str) -> Session {
    let mut reader = world.home.app.read().await.unwrap();
    queries::session(&mut reader, id).await.unwrap()
}

async fn invited(world: &World, id: &str) -> Vec<String> {
    let mut reader = world.home.app.read().await.unwrap();
    let all = queries::trainees(&mut reader, id).await.unwrap();
    let all = all.into_iter();
    all.filter(|one| one.state == super::model::TraineeState::Invited)
        .map(|one| one.person.id)
        .collect()
}

/// Plans a session, invites everybody under its area and closes it.
async fn hold(world: &World, acting: &Acting, new: NewSession) {
    let (id, area, ends) = (new.id.clone(), new.area_id.clone(), new.ends_at);
    actions::plan(acting, new).await.unwrap();
    actions::invite(acting, &id, 1, Invited::Area(area))
        .await
        .unwrap();
    actions::held(&acting.clone().at(ends), &id, 2, HeldSession::default())
        .await
        .unwrap();
    assert_eq!(now(world, &id).await.version, 3);
}

async fn count(world: &World, sql: &'static str) -> i64 {
    let mut reader = world.home.app.read().await.unwrap();
    reader.one(sql, bind![]).await.unwrap().int("n").unwrap()
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

/// A programme and a session of the first district with names that tests of addresses know; returns a file of a module.
pub(crate) async fn begin(world: &World) -> String {
    taught(world, (2, 2)).await;
    let acting = district(world, "2023-09-20T06:00:00Z");
    let new = session(
        "session-1",
        (2, "d1"),
        at("2023-10-02T04:00:00Z"),
        &["d1-chair"],
    );
    actions::plan(&acting, new).await.unwrap();
    actions::invite(&acting, "session-1", 1, Invited::Area("d1".to_owned()))
        .await
        .unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let module = queries::module(&mut reader, "module-1").await.unwrap();
    let mut files = module.says.materials.into_iter().filter_map(|m| m.file_id);
    files.next().unwrap()
}
