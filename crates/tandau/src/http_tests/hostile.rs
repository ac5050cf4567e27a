//! Input that no honest sender sends: it is answered with 4xx, shown harmless, and stops nothing.

use super::{Site, Visitor};
use crate::platform::web::FormData;
use axum::body::Body;
use axum::extract::FromRequest as _;
use axum::http::{Method, Request, StatusCode, header};
use proptest::prelude::*;

/// Values for path parameters that try to leave their place.
const PATH_TRICKS: &[&str] = &[
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e%2f%2e%2e%2ftandau.db",
    "..%5c..%5cwindows",
    "%00",
    "a%00.css",
    "%ff%fe",
    "1%27%20or%201%3D1--",
    "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "%F0%9F%92%A9",
    "-1",
    "99999999999999999999999999",
    "%25s%25n",
];

#[tokio::test]
async fn tricks_in_paths_find_nothing_and_break_nothing() {
    let site = Site::new().await;
    let who = site.holder("central.chair", "KZ").await;
    let long = "a".repeat(4000);
    for route in crate::routes().list() {
        for trick in PATH_TRICKS.iter().chain([&long.as_str()]) {
            if !route.path.contains('{') {
                continue;
            }
            let path: Vec<&str> = route
                .path
                .split('/')
                .map(|part| if part.starts_with('{') { trick } else { part })
                .collect();
            let path = path.join("/");
            for visitor in [&Visitor::nobody(), &who] {
                let answer = if route.method == "GET" {
                    site.get(visitor, &path).await
                } else {
                    site.post(visitor, &path, &[]).await
                };
                let fine = answer.status.is_client_error() || answer.status.is_redirection();
                assert!(fine, "{} {path}: {}", route.method, answer.status);
                assert!(!answer.body.contains("<script>alert"), "{path}");
            }
        }
    }
}

#[tokio::test]
async fn files_of_the_machine_are_not_served() {
    let site = Site::new().await;
    for path in [
        "/assets/../Cargo.toml",
        "/assets/..%2f..%2fetc%2fpasswd",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
        "/assets//etc/passwd",
        "/assets/app.css%00.png",
        "/assets/",
        "/assets/fonts",
        "/audit/tile/../audit.key",
        "/audit/tile/0/..%2f..%2faudit.key",
        "/audit/tile/0/x999/x999/999",
        "/audit/tile/8/000",
        "/audit.key",
        "/tandau.db",
        "/.git/config",
    ] {
        let answer = site.get(&Visitor::nobody(), path).await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
        assert!(!answer.body.contains("root:"), "{path}");
    }
}

#[tokio::test]
async fn names_are_shown_as_text() {
    let site = Site::new().await;
    let who = site.holder("district.chair", "D1").await;
    let answer = site.get(&who, "/office/sessions").await;
    assert!(answer.body.contains("Сынақ"), "the name is on the page");
    assert!(!answer.body.contains("<b>Сынақ"), "as text, not as markup");
    let odd = "\"><script>alert(1)</script>";
    let answer = site
        .post(
            &Visitor::nobody(),
            "/sign-in",
            &[("login", odd), ("next", odd)],
        )
        .await;
    assert!(!answer.body.contains("<script>alert"), "{}", answer.body);
    let path = "/sign-in?next=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&lang=%22%3E%3Cscript%3E";
    let answer = site.get(&Visitor::nobody(), path).await;
    assert!(!answer.body.contains("<script>alert") && !answer.body.contains("\"><script>"));
    let answer = site
        .get(
            &Visitor::nobody(),
            "/no-such-page/%3Cscript%3Ealert(1)%3C/script%3E",
        )
        .await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(!answer.body.contains("<script>alert"));
    let answer = site.get(&Visitor::nobody(), "/sign-in?done=%3Cb%3E").await;
    assert_eq!(answer.status, StatusCode::OK);
}

async fn post_as(site: &Site, who: &Visitor, path: &str, kind: &str, body: Vec<u8>) -> StatusCode {
    let request = who
        .request(Method::POST, path)
        .header(header::CONTENT_TYPE, kind)
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .unwrap();
    let answer = site.send(request).await;
    assert!(!answer.body.contains("panicked"));
    answer.status
}

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn odd_bodies_are_refused_by_every_form() {
    let site = Site::new().await;
    let who = site.holder("precinct.secretary", "P1").await;
    let chair = site.holder("district.chair", "D1").await;
    let central = site.holder("central.chair", "KZ").await;
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let many: String = (0..2_000).map(|n| format!("f{n}=1&")).collect();
    let multipart = "multipart/form-data; boundary=x";
    let bodies: Vec<(&str, Vec<u8>)> = vec![
        (FORM, b"csrf".to_vec()),
        (FORM, b"%".to_vec()),
        (FORM, b"%zz=%zz&&&===".to_vec()),
        (FORM, vec![0xff; 1000]),
        (FORM, format!("login={}", "a".repeat(300_000)).into_bytes()),
        (FORM, format!("login={}", "a".repeat(30_000)).into_bytes()),
        (FORM, many.into_bytes()),
        (FORM, b"login=%00%1b&password=%08".to_vec()),
        ("application/json", nested.clone().into_bytes()),
        ("application/json", b"{\"csrf\":".to_vec()),
        (
            "text/xml",
            b"<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>".to_vec(),
        ),
        ("", Vec::new()),
        (multipart, Vec::new()),
        (multipart, b"--x".to_vec()),
        (multipart, b"--x\r\n\r\n--x--".to_vec()),
        (
            multipart,
            b"--x\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n\xff\xfe\r\n--x--\r\n"
                .to_vec(),
        ),
        ("multipart/form-data", b"--x--".to_vec()),
        ("multipart/form-data; boundary=", b"----".to_vec()),
    ];
    for route in crate::routes().list().iter().filter(|r| r.method == "POST") {
        let path: Vec<&str> = route
            .path
            .split('/')
            .map(|part| if part.starts_with('{') { "1" } else { part })
            .collect();
        for (kind, body) in &bodies {
            for visitor in [&Visitor::nobody(), &who, &chair, &central] {
                let status = post_as(&site, visitor, &path.join("/"), kind, body.clone()).await;
                assert!(
                    status.is_client_error()
                        || (status.is_redirection() && visitor.cookie.is_empty()),
                    "{} with {kind:?} and {} bytes: {status}",
                    route.path,
                    body.len()
                );
            }
        }
    }
}

#[tokio::test]
async fn an_upload_larger_than_any_paper_is_refused() {
    let site = Site::new().await;
    let who = site.holder("precinct.secretary", "P1").await;
    let mut body = format!(
        "--x\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n\
         --x\r\ncontent-disposition: form-data; name=\"scan\"; filename=\"../../a.pdf\"\r\n\r\n",
        who.csrf
    )
    .into_bytes();
    body.resize(body.len() + 11 * 1024 * 1024, b'a');
    body.extend_from_slice(b"\r\n--x--\r\n");
    let status = post_as(
        &site,
        &who,
        "/sign-out",
        "multipart/form-data; boundary=x",
        body,
    )
    .await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn odd_queries_and_methods_are_harmless() {
    let site = Site::new().await;
    for query in [
        "?lang=xx",
        "?lang=",
        "?lang=kk&lang=ru",
        "?%ff",
        "?done=../../x",
        "?done=%3Cscript%3E",
        "?q=%00",
        "?&&&&",
        "?as_of=9999-99-99",
    ] {
        let answer = site
            .get(&Visitor::nobody(), &format!("/sign-in{query}"))
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{query}");
    }
    for method in ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "BREW"] {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let request = Visitor::nobody()
            .request(method.clone(), "/sign-in")
            .body(Body::empty())
            .unwrap();
        let status = site.send(request).await.status;
        assert!(status.is_client_error(), "{method}: {status}");
    }
    for cookie in [
        "tandau-session=",
        "tandau-session=%00",
        "tandau-session==;;==",
        "tandau-lang=xx; tandau-session=\"",
        "\u{1f4a9}",
    ] {
        let request = Request::get("/sign-in")
            .header(header::COOKIE, cookie.as_bytes())
            .body(Body::empty())
            .unwrap();
        assert_eq!(site.send(request).await.status, StatusCode::OK, "{cookie}");
    }
    let long = format!("tandau-session={}", "a".repeat(10_000));
    let request = Request::get("/sign-in")
        .header(header::COOKIE, long)
        .body(Body::empty())
        .unwrap();
    assert_eq!(site.send(request).await.status, StatusCode::OK);
}

/// Whatever bytes arrive, parsing a form ends in a form or a refusal, never in a panic or a server's error.
#[test]
fn any_bytes_are_a_form_or_a_refusal() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let place = runtime.block_on(crate::testing::Installation::new());
    let parse = |kind: &str, body: Vec<u8>| {
        let request = Request::post("/")
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body))
            .unwrap();
        runtime.block_on(FormData::from_request(request, &place.app))
    };
    let kinds = prop_oneof![
        Just(FORM.to_owned()),
        Just("multipart/form-data; boundary=x".to_owned()),
        Just("multipart/form-data; boundary=\"".to_owned()),
        "[ -~]{0,40}",
    ];
    let pieces = prop::collection::vec(
        prop_oneof![
            any::<Vec<u8>>(),
            Just(b"--x\r\n".to_vec()),
            Just(b"--x--\r\n".to_vec()),
            Just(b"content-disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\n".to_vec()),
            Just(b"content-disposition: form-data; name=\"a\"\r\n\r\n".to_vec()),
            Just(b"a=b&c=%D0%B0&".to_vec()),
            Just(b"\r\n".to_vec()),
        ],
        0..8,
    );
    let mut runner = proptest::test_runner::TestRunner::default();
    runner
        .run(&(kinds, pieces), |(kind, pieces)| {
            match parse(&kind, pieces.concat()) {
                Ok(form) => {
                    for (name, value) in form.fields() {
                        prop_assert!(name.len() <= 200 && value.len() <= 20_000);
                        let clean = !value.contains(char::from(0));
                        prop_assert!(clean);
                    }
                }
                Err(e) => prop_assert!((400..500).contains(&e.status()), "{e}"),
            }
            Ok(())
        })
        .unwrap();
}

/// What a form wrote is what is read: names and values survive the way, whatever letters they have.
#[test]
fn an_honest_form_arrives_whole() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let place = runtime.block_on(crate::testing::Installation::new());
    let fields = prop::collection::vec(("[a-z_0-9]{1,20}", "[\\PC\n\t]{0,200}"), 0..20);
    let mut runner = proptest::test_runner::TestRunner::default();
    runner
        .run(&fields, |fields| {
            let body = serde_urlencoded::to_string(&fields).unwrap();
            let request = Request::post("/")
                .header(header::CONTENT_TYPE, FORM)
                .body(Body::from(body))
                .unwrap();
            let form = runtime
                .block_on(FormData::from_request(request, &place.app))
                .unwrap();
            prop_assert_eq!(form.fields(), fields.as_slice());
            Ok(())
        })
        .unwrap();
}
