//! What the public log must not tell, what bodies must not hear, and what two people do at once.

use super::lifecycle::envelope;
use super::*;
use crate::bind;
use crate::commissions::tests::Browser;
use crate::incidents::actions::*;
use crate::incidents::model::{ORIGIN, State};
use crate::incidents::{FromPhones, queries};
use crate::platform::database::testing::Postgres;
use crate::platform::inbox::Intake as _;
use crate::platform::{Acting, ids};
use crate::tasks::owners::Owners;
use crate::tasks::{self};
use crate::testing::Installation;
use axum::http::StatusCode;
use std::time::Duration;

/// Takes an envelope of somebody's phone.
async fn sent(who: &Acting, fields: &[(&str, &str)]) -> Result<String, Error> {
    let mut all = vec![("kind", "power"), ("what", "Dark.")];
    all.extend_from_slice(fields);
    let envelope = envelope(&ids::random_id(), &all);
    let mut tx = who.begin().await.unwrap();
    FromPhones.take(&mut tx, who, &envelope).await?;
    tx.commit().await.unwrap();
    Ok(envelope.id)
}

#[tokio::test]
async fn a_district_reports_from_a_phone_by_number_or_about_itself() {
    let world = World::new(2).await;
    let district = world.district(hour(9, 0));
    let id = sent(&district, &[("election", ELECTION), ("number", "2")])
        .await
        .unwrap();
    let about = now(&world, &id).await;
    assert_eq!(about.station_id.as_deref(), Some("st2"));
    assert_eq!(about.contest_id, "vote-2023.d1");
    let id = sent(&district, &[("election", ELECTION), ("number", "")])
        .await
        .unwrap();
    let about = now(&world, &id).await;
    assert_eq!((about.station_id, about.area_id.as_str()), (None, "d1"));
    let unknown = sent(&district, &[("election", ELECTION), ("number", "3")]).await;
    assert_eq!(field(unknown.unwrap_err()), "number");
    // The form of a station's own secretary says where it stands; without that it is about where they work.
    let secretary = world.secretary("st1", hour(9, 0));
    let id = sent(&secretary, &[]).await.unwrap();
    assert_eq!(now(&world, &id).await.station_id.as_deref(), Some("st1"));
}

#[tokio::test]
async fn the_public_log_tells_neither_which_incident_nor_what_was_done() {
    let world = World::new(1).await;
    let desk = world.district(hour(9, 5));
    let (first, second) = (
        reported(&world, "power", hour(9, 0)).await.id,
        reported(&world, "health", hour(9, 1)).await.id,
    );
    start(&desk, &first, 1, "").await.unwrap();
    close(&desk, &first, 2, "light").await.unwrap();
    let other = reported(&world, "power", hour(9, 2)).await.id;
    merge(&desk, &other, 1, &first, "").await.unwrap();
    note(&desk, &second, "seen", Vec::new()).await.unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let sql = "select event, object, contest_id from audit_record where kind like 'incident%'";
    let acts = reader.all(sql, bind![]).await.unwrap();
    assert_eq!(acts.len(), 7);
    let mut objects = std::collections::BTreeSet::new();
    for act in &acts {
        assert_eq!(act.text("event").unwrap(), "incident.acted");
        assert_eq!(act.text("contest_id").unwrap(), "");
        let object = act.text("object").unwrap();
        for id in [&first, &second, &other] {
            assert!(!object.contains(id.as_str()), "{object}");
        }
        objects.insert(object);
    }
    assert_eq!(objects.len(), acts.len(), "no two acts belong together");
    drop(reader);
    acts_are_sound(&world).await;
    world
        .sql(
            "update incident set what = 'nothing' where id = $1",
            bind![&second],
        )
        .await;
    let act = "select act from incident_event where incident_id = $1 and sequence = 1";
    let mut reader = world.home.app.read().await.unwrap();
    let act = reader.one(act, bind![&second]).await.unwrap();
    let act = act.text("act").unwrap();
    drop(reader);
    let sound = tokio::spawn(async move { log_is_sound(&world, &act).await });
    assert!(sound.await.is_err(), "a changed report is found");
}

/// From asking a body to the end of it: whoever reads the log sees one act each time, and of none by whom, about what, or that
/// a task came of it. Of an incident about a person nothing else stands there either.
#[tokio::test]
async fn the_public_log_does_not_tell_that_a_body_was_asked() {
    let world = World::new(1).await;
    let desk = world.district(hour(9, 5));
    for (kind, body) in [("health", "health"), ("fire", "emergency")] {
        let before = acts(&world).await.len();
        let id = reported(&world, kind, hour(9, 0)).await.id;
        escalate(&desk, &id, 1, body, "send a crew").await.unwrap();
        let task = {
            let mut reader = world.home.app.read().await.unwrap();
            let asked = queries::tasks(&mut reader, &id).await.unwrap();
            asked[0].task_id.clone()
        };
        let officer = world.acting("officer", &format!("body.{body}"), "d1", hour(9, 7));
        tasks::sweep::sweep(&world.home.app, hour(9, 6))
            .await
            .unwrap();
        tasks::actions::accept(&officer, &task, 2).await.unwrap();
        let done = tasks::actions::Evidence {
            text: "they are there".to_owned(),
            papers: Vec::new(),
        };
        tasks::actions::report(&officer, &task, 3, done)
            .await
            .unwrap();
        tasks::actions::verify(&desk, &task, 4).await.unwrap();
        escalate(&desk, &id, 4, body, "and once more")
            .await
            .unwrap();
        close(&desk, &id, 5, "all calm").await.unwrap();
        let acts = acts(&world).await;
        assert_eq!(
            acts.len() - before,
            8,
            "reported, asked, reminded, accepted, done, seen, asked again, closed: one record each"
        );
        for act in &acts {
            let said = [&act.0, &act.1, &act.2];
            assert_eq!(said, ["incident.acted", "incident_step", ""], "{act:?}");
            for named in [&id, &task] {
                assert!(!act.3.contains(named.as_str()), "{act:?}");
            }
        }
    }
    acts_are_sound(&world).await;
    // And yet what the body said is vouched for.
    let (told, act) = {
        let mut reader = world.home.app.read().await.unwrap();
        let sql = "select task_id, act from task_event where kind = 'reported' order by made_at";
        let row = reader.one(sql, bind![]).await.unwrap();
        (row.text("task_id").unwrap(), row.text("act").unwrap())
    };
    world
        .sql(
            "update task_event set text = 'nobody came' where task_id = $1 and kind = 'reported'",
            bind![told],
        )
        .await;
    let sound = tokio::spawn(async move { log_is_sound(&world, &act).await });
    assert!(sound.await.is_err(), "a changed report of a body is found");
}

/// What the log says of tasks and incidents: event, kind, office, object.
async fn acts(world: &World) -> Vec<(String, String, String, String)> {
    let mut reader = world.home.app.read().await.unwrap();
    let sql = "select event, kind, office, object from audit_record
        where kind like 'incident%' or kind like 'task%' order by id";
    let rows = reader.all(sql, bind![]).await.unwrap();
    rows.iter()
        .map(|row| {
            let text = |column| row.text(column).unwrap();
            (text("event"), text("kind"), text("office"), text("object"))
        })
        .collect()
}

#[tokio::test]
async fn bodies_hear_nothing_of_a_person_when_it_is_over() {
    let world = World::new(1).await;
    let desk = world.district(hour(9, 5));
    for (kind, heard) in [("health", false), ("fire", true)] {
        let id = reported(&world, kind, hour(9, 0)).await.id;
        escalate(&desk, &id, 1, "emergency", "send a crew")
            .await
            .unwrap();
        close(&desk, &id, 2, "Aigul was taken to hospital")
            .await
            .unwrap();
        let mut reader = world.home.app.read().await.unwrap();
        let asked = queries::tasks(&mut reader, &id).await.unwrap();
        let past = tasks::queries::history(&mut reader, &asked[0].task_id)
            .await
            .unwrap();
        let said = past.iter().any(|e| e.text.contains("Aigul"));
        assert_eq!(said, heard, "{kind}: {past:?}");
        assert!(past.iter().all(|e| e.sequence == 1 || !e.text.is_empty()));
    }
}

#[tokio::test]
async fn a_note_needs_no_fresh_page_and_other_words_come_back() {
    let world = World::new(1).await;
    let id = reported(&world, "power", hour(9, 0)).await.id;
    let desk = world.district(hour(9, 5));
    start(&desk, &id, 1, "").await.unwrap();
    let browser = Browser::signed_in(&world.home, "d1-secretary").await;
    let path = format!("/office/incidents/{id}");
    // Written on a page that had seen one event.
    let (status, _) = browser
        .post(
            &format!("{path}/note"),
            &[("events", "1"), ("note", "A cable.")],
        )
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, text) = browser
        .post(
            &format!("{path}/close?lang=en"),
            &[("events", "1"), ("done", "A long account of <it>.")],
        )
        .await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(
        text.contains("A long account of &#60;it&#62;.") && text.contains("href=\"#events\""),
        "{text}"
    );
    assert!(
        text.contains("name=\"events\" value=\"3\""),
        "to be sent once more"
    );
}

#[tokio::test]
async fn a_circle_of_mergers_holds_nobody_up() {
    let world = World::new(1).await;
    let desk = world.district(hour(9, 5));
    let first = reported(&world, "power", hour(9, 0)).await.id;
    let second = reported(&world, "power", hour(9, 1)).await.id;
    escalate(&desk, &first, 1, "police", "please come")
        .await
        .unwrap();
    for (id, into) in [(&first, &second), (&second, &first)] {
        let sql = "update incident set state = 'merged', before_merge = 'open', merged_into = $2, is_open = false where id = $1";
        world.sql(sql, bind![id, into]).await;
    }
    let mut tx = world.home.app.database.begin().await.unwrap();
    let key = format!("{first}/2");
    let task = tasks::queries::open_by_origin(&mut tx, ORIGIN, &key)
        .await
        .unwrap()
        .unwrap();
    let police = world.acting("officer", "body.police", "d1", hour(9, 20));
    let owners = Owners::of(&world.home.app);
    let act = ids::random_id();
    let heard = owners.find(ORIGIN).unwrap().heard(
        &mut tx,
        &police,
        &task,
        tasks::EventKind::Reported,
        &act,
    );
    let done = tokio::time::timeout(Duration::from_secs(10), heard).await;
    done.expect("it comes to an end").unwrap();
}

/// On SQLite there is one writer; on PostgreSQL both look at the other before either has written.
#[tokio::test]
async fn two_incidents_are_not_merged_into_each_other() {
    let Some(server) = Postgres::fresh("incidents").await else {
        return;
    };
    let world = World::on(Installation::on(server.database.clone()), 1).await;
    let desk = world.district(hour(9, 5));
    for round in 0..20 {
        let one = reported(&world, "power", hour(9, 0)).await.id;
        let two = reported(&world, "power", hour(9, 1)).await.id;
        let (there, back) = tokio::join!(
            merge(&desk, &one, 1, &two, ""),
            merge(&desk, &two, 1, &one, "")
        );
        let merged = u8::from(there.is_ok()) + u8::from(back.is_ok());
        assert_eq!(merged, 1, "round {round}: {there:?} {back:?}");
        let states = [now(&world, &one).await.state, now(&world, &two).await.state];
        assert!(states.contains(&State::Open), "{states:?}");
    }
    drop(world);
    server.drop().await;
}

#[tokio::test]
async fn whoever_left_an_office_has_left_its_incidents() {
    let world = World::new(1).await;
    let id = reported(&world, "power", hour(9, 0)).await.id;
    let desk = world.district(hour(9, 5));
    assign(
        &desk,
        &id,
        1,
        "precinct.secretary|st1-area|st1-secretary",
        "",
    )
    .await
    .unwrap();
    // The same person, now in another office elsewhere.
    let gone = world.acting("st1-secretary", "precinct.member", "st2-area", hour(9, 6));
    assert!(is_forbidden(start(&gone, &id, 2, "").await));
    assert!(is_forbidden(
        note(&gone, &id, "still here", Vec::new()).await
    ));
    // Whoever holds the office now is somebody else: it was given to a person.
    let next = world.acting("another", "precinct.secretary", "st1-area", hour(9, 6));
    assert!(is_forbidden(start(&next, &id, 2, "").await));
    start(&world.secretary("st1", hour(9, 6)), &id, 2, "")
        .await
        .unwrap();
}

#[tokio::test]
async fn a_task_that_is_sent_back_is_heard() {
    let world = World::new(1).await;
    let id = reported(&world, "power", hour(9, 0)).await.id;
    let desk = world.district(hour(9, 5));
    escalate(&desk, &id, 1, "police", "please come")
        .await
        .unwrap();
    let mut tx = desk.begin().await.unwrap();
    let task = tasks::queries::open_by_origin(&mut tx, ORIGIN, &format!("{id}/2"))
        .await
        .unwrap()
        .unwrap();
    let owners = Owners::of(&world.home.app);
    let heard = owners
        .find(ORIGIN)
        .unwrap()
        .heard(
            &mut tx,
            &desk,
            &task,
            tasks::EventKind::Returned,
            &ids::random_id(),
        )
        .await;
    heard.unwrap();
    tx.commit().await.unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let events = queries::events(&mut reader, &id).await.unwrap();
    assert_eq!(events.last().unwrap().detail, "police|returned");
}

#[tokio::test]
async fn what_nobody_has_begun_stands_on_the_front_desk() {
    let world = World::new(1).await;
    let first = reported(&world, "power", hour(9, 0)).await.id;
    let begun = reported(&world, "fire", hour(9, 1)).await.id;
    start(&world.district(hour(9, 2)), &begun, 1, "")
        .await
        .unwrap();
    world.home.app.clock.set(hour(9, 5));
    let district = Browser::signed_in(&world.home, "d1-secretary").await;
    let (status, text) = district.get("/office?lang=en").await;
    assert_eq!(status, StatusCode::OK);
    let on_it = |id: &str| text.contains(&format!("/office/incidents/{id}"));
    assert!(on_it(&first) && !on_it(&begun), "{text}");
    let other = Browser::signed_in(&world.home, "d2-chair").await;
    let (_, text) = other.get("/office?lang=en").await;
    assert!(!text.contains(&first), "of another district");
}

/// Decoding a picture takes long; whoever else writes doesn't wait for it, and what is no photo never gets that far.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn photos_are_judged_before_the_writer_is_taken() {
    let world = World::new(1).await;
    let id = reported(&world, "power", hour(9, 0)).await.id;
    let desk = world.district(hour(9, 5));
    let whole = jpeg();
    let mut page = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00".to_vec();
    page.extend_from_slice(b"<script>alert(1)</script>");
    // Somebody else is writing.
    let writing = desk.begin().await.unwrap();
    for (name, photo, why) in [
        ("words", b"no picture".to_vec(), "photo"),
        ("program", b"MZ\x90\x00".to_vec(), "photo"),
        ("cut off", whole[..whole.len() / 2].to_vec(), "photo"),
        ("a page as a photo", page, "photo"),
        ("50 MB", vec![0xff; 50 * 1024 * 1024], "TooLarge"),
    ] {
        let patience = Duration::from_secs(20);
        let noted = note(&desk, &id, "x", vec![photo.clone()]);
        let noted = tokio::time::timeout(patience, noted).await;
        let noted = noted.expect("it was judged without the writer");
        assert_eq!(field(noted.unwrap_err()), why, "{name}");
        let report = actions::report(&desk, about("st1", "power"), vec![jpeg(), photo]);
        let told = tokio::time::timeout(patience, report).await;
        let told = told.expect("so was the report's");
        assert_eq!(field(told.unwrap_err()), why, "{name}");
    }
    let many = note(&desk, &id, "x", vec![whole; 6]).await;
    assert_eq!(field(many.unwrap_err()), "photo", "not even decoded");
    drop(writing);
    assert_eq!(now(&world, &id).await.events, 1, "nothing was written");
}
