//! A closed session put right: who may, what follows, what stays, and what the log makes of it.

use super::{Hall, SESSION, fields, is_sound, problems};
use crate::bind;
use crate::commissions::tests::Browser;
use crate::platform::Error;
use crate::training::coverage;
use crate::training::model::Act;
use crate::training::presence::actions::{self, Close, Correct, Says};
use crate::training::queries as sessions;
use crate::votingday::tests::world::{ELECTION, at};
use axum::http::StatusCode;

const AFTER: &str = "2023-10-02T07:05:00Z";
const LATER: &str = "2023-10-03T06:00:00Z";

/// Closed with three people, who stand on one sheet of paper.
async fn closed() -> Hall {
    let hall = Hall::new().await;
    let signed = ["st1-chair", "st1-secretary", "st2-chair"];
    hall.sheet(AFTER, ("3", &signed, "")).await.unwrap();
    let close = Close {
        seen: hall.session().await.version,
        present: 3,
        reason: String::new(),
    };
    let done = actions::close(&hall.trainer(AFTER), SESSION, &close).await;
    assert_eq!(done.unwrap(), 3);
    hall
}

fn right(seen: u64, says: &[(&str, bool)], reason: &str) -> Correct {
    let says = says.iter().map(|(person, present)| Says {
        person_id: (*person).to_owned(),
        present: *present,
    });
    Correct {
        seen,
        says: says.collect(),
        reason: reason.to_owned(),
        ..Correct::default()
    }
}

async fn passed(hall: &Hall, station: &str) -> u64 {
    let mut reader = hall.world.home.app.read().await.unwrap();
    let place = coverage::queries::place(&mut reader, ELECTION, station).await;
    place.unwrap().stand.people.passed
}

#[tokio::test]
async fn who_was_there_is_put_right_with_all_that_followed() {
    let hall = closed().await;
    assert_eq!(
        (passed(&hall, "st1").await, passed(&hall, "st2").await),
        (2, 1)
    );
    let seen = hall.session().await.version;
    let says = [
        ("st2-chair", false),
        ("st1-deputy", true),
        // Of another district, and invited by nobody.
        ("d2-chair", true),
    ];
    let how = right(seen, &says, "two lines were mixed up");
    let present = actions::correct(&hall.trainer(LATER), SESSION, &how).await;
    assert_eq!(present.unwrap(), 4);
    let now = hall.session().await;
    assert_eq!((now.version, now.act), (seen + 1, Act::Corrected));
    assert_eq!((now.present, now.on_paper), (Some(4), Some(3)));
    assert_eq!(now.reason, "two lines were mixed up");
    let mut reader = hall.world.home.app.read().await.unwrap();
    let before = sessions::session_before(&mut reader, SESSION, at(LATER)).await;
    assert_eq!(before.unwrap().present, Some(3), "as it was said then");
    drop(reader);
    for (sql, n) in [
        (
            "select count(*) as n from training_passed where ended_at is null",
            4,
        ),
        (
            "select count(*) as n from training_passed where person_id = 'st2-chair' and ended_at is not null",
            1,
        ),
        (
            "select count(*) as n from training_taught where person_id = 'st2-chair'",
            0,
        ),
        (
            "select count(*) as n from training_taught_before where person_id = 'st2-chair' and ended > version",
            1,
        ),
        (
            "select count(*) as n from training_mark where person_id = 'st2-chair' and not accepted and reason = 'denied'",
            1,
        ),
        ("select count(*) as n from training_presence", 3),
        (
            "select count(*) as n from training_trainee where person_id = 'd2-chair' and state = 'invited' and commission_id is null",
            1,
        ),
    ] {
        assert_eq!(hall.count(sql).await, n, "{sql}");
    }
    assert_eq!(
        (passed(&hall, "st1").await, passed(&hall, "st2").await),
        (3, 0)
    );
    // It was right the first time: a further version, and everything is back.
    let how = right(seen + 1, &[("st2-chair", true)], "the paper is right");
    let present = actions::correct(&hall.trainer(LATER), SESSION, &how).await;
    assert_eq!(present.unwrap(), 5);
    assert_eq!(
        (passed(&hall, "st1").await, passed(&hall, "st2").await),
        (3, 1)
    );
    is_sound(&hall.world.home.app).await;
}

#[tokio::test]
async fn what_is_no_correction_is_refused_and_leaves_nothing() {
    let hall = closed().await;
    let seen = hall.session().await.version;
    let wrong = [("st2-chair", false)];
    let how = right(seen, &wrong, "mixed up");
    let world = &hall.world;
    let station = hall.member("st1", "secretary", LATER);
    let elsewhere = world.acting("d2-chair", "district.chair", "d2", at(LATER));
    for who in [&station, &elsewhere] {
        let refused = actions::correct(who, SESSION, &how).await;
        assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
    }
    let region = world.acting("r1-chair", "region.chair", "r1", at(LATER));
    let cases: [(&[(&str, bool)], &str, &str); 8] = [
        (&wrong, " ", "reason"),
        (&[], "why", "decide"),
        (
            &[("st1-chair", true), ("st2-deputy", false)],
            "said already",
            "decide",
        ),
        (&[("nobody-here", true)], "who", "decide"),
        (&[("no / id", true)], "who", "decide"),
        // Whoever trains there.
        (&[("d1-secretary", true)], "was there too", "decide"),
        // Of whom nobody says so themselves.
        (&[("r1-chair", true)], "I was there", "decide"),
        (
            &[
                ("st1-chair", false),
                ("st1-secretary", false),
                ("st2-chair", false),
            ],
            "nobody came",
            "decide",
        ),
    ];
    for (says, reason, field) in cases {
        let refused = actions::correct(&region, SESSION, &right(seen, says, reason)).await;
        assert_eq!(fields(refused), [field], "{says:?}");
    }
    let stale = actions::correct(&region, SESSION, &right(seen - 1, &wrong, "why")).await;
    assert!(matches!(stale, Err(Error::Conflict(_))), "{stale:?}");
    let mut other = how.clone();
    other.sheets = vec!["no-sheet".to_owned()];
    let refused = actions::correct(&region, SESSION, &other).await;
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    assert_eq!(hall.session().await.version, seen);
    let decided = "select count(*) as n from training_presence";
    assert_eq!(hall.count(decided).await, 0);
    // The commission above may.
    assert_eq!(actions::correct(&region, SESSION, &how).await.unwrap(), 2);

    let open = Hall::new().await;
    let seen = open.session().await.version;
    let early = actions::correct(&open.trainer(LATER), SESSION, &right(seen, &wrong, "why")).await;
    assert!(matches!(early, Err(Error::Conflict(_))), "{early:?}");
}

#[tokio::test]
async fn a_sheet_that_was_keyed_wrongly_goes_with_the_correction() {
    let hall = closed().await;
    let sheet = hall.known().await.sheets[0].id.clone();
    let mut how = right(3, &[("st2-chair", false)], "the sheet of another hall");
    how.seen = hall.session().await.version;
    how.sheets = vec![sheet];
    how.on_paper = Some(2);
    let trainer = hall.trainer(LATER);
    assert_eq!(actions::correct(&trainer, SESSION, &how).await.unwrap(), 2);
    assert_eq!(hall.session().await.on_paper, Some(2));
    let known = hall.known().await;
    assert!(!known.has_paper() && known.sheets.len() == 1);
    how.seen += 1;
    let again = actions::correct(&trainer, SESSION, &how).await;
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
}

#[tokio::test]
async fn the_log_finds_a_pass_that_nobody_earned() {
    let hall = closed().await;
    let app = &hall.world.home.app;
    is_sound(app).await;
    let passes = [("row_changed", format!("training_passes {SESSION}"))];
    let world = &hall.world;
    for (forged, back) in [
        (
            "insert into training_passed (person_id, programme_id, election_id, session_id, level, passed_at)
                select 'st2-secretary', programme_id, election_id, session_id, level, passed_at from training_passed
                where person_id = 'st1-chair'",
            "delete from training_passed where person_id = 'st2-secretary'",
        ),
        (
            "update training_passed set ended_at = 1 where person_id = 'st1-chair'",
            "update training_passed set ended_at = null where person_id = 'st1-chair'",
        ),
    ] {
        world.sql(forged, bind![]).await;
        assert_eq!(problems(app).await, passes, "{forged}");
        world.sql(back, bind![]).await;
        is_sound(app).await;
    }
    for (forged, back) in [
        (
            "update training_session set ends_at = ends_at + 1",
            "update training_session set ends_at = ends_at - 1",
        ),
        (
            "update training_session set present = present + 1",
            "update training_session set present = present - 1",
        ),
        (
            "update training_session set version = version - 1",
            "update training_session set version = version + 1",
        ),
    ] {
        world.sql(forged, bind![]).await;
        let found = problems(app).await;
        let session = format!("training_session_version {SESSION}/");
        let fits = |p: &(&str, String)| p.0 == "row_changed" && p.1.starts_with(&session);
        assert!(
            !found.is_empty() && found.iter().all(fits),
            "{forged}: {found:?}"
        );
        world.sql(back, bind![]).await;
        is_sound(app).await;
    }
    // An act that never was, and a session after which nobody has passed.
    world
        .sql(
            "insert into training_taught (person_id, module_id, session_id, version, module_version, level, taught_at)
                select 'st2-secretary', module_id, session_id, 99, module_version, level, taught_at from training_taught
                where person_id = 'st1-chair'",
            bind![],
        )
        .await;
    let object = format!("training_session_version {SESSION}/99");
    assert_eq!(problems(app).await, [("row_without_act", object)]);

    let open = Hall::new().await;
    open.world
        .sql(
            "insert into training_passed (person_id, programme_id, election_id, session_id, level, passed_at)
                select 'st1-chair', programme_id, election_id, id, level, 0 from training_session",
            bind![],
        )
        .await;
    let object = format!("training_passes {SESSION}");
    let found = problems(&open.world.home.app).await;
    assert_eq!(found, [("row_without_act", object)]);
}

#[tokio::test]
async fn the_page_folds_people_away_and_keeps_what_was_ticked() {
    let hall = closed().await;
    let home = &hall.world.home;
    home.app.clock.set(at(LATER));
    let trainer = Browser::signed_in(home, "d1-secretary").await;
    let page = format!("/office/training/sessions/{SESSION}/correct");
    let attendance = format!("/office/training/sessions/{SESSION}/attendance");
    let (_, text) = trainer.get(&format!("{attendance}?lang=en")).await;
    assert!(text.contains(&page) && !text.contains("/sheet\""), "{text}");
    let (status, text) = trainer.get(&format!("{page}?lang=kk")).await;
    assert_eq!(status, StatusCode::OK);
    for id in ["gone-st2-chair", "come-st1-deputy"] {
        assert!(text.contains(&format!("id=\"{id}\"")), "{id}: {text}");
    }
    assert!(!text.contains("come-d2-chair") && text.contains("<details"));
    let (_, text) = trainer.get(&format!("{page}?name=d2-chair&lang=ru")).await;
    assert!(text.contains("id=\"come-d2-chair\""), "{text}");
    let version = hall.session().await.version.to_string();
    let mut sent = vec![
        ("version", version.as_str()),
        ("gone", "st2-chair"),
        ("come", "d2-chair"),
        ("reason", ""),
    ];
    let (status, text) = trainer.post(&format!("{page}?lang=en"), &sent).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("href=\"#reason\""), "{text}");
    for person in ["st2-chair", "d2-chair"] {
        assert!(
            text.contains(&format!("value=\"{person}\" checked")),
            "{text}"
        );
    }
    sent[3] = ("reason", "two <lines> were mixed up");
    let (status, to) = trainer.post(&page, &sent).await;
    assert_eq!(
        (status, to),
        (
            StatusCode::SEE_OTHER,
            format!("{attendance}?done=training-corrected")
        )
    );
    let (_, text) = trainer
        .get(&format!("{attendance}?done=training-corrected&lang=en"))
        .await;
    assert!(text.contains("The correction is on record"), "{text}");
    let session = format!("/office/training/sessions/{SESSION}?lang=en");
    let (_, text) = trainer.get(&session).await;
    assert!(
        text.contains("Attendance corrected") && text.contains("two &#60;lines&#62; were mixed up"),
        "{text}"
    );
    // A session that is open is decided about elsewhere.
    let open = Hall::new().await;
    let trainer = Browser::signed_in(&open.world.home, "d1-secretary").await;
    let (status, to) = trainer.get(&page).await;
    assert_eq!((status, to), (StatusCode::SEE_OTHER, attendance));
}
