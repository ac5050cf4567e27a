//! Who is late, and when figures of votes may be seen.

use super::world::{CLOSING, CONTEST, ELECTION, World, at, hour};
use super::*;
use actions::{Moment, close, open};
use jiff::Timestamp;
use model::Lateness;

async fn reports(world: &World, station: &str, opened: Timestamp, closed: Option<Timestamp>) {
    let input = |at| Moment {
        station_id: station.to_owned(),
        contest_id: CONTEST.to_owned(),
        at,
        reason: String::new(),
    };
    let who = world.secretary(station, hour(23, 59));
    open(&who, &input(opened)).await.unwrap();
    if let Some(closed) = closed {
        close(&who, &input(closed)).await.unwrap();
    }
}

async fn closed_days(world: &World, now: Timestamp) -> Vec<i8> {
    let mut reader = world.home.app.read().await.unwrap();
    queries::closed_days(&mut reader, ELECTION, now)
        .await
        .unwrap()
        .into_iter()
        .map(jiff::civil::Date::day)
        .collect()
}

async fn all_closed(world: &World, now: Timestamp) -> bool {
    closed_days(world, now).await.contains(&5)
}

#[tokio::test]
async fn figures_wait_for_the_last_station_of_the_west() {
    let world = World::new(2).await;
    world.station_in("st9", "Asia/Aqtau", 9).await;
    reports(&world, "st1", hour(7, 0), Some(hour(20, 0))).await;
    reports(&world, "st2", hour(7, 0), Some(hour(20, 0))).await;
    reports(&world, "st9", hour(8, 0), Some(hour(20, 30))).await;
    assert!(
        !all_closed(&world, at(CLOSING)).await,
        "the west still votes"
    );
    assert!(!all_closed(&world, hour(20, 59)).await);
    assert!(all_closed(&world, hour(21, 0)).await, "20:00 in Aqtau");
}

#[tokio::test]
async fn a_station_without_a_closing_holds_figures_back_for_its_grace() {
    let world = World::new(2).await;
    reports(&world, "st1", hour(7, 0), Some(hour(20, 1))).await;
    reports(&world, "st2", hour(7, 0), None).await;
    assert!(!all_closed(&world, hour(20, 5)).await);
    assert!(!all_closed(&world, hour(20, 19)).await);
    assert!(
        all_closed(&world, hour(20, 20)).await,
        "20 minutes by the rules"
    );
    reports(&world, "st2", hour(7, 0), Some(hour(20, 2))).await;
    assert!(all_closed(&world, hour(20, 5)).await);
}

#[tokio::test]
async fn a_contest_of_a_later_day_holds_only_itself_back() {
    let world = World::new(1).await;
    reports(&world, "st1", hour(7, 0), Some(hour(20, 0))).await;
    world.contest_in("d2", 2, "2023-11-20").await;
    world.station_of("st8", "d2", "Asia/Almaty", 8).await;
    world.station_of("st9", "d2", "Asia/Aqtau", 9).await;
    let days = async |now| closed_days(&world, now).await;
    let later = |hours: i64| hour(15 * 24 + hours, 0);
    assert_eq!(days(hour(19, 59)).await, [0_i8; 0]);
    assert_eq!(days(hour(20, 0)).await, [5], "the others are not held back");
    assert_eq!(
        days(later(20)).await,
        [5],
        "20:00 in Astana, 19:00 in Aqtau"
    );
    assert_eq!(days(later(21)).await, [5, 20]);
}

#[tokio::test]
async fn an_election_without_stations_never_opens_its_figures() {
    let world = World::new(0).await;
    assert!(!all_closed(&world, hour(23, 0)).await);
}

#[tokio::test]
async fn late_stations_are_listed_with_what_is_missing() {
    let world = World::new(3).await;
    reports(&world, "st1", hour(7, 0), None).await;
    reports(&world, "st2", hour(7, 0), Some(hour(9, 0))).await;
    let late = async |now: Timestamp| -> Vec<(u64, Lateness)> {
        let mut reader = world.home.app.read().await.unwrap();
        queries::late_stations(&mut reader, &world.home.app, "d1", now)
            .await
            .unwrap()
            .into_iter()
            .map(|l| (l.unit.number, l.missing))
            .collect()
    };
    assert_eq!(late(hour(7, 19)).await, []);
    assert_eq!(late(hour(7, 20)).await, [(3, Lateness::NotOpened)]);
    let slot = Lateness::Slot("10:00".to_owned());
    assert_eq!(
        late(hour(10, 20)).await,
        [(1, slot), (3, Lateness::NotOpened)]
    );
    let mut reader = world.home.app.read().await.unwrap();
    let other = queries::late_stations(&mut reader, &world.home.app, "d2", hour(12, 0))
        .await
        .unwrap();
    assert!(other.is_empty(), "another district's stations are not ours");
}

#[tokio::test]
async fn after_the_hours_closing_and_the_final_figure_can_be_late() {
    let world = World::new(1).await;
    let rules = world.home.app.rules.get("akim-district-2023").unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let unit = queries::unit(&mut reader, "st1", CONTEST).await.unwrap();
    let mut day = model::StationDay {
        opened_at: Some(hour(7, 0)),
        last_slot: "20:00".to_owned(),
        ..model::StationDay::default()
    };
    let missing = |day: &model::StationDay, now| model::lateness(&rules, &unit, day, now).unwrap();
    assert_eq!(missing(&day, hour(20, 19)), None);
    assert_eq!(missing(&day, hour(20, 20)), Some(Lateness::NotClosed));
    day.closed_at = Some(hour(20, 0));
    assert_eq!(missing(&day, hour(22, 19)), None);
    let figure = Some(Lateness::Slot("final".to_owned()));
    assert_eq!(
        missing(&day, hour(22, 20)),
        figure,
        "two hours by the rules"
    );
    day.last_slot = "final".to_owned();
    assert_eq!(missing(&day, hour(23, 59)), None);
}

#[tokio::test]
async fn a_closed_station_without_its_final_figure_is_listed_until_it_comes() {
    let world = World::new(2).await;
    reports(&world, "st1", hour(7, 0), Some(hour(20, 0))).await;
    reports(&world, "st2", hour(7, 0), Some(hour(20, 0))).await;
    let say = async |station: &str, slot: &str| {
        let input = actions::Turnout {
            station_id: station.to_owned(),
            contest_id: CONTEST.to_owned(),
            slot: slot.to_owned(),
            received: 300,
            reason: String::new(),
        };
        let who = world.secretary(station, hour(22, 30));
        actions::report_turnout(&who, &input).await.unwrap();
    };
    say("st1", "20:00").await;
    say("st2", "final").await;
    let late = async || -> Vec<(u64, Lateness)> {
        let mut reader = world.home.app.read().await.unwrap();
        queries::late_stations(&mut reader, &world.home.app, "d1", hour(23, 0))
            .await
            .unwrap()
            .into_iter()
            .map(|l| (l.unit.number, l.missing))
            .collect()
    };
    assert_eq!(late().await, [(1, Lateness::Slot("final".to_owned()))]);
    say("st1", "final").await;
    assert_eq!(late().await, []);
}

#[tokio::test]
async fn the_text_of_a_decision_waits_with_the_figures() {
    let world = World::new(1).await;
    reports(&world, "st1", hour(7, 0), Some(hour(19, 50))).await;
    for (id, day) in [("before", "2023-11-01"), ("that-evening", "2023-11-05")] {
        let mut tx = world.home.app.database.begin().await.unwrap();
        tx.execute(
            "insert into decision (id, commission_id, area_id, election_id, kind, number, decided_on, title_kk, title_ru, title_en,
                    body_text, members_total, members_present, votes_for, votes_against, recorded_at, recorded_by)
                select $1, c.commission_id, c.area_id, c.election_id, 'other', $1, $2, 'Ш', 'Р', 'D', 'votes 7', 7, 7, 6, 1, 0, 'test'
                from contest c where c.election_id = $3 limit 1",
            crate::bind![id, day, ELECTION],
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
    }
    let withheld = async |id: &str, now| {
        world.home.app.clock.set(now);
        let mut reader = world.home.app.read().await.unwrap();
        let decision = crate::commissions::queries::decision(&mut reader, id)
            .await
            .unwrap();
        crate::commissions::silence::is_withheld(&mut reader, &world.home.app, &decision)
            .await
            .unwrap()
    };
    assert!(!withheld("before", hour(12, 0)).await);
    assert!(withheld("that-evening", hour(19, 55)).await);
    assert!(!withheld("that-evening", hour(21, 0)).await);
}
