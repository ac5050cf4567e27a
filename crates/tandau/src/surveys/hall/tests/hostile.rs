//! Bad input from the room: refused or harmless.

use super::phone::Phone;
use super::{GOOD, Kind, survey};
use crate::surveys::queries;
use crate::testing::Installation;
use axum::http::StatusCode;

async fn answered(home: &Installation) -> u64 {
    let mut reader = home.app.read().await.unwrap();
    queries::live(&mut reader, "s").await.unwrap().answered
}

#[tokio::test]
async fn one_device_a_thousand_times_counts_once() {
    let home = Installation::new().await;
    let code = survey(&home, "s", Kind::default()).await;
    let mut phone = Phone::new(&home, &code);
    phone.join("en").await;
    let mut said = std::collections::BTreeMap::new();
    for _ in 0..1_000 {
        let reply = phone.post(GOOD, true).await;
        if reply.status == StatusCode::TOO_MANY_REQUESTS {
            assert!(reply.header("retry-after").parse::<u64>().unwrap() >= 1);
        }
        *said.entry(reply.status.as_u16()).or_insert(0) += 1;
    }
    assert!(said[&429] > 800, "{said:?}");
    assert_eq!(said.keys().copied().collect::<Vec<_>>(), [200, 429]);
    assert_eq!(answered(&home).await, 1);
}

#[tokio::test]
async fn what_fits_no_question_is_refused_by_its_field() {
    let home = Installation::new().await;
    let code = survey(&home, "s", Kind::default()).await;
    let mut phone = Phone::new(&home, &code);
    phone.join("en").await;
    let spoiled = |from: &str, to: &str| GOOD.replace(from, to);
    for (body, field) in [
        (spoiled("q.direct=yes", "q.direct=maybe"), "q.direct"),
        (spoiled("q.direct=yes", "q.direct=%3Cscript%3E"), "q.direct"),
        (
            spoiled("q.first=work", "q.first=work&q.first=water"),
            "q.first",
        ),
        (spoiled("informed=4", "informed=6"), "q.informed"),
        (spoiled("informed=4", "informed=-1"), "q.informed"),
        (spoiled("informed=4", "informed=%F0%9F%98%80"), "q.informed"),
        (
            spoiled("informed=4", "informed=99999999999999999999"),
            "q.informed",
        ),
        (spoiled("skilled=1", "skilled=2"), "q.order"),
        (spoiled("skilled=1", "skilled=0"), "q.order"),
        (
            spoiled("words=", &format!("words={}", "x".repeat(301))),
            "q.words",
        ),
        (String::new(), "q.direct"),
    ] {
        let reply = phone.post(&body, true).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        let json = reply.json();
        let fields: Vec<&str> = json["errors"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|e| e["field"].as_str())
            .collect();
        assert!(fields.contains(&field), "{body}: {fields:?}");
    }
    let megabyte = spoiled("words=", &format!("words={}", "x".repeat(1_000_000)));
    for json in [true, false] {
        assert_eq!(
            phone.post(&megabyte, json).await.status,
            StatusCode::PAYLOAD_TOO_LARGE
        );
    }
    let control = spoiled("words=", "words=%00%1b");
    assert_eq!(
        phone.post(&control, true).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(answered(&home).await, 0, "nothing of all this counts");
}

#[tokio::test]
async fn words_of_any_script_are_harmless() {
    let home = Installation::new().await;
    let code = survey(&home, "s", Kind::default()).await;
    let said = "<script>alert(1)</script> \u{202e}كلمة 😀 \"'&";
    let encoded: String = said.bytes().map(|b| format!("%{b:02X}")).collect();
    let mut phone = Phone::new(&home, &code);
    phone.join("en").await;
    // Sent back to be mended, it stands in the page as text.
    let body = format!("q.words={encoded}");
    let text = phone.post(&body, false).await.text();
    assert!(
        !text.contains("<script>alert") && text.contains("كلمة 😀"),
        "{text}"
    );
    let body = GOOD.replace("words=", &format!("words={encoded}"));
    assert_eq!(phone.post(&body, true).await.json()["state"], "taken");
    let page = phone.get(&format!("/s/{code}/screen")).await.text();
    assert!(!page.contains("كلمة"), "nobody sees it before it was read");
}

#[tokio::test]
async fn forged_cookies_words_and_hosts_do_nothing() {
    let home = Installation::new().await;
    let code = survey(&home, "s", Kind::default()).await;
    let mut phone = Phone::new(&home, &code);
    // Without a cookie an answer could count twice: it is asked for, and given with the page.
    let reply = phone.post(GOOD, true).await;
    assert_eq!(reply.json()["errors"][0]["field"], "cookie");
    let reply = phone.post(GOOD, false).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.header("set-cookie").starts_with("tandau-s-"));
    for forged in ["x", "", "AAAAAAAAAAAAAAAAAAAAA+", &"A".repeat(5_000)] {
        phone.cookie = format!("tandau-s-{code}={forged}");
        assert_eq!(
            phone.post(GOOD, true).await.json()["errors"][0]["field"],
            "cookie",
            "{forged}"
        );
    }
    phone.cookie.clear();
    for (was, now) in [
        ("zzz", "reading"),
        ("1.2.x", "done"),
        ("ffffffffff.1.r", "failing"),
    ] {
        assert_eq!(phone.word(was, now).await.status, StatusCode::OK, "{was}");
    }
    assert_eq!(
        phone.word("", "voting").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        phone.word(&"x".repeat(300), "reading").await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    for path in [
        "/s/%3Cb%3E",
        "/s/../etc",
        "/s/AAAAAAAAAAAAAAAAAAAA/screen",
        "/s/%F0%9F%98%80/live",
    ] {
        assert_eq!(
            phone.get(path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    assert_eq!(answered(&home).await, 0);
}
