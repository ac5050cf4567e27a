//! Tests of quality: what figures say and hide, what is done about them.

mod pages;
mod retest;

use super::actions::{self, Outcome};
use super::model::{Inspection, Seen, Subject};
use super::{queries, store};
use crate::bind;
use crate::platform::Error;
use crate::training::learning::actions as tests;
use crate::training::learning::model::Purpose;
use crate::training::learning::tests::{answer_all, centre, conflict, member, noon, tested};
use crate::votingday::tests::world::World;
use jiff::SignedDuration;

const OF: (&str, &str) = ("vote-2023", "prog1");
const PAGE: &str = "/office/training/quality?election=vote-2023&programme=prog1";

/// Counted answers to the question of a key: level, asked, right.
async fn counted(world: &World, rows: &[(i64, i64, i64)]) -> String {
    let id = {
        let mut reader = world.home.app.read().await.unwrap();
        let bank = crate::training::learning::store::bank(&mut reader, "prog1")
            .await
            .unwrap();
        bank[0].id.clone()
    };
    for (level, asked, right) in rows {
        world
            .sql(
                "insert into training_question_count (election_id, programme_id, kind, question_id, question_version, level, asked, correct)
                    values ('vote-2023', 'prog1', 'after', $1, 1, $2, $3, $4)",
                bind![&id, *level, *asked, *right],
            )
            .await;
    }
    id
}

/// The session that was held, with its version, as pages read it.
async fn on_record(world: &World) {
    world
        .sql(
            "insert into training_session_version (session_id, version, act, state, plan, area_id, place_kk, place_ru, place_en, starts_at, ends_at,
                seats, made_by, office, made_at)
                select id, 1, 'held', state, 1, area_id, 'hall', 'hall', 'hall', starts_at, ends_at, 60, 'test', 'test', 0
                from training_session where id = 'sess1'",
            bind![],
        )
        .await;
}

async fn report(world: &World) -> super::model::Report {
    let mut reader = world.home.app.read().await.unwrap();
    queries::report(&mut reader, &world.home.app, OF)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_question_that_fails_far_down_becomes_a_task_once() {
    let world = World::new(1).await;
    tested(&world).await;
    let id = counted(&world, &[(0, 60, 54), (1, 140, 122), (2, 100, 61)]).await;
    let found = report(&world).await;
    let deep = found.items.iter().find(|i| i.level == 2).unwrap();
    assert!(deep.worse && deep.here.tenths() == 610 && deep.above.tenths() == 880);
    assert!(found.items.iter().all(|i| i.level == 2 || !i.worse));
    let centre = centre(&world, noon());
    let item = (Subject::Item, id.as_str(), 2);
    let district = world.district(noon());
    let tried = actions::act(&district, OF, item, Outcome::Task, "why").await;
    assert!(matches!(tried, Err(Error::Forbidden(_))));
    let bare = actions::act(&centre, OF, item, Outcome::Task, " ").await;
    assert!(matches!(bare, Err(Error::Invalid(_))));
    // What the figures don't say is no finding.
    let elsewhere = (Subject::Item, id.as_str(), 1);
    conflict(actions::act(&centre, OF, elsewhere, Outcome::Task, "why").await);
    actions::act(&centre, OF, item, Outcome::Task, "more practice")
        .await
        .unwrap();
    actions::act(&centre, OF, item, Outcome::Material, "a clearer picture")
        .await
        .unwrap();
    actions::act(&centre, OF, item, Outcome::Task, "again")
        .await
        .unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let acted = store::acted(&mut reader, OF).await.unwrap();
    let tasks: std::collections::BTreeSet<_> =
        acted.iter().filter_map(|a| a.task_id.clone()).collect();
    assert_eq!(
        (acted.len(), tasks.len()),
        (3, 1),
        "an open task is not opened twice"
    );
}

#[tokio::test]
async fn answers_to_a_text_that_was_corrected_are_no_finding() {
    let world = World::new(1).await;
    tested(&world).await;
    counted(&world, &[(0, 60, 54), (2, 100, 61)]).await;
    assert!(report(&world).await.items.iter().any(|i| i.worse));
    world
        .sql(
            "update training_question_count set question_version = 0",
            bind![],
        )
        .await;
    assert!(report(&world).await.items.is_empty());
}

#[tokio::test]
async fn few_people_are_no_figure() {
    let world = World::new(1).await;
    tested(&world).await;
    counted(&world, &[(0, 4, 4), (1, 4, 0), (2, 3, 0)]).await;
    let found = report(&world).await;
    for item in &found.items {
        assert!(item.small && item.here.of == 0 && item.here_interval.is_none() && !item.worse);
    }
    // Above the third level there are eight: enough, but below too few.
    assert_eq!(found.smallest, 5);
}

#[tokio::test]
async fn a_sample_is_drawn_once_and_answers_cost_nobody_anything() {
    let world = World::new(1).await;
    tested(&world).await;
    let who = member(&world, noon());
    let id = tests::begin(&who, "sess1", Purpose::After, "")
        .await
        .unwrap();
    answer_all(&world, &who, &id, &[]).await;
    tests::end(&who, &id).await.unwrap();
    conflict(actions::draw_retest(&centre(&world, noon()), "r1", OF).await);
    let later = noon() + SignedDuration::from_hours(24 * 8);
    let district = world.district(later);
    let tried = actions::draw_retest(&district, "r1", OF).await;
    assert!(matches!(tried, Err(Error::Forbidden(_))));
    assert_eq!(
        actions::draw_retest(&centre(&world, later), "r1", OF)
            .await
            .unwrap(),
        1
    );
    // Drawn once: nobody is left.
    conflict(actions::draw_retest(&centre(&world, later), "r2", OF).await);
    let who = member(&world, later);
    let again = tests::begin(&who, "sess1", Purpose::Retest, "r1")
        .await
        .unwrap();
    answer_all(&world, &who, &again, &["one", "order", "match"]).await;
    tests::end(&who, &again).await.unwrap();
    conflict(tests::begin(&who, "sess1", Purpose::Retest, "r1").await);
    let mut reader = world.home.app.read().await.unwrap();
    let row = reader
        .one(
            "select count(*) as n from training_passed where ended_at is null",
            bind![],
        )
        .await
        .unwrap();
    assert_eq!(row.int("n").unwrap(), 1);
    let pairs = store::pairs(&mut reader, OF).await.unwrap();
    assert_eq!((pairs[0].0, pairs[0].1.right, pairs[0].2.right), (8, 5, 2));
    drop(reader);
    // One person is no figure.
    let found = report(&world).await;
    assert!(found.decay.is_empty() && found.levels.is_empty());
    assert!(found.trainers.iter().all(|line| line.estimate.is_none()));
    // Whoever was not drawn has no re-test, and after its days nobody has.
    let chair = world.chair("st1", later);
    assert!(matches!(
        tests::begin(&chair, "sess1", Purpose::Retest, "r1").await,
        Err(Error::NotFound)
    ));
}

fn seen(answers: [Seen; 5]) -> Inspection {
    Inspection {
        seen_at: noon(),
        present: 2,
        answers,
        note: String::new(),
    }
}

#[tokio::test]
async fn what_an_inspector_saw_stays_and_what_was_wrong_is_a_task() {
    let world = World::new(1).await;
    tested(&world).await;
    let region = world.acting("c1", "region.member", "r1", noon());
    let fine = seen([Seen::Yes; 5]);
    let tried = actions::inspect(&world.district(noon()), "sess1", 0, &fine).await;
    assert!(matches!(tried, Err(Error::Forbidden(_))));
    actions::inspect(&region, "sess1", 0, &fine).await.unwrap();
    conflict(actions::inspect(&region, "sess1", 0, &fine).await);
    let bad = seen([Seen::Yes, Seen::No, Seen::No, Seen::Unseen, Seen::Yes]);
    actions::inspect(&region, "sess1", 1, &bad).await.unwrap();
    let early = Inspection {
        seen_at: noon() + SignedDuration::from_hours(1),
        ..fine
    };
    let tried = actions::inspect(&region, "sess1", 2, &early).await;
    assert!(matches!(tried, Err(Error::Invalid(_))));
    let mut reader = world.home.app.read().await.unwrap();
    assert_eq!(
        store::inspections(&mut reader, "sess1")
            .await
            .unwrap()
            .len(),
        2
    );
    let acted = store::acted(&mut reader, OF).await.unwrap();
    assert_eq!((acted.len(), acted[0].subject.as_str()), (1, "inspection"));
    assert!(acted[0].task_id.is_some());
}

#[tokio::test]
async fn opinions_are_a_survey_and_leave_no_person_behind() {
    let world = World::new(1).await;
    tested(&world).await;
    let district = world.district(noon());
    let id = actions::ask_feedback(&district, "sess1").await.unwrap();
    assert_eq!(actions::ask_feedback(&district, "sess1").await.unwrap(), id);
    let mut reader = world.home.app.read().await.unwrap();
    let survey = crate::surveys::queries::by_id(&mut reader, &id)
        .await
        .unwrap();
    assert_eq!(survey.area_id, "d1");
    assert_eq!(
        crate::surveys::queries::questions(&mut reader, &id)
            .await
            .unwrap()
            .len(),
        4
    );
    drop(reader);
    let other = world.acting("d2-chair", "district.chair", "d2", noon());
    let tried = actions::ask_feedback(&other, "sess1").await;
    assert!(matches!(tried, Err(Error::Forbidden(_))));
}
