//! Requests that another site makes a browser send.

use super::{Site, Visitor};
use axum::body::Body;
use axum::http::{Method, StatusCode, header};

async fn post(site: &Site, who: &Visitor, headers: &[(&str, &str)], csrf: &str) -> StatusCode {
    let mut request = who
        .request(Method::POST, "/office/sessions/none/end")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    site.send(request.body(Body::from(format!("csrf={csrf}"))).unwrap())
        .await
        .status
}

#[tokio::test]
async fn only_our_own_page_may_change_something() {
    let site = Site::new().await;
    let who = site.holder("district.chair", "D1").await;
    let own = [("sec-fetch-site", "same-origin")];
    // The session named in the address does not exist: past the checks it is "not found".
    assert_eq!(
        post(&site, &who, &own, &who.csrf).await,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        post(&site, &who, &[("origin", "https://tandau.test")], &who.csrf).await,
        StatusCode::NOT_FOUND
    );
    for foreign in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site")],
        &[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://tandau.test"),
        ],
        &[("origin", "https://evil.example")],
        &[("origin", "https://tandau.test.evil.example")],
        &[("origin", "null")],
        &[("origin", "")],
    ] {
        assert_eq!(
            post(&site, &who, foreign, &who.csrf).await,
            StatusCode::FORBIDDEN,
            "{foreign:?}"
        );
    }
}

#[tokio::test]
async fn a_form_carries_the_token_of_its_own_session() {
    let site = Site::new().await;
    let who = site.holder("district.chair", "D1").await;
    let other = site.holder("district.chair", "D2").await;
    let own = [("sec-fetch-site", "same-origin")];
    let longer = format!("{}A", who.csrf);
    for token in [
        "",
        "0",
        &other.csrf,
        &who.csrf[1..],
        &longer,
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ] {
        assert_eq!(
            post(&site, &who, &own, token).await,
            StatusCode::FORBIDDEN,
            "{token:?}"
        );
    }
}

/// Every POST route refuses a form without a token, whoever sends it and whatever power is held.
#[tokio::test]
async fn every_form_needs_the_token() {
    let site = Site::new().await;
    let before = site.acts().await;
    let visitors = [
        site.holder("precinct.secretary", "P1").await,
        site.holder("precinct.chair", "P1").await,
        site.holder("district.chair", "D1").await,
        site.holder("central.chair", "KZ").await,
        site.holder("administrator", "KZ").await,
    ];
    for route in crate::routes().list().iter().filter(|r| r.method == "POST") {
        let path: Vec<&str> = route
            .path
            .split('/')
            .map(|part| if part.starts_with('{') { "1" } else { part })
            .collect();
        for who in &visitors {
            let answer = site.post(who, &path.join("/"), &[("csrf", "wrong")]).await;
            assert!(
                matches!(answer.status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND),
                "{} {}: {}",
                route.method,
                route.path,
                answer.status
            );
        }
    }
    assert_eq!(site.acts().await, before);
}

#[tokio::test]
async fn reading_needs_no_token() {
    let site = Site::new().await;
    let who = site.holder("district.chair", "D1").await;
    let request = who
        .request(Method::GET, "/office/sessions")
        .header("sec-fetch-site", "cross-site")
        .body(Body::empty());
    assert_eq!(
        site.send(request.unwrap()).await.status,
        StatusCode::OK,
        "a link from elsewhere works"
    );
}
