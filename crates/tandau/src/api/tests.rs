//! The document and the routes say the same, and answers keep to HTTP's manners.

use super::{document, routes};
use crate::testing::Installation;
use crate::votingday::tests::world::World;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use serde_json::json;
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

/// A hundred and twenty of each, made at once.
async fn many(world: &World) {
    for sql in [
        "insert into survey (id, code, area_id, title_kk, title_ru, title_en, state, wants_tokens, live, held_on, version, made_by, made_at,
                opened_at, closed_at)
            with recursive n(i) as (select 1001 union all select i + 1 from n where i < 1120)
            select 's' || i, 'C' || i, 'd1', 'kk', 'ru', 'en', 'closed', false, false, '2023-09-30', 1, 'x', 0, 0, 0 from n",
        "insert into visit (id, area_id, version)
            with recursive n(i) as (select 1001 union all select i + 1 from n where i < 1120) select 'v' || i, 'd1', 1 from n",
        "insert into visit_version (visit_id, version, act, state, title_kk, title_ru, title_en, head_kk, head_ru, head_en, members_kk, members_ru,
                members_en, purpose_kk, purpose_ru, purpose_en, starts_on, ends_on, made_by, office, made_at)
            select id, 1, 'moved', 'held', id, id, id, '', '', '', '', '', '', '', '', '', '2023-09-29', '2023-10-02', 'x', 'x', 0 from visit",
        "insert into note (id, template, subject_kind, subject_id, area_id, state, version, revision, records_on, title_kk, title_ru, title_en,
                body_kk, body_ru, body_en, typed_reason, synthetic, made_by, made_at, published_at)
            with recursive n(i) as (select 1001 union all select i + 1 from n where i < 1120)
            select 'n' || i, 'readiness', 'area', 'd1', 'd1', 'published', 1, 1, '2023-10-02', 'x', 'x', 'x', 'x', 'x', 'x', '', true, 'x', 0, i from n",
        "insert into note_revision (note_id, revision, sequence, records_on, title_kk, title_ru, title_en, body_kk, body_ru, body_en, typed_reason,
                reason, digest, published_at)
            select id, 1, 1, records_on, '{stations} kk', '{stations} ru', '{stations} en', 'x', 'x', 'x', '', '', '', published_at from note",
        "insert into note_figure (note_id, revision, position, query, value, href, digest, asked_at)
            select id, 1, 1, '{stations}', 'number ' || substr(id, 2), '/areas/d1', '', 0 from note",
    ] {
        world.sql(sql, crate::bind![]).await;
    }
}

#[tokio::test]
async fn lists_are_read_page_by_page() {
    let world = World::new(1).await;
    many(&world).await;
    let page = async |path: &str| -> serde_json::Value {
        let answer = get(&world.home, path, None).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        let bytes = to_bytes(answer.into_body(), 1_000_000).await.unwrap();
        serde_json::from_slice(&bytes).unwrap()
    };
    for (list, letter) in [("surveys", 's'), ("visits", 'v'), ("notes", 'n')] {
        let mut seen = BTreeSet::new();
        for (number, entries) in [(1, 50), (2, 50), (3, 20), (4, 0)] {
            let found = page(&format!("/api/v1/{list}?page={number}")).await;
            assert_eq!(
                (&found["page"], &found["pages"], &found["total"]),
                (&json!(number), &json!(3), &json!(120)),
                "{list}"
            );
            let ids = found[list].as_array().unwrap().iter();
            let ids: Vec<String> = ids.map(|one| one["id"].as_str().unwrap().into()).collect();
            assert_eq!(ids.len(), entries, "{list} {number}");
            assert!(ids.is_sorted_by(|a, b| a > b), "the newest first: {ids:?}");
            seen.extend(ids);
        }
        assert_eq!(seen.len(), 120, "{list}: each once");
        assert!(seen.contains(&format!("{letter}1001")));
    }
    let visits = page("/api/v1/visits").await;
    assert_eq!(visits["visits"][0]["area"], "d1");
    let notes = page("/api/v1/notes?page=3").await;
    assert_eq!(notes["notes"][19]["title"]["ru"], "1001 ru");
    assert_eq!(notes["notes"][19]["revision"], 1);
    // The same lists as pages.
    let answer = get(&world.home, "/news?page=3&lang=en", None).await;
    let text = to_bytes(answer.into_body(), 1_000_000).await.unwrap();
    let text = String::from_utf8(text.to_vec()).unwrap();
    assert!(text.contains("/news/n1020") && !text.contains("/news/n1021"));
    let answer = get(&world.home, "/visits", None).await;
    assert_eq!(answer.status(), StatusCode::OK);
}
