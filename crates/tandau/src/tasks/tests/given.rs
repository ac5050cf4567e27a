//! Instructions by hand.

use super::world::{Office, akimat, body, hours};
use crate::platform::{Acting, Error, Names, ids};
use crate::tasks::actions::{Instruction, give, open_in, withdraw_in};
use crate::tasks::model::{Addressee, TaskState};
use crate::tasks::queries;
use electoral::checklist::Severity;

fn instruction() -> Instruction {
    Instruction {
        key: ids::random_id(),
        election_id: String::new(),
        area_id: "d1".to_owned(),
        station_id: None,
        item: String::new(),
        severity: Severity::Critical,
        title: Names::new("", "Очистить дороги", ""),
        detail: "До шести утра".to_owned(),
        addressee: akimat(),
        due_at: Some(hours(20)),
    }
}

fn fields(outcome: Result<String, Error>) -> Vec<String> {
    match outcome {
        Err(Error::Invalid(problems)) => problems.into_iter().map(|p| p.field).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_same_form_twice_is_one_task() {
    let office = Office::new().await;
    let new = instruction();
    let id = give(&office.district(), new.clone()).await.unwrap();
    let again = give(&office.district(), new).await.unwrap();
    assert_eq!(id, again);
    let task = office.read(&id).await;
    assert_eq!(
        task.title.kk, "Очистить дороги",
        "the words stand in all languages"
    );
    assert_eq!(
        (task.origin.as_str(), task.verifier_area_id.as_str()),
        ("instruction", "d1")
    );
    assert_eq!(office.story(&id).await, ["opened"]);
    let mut reader = office.world.home.app.read().await.unwrap();
    let first = queries::history(&mut reader, &id).await.unwrap().remove(0);
    assert_eq!(first.office, "district.secretary");
    assert_eq!((first.due_at, first.to), (Some(hours(20)), Some(akimat())));
}

#[tokio::test]
async fn only_downwards_and_only_by_those_who_may() {
    let office = Office::new().await;
    let to = |kind: &str, area: &str| Instruction {
        addressee: body(kind, area),
        area_id: area.to_owned(),
        ..instruction()
    };
    let who = |role: &str, area: &str| -> Acting { office.who("x", role, area) };
    for (acting, new, allowed) in [
        (who("region.chair", "r1"), to("executive", "d2"), true),
        (who("region.chair", "r1"), to("commission", "d2"), true),
        (who("region.chair", "r1"), to("executive", "r1"), true),
        (who("region.chair", "r1"), to("executive", "kz"), false),
        (
            who("district.secretary", "d1"),
            to("executive", "d2"),
            false,
        ),
        (
            who("district.secretary", "d1"),
            to("executive", "r1"),
            false,
        ),
        (who("district.member", "d1"), to("executive", "d1"), false),
        (
            who("precinct.chair", "st1-area"),
            to("executive", "d1"),
            false,
        ),
        (who("body.executive", "r1"), to("executive", "d1"), false),
        (who("administrator", "kz"), to("executive", "d1"), false),
    ] {
        let role = acting.actor().office().to_owned();
        match give(&acting, new.clone()).await {
            Ok(_) => assert!(allowed, "{role} to {:?}", new.addressee),
            Err(Error::Forbidden(_)) => assert!(!allowed, "{role} to {:?}", new.addressee),
            Err(other) => panic!("{role}: {other}"),
        }
    }
}

#[tokio::test]
async fn what_can_not_be_meant_is_refused() {
    let office = Office::new().await;
    let district = office.district();
    let refused = async |new: Instruction| fields(give(&district, new).await);
    let long = "а".repeat(301);
    let blank = Instruction {
        title: Names::default(),
        detail: "б".repeat(3_001),
        due_at: None,
        ..instruction()
    };
    assert_eq!(refused(blank).await, ["title_kk", "detail", "due_date"]);
    let wordy = Instruction {
        title: Names::new("", &long, ""),
        due_at: Some(hours(-1)),
        ..instruction()
    };
    assert_eq!(refused(wordy).await, ["title_ru", "due_date"]);
    let nobody = Instruction {
        addressee: body("wizard", "d1"),
        ..instruction()
    };
    assert_eq!(refused(nobody).await, ["kind"]);
    let elsewhere = Instruction {
        addressee: body("executive", "st1-area"),
        area_id: "d1".to_owned(),
        ..instruction()
    };
    assert_eq!(refused(elsewhere).await, ["area_code"]);
    let forged = Instruction {
        key: "a/b".to_owned(),
        ..instruction()
    };
    assert_eq!(refused(forged).await, ["title_kk"]);
}

#[tokio::test]
async fn an_origin_has_one_open_task_and_hears_when_it_is_gone() {
    let office = Office::new().await;
    let new = Office::task(akimat());
    let first = office.open(&new).await;
    assert_eq!(office.open(&new).await.id, first.id);
    let acting = office.operator();
    let mut tx = acting.begin().await.unwrap();
    assert!(
        withdraw_in(&mut tx, &acting, new.origin, &new.origin_key, "It is there")
            .await
            .unwrap()
    );
    assert!(
        !withdraw_in(&mut tx, &acting, new.origin, &new.origin_key, "Again")
            .await
            .unwrap()
    );
    let second = open_in(&mut tx, &acting, &new).await.unwrap();
    tx.commit().await.unwrap();
    assert_ne!(second, first.id, "after the end there may be another one");
    let mut reader = office.world.home.app.read().await.unwrap();
    let all = queries::of_origin(&mut reader, new.origin, &new.origin_key)
        .await
        .unwrap();
    let states: Vec<_> = all.iter().map(|task| task.state).collect();
    assert_eq!(states, [TaskState::Open, TaskState::Withdrawn]);
    assert_ne!(Addressee::COMMISSION, "executive");
}
