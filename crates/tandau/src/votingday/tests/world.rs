//! A small election put straight into the tables: rooms to the left have tests of their own.

use crate::bind;
use crate::platform::access::{Actor, Grant, Role};
use crate::platform::database::Transaction;
use crate::platform::{Acting, Lang, Names, T};
use crate::testing::Installation;
use jiff::Timestamp;
use std::sync::Arc;

/// The contest of the world's first district.
pub(crate) const CONTEST: &str = "vote-2023.d1";
/// The election.
pub(crate) const ELECTION: &str = "vote-2023";
/// Closing in Astana, 20:00.
pub(crate) const CLOSING: &str = "2023-11-05T14:00:00Z";

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// An instant of voting day by the clocks of Astana: `hour(20, 5)` is 20:05.
pub(crate) fn hour(hour: i64, minute: i64) -> Timestamp {
    at("2023-11-04T18:00:00Z")
        .checked_add(jiff::SignedDuration::from_mins(hour * 60 + minute))
        .unwrap()
}

/// Three candidates, and as many stations as asked for, each with a commission of five.
pub(crate) struct World {
    pub(crate) home: Installation,
}

impl World {
    pub(crate) async fn new(stations: usize) -> Self {
        Self::on(Installation::new().await, stations).await
    }

    /// The same on an installation that is there.
    pub(crate) async fn on(home: Installation, stations: usize) -> Self {
        let world = Self { home };
        let mut tx = world.home.app.database.begin().await.unwrap();
        places(&mut tx).await;
        contest(&mut tx).await;
        for number in 1..=stations {
            station(&mut tx, &format!("st{number}"), "d1", "Asia/Almaty", number).await;
        }
        let stations = i64::try_from(stations).unwrap();
        run(
            &mut tx,
            "update contest set stations_expected = $1, voters_on_lists = $2 where id = 'vote-2023.d1'",
            bind![stations, stations * 600],
        )
        .await;
        tx.commit().await.unwrap();
        world
    }

    /// Somebody with one office in one area, at an instant.
    pub(crate) fn acting(&self, person: &str, role: &str, area: &str, now: Timestamp) -> Acting {
        let grant = Grant {
            role: Role::parse(role).unwrap(),
            area_id: area.to_owned(),
        };
        let actor = Actor::new(person.to_owned(), Names::default(), vec![grant]);
        Acting::new(self.home.app.clone(), Arc::new(actor), T::new(Lang::En)).at(now)
    }

    /// The secretary of a station.
    pub(crate) fn secretary(&self, station: &str, now: Timestamp) -> Acting {
        let person = format!("{station}-secretary");
        self.acting(&person, "precinct.secretary", &area_of(station), now)
    }

    /// The chair of a station.
    pub(crate) fn chair(&self, station: &str, now: Timestamp) -> Acting {
        let person = format!("{station}-chair");
        self.acting(&person, "precinct.chair", &area_of(station), now)
    }

    /// The secretary of the district's commission.
    pub(crate) fn district(&self, now: Timestamp) -> Acting {
        self.acting("d1-secretary", "district.secretary", "d1", now)
    }

    /// Runs a change straight on the tables.
    pub(crate) async fn sql(
        &self,
        sql: &'static str,
        values: Vec<crate::platform::database::Value>,
    ) {
        let mut tx = self.home.app.database.begin().await.unwrap();
        run(&mut tx, sql, values).await;
        tx.commit().await.unwrap();
    }

    /// Adds a station of the same election in a district of its own, in another zone.
    pub(crate) async fn station_in(&self, id: &str, zone: &str, number: usize) {
        self.station_of(id, "d1", zone, number).await;
    }

    /// Adds a station of a district's contest, which votes on that contest's day.
    pub(crate) async fn station_of(&self, id: &str, district: &str, zone: &str, number: usize) {
        let mut tx = self.home.app.database.begin().await.unwrap();
        station(&mut tx, id, district, zone, number).await;
        tx.commit().await.unwrap();
    }

    /// Adds a commission of an area of the world: `kz`, `r1`.
    pub(crate) async fn commission(&self, level: &str, area: &str, offices: &[&str]) {
        let mut tx = self.home.app.database.begin().await.unwrap();
        commission(&mut tx, area, level, area, offices).await;
        tx.commit().await.unwrap();
    }

    /// Adds a contest that votes on a day of its own.
    pub(crate) async fn contest_in(&self, district: &str, number: i64, voting_day: &str) {
        self.sql(
            "insert into contest (id, election_id, number, area_id, region_id, commission_id, seats, state, sourcing, voting_day)
                values ('vote-2023.' || $1, 'vote-2023', $2, $1, 'r1', $1, 1, 'postponed', 'sourced', $3)",
            bind![district, number, voting_day],
        )
        .await;
    }
}

pub(crate) fn area_of(station: &str) -> String {
    format!("{station}-area")
}

async fn run(
    tx: &mut Transaction,
    sql: &'static str,
    values: Vec<crate::platform::database::Value>,
) {
    tx.execute(sql, values).await.unwrap();
}

async fn area(tx: &mut Transaction, id: &str, kind: &str, zone: &str, above: Option<&str>) {
    run(
        tx,
        "insert into area (id, code, edition, kind, zone, valid_from) values ($1, $1, 'test', $2, $3, '2000-01-01')",
        bind![id, kind, zone],
    )
    .await;
    run(
        tx,
        "insert into area_name (area_id, valid_from, name_kk, name_ru, name_en, folded) values ($1, '2000-01-01', $1, $1, $1, $1)",
        bind![id],
    )
    .await;
    run(
        tx,
        "insert into area_path (area_id, depth, ancestor_id) values ($1, 0, $1)",
        bind![id],
    )
    .await;
    if let Some(above) = above {
        run(
            tx,
            "insert into area_path (area_id, depth, ancestor_id)
                select $1, depth + 1, ancestor_id from area_path where area_id = $2",
            bind![id, above],
        )
        .await;
    }
}

async fn places(tx: &mut Transaction) {
    area(tx, "kz", "country", "Asia/Almaty", None).await;
    area(tx, "r1", "region", "Asia/Almaty", Some("kz")).await;
    area(tx, "d1", "district", "Asia/Almaty", Some("r1")).await;
    area(tx, "d2", "district", "Asia/Almaty", Some("r1")).await;
}

async fn person(tx: &mut Transaction, id: &str) {
    run(
        tx,
        "insert into person (id, name_kk, name_ru, name_en, folded, sex, birth_year, synthetic, created_at)
            values ($1, $1, $1, $1, $1, 'female', 1980, true, 0)",
        bind![id],
    )
    .await;
}

async fn commission(tx: &mut Transaction, id: &str, level: &str, area: &str, offices: &[&str]) {
    run(
        tx,
        "insert into commission (id, level, area_id, size, term_from, term_until) values ($1, $2, $3, 5, '2019-01-01', '2024-01-01')",
        bind![id, level, area],
    )
    .await;
    let decision = format!("{id}-seated");
    decide(tx, &decision, id, area).await;
    for (place, office) in offices.iter().enumerate() {
        let holder = if *office == "member" {
            format!("{}-member{place}", id.trim_end_matches("-pec"))
        } else {
            format!("{}-{office}", id.trim_end_matches("-pec"))
        };
        person(tx, &holder).await;
        run(
            tx,
            "insert into commission_member (id, commission_id, person_id, office, nominator, seated_by, valid_from)
                values ($1, $2, $3, $4, 'assembly', $5, '2019-01-01')",
            bind![format!("{id}-seat{place}"), id, &holder, *office, &decision],
        )
        .await;
        // What follows from the seat.
        run(
            tx,
            "insert into access_grant (id, person_id, role, area_id, valid_from, valid_until, source)
                values ($1, $2, $3, $4, '2019-01-01', null, $1)",
            bind![
                format!("{id}-seat{place}"),
                &holder,
                format!("{level}.{office}"),
                area
            ],
        )
        .await;
    }
}

/// A decision of a commission.
pub(crate) async fn decide(tx: &mut Transaction, id: &str, commission: &str, area: &str) {
    run(
        tx,
        "insert into decision (id, commission_id, area_id, kind, number, decided_on, title_kk, title_ru, title_en,
                members_total, members_present, votes_for, votes_against, recorded_at, recorded_by)
            values ($1, $2, $3, 'test', $1, '2019-01-01', $1, $1, $1, 5, 5, 5, 0, 0, 'test')",
        bind![id, commission, area],
    )
    .await;
}

async fn contest(tx: &mut Transaction) {
    commission(tx, "d1", "district", "d1", &["chair", "secretary"]).await;
    commission(tx, "d2", "district", "d2", &["chair"]).await;
    run(
        tx,
        "insert into election (id, rules_id, rules_sha256, title_kk, title_ru, title_en, area_id, zone, voting_day, state, state_since, synthetic, created_at)
            values ('vote-2023', 'akim-district-2023', '', 'e', 'e', 'e', 'kz', 'Asia/Almaty', '2023-11-05', 'voting', 0, true, 0)",
        bind![],
    )
    .await;
    run(
        tx,
        "insert into contest (id, election_id, number, area_id, region_id, commission_id, seats, state, sourcing, voting_day)
            values ('vote-2023.d1', 'vote-2023', 1, 'd1', 'r1', 'd1', 1, 'open', 'synthetic', '2023-11-05')",
        bind![],
    )
    .await;
    for position in 1..=3_i64 {
        let id = format!("c{position}");
        person(tx, &id).await;
        run(
            tx,
            "insert into candidate (id, contest_id, person_id, nominated_by, nominated_on, state, ballot_position)
                values ($1, 'vote-2023.d1', $1, 'self', '2023-09-20', 'registered', $2)",
            bind![id, position],
        )
        .await;
    }
}

async fn station(tx: &mut Transaction, id: &str, district: &str, zone: &str, number: usize) {
    let area_id = area_of(id);
    area(tx, &area_id, "precinct", zone, Some(district)).await;
    run(
        tx,
        "insert into station (id, area_id, created_at) values ($1, $2, 0)",
        bind![id, &area_id],
    )
    .await;
    run(
        tx,
        "insert into station_version (station_id, version, valid_from, number, region_id, district_id, name_kk, name_ru, name_en,
                address_kk, address_ru, address_en, folded, capacity, voters_on_list, reason, made_by, made_at)
            values ($1, 1, '2023-01-01', $2, 'r1', $3, $1, $1, $1, $1, $1, $1, $1, 600, 600, '', 'test', 0)",
        bind![id, i64::try_from(number).unwrap(), district],
    )
    .await;
    let zone = jiff::tz::TimeZone::get(zone).unwrap();
    let contest = format!("vote-2023.{district}");
    let day = tx
        .one(
            "select voting_day from contest where id = $1",
            bind![&contest],
        )
        .await
        .unwrap()
        .date("voting_day")
        .unwrap();
    let local = |hour: i8| {
        day.at(hour, 0, 0, 0)
            .to_zoned_datetime(zone.clone())
            .unwrap()
            .timestamp()
    };
    run(
        tx,
        "insert into contest_station (station_id, contest_id, election_id, number, voters_initial, opens_at, closes_at)
            values ($1, $5, 'vote-2023', $2, 600, $3, $4)",
        bind![id, i64::try_from(number).unwrap(), local(7), local(20), contest],
    )
    .await;
    commission(
        tx,
        &format!("{id}-pec"),
        "precinct",
        &area_id,
        &["chair", "secretary", "deputy", "member", "member"],
    )
    .await;
}
