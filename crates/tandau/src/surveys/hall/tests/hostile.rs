//! Bad input from the room: refused or harmless.

use super::phone::Phone;
use super::{GOOD, Kind, survey};
use crate::surveys::hall::Halls;
use crate::surveys::{actions, queries};
use crate::testing::Installation;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

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
        let problem = phone.post(GOOD, true).await.json();
        assert_eq!(problem["errors"][0]["field"], "cookie", "{forged}");
    }
    phone.cookie.clear();
    for (was, now) in [
        ("zzz", "reading"),
        ("00000000000000001", "done"),
        ("ffffffffffffffff", "failing"),
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

#[tokio::test]
async fn a_phone_takes_nobody_elses_place() {
    let home = Installation::new().await;
    let code = survey(&home, "s", Kind::default()).await;
    let connected = || {
        let wall = home.app.clock.wall();
        let numbers = Halls::of(&home.app).presence.numbers("s", wall);
        numbers.connected
    };
    let phone = Phone::new(&home, &code);
    let mut places = Vec::new();
    for _ in 0..3 {
        let said = phone.word("", "reading").await.json();
        places.push(said["place"].as_str().unwrap().to_owned());
    }
    assert_eq!(connected(), 3);
    for _ in 0..5 {
        phone.word(&places[0], "").await;
    }
    assert_eq!(connected(), 2, "one left, however often it says so");
    let said = phone.word(&places[1], "done").await.json();
    assert_eq!(said["place"], places[1].as_str());
    assert_eq!(connected(), 2);
}

/// A device can't make up places of its own: what was not given out here for this survey is refused, with the reason.
#[tokio::test]
async fn a_cookie_is_given_and_never_made() {
    let home = Installation::new().await;
    let code = survey(&home, "s", Kind::default()).await;
    let other = survey(&home, "other", Kind::default()).await;
    let mut elsewhere = Phone::new(&home, &other);
    elsewhere.join("en").await;
    let mut phone = Phone::new(&home, &code);
    phone.join("en").await;
    let own = phone.cookie.clone();
    let value = |cookie: &str| cookie.split_once('=').unwrap().1.to_owned();
    let (mine, theirs) = (value(&own), value(&elsewhere.cookie));
    assert_eq!(mine.len(), 64, "a number and its mark");
    let bytes = |n: u8| BASE64_URL_SAFE_NO_PAD.encode([n; 48]);
    let mut made: Vec<String> = (0..40).map(bytes).collect();
    // A cookie of before there were marks, one of another survey, one number with the mark of another, halves, additions.
    made.push(BASE64_URL_SAFE_NO_PAD.encode([7; 16]));
    made.push(theirs.clone());
    made.push(format!("{}{}", &theirs[..20], &mine[20..]));
    made.push(format!(
        "{}{}",
        &mine[..63],
        if mine.ends_with('A') { 'B' } else { 'A' }
    ));
    made.push(mine[..32].to_owned());
    made.push(format!("{mine}AAAA"));
    for forged in &made {
        phone.cookie = format!("tandau-s-{code}={forged}");
        let reply = phone.post(GOOD, true).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{forged}");
        let problem = reply.json();
        assert_eq!(problem["errors"][0]["field"], "cookie", "{forged}");
        let said = problem["errors"][0]["message"].as_str().unwrap();
        assert!(said.contains("this page did not give it"), "{said}");
    }
    assert_eq!(answered(&home).await, 0);
    // Without scripts the page says the same and gives a good one; so does loading it again.
    let reply = phone.post(GOOD, false).await;
    assert!(reply.text().contains("this page did not give it"));
    assert!(reply.header("set-cookie").starts_with("tandau-s-"));
    let page = phone.join("en").await;
    assert!(phone.cookie != own && page.text().contains("<form"));
    assert_eq!(phone.post(GOOD, true).await.json()["state"], "taken");
    // Another one can be asked for: that is what the page says.
    assert!(page.text().contains("deletes the cookie of this page"));
    phone.cookie = own;
    assert_eq!(phone.post(GOOD, true).await.json()["state"], "taken");
    assert_eq!(phone.post(GOOD, true).await.json()["state"], "again");
    assert_eq!(answered(&home).await, 2);
}

#[tokio::test]
async fn a_card_counts_whatever_cookie_comes_with_it() {
    let home = Installation::new().await;
    let kind = Kind {
        tokens: true,
        ..Kind::default()
    };
    let code = survey(&home, "s", kind).await;
    let tokens = actions::make_tokens(&home.operator(), "s", 1)
        .await
        .unwrap();
    let mut phone = Phone::new(&home, &code);
    phone.cookie = format!("tandau-s-{code}=forged");
    let body = format!("{GOOD}&token={}", tokens[0]);
    assert_eq!(phone.post(&body, true).await.json()["state"], "taken");
    assert_eq!(answered(&home).await, 1);
}

#[tokio::test]
async fn a_hall_behind_one_address_answers() {
    let home = Installation::new().await;
    let code = survey(&home, "s", Kind::default()).await;
    for _ in 0..540 {
        let mut phone = Phone::new(&home, &code).at("203.0.113.7");
        phone.join("kk").await;
        assert_eq!(phone.post(GOOD, true).await.json()["state"], "taken");
    }
    assert_eq!(answered(&home).await, 540);
}
