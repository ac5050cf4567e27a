//! The commission's forms: who may open them, what is refused by name, what comes out.

use super::night::{Night, Votes};
use crate::commissions::tests::pages::Browser;
use axum::http::StatusCode;

const CLEAR: Votes = Votes {
    candidates: [200, 100, 50],
    against_all: 30,
    invalid: 7,
};
const OUTCOME: &str = "/office/contests/vote-2023.d1/outcome";
const ELECTED: &str = "/office/contests/vote-2023.d1/elected";

const DECISION: [(&str, &str); 8] = [
    ("number", "17"),
    ("decided_on", "2023-11-05"),
    ("title_kk", "қ"),
    ("title_ru", "п"),
    ("title_en", "d"),
    ("present", "2"),
    ("votes_for", "2"),
    ("votes_against", "0"),
];

#[tokio::test]
async fn a_commission_determines_and_registers_on_its_own_pages() {
    let night = Night::new(1).await;
    let district = Browser::signed_in(&night.world.home, "d1-secretary").await;
    let (status, page) = district.get(&format!("{OUTCOME}?lang=en")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Not every protocol is accepted yet"));
    let (status, page) = district
        .post(&format!("{OUTCOME}?lang=en"), &DECISION)
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.contains("href=\"#decision\""),
        "the reason stands at the head"
    );

    night.accept("st1", CLEAR).await;
    let (_, page) = district.get(&format!("{OUTCOME}?lang=en")).await;
    assert!(
        page.contains("Elected: c1"),
        "what the rules make of the votes"
    );
    assert!(page.contains("On the outcome of the election: d1"));
    let (status, page) = district.post(&format!("{OUTCOME}?lang=en"), &[]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["decided_on", "present", "votes_for"] {
        assert!(page.contains(&format!("href=\"#{field}\"")), "{field}");
    }
    let (status, to) = district.post(OUTCOME, &DECISION).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(to.starts_with("/elections/vote-2023/contests/d1"), "{to}");

    let (_, page) = district.get(&format!("{ELECTED}?lang=en")).await;
    assert!(page.contains("c1"));
    let mut fields = DECISION.to_vec();
    fields[0] = ("number", "18");
    let (status, page) = district.post(&format!("{ELECTED}?lang=en"), &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("href=\"#resigned_on\""));
    fields.push(("resigned_on", "2023-11-05"));
    let (status, _) = district.post(ELECTED, &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    fields[0] = ("number", "19");
    let (status, _) = district.post(ELECTED, &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "registered once");
}

#[tokio::test]
async fn an_invalid_contest_needs_its_reason_on_the_page_too() {
    let night = Night::new(1).await;
    let district = Browser::signed_in(&night.world.home, "d1-chair").await;
    let mut fields = DECISION.to_vec();
    fields.push(("invalid", "yes"));
    let (status, page) = district.post(&format!("{OUTCOME}?lang=en"), &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("href=\"#reason\""));
    fields.push(("reason", "ballots were lost"));
    let (status, _) = district.post(OUTCOME, &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn nobody_else_reaches_these_forms() {
    let night = Night::new(1).await;
    for person in ["d2-chair", "st1-secretary"] {
        let browser = Browser::signed_in(&night.world.home, person).await;
        for path in [OUTCOME, ELECTED] {
            assert_eq!(browser.get(path).await.0, StatusCode::FORBIDDEN, "{person}");
            assert_eq!(
                browser.post(path, &DECISION).await.0,
                StatusCode::FORBIDDEN,
                "{person}"
            );
        }
    }
    let public = Browser::public(&night.world.home);
    assert_ne!(public.get(OUTCOME).await.0, StatusCode::OK);
}
