//! What a contest rests on, and until when one is added.

use super::*;
use crate::elections::actions::{CallContest, call_contest};

const THIRD: &str = "355600000";

/// The world with a district that has stations and a commission, but no contest yet.
async fn with_third() -> World {
    World::with_district(THIRD).await
}

fn call(basis: Basis<'static>, act: Option<&str>) -> CallContest<'static> {
    CallContest {
        election_id: ELECTION.to_owned(),
        area_code: THIRD.to_owned(),
        basis_decision_id: act.map(str::to_owned),
        called_by: basis,
    }
}

#[tokio::test]
async fn a_contest_rests_on_a_call_of_its_own_commission() {
    let world = with_third().await;
    let acting = world.operator("2023-09-15T08:00:00Z");
    for (id, code, kind, day) in [
        ("kind", THIRD, "other", "2023-09-15"),
        ("failed", THIRD, "vote_failed", "2023-09-15"),
        ("tomorrow", THIRD, "election_called", "2023-09-16"),
        ("early", THIRD, "election_called", "2023-09-10"),
        ("good", THIRD, "election_called", "2023-09-15"),
    ] {
        world.decide(id, code, kind, day).await;
    }
    world
        .act("act", "350000000", "pilot_territories", "2023-09-13")
        .await;
    world
        .act("far", "150000000", "pilot_territories", "2023-09-13")
        .await;
    for (id, act, wrong) in [
        ("none", Some("act"), "decision_id"),
        ("kind", Some("act"), "decision_id"),
        ("failed", Some("act"), "decision_id"),
        ("tomorrow", Some("act"), "decision_id"),
        // The call of the neighbour, and one that is older than the act it rests on.
        ("call-353600000", Some("act"), "decision_id"),
        ("early", Some("act"), "decision_id"),
        // The maslikhat of another region, and a commission's own decision.
        ("good", Some("far"), "basis_decision_id"),
        ("good", Some("kind"), "basis_decision_id"),
    ] {
        let refused = call_contest(&acting, call(Basis::recorded(id), act)).await;
        assert_eq!(field(refused.unwrap_err()), wrong, "{id} {act:?}");
    }
    let id = call_contest(&acting, call(Basis::recorded("good"), Some("act")))
        .await
        .unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let contest = queries::contest(&mut reader, &id).await.unwrap();
    assert_eq!(contest.called_by_decision_id.as_deref(), Some("good"));
    assert_eq!(contest.basis_decision_id.as_deref(), Some("act"));
    assert_eq!((contest.number, contest.stations_expected), (3, 1));
}

#[tokio::test]
async fn no_contest_is_added_once_nomination_has_begun() {
    let world = with_third().await;
    world
        .decide("good", THIRD, "election_called", "2023-09-15")
        .await;
    world.reach(ElectionState::Nomination).await;
    let acting = world.operator("2023-09-16T00:00:00Z");
    let refused = call_contest(&acting, call(Basis::recorded("good"), None)).await;
    assert!(matches!(refused, Err(Error::Conflict(_))));
}

#[tokio::test]
async fn an_election_with_an_uncalled_contest_stays_called() {
    let world = World::new().await;
    let mut tx = world.home.app.database.begin().await.unwrap();
    tx.execute(
        "update contest set called_by_decision_id = null where id = 'akim-2023.353600000'",
        bind![],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let acting = world.operator("2023-09-16T00:00:00Z");
    let to = ElectionState::Nomination;
    assert!(conflict(move_to(&acting, ELECTION, to, None).await));
}

#[tokio::test]
async fn a_move_rests_only_on_a_decision_from_above() {
    let world = World::new().await;
    world
        .decide("own", "353600000", "election_moved", "2023-09-15")
        .await;
    let acting = world.operator("2023-09-16T00:00:00Z");
    let to = ElectionState::Nomination;
    for wrong in ["own", "call-353600000", "none"] {
        let moved = move_to(&acting, ELECTION, to, Some(Basis::recorded(wrong))).await;
        assert_eq!(field(moved.unwrap_err()), "decision_id", "{wrong}");
    }
}
