//! The office's pages over HTTP: a calendar kept contest by contest, stations taken over from the register.

use super::ELECTION;
use crate::bind;
use crate::commissions::tests::{Browser, Chain};
use crate::commissions::{Basis, NewDecision, Office};
use crate::elections::actions::{self, add_contest_in, add_counting_units_in};
use crate::elections::calendar::Progress;
use crate::elections::{NewContest, NewElection, queries};
use crate::platform::{Names, areas};
use crate::stations::{self, NewStation};
use axum::http::StatusCode;
use jiff::Timestamp;
use jiff::civil::date;

const AKTOGAY: &str = "353600000";
pub(crate) const CONTEST: &str = "akim-2023.353600000";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The small country with an election called on 15 September for 5 November 2023, one contest in Aktogay with
/// station No. 448. The clock shows the noon of 20 September.
pub(crate) async fn called() -> Chain {
    let chain = Chain::new().await;
    let app = &chain.place.app;
    app.clock.set(at("2023-09-20T06:00:00Z"));
    let acting = chain.place.operator().at(at("2023-09-15T06:00:00Z"));
    let mut tx = acting.begin().await.unwrap();
    let day = date(2023, 9, 15);
    let mut found = Vec::new();
    for code in ["KZ", "350000000", AKTOGAY] {
        let id = areas::by_code(&mut tx, code, day).await.unwrap();
        found.push(id.unwrap());
    }
    let [country, region, district] = found.try_into().unwrap();
    let words = Names::new("Қызыл мектеп", "Красная школа", "Red school");
    let station = NewStation {
        number: 448,
        region_id: region.clone(),
        district_id: district.clone(),
        names: words.clone(),
        address: words,
        latitude_microdeg: None,
        longitude_microdeg: None,
        capacity: 100,
        voters_on_list: 700,
        special: String::new(),
        step_free: None,
        valid_from: date(2023, 1, 1),
        zone: "Asia/Almaty".to_owned(),
    };
    stations::actions::add_in(&mut tx, &acting, station)
        .await
        .unwrap();
    let election = NewElection {
        id: ELECTION.to_owned(),
        rules_id: "akim-district-2023".to_owned(),
        title: Names::new("Әкім сайлауы", "Выборы акимов", "Election of akims"),
        area_id: country,
        zone: "Asia/Almaty".to_owned(),
        voting_day: date(2023, 11, 5),
        synthetic: true,
    };
    actions::create_in(&mut tx, &acting, election)
        .await
        .unwrap();
    let call = NewDecision {
        commission_id: chain.aktogay.clone(),
        kind: "",
        number: "1".to_owned(),
        decided_on: day,
        title: Names::new("Сайлау тағайындау", "О назначении", "Calling the election"),
        text: String::new(),
        present: 7,
        votes_for: 7,
        votes_against: 0,
        dissents: Vec::new(),
        file_id: None,
        election_id: None,
        contest_id: None,
    };
    let contest = NewContest {
        election_id: ELECTION.to_owned(),
        number: 1,
        area_id: district,
        region_id: region,
        commission_id: chain.aktogay.clone(),
        seats: 1,
        sourcing: "sourced".to_owned(),
        basis_decision_id: None,
        called_by: Basis::Taken {
            decision: Box::new(call),
            paper: None,
        },
    };
    let id = add_contest_in(&mut tx, &acting, contest).await.unwrap();
    assert_eq!(id, CONTEST);
    add_counting_units_in(&mut tx, &acting, &id).await.unwrap();
    tx.commit().await.unwrap();
    chain
}

/// The holder of an office at a browser.
async fn browser<'a>(chain: &'a Chain, commission: &str, office: Office) -> Browser<'a> {
    let holder = chain.holder(commission, office).await;
    Browser::signed_in(&chain.place, holder.person()).await
}

async fn progress(chain: &Chain, step: &str, contest: bool) -> Progress {
    let app = &chain.place.app;
    let mut reader = app.read().await.unwrap();
    let election = queries::election(&mut reader, ELECTION).await.unwrap();
    let own = queries::contest(&mut reader, CONTEST).await.unwrap();
    let asked = contest.then_some(&own);
    let plan = queries::plan_as_recorded(&mut reader, app, &election, asked)
        .await
        .unwrap();
    plan.item(step).unwrap().progress(app.clock.now())
}

#[tokio::test]
async fn each_office_marks_the_steps_of_its_own_contest_on_the_day_they_were_done() {
    let chain = called().await;
    let own = browser(&chain, &chain.aktogay, Office::Secretary).await;
    let calendar = format!("/office/elections/{ELECTION}/calendar");
    let mine = format!("{calendar}?contest={AKTOGAY}");
    // No power over the whole election's calendar: the office is led to its own.
    let (status, to) = own.get(&calendar).await;
    assert_eq!(
        (status, to.as_str()),
        (StatusCode::SEE_OTHER, mine.as_str())
    );
    let (status, text) = own.get(&mine).await;
    assert_eq!(status, StatusCode::OK);
    let step = format!("{calendar}/precinct_boundaries?contest={AKTOGAY}");
    assert!(text.contains(&step), "{text}");
    let (status, to) = own.get(&format!("{calendar}/precinct_boundaries")).await;
    assert_eq!((status, to), (StatusCode::SEE_OTHER, step.clone()));
    let (status, text) = own.get(&step).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("name=\"done_on\"") && text.contains("2023-09-20"));

    let fields = |day: &'static str, reason: &'static str, version: &'static str| {
        [
            ("kind", "done"),
            ("done_on", day),
            ("reason", reason),
            ("version", version),
        ]
    };
    for (day, reason, wrong) in [
        ("2023-09-21", "", "done_on"),
        ("yesterday", "", "done_on"),
        ("2023-09-14", "", "reason"),
    ] {
        let (status, text) = own.post(&step, &fields(day, reason, "0")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{day}");
        assert!(text.contains(&format!("#{wrong}")), "{day}: {text}");
    }
    assert_ne!(
        progress(&chain, "precinct_boundaries", true).await,
        Progress::Done
    );
    let (status, to) = own.post(&step, &fields("2023-09-18", "", "0")).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    assert!(to.contains(AKTOGAY), "{to}");
    // Somebody who saw the page before that is told.
    let (status, _) = own.post(&step, &fields("2023-09-19", "", "0")).await;
    assert_eq!(status, StatusCode::CONFLICT);
    // Before the election was on record it needs a reason, and then is taken.
    let (status, _) = own
        .post(&step, &fields("2023-09-14", "Жарияланған", "1"))
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    for contest in [true, false] {
        // It is the only contest, so the whole election's step is done with it.
        let done = progress(&chain, "precinct_boundaries", contest).await;
        assert_eq!(done, Progress::Done, "{contest}");
    }
    let mut reader = chain.place.app.read().await.unwrap();
    let entries = queries::entries(&mut reader, ELECTION, CONTEST)
        .await
        .unwrap();
    assert_eq!(entries[0].contest_id, CONTEST);
    assert_eq!(entries[0].done_at, Some(at("2023-09-17T18:00:00Z")));
}

#[tokio::test]
async fn no_office_marks_the_steps_of_another_contest() {
    let chain = called().await;
    let calendar = format!("/office/elections/{ELECTION}/calendar");
    let step = format!("{calendar}/precinct_boundaries?contest={AKTOGAY}");
    let fields = [
        ("kind", "done"),
        ("done_on", "2023-09-18"),
        ("version", "0"),
    ];
    let neighbour = browser(&chain, &chain.osakarov, Office::Secretary).await;
    for path in [&calendar, &step] {
        assert_eq!(neighbour.get(path).await.0, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(
        neighbour.post(&step, &fields).await.0,
        StatusCode::FORBIDDEN
    );
    let member = browser(&chain, &chain.aktogay, Office::Member).await;
    assert_eq!(member.post(&step, &fields).await.0, StatusCode::FORBIDDEN);
    // The region reaches its contests, the central commission all and the whole.
    let whole = format!("{calendar}/precinct_boundaries");
    let region = browser(&chain, &chain.region, Office::Secretary).await;
    assert_eq!(region.post(&whole, &fields).await.0, StatusCode::FORBIDDEN);
    assert_eq!(region.post(&step, &fields).await.0, StatusCode::SEE_OTHER);
    let central = browser(&chain, &chain.central, Office::Secretary).await;
    assert_eq!(central.post(&whole, &fields).await.0, StatusCode::SEE_OTHER);
    let (status, text) = central.get(&calendar).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains(&format!("?contest={AKTOGAY}")), "{text}");
}

async fn units(chain: &Chain) -> (u64, u64, Vec<u64>, i64) {
    let mut reader = chain.place.app.read().await.unwrap();
    let contest = queries::contest(&mut reader, CONTEST).await.unwrap();
    let units = queries::counting_units(&mut reader, CONTEST).await.unwrap();
    let expected = reader
        .one(
            "select count(*) as n from protocol where contest_id = $1",
            bind![CONTEST],
        )
        .await
        .unwrap();
    (
        contest.stations_expected,
        contest.voters_on_lists,
        units.iter().map(|u| u.number).collect(),
        expected.int("n").unwrap(),
    )
}

const NEW_STATION: [(&str, &str); 15] = [
    ("area_code", AKTOGAY),
    ("number", "449"),
    ("name_kk", "Мектеп"),
    ("name_ru", "Школа"),
    ("name_en", "School"),
    ("address_kk", "а"),
    ("address_ru", "б"),
    ("address_en", "c"),
    ("latitude", ""),
    ("longitude", ""),
    ("capacity", "90"),
    ("voters_on_list", "301"),
    ("special", ""),
    ("step_free", ""),
    ("valid_from", "2023-09-20"),
];

#[tokio::test]
async fn stations_added_changed_and_closed_reach_the_contest_until_the_first_opens() {
    let chain = called().await;
    let own = browser(&chain, &chain.aktogay, Office::Chair).await;
    let page = format!("/office/contests/{CONTEST}/stations");
    assert_eq!(units(&chain).await, (1, 700, vec![448], 1));
    let (status, text) = own.get("/office/stations/new").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains(&format!("value=\"{AKTOGAY}\"")), "{text}");
    let (status, to) = own.post("/office/stations/new", &NEW_STATION).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    assert!(to.starts_with("/stations/"), "{to}");
    let (_, text) = own.get(&format!("{page}?lang=en")).await;
    assert!(
        text.contains("No. 449 is new; voters on the list: 301"),
        "{text}"
    );
    assert_eq!(own.post(&page, &[]).await.0, StatusCode::SEE_OTHER);
    assert_eq!(units(&chain).await, (2, 1_001, vec![448, 449], 2));

    // Another list, then the end of the station.
    let id = to
        .trim_start_matches("/stations/")
        .split('?')
        .next()
        .unwrap();
    let form = format!("/office/stations/{id}");
    let mut fields = NEW_STATION.to_vec();
    fields.retain(|(name, _)| !["area_code", "voters_on_list"].contains(name));
    fields.extend([
        ("voters_on_list", "320"),
        ("based_on", "1"),
        ("reason", "Тізім"),
    ]);
    assert_eq!(own.post(&form, &fields).await.0, StatusCode::SEE_OTHER);
    assert_eq!(own.post(&page, &[]).await.0, StatusCode::SEE_OTHER);
    assert_eq!(units(&chain).await, (2, 1_020, vec![448, 449], 2));
    let close = format!("/office/stations/{id}/close");
    let end = |reason: &'static str| {
        [
            ("based_on", "2"),
            ("last_day", "2023-10-01"),
            ("reason", reason),
        ]
    };
    let (status, _) = own.post(&close, &end("")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(own.post(&close, &end("Сел")).await.0, StatusCode::SEE_OTHER);
    let (status, _) = own.post(&close, &end("Сел")).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert_eq!(own.post(&page, &[]).await.0, StatusCode::SEE_OTHER);
    assert_eq!(units(&chain).await, (1, 700, vec![448], 1));
    let (_, text) = own.get(&format!("/stations/{id}?lang=en")).await;
    assert!(
        text.contains("Closed after") && text.contains("Сел"),
        "{text}"
    );

    // Once the first station has opened nothing changes any more.
    chain.place.app.clock.set(at("2023-11-05T01:00:00Z"));
    let (status, text) = own.post(&format!("{page}?lang=en"), &[]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Voting has begun here"), "{text}");
}

#[tokio::test]
async fn only_the_commissions_above_change_stations_and_take_them_over() {
    let chain = called().await;
    let page = format!("/office/contests/{CONTEST}/stations");
    let neighbour = browser(&chain, &chain.osakarov, Office::Chair).await;
    let answer = neighbour.post("/office/stations/new", &NEW_STATION).await;
    assert_eq!(answer.0, StatusCode::FORBIDDEN);
    assert_eq!(neighbour.get(&page).await.0, StatusCode::FORBIDDEN);
    assert_eq!(neighbour.post(&page, &[]).await.0, StatusCode::FORBIDDEN);
    let id = {
        let mut reader = chain.place.app.read().await.unwrap();
        let found = queries::counting_units(&mut reader, CONTEST).await.unwrap();
        found[0].station_id.clone()
    };
    let close = format!("/office/stations/{id}/close");
    assert_eq!(neighbour.get(&close).await.0, StatusCode::FORBIDDEN);
    let fields = [
        ("based_on", "1"),
        ("last_day", "2023-10-01"),
        ("reason", "x"),
    ];
    assert_eq!(
        neighbour.post(&close, &fields).await.0,
        StatusCode::FORBIDDEN
    );
    let region = browser(&chain, &chain.region, Office::Secretary).await;
    assert_eq!(region.get(&close).await.0, StatusCode::OK);
    let mut bad = NEW_STATION.to_vec();
    bad[0].1 = "999";
    let (status, text) = region.post("/office/stations/new", &bad).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("#area_code"), "{text}");
}
