//! Pages: the form, the lists, the file, what everybody sees.

use super::*;
use crate::commissions::tests::Browser;
use axum::http::StatusCode;

#[tokio::test]
async fn the_form_records_and_the_lists_show() {
    let world = World::new(1).await;
    world.home.app.clock.set(eve());
    let district = Browser::signed_in(&world.home, "d1-secretary").await;
    let (status, text) = district.get("/office/watch/new?lang=en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains(">d1</textarea>") && text.contains("value=\"2023-11-04T12:00\""));
    let form = [
        ("id", "by-form"),
        ("election", ELECTION),
        ("kind", "heat"),
        ("planned", "no"),
        ("grade", "severe"),
        ("areas", "d1"),
        ("from", "2023-11-04T11:00"),
        ("until", ""),
        ("told_by", "Heat <supplier>"),
        ("words", "A pipe burst."),
    ];
    let spoiled = |field: &'static str, value: &'static str| {
        form.map(|(f, v)| if f == field { (f, value) } else { (f, v) })
    };
    for (field, value) in [
        ("areas", "nowhere"),
        ("from", "noon"),
        ("words", ""),
        ("grade", "x"),
    ] {
        let sent = spoiled(field, value);
        let (status, text) = district.post("/office/watch/new?lang=en", &sent).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(text.contains(&format!("href=\"#{field}\"")), "{field}");
    }
    let (status, to) = district.post("/office/watch/new", &form).await;
    assert_eq!(
        (status, to.as_str()),
        (
            StatusCode::SEE_OTHER,
            "/office/watch/by-form?done=watch-recorded"
        )
    );
    let (_, text) = district.get("/office/watch?lang=ru").await;
    assert!(
        text.contains("Теплоснабжение") && text.contains("продолжается"),
        "{text}"
    );
    let (status, text) = district.get("/office/watch?area=d2&lang=en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Nothing is interrupted"));
    let (status, _) = district.get("/office/watch?area=zz").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (status, text) = district.get("/office/watch/by-form?lang=en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        text.contains("Restore heating") && text.contains("Stations: 1"),
        "{text}"
    );
    let anybody = Browser::public(&world.home);
    let (status, text) = anybody.get("/readiness/watch?lang=kk").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        text.contains("Жылу") && !text.contains("<supplier>") && !text.contains("office/watch/")
    );
    let (_, text) = anybody
        .get("/readiness/watch?lang=en&as_of=2023-11-01")
        .await;
    assert!(text.contains("Nothing is known"), "nobody knew yet");
    let (_, text) = anybody.get("/readiness/watch.csv").await;
    assert!(
        text.contains(",by-form,heat,severe,ongoing,no,d1,2023-11-04T05:00:00Z,"),
        "{text}"
    );
    let (_, text) = anybody.get("/readiness/watch.json").await;
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["events"][0]["stations"], 1);
    let correct = [
        ("version", "1"),
        ("kind", "heat"),
        ("planned", "no"),
        ("grade", "minor"),
        ("areas", "d1"),
        ("from", "2023-11-04T11:00"),
        ("told_by", "Heat supplier"),
        ("words", "A pipe burst."),
        ("reason", "one room"),
    ];
    let (status, to) = district
        .post("/office/watch/by-form/correct", &correct)
        .await;
    assert_eq!(
        (status, to.as_str()),
        (
            StatusCode::SEE_OTHER,
            "/office/watch/by-form?done=watch-corrected"
        )
    );
    let end = [("version", "2"), ("ended", "2023-11-04T11:30")];
    let (status, _) = district.post("/office/watch/by-form/end", &end).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, _) = district
        .post(
            "/office/watch/by-form/cancel",
            &[("version", "1"), ("reason", "x")],
        )
        .await;
    assert_eq!(status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_file_is_looked_at_before_anything_is_opened() {
    let world = World::new(1).await;
    world.home.app.clock.set(eve());
    let upload = begin(&world).await;
    let district = Browser::signed_in(&world.home, "d1-secretary").await;
    let path = format!("/office/watch/import/{upload}");
    let (status, text) = district.get(&format!("{path}?lang=en")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        text.contains("Blizzard in Aktogay district") && text.contains("a new warning"),
        "{text}"
    );
    let mut reader = world.home.app.read().await.unwrap();
    assert_eq!(
        queries::at(&mut reader, &world.home.app, eve())
            .await
            .unwrap()
            .len(),
        1
    );
    drop(reader);
    let (status, text) = district
        .post(
            &format!("{path}?lang=en"),
            &[("election", ELECTION), ("areas-1", "nowhere")],
        )
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("href=\"#areas-1\""));
    let (status, to) = district
        .post(
            &path,
            &[
                ("election", ELECTION),
                ("areas-1", "d1"),
                ("kind-1", "snow"),
            ],
        )
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(to.ends_with("?done=watch-alert-taken"), "{to}");
    let (_, to) = district.post(&path, &[("election", ELECTION)]).await;
    assert_eq!(to, "/office/watch?done=watch-alert-known");
    let (_, text) = district.get(&format!("{path}?lang=en")).await;
    assert!(text.contains("This alert was taken before."));
}

#[test]
fn every_word_of_state_grade_and_change_has_a_name() {
    use crate::platform::{Lang, T};
    use crate::readiness::watch::cap::{MessageKind, Status};
    use crate::readiness::watch::model::{Change, Phase};
    let lower = |s: &str| s.to_lowercase();
    let mut keys: Vec<String> = Vec::new();
    keys.extend(
        Phase::ALL
            .iter()
            .map(|p| format!("watch-phase-{}", p.as_str())),
    );
    keys.extend(
        Change::ALL
            .iter()
            .map(|c| format!("watch-change-{}", c.as_str())),
    );
    keys.extend(
        Change::ALL
            .iter()
            .map(|c| format!("event-watch-{}", c.as_str())),
    );
    keys.extend(
        Grade::ALL
            .iter()
            .map(|g| format!("watch-grade-{}-hint", g.as_str())),
    );
    keys.extend(
        Status::ALL
            .iter()
            .map(|s| format!("watch-status-{}", lower(s.as_str()))),
    );
    keys.extend(
        MessageKind::ALL
            .iter()
            .map(|m| format!("watch-message-{}", lower(m.as_str()))),
    );
    keys.extend(
        TaskState::ALL
            .iter()
            .map(|s| format!("watch-task-{}", s.as_str())),
    );
    for lang in Lang::ALL {
        for key in &keys {
            assert!(T::new(lang).dynamic(key).is_some(), "{lang:?} {key}");
        }
    }
}
