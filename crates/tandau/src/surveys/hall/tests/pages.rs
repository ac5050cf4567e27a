//! What phones, the projector and the host see.

use super::phone::Phone;
use super::{GOOD, Kind, survey};
use crate::commissions::tests::Browser;
use crate::surveys::{actions, queries};
use crate::testing::Installation;
use axum::http::StatusCode;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write as _;

fn packed(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}

/// Everything a browser fetches on its first visit, packed, with a generous sum for headers.
#[tokio::test]
async fn a_first_visit_weighs_under_thirty_kilobytes() {
    let home = Installation::new().await;
    let code = survey(&home, "s", Kind::default()).await;
    let mut phone = Phone::new(&home, &code);
    for lang in ["kk", "ru", "en"] {
        let page = phone.join(lang).await;
        let text = page.text();
        let mut weight = packed(&page.bytes) + 800;
        let mut fetched = 0;
        for part in text.split("/assets/").skip(1) {
            let name = part.split('"').next().unwrap();
            assert!(
                !name.starts_with("app.") && !name.contains("font"),
                "{name}"
            );
            let asset = phone.get(&format!("/assets/{name}")).await;
            assert_eq!(asset.status, StatusCode::OK, "{name}");
            assert!(
                !asset.text().contains("@font-face"),
                "{name} asks for a font"
            );
            weight += packed(&asset.bytes) + 500;
            fetched += 1;
        }
        assert_eq!(fetched, 3, "sheet, script, icon");
        assert!(weight < 30_000, "{lang}: {weight}");
        assert!(
            !text.contains("style=") && !text.contains("<style"),
            "{lang}"
        );
    }
}

#[tokio::test]
async fn one_form_counts_once_without_scripts() {
    let home = Installation::new().await;
    let code = survey(&home, "s", Kind::default()).await;
    let mut phone = Phone::new(&home, &code);
    let page = phone.join("ru").await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.text();
    assert!(text.contains("lang=\"ru\"") && text.contains("Отправить ответы"));
    assert!(
        text.contains("не проверяется"),
        "it is said that nobody is held to one answer"
    );
    assert!(
        text.contains("direct-р &lt;b&gt;") || text.contains("direct-р &#60;b&#62;"),
        "{text}"
    );
    assert!(phone.cookie.starts_with(&format!("tandau-s-{code}=")));
    let cookie = page
        .headers
        .get_all("set-cookie")
        .iter()
        .map(|v| v.to_str().unwrap().to_owned());
    let ours = cookie
        .into_iter()
        .find(|c| c.starts_with("tandau-s-"))
        .unwrap();
    assert!(
        ours.contains("HttpOnly")
            && ours.contains("SameSite=Lax")
            && ours.contains(&format!("Path=/s/{code};")),
        "{ours}"
    );

    let wrong = phone
        .post("q.direct=yes&q.first=roads&q.order.honest=2", false)
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = wrong.text();
    assert!(
        text.contains("href=\"#q.order\"") && text.contains("value=\"yes\" checked"),
        "what was typed stays"
    );
    let done = phone.post(GOOD, false).await;
    assert_eq!(done.status, StatusCode::OK);
    assert!(
        done.text().contains("Your answers are counted"),
        "{}",
        done.text()
    );
    let again = phone.post(&GOOD.replace("yes", "no"), false).await;
    assert_eq!(again.status, StatusCode::OK);
    assert!(again.text().contains("They had arrived before"));
    assert!(
        !phone.join("en").await.text().contains("<form"),
        "the page knows it too"
    );
    let mut reader = home.app.read().await.unwrap();
    assert_eq!(queries::live(&mut reader, "s").await.unwrap().answered, 1);
}

#[tokio::test]
async fn a_script_hears_short_words() {
    let home = Installation::new().await;
    let code = survey(&home, "s", Kind::default()).await;
    let mut phone = Phone::new(&home, &code);
    phone.join("en").await;
    let wrong = phone.post("q.direct=yes", true).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.header("content-type"), "application/problem+json");
    let fields: Vec<String> = wrong.json()["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["field"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(fields, ["q.first", "q.informed", "q.order"]);
    let taken = phone.post(GOOD, true).await;
    assert_eq!(
        (taken.status, taken.json()["state"].as_str()),
        (StatusCode::OK, Some("taken"))
    );
    let again = phone.post(GOOD, true).await;
    assert_eq!(
        (again.status, again.json()["state"].as_str()),
        (StatusCode::OK, Some("again"))
    );
}

#[tokio::test]
async fn a_card_counts_once_on_any_phone() {
    let home = Installation::new().await;
    let code = survey(
        &home,
        "s",
        Kind {
            tokens: true,
            ..Kind::default()
        },
    )
    .await;
    let tokens = actions::make_tokens(&home.operator(), "s", 2)
        .await
        .unwrap();
    let mut phone = Phone::new(&home, &code);
    let page = phone.join("en").await.text();
    assert!(page.contains("Each card counts once") && !page.contains("is not enforced"));
    let with = |token: &str| format!("{GOOD}&token={token}");
    assert_eq!(
        phone.post(GOOD, true).await.json()["errors"][0]["field"],
        "token"
    );
    for forged in ["ABCDEFGHJK", "2222222222", "<script>", &tokens[0][..9]] {
        let refused = phone.post(&with(forged), true).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{forged}");
        assert_eq!(refused.json()["errors"][0]["field"], "token");
    }
    let typed = format!("{}-{}", &tokens[0][..5], tokens[0][5..].to_lowercase());
    assert_eq!(
        phone.post(&with(&typed), true).await.json()["state"],
        "taken"
    );
    let other = Phone::new(&home, &code);
    assert_eq!(
        other.post(&with(&tokens[0]), true).await.json()["state"],
        "again"
    );
    assert_eq!(
        phone.post(&with(&tokens[1]), true).await.json()["state"],
        "taken",
        "a phone that goes round"
    );
    assert!(phone.join("en").await.text().contains("<form"));
}

#[tokio::test]
async fn states_are_said_to_whoever_waits() {
    let home = Installation::new().await;
    let code = survey(
        &home,
        "s",
        Kind {
            draft: true,
            ..Kind::default()
        },
    )
    .await;
    let mut phone = Phone::new(&home, &code);
    assert!(phone.join("kk").await.text().contains("өздігінен шығады"));
    assert_eq!(phone.word("", "reading").await.json()["state"], "draft");
    assert_eq!(phone.post(GOOD, true).await.status, StatusCode::CONFLICT);
    actions::open(&home.operator(), "s").await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(250)).await;
    assert_eq!(phone.word("", "reading").await.json()["state"], "open");
    assert_eq!(phone.post(GOOD, true).await.json()["state"], "taken");
    actions::close(&home.operator(), "s").await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(250)).await;
    let late = Phone::new(&home, &code)
        .get(&format!("/s/{code}?lang=en"))
        .await
        .text();
    assert!(late.contains("The survey is closed") && late.contains("href=\"/surveys/s\""));
    let small = phone.get(&format!("/s/{}", code.to_lowercase())).await;
    assert_eq!(
        (small.status, small.header("location")),
        (StatusCode::SEE_OTHER, format!("/s/{code}").as_str())
    );
    assert_eq!(phone.get("/s/ZZZZZZ").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_projector_shows_what_may_be_shown() {
    let home = Installation::new().await;
    let hidden = survey(&home, "hidden", Kind::default()).await;
    let live = survey(
        &home,
        "live",
        Kind {
            live: true,
            ..Kind::default()
        },
    )
    .await;
    let wall = Phone::new(&home, &live);
    for (code, answers, tables) in [
        (&hidden, 12, 0),
        (&live, 14, 0),
        (&live, 1, 3),
        (&live, 4, 3),
    ] {
        for _ in 0..answers {
            let mut phone = Phone::new(&home, code);
            phone.join("en").await;
            assert_eq!(phone.post(GOOD, true).await.json()["state"], "taken");
        }
        tokio::time::sleep(std::time::Duration::from_millis(250)).await;
        let page = wall.get(&format!("/s/{code}/screen?lang=en")).await.text();
        let seen = page.matches("<table").count();
        assert!(
            if tables == 0 {
                seen == 0
            } else {
                seen >= tables
            },
            "{code}: {seen}"
        );
        assert!(
            page.contains("class=\"tandau-qr\"") && page.contains(&format!("tandau.test/s/{code}"))
        );
    }
    let now = wall.get(&format!("/s/{live}/live?lang=en")).await.json();
    assert_eq!(now["texts"]["answered"], "19");
    assert_eq!(
        now["version"], "open.0.10",
        "figures stay those of the last step"
    );
    let page = wall.get(&format!("/s/{live}/screen?lang=en")).await.text();
    assert!(
        page.contains("Figures of the first 10 answers") && !page.contains(">19</td>"),
        "{page}"
    );
    actions::set_present(&home.operator(), "hidden", 40)
        .await
        .unwrap();
    actions::close(&home.operator(), "hidden").await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(250)).await;
    let page = wall
        .get(&format!("/s/{hidden}/screen?lang=ru"))
        .await
        .text();
    assert!(
        page.contains("class=\"chart chart--wide\"") && page.contains("75,7–100,0\u{a0}%"),
        "{page}"
    );
    assert!(!page.contains("tandau-qr"), "nobody can join any more");
    assert!(page.contains("30,0\u{a0}%"), "12 of 40 present: {page}");
}

#[tokio::test]
async fn the_host_sees_phones_opens_and_closes() {
    let home = Installation::new().await;
    let code = survey(
        &home,
        "s",
        Kind {
            draft: true,
            ..Kind::default()
        },
    )
    .await;
    let acting = home.operator();
    let mut tx = acting.begin().await.unwrap();
    tx.execute(
        "insert into person (id, name_kk, name_ru, name_en, folded, sex, birth_year, synthetic, created_at)
            values ('host', 'Host', 'Host', 'Host', 'host', 'female', 1980, true, 0)",
        crate::bind![],
    )
    .await
    .unwrap();
    let country = crate::platform::areas::country(&mut tx)
        .await
        .unwrap()
        .unwrap();
    let since = jiff::civil::date(2020, 1, 1);
    crate::platform::access::store::add_grant(
        &mut tx,
        "host",
        "central.secretary",
        &country,
        since,
        None,
        "test",
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let host = Browser::signed_in(&home, "host").await;
    let phones = [
        Phone::new(&home, &code),
        Phone::new(&home, &code),
        Phone::new(&home, &code),
    ];
    let mut places = Vec::new();
    for phone in &phones {
        places.push(
            phone.word("", "reading").await.json()["place"]
                .as_str()
                .unwrap()
                .to_owned(),
        );
    }
    phones[0].word(&places[0], "failing").await;
    assert_eq!(
        phones[1].word(&places[1], "").await.status,
        StatusCode::NO_CONTENT,
        "one left"
    );
    let (status, text) = host.get("/office/surveys/s/hall/live?lang=en").await;
    assert_eq!(status, StatusCode::OK);
    let now: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (&now["texts"]["connected"], &now["texts"]["failing"]),
        (&"2".into(), &"1".into()),
        "{text}"
    );

    let base = "/office/surveys/s/hall";
    let (status, text) = host
        .post(&format!("{base}/present?lang=en"), &[("present", "many")])
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("href=\"#present\"") && text.contains("value=\"many\""));
    let (status, to) = host
        .post(&format!("{base}/present"), &[("present", "540")])
        .await;
    assert_eq!(
        (status, to.as_str()),
        (
            StatusCode::SEE_OTHER,
            "/office/surveys/s/hall?done=hall-present"
        )
    );
    let (status, to) = host.post(&format!("{base}/open"), &[]).await;
    assert_eq!(
        (status, to.as_str()),
        (
            StatusCode::SEE_OTHER,
            "/office/surveys/s/hall?done=hall-opened"
        )
    );
    let (_, text) = host.get(&format!("{base}?lang=en&done=hall-opened")).await;
    assert!(
        text.contains("The survey is open.") && text.contains("of 540 people present"),
        "{text}"
    );
    let (status, text) = host.post(&format!("{base}/close?lang=en"), &[]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("href=\"#sure\""));
    let (status, _) = host
        .post(&format!("{base}/close"), &[("sure", "yes")])
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, _) = Browser::public(&home).get(base).await;
    assert!(status == StatusCode::SEE_OTHER || status == StatusCode::UNAUTHORIZED);
}
