//! The checklist of a station hears of its training by itself.

use super::{AFTER, hold};
use crate::platform::database::testing::Postgres;
use crate::readiness::{self, model::ItemStatus};
use crate::testing::Installation;
use crate::training::coverage::sweep;
use crate::training::presence::actions::{Close, close};
use crate::training::presence::tests::{Hall, SESSION, begin};
use crate::votingday::tests::world::{ELECTION, World, at};
use std::collections::BTreeMap;
use std::time::Duration;

const ITEMS: [&str; 1] = ["commission_trained"];
/// Those who must be trained, of two stations.
const ALL: [&str; 6] = [
    "st1-chair",
    "st1-secretary",
    "st1-deputy",
    "st2-chair",
    "st2-secretary",
    "st2-deputy",
];

async fn hall() -> Hall {
    hall_in(World::new(2).await).await
}

async fn hall_in(world: World) -> Hall {
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
async fn several_stations_are_told_in_one_act() {
    let hall = hall().await;
    hold(&hall, &ALL).await;
    for station in ["st1", "st2"] {
        let told = statuses(&hall, station).await;
        assert_eq!(told, ITEMS.map(|i| (i, ItemStatus::Met)).into());
    }
}

/// On SQLite there is one writer. On PostgreSQL a report of the second station has taken its station's row and takes the counts of the
/// district when the act about both stations is under way: neither may wait for the other.
#[tokio::test]
async fn a_report_gets_through_while_several_stations_are_told() {
    let Some(server) = Postgres::fresh("told").await else {
        return;
    };
    let home = Installation::on(server.database.clone());
    let hall = hall_in(World::on(home, 2).await).await;
    hall.sheet(AFTER, ("6", &ALL, "")).await.unwrap();
    let how = Close {
        seen: hall.session().await.version,
        present: 6,
        reason: String::new(),
    };
    let trainer = hall.trainer(AFTER);
    let mut report = server.database.begin().await.unwrap();
    report
        .execute(
            "update readiness_station set revision = revision + 1 where station_id = 'st2'",
            crate::bind![],
        )
        .await
        .unwrap();
    let reporting = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        report
            .execute(
                "update readiness_district_day set stations = stations",
                crate::bind![],
            )
            .await
            .unwrap();
        report.commit().await.unwrap();
    };
    let (closed, ()) = tokio::join!(close(&trainer, SESSION, &how), reporting);
    assert_eq!(closed.unwrap(), 6);
    for station in ["st1", "st2"] {
        let told = statuses(&hall, station).await;
        assert_eq!(told, ITEMS.map(|i| (i, ItemStatus::Met)).into());
    }
    drop(hall);
    server.drop().await;
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
