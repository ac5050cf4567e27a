//! Planning: powers, limits, versions, the day plan.

use super::*;
use crate::bind;
use crate::visits::model::{EventState, VisitState};
use electoral::visits::Finding;

#[tokio::test]
async fn a_visit_is_planned_where_one_has_the_power() {
    let world = World::new(1).await;
    let host = host(&world);
    let stranger = world.acting(
        "d2-chair",
        "district.chair",
        "d2",
        at("2023-09-20T06:00:00Z"),
    );
    assert!(is_forbidden(
        actions::create(&stranger, visit("visit1")).await
    ));
    actions::create(&host, visit("visit1")).await.unwrap();
    let again = actions::create(&host, visit("visit1")).await.unwrap();
    assert_eq!(again.version, 1, "the same form twice is one visit");
    let wrong = |change: fn(&mut NewVisit)| {
        let mut new = visit("visit2");
        change(&mut new);
        new
    };
    for (name, new) in [
        ("title_kk", wrong(|v| v.title = Names::default())),
        ("head_kk", wrong(|v| v.head = Names::default())),
        ("purpose_kk", wrong(|v| v.purpose = Names::default())),
        ("ends_on", wrong(|v| v.ends_on = date(2023, 9, 28))),
        ("ends_on", wrong(|v| v.ends_on = date(2024, 9, 28))),
        ("title_en", wrong(|v| v.title.en = "x".repeat(301))),
        ("election", wrong(|v| v.election_id = "none".to_owned())),
        ("id", wrong(|v| v.id = "no id".to_owned())),
    ] {
        assert_eq!(field(actions::create(&host, new).await), name);
    }
    let mut other = visit("visit1");
    other.head = Names::new("", "Секретарь", "");
    actions::edit(&host, 1, other.clone()).await.unwrap();
    assert!(is_conflict(actions::edit(&host, 1, other).await));
    let mut reader = world.home.app.read().await.unwrap();
    let now = queries::by_id(&mut reader, "visit1").await.unwrap();
    assert_eq!(now.version, 2);
    assert_eq!(
        now.head,
        Names::new("Секретарь", "Секретарь", "Секретарь"),
        "what stands in one language stands in all"
    );
}

#[tokio::test]
async fn events_fit_their_visit() {
    let world = World::new(1).await;
    let host = host(&world);
    actions::create(&host, visit("visit1")).await.unwrap();
    actions::add_event(&host, "visit1", event("event1", "E01", 10))
        .await
        .unwrap();
    let wrong = |change: fn(&mut NewEvent)| {
        let mut new = event("event2", "E02", 12);
        change(&mut new);
        new
    };
    for (name, new) in [
        ("key", wrong(|e| e.key = "E01".to_owned())),
        ("key", wrong(|e| e.key = "E 1".to_owned())),
        ("kind", wrong(|e| e.kind = "party".to_owned())),
        (
            "station",
            wrong(|e| e.kind = "polling_station_visit".to_owned()),
        ),
        ("station", wrong(|e| e.station_id = Some("none".to_owned()))),
        ("place_kk", wrong(|e| e.place = Names::default())),
        ("led_kk", wrong(|e| e.led = Names::default())),
        ("ends", wrong(|e| e.ends_at = e.starts_at)),
        (
            "day",
            wrong(|e| {
                e.starts_at = at("2023-09-28T17:59:00Z");
                e.ends_at = at("2023-09-28T19:00:00Z");
            }),
        ),
        (
            "coordinates",
            wrong(|e| e.coordinates = Some((91_000_000, 0))),
        ),
        ("area", wrong(|e| e.area_id = "r1".to_owned())),
        ("id", wrong(|e| e.id = String::new())),
    ] {
        let outcome = actions::add_event(&host, "visit1", new).await;
        if name == "area" {
            assert!(is_forbidden(outcome), "no power over the region");
        } else {
            assert_eq!(field(outcome), name);
        }
    }
    let mut short = visit("visit1");
    short.starts_on = date(2023, 10, 1);
    assert_eq!(field(actions::edit(&host, 1, short).await), "ends_on");
    let mut station = event("event2", "E02", 12);
    station.kind = "polling_station_visit".to_owned();
    station.station_id = Some("st1".to_owned());
    actions::add_event(&host, "visit1", station.clone())
        .await
        .unwrap();
    station.place = names("School");
    actions::plan_event(&host, 1, station.clone(), "")
        .await
        .unwrap();
    assert!(is_conflict(
        actions::plan_event(&host, 1, station.clone(), "").await
    ));
    let to = VisitState::Underway;
    actions::move_on(&host, "visit1", 1, to, "").await.unwrap();
    assert_eq!(
        field(actions::plan_event(&host, 2, station.clone(), "").await),
        "reason",
        "once the visit has begun a change needs its reason"
    );
    actions::plan_event(&host, 2, station, "The road is closed")
        .await
        .unwrap();
    assert_eq!(
        field(actions::cancel_event(&host, "event2", 3, " ").await),
        "reason"
    );
    actions::cancel_event(&host, "event2", 3, "The road is closed")
        .await
        .unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let gone = queries::event(&mut reader, "event2").await.unwrap();
    assert_eq!(gone.state, EventState::Cancelled);
    assert_eq!(gone.planned.place, names("School"));
    let kept = reader
        .all(
            "select version from visit_plan where event_id = 'event2'",
            bind![],
        )
        .await
        .unwrap();
    assert_eq!(kept.len(), 4, "every plan stays");
    drop(reader);
    assert!(is_conflict(
        actions::cancel_event(&host, "event2", 4, "Again").await
    ));
}

#[tokio::test]
async fn a_visit_moves_on_and_never_back() {
    use VisitState as S;
    for (from, to, fine) in S::ALL.iter().flat_map(|from| {
        S::ALL.iter().map(move |to| {
            let fine = matches!(
                (from, to),
                (S::Planned, S::Underway | S::Cancelled) | (S::Underway, S::Held)
            );
            (*from, *to, fine)
        })
    }) {
        assert_eq!(from.next().contains(&to), fine, "{from:?} {to:?}");
    }
    let world = World::new(1).await;
    let host = host(&world);
    actions::create(&host, visit("visit1")).await.unwrap();
    assert!(is_conflict(
        actions::move_on(&host, "visit1", 1, S::Held, "").await
    ));
    assert_eq!(
        field(actions::move_on(&host, "visit1", 1, S::Cancelled, "").await),
        "reason"
    );
    let at_once = at("2023-09-30T14:00:00.000001Z");
    let mut reader = world.home.app.read().await.unwrap();
    assert!(
        queries::public_before(&mut reader, at_once, (9, 0))
            .await
            .unwrap()
            .is_empty()
    );
    drop(reader);
    actions::move_on(&host, "visit1", 1, S::Underway, "")
        .await
        .unwrap();
    assert!(is_conflict(
        actions::move_on(&host, "visit1", 1, S::Held, "").await
    ));
    let mut reader = world.home.app.read().await.unwrap();
    assert_eq!(
        queries::public_before(&mut reader, at_once, (9, 0))
            .await
            .unwrap()
            .len(),
        1
    );
    let before = at("2023-09-30T13:59:59Z");
    assert!(
        queries::public_before(&mut reader, before, (9, 0))
            .await
            .unwrap()
            .is_empty()
    );
    drop(reader);
    assert!(
        is_conflict(actions::move_on(&host, "visit1", 2, S::Cancelled, "Snow").await),
        "what everybody has seen doesn't go away"
    );
    actions::move_on(&host, "visit1", 2, S::Held, "Ended early: snow")
        .await
        .unwrap();
    actions::create(&host, visit("visit2")).await.unwrap();
    actions::move_on(&host, "visit2", 1, S::Cancelled, "Snow")
        .await
        .unwrap();
    assert!(is_conflict(
        actions::add_event(&host, "visit2", event("event2", "E01", 10)).await
    ));
}

#[tokio::test]
async fn whoever_receives_a_visit_follows_it() {
    let world = World::new(1).await;
    let when = at("2023-09-20T06:00:00Z");
    let region = world.acting("r", "region.chair", "r1", when);
    let mut larger = visit("visit1");
    larger.area_id = "r1".to_owned();
    actions::create(&region, larger).await.unwrap();
    let host = host(&world);
    let other = world.acting("d2-chair", "district.chair", "d2", when);
    let follows = async |who: &Acting| {
        let mut reader = world.home.app.read().await.unwrap();
        let visit = queries::by_id(&mut reader, "visit1").await.unwrap();
        queries::follows(&mut reader, who, &visit).await.unwrap()
    };
    assert!(!follows(&host).await, "it may pass by");
    actions::add_event(&region, "visit1", event("event1", "E01", 10))
        .await
        .unwrap();
    assert!(follows(&host).await && follows(&region).await);
    assert!(!follows(&other).await);
    assert!(is_forbidden(
        actions::move_on(&host, "visit1", 1, VisitState::Underway, "").await
    ));
}

#[tokio::test]
async fn the_day_plan_reads_places_from_the_registers() {
    let world = World::new(2).await;
    let host = host(&world);
    world
        .sql(
            "update station_version set latitude_microdeg = 47000000, longitude_microdeg = 73000000 where station_id = 'st1'",
            bind![],
        )
        .await;
    actions::create(&host, visit("visit1")).await.unwrap();
    let mut first = event("event1", "E01", 10);
    first.station_id = Some("st1".to_owned());
    let mut second = event("event2", "E02", 12);
    second.coordinates = Some((49_000_000, 73_000_000));
    let third = event("event3", "E03", 13);
    let mut other = event("event4", "E04", 10);
    other.with_head = false;
    other.led = names("Staff of the commission");
    for new in [first, second, third, other] {
        actions::add_event(&host, "visit1", new).await.unwrap();
    }
    let mut reader = world.home.app.read().await.unwrap();
    let visit = queries::by_id(&mut reader, "visit1").await.unwrap();
    let events = queries::events(&mut reader, "visit1").await.unwrap();
    let legs = queries::plan_of(&mut reader, &world.home.app, &visit, &events)
        .await
        .unwrap();
    let keys: Vec<_> = legs
        .iter()
        .map(|leg| {
            let key = |at: usize| events[at].planned.key.as_str();
            (key(leg.from), key(leg.to), leg.finding)
        })
        .collect();
    assert_eq!(keys.len(), 2, "staff travel on their own: {keys:?}");
    assert!(matches!(
        keys[0],
        ("E01", "E02", Finding::TooFar { given: 60, .. })
    ));
    // The area is the one visited: its middle would say nothing.
    assert!(matches!(
        keys[1],
        ("E02", "E03", Finding::Unknown { given: 0 })
    ));
}
