//! A plan becomes sessions: exactly those are invited whom it counted, all of it or nothing.

use super::*;
use crate::training::actions as by_hand;
use crate::training::model::NewSession;
use crate::votingday::tests::world::at;

/// A hall of eight seats, and a trainer who may train.
async fn small(world: &World) -> Acting {
    let mut small = hall("hall1");
    small.seats = 8;
    let district = furnished_with(world, small).await;
    passes(world, "d1-chair", 1).await;
    district
}

async fn count(world: &World, sql: &'static str) -> i64 {
    let mut reader = world.home.app.read().await.unwrap();
    reader.one(sql, bind![]).await.unwrap().int("n").unwrap()
}

const SESSIONS: &str = "select count(*) as n from training_session";
const INVITED: &str = "select count(*) as n from training_trainee where state = 'invited'";

/// A session of the afternoon of 4 October under the same trainer.
pub(super) fn afternoon() -> NewSession {
    NewSession {
        id: "by-hand".to_owned(),
        election_id: "vote-2023".to_owned(),
        programme_id: "prog1".to_owned(),
        area_id: "d1".to_owned(),
        level: 2,
        place: names("School"),
        station_id: None,
        coordinates: None,
        starts_at: at("2023-10-04T09:00:00Z"),
        ends_at: at("2023-10-04T10:00:00Z"),
        seats: 20,
        modules: vec!["mod1".to_owned(), "mod2".to_owned()],
        trainers: vec!["d1-chair".to_owned()],
    }
}

#[tokio::test]
async fn exactly_those_are_invited_whom_the_plan_counted() {
    let world = World::new(3).await;
    let district = small(&world).await;
    let found = planned(&world, &district, "plan").await;
    // The chair and the secretary of the first station are invited to another session already.
    assert_eq!(found.made_from[1], 13);
    let taken = actions::take_over(&district, "plan", false).await.unwrap();
    assert_eq!(
        (taken.made, taken.people, taken.refused),
        (2, 13, Vec::new())
    );
    let mut all = Vec::new();
    for session in sessions(&world, "plan").await {
        let people = invited(&world, &session.session_id).await;
        assert_eq!(u64::try_from(people.len()).unwrap(), session.people);
        assert!(session.made && session.people <= 8);
        all.extend(people);
    }
    all.sort();
    assert_eq!(all.len(), 13);
    all.dedup();
    assert_eq!(all.len(), 13, "nobody twice");
    assert!(!all.contains(&"st1-chair".to_owned()) && all.contains(&"st1-deputy".to_owned()));
    assert_eq!(proposal(&world, "plan").await.state, State::Taken);
}

#[tokio::test]
async fn nothing_is_taken_in_part_unless_the_act_says_so() {
    let world = World::new(3).await;
    let district = small(&world).await;
    planned(&world, &district, "plan").await;
    let planned = sessions(&world, "plan").await;
    assert_eq!([planned[0].people, planned[1].people], [8, 5]);
    // Since then the trainer has got another session, and somebody has passed.
    by_hand::plan(&district, afternoon()).await.unwrap();
    passes(&world, "st3-deputy", 2).await;
    let before = (count(&world, SESSIONS).await, count(&world, INVITED).await);
    let taken = actions::take_over(&district, "plan", false).await.unwrap();
    assert_eq!((taken.made, taken.people), (0, 0));
    let places: Vec<u64> = taken.refused.iter().map(|(place, _)| *place).collect();
    assert_eq!(places, [0, 1], "{:?}", taken.refused);
    assert!(taken.refused[0].1.contains("st3-deputy (has passed)"));
    assert!(taken.refused[1].1.contains("d1-chair"));
    let after = (count(&world, SESSIONS).await, count(&world, INVITED).await);
    assert_eq!(before, after, "nothing of it happened");
    assert_eq!(proposal(&world, "plan").await.state, State::Done);
    // In part: what is possible, and the same reasons.
    let part = actions::take_over(&district, "plan", true).await.unwrap();
    assert_eq!((part.made, part.people), (1, 7));
    assert_eq!(part.refused, taken.refused);
    assert_eq!(proposal(&world, "plan").await.state, State::Done);
    let people = invited(&world, &planned[0].session_id).await;
    assert!(people.len() == 7 && !people.contains(&"st3-deputy".to_owned()));
    // What stood in the way is gone: the rest.
    by_hand::cancel(&district, "by-hand", 1, "ill")
        .await
        .unwrap();
    let rest = actions::take_over(&district, "plan", false).await.unwrap();
    assert_eq!((rest.made, rest.people, rest.refused), (1, 5, Vec::new()));
    assert_eq!(proposal(&world, "plan").await.state, State::Taken);
}

#[tokio::test]
async fn a_hall_or_trainer_that_is_gone_and_a_time_that_has_passed_are_told() {
    let world = World::new(2).await;
    let district = small(&world).await;
    planned(&world, &district, "plan").await;
    let reasons = |taken: actions::TakenOver| -> Vec<String> {
        assert_eq!(taken.made, 0);
        taken.refused.into_iter().map(|(_, why)| why).collect()
    };
    let take = || actions::take_over(&district, "plan", true);
    let mut changed = hall("hall1");
    changed.seats = 4;
    actions::set_hall(&district, 1, changed.clone())
        .await
        .unwrap();
    let told = reasons(take().await.unwrap());
    assert!(told[0].contains("too few seats"), "{told:?}");
    changed.seats = 8;
    actions::set_hall(&district, 2, changed).await.unwrap();
    let mut away = trainer("d1-chair");
    away.away.push(date(2023, 10, 4));
    actions::set_trainer(&district, 1, away).await.unwrap();
    let told = reasons(take().await.unwrap());
    assert!(told[0].contains("trainer"), "{told:?}");
    actions::set_trainer(&district, 2, trainer("d1-chair"))
        .await
        .unwrap();
    let late = world.district(at("2023-10-20T06:00:00Z"));
    let told = actions::take_over(&late, "plan", true).await.unwrap();
    let told = reasons(told);
    assert!(told[0].contains("passed"), "{told:?}");
    // The people of one session have left their commission since.
    let first = sessions(&world, "plan").await.remove(0);
    world
        .sql(
            "update commission_member set valid_until = '2023-10-03' where person_id in
                (select person_id from training_plan_person where plan_id = 'plan' and place = $1)",
            bind![i64::try_from(first.place).unwrap()],
        )
        .await;
    let taken = take().await.unwrap();
    assert!(taken.refused[0].1.contains("Nobody"), "{taken:?}");
}

#[tokio::test]
async fn two_who_take_a_plan_over_at_once_make_it_once() {
    let world = World::new(3).await;
    let district = small(&world).await;
    planned(&world, &district, "plan").await;
    let (one, two) = tokio::join!(
        actions::take_over(&district, "plan", false),
        actions::take_over(&district, "plan", false)
    );
    let (one, two) = (one.unwrap(), two.unwrap());
    assert_eq!((one.made + two.made, one.people + two.people), (2, 13));
    let other = world.acting("d2-chair", "district.chair", "d2", noon());
    let tried = actions::take_over(&other, "plan", true).await;
    assert!(matches!(tried, Err(Error::Forbidden(_))));
    let none = actions::take_over(&district, "none", true).await;
    assert!(matches!(none, Err(Error::NotFound)));
}
