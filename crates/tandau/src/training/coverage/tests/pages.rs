//! Pages and files, as anybody and as an office reads them.

use super::hold;
use crate::commissions::tests::Browser;
use crate::training::presence::tests::Hall;
use crate::votingday::tests::world::at;
use axum::http::StatusCode;

const NOW: &str = "2023-10-03T06:00:00Z";

#[tokio::test]
async fn from_the_country_to_a_station_without_a_name() {
    let hall = Hall::new().await;
    hold(&hall, &["st1-chair", "st1-secretary", "st1-deputy"]).await;
    let home = &hall.world.home;
    home.app.clock.set(at(NOW));
    let anybody = Browser::public(home);
    let (status, country) = anybody.get("/training/coverage?lang=en").await;
    assert_eq!(status, StatusCode::OK, "{country}");
    assert!(
        country.contains("1 of 2 stations have a trained commission"),
        "{country}"
    );
    assert!(country.contains("href=\"/training/coverage/r1\""));
    let (_, region) = anybody.get("/training/coverage/r1?lang=ru").await;
    assert!(
        region.contains("href=\"/training/coverage/d1\""),
        "{region}"
    );
    let (_, district) = anybody.get("/training/coverage/d1?lang=kk").await;
    assert!(
        district.contains("/training/coverage/stations/st2"),
        "{district}"
    );
    let (_, station) = anybody.get("/training/coverage/stations/st1?lang=en").await;
    assert!(station.contains("No. 1: covered"), "{station}");
    for page in [&country, &region, &district, &station] {
        for name in ["st1-chair", "st1-secretary", "st2-member3", "d1-secretary"] {
            assert!(!page.contains(name), "{name}");
        }
    }
    // The day before the session nobody had passed.
    let (_, before) = anybody
        .get("/training/coverage?lang=en&as_of=2023-10-01")
        .await;
    assert!(before.contains("0 of 2 stations"), "{before}");
    for (path, wanted) in [
        (
            "/training/coverage?as_of=2024-01-01",
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            "/training/coverage?as_of=yesterday",
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        ("/training/coverage?election=none", StatusCode::NOT_FOUND),
        ("/training/coverage/d2", StatusCode::NOT_FOUND),
        ("/training/coverage/<b>", StatusCode::NOT_FOUND),
        ("/training/coverage/stations/none", StatusCode::NOT_FOUND),
    ] {
        let (status, _) = anybody
            .get(&path.replace('<', "%3C").replace('>', "%3E"))
            .await;
        assert_eq!(status, wanted, "{path}");
    }
    let (status, csv) = anybody.get("/training/coverage.csv?area=d1").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(csv.lines().count(), 3, "{csv}");
    assert!(csv.lines().any(|l| l.ends_with(",covered")), "{csv}");
    let (_, json) = anybody.get("/training/coverage.json").await;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["total"]["covered"], 1);
    assert_eq!(json["needs"][2]["percent"], 50);
    let (_, api) = anybody.get("/api/v1/training/coverage").await;
    let api: serde_json::Value = serde_json::from_str(&api).unwrap();
    assert_eq!(api["total"], json["total"]);
    let (_, api) = anybody.get("/api/v1/training/coverage/d1").await;
    let api: serde_json::Value = serde_json::from_str(&api).unwrap();
    assert_eq!(api["stations"][1]["state"], "uncovered");
}

#[tokio::test]
async fn a_station_tells_nothing_of_who_sits_there() {
    let hall = Hall::new().await;
    // The chair and a member: the secretary is missing, so one need of three holds.
    hold(&hall, &["st1-chair", "st1-member3"]).await;
    let home = &hall.world.home;
    home.app.clock.set(at(NOW));
    let anybody = Browser::public(home);
    let (_, station) = anybody.get("/training/coverage/stations/st1?lang=en").await;
    assert!(station.contains("No. 1: not yet covered"), "{station}");
    let main = station.split_once("<h1").unwrap().1;
    let main = main.split_once("</main>").unwrap().0;
    for word in ["<td", "<dd", "trained:", "passed:", ">yes<", ">no<"] {
        assert!(!main.contains(word), "{word}: {main}");
    }
    let (_, district) = anybody.get("/training/coverage/d1?lang=en").await;
    let rows = district.split_once("id=\"stations-h\"").unwrap().1;
    let rows = rows.split_once("</table>").unwrap().0;
    assert_eq!(rows.matches("not yet covered").count(), 2, "{rows}");
    for word in ["Missing", "Passed", "Invited", "secretary", "<strong>"] {
        assert!(!rows.contains(word), "{word}: {rows}");
    }
    let (_, csv) = anybody.get("/training/coverage.csv?area=d1").await;
    let columns = csv.lines().next().unwrap().trim();
    let columns = columns.trim_start_matches('\u{feff}');
    assert_eq!(
        columns,
        "election,as_of,station,number,name,region,district,state"
    );
    for path in [
        "/training/coverage.json?area=d1",
        "/api/v1/training/coverage/d1",
    ] {
        let (_, json) = anybody.get(path).await;
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let station = json["stations"][0].as_object().unwrap();
        let names: Vec<&str> = station.keys().map(String::as_str).collect();
        for name in ["people", "holds", "trained", "passed"] {
            assert!(!names.contains(&name), "{path}: {names:?}");
        }
        assert_eq!(station["state"], "uncovered");
    }
}

#[tokio::test]
async fn an_office_sees_who_is_missing_in_its_own_area() {
    let hall = Hall::new().await;
    hold(&hall, &["st1-chair", "st1-secretary", "st1-deputy"]).await;
    let home = &hall.world.home;
    home.app.clock.set(at(NOW));
    let office = Browser::signed_in(home, "d1-secretary").await;
    let (status, list) = office.get("/office/training/coverage?lang=en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        list.contains("1 station of your area is not covered"),
        "{list}"
    );
    assert!(list.contains("/office/training/coverage/st2"));
    assert!(!list.contains("/office/training/coverage/st1"));
    let (_, station) = office.get("/office/training/coverage/st2?lang=en").await;
    assert!(station.contains("st2-chair") && station.contains("not invited"));
    let own = Browser::signed_in(home, "st1-chair").await;
    let (_, list) = own.get("/office/training/coverage?lang=en").await;
    assert!(
        list.contains("All stations of your area are covered"),
        "{list}"
    );
    let (status, _) = own.get("/office/training/coverage/st2").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let elsewhere = Browser::signed_in(home, "d2-chair").await;
    let (status, _) = elsewhere.get("/office/training/coverage/st2").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}
