//! Signing in: tokens are new, codes work once, guessing ends in a lock.

use super::{Answer, PASSWORD, Site, Visitor};
use crate::bind;
use crate::platform::access::sessions::IDLE_LIMIT;
use crate::platform::access::tries;
use axum::http::{StatusCode, header};

/// Codes of neighbouring time steps, as an authenticator app shows them.
pub(super) async fn code(site: &Site, login: &str, step: i64) -> String {
    let mut reader = site.app().read().await.unwrap();
    let row = reader
        .one(
            "select totp_secret from account where login = $1",
            bind![login],
        )
        .await
        .unwrap();
    let totp = totp_rs::Builder::new()
        .with_secret(row.bytes("totp_secret").unwrap())
        .with_account_name("x")
        .build()
        .unwrap();
    let now = site.app().clock.wall().as_second() / 30 + step;
    totp.generate(u64::try_from(now * 30).unwrap()).to_string()
}

pub(super) async fn sign_in(
    site: &Site,
    who: &Visitor,
    login: &str,
    password: &str,
    code: &str,
) -> Answer {
    site.post(
        who,
        "/sign-in",
        &[("login", login), ("password", password), ("code", code)],
    )
    .await
}

/// The token in the cookie that an answer sets.
pub(super) fn token(answer: &Answer) -> Option<String> {
    let cookies = answer.headers.get_all(header::SET_COOKIE);
    cookies.iter().find_map(|v| {
        let (name, rest) = v.to_str().unwrap().split_once('=')?;
        (name == "tandau-session").then(|| rest.split(';').next().unwrap().to_owned())
    })
}

#[tokio::test]
async fn a_token_from_before_is_never_taken_over() {
    let site = Site::new().await;
    let login = site.holder("district.chair", "D1").await.login;
    let planted = Visitor {
        cookie: "tandau-session=planted-by-somebody-else".to_owned(),
        ..Visitor::default()
    };
    let answer = sign_in(
        &site,
        &planted,
        &login,
        PASSWORD,
        &code(&site, &login, 0).await,
    )
    .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let token = token(&answer).expect("a new token");
    assert_ne!(token, "planted-by-somebody-else");
    assert!(token.len() >= 43, "256 bits");
    assert!(
        site.get(&planted, "/office/sessions")
            .await
            .asks_to_sign_in(),
        "the planted token opens nothing"
    );
    let cookie = answer.header(header::SET_COOKIE);
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"),
        "{cookie}"
    );
}

#[tokio::test]
async fn every_sign_in_and_sign_out_ends_the_token_before() {
    let site = Site::new().await;
    let first = site.holder("district.chair", "D1").await;
    assert_eq!(
        site.get(&first, "/office/sessions").await.status,
        StatusCode::OK
    );
    let answer = sign_in(
        &site,
        &first,
        &first.login,
        PASSWORD,
        &code(&site, &first.login, 0).await,
    )
    .await;
    let second = Visitor::with_token(
        site.app(),
        &token(&answer).unwrap(),
        first.account_id.clone(),
        first.login.clone(),
    );
    assert!(
        site.get(&first, "/office/sessions").await.asks_to_sign_in(),
        "the old token is over"
    );
    assert_eq!(
        site.get(&second, "/office/sessions").await.status,
        StatusCode::OK
    );
    let out = site.post(&second, "/sign-out", &[]).await;
    assert_eq!(out.status, StatusCode::SEE_OTHER);
    assert!(
        site.get(&second, "/office/sessions")
            .await
            .asks_to_sign_in()
    );
}

#[tokio::test]
async fn a_code_works_once() {
    let site = Site::new().await;
    let login = site.holder("district.chair", "D1").await.login;
    let nobody = Visitor::nobody();
    let now = code(&site, &login, 0).await;
    let before = code(&site, &login, -1).await;
    assert_eq!(
        sign_in(&site, &nobody, &login, PASSWORD, &now).await.status,
        StatusCode::SEE_OTHER
    );
    for replayed in [&now, &before] {
        let answer = sign_in(&site, &nobody, &login, PASSWORD, replayed).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(token(&answer).is_none());
    }
    let next = code(&site, &login, 1).await;
    assert_eq!(
        sign_in(&site, &nobody, &login, PASSWORD, &next)
            .await
            .status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn guessing_ends_in_a_lock() {
    let site = Site::new().await;
    let login = site.holder("district.chair", "D1").await.login;
    let nobody = Visitor::nobody();
    let mut told = Vec::new();
    for _ in 0..5 {
        let answer = sign_in(&site, &nobody, &login, "wrong wrong wrong", "000000").await;
        told.push(answer.status);
    }
    assert_eq!(told, [StatusCode::UNPROCESSABLE_ENTITY; 5]);
    let right = code(&site, &login, 0).await;
    let answer = sign_in(&site, &nobody, &login, PASSWORD, &right).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    let seconds: u64 = answer.header(header::RETRY_AFTER).parse().unwrap();
    assert!((1..=900).contains(&seconds));
    // After the lock the right password opens again.
    let over = site
        .app()
        .clock
        .wall()
        .checked_sub(tries::LOCKED_FOR)
        .unwrap();
    let mut tx = site.place.operator().begin().await.unwrap();
    tx.execute(
        "update sign_in_try set last_at = $2 where login_key = $1",
        bind![tries::key(&site.app().secret, &login), over],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let right = code(&site, &login, 1).await;
    assert_eq!(
        sign_in(&site, &nobody, &login, PASSWORD, &right)
            .await
            .status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn tries_side_by_side_do_not_slip_past_the_lock() {
    let site = Site::new().await;
    let login = site.holder("district.chair", "D1").await.login;
    let right = code(&site, &login, 0).await;
    let nobody = Visitor::nobody();
    // The one writer is held here: the try sees an open account, checks the password, and waits its turn…
    let mut tx = site.place.operator().begin().await.unwrap();
    let pending = sign_in(&site, &nobody, &login, PASSWORD, &right);
    let locking = async {
        tokio::time::sleep(std::time::Duration::from_millis(800)).await;
        // …while others' failures lock it.
        let (key, now) = (
            tries::key(&site.app().secret, &login),
            site.app().clock.wall(),
        );
        for _ in 0..tries::TRIES {
            tries::failed(&mut tx, &key, now).await.unwrap();
        }
        tx.commit().await.unwrap();
    };
    let (answer, ()) = tokio::join!(pending, locking);
    assert!(token(&answer).is_none(), "{}", answer.status);
    // The code was not used up by the try that was refused.
    let mut tx = site.place.operator().begin().await.unwrap();
    tries::unlock(&mut tx, &tries::key(&site.app().secret, &login))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let answer = sign_in(&site, &nobody, &login, PASSWORD, &right).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_login_that_does_not_exist_is_answered_the_same() {
    let site = Site::new().await;
    let login = site.holder("district.chair", "D1").await.login;
    let nobody = Visitor::nobody();
    let wrong = sign_in(&site, &nobody, &login, "wrong wrong wrong", "000000").await;
    let unknown = sign_in(
        &site,
        &nobody,
        "nobody-has-this",
        "wrong wrong wrong",
        "000000",
    )
    .await;
    assert_eq!(wrong.status, unknown.status);
    assert_eq!(
        wrong.body.replace(&login, "LOGIN"),
        unknown.body.replace("nobody-has-this", "LOGIN")
    );
}

#[tokio::test]
async fn a_lock_does_not_tell_which_logins_exist() {
    let site = Site::new().await;
    let login = site.holder("district.chair", "D1").await.login;
    let nobody = Visitor::nobody();
    let mut told: Vec<Vec<(StatusCode, String)>> = Vec::new();
    for name in [login.as_str(), "nobody-has-this"] {
        let mut answers = Vec::new();
        for _ in 0..7 {
            let answer = sign_in(&site, &nobody, name, "wrong wrong wrong", "000000").await;
            let waits = !answer.header(header::RETRY_AFTER).is_empty();
            assert_eq!(waits, answer.status == StatusCode::TOO_MANY_REQUESTS);
            answers.push((answer.status, answer.body.replace(name, "LOGIN")));
        }
        told.push(answers);
    }
    assert_eq!(told[0], told[1]);
    let locked = StatusCode::TOO_MANY_REQUESTS;
    assert_eq!(told[1].iter().filter(|a| a.0 == locked).count(), 2);
    // Nothing that was typed is kept.
    let mut reader = site.app().read().await.unwrap();
    let rows = reader
        .all("select login_key from sign_in_try", bind![])
        .await
        .unwrap();
    assert_eq!(rows.len(), 2);
    assert!(
        rows.iter()
            .all(|r| r.text("login_key").unwrap().len() == 64)
    );
}

#[tokio::test]
async fn tries_are_forgotten_with_the_lock() {
    let site = Site::new().await;
    let now = site.app().clock.wall();
    let before = now.checked_sub(tries::LOCKED_FOR).unwrap();
    let mut tx = site.place.operator().begin().await.unwrap();
    for key in 0..50 {
        tries::failed(&mut tx, &format!("{key}"), before)
            .await
            .unwrap();
    }
    tries::failed(&mut tx, "new", now).await.unwrap();
    let left = tx
        .one("select count(*) as n from sign_in_try", bind![])
        .await
        .unwrap();
    assert_eq!(left.int("n").unwrap(), 1);
}

#[tokio::test]
async fn a_session_ends_by_itself() {
    let site = Site::new().await;
    let who = site.holder("district.chair", "D1").await;
    let set = |column: &'static str| {
        let at = site
            .app()
            .clock
            .wall()
            .checked_sub(IDLE_LIMIT)
            .unwrap()
            .as_microsecond()
            - 1_000_000;
        (column, at)
    };
    let (sql, at) = set("update session set seen_at = $2 where account_id = $1");
    let mut tx = site.place.operator().begin().await.unwrap();
    tx.execute(sql, bind![&who.account_id, at]).await.unwrap();
    tx.commit().await.unwrap();
    assert!(
        site.get(&who, "/office/sessions").await.asks_to_sign_in(),
        "idle for too long"
    );

    let who = site.holder("district.chair", "D1").await;
    let (sql, _) = set("update session set created_at = $2 where account_id = $1");
    let mut tx = site.place.operator().begin().await.unwrap();
    tx.execute(sql, bind![&who.account_id, 0_i64])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert!(
        site.get(&who, "/office/sessions").await.asks_to_sign_in(),
        "older than any session may be"
    );

    let who = site.holder("district.chair", "D1").await;
    let mut tx = site.place.operator().begin().await.unwrap();
    tx.execute(
        "update account set disabled_at = 1 where id = $1",
        bind![&who.account_id],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    assert!(
        site.get(&who, "/office/sessions").await.asks_to_sign_in(),
        "the account was closed"
    );
}

#[tokio::test]
async fn nobody_ends_the_session_of_another() {
    let site = Site::new().await;
    let who = site.holder("district.chair", "D1").await;
    let other = site.holder("administrator", "KZ").await;
    let mut reader = site.app().read().await.unwrap();
    let id = reader
        .one(
            "select token_hash from session where account_id = $1",
            bind![&who.account_id],
        )
        .await
        .unwrap()
        .text("token_hash")
        .unwrap();
    drop(reader);
    let path = format!("/office/sessions/{id}/end");
    assert_eq!(
        site.post(&other, &path, &[]).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        site.get(&who, "/office/sessions").await.status,
        StatusCode::OK
    );
    assert_eq!(
        site.post(&who, &path, &[]).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(site.get(&who, "/office/sessions").await.asks_to_sign_in());
}

#[tokio::test]
async fn signing_in_leads_nowhere_else() {
    let site = Site::new().await;
    for next in [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "\u{430}/office",
        "",
    ] {
        let login = site.holder("district.chair", "D1").await.login;
        let right = code(&site, &login, 0).await;
        let fields = [
            ("login", login.as_str()),
            ("password", PASSWORD),
            ("code", &right),
            ("next", next),
        ];
        let answer = site.post(&Visitor::nobody(), "/sign-in", &fields).await;
        assert_eq!(
            answer.header(header::LOCATION),
            "/office?signed-in=1",
            "{next}"
        );
    }
}
