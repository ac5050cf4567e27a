//! Proposals and wishes: who writes down, who answers, what everybody sees.

use super::*;
use crate::incidents::tests::log_is_sound;
use crate::visits::model::ProposalState;
use jiff::Timestamp;

#[tokio::test]
async fn the_body_or_the_commission_answers_and_nobody_else() {
    let world = World::new(1).await;
    begun(&world).await;
    let host = host(&world);
    let when = at("2023-10-03T06:00:00Z");
    actions::propose(&host, "event1", proposal("p1", akimat()))
        .await
        .unwrap();
    actions::propose(&host, "event1", proposal("p1", commission()))
        .await
        .unwrap();
    let officer = world.acting("o", "body.executive", "d1", when);
    let police = world.acting("p", "body.police", "d1", when);
    let other = world.acting("q", "body.executive", "d2", when);
    let member = world.acting("m", "district.member", "d1", when);
    let words = names("A hostel is being built");
    for stranger in [&police, &other, &member] {
        assert!(is_forbidden(
            actions::answer(stranger, "p1", 1, &words, "").await
        ));
    }
    let waiting = |acting: Acting| {
        let app = world.home.app.clone();
        async move {
            let mut reader = app.read().await.unwrap();
            queries::proposals_for(&mut reader, &acting)
                .await
                .unwrap()
                .len()
        }
    };
    assert_eq!(waiting(officer.clone()).await, 1);
    assert_eq!(waiting(police.clone()).await, 0);
    assert_eq!(waiting(host.clone()).await, 1);
    assert_eq!(
        field(actions::answer(&officer, "p1", 1, &Names::default(), "").await),
        "answer_kk"
    );
    for named in ["Call 8 701 234 56 78", "Write to a@example.org"] {
        assert_eq!(
            field(actions::answer(&officer, "p1", 1, &names(named), "").await),
            "answer_kk",
            "the answer is public"
        );
    }
    actions::answer(&officer, "p1", 1, &words, "")
        .await
        .unwrap();
    assert_eq!(
        field(actions::answer(&host, "p1", 2, &words, "Ask 87012345678").await),
        "reason",
        "so is the reason of a correction"
    );
    assert!(is_conflict(
        actions::answer(&host, "p1", 1, &words, "").await
    ));
    assert_eq!(
        field(actions::answer(&host, "p1", 2, &words, "").await),
        "reason",
        "a correction has its reason"
    );
    let better = names("The hostel opens in spring");
    actions::answer(&host, "p1", 2, &better, "More exact")
        .await
        .unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let all = queries::answered(&mut reader, "", Timestamp::MAX)
        .await
        .unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!((&all[0].answer, all[0].version), (&better, 3));
    assert_eq!(
        queries::answered(&mut reader, "none", Timestamp::MAX)
            .await
            .unwrap()
            .len(),
        0
    );
    drop(reader);
    let to = commission();
    assert!(is_conflict(
        actions::hand_on(&host, "p1", 3, to.clone(), "Ours").await
    ));
    actions::propose(&host, "event1", proposal("p2", akimat()))
        .await
        .unwrap();
    assert_eq!(
        field(actions::hand_on(&officer, "p2", 1, to.clone(), "").await),
        "reason"
    );
    actions::hand_on(&officer, "p2", 1, to, "Not ours")
        .await
        .unwrap();
    assert!(is_forbidden(
        actions::answer(&officer, "p2", 2, &words, "").await
    ));
    assert!(is_forbidden(
        actions::withdraw(&officer, "p2", 2, "x").await
    ));
    actions::withdraw(&host, "p2", 2, "Said twice")
        .await
        .unwrap();
    assert!(is_conflict(
        actions::answer(&host, "p2", 3, &words, "").await
    ));
    log_is_sound(&world, "p1").await;
    log_is_sound(&world, "p2").await;
}

#[tokio::test]
async fn wishes_stand_apart_and_nobody_is_named() {
    let world = World::new(1).await;
    begun(&world).await;
    let host = host(&world);
    let wish = |id: &str, wish: &str| NewProposal {
        id: id.to_owned(),
        topic: "akim_portrait".to_owned(),
        wish: wish.to_owned(),
        text: Names::default(),
        body: None,
    };
    for (id, what) in [("w1", "local"), ("w2", "local"), ("w3", "honesty")] {
        actions::propose(&host, "event1", wish(id, what))
            .await
            .unwrap();
    }
    let mut reader = world.home.app.read().await.unwrap();
    assert!(
        queries::answered(&mut reader, "", Timestamp::MAX)
            .await
            .unwrap()
            .is_empty()
    );
    let told = queries::wishes(&mut reader, "", Timestamp::MAX)
        .await
        .unwrap();
    let told: Vec<_> = told.iter().map(|(w, e)| (w.as_str(), e.len())).collect();
    assert_eq!(
        told,
        [("honesty", 1), ("local", 1)],
        "meetings are counted, not voices"
    );
    let kept = queries::proposal(&mut reader, "w1").await.unwrap();
    assert_eq!(kept.state, ProposalState::Kept);
    drop(reader);
    // Beside them stands what the law asks, with its articles, in a table of its own.
    world.home.app.clock.set(at("2023-10-01T06:00:00Z"));
    let anybody = crate::commissions::tests::Browser::public(&world.home);
    let (_, page) = anybody.get("/visits/proposals?lang=en").await;
    let (wished, asked) = page
        .split_once("What the law requires of a candidate")
        .unwrap();
    assert!(wished.contains("id=\"portrait\""), "{page}");
    assert!(
        asked.contains("At least twenty-five years old") && !wished.contains("twenty-five"),
        "{page}"
    );
    assert!(
        asked.contains("href=\"/elections/vote-2023/rules\"") && asked.contains("36-"),
        "{page}"
    );
    let wrong = |change: fn(&mut NewProposal)| {
        let mut new = proposal("p9", commission());
        change(&mut new);
        new
    };
    for (name, new) in [
        ("wish", wish("w9", "rich")),
        (
            "kind",
            NewProposal {
                body: Some(commission()),
                ..wish("w9", "local")
            },
        ),
        ("wish", wrong(|p| p.wish = "local".to_owned())),
        ("kind", wrong(|p| p.body = None)),
        ("topic", wrong(|p| p.topic = "weather".to_owned())),
        ("text_kk", wrong(|p| p.text = Names::default())),
        (
            "text_kk",
            wrong(|p| p.text.en = "Call me: 8 (701) 123-45-67".to_owned()),
        ),
        (
            "text_kk",
            wrong(|p| p.text.en = "Write to me@example.org".to_owned()),
        ),
        (
            "area_code",
            wrong(|p| {
                p.body = Some(Addressee {
                    kind: "police".to_owned(),
                    area_id: "d2".to_owned(),
                })
            }),
        ),
        ("id", wrong(|p| p.id = "no id".to_owned())),
    ] {
        assert_eq!(field(actions::propose(&host, "event1", new).await), name);
    }
    // A year and a sum are no personal data.
    let fine = wrong(|p| p.text.en = "In 2024 build 2 hostels for 120 people".to_owned());
    actions::propose(&host, "event1", fine).await.unwrap();
}
