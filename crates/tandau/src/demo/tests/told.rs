//! The visit and what was told of it.

use super::{Demo, count};
use crate::platform::App;
use jiff::Timestamp;
use tower::ServiceExt as _;

/// The visit's figures as notes for the press ask for them: from records, none of them typed.
pub(super) async fn visit_as_reported(demo: &Demo) {
    use super::super::play::visit::VISIT;
    use crate::visits::model::{EventState, VisitState};
    use crate::visits::queries::{self, FigureValue};
    use electoral::press::Value;
    use std::collections::BTreeMap;

    let mut reader = demo.app.read().await.unwrap();
    let mut ask = async |name: &str, params: &[(&str, &str)]| {
        let params: BTreeMap<String, String> = params
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect();
        let found = queries::figure(&mut reader, VISIT, (name, &params), Timestamp::MAX)
            .await
            .unwrap()
            .unwrap_or_else(|| panic!("{name} {params:?}"));
        assert!(found.href.starts_with('/'), "{name}");
        match found.value {
            FigureValue::Number(value) => value,
            other => panic!("{other:?}"),
        }
    };
    for (name, params, value) in [
        ("events", &[("kind", "seminar_meeting")][..], 2),
        ("events", &[("kind", "meeting_residents")], 4),
        ("events", &[("kind", "cascade_training")], 3),
        ("events", &[], 14),
        ("participants", &[("event", "E01")], 540),
        ("participants", &[("event", "E02")], 25),
        ("participants", &[("event", "E14")], 226),
        ("instructions", &[], 5),
    ] {
        assert_eq!(
            ask(name, params).await,
            Value::Count(value),
            "{name} {params:?}"
        );
    }
    let visit = queries::by_id(&mut reader, VISIT).await.unwrap();
    assert_eq!(visit.state, VisitState::Held);
    let events = queries::events(&mut reader, VISIT).await.unwrap();
    assert!(events.iter().all(|e| e.state == EventState::Held));
    let tasks = queries::instructions_of_visit(&mut reader, VISIT)
        .await
        .unwrap();
    assert!(tasks.iter().all(|(_, task)| task.state.is_open()));
}

/// The district's own note asked what the pages show: 38 stations, 619 citizens.
pub(super) async fn a_note_of_the_district(demo: &Demo) {
    use crate::publications::figures::Value;
    use crate::publications::queries;
    let mut reader = demo.app.read().await.unwrap();
    let notes = queries::list(&mut reader, Timestamp::MAX, (9, 0))
        .await
        .unwrap();
    assert_eq!(notes.len(), 2);
    let mut notes = notes.iter().map(|(note, _)| note);
    let note = notes.find(|n| n.subject_kind == "area").unwrap();
    let read = queries::reading(&mut reader, &note.id, Timestamp::MAX, None)
        .await
        .unwrap();
    assert!(read.note.synthetic);
    for (query, value) in [
        ("{stations}", 38),
        ("{readiness what=stations}", 38),
        ("{people_with_disabilities}", 619),
    ] {
        assert_eq!(read.value(query), Some(&Value::Count(value)), "{query}");
    }
    let told = count(&mut reader, "select count(*) as n from notice_event").await;
    assert_eq!(told, 45, "compositions; candidates and stations come later");
}

/// The article on the visit, written by its records: every figure that it printed stands in the note, and none was typed.
pub(super) async fn the_note_of_the_visit(demo: &Demo) {
    use super::super::play::visit::VISIT;
    use crate::publications::figures::Value;
    use crate::publications::queries;
    use electoral::press;

    let mut reader = demo.app.read().await.unwrap();
    let id = queries::about(&mut reader, "visit", VISIT)
        .await
        .unwrap()
        .expect("a note about the visit");
    let read = queries::reading(&mut reader, &id, Timestamp::MAX, None)
        .await
        .unwrap();
    // What a person could have typed: nothing, in any language.
    let text = &read.revision.text;
    for names in [&text.title, &text.body] {
        for words in [&names.kk, &names.ru, &names.en] {
            let parts = press::parse(words).unwrap();
            assert_eq!(press::typed(&parts), [], "{words}");
        }
    }
    assert_eq!(text.typed_reason, "");
    for (query, value) in [
        ("{participants event=E01}", Value::Count(540)),
        ("{participants event=E02}", Value::Count(25)),
        ("{participants event=E14}", Value::Count(226)),
        ("{answered event=E01}", Value::Count(327)),
        ("{contests kind=district}", Value::Count(42)),
        ("{contests kind=city}", Value::Count(3)),
        ("{stations event=E04}", Value::Count(38)),
        ("{people_with_disabilities event=E04}", Value::Count(619)),
        ("{station event=E03}", Value::Number(448)),
        ("{station event=E09}", Value::Number(802)),
        ("{events kind=seminar_meeting}", Value::Count(2)),
        ("{events kind=meeting_residents}", Value::Count(4)),
        ("{events kind=cascade_training}", Value::Count(3)),
        ("{instructions}", Value::Count(5)),
    ] {
        assert_eq!(read.value(query), Some(&value), "{query}");
    }
    for (question, option, part) in [
        ("forms", "remote", 124),
        ("forms", "mixed", 83),
        ("language", "yes", 230),
        ("record", "yes", 177),
        ("switch", "yes", 138),
    ] {
        let query = format!("{{share event=E01 option={option} question={question}}}");
        let share = Value::Share { part, of: 327 };
        assert_eq!(read.value(&query), Some(&share), "{query}");
    }
    assert!(read.changes.is_empty(), "nothing has changed since");
    for figure in &read.figures {
        assert!(figure.href.starts_with('/'), "{}", figure.query);
        assert_eq!(figure.digest.len(), 64, "{}", figure.query);
    }
    drop(reader);

    // What a reader sees, in English, and each figure's way back opens.
    let (status, page) = looked_at(&demo.app, &format!("/visits/{VISIT}?lang=en")).await;
    assert_eq!(status, 200);
    let seen = page.split('<').filter_map(|part| part.split_once('>'));
    let seen = seen.map(|(_, words)| words).collect::<String>();
    for printed in [
        "540",
        "327",
        "38\u{a0}%",
        "25.4\u{a0}%",
        "70.3\u{a0}%",
        "54.1\u{a0}%",
        "42.2\u{a0}%",
        "25 elected akims",
        "42 districts and 3 cities",
        "38 polling stations",
        "619",
        "226",
        "No. 448",
        "No. 802",
        "2 seminar meetings",
        "4 meetings with residents",
        "3 cascade training",
    ] {
        assert!(seen.contains(printed), "{printed}: {seen}");
    }
    for figure in &read.figures {
        let (status, _) = looked_at(&demo.app, &figure.href).await;
        assert_eq!(status, 200, "{}: {}", figure.query, figure.href);
    }
}

/// A page as anybody gets it.
async fn looked_at(app: &App, path: &str) -> (u16, String) {
    let request = axum::http::Request::get(path).body(axum::body::Body::empty());
    let answer = crate::platform::web::router(app, crate::routes())
        .oneshot(request.unwrap())
        .await
        .unwrap();
    let status = answer.status().as_u16();
    let bytes = axum::body::to_bytes(answer.into_body(), 4_000_000).await;
    (status, String::from_utf8(bytes.unwrap().to_vec()).unwrap())
}

/// The election is over, and whoever asks for the days of the visit still finds what was told of them then.
pub(super) async fn five_weeks_before(demo: &Demo) {
    for (lang, told) in [
        ("en", ["38 stations", "619 citizens"]),
        ("ru", ["Участков: 38", "Граждан с инвалидностью: 619"]),
    ] {
        let page = format!("/readiness/accessibility/353600000?as_of=2023-10-02&lang={lang}");
        let (status, text) = looked_at(&demo.app, &page).await;
        assert_eq!(status, 200);
        for figure in told {
            assert!(text.contains(figure), "{figure}: {text}");
        }
    }
}
