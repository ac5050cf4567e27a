//! What happened: versions of the record, instructions, figures for notes.

use super::*;
use crate::bind;
use crate::incidents::tests::log_is_sound;
use crate::surveys;
use crate::tasks::actions::Instruction;
use crate::visits::model::EventState;
use crate::visits::queries::{Figure, FigureValue, figure as ask};
use electoral::checklist::Severity;
use electoral::press::Value;
use std::collections::BTreeMap;

async fn asked(world: &World, name: &str, params: &[(&str, &str)]) -> Option<Figure> {
    let params: BTreeMap<String, String> = params
        .iter()
        .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
        .collect();
    let mut reader = world.home.app.read().await.unwrap();
    ask(&mut reader, "visit1", (name, &params), jiff::Timestamp::MAX)
        .await
        .unwrap()
}

async fn count(world: &World, name: &str, params: &[(&str, &str)]) -> Option<(u64, String)> {
    let found = asked(world, name, params).await?;
    match found.value {
        FigureValue::Number(Value::Count(n)) => Some((n, found.href)),
        other => panic!("{other:?}"),
    }
}

fn instruction(key: &str) -> Instruction {
    Instruction {
        key: key.to_owned(),
        election_id: String::new(),
        area_id: "d1".to_owned(),
        station_id: None,
        item: String::new(),
        severity: Severity::Major,
        title: names("Electricity at stations"),
        detail: String::new(),
        addressee: akimat(),
        due_at: Some(at("2023-11-04T12:00:00Z")),
    }
}

#[tokio::test]
async fn a_correction_is_a_version_and_the_figures_follow() {
    let world = World::new(1).await;
    let (_, one) = begun(&world).await;
    let host = host(&world);
    let early = world.district(at("2023-09-30T03:00:00Z"));
    assert!(
        is_conflict(actions::record(&early, "event1", one.version, record(), "").await),
        "nothing has happened yet"
    );
    actions::record(&host, "event1", one.version, record(), "")
        .await
        .unwrap();
    let (_, held) = now(&world).await;
    assert_eq!(held.state, EventState::Held);
    assert_eq!(held.record, one.version + 1);
    let href = "/visits/visit1/events/event1".to_owned();
    let at_event = ("event", "E01");
    assert_eq!(
        count(&world, "participants", &[at_event]).await,
        Some((565, href.clone()))
    );
    let students = [at_event, ("category", "students")];
    assert_eq!(
        count(&world, "participants", &students).await,
        Some((540, href.clone()))
    );
    let none = [at_event, ("category", "others")];
    assert_eq!(
        count(&world, "participants", &none).await,
        None,
        "nobody counted"
    );
    let mut more = record();
    more.speakers.push(names("Head of the energy works"));
    actions::record(&host, "event1", held.version, more, "")
        .await
        .unwrap();
    let (_, held) = now(&world).await;
    let mut corrected = record();
    corrected.speakers.push(names("Head of the energy works"));
    corrected.counts[0].counted = Some(541);
    corrected.reports[0].figures[1].value = 4;
    assert_eq!(
        field(actions::record(&host, "event1", held.version, corrected.clone(), "").await),
        "reason"
    );
    assert!(is_conflict(
        actions::record(&host, "event1", one.version, corrected.clone(), "x").await
    ));
    actions::record(&host, "event1", held.version, corrected, "Counted again")
        .await
        .unwrap();
    assert_eq!(
        count(&world, "participants", &students).await,
        Some((541, href))
    );
    let mut reader = world.home.app.read().await.unwrap();
    let versions = queries::versions(&mut reader, "event1").await.unwrap();
    assert_eq!(versions.len(), 3, "what is added needs no reason");
    assert_eq!(versions[2].reason, "Counted again");
    let first = queries::record_of(&mut reader, "event1", versions[0].version)
        .await
        .unwrap();
    assert_eq!(first, record().tidy(), "the first record reads as it was");
    drop(reader);
    log_is_sound(&world, "event1").await;
    log_is_sound(&world, "visit1").await;
    world
        .sql(
            "update visit_count set counted = 900 where category = 'students' and counted = 540",
            bind![],
        )
        .await;
    let report = {
        use crate::platform::audit::{open_key, verify};
        let app = &world.home.app;
        let key = open_key(&app.database, &app.settings.data, None)
            .await
            .unwrap();
        let mut reader = app.read().await.unwrap();
        verify(&mut reader, key.verifier(), None).await.unwrap()
    };
    assert!(
        report.problems.iter().any(|p| p.object.contains("event1")),
        "a changed number is found: {:?}",
        report.problems
    );
}

#[tokio::test]
async fn what_nobody_can_have_recorded_is_refused() {
    let world = World::new(1).await;
    let (_, one) = begun(&world).await;
    let host = host(&world);
    let wrong = |change: fn(&mut Record)| {
        let mut new = record();
        change(&mut new);
        new
    };
    for (name, new) in [
        (
            "counts",
            wrong(|r| r.counts[0].category = "party".to_owned()),
        ),
        (
            "counts",
            wrong(|r| r.counts[1].category = "students".to_owned()),
        ),
        (
            "counted_students",
            wrong(|r| r.counts[0].counted = Some(1_000_001)),
        ),
        ("speakers", wrong(|r| r.speakers = vec![names("a"); 31])),
        (
            "subject_kk",
            wrong(|r| r.reports[0].subject = Names::default()),
        ),
        (
            "figures",
            wrong(|r| r.reports[0].figures[1].key = "stations".to_owned()),
        ),
        (
            "figures",
            wrong(|r| r.reports[0].figures[1].key = "Stations!".to_owned()),
        ),
        (
            "kind",
            wrong(|r| {
                r.reports[0].body = Some(Addressee {
                    kind: "choir".to_owned(),
                    area_id: "d1".to_owned(),
                })
            }),
        ),
        (
            "area_code",
            wrong(|r| {
                r.reports[0].body = Some(Addressee {
                    kind: "police".to_owned(),
                    area_id: "d2".to_owned(),
                })
            }),
        ),
        ("surveys", wrong(|r| r.surveys = vec!["none".to_owned()])),
    ] {
        assert_eq!(
            field(actions::record(&host, "event1", one.version, new, "").await),
            name
        );
    }
    let member = world.acting("x", "district.member", "d1", at("2023-09-30T14:00:00Z"));
    assert!(is_forbidden(
        actions::record(&member, "event1", one.version, record(), "").await
    ));
    for wrong in [
        "//elsewhere",
        "/a b",
        "name=1",
        "stations area",
        "Stations",
        "/<x>",
        "s a=1 b=1 c=1 d=1 e=1 f=1",
    ] {
        assert_eq!(Source::parse(wrong), None, "{wrong}");
    }
    for fine in ["", "/readiness?x=1", "stations area=353600000"] {
        assert_eq!(Source::parse(fine).unwrap().text(), fine);
    }
}

#[tokio::test]
async fn what_comes_later_is_no_correction_of_what_was() {
    let world = World::new(1).await;
    let (_, one) = begun(&world).await;
    let host = host(&world);
    actions::record(&host, "event1", one.version, record(), "")
        .await
        .unwrap();
    actions::propose(&host, "event1", proposal("p1", commission()))
        .await
        .unwrap();
    let later = world.district(at("2023-10-05T06:00:00Z"));
    actions::answer(&later, "p1", 1, &names("In spring"), "")
        .await
        .unwrap();
    actions::instruct(&later, "event1", one.version + 1, instruction("k1"))
        .await
        .unwrap();
    let on = async |moment: &str, name: &str| {
        let mut reader = world.home.app.read().await.unwrap();
        let params = BTreeMap::new();
        let found = ask(&mut reader, "visit1", (name, &params), at(moment));
        match found.await.unwrap().unwrap().value {
            FigureValue::Number(Value::Count(n)) => n,
            other => panic!("{other:?}"),
        }
    };
    for (moment, events, given, answered) in [
        ("2023-09-29T00:00:00Z", 0, 0, 0),
        ("2023-10-02T18:00:00Z", 1, 0, 0),
        ("2023-10-06T00:00:00Z", 1, 1, 1),
    ] {
        assert_eq!(on(moment, "events").await, events, "{moment}");
        assert_eq!(on(moment, "instructions").await, given, "{moment}");
        assert_eq!(on(moment, "proposals").await, answered, "{moment}");
    }
}

#[tokio::test]
async fn a_small_number_under_any_name_stays_hidden() {
    let world = World::new(1).await;
    let (_, one) = begun(&world).await;
    let mut told = record();
    told.reports[0].figures = vec![
        figure("stations", 3, "stations area=d1"),
        figure("disabled", 2, ""),
        figure("disabled_too", 5, ""),
    ];
    actions::record(&host(&world), "event1", one.version, told, "")
        .await
        .unwrap();
    let anybody = crate::commissions::tests::Browser::public(&world.home);
    let (_, page) = anybody
        .get("/visits/visit1/events/event1?lang=en&as_of=")
        .await;
    for line in [
        "stations: <a class=\"govuk-link\" href=\"/areas/d1\">3</a>",
        "disabled: hidden: too few",
        "disabled_too: 5",
    ] {
        assert!(page.contains(line), "{line}: {page}");
    }
}

#[tokio::test]
async fn instructions_are_tasks_and_figures_count_them() {
    let world = World::new(1).await;
    let (_, one) = begun(&world).await;
    let host = host(&world);
    let mut stranger = instruction("k9");
    stranger.addressee.area_id = "d2".to_owned();
    assert!(is_forbidden(
        actions::instruct(&host, "event1", one.version, stranger).await
    ));
    let task = actions::instruct(&host, "event1", one.version, instruction("k1"))
        .await
        .unwrap();
    let again = actions::instruct(&host, "event1", one.version, instruction("k1"))
        .await
        .unwrap();
    assert_eq!(task, again, "the same form twice is one instruction");
    assert!(is_conflict(
        actions::instruct(&host, "event1", one.version, instruction("k2")).await
    ));
    actions::instruct(&host, "event1", one.version + 1, instruction("k2"))
        .await
        .unwrap();
    assert_eq!(count(&world, "instructions", &[]).await.unwrap().0, 2);
    let mut reader = world.home.app.read().await.unwrap();
    let tasks = queries::instructions_of_visit(&mut reader, "visit1")
        .await
        .unwrap();
    assert!(
        tasks
            .iter()
            .all(|(event, task)| event == "event1" && task.addressee == akimat())
    );
    assert!(queries::overdue_by_body(&tasks, at("2023-11-04T12:00:00Z")).is_empty());
    let late = queries::overdue_by_body(&tasks, at("2023-11-04T12:00:01Z"));
    assert_eq!(late.into_iter().collect::<Vec<_>>(), [(akimat(), 2)]);
    drop(reader);
    log_is_sound(&world, "event1").await;
}

#[tokio::test]
async fn a_note_asks_and_every_figure_has_its_page() {
    let world = World::new(1).await;
    world.home.app.clock.set(at("2023-09-30T06:00:00Z"));
    begun(&world).await;
    let host = host(&world);
    let mut station = event("event2", "E03", 12);
    station.kind = "polling_station_visit".to_owned();
    station.station_id = Some("st1".to_owned());
    actions::add_event(&host, "visit1", station).await.unwrap();
    surveys::tests::opened(&world, surveys::tests::new("s1"), surveys::tests::five()).await;
    let mut happened = record();
    happened.surveys = vec!["s1".to_owned(), "s1".to_owned()];
    let (_, one) = now(&world).await;
    actions::record(&host, "event1", one.version, happened.clone(), "")
        .await
        .unwrap();
    let elsewhere = actions::record(&host, "event2", 1, happened, "").await;
    assert_eq!(field(elsewhere), "surveys", "a survey was asked once");
    assert_eq!(
        count(&world, "participants", &[("event", "E99")]).await,
        None
    );
    let residents = [("kind", "meeting_residents")];
    assert_eq!(count(&world, "events", &residents).await.unwrap().0, 1);
    assert_eq!(
        count(&world, "events", &[]).await.unwrap().0,
        1,
        "what has not happened is not counted"
    );
    let day = |found: Option<Figure>| found.unwrap().value;
    assert_eq!(
        day(asked(&world, "visit_from", &[]).await),
        FigureValue::Day(date(2023, 9, 29))
    );
    assert_eq!(
        day(asked(&world, "visit_until", &[]).await),
        FigureValue::Day(date(2023, 10, 2))
    );
    assert_eq!(
        day(asked(&world, "visit_head", &[]).await),
        FigureValue::Words(names("Chair of the commission"))
    );
    let region = asked(&world, "visit_region", &[]).await.unwrap();
    assert_eq!(region.href, "/areas/d1");
    assert_eq!(asked(&world, "weather", &[]).await, None);
    let mut reader = world.home.app.read().await.unwrap();
    assert_eq!(
        queries::asked_at(&mut reader, "s1").await.unwrap(),
        ["event1"]
    );
}
