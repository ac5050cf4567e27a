//! "Ready" up the hierarchy: exceptions with reasons, what was signed, and what changed since.

use super::world::*;
use super::*;
use crate::commissions;
use crate::platform::Acting;
use crate::platform::inbox;
use crate::votingday::tests::world::{ELECTION, at};
use actions::Sign;
use model::Drift;
use std::collections::BTreeMap;

async fn seen(ready: &Ready, commission: &str) -> model::Snapshot {
    let mut reader = ready.world.home.app.read().await.unwrap();
    let commission = commissions::queries::by_id(&mut reader, commission)
        .await
        .unwrap();
    actions::snapshot(&mut reader, ELECTION, &commission, today())
        .await
        .unwrap()
}

async fn sign(
    ready: &Ready,
    who: &Acting,
    commission: &str,
    reasons: &[(&str, &str)],
) -> Result<u64, Error> {
    let input = Sign {
        election_id: ELECTION.to_owned(),
        commission_id: commission.to_owned(),
        seen: seen(ready, commission).await.sha256,
        reasons: reasons
            .iter()
            .map(|(f, r)| ((*f).to_owned(), (*r).to_owned()))
            .collect(),
    };
    actions::sign(who, &input).await
}

/// Everything of a station is there, but for what is named.
async fn answer_all(ready: &Ready, station: &str, unmet: &[&str]) {
    let yes = |item: &str| if unmet.contains(&item) { "no" } else { "yes" };
    let fields = [
        ("answer.power_main", yes("power_main")),
        ("answer.power_backup", "na"),
        ("answer.line_tested", "2023-10-01"),
        (
            "answer.cold",
            if unmet.contains(&"cold") { "yes" } else { "no" },
        ),
        ("answer.booths", "4"),
        ("answer.weather_plan", "shovels"),
        ("answer.fire_act", yes("fire_act")),
        ("note.fire_act", "act No. 7"),
    ];
    let who = ready.member(station, "secretary");
    let mut envelope = ready.envelope(station, &fields);
    envelope.files = photos(&who, &["photo.fire_act", "photo.layout"]).await;
    inbox::take(&who, &envelope).await.unwrap();
    let office = ready.operator();
    let mut tx = office.begin().await.unwrap();
    actions::tell_in(&mut tx, &office, ELECTION, station, "trained", "yes")
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn drift(ready: &Ready, commission: &str) -> Vec<Drift> {
    let mut reader = ready.world.home.app.read().await.unwrap();
    let commission = commissions::queries::by_id(&mut reader, commission)
        .await
        .unwrap();
    queries::drift(&mut reader, ELECTION, &commission, today())
        .await
        .unwrap()
}

#[tokio::test]
async fn a_commission_signs_what_is_ready_or_says_why_not() {
    let ready = Ready::new(2).await;
    let chair = ready.member("st1", "chair");
    let bare = sign(&ready, &chair, "st1-pec", &[]).await.unwrap_err();
    assert_eq!(fields(bare).len(), 9, "nothing is answered");
    answer_all(&ready, "st1", &["cold", "fire_act"]).await;
    assert!(
        drift(&ready, "st1-pec").await.is_empty(),
        "nothing is signed"
    );
    let refused = sign(&ready, &chair, "st1-pec", &[("reason.fire_act", " ")]).await;
    assert_eq!(
        fields(refused.unwrap_err()),
        ["reason.cold", "reason.fire_act"],
        "a minor thing is said too"
    );
    let others = [
        ready.member("st1", "secretary"),
        ready.member("st2", "chair"),
        ready
            .world
            .acting("d1-chair", "district.chair", "d1", at(NOW)),
    ];
    let reason = [
        ("reason.fire_act", "the inspector comes on Monday"),
        ("reason.cold", "heaters come on Friday"),
    ];
    for who in &others {
        let refused = sign(&ready, who, "st1-pec", &reason).await;
        assert!(matches!(refused, Err(Error::Forbidden(_))));
    }
    assert_eq!(sign(&ready, &chair, "st1-pec", &reason).await.unwrap(), 1);
    let mut reader = ready.world.home.app.read().await.unwrap();
    let signed = queries::signatures(&mut reader, ELECTION, "st1-pec")
        .await
        .unwrap();
    let exceptions = queries::exceptions(&mut reader, &signed[0]).await.unwrap();
    let excepted: Vec<_> = exceptions.iter().map(|e| e.item.as_str()).collect();
    assert_eq!(excepted, ["cold", "fire_act"]);
    assert!(signed[0].snapshot.contains("\n= fire_act unmet 1\n"));
    drop(reader);

    // What was read must still hold when it is signed.
    let old = seen(&ready, "st1-pec").await;
    let mended = [("answer.cold", "no"), ("base.cold", "1")];
    ready.send("st1", &mended).await.unwrap();
    let stale = Sign {
        election_id: ELECTION.to_owned(),
        commission_id: "st1-pec".to_owned(),
        seen: old.sha256,
        reasons: BTreeMap::new(),
    };
    let refused = actions::sign(&chair, &stale).await;
    assert!(matches!(refused, Err(Error::Conflict(_))));
    let changes = drift(&ready, "st1-pec").await;
    assert_eq!(changes.len(), 1);
    let one = &changes[0];
    assert_eq!(
        (one.item.as_str(), one.was.as_str(), one.now.as_str()),
        ("cold", "unmet", "met")
    );
    assert_eq!(sign(&ready, &chair, "st1-pec", &reason).await.unwrap(), 2);
    assert!(drift(&ready, "st1-pec").await.is_empty());
    ready.rows_are_vouched_for().await;
}

#[tokio::test]
async fn commissions_above_sign_when_those_below_have() {
    let ready = Ready::new(2).await;
    for station in ["st1", "st2"] {
        answer_all(&ready, station, &[]).await;
    }
    let counts = ready.counts("st1").await;
    assert!(counts.is_ready(), "{counts:?}");
    let district = ready
        .world
        .acting("d1-chair", "district.chair", "d1", at(NOW));
    let bare = sign(&ready, &district, "d1", &[]).await.unwrap_err();
    assert_eq!(fields(bare), ["reason.st1", "reason.st2"]);
    let chair = ready.member("st1", "chair");
    sign(&ready, &chair, "st1-pec", &[]).await.unwrap();
    let reason = [("reason.st2", "the chair is ill")];
    assert_eq!(sign(&ready, &district, "d1", &reason).await.unwrap(), 1);
    let other = ready.member("st2", "chair");
    sign(&ready, &other, "st2-pec", &[]).await.unwrap();
    let changes = drift(&ready, "d1").await;
    assert_eq!(changes.len(), 1);
    assert_eq!(
        (changes[0].subject.as_str(), changes[0].was.as_str()),
        ("st2", "0")
    );
    assert_eq!(sign(&ready, &district, "d1", &[]).await.unwrap(), 2);
    assert!(drift(&ready, "d1").await.is_empty());

    // A station that changes after its signature shows in the district's drift.
    let later = ready.member_at("st2", "secretary", at("2023-10-02T09:00:00Z"));
    let dark = [("answer.power_main", "no"), ("base.power_main", "1")];
    inbox::take(&later, &ready.envelope("st2", &dark))
        .await
        .unwrap();
    let changes = drift(&ready, "d1").await;
    assert_eq!(
        (changes[0].subject.as_str(), changes[0].changed),
        ("st2", 1)
    );
    // The region sees it too, and can't call it ready without a word.
    let region = "insert into commission (id, level, area_id, size, term_from, term_until)
        values ('r1', 'region', 'r1', 5, '2019-01-01', '2024-01-01')";
    ready.world.sql(region, crate::bind![]).await;
    let above = seen(&ready, "r1").await;
    assert_eq!(above.missing.len(), 1);
    assert_eq!(above.missing[0].why, "drifted");
    // Signed anew with an exception: all above know how many.
    let chair = ready.member_at("st2", "chair", at("2023-10-02T10:00:00Z"));
    let why = [("reason.power_main", "the generator runs")];
    sign(&ready, &chair, "st2-pec", &why).await.unwrap();
    let above = seen(&ready, "r1").await;
    assert_eq!(
        above.missing[0].why, "drifted",
        "the district signed before"
    );
    let district = ready.world.acting(
        "d1-chair",
        "district.chair",
        "d1",
        at("2023-10-02T11:00:00Z"),
    );
    sign(&ready, &district, "d1", &[]).await.unwrap();
    for commission in ["d1", "r1"] {
        let now = seen(&ready, commission).await;
        assert_eq!(now.missing, [], "{commission}");
        let carried: Vec<u64> = now.carried.iter().map(|c| c.exceptions).collect();
        assert_eq!(carried, [1], "{commission}");
    }
    let mut reader = ready.world.home.app.read().await.unwrap();
    let level = commissions::Level::Precinct;
    let under = queries::signatures_under(&mut reader, ELECTION, "r1", level)
        .await
        .unwrap();
    assert_eq!(under.len(), 2);
    let elsewhere = commissions::queries::by_id(&mut reader, "d2")
        .await
        .unwrap();
    let nothing = actions::snapshot(&mut reader, ELECTION, &elsewhere, today()).await;
    assert!(
        matches!(nothing, Err(Error::NotFound)),
        "nothing answers there"
    );
}

#[tokio::test]
async fn an_answer_begun_before_a_signature_and_taken_after_it_is_drift() {
    let ready = Ready::new(1).await;
    answer_all(&ready, "st1", &[]).await;
    sign(&ready, &ready.member("st1", "chair"), "st1-pec", &[])
        .await
        .unwrap();
    let district = ready
        .world
        .acting("d1-chair", "district.chair", "d1", at(NOW));
    sign(&ready, &district, "d1", &[]).await.unwrap();
    let browser = crate::commissions::tests::Browser::public(&ready.world.home);
    let page = async || browser.get("/readiness/districts/d1?lang=en").await.1;
    ready.world.home.app.clock.set(at("2023-10-02T06:30:00Z"));
    assert!(page().await.contains("holds"), "{}", page().await);
    // Its request began a minute before the signature.
    let early = ready.member_at("st1", "secretary", at("2023-10-02T05:59:00Z"));
    let dark = [("answer.power_main", "no"), ("base.power_main", "1")];
    inbox::take(&early, &ready.envelope("st1", &dark))
        .await
        .unwrap();
    let changes = drift(&ready, "d1").await;
    assert_eq!(changes.len(), 1);
    assert_eq!(
        (changes[0].subject.as_str(), changes[0].changed),
        ("st1", 1)
    );
    assert!(page().await.contains("changed since"), "everybody sees it");
}

#[tokio::test]
async fn the_public_page_sees_drift_on_the_day_of_signing_though_the_sums_are_the_same() {
    let ready = Ready::new(2).await;
    answer_all(&ready, "st1", &[]).await;
    answer_all(&ready, "st2", &["power_main"]).await;
    sign(&ready, &ready.member("st1", "chair"), "st1-pec", &[])
        .await
        .unwrap();
    let why = [("reason.power_main", "the generator runs")];
    sign(&ready, &ready.member("st2", "chair"), "st2-pec", &why)
        .await
        .unwrap();
    let district = ready
        .world
        .acting("d1-chair", "district.chair", "d1", at(NOW));
    sign(&ready, &district, "d1", &[]).await.unwrap();
    ready.world.home.app.clock.set(at("2023-10-02T10:00:00Z"));
    let browser = crate::commissions::tests::Browser::public(&ready.world.home);
    let page = async |address: &str| browser.get(address).await.1;
    for address in ["/readiness?lang=en", "/readiness/districts/d1?lang=en"] {
        assert!(!page(address).await.contains("changed since"), "{address}");
    }
    // One is mended, another breaks, an hour later.
    for (station, says) in [("st1", "no"), ("st2", "yes")] {
        let later = ready.member_at(station, "secretary", at("2023-10-02T07:00:00Z"));
        let answer = [("answer.power_main", says), ("base.power_main", "1")];
        inbox::take(&later, &ready.envelope(station, &answer))
            .await
            .unwrap();
    }
    for address in ["/readiness?lang=en", "/readiness/districts/d1?lang=en"] {
        assert!(page(address).await.contains("changed since"), "{address}");
    }
    // And it still says so of this day when the day is over.
    ready.world.home.app.clock.set(at("2023-10-04T06:00:00Z"));
    let then = page("/readiness/districts/d1?lang=en&as_of=2023-10-02").await;
    assert!(then.contains("changed since"), "{then}");
}

/// The clock of a later request was behind: what was signed later stands later all the same.
#[tokio::test]
async fn signatures_stand_in_the_order_in_which_they_were_given() {
    let ready = Ready::new(2).await;
    for station in ["st1", "st2"] {
        answer_all(&ready, station, &[]).await;
        let chair = ready.member(station, "chair");
        sign(&ready, &chair, &format!("{station}-pec"), &[])
            .await
            .unwrap();
    }
    let district = ready
        .world
        .acting("d1-chair", "district.chair", "d1", at(NOW));
    sign(&ready, &district, "d1", &[]).await.unwrap();
    let region = "insert into commission (id, level, area_id, size, term_from, term_until)
        values ('r1', 'region', 'r1', 5, '2019-01-01', '2024-01-01')";
    ready.world.sql(region, crate::bind![]).await;
    assert_eq!(seen(&ready, "r1").await.missing, []);
    let early = ready.member_at("st2", "chair", at("2023-10-02T05:30:00Z"));
    sign(&ready, &early, "st2-pec", &[]).await.unwrap();
    let above = seen(&ready, "r1").await;
    assert_eq!(above.missing.len(), 1);
    assert_eq!(above.missing[0].why, "drifted");
    let mut reader = ready.world.home.app.read().await.unwrap();
    let of_station = queries::signatures(&mut reader, ELECTION, "st2-pec")
        .await
        .unwrap();
    let of_district = queries::signatures(&mut reader, ELECTION, "d1")
        .await
        .unwrap();
    let places: Vec<u64> = of_station.iter().map(|s| s.place).collect();
    assert_eq!((places, of_district[0].place), (vec![4, 2], 3));
    drop(reader);
    // The public page of that day, when it is over, says so as well.
    ready.world.home.app.clock.set(at("2023-10-04T06:00:00Z"));
    let browser = crate::commissions::tests::Browser::public(&ready.world.home);
    let page = "/readiness/districts/d1?lang=en&as_of=2023-10-02";
    let (_, then) = browser.get(page).await;
    assert!(then.contains("changed since"), "{then}");
}
