//! An unmet item becomes a task, and the task that was seen to be done makes it hold.

use super::world::*;
use super::*;
use crate::platform::access::{Actor, Grant, Role};
use crate::tasks::EventKind;
use crate::tasks::owners::Owners;
use crate::votingday::tests::world::{ELECTION, at};
use model::{Cause, ItemStatus};

#[tokio::test]
async fn an_unmet_item_becomes_a_task_of_the_body_that_mends_it() {
    let ready = Ready::new(2).await;
    let taken = ready
        .send(
            "st1",
            &[("answer.power_main", "no"), ("note.power_main", "dark")],
        )
        .await
        .unwrap();
    assert_eq!(taken.state, "taken");
    let task = ready.task("st1", "power_main").await.unwrap();
    assert_eq!(task.addressee.kind, "energy");
    assert_eq!(task.addressee.area_id, "d1");
    assert_eq!(task.verifier_area_id, "d1");
    assert_eq!(task.area_id, "st1-area");
    assert_eq!(task.title.en, "Is there power? – No");
    assert!(task.detail.contains("№ 1") && !task.detail.contains("dark"));
    assert_eq!(task.due_at, at("2023-10-03T06:00:00Z"), "24 hours");
    let counts = ready.counts("st1").await;
    assert_eq!((counts.unmet, counts.unmet_critical), (1, 1));
    assert_eq!(counts.unanswered, counts.expected - 1);

    // The commission mends some things itself.
    ready.send("st1", &[("answer.booths", "1")]).await.unwrap();
    let own = ready.task("st1", "booths").await.unwrap();
    assert_eq!(own.addressee.kind, "commission");
    assert_eq!(own.addressee.area_id, "st1-area");

    // Said again, it is the same task; mended by the station, it is taken back.
    let again = [
        ("answer.power_main", "no"),
        ("base.power_main", "1"),
        ("note.power_main", "still dark"),
    ];
    ready.send("st1", &again).await.unwrap();
    assert_eq!(ready.task("st1", "power_main").await.unwrap().id, task.id);
    let mended = [("answer.power_main", "yes"), ("base.power_main", "2")];
    ready.send("st1", &mended).await.unwrap();
    assert!(ready.task("st1", "power_main").await.is_none());
    assert_eq!(ready.counts("st1").await.unmet_critical, 0);
    ready.rows_are_vouched_for().await;
}

#[tokio::test]
async fn what_was_seen_to_be_done_holds_in_the_same_transaction() {
    let ready = Ready::new(1).await;
    let unmet = [
        ("answer.power_main", "no"),
        ("answer.cold", "yes"),
        ("answer.booths", "1"),
    ];
    ready.send("st1", &unmet).await.unwrap();
    let app = ready.world.home.app.clone();
    let district = ready
        .world
        .acting("d1-chair", "district.chair", "d1", at(NOW));
    for item in ["power_main", "cold", "booths"] {
        let task = ready.task("st1", item).await.unwrap();
        let mut tx = district.begin().await.unwrap();
        let owners = Owners::of(&app);
        let owner = owners.find("readiness").unwrap();
        owner
            .heard(&mut tx, &district, &task, EventKind::Reported, "")
            .await
            .unwrap();
        owner
            .heard(&mut tx, &district, &task, EventKind::Verified, "")
            .await
            .unwrap();
        tx.commit().await.unwrap();
        // One booth is not enough, whoever looked: it is counted anew.
        let expected = if item == "booths" {
            ItemStatus::Again
        } else {
            ItemStatus::Met
        };
        assert_eq!(ready.status("st1", item).await, Some(expected));
    }
    let counts = ready.counts("st1").await;
    assert_eq!((counts.met, counts.unmet), (2, 0));
    let mut reader = app.read().await.unwrap();
    let answers = queries::answers(&mut reader, ELECTION, "st1")
        .await
        .unwrap();
    let verified: Vec<_> = answers
        .iter()
        .filter(|a| a.cause == Cause::Verified)
        .map(|a| (a.item.as_str(), a.value.as_str()))
        .collect();
    let expected = [("booths", "1"), ("cold", "no"), ("power_main", "yes")];
    assert_eq!(verified, expected, "a number stays as it was measured");
    drop(reader);
    ready.rows_are_vouched_for().await;
}

#[tokio::test]
async fn another_part_of_the_program_answers_its_own_questions_only() {
    let ready = Ready::new(1).await;
    let office = ready.operator();
    let mut tx = office.begin().await.unwrap();
    for (item, value, told) in [
        ("trained", "yes", true),
        ("trained", "yes", false),
        ("booths", "3", false),
        ("none", "3", false),
    ] {
        let known = actions::tell_in(&mut tx, &office, ELECTION, "st1", item, value)
            .await
            .unwrap();
        assert_eq!(known, told, "{item}");
    }
    let wrong = actions::tell_in(&mut tx, &office, ELECTION, "st1", "trained", "many").await;
    assert!(matches!(wrong, Err(Error::Invalid(_))));
    tx.commit().await.unwrap();
    assert_eq!(ready.status("st1", "trained").await, Some(ItemStatus::Met));
    ready.rows_are_vouched_for().await;
}

#[tokio::test]
async fn set_up_again_takes_over_what_came_and_left() {
    let ready = Ready::new(1).await;
    let office = ready.operator();
    ready.send("st1", &[("answer.cold", "no")]).await.unwrap();
    ready.world.station_in("st9", "Asia/Almaty", 9).await;
    assert_eq!(actions::set_up(&office, ELECTION).await.unwrap(), 2);
    assert_eq!(ready.counts("st1").await.met, 1, "answers stay");
    assert_eq!(ready.counts("st9").await.unanswered, 9);
    ready
        .send("st1", &[("answer.power_main", "no")])
        .await
        .unwrap();
    ready
        .send("st9", &[("answer.power_main", "no")])
        .await
        .unwrap();
    let gone = ready.task("st9", "power_main").await.unwrap();
    let mut reader = ready.world.home.app.read().await.unwrap();
    let district = queries::districts(&mut reader, ELECTION, "", today())
        .await
        .unwrap();
    let sums = district[0].sums;
    assert_eq!((sums.stations, sums.items.met, sums.items.unmet), (2, 1, 2));
    drop(reader);
    ready
        .world
        .sql(
            "delete from contest_station where station_id = 'st9'",
            crate::bind![],
        )
        .await;
    assert_eq!(actions::set_up(&office, ELECTION).await.unwrap(), 1);
    assert!(
        ready.task("st9", "power_main").await.is_none(),
        "nobody mends a station that has left"
    );
    // Each reads why in their own language, whoever acted.
    let mut reader = ready.world.home.app.read().await.unwrap();
    let past = crate::tasks::queries::history(&mut reader, &gone.id)
        .await
        .unwrap();
    drop(reader);
    let told = |lang| crate::platform::i18n::told(lang, &past[0].text).to_owned();
    assert_eq!(
        told(crate::platform::Lang::En),
        "The station no longer takes part in this election."
    );
    assert!(told(crate::platform::Lang::Ru).contains("не участвует"));
    let district =
        crate::commissions::tests::Browser::signed_in(&ready.world.home, "d1-secretary").await;
    let (_, page) = district
        .get(&format!("/office/tasks/{}?lang=kk", gone.id))
        .await;
    assert!(
        page.contains("қатыспайды") && !page.contains("no longer takes part"),
        "{page}"
    );
    assert!(ready.task("st1", "power_main").await.is_some());
    let mut reader = ready.world.home.app.read().await.unwrap();
    let district = queries::districts(&mut reader, ELECTION, "", today())
        .await
        .unwrap();
    assert_eq!(district[0].sums.stations, 1);
}

#[tokio::test]
async fn checklists_are_the_central_commissions() {
    let ready = Ready::new(1).await;
    for role in ["district.chair", "region.chair", "precinct.chair"] {
        let grant = Grant {
            role: Role::parse(role).unwrap(),
            area_id: "d1".to_owned(),
        };
        let actor = Actor::new(
            "p".to_owned(),
            crate::platform::Names::default(),
            vec![grant],
        );
        let acting = crate::platform::Acting::new(
            ready.world.home.app.clone(),
            std::sync::Arc::new(actor),
            crate::platform::T::new(crate::platform::Lang::En),
        );
        let adopt = actions::adopt(&acting, &list(), "theirs").await;
        assert!(matches!(adopt, Err(Error::Forbidden(_))), "{role}");
        let force = actions::put_into_force(&acting, ELECTION, "test-list", 1).await;
        assert!(matches!(force, Err(Error::Forbidden(_))), "{role}");
        let set_up = actions::set_up(&acting, ELECTION).await;
        assert!(matches!(set_up, Err(Error::Forbidden(_))), "{role}");
    }
    let central = ready.world.acting("c", "central.chair", "kz", at(NOW));
    let same = actions::adopt(&central, &list(), "again").await.unwrap();
    assert_eq!((same.version, same.repeated), (1, true), "nothing new");
    let mut faulty = list();
    faulty.items[0].section = "nowhere".to_owned();
    let refused = actions::adopt(&central, &faulty, "x").await.unwrap_err();
    assert_eq!(fields(refused), ["checklist"]);
}
