//! An election of one station from an empty folder to its results: by commands wherever there is one, and by the
//! rooms' own acts where people use pages.

use super::{Ended, Folder};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use tandau::candidates::actions::{FixBallot, fix_ballot};
use tandau::cli::DataArgs;
use tandau::commissions::{Basis, NewDecision, actions::record_decision, queries::by_area};
use tandau::counting::actions::{Target, accept, open_counting_in};
use tandau::elections::actions::{add_contest_in, add_counting_units_in, create, move_to};
use tandau::elections::queries::counting_units;
use tandau::elections::{ElectionState, NewContest, NewElection};
use tandau::platform::database::Durability;
use tandau::platform::{Acting, App, Names, areas};

const ELECTION: &str = "akim-2023";
const DISTRICT: &str = "353600000";
const AREAS: &str = "code,parent_code,kind,name_kk,name_ru,name_en,zone,valid_from,valid_until,edition,note
KZ,,country,Қазақстан,Казахстан,Kazakhstan,Asia/Almaty,1991-12-16,,test,
350000000,KZ,region,Қарағанды облысы,Карагандинская область,Karaganda Region,Asia/Almaty,1997-05-03,,test,
353600000,350000000,district,Ақтоғай ауданы,Актогайский район,Aktogay district,Asia/Almaty,1997-05-03,,test,
";
const STATIONS: &str = "number,region_code,district_code,name_kk,name_ru,name_en,address_kk,address_ru,address_en,latitude,longitude,capacity,voters_on_list,special,step_free,valid_from
448,350000000,353600000,Мектеп,Школа,School,а,б,c,,,200,600,,yes,2023-01-01
";
const CANDIDATES: &str = "contest,name_kk,name_ru,name_en,sex,birth_date,nominated_by,organisation,nominated_on,occupation_kk,occupation_ru,occupation_en,registered_on,decision_number,signatures_valid,synthetic
353600000,Болат,Болат,Bolat,male,1975-01-01,self,,2023-09-20,,,,2023-10-06,17,12,yes
353600000,Әсел,Асель,Assel,female,1980-01-01,self,,2023-09-21,,,,2023-10-06,17,12,yes
";
/// 300 took ballots; Assel is the first on the ballot.
const FIGURES: &[(&str, &str, u64)] = &[
    ("voters_initial", "", 600),
    ("voters_added", "", 0),
    ("voters_removed", "", 0),
    ("voters_on_list", "", 600),
    ("ballots_received", "", 606),
    ("ballots_cancelled", "", 306),
    ("voters_received_ballots", "", 300),
    ("ballots_issued_by_member", "1", 100),
    ("ballots_issued_by_member", "2", 100),
    ("ballots_issued_by_member", "3", 100),
    ("issued_in_premises", "", 300),
    ("issued_outside", "", 0),
    ("voted_by_absentee_certificate", "", 0),
    ("found_stationary", "", 300),
    ("found_total", "", 300),
    ("invalid", "", 6),
    ("took_part", "", 294),
    ("votes", "1", 160),
    ("votes", "2", 120),
    ("against_all", "", 14),
];

fn commissions() -> String {
    let mut text = String::from(
        "level,area_code,station_number,size,term_from,term_until,office,name_kk,name_ru,name_en,sex,birth_year,\
         nominator,organisation,decision_number,decision_date,body_kk,body_ru,body_en,valid_from,valid_until,synthetic\n",
    );
    for (level, code, station, size) in [
        ("central", "KZ", "", 7),
        ("region", "350000000", "", 7),
        ("district", DISTRICT, "", 7),
        ("precinct", DISTRICT, "448", 5),
    ] {
        for n in 0..size {
            let office = ["chair", "deputy", "secretary"].get(n).unwrap_or(&"member");
            text.push_str(&format!(
                "{level},{code},{station},{size},2023-01-10,2028-01-09,{office},А {level} {n},Б {level} {n},C {level} {n},\
                 female,1980,higher_commission,,5/7,2023-01-10,Мәслихат,Маслихат,Maslikhat,2023-01-10,2028-01-09,yes\n"
            ));
        }
    }
    text
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

async fn open(folder: &Folder) -> App {
    let args = DataArgs {
        data: folder.path("data"),
        database: None,
        rules_dir: None,
        home_zone: None,
        address: None,
        log_name: None,
    };
    tandau::cli::open(&args, Durability::Off).await.unwrap().0
}

async fn area(app: &App, code: &str) -> String {
    let mut reader = app.read().await.unwrap();
    areas::by_code(&mut reader, code, date(2023, 11, 5))
        .await
        .unwrap()
        .unwrap()
}

async fn commission(app: &App) -> String {
    let area = area(app, DISTRICT).await;
    let mut reader = app.read().await.unwrap();
    by_area(&mut reader, &area, date(2023, 11, 5))
        .await
        .unwrap()
        .unwrap()
        .id
}

async fn decide(app: &App, number: &str, kind: &str, on: Date) -> String {
    let decision = NewDecision {
        commission_id: commission(app).await,
        kind,
        number: number.to_owned(),
        decided_on: on,
        title: Names::new("Шешім", "Решение", "Decision"),
        text: String::new(),
        present: 7,
        votes_for: 7,
        votes_against: 0,
        dissents: Vec::new(),
        file_id: None,
        election_id: Some(ELECTION.to_owned()),
        contest_id: None,
    };
    record_decision(&Acting::operator(app.clone()), decision)
        .await
        .unwrap()
}

async fn reach(app: &App, states: &[(ElectionState, &str)]) {
    for (state, moment) in states {
        let acting = Acting::operator(app.clone()).at(at(moment));
        move_to(&acting, ELECTION, *state, None).await.unwrap();
    }
}

/// Called, with its contest and its counting unit, up to registration. Returns the contest.
async fn call(app: &App) -> String {
    let acting = Acting::operator(app.clone()).at(at("2023-09-15T06:00:00Z"));
    let new = NewElection {
        id: ELECTION.to_owned(),
        rules_id: "akim-district-2023".to_owned(),
        title: Names::new("Әкім сайлауы", "Выборы акима", "Election of the akim"),
        area_id: area(app, "KZ").await,
        zone: "Asia/Almaty".to_owned(),
        voting_day: date(2023, 11, 5),
        synthetic: true,
    };
    create(&acting, new).await.unwrap();
    let call = decide(app, "1", "election_called", date(2023, 9, 15)).await;
    let new = NewContest {
        election_id: ELECTION.to_owned(),
        number: 1,
        area_id: area(app, DISTRICT).await,
        region_id: area(app, "350000000").await,
        commission_id: commission(app).await,
        seats: 1,
        sourcing: "sourced".to_owned(),
        basis_decision_id: None,
        called_by: Basis::recorded(call),
    };
    let mut tx = acting.begin().await.unwrap();
    let contest = add_contest_in(&mut tx, &acting, new).await.unwrap();
    add_counting_units_in(&mut tx, &acting, &contest)
        .await
        .unwrap();
    open_counting_in(&mut tx, &acting, &contest).await.unwrap();
    tx.commit().await.unwrap();
    decide(app, "17", "candidate_registered", date(2023, 10, 6)).await;
    reach(
        app,
        &[
            (ElectionState::Nomination, "2023-09-15T18:00:00Z"),
            (ElectionState::Registration, "2023-10-05T13:00:00Z"),
        ],
    )
    .await;
    contest
}

/// Ballot fixed, voting over.
async fn vote(app: &App, contest: &str) {
    reach(app, &[(ElectionState::Campaign, "2023-10-10T13:00:00Z")]).await;
    let input = FixBallot {
        contest_id: contest.to_owned(),
        basis: Basis::recorded(decide(app, "18", "ballot_fixed", date(2023, 10, 11)).await),
    };
    // After the import of the candidates, whatever the election's own time.
    let acting = Acting::operator(app.clone());
    assert_eq!(fix_ballot(&acting, input).await.unwrap(), 2);
    reach(
        app,
        &[
            (ElectionState::Silence, "2023-11-03T18:00:00Z"),
            (ElectionState::Voting, "2023-11-05T01:00:00Z"),
            (ElectionState::Counting, "2023-11-05T15:00:00Z"),
        ],
    )
    .await;
}

async fn accept_all(app: &App, contest: &str) {
    let acting = Acting::operator(app.clone());
    let units = {
        let mut reader = app.read().await.unwrap();
        counting_units(&mut reader, contest).await.unwrap()
    };
    for unit in units {
        accept(&acting, &Target::new(&unit.station_id, contest, 1))
            .await
            .unwrap();
    }
}

fn import(folder: &Folder, what: &str, text: &str, more: &[&str]) -> Ended {
    folder.write("file.csv", text);
    let line = [
        "import", what, "file.csv", "--data", "data", "--format", "json",
    ];
    folder.run(&[&line[..], more].concat())
}

fn results(folder: &Folder, more: &[&str]) -> Ended {
    let line = ["results", "--data", "data", "--election", ELECTION];
    folder.run(&[&line[..], more].concat())
}

#[test]
fn from_an_empty_folder_to_results() {
    let folder = Folder::new();
    import(&folder, "areas", AREAS, &[]).expect(0);
    import(&folder, "stations", STATIONS, &[]).expect(0);
    import(&folder, "commissions", &commissions(), &[]).expect(0);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let contest = runtime.block_on(async {
        let app = open(&folder).await;
        let contest = call(&app).await;
        app.database.close().await;
        contest
    });

    let election = ["--election", ELECTION];
    import(&folder, "candidates", CANDIDATES, &[]).expect(2);
    let bad = CANDIDATES.replace("17,12,yes", "99,12,yes");
    let refused = import(&folder, "candidates", &bad, &election)
        .expect(1)
        .json();
    let problems = refused["problems"].as_array().unwrap();
    assert_eq!(problems.len(), 2, "{refused}");
    let trial = [&election[..], &["--dry-run"]].concat();
    assert_eq!(
        import(&folder, "candidates", CANDIDATES, &trial)
            .expect(0)
            .json()["rows"],
        2
    );
    assert_eq!(
        import(&folder, "candidates", CANDIDATES, &election)
            .expect(0)
            .json()["rows"],
        2
    );
    import(&folder, "candidates", CANDIDATES, &election).expect(1);

    runtime.block_on(async {
        let app = open(&folder).await;
        vote(&app, &contest).await;
        app.database.close().await;
    });
    let mut protocol = String::from("station,contest,line,item,value\n");
    for (line, item, value) in FIGURES {
        protocol.push_str(&format!("448,{DISTRICT},{line},{item},{value}\n"));
    }
    import(&folder, "protocols", &protocol, &election).expect(0);
    let before = results(&folder, &[]).expect(0).json();
    assert_eq!(before["contests"][0]["stations_counted"], 0);
    runtime.block_on(async {
        let app = open(&folder).await;
        accept_all(&app, &contest).await;
        app.database.close().await;
    });
    as_json(&folder, &contest);
    as_csv(&folder);
    as_nist(&folder);
    let report = ["audit", "verify", "--data", "data", "--format", "json"];
    folder.run(&report).expect(0);
}

fn as_json(folder: &Folder, contest: &str) {
    let all = results(folder, &["--format", "json"]).expect(0).json();
    assert_eq!(all["votes_public"], true);
    let one = &all["contests"][0];
    assert_eq!(one["area_code"], DISTRICT);
    assert_eq!(
        (&one["stations_counted"], &one["stations_expected"]),
        (&1.into(), &1.into())
    );
    let votes: Vec<_> = one["options"]
        .as_array()
        .unwrap()
        .iter()
        .map(|o| {
            (
                o["name"]["en"].as_str().unwrap(),
                o["votes"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(&votes[..2], [("Assel", 160), ("Bolat", 120)]);
    assert_eq!(votes[2].1, 14, "against all: {votes:?}");
    assert_eq!(one["protocol"]["took_part"], 294);
    for name in [contest, DISTRICT] {
        let named = results(folder, &["--contest", name]).expect(0).json();
        assert_eq!(named["contests"], all["contests"]);
    }
    let none = results(folder, &["--contest", "none"]).expect(1);
    assert!(
        none.out.is_empty() && none.err.contains("none"),
        "{}",
        none.err
    );
}

fn as_csv(folder: &Folder) {
    let text = results(folder, &["--format", "csv"]).expect(0).out;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let column = |name: &str| heads.iter().position(|h| h == name).unwrap();
    let (level, line, item, value) = (
        column("level"),
        column("line"),
        column("item_en"),
        column("value"),
    );
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    for (of, expected) in [("contest", "160"), ("station", "160")] {
        let found = rows
            .iter()
            .find(|r| &r[level] == of && &r[line] == "votes" && &r[item] == "Assel");
        assert_eq!(&found.unwrap()[value], expected, "{of}");
    }
    let invalid = rows
        .iter()
        .filter(|r| &r[line] == "invalid")
        .all(|r| &r[value] == "6");
    assert!(invalid, "{text}");
}

fn as_nist(folder: &Folder) {
    let report = results(folder, &["--format", "nist"]).expect(0).json();
    assert_eq!(report["@type"], "ElectionResults.ElectionReport");
    let text = report.to_string();
    assert!(text.contains("Assel") && text.contains("160"), "{text}");
}
