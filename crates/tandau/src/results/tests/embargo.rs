//! Nothing about votes before the last station of the election has closed: no page, no download, no answer.

use super::acts::{central_commission, publication};
use super::night::{Night, Votes, election};
use super::station::{act, send_with_a_fault};
use crate::bind;
use crate::counting;
use crate::counting::tests::papers::png;
use crate::platform::live::Change;
use crate::votingday::tests::world::{CONTEST, hour};
use axum::body::Body;
use axum::http::Request;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio_stream::StreamExt as _;
use tower::ServiceExt as _;

/// Figures found nowhere else.
const VOTES: Votes = Votes {
    candidates: [271, 119, 67],
    against_all: 41,
    invalid: 11,
};

/// Two stations are counted while a third in the west still votes.
async fn night() -> Night {
    let night = Night::new(2).await;
    night.world.station_in("st9", "Asia/Aqtau", 9).await;
    night.accept("st1", VOTES).await;
    night.send("st2", VOTES).await;
    // The west votes until half past one in the morning.
    night
        .world
        .sql(
            "update contest_station set closes_at = $1 where station_id = 'st9'",
            bind![hour(25, 30)],
        )
        .await;
    night
}

/// Everything that everybody may open.
fn addresses() -> Vec<String> {
    let e = election();
    let mut all = vec![
        "/".to_owned(),
        "/downloads".to_owned(),
        "/elections".to_owned(),
        e.clone(),
    ];
    for rest in [
        "/contests/d1",
        "/contests/vote-2023.d1",
        "/contests/d1/protocol.pdf",
        "/contests/d1/lines/took_part",
        "/stations/st1",
        "/stations/1",
        "/stations/st1?version=1",
        "/stations/st2",
        "/screen",
        "/screen?contest=d1",
        "/results.csv",
        "/results.csv?contest=d1",
        "/results.json",
        "/results.json?contest=d1",
        "/results.nist.json",
    ] {
        all.push(format!("{e}{rest}"));
    }
    for rest in [
        "",
        "/contests",
        "/contests/d1",
        "/stations",
        "/stations?contest=d1",
        "/stations/st1",
        "/turnout",
    ] {
        all.push(format!("/api/v1{e}{rest}"));
    }
    all
}

/// Whole numbers in what a body says, without the marks of a page: its drawings are full of coordinates.
fn numbers(body: &str) -> BTreeSet<u64> {
    let mut text = String::with_capacity(body.len());
    if body.starts_with("<!DOCTYPE html>") {
        for part in body.split('<') {
            text.push(' ');
            text.push_str(part.split_once('>').map_or("", |(_, said)| said));
        }
    } else {
        text.push_str(body);
    }
    text.replace('\u{202f}', "")
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter_map(|word| word.parse().ok())
        .collect()
}

fn secrets() -> BTreeSet<u64> {
    let [a, b, c] = VOTES.candidates;
    BTreeSet::from([
        a,
        b,
        c,
        VOTES.against_all,
        VOTES.took_part(),
        VOTES.received(),
    ])
}

#[tokio::test]
async fn nothing_about_votes_leaks_before_the_last_closing() {
    let night = night().await;
    night.clock(hour(23, 0));
    for address in addresses() {
        let (status, body) = night.get(&address).await;
        let found: Vec<u64> = numbers(&body).intersection(&secrets()).copied().collect();
        assert_eq!(found, Vec::<u64>::new(), "{address} ({status})");
        assert!(!body.contains("tandau-bars__fill"), "{address} draws bars");
    }
    let (_, page) = night.get("/?lang=en").await;
    assert!(page.contains("Votes are shown when the last station has closed"));
}

#[tokio::test]
async fn the_same_addresses_show_votes_afterwards() {
    let night = night().await;
    night.clock(hour(26, 0));
    let e = election();
    for address in [
        format!("{e}/contests/d1"),
        format!("{e}/stations/st1"),
        format!("{e}/stations/st2"),
        format!("{e}/screen?contest=d1"),
        format!("{e}/results.csv"),
        format!("{e}/results.json"),
        format!("{e}/results.nist.json?contest=d1"),
        format!("/api/v1{e}/contests"),
        format!("/api/v1{e}/contests/d1"),
        format!("/api/v1{e}/stations/st1"),
    ] {
        let (status, body) = night.get(&address).await;
        assert!(status.is_success(), "{address}: {status}");
        assert!(numbers(&body).contains(&271), "{address} shows votes");
    }
}

#[tokio::test]
async fn every_paper_stays_closed_as_long_as_its_figures() {
    let night = night().await;
    let mut paths = Vec::new();
    for (red, reason) in [(1, "a better photo"), (2, "the second page")] {
        let paper = counting::actions::Paper {
            target: counting::actions::Target::new("st1", CONTEST, 1),
            bytes: png(red),
            reason: reason.to_owned(),
        };
        let secretary = night.world.secretary("st1", hour(22, 40));
        let file = counting::actions::attach_paper(&secretary, paper)
            .await
            .unwrap();
        paths.push(format!("/files/{}", file.id));
    }
    night.clock(hour(23, 0));
    for path in &paths {
        assert_eq!(night.get(path).await.0, 404, "as if it were not there");
    }
    night.clock(hour(26, 0));
    let (_, page) = night
        .get(&format!("{}/stations/st1?lang=en", election()))
        .await;
    let (_, json) = night
        .get(&format!("{}/results.json?contest=d1", election()))
        .await;
    for path in &paths {
        assert_eq!(night.get(path).await.0, 200);
        assert!(page.contains(path), "the page lists every paper");
        assert!(json.contains(path), "and so does the download");
    }
    assert!(page.contains("a better photo") && page.contains("the second page"));
    for odd in ["/files/..%2F..%2Ftandau.db", "/files/%00", "/files/none"] {
        assert_eq!(night.get(odd).await.0, 404, "{odd}");
    }
}

#[tokio::test]
async fn the_paper_of_an_act_waits_with_the_figures_it_speaks_of() {
    let night = Night::new(1).await;
    night.world.station_in("st9", "Asia/Aqtau", 9).await;
    let target = send_with_a_fault(&night).await;
    let mut act = act(target);
    act.paper = Some(png(7));
    let district = night.world.district(hour(22, 30));
    counting::actions::accept_with_act(&district, act)
        .await
        .unwrap();
    let decision = {
        let mut reader = night.world.home.app.read().await.unwrap();
        let full = counting::queries::version(&mut reader, "st1", CONTEST, 1)
            .await
            .unwrap();
        let id = full.version.act_decision_id.unwrap();
        crate::commissions::queries::decision(&mut reader, &id)
            .await
            .unwrap()
    };
    let path = format!("/files/{}", decision.file_id.unwrap());
    night
        .world
        .sql(
            "update contest_station set closes_at = $1 where station_id = 'st9'",
            bind![hour(25, 30)],
        )
        .await;
    night.clock(hour(23, 0));
    assert_eq!(night.get(&path).await.0, 404);
    night.clock(hour(26, 0));
    assert_eq!(night.get(&path).await.0, 200);
}

#[tokio::test]
async fn an_event_says_only_that_something_changed_and_where_it_is_asked() {
    let night = night().await;
    let app = &night.world.home.app;
    let answer = crate::platform::web::router(app, crate::routes())
        .oneshot(
            Request::get(format!("{}/contests/d1/live", election()))
                .body(Body::empty())
                .unwrap(),
        )
        .await
        .unwrap();
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    let mut stream = answer.into_body().into_data_stream();
    let change = |contest: &str| Change {
        event: "protocol.accepted".to_owned(),
        contest_id: contest.to_owned(),
        position: 1,
    };
    app.hub.tell(change("vote-2023.d2"));
    let other = tokio::time::timeout(Duration::from_millis(300), stream.next()).await;
    assert!(other.is_err(), "another contest's changes don't come here");
    app.hub.tell(change(CONTEST));
    let event = tokio::time::timeout(Duration::from_secs(5), stream.next())
        .await
        .unwrap()
        .unwrap()
        .unwrap();
    let text = String::from_utf8(event.to_vec()).unwrap();
    assert_eq!(text.trim(), "event: change\ndata: change");
    app.hub.close();
    let end = tokio::time::timeout(Duration::from_secs(5), stream.next()).await;
    assert!(end.unwrap().is_none(), "streams end with the program");
}

/// The first contest is counted; the second votes two weeks later, with a protocol that came too early.
#[tokio::test]
async fn a_moved_contest_holds_back_only_its_own_votes() {
    let night = Night::new(1).await;
    night.accept("st1", VOTES).await;
    night.world.contest_in("d2", 2, "2023-11-20").await;
    night.world.station_of("st8", "d2", "Asia/Almaty", 8).await;
    night.world.station_of("st9", "d2", "Asia/Aqtau", 9).await;
    let sql = "insert into contest_total (contest_id, line, item, value) values ('vote-2023.d2', $1, '', 777)";
    for line in ["against_all", "took_part"] {
        night.world.sql(sql, bind![line]).await;
    }
    night
        .world
        .sql(
            "insert into contest_progress (contest_id, expected, draft, submitted, faulty, returned, accepted)
                values ('vote-2023.d2', 2, 0, 0, 0, 0, 1)",
            bind![],
        )
        .await;
    let e = election();
    let later = |hours: i64| hour(15 * 24 + hours, 0);
    for (now, public) in [(hour(26, 0), false), (later(20), false), (later(21), true)] {
        night.clock(now);
        for address in [
            format!("{e}/contests/d1"),
            format!("{e}/results.csv"),
            format!("/api/v1{e}/contests"),
        ] {
            assert!(
                numbers(&night.get(&address).await.1).contains(&271),
                "{address}"
            );
        }
        for address in [
            e.clone(),
            format!("{e}/contests/d2"),
            format!("{e}/screen?contest=d2"),
            format!("{e}/results.csv"),
            format!("{e}/results.json?contest=d2"),
            format!("/api/v1{e}/contests"),
            format!("/api/v1{e}/contests/d2"),
        ] {
            let (_, body) = night.get(&address).await;
            let shown = numbers(&body).iter().any(|n| [777, 777 + 41].contains(n));
            assert_eq!(shown, public, "{address} at {now}");
        }
    }
}

#[tokio::test]
async fn the_others_are_determined_and_published_without_the_moved_one() {
    use crate::elections::ElectionState;
    use crate::results::actions::{Determine, determine, publish};
    let night = Night::new(1).await;
    night.accept("st1", VOTES).await;
    night.world.contest_in("d2", 2, "2023-11-20").await;
    night.world.station_of("st8", "d2", "Asia/Almaty", 8).await;
    let input = |contest: &str, number: &str| Determine {
        contest_id: contest.to_owned(),
        decision: super::night::decision(number),
        paper: None,
        declared_invalid: (contest != CONTEST).then(|| "The boxes were lost.".to_owned()),
    };
    determine(&night.district(), input(CONTEST, "1"))
        .await
        .unwrap();
    let app = &night.world.home.app;
    let state = async || {
        let mut reader = app.read().await.unwrap();
        let id = crate::votingday::tests::world::ELECTION;
        crate::elections::queries::election(&mut reader, id)
            .await
            .unwrap()
            .state
    };
    assert_eq!(state().await, ElectionState::Determined);
    let central = night
        .world
        .acting("kz-chair", "central.chair", "kz", hour(60, 0));
    central_commission(&night).await;
    publish(&central, "vote-2023", publication("1"))
        .await
        .unwrap();
    assert_eq!(state().await, ElectionState::Published);
    night.clock(hour(60, 0));
    let home = night.page("/?lang=en").await;
    assert!(home.contains("1 contest votes on a later day."));
    assert!(
        home.contains("Votes on 20 November 2023"),
        "its state in the list"
    );
    // On its own day the moved contest can still be worked on, and not before.
    night
        .world
        .sql("update commission set size = 1 where id = 'd2'", bind![])
        .await;
    for (id, position) in [("c1", 1_i64), ("c2", 2)] {
        let sql = "insert into candidate (id, contest_id, person_id, nominated_by, nominated_on, state, ballot_position)
            values ('d2-' || $1, 'vote-2023.d2', $1, 'self', '2023-09-20', 'registered', $2)";
        night.world.sql(sql, bind![id, position]).await;
    }
    let mut early = input("vote-2023.d2", "2");
    (early.decision.present, early.decision.votes_for) = (1, 1);
    let mut late = early.clone();
    late.decision.decided_on = jiff::civil::date(2023, 11, 21);
    let chair = |now| night.world.acting("d2-chair", "district.chair", "d2", now);
    assert!(determine(&chair(hour(60, 0)), early).await.is_err());
    let mut reader = app.read().await.unwrap();
    let unit = crate::votingday::queries::unit(&mut reader, "st8", "vote-2023.d2")
        .await
        .unwrap();
    assert_eq!(
        unit.election_state, "counting",
        "stations may report and send"
    );
    drop(reader);
    determine(&chair(hour(16 * 24, 0)), late).await.unwrap();
    assert_eq!(state().await, ElectionState::Published);
}
