//! State bodies on record, and accounts of their officers from the making to the end.

use super::world::Office;
use crate::commissions::tests::Browser;
use crate::organisations::{self, queries};
use crate::platform::Error;
use crate::platform::access::accounts_office;
use axum::http::StatusCode;

const OFFICER: &[(&str, &str)] = &[
    ("kind", "energy"),
    ("area_code", "d1"),
    ("name_kk", "Сынақ Айгүл"),
    ("name_ru", "Сынак Айгуль"),
    ("name_en", "Synaq Aigul"),
    ("sex", "female"),
    ("birth_year", "1985"),
    ("login", "energy.d1"),
];

fn with<'a>(field: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    OFFICER
        .iter()
        .map(|(name, old)| (*name, if *name == field { value } else { *old }))
        .collect()
}

#[tokio::test]
async fn an_administrator_makes_an_officer_and_ends_it() {
    let office = Office::new().await;
    let home = &office.world.home;
    let admin = Browser::signed_in(home, "root").await;
    let path = "/office/accounts/officer?lang=en";
    assert_eq!(admin.get(path).await.0, StatusCode::OK);
    for (field, value) in [
        ("kind", "wizard"),
        ("area_code", "nowhere"),
        ("name_ru", " "),
        ("sex", "x"),
        ("birth_year", "19"),
        ("birth_year", "99999"),
        ("login", "Not A Login"),
    ] {
        let (status, text) = admin.post(path, &with(field, value)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {value}");
        assert!(
            text.contains(&format!("href=\"#{field}\"")),
            "{field}: {text}"
        );
    }
    let (status, made) = admin.post(path, OFFICER).await;
    assert_eq!(status, StatusCode::OK, "{made}");
    assert!(
        made.contains("energy.d1") && made.contains("otpauth://"),
        "{made}"
    );
    let (_, list) = admin.get("/office/accounts?lang=en").await;
    assert!(
        list.contains("Officer of power and heat supply (d1)"),
        "{list}"
    );
    let (status, _) = admin.post(path, OFFICER).await;
    assert_eq!(
        status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the login is taken"
    );

    let mut reader = home.app.read().await.unwrap();
    let accounts = accounts_office::list(&home.app, &mut reader).await.unwrap();
    let account = accounts
        .into_iter()
        .find(|a| a.login == "energy.d1")
        .unwrap();
    let held = accounts_office::offices(&mut reader, home.app.today())
        .await
        .unwrap();
    let held: Vec<_> = held
        .iter()
        .filter(|h| h.person_id == account.person_id)
        .collect();
    assert_eq!(held.len(), 1);
    assert_eq!(held[0].role.as_str(), "body.energy");
    drop(reader);
    let close = format!("/office/accounts/{}/disable", account.id);
    assert_eq!(admin.post(&close, &[]).await.0, StatusCode::SEE_OTHER);
    let mut reader = home.app.read().await.unwrap();
    let held = accounts_office::offices(&mut reader, home.app.today())
        .await
        .unwrap();
    assert!(
        held.iter().all(|h| h.person_id != account.person_id),
        "the office is over"
    );
}

#[tokio::test]
async fn others_make_no_officers_and_no_bodies() {
    let office = Office::new().await;
    for person in ["d1-chair", "akimat-one", "region-secretary"] {
        let browser = Browser::signed_in(&office.world.home, person).await;
        for (path, fields) in [
            ("/office/accounts/officer", OFFICER),
            ("/office/state-bodies", OFFICER),
        ] {
            assert_eq!(
                browser.get(path).await.0,
                StatusCode::FORBIDDEN,
                "{person} {path}"
            );
            assert_eq!(
                browser.post(path, fields).await.0,
                StatusCode::FORBIDDEN,
                "{person} {path}"
            );
        }
    }
}

#[tokio::test]
async fn bodies_go_on_record_by_page_and_by_file() {
    let office = Office::new().await;
    let admin = Browser::signed_in(&office.world.home, "root").await;
    let path = "/office/state-bodies?lang=en";
    let (status, to) = admin.post(path, OFFICER).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    let (status, text) = admin.post(path, OFFICER).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("already on record in this area"), "{text}");
    let (_, page) = admin.get("/office/state-bodies?q=d1&lang=en").await;
    assert!(
        page.contains("Synaq Aigul") && !page.contains("Akimat of the region"),
        "{page}"
    );

    let acting = office.operator();
    let file = "kind,area_code,name_kk,name_ru,name_en\npolice,d1,П,П,P\npolice,d2,П,П,P\n";
    let dry = organisations::import::import_csv(&acting, file.as_bytes(), true)
        .await
        .unwrap();
    let taken = organisations::import::import_csv(&acting, file.as_bytes(), false)
        .await
        .unwrap();
    assert_eq!((dry, taken), (2, 2));
    let mut reader = office.world.home.app.read().await.unwrap();
    assert_eq!(queries::bodies(&mut reader, "", 50).await.unwrap().len(), 5);
    drop(reader);
    let faulty = "kind,area_code,name_kk,name_ru,name_en\npolice,d1,П,П,P\nwizard,d2,П,П,P\nenergy,d9,П,П,P\nhealth,d2,,П,P\n";
    match organisations::import::import_csv(&acting, faulty.as_bytes(), false).await {
        Err(Error::Invalid(problems)) => {
            let told: Vec<_> = problems.iter().map(|p| p.field.as_str()).collect();
            assert_eq!(
                told,
                [
                    "row 2 (police d1): area_code",
                    "row 3 (wizard d2): kind",
                    "row 4 (energy d9): area_code",
                    "row 5 (health d2): name_kk"
                ]
            );
        }
        other => panic!("{other:?}"),
    }
}
