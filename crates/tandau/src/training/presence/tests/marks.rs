//! Marks with codes: in time, passed on, from far away, twice, by a wrong clock, after a move, by somebody uninvited.

use super::{Hall, SESSION, STARTS, fields, plan_of};
use crate::platform::Error;
use crate::platform::inbox;
use crate::training::actions as sessions;
use crate::training::presence::actions::{self, Close, Says};
use crate::training::presence::model::Why;
use crate::votingday::tests::world::at;
use electoral::training::attendance::{Difference, Doubt};

/// Twenty past eleven in Astana.
const NOW: &str = "2023-10-02T05:20:00Z";
const AFTER: &str = "2023-10-02T07:05:00Z";

#[tokio::test]
async fn a_code_from_the_screen_counts_once() {
    let hall = Hall::new().await;
    let chair = hall.member("st1", "chair", NOW);
    let taken = hall.mark(&chair, NOW, NOW).await.unwrap();
    assert_eq!(taken.state, "taken");
    // Again, from another phone: another envelope of the same person.
    let again = hall.mark(&chair, NOW, NOW).await.unwrap();
    assert_eq!(again.state, "taken");
    let known = hall.known().await;
    assert_eq!(known.reconciled().in_records, 1);
    assert_eq!(known.marks.len(), 1);
    // The same envelope twice gets the same answer.
    let secretary = hall.member("st1", "secretary", NOW);
    let envelope = hall.envelope(&hall.code(NOW), NOW);
    let first = inbox::take(&secretary, &envelope).await.unwrap();
    let second = inbox::take(&secretary, &envelope).await.unwrap();
    assert_eq!(first, second);
    assert_eq!(hall.known().await.marks.len(), 2);
    // The same envelope in other hands is refused.
    let thief = hall.member("st1", "deputy", NOW);
    let stolen = inbox::take(&thief, &envelope).await;
    assert!(matches!(stolen, Err(Error::Conflict(_))), "{stolen:?}");
}

#[tokio::test]
async fn two_phones_at_the_same_moment_are_one_person() {
    let hall = Hall::new().await;
    let chair = hall.member("st1", "chair", NOW);
    let (one, other) = tokio::join!(hall.mark(&chair, NOW, NOW), hall.mark(&chair, NOW, NOW));
    assert_eq!(one.unwrap().state, "taken");
    assert_eq!(other.unwrap().state, "taken");
    let accepted = "select count(*) as n from training_mark where accepted";
    assert_eq!(hall.count(accepted).await, 1);
}

#[tokio::test]
async fn a_code_passed_on_waits_for_the_trainer() {
    let hall = Hall::new().await;
    let doubts = [
        // Shown at 11:20, typed at 11:50, and after the window at 13:45.
        ("chair", NOW, "2023-10-02T05:50:00Z", Doubt::OldCode),
        ("secretary", NOW, "2023-10-02T07:45:00Z", Doubt::Late),
        // By a clock that was set while the mark lay on the phone.
        ("deputy", NOW, "2023-10-01T05:20:00Z", Doubt::Clock),
    ];
    for (office, shown, made, doubt) in doubts {
        let who = hall.member("st1", office, "2023-10-02T07:50:00Z");
        let taken = hall.mark(&who, shown, made).await.unwrap();
        assert_eq!(taken.state, "doubtful", "{office}");
        let known = hall.known().await;
        let mark = known.marks.iter().find(|m| m.person_id == who.person());
        assert_eq!(mark.unwrap().why, Some(Why::Doubt(doubt)), "{office}");
        // The same doubt again is one row.
        hall.mark(&who, shown, made).await.unwrap();
    }
    let known = hall.known().await;
    assert_eq!((known.marks.len(), known.reconciled().open()), (3, 3));
    assert!(!known.is_settled());
    // In the hall they still mark themselves properly.
    let who = hall.member("st1", "chair", "2023-10-02T06:00:00Z");
    let taken = hall
        .mark(&who, "2023-10-02T06:00:00Z", "2023-10-02T06:00:00Z")
        .await;
    assert_eq!(taken.unwrap().state, "taken");
    assert_eq!(hall.known().await.reconciled().open(), 2);
}

#[tokio::test]
async fn a_moment_that_only_the_phone_knows_waits_for_the_trainer() {
    let hall = Hall::new().await;
    let last = "2023-10-02T07:29:00Z";
    for (office, made, came, state) in [
        ("chair", NOW, "2023-10-02T05:30:00Z", "taken"),
        ("secretary", NOW, "2023-10-02T05:30:01Z", "doubtful"),
        // After the window, though it says that it was made in it.
        ("deputy", last, "2023-10-02T07:30:01Z", "doubtful"),
    ] {
        let who = hall.member("st1", office, came);
        let taken = hall.mark(&who, made, made).await.unwrap();
        assert_eq!(taken.state, state, "{office}");
    }
    let known = hall.known().await;
    let kept = Some(Why::Doubt(Doubt::Kept));
    assert_eq!(known.marks.iter().filter(|m| m.why == kept).count(), 2);
    assert_eq!(known.reconciled().open(), 2);
}

#[tokio::test]
async fn a_position_is_not_demanded_and_not_ignored() {
    let hall = Hall::new().await;
    let with = |latitude: &str, longitude: &str| {
        let mut envelope = hall.envelope(&hall.code(NOW), NOW);
        let fields = &mut envelope.fields;
        fields.insert("latitude".to_owned(), latitude.to_owned());
        fields.insert("longitude".to_owned(), longitude.to_owned());
        envelope
    };
    let near = hall.member("st1", "chair", NOW);
    let taken = inbox::take(&near, &with("50.2001", "72.7002"))
        .await
        .unwrap();
    assert_eq!(taken.state, "taken");
    let far = hall.member("st1", "secretary", NOW);
    let taken = inbox::take(&far, &with("51.1", "71.4")).await.unwrap();
    assert_eq!(taken.state, "doubtful");
    let wrong = hall.member("st1", "deputy", NOW);
    for (latitude, longitude) in [("north", "72"), ("50", ""), ("95", "72")] {
        let refused = inbox::take(&wrong, &with(latitude, longitude)).await;
        assert_eq!(fields(refused), ["latitude"], "{latitude} {longitude}");
    }
}

#[tokio::test]
async fn guessing_ends_soon() {
    let hall = Hall::new().await;
    let who = hall.member("st1", "chair", NOW);
    let now = hall.code(NOW);
    let wrong = if now == "000001" { "000002" } else { "000001" };
    let mut stopped = false;
    for _ in 0..11 {
        match inbox::take(&who, &hall.envelope(wrong, NOW)).await {
            Err(Error::TooMany { .. }) => stopped = true,
            other => assert_eq!(fields(other), ["code"]),
        }
    }
    assert!(stopped);
    // Others are not stopped, and nothing is left of the guesses.
    let other = hall.member("st1", "secretary", NOW);
    assert_eq!(hall.mark(&other, NOW, NOW).await.unwrap().state, "taken");
    assert_eq!(hall.known().await.marks.len(), 1);
    for typed in ["", "12345", "abcdef", "1234567890"] {
        let who = hall.member("st1", "deputy", NOW);
        let refused = inbox::take(&who, &hall.envelope(typed, NOW)).await;
        assert_eq!(fields(refused), ["code"], "{typed}");
    }
}

#[tokio::test]
async fn marks_of_before_a_move_wait() {
    let hall = Hall::new().await;
    let chair = hall.member("st1", "chair", NOW);
    hall.mark(&chair, NOW, NOW).await.unwrap();
    // The hall has no light: the session is moved to the next day.
    let session = hall.session().await;
    let next = plan_of(
        SESSION,
        at("2023-10-03T05:00:00Z"),
        at("2023-10-03T07:00:00Z"),
    );
    let trainer = hall.trainer("2023-10-02T05:25:00Z");
    sessions::change(&trainer, session.version, next, "no light")
        .await
        .unwrap();
    let known = hall.known().await;
    assert_eq!(known.reconciled().in_records, 0);
    assert_eq!(known.marks[0].why, Some(Why::Moved));
    // A mark that lay on a phone since before the move.
    let late = hall.member("st1", "secretary", "2023-10-03T05:10:00Z");
    let taken = hall.mark(&late, NOW, NOW).await.unwrap();
    assert_eq!(taken.state, "doubtful");
    let known = hall.known().await;
    assert_eq!(known.reconciled().open(), 2);
    // The next day counts as any other, also for whoever was counted the day before.
    let tomorrow = "2023-10-03T05:10:00Z";
    let who = hall.member("st1", "deputy", tomorrow);
    assert_eq!(
        hall.mark(&who, tomorrow, tomorrow).await.unwrap().state,
        "taken"
    );
    let again = hall.member("st1", "chair", tomorrow);
    assert_eq!(
        hall.mark(&again, tomorrow, tomorrow).await.unwrap().state,
        "taken"
    );
    let known = hall.known().await;
    assert_eq!(known.reconciled().in_records, 2);
    assert_eq!(known.reconciled().open(), 1, "the secretary alone");
}

#[tokio::test]
async fn somebody_uninvited_is_named_and_taught() {
    let hall = Hall::new().await;
    for office in ["chair", "secretary"] {
        let who = hall.member("st1", office, NOW);
        hall.mark(&who, NOW, NOW).await.unwrap();
    }
    // The chair of the other district's commission came along.
    let guest = hall
        .world
        .acting("d2-chair", "district.chair", "d2", at(NOW));
    assert_eq!(hall.mark(&guest, NOW, NOW).await.unwrap().state, "taken");
    let known = hall.known().await;
    let sides = known.reconciled();
    let guests: Vec<_> = sides.differences.iter().map(|d| (d.0, d.1)).collect();
    assert_eq!(guests, [("d2-chair", Difference::Uninvited)]);
    let mut close = Close {
        seen: hall.session().await.version,
        present: 2,
        reason: String::new(),
    };
    let open = actions::close(&hall.trainer(AFTER), SESSION, &close).await;
    assert!(matches!(open, Err(Error::Conflict(_))), "{open:?}");
    let came = [Says {
        person_id: "d2-chair".to_owned(),
        present: true,
    }];
    actions::decide(&hall.trainer(AFTER), SESSION, &came, "came along")
        .await
        .unwrap();
    let known = hall.known().await;
    let sides = known.reconciled();
    assert_eq!(sides.uninvited, ["d2-chair"]);
    assert_eq!((sides.present.len(), sides.absent.len()), (3, 9));
    close.present = 3;
    let present = actions::close(&hall.trainer(AFTER), SESSION, &close).await;
    assert_eq!(present.unwrap(), 3);
    let taught = "select count(*) as n from training_taught";
    assert_eq!(hall.count(taught).await, 3);
    let passed = "select count(*) as n from training_passed where ended_at is null";
    assert_eq!(hall.count(passed).await, 3);
    assert_eq!(hall.session().await.present, Some(3));
    // A mark that comes now is kept and doesn't change who was there.
    let late = hall.member("st1", "deputy", AFTER);
    let taken = hall.mark(&late, NOW, NOW).await.unwrap();
    assert_eq!(taken.state, "doubtful");
    assert_eq!(hall.session().await.present, Some(3));
}

#[tokio::test]
async fn a_denied_mark_teaches_nobody() {
    let hall = Hall::new().await;
    for office in ["chair", "secretary"] {
        let who = hall.member("st1", office, NOW);
        hall.mark(&who, NOW, NOW).await.unwrap();
    }
    let says = [Says {
        person_id: "st1-secretary".to_owned(),
        present: false,
    }];
    let trainer = hall.trainer(AFTER);
    assert_eq!(
        fields(actions::decide(&trainer, SESSION, &says, " ").await),
        ["reason"]
    );
    actions::decide(&trainer, SESSION, &says, "left at once")
        .await
        .unwrap();
    let stranger = [Says {
        person_id: "d2-chair".to_owned(),
        present: true,
    }];
    let unknown = actions::decide(&trainer, SESSION, &stranger, "why").await;
    assert!(matches!(unknown, Err(Error::NotFound)));
    let seen = hall.session().await.version;
    let stale = Close {
        seen,
        present: 2,
        reason: String::new(),
    };
    let refused = actions::close(&trainer, SESSION, &stale).await;
    assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
    let close = Close {
        present: 1,
        ..stale
    };
    assert_eq!(actions::close(&trainer, SESSION, &close).await.unwrap(), 1);
    let passed = "select count(*) as n from training_passed where person_id = 'st1-secretary'";
    assert_eq!(hall.count(passed).await, 0);
    // Closed is closed.
    let again = actions::close(&trainer, SESSION, &close).await;
    assert!(matches!(again, Err(Error::Conflict(_))));
    let late = actions::decide(&trainer, SESSION, &says, "again").await;
    assert!(matches!(late, Err(Error::Conflict(_))));
}

#[tokio::test]
async fn only_whoever_runs_the_session_decides() {
    let hall = Hall::new().await;
    let member = hall.member("st1", "member3", NOW);
    hall.mark(&member, NOW, NOW).await.unwrap();
    let says = [Says {
        person_id: "st1-member3".to_owned(),
        present: true,
    }];
    let elsewhere = hall
        .world
        .acting("d2-chair", "district.chair", "d2", at(NOW));
    for who in [&member, &elsewhere] {
        let refused = actions::decide(who, SESSION, &says, "me").await;
        assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
    }
    let close = Close::default();
    let refused = actions::close(&member, SESSION, &close).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))));
    // Before it begins nothing is closed, and a cancelled session takes no marks.
    let session = hall.session().await;
    sessions::cancel(&hall.operator(STARTS), SESSION, session.version, "no hall")
        .await
        .unwrap();
    let who = hall.member("st1", "chair", NOW);
    let refused = hall.mark(&who, NOW, NOW).await;
    assert!(matches!(refused, Err(Error::Conflict(_))));
}
