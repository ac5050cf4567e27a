//! Whom a plan counts: offices of the audience, each person once, the level above.

use super::*;
use crate::training::queries::session;

async fn audience(world: &World, id: &'static str) {
    world
        .sql(
            "update training_programme_version set audience = $1 where programme_id = 'prog1'",
            bind![id],
        )
        .await;
}

#[tokio::test]
async fn only_the_offices_of_the_audience_are_counted_and_invited() {
    let world = World::new(3).await;
    let district = furnished(&world).await;
    passes(&world, "d1-chair", 1).await;
    audience(&world, "precinct_chairs").await;
    // Chairs and their deputies; the first chair is invited already.
    let chairs = planned(&world, &district, "chairs").await;
    assert_eq!((chairs.made_from[0], chairs.made_from[1]), (3, 5));
    audience(&world, "precinct_secretaries").await;
    let found = planned(&world, &district, "secretaries").await;
    assert_eq!((found.made_from[0], found.made_from[1]), (2, 2));
    let taken = actions::take_over(&district, "secretaries", false)
        .await
        .unwrap();
    assert_eq!((taken.made, taken.people), (1, 2), "{taken:?}");
    let made = sessions(&world, "secretaries").await.remove(0);
    assert_eq!(
        invited(&world, &made.session_id).await,
        ["st2-secretary", "st3-secretary"]
    );
    // The chairs' plan no longer fits the programme.
    let stale = actions::take_over(&district, "chairs", false)
        .await
        .unwrap();
    assert_eq!((stale.made, stale.refused.len()), (0, 1));
    // Nobody can be counted who sits in no commission.
    audience(&world, "observers").await;
    let by_name = actions::ask(&district, asked("observers")).await;
    assert_eq!(field(by_name), "programme");
}

#[tokio::test]
async fn nobody_is_counted_twice_and_trainers_are_not() {
    let world = World::new(3).await;
    let district = furnished(&world).await;
    passes(&world, "d1-chair", 1).await;
    for (id, person) in [("second", "st3-chair"), ("third", "d1-chair")] {
        world
            .sql(
                "insert into commission_member (id, commission_id, person_id, office, nominator, seated_by, valid_from)
                    values ($1, 'st2-pec', $2, 'member', 'assembly', 'st2-pec-seated', '2019-01-01')",
                bind![id, person],
            )
            .await;
    }
    let found = planned(&world, &district, "plan").await;
    assert_eq!(found.made_from[1], 13);
    let taken = actions::take_over(&district, "plan", false).await.unwrap();
    assert_eq!((taken.people, taken.refused), (13, Vec::new()));
    let made = sessions(&world, "plan").await.remove(0);
    let people = invited(&world, &made.session_id).await;
    assert_eq!(people.iter().filter(|p| *p == "st3-chair").count(), 1);
    assert!(!people.contains(&"d1-chair".to_owned()));
}

#[tokio::test]
async fn a_trainer_who_has_not_passed_is_no_trainee_either() {
    let world = World::new(1).await;
    let district = furnished(&world).await;
    world
        .sql(
            "insert into commission_member (id, commission_id, person_id, office, nominator, seated_by, valid_from)
                values ('second', 'st1-pec', 'd1-chair', 'member', 'assembly', 'st1-pec-seated', '2019-01-01')",
            bind![],
        )
        .await;
    let found = planned(&world, &district, "plan").await;
    assert_eq!(found.made_from[1], 3);
}

/// The region with its commission, a hall and a trainer; a second district with a station and no hall.
async fn above(world: &World) -> Acting {
    furnished(world).await;
    let offices = ["chair", "secretary"];
    world.commission("region", "r1", &offices).await;
    world.contest_in("d2", 2, "2023-11-05").await;
    world.station_of("st9", "d2", "Asia/Almaty", 9).await;
    let region = world.acting("r1-chair", "region.chair", "r1", noon());
    let mut there = hall("hall-r1");
    there.area_id = "r1".to_owned();
    there.place = (49_800_000, 73_100_000);
    actions::set_hall(&region, 0, there).await.unwrap();
    let mut who = trainer("r1-chair");
    who.area_id = "r1".to_owned();
    who.place = (49_800_000, 73_100_000);
    who.away.clear();
    actions::set_trainer(&region, 0, who).await.unwrap();
    region
}

#[tokio::test]
async fn the_level_above_is_planned_the_same_way() {
    let world = World::new(2).await;
    let region = above(&world).await;
    passes(&world, "r1-chair", 0).await;
    let mut new = asked("plan");
    (new.level, new.area_id) = (1, "r1".to_owned());
    actions::ask(&region, new).await.unwrap();
    job::reckon(&world.home.app, "plan").await.unwrap();
    let found = proposal(&world, "plan").await;
    // Both districts, the trainer and the hall of the region; those of the district train stations.
    assert_eq!(found.made_from, [2, 3, 1, 1, 0]);
    assert_eq!(found.complete_on, "2023-10-03");
    {
        // The chair of a district trains stations and is taught here.
        let mut reader = world.home.app.read().await.unwrap();
        let left = plans::left(&mut reader, "plan").await.unwrap();
        assert_eq!(left.len(), 1, "{left:?}");
        assert_eq!(
            (left[0].area_id.as_str(), left[0].why.as_str()),
            ("d2", "unplaced")
        );
        assert_eq!(left[0].number, None);
    }
    let taken = actions::take_over(&region, "plan", false).await.unwrap();
    assert_eq!((taken.made, taken.people), (1, 2), "{taken:?}");
    let made = sessions(&world, "plan").await.remove(0);
    assert_eq!(
        invited(&world, &made.session_id).await,
        ["d1-chair", "d1-secretary"]
    );
    let mut reader = world.home.app.read().await.unwrap();
    let held = session(&mut reader, &made.session_id).await.unwrap();
    assert_eq!((held.says.level, held.says.area_id.as_str()), (1, "r1"));
}

#[tokio::test]
async fn levels_and_territories_that_fit_nothing_are_refused() {
    let world = World::new(1).await;
    let region = above(&world).await;
    for level in [0, 3, 77] {
        let mut new = asked("plan");
        new.level = level;
        assert_eq!(field(actions::ask(&region, new).await), "level", "{level}");
    }
    // The district has no commission that trains districts.
    let mut new = asked("plan");
    new.level = 1;
    assert_eq!(field(actions::ask(&region, new).await), "area");
    world
        .sql(
            "update training_programme_version set level_from = 2 where programme_id = 'prog1'",
            bind![],
        )
        .await;
    let mut new = asked("plan");
    (new.level, new.area_id) = (1, "r1".to_owned());
    assert_eq!(field(actions::ask(&region, new).await), "level");
}

#[tokio::test]
async fn a_hall_takes_no_more_people_than_a_session() {
    let world = World::new(1).await;
    let district = furnished(&world).await;
    let mut large = hall("hall2");
    for (seats, fits) in [(0, false), (500, true), (501, false)] {
        large.seats = seats;
        let done = actions::set_hall(&district, 0, large.clone()).await;
        match done {
            Ok(()) => assert!(fits, "{seats}"),
            other => assert_eq!((field(other).as_str(), fits), ("seats", false), "{seats}"),
        }
    }
    // One that was entered when more were allowed counts with as many as a session has.
    world
        .sql(
            "update training_hall set seats = 2000 where id = 'hall2'",
            bind![],
        )
        .await;
    planned(&world, &district, "plan").await;
    let mut reader = world.home.app.read().await.unwrap();
    let asked = plans::by_id(&mut reader, "plan").await.unwrap();
    let from = crate::training::planner::gather::gather(&mut reader, &world.home.app, &asked)
        .await
        .unwrap();
    let seats: Vec<u32> = from.input.halls.iter().map(|h| h.seats).collect();
    assert_eq!(seats.iter().max(), Some(&500));
}
