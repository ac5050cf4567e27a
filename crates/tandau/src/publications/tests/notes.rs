//! A note from its draft to its withdrawal.

use super::*;
use crate::publications::model::State;

#[tokio::test]
async fn a_draft_has_the_templates_text_and_the_same_form_is_one_note() {
    let world = here().await;
    let acting = secretary(&world);
    let first = actions::create(&acting, new("n")).await.unwrap();
    let again = actions::create(&acting, new("n")).await.unwrap();
    assert_eq!(first.id, again.id);
    let note = read(&world, "n").await;
    assert_eq!(
        (note.state, note.version, note.revision),
        (State::Draft, 1, 0)
    );
    assert!(note.synthetic, "the election is");
    assert!(note.text.body.kk.contains("{readiness what=ready}"));
    assert!(!note.text.check(acting.t()).unwrap().is_empty());
    for (how, field) in [
        (
            NewNote {
                template: "none".into(),
                ..new("m")
            },
            "template",
        ),
        (
            NewNote {
                template: "visit".into(),
                ..new("m")
            },
            "subject",
        ),
        (
            NewNote {
                subject_id: "none".into(),
                ..new("m")
            },
            "subject",
        ),
        (
            NewNote {
                election_id: "none".into(),
                ..new("m")
            },
            "election",
        ),
        (
            NewNote {
                records_on: date(2023, 10, 3),
                ..new("m")
            },
            "records_on",
        ),
        (
            NewNote {
                id: "a/b".into(),
                ..new("m")
            },
            "id",
        ),
        (
            NewNote {
                id: "a.pdf".into(),
                ..new("m")
            },
            "id",
        ),
        (
            NewNote {
                id: "12".into(),
                ..new("m")
            },
            "id",
        ),
    ] {
        let refused = actions::create(&acting, how).await.unwrap_err();
        assert_eq!(fields(refused), [field]);
    }
}

#[tokio::test]
async fn only_ones_own_office_writes_and_only_its_chair_publishes() {
    let world = here().await;
    let stranger = world.acting("d2-chair", "district.chair", "d2", at(NOW));
    let refused = actions::create(&stranger, new("n")).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))));
    drafted(&world, "n", "{stations}").await;
    for who in [&stranger, &world.secretary("st1", at(NOW))] {
        let edit = actions::edit(who, "n", 2, text("a", "{stations}")).await;
        assert!(matches!(edit, Err(Error::Forbidden(_))));
    }
    for who in [&stranger, &secretary(&world)] {
        let publish = actions::publish(who, "n", 2, "").await;
        assert!(matches!(publish, Err(Error::Forbidden(_))));
    }
    assert_eq!(
        actions::publish(&chair(&world), "n", 2, "").await.unwrap(),
        1
    );
    let withdraw = actions::withdraw(&secretary(&world), "n", 3, "why").await;
    assert!(matches!(withdraw, Err(Error::Forbidden(_))));
}

#[tokio::test]
async fn a_text_that_types_or_differs_is_refused_by_its_field() {
    let world = here().await;
    drafted(&world, "n", "{stations}").await;
    let acting = secretary(&world);
    let edit = async |text: NoteText| actions::edit(&acting, "n", 2, text).await.unwrap_err();
    let mut typed = text("a", "{stations} of 38");
    assert_eq!(fields(edit(typed.clone()).await), ["typed_reason"]);
    let mut differs = text("a", "{stations}");
    differs.body.ru = "нет".to_owned();
    assert_eq!(fields(edit(differs).await), ["body_ru"]);
    let mut broken = text("a", "{stations}");
    broken.title.en = "{area".to_owned();
    assert_eq!(fields(edit(broken).await), ["title_en"]);
    let mut blank = text("a", "{stations}");
    blank.body.kk = " ".to_owned();
    assert_eq!(fields(edit(blank).await), ["body_kk"]);
    let long = text(&"a".repeat(301), "{stations}");
    assert_eq!(fields(edit(long).await).len(), 3);
    let mut later = text("a", "{stations}");
    later.records_on = date(2023, 10, 3);
    assert_eq!(fields(edit(later).await), ["records_on"]);
    // With its reason a typed digit stands.
    typed.typed_reason = "article of the law".to_owned();
    actions::edit(&acting, "n", 2, typed).await.unwrap();
    // Whoever has seen an older text is told.
    let late = actions::edit(&acting, "n", 2, text("b", "{stations}")).await;
    assert!(matches!(late, Err(Error::Conflict(_))));
}

#[tokio::test]
async fn figures_are_kept_with_their_sources_and_a_silent_one_stops_it() {
    let world = here().await;
    drafted(&world, "n", "{stations} {people_with_disabilities}").await;
    let refused = actions::publish(&chair(&world), "n", 2, "").await;
    assert_eq!(fields(refused.unwrap_err()), ["figures"]);
    let body = "{stations}, {contests}, {stations}";
    actions::edit(&secretary(&world), "n", 2, text("{area}", body))
        .await
        .unwrap();
    actions::publish(&chair(&world), "n", 3, "").await.unwrap();
    let read = reading(&world, "n").await;
    assert_eq!(read.figures.len(), 3, "each is asked once");
    assert_eq!(read.value("{stations}"), Some(&Value::Count(2)));
    for figure in &read.figures {
        assert_eq!(figure.asked_at, at(NOW));
        assert_eq!(figure.digest.len(), 64);
        assert!(figure.href.starts_with('/'));
    }
    assert_eq!(read.revision.digest.len(), 64);
    rows_are_vouched_for(&world).await;
}

#[tokio::test]
async fn a_correction_says_what_and_the_first_text_stays() {
    let world = here().await;
    published(&world, "n", "{stations}").await;
    let acting = secretary(&world);
    actions::edit(&acting, "n", 3, text("Other", "{contests}"))
        .await
        .unwrap();
    let before = reading(&world, "n").await;
    assert_eq!(
        before.revision.text.body.en, "{stations}",
        "not yet published"
    );
    let later = chair_at(&world, at("2023-10-03T12:00:00Z"));
    let refused = actions::publish(&later, "n", 4, " ").await.unwrap_err();
    assert_eq!(fields(refused), ["reason"]);
    let revision = actions::publish(&later, "n", 4, "Contests instead of stations");
    assert_eq!(revision.await.unwrap(), 2);
    let now = reading(&world, "n").await;
    assert_eq!(now.revision.reason, "Contests instead of stations");
    assert_eq!(now.revisions.len(), 2);
    let mut reader = world.home.app.read().await.unwrap();
    let midnight = at("2023-10-03T00:00:00Z");
    let then = queries::reading(&mut reader, "n", midnight, None)
        .await
        .unwrap();
    assert_eq!(then.revision.text.body.en, "{stations}");
    assert_eq!(then.revisions.len(), 1);
    let first = queries::reading(&mut reader, "n", Timestamp::MAX, Some(1))
        .await
        .unwrap();
    assert_eq!(first.figures.len(), 2);
    for (moment, revision) in [
        (at("2023-10-01T00:00:00Z"), None),
        (Timestamp::MAX, Some(3)),
    ] {
        let nothing = queries::reading(&mut reader, "n", moment, revision).await;
        assert!(matches!(nothing, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn a_withdrawn_note_says_why_and_is_over() {
    let world = here().await;
    drafted(&world, "n", "{stations}").await;
    let chair = chair(&world);
    let early = actions::withdraw(&chair, "n", 2, "why").await;
    assert!(matches!(early, Err(Error::Conflict(_))));
    actions::publish(&chair, "n", 2, "").await.unwrap();
    let blank = actions::withdraw(&chair, "n", 3, "").await.unwrap_err();
    assert_eq!(fields(blank), ["reason"]);
    let stale = actions::withdraw(&chair, "n", 2, "why").await;
    assert!(matches!(stale, Err(Error::Conflict(_))));
    actions::withdraw(&chair, "n", 3, "It was about another day")
        .await
        .unwrap();
    let read = reading(&world, "n").await;
    assert!(read.withdrawn);
    assert_eq!(read.note.withdrawn_reason, "It was about another day");
    for done in [
        actions::edit(&chair, "n", 4, text("a", "{stations}")).await,
        actions::publish(&chair, "n", 4, "again").await.map(drop),
        actions::withdraw(&chair, "n", 4, "again").await,
    ] {
        assert!(matches!(done, Err(Error::Conflict(_))));
    }
    rows_are_vouched_for(&world).await;
}
