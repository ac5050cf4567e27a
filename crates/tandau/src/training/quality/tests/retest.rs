//! Re-tests from the draw to what is forgotten.

use super::*;
use crate::commissions::tests::Browser;
use crate::platform::Lang;
use axum::http::StatusCode;
use jiff::Timestamp;

fn later() -> Timestamp {
    noon() + SignedDuration::from_hours(24 * 8)
}

#[tokio::test]
async fn whoever_is_drawn_is_told_until_they_answer() {
    let world = World::new(1).await;
    world.commission("central", "kz", &["chair"]).await;
    tested(&world).await;
    on_record(&world).await;
    let who = member(&world, noon());
    let id = tests::begin(&who, "sess1", Purpose::After, "")
        .await
        .unwrap();
    answer_all(&world, &who, &id, &[]).await;
    tests::end(&who, &id).await.unwrap();
    let home = &world.home;
    home.app.clock.set(later());
    let phone = Browser::signed_in(home, "st1-secretary").await;
    for page in ["/office?lang=en", "/office/training/own?lang=en"] {
        let (status, text) = phone.get(page).await;
        assert_eq!(status, StatusCode::OK, "{page}");
        assert!(!text.contains("Re-test"), "{page}: {text}");
    }
    // Nothing was answered yet that may be shown, and the sample is drawn all the same.
    let office = Browser::signed_in(home, "kz-chair").await;
    let (_, text) = office.get(&format!("{PAGE}&lang=en")).await;
    assert!(text.contains("Draw for a re-test"), "{text}");
    let form = [
        ("election", "vote-2023"),
        ("programme", "prog1"),
        ("id", "r1"),
    ];
    let (status, to) = office.post("/office/training/quality/retest", &form).await;
    assert_eq!(
        (status, to),
        (StatusCode::SEE_OTHER, format!("{PAGE}&done=quality-drawn"))
    );
    let (_, text) = office
        .get(&format!("{PAGE}&done=quality-drawn&lang=en"))
        .await;
    let seed = {
        let mut reader = home.app.read().await.unwrap();
        let draws = store::draws(&mut reader, OF).await.unwrap();
        assert_eq!((draws[0].drawn, draws[0].answered), (1, 0));
        draws[0].seed.to_string()
    };
    assert!(
        text.contains("They were drawn") && text.contains(&seed) && text.contains("1 of 1"),
        "{text}"
    );
    // On the desk, on one's own page, and why, where it is taken. Nobody else is told.
    for page in ["/office?lang=en", "/office/training/own?lang=en"] {
        let (_, text) = phone.get(page).await;
        assert!(
            text.contains("Re-test") && text.contains("href=\"/training/tests\""),
            "{page}: {text}"
        );
    }
    let (_, text) = phone.get("/training/tests?lang=en").await;
    assert!(text.contains("You were drawn at random"), "{text}");
    let other = Browser::signed_in(home, "st1-chair").await;
    let (_, text) = other.get("/office?lang=en").await;
    assert!(!text.contains("Re-test"), "{text}");
    // Whoever answered has nothing due.
    let who = member(&world, later());
    let again = tests::begin(&who, "sess1", Purpose::Retest, "r1")
        .await
        .unwrap();
    answer_all(&world, &who, &again, &[]).await;
    tests::end(&who, &again).await.unwrap();
    let (_, text) = phone.get("/office?lang=en").await;
    assert!(!text.contains("Re-test"), "{text}");
    let mut reader = home.app.read().await.unwrap();
    let draws = store::draws(&mut reader, OF).await.unwrap();
    assert_eq!(draws[0].answered, 1);
}

#[tokio::test]
async fn a_re_test_that_is_over_or_of_somebody_replaced_is_not_due() {
    let world = World::new(1).await;
    tested(&world).await;
    answered_later(&world, &["st1-secretary"], None).await;
    let home = &world.home;
    home.app.clock.set(later());
    let phone = Browser::signed_in(home, "st1-secretary").await;
    let (_, text) = phone.get("/office?lang=en").await;
    assert!(text.contains("Re-test"), "{text}");
    world
        .sql(
            "update training_trainee set state = 'replaced' where session_id = 'sess1' and person_id = 'st1-secretary'",
            bind![],
        )
        .await;
    let (_, text) = phone.get("/office?lang=en").await;
    assert!(!text.contains("Re-test"), "{text}");
    world
        .sql(
            "update training_trainee set state = 'invited' where session_id = 'sess1'",
            bind![],
        )
        .await;
    world
        .sql(
            "update training_retest set open_until = $1",
            bind![later() - SignedDuration::from_hours(1)],
        )
        .await;
    let (_, text) = phone.get("/office?lang=en").await;
    assert!(!text.contains("Re-test"), "{text}");
}

/// People who had all five answers right, were drawn, and have so many right eight days later; none have not answered.
async fn answered_later(world: &World, people: &[&str], right: Option<i64>) {
    let until = later() + SignedDuration::from_hours(24);
    world
        .sql(
            "insert into training_retest (id, election_id, programme_id, passed_from, passed_until, of_people, seed, percent, least, open_until,
                made_by, office, made_at) values ('drawn', 'vote-2023', 'prog1', 0, 0, 5, 1, 10, 5, $1, 'test', 'test', 0)",
            bind![until],
        )
        .await;
    for person in people {
        let first = format!("{person}-after");
        attempt(world, (&first, person), ("after", ""), (noon(), 5)).await;
        world
            .sql(
                "insert into training_retest_person (retest_id, person_id, attempt_id, session_id) values ('drawn', $1, $2, 'sess1')",
                bind![*person, &first],
            )
            .await;
        if let Some(right) = right {
            let again = format!("{person}-again");
            let of = ("retest", "drawn");
            attempt(world, (&again, person), of, (later(), right)).await;
        }
    }
}

async fn attempt(
    world: &World,
    (id, person): (&str, &str),
    (kind, retest): (&str, &str),
    (at, right): (Timestamp, i64),
) {
    world
        .sql(
            "insert into training_attempt (id, person_id, programme_id, election_id, session_id, level, kind, number, test_version, pass_percent,
                seed, asked, started_at, ends_at, ended_at, correct, passed, retest_id)
                values ($1, $2, 'prog1', 'vote-2023', 'sess1', 2, $3, 1, 1, 80, 1, 5, $4, $4, $4, $5, true, $6)",
            bind![id, person, kind, at, right, retest],
        )
        .await;
}

const FIVE: [&str; 5] = [
    "st1-chair",
    "st1-secretary",
    "st1-deputy",
    "st1-member3",
    "st1-member4",
];

#[tokio::test]
async fn what_is_forgotten_becomes_a_task_of_the_centre_once() {
    let world = World::new(1).await;
    world.commission("central", "kz", &["chair"]).await;
    tested(&world).await;
    answered_later(&world, &FIVE, Some(2)).await;
    let found = report(&world).await;
    let (band, gap) = &found.decay[0];
    assert_eq!((band.from_days, band.to_days), (7, Some(13)));
    assert_eq!((band.then.right, band.now.right), (25, 10));
    assert!(gap.is_some());
    let centre = centre(&world, later());
    let forgotten = (Subject::Decay, "7", 0);
    for wrong in [
        (Subject::Decay, "14", 0),
        (Subject::Decay, "7", 1),
        (Subject::Decay, "", 0),
    ] {
        conflict(actions::act(&centre, OF, wrong, Outcome::Task, "why").await);
    }
    // No one module is to blame.
    conflict(actions::act(&centre, OF, forgotten, Outcome::Material, "why").await);
    for _ in 0..2 {
        actions::act(&centre, OF, forgotten, Outcome::Task, "a call to each")
            .await
            .unwrap();
    }
    let mut reader = world.home.app.read().await.unwrap();
    let acted = store::acted(&mut reader, OF).await.unwrap();
    let tasks: std::collections::BTreeSet<_> =
        acted.iter().filter_map(|a| a.task_id.clone()).collect();
    assert_eq!((acted.len(), tasks.len()), (2, 1));
    let id = tasks.into_iter().next().unwrap();
    let task = crate::tasks::queries::by_id(&mut reader, &id)
        .await
        .unwrap();
    assert_eq!(task.addressee.area_id, "kz");
    let title = task.title.get(Lang::En);
    assert!(title.contains("7–13 days after the test"), "{title}");
    drop(reader);
    world.home.app.clock.set(later());
    let office = Browser::signed_in(&world.home, "kz-chair").await;
    let (_, text) = office.get(&format!("{PAGE}&lang=en")).await;
    assert!(
        text.contains("7–13 days after the test") && text.contains(&format!("/office/tasks/{id}")),
        "{text}"
    );
}

#[tokio::test]
async fn what_is_still_known_and_what_few_answered_is_no_finding() {
    let world = World::new(1).await;
    tested(&world).await;
    answered_later(&world, &FIVE, Some(4)).await;
    let found = report(&world).await;
    assert!(found.decay[0].1.is_none(), "within chance");
    let world = World::new(1).await;
    tested(&world).await;
    answered_later(&world, &FIVE[..4], Some(0)).await;
    assert!(report(&world).await.decay.is_empty(), "four people");
}
