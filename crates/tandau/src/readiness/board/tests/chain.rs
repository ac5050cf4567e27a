//! What a station reports through the room's own actions stands on the public page at once.

use crate::bind;
use crate::commissions::tests::Browser;
use crate::platform::inbox;
use crate::readiness::tests::world::Ready;
use crate::votingday::tests::world::at;

#[tokio::test]
async fn a_report_changes_the_public_page() {
    let ready = Ready::new(2).await;
    let home = &ready.world.home;
    home.app.clock.set(at("2023-10-02T06:30:00Z"));
    ready
        .send(
            "st1",
            &[("answer.power_main", "no"), ("note.power_main", "SECRET")],
        )
        .await
        .unwrap();
    let browser = Browser::public(home);
    let (_, country) = browser.get("/readiness?lang=en").await;
    assert!(country.contains("One item is unmet, critical: 1."));
    let (_, station) = browser.get("/readiness/stations/st1?lang=en").await;
    assert!(
        station.contains("Power and heat supply: being put right since 2"),
        "{station}"
    );
    assert!(!station.contains("SECRET"));

    // The next day it is mended; the day before stays readable.
    home.app.clock.set(at("2023-10-03T06:30:00Z"));
    let who = ready.member_at("st1", "secretary", at("2023-10-03T06:00:00Z"));
    let mended = [("answer.power_main", "yes"), ("base.power_main", "1")];
    inbox::take(&who, &ready.envelope("st1", &mended))
        .await
        .unwrap();
    let (_, country) = browser.get("/readiness?lang=en").await;
    assert!(country.contains("No item is unmet."));
    let (_, before) = browser.get("/readiness?lang=en&as_of=2023-10-02").await;
    assert!(before.contains("One item is unmet, critical: 1."));
    let (_, then) = browser
        .get("/readiness/stations/st1?lang=en&as_of=2023-10-02")
        .await;
    assert!(then.contains("critical items unmet"));
}

#[tokio::test]
async fn one_row_of_a_station_is_the_latest() {
    let ready = Ready::new(1).await;
    let said = [("answer.power_main", "no")];
    ready.send("st1", &said).await.unwrap();
    for (day, base, value) in [("2023-10-03", "1", "yes"), ("2023-10-05", "2", "no")] {
        let now = at(&format!("{day}T06:00:00Z"));
        let who = ready.member_at("st1", "secretary", now);
        let again = [("answer.power_main", value), ("base.power_main", base)];
        inbox::take(&who, &ready.envelope("st1", &again))
            .await
            .unwrap();
    }
    let mut reader = ready.world.home.app.read().await.unwrap();
    let rows = reader
        .all(
            "select day, latest from readiness_station_day where station_id = 'st1' order by day",
            bind![],
        )
        .await
        .unwrap();
    let latest: Vec<bool> = rows.iter().map(|r| r.flag("latest").unwrap()).collect();
    assert!(latest.len() >= 3, "{}", latest.len());
    assert!(latest.iter().rev().skip(1).all(|l| !l) && latest[latest.len() - 1]);
}
