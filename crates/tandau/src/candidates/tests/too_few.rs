//! The last days, and what follows where there are too few.

use super::*;

#[tokio::test]
async fn nobody_leaves_within_the_last_two_days() {
    let world = in_registration().await;
    let id = by_self(&world, "Абаев").await;
    let other = by_self(&world, "Әбенов").await;
    for id in [&id, &other] {
        register(&district(&world, REGISTRATION), registration(id, Some(11)))
            .await
            .unwrap();
    }
    world.reach_from_nomination(ElectionState::Campaign).await;
    // Two full days stay free before 5 November: 2 November is the last day.
    let late = district(&world, "2023-11-03T06:00:00Z");
    for on in [date(2023, 11, 2), date(2023, 11, 3)] {
        let result = withdraw(&late, loss(&id, on, "withdrawal", None)).await;
        assert!(is_conflict(&result), "{on}");
        let result = cancel(&late, loss(&id, on, "declaration_false", Some("cancelled"))).await;
        assert!(is_conflict(&result), "{on}");
    }
    let last = district(&world, "2023-11-02T17:59:00Z");
    withdraw(&last, loss(&id, date(2023, 11, 2), "withdrawal", None))
        .await
        .unwrap();
}

#[tokio::test]
async fn with_one_nominee_the_time_is_extended_and_the_akim_fills_up() {
    let world = in_registration().await;
    by_self(&world, "Абаев").await;
    world
        .decide("extend", DISTRICT, "nomination_extended", "2023-10-05")
        .await;
    let extension = |until: &str| Extension {
        contest_id: EAST.to_owned(),
        until: at(until),
        basis: Basis::recorded("extend"),
    };
    let before = district(&world, "2023-10-05T11:59:59Z");
    assert!(is_conflict(
        &extend_nomination(&before, extension("2023-10-08T12:00:00Z")).await
    ));
    let after = district(&world, "2023-10-05T12:30:00Z");
    // Three days: to the end of 8 October in UTC+6.
    for wrong in ["2023-10-08T18:00:01Z", "2023-10-05T12:00:00Z"] {
        let error = extend_nomination(&after, extension(wrong))
            .await
            .unwrap_err();
        assert_eq!(field(error), "until");
    }
    extend_nomination(&after, extension("2023-10-08T12:00:00Z"))
        .await
        .unwrap();
    assert!(is_conflict(
        &extend_nomination(&after, extension("2023-10-08T12:00:00Z")).await
    ));
    let acting = district(&world, "2023-10-07T06:00:00Z");
    for name in ["Әбенов", "Бекетов"] {
        let person = person(&world, name).await;
        let by_akim = new(&person, "superior_akim", None, date(2023, 10, 7));
        nominate(&acting, by_akim).await.unwrap();
    }
    let third = person(&world, "Ғалымов").await;
    let too_many = new(&third, "superior_akim", None, date(2023, 10, 7));
    assert_eq!(
        field(nominate(&acting, too_many).await.unwrap_err()),
        "nominated_by"
    );
    // In the west nothing was extended, and nobody may still nominate there.
    let west = world.acting("district.chair", "153200000", "2023-10-07T06:00:00Z");
    let elsewhere = NewCandidate {
        contest_id: WEST.to_owned(),
        ..new(&third, "self", None, date(2023, 10, 7))
    };
    assert_eq!(
        field(nominate(&west, elsewhere).await.unwrap_err()),
        "nominated_on"
    );
}

#[tokio::test]
async fn two_nominees_are_enough_for_no_extension() {
    let world = in_registration().await;
    by_self(&world, "Абаев").await;
    by_self(&world, "Әбенов").await;
    world
        .decide("extend", DISTRICT, "nomination_extended", "2023-10-05")
        .await;
    let input = Extension {
        contest_id: EAST.to_owned(),
        until: at("2023-10-08T12:00:00Z"),
        basis: Basis::recorded("extend"),
    };
    let after = district(&world, "2023-10-05T12:30:00Z");
    assert!(is_conflict(&extend_nomination(&after, input).await));
}

#[tokio::test]
async fn with_one_candidate_left_the_day_is_moved_with_its_stations() {
    let world = in_registration().await;
    let id = by_self(&world, "Абаев").await;
    register(&district(&world, REGISTRATION), registration(&id, Some(11)))
        .await
        .unwrap();
    world.reach_from_nomination(ElectionState::Campaign).await;
    world
        .decide("move", DISTRICT, "voting_postponed", "2023-10-12")
        .await;
    let acting = district(&world, "2023-10-12T06:00:00Z");
    let mut tx = acting.begin().await.unwrap();
    assert!(is_conflict(
        &fix_ballot_in(&mut tx, &acting, EAST, Basis::recorded("move")).await
    ));
    drop(tx);
    let to = |day| Postponement {
        contest_id: EAST.to_owned(),
        voting_day: day,
        basis: Basis::recorded("move"),
    };
    for wrong in [date(2023, 11, 21), date(2023, 11, 5), date(2023, 11, 1)] {
        let error = postpone(&acting, to(wrong)).await.unwrap_err();
        assert_eq!(field(error), "voting_day", "{wrong}");
    }
    postpone(&acting, to(date(2023, 11, 20))).await.unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let contest = elections::contest(&mut reader, EAST).await.unwrap();
    assert_eq!(contest.state, ContestState::Postponed);
    let units = elections::counting_units(&mut reader, EAST).await.unwrap();
    assert_eq!(units[0].closes_at, at("2023-11-20T14:00:00Z"));
    // The others are not held back by it.
    let last = elections::last_closing(&mut reader, ELECTION)
        .await
        .unwrap();
    assert_eq!(last, at("2023-11-05T15:00:00Z"));
    let own = elections::last_closing_of_contest(&mut reader, &contest)
        .await
        .unwrap();
    assert_eq!(own, at("2023-11-20T14:00:00Z"));
    let election = elections::election(&mut reader, ELECTION).await.unwrap();
    for (now, expected) in [
        ("2023-11-06T00:00:00Z", ElectionState::Campaign),
        ("2023-11-18T18:00:00Z", ElectionState::Silence),
        ("2023-11-20T01:00:00Z", ElectionState::Voting),
        ("2023-11-20T14:00:00Z", ElectionState::Counting),
    ] {
        let phase = elections::phase(&mut reader, &election, &contest, at(now)).await;
        assert_eq!(phase.unwrap(), expected, "{now}");
    }
}
