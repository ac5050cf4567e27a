//! The promised filling, asked of the installation that the demo makes.

use super::{build, end_of, folder};
use crate::bind;
use crate::cli::{DataArgs, open};
use crate::elections::calendar::Progress;
use crate::elections::queries as elections;
use crate::platform::App;
use crate::platform::audit::{self, Sequencer, SignerKey};
use crate::platform::database::{Connection, Durability};
use jiff::civil::{Date, date};
use std::collections::BTreeSet;
use std::path::PathBuf;

mod told;
mod training;

struct Demo {
    app: App,
    key: SignerKey,
    folder: PathBuf,
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

async fn demo(at: Date) -> Demo {
    let folder =
        std::env::temp_dir().join(format!("tandau-demo-{}", crate::platform::ids::random_id()));
    assert_eq!(
        folder::prepare(&folder, Some(at)).await.unwrap(),
        folder::State::Empty
    );
    let args = DataArgs {
        data: folder.clone(),
        database: None,
        rules_dir: None,
        home_zone: None,
        address: None,
        log_name: None,
    };
    let (app, key) = open(&args, Durability::Off).await.unwrap();
    build(&app, at, true).await.unwrap();
    Demo { app, key, folder }
}

async fn count(reader: &mut Connection, sql: &'static str) -> i64 {
    reader.one(sql, bind![]).await.unwrap().int("n").unwrap()
}

/// Steps of the whole election and of every contest that are in a state now.
async fn steps_that_are(app: &App, wanted: Progress) -> BTreeSet<String> {
    let mut reader = app.read().await.unwrap();
    let election = elections::election(&mut reader, super::load::ELECTION)
        .await
        .unwrap();
    let contests = elections::contests(&mut reader, &election.id)
        .await
        .unwrap();
    let now = app.clock.now();
    let mut found = BTreeSet::new();
    for asked in [None].into_iter().chain(contests.iter().map(Some)) {
        let plan = elections::plan_as_recorded(&mut reader, app, &election, asked)
            .await
            .unwrap();
        let steps = plan.items.iter().filter(|i| i.progress(now) == wanted);
        found.extend(steps.map(|i| match asked {
            None => i.step.id.clone(),
            Some(contest) => format!("{} {}", contest.id, i.step.id),
        }));
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pilot_is_filled_as_promised() {
    let demo = demo(super::DEFAULT_AT).await;
    told::five_weeks_before(&demo).await;
    training::the_cascade(&demo).await;
    let mut reader = demo.app.read().await.unwrap();
    let r = &mut reader;
    assert_eq!(count(r, "select count(*) as n from contest").await, 45);
    assert_eq!(
        count(r, "select count(*) as n from contest_station").await,
        1_491
    );
    assert_eq!(
        count(
            r,
            "select cast(sum(voters_initial) as bigint) as n from contest_station"
        )
        .await,
        1_062_327
    );
    assert_eq!(
        count(
            r,
            "select cast(sum(voters_on_lists) as bigint) as n from contest"
        )
        .await,
        1_062_327
    );
    assert_eq!(
        count(r, "select max(voters_initial) as n from contest_station")
            .await
            .max(3_000),
        3_000
    );
    assert_eq!(
        count(
            r,
            "select count(*) as n from candidate where state = 'on_ballot'"
        )
        .await,
        125
    );
    assert_eq!(count(r, "select count(*) as n from candidate").await, 249);
    assert_eq!(
        count(
            r,
            "select count(*) as n from commission where level <> 'central'"
        )
        .await,
        1_553
    );
    let aktogay = "select count(*) as n from contest_station where contest_id like '%.353600000'";
    assert_eq!(count(r, aktogay).await, 38);
    assert_eq!(count(r, "select count(*) as n from contest_station where contest_id like '%.353600000' and number = 448").await, 1);
    assert_eq!(count(r, "select count(*) as n from contest_station where contest_id like '%.352100000' and number = 802").await, 1);
    assert_eq!(
        count(
            r,
            "select count(*) as n from contest where sourcing = 'not_sourced'"
        )
        .await,
        1
    );
    let placeholder = r
        .one(
            "select n.name_en from contest c join area_name n on n.area_id = c.area_id where c.sourcing = 'not_sourced'",
            bind![],
        )
        .await
        .unwrap();
    assert!(placeholder.text("name_en").unwrap().contains("not sourced"));
    assert_eq!(
        count(r, "select count(*) as n from person where not synthetic").await,
        0
    );
    // What was done is on record or marked: nothing is late by accident.
    let late = steps_that_are(&demo.app, Progress::Late).await;
    assert_eq!(late, BTreeSet::new());
    let done = steps_that_are(&demo.app, Progress::Done).await;
    for step in [
        "call",
        "tec_composition",
        "pec_composition",
        "constituency_list",
        "signature_check",
        "lists_to_pec",
        "ballots_delivery_last",
        "pec_opens",
        "boxes_sealed",
        "count_max",
        "results",
    ] {
        assert!(done.contains(step), "{step}: {done:?}");
    }
    let due = steps_that_are(&demo.app, Progress::Due).await;
    assert!(due.contains("akim_registered") && due.contains("results_published"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_night_was_counted_and_can_be_recounted() {
    let demo = demo(super::DEFAULT_AT).await;
    let mut reader = demo.app.read().await.unwrap();
    let r = &mut reader;
    assert_eq!(
        count(
            r,
            "select count(*) as n from protocol where state = 'accepted'"
        )
        .await,
        1_491
    );
    assert_eq!(
        count(
            r,
            "select count(*) as n from protocol where returned_count > 0"
        )
        .await,
        20
    );
    assert_eq!(
        count(r, "select count(*) as n from protocol where with_act").await,
        2
    );
    assert_eq!(
        count(
            r,
            "select count(*) as n from outcome where kind = 'elected'"
        )
        .await,
        44
    );
    assert_eq!(
        count(r, "select count(*) as n from outcome where kind = 'tie'").await,
        1
    );
    let tied = r
        .one("select contest_id from outcome where kind = 'tie'", bind![])
        .await
        .unwrap()
        .text("contest_id")
        .unwrap();
    let published = r
        .one(
            "select count(*) as n from published_figure f join contest c on c.election_id = f.election_id
             join area a on a.id = c.area_id and a.code = f.area_code where c.id = $1",
            bind![&tied],
        )
        .await
        .unwrap();
    assert_eq!(
        published.int("n").unwrap(),
        0,
        "the tie is in a contest without published figures"
    );
    let contests = r
        .all("select id from contest order by id", bind![])
        .await
        .unwrap();
    for contest in contests {
        let id = contest.text("id").unwrap();
        let totals = crate::counting::queries::totals(r, &id).await.unwrap();
        assert_eq!(
            totals,
            crate::counting::queries::recount(r, &id).await.unwrap(),
            "{id}"
        );
    }
    // Nobody but the late station handed in after three in the morning.
    let late = "select count(*) as n from protocol_version where confirmed_at > 1699218000000000";
    assert_eq!(count(r, late).await, 1);
    drop(reader);
    Sequencer::new(demo.app.clone(), demo.key.clone())
        .catch_up()
        .await
        .unwrap();
    let mut reader = demo.app.read().await.unwrap();
    let report = audit::verify(&mut reader, demo.key.verifier(), None)
        .await
        .unwrap();
    assert!(report.is_sound(), "{:?}", report.problems);
    assert!(report.records > 10_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_state_at_the_end_of_the_visit_is_before_registration() {
    let at = date(2023, 10, 2);
    let demo = demo(at).await;
    let mut reader = demo.app.read().await.unwrap();
    let state = reader
        .one("select state from election", bind![])
        .await
        .unwrap()
        .text("state")
        .unwrap();
    assert_eq!(state, "nomination");
    assert_eq!(
        count(
            &mut reader,
            "select count(*) as n from candidate where state = 'on_ballot'"
        )
        .await,
        0
    );
    assert_eq!(
        count(&mut reader, "select count(*) as n from station_day").await,
        0
    );
    assert_eq!(
        demo.app.clock.now().as_second(),
        end_of(&demo.app, at).unwrap().as_second()
    );
    drop(reader);
    assert_eq!(
        steps_that_are(&demo.app, Progress::Late).await,
        BTreeSet::new()
    );
    let done = steps_that_are(&demo.app, Progress::Done).await;
    for step in ["call", "pec_composition", "precinct_boundaries"] {
        assert!(done.contains(step), "{step}: {done:?}");
    }
    for step in ["media_prices", "lists_to_pec", "pec_opens", "results"] {
        assert!(!done.contains(step), "{step} is yet to come");
    }
    let due = steps_that_are(&demo.app, Progress::Due).await;
    assert!(due.contains("media_prices"), "{due:?}");
    readiness_as_reported(&demo).await;
    told::visit_as_reported(&demo).await;
    told::a_note_of_the_district(&demo).await;
    told::the_note_of_the_visit(&demo).await;
    training::five_weeks_before(&demo).await;
    assert_eq!(
        folder::prepare(&demo.folder, Some(at)).await.unwrap(),
        folder::State::Built,
        "opens again without replaying"
    );
}

/// What was reported in the Aktogay district on 30 September stands; around it a state that can be believed five weeks
/// before voting: most stations have answered about their buildings, something is missing, bodies are at work.
async fn readiness_as_reported(demo: &Demo) {
    let mut reader = demo.app.read().await.unwrap();
    let r = &mut reader;
    assert_eq!(
        count(r, "select count(*) as n from readiness_station").await,
        1_491
    );
    assert_eq!(
        count(
            r,
            "select count(*) as n from readiness_station s join area a on a.id = s.district_id where a.code = '353600000'"
        )
        .await,
        38
    );
    assert_eq!(
        count(
            r,
            "select f.voters as n from needs_release_figure f join area a on a.id = f.area_id
                where a.code = '353600000' and f.version = 1 and f.part = '' and f.need = ''"
        )
        .await,
        619
    );
    // Most of those who walk with difficulty find a seat and a way in; not everybody does.
    let mut walking = Vec::new();
    for part in ["here", "unmet"] {
        let row = r
            .one(
                "select f.voters as n from needs_release_figure f join area a on a.id = f.area_id
                    where a.code = '353600000' and f.version = 1 and f.part = $1 and f.need = 'walking'",
                bind![part],
            )
            .await
            .unwrap();
        walking.push(row.int("n").unwrap());
    }
    assert!(walking[0] > walking[1] && walking[1] > 0, "{walking:?}");
    let answered = count(
        r,
        "select count(*) as n from readiness_station where reported_at is not null",
    )
    .await;
    assert!((1_400..1_491).contains(&answered), "{answered}");
    let unmet = count(
        r,
        "select count(*) as n from readiness_state where status = 'unmet'",
    )
    .await;
    let tasks = count(
        r,
        "select count(*) as n from task where is_open and origin = 'readiness'",
    )
    .await;
    assert!((300..2_000).contains(&unmet), "{unmet}");
    assert_eq!(unmet, tasks, "each thing that is missing has its task");
    for state in ["reported", "verified", "open"] {
        let tasks = r
            .one(
                "select count(*) as n from task where state = $1",
                bind![state],
            )
            .await
            .unwrap()
            .int("n")
            .unwrap();
        assert!(tasks > 0, "{state}");
    }
    let raised = count(r, "select count(*) as n from task where level > 0").await;
    assert!(raised > 0, "what is overdue was raised");
}
