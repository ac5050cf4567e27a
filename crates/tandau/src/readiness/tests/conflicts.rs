//! Two people answered: both are kept, and a person decides.

use super::world::*;
use super::*;
use crate::platform::inbox;
use crate::votingday::tests::world::ELECTION;
use actions::Settle;
use model::{Cause, ItemStatus};

/// A fresh form of somebody who saw nothing yet.
async fn says(ready: &Ready, office: &str, fields: &[(&str, &str)]) -> Result<inbox::Taken, Error> {
    let who = ready.member("st1", office);
    inbox::take(&who, &ready.envelope("st1", fields)).await
}

fn settle(sequence: u64, seen: u64, reason: &str) -> Settle {
    Settle {
        election_id: ELECTION.to_owned(),
        station_id: "st1".to_owned(),
        item: "power_main".to_owned(),
        sequence,
        seen,
        reason: reason.to_owned(),
    }
}

#[tokio::test]
async fn different_answers_to_one_question_are_a_conflict_that_somebody_settles() {
    let ready = Ready::new(1).await;
    let first = [("answer.power_main", "yes"), ("seen", "0")];
    says(&ready, "secretary", &first).await.unwrap();
    let other = [
        ("answer.power_main", "no"),
        ("answer.booths", "1"),
        ("seen", "0"),
    ];
    let taken = says(&ready, "member", &other).await.unwrap();
    assert_eq!(taken.state, "conflict");
    assert!(
        taken
            .href
            .starts_with("/office/readiness/stations/st1/reports/")
    );
    let disputed = Some(ItemStatus::Disputed);
    assert_eq!(ready.status("st1", "power_main").await, disputed);
    let counts = ready.counts("st1").await;
    assert_eq!((counts.disputed, counts.met, counts.unmet), (1, 0, 1));
    assert!(
        ready.task("st1", "power_main").await.is_none(),
        "not decided yet"
    );

    // A further answer, given in sight of both, ends nothing: somebody decides.
    let third = [("answer.power_main", "yes"), ("base.power_main", "2")];
    says(&ready, "secretary", &third).await.unwrap();
    assert_eq!(ready.status("st1", "power_main").await, disputed);

    let chair = ready.member("st1", "chair");
    let wrong = actions::settle(&ready.member("st1", "member"), &settle(2, 3, "x")).await;
    assert!(matches!(wrong, Err(Error::Forbidden(_))));
    let stale = actions::settle(&chair, &settle(2, 2, "x")).await;
    assert!(matches!(stale, Err(Error::Conflict(_))));
    let silent = actions::settle(&chair, &settle(2, 3, " "))
        .await
        .unwrap_err();
    assert_eq!(fields(silent), ["reason"]);
    let none = actions::settle(&chair, &settle(9, 3, "x"))
        .await
        .unwrap_err();
    assert_eq!(fields(none), ["sequence"]);
    actions::settle(&chair, &settle(2, 3, "the electrician was here"))
        .await
        .unwrap();
    assert_eq!(
        ready.status("st1", "power_main").await,
        Some(ItemStatus::Unmet)
    );
    assert!(ready.task("st1", "power_main").await.is_some());
    let twice = actions::settle(&chair, &settle(2, 4, "x")).await;
    assert!(matches!(twice, Err(Error::Conflict(_))));

    let mut reader = ready.world.home.app.read().await.unwrap();
    let answers = queries::answers(&mut reader, ELECTION, "st1")
        .await
        .unwrap();
    let story: Vec<_> = answers
        .iter()
        .filter(|a| a.item == "power_main")
        .map(|a| (a.cause, a.value.as_str(), a.conflict))
        .collect();
    let expected = [
        (Cause::Station, "yes", false),
        (Cause::Station, "no", true),
        (Cause::Station, "yes", false),
        (Cause::Settled, "no", false),
    ];
    assert_eq!(story, expected);
    drop(reader);
    ready.rows_are_vouched_for().await;
}

#[tokio::test]
async fn the_same_answer_twice_is_no_conflict_and_other_questions_are_parallel() {
    let ready = Ready::new(1).await;
    let one = [("answer.power_main", "yes"), ("seen", "1")];
    says(&ready, "secretary", &one).await.unwrap();
    let same = [("answer.power_main", "yes"), ("seen", "0")];
    let taken = says(&ready, "member", &same).await.unwrap();
    assert_eq!(taken.state, "taken");
    assert_eq!(
        ready.sequence("st1", "power_main").await,
        2,
        "both are kept"
    );
    let beside = [("answer.booths", "4"), ("seen", "0")];
    let taken = says(&ready, "chair", &beside).await.unwrap();
    assert_eq!(taken.state, "parallel");
    // In sight of all that was said, nothing is parallel; one's own answers are no other's.
    let mut reader = ready.world.home.app.read().await.unwrap();
    let place = queries::place(&mut reader, ELECTION, "st1").await.unwrap();
    drop(reader);
    let seen = place.revision.to_string();
    let after = [("answer.cold", "no"), ("seen", seen.as_str())];
    assert_eq!(
        says(&ready, "secretary", &after).await.unwrap().state,
        "taken"
    );
    let own = [("answer.weather_plan", "shovels"), ("seen", seen.as_str())];
    assert_eq!(
        says(&ready, "secretary", &own).await.unwrap().state,
        "taken"
    );
}

#[tokio::test]
async fn who_left_an_answer_as_it_was_contradicts_nobody() {
    let ready = Ready::new(1).await;
    says(&ready, "secretary", &[("answer.power_main", "no")])
        .await
        .unwrap();
    let mended = [("answer.power_main", "yes"), ("base.power_main", "1")];
    says(&ready, "secretary", &mended).await.unwrap();
    // The form of a member was opened before; only the booths were answered in it.
    let late = [
        ("answer.power_main", "no"),
        ("base.power_main", "1"),
        ("answer.booths", "3"),
    ];
    let taken = says(&ready, "member", &late).await.unwrap();
    assert_ne!(taken.state, "conflict");
    assert_eq!(
        ready.status("st1", "power_main").await,
        Some(ItemStatus::Met)
    );
    // Somebody's own later correction is no conflict either.
    let own = [
        ("answer.power_main", "no"),
        ("base.power_main", "1"),
        ("note.power_main", "out again"),
    ];
    let taken = says(&ready, "secretary", &own).await.unwrap();
    assert_eq!(taken.state, "taken");
    assert_eq!(
        ready.status("st1", "power_main").await,
        Some(ItemStatus::Unmet)
    );
}

#[tokio::test]
async fn a_dispute_still_stands_when_its_day_is_looked_at_later() {
    let ready = Ready::new(1).await;
    for (office, base, value) in [
        ("secretary", "0", "yes"),
        ("member", "0", "no"),
        ("secretary", "2", "yes"),
    ] {
        let fields = [("answer.power_main", value), ("base.power_main", base)];
        says(&ready, office, &fields).await.unwrap();
    }
    let disputed = Some(ItemStatus::Disputed);
    assert_eq!(ready.status("st1", "power_main").await, disputed);
    ready
        .world
        .home
        .app
        .clock
        .set(crate::votingday::tests::world::at("2023-10-03T06:00:00Z"));
    let browser = crate::commissions::tests::Browser::public(&ready.world.home);
    let (_, text) = browser
        .get("/readiness/stations/st1.json?as_of=2023-10-02")
        .await;
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let items = json["items"].as_array().unwrap();
    let item = items.iter().find(|i| i["id"] == "power_main").unwrap();
    assert_eq!(item["status"], "disputed", "{item}");
}

#[tokio::test]
async fn whoever_settles_a_dispute_sees_the_photos_of_both() {
    let ready = Ready::new(1).await;
    let mut kept = Vec::new();
    for (office, value) in [("secretary", "yes"), ("member", "no")] {
        let who = ready.member("st1", office);
        let mut envelope = ready.envelope("st1", &[("answer.power_main", value)]);
        envelope.files = photos(&who, &["photo.power_main"]).await;
        kept.push(envelope.files["photo.power_main"][0].clone());
        inbox::take(&who, &envelope).await.unwrap();
    }
    let chair = crate::commissions::tests::Browser::signed_in(&ready.world.home, "st1-chair").await;
    let (status, text) = chair
        .get("/office/readiness/settle/st1/power_main?lang=en")
        .await;
    assert_eq!(status, axum::http::StatusCode::OK, "{text}");
    for file in &kept {
        let href = format!("/office/readiness/stations/st1/photos/{file}");
        assert!(text.contains(&href), "{file}: {text}");
        let (status, _) = chair.get(&format!("{href}?election={ELECTION}")).await;
        assert_eq!(status, axum::http::StatusCode::OK);
    }
}
