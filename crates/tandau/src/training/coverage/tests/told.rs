//! The checklist of a station hears of its training by itself.

use super::hold;
use crate::readiness::{self, model::ItemStatus};
use crate::training::coverage::sweep;
use crate::training::presence::tests::{Hall, begin};
use crate::votingday::tests::world::{ELECTION, World, at};
use std::collections::BTreeMap;

const ITEMS: [&str; 1] = ["commission_trained"];

async fn hall() -> Hall {
    let world = World::new(2).await;
    world
        .sql("update election set state = 'registration'", crate::bind![])
        .await;
    let office = world.home.operator().at(at("2023-09-20T06:00:00Z"));
    readiness::actions::set_up(&office, ELECTION).await.unwrap();
    begin(&world).await;
    Hall { world }
}

async fn statuses(hall: &Hall, station: &str) -> BTreeMap<&'static str, ItemStatus> {
    let mut reader = hall.world.home.app.read().await.unwrap();
    let states = readiness::queries::states(&mut reader, ELECTION, station)
        .await
        .unwrap();
    ITEMS
        .into_iter()
        .filter_map(|item| Some((item, states.get(item)?.status)))
        .collect()
}

#[tokio::test]
async fn what_holds_is_told_at_once_and_what_fell_back_too() {
    let hall = hall().await;
    assert!(
        statuses(&hall, "st1").await.is_empty(),
        "nobody has failed yet"
    );
    hold(&hall, &["st1-chair", "st1-secretary", "st1-deputy"]).await;
    let told = statuses(&hall, "st1").await;
    assert_eq!(told, ITEMS.map(|i| (i, ItemStatus::Met)).into());
    assert!(statuses(&hall, "st2").await.is_empty());
    // The chair's seat ends: told in the night's sweep, with a task to the commission.
    hall.world
        .sql(
            "update commission_member set valid_until = '2023-10-08' where id = 'st1-pec-seat0'",
            crate::bind![],
        )
        .await;
    let app = &hall.world.home.app;
    sweep(app, at("2023-10-09T06:00:00Z")).await.unwrap();
    let told = statuses(&hall, "st1").await;
    assert_eq!(told["commission_trained"], ItemStatus::Unmet);
    let mut reader = app.read().await.unwrap();
    let key = format!("{ELECTION}/st1/commission_trained");
    let task = crate::tasks::queries::open_by_origin(&mut reader, "readiness", &key)
        .await
        .unwrap();
    assert!(task.is_some());
}

#[tokio::test]
async fn when_the_day_has_passed_what_is_missing_is_said() {
    let hall = hall().await;
    hold(&hall, &["st1-chair"]).await;
    let app = &hall.world.home.app;
    // Five days before voting is the last day.
    sweep(app, at("2023-10-31T06:00:00Z")).await.unwrap();
    assert!(statuses(&hall, "st2").await.is_empty());
    sweep(app, at("2023-11-01T06:00:00Z")).await.unwrap();
    assert_eq!(
        statuses(&hall, "st2").await,
        ITEMS.map(|i| (i, ItemStatus::Unmet)).into()
    );
    // Nothing says that its chair passed and others did not.
    let told = statuses(&hall, "st1").await;
    assert_eq!(told, ITEMS.map(|i| (i, ItemStatus::Unmet)).into());
}

#[tokio::test]
async fn the_list_and_the_rules_name_the_same_items() {
    let home = crate::testing::Installation::new().await;
    let rules = &home.app.rules.training().coverage;
    let list = home.app.rules.checklist();
    let told: Vec<_> = list
        .items
        .iter()
        .filter(|item| item.told_by.as_deref() == Some("training"))
        .collect();
    assert_eq!(told.len(), 1, "one for the commission, none about a person");
    assert_eq!(told[0].id, rules.item);
    assert!(told[0].yes_or_no(true).is_some());
}
