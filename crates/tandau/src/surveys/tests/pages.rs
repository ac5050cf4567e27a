//! Pages: written, run, read.

use super::*;
use crate::commissions::tests::Browser;
use axum::http::StatusCode;

#[tokio::test]
async fn the_office_writes_a_survey_and_everybody_reads_its_results() {
    let world = World::new(1).await;
    world.home.app.clock.set(at("2023-09-30T06:00:00Z"));
    let office = Browser::signed_in(&world.home, "d1-secretary").await;
    let (status, text) = office.get("/office/surveys/new?lang=kk").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("value=\"d1\""), "{text}");
    let form = [
        ("id", "by-form"),
        ("area", "d1"),
        ("title_kk", "Ауыл <болашағы>"),
        ("title_ru", "Будущее села"),
        ("title_en", "The village"),
        ("held_on", "2023-09-30"),
        ("present", "40"),
        ("live", "yes"),
    ];
    for (name, value) in [
        ("area", "zz"),
        ("title_kk", ""),
        ("held_on", "soon"),
        ("present", "x"),
    ] {
        let sent = form.map(|(f, v)| if f == name { (f, value) } else { (f, v) });
        let (status, text) = office.post("/office/surveys/new?lang=en", &sent).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(
            text.contains(&format!("href=\"#{name}\"")),
            "{name}: {text}"
        );
    }
    let (status, to) = office.post("/office/surveys/new", &form).await;
    assert_eq!(
        (status, to.as_str()),
        (
            StatusCode::SEE_OTHER,
            "/office/surveys/by-form?done=surveys-created"
        )
    );
    let path = "/office/surveys/by-form/questions/new";
    let asked = [
        ("version", "1"),
        ("key", "one"),
        ("kind", "one"),
        ("wording_kk", "Қолдайсыз ба?"),
        ("wording_ru", "Поддерживаете?"),
        ("wording_en", "Do you support it?"),
        ("required", "yes"),
        ("least", "1"),
        ("most", "1"),
        ("options", "yes | Иә | Да | Yes\nno | Жоқ | Нет | No"),
    ];
    for (name, value) in [
        ("options", "yes"),
        ("key", "Ы"),
        ("wording_kk", " "),
        ("most", "x"),
        ("kind", ""),
    ] {
        let sent = asked.map(|(f, v)| if f == name { (f, value) } else { (f, v) });
        let (status, text) = office.post(&format!("{path}?lang=en"), &sent).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(
            text.contains(&format!("href=\"#{name}\"")),
            "{name}: {text}"
        );
    }
    let (status, _) = office.post(path, &asked).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, text) = office
        .get("/office/surveys/by-form/questions/one?lang=ru")
        .await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("yes | Иә | Да | Yes"), "{text}");
    let anybody = Browser::public(&world.home);
    let (status, _) = anybody.get("/surveys/by-form").await;
    assert_eq!(
        status,
        StatusCode::NOT_FOUND,
        "a draft is nobody's business"
    );
    let (status, _) = office.post("/office/surveys/by-form/open", &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let mut reader = world.home.app.read().await.unwrap();
    let survey = queries::by_id(&mut reader, "by-form").await.unwrap();
    drop(reader);
    for n in 0..24 {
        let said = if n < 13 { "yes" } else { "no" };
        answer(&world, &survey, &format!("p{n}"), vec![("one", one(said))])
            .await
            .unwrap();
    }
    // One program may be many devices: more answers than people is said.
    let host = host(&world);
    actions::set_present(&host, "by-form", 10).await.unwrap();
    let (_, text) = anybody.get("/surveys/by-form?lang=en").await;
    assert!(
        text.contains("More answers (15) than people counted in the room (10)"),
        "{text}"
    );
    actions::set_present(&host, "by-form", 40).await.unwrap();
    let (_, text) = anybody.get("/surveys/by-form?lang=en").await;
    assert!(text.contains("15 people answered"), "a step: {text}");
    let (status, text) = office
        .post("/office/surveys/by-form/close?lang=en", &[])
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("href=\"#sure\""));
    let (status, _) = office
        .post("/office/surveys/by-form/close", &[("sure", "yes")])
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    for (lang, words) in [
        (
            "en",
            [
                "24 of 40 present",
                "no sample",
                "was not enforced",
                "Not distinguishable from half",
            ],
        ),
        (
            "ru",
            [
                "24 из 40",
                "не является выборкой",
                "Не проверялось",
                "Неотличимо от половины",
            ],
        ),
        (
            "kk",
            [
                "қатысқан 40",
                "іріктеме емес",
                "тексерілмеді",
                "ажыратуға келмейді",
            ],
        ),
    ] {
        let (status, text) = anybody.get(&format!("/surveys/by-form?lang={lang}")).await;
        assert_eq!(status, StatusCode::OK);
        for said in words {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert!(text.contains("<svg") && !text.contains("<болашағы>"));
    }
    let (_, text) = anybody.get("/surveys/by-form/results.json").await;
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let var = &json["dataDscr"]["var"][0];
    assert_eq!(var["catgry"][0]["catStat"]["value"], 13);
    assert_eq!(json["stdyDscr"]["respRate"]["base"], 40);
    let (_, text) = anybody.get("/surveys/by-form/results.csv?lang=en").await;
    assert!(text.contains(",yes,Yes,,,13,"), "{text}");
    let hash = var["wording_sha256"].as_str().unwrap();
    let (status, text) = anybody
        .get(&format!("/surveys/questions/{hash}?lang=en"))
        .await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("/surveys/by-form"));
    assert!(
        text.contains("<circle") && text.contains("no room is a sample"),
        "{text}"
    );
    let (_, text) = anybody
        .get(&format!("/surveys/questions/{hash}/trend.csv?lang=en"))
        .await;
    assert!(
        text.contains("by-form,2023-09-30,40,24,yes,Yes,13,"),
        "{text}"
    );
    let (_, text) = anybody
        .get(&format!("/surveys/questions/{hash}/trend.json"))
        .await;
    let trend: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(trend["series"][0]["catgry"][0]["count"], 13);
    for path in ["", "/trend.csv", "/trend.json"] {
        let (status, _) = anybody
            .get(&format!("/surveys/questions/{hash}{path}?as_of=2023-09-29"))
            .await;
        assert_eq!(status, StatusCode::NOT_FOUND, "nobody had been asked yet");
    }
    let (_, text) = anybody.get("/api/v1/surveys/by-form").await;
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&text).unwrap(),
        json,
        "programs get the same document"
    );
    let (_, text) = anybody.get("/api/v1/surveys").await;
    assert!(text.contains("\"id\":\"by-form\""), "{text}");
    let (_, text) = anybody.get("/api/v1/surveys?as_of=2023-09-29").await;
    assert!(!text.contains("by-form"), "{text}");
    for path in ["", "/results.csv", "/results.json"] {
        let (status, _) = anybody
            .get(&format!("/surveys/by-form{path}?as_of=2023-09-29"))
            .await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
    }
    let (_, text) = anybody
        .get("/surveys/by-form?lang=en&as_of=2023-09-30")
        .await;
    assert!(
        text.contains("24 of 40") && text.contains("results.csv?as_of=2023-09-30"),
        "{text}"
    );
    let (status, _) = anybody
        .get(&format!("/surveys/questions/{}", "0".repeat(64)))
        .await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (_, text) = anybody.get("/surveys?lang=en").await;
    assert!(text.contains("/surveys/by-form"));
    let (_, text) = anybody.get("/surveys?lang=en&as_of=2023-09-29").await;
    assert!(
        !text.contains("/surveys/by-form"),
        "nobody had been asked yet"
    );
    let (_, text) = anybody.get("/surveys.json").await;
    assert!(text.contains("by-form"));
    let (_, text) = anybody.get("/surveys.csv").await;
    assert!(text.contains("by-form,"));
}

#[tokio::test]
async fn cards_are_shown_once_and_words_are_looked_through() {
    let world = World::new(1).await;
    world.home.app.clock.set(at("2023-09-30T06:00:00Z"));
    let mut wants = new("s");
    wants.wants_tokens = true;
    let survey = opened(&world, wants, five()).await;
    let office = Browser::signed_in(&world.home, "d1-secretary").await;
    let cards = "/office/surveys/s/cards";
    let (status, text) = office
        .post(&format!("{cards}?lang=en"), &[("number", "x")])
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("href=\"#number\""));
    let (status, text) = office
        .post(&format!("{cards}?lang=en"), &[("number", "2")])
        .await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(text.matches("<code>").count(), 2);
    // Whoever has a card alone can type the address: it begins with the site's name.
    let link = format!("/s/{}</span>", survey.code);
    assert_eq!(text.matches(&link).count(), 2, "{text}");
    assert!(!text.contains(&format!(">{link}")), "{text}");
    let token = text
        .split("<code>")
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap()
        .to_owned();
    let (_, text) = office.get(cards).await;
    assert!(!text.contains(&token));
    let words = Answer::Text("<script>alert(1)</script>".to_owned());
    let mut sent = sent("", vec![("one", one("yes")), ("text", words)]);
    sent.token = Some(token);
    actions::answer(&world.home.app, &survey.code, sent)
        .await
        .unwrap();
    let (status, text) = office.get("/office/surveys/s/texts?lang=en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        text.contains("&#60;script&#62;") && !text.contains("<script>alert"),
        "{text}"
    );
    let id = text
        .split("name=\"text\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let show = [("text", id), ("state", "shown")];
    let (status, _) = office.post("/office/surveys/s/texts", &show).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, text) = office.get("/office/surveys?lang=en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("The village"));
}

#[test]
fn every_word_of_state_kind_and_act_has_a_name() {
    use crate::platform::T;
    use crate::surveys::model::State;
    let mut keys: Vec<String> = State::ALL
        .iter()
        .map(|s| format!("surveys-state-{}", s.as_str()))
        .collect();
    keys.extend(QuestionKind::ALL.map(|k| format!("surveys-kind-{}", k.as_str())));
    keys.extend(
        TextState::ALL
            .iter()
            .map(|s| format!("surveys-text-{}", s.as_str())),
    );
    let acts = [
        "created",
        "edited",
        "questions",
        "opened",
        "closed",
        "present",
        "tokens",
        "moderated",
    ];
    keys.extend(acts.map(|act| format!("event-survey-{act}")));
    for lang in Lang::ALL {
        for key in &keys {
            assert!(T::new(lang).dynamic(key).is_some(), "{lang:?} {key}");
        }
    }
}
