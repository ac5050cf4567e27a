//! How many reports a second are taken, by hand: `cargo nextest run -E 'test(readiness::tests::speed)' --run-ignored all`.

use super::world::*;
use crate::platform::inbox;
use std::time::Instant;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement"]
#[allow(clippy::print_stderr, clippy::cast_precision_loss)]
async fn reports_a_second() {
    const REPORTS: usize = 4_000;
    const STATIONS: usize = 40;
    let ready = std::sync::Arc::new(Ready::new(STATIONS).await);
    let begun = Instant::now();
    let mut all = tokio::task::JoinSet::new();
    for lane in 0..STATIONS {
        let ready = std::sync::Arc::clone(&ready);
        all.spawn(async move {
            let station = format!("st{}", lane + 1);
            let who = ready.member(&station, "secretary");
            for round in 0..REPORTS / STATIONS {
                let base = round.to_string();
                let booths = (round % 19 + 2).to_string();
                let plan = format!("plan {round}");
                let cold = if round % 2 == 0 { "no" } else { "yes" };
                let backup = if round % 2 == 0 { "yes" } else { "na" };
                let day = format!("2023-10-0{}", round % 8 + 1);
                let fields = [
                    ("answer.power_backup", backup),
                    ("base.power_backup", base.as_str()),
                    ("answer.line_tested", day.as_str()),
                    ("base.line_tested", base.as_str()),
                    ("answer.booths", booths.as_str()),
                    ("base.booths", base.as_str()),
                    ("answer.weather_plan", plan.as_str()),
                    ("base.weather_plan", base.as_str()),
                    ("answer.cold", if round == 0 { cold } else { "" }),
                ];
                inbox::take(&who, &ready.envelope(&station, &fields))
                    .await
                    .unwrap();
            }
        });
    }
    while let Some(done) = all.join_next().await {
        done.unwrap();
    }
    let seconds = begun.elapsed().as_secs_f64();
    eprintln!("{:.0} reports/s", REPORTS as f64 / seconds);
}

/// A new version of a checklist of sixty questions for 10,101 stations in 209 districts, one of the questions with another
/// limit, so that each station has an answer to be judged again; and how long a report waits meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement"]
#[allow(clippy::print_stderr)]
async fn a_new_version_for_the_country() {
    use super::*;
    use crate::bind;
    use crate::votingday::tests::world::ELECTION;
    use electoral::checklist::Kind;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    let ready = Arc::new(Ready::new(1).await);
    let office = ready.operator();
    let mut long = list();
    let booths = long.item("booths").unwrap().clone();
    long.items.extend((0..51).map(|n| {
        let mut item = booths.clone();
        item.id = format!("extra{n}");
        item
    }));
    let adopted = actions::adopt(&office, &long, "long").await.unwrap();
    actions::put_into_force(&office, ELECTION, &adopted.id, adopted.version)
        .await
        .unwrap();
    for sql in [
        "insert into area (id, code, edition, kind, zone, valid_from)
            with recursive n (i) as (select 0 union all select i + 1 from n where i < 208)
            select 'b' || i, 'b' || i, 'test', 'district', 'Asia/Almaty', '2000-01-01' from n",
        "insert into station (id, area_id, created_at)
            with recursive n (i) as (select 0 union all select i + 1 from n where i < 10099)
            select 's' || i, 'b' || (i % 209), 0 from n",
        "insert into station_version (station_id, version, valid_from, number, region_id, district_id, name_kk, name_ru, name_en,
                address_kk, address_ru, address_en, folded, capacity, voters_on_list, reason, made_by, made_at)
            select id, 1, '2023-01-01', 1, 'r1', area_id, '', '', '', '', '', '', '', 1, 1, '', 't', 0 from station where id like 's_%' and id <> 'st1'",
        "insert into readiness_station (election_id, station_id, area_id, zone, region_id, district_id, number, day)
            select 'vote-2023', id, area_id, 'Asia/Almaty', 'r1', area_id, 1, '2023-10-01' from station where id <> 'st1'",
        "insert into readiness_answer (election_id, station_id, item, sequence, report_id, cause, value, status, note, base, conflict, made_by, made_at)
            with recursive n (i) as (select 0 union all select i + 1 from n where i < 50)
            select 'vote-2023', s.id, 'extra' || n.i, 1, 'r', 'station', '4', 'met', '', 0, false, 't', 0 from station s cross join n where s.id <> 'st1'",
        "insert into readiness_state (election_id, station_id, item, sequence, status, since)
            select election_id, station_id, item, sequence, status, 0 from readiness_answer where report_id = 'r'",
    ] {
        ready.world.sql(sql, bind![]).await;
    }
    for item in &mut long.items {
        if let ("extra7", Kind::Number { met_from, .. }) = (item.id.as_str(), &mut item.kind) {
            *met_from = "5".parse().ok();
        }
    }
    let adopted = actions::adopt(&office, &long, "longer").await.unwrap();
    let done = Arc::new(AtomicBool::new(false));
    let reports = {
        let (ready, done) = (Arc::clone(&ready), Arc::clone(&done));
        tokio::spawn(async move {
            let (mut longest, mut taken) = (std::time::Duration::ZERO, 0_u32);
            while !done.load(Ordering::Relaxed) {
                let begun = Instant::now();
                let who = ready.member("st1", "secretary");
                let value = (taken % 19 + 2).to_string();
                let base = taken.to_string();
                let fields = [("answer.booths", &*value), ("base.booths", &*base)];
                let mut envelope = ready.envelope("st1", &fields);
                envelope
                    .fields
                    .insert("checklist_version".to_owned(), "2".to_owned());
                inbox::take(&who, &envelope).await.unwrap();
                longest = longest.max(begun.elapsed());
                taken += 1;
                tokio::time::sleep(std::time::Duration::from_millis(30)).await;
            }
            (longest, taken)
        })
    };
    let begun = Instant::now();
    actions::put_into_force(&office, ELECTION, &adopted.id, adopted.version)
        .await
        .unwrap();
    let all = begun.elapsed();
    done.store(true, Ordering::Relaxed);
    let (longest, taken) = reports.await.unwrap();
    eprintln!(
        "10,101 stations: {all:.1?}; {taken} reports meanwhile, the longest waited {longest:.1?}"
    );
}
