//! What a report may say, who may send it, and that it counts once.

use super::world::*;
use super::*;
use crate::platform::inbox;
use crate::votingday::tests::world::{ELECTION, at};
use model::ItemStatus;
use proptest::prelude::*;

#[tokio::test]
async fn the_same_envelope_counts_once() {
    let ready = Ready::new(1).await;
    let who = ready.member("st1", "secretary");
    let envelope = ready.envelope(
        "st1",
        &[
            ("answer.cold", "no"),
            ("answer.booths", "3,0"),
            ("seen", "0"),
        ],
    );
    let first = inbox::take(&who, &envelope).await.unwrap();
    let second = inbox::take(&who, &envelope).await.unwrap();
    assert_eq!(first, second);
    // The room itself knows the report, whatever brings it.
    let mut tx = who.begin().await.unwrap();
    let third = actions::report_in(&mut tx, &who, &envelope).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(first, third);
    assert_eq!(ready.sequence("st1", "cold").await, 1);
    assert_eq!(ready.counts("st1").await.met, 2);
    let mut reader = ready.world.home.app.read().await.unwrap();
    let reports = queries::reports(&mut reader, ELECTION, "st1", 9)
        .await
        .unwrap();
    assert_eq!(reports.len(), 1);
    assert_eq!(reports[0].answers, 2);
    let answers = queries::answers(&mut reader, ELECTION, "st1")
        .await
        .unwrap();
    assert_eq!(answers[0].value, "3", "kept as one form");
}

#[tokio::test]
async fn unchanged_answers_are_not_written_again() {
    let ready = Ready::new(1).await;
    ready
        .send("st1", &[("answer.cold", "no"), ("answer.booths", "3")])
        .await
        .unwrap();
    let again = [
        ("answer.cold", "no"),
        ("base.cold", "1"),
        ("answer.booths", "4"),
        ("base.booths", "1"),
    ];
    ready.send("st1", &again).await.unwrap();
    assert_eq!(ready.sequence("st1", "cold").await, 1);
    assert_eq!(ready.sequence("st1", "booths").await, 2);
    // "All as before" is news too: the station is not silent.
    let later = ready.member_at("st1", "secretary", at("2023-10-04T06:00:00Z"));
    let same = [("answer.cold", "no"), ("base.cold", "1")];
    let taken = inbox::take(&later, &ready.envelope("st1", &same))
        .await
        .unwrap();
    assert_eq!(taken.state, "taken");
    let mut reader = ready.world.home.app.read().await.unwrap();
    let day = jiff::civil::date(2023, 10, 4);
    let counts = queries::station_counts(&mut reader, ELECTION, "st1", day)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(counts.reported_at, Some(at("2023-10-04T06:00:00Z")));
    assert_eq!(counts.day, day);
    let before = queries::station_counts(&mut reader, ELECTION, "st1", today())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(before.reported_at, Some(at(NOW)), "the day before stays");
}

#[tokio::test]
async fn all_that_is_wrong_is_told_at_once_and_nothing_is_written() {
    let ready = Ready::new(1).await;
    let long = "я".repeat(51);
    let wrong = [
        ("answer.power_main", "maybe"),
        ("answer.power_backup", "yes"),
        ("base.power_backup", "many"),
        ("answer.line_tested", "soon"),
        ("answer.booths", "21"),
        ("answer.weather_plan", long.as_str()),
        ("answer.fire_act", ""),
        ("note.fire_act", "no answer beside it"),
        ("answer.trained", "9"),
        ("answer.nothing", "yes"),
    ];
    let mut found = fields(ready.send("st1", &wrong).await.unwrap_err());
    found.sort();
    let expected = [
        "answer.booths",
        "answer.fire_act",
        "answer.line_tested",
        "answer.nothing",
        "answer.power_main",
        "answer.trained",
        "answer.weather_plan",
        "base.power_backup",
    ];
    assert_eq!(found, expected);
    assert_eq!(ready.counts("st1").await.unanswered, 9);
    let nothing = ready.send("st1", &[("answer.cold", "")]).await.unwrap_err();
    assert_eq!(fields(nothing), ["answer.cold"]);
    let future = [("answer.cold", "no"), ("base.cold", "7")];
    let refused = ready.send("st1", &future).await.unwrap_err();
    assert_eq!(fields(refused), ["base.cold"], "nobody saw this answer");
    let mut odd = ready.envelope("st1", &[("answer.cold", "no")]);
    for id in ["", "123456", "../x", "a/b-c"] {
        id.clone_into(&mut odd.id);
        let who = ready.member("st1", "secretary");
        let refused = inbox::take(&who, &odd).await.unwrap_err();
        assert_eq!(fields(refused), ["envelope"], "{id}");
    }
    let unknown = [("answer.cold", "no"), ("checklist_version", "9")];
    let refused = ready.send("st1", &unknown).await.unwrap_err();
    assert_eq!(fields(refused), ["checklist_version"]);
    ready.rows_are_vouched_for().await;
}

#[tokio::test]
async fn what_holds_brings_its_evidence() {
    let ready = Ready::new(1).await;
    let bare = [("answer.fire_act", "yes")];
    let refused = ready.send("st1", &bare).await.unwrap_err();
    assert_eq!(fields(refused), ["photo.fire_act", "note.fire_act"]);
    ready
        .send("st1", &[("answer.fire_act", "no")])
        .await
        .unwrap();
    let who = ready.member("st1", "secretary");
    let kept = photos(&who, &["photo.fire_act", "photo.layout"]).await;
    let mut envelope = ready.envelope(
        "st1",
        &[
            ("answer.fire_act", "yes"),
            ("base.fire_act", "1"),
            ("note.fire_act", "act No. 7"),
        ],
    );
    envelope.files = kept;
    inbox::take(&who, &envelope).await.unwrap();
    assert_eq!(ready.status("st1", "fire_act").await, Some(ItemStatus::Met));
    assert_eq!(ready.status("st1", "layout").await, Some(ItemStatus::Met));
    // What is unchanged needs no evidence again.
    let same = [("answer.fire_act", "yes"), ("base.fire_act", "2")];
    ready.send("st1", &same).await.unwrap();
    let mut reader = ready.world.home.app.read().await.unwrap();
    let answers = queries::answers(&mut reader, ELECTION, "st1")
        .await
        .unwrap();
    let act = answers.iter().rfind(|a| a.item == "fire_act").unwrap();
    assert_eq!((act.sequence, act.photos.len()), (2, 1));
    assert!(
        queries::has_photo(&mut reader, ELECTION, "st1", &act.photos[0])
            .await
            .unwrap()
    );
    drop(reader);
    ready.rows_are_vouched_for().await;
}

#[tokio::test]
async fn only_the_stations_own_commission_answers_and_only_before_the_count() {
    let ready = Ready::new(2).await;
    let envelope = ready.envelope("st1", &[("answer.cold", "no")]);
    let others = [
        ready.member("st2", "secretary"),
        ready
            .world
            .acting("d1-chair", "district.chair", "d1", at(NOW)),
        ready.world.acting("e", "body.energy", "d1", at(NOW)),
        ready.world.acting("c", "central.chair", "kz", at(NOW)),
    ];
    for who in &others {
        let refused = inbox::take(who, &envelope).await;
        assert!(
            matches!(refused, Err(Error::Forbidden(_))),
            "{:?}",
            who.actor()
        );
    }
    let own = ready.member("st1", "member");
    for (state, may) in [("voting", true), ("counting", false), ("published", false)] {
        ready
            .world
            .sql("update election set state = $1", crate::bind![state])
            .await;
        let fresh = ready.envelope("st1", &[("answer.cold", "no")]);
        assert_eq!(inbox::take(&own, &fresh).await.is_ok(), may, "{state}");
    }
    for (field, value) in [
        ("station", "st7"),
        ("election", "vote-2099"),
        ("station", "' or 1"),
    ] {
        let mut odd = ready.envelope("st1", &[("answer.cold", "no")]);
        odd.fields.insert(field.to_owned(), value.to_owned());
        let refused = inbox::take(&own, &odd).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{field}");
    }
}

#[tokio::test]
async fn a_station_answers_the_version_it_saw() {
    let ready = Ready::new(1).await;
    let mut newer = list();
    newer
        .items
        .retain(|i| i.id != "power_main" && i.id != "cold");
    let mut added = newer.items[0].clone();
    added.id = "generator".to_owned();
    newer.items.push(added);
    ready
        .send("st1", &[("answer.power_main", "no")])
        .await
        .unwrap();
    let task = ready.task("st1", "power_main").await;
    assert!(task.is_some());
    let office = ready.operator();
    let adopted = actions::adopt(&office, &newer, "newer").await.unwrap();
    assert_eq!(adopted.version, 2);
    actions::put_into_force(&office, ELECTION, "test-list", 2)
        .await
        .unwrap();
    let again = actions::put_into_force(&office, ELECTION, "test-list", 2).await;
    assert!(matches!(again, Err(Error::Conflict(_))));
    assert!(
        ready.task("st1", "power_main").await.is_none(),
        "no longer asked"
    );
    assert_eq!(ready.counts("st1").await.expected, 8);
    assert_eq!(ready.counts("st1").await.unmet, 0);

    // The form of the old version arrives late: kept, and counted where the item is still asked.
    let old = [("answer.cold", "yes"), ("answer.booths", "4")];
    ready.send("st1", &old).await.unwrap();
    assert_eq!(ready.status("st1", "cold").await, Some(ItemStatus::Unmet));
    assert!(ready.task("st1", "cold").await.is_none());
    assert_eq!(ready.counts("st1").await.met, 1);
    let new = [("answer.generator", "no"), ("checklist_version", "2")];
    ready.send("st1", &new).await.unwrap();
    let gone = [("answer.cold", "no"), ("checklist_version", "2")];
    assert_eq!(
        fields(ready.send("st1", &gone).await.unwrap_err()),
        ["answer.cold"]
    );

    // Back to the old questions: what is still unmet becomes a task again.
    actions::put_into_force(&office, ELECTION, "test-list", 1)
        .await
        .unwrap();
    assert!(ready.task("st1", "power_main").await.is_some());
    assert!(ready.task("st1", "generator").await.is_none());
    assert_eq!(ready.counts("st1").await.unmet, 2);
    ready.rows_are_vouched_for().await;
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever a phone sends is taken or refused by name; it never fails.
    #[test]
    fn any_fields_are_taken_or_refused(
        fields in prop::collection::btree_map(
            prop_oneof![
                "(answer|note|base)\\.(power_main|booths|line_tested|layout|trained|x)",
                "(seen|checklist|checklist_version|election|station)",
            ],
            prop_oneof!["[0-9a-z.,-]{0,12}", ".{0,30}", Just("yes".to_owned()), Just("2".to_owned())],
            0..8,
        )
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let ready = Ready::new(1).await;
            let pairs: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
            match ready.send("st1", &pairs).await {
                Ok(_) | Err(Error::Invalid(_) | Error::NotFound) => {}
                other => panic!("{other:?}"),
            }
        });
    }
}
