//! What the clock does.

use super::world::{Office, akimat, body, hours, words};
use crate::platform::access::{Action, Actor};
use crate::tasks::actions;
use crate::tasks::model::{Cause, NewTask, TaskState};
use crate::tasks::queries;
use crate::tasks::sweep::{Swept, sweep};

async fn swept(office: &Office, hour: i64) -> (usize, usize) {
    let Swept { reminded, raised } = sweep(&office.world.home.app, hours(hour)).await.unwrap();
    (reminded, raised)
}

async fn raised_to(office: &Office, id: &str) -> Vec<String> {
    let mut reader = office.world.home.app.read().await.unwrap();
    let all = queries::addressees(&mut reader, id).await.unwrap();
    all.into_iter()
        .filter(|(_, cause)| *cause == Cause::Escalated)
        .map(|(a, _)| format!("{} {}", a.kind, a.area_id))
        .collect()
}

#[tokio::test]
async fn a_reminder_comes_once_and_again_after_another_deadline() {
    let office = Office::new().await;
    let task = office.opened().await;
    assert_eq!(
        swept(&office, 47).await,
        (0, 0),
        "two days and an hour are left"
    );
    assert_eq!(swept(&office, 48).await, (1, 0));
    assert_eq!(swept(&office, 48).await, (0, 0), "the same moment again");
    assert_eq!(swept(&office, 60).await, (0, 0));
    let district = office.district();
    actions::move_deadline(&district, &task.id, 2, Some(hours(90)), "Frost")
        .await
        .unwrap();
    assert_eq!(swept(&office, 61).await, (0, 0));
    assert_eq!(swept(&office, 70).await, (1, 0));
    assert_eq!(
        office.story(&task.id).await,
        ["opened", "reminded", "moved", "reminded"]
    );
    let mut reader = office.world.home.app.read().await.unwrap();
    let last = queries::history(&mut reader, &task.id)
        .await
        .unwrap()
        .remove(0);
    assert_eq!(
        (last.office.as_str(), last.made_by.as_str()),
        ("system", "system")
    );
}

#[tokio::test]
async fn overdue_goes_up_level_by_level_to_the_country() {
    let office = Office::new().await;
    let task = office.opened().await;
    assert_eq!(
        swept(&office, 73).await,
        (0, 0),
        "overdue, and not yet a day"
    );
    let steps = [
        (96, vec!["executive r1"]),
        // The country has no such body on record: its commission.
        (120, vec!["executive r1", "commission kz"]),
        (144, vec!["executive r1", "commission kz"]),
        (500, vec!["executive r1", "commission kz"]),
    ];
    for (hour, expected) in steps {
        swept(&office, hour).await;
        assert_eq!(swept(&office, hour).await, (0, 0), "the same moment again");
        assert_eq!(
            raised_to(&office, &task.id).await,
            expected,
            "after {hour} hours"
        );
    }
    let task = office.read(&task.id).await;
    assert_eq!((task.level, task.raise_at), (2, None));
    assert_eq!(task.addressee, akimat(), "it is still whose it was");
    assert_eq!(
        office.story(&task.id).await,
        ["opened", "escalated", "escalated"]
    );
}

#[tokio::test]
async fn a_body_without_a_higher_one_and_a_commission_go_to_commissions() {
    let office = Office::new().await;
    let police = office.open(&Office::task(body("police", "d1"))).await;
    let station = office
        .open(&Office::task(body("commission", "st1-area")))
        .await;
    for hour in [96, 120, 144, 168, 192] {
        swept(&office, hour).await;
    }
    assert_eq!(
        raised_to(&office, &police.id).await,
        ["commission r1", "commission kz"]
    );
    assert_eq!(
        raised_to(&office, &station.id).await,
        ["commission d1", "commission r1", "commission kz"]
    );
}

#[tokio::test]
async fn long_sleep_does_not_skip_a_level() {
    let office = Office::new().await;
    let task = office.opened().await;
    assert_eq!(swept(&office, 1_000).await, (0, 1));
    assert_eq!(
        swept(&office, 1_023).await,
        (0, 0),
        "each level has its day"
    );
    assert_eq!(swept(&office, 1_024).await, (0, 1));
    assert_eq!(office.read(&task.id).await.level, 2);
}

#[tokio::test]
async fn what_was_reported_goes_to_the_commissions_above_whoever_should_look() {
    let office = Office::new().await;
    let task = office.in_state(TaskState::Reported).await;
    assert_eq!(swept(&office, 47).await, (0, 0));
    assert_eq!(swept(&office, 49).await, (0, 1));
    assert_eq!(raised_to(&office, &task.id).await, ["commission r1"]);
    let mut reader = office.world.home.app.read().await.unwrap();
    let desk = queries::of_body(&mut reader, &body("commission", "r1"), 10)
        .await
        .unwrap();
    assert_eq!(desk.len(), 1, "it stands on the desk there");
    drop(reader);
    assert_eq!(swept(&office, 98).await, (0, 1));
    for hour in [150, 300] {
        assert_eq!(swept(&office, hour).await, (0, 0), "nobody is above");
    }
    let seen = office.read(&task.id).await.events;
    let region = office.who("r1-chair", "region.chair", "r1");
    actions::verify(&region, &task.id, seen).await.unwrap();
}

#[tokio::test]
async fn what_is_over_is_left_alone() {
    let office = Office::new().await;
    for state in [TaskState::Verified, TaskState::Withdrawn] {
        office.in_state(state).await;
    }
    for hour in [60, 100, 200, 300] {
        assert_eq!(swept(&office, hour).await, (0, 0));
    }
    // Once returned, the owner has the whole time again.
    let task = office.in_state(TaskState::Reported).await;
    let late = office
        .who("d1-chair", "district.chair", "d1")
        .at(hours(300));
    actions::send_back(&late, &task.id, 2, "No ramp")
        .await
        .unwrap();
    assert_eq!(swept(&office, 301).await, (0, 0));
    assert_eq!(swept(&office, 324).await, (0, 1));
}

#[tokio::test]
async fn whoever_it_was_raised_to_hands_it_on_within_their_own() {
    let office = Office::new().await;
    let task = office.opened().await;
    let region = office.officer("akimat-region");
    swept(&office, 96).await;
    actions::note(&region, &task.id, "Call me").await.unwrap();
    let seen = office.read(&task.id).await.events;
    for refused in [
        actions::accept(&region, &task.id, seen).await,
        actions::report(&region, &task.id, seen, words("Done")).await,
        actions::verify(&region, &task.id, seen).await,
        actions::reassign(&region, &task.id, seen, body("police", "d1"), "Theirs").await,
        actions::reassign(&region, &task.id, seen, body("executive", "kz"), "Theirs").await,
    ] {
        assert!(refused.is_err(), "{refused:?}");
    }
    let to = body("executive", "r1");
    let task = actions::reassign(&region, &task.id, seen, to.clone(), "We do it ourselves")
        .await
        .unwrap();
    assert_eq!(
        (task.addressee, task.level),
        (to, 1),
        "it was overdue all the same"
    );
    actions::accept(&region, &task.id, seen + 1).await.unwrap();
}

#[tokio::test]
async fn handing_on_takes_it_from_nobody_to_whom_it_was_raised() {
    let office = Office::new().await;
    let task = office.opened().await;
    let region = office.officer("akimat-region");
    swept(&office, 96).await;
    swept(&office, 120).await;
    let raised = raised_to(&office, &task.id).await;
    assert_eq!(raised, ["executive r1", "commission kz"]);
    let seen = office.read(&task.id).await.events;
    let to = body("executive", "r1");
    let after = actions::reassign(&region, &task.id, seen, to, "We do it ourselves")
        .await
        .unwrap();
    assert_eq!(after.level, 2);
    assert_eq!(raised_to(&office, &task.id).await, ["commission kz"]);
    // The commission that gives it may begin anew.
    let kz = office.who("x", "central.chair", "kz");
    let anew = actions::reassign(&kz, &task.id, seen + 1, akimat(), "Theirs")
        .await
        .unwrap();
    assert_eq!(anew.level, 0);
    assert!(raised_to(&office, &task.id).await.is_empty());
    // What was reported waits for somebody who looks.
    let task = office.in_state(TaskState::Reported).await;
    let refused = actions::reassign(&kz, &task.id, task.events, body("police", "d1"), "x").await;
    assert!(
        matches!(refused, Err(crate::platform::Error::Conflict(_))),
        "{refused:?}"
    );
}

#[tokio::test]
async fn many_are_swept_and_the_program_holds_no_power() {
    let office = Office::new().await;
    for _ in 0..30 {
        office.opened().await;
    }
    let soon = NewTask {
        due_at: hours(10),
        ..Office::task(akimat())
    };
    office.open(&soon).await;
    assert_eq!(swept(&office, 1).await, (1, 0));
    assert_eq!(swept(&office, 50).await, (30, 1));
    let policy = &office.world.home.app.policy;
    for action in Action::ALL {
        assert!(
            !policy.could(&Actor::system(), *action),
            "{}",
            action.name()
        );
    }
}
