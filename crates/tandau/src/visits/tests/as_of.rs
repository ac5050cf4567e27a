//! What was known on a day that is over.

use super::*;
use crate::commissions::tests::Browser;
use crate::tasks;
use crate::tasks::actions::Instruction;
use crate::visits::model::VisitState;
use axum::http::StatusCode;
use electoral::checklist::Severity;

fn instruction() -> Instruction {
    Instruction {
        key: "k1".to_owned(),
        election_id: ELECTION.to_owned(),
        area_id: "d1".to_owned(),
        station_id: None,
        item: String::new(),
        severity: Severity::Major,
        title: names("A ramp at the club"),
        detail: String::new(),
        addressee: akimat(),
        due_at: Some(at("2023-10-03T12:00:00Z")),
    }
}

/// Planned on 28 September, begun on the 29th, another hour on 30 September, an instruction on 1 October, its deadline
/// moved on the 4th.
async fn played() -> World {
    let world = World::new(1).await;
    let on = |text: &str| world.district(at(text));
    actions::create(&on("2023-09-28T05:00:00Z"), visit("visit1"))
        .await
        .unwrap();
    actions::add_event(
        &on("2023-09-28T05:00:00Z"),
        "visit1",
        event("event1", "E01", 10),
    )
    .await
    .unwrap();
    actions::move_on(
        &on("2023-09-29T05:00:00Z"),
        "visit1",
        1,
        VisitState::Underway,
        "",
    )
    .await
    .unwrap();
    let later = event("event1", "E01", 15);
    actions::plan_event(&on("2023-09-30T03:00:00Z"), 1, later, "The road")
        .await
        .unwrap();
    let day = on("2023-10-01T05:00:00Z");
    let id = actions::instruct(&day, "event1", 2, instruction())
        .await
        .unwrap();
    let moved = on("2023-10-04T05:00:00Z");
    let due = at("2023-10-20T12:00:00Z");
    tasks::actions::move_deadline(&moved, &id, 1, Some(due), "The ground is frozen")
        .await
        .unwrap();
    world.home.app.clock.set(at("2023-10-05T06:00:00Z"));
    world
}

#[tokio::test]
async fn a_visit_is_read_as_it_was_on_a_day() {
    let world = played().await;
    let anybody = Browser::public(&world.home);
    let on = async |day: &str| {
        let path = format!("/visits/visit1?lang=en&as_of={day}");
        let (status, page) = anybody.get(&path).await;
        // Dates are held together.
        (status, page.replace('\u{a0}', " "))
    };
    let (status, _) = on("2023-09-28").await;
    assert_eq!(status, StatusCode::NOT_FOUND, "it had not begun");
    let (status, page) = on("2023-09-29").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        page.contains("10:00–11:00") && !page.contains("15:00–16:00"),
        "{page}"
    );
    assert!(
        !page.contains("A ramp at the club"),
        "nobody had asked for it"
    );
    let (_, page) = on("2023-10-01").await;
    assert!(
        page.contains("15:00–16:00") && !page.contains("10:00–11:00"),
        "{page}"
    );
    assert!(
        page.contains("A ramp at the club") && page.contains("3 Oct 2023"),
        "{page}"
    );
    let (_, page) = on("2023-10-04").await;
    assert!(
        page.contains("20 Oct 2023") && !page.contains("3 Oct 2023"),
        "{page}"
    );
    let (_, page) = anybody.get("/visits?as_of=2023-10-01").await;
    assert!(
        page.contains("href=\"/visits/visit1?as_of=2023-10-01\""),
        "{page}"
    );
    let (status, _) = on("yesterday").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_page_of_an_event_is_read_as_it_was_on_a_day() {
    let world = played().await;
    let anybody = Browser::public(&world.home);
    let on = async |day: &str| {
        let path = format!("/visits/visit1/events/event1?lang=en&as_of={day}");
        let (status, page) = anybody.get(&path).await;
        (status, page.replace('\u{a0}', " "))
    };
    let (status, _) = on("2023-09-28").await;
    assert_eq!(status, StatusCode::NOT_FOUND, "it had not begun");
    let (status, page) = on("2023-09-29").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        page.contains("10:00") && !page.contains("15:00") && !page.contains("A ramp at the club"),
        "{page}"
    );
    assert!(
        page.contains("href=\"/visits/visit1?as_of=2023-09-29\""),
        "the day goes along: {page}"
    );
    let (_, page) = on("2023-10-03").await;
    assert!(
        page.contains("15:00") && page.contains("A ramp at the club"),
        "{page}"
    );
    let (status, _) = on("soon").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let (_, page) = anybody.get("/visits/visit1?as_of=2023-09-29").await;
    assert!(
        page.contains("href=\"/visits/visit1/events/event1?as_of=2023-09-29\""),
        "{page}"
    );
}

#[tokio::test]
async fn an_instruction_leads_back_to_its_event_and_to_the_question_it_is_about() {
    let world = played().await;
    let office = Browser::signed_in(&world.home, "d1-secretary").await;
    let form = "/office/visits/events/event1/instruct?lang=en";
    let (_, page) = office.get(form).await;
    assert!(
        page.contains("<option value=\"power_main\">"),
        "questions of the checklist can be chosen: {page}"
    );
    let fields = |item: &'static str| {
        [
            ("version", "3"),
            ("key", "k2"),
            ("kind", "executive"),
            ("area_code", "d1"),
            ("title_ru", "Проверить линию"),
            ("severity", "major"),
            ("due_date", "2023-10-20"),
            ("due_time", "18:00"),
            ("item", item),
        ]
    };
    let (status, page) = office.post(form, &fields("no_such_question")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
    let (status, page) = office.post(form, &fields("power_main")).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let mut reader = world.home.app.read().await.unwrap();
    let given = queries::instructions(&mut reader, "event1").await.unwrap();
    drop(reader);
    let task = given.iter().find(|one| one.item == "power_main").unwrap();
    let (_, page) = office.get(&format!("/office/tasks/{}", task.id)).await;
    assert!(
        page.contains("href=\"/office/visits/events/event1\"")
            && page.contains("href=\"/readiness/checklist#item-power_main\""),
        "{page}"
    );
    let (_, page) = office.get("/readiness/checklist").await;
    assert!(page.contains("id=\"item-power_main\""), "{page}");
    // The question stands in its words wherever the instruction is listed, and the way back to the register as well.
    let question = "Is the building supplied with electricity without interruption?";
    let anybody = Browser::public(&world.home);
    for (reader, path) in [
        (&office, format!("/office/tasks/{}?lang=en", task.id)),
        (&office, "/office/visits/events/event1?lang=en".to_owned()),
        (
            &office,
            "/office/visits/register?visit=visit1&lang=en".to_owned(),
        ),
        (&anybody, "/visits/visit1?lang=en".to_owned()),
        (&anybody, "/visits/visit1/events/event1?lang=en".to_owned()),
    ] {
        let (_, page) = reader.get(&path).await;
        let link = format!("href=\"/readiness/checklist#item-power_main\">{question}</a>");
        assert!(page.contains(&link), "{path}: {page}");
    }
    let (_, page) = office
        .get(&format!("/office/tasks/{}?lang=en", task.id))
        .await;
    assert!(
        page.contains("href=\"/office/visits/register?visit=visit1\">Register of instructions: Visit to the district</a>"),
        "{page}"
    );
    let (_, text) = office.get("/office/visits/register.csv?visit=visit1").await;
    assert!(text.contains(",open,false,,power_main"), "{text}");
    let (_, text) = anybody.get("/api/v1/visits/visit1").await;
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["instructions"][0]["item"], serde_json::Value::Null);
    assert_eq!(json["instructions"][1]["item"], "power_main");
}

/// Whoever may not open a page is not led there.
#[tokio::test]
async fn a_station_is_led_to_no_page_of_a_visit() {
    let world = played().await;
    let mut new = instruction();
    new.key = "k3".to_owned();
    new.area_id = "st1-area".to_owned();
    new.station_id = Some("st1".to_owned());
    new.item = "power_main".to_owned();
    new.addressee = Addressee {
        kind: Addressee::COMMISSION.to_owned(),
        area_id: "st1-area".to_owned(),
    };
    new.due_at = Some(at("2023-10-20T12:00:00Z"));
    let day = world.district(at("2023-10-04T06:00:00Z"));
    let id = actions::instruct(&day, "event1", 3, new).await.unwrap();
    let station = Browser::signed_in(&world.home, "st1-secretary").await;
    let (status, page) = station.get(&format!("/office/tasks/{id}?lang=en")).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(!page.contains("/office/visits/"), "{page}");
    assert!(
        page.contains("Is the building supplied with electricity without interruption?"),
        "{page}"
    );
    let office = Browser::signed_in(&world.home, "d1-secretary").await;
    let (_, page) = office.get(&format!("/office/tasks/{id}?lang=en")).await;
    assert!(
        page.contains("href=\"/office/visits/events/event1\""),
        "{page}"
    );
}

#[tokio::test]
async fn programs_read_the_same() {
    let world = played().await;
    let anybody = Browser::public(&world.home);
    let on = async |day: &str| -> serde_json::Value {
        let path = format!("/api/v1/visits/visit1?as_of={day}");
        serde_json::from_str(&anybody.get(&path).await.1).unwrap()
    };
    assert_eq!(on("2023-09-28").await["status"], 404);
    let early = on("2023-09-29").await;
    assert_eq!(early["events"][0]["starts_at"], "2023-09-30T10:00:00+06:00");
    assert_eq!(early["instructions"].as_array().unwrap().len(), 0);
    let then = on("2023-10-03").await;
    assert_eq!(then["events"][0]["starts_at"], "2023-09-30T15:00:00+06:00");
    assert_eq!(then["instructions"][0]["overdue"], true);
    assert_eq!(then["instructions"][0]["body"], "executive");
    let now = on("2023-10-05").await;
    assert_eq!(now["instructions"][0]["overdue"], false);
    let (_, text) = anybody.get("/api/v1/visits?as_of=2023-09-28").await;
    assert!(!text.contains("visit1"), "{text}");
    let (_, text) = anybody.get("/api/v1/visits").await;
    assert!(text.contains("\"id\":\"visit1\""), "{text}");
}

#[tokio::test]
async fn the_register_is_read_as_of_a_day() {
    let world = played().await;
    let office = Browser::signed_in(&world.home, "d1-secretary").await;
    let (status, page) = office
        .get("/office/visits/register?visit=visit1&lang=en&as_of=2023-10-03")
        .await;
    assert_eq!(status, StatusCode::OK);
    let page = page.replace('\u{a0}', " ");
    assert!(
        page.contains("3 Oct 2023, 18:00") && page.contains("value=\"2023-10-03\""),
        "{page}"
    );
    assert!(
        page.contains("register.csv?visit=visit1&#38;as_of=2023-10-03"),
        "{page}"
    );
    let (_, text) = office
        .get("/office/visits/register.csv?area=d1&as_of=2023-10-03")
        .await;
    assert!(
        text.contains(",open,true"),
        "it was overdue that evening: {text}"
    );
    let (_, text) = office.get("/office/visits/register.csv?area=d1").await;
    assert!(
        text.contains(",open,false"),
        "it has more time since: {text}"
    );
    let (_, text) = office
        .get("/office/visits/register.csv?area=d1&as_of=2023-09-30")
        .await;
    assert_eq!(text.lines().count(), 1, "{text}");
}

#[tokio::test]
async fn the_visit_leads_to_its_note_and_the_note_back() {
    let world = played().await;
    let office = Browser::signed_in(&world.home, "d1-secretary").await;
    let (_, page) = office.get("/office/visits/visit1?lang=en").await;
    let to = format!("/office/notes/new?template=visit&amp;subject=visit1&amp;election={ELECTION}");
    assert!(page.contains(&format!("href=\"{to}\"")), "{page}");
    let (_, page) = office.get(&to.replace("&amp;", "&")).await;
    assert!(page.contains("value=\"visit1\""), "{page}");
    let form = [
        ("id", "of-visit"),
        ("template", "visit"),
        ("subject", "visit1"),
        ("election", ELECTION),
        ("records_on", "2023-10-04"),
    ];
    let (status, to) = office.post("/office/notes/new", &form).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    let (_, page) = office.get("/office/notes/of-visit?lang=en").await;
    assert!(page.contains("href=\"/office/visits/visit1\""), "{page}");
}
