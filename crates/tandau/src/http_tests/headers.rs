//! Headers that tell the browser what it must not do.

use super::{Site, Visitor};
use axum::http::{HeaderName, StatusCode, header};

#[tokio::test]
async fn every_kind_of_answer_is_protected() {
    let site = Site::new().await;
    let who = site.holder("district.chair", "D1").await;
    for (visitor, path, status) in [
        (&Visitor::nobody(), "/sign-in", StatusCode::OK),
        (&Visitor::nobody(), "/no-such-page", StatusCode::NOT_FOUND),
        (
            &Visitor::nobody(),
            "/office/sessions",
            StatusCode::SEE_OTHER,
        ),
        (&Visitor::nobody(), "/assets/app.css", StatusCode::OK),
        (&Visitor::nobody(), "/healthz", StatusCode::OK),
        (&Visitor::nobody(), "/readyz", StatusCode::OK),
        (&Visitor::nobody(), "/metrics", StatusCode::OK),
        (&who, "/office/sessions", StatusCode::OK),
    ] {
        let answer = site.get(visitor, path).await;
        assert_eq!(answer.status, status, "{path}");
        let policy = answer.header(header::CONTENT_SECURITY_POLICY);
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(
            answer.header(header::X_CONTENT_TYPE_OPTIONS),
            "nosniff",
            "{path}"
        );
        assert_eq!(
            answer.header(header::REFERRER_POLICY),
            "same-origin",
            "{path}"
        );
        assert_eq!(
            answer.header(HeaderName::from_static("cross-origin-opener-policy")),
            "same-origin",
            "{path}"
        );
        assert!(!answer.headers.contains_key(header::SERVER), "{path}");
    }
}

#[tokio::test]
async fn what_an_office_sees_is_not_kept_by_caches() {
    let site = Site::new().await;
    let who = site.holder("district.chair", "D1").await;
    assert_eq!(
        site.get(&who, "/office/sessions")
            .await
            .header(header::CACHE_CONTROL),
        "no-store"
    );
    let asset = site.get(&who, "/assets/app.css").await;
    assert!(
        asset.header(header::CACHE_CONTROL).contains("immutable"),
        "assets stay cached"
    );
}

#[tokio::test]
async fn pages_have_nothing_inline() {
    let site = Site::new().await;
    let who = site.holder("district.chair", "D1").await;
    for route in crate::routes()
        .list()
        .iter()
        .filter(|r| r.method == "GET" && !r.path.contains('{'))
    {
        for visitor in [&Visitor::nobody(), &who] {
            let answer = site.get(visitor, route.path).await;
            if !answer.header(header::CONTENT_TYPE).starts_with("text/html") {
                continue;
            }
            let body = answer.body.to_lowercase();
            for inline in [
                " style=\"",
                "<style",
                " onclick=",
                " onload=",
                "javascript:",
                "<script>",
            ] {
                assert!(!body.contains(inline), "{} has {inline}", route.path);
            }
        }
    }
}

#[tokio::test]
async fn programs_get_problem_documents() {
    let site = Site::new().await;
    let answer = site.get(&Visitor::nobody(), "/api/v1/no-such-thing").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(
        answer.header(header::CONTENT_TYPE),
        "application/problem+json"
    );
    let document: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(document["status"], 404);
    assert!(!document["title"].as_str().unwrap().is_empty());
}
