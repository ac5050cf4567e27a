//! Published figures are asked again; the text stays.

use super::*;
use crate::platform::{Lang, T};
use crate::publications::{shown, sweep};

const LATER: &str = "2023-10-04T05:00:00Z";

async fn look(world: &World) -> usize {
    sweep::sweep(&world.home.app, at(LATER), "")
        .await
        .unwrap()
        .1
}

#[tokio::test]
async fn what_the_records_say_later_stands_beside_the_figure() {
    let (world, trip) = travelled().await;
    let acting = secretary(&world);
    let note = NewNote {
        template: "visit".to_owned(),
        subject_id: "trip".to_owned(),
        ..new("n")
    };
    actions::create(&acting, note).await.unwrap();
    let body = "{participants event=E01} students came, {stations} stations.";
    actions::edit(&acting, "n", 1, text("{visit_from}", body))
        .await
        .unwrap();
    actions::publish(&chair(&world), "n", 2, "").await.unwrap();
    assert_eq!(look(&world).await, 0, "nothing has changed");
    trip.students.store(541, Ordering::SeqCst);
    assert_eq!(look(&world).await, 1);
    assert_eq!(look(&world).await, 0, "it is noted once");
    let read = reading(&world, "n").await;
    let t = T::new(Lang::En);
    let shown = shown::published(&world.home.app, t, &read).unwrap();
    let said = shown.text();
    assert!(said.starts_with("540 [was 540, now 541"), "{said}");
    assert!(said.contains("students came, 2 stations."), "{said}");
    assert_eq!(
        read.value("{participants event=E01}"),
        Some(&Value::Count(540))
    );
    // The same stands on the page of the journey.
    let app = &world.home.app;
    let mut reader = app.read().await.unwrap();
    let about = ("visit", "trip");
    let html = crate::publications::note_about(&mut reader, app, t, about, Timestamp::MAX)
        .await
        .unwrap()
        .unwrap();
    assert!(html.contains("<strong>[was 540, now 541") && html.contains("href=\"/news/n\""));
    let early =
        crate::publications::note_about(&mut reader, app, t, about, at("2023-10-01T00:00:00Z"));
    assert!(early.await.unwrap().is_none());
    let other = ("visit", "none");
    let none = crate::publications::note_about(&mut reader, app, t, other, Timestamp::MAX);
    assert!(none.await.unwrap().is_none());
    drop(reader);
    // The office is not disturbed: its next text is still the next act.
    actions::edit(&acting, "n", 3, text("{visit_from}", body))
        .await
        .unwrap();
    // Back again: nothing is said in the text, all of it in the history.
    trip.students.store(540, Ordering::SeqCst);
    assert_eq!(look(&world).await, 1);
    let read = reading(&world, "n").await;
    let shown = shown::published(&world.home.app, t, &read).unwrap();
    assert!(!shown.text().contains("was 540"));
    let history: usize = shown.sources.iter().map(|s| s.history.len()).sum();
    assert_eq!(history, 2);
    rows_are_vouched_for(&world).await;
}

#[tokio::test]
async fn a_correction_begins_with_what_the_records_say() {
    let (world, trip) = travelled().await;
    let acting = secretary(&world);
    let note = NewNote {
        template: "visit".to_owned(),
        subject_id: "trip".to_owned(),
        ..new("n")
    };
    actions::create(&acting, note).await.unwrap();
    let body = "{participants event=E01}";
    actions::edit(&acting, "n", 1, text("a", body))
        .await
        .unwrap();
    actions::publish(&chair(&world), "n", 2, "").await.unwrap();
    trip.students.store(541, Ordering::SeqCst);
    look(&world).await;
    let later = chair_at(&world, at(LATER));
    actions::publish(&later, "n", 3, "The number of students")
        .await
        .unwrap();
    assert_eq!(look(&world).await, 0);
    let read = reading(&world, "n").await;
    assert_eq!(read.value(body), Some(&Value::Count(541)));
    assert!(read.changes.is_empty());
    let mut reader = world.home.app.read().await.unwrap();
    let first = queries::reading(&mut reader, "n", Timestamp::MAX, Some(1))
        .await
        .unwrap();
    assert_eq!(first.changes.len(), 1, "the first one keeps its own");
}

#[tokio::test]
async fn many_notes_are_asked_in_turn() {
    let world = here().await;
    for n in 10..32 {
        published(&world, &format!("n{n}"), "{stations}").await;
    }
    world.station_in("st3", "Asia/Almaty", 3).await;
    let app = &world.home.app;
    let (last, noted) = sweep::sweep(app, at(LATER), "").await.unwrap();
    assert_eq!((last.as_str(), noted), ("n29", 20));
    let (last, noted) = sweep::sweep(app, at(LATER), &last).await.unwrap();
    assert_eq!((last.as_str(), noted), ("", 2));
}

#[tokio::test]
async fn a_note_that_cannot_be_asked_keeps_no_other_from_it() {
    let (world, trip) = travelled().await;
    let about = NewNote {
        template: "visit".to_owned(),
        subject_id: "trip".to_owned(),
        ..new("a-journey")
    };
    actions::create(&secretary(&world), about).await.unwrap();
    let words = text("Journey", "{participants event=E01}");
    actions::edit(&secretary(&world), "a-journey", 1, words)
        .await
        .unwrap();
    actions::publish(&chair(&world), "a-journey", 2, "")
        .await
        .unwrap();
    published(&world, "b-stations", "{stations}").await;
    world.station_in("st3", "Asia/Almaty", 3).await;
    trip.students.store(BROKEN, Ordering::SeqCst);
    let (last, noted) = sweep::sweep(&world.home.app, at(LATER), "").await.unwrap();
    assert_eq!((last.as_str(), noted), ("", 1), "the other was asked");
}
