//! Another version of the checklist: what was answered is judged again or asked for again.

use super::world::*;
use super::*;
use crate::commissions::tests::Browser;
use crate::platform::inbox;
use crate::tasks::actions as tasks;
use crate::votingday::tests::world::{ELECTION, at};
use electoral::checklist::Kind;
use model::{Cause, ItemStatus};

/// Three booths are needed instead of two; the reserve is described instead of confirmed.
async fn newer(ready: &Ready) -> u64 {
    let mut newer = list();
    for item in &mut newer.items {
        match (item.id.as_str(), &mut item.kind) {
            ("booths", Kind::Number { met_from, .. }) => *met_from = "3".parse().ok(),
            ("power_backup", kind) => *kind = Kind::Text { most_chars: 50 },
            _ => {}
        }
    }
    let office = ready.operator();
    let adopted = actions::adopt(&office, &newer, "newer").await.unwrap();
    actions::put_into_force(&office, ELECTION, &adopted.id, adopted.version)
        .await
        .unwrap();
    adopted.version
}

async fn newest(ready: &Ready, item: &str) -> model::Given {
    let mut reader = ready.world.home.app.read().await.unwrap();
    let all = queries::answers(&mut reader, ELECTION, "st1")
        .await
        .unwrap();
    all.into_iter().rfind(|a| a.item == item).unwrap()
}

#[tokio::test]
async fn other_limits_judge_again_and_another_question_is_asked_again() {
    let mut ready = Ready::new(2).await;
    let answers = [
        ("answer.booths", "2"),
        ("answer.power_backup", "no"),
        ("answer.power_main", "yes"),
    ];
    ready.send("st1", &answers).await.unwrap();
    ready.send("st2", &[("answer.booths", "4")]).await.unwrap();
    assert!(ready.task("st1", "power_backup").await.is_some());
    ready.version = newer(&ready).await;

    assert_eq!(
        ready.status("st1", "booths").await,
        Some(ItemStatus::Unmet),
        "two are not enough any more"
    );
    assert!(ready.task("st1", "booths").await.is_some());
    let judged = newest(&ready, "booths").await;
    assert_eq!((judged.cause, judged.value.as_str()), (Cause::Version, "2"));
    assert_eq!(ready.status("st2", "booths").await, Some(ItemStatus::Met));
    assert_eq!(ready.sequence("st2", "booths").await, 1, "nothing to write");
    assert_eq!(ready.sequence("st1", "power_main").await, 1);

    let again = Some(ItemStatus::Again);
    assert_eq!(ready.status("st1", "power_backup").await, again);
    assert!(
        ready.task("st1", "power_backup").await.is_none(),
        "nobody mends what is asked anew"
    );
    let counts = ready.counts("st1").await;
    assert_eq!((counts.met, counts.unmet, counts.unanswered), (1, 1, 7));
    let secretary = Browser::signed_in(&ready.world.home, "st1-secretary").await;
    let own = "/office/readiness/stations/st1";
    let (_, page) = secretary.get(&format!("{own}?section=power&lang=en")).await;
    assert!(
        page.contains("Answered to version 1 of the checklist"),
        "{page}"
    );

    // A form that was filled in before, without a network, brings an answer to the other question.
    let late = [
        ("checklist_version", "1"),
        ("answer.power_backup", "yes"),
        ("base.power_backup", "1"),
        ("answer.booths", "1"),
        ("base.booths", "1"),
    ];
    ready.send("st1", &late).await.unwrap();
    assert_eq!(ready.status("st1", "power_backup").await, again);
    // Said once more in sight of it, even in the same words, it counts.
    let said = [("answer.power_backup", "yes"), ("base.power_backup", "3")];
    ready.send("st1", &said).await.unwrap();
    assert_eq!(
        ready.status("st1", "power_backup").await,
        Some(ItemStatus::Met)
    );
    ready.rows_are_vouched_for().await;
}

#[tokio::test]
async fn nobody_settles_a_dispute_of_their_own() {
    let ready = Ready::new(1).await;
    for (office, value) in [("secretary", "yes"), ("chair", "no")] {
        let who = ready.member("st1", office);
        let fields = [("answer.power_main", value)];
        inbox::take(&who, &ready.envelope("st1", &fields))
            .await
            .unwrap();
    }
    let settle = actions::Settle {
        election_id: ELECTION.to_owned(),
        station_id: "st1".to_owned(),
        item: "power_main".to_owned(),
        sequence: 2,
        seen: 2,
        reason: "mine is right".to_owned(),
    };
    let chair = ready.member("st1", "chair");
    let own = actions::settle(&chair, &settle).await;
    assert!(matches!(own, Err(Error::Conflict(_))), "{own:?}");
    let path = "/office/readiness/settle/st1/power_main";
    let page = Browser::signed_in(&ready.world.home, "st1-chair").await;
    assert_eq!(page.get(path).await.0.as_u16(), 409);
    let section = "/office/readiness/stations/st1?section=power";
    assert!(!page.get(section).await.1.contains(path), "no way there");
    let district = ready
        .world
        .acting("d1-chair", "district.chair", "d1", at(NOW));
    actions::settle(&district, &settle).await.unwrap();
    assert_eq!(
        ready.status("st1", "power_main").await,
        Some(ItemStatus::Unmet)
    );
    // What was decided is over: a later dispute is another one.
    let secretary = ready.member("st1", "secretary");
    for (who, value) in [(&secretary, "yes"), (&ready.member("st1", "member"), "no")] {
        let fields = [("answer.power_main", value), ("base.power_main", "2")];
        inbox::take(who, &ready.envelope("st1", &fields))
            .await
            .unwrap();
    }
    let sequence = ready.sequence("st1", "power_main").await;
    let later = actions::Settle {
        sequence,
        seen: sequence,
        ..settle
    };
    actions::settle(&chair, &later).await.unwrap();
}

#[tokio::test]
async fn a_figure_that_was_mended_is_asked_for_again() {
    let ready = Ready::new(1).await;
    ready.send("st1", &[("answer.booths", "1")]).await.unwrap();
    let task = ready.task("st1", "booths").await.unwrap();
    let secretary = ready.member("st1", "secretary");
    let words = crate::tasks::tests::world::words("Two more were brought.");
    let task = tasks::report(&secretary, &task.id, task.events, words)
        .await
        .unwrap();
    let district = ready
        .world
        .acting("d1-chair", "district.chair", "d1", at(NOW));
    tasks::verify(&district, &task.id, task.events)
        .await
        .unwrap();
    assert_eq!(ready.status("st1", "booths").await, Some(ItemStatus::Again));
    let counts = ready.counts("st1").await;
    assert_eq!((counts.met, counts.unmet, counts.unanswered), (0, 0, 9));
    let page = Browser::signed_in(&ready.world.home, "st1-secretary").await;
    let own = "/office/readiness/stations/st1?section=premises&lang=en";
    let (_, text) = page.get(own).await;
    assert!(text.contains("this has been put right"), "{text}");
    let measured = [("answer.booths", "3"), ("base.booths", "2")];
    ready.send("st1", &measured).await.unwrap();
    assert_eq!(ready.status("st1", "booths").await, Some(ItemStatus::Met));
}

#[tokio::test]
async fn a_phone_keeps_all_sections_and_hears_of_a_newer_version() {
    let ready = Ready::new(1).await;
    let own = "/office/readiness/stations/st1";
    let secretary = Browser::signed_in(&ready.world.home, "st1-secretary").await;
    let (_, page) = secretary.get(own).await;
    let kept = page.matches(" data-offline-keep").count();
    assert_eq!(kept, list().sections.len());
    assert!(page.contains(" data-program=\""));
    let district = Browser::signed_in(&ready.world.home, "d1-secretary").await;
    let (_, page) = district.get(own).await;
    assert!(!page.contains(" data-offline-keep"), "answers nothing here");
    let version = |page: &str| {
        let rest = page.split("data-offline-version=\"").nth(1).unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let section = format!("{own}?section=power");
    let (_, page) = secretary.get(&section).await;
    let before = version(&page);
    let hello = async || {
        let (_, text) = secretary.get("/office/inbox/hello").await;
        let hello: serde_json::Value = serde_json::from_str(&text).unwrap();
        let forms = hello["forms"][model::REPORT].as_str().unwrap().to_owned();
        forms.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(hello().await.contains(&before), "{before}");
    newer(&ready).await;
    assert!(!hello().await.contains(&before), "the page is an old one");
    let (_, page) = secretary.get(&section).await;
    assert!(hello().await.contains(&version(&page)));
}

#[tokio::test]
async fn a_disputed_question_that_is_dropped_leaves_no_task() {
    let ready = Ready::new(1).await;
    ready
        .send("st1", &[("answer.power_main", "no")])
        .await
        .unwrap();
    assert!(ready.task("st1", "power_main").await.is_some());
    let chair = ready.member("st1", "chair");
    let other = ready.envelope("st1", &[("answer.power_main", "yes")]);
    inbox::take(&chair, &other).await.unwrap();
    assert_eq!(
        ready.status("st1", "power_main").await,
        Some(ItemStatus::Disputed)
    );
    assert!(
        ready.task("st1", "power_main").await.is_some(),
        "not decided"
    );
    let mut shorter = list();
    shorter.items.retain(|item| item.id != "power_main");
    let office = ready.operator();
    let adopted = actions::adopt(&office, &shorter, "shorter").await.unwrap();
    actions::put_into_force(&office, ELECTION, &adopted.id, adopted.version)
        .await
        .unwrap();
    assert!(ready.task("st1", "power_main").await.is_none());
    // Asked again: two answers still wait for a person, and nobody is told to mend.
    let adopted = actions::adopt(&office, &list(), "again").await.unwrap();
    actions::put_into_force(&office, ELECTION, &adopted.id, adopted.version)
        .await
        .unwrap();
    assert!(ready.task("st1", "power_main").await.is_none());
}

#[tokio::test]
async fn a_new_version_confirms_no_report_of_completion() {
    let ready = Ready::new(1).await;
    ready
        .send("st1", &[("answer.power_backup", "no")])
        .await
        .unwrap();
    let task = ready.task("st1", "power_backup").await.unwrap();
    let akimat = ready
        .world
        .acting("akimat", "body.executive", "d1", at(NOW));
    tasks::report(
        &akimat,
        &task.id,
        task.events,
        crate::tasks::tests::world::words("Done."),
    )
    .await
    .unwrap();
    newer(&ready).await;
    let mut reader = ready.world.home.app.read().await.unwrap();
    let past = crate::tasks::queries::history(&mut reader, &task.id)
        .await
        .unwrap();
    assert!(past[0].text.contains("it is asked again"), "{past:?}");
    assert!(past.iter().all(|e| !e.text.contains("The station answers")));
}

#[tokio::test]
async fn a_district_that_a_version_has_not_reached_answers_the_one_before() {
    let mut ready = Ready::new(1).await;
    ready.send("st1", &[("answer.booths", "2")]).await.unwrap();
    let mut newer = list();
    newer.items.retain(|item| item.id != "cold");
    for item in &mut newer.items {
        if let ("booths", Kind::Number { met_from, .. }) = (item.id.as_str(), &mut item.kind) {
            *met_from = "3".parse().ok();
        }
    }
    let office = ready.operator();
    let adopted = actions::adopt(&office, &newer, "newer").await.unwrap();
    // As it stands when the program ends before the first district.
    for sql in [
        "insert into readiness_pending (election_id, district_id, sequence) select election_id, 'd1', max(sequence)
            from readiness_setup group by election_id",
        "insert into readiness_setup (election_id, sequence, checklist_id, checklist_version, made_by, made_at)
            select election_id, max(sequence) + 1, 'test-list', 2, 'test', 0 from readiness_setup group by election_id",
    ] {
        ready.world.sql(sql, crate::bind![]).await;
    }
    let version = async || {
        let mut reader = ready.world.home.app.read().await.unwrap();
        let place = queries::place(&mut reader, ELECTION, "st1").await.unwrap();
        let force = queries::in_force(&mut reader, &place, today()).await;
        force.unwrap().version
    };
    assert_eq!((version().await, adopted.version), (1, 2));
    let said = [("answer.power_main", "yes"), ("answer.cold", "no")];
    ready.send("st1", &said).await.unwrap();
    let counts = ready.counts("st1").await;
    assert_eq!((counts.expected, counts.met), (9, 3));
    actions::resume(&office, "another").await.unwrap();
    assert_eq!(version().await, 1, "of another election");
    for _ in 0..2 {
        actions::resume(&office, "").await.unwrap();
        assert_eq!(version().await, 2);
        let counts = ready.counts("st1").await;
        assert_eq!((counts.expected, counts.met, counts.unmet), (8, 1, 1));
        assert_eq!(ready.sequence("st1", "booths").await, 2, "judged once");
    }
    assert!(ready.task("st1", "booths").await.is_some());
    ready.version = 2;
    ready
        .send("st1", &[("answer.booths", "4"), ("base.booths", "2")])
        .await
        .unwrap();
    assert_eq!(ready.counts("st1").await.met, 2);
}
