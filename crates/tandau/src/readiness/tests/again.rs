//! What is said once more: by a page that stays open, and about what somebody has reported as done.

use super::world::*;
use super::*;
use crate::tasks::actions as tasks;
use crate::tasks::{EventKind, Task, TaskState};
use crate::votingday::tests::world::{ELECTION, at};
use model::{Cause, ItemStatus};

async fn answers(ready: &Ready, item: &str) -> Vec<model::Given> {
    let mut reader = ready.world.home.app.read().await.unwrap();
    let all = queries::answers(&mut reader, ELECTION, "st1")
        .await
        .unwrap();
    all.into_iter().filter(|a| a.item == item).collect()
}

#[tokio::test]
async fn a_page_that_stays_open_says_nothing_twice() {
    let ready = Ready::new(1).await;
    let who = ready.member("st1", "secretary");
    let first = [("answer.fire_act", "yes"), ("note.fire_act", "act No. 7")];
    let mut envelope = ready.envelope("st1", &first);
    envelope.files = photos(&who, &["photo.fire_act"]).await;
    crate::platform::inbox::take(&who, &envelope).await.unwrap();
    // The same page, a question further: its bases are those of when it was opened, its photo is sent already.
    let further = [
        ("answer.fire_act", "yes"),
        ("note.fire_act", "act No. 7"),
        ("base.fire_act", "0"),
        ("answer.power_main", "no"),
    ];
    let taken = ready.send("st1", &further).await.unwrap();
    assert_eq!(taken.state, "taken");
    assert_eq!(answers(&ready, "fire_act").await.len(), 1);
    assert_eq!(answers(&ready, "power_main").await.len(), 1);
    // Somebody else contradicts; the old page repeats what it said, which is nothing new.
    let other = ready.member("st1", "member");
    let no = [("answer.fire_act", "no"), ("base.fire_act", "1")];
    let envelope = ready.envelope("st1", &no);
    crate::platform::inbox::take(&other, &envelope)
        .await
        .unwrap();
    ready.send("st1", &further).await.unwrap();
    assert_eq!(
        ready.status("st1", "fire_act").await,
        Some(ItemStatus::Unmet)
    );
    // What changes on it is heard, and is a conflict.
    let words = [
        ("answer.fire_act", "yes"),
        ("note.fire_act", "the act is on the wall"),
        ("base.fire_act", "0"),
    ];
    let taken = ready.send("st1", &words).await.unwrap();
    assert_eq!(taken.state, "conflict");
}

#[tokio::test]
async fn there_may_be_none_instead_of_an_answer() {
    let ready = Ready::new(1).await;
    let both = [
        ("answer.line_tested", "2023-10-01"),
        ("none.line_tested", "no"),
    ];
    let refused = ready.send("st1", &both).await.unwrap_err();
    assert_eq!(fields(refused), ["answer.line_tested"]);
    let unknown = ready.send("st1", &[("none.line_tested", "maybe")]).await;
    assert_eq!(fields(unknown.unwrap_err()), ["answer.line_tested"]);
    let none = [
        ("answer.line_tested", ""),
        ("none.line_tested", "no"),
        ("none.layout", "no"),
    ];
    ready.send("st1", &none).await.unwrap();
    for item in ["line_tested", "layout"] {
        assert_eq!(ready.status("st1", item).await, Some(ItemStatus::Unmet));
        assert!(ready.task("st1", item).await.is_some(), "{item}");
    }
}

/// The officer's report of a task.
async fn reported(ready: &Ready, item: &str) -> Task {
    let task = ready.task("st1", item).await.unwrap();
    let kind = format!("body.{}", task.addressee.kind);
    let officer = ready.world.acting("officer", &kind, "d1", at(NOW));
    let words = crate::tasks::tests::world::words("The line stands.");
    tasks::report(&officer, &task.id, task.events, words)
        .await
        .unwrap()
}

async fn events(ready: &Ready, task: &Task) -> Vec<(EventKind, String)> {
    let mut reader = ready.world.home.app.read().await.unwrap();
    let all = crate::tasks::queries::history(&mut reader, &task.id)
        .await
        .unwrap();
    all.into_iter().map(|e| (e.kind, e.text)).collect()
}

#[tokio::test]
async fn what_was_reported_is_left_to_whoever_verifies() {
    let ready = Ready::new(1).await;
    let no = [("answer.power_main", "no")];
    ready.send("st1", &no).await.unwrap();
    let task = reported(&ready, "power_main").await;
    // Still not there, says the station: the verifier reads it.
    let still = [("answer.power_main", "no"), ("note.power_main", "dark")];
    ready.send("st1", &still).await.unwrap();
    let last = events(&ready, &task).await.remove(0);
    assert_eq!(last.0, EventKind::Noted);
    assert!(
        last.1.contains("contradicts") && !last.1.contains("dark"),
        "{}",
        last.1
    );
    // It is there, says the station: that ends nothing either.
    let yes = [("answer.power_main", "yes"), ("base.power_main", "2")];
    ready.send("st1", &yes).await.unwrap();
    let task = ready.task("st1", "power_main").await.unwrap();
    assert_eq!(task.state, TaskState::Reported);
    assert_eq!(
        ready.status("st1", "power_main").await,
        Some(ItemStatus::Met)
    );
    // Whoever looked says no: it is missing, whatever was said.
    let district = ready
        .world
        .acting("d1-chair", "district.chair", "d1", at(NOW));
    tasks::send_back(&district, &task.id, task.events, "there is no line")
        .await
        .unwrap();
    assert_eq!(
        ready.status("st1", "power_main").await,
        Some(ItemStatus::Unmet)
    );
    let given = answers(&ready, "power_main").await;
    let last = given.last().unwrap();
    assert_eq!((last.cause, last.value.as_str()), (Cause::Verified, "no"));
    let same = ready.task("st1", "power_main").await.unwrap();
    assert_eq!((same.id, same.state), (task.id, TaskState::Returned));
}

#[tokio::test]
async fn what_was_taken_back_is_asked_again_while_it_is_missing() {
    let ready = Ready::new(1).await;
    ready
        .send("st1", &[("answer.power_main", "no")])
        .await
        .unwrap();
    let task = ready.task("st1", "power_main").await.unwrap();
    let district = ready
        .world
        .acting("d1-chair", "district.chair", "d1", at(NOW));
    tasks::withdraw(&district, &task.id, task.events, "by mistake")
        .await
        .unwrap();
    assert!(ready.task("st1", "power_main").await.is_none());
    let still = [
        ("answer.power_main", "no"),
        ("note.power_main", "still dark"),
    ];
    ready.send("st1", &still).await.unwrap();
    let again = ready.task("st1", "power_main").await.unwrap();
    assert_ne!(again.id, task.id);
}

#[tokio::test]
async fn completion_comes_with_what_the_question_asks_for() {
    let ready = Ready::new(1).await;
    ready
        .send("st1", &[("answer.fire_act", "no")])
        .await
        .unwrap();
    let task = ready.task("st1", "fire_act").await.unwrap();
    assert!(!task.evidence.is_empty());
    assert_eq!(task.title.en, "Is there an act? – No");
    let kind = format!("body.{}", task.addressee.kind);
    let officer = ready.world.acting("officer", &kind, "d1", at(NOW));
    let bare = crate::tasks::tests::world::words("It is written.");
    let refused = tasks::report(&officer, &task.id, task.events, bare).await;
    assert_eq!(fields(refused.unwrap_err()), ["paper"]);
    let whole = tasks::Evidence {
        text: "It is written.".to_owned(),
        papers: vec![crate::platform::files::tests::jpeg()],
    };
    tasks::report(&officer, &task.id, task.events, whole)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_station_that_says_nothing_is_asked_once_by_the_clock() {
    let ready = Ready::new(2).await;
    let app = &ready.world.home.app;
    let swept = |asked, answered| silence::Swept { asked, answered };
    assert_eq!(
        silence::sweep(app, at(NOW)).await.unwrap(),
        swept(0, 0),
        "five weeks before, nothing is late"
    );
    let late = at("2023-11-03T06:00:00Z");
    assert_eq!(silence::sweep(app, late).await.unwrap(), swept(2, 0));
    assert_eq!(silence::sweep(app, late).await.unwrap(), swept(0, 0));
    let all = [
        ("answer.power_main", "no"),
        ("answer.power_backup", "na"),
        ("none.line_tested", "no"),
        ("answer.cold", "no"),
        ("answer.booths", "4"),
        ("answer.weather_plan", "shovels"),
        ("none.layout", "no"),
        ("answer.fire_act", "no"),
    ];
    ready.send("st1", &all).await.unwrap();
    assert_eq!(silence::sweep(app, late).await.unwrap(), swept(0, 1));
    // What is asked again is not answered.
    let asked_again = "update readiness_state set status = 'again' where station_id = 'st1' and item = 'power_main'";
    ready.world.sql(asked_again, crate::bind![]).await;
    assert_eq!(silence::sweep(app, late).await.unwrap(), swept(1, 0));
    ready.world.sql("update readiness_state set status = 'unmet' where station_id = 'st1' and item = 'power_main'", crate::bind![]).await;
    assert_eq!(silence::sweep(app, late).await.unwrap(), swept(0, 1));
    let mut reader = app.read().await.unwrap();
    let open = crate::tasks::queries::open_keys(&mut reader, silence::ORIGIN)
        .await
        .unwrap();
    assert_eq!(
        open.into_iter().collect::<Vec<_>>(),
        [format!("{ELECTION}/st2")]
    );
    drop(reader);
    let voting = at("2023-11-05T03:00:00Z");
    assert_eq!(
        silence::sweep(app, voting).await.unwrap(),
        swept(0, 1),
        "nobody reads it then"
    );
}
