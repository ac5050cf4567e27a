//! What a correction of a session means for tests after it, and what never counts as passed.

use super::attempts::passes;
use super::*;
use crate::platform::Lang;
use crate::platform::i18n::told;
use crate::training::model::HeldSession;
use crate::training::presence::actions::{Correct, Says, correct};
use crate::training::tests::PROGRAMME;

const SESSION: &str = "session-1";
const AFTER: &str = "2023-10-02T08:00:00Z";

/// A session of a programme with a test of one question was held with everybody of the first district; its version.
async fn held(world: &World) -> u64 {
    crate::training::tests::begin(world).await;
    world
        .sql(
            "update training_programme_version set tested = true",
            bind![],
        )
        .await;
    let chair = centre(world, at("2023-09-10T06:00:00Z"));
    let new = question("one", "module-1");
    actions::write(&chair, None, (0, ""), new).await.unwrap();
    let test = Test {
        version: 0,
        questions: 1,
        minutes: 30,
        pass_percent: 80,
        tries: 2,
    };
    actions::set_test(&chair, PROGRAMME, 0, &test, "")
        .await
        .unwrap();
    let over = world.district(at("2023-10-02T06:30:00Z"));
    let how = HeldSession::default();
    crate::training::actions::held(&over, SESSION, 2, how)
        .await
        .unwrap();
    3
}

/// Begins the test after the session and answers rightly.
async fn answered(who: &Acting) -> String {
    let id = actions::begin(who, SESSION, Purpose::After, "")
        .await
        .unwrap();
    let right = Answer::One("a".to_owned());
    actions::answer(who, &id, (1, 0), &right).await.unwrap();
    id
}

async fn count(world: &World, sql: &'static str) -> i64 {
    let mut reader = world.home.app.read().await.unwrap();
    reader.one(sql, bind![]).await.unwrap().int("n").unwrap()
}

/// Puts on record that somebody was not there, or was.
async fn put_right(world: &World, seen: u64, person: &str, present: bool) {
    let how = Correct {
        seen,
        says: vec![Says {
            person_id: person.to_owned(),
            present,
        }],
        reason: "the list was mixed up".to_owned(),
        ..Correct::default()
    };
    let district = world.district(at(AFTER));
    correct(&district, SESSION, &how).await.unwrap();
}

#[tokio::test]
async fn whoever_was_not_there_loses_pass_and_certificate() {
    let world = World::new(1).await;
    let seen = held(&world).await;
    let who = member(&world, at(AFTER));
    let id = answered(&who).await;
    actions::end(&who, &id).await.unwrap();
    assert_eq!(passes(&world).await, 1);
    put_right(&world, seen, "st1-secretary", false).await;
    assert_eq!(passes(&world).await, 0);
    let app = &world.home.app;
    let mut reader = app.read().await.unwrap();
    let held = store::certificates::of_person(&mut reader, "st1-secretary").await;
    let (_, reason) = held.unwrap()[0].withdrawn.clone().unwrap();
    // Everybody reads it: not what the commission wrote.
    assert_eq!(
        told(Lang::En, &reason),
        "The attendance of the session was corrected."
    );
    drop(reader);
    conflict(actions::begin(&who, SESSION, Purpose::After, "").await);
    // They were there after all: the test is taken once more, no try is lost.
    put_right(&world, seen + 1, "st1-secretary", true).await;
    assert_eq!(passes(&world).await, 0);
    let id = answered(&who).await;
    actions::end(&who, &id).await.unwrap();
    assert_eq!(passes(&world).await, 1);
}

#[tokio::test]
async fn a_test_that_runs_while_somebody_is_struck_off_passes_nobody() {
    let world = World::new(1).await;
    let seen = held(&world).await;
    let who = world.chair("st1", at(AFTER));
    let id = answered(&who).await;
    put_right(&world, seen, "st1-chair", false).await;
    actions::end(&who, &id).await.unwrap();
    assert_eq!(passes(&world).await, 0);
    let mut reader = world.home.app.read().await.unwrap();
    let ended = store::attempts::by_id(&mut reader, &id).await.unwrap();
    assert_eq!((ended.correct, ended.passed), (Some(1), Some(false)));
    let held = store::certificates::of_person(&mut reader, "st1-chair").await;
    assert!(held.unwrap().is_empty());
}

#[tokio::test]
async fn a_test_of_another_programme_or_before_the_session_passes_nobody() {
    let world = World::new(1).await;
    tested(&world).await;
    held(&world).await;
    // The other programme's test, passed: this one's pass is not there.
    let who = member(&world, at(AFTER));
    let id = actions::begin(&who, "sess1", Purpose::After, "")
        .await
        .unwrap();
    answer_all(&world, &who, &id, &[]).await;
    actions::end(&who, &id).await.unwrap();
    // What somebody knew before a session of this one is no pass either.
    let id = actions::begin(&who, "sess2", Purpose::Before, "")
        .await
        .unwrap();
    answer_all(&world, &who, &id, &[]).await;
    actions::end(&who, &id).await.unwrap();
    let own = "select count(*) as n from training_passed where programme_id = 'prog1' and session_id = 'sess1'";
    assert_eq!(count(&world, own).await, 1);
    assert_eq!(passes(&world).await, 1, "of nothing else");
    // A test whose row was turned to a session of another programme, or to one that was never held.
    for forged in [
        "update training_attempt set session_id = 'session-1' where id = $1",
        "update training_attempt set session_id = 'sess2' where id = $1",
    ] {
        let who = world.chair("st1", at(AFTER));
        let id = actions::begin(&who, "sess1", Purpose::After, "")
            .await
            .unwrap();
        answer_all(&world, &who, &id, &[]).await;
        world.sql(forged, bind![&id]).await;
        actions::end(&who, &id).await.unwrap();
        assert_eq!(passes(&world).await, 1, "{forged}");
    }
}
