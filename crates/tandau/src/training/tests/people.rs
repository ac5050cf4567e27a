//! Who is invited, who was there: two commissions, a replacement in the middle, closing.

use super::*;
use crate::training::model::{TraineeState, Way};

const SESSION: &str = "session-1";
const STARTS: &str = "2023-10-02T04:00:00Z";
const OVER: &str = "2023-10-02T06:30:00Z";

/// A session of the district with its trainer, nobody invited yet.
async fn planned() -> World {
    let world = world().await;
    taught(&world, (2, 2)).await;
    let acting = district(&world, "2023-09-20T06:00:00Z");
    let new = session(SESSION, (2, "d1"), at(STARTS), &["d1-chair"]);
    actions::plan(&acting, new).await.unwrap();
    world
}

#[tokio::test]
async fn whoever_sits_in_two_commissions_is_invited_once_and_counts_once() {
    let world = planned().await;
    let acting = district(&world, "2023-09-20T06:00:00Z");
    // The chair of the first station sits in the second one's commission too.
    world
        .sql(
            "insert into commission_member (id, commission_id, person_id, office, nominator, seated_by, valid_from)
                values ('second-seat', 'st2-pec', 'st1-chair', 'member', 'assembly', 'st2-pec-seated', '2019-01-01')",
            bind![],
        )
        .await;
    let area = || Invited::Area("d1".to_owned());
    let new = actions::invite(&acting, SESSION, 1, area()).await.unwrap();
    // Five of each station and the district's secretary; the chair trains.
    assert_eq!(new, 11);
    let all = invited(&world, SESSION).await;
    assert_eq!(all.len(), 11);
    assert!(
        !all.contains(&"d1-chair".to_owned()),
        "a trainer is no trainee"
    );
    assert_eq!(
        field(actions::invite(&acting, SESSION, 2, area()).await),
        "invite_area"
    );
    assert!(is_conflict(
        actions::invite(&acting, SESSION, 1, area()).await
    ));
    let outside = Invited::Area("d2".to_owned());
    assert_eq!(
        field(actions::invite(&acting, SESSION, 2, outside).await),
        "invite_area"
    );
    let stranger = Invited::Person("c1".to_owned());
    assert_eq!(
        field(actions::invite(&acting, SESSION, 2, stranger).await),
        "person",
        "a candidate has no seat"
    );
    let over = district(&world, OVER);
    let how = HeldSession {
        absent: vec!["st2-member3".to_owned()],
        way: Some(Way::Paper),
        on_paper: Some(10),
        ..HeldSession::default()
    };
    let present = actions::held(&over, SESSION, 2, how.clone()).await.unwrap();
    assert_eq!(present, 10);
    assert!(is_conflict(
        actions::held(&over, SESSION, 2, how.clone()).await
    ));
    assert!(
        is_conflict(actions::held(&over, SESSION, 3, how).await),
        "held is held"
    );
    assert_eq!(now(&world, SESSION).await.present, Some(10));
    let taught = "select count(*) as n from training_taught where person_id = 'st1-chair'";
    assert_eq!(count(&world, taught).await, 2, "two modules, once each");
    let passed = "select count(*) as n from training_passed";
    assert_eq!(count(&world, passed).await, 10);
    let absent = "select count(*) as n from training_taught where person_id = 'st2-member3'";
    assert_eq!(count(&world, absent).await, 0);
    let marks = "select count(*) as n from training_mark where accepted and way = 'paper'";
    assert_eq!(count(&world, marks).await, 10);
}

#[tokio::test]
async fn there_are_no_more_people_than_seats() {
    let world = planned().await;
    let acting = district(&world, "2023-09-20T06:00:00Z");
    let mut new = session(SESSION, (2, "d1"), at(STARTS), &["d1-chair"]);
    new.seats = 5;
    actions::change(&acting, 1, new.clone(), "").await.unwrap();
    let whole = Invited::Area("d1".to_owned());
    assert_eq!(
        field(actions::invite(&acting, SESSION, 2, whole).await),
        "invite_area"
    );
    assert!(
        invited(&world, SESSION).await.is_empty(),
        "nothing of it happened"
    );
    let first = Invited::Area("st1-area".to_owned());
    assert_eq!(
        actions::invite(&acting, SESSION, 2, first).await.unwrap(),
        5
    );
    new.seats = 4;
    assert_eq!(field(actions::change(&acting, 3, new, "").await), "seats");
}

#[tokio::test]
async fn in_the_middle_of_a_course_somebody_else_comes() {
    let world = planned().await;
    let acting = district(&world, "2023-09-20T06:00:00Z");
    for (number, person) in ["st1-chair", "st1-secretary"].into_iter().enumerate() {
        let whom = Invited::Person(person.to_owned());
        let seen = u64::try_from(number).unwrap() + 1;
        actions::invite(&acting, SESSION, seen, whom).await.unwrap();
    }
    let first = ["module-1".to_owned()];
    let people = ("st1-secretary", "st1-deputy");
    let early = actions::replace(&acting, SESSION, 3, people, &first, "Болезнь").await;
    assert_eq!(field(early), "taught", "nothing is taught before it begins");
    let during = district(&world, "2023-10-02T05:00:00Z");
    for (people, name) in [
        (("st1-secretary", "st1-chair"), "newcomer"),
        (("st1-secretary", "st1-secretary"), "newcomer"),
        (("st1-secretary", "nobody"), "newcomer"),
        (("st1-secretary", "c1"), "newcomer"),
        (("st1-secretary", "d1-chair"), "newcomer"),
        (("st2-chair", "st1-deputy"), "person"),
    ] {
        let none: [String; 0] = [];
        let refused = actions::replace(&during, SESSION, 3, people, &none, "Болезнь").await;
        assert_eq!(field(refused), name, "{people:?}");
    }
    let unknown = ["module-9".to_owned()];
    let refused = actions::replace(&during, SESSION, 3, people, &unknown, "Болезнь").await;
    assert_eq!(field(refused), "taught");
    let refused = actions::replace(&during, SESSION, 3, people, &first, "").await;
    assert_eq!(field(refused), "reason");
    actions::replace(&during, SESSION, 3, people, &first, "Болезнь")
        .await
        .unwrap();
    assert_eq!(invited(&world, SESSION).await, ["st1-chair", "st1-deputy"]);
    let over = district(&world, OVER);
    let present = actions::held(&over, SESSION, 4, HeldSession::default()).await;
    assert_eq!(present.unwrap(), 2);
    let taught = "select count(*) as n from training_taught where person_id = 'st1-secretary'";
    assert_eq!(
        count(&world, taught).await,
        1,
        "what was taught by then stays theirs"
    );
    let passed = "select count(*) as n from training_passed where person_id = 'st1-secretary'";
    assert_eq!(count(&world, passed).await, 0, "and is not enough");
    let newcomer = "select count(*) as n from training_passed where person_id = 'st1-deputy'";
    assert_eq!(count(&world, newcomer).await, 1);
    let mut reader = world.home.app.read().await.unwrap();
    let all = queries::trainees(&mut reader, SESSION).await.unwrap();
    let left = all
        .iter()
        .find(|one| one.state == TraineeState::Replaced)
        .unwrap();
    assert_eq!(left.replaced_by.as_deref(), Some("st1-deputy"));
}

#[tokio::test]
async fn a_session_is_closed_once_it_was_held_and_by_whoever_may() {
    let world = planned().await;
    let acting = district(&world, "2023-09-20T06:00:00Z");
    let none = HeldSession::default();
    let over = district(&world, OVER);
    assert_eq!(
        field(actions::held(&over, SESSION, 1, none.clone()).await),
        "absent"
    );
    let all = Invited::Area("d1".to_owned());
    actions::invite(&acting, SESSION, 1, all).await.unwrap();
    assert!(
        is_conflict(actions::held(&acting, SESSION, 2, none.clone()).await),
        "not begun"
    );
    let stranger = world.acting("d2-chair", "district.chair", "d2", at(OVER));
    assert!(is_forbidden(
        actions::held(&stranger, SESSION, 2, none.clone()).await
    ));
    actions::withdraw(&acting, SESSION, 2, "st2-chair", "Ошибка")
        .await
        .unwrap();
    let again = actions::withdraw(&acting, SESSION, 3, "st2-chair", "Ошибка").await;
    assert_eq!(field(again), "person");
    let wrong = HeldSession {
        texts: vec![("module-1".to_owned(), 9)],
        ..none.clone()
    };
    assert_eq!(
        field(actions::held(&over, SESSION, 3, wrong).await),
        "texts"
    );
    // Somebody marked themselves with a code: who was there is reconciled, not ticked.
    world
        .sql(
            "insert into training_mark (id, session_id, person_id, way, marked_at, accepted, made_by, office, made_at)
                values ('mark-1', 'session-1', 'st1-chair', 'code', 0, true, 'st1-chair', '', 0)",
            bind![],
        )
        .await;
    let invited = invited(&world, SESSION).await;
    let how = HeldSession {
        absent: invited.clone(),
        ..none
    };
    assert!(is_conflict(actions::held(&over, SESSION, 3, how).await));
    let everybody = actions::held(&over, SESSION, 3, HeldSession::default()).await;
    assert!(is_conflict(everybody));
    let passed = "select count(*) as n from training_passed";
    assert_eq!(count(&world, passed).await, 0);
    let stranger = actions::held(&stranger, SESSION, 3, HeldSession::default()).await;
    assert!(is_forbidden(stranger), "who is told nothing");
}

#[tokio::test]
async fn two_who_close_at_once_close_once() {
    let world = planned().await;
    let acting = district(&world, "2023-09-20T06:00:00Z");
    actions::invite(&acting, SESSION, 1, Invited::Area("d1".to_owned()))
        .await
        .unwrap();
    let over = district(&world, OVER);
    let (one, two) = tokio::join!(
        actions::held(&over, SESSION, 2, HeldSession::default()),
        actions::held(&over, SESSION, 2, HeldSession::default()),
    );
    assert_eq!(u8::from(one.is_ok()) + u8::from(two.is_ok()), 1);
    let acts = "select count(*) as n from training_session_version where act = 'held'";
    assert_eq!(count(&world, acts).await, 1);
    let marks = "select count(*) as n from training_mark";
    assert_eq!(count(&world, marks).await, 11);
}
