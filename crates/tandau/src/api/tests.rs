//! The document and the routes say the same, and answers keep to HTTP's manners.

use super::{document, routes};
use crate::testing::Installation;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use std::collections::BTreeSet;
use tower::ServiceExt as _;

/// The page for people is no part of the interface.
const PAGE: &str = "/api/v1";

#[test]
fn every_route_is_described_and_nothing_else() {
    let routed: BTreeSet<String> = routes()
        .list()
        .into_iter()
        .filter(|r| r.path != PAGE)
        .map(|r| r.path.to_owned())
        .collect();
    let described: BTreeSet<String> = document().paths.paths.keys().cloned().collect();
    assert_eq!(routed, described);
    let json = serde_json::to_value(document()).unwrap();
    assert!(json["openapi"].as_str().unwrap().starts_with("3.1"));
    for (path, item) in json["paths"].as_object().unwrap() {
        let get = &item["get"];
        assert!(get.is_object(), "{path} is read with GET");
        let named: Vec<&str> = get["parameters"]
            .as_array()
            .map(|all| {
                all.iter()
                    .filter(|p| p["in"] == "path")
                    .filter_map(|p| p["name"].as_str())
                    .collect()
            })
            .unwrap_or_default();
        for part in path.split('/').filter_map(|p| p.strip_prefix('{')) {
            assert!(
                named.contains(&part.trim_end_matches('}')),
                "{path}: {part}"
            );
        }
    }
}

async fn get(
    installation: &Installation,
    path: &str,
    tag: Option<&str>,
) -> axum::response::Response {
    let mut request = Request::get(path);
    if let Some(tag) = tag {
        request = request.header(header::IF_NONE_MATCH, tag);
    }
    crate::platform::web::router(&installation.app, crate::routes())
        .oneshot(request.body(Body::empty()).unwrap())
        .await
        .unwrap()
}

#[tokio::test]
async fn an_answer_names_itself() {
    let installation = Installation::new().await;
    let first = get(&installation, "/api/v1/elections", None).await;
    assert_eq!(first.status(), StatusCode::OK);
    let tag = first.headers()[header::ETAG].to_str().unwrap().to_owned();
    let again = get(&installation, "/api/v1/elections", Some(&tag)).await;
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    let other = get(&installation, "/api/v1/elections", Some("\"x\"")).await;
    assert_eq!(other.status(), StatusCode::OK);
}

#[tokio::test]
async fn what_is_wrong_is_a_problem_document() {
    let installation = Installation::new().await;
    for (path, status) in [
        ("/api/v1/elections/none", 404),
        ("/api/v1/elections/..%2F..%2Fetc", 404),
        ("/api/v1/elections/none/contests/1", 404),
        ("/api/v1/areas/999999999", 404),
        ("/api/v1/commissions/none", 404),
        ("/api/v1/surveys/none", 404),
        ("/api/v1/surveys/..%2F..%2Fetc", 404),
        ("/api/v1/surveys?as_of=soon", 422),
        ("/api/v1/visits/none", 404),
        ("/api/v1/visits/none?as_of=soon", 422),
        ("/api/v1/training/none", 404),
        ("/api/v1/training/..%2F..%2Fetc", 404),
        ("/api/v1/training?as_of=soon", 422),
        ("/api/v1/notes/none", 404),
        ("/api/v1/notes?as_of=9999-12-31", 422),
        ("/api/v1/elections/none/stations?page=0", 422),
        ("/api/v1/elections/none/stations?page=minus", 422),
        (
            "/api/v1/elections/none/stations?page=99999999999999999999",
            422,
        ),
        ("/api/v1/notes?page=0", 422),
        ("/api/v1/visits?page=1001", 422),
        ("/api/v1/surveys?page=many", 422),
        ("/api/v1/nothing", 404),
    ] {
        let answer = get(&installation, path, None).await;
        assert_eq!(answer.status().as_u16(), status, "{path}");
        let kind = answer.headers()[header::CONTENT_TYPE]
            .to_str()
            .unwrap()
            .to_owned();
        assert_eq!(kind, "application/problem+json", "{path}");
    }
}
