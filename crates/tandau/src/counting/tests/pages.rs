//! The forms of a protocol over HTTP: typing, a second editor, sending, confirming, the four rulings.

use super::acts::single;
use super::walk::{send, sound};
use super::world::{CONTEST, World, hour};
use super::*;
use crate::commissions::tests::pages::Browser;
use actions::field_name;
use axum::http::StatusCode;
use electoral::protocol::ProtocolEntry;
use model::ProtocolState as S;

fn path(station: &str, rest: &str) -> String {
    format!("/office/protocols/{CONTEST}/{station}{rest}")
}

async fn standing(world: &World, station: &str) -> (S, u64, u64) {
    let mut reader = world.home.app.read().await.unwrap();
    let protocol = queries::protocol(&mut reader, station, CONTEST).await;
    let protocol = protocol.unwrap().unwrap();
    (protocol.state, protocol.version, protocol.sequence)
}

fn groups(world: &World) -> Vec<String> {
    let pack = world.home.app.rules.get("akim-district-2023").unwrap();
    let form = pack.protocol.clone().unwrap();
    form.groups.into_iter().map(|g| g.id).collect()
}

/// Types a whole protocol step by step, as the form asks for it.
async fn type_in(world: &World, browser: &Browser<'_>, station: &str, entry: &ProtocolEntry) {
    let fields: Vec<(String, String)> = entry
        .values
        .iter()
        .map(|(key, figure)| (field_name(key), figure.to_string()))
        .collect();
    let groups = groups(world);
    for (place, group) in groups.iter().enumerate() {
        let page = browser
            .get(&path(station, &format!("?step={group}&lang=en")))
            .await;
        assert_eq!(page.0, StatusCode::OK, "{group}");
        let sequence = {
            let mut reader = world.home.app.read().await.unwrap();
            let protocol = queries::protocol(&mut reader, station, CONTEST).await;
            protocol.unwrap().map_or(0, |p| p.sequence).to_string()
        };
        let mut sent: Vec<(&str, &str)> = vec![("step", group), ("sequence", &sequence)];
        sent.extend(fields.iter().map(|(n, v)| (n.as_str(), v.as_str())));
        let (status, to) = browser.post(&path(station, ""), &sent).await;
        let next = groups.get(place + 1).map_or("summary", String::as_str);
        assert_eq!(status, StatusCode::SEE_OTHER, "{group}: {to}");
        assert_eq!(to, path(station, &format!("?step={next}")), "{group}");
    }
}

#[tokio::test]
async fn a_protocol_is_typed_sent_and_confirmed() {
    let world = World::new(1).await;
    world.home.app.clock.set(hour(22, 0));
    let secretary = Browser::signed_in(&world.home, "st1-secretary").await;
    type_in(&world, &secretary, "st1", &sound("st1", 300)).await;
    let (_, page) = secretary.get(&path("st1", "?step=summary&lang=ru")).await;
    assert!(
        page.contains("<span lang=\"ru\">триста</span>"),
        "read back"
    );
    assert!(page.contains("<span lang=\"kk\">үш жүз</span>"));
    let (status, to) = secretary
        .post(&path("st1", "/submit"), &[("version", "1")])
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    assert_eq!(to, path("st1", "?done=protocol-sent"));
    let chair = Browser::signed_in(&world.home, "st1-chair").await;
    let (_, page) = chair.get(&path("st1", "?lang=en")).await;
    assert!(page.contains("id=\"no_paper\""), "there is no paper");
    let confirm = path("st1", "/confirm");
    let (status, page) = chair.post(&confirm, &[("version", "1")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("href=\"#no_paper\""));
    let reason = [("version", "1"), ("no_paper", "no camera")];
    let (status, to) = chair.post(&confirm, &reason).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(to, path("st1", "?done=protocol-confirmed"));
}

#[tokio::test]
async fn a_form_carries_its_checks_for_the_script() {
    let world = World::new(1).await;
    world.home.app.clock.set(hour(22, 0));
    let secretary = Browser::signed_in(&world.home, "st1-secretary").await;
    let mut all = String::new();
    for group in groups(&world) {
        let (_, page) = secretary
            .get(&path("st1", &format!("?step={group}&lang=en")))
            .await;
        let (_, rest) = page.split_once("data-checks=\"").unwrap();
        let (checks, _) = rest.split_once('"').unwrap();
        all.push_str(&checks.replace("&#34;", "\"").replace("&quot;", "\""));
    }
    for code in [
        "T4", "R4", "R5", "R6", "R7", "R8", "R8A", "R11", "R12", "R13",
    ] {
        assert!(
            all.contains(&format!("\"code\":\"{code}\"")),
            "{code}: {all}"
        );
    }
    assert!(
        all.contains("[\"ceil\",[\"%\",\"voters_initial\",1010000]]"),
        "{all}"
    );
}

#[tokio::test]
async fn a_second_editor_sees_both_sides_even_when_it_was_sent() {
    let world = World::new(1).await;
    world.home.app.clock.set(hour(22, 0));
    let secretary = Browser::signed_in(&world.home, "st1-secretary").await;
    let deputy = Browser::signed_in(&world.home, "st1-deputy").await;
    let group = groups(&world).remove(0);
    let save = |figure: &'static str| {
        let group = group.clone();
        move |sequence: &'static str| {
            vec![
                ("step".to_owned(), group.clone()),
                ("sequence".to_owned(), sequence.to_owned()),
                ("voters_initial".to_owned(), figure.to_owned()),
            ]
        }
    };
    let post = async |browser: &Browser<'_>, fields: Vec<(String, String)>| {
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        browser.post(&path("st1", "?lang=en"), &fields).await
    };
    post(&secretary, save("600")("0")).await;
    let (status, page) = post(&deputy, save("599")("0")).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("600") && page.contains("599"));
    assert!(page.contains("Keep my figures"));
    type_in(&world, &secretary, "st1", &sound("st1", 300)).await;
    secretary
        .post(&path("st1", "/submit"), &[("version", "1")])
        .await;
    let (status, page) = post(&deputy, save("599")("1")).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(
        page.contains("600") && page.contains("599"),
        "typed beside sent"
    );
    assert!(page.contains("The protocol has been sent and its figures can"));
    assert!(!page.contains("Keep my figures"), "nothing can change");
    let mut reader = world.home.app.read().await.unwrap();
    let kept = queries::values(&mut reader, "st1", CONTEST, 1)
        .await
        .unwrap();
    assert_eq!(kept.single("voters_initial"), Some(600));
}

#[tokio::test]
async fn words_of_the_paper_are_typed_on_the_summary() {
    let world = World::new(1).await;
    world.home.app.clock.set(hour(22, 0));
    let secretary = Browser::signed_in(&world.home, "st1-secretary").await;
    type_in(&world, &secretary, "st1", &sound("st1", 300)).await;
    let (_, _, sequence) = standing(&world, "st1").await;
    let sequence = sequence.to_string();
    let fields = |words: &'static str| {
        [
            ("sequence", sequence.as_str()),
            ("line", "took_part"),
            ("language", "ru"),
            ("words", words),
        ]
    };
    let words = path("st1", "/words");
    let (status, page) = secretary
        .post(&words, &fields("двести девяносто четыре"))
        .await;
    assert_eq!(
        status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the same as the digits"
    );
    assert!(page.contains("href=\"#words\""));
    let (status, _) = secretary.post(&words, &fields("двести девяносто")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = secretary.get(&path("st1", "?step=summary&lang=en")).await;
    assert!(page.contains("R14") && page.contains("двести девяносто»"));
}

#[tokio::test]
async fn a_higher_commission_accepts_and_orders_a_recount() {
    let world = World::new(1).await;
    send(&world, "st1", &sound("st1", 300), false).await;
    world.home.app.clock.set(hour(23, 0));
    let district = Browser::signed_in(&world.home, "d1-secretary").await;
    let decide = path("st1", "/decide");
    let (status, to) = district
        .post(&decide, &[("version", "1"), ("ruling", "accept")])
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    assert_eq!(standing(&world, "st1").await.0, S::Accepted);
    let (_, page) = district.get(&path("st1", "/decide?lang=en")).await;
    assert!(page.contains("Order a recount"));
    let (status, page) = district
        .post(&decide, &[("version", "1"), ("ruling", "reopen")])
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("href=\"#reason\""));
    let reopen = [("version", "1"), ("ruling", "reopen"), ("reason", "doubt")];
    let (status, _) = district.post(&decide, &reopen).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(standing(&world, "st1").await.0, S::Returned);
    let (status, _) = district
        .post(&decide, &[("version", "1"), ("ruling", "x")])
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_higher_commission_returns_a_protocol_with_its_reason() {
    let world = World::new(1).await;
    send(&world, "st1", &sound("st1", 300), false).await;
    world.home.app.clock.set(hour(23, 0));
    let district = Browser::signed_in(&world.home, "d1-secretary").await;
    let fields = [
        ("version", "1"),
        ("ruling", "return"),
        ("reason", "count the second box again"),
    ];
    let (status, _) = district.post(&path("st1", "/decide"), &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(standing(&world, "st1").await.0, S::Returned);
    let secretary = Browser::signed_in(&world.home, "st1-secretary").await;
    let (_, page) = secretary.get(&path("st1", "?lang=en")).await;
    assert!(
        page.contains("count the second box again"),
        "why it came back"
    );
}

#[tokio::test]
async fn an_act_is_recorded_with_the_acceptance_in_one_form() {
    let world = World::new(1).await;
    let mut entry = sound("st1", 300);
    entry.set(single("ballots_cancelled"), 305);
    send(&world, "st1", &entry, true).await;
    world.home.app.clock.set(hour(23, 0));
    let district = Browser::signed_in(&world.home, "d1-secretary").await;
    let decide = path("st1", "/decide");
    let (_, page) = district.get(&path("st1", "/decide?lang=en")).await;
    for field in ["fault", "number", "decided_on", "votes_for", "title_kk"] {
        assert!(page.contains(&format!("id=\"{field}\"")), "{field}");
    }
    let mut fields = vec![
        ("version", "1"),
        ("ruling", "act"),
        ("fault", "one is lost"),
    ];
    let (status, page) = district.post(&decide, &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("href=\"#decided_on\""));
    assert!(page.contains("one is lost"), "what was typed stays");
    fields.extend([
        ("number", "17"),
        ("decided_on", "2023-11-05"),
        ("title_kk", "қ"),
        ("title_ru", "п"),
        ("title_en", "d"),
        ("present", "2"),
        ("votes_for", "1"),
        ("votes_against", "1"),
    ]);
    let (status, page) = district.post(&decide, &fields).await;
    assert_eq!(
        status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the vote did not pass"
    );
    assert!(page.contains("href=\"#votes_for\""));
    assert_eq!(standing(&world, "st1").await.0, S::SubmittedWithFaults);
    for (name, value) in &mut fields {
        match *name {
            "votes_for" => *value = "2",
            "votes_against" => *value = "0",
            _ => {}
        }
    }
    let (status, to) = district.post(&decide, &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    assert_eq!(standing(&world, "st1").await.0, S::Accepted);
    let secretary = Browser::signed_in(&world.home, "st1-secretary").await;
    let (status, _) = secretary.post(&decide, &fields).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "not the station's to decide");
}
