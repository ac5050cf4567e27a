//! A phone in tests: keeps its cookie, speaks HTTP to the real router.

use crate::platform::web::{Peer, router};
use crate::testing::Installation;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use std::net::IpAddr;
use tower::ServiceExt as _;

pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) bytes: Vec<u8>,
}

impl Reply {
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }
}

pub(super) struct Phone<'a> {
    home: &'a Installation,
    code: String,
    address: Option<IpAddr>,
    pub(super) cookie: String,
}

impl<'a> Phone<'a> {
    pub(super) fn new(home: &'a Installation, code: &str) -> Self {
        Self {
            home,
            code: code.to_owned(),
            address: None,
            cookie: String::new(),
        }
    }

    /// The same behind an address.
    pub(super) fn at(mut self, address: &str) -> Self {
        self.address = Some(address.parse().unwrap());
        self
    }

    pub(super) async fn ask(&self, request: axum::http::request::Builder, body: String) -> Reply {
        let mut request = request
            .header("host", "tandau.test")
            .header("cookie", &self.cookie)
            .body(Body::from(body))
            .unwrap();
        if let Some(address) = self.address {
            request.extensions_mut().insert(Peer(address));
        }
        let answer = router(&self.home.app, crate::routes())
            .oneshot(request)
            .await
            .unwrap();
        let (head, body) = answer.into_parts();
        Reply {
            status: head.status,
            headers: head.headers,
            bytes: to_bytes(body, 8_000_000).await.unwrap().to_vec(),
        }
    }

    pub(super) async fn get(&self, path: &str) -> Reply {
        self.ask(
            Request::get(path).header("accept", "text/html"),
            String::new(),
        )
        .await
    }

    /// Opens the page and keeps the cookie.
    pub(super) async fn join(&mut self, lang: &str) -> Reply {
        let reply = self.get(&format!("/s/{}?lang={lang}", self.code)).await;
        for cookie in reply.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            if cookie.starts_with("tandau-s-") {
                cookie
                    .split(';')
                    .next()
                    .unwrap()
                    .clone_into(&mut self.cookie);
            }
        }
        reply
    }

    pub(super) async fn post(&self, body: &str, json: bool) -> Reply {
        let accept = if json {
            "application/json"
        } else {
            "text/html"
        };
        let request = Request::post(format!("/s/{}?lang=en", self.code))
            .header("accept", accept)
            .header("content-type", "application/x-www-form-urlencoded");
        self.ask(request, body.to_owned()).await
    }

    pub(super) async fn word(&self, was: &str, now: &str) -> Reply {
        let request = Request::post(format!("/s/{}/here", self.code))
            .header("content-type", "application/x-www-form-urlencoded");
        self.ask(request, format!("was={was}&now={now}")).await
    }
}
