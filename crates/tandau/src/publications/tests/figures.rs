//! Figures are asked of the records, and of nothing else.

use super::*;
use crate::platform::{Lang, T};
use crate::publications::figures::{QUESTIONS, Silence, in_words};
use crate::readiness::access::actions::{self as access, NewNeeds};
use crate::readiness::tests::world::Ready;
use crate::surveys::actions as surveys;
use crate::surveys::model::{Answer as Said, QuestionKind, Submission};
use crate::surveys::tests as hall;
use electoral::accessibility::{Known, Means, Word};

fn value(outcome: Outcome) -> Value {
    outcome.unwrap().value
}

#[tokio::test]
async fn an_election_and_its_territory_are_asked() {
    let world = here().await;
    for (text, expected) in [
        ("{voting_day}", Value::Day(date(2023, 11, 5))),
        ("{records_day}", Value::Day(day())),
        ("{area}", Value::Words(Names::new("d1", "d1", "d1"))),
        ("{election}", Value::Words(Names::new("e", "e", "e"))),
        ("{contests}", Value::Count(1)),
        ("{contests kind=district}", Value::Count(1)),
        ("{contests kind=city}", Value::Count(0)),
        ("{stations}", Value::Count(2)),
        ("{stations area=d1}", Value::Count(2)),
        ("{stations area=r1}", Value::Count(2)),
        ("{station station=st2}", Value::Number(2)),
    ] {
        let found = asked(&world, "area", text).await.unwrap();
        assert_eq!(found.value, expected, "{text}");
        assert!(found.href.starts_with('/'), "{text}: {}", found.href);
    }
    let page = asked(&world, "area", "{stations}").await.unwrap().href;
    assert_eq!(
        page,
        "/readiness/accessibility/d1?election=vote-2023&as_of=2023-10-02"
    );
}

#[tokio::test]
async fn what_cannot_be_asked_stays_silent() {
    let world = here().await;
    for (text, silence) in [
        ("{votes}", Silence::Question),
        ("{participants event=E01}", Silence::Question),
        ("{contests kind=village}", Silence::Parameters),
        ("{contests sort=district}", Silence::Parameters),
        ("{readiness}", Silence::Parameters),
        ("{share question=one option=yes}", Silence::Parameters),
        ("{station}", Silence::Parameters),
        ("{stations area=d1 event=E01}", Silence::Parameters),
        ("{stations area=zz}", Silence::Nothing),
        ("{stations area=d2}", Silence::Nothing),
        ("{stations event=E01}", Silence::Nothing),
        ("{readiness what=ready}", Silence::Nothing),
        ("{people_with_disabilities}", Silence::Nothing),
        ("{step_free}", Silence::Nothing),
        ("{answered survey=none}", Silence::Nothing),
        ("{station station=none}", Silence::Nothing),
    ] {
        assert_eq!(asked(&world, "area", text).await, Err(silence), "{text}");
    }
}

#[tokio::test]
async fn readiness_and_access_are_asked_as_of_the_day() {
    let ready = Ready::new(3).await;
    let world = &ready.world;
    world.home.app.clock.set(at(NOW));
    assert_eq!(
        value(asked(world, "area", "{readiness what=stations}").await),
        Value::Count(3)
    );
    assert_eq!(
        value(asked(world, "area", "{readiness what=ready_share}").await),
        Value::Share { part: 0, of: 3 }
    );
    assert_eq!(
        asked(world, "area", "{readiness what=beautiful}").await,
        Err(Silence::Parameters)
    );
    let morning = at("2023-10-02T04:00:00Z");
    let district = world.district(morning);
    let means: Means = std::iter::once(("ramp".to_owned(), Known::word(Word::Yes))).collect();
    access::record_means(&district, "st1", 0, &means)
        .await
        .unwrap();
    let needs: Vec<NewNeeds> = [("st1", 273), ("st2", 300), ("st3", 46)]
        .map(|(station, voters)| NewNeeds {
            station_id: station.to_owned(),
            based_on: None,
            counts: [("walking".to_owned(), voters)].into(),
        })
        .into();
    access::record_needs(&district, ELECTION, "d1", "commission", &needs)
        .await
        .unwrap();
    // Counts stay with the commissions until they are released.
    assert_eq!(
        asked(world, "area", "{people_with_disabilities}").await,
        Err(Silence::Nothing)
    );
    let central = world.acting("central", "central.secretary", "kz", morning);
    access::release(&central, ELECTION).await.unwrap();
    assert_eq!(
        value(asked(world, "area", "{people_with_disabilities}").await),
        Value::Count(619)
    );
    assert!(matches!(
        asked(world, "area", "{step_free}").await.unwrap().value,
        Value::Count(_)
    ));
}

#[tokio::test]
async fn an_event_of_a_journey_leads_to_its_survey_and_station() {
    let (world, trip) = travelled().await;
    assert_eq!(
        value(asked(&world, "visit", "{participants event=E01}").await),
        Value::Count(540)
    );
    assert_eq!(
        value(asked(&world, "visit", "{visit_from}").await),
        Value::Day(date(2023, 9, 29))
    );
    assert_eq!(
        value(asked(&world, "visit", "{station event=E01}").await),
        Value::Number(1)
    );
    assert_eq!(
        value(asked(&world, "visit", "{stations event=E01}").await),
        Value::Count(2)
    );
    assert_eq!(
        asked(&world, "visit", "{stations event=E02}").await,
        Err(Silence::Nothing)
    );
    trip.students.store(541, Ordering::SeqCst);
    assert_eq!(
        value(asked(&world, "visit", "{participants event=E01}").await),
        Value::Count(541)
    );
    let question = hall::question("one", QuestionKind::One, &["yes", "no", "unsure"]);
    let survey = hall::opened(&world, hall::new("s"), vec![question]).await;
    let share = "{share event=E01 question=one option=yes}";
    assert_eq!(
        asked(&world, "visit", share).await,
        Err(Silence::Nothing),
        "it is still open"
    );
    for n in 0..24 {
        let said = match n {
            0..13 => "yes",
            13..22 => "no",
            _ => "unsure",
        };
        let sent = Submission {
            device: format!("p{n}"),
            token: None,
            lang: Lang::En,
            answers: vec![("one".to_owned(), Said::One(said.to_owned()))],
        };
        surveys::answer(&world.home.app, &survey.code, sent)
            .await
            .unwrap();
    }
    surveys::close(&hall::host(&world), "s").await.unwrap();
    assert_eq!(
        value(asked(&world, "visit", "{answered event=E01}").await),
        Value::Count(24)
    );
    assert_eq!(
        value(asked(&world, "visit", "{present survey=s}").await),
        Value::Count(540)
    );
    let unsure = "{share event=E01 question=one option=unsure}";
    assert_eq!(
        asked(&world, "visit", unsure).await,
        Err(Silence::Hidden),
        "two people"
    );
    // Another survey at the same event: a question says which is meant, a number of answers doesn't.
    trip.surveys.store(2, Ordering::SeqCst);
    assert_eq!(
        asked(&world, "visit", "{answered event=E01}").await,
        Err(Silence::Parameters)
    );
    assert_eq!(
        value(asked(&world, "visit", share).await),
        Value::Share { part: 13, of: 24 }
    );
    trip.surveys.store(1, Ordering::SeqCst);
    for wrong in [
        "{share event=E01 question=two option=yes}",
        "{share event=E01 question=one option=perhaps}",
    ] {
        assert_eq!(asked(&world, "visit", wrong).await, Err(Silence::Nothing));
    }
}

#[tokio::test]
async fn a_share_that_is_shown_is_asked_exactly() {
    let (world, _) = travelled().await;
    let question = hall::question("one", QuestionKind::One, &["yes", "no"]);
    let survey = hall::opened(&world, hall::new("s"), vec![question]).await;
    for n in 0..30 {
        let said = if n < 13 { "yes" } else { "no" };
        let sent = Submission {
            device: format!("p{n}"),
            token: None,
            lang: Lang::En,
            answers: vec![("one".to_owned(), Said::One(said.to_owned()))],
        };
        surveys::answer(&world.home.app, &survey.code, sent)
            .await
            .unwrap();
    }
    surveys::close(&hall::host(&world), "s").await.unwrap();
    let found = asked(
        &world,
        "visit",
        "{share event=E01 question=one option=yes|almost}",
    )
    .await
    .unwrap();
    assert_eq!(found.value, Value::Share { part: 13, of: 30 });
    assert_eq!(found.href, "/surveys/s");
}

#[test]
fn every_question_and_silence_has_words() {
    for lang in Lang::ALL {
        let t = T::new(lang);
        for question in QUESTIONS {
            let asked = place(&format!("{{{}}}", question.name));
            assert_ne!(in_words(t, &asked), question.name, "{lang:?}");
        }
        for silence in Silence::ALL {
            assert!(t.dynamic(silence.key()).is_some(), "{lang:?}");
        }
    }
}

/// What only the records of a visit can answer.
const OF_A_VISIT: &[&str] = &[
    "visit_from",
    "visit_until",
    "visit_head",
    "visit_region",
    "events",
    "participants",
    "instructions",
];

#[test]
fn every_place_of_every_template_can_be_asked() {
    let rules = electoral::press::PressRules::built_in().unwrap();
    for template in &rules.templates {
        for text in [&template.title, &template.body] {
            for place in electoral::press::told(text).unwrap().places {
                match QUESTIONS.iter().find(|q| q.name == place.name) {
                    Some(question) => assert!(question.takes(&place), "{place}"),
                    None => assert!(
                        template.about == "visit" && OF_A_VISIT.contains(&place.name.as_str()),
                        "{place}"
                    ),
                }
            }
        }
    }
}
