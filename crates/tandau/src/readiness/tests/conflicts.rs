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
