//! Programmes and sessions: powers, limits, versions, trainers in two places.

use super::*;
use crate::training::model::{Act, SessionState};

#[tokio::test]
async fn programmes_are_the_centres_and_their_texts_are_versions() {
    let world = world().await;
    let chair = centre(&world, "2023-09-10T06:00:00Z");
    let other = region(&world, "2023-09-10T06:00:00Z");
    assert!(is_forbidden(
        actions::create_programme(&other, programme("p", (0, 2))).await
    ));
    let wrong = |change: fn(&mut NewProgramme)| {
        let mut new = programme("p", (0, 2));
        change(&mut new);
        new
    };
    for (name, new) in [
        ("key", wrong(|p| p.key = "день".to_owned())),
        ("audience", wrong(|p| p.audience = "everybody".to_owned())),
        ("audience", wrong(|p| p.level_until = 1)),
        ("level_until", wrong(|p| p.level_until = 9)),
        (
            "level_until",
            wrong(|p| (p.level_from, p.level_until) = (2, 1)),
        ),
        ("title_kk", wrong(|p| p.title = Names::default())),
        ("goal_en", wrong(|p| p.goal.en = "x".repeat(4_001))),
        ("id", wrong(|p| p.id = "no id".to_owned())),
    ] {
        assert_eq!(field(actions::create_programme(&chair, new).await), name);
    }
    taught(&world, (0, 2)).await;
    let again = actions::create_programme(&chair, programme(PROGRAMME, (0, 2)))
        .await
        .unwrap();
    assert_eq!(again.version, 2, "the same form twice is one programme");
    let mut same_key = programme("programme-9", (0, 2));
    same_key.key = PROGRAMME.to_owned();
    assert_eq!(
        field(actions::create_programme(&chair, same_key).await),
        "key"
    );

    let mut next = module("module-1");
    assert_eq!(
        field(actions::change_module(&chair, 1, next.clone(), Vec::new(), "r").await),
        "change_kk",
        "a new text says what changed"
    );
    next.change = Names::new("", "Строки 5 и 6 разделены", "");
    assert_eq!(
        field(actions::change_module(&chair, 1, next.clone(), Vec::new(), " ").await),
        "reason"
    );
    let reason = "Постановление";
    actions::change_module(&chair, 1, next.clone(), Vec::new(), reason)
        .await
        .unwrap();
    assert!(is_conflict(
        actions::change_module(&chair, 1, next, Vec::new(), reason).await
    ));
    let mut reader = world.home.app.read().await.unwrap();
    let versions = queries::module_versions(&mut reader, "module-1")
        .await
        .unwrap();
    assert_eq!(versions.len(), 2);
    assert_eq!(versions[0].says.change.kk, "Строки 5 и 6 разделены");
    assert_eq!(
        versions[1].says.materials.len(),
        2,
        "the old text keeps its file"
    );
    assert_eq!(
        versions[0].says.materials.len(),
        1,
        "a file goes on only where it is named"
    );
}

#[tokio::test]
async fn a_session_fits_its_programme_and_commission() {
    let world = world().await;
    taught(&world, (2, 2)).await;
    let acting = district(&world, "2023-09-20T06:00:00Z");
    let starts = at("2023-10-02T04:00:00Z");
    let good = || session("session-1", (2, "d1"), starts, &["d1-chair"]);
    let stranger = world.acting("d2-chair", "district.chair", "d2", starts);
    assert!(is_forbidden(actions::plan(&stranger, good()).await));
    let wrong = |change: fn(&mut NewSession)| {
        let mut new = good();
        change(&mut new);
        new
    };
    for (name, new) in [
        ("election", wrong(|s| s.election_id = "none".to_owned())),
        ("programme", wrong(|s| s.programme_id = "none".to_owned())),
        ("level", wrong(|s| s.level = 1)),
        ("level", wrong(|s| s.level = 77)),
        ("area", wrong(|s| s.area_id = "st1-area".to_owned())),
        ("place_kk", wrong(|s| s.place = Names::default())),
        ("station", wrong(|s| s.station_id = Some("none".to_owned()))),
        ("ends", wrong(|s| s.ends_at = s.starts_at)),
        ("ends", wrong(|s| s.ends_at = at("2023-10-09T04:00:00Z"))),
        ("seats", wrong(|s| s.seats = 0)),
        ("seats", wrong(|s| s.seats = 5_000)),
        ("trainer", wrong(|s| s.trainers.clear())),
        (
            "trainer",
            wrong(|s| s.trainers = vec!["st1-chair".to_owned()]),
        ),
        ("module", wrong(|s| s.modules.clear())),
        ("module", wrong(|s| s.modules.push("none".to_owned()))),
        (
            "coordinates",
            wrong(|s| s.coordinates = Some((91_000_000, 0))),
        ),
        ("id", wrong(|s| s.id = "no id".to_owned())),
    ] {
        assert_eq!(field(actions::plan(&acting, new).await), name);
    }
    actions::plan(&acting, good()).await.unwrap();
    let again = actions::plan(&acting, good()).await.unwrap();
    assert_eq!(again.version, 1, "the same form twice is one session");
    let chair = centre(&world, "2023-09-21T06:00:00Z");
    actions::move_programme(&chair, PROGRAMME, 2, ProgrammeState::Closed)
        .await
        .unwrap();
    let late = session(
        "session-2",
        (2, "d1"),
        at("2023-10-05T04:00:00Z"),
        &["d1-chair"],
    );
    assert_eq!(field(actions::plan(&acting, late).await), "programme");
}

#[tokio::test]
async fn a_trainer_is_in_one_place() {
    let world = world().await;
    taught(&world, (2, 2)).await;
    let acting = district(&world, "2023-09-20T06:00:00Z");
    let plan = |id: &str, starts: &str| session(id, (2, "d1"), at(starts), &["d1-chair"]);
    actions::plan(&acting, plan("session-1", "2023-10-02T04:00:00Z"))
        .await
        .unwrap();
    for meets in [
        "2023-10-02T02:30:00Z",
        "2023-10-02T05:00:00Z",
        // It begins when the other ends: there is no time to get there.
        "2023-10-02T06:00:00Z",
    ] {
        let new = plan("session-2", meets);
        assert_eq!(
            field(actions::plan(&acting, new).await),
            "trainer",
            "{meets}"
        );
    }
    actions::plan(&acting, plan("session-2", "2023-10-02T06:30:00Z"))
        .await
        .unwrap();
    // The other trainer is free.
    let other = session(
        "session-3",
        (2, "d1"),
        at("2023-10-02T04:00:00Z"),
        &["d1-secretary"],
    );
    actions::plan(&acting, other).await.unwrap();
    // A session that is called off, or moved away, leaves its time.
    let mut moved = plan("session-1", "2023-10-03T04:00:00Z");
    assert_eq!(
        field(actions::change(&acting, 1, moved.clone(), "").await),
        "reason",
        "a move has a reason"
    );
    actions::change(&acting, 1, moved.clone(), "Зал занят")
        .await
        .unwrap();
    assert!(is_conflict(
        actions::change(&acting, 1, moved.clone(), "Зал занят").await
    ));
    let session = now(&world, "session-1").await;
    assert_eq!(
        (session.act, session.reason.as_str()),
        (Act::Moved, "Зал занят")
    );
    moved.seats = 10;
    actions::change(&acting, 2, moved, "").await.unwrap();
    assert_eq!(now(&world, "session-1").await.act, Act::Changed);
    actions::plan(&acting, plan("session-4", "2023-10-02T03:00:00Z"))
        .await
        .unwrap();
    assert_eq!(
        field(actions::cancel(&acting, "session-4", 1, "").await),
        "reason"
    );
    actions::cancel(&acting, "session-4", 1, "Нет света")
        .await
        .unwrap();
    assert_eq!(
        now(&world, "session-4").await.state,
        SessionState::Cancelled
    );
    assert!(is_conflict(
        actions::cancel(&acting, "session-4", 2, "x").await
    ));
    actions::plan(&acting, plan("session-5", "2023-10-02T03:00:00Z"))
        .await
        .unwrap();
}
