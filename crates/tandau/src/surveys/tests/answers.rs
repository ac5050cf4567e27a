//! What is counted, what is refused, what is kept.

use super::*;
use crate::bind;

#[tokio::test]
async fn a_device_counts_once_however_often_it_answers() {
    let world = World::new(1).await;
    let survey = opened(&world, new("s"), five()).await;
    for n in 0..1_000 {
        let accepted = answer(&world, &survey, "phone", vec![("one", one("yes"))]).await;
        let expected = if n == 0 {
            Accepted::Counted
        } else {
            Accepted::Again
        };
        assert_eq!(accepted.unwrap(), expected);
    }
    assert_eq!(answered(&world, "s").await, 1);
    let mut reader = world.home.app.read().await.unwrap();
    assert!(
        queries::has_answered(&mut reader, "s", "phone")
            .await
            .unwrap()
    );
    assert!(
        !queries::has_answered(&mut reader, "s", "other")
            .await
            .unwrap()
    );
}

#[tokio::test]
async fn what_is_no_answer_is_refused_and_leaves_nothing_behind() {
    let world = World::new(1).await;
    let survey = opened(&world, new("s"), five()).await;
    let long = Answer::Text("ы".repeat(1_000_000));
    let bad = [
        ("q.one", vec![("one", one("maybe"))]),
        ("q.one", vec![("one", Answer::Scale(1))]),
        ("q.one", vec![]),
        (
            "q.scale",
            vec![("one", one("yes")), ("scale", Answer::Scale(6))],
        ),
        ("q.text", vec![("one", one("yes")), ("text", long)]),
        ("q", vec![("one", one("yes")), ("none", one("yes"))]),
        ("q", vec![("one", one("yes")), ("one", one("no"))]),
    ];
    for (expected, answers) in bad {
        let shown = format!("{expected} {}", answers.len());
        assert_eq!(
            field(answer(&world, &survey, "p", answers).await),
            expected,
            "{shown}"
        );
    }
    let nobody = answer(&world, &survey, "", vec![("one", one("yes"))]).await;
    assert_eq!(field(nobody), "cookie");
    assert_eq!(answered(&world, "s").await, 0);
    // The device is not spent by what was refused.
    let good = answer(&world, &survey, "p", vec![("one", one("yes"))]).await;
    assert_eq!(good.unwrap(), Accepted::Counted);
    let unknown = actions::answer(&world.home.app, "ZZZZZZ", sent("p", vec![])).await;
    assert!(matches!(unknown, Err(Error::NotFound)));
}

#[tokio::test]
async fn nobody_answers_before_opening_or_after_closing() {
    let world = World::new(1).await;
    let host = host(&world);
    let survey = actions::create(&host, new("s")).await.unwrap();
    let yes = || vec![("one", one("yes"))];
    let closed = |outcome: Result<Accepted, Error>| matches!(outcome, Err(Error::Conflict(_)));
    assert!(closed(answer(&world, &survey, "p", yes()).await));
    assert_eq!(field(actions::open(&host, "s").await), "questions");
    actions::set_questions(&host, "s", five()).await.unwrap();
    actions::open(&host, "s").await.unwrap();
    answer(&world, &survey, "p", yes()).await.unwrap();
    actions::close(&host, "s").await.unwrap();
    actions::close(&host, "s").await.unwrap();
    assert!(closed(answer(&world, &survey, "q", yes()).await));
    assert!(closed(answer(&world, &survey, "p", yes()).await));
    assert!(matches!(
        actions::open(&host, "s").await,
        Err(Error::Conflict(_))
    ));
    assert_eq!(answered(&world, "s").await, 1);
    crate::incidents::tests::log_is_sound(&world, "survey_event").await;
}

#[tokio::test]
async fn cards_count_once_and_forged_ones_never() {
    let world = World::new(1).await;
    let mut wants = new("s");
    wants.wants_tokens = true;
    let host = host(&world);
    let survey = actions::create(&host, wants).await.unwrap();
    actions::set_questions(&host, "s", five()).await.unwrap();
    assert_eq!(field(actions::open(&host, "s").await), "tokens");
    let tokens = actions::make_tokens(&host, "s", 2).await.unwrap();
    actions::open(&host, "s").await.unwrap();
    let by = |token: Option<&str>| {
        let mut sent = sent("one phone for all", vec![("one", one("yes"))]);
        sent.token = token.map(str::to_owned);
        actions::answer(&world.home.app, &survey.code, sent)
    };
    let typed = format!("{}-{}", tokens[0][..5].to_lowercase(), &tokens[0][5..]);
    assert_eq!(by(Some(&typed)).await.unwrap(), Accepted::Counted);
    assert_eq!(by(Some(&tokens[0])).await.unwrap(), Accepted::Again);
    assert_eq!(by(Some(&tokens[1])).await.unwrap(), Accepted::Counted);
    let forged = electoral::survey::with_check("ABCDEFGHJ").unwrap();
    for bad in [
        None,
        Some(""),
        Some(forged.as_str()),
        Some("ABCDEFGHJK"),
        Some("🙂"),
    ] {
        assert_eq!(field(by(bad).await), "token", "{bad:?}");
    }
    assert_eq!(answered(&world, "s").await, 2);
}

#[tokio::test]
async fn words_wait_until_somebody_shows_them() {
    let world = World::new(1).await;
    let survey = opened(&world, new("s"), five()).await;
    for n in 0..6 {
        let words = Answer::Text(format!("<b>كلمة</b> \u{202e}🙂 {n}"));
        let device = format!("p{n}");
        answer(
            &world,
            &survey,
            &device,
            vec![("one", one("yes")), ("text", words)],
        )
        .await
        .unwrap();
    }
    let host = host(&world);
    let mut reader = world.home.app.read().await.unwrap();
    let texts = queries::texts(&mut reader, "s").await.unwrap();
    assert_eq!(texts.len(), 6);
    assert!(texts.is_sorted_by_key(|t| &t.id) && !texts[0].body.contains('\u{202e}'));
    drop(reader);
    actions::moderate(&host, "s", &texts[0].id, TextState::Shown)
        .await
        .unwrap();
    actions::moderate(&host, "s", &texts[1].id, TextState::Hidden)
        .await
        .unwrap();
    let none = actions::moderate(&host, "s", "none", TextState::Shown).await;
    assert!(matches!(none, Err(Error::NotFound)));
    actions::close(&host, "s").await.unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let results = queries::results(&mut reader, &world.home.app, "s")
        .await
        .unwrap();
    assert_eq!(results.questions[4].texts, [texts[0].body.clone()]);
}

#[tokio::test]
async fn the_wording_is_frozen_by_the_first_answer() {
    let world = World::new(1).await;
    let survey = opened(&world, new("s"), five()).await;
    let host = host(&world);
    let other = || vec![question("one", QuestionKind::One, &["aye", "nay"])];
    // Nobody has answered: it may be changed, and has to be opened again.
    actions::set_questions(&host, "s", other()).await.unwrap();
    let early = answer(&world, &survey, "p", vec![("one", one("aye"))]).await;
    assert!(matches!(early, Err(Error::Conflict(_))));
    actions::open(&host, "s").await.unwrap();
    assert_eq!(
        field(answer(&world, &survey, "p", vec![("one", one("yes"))]).await),
        "q.one"
    );
    answer(&world, &survey, "p", vec![("one", one("aye"))])
        .await
        .unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let version = queries::by_id(&mut reader, "s").await.unwrap().version;
    drop(reader);
    let frozen = |outcome: Result<(), Error>| matches!(outcome, Err(Error::Conflict(_)));
    assert!(frozen(actions::set_questions(&host, "s", five()).await));
    assert!(frozen(actions::edit(&host, version, new("s")).await));
    assert!(frozen(
        actions::remove_question(&host, "s", version, "one").await
    ));
    // The refusal has not shut it.
    answer(&world, &survey, "q", vec![("one", one("nay"))])
        .await
        .unwrap();
    assert_eq!(answered(&world, "s").await, 2);
}

#[tokio::test]
async fn nothing_that_is_kept_leads_to_a_person() {
    let world = World::new(1).await;
    let survey = opened(&world, new("s"), five()).await;
    let records = async || {
        let mut reader = world.home.app.read().await.unwrap();
        let row = reader
            .one("select count(*) as n from audit_record", bind![])
            .await;
        row.unwrap().count("n").unwrap()
    };
    let before = records().await;
    for n in 0..9 {
        let device = format!("device-{n}");
        answer(&world, &survey, &device, vec![("one", one("yes"))])
            .await
            .unwrap();
    }
    assert_eq!(records().await, before, "no record of an answer");
    let count = async |sql: &'static str| {
        let mut reader = world.home.app.read().await.unwrap();
        reader.one(sql, bind![]).await.unwrap().count("n").unwrap()
    };
    let spent = "select count(*) as n from survey_spent";
    assert_eq!(count(spent).await, 9);
    assert_eq!(
        count("select count(*) as n from survey_spent where hash like '%device%'").await,
        0
    );
    actions::close(&host(&world), "s").await.unwrap();
    assert_eq!(count(spent).await, 0);
    assert_eq!(count("select count(*) as n from survey_key").await, 0);
    assert_eq!(records().await, before + 1);
}

#[tokio::test]
async fn powers_and_sizes_end_where_they_should() {
    let world = World::new(1).await;
    let now = at("2023-09-30T06:00:00Z");
    let stranger = world.acting("x", "district.chair", "r1", now);
    let member = world.secretary("st1", now);
    for who in [stranger, member] {
        let refused = actions::create(&who, new("s")).await;
        if who.person() != "x" {
            assert!(matches!(refused, Err(Error::Forbidden(_))));
        }
    }
    let host = host(&world);
    let mut many = new("many");
    many.present = Some(601);
    assert_eq!(field(actions::create(&host, many.clone()).await), "present");
    many.wants_tokens = true;
    actions::create(&host, many.clone()).await.unwrap();
    assert_eq!(actions::create(&host, many).await.unwrap().id, "many");
    let mut blank = new("blank");
    blank.title.kk.clear();
    assert_eq!(field(actions::create(&host, blank).await), "title");
    let survey = opened(&world, new("t"), five()).await;
    assert_eq!(
        field(actions::set_present(&host, &survey.id, 601).await),
        "present"
    );
    assert_eq!(
        field(actions::set_present(&host, &survey.id, 0).await),
        "present"
    );
    actions::set_present(&host, &survey.id, 539).await.unwrap();
    let bad = |change: fn(&mut Vec<Question>)| {
        let mut all = five();
        change(&mut all);
        all
    };
    let cases: [(&str, fn(&mut Vec<Question>)); 6] = [
        ("options", |q| q[0].options.truncate(1)),
        ("options", |q| q[1].options[0].wording.ru.clear()),
        ("wording", |q| q[2].wording.kk = "x".repeat(501)),
        ("most", |q| q[1].most = 9),
        ("key", |q| q[0].key = "A/b".to_owned()),
        ("crossed_with", |q| q[1].crossed_with = "one".to_owned()),
    ];
    for (expected, change) in cases {
        assert_eq!(
            field(actions::set_questions(&host, "t", bad(change)).await),
            expected
        );
    }
}
