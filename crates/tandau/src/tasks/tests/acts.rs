//! What people do with a task: every act in every state, by the right person and by others.

use super::world::{NOW, Office, akimat, body, hours, words};
use crate::platform::audit::{self, Sequencer, SignerKey};
use crate::platform::files::tests::{jpeg, pdf};
use crate::platform::{Acting, Error};
use crate::tasks::actions::{self, Evidence};
use crate::tasks::model::{Addressee, Cause, EventKind, Task, TaskState};
use crate::tasks::{powers, queries};
use crate::votingday::tests::world::at;

/// Acts that a person can do, each well formed.
async fn act(acting: &Acting, task: &Task, kind: EventKind) -> Option<Result<Task, Error>> {
    let (id, seen) = (task.id.as_str(), task.events);
    Some(match kind {
        EventKind::Accepted => actions::accept(acting, id, seen).await,
        EventKind::Disputed => actions::dispute(acting, id, seen, "Not ours").await,
        EventKind::Reported => actions::report(acting, id, seen, words("Done")).await,
        EventKind::Returned => actions::send_back(acting, id, seen, "No ramp").await,
        EventKind::Verified => actions::verify(acting, id, seen).await,
        EventKind::Withdrawn => actions::withdraw(acting, id, seen, "No need").await,
        EventKind::Reassigned => {
            actions::reassign(acting, id, seen, body("police", "d1"), "Theirs").await
        }
        EventKind::Moved => {
            actions::move_deadline(acting, id, seen, Some(hours(100)), "Frost").await
        }
        EventKind::Noted => actions::note(acting, id, "Seen").await,
        EventKind::Opened | EventKind::Reminded | EventKind::Escalated => return None,
    })
}

#[tokio::test]
async fn every_act_in_every_state() {
    let office = Office::new().await;
    let owner = office.officer("akimat-one");
    let district = office.who("d1-chair", "district.chair", "d1");
    for state in TaskState::ALL {
        for kind in EventKind::ALL {
            let task = office.in_state(*state).await;
            let right = match kind {
                EventKind::Accepted | EventKind::Disputed | EventKind::Reported => &owner,
                _ => &district,
            };
            let Some(outcome) = act(right, &task, *kind).await else {
                continue;
            };
            let expected = state.after(*kind);
            match (outcome, expected) {
                (Ok(after), Some(expected)) => {
                    assert_eq!(after.state, expected, "{state:?} {kind:?}");
                    assert_eq!(after, office.read(&task.id).await, "{state:?} {kind:?}");
                    assert_eq!(after.events, task.events + 1);
                    let story = office.story(&task.id).await;
                    assert_eq!(story.last(), Some(&kind.as_str()));
                }
                (Err(Error::Conflict(_)), None) => {
                    assert_eq!(office.read(&task.id).await, task, "{state:?} {kind:?}");
                }
                (outcome, _) => panic!("{state:?} {kind:?}: {outcome:?}"),
            }
        }
    }
}

#[tokio::test]
async fn nobody_does_what_is_not_theirs() {
    let office = Office::new().await;
    let people = [
        (
            "akimat-one",
            "body.executive",
            "d1",
            "accepted disputed reported noted",
        ),
        ("akimat-two", "body.executive", "d2", ""),
        ("akimat-region", "body.executive", "r1", ""),
        ("police-one", "body.police", "d1", ""),
        (
            "x",
            "district.secretary",
            "d1",
            "verified returned withdrawn reassigned moved noted",
        ),
        ("x", "district.member", "d1", ""),
        ("x", "district.secretary", "d2", ""),
        (
            "x",
            "region.chair",
            "r1",
            "verified returned withdrawn reassigned moved noted",
        ),
        (
            "x",
            "central.secretary",
            "kz",
            "verified returned withdrawn reassigned moved noted",
        ),
        // The commission of the district verifies this one, not that of the station.
        ("x", "precinct.chair", "st1-area", ""),
        ("x", "administrator", "kz", ""),
    ];
    for (person, role, area, may) in people {
        for kind in EventKind::ALL {
            let state = match kind {
                EventKind::Verified | EventKind::Returned => TaskState::Reported,
                _ => TaskState::Open,
            };
            let task = office.in_state(state).await;
            let who = office.who(person, role, area);
            let Some(outcome) = act(&who, &task, *kind).await else {
                continue;
            };
            let allowed = may.split(' ').any(|word| word == kind.as_str());
            match outcome {
                Ok(_) => assert!(allowed, "{role} of {area} could {kind:?}"),
                Err(Error::Forbidden(_)) => {
                    assert!(!allowed, "{role} of {area} could not {kind:?}");
                    assert_eq!(office.read(&task.id).await, task);
                }
                Err(other) => panic!("{role} of {area} {kind:?}: {other}"),
            }
        }
    }
}

#[tokio::test]
async fn who_reported_does_not_verify() {
    let office = Office::new().await;
    let mut new = Office::task(body(Addressee::COMMISSION, "st1-area"));
    new.verifier_area_id = "st1-area".to_owned();
    let task = office.open(&new).await;
    let chair = office.who("st1-chair", "precinct.chair", "st1-area");
    let secretary = office.who("st1-secretary", "precinct.secretary", "st1-area");
    actions::report(&chair, &task.id, 1, words("Swept"))
        .await
        .unwrap();
    let refused = actions::verify(&chair, &task.id, 2).await;
    assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
    let task = actions::verify(&secretary, &task.id, 2).await.unwrap();
    assert_eq!(task.state, TaskState::Verified);
    let other = office.who("st2-chair", "precinct.chair", "st2-area");
    let refused = actions::note(&other, &task.id, "Me too").await;
    assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
}

#[tokio::test]
async fn a_report_rests_on_something() {
    let office = Office::new().await;
    let owner = office.officer("akimat-one");
    let task = office.opened().await;
    let report = async |evidence| actions::report(&owner, &task.id, 1, evidence).await;
    let field = |outcome: Result<Task, Error>| match outcome {
        Err(Error::Invalid(problems)) => problems[0].field.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(field(report(words(" \n ")).await), "report_text");
    assert_eq!(
        field(report(words(&"а".repeat(3_001))).await),
        "report_text"
    );
    let papers = |papers: Vec<Vec<u8>>| Evidence {
        text: String::new(),
        papers,
    };
    assert_eq!(
        field(report(papers(vec![b"<html>".to_vec()])).await),
        "paper"
    );
    assert_eq!(field(report(papers(vec![jpeg(); 6])).await), "paper");
    assert_eq!(office.read(&task.id).await, task, "nothing was written");
    report(papers(vec![jpeg(), pdf()])).await.unwrap();
    let mut reader = office.world.home.app.read().await.unwrap();
    let history = queries::history(&mut reader, &task.id).await.unwrap();
    let kinds: Vec<_> = history[0]
        .papers
        .iter()
        .map(|p| p.media_type.as_str())
        .collect();
    assert_eq!(kinds, ["image/jpeg", "application/pdf"]);
    for paper in &history[0].papers {
        let file = office
            .world
            .home
            .app
            .files
            .find(&mut reader, &paper.file_id)
            .await
            .unwrap();
        assert!(!file.public, "evidence is not for everybody");
    }
}

/// Evidence that is none is told so at once, whoever else is writing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn papers_are_judged_before_the_writer_is_taken() {
    let office = Office::new().await;
    let owner = office.officer("akimat-one");
    let task = office.opened().await;
    let whole = jpeg();
    let writing = owner.begin().await.unwrap();
    for (name, paper) in [
        ("page", b"<html></html>".to_vec()),
        ("program", b"MZ\x90\x00".to_vec()),
        ("cut off", whole[..whole.len() / 2].to_vec()),
        ("50 MB", vec![0xff; 50 * 1024 * 1024]),
    ] {
        let evidence = Evidence {
            text: "done".to_owned(),
            papers: vec![jpeg(), paper],
        };
        let report = actions::report(&owner, &task.id, 1, evidence);
        let told = tokio::time::timeout(std::time::Duration::from_secs(20), report).await;
        match told.expect("it was judged without the writer") {
            Err(Error::Invalid(problems)) => assert_eq!(problems[0].field, "paper", "{name}"),
            Err(Error::TooLarge) => assert_eq!(name, "50 MB"),
            other => panic!("{name}: {other:?}"),
        }
    }
    drop(writing);
    assert_eq!(office.read(&task.id).await, task, "nothing was written");
}

#[tokio::test]
async fn reasons_and_deadlines_are_checked() {
    let office = Office::new().await;
    let district = office.district();
    let task = office.opened().await;
    let id = task.id.as_str();
    let field = |outcome: Result<Task, Error>| match outcome {
        Err(Error::Invalid(problems)) => problems[0].field.clone(),
        other => panic!("{other:?}"),
    };
    let owner = office.officer("akimat-one");
    assert_eq!(
        field(actions::dispute(&owner, id, 1, "  ").await),
        "dispute_reason"
    );
    assert_eq!(
        field(actions::withdraw(&district, id, 1, "").await),
        "withdraw_reason"
    );
    assert_eq!(field(actions::note(&district, id, "").await), "note_text");
    for due in [
        None,
        Some(hours(-1)),
        Some(at(NOW)),
        Some(hours(24 * 401)),
        Some(task.due_at),
    ] {
        let moved = actions::move_deadline(&district, id, 1, due, "Frost").await;
        assert_eq!(field(moved), "move_date", "{due:?}");
    }
    let moved = actions::move_deadline(&district, id, 1, Some(hours(90)), " ").await;
    assert_eq!(field(moved), "move_reason");
    assert_eq!(office.read(id).await, task);
    let moved = actions::move_deadline(&district, id, 1, Some(hours(90)), "Frost")
        .await
        .unwrap();
    assert_eq!(moved.due_at, hours(90));
    assert_eq!(
        moved.raise_at,
        Some(hours(114)),
        "raised a day after the new deadline"
    );
}

#[tokio::test]
async fn who_read_an_older_state_reads_again() {
    let office = Office::new().await;
    let owner = office.officer("akimat-one");
    let task = office.opened().await;
    actions::accept(&owner, &task.id, 1).await.unwrap();
    // The same form once more, and a form that was opened before.
    for outcome in [
        actions::accept(&owner, &task.id, 1).await,
        actions::report(&owner, &task.id, 1, words("Done")).await,
        actions::withdraw(&office.district(), &task.id, 1, "No").await,
        actions::report(&owner, &task.id, 0, words("Done")).await,
        actions::report(&owner, &task.id, 99, words("Done")).await,
    ] {
        assert!(matches!(outcome, Err(Error::Conflict(_))), "{outcome:?}");
    }
    assert_eq!(office.story(&task.id).await, ["opened", "accepted"]);
    // Two at once: one of them is told.
    let district = office.district();
    let (one, two) = tokio::join!(
        actions::report(&owner, &task.id, 2, words("Done")),
        actions::withdraw(&district, &task.id, 2, "No need"),
    );
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    assert_eq!(office.story(&task.id).await.len(), 3);
}

#[tokio::test]
async fn somebody_else_gets_the_whole_task() {
    let office = Office::new().await;
    let district = office.district();
    let task = office.opened().await;
    let reassign = async |who: &Acting, to: Addressee| {
        let seen = office.read(&task.id).await.events;
        actions::reassign(who, &task.id, seen, to, "Theirs").await
    };
    let field = |outcome: Result<Task, Error>| match outcome {
        Err(Error::Invalid(problems)) => problems[0].field.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(field(reassign(&district, akimat()).await), "reassign_kind");
    assert_eq!(
        field(reassign(&district, body("wizard", "d1")).await),
        "reassign_kind"
    );
    assert_eq!(
        field(reassign(&district, body("police", "d2")).await),
        "reassign_area"
    );
    assert_eq!(
        field(reassign(&district, body("police", "r1")).await),
        "reassign_area"
    );
    assert_eq!(
        field(reassign(&district, body("commission", "kz")).await),
        "reassign_area"
    );
    let task = reassign(&district, body("police", "d1")).await.unwrap();
    assert_eq!(task.state, TaskState::Open);
    let before = office.officer("akimat-one");
    let refused = actions::accept(&before, &task.id, task.events).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
    let mut reader = office.world.home.app.read().await.unwrap();
    let hands = powers::of(&mut reader, &before, &task).await.unwrap();
    assert!(!hands.sees(), "whoever had it before sees it no more");
    drop(reader);
    let police = office.officer("police-one");
    actions::accept(&police, &task.id, task.events)
        .await
        .unwrap();
    // And back again: the former addressee is the owner once more.
    reassign(&office.who("x", "central.chair", "kz"), akimat())
        .await
        .unwrap();
    let mut reader = office.world.home.app.read().await.unwrap();
    let mut addressees = queries::addressees(&mut reader, &task.id).await.unwrap();
    addressees.sort();
    assert_eq!(
        addressees,
        [
            (akimat(), Cause::Owner),
            (body("police", "d1"), Cause::Former)
        ]
    );
}

#[tokio::test]
async fn the_log_vouches_for_every_event() {
    let office = Office::new().await;
    let app = &office.world.home.app;
    let task = office.in_state(TaskState::Verified).await;
    let key = SignerKey::open(&app.settings.data, "tandau.test/log").unwrap();
    Sequencer::new(app.clone(), key.clone())
        .catch_up()
        .await
        .unwrap();
    let problems = async || {
        let mut reader = app.read().await.unwrap();
        let report = audit::verify(&mut reader, key.verifier(), None)
            .await
            .unwrap();
        let ours = report.problems.into_iter().map(|p| p.object);
        ours.filter(|object| object.contains(&task.id))
            .collect::<Vec<_>>()
    };
    assert_eq!(problems().await, Vec::<String>::new());
    office
        .world
        .sql(
            "update task_event set text = 'Nothing was done' where task_id = $1 and sequence = 2",
            crate::bind![&task.id],
        )
        .await;
    assert_eq!(problems().await.len(), 1, "a changed report is found");
}
