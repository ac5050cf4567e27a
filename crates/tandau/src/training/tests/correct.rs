//! A correction on which the pass of another session rests.

use super::*;
use crate::training::presence::actions::{Correct, Says, correct};
use crate::training::presence::tests::is_sound;

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
    let acting = district(world, "2023-10-06T06:00:00Z");
    correct(&acting, "session-1", &how).await.unwrap();
}

#[tokio::test]
async fn a_pass_of_two_sessions_ends_with_either() {
    let world = world().await;
    taught(&world, (2, 2)).await;
    let acting = district(&world, "2023-09-20T06:00:00Z");
    for (id, day, module) in [
        ("session-1", "2023-10-02T04:00:00Z", "module-1"),
        ("session-2", "2023-10-04T04:00:00Z", "module-2"),
    ] {
        let mut new = session(id, (2, "d1"), at(day), &["d1-chair"]);
        new.modules = vec![module.to_owned()];
        hold(&world, &acting, new).await;
    }
    let passed = "select count(*) as n from training_passed where ended_at is null";
    let own = "select count(*) as n from training_passed where person_id = 'st1-chair' and ended_at is null";
    assert_eq!(count(&world, passed).await, 11, "after the second one");
    put_right(&world, 3, "st1-chair", false).await;
    assert_eq!(
        (count(&world, own).await, count(&world, passed).await),
        (0, 10)
    );
    let ended = "select count(*) as n from training_passed where person_id = 'st1-chair' and session_id = 'session-2' and ended_at is not null";
    assert_eq!(count(&world, ended).await, 1);
    put_right(&world, 4, "st1-chair", true).await;
    assert_eq!(count(&world, own).await, 1);
    assert_eq!(now(&world, "session-1").await.present, Some(11));
    // Somebody who was taught everything in the other one keeps what they passed there.
    let sql = "insert into training_taught (person_id, module_id, session_id, version, module_version, level, taught_at)
        values ('st1-secretary', 'module-1', 'session-2', 3, 1, 2, 0)";
    world.sql(sql, bind![]).await;
    put_right(&world, 5, "st1-secretary", false).await;
    let kept = "select count(*) as n from training_passed where person_id = 'st1-secretary' and ended_at is null";
    assert_eq!(count(&world, kept).await, 1);
}

#[tokio::test]
async fn the_log_vouches_for_both_sessions_of_a_correction() {
    let world = world().await;
    taught(&world, (2, 2)).await;
    let acting = district(&world, "2023-09-20T06:00:00Z");
    let new = session(
        "session-1",
        (2, "d1"),
        at("2023-10-02T04:00:00Z"),
        &["d1-chair"],
    );
    hold(&world, &acting, new).await;
    is_sound(&world.home.app).await;
    put_right(&world, 3, "st2-chair", false).await;
    is_sound(&world.home.app).await;
}
