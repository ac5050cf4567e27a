//! Tests of the planner: halls, trainers, a plan from the registers, its sessions.

mod counted;
mod pages;
mod replan;
mod takeover;

use super::actions;
use super::model::{NewHall, NewPlan, NewTrainer, State};
use super::store::plans;
use super::{job, model};
use crate::bind;
use crate::platform::{Acting, Error};
use crate::training::learning::tests::{conflict, names, noon, taught};
use crate::training::model::TraineeState;
use crate::training::queries;
use crate::votingday::tests::world::World;
use jiff::civil::date;

fn hall(id: &str) -> NewHall {
    NewHall {
        id: id.to_owned(),
        area_id: "d1".to_owned(),
        name: names("Hall"),
        seats: 30,
        place: (49_000_000, 73_000_000),
        retired: false,
    }
}

fn trainer(person: &str) -> NewTrainer {
    NewTrainer {
        person_id: person.to_owned(),
        area_id: "d1".to_owned(),
        place: (49_100_000, 73_000_000),
        away: vec![date(2023, 10, 3)],
        retired: false,
    }
}

fn asked(id: &str) -> NewPlan {
    NewPlan {
        id: id.to_owned(),
        election_id: "vote-2023".to_owned(),
        programme_id: "prog1".to_owned(),
        area_id: "d1".to_owned(),
        level: 2,
        starts_on: date(2023, 10, 3),
    }
}

/// What the tests of addresses know by name: a plan that could not be made. The programme is there.
pub(crate) async fn begin(world: &World) {
    world
        .sql(
            "insert into training_plan (id, election_id, programme_id, area_id, level, starts_on, voting_day, state, version, made_by, office, made_at)
                values ('plan1', 'vote-2023', 'prog1', 'd1', 2, '2023-10-02', '2023-11-05', 'failed', 1, 'test', 'test', 0)",
            bind![],
        )
        .await;
}

async fn furnished(world: &World) -> Acting {
    furnished_with(world, hall("hall1")).await
}

async fn furnished_with(world: &World, new: NewHall) -> Acting {
    taught(world).await;
    world
        .sql(
            "update station_version set latitude_microdeg = 49050000, longitude_microdeg = 73000000",
            bind![],
        )
        .await;
    let district = world.district(noon());
    actions::set_hall(&district, 0, new).await.unwrap();
    actions::set_trainer(&district, 0, trainer("d1-chair"))
        .await
        .unwrap();
    district
}

/// Somebody was taught the programme at a level, and passed.
async fn passes(world: &World, person: &str, level: i64) {
    for module in ["mod1", "mod2"] {
        world
            .sql(
                "insert into training_taught (person_id, module_id, session_id, version, module_version, level, taught_at)
                    values ($1, $2, 'sess1', 1, 1, $3, 0)",
                bind![person, module, level],
            )
            .await;
    }
    world
        .sql(
            "insert into training_passed (person_id, programme_id, election_id, session_id, level, passed_at)
                values ($1, 'prog1', 'vote-2023', 'sess1', $2, 0)",
            bind![person, level],
        )
        .await;
}

async fn planned(world: &World, district: &Acting, id: &str) -> model::Proposal {
    actions::ask(district, asked(id)).await.unwrap();
    job::reckon(&world.home.app, id).await.unwrap();
    proposal(world, id).await
}

async fn sessions(world: &World, id: &str) -> Vec<model::PlannedSession> {
    let mut reader = world.home.app.read().await.unwrap();
    plans::sessions(&mut reader, id).await.unwrap()
}

/// Who is invited to a session, by id.
async fn invited(world: &World, session: &str) -> Vec<String> {
    let mut reader = world.home.app.read().await.unwrap();
    let all = queries::trainees(&mut reader, session).await.unwrap();
    let mut ids: Vec<String> = all
        .into_iter()
        .filter(|one| one.state == TraineeState::Invited)
        .map(|one| one.person.id)
        .collect();
    ids.sort();
    ids
}

fn field<T: std::fmt::Debug>(outcome: Result<T, Error>) -> String {
    match outcome {
        Err(Error::Invalid(problems)) => problems[0].field.clone(),
        other => format!("{other:?}"),
    }
}

async fn proposal(world: &World, id: &str) -> model::Proposal {
    let mut reader = world.home.app.read().await.unwrap();
    plans::by_id(&mut reader, id).await.unwrap()
}

#[tokio::test]
async fn a_plan_covers_the_stations_of_the_register() {
    let world = World::new(3).await;
    let district = furnished(&world).await;
    actions::ask(&district, asked("plan")).await.unwrap();
    // The same form again is the same plan.
    actions::ask(&district, asked("plan")).await.unwrap();
    job::reckon(&world.home.app, "plan").await.unwrap();
    let found = proposal(&world, "plan").await;
    assert_eq!(found.state, State::Done, "{found:?}");
    // Three stations of five; two people of the first are invited to a session that is planned.
    assert_eq!(found.made_from[0], 3);
    assert_eq!(found.made_from[1], 13);
    assert_eq!(found.bound_sessions, Some(1));
    // The trainer is away on the first day.
    assert_eq!(found.complete_on, "2023-10-04");
    assert_eq!(
        (found.days_behind, found.bound_on.as_str()),
        (Some(0), "2023-10-04")
    );
    let mut reader = world.home.app.read().await.unwrap();
    let sessions = plans::sessions(&mut reader, "plan").await.unwrap();
    assert_eq!(sessions.len(), 1);
    assert_eq!(
        (sessions[0].people, sessions[0].person_id.as_str()),
        (13, "d1-chair")
    );
    assert!(plans::left(&mut reader, "plan").await.unwrap().is_empty());
    drop(reader);
    // Reckoned once.
    job::reckon(&world.home.app, "plan").await.unwrap();
    assert_eq!(proposal(&world, "plan").await.version, found.version);
}

#[tokio::test]
async fn a_station_without_a_place_is_told() {
    let world = World::new(2).await;
    let district = furnished(&world).await;
    world
        .sql(
            "update station_version set latitude_microdeg = null where station_id = 'st2'",
            bind![],
        )
        .await;
    actions::ask(&district, asked("plan")).await.unwrap();
    job::reckon(&world.home.app, "plan").await.unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let left = plans::left(&mut reader, "plan").await.unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(
        (
            left[0].area_id.as_str(),
            left[0].why.as_str(),
            left[0].people
        ),
        ("st2-area", "unplaced", 5)
    );
    assert_eq!(left[0].number, Some(2));
}

#[tokio::test]
async fn nothing_is_planned_with_nothing_or_elsewhere() {
    let world = World::new(1).await;
    taught(&world).await;
    let district = world.district(noon());
    let empty = actions::ask(&district, asked("plan")).await;
    assert!(matches!(empty, Err(Error::Invalid(p)) if p[0].field == "area"));
    let other = world.acting("d2-chair", "district.chair", "d2", noon());
    for tried in [
        actions::set_hall(&other, 0, hall("hall1")).await,
        actions::set_trainer(&other, 0, trainer("d1-chair")).await,
        actions::ask(&other, asked("plan")).await,
    ] {
        assert!(matches!(tried, Err(Error::Forbidden(_))), "{tried:?}");
    }
    actions::set_hall(&district, 0, hall("hall1"))
        .await
        .unwrap();
    conflict(actions::set_hall(&district, 0, hall("hall1")).await);
    // Another territory does not take a hall over by its id.
    let mut taken = hall("hall1");
    taken.area_id = "d2".to_owned();
    let tried = actions::set_hall(&other, 1, taken).await;
    assert!(matches!(tried, Err(Error::Forbidden(_))));
    let mut late = asked("plan");
    late.starts_on = date(2023, 11, 5);
    let tried = actions::ask(&district, late).await;
    assert!(matches!(tried, Err(Error::Invalid(p)) if p[0].field == "starts_on"));
}

#[tokio::test]
async fn a_plan_becomes_sessions_by_the_same_acts_as_by_hand() {
    let world = World::new(2).await;
    let district = furnished(&world).await;
    actions::ask(&district, asked("plan")).await.unwrap();
    conflict(actions::take_over(&district, "plan", false).await);
    job::reckon(&world.home.app, "plan").await.unwrap();
    // The trainer has passed nothing above: each session says why it can't be made, and none was.
    let taken = actions::take_over(&district, "plan", false).await.unwrap();
    assert_eq!((taken.made, taken.refused.len()), (0, 1));
    passes(&world, "d1-chair", 1).await;
    let taken = actions::take_over(&district, "plan", false).await.unwrap();
    assert_eq!((taken.made, taken.refused.clone()), (1, Vec::new()));
    assert_eq!(proposal(&world, "plan").await.state, State::Taken);
    // Again: nothing more.
    let again = actions::take_over(&district, "plan", false).await.unwrap();
    assert_eq!(again.made, 0);
    // Planned once more, there is nobody left to teach: the session that stands is the last one.
    let next = planned(&world, &district, "next").await;
    assert_eq!((next.made_from[1], next.bound_sessions), (0, Some(0)));
    assert_eq!(next.made_from[4], 1, "one session stands");
    assert_eq!(next.complete_on, "2023-10-04");
    assert_eq!(
        (next.bound_on.as_str(), next.bottleneck.as_str()),
        ("2023-10-04", "standing")
    );
}
