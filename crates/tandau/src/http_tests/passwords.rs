//! One's own password: a handed-over one opens nothing but its change; lost ones are mended, and each act is on record.

use super::sessions::{code, sign_in, token};
use super::{Answer, PASSWORD, Site, Visitor};
use crate::bind;
use crate::platform::access::accounts_office::{self, Handed};
use crate::platform::web::Guard;
use axum::http::{StatusCode, header};

const NEW: &str = "seven horses, one cart";

/// An account made by somebody else for a chair of D1.
async fn handed(site: &Site) -> Handed {
    let chair = site.holder("district.chair", "D1").await;
    let person = {
        let mut reader = site.app().read().await.unwrap();
        let sql = "select person_id from account where id = $1";
        let row = reader.one(sql, bind![&chair.account_id]).await.unwrap();
        row.text("person_id").unwrap()
    };
    accounts_office::create(&site.place.operator(), &person, "new.owner")
        .await
        .unwrap()
}

async fn enter(site: &Site, handed: &Handed) -> Visitor {
    let login = &handed.account.login;
    let right = code(site, login, 0).await;
    let answer = sign_in(site, &Visitor::nobody(), login, &handed.password, &right).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    visitor(site, &answer, handed)
}

fn visitor(site: &Site, answer: &Answer, handed: &Handed) -> Visitor {
    Visitor::with_token(
        site.app(),
        &token(answer).expect("a session"),
        handed.account.id.clone(),
        handed.account.login.clone(),
    )
}

/// The code of the key that the session was shown.
async fn offered_code(site: &Site, who: &Visitor) -> String {
    let page = site.get(who, "/office/password").await;
    assert_eq!(page.status, StatusCode::OK);
    let mut reader = site.app().read().await.unwrap();
    let sql = "select new_secret from session where account_id = $1 and new_secret is not null and ended_at is null";
    let row = reader.one(sql, bind![&who.account_id]).await.unwrap();
    let totp = totp_rs::Builder::new()
        .with_secret(row.bytes("new_secret").unwrap())
        .with_account_name("x")
        .build()
        .unwrap();
    let typed = totp.secret().to_base32();
    assert!(
        page.body.replace(' ', "").contains(&typed),
        "the key is shown"
    );
    let now = u64::try_from(site.app().clock.wall().as_second()).unwrap();
    totp.generate(now).to_string()
}

async fn change(site: &Site, who: &Visitor, old: &str, new: &str, code: &str) -> Answer {
    let fields = [("old", old), ("new", new), ("again", new), ("code", code)];
    site.post(who, "/office/password", &fields).await
}

async fn events(site: &Site, event: &str, account: &str) -> i64 {
    let mut reader = site.app().read().await.unwrap();
    let sql = "select count(*) as n from audit_record where event = $1 and kind = 'account' and object = $2";
    let row = reader.one(sql, bind![event, account]).await.unwrap();
    row.int("n").unwrap()
}

#[tokio::test]
async fn a_handed_over_password_opens_nothing_but_its_change() {
    let site = Site::new().await;
    let handed = handed(&site).await;
    let who = enter(&site, &handed).await;
    let mut walked = 0;
    for route in crate::routes().list() {
        let path = route.path.replace(['{', '}'], "");
        let answer = match (route.guard, route.method) {
            (Guard::SignedIn | Guard::Power(_), "GET") => site.get(&who, &path).await,
            (Guard::SignedIn | Guard::Power(_), _) => site.post(&who, &path, &[]).await,
            _ => continue,
        };
        walked += 1;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        assert_eq!(
            answer.header(header::LOCATION),
            "/office/password",
            "{path}"
        );
    }
    assert!(walked > 20, "{walked}");
    // What everybody may read stays open, and so does the way out.
    assert_eq!(site.get(&who, "/").await.status, StatusCode::OK);
    let out = site.post(&who, "/sign-out", &[]).await;
    assert!(out.header(header::LOCATION).starts_with("/?"));
}

#[tokio::test]
async fn the_first_change_takes_password_and_key_over() {
    let site = Site::new().await;
    let handed = handed(&site).await;
    let who = enter(&site, &handed).await;
    let elsewhere = {
        let right = code(&site, &who.login, 1).await;
        let nobody = Visitor::nobody();
        let answer = sign_in(&site, &nobody, &who.login, &handed.password, &right).await;
        visitor(&site, &answer, &handed)
    };
    let shown = offered_code(&site, &who).await;
    assert_eq!(
        offered_code(&site, &who).await,
        shown,
        "a reload keeps the key"
    );
    let old_code = code(&site, &who.login, 0).await;
    for (new, code) in [
        ("short", shown.as_str()),
        ("password-2023", &shown),
        ("new.owner is me", &shown),
        (&handed.password, &shown),
        (NEW, "000000"),
        (NEW, ""),
        (NEW, &old_code),
    ] {
        let answer = change(&site, &who, &handed.password, new, code).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{new} {code}"
        );
        assert!(!answer.body.contains(NEW) && !answer.body.contains(&handed.password));
    }
    assert_eq!(
        events(&site, "account.password_changed", &who.account_id).await,
        0
    );
    let answer = change(&site, &who, &handed.password, NEW, &shown).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let after = visitor(&site, &answer, &handed);
    assert_eq!(site.get(&after, "/office").await.status, StatusCode::OK);
    for over in [&who, &elsewhere] {
        assert!(site.get(over, "/office/sessions").await.asks_to_sign_in());
    }
    assert_eq!(
        events(&site, "account.password_changed", &who.account_id).await,
        1
    );
    // What the administrator knew opens nothing; the code that confirmed the key opens nothing twice.
    let nobody = Visitor::nobody();
    let next = code(&site, &who.login, 1).await;
    for (password, code) in [
        (handed.password.as_str(), next.as_str()),
        (NEW, &old_code),
        (NEW, &shown),
    ] {
        let answer = sign_in(&site, &nobody, &who.login, password, code).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let answer = sign_in(&site, &nobody, &who.login, NEW, &next).await;
    assert_eq!(answer.header(header::LOCATION), "/office?signed-in=1");
}

#[tokio::test]
async fn a_password_is_changed_at_any_time() {
    let site = Site::new().await;
    let who = site.holder("district.chair", "D1").await;
    let page = site.get(&who, "/office/password").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("otpauth"), "the key stays");
    let wrong = change(&site, &who, "not my password", NEW, "").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("old", PASSWORD), ("new", NEW), ("again", PASSWORD)];
    let differs = site.post(&who, "/office/password", &fields).await;
    assert_eq!(differs.status, StatusCode::UNPROCESSABLE_ENTITY);
    let same = change(&site, &who, PASSWORD, PASSWORD, "").await;
    assert_eq!(same.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = change(&site, &who, PASSWORD, NEW, "").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let right = code(&site, &who.login, 0).await;
    let answer = sign_in(&site, &Visitor::nobody(), &who.login, NEW, &right).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_open_phone_is_no_way_to_guess_the_password() {
    let site = Site::new().await;
    let who = site.holder("district.chair", "D1").await;
    for _ in 0..5 {
        let answer = change(&site, &who, "not my password", NEW, "").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let answer = change(&site, &who, PASSWORD, NEW, "").await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
}

/// What the page shows behind a label, between the tags.
fn shown(body: &str) -> Vec<String> {
    body.split("class=\"tandau-code\">")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn an_administrator_resets_and_unlocks() {
    let site = Site::new().await;
    let admin = site.holder("administrator", "KZ").await;
    let who = site.holder("district.chair", "D1").await;
    let nobody = Visitor::nobody();
    for _ in 0..5 {
        sign_in(&site, &nobody, &who.login, "wrong wrong wrong", "000000").await;
    }
    assert!(
        site.get(&admin, "/office/accounts?lang=en")
            .await
            .body
            .contains("Unlock")
    );
    let unlock = format!("/office/accounts/{}/unlock", who.account_id);
    assert_eq!(
        site.post(&admin, &unlock, &[]).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(
        !site
            .get(&admin, "/office/accounts?lang=en")
            .await
            .body
            .contains("Unlock")
    );
    let right = code(&site, &who.login, 0).await;
    let answer = sign_in(&site, &nobody, &who.login, PASSWORD, &right).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);

    let reset = format!("/office/accounts/{}/reset", who.account_id);
    let answer = site.post(&admin, &reset, &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    let told = shown(&answer.body);
    assert_eq!(told[0], who.login);
    assert!(site.get(&who, "/office/sessions").await.asks_to_sign_in());
    let next = code(&site, &who.login, 0).await;
    let old = sign_in(&site, &nobody, &who.login, PASSWORD, &next).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = sign_in(&site, &nobody, &who.login, &told[1], &next).await;
    let token = token(&answer).expect("the new password and the new key open");
    let back = Visitor::with_token(
        site.app(),
        &token,
        who.account_id.clone(),
        who.login.clone(),
    );
    let office = site.get(&back, "/office").await;
    assert_eq!(office.header(header::LOCATION), "/office/password");
    for event in ["account.unlocked", "account.reset"] {
        assert_eq!(events(&site, event, &who.account_id).await, 1, "{event}");
    }
}

#[tokio::test]
async fn only_an_administrator_of_the_place_resets() {
    let site = Site::new().await;
    let who = site.holder("district.chair", "D1").await;
    let elsewhere = site.holder("administrator", "R2").await;
    let chair = site.holder("central.chair", "KZ").await;
    let admin = site.holder("administrator", "KZ").await;
    for act in ["reset", "unlock"] {
        let path = format!("/office/accounts/{}/{act}", who.account_id);
        for visitor in [&elsewhere, &chair, &who] {
            let answer = site.post(visitor, &path, &[]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{act}");
        }
        let path = format!("/office/accounts/none-such/{act}");
        let answer = site.post(&admin, &path, &[]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    let own = format!("/office/accounts/{}/reset", admin.account_id);
    assert_eq!(
        site.post(&admin, &own, &[]).await.status,
        StatusCode::CONFLICT
    );
    let close = format!("/office/accounts/{}/disable", who.account_id);
    assert_eq!(
        site.post(&admin, &close, &[]).await.status,
        StatusCode::SEE_OTHER
    );
    let closed = format!("/office/accounts/{}/reset", who.account_id);
    assert_eq!(
        site.post(&admin, &closed, &[]).await.status,
        StatusCode::CONFLICT
    );
    assert_eq!(events(&site, "account.reset", &who.account_id).await, 0);
}
