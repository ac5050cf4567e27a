//! How long the country takes with 10,101 stations and 60 items, forty days behind it and a report every 30 ms.
//! `cargo nextest run --release -E 'test(board::tests::speed)' --run-ignored only --no-capture`
#![allow(clippy::print_stdout, reason = "a measurement by hand")]

use super::fill::CHECKLIST;
use crate::bind;
use crate::commissions::tests::Browser;
use crate::platform::App;
use crate::platform::database::Value;
use crate::testing::Installation;
use crate::votingday::tests::world::at;
use electoral::checklist::Checklist;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const SECTIONS: usize = 12;
const STATIONS: i64 = 10_101;
const DISTRICTS: i64 = 209;

async fn run(app: &App, sql: &'static str, values: Vec<Value>) {
    let mut tx = app.database.begin().await.unwrap();
    tx.execute(sql, values).await.unwrap();
    tx.commit().await.unwrap();
}

/// Sixty items in twelve sections.
fn checklist() -> Checklist {
    let mut list = Checklist::parse(CHECKLIST).unwrap();
    let (section, item) = (list.sections[0].clone(), list.items[0].clone());
    list.sections.clear();
    list.items.clear();
    for s in 0..SECTIONS {
        let mut section = section.clone();
        section.id = format!("s{s}");
        for i in 0..5 {
            let mut item = item.clone();
            item.id = format!("i{s}_{i}");
            item.section = section.id.clone();
            list.items.push(item);
        }
        list.sections.push(section);
    }
    list
}

async fn country(home: &Installation) {
    let app = &home.app;
    run(app, "insert into area (id, code, edition, kind, zone, valid_from)
            with recursive n (i) as (select 0 union all select i + 1 from n where i < 228)
            select case when i < 20 then 'r' || i else 'd' || (i - 20) end, case when i < 20 then 'r' || i else 'd' || (i - 20) end, '',
                case when i < 20 then 'region' else 'district' end, 'Asia/Almaty', '2000-01-01' from n", bind![]).await;
    run(app, "insert into area_name (area_id, valid_from, name_kk, name_ru, name_en, folded) select id, '2000-01-01', id, id, id, id from area", bind![]).await;
    run(app, "insert into election (id, rules_id, rules_sha256, title_kk, title_ru, title_en, area_id, zone, voting_day, state, state_since, synthetic, created_at)
            values ('vote-2023', 'akim-district-2023', '', 'e', 'e', 'e', 'r0', 'Asia/Almaty', '2023-11-05', 'campaign', 0, true, 0)", bind![]).await;
    run(
        app,
        "insert into station (id, area_id, created_at)
            with recursive n (i) as (select 0 union all select i + 1 from n where i < $1 - 1)
            select 's' || i, 'd' || (i % $2), 0 from n",
        bind![STATIONS, DISTRICTS],
    )
    .await;
    run(app, "insert into station_version (station_id, version, valid_from, number, region_id, district_id, name_kk, name_ru, name_en,
                address_kk, address_ru, address_en, folded, capacity, voters_on_list, reason, made_by, made_at)
            select id, 1, '2023-01-01', 1, 'r0', area_id, 'Мектеп', 'Школа', 'School', '', '', '', '', 1, 1, '', 't', 0 from station", bind![]).await;
    let content = serde_json::to_string(&checklist()).unwrap();
    run(app, "insert into checklist (id, version, content, sha256, source, made_by, made_at) values ('c', 1, $1, '', 't', 't', 0)", bind![content]).await;
    run(app, "insert into readiness_setup (election_id, sequence, checklist_id, checklist_version, made_by, made_at)
            values ('vote-2023', 1, 'c', 1, 't', 0)", bind![]).await;
    run(app, "insert into readiness_station_day (election_id, station_id, day, region_id, district_id, expected, met, unmet, unmet_critical, na, disputed, unanswered, reported_at, latest)
            with recursive n (i) as (select 0 union all select i + 1 from n where i < $1 - 1),
                d (k) as (select 0 union all select k + 1 from d where k < 38)
            select 'vote-2023', 's' || i, date('2023-08-24', '+' || k || ' days'), 'r' || (i % $2 % 20), 'd' || (i % $2), 60,
                60 - (i * 31 + k * 17) % 6 - max(0, 50 - 2 * k), (i * 31 + k * 17) % 6, (i * 31 + k * 17) % 6 / 3, 0, 0, max(0, 50 - 2 * k),
                1692856800000000 + k * 86400000000, true
            from n cross join d where (i + k) % 2 = 0", bind![STATIONS, DISTRICTS]).await;
    run(app, "update readiness_station_day set latest = not exists (select 1 from readiness_station_day n where n.election_id = readiness_station_day.election_id
            and n.station_id = readiness_station_day.station_id and n.day > readiness_station_day.day)", bind![]).await;
    run(app, "insert into readiness_district_day (election_id, district_id, section, day, region_id, stations, ready, silent, expected, met, unmet, unmet_critical, na, disputed, unanswered)
            with recursive n (i) as (select 0 union all select i + 1 from n where i < $1 - 1),
                d (k) as (select 0 union all select k + 1 from d where k < 38),
                s (j) as (select -1 union all select j + 1 from s where j < $2 - 1)
            select 'vote-2023', 'd' || i, case when j < 0 then '' else 's' || j end, date('2023-08-24', '+' || k || ' days'), 'r' || (i % 20),
                48, k, 0, 2880, 2880 - 400 + 9 * k, 400 - 10 * k, 40 - k, 0, 0, k from n cross join d cross join s",
        bind![DISTRICTS, i64::try_from(SECTIONS).unwrap()]).await;
}

/// One station reports: its row of today, its district's, three sections.
async fn report(app: &App, n: i64) {
    let station = format!("s{}", n % STATIONS);
    let district = format!("d{}", n % STATIONS % DISTRICTS);
    let mut tx = app.database.begin().await.unwrap();
    tx.execute("update readiness_station_day set latest = false where election_id = 'vote-2023' and station_id = $1 and day < '2023-10-02' and latest = true", bind![&station])
        .await
        .unwrap();
    tx.execute("insert into readiness_station_day (election_id, station_id, day, region_id, district_id, expected, met, unmet, unmet_critical, na, disputed, unanswered, reported_at)
            values ('vote-2023', $1, '2023-10-02', 'r0', $2, 60, $3, 60 - $3, 0, 0, 0, 0, $4)
            on conflict (election_id, station_id, day) do update set met = excluded.met, unmet = excluded.unmet, reported_at = excluded.reported_at",
        bind![&station, &district, 55 + n % 6, at("2023-10-02T05:00:00Z")])
        .await
        .unwrap();
    for section in ["", "s1", "s2", "s3"] {
        tx.execute("insert into readiness_district_day (election_id, district_id, section, day, region_id, stations, ready, silent, expected, met, unmet, unmet_critical, na, disputed, unanswered)
                values ('vote-2023', $1, $2, '2023-10-02', 'r0', 48, 40, 0, 2880, 2880 - $3, $3, 0, 0, 0, 0)
                on conflict (election_id, district_id, section, day) do update set met = excluded.met, unmet = excluded.unmet",
            bind![&district, section, 20 + n % 9])
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement"]
async fn the_country_while_reports_arrive() {
    let home = Installation::new().await;
    country(&home).await;
    home.app.clock.set(at("2023-10-02T06:00:00Z"));
    let done = Arc::new(AtomicBool::new(false));
    let (app, over) = (home.app.clone(), Arc::clone(&done));
    let writer = tokio::spawn(async move {
        let mut tick = tokio::time::interval(Duration::from_millis(30));
        let mut n = 0;
        while !over.load(Ordering::SeqCst) {
            tick.tick().await;
            report(&app, n * 7).await;
            n += 1;
        }
        n
    });
    let browser = Browser::public(&home);
    for (page, times) in [
        ("/readiness?lang=ru", 200),
        ("/readiness/districts/d7?lang=ru", 60),
        ("/readiness?lang=ru&as_of=2023-09-20", 10),
    ] {
        let mut took = Vec::new();
        for _ in 0..times {
            let begun = Instant::now();
            let (status, _) = browser.get(page).await;
            took.push(begun.elapsed());
            assert!(status.is_success(), "{page}");
        }
        took.sort();
        let at = |percent: usize| took[(took.len() * percent / 100).min(took.len() - 1)];
        println!(
            "{page}: half {:?}, 95 % {:?}, most {:?}",
            at(50),
            at(95),
            at(100)
        );
    }
    done.store(true, Ordering::SeqCst);
    println!("reports meanwhile: {}", writer.await.unwrap());
}
