//! Pages: planned, held, read.

use super::*;
use crate::commissions::tests::Browser;
use crate::platform::front::Told as _;
use crate::platform::{Lang, T};
use crate::training::Front;
use crate::training::model::{Act, SessionState, TraineeState};
use axum::http::StatusCode;

const PROGRAMME_FORM: [(&str, &str); 9] = [
    ("id", PROGRAMME),
    ("key", "voting_day"),
    ("audience", "precinct_members"),
    ("level_from", "2"),
    ("level_until", "2"),
    ("title_ru", "День <голосования>"),
    ("goal_ru", "Открыть, провести, посчитать"),
    ("tested", ""),
    ("reason", ""),
];

const MODULE_FORM: [(&str, &str); 6] = [
    ("id", "module-1"),
    ("key", "M1"),
    ("title_ru", "Подсчёт"),
    ("goals_ru", "Заполнить протокол"),
    ("minutes", "45"),
    ("materials_ru", "video | Фильм | https://example.org/film"),
];

const SESSION_FORM: [(&str, &str); 12] = [
    ("id", "session-1"),
    ("election", ELECTION),
    ("programme", PROGRAMME),
    ("level", "2"),
    ("area", "d1"),
    ("trainer", "d1-chair"),
    ("module", "module-1"),
    ("day", "2023-10-02"),
    ("starts", "10:00"),
    ("ends", "13:00"),
    ("place_ru", "Дом <культуры>"),
    ("seats", "20"),
];

fn changed<const N: usize>(
    form: [(&'static str, &'static str); N],
    name: &str,
    value: &'static str,
) -> [(&'static str, &'static str); N] {
    form.map(|(f, v)| if f == name { (f, value) } else { (f, v) })
}

#[tokio::test]
async fn the_office_plans_and_closes_and_everybody_reads_the_number() {
    let world = world().await;
    world.home.app.clock.set(at("2023-09-20T06:00:00Z"));
    let chair = Browser::signed_in(&world.home, "kz-chair").await;
    let (status, _) = chair.get("/office/training/programmes/new?lang=kk").await;
    assert_eq!(status, StatusCode::OK);
    for (name, value) in [("key", "ә"), ("audience", "x"), ("level_until", "x")] {
        let sent = changed(PROGRAMME_FORM, name, value);
        let (status, text) = chair
            .post("/office/training/programmes/new?lang=en", &sent)
            .await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(
            text.contains(&format!("href=\"#{name}\"")),
            "{name}: {text}"
        );
        assert!(text.contains("Открыть, провести"), "what was typed stays");
    }
    let (status, _) = chair
        .post("/office/training/programmes/new", &PROGRAMME_FORM)
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let path = format!("/office/training/programmes/{PROGRAMME}/modules/new");
    let wrong = changed(
        MODULE_FORM,
        "materials_ru",
        "video | Фильм | javascript:alert(1)",
    );
    let (status, text) = chair.post(&format!("{path}?lang=en"), &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("href=\"#materials_ru\""), "{text}");
    let (status, _) = chair.post(&path, &MODULE_FORM).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let open = [("version", "1"), ("to", "open")];
    let path = format!("/office/training/programmes/{PROGRAMME}/move");
    let (status, _) = chair.post(&path, &open).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, text) = chair
        .get(&format!("/office/training/programmes/{PROGRAMME}?lang=ru"))
        .await;
    assert!(
        text.contains("День &#60;голосования&#62;") && text.contains("M1 · Подсчёт"),
        "{text}"
    );

    let office = Browser::signed_in(&world.home, "d1-secretary").await;
    let (_, text) = office.get("/office/training/sessions/new?lang=en").await;
    assert!(
        text.contains("value=\"d1\"") && text.contains("First choose programme"),
        "{text}"
    );
    let chosen = format!(
        "/office/training/sessions/new?election={ELECTION}&programme={PROGRAMME}&level=2&area=d1&lang=en"
    );
    let (_, text) = office.get(&chosen).await;
    assert!(
        text.contains("value=\"d1-chair\"") && text.contains("value=\"module-1\" checked"),
        "{text}"
    );
    for (name, value) in [
        ("area", "zz"),
        ("programme", "none"),
        ("trainer", "st1-chair"),
        ("module", "x"),
        ("day", "soon"),
        ("ends", "09:00"),
        ("seats", "many"),
    ] {
        let sent = changed(SESSION_FORM, name, value);
        let (status, text) = office
            .post("/office/training/sessions/new?lang=en", &sent)
            .await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(
            text.contains(&format!("href=\"#{name}\"")),
            "{name}: {text}"
        );
    }
    let (status, to) = office
        .post("/office/training/sessions/new", &SESSION_FORM)
        .await;
    let page = "/office/training/sessions/session-1";
    assert_eq!(
        (status, to),
        (
            StatusCode::SEE_OTHER,
            format!("{page}?done=training-planned")
        )
    );
    let (status, _) = office
        .post(
            &format!("{page}/invite"),
            &[("version", "1"), ("invite_area", "d1")],
        )
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, text) = office.get(&format!("{page}?lang=ru")).await;
    assert!(text.contains("02.10.2023, 10:00–13:00"), "{text}");
    assert!(
        text.contains("Дом &#60;культуры&#62;") && text.contains("st1-chair"),
        "{text}"
    );
    let (status, text) = office
        .post(
            &format!("{page}/invite?lang=en"),
            &[("version", "1"), ("invite_area", "d1")],
        )
        .await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(text.contains("Somebody else has changed this"), "{text}");
    let (_, text) = office.get(&format!("{page}?name=st1&lang=en")).await;
    assert!(
        text.contains("name=\"person\" value=\"st1-chair\""),
        "{text}"
    );
    let (status, text) = office
        .get(&format!("{page}/replace?person=st1-chair&lang=en"))
        .await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("There is nobody to come instead"), "{text}");

    let anybody = Browser::public(&world.home);
    let (_, text) = anybody.get("/training?as_of=2023-09-19&lang=en").await;
    assert!(text.contains("No session has been held yet"), "{text}");
    let (status, _) = anybody.get("/training/sessions/session-1").await;
    assert_eq!(
        status,
        StatusCode::NOT_FOUND,
        "a plan is the office's affair"
    );

    world.home.app.clock.set(at("2023-10-02T08:00:00Z"));
    let (status, text) = office.get(&format!("{page}/held?lang=en")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("value=\"st2-member4\""), "{text}");
    let sent = [
        ("version", "2"),
        ("absent", "st2-member4"),
        ("on_paper", "x"),
    ];
    let (status, text) = office.post(&format!("{page}/held?lang=en"), &sent).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("href=\"#on_paper\""), "{text}");
    let sent = [
        ("version", "2"),
        ("absent", "st2-member4"),
        ("on_paper", "10"),
    ];
    let (status, _) = office.post(&format!("{page}/held"), &sent).await;
    assert_eq!(status, StatusCode::SEE_OTHER);

    let (_, text) = anybody.get("/training?lang=en").await;
    assert!(text.contains("/training/sessions/session-1"), "{text}");
    let (status, text) = anybody.get("/training/sessions/session-1?lang=ru").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        text.contains(">10<") && !text.contains("st1-chair"),
        "numbers, no names: {text}"
    );
    let (_, text) = anybody.get("/training?as_of=2023-10-01&lang=en").await;
    assert!(text.contains("No session has been held yet"), "{text}");
    let (status, _) = anybody
        .get("/training/sessions/session-1?as_of=2023-10-01")
        .await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (status, _) = anybody.get("/training?as_of=soon").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let (_, text) = anybody.get("/training.csv").await;
    assert!(
        text.contains("session-1,vote-2023,voting_day,2,d1,"),
        "{text}"
    );
    let (_, text) = anybody.get("/training.json?area=r1").await;
    assert!(text.contains("\"present\": 10"), "{text}");
    let (_, text) = anybody.get("/training.json?area=d2").await;
    assert!(!text.contains("session-1"), "{text}");
    let (_, text) = anybody.get("/api/v1/training/session-1").await;
    assert!(
        text.contains("\"M1\"") && text.contains("\"present\":10"),
        "{text}"
    );
    let mut reader = world.home.app.read().await.unwrap();
    let card = Front
        .card(&world.home.app, T::new(Lang::En), &mut reader)
        .await;
    let card = card.unwrap().unwrap();
    assert_eq!(
        (card.href.as_str(), card.text.as_str()),
        ("/training", "d1: 10 people trained")
    );
    drop(reader);
    let member = Browser::signed_in(&world.home, "st1-secretary").await;
    let (_, text) = member.get("/office/training/own?lang=en").await;
    assert!(
        text.contains("Passed: ") && text.contains("d1-chair"),
        "{text}"
    );
    let (_, text) = office
        .get(&format!(
            "/office/training/cascade?programme={PROGRAMME}&lang=en"
        ))
        .await;
    assert!(
        text.contains("tandau-cascade") && text.contains("session-1"),
        "{text}"
    );
    assert!(
        text.contains("class=\"chart chart--narrow\"") && text.contains(">d1, 2 Oct 2023</text>"),
        "drawn as well: {text}"
    );
}

#[tokio::test]
async fn numbers_of_few_people_are_not_published() {
    let world = world().await;
    taught(&world, (2, 2)).await;
    let acting = district(&world, "2023-09-20T06:00:00Z");
    let new = session(
        "session-1",
        (2, "d1"),
        at("2023-10-02T04:00:00Z"),
        &["d1-chair"],
    );
    actions::plan(&acting, new).await.unwrap();
    for (seen, person) in [(1, "st1-chair"), (2, "st2-chair"), (3, "d1-secretary")] {
        let whom = Invited::Person(person.to_owned());
        actions::invite(&acting, "session-1", seen, whom)
            .await
            .unwrap();
    }
    let over = district(&world, "2023-10-02T07:00:00Z");
    actions::held(&over, "session-1", 4, HeldSession::default())
        .await
        .unwrap();
    world.home.app.clock.set(at("2023-10-02T08:00:00Z"));
    let anybody = Browser::public(&world.home);
    for path in ["/training?lang=en", "/training/sessions/session-1?lang=en"] {
        let (_, text) = anybody.get(path).await;
        assert!(
            text.contains("fewer than 5 people") && !text.contains(">3<"),
            "{path}: {text}"
        );
    }
    let (_, text) = anybody.get("/training.json").await;
    assert!(text.contains("\"present\": null"), "{text}");
    let (_, text) = anybody.get("/api/v1/training").await;
    assert!(text.contains("\"present\":null"), "{text}");
}

#[tokio::test]
async fn whoever_writes_tests_and_reads_their_quality_finds_both() {
    let world = world().await;
    world.home.app.clock.set(at("2023-09-25T06:00:00Z"));
    let pages = ["/office/training/tests", "/office/training/quality"];
    for (person, which) in [
        ("kz-chair", [true, true]),
        ("kz-member2", [false, true]),
        ("r1-chair", [false, false]),
        ("d1-secretary", [false, false]),
    ] {
        let office = Browser::signed_in(&world.home, person).await;
        let (status, text) = office.get("/office/training").await;
        assert_eq!(status, StatusCode::OK, "{person}");
        for (page, there) in pages.iter().zip(which) {
            let link = format!("href=\"{page}\"");
            assert_eq!(text.contains(&link), there, "{person} {page}");
            let (status, _) = office.get(page).await;
            assert_eq!(status == StatusCode::OK, there, "{person} {page}");
        }
    }
}

#[tokio::test]
async fn a_long_list_is_folded_by_commission_and_searched_by_name() {
    let world = world().await;
    begin(&world).await;
    let office = Browser::signed_in(&world.home, "d1-secretary").await;
    let page = "/office/training/sessions/session-1?lang=en";
    let (_, text) = office.get(page).await;
    // The district's own secretary, and five of each of two stations.
    assert_eq!(text.matches("<details").count(), 3, "{text}");
    assert!(!text.contains("<details class=\"govuk-details\" open"));
    assert!(text.contains("st1-area: 5") && text.contains("st1-member3"));
    for (who, open) in [
        ("ST2  chair", 1),
        ("st2-area", 1),
        ("chair", 2),
        ("nobody", 0),
    ] {
        let (_, text) = office
            .get(&format!("{page}&who={}", who.replace(' ', "+")))
            .await;
        let found = text
            .matches("<details class=\"govuk-details\" open")
            .count();
        assert_eq!(
            (found, text.contains("st1-member3")),
            (open, false),
            "{who}"
        );
    }
    let (_, text) = office.get(&format!("{page}&who=nobody")).await;
    assert!(text.contains("Nobody found"), "{text}");
}

#[test]
fn every_word_of_a_state_and_an_act_has_a_name() {
    let mut keys: Vec<String> = Vec::new();
    for state in SessionState::ALL {
        keys.push(format!("training-state-{}", state.as_str()));
    }
    for state in TraineeState::ALL {
        keys.push(format!("training-trainee-{}", state.as_str()));
    }
    for act in Act::ALL {
        keys.push(format!("training-act-{}", act.as_str()));
        keys.push(format!("event-training-{}", act.as_str()));
    }
    for state in ProgrammeState::ALL {
        keys.push(format!("training-programme-state-{}", state.as_str()));
        keys.push(format!("training-programme-move-{}", state.as_str()));
    }
    for kind in MaterialKind::ALL {
        keys.push(format!("training-material-{}", kind.as_str()));
    }
    for event in [
        "programme-made",
        "programme-changed",
        "module-made",
        "module-changed",
        "passed",
        "pass-ended",
        "passes-corrected",
    ] {
        keys.push(format!("event-training-{event}"));
    }
    for done in ["saved", "planned", "held", "corrected"] {
        keys.push(format!("done-training-{done}"));
    }
    for lang in Lang::ALL {
        for key in &keys {
            assert!(T::new(lang).dynamic(key).is_some(), "{lang:?} {key}");
        }
    }
}
