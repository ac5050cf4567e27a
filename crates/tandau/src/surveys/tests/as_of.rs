//! A day that is over reads as it was: people in the room, answers in words.

use super::*;
use crate::bind;
use crate::commissions::tests::Browser;
use crate::incidents::tests::log_is_sound;
use serde_json::Value;

async fn json(world: &World, path: &str) -> Value {
    let anybody = Browser::public(&world.home);
    let (_, text) = anybody.get(path).await;
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}"))
}

#[tokio::test]
async fn what_was_said_again_later_is_not_said_before() {
    let world = World::new(1).await;
    world.home.app.clock.set(at("2023-10-10T06:00:00Z"));
    let survey = opened(&world, new("s"), five()).await;
    for n in 0..8 {
        let words = Answer::Text(format!("words {n}"));
        let answers = vec![("one", one("yes")), ("text", words)];
        answer(&world, &survey, &format!("p{n}"), answers)
            .await
            .unwrap();
    }
    actions::close(&host(&world), "s").await.unwrap();
    let text = {
        let mut reader = world.home.app.read().await.unwrap();
        queries::texts(&mut reader, "s").await.unwrap().remove(0)
    };
    let on = |day: &str| world.district(at(&format!("{day}T06:00:00Z")));
    actions::moderate(&on("2023-10-02"), "s", &text.id, TextState::Shown)
        .await
        .unwrap();
    actions::set_present(&on("2023-10-04"), "s", 400)
        .await
        .unwrap();
    actions::moderate(&on("2023-10-06"), "s", &text.id, TextState::Hidden)
        .await
        .unwrap();
    for (day, present, shown) in [
        ("?as_of=2023-10-01", 540, false),
        ("?as_of=2023-10-02", 540, true),
        ("?as_of=2023-10-04", 400, true),
        ("?as_of=2023-10-06", 400, false),
        ("", 400, false),
    ] {
        let page = json(&world, &format!("/surveys/s/results.json{day}")).await;
        assert_eq!(page["stdyDscr"]["present"], present, "{day}");
        assert_eq!(page["stdyDscr"]["respRate"]["base"], present, "{day}");
        let words = page["dataDscr"]["var"][4]["texts"].as_array().unwrap();
        assert_eq!(words.len(), usize::from(shown), "{day}");
        let program = json(&world, &format!("/api/v1/surveys/s{day}")).await;
        assert_eq!(page, program, "programs read the same day");
        let hash = page["dataDscr"]["var"][0]["wording_sha256"]
            .as_str()
            .unwrap();
        let path = format!("/surveys/questions/{hash}/trend.json{day}");
        let trend = json(&world, &path).await;
        assert_eq!(trend["series"][0]["present"], present, "{day}");
    }
    let anybody = Browser::public(&world.home);
    let (_, page) = anybody.get("/surveys/s?lang=en&as_of=2023-10-02").await;
    assert!(
        page.contains("8 of 540 present") && page.contains(&text.body),
        "{page}"
    );
    log_is_sound(&world, "survey_").await;
}

#[tokio::test]
async fn a_number_or_a_text_changed_past_its_act_is_found() {
    let world = World::new(1).await;
    let survey = opened(&world, new("s"), five()).await;
    let words = Answer::Text("words".to_owned());
    answer(
        &world,
        &survey,
        "p",
        vec![("one", one("yes")), ("text", words)],
    )
    .await
    .unwrap();
    let text = {
        let mut reader = world.home.app.read().await.unwrap();
        queries::texts(&mut reader, "s").await.unwrap().remove(0)
    };
    let host = host(&world);
    actions::moderate(&host, "s", &text.id, TextState::Hidden)
        .await
        .unwrap();
    log_is_sound(&world, "survey_").await;
    let changed = async || {
        use crate::platform::audit::{open_key, verify};
        let app = &world.home.app;
        let key = open_key(&app.database, &app.settings.data, None)
            .await
            .unwrap();
        let mut reader = app.read().await.unwrap();
        let report = verify(&mut reader, key.verifier(), None).await.unwrap();
        let about = report.problems.into_iter();
        about
            .filter(|p| p.problem == "row_changed" && p.object.starts_with("survey_"))
            .count()
    };
    world
        .sql("update survey_present set present = 327", bind![])
        .await;
    assert_eq!(changed().await, 1);
    world
        .sql("update survey_moderated set state = 'shown'", bind![])
        .await;
    assert_eq!(changed().await, 2);
}

/// What stood in the tables before they knew this: the newest that was said, since its act, and nothing before it.
#[tokio::test]
async fn what_was_said_before_the_tables_were_there_is_taken_over() {
    let world = World::new(1).await;
    opened(&world, new("s"), five()).await;
    let later = world.district(at("2023-10-04T06:00:00Z"));
    actions::set_present(&later, "s", 400).await.unwrap();
    world.sql("delete from survey_present", bind![]).await;
    let migration = include_str!("../../../migrations/0069_survey_said.sql");
    let carry = migration
        .split("insert into survey_present")
        .nth(1)
        .unwrap()
        .split(';')
        .next()
        .unwrap();
    let carry: &'static str = format!("insert into survey_present{carry}").leak();
    world.sql(carry, bind![]).await;
    let mut reader = world.home.app.read().await.unwrap();
    for (moment, present) in [
        ("2023-10-03T00:00:00Z", None),
        ("2023-10-05T00:00:00Z", Some(400)),
    ] {
        let known = crate::surveys::store::present_before(&mut reader, "s", at(moment));
        assert_eq!(known.await.unwrap(), present, "{moment}");
    }
}
