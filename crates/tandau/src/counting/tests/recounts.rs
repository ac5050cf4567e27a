//! A recount that is ordered after acceptance, and after the result (art. 43(9)).

use super::acts::fields;
use super::walk::{no_scan, send, sound};
use super::world::{CONTEST, World, hour};
use super::*;
use crate::elections::ContestState;
use actions::{Ruling, SaveDraft, Target};
use model::ProtocolState;

fn ruling(reason: &str) -> Ruling {
    Ruling {
        target: Target::new("st1", CONTEST, 1),
        reason: reason.to_owned(),
    }
}

async fn accepted() -> World {
    let world = World::new(1).await;
    send(&world, "st1", &sound("st1", 300), false).await;
    let district = world.district(hour(23, 0));
    actions::accept(&district, &Target::new("st1", CONTEST, 1))
        .await
        .unwrap();
    world
}

async fn settled(world: &World) {
    for sql in [
        "update election set state = 'determined'",
        "update contest set state = 'determined'",
    ] {
        world.sql(sql, vec![]).await;
    }
}

async fn contest_state(world: &World) -> ContestState {
    let mut reader = world.home.app.read().await.unwrap();
    crate::elections::queries::contest(&mut reader, CONTEST)
        .await
        .unwrap()
        .state
}

#[tokio::test]
async fn an_acceptance_stays_in_the_history_although_a_recount_follows() {
    let world = accepted().await;
    let district = world.district(hour(23, 30));
    let silent = actions::reopen(&district, &ruling(" ")).await;
    assert_eq!(fields(silent.unwrap_err()), ["reason"]);
    actions::reopen(&district, &ruling("an observer saw a bundle twice"))
        .await
        .unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let history = queries::history(&mut reader, "st1", CONTEST).await.unwrap();
    let told: Vec<(&str, &str)> = history
        .iter()
        .map(|line| (line.act.as_str(), line.reason.as_str()))
        .collect();
    assert_eq!(
        told[3..],
        [
            ("accepted", ""),
            ("reopened", "an observer saw a bundle twice")
        ]
    );
    assert_eq!(history[3].at, hour(23, 0));
    assert_eq!(history[4].at, hour(23, 30));
    assert_eq!(
        contest_state(&world).await,
        ContestState::Open,
        "nothing was determined yet"
    );
}

#[tokio::test]
async fn a_recount_may_be_ordered_until_the_results_are_published() {
    let world = accepted().await;
    settled(&world).await;
    let district = world.district(hour(30, 0));
    let again = actions::accept(&district, &Target::new("st1", CONTEST, 1)).await;
    again.unwrap();
    actions::reopen(&district, &ruling("doubt")).await.unwrap();
    assert_eq!(contest_state(&world).await, ContestState::Recount);
    let mut reader = world.home.app.read().await.unwrap();
    let sums = queries::totals(&mut reader, CONTEST).await.unwrap();
    assert!(sums.values().all(|sum| *sum == 0), "out of the sums");
    let protocol = queries::protocol(&mut reader, "st1", CONTEST)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(protocol.state, ProtocolState::Returned);
    drop(reader);
    // The station counts again although the election is determined.
    let secretary = world.secretary("st1", hour(31, 0));
    let whole = SaveDraft::whole("st1", CONTEST, protocol.sequence, &sound("st1", 310));
    actions::save_draft(&secretary, &whole).await.unwrap();
    let target = Target::new("st1", CONTEST, 2);
    let submit = actions::Submit {
        target: target.clone(),
        as_paper_says: false,
        explanations: std::collections::BTreeMap::new(),
    };
    actions::submit(&secretary, &submit).await.unwrap();
    let chair = world.chair("st1", hour(31, 5));
    actions::confirm(&chair, &no_scan(&target)).await.unwrap();
    actions::accept(&district, &target).await.unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    assert_eq!(
        queries::totals(&mut reader, CONTEST).await.unwrap(),
        queries::recount(&mut reader, CONTEST).await.unwrap()
    );
}

#[tokio::test]
async fn a_published_result_is_not_reopened() {
    let world = accepted().await;
    settled(&world).await;
    world
        .sql("update election set state = 'published'", vec![])
        .await;
    let late = actions::reopen(&world.district(hour(30, 0)), &ruling("doubt")).await;
    assert!(matches!(late, Err(Error::Forbidden(_))));
}
