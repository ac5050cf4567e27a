//! Pages: a test walked through as on a phone, without scripts.

use super::*;
use crate::commissions::tests::Browser;
use crate::training::learning::store::attempts;
use axum::http::StatusCode;
use electoral::training::exam::shown;

#[tokio::test]
async fn a_test_is_taken_page_by_page() {
    let world = World::new(1).await;
    tested(&world).await;
    world.home.app.clock.set(noon());
    let phone = Browser::signed_in(&world.home, "st1-secretary").await;
    let (status, text) = phone.get("/training/tests?lang=en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        text.contains("Test after training") && text.contains("needs a network"),
        "{text}"
    );
    let begin = [("session", "sess1"), ("purpose", "after"), ("retest", "")];
    let (status, path) = phone.post("/training/tests", &begin).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let id = path.rsplit('/').next().unwrap().to_owned();
    let (bank, seed) = {
        let mut reader = world.home.app.read().await.unwrap();
        let bank = store::bank(&mut reader, "prog1").await.unwrap();
        let attempt = attempts::by_id(&mut reader, &id).await.unwrap();
        (bank, attempt.seed)
    };
    for number in 1..=5_u64 {
        let place = {
            let mut reader = world.home.app.read().await.unwrap();
            attempts::place(&mut reader, &id, number).await.unwrap()
        };
        let key = bank
            .iter()
            .find(|q| q.id == place.question_id)
            .unwrap()
            .says
            .key
            .clone();
        let (status, text) = phone.get(&format!("{path}?q={number}&lang=en")).await;
        assert_eq!(status, StatusCode::OK);
        assert!(text.contains(&format!("Question {number} of 5")), "{text}");
        assert!(text.contains("Time left: 30 min"));
        // Keys of the bank tell what is right: none of them is in the page.
        for key in ["a", "b", "c", "x", "y", "z"] {
            for told in [
                format!("value=\"{key}\""),
                format!("\"o.{key}\""),
                format!("\"m.{key}\""),
                format!("\"answer-{key}\""),
            ] {
                assert!(!text.contains(&told), "{told}: {text}");
            }
        }
        let asked = place.question_id.clone();
        let place = number.to_string();
        let mut form = vec![("place", place.as_str()), ("seen", "0")];
        // An empty form is told at its field, and nothing is kept.
        let (status, text) = phone.post(&format!("{path}?lang=en"), &form).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{key}");
        assert!(text.contains("error-summary"));
        // A key instead of a place is no answer.
        if key == "one" {
            let mut typed = form.clone();
            typed.push(("answer", "a"));
            let (status, _) = phone.post(&format!("{path}?lang=en"), &typed).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let place_of = |side: &str, keys: [&str; 3], key: &str| {
            let keys = keys.map(str::to_owned);
            let order = shown(&keys, &format!("{asked}{side}"), seed);
            order.iter().position(|k| k == key).unwrap().to_string()
        };
        let option = |key: &str| place_of("", ["a", "b", "c"], key);
        let partner = |key: &str| place_of("=", ["x", "y", "z"], key);
        let given: Vec<(String, String)> = match key.as_str() {
            "one" => vec![("answer".to_owned(), option("a"))],
            "several" => vec![
                ("answer".to_owned(), option("a")),
                ("answer".to_owned(), option("c")),
            ],
            "order" => [("b", "1"), ("a", "2"), ("c", "3")]
                .map(|(key, n)| (format!("o.{}", option(key)), n.to_owned()))
                .to_vec(),
            "match" => [("a", "x"), ("b", "z"), ("c", "y")]
                .map(|(key, with)| (format!("m.{}", option(key)), partner(with)))
                .to_vec(),
            _ => vec![("f.voters_on_list".to_owned(), "440".to_owned())],
        };
        form.extend(
            given
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        );
        let (status, to) = phone.post(&path, &form).await;
        let next = if number == 5 {
            "end".to_owned()
        } else {
            (number + 1).to_string()
        };
        assert_eq!(
            (status, to),
            (StatusCode::SEE_OTHER, format!("{path}?q={next}")),
            "{key}"
        );
    }
    let (_, text) = phone.get(&format!("{path}?q=end&lang=en")).await;
    assert!(
        text.contains("Answers to 5 of 5 questions are kept"),
        "{text}"
    );
    let (status, _) = phone.post(&format!("{path}/end"), &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, text) = phone.get(&format!("{path}?lang=en")).await;
    assert!(
        text.contains("Passed: 5 of 5") && text.contains("/certificates/"),
        "{text}"
    );
    let (_, text) = phone.get("/training/tests?lang=kk").await;
    assert!(text.contains("Жарамды"));
    // Another's test is not there, nor is one without a name.
    let other = Browser::signed_in(&world.home, "st1-chair").await;
    assert_eq!(other.get(&path).await.0, StatusCode::NOT_FOUND);
    assert_eq!(
        phone.get("/training/tests/none").await.0,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        phone.get(&format!("{path}?q=9")).await.0,
        StatusCode::OK,
        "it has ended"
    );
}

#[tokio::test]
async fn wrong_answers_are_explained_when_no_try_is_left() {
    let world = World::new(1).await;
    tested(&world).await;
    world.home.app.clock.set(noon());
    let phone = Browser::signed_in(&world.home, "st1-secretary").await;
    let who = member(&world, noon());
    for number in 1..=2 {
        let id = start(&world, Purpose::After).await;
        answer_all(&world, &who, &id, &["one", "protocol"]).await;
        actions::end(&who, &id).await.unwrap();
        let (_, text) = phone.get(&format!("/training/tests/{id}?lang=en")).await;
        let explained = text.contains("Right answer:");
        assert_eq!(explained, number == 2, "{text}");
        if explained {
            // The form's own sentence about the mismatch.
            assert!(text.contains("443") && text.contains("440"), "{text}");
        }
    }
}

#[tokio::test]
async fn the_office_sees_banks_and_those_who_are_tested_do_not() {
    let world = World::new(1).await;
    tested(&world).await;
    world.home.app.clock.set(noon());
    let phone = Browser::signed_in(&world.home, "st1-secretary").await;
    for path in [
        "/office/training/tests",
        "/office/training/tests/prog1",
        "/office/training/tests/prog1/questions.csv",
        "/office/training/tests/prog1/questions.xlsx",
        "/office/training/tests/prog1/questions/new",
    ] {
        assert_eq!(phone.get(path).await.0, StatusCode::FORBIDDEN, "{path}");
    }
}
