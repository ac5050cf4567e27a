//! The inbox over HTTP: what a phone may send, in which order, how much, and what it is told.

use super::{Answer, Site, Visitor};
use crate::platform::areas;
use crate::platform::files::tests::{jpeg, pdf};
use crate::platform::inbox::tests::{KIND, notes, place};
use crate::platform::{App, ids};
use axum::body::Body;
use axum::http::{HeaderName, Method, StatusCode, header};
use serde_json::{Value, json};
use std::time::Duration;

async fn site() -> Site {
    let place = place().await;
    areas::import_csv(&place.operator(), super::AREAS.as_bytes(), false)
        .await
        .unwrap();
    Site::on(place)
}

struct Phone<'s> {
    site: &'s Site,
    who: Visitor,
    person: String,
}

impl<'s> Phone<'s> {
    async fn of(site: &'s Site) -> Self {
        let who = site.holder("precinct.secretary", "P1").await;
        let answer = site.get(&who, "/office/inbox/hello").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let hello: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(hello["csrf"], who.csrf.as_str());
        assert_eq!(hello["office"], "precinct.secretary");
        assert_eq!(hello["forms"][KIND], "3");
        let person = hello["person"].as_str().unwrap().to_owned();
        assert_eq!(
            answer.header(HeaderName::from_static("tandau-person")),
            person
        );
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
        Self { site, who, person }
    }

    fn envelope(&self, text: &str) -> Value {
        json!({
            "id": ids::random_id(), "kind": KIND, "made_at": "2023-11-06T05:00:00Z", "person": self.person,
            "fields": {"text": text}, "files": {}
        })
    }

    async fn post(&self, body: &str) -> Answer {
        let request = self
            .who
            .request(Method::POST, "/office/inbox")
            .header(header::CONTENT_TYPE, "application/json")
            .header("x-csrf-token", &self.who.csrf)
            .body(Body::from(body.to_owned()))
            .unwrap();
        self.site.send(request).await
    }

    /// Sends envelopes by the phone's own clock.
    async fn send_at(&self, sent_at: &str, envelopes: &[Value]) -> Vec<Value> {
        let body = json!({"sent_at": sent_at, "envelopes": envelopes}).to_string();
        let answer = self.post(&body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let mut read: Value = serde_json::from_str(&answer.body).unwrap();
        serde_json::from_value(read["answers"].take()).unwrap()
    }

    async fn send(&self, envelopes: &[Value]) -> Vec<Value> {
        let now = self.app().clock.now().to_string();
        self.send_at(&now, envelopes).await
    }

    async fn photo(&self, id: &str, bytes: Vec<u8>) -> Answer {
        let request = self
            .who
            .request(Method::POST, "/office/inbox/files")
            .header("x-file-id", id)
            .header(header::CONTENT_LENGTH, bytes.len())
            .header("x-csrf-token", &self.who.csrf)
            .body(Body::from(bytes))
            .unwrap();
        self.site.send(request).await
    }

    const fn app(&self) -> &App {
        &self.site.place.app
    }
}

fn states(answers: &[Value]) -> Vec<&str> {
    answers
        .iter()
        .map(|a| a["state"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn each_envelope_is_taken_by_itself() {
    let site = site().await;
    let phone = Phone::of(&site).await;
    let mut foreign = phone.envelope("x");
    foreign["person"] = json!("somebody-else");
    let mut unknown = phone.envelope("x");
    unknown["kind"] = json!("none");
    let mut odd = phone.envelope("x");
    odd["id"] = json!("1");
    let queue = [
        phone.envelope("one"),
        phone.envelope(""),
        phone.envelope("forbidden"),
        phone.envelope("conflict"),
        foreign,
        unknown,
        odd,
        phone.envelope("two"),
        phone.envelope("fault"),
        phone.envelope("three"),
    ];
    let answers = phone.send(&queue).await;
    assert_eq!(
        states(&answers),
        [
            "taken", "again", "refused", "refused", "refused", "again", "again", "taken", "later",
            "later"
        ]
    );
    assert_eq!(answers[0]["taken"]["message"], "noted: one");
    assert_eq!(answers[1]["problems"][0]["field"], "text");
    assert_eq!(answers[3]["message"], "somebody was faster");
    for (sent, answer) in queue.iter().zip(&answers) {
        assert_eq!(sent["id"], answer["id"]);
    }
    // The same queue again: what was taken is not taken twice.
    let again = phone.send(&queue).await;
    assert_eq!(again[..9], answers[..9]);
    assert_eq!(notes(phone.app()).await.len(), 2);
    // Another person's phone with the same envelope.
    let other = Phone::of(&site).await;
    let mut copied = queue[0].clone();
    copied["person"] = json!(other.person);
    assert_eq!(states(&other.send(&[copied]).await), ["refused"]);
}

#[tokio::test]
async fn a_phone_whose_clock_is_wrong_reports_at_the_right_time() {
    let site = site().await;
    let phone = Phone::of(&site).await;
    let now = phone.app().clock.now();
    for hours in [-24_i64, 0, 24, 24 * 400] {
        let wrong = now
            .checked_add(jiff::SignedDuration::from_hours(hours))
            .unwrap();
        let made = wrong
            .checked_sub(jiff::SignedDuration::from_mins(90))
            .unwrap();
        let mut one = phone.envelope(&format!("h{hours}"));
        one["made_at"] = json!(made.to_string());
        let answers = phone.send_at(&wrong.to_string(), &[one]).await;
        assert_eq!(states(&answers), ["taken"]);
    }
    let noted = notes(phone.app()).await;
    assert_eq!(noted.len(), 4);
    for note in noted {
        // Noon less an hour and a half, however late the test runs.
        assert!(note.contains("2023-11-06T04:3"), "{note}");
    }
}

#[tokio::test]
async fn photos_come_ahead_and_are_kept_once() {
    let site = site().await;
    let phone = Phone::of(&site).await;
    let id = ids::random_id();
    let mut one = phone.envelope("with a photo");
    one["files"] = json!({"photo.a": [id]});
    let answers = phone.send(&[one.clone(), phone.envelope("after")]).await;
    assert_eq!(states(&answers), ["later", "later"]);
    assert_eq!(answers[0]["missing"], json!([id]));
    for _ in 0..2 {
        let answer = phone.photo(&id, jpeg()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    }
    let mut reader = phone.app().read().await.unwrap();
    let row = reader
        .one("select count(*) as n from stored_file", vec![])
        .await
        .unwrap();
    assert_eq!(row.int("n").unwrap(), 1);
    drop(reader);
    let other = Phone::of(&site).await;
    assert_eq!(
        other.photo(&id, jpeg()).await.status,
        StatusCode::CONFLICT,
        "another person's mark"
    );
    let mut stolen = one.clone();
    stolen["person"] = json!(other.person);
    stolen["id"] = json!(ids::random_id());
    assert_eq!(
        states(&other.send(&[stolen]).await),
        ["later"],
        "another person's photo is none"
    );
    assert_eq!(states(&phone.send(&[one]).await), ["taken"]);
    assert!(notes(phone.app()).await[0].starts_with("with a photo 1 "));
}

/// A picture of one colour: next to nothing to send, very much to decode.
fn bomb(side: u32) -> Vec<u8> {
    use std::io::Write as _;
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8; 4], data: &[u8]| {
        png.extend_from_slice(&u32::try_from(data.len()).unwrap().to_be_bytes());
        let body = [&kind[..], data].concat();
        png.extend_from_slice(&body);
        let mut crc = flate2::Crc::new();
        crc.update(&body);
        png.extend_from_slice(&crc.sum().to_be_bytes());
    };
    let side_bytes = side.to_be_bytes();
    chunk(
        b"IHDR",
        &[&side_bytes[..], &side_bytes, &[8, 6, 0, 0, 0]].concat(),
    );
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let line = vec![0; usize::try_from(side).unwrap() * 4 + 1];
    for _ in 0..side {
        packer.write_all(&line).unwrap();
    }
    chunk(b"IDAT", &packer.finish().unwrap());
    chunk(b"IEND", b"");
    png
}

#[tokio::test]
async fn hostile_and_broken_photos_are_refused_with_the_reason() {
    let site = site().await;
    let phone = Phone::of(&site).await;
    let whole = jpeg();
    let mut html = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00".to_vec();
    html.extend_from_slice(b"<script>alert(1)</script>");
    let large = 50 * 1024 * 1024;
    let bomb = bomb(9_000);
    assert!(bomb.len() < 4 * 1024 * 1024, "{}", bomb.len());
    // Somebody else is writing all the while: a photo is judged without the writer.
    let writing = phone.app().database.begin().await.unwrap();
    for (name, bytes, status) in [
        ("50 MB", vec![0xff; large], StatusCode::PAYLOAD_TOO_LARGE),
        (
            "page",
            b"<html></html>".to_vec(),
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
        (
            "program",
            b"MZ\x90\x00".to_vec(),
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
        ("nothing", Vec::new(), StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (
            "cut off",
            whole[..whole.len() / 2].to_vec(),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        ("a page as a photo", html, StatusCode::UNPROCESSABLE_ENTITY),
        ("bomb", bomb, StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let id = ids::random_id();
        let answer = tokio::time::timeout(Duration::from_secs(60), phone.photo(&id, bytes)).await;
        let answer = answer.expect(name);
        assert_eq!(answer.status, status, "{name}: {}", answer.body);
        assert_eq!(
            answer.header(header::CONTENT_TYPE),
            "application/problem+json",
            "{name}"
        );
        let problem: Value = serde_json::from_str(&answer.body).unwrap();
        let told = problem["detail"].as_str().unwrap();
        assert!(told.len() > 20, "{name}: {told}");
        if status == StatusCode::UNPROCESSABLE_ENTITY {
            assert!(problem["errors"][0]["message"].as_str().unwrap().len() > 20);
        }
    }
    drop(writing);
    // A photo that is something else as well stays a photo and nothing else.
    let mut both = whole.clone();
    both.extend_from_slice(b"PK\x03\x04 <script>alert(1)</script>");
    let id = ids::random_id();
    assert_eq!(phone.photo(&id, both).await.status, StatusCode::OK);
    let mut one = phone.envelope("x");
    one["files"] = json!({"p": [id]});
    assert_eq!(states(&phone.send(&[one]).await), ["taken"]);
    let mut reader = phone.app().read().await.unwrap();
    let row = reader
        .one("select max(id) as id from stored_file", vec![])
        .await
        .unwrap();
    let files = &phone.app().files;
    let file = files
        .find(&mut reader, &row.text("id").unwrap())
        .await
        .unwrap();
    let kept = files.bytes(&file).await.unwrap();
    assert!(!kept.windows(6).any(|w| w == b"script"));
    assert_eq!(
        phone.photo(&ids::random_id(), pdf()).await.status,
        StatusCode::OK,
        "a paper is fine too"
    );
    assert_eq!(
        phone.photo("../../x", jpeg()).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn a_thousand_requests_in_a_second_are_too_many() {
    let site = site().await;
    let phone = Phone::of(&site).await;
    let body = json!({"sent_at": "2023-11-06T06:00:00Z", "envelopes": []}).to_string();
    let mut refused = 0;
    for _ in 0..1_000 {
        let answer = phone.post(&body).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            refused += 1;
            assert_eq!(answer.header(header::RETRY_AFTER), "1");
            let problem: Value = serde_json::from_str(&answer.body).unwrap();
            let told = problem["detail"].as_str().unwrap();
            assert!(!told.contains("15"), "not the words of the sign-in page");
        } else {
            assert_eq!(answer.status, StatusCode::OK);
        }
    }
    assert!(refused > 500, "{refused}");
    let other = Phone::of(&site).await;
    assert_eq!(other.post(&body).await.status, StatusCode::OK);
}

#[tokio::test]
async fn rubbish_is_refused_and_noted_nowhere() {
    let site = site().await;
    let phone = Phone::of(&site).await;
    let many: Vec<Value> = (0..51).map(|_| phone.envelope("x")).collect();
    let now = phone.app().clock.now().to_string();
    let nested = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
    for (name, body, status) in [
        ("empty", String::new(), 422),
        ("half", "{\"sent_at\":".to_owned(), 422),
        ("nested", nested, 422),
        ("list", "[]".to_owned(), 422),
        (
            "no time",
            json!({"sent_at": "yesterday", "envelopes": []}).to_string(),
            422,
        ),
        (
            "a field more",
            json!({"sent_at": now, "envelopes": [], "x": 1}).to_string(),
            422,
        ),
        (
            "many",
            json!({"sent_at": now, "envelopes": many}).to_string(),
            413,
        ),
        ("long", "a".repeat(300_000), 413),
    ] {
        let answer = phone.post(&body).await;
        assert_eq!(answer.status.as_u16(), status, "{name}: {}", answer.body);
    }
    let mut control = phone.envelope("a\u{0}b");
    control["fields"]["b\u{7}"] = json!("x");
    let mut long = phone.envelope("x");
    long["fields"]["long"] = json!("a".repeat(20_001));
    let answers = phone.send(&[control, long]).await;
    assert_eq!(states(&answers), ["again", "refused"]);
    assert!(notes(phone.app()).await.is_empty());
}

#[tokio::test]
async fn only_our_own_page_may_send() {
    let site = site().await;
    let phone = Phone::of(&site).await;
    let body = json!({"sent_at": "2023-11-06T06:00:00Z", "envelopes": [phone.envelope("x")]});
    for (path, token, from, status) in [
        ("/office/inbox", "", "same-origin", StatusCode::FORBIDDEN),
        (
            "/office/inbox",
            "wrong",
            "same-origin",
            StatusCode::FORBIDDEN,
        ),
        (
            "/office/inbox/files",
            "",
            "same-origin",
            StatusCode::FORBIDDEN,
        ),
        (
            "/office/inbox",
            &phone.who.csrf,
            "cross-site",
            StatusCode::FORBIDDEN,
        ),
    ] {
        let request = phone
            .who
            .request(Method::POST, path)
            .header(header::CONTENT_TYPE, "application/json")
            .header("sec-fetch-site", from)
            .header("x-csrf-token", token)
            .body(Body::from(body.to_string()))
            .unwrap();
        assert_eq!(site.send(request).await.status, status, "{path} {token}");
    }
    let request = phone
        .who
        .request(Method::POST, "/office/inbox")
        .header(header::CONTENT_TYPE, "text/plain")
        .header("x-csrf-token", &phone.who.csrf)
        .body(Body::from(body.to_string()))
        .unwrap();
    assert_eq!(
        site.send(request).await.status,
        StatusCode::UNSUPPORTED_MEDIA_TYPE
    );
    // Nobody is signed in: the phone is told so, and not sent elsewhere.
    let nobody = Visitor::nobody();
    let answer = site.get(&nobody, "/office/inbox/hello").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(
        answer.header(header::CONTENT_TYPE),
        "application/problem+json"
    );
    assert!(notes(phone.app()).await.is_empty());
}

#[tokio::test]
async fn what_a_phone_installs_holds_nothing_of_anybody() {
    let site = site().await;
    let nobody = Visitor::nobody();
    let worker = site.get(&nobody, "/office/worker.js").await;
    assert_eq!(worker.status, StatusCode::OK);
    assert_eq!(
        worker.header(HeaderName::from_static("service-worker-allowed")),
        "/office"
    );
    assert_eq!(worker.header(header::CACHE_CONTROL), "no-cache");
    let mut names = Vec::new();
    for lang in ["kk", "ru", "en"] {
        let answer = site
            .get(
                &nobody,
                &format!("/office/manifest.webmanifest?lang={lang}"),
            )
            .await;
        let manifest: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(manifest["lang"], lang);
        assert_eq!(
            answer.header(header::SET_COOKIE),
            "",
            "a file chooses nothing"
        );
        names.push(manifest["name"].clone());
        for icon in manifest["icons"].as_array().unwrap() {
            let picture = site.get(&nobody, icon["src"].as_str().unwrap()).await;
            assert_eq!(picture.status, StatusCode::OK, "{icon}");
        }
    }
    names.dedup();
    assert_eq!(names.len(), 3);
    let phone = Phone::of(&site).await;
    let page = site.get(&phone.who, "/office/offline").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("data-offline-panel=\"{"));
    assert!(
        page.body
            .contains(&format!("data-person=\"{}\"", phone.person))
    );
    let page = site.get(&nobody, "/sign-in").await;
    assert!(!page.body.contains("data-offline-panel"));
    assert!(!page.body.contains("offline.js"));
}
