//! A session falls out: a new plan keeps those that stand and covers the rest.

use super::*;
use crate::training::actions as by_hand;
use crate::training::model::SessionState;

async fn version(world: &World, session: &str) -> u64 {
    let mut reader = world.home.app.read().await.unwrap();
    let session = queries::session(&mut reader, session).await.unwrap();
    session.version
}

#[tokio::test]
async fn after_a_session_falls_out_the_rest_is_covered_around_those_that_stand() {
    let world = World::new(3).await;
    let mut small = hall("hall1");
    small.seats = 5;
    let district = furnished_with(&world, small).await;
    passes(&world, "d1-chair", 1).await;
    planned(&world, &district, "plan").await;
    let taken = actions::take_over(&district, "plan", false).await.unwrap();
    assert_eq!((taken.made, taken.people), (3, 13), "{taken:?}");
    let first = sessions(&world, "plan").await;
    let (fallen, stand) = (&first[0], &first[1..]);
    let people = invited(&world, &fallen.session_id).await;
    let seen = version(&world, &fallen.session_id).await;
    by_hand::cancel(&district, &fallen.session_id, seen, "no light")
        .await
        .unwrap();
    let again = planned(&world, &district, "again").await;
    assert_eq!(again.made_from[1], fallen.people, "those of the session");
    assert_eq!(again.made_from[4], 2, "two stand");
    assert_eq!(again.bound_sessions, Some(1));
    // The end is that of the last session, the ones that stand included.
    let last = stand.iter().map(|s| s.held_on).max().unwrap();
    assert_eq!(again.complete_on, last.to_string());
    assert_eq!(again.bound_on, last.to_string());
    assert_eq!(again.bottleneck, "standing");
    let planned = sessions(&world, "again").await;
    assert_eq!(planned.len(), 1);
    for one in stand {
        let here = (one.held_on, one.slot) == (planned[0].held_on, planned[0].slot);
        assert!(!here, "nobody is in two places");
    }
    let taken = actions::take_over(&district, "again", false).await.unwrap();
    assert_eq!((taken.made, taken.refused), (1, Vec::new()));
    assert_eq!(invited(&world, &planned[0].session_id).await, people);
    // What stood stands as it was; the first plan says what fell out.
    for one in stand {
        assert_eq!(version(&world, &one.session_id).await, 2);
    }
    let first = sessions(&world, "plan").await;
    let fallen: Vec<bool> = first.iter().map(|s| s.called_off).collect();
    assert_eq!(fallen, [true, false, false]);
    assert!(first.iter().all(|s| s.made));
    let mut reader = world.home.app.read().await.unwrap();
    let gone = queries::session(&mut reader, &first[0].session_id).await;
    assert_eq!(gone.unwrap().state, SessionState::Cancelled);
}

#[tokio::test]
async fn a_session_under_two_trainers_takes_one_hall_and_both_trainers() {
    let world = World::new(2).await;
    let district = furnished(&world).await;
    for person in ["d1-chair", "d1-secretary"] {
        passes(&world, person, 1).await;
    }
    let mut second = trainer("d1-secretary");
    second.away.clear();
    actions::set_trainer(&district, 0, second).await.unwrap();
    let mut new = super::takeover::afternoon();
    new.trainers.push("d1-secretary".to_owned());
    new.coordinates = Some(hall("hall1").place);
    by_hand::plan(&district, new).await.unwrap();
    let found = planned(&world, &district, "plan").await;
    assert_eq!(found.made_from[4], 1, "one session, not two");
    let mut reader = world.home.app.read().await.unwrap();
    let asked = plans::by_id(&mut reader, "plan").await.unwrap();
    let from = crate::training::planner::gather::gather(&mut reader, &world.home.app, &asked)
        .await
        .unwrap();
    let mut taken: Vec<(String, String, usize)> = from
        .input
        .kept
        .iter()
        .map(|k| (k.hall.clone(), k.trainer.clone(), k.slot))
        .collect();
    taken.sort();
    let hall = "hall1".to_owned();
    let expected = [
        (hall.clone(), "d1-chair".to_owned(), 1),
        (hall, "d1-secretary".to_owned(), 1),
    ];
    assert_eq!(taken, expected);
    assert_eq!(from.input.stands_until, Some(date(2023, 10, 4)));
}
