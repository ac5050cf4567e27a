//! Pages and files over HTTP: figures, days, wrong addresses, what must not be shown.

use super::figures::Asking;
use super::papers::mending;
use crate::bind;
use crate::commissions::tests::Browser;
use crate::votingday::tests::world::World;

const PAGES: [&str; 5] = [
    "/readiness",
    "/readiness/regions/r1",
    "/readiness/districts/d1",
    "/readiness/stations/st1",
    "/readiness/stations/st2",
];

/// The page without markup, in one line.
fn words(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text.replace("&#60;", "<")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[tokio::test]
async fn every_page_says_the_figures_of_the_tables() {
    let asking = Asking::story().await;
    mending(&asking).await;
    let browser = Browser::public(&asking.world.home);
    let (status, text) = browser.get("/readiness?lang=en").await;
    assert!(status.is_success());
    let text = words(&text);
    assert!(
        text.contains("0 of 4 stations are ready; 34 days are left"),
        "{text}"
    );
    assert!(text.contains("3 items are unmet, of these critical: 1."));
    assert!(text.contains("About one item the answers differ."));
    assert!(text.contains("no longer ready: 1"));
    assert!(text.contains("Stations without a report for 7 days: 1."));
    let (_, region) = browser.get("/readiness/regions/r1?lang=en").await;
    assert!(words(&region).contains("r1: 0 of 4 stations ready"));
    let (_, district) = browser.get("/readiness/districts/d1?lang=en").await;
    assert!(words(&district).contains("d1: 0 of 3 stations ready"));
    let (_, station) = browser.get("/readiness/stations/st2?lang=en").await;
    let station = words(&station);
    assert!(station.contains("Polling station No. 2: critical items unmet"));
    assert!(
        station.contains("being put right since"),
        "the task is told: {station}"
    );
    assert!(station.contains("taken on") && station.contains("Power and heat supply"));
}

#[tokio::test]
async fn pages_hold_in_all_languages_days_and_sections() {
    let asking = Asking::story().await;
    let browser = Browser::public(&asking.world.home);
    for page in PAGES {
        for lang in ["kk", "ru", "en"] {
            for query in [
                "",
                "&as_of=2023-09-30",
                "&section=power",
                "&as_of=2023-09-30&section=order",
            ] {
                let path = format!("{page}?lang={lang}{query}");
                let (status, text) = browser.get(&path).await;
                assert!(status.is_success(), "{path}: {status}");
                assert!(!text.contains("board-"), "{path}: a key without a text");
                assert!(!text.contains("SECRET"), "{path}");
                assert!(!text.contains("sign <b>"), "{path}: markup in a wording");
            }
        }
    }
}

#[tokio::test]
async fn a_day_before_shows_what_was_then() {
    let asking = Asking::story().await;
    let browser = Browser::public(&asking.world.home);
    let (_, text) = browser.get("/readiness?lang=en&as_of=2023-10-01").await;
    let text = words(&text);
    assert!(
        text.contains("1 of 4 stations are ready; 35 days are left"),
        "{text}"
    );
    assert!(text.contains("As of the end of 1 October 2023"));
    assert!(text.contains("became ready: 1"));
    // A region and a district tell the same of themselves.
    for page in ["/readiness/regions/r1", "/readiness/districts/d1"] {
        let (_, text) = browser
            .get(&format!("{page}?lang=en&as_of=2023-10-01"))
            .await;
        let text = words(&text);
        assert!(text.contains("became ready: 1"), "{page}: {text}");
        for part in ["changes-h", "worst-h", "silent-h"] {
            let (_, html) = browser.get(&format!("{page}?lang=en")).await;
            assert!(html.contains(part), "{page}: {part}");
        }
    }
    let (_, html) = browser.get("/readiness?lang=en&as_of=2023-10-01").await;
    assert!(
        html.contains("/readiness/districts/d1?as_of=2023-10-01"),
        "links stay on the day"
    );
}

#[tokio::test]
async fn what_can_not_be_is_refused_with_the_reason() {
    let asking = Asking::story().await;
    let browser = Browser::public(&asking.world.home);
    for (path, status, reason) in [
        (
            "/readiness?lang=en&as_of=2023-10-03",
            422,
            "has not come yet",
        ),
        (
            "/readiness?lang=en&as_of=rubbish",
            422,
            "year, month and day",
        ),
        ("/readiness?lang=en&section=none", 422, "no such section"),
        ("/readiness?lang=en&silent=0", 422, "from 1 to 60"),
        ("/readiness?lang=en&silent=-1", 422, "from 1 to 60"),
        ("/readiness?election=none", 404, ""),
        ("/readiness/regions/none", 404, ""),
        ("/readiness/districts/none", 404, ""),
        ("/readiness/stations/none", 404, ""),
        ("/readiness/stations/st1.xml", 404, ""),
        ("/readiness/stations/none.csv", 404, ""),
        ("/readiness/stations/..%2F..%2Fetc", 404, ""),
        ("/readiness.csv?as_of=2024-01-01", 422, ""),
        ("/api/v1/readiness?as_of=2024-01-01", 422, ""),
        ("/api/v1/readiness/stations/none", 404, ""),
        ("/api/v1/readiness/districts/none", 404, ""),
    ] {
        let (answer, text) = browser.get(path).await;
        assert_eq!(answer.as_u16(), status, "{path}");
        assert!(text.contains(reason), "{path}: {reason}");
    }
}

#[tokio::test]
async fn files_are_complete_and_hold_no_formula() {
    let asking = Asking::story().await;
    mending(&asking).await;
    asking
        .world
        .sql(
            "update station_version set name_en = '=1+1' where station_id = 'st3'",
            bind![],
        )
        .await;
    let browser = Browser::public(&asking.world.home);
    let (_, csv) = browser.get("/readiness.csv?lang=en").await;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.unwrap()).collect();
    assert_eq!(rows.len(), 4);
    for (area, count) in [("d1", 3), ("r1", 4), ("none", 0)] {
        let (_, csv) = browser.get(&format!("/readiness.csv?area={area}")).await;
        assert_eq!(csv.lines().count(), count + 1, "{area}");
    }
    assert_eq!(&rows[1][7], "critical");
    assert_eq!(&rows[2][4], "'=1+1");
    let (_, csv) = browser.get("/readiness/stations/st2.csv?lang=ru").await;
    assert!(csv.contains("Есть ли питание?") && csv.contains("energy") && csv.contains("accepted"));
    for path in [
        "/readiness.json",
        "/readiness/stations/st2.json",
        "/api/v1/readiness",
        "/api/v1/readiness/districts/d1",
        "/api/v1/readiness/stations/st2",
    ] {
        let (status, text) = browser.get(path).await;
        assert!(status.is_success(), "{path}");
        serde_json::from_str::<serde_json::Value>(&text).unwrap();
        assert!(!text.contains("SECRET"), "{path}");
    }
}

#[tokio::test]
async fn a_place_without_readiness_says_so() {
    let world = World::new(1).await;
    let browser = Browser::public(&world.home);
    for page in [
        "/readiness",
        "/readiness/regions/r1",
        "/readiness/districts/d1",
        "/readiness/stations/st1",
        "/readiness?election=vote-2023",
    ] {
        let (status, _) = browser.get(page).await;
        assert!(status.is_success(), "{page}");
    }
}

#[tokio::test]
async fn signatures_show_what_has_changed_since() {
    let asking = Asking::story().await;
    asking
        .world
        .sql(
            "insert into readiness_signature (election_id, commission_id, version, area_id, level, snapshot, sha256, exceptions, made_by, made_at)
                values ('vote-2023', 'd1', 1, 'd1', 'district', '', '', 0, 'SECRET PERSON', $1)",
            bind![crate::votingday::tests::world::at("2023-10-01T10:00:00Z")],
        )
        .await;
    let browser = Browser::public(&asking.world.home);
    for page in ["/readiness?lang=en", "/readiness/districts/d1?lang=en"] {
        let (_, text) = browser.get(page).await;
        let text = words(&text);
        assert!(text.contains("1 of 3 0 of 3 changed since"), "{text}");
    }
    let (_, before) = browser.get("/readiness?lang=en&as_of=2023-09-30").await;
    assert!(!words(&before).contains("changed since"));
    let (_, then) = browser.get("/readiness?lang=en&as_of=2023-10-01").await;
    assert!(words(&then).contains("1 of 3 1 of 3 holds"));
}

#[tokio::test]
async fn the_nearest_voting_day_that_has_not_passed_is_shown_first() {
    let asking = Asking::story().await;
    for (id, day) in [("vote-2022", "2022-11-05"), ("vote-2026", "2026-11-05")] {
        asking
            .world
            .sql(
                "insert into election (id, rules_id, rules_sha256, title_kk, title_ru, title_en, area_id, zone, voting_day, state,
                        state_since, synthetic, created_at)
                    select $1, rules_id, rules_sha256, title_kk, title_ru, title_en, area_id, zone, $2, state, 0, synthetic, 0
                    from election where id = 'vote-2023'",
                bind![id, day],
            )
            .await;
        asking
            .world
            .sql(
                "insert into readiness_district_day (election_id, district_id, section, day, region_id, stations, ready, silent, expected, met,
                        unmet, unmet_critical, na, disputed, unanswered)
                    values ($1, 'd1', '', '2022-10-01', 'r1', 1, 0, 0, 1, 0, 0, 0, 0, 0, 1)",
                bind![id],
            )
            .await;
    }
    let app = &asking.world.home.app;
    for (now, expected) in [
        ("2023-10-02T06:00:00Z", "vote-2023"),
        ("2024-01-02T06:00:00Z", "vote-2026"),
        ("2027-01-02T06:00:00Z", "vote-2026"),
        ("2022-01-02T06:00:00Z", "vote-2022"),
    ] {
        let mut reader = app.read().await.unwrap();
        let today = crate::votingday::tests::world::at(now)
            .to_zoned_datetime(jiff::tz::TimeZone::UTC)
            .date();
        let shown = super::super::queries::election(&mut reader, None, today)
            .await
            .unwrap();
        assert_eq!(shown.unwrap().id, expected, "{now}");
    }
}

/// Pages of days that are over are there once for everybody; those of today follow what happens.
#[tokio::test]
async fn a_day_that_is_over_is_kept_and_today_is_not_behind() {
    let asking = Asking::story().await;
    asking.world.home.app.kept.set_followed(true);
    let browser = Browser::public(&asking.world.home);
    let over = [
        "/readiness?lang=en&as_of=2023-09-30",
        "/readiness?lang=ru&as_of=2023-09-30&section=power",
        "/readiness/regions/r1?lang=en&as_of=2023-09-30",
        "/readiness/districts/d1?lang=en&as_of=2023-09-30",
        "/readiness/stations/st1?lang=en&as_of=2023-09-30",
        "/readiness.csv?as_of=2023-09-30",
        "/readiness/stations/st1.json?as_of=2023-09-30",
        "/readiness/districts/d1/report.pdf?as_of=2023-09-30",
        "/api/v1/readiness?as_of=2023-09-30",
        "/api/v1/readiness/districts/d1?as_of=2023-09-30",
        "/api/v1/readiness/stations/st1?as_of=2023-09-30",
    ];
    let mut before = Vec::new();
    for page in over {
        let (status, text) = browser.get(page).await;
        assert!(status.is_success(), "{page}: {text}");
        before.push(text);
    }
    let (_, now) = browser.get("/readiness?lang=en").await;
    // Behind its back: whoever reads the tables again sees nothing.
    for table in [
        "delete from readiness_district_day",
        "delete from readiness_station_day",
        "delete from readiness_answer",
    ] {
        asking.world.sql(table, bind![]).await;
    }
    asking.world.home.app.kept.changed("");
    for (page, text) in over.iter().zip(before) {
        assert_eq!(browser.get(page).await.1, text, "{page}");
    }
    assert_ne!(browser.get("/readiness?lang=en").await.1, now);
    // What is wrong is refused each time and kept nowhere.
    for (page, status) in [
        ("/readiness?as_of=2023-09-30&section=none", 422),
        ("/readiness?as_of=2023-09-30&election=none", 404),
        ("/readiness?as_of=2099-01-01", 422),
        ("/readiness/districts/none?as_of=2023-09-30", 404),
    ] {
        assert_eq!(browser.get(page).await.0.as_u16(), status, "{page}");
    }
}

/// Whether the country still is what was signed is looked up once in a while, not for each reader; of a district each time.
#[tokio::test]
async fn the_look_at_the_whole_country_serves_everybody_for_a_moment() {
    let asking = Asking::story().await;
    let commission = "insert into commission (id, level, area_id, size, term_from, term_until)
            values ('kz', 'central', 'kz', 5, '2019-01-01', '2024-01-01')";
    asking.world.sql(commission, bind![]).await;
    let signed_at = crate::votingday::tests::world::at("2023-10-01T10:00:00Z");
    for (commission, level) in [("kz", "central"), ("d1", "district")] {
        asking
            .world
            .sql(
                "insert into readiness_signature (election_id, commission_id, version, area_id, level, snapshot, sha256, exceptions, made_by, made_at)
                    values ('vote-2023', $1, 1, $1, $2, '', '', 0, 'SECRET PERSON', $3)",
                bind![commission, level, signed_at],
            )
            .await;
    }
    let clerk = Browser::signed_in(&asking.world.home, "d1-secretary").await;
    let changed = async || {
        let (_, text) = clerk.get("/readiness?lang=en").await;
        words(&text).matches("changed since").count()
    };
    assert_eq!(changed().await, 2);
    let kept = &asking.world.home.app.kept;
    kept.set_followed(true);
    for commission in ["kz", "d1"] {
        let name = format!("drift/vote-2023/{commission}/1");
        kept.or_find(name, async { Ok(false) }).await.unwrap();
    }
    assert_eq!(
        changed().await,
        1,
        "somebody has just seen that the country holds"
    );
    let again = "update readiness_signature set version = 2 where commission_id = 'kz'";
    asking.world.sql(again, bind![]).await;
    assert_eq!(changed().await, 2, "that was another signature");
}
