//! Taking tests: the right person, the right time, twice, on two devices.

use super::*;
use crate::training::learning::actions::Answered;
use crate::training::learning::store::attempts;

async fn attempt(world: &World, id: &str) -> crate::training::learning::model::Attempt {
    let mut reader = world.home.app.read().await.unwrap();
    attempts::by_id(&mut reader, id).await.unwrap()
}

pub(super) async fn passes(world: &World) -> i64 {
    let mut reader = world.home.app.read().await.unwrap();
    let row = reader
        .one(
            "select count(*) as n from training_passed where ended_at is null",
            bind![],
        )
        .await
        .unwrap();
    row.int("n").unwrap()
}

async fn answers(world: &World, id: &str) -> i64 {
    let mut reader = world.home.app.read().await.unwrap();
    let row = reader
        .one(
            "select count(*) as n from training_answer where attempt_id = $1",
            bind![id],
        )
        .await
        .unwrap();
    row.int("n").unwrap()
}

#[tokio::test]
async fn whoever_passes_is_on_record_with_a_certificate() {
    let world = World::new(1).await;
    tested(&world).await;
    let who = member(&world, noon());
    let id = start(&world, Purpose::After).await;
    answer_all(&world, &who, &id, &["order"]).await;
    assert_eq!(passes(&world).await, 0);
    actions::end(&who, &id).await.unwrap();
    let ended = attempt(&world, &id).await;
    assert_eq!((ended.correct, ended.passed), (Some(4), Some(true)));
    assert_eq!(passes(&world).await, 1);
    let mut reader = world.home.app.read().await.unwrap();
    let held = store::certificates::of_person(&mut reader, "st1-secretary")
        .await
        .unwrap();
    assert_eq!(held.len(), 1);
    assert_eq!(held[0].attempt_id, id);
    drop(reader);
    // Handed in again: nothing more.
    actions::end(&who, &id).await.unwrap();
    assert_eq!(passes(&world).await, 1);
    let again = actions::begin(&who, "sess1", Purpose::After, "").await;
    assert!(conflict(again).contains("passed"));
}

#[tokio::test]
async fn whoever_fails_may_try_again_as_often_as_the_test_says() {
    let world = World::new(1).await;
    tested(&world).await;
    let who = member(&world, noon());
    for number in 1..=2 {
        let id = start(&world, Purpose::After).await;
        answer_all(&world, &who, &id, &["one", "protocol"]).await;
        actions::end(&who, &id).await.unwrap();
        let ended = attempt(&world, &id).await;
        assert_eq!(
            (ended.number, ended.correct, ended.passed),
            (number, Some(3), Some(false))
        );
    }
    let third = actions::begin(&who, "sess1", Purpose::After, "").await;
    assert!(conflict(third).contains("tries"));
    assert_eq!(passes(&world).await, 0);
    // Only first tries are counted by question.
    let mut reader = world.home.app.read().await.unwrap();
    let row = reader
        .one(
            "select cast(sum(asked) as bigint) as asked from training_question_count where kind = 'after' and level = 2",
            bind![],
        )
        .await
        .unwrap();
    assert_eq!(row.int("asked").unwrap(), 5);
}

#[tokio::test]
async fn a_test_is_its_owners_alone() {
    let world = World::new(1).await;
    tested(&world).await;
    let id = start(&world, Purpose::After).await;
    let other = world.chair("st1", noon());
    let given = Answer::One("a".to_owned());
    let tried = actions::answer(&other, &id, (1, 0), &given).await;
    assert!(matches!(tried, Err(Error::NotFound)));
    assert!(matches!(
        actions::end(&other, &id).await,
        Err(Error::NotFound)
    ));
    assert!(matches!(
        actions::settle(&other, &id).await,
        Err(Error::NotFound)
    ));
    // Somebody who was not there has no test; neither has the system.
    let stranger = world.acting("c2", "precinct.member", "st1-area", noon());
    let begun = actions::begin(&stranger, "sess1", Purpose::After, "").await;
    assert!(matches!(begun, Err(Error::NotFound)));
    let system = Acting::system(world.home.app.clone(), noon());
    assert!(matches!(
        actions::begin(&system, "sess1", Purpose::After, "").await,
        Err(Error::NotFound)
    ));
    // Neither has somebody who was there and was replaced since.
    world
        .sql(
            "update training_trainee set state = 'replaced' where session_id = 'sess1' and person_id = 'st1-chair'",
            bind![],
        )
        .await;
    let begun = actions::begin(&other, "sess1", Purpose::After, "").await;
    assert!(matches!(begun, Err(Error::NotFound)));
    // Nobody chooses themselves for a re-test.
    let chosen = actions::begin(&member(&world, noon()), "sess1", Purpose::Retest, "mine").await;
    assert!(matches!(chosen, Err(Error::NotFound)));
}

#[tokio::test]
async fn a_reload_and_a_second_device_go_on_with_the_same_test() {
    let world = World::new(1).await;
    tested(&world).await;
    let who = member(&world, noon());
    let id = start(&world, Purpose::After).await;
    assert_eq!(start(&world, Purpose::After).await, id);
    let mut both = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let other = world.chair("st1", noon());
        both.spawn(async move { actions::begin(&other, "sess1", Purpose::After, "").await });
    }
    let mut ids = std::collections::BTreeSet::new();
    while let Some(one) = both.join_next().await {
        ids.insert(one.unwrap().unwrap());
    }
    assert_eq!(ids.len(), 1, "begun at once: {ids:?}");
    // The first place, answered on one device, then on another that has not seen it.
    let (places, bank) = {
        let mut reader = world.home.app.read().await.unwrap();
        let places = attempts::places(&mut reader, &id).await.unwrap();
        (places, store::bank(&mut reader, "prog1").await.unwrap())
    };
    let place = places
        .iter()
        .find(|p| {
            bank.iter()
                .any(|q| q.id == p.question_id && q.says.key == "one")
        })
        .unwrap()
        .place;
    let (a, b) = (Answer::One("a".to_owned()), Answer::One("b".to_owned()));
    assert_eq!(
        actions::answer(&who, &id, (place, 0), &a).await.unwrap(),
        Answered::Kept
    );
    // Sent twice by a slow network: once.
    assert_eq!(
        actions::answer(&who, &id, (place, 0), &a).await.unwrap(),
        Answered::Again
    );
    assert_eq!(answers(&world, &id).await, 1);
    let blind = actions::answer(&who, &id, (place, 0), &b).await;
    assert!(conflict(blind).contains("another device"));
    assert_eq!(
        actions::answer(&who, &id, (place, 1), &b).await.unwrap(),
        Answered::Kept
    );
    // Both answers stay; the newest one counts.
    assert_eq!(answers(&world, &id).await, 2);
    let mut reader = world.home.app.read().await.unwrap();
    let kept = attempts::place(&mut reader, &id, place).await.unwrap();
    assert_eq!(
        (kept.answers, kept.answer.as_str(), kept.correct),
        (2, "b", false)
    );
}

#[tokio::test]
async fn time_is_the_servers_and_ends_for_everybody() {
    let world = World::new(1).await;
    tested(&world).await;
    let who = member(&world, noon());
    let id = start(&world, Purpose::After).await;
    answer_all(&world, &who, &id, &[]).await;
    let given = |option: &str| Answer::parse(Kind::One, option).unwrap();
    let place = {
        let mut reader = world.home.app.read().await.unwrap();
        let bank = store::bank(&mut reader, "prog1").await.unwrap();
        let one = bank.iter().find(|q| q.says.key == "one").unwrap();
        let places = attempts::places(&mut reader, &id).await.unwrap();
        places
            .into_iter()
            .find(|p| p.question_id == one.id)
            .unwrap()
            .place
    };
    let later = |seconds: i64| member(&world, noon() + SignedDuration::from_secs(seconds));
    // Sent in time, through a slow network.
    let slow = actions::answer(&later(1_830), &id, (place, 1), &given("b")).await;
    assert_eq!(slow.unwrap(), Answered::Kept);
    let late = actions::answer(&later(1_831), &id, (place, 2), &given("c")).await;
    assert!(conflict(late).contains("time is up"));
    // What the clock does: the test ends with what was answered, and the pass is on record.
    actions::end_expired(
        world.home.app.clone(),
        noon() + SignedDuration::from_secs(1_900),
    )
    .await
    .unwrap();
    let ended = attempt(&world, &id).await;
    assert_eq!((ended.correct, ended.passed), (Some(4), Some(true)));
    assert_eq!(ended.ended_at, Some(ended.ends_at));
    assert_eq!(passes(&world).await, 1);
    let late = actions::answer(&later(1_801), &id, (place, 2), &given("a")).await;
    assert!(conflict(late).contains("time is up"));
}

#[tokio::test]
async fn tests_before_and_after_have_their_time() {
    let world = World::new(1).await;
    tested(&world).await;
    let who = member(&world, noon());
    let before = actions::begin(&who, "sess1", Purpose::Before, "").await;
    assert!(conflict(before).contains("over"));
    let after = actions::begin(&who, "sess2", Purpose::After, "").await;
    assert!(conflict(after).contains("not held"));
    let id = actions::begin(&who, "sess2", Purpose::Before, "")
        .await
        .unwrap();
    answer_all(&world, &who, &id, &[]).await;
    actions::end(&who, &id).await.unwrap();
    // Everything right before the session: known, but not taught.
    assert_eq!(passes(&world).await, 0);
    let again = actions::begin(&who, "sess2", Purpose::Before, "").await;
    assert!(conflict(again).contains("taken"));
    // A session that was called off, or never was.
    world
        .sql(
            "update training_session set state = 'cancelled' where id = 'sess2'",
            bind![],
        )
        .await;
    conflict(actions::begin(&world.chair("st1", noon()), "sess2", Purpose::Before, "").await);
    let nowhere = actions::begin(&who, "sess9", Purpose::After, "").await;
    assert!(matches!(nowhere, Err(Error::NotFound)));
}

#[tokio::test]
async fn what_is_no_answer_is_refused_and_changes_are_bounded() {
    let world = World::new(1).await;
    tested(&world).await;
    let who = member(&world, noon());
    let id = start(&world, Purpose::After).await;
    let nowhere = actions::answer(&who, &id, (6, 0), &Answer::One("a".to_owned())).await;
    assert!(matches!(nowhere, Err(Error::NotFound)));
    let places = {
        let mut reader = world.home.app.read().await.unwrap();
        attempts::places(&mut reader, &id).await.unwrap()
    };
    for place in &places {
        let nonsense = Answer::One("zz".to_owned());
        let tried = actions::answer(&who, &id, (place.place, 0), &nonsense).await;
        assert_eq!(field(tried), "answer");
    }
    assert_eq!(answers(&world, &id).await, 0);
    // Nothing was answered: every question counts as wrong.
    actions::end(&who, &id).await.unwrap();
    let ended = attempt(&world, &id).await;
    assert_eq!((ended.correct, ended.passed), (Some(0), Some(false)));
}

#[tokio::test]
async fn a_test_that_runs_keeps_the_words_it_began_with() {
    let world = World::new(1).await;
    tested(&world).await;
    let who = member(&world, noon());
    let centre = centre(&world, noon());
    let id = start(&world, Purpose::After).await;
    let one = {
        let mut reader = world.home.app.read().await.unwrap();
        let bank = store::bank(&mut reader, "prog1").await.unwrap();
        bank.into_iter().find(|q| q.says.key == "one").unwrap()
    };
    let mut changed = one.says.clone();
    changed.answer = Answer::One("b".to_owned());
    actions::write(&centre, Some(&one.id), (1, "the law changed"), changed)
        .await
        .unwrap();
    let place = {
        let mut reader = world.home.app.read().await.unwrap();
        let places = attempts::places(&mut reader, &id).await.unwrap();
        places
            .into_iter()
            .find(|p| p.question_id == one.id)
            .unwrap()
    };
    assert_eq!(place.version, 1);
    actions::answer(&who, &id, (place.place, 0), &Answer::One("a".to_owned()))
        .await
        .unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    assert!(
        attempts::place(&mut reader, &id, place.place)
            .await
            .unwrap()
            .correct
    );
}
