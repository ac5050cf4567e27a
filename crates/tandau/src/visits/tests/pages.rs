//! Pages: planned, recorded, read.

use super::*;
use crate::commissions::tests::Browser;
use crate::platform::{Lang, T};
use crate::visits::model::{EventState, ProposalState, VisitState};
use axum::http::StatusCode;

const VISIT: [(&str, &str); 9] = [
    ("id", "visit1"),
    ("area", "d1"),
    ("title_kk", "Ауданға <сапар>"),
    ("title_ru", "Поездка в район"),
    ("title_en", "Visit to the district"),
    ("head_ru", "Председатель комиссии"),
    ("purpose_ru", "Подготовка выборов"),
    ("starts_on", "2023-09-29"),
    ("ends_on", "2023-10-02"),
];

const EVENT: [(&str, &str); 11] = [
    ("id", "event1"),
    ("key", "E01"),
    ("kind", "seminar_meeting"),
    ("area", "d1"),
    ("place_ru", "Зал <акимата>"),
    ("led_ru", "Председатель комиссии"),
    ("day", "2023-09-30"),
    ("starts", "10:00"),
    ("ends", "11:30"),
    ("with_head", "yes"),
    ("counts", "yes"),
];

fn changed<const N: usize>(
    form: [(&'static str, &'static str); N],
    name: &str,
    value: &'static str,
) -> [(&'static str, &'static str); N] {
    form.map(|(f, v)| if f == name { (f, value) } else { (f, v) })
}

#[tokio::test]
async fn the_office_plans_and_records_and_everybody_reads() {
    let world = World::new(1).await;
    world.home.app.clock.set(at("2023-09-30T06:00:00Z"));
    let office = Browser::signed_in(&world.home, "d1-secretary").await;
    let (status, text) = office.get("/office/visits/new?lang=kk").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("value=\"d1\""), "{text}");
    for (name, value) in [
        ("area", "zz"),
        ("starts_on", "soon"),
        ("ends_on", "2023-09-01"),
    ] {
        let sent = changed(VISIT, name, value);
        let (status, text) = office.post("/office/visits/new?lang=en", &sent).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(
            text.contains(&format!("href=\"#{name}\"")),
            "{name}: {text}"
        );
        assert!(
            text.contains("Председатель комиссии"),
            "what was typed stays"
        );
    }
    let (status, to) = office.post("/office/visits/new", &VISIT).await;
    assert_eq!(
        (status, to.as_str()),
        (
            StatusCode::SEE_OTHER,
            "/office/visits/visit1?done=visits-created"
        )
    );
    let path = "/office/visits/visit1/events/new";
    for (name, value) in [
        ("key", "E 1"),
        ("kind", "x"),
        ("area", "zz"),
        ("starts", "x"),
        ("ends", "09:00"),
        ("day", "2023-10-09"),
        ("place_ru", ""),
    ] {
        let sent = changed(EVENT, name, value);
        let (status, text) = office.post(&format!("{path}?lang=en"), &sent).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        let field = if name == "place_ru" { "place_kk" } else { name };
        assert!(
            text.contains(&format!("href=\"#{field}\"")),
            "{name}: {text}"
        );
    }
    let (status, _) = office.post(path, &EVENT).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let second = EVENT.map(|(f, v)| match f {
        "id" => (f, "event2"),
        "key" => (f, "E02"),
        "starts" => (f, "11:00"),
        "ends" => (f, "12:00"),
        _ => (f, v),
    });
    office.post(path, &second).await;
    let (_, text) = office.get("/office/visits/visit1/days?lang=en").await;
    assert!(text.contains("overlap by 30 minutes"), "{text}");
    let (_, text) = office.get("/office/visits/visit1?lang=ru").await;
    assert!(
        text.contains("В плане 1 несоответствие") && text.contains("30.09.2023, 10:00–11:30"),
        "{text}"
    );
    assert!(!text.contains("<акимата>"));

    let anybody = Browser::public(&world.home);
    for path in [
        "/visits/visit1/programme.pdf",
        "/visits/visit1/programme.ics",
        "/visits/visit1/events/event1",
    ] {
        let (status, _) = anybody.get(path).await;
        assert_eq!(
            status,
            StatusCode::NOT_FOUND,
            "{path}: a plan is the office's affair"
        );
    }
    for lang in ["kk", "ru", "en"] {
        let (status, text) = office
            .get(&format!("/visits/visit1/programme.pdf?lang={lang}"))
            .await;
        assert_eq!(status, StatusCode::OK);
        assert!(text.starts_with("%PDF-1."));
    }
    let (_, text) = office.get("/visits/visit1/programme.ics?lang=ru").await;
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    assert!(
        text.contains("UID:event1.visit@tandau") && text.contains("DTSTART:20230930T040000Z"),
        "{text}"
    );
    assert_eq!(text.matches("STATUS:CONFIRMED").count(), 2);
    let cancel = [("version", "1"), ("reason", "Одно совещание вместо двух")];
    let (status, _) = office
        .post("/office/visits/events/event2/cancel", &cancel)
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, text) = office.get("/visits/visit1/programme.ics").await;
    assert_eq!(text.matches("STATUS:CANCELLED").count(), 1);

    let (status, _) = office
        .post(
            "/office/visits/visit1/move",
            &[("version", "1"), ("to", "underway")],
        )
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let sent = [
        ("version", "1"),
        ("counted_students", "540"),
        ("counted_akims", "x"),
        ("speakers", "Аким | Аким | Akim"),
    ];
    let record = "/office/visits/events/event1/record";
    let (status, text) = office.post(&format!("{record}?lang=en"), &sent).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        text.contains("href=\"#counted_akims\"") && text.contains("value=\"540\""),
        "{text}"
    );
    let sent = [("version", "7"), ("counted_students", "540")];
    let (status, text) = office.post(&format!("{record}?lang=en"), &sent).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(
        text.contains("value=\"540\"") && text.contains("Somebody else has changed this"),
        "typed text stays: {text}"
    );
    let sent = [
        ("version", "1"),
        ("counted_students", "540"),
        ("speakers", "Аким | Аким | Akim"),
    ];
    let (status, _) = office.post(record, &sent).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let report = [
        ("version", "2"),
        ("subject_ru", "Доступность участков"),
        ("kind", "executive"),
        ("area_code", "d1"),
        (
            "figures",
            "stations | 38 | stations area=d1 | учаске | участков | stations\npeople | 3 |  | адам | человек | people",
        ),
    ];
    let path = "/office/visits/events/event1/report";
    let wrong = report.map(|(f, v)| {
        if f == "figures" {
            (f, "stations | many")
        } else {
            (f, v)
        }
    });
    let (status, text) = office.post(&format!("{path}?lang=en"), &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("href=\"#figures\""));
    let (status, _) = office.post(path, &report).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let give = [
        ("version", "3"),
        ("key", "k1"),
        ("kind", "executive"),
        ("area_code", "d1"),
        ("title_ru", "Свет на участках"),
        ("severity", "major"),
        ("due_date", "2023-11-04"),
        ("due_time", "18:00"),
    ];
    let path = "/office/visits/events/event1/instruct";
    let (status, text) = office
        .post(
            &format!("{path}?lang=en"),
            &give.map(|(f, v)| if f == "title_ru" { (f, "") } else { (f, v) }),
        )
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("href=\"#title_kk\""));
    let (status, _) = office.post(path, &give).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let propose = [
        ("id", "p1"),
        ("topic", "rural_youth"),
        ("text_ru", "Общежитие <для> молодых"),
        ("kind", "commission"),
        ("area_code", "d1"),
    ];
    let (status, _) = office
        .post("/office/visits/events/event1/propose", &propose)
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, text) = office.get("/office/visits/events/event1?lang=en").await;
    assert!(
        text.contains("540")
            && text.contains("Свет на участках")
            && text.contains("Общежитие &#60;для&#62;"),
        "{text}"
    );
    assert!(
        text.contains("hidden: too few") && text.contains("On record now: 1"),
        "{text}"
    );

    let (status, text) = office
        .get("/office/visits/events/event2/versions?lang=ru")
        .await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Одно совещание вместо двух"), "{text}");
    let (_, text) = office
        .get("/office/visits/events/event1/versions?lang=ru")
        .await;
    assert!(
        text.contains("540") && text.contains("Доступность участков"),
        "{text}"
    );

    let public = "/visits/visit1/events/event1?lang=en";
    let (status, text) = anybody.get(public).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        text.contains("540")
            && text.contains("Свет на участках")
            && text.contains("given, not answered yet"),
        "{text}"
    );
    assert!(text.contains("Sep 2023, 10:00–11:30 (UTC+6)"), "{text}");
    assert!(
        !text.contains("/office/tasks") && !text.contains("Общежитие"),
        "an open proposal waits"
    );
    assert!(!text.contains(">3<"), "three people are too few to say");
    let (_, text) = anybody.get("/visits/proposals?lang=en").await;
    assert!(!text.contains("Общежитие"));
    let (_, text) = office.get("/office/visits/proposals?lang=en").await;
    assert!(text.contains("/office/visits/proposals/p1"));
    let answer = [("version", "1"), ("answer_ru", "Строится к осени")];
    let (status, _) = office
        .post("/office/visits/proposals/p1/answer", &answer)
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    for (path, said) in [
        ("/visits/proposals?lang=en", "/visits/visit1/events/event1"),
        ("/visits/proposals?visit=visit1&lang=kk", "Строится к осени"),
        ("/visits/proposals?topic=rural_youth", "Строится к осени"),
        (public, "Строится к осени"),
        ("/visits/proposals.csv", "Строится к осени"),
    ] {
        let (status, text) = anybody.get(path).await;
        assert_eq!(status, StatusCode::OK);
        assert!(text.contains(said), "{path}: {text}");
    }
    let (_, text) = anybody.get("/visits/proposals?topic=stations").await;
    assert!(!text.contains("Строится к осени"));
    let (_, text) = office.get("/office/visits/register?lang=en").await;
    assert!(
        text.contains("Свет на участках") && text.contains("/office/visits/visit1"),
        "{text}"
    );
    world.home.app.clock.set(at("2023-11-05T06:00:00Z"));
    let (_, text) = office
        .get("/office/visits/register?visit=visit1&lang=en")
        .await;
    assert!(text.contains("Who is late"), "{text}");
    let (_, text) = office.get("/office/visits/register.csv?area=d1").await;
    assert!(
        text.contains("visit1,E01,") && text.contains(",true"),
        "{text}"
    );
    let (status, _) = anybody.get("/visits/visit1/programme.pdf").await;
    assert_eq!(status, StatusCode::OK);
}

#[test]
fn every_word_of_a_state_and_an_act_has_a_name() {
    let mut keys: Vec<String> = Vec::new();
    for state in VisitState::ALL {
        keys.push(format!("visits-state-{}", state.as_str()));
        keys.push(format!("visits-move-{}", state.as_str()));
    }
    keys.extend(
        EventState::ALL
            .iter()
            .map(|s| format!("visits-event-state-{}", s.as_str())),
    );
    keys.extend(
        ProposalState::ALL
            .iter()
            .map(|s| format!("visits-proposal-{}", s.as_str())),
    );
    let acts = [
        "created",
        "edited",
        "moved",
        "event-added",
        "event-planned",
        "event-cancelled",
        "recorded",
        "photographed",
        "instructed",
        "proposed",
        "answered",
        "handed-on",
        "withdrawn",
    ];
    keys.extend(acts.map(|act| format!("event-visit-{act}")));
    for lang in Lang::ALL {
        for key in &keys {
            assert!(T::new(lang).dynamic(key).is_some(), "{lang:?} {key}");
        }
    }
}
