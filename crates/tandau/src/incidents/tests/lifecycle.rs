//! From the report to the end: who may, when, twice, at the same time.

use super::*;
use crate::bind;
use crate::incidents::actions::*;
use crate::incidents::model::{Clock, ORIGIN, State};
use crate::incidents::{FromPhones, queries};
use crate::platform::files::tests::{jpeg, pdf};
use crate::platform::ids;
use crate::platform::inbox::{Envelope, Intake as _};
use crate::tasks::owners::Owners;
use crate::tasks::{self, TaskState};
use electoral::checklist::Severity;
use std::collections::BTreeMap;

#[tokio::test]
async fn a_report_is_taken_once_and_its_clock_follows_the_rules() {
    let world = World::new(2).await;
    let who = world.secretary("st1", hour(9, 0));
    let new = about("st1", "order");
    let first = actions::report(&who, new.clone(), Vec::new())
        .await
        .unwrap();
    let again = actions::report(&who, new.clone(), Vec::new())
        .await
        .unwrap();
    assert!(!first.before && again.before);
    assert_eq!((first.number, &first.id), (again.number, &again.id));
    let other = world.chair("st1", hour(9, 1));
    assert!(
        is_conflict(actions::report(&other, new, Vec::new()).await),
        "another's id"
    );
    let incident = now(&world, &first.id).await;
    assert_eq!(incident.severity, Severity::Major, "the kind's own");
    assert_eq!(incident.respond_by, hour(9, 15));
    assert_eq!(incident.district_id.as_deref(), Some("d1"));
    assert_eq!(incident.contest_id, "vote-2023.d1");
    assert_eq!(incident.clock(hour(9, 1)), Clock::Left(14));
    assert_eq!(incident.clock(hour(9, 15)), Clock::Left(0));
    assert_eq!(incident.clock(hour(9, 20)), Clock::Over(5));
    let second = reported(&world, "fire", hour(9, 5)).await;
    assert_eq!(second.number, first.number + 1);
}

#[tokio::test]
async fn who_has_no_office_there_reports_nothing_and_rubbish_is_named() {
    let world = World::new(2).await;
    for (role, area) in [
        ("precinct.member", "st2-area"),
        ("district.chair", "d2"),
        ("body.police", "d1"),
        ("administrator", "kz"),
    ] {
        let who = world.acting("x", role, area, hour(9, 0));
        let outcome = actions::report(&who, about("st1", "order"), Vec::new()).await;
        assert!(is_forbidden(outcome), "{role} {area}");
    }
    let who = world.acting("st1-member", "precinct.member", "st1-area", hour(9, 0));
    let refused = async |change: fn(&mut NewIncident)| {
        let mut new = about("st1", "order");
        change(&mut new);
        field(actions::report(&who, new, Vec::new()).await.unwrap_err())
    };
    assert_eq!(refused(|n| n.kind = "tea".to_owned()).await, "kind");
    assert_eq!(refused(|n| n.what = "  ".to_owned()).await, "what");
    assert_eq!(refused(|n| n.what = "x".repeat(2_001)).await, "what");
    assert_eq!(
        refused(|n| n.happened_at = Some(hour(9, 1))).await,
        "happened"
    );
    assert_eq!(
        refused(|n| n.happened_at = Some(Timestamp::UNIX_EPOCH)).await,
        "happened"
    );
    assert_eq!(refused(|n| n.item = "../etc".to_owned()).await, "item");
    assert_eq!(
        refused(|n| n.station_id = Some("nowhere".to_owned())).await,
        "station"
    );
    assert_eq!(
        refused(|n| n.election_id = "other".to_owned()).await,
        "station"
    );
    let photos = vec![jpeg(), pdf(), b"GIF89a".to_vec()];
    let outcome = actions::report(&who, about("st1", "order"), photos).await;
    assert_eq!(field(outcome.unwrap_err()), "photo");
    let outcome = actions::report(&who, about("st1", "order"), vec![jpeg(); 6]).await;
    assert_eq!(field(outcome.unwrap_err()), "photo");
    world
        .sql("update election set state = 'published'", bind![])
        .await;
    assert!(is_conflict(
        actions::report(&who, about("st1", "order"), Vec::new()).await
    ));
}

#[tokio::test]
async fn from_the_report_to_the_end_and_back() {
    let world = World::new(1).await;
    let id = reported(&world, "power", hour(9, 0)).await.id;
    let desk = world.district(hour(9, 4));
    let secretary = world.secretary("st1", hour(9, 4));
    assert!(is_forbidden(assign(&secretary, &id, 1, "x", "").await));
    assert!(
        is_forbidden(start(&secretary, &id, 1, "").await),
        "not given to the station"
    );
    let nobody = assign(&desk, &id, 1, "central.chair|kz|", "").await;
    assert_eq!(field(nobody.unwrap_err()), "to", "no such commission here");
    let given = assign(
        &desk,
        &id,
        1,
        "precinct.secretary|st1-area|",
        "look at the fuses",
    )
    .await;
    let given = given.unwrap();
    assert_eq!((given.state, given.events), (State::Assigned, 2));
    assert!(
        is_conflict(close(&desk, &id, 1, "done").await),
        "somebody else was faster"
    );
    let begun = start(&secretary, &id, 2, "").await.unwrap();
    assert_eq!(
        (begun.state, begun.responded_at),
        (State::InHand, Some(hour(9, 4)))
    );
    assert_eq!(begun.response_seconds, Some(240));
    let noted = note(&secretary, &id, "the fuse is mended", vec![jpeg()])
        .await
        .unwrap();
    assert_eq!(
        field(note(&secretary, &id, " ", Vec::new()).await.unwrap_err()),
        "note"
    );
    let graver = regrade(
        &desk,
        &id,
        noted.events,
        Severity::Minor,
        "half the lights work",
    )
    .await;
    let graver = graver.unwrap();
    assert_eq!(graver.respond_by, hour(11, 0));
    let same = regrade(&desk, &id, graver.events, Severity::Minor, "x").await;
    assert_eq!(field(same.unwrap_err()), "severity");
    assert_eq!(
        field(close(&desk, &id, graver.events, "").await.unwrap_err()),
        "done"
    );
    let closed = close(&desk, &id, graver.events, "light is back")
        .await
        .unwrap();
    assert_eq!(
        (closed.state, closed.closed_at),
        (State::Closed, Some(hour(9, 4)))
    );
    assert!(is_conflict(start(&desk, &id, closed.events, "").await));
    let later = world.district(hour(12, 0));
    let again = reopen(&later, &id, closed.events, "dark again")
        .await
        .unwrap();
    assert_eq!((again.state, again.respond_by), (State::Open, hour(14, 0)));
    assert_eq!(again.clock(hour(14, 30)), Clock::Over(30), "a new clock");
    assert_eq!(again.response_seconds, Some(240), "what was measured stays");
    let mut reader = world.home.app.read().await.unwrap();
    let events = queries::events(&mut reader, &id).await.unwrap();
    assert_eq!(events.len(), 7);
    assert_eq!(events[3].photos.len(), 1);
    drop(reader);
    acts_are_sound(&world).await;
}

#[tokio::test]
async fn an_outside_body_is_asked_by_a_task_and_heard() {
    let world = World::new(1).await;
    let id = reported(&world, "order", hour(9, 0)).await.id;
    let desk = world.district(hour(9, 5));
    let refused = escalate(&desk, &id, 1, "circus", "").await;
    assert_eq!(field(refused.unwrap_err()), "body");
    let waits = escalate(&desk, &id, 1, "police", "please come")
        .await
        .unwrap();
    assert_eq!(waits.state, State::Waiting);
    assert_eq!(waits.clock(hour(23, 0)), Clock::Stopped, "asking is acting");
    let mut tx = world.home.app.database.begin().await.unwrap();
    let key = format!("{id}/2");
    let task = tasks::queries::open_by_origin(&mut tx, ORIGIN, &key)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (
            task.addressee.kind.as_str(),
            task.addressee.area_id.as_str()
        ),
        ("police", "d1")
    );
    assert_eq!(
        (task.due_at, task.detail.as_str()),
        (hour(9, 35), "please come")
    );
    assert!(task.title.en.ends_with(": st1-area"), "{:?}", task.title);
    let police = world.acting("officer", "body.police", "d1", hour(9, 20));
    let owners = Owners::of(&world.home.app);
    let owner = owners.find(ORIGIN).unwrap();
    for event in [tasks::EventKind::Accepted, tasks::EventKind::Reported] {
        let act = ids::random_id();
        owner
            .heard(&mut tx, &police, &task, event, &act)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let heard = now(&world, &id).await;
    assert_eq!(
        (heard.state, heard.events),
        (State::InHand, 3),
        "accepting is no answer"
    );
    let wordless = escalate(&desk, &id, 3, "emergency", "").await;
    assert_eq!(
        field(wordless.unwrap_err()),
        "escalate_text",
        "another body is not sent the order of the police"
    );
    let second = escalate(&desk, &id, 3, "emergency", "send a crew")
        .await
        .unwrap();
    let closed = close(&desk, &id, second.events, "all calm").await.unwrap();
    assert_eq!(closed.state, State::Closed);
    let mut reader = world.home.app.read().await.unwrap();
    let asked = queries::tasks(&mut reader, &id).await.unwrap();
    let states: Vec<TaskState> = asked.iter().map(|a| a.state).collect();
    assert_eq!(
        states,
        [TaskState::Withdrawn, TaskState::Withdrawn],
        "nobody had begun"
    );
    drop(reader);
    acts_are_sound(&world).await;
}

#[tokio::test]
async fn a_body_is_not_told_who_needs_what() {
    let world = World::new(1).await;
    let id = reported(&world, "access", hour(9, 0)).await.id;
    let desk = world.district(hour(9, 5));
    let rules = world.home.app.rules.incidents();
    let body = rules.kind("access").unwrap().body.clone();
    let wordless = escalate(&desk, &id, 1, &body, " ").await;
    assert_eq!(field(wordless.unwrap_err()), "escalate_text");
    escalate(&desk, &id, 1, &body, "bring a ramp")
        .await
        .unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let task = tasks::queries::open_by_origin(&mut reader, ORIGIN, &format!("{id}/2"))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(task.detail, "bring a ramp", "not what was reported");
}

#[tokio::test]
async fn duplicates_are_merged_and_separated_again() {
    let world = World::new(1).await;
    let first = reported(&world, "power", hour(9, 0)).await.id;
    let second = reported(&world, "power", hour(9, 2)).await.id;
    let desk = world.district(hour(9, 5));
    start(&desk, &second, 1, "").await.unwrap();
    assert_eq!(
        field(merge(&desk, &second, 2, &second, "").await.unwrap_err()),
        "into"
    );
    assert_eq!(
        field(merge(&desk, &second, 2, "nothing", "").await.unwrap_err()),
        "into"
    );
    let merged = merge(&desk, &second, 2, &first, "the same").await.unwrap();
    assert_eq!(
        (merged.state, merged.merged_into.as_deref()),
        (State::Merged, Some(first.as_str()))
    );
    let back = merge(&desk, &first, 1, &second, "").await;
    assert_eq!(field(back.unwrap_err()), "into", "no circle");
    assert!(is_conflict(close(&desk, &second, 3, "done").await));
    let mut reader = world.home.app.read().await.unwrap();
    assert_eq!(
        queries::merged_here(&mut reader, &first).await.unwrap(),
        [(second.clone(), 2)]
    );
    drop(reader);
    let apart = unmerge(&desk, &second, 3, "two rooms").await.unwrap();
    assert_eq!((apart.state, apart.merged_into), (State::InHand, None));
    assert!(is_conflict(unmerge(&desk, &second, 4, "").await));
}

#[tokio::test]
async fn what_a_merged_incident_asked_for_goes_on_with_the_one_that_is_kept() {
    let world = World::new(1).await;
    let kept = reported(&world, "power", hour(9, 0)).await.id;
    let other = reported(&world, "power", hour(9, 2)).await.id;
    let last = reported(&world, "power", hour(9, 3)).await.id;
    let desk = world.district(hour(9, 5));
    escalate(&desk, &other, 1, "police", "please come")
        .await
        .unwrap();
    merge(&desk, &other, 2, &last, "").await.unwrap();
    merge(&desk, &last, 1, &kept, "").await.unwrap();
    let asked = async |id: &str| {
        let mut reader = world.home.app.read().await.unwrap();
        queries::tasks(&mut reader, id).await.unwrap()
    };
    assert_eq!(asked(&kept).await.len(), 1, "through two mergers");
    let mut tx = world.home.app.database.begin().await.unwrap();
    let key = format!("{other}/2");
    let task = tasks::queries::open_by_origin(&mut tx, ORIGIN, &key)
        .await
        .unwrap()
        .unwrap();
    let police = world.acting("officer", "body.police", "d1", hour(9, 20));
    let owners = Owners::of(&world.home.app);
    let owner = owners.find(ORIGIN).unwrap();
    owner
        .heard(
            &mut tx,
            &police,
            &task,
            tasks::EventKind::Reported,
            &ids::random_id(),
        )
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(now(&world, &kept).await.events, 2, "heard where it goes on");
    assert_eq!(now(&world, &other).await.events, 3);
    close(&desk, &kept, 2, "all calm").await.unwrap();
    assert_eq!(asked(&kept).await[0].state, TaskState::Withdrawn);
    unmerge(&desk, &last, 2, "").await.unwrap();
    assert!(asked(&kept).await.is_empty(), "apart again");
    acts_are_sound(&world).await;
}

pub(super) fn envelope(id: &str, fields: &[(&str, &str)]) -> Envelope {
    Envelope {
        id: id.to_owned(),
        kind: crate::incidents::model::REPORT.to_owned(),
        made_at: hour(8, 30),
        fields: fields
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect(),
        files: BTreeMap::new(),
    }
}

#[tokio::test]
async fn a_report_from_a_phone_is_taken_once() {
    let world = World::new(1).await;
    let who = world.secretary("st1", hour(9, 0));
    let id = ids::random_id();
    let sent = envelope(
        &id,
        &[("station", "st1"), ("kind", "power"), ("what", " Dark. ")],
    );
    for _ in 0..2 {
        let mut tx = who.begin().await.unwrap();
        let taken = FromPhones.take(&mut tx, &who, &sent).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(taken.href, format!("/office/incidents/{id}"));
        assert_eq!(taken.state, "taken");
    }
    let incident = now(&world, &id).await;
    assert_eq!((incident.events, incident.what.as_str()), (1, "Dark."));
    assert_eq!(incident.happened_at, hour(8, 30), "when it was filled in");
    assert_eq!(
        incident.respond_by,
        hour(9, 10),
        "the clock runs from its arrival"
    );
    let mut tx = who.begin().await.unwrap();
    for (fields, wrong) in [
        (
            &[
                ("station", "st1"),
                ("kind", "power"),
                ("what", "x"),
                ("severity", "huge"),
            ][..],
            "severity",
        ),
        (
            &[
                ("station", "st1"),
                ("kind", "power"),
                ("what", "x"),
                ("happened", "noon"),
            ][..],
            "happened",
        ),
        (
            &[("station", "!"), ("kind", "power"), ("what", "x")][..],
            "station",
        ),
        (
            &[
                ("election", ELECTION),
                ("number", "77"),
                ("kind", "power"),
                ("what", "x"),
            ][..],
            "number",
        ),
    ] {
        let sent = envelope("e2", fields);
        let refused = FromPhones.take(&mut tx, &who, &sent).await.unwrap_err();
        assert_eq!(field(refused), wrong);
    }
}
