//! Pages: drafted, edited, published by the office; read by everybody.

use super::*;
use crate::commissions::tests::Browser;
use crate::publications::figures::{Of, digest};
use crate::publications::model::{Act, Standing, State};
use crate::publications::sweep;
use axum::http::StatusCode;

#[tokio::test]
async fn the_office_writes_a_note_and_everybody_reads_it() {
    let world = here().await;
    let office = Browser::signed_in(&world.home, "d1-chair").await;
    let (status, page) = office.get("/office/notes/new?lang=kk").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("value=\"d1\"") && page.contains("value=\"vote-2023\""));
    let form = [
        ("id", "by-form"),
        ("template", "readiness"),
        ("subject", "d1"),
        ("election", "vote-2023"),
        ("records_on", "2023-10-02"),
    ];
    for (name, value) in [
        ("template", "none"),
        ("subject", "zz"),
        ("records_on", "soon"),
        ("election", "none"),
    ] {
        let sent = form.map(|(f, v)| if f == name { (f, value) } else { (f, v) });
        let (status, page) = office.post("/office/notes/new?lang=en", &sent).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(
            page.contains(&format!("href=\"#{name}\"")),
            "{name}: {page}"
        );
    }
    let (status, to) = office.post("/office/notes/new", &form).await;
    assert_eq!(
        (status, to.as_str()),
        (
            StatusCode::SEE_OTHER,
            "/office/notes/by-form?done=note-created"
        )
    );
    // The world has no readiness on record: the preview says what is missing, publishing is refused.
    let (status, page) = office.get("/office/notes/by-form?lang=en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        page.contains("<mark>{readiness what=ready}</mark>"),
        "{page}"
    );
    let version = [("version", "1")];
    let (status, page) = office
        .post("/office/notes/by-form/publish?lang=ru", &version)
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("href=\"#figures\"") && page.contains("в записях этого нет"));
    let edited = [
        ("version", "1"),
        ("records_on", "2023-10-02"),
        ("title_kk", "{area} <i>"),
        ("title_ru", "{area} <i>"),
        ("title_en", "{area} <i>"),
        (
            "body_kk",
            "Учаскелер – {stations}.\r\n\r\nКүні {voting_day}.",
        ),
        (
            "body_ru",
            "Участков – {stations}.\r\n\r\nДень {voting_day}.",
        ),
        (
            "body_en",
            "On {voting_day} at {stations} stations <script>alert(x)</script>.",
        ),
    ];
    let typed = edited.map(|(f, v)| {
        if f == "body_en" {
            (f, "{voting_day} {stations} 38")
        } else {
            (f, v)
        }
    });
    let (status, page) = office
        .post("/office/notes/by-form/edit?lang=en", &typed)
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("href=\"#typed_reason\"") && page.contains("{voting_day} {stations} 38"));
    let (status, _) = office.post("/office/notes/by-form/edit", &edited).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    // The same version again: somebody else was faster, and nothing that was typed is lost.
    let stale = edited.map(|(f, v)| {
        if f == "title_en" {
            (f, "Mine {area}")
        } else {
            (f, v)
        }
    });
    let (status, page) = office
        .post("/office/notes/by-form/edit?lang=en", &stale)
        .await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(
        page.contains("Mine {area}") && page.contains("id=\"theirs\""),
        "{page}"
    );
    assert!(page.contains("name=\"version\" value=\"2\""));
    let anybody = Browser::public(&world.home);
    let (status, _) = anybody.get("/news/by-form").await;
    assert_eq!(
        status,
        StatusCode::NOT_FOUND,
        "a draft is nobody's business"
    );
    let (status, _) = office
        .post("/office/notes/by-form/publish", &[("version", "2")])
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    for (lang, words) in [
        (
            "en",
            "On <a class=\"govuk-link\" href=\"/elections/vote-2023\">5\u{a0}November 2023</a> at",
        ),
        (
            "ru",
            "Участков – <a class=\"govuk-link\" href=\"/readiness/accessibility/d1?election=vote-2023&#38;as_of=2023-10-02\">2</a>",
        ),
        ("kk", "Күні <a class=\"govuk-link\""),
    ] {
        let (status, page) = anybody.get(&format!("/news/by-form?lang={lang}")).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains(words), "{words}: {page}");
        assert!(!page.contains("<script>alert") && !page.contains("<i>"));
        assert!(page.contains("id=\"figure-1\"") && page.contains("<code>{stations}</code>"));
    }
    let (_, page) = anybody.get("/news?lang=en").await;
    assert!(page.contains("href=\"/news/by-form\""));
    let (_, page) = anybody.get("/news?lang=en&as_of=2023-10-01").await;
    assert!(!page.contains("href=\"/news/by-form\""));
    let (status, _) = anybody.get("/news?as_of=soon").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let (status, _) = anybody.get("/news/by-form?as_of=2023-10-01").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (status, _) = anybody.get("/news/by-form?revision=x").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (_, page) = office.get("/office/notes?lang=en").await;
    assert!(page.contains("/office/notes/by-form"));
}

#[tokio::test]
async fn a_note_is_a_paper_a_text_and_a_file_that_can_be_checked() {
    let world = here().await;
    published(&world, "n", "{stations}").await;
    let anybody = Browser::public(&world.home);
    for lang in ["kk", "ru", "en"] {
        let (status, pdf) = anybody.get(&format!("/news/n.pdf?lang={lang}")).await;
        assert_eq!(status, StatusCode::OK);
        assert!(pdf.starts_with("%PDF-1."), "{lang}");
    }
    let (status, text) = anybody.get("/news/n.txt?lang=en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.starts_with("About d1\n"), "{text}");
    assert!(text.contains("/readiness/accessibility/d1") && text.contains("{stations}"));
    let (_, all) = anybody.get("/api/v1/notes").await;
    assert!(
        all.contains("\"id\":\"n\"") && all.contains("About d1"),
        "{all}"
    );
    let (status, text) = anybody.get("/news/n.json").await;
    assert_eq!(status, StatusCode::OK);
    let (_, same) = anybody.get("/api/v1/notes/n").await;
    let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(read(&text), read(&same), "programs get the same document");
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let word = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let (kind, id) = (word(&json["subject_kind"]), word(&json["subject_id"]));
    let election = word(&json["election"]);
    let figures = json["figures"].as_array().unwrap();
    assert_eq!(figures.len(), 2);
    for figure in figures {
        let of = Of {
            subject_kind: &kind,
            subject_id: &id,
            election_id: &election,
            records_on: word(&json["records_on"]).parse().unwrap(),
        };
        let computed = digest(of, &word(&figure["query"]), &word(&figure["value"]));
        assert_eq!(computed, word(&figure["sha256"]));
    }
    assert_eq!(json["reads"]["en"]["text"], "2");
    assert_eq!(json["synthetic"], true);
    let (_, list) = anybody.get("/news.json?lang=en").await;
    assert!(list.contains("\"title\": \"About d1\""), "{list}");
    for gone in [
        "/news/n.doc",
        "/news/.pdf",
        "/news/none.json",
        "/news/n.pdf.pdf",
    ] {
        let (status, _) = anybody.get(gone).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{gone}");
    }
}

#[tokio::test]
async fn corrections_and_withdrawal_are_read_openly() {
    let world = here().await;
    published(&world, "n", "{stations}").await;
    world.station_in("st3", "Asia/Almaty", 3).await;
    let moment = at("2023-10-04T05:00:00Z");
    sweep::sweep(&world.home.app, moment, "").await.unwrap();
    world.home.app.clock.set(at("2023-10-05T06:00:00Z"));
    let anybody = Browser::public(&world.home);
    let (_, page) = anybody.get("/news/n?lang=en").await;
    assert!(page.contains("<strong>[was 2, now 3, since"), "{page}");
    assert!(page.contains("Records have changed since"));
    let (_, page) = anybody.get("/news/n?lang=en&as_of=2023-10-02").await;
    assert!(!page.contains("now 3"), "nobody knew it yet");
    let (_, text) = anybody.get("/news/n.txt?lang=ru").await;
    assert!(text.contains("[было 2, теперь 3"), "{text}");
    let office = Browser::signed_in(&world.home, "d1-chair").await;
    let (status, page) = office
        .post("/office/notes/n/publish?lang=en", &[("version", "3")])
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("href=\"#reason\""));
    let reason = [("version", "3"), ("reason", "A third station <b>")];
    let (status, _) = office.post("/office/notes/n/publish", &reason).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = anybody.get("/news/n?lang=en").await;
    assert!(page.contains("A third station &#60;b&#62;") && !page.contains("was 2"));
    assert!(page.contains("/news/n?revision=1"));
    let (_, page) = anybody.get("/news/n?lang=en&revision=1").await;
    assert!(page.contains("was 2, now 3"));
    let (status, page) = office
        .post("/office/notes/n/withdraw?lang=en", &[("version", "4")])
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("href=\"#why\""));
    let why = [("version", "4"), ("why", "Another district")];
    let (status, _) = office.post("/office/notes/n/withdraw", &why).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    for (lang, word) in [
        ("en", "Withdrawn"),
        ("ru", "Отозвано"),
        ("kk", "Кері алынған"),
    ] {
        let (status, page) = anybody.get(&format!("/news/n?lang={lang}")).await;
        assert_eq!(status, StatusCode::OK, "it stays readable");
        assert!(
            page.contains(word) && page.contains("Another district"),
            "{page}"
        );
    }
    let (_, page) = anybody.get("/news?lang=en").await;
    assert!(page.contains("withdrawn"));
}

#[test]
fn every_word_of_state_standing_and_act_has_a_name() {
    use crate::platform::{Lang, T};
    let mut keys: Vec<String> = State::ALL
        .iter()
        .map(|s| format!("publications-state-{}", s.as_str()))
        .collect();
    keys.extend(
        Standing::ALL
            .iter()
            .map(|s| format!("publications-standing-{}", s.as_str().replace('_', "-"))),
    );
    let acts = ["created", "edited", "published", "withdrawn", "changed"];
    keys.extend(acts.map(|act| format!("event-note-{act}")));
    keys.extend(
        Act::ALL
            .iter()
            .map(|act| format!("event-notice-{}", act.as_str().replace('_', "-"))),
    );
    for lang in Lang::ALL {
        for key in &keys {
            assert!(T::new(lang).dynamic(key).is_some(), "{lang:?} {key}");
        }
    }
}
