//! From planned to covered and back, and the sums that go with it.

use super::{AFTER, hold, stand, sums};
use crate::commissions::actions::{EndSeat, end_in, seat_in};
use crate::commissions::{NewMember, Office};
use crate::training::actions as sessions;
use crate::training::coverage::{queries, sweep};
use crate::training::presence::tests::{Hall, SESSION};
use crate::votingday::tests::world::{ELECTION, at};
use electoral::training::coverage::State;
use jiff::civil::date;

#[tokio::test]
async fn planned_then_covered_then_replaced() {
    let hall = Hall::new().await;
    let all = sums(&hall).await;
    assert_eq!((all.stations, all.covered, all.planned), (2, 0, 2));
    assert_eq!((all.people.members, all.people.required), (10, 6));
    assert_eq!(all.people.scheduled, 10);
    hold(
        &hall,
        &["st1-chair", "st1-secretary", "st1-deputy", "st2-chair"],
    )
    .await;
    assert_eq!(stand(&hall, "st1").await.state, State::Covered);
    let other = stand(&hall, "st2").await;
    assert_eq!(
        (other.state, other.met),
        (State::Uncovered, vec!["chair".to_owned()])
    );
    let all = sums(&hall).await;
    assert_eq!((all.covered, all.planned, all.uncovered()), (1, 0, 1));
    assert_eq!((all.people.passed, all.people.scheduled), (4, 0));
    // The secretary leaves; the newcomer knows nothing yet.
    let office = hall.operator("2023-10-10T06:00:00Z");
    let mut tx = office.begin().await.unwrap();
    for id in ["left", "came"] {
        crate::votingday::tests::world::decide(&mut tx, id, "d1", "d1").await;
    }
    tx.execute(
        "update decision set kind = case id when 'left' then 'member_ended' else 'member_seated' end where id in ('left', 'came')",
        crate::bind![],
    )
    .await
    .unwrap();
    end_in(
        &mut tx,
        &office,
        EndSeat {
            member_id: "st1-pec-seat1".to_owned(),
            decision_id: "left".to_owned(),
            last_day: date(2023, 10, 9),
            reason: office.app().rules.country().end_reasons[0].id.clone(),
        },
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let stands = stand(&hall, "st1").await;
    assert_eq!(stands.state, State::Uncovered, "the seat is vacant");
    assert_eq!(stands.people.members, 4);
    let mut tx = office.begin().await.unwrap();
    seat_in(
        &mut tx,
        &office,
        NewMember {
            commission_id: "st1-pec".to_owned(),
            person_id: "st2-secretary".to_owned(),
            office: Office::Secretary,
            nominator: office.app().rules.country().member_nominators[0].id.clone(),
            organisation_id: None,
            decision_id: "came".to_owned(),
            valid_from: date(2023, 10, 10),
            valid_until: None,
        },
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(stand(&hall, "st1").await.state, State::Uncovered);
    let all = sums(&hall).await;
    assert_eq!((all.covered, all.people.members), (0, 10));
    // As of the day of the session it was covered, and still is on that day's page.
    let mut reader = hall.world.home.app.read().await.unwrap();
    let zone = jiff::tz::TimeZone::get("Asia/Almaty").unwrap();
    let then = crate::readiness::board::model::AsOf::read(
        Some("2023-10-02"),
        at("2023-10-12T06:00:00Z"),
        &zone,
    )
    .unwrap();
    let districts = queries::districts(&mut reader, ELECTION, &then)
        .await
        .unwrap();
    assert_eq!(districts[0].sums.covered, 1);
    let stations = queries::stations(&mut reader, ELECTION, &then, "d1")
        .await
        .unwrap();
    assert_eq!(stations[0].stand.state, State::Covered);
}

#[tokio::test]
async fn a_person_in_two_commissions_counts_for_both() {
    let hall = Hall::new().await;
    // The chair of the first station is the deputy of the second as well.
    hall.world
        .sql(
            "update commission_member set person_id = 'st1-chair' where id = 'st2-pec-seat2'",
            crate::bind![],
        )
        .await;
    hold(&hall, &["st1-chair", "st1-secretary"]).await;
    let (one, two) = (stand(&hall, "st1").await, stand(&hall, "st2").await);
    assert_eq!((one.people.passed, two.people.passed), (2, 1));
    assert_eq!(
        hall.session().await.present,
        Some(2),
        "one person in the hall"
    );
}

#[tokio::test]
async fn a_cancelled_session_covers_nothing_to_come() {
    let hall = Hall::new().await;
    assert_eq!(sums(&hall).await.planned, 2);
    let seen = hall.session().await.version;
    sessions::cancel(&hall.operator(AFTER), SESSION, seen, "no hall")
        .await
        .unwrap();
    let all = sums(&hall).await;
    assert_eq!((all.planned, all.people.scheduled), (0, 0));
}

#[tokio::test]
async fn seats_that_begin_later_count_from_their_day() {
    let hall = Hall::new().await;
    hold(&hall, &["st1-chair", "st1-secretary", "st1-deputy"]).await;
    // Recorded straight in the table: the seat ends in a week.
    hall.world
        .sql(
            "update commission_member set valid_until = '2023-10-08' where id = 'st1-pec-seat0'",
            crate::bind![],
        )
        .await;
    let app = &hall.world.home.app;
    for (now, state) in [
        ("2023-10-08T06:00:00Z", State::Covered),
        ("2023-10-08T19:30:00Z", State::Uncovered),
    ] {
        let swept = sweep(app, at(now)).await.unwrap();
        assert_eq!((swept.set_up, swept.looked_at), (0, 2), "{now}");
        assert_eq!(stand(&hall, "st1").await.state, state, "{now}");
        let again = sweep(app, at(now)).await.unwrap();
        assert_eq!(again.looked_at, 0);
    }
    sums(&hall).await;
}

#[tokio::test]
async fn stations_that_come_and_go_are_taken_over() {
    let hall = Hall::new().await;
    hall.world.station_in("st3", "Asia/Almaty", 3).await;
    let app = &hall.world.home.app;
    let swept = sweep(app, at("2023-10-03T06:00:00Z")).await.unwrap();
    assert_eq!(swept.set_up, 1);
    let all = sums(&hall).await;
    assert_eq!((all.stations, all.uncovered()), (3, 1));
    hall.world
        .sql(
            "delete from contest_station where station_id = 'st3'",
            crate::bind![],
        )
        .await;
    sweep(app, at("2023-10-04T06:00:00Z")).await.unwrap();
    let all = sums(&hall).await;
    assert_eq!((all.stations, all.people.members), (2, 10));
    let mut reader = app.read().await.unwrap();
    let zone = jiff::tz::TimeZone::get("Asia/Almaty").unwrap();
    let now = at("2023-10-05T06:00:00Z");
    let today = crate::readiness::board::model::AsOf::read(None, now, &zone).unwrap();
    let stations = queries::stations(&mut reader, ELECTION, &today, "")
        .await
        .unwrap();
    assert_eq!(stations.len(), 2, "the one that left is not shown");
    let days = queries::days(&mut reader, ELECTION, &today, "st3")
        .await
        .unwrap();
    assert!(days[0].1.is_none() && days[1].1.is_some());
}
