//! What must hold for every route: powers, forged requests, sessions, hostile input, headers. Requests go
//! through the real router, without a socket.

mod checklists;
mod crawl;
mod forged;
mod headers;
mod hostile;
mod inbox;
mod papers;
mod passwords;
mod powers;
mod reach;
mod sessions;
mod slow;
mod walk;

use crate::bind;
use crate::platform::access::{accounts, sessions as sessions_of, store as grants};
use crate::platform::areas;
use crate::platform::web::{form_token, router};
use crate::platform::{App, ids};
use crate::testing::Installation;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::civil::date;
use sha2::{Digest as _, Sha256};
use tower::ServiceExt as _;

/// A password that is long enough.
const PASSWORD: &str = "correct horse battery";

const AREAS: &str =
    "code,parent_code,kind,name_kk,name_ru,name_en,zone,valid_from,valid_until,edition,note
KZ,,country,Қазақстан,Казахстан,Kazakhstan,Asia/Almaty,1991-12-16,,test,
R1,KZ,region,Бір,Один,One,Asia/Almaty,1991-12-16,,test,
D1,R1,district,Бір-бір,Один-один,One-one,Asia/Almaty,1991-12-16,,test,
P1,D1,precinct,Бір-бір-бір,Участок 1,Precinct 1,Asia/Almaty,1991-12-16,,test,
R2,KZ,region,Екі,Два,Two,Asia/Almaty,1991-12-16,,test,
D2,R2,district,Екі-екі,Два-два,Two-two,Asia/Almaty,1991-12-16,,test,
P2,D2,precinct,Екі-екі-екі,Участок 2,Precinct 2,Asia/Almaty,1991-12-16,,test,
";

/// The site on an empty installation with a few areas.
struct Site {
    place: Installation,
    router: Router,
}

/// What came back.
#[derive(Debug)]
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    /// True for the way to the sign-in page.
    fn asks_to_sign_in(&self) -> bool {
        self.status == StatusCode::UNAUTHORIZED
            || self.status == StatusCode::SEE_OTHER
                && self.header(header::LOCATION).starts_with("/sign-in")
    }
}

/// Somebody with a browser.
#[derive(Clone, Debug, Default)]
struct Visitor {
    cookie: String,
    csrf: String,
    account_id: String,
    login: String,
}

impl Site {
    async fn new() -> Self {
        let place = Installation::new().await;
        areas::import_csv(&place.operator(), AREAS.as_bytes(), false)
            .await
            .unwrap();
        Self::on(place)
    }

    /// The site on an installation that another room's tests have filled.
    fn on(place: Installation) -> Self {
        let router = router(&place.app, crate::routes());
        Self { place, router }
    }

    fn app(&self) -> &App {
        &self.place.app
    }

    async fn area(&self, code: &str) -> String {
        let mut reader = self.app().read().await.unwrap();
        areas::by_code(&mut reader, code, date(2023, 11, 5))
            .await
            .unwrap()
            .unwrap()
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let streams = head
            .headers
            .get(header::CONTENT_TYPE)
            .is_some_and(|v| v == "text/event-stream");
        // A live stream never ends.
        let bytes = if streams {
            Vec::new().into()
        } else {
            to_bytes(body, 64 * 1024 * 1024).await.unwrap()
        };
        Answer {
            status: head.status,
            headers: head.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    async fn get(&self, who: &Visitor, path: &str) -> Answer {
        self.send(who.request(Method::GET, path).body(Body::empty()).unwrap())
            .await
    }

    /// Sends a form as a browser would, with the token of the visitor's session.
    async fn post(&self, who: &Visitor, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut fields: Vec<(&str, &str)> = fields.to_vec();
        if !who.csrf.is_empty() && !fields.iter().any(|(name, _)| *name == "csrf") {
            fields.push(("csrf", &who.csrf));
        }
        self.post_raw(who, path, &serde_urlencoded::to_string(fields).unwrap())
            .await
    }

    async fn post_raw(&self, who: &Visitor, path: &str, body: &str) -> Answer {
        let request = who
            .request(Method::POST, path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body.to_owned()));
        self.send(request.unwrap()).await
    }

    /// Somebody with an office in an area (by its code), signed in. An empty role holds no office.
    async fn holder(&self, role: &str, area: &str) -> Visitor {
        let person = ids::new_id();
        let login = format!("u-{}", ids::random_id());
        let area = self.area(area).await;
        let acting = self.place.operator();
        let mut tx = acting.begin().await.unwrap();
        tx.execute(
            "insert into person (id, name_kk, name_ru, name_en, folded, sex, birth_year, synthetic, created_at)
             values ($1, $2, $2, $2, $2, 'female', 1980, true, 0)",
            bind![&person, "Айгүл <b>Сынақ</b> & \"Co\""],
        )
        .await
        .unwrap();
        if !role.is_empty() {
            grants::add_grant(
                &mut tx,
                &person,
                role,
                &area,
                date(2020, 1, 1),
                None,
                "test",
            )
            .await
            .unwrap();
        }
        let account = accounts::create(&mut tx, &acting, &person, &login, PASSWORD, false)
            .await
            .unwrap();
        let token = sessions_of::begin(&mut tx, &account.id, "test", self.app().clock.wall())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        Visitor::with_token(self.app(), &token, account.id, login)
    }

    /// How many acts are on record.
    async fn acts(&self) -> i64 {
        let mut reader = self.app().read().await.unwrap();
        reader
            .one("select count(*) as n from audit_record", bind![])
            .await
            .unwrap()
            .int("n")
            .unwrap()
    }
}

impl Visitor {
    fn nobody() -> Self {
        Self::default()
    }

    fn with_token(app: &App, token: &str, account_id: String, login: String) -> Self {
        let session = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(token.as_bytes()));
        Self {
            cookie: format!("tandau-session={token}"),
            csrf: form_token(&app.secret, &session),
            account_id,
            login,
        }
    }

    fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "tandau.test");
        if self.cookie.is_empty() {
            request
        } else {
            request.header(header::COOKIE, &self.cookie)
        }
    }
}
