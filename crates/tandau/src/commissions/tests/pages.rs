use super::*;
use crate::platform::access::{accounts, sessions};
use crate::platform::web::{form_token, router};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use tower::ServiceExt as _;

/// A reader of pages, signed in or not.
pub(crate) struct Browser<'a> {
    place: &'a Installation,
    session: Option<(String, String)>,
}

impl<'a> Browser<'a> {
    pub(crate) const fn public(place: &'a Installation) -> Self {
        Self {
            place,
            session: None,
        }
    }

    /// Somebody with an account of their own.
    pub(crate) async fn signed_in(place: &'a Installation, person: &str) -> Self {
        let acting = place.operator();
        let mut tx = acting.begin().await.unwrap();
        let login: String = person
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(20)
            .collect();
        let account = accounts::create(&mut tx, &acting, person, &login, "a long password", false)
            .await
            .unwrap();
        let now = place.app.clock.wall();
        let token = sessions::begin(&mut tx, &account.id, "test", now)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let session = sessions::resume(&place.app, &token).await.unwrap().unwrap();
        let form = form_token(&place.app.secret, &session.id);
        Self {
            place,
            session: Some((token, form)),
        }
    }

    fn cookie(&self) -> String {
        match &self.session {
            Some((token, _)) => format!("tandau-session={token}; __Host-tandau-session={token}"),
            None => String::new(),
        }
    }

    pub(crate) async fn get(&self, path: &str) -> (StatusCode, String) {
        let request = Request::get(path).header("cookie", self.cookie());
        self.send(request.body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
        let mut pairs = fields.to_vec();
        if let Some((_, form)) = &self.session {
            pairs.push(("csrf", form));
        }
        let body = serde_urlencoded::to_string(pairs).unwrap();
        let request = Request::post(path)
            .header("cookie", self.cookie())
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    async fn send(&self, request: Request<Body>) -> (StatusCode, String) {
        let answer = router(&self.place.app, crate::routes())
            .oneshot(request)
            .await
            .unwrap();
        let status = answer.status();
        let location = answer
            .headers()
            .get("location")
            .map(|v| v.to_str().unwrap().to_owned());
        let bytes = axum::body::to_bytes(answer.into_body(), 4_000_000)
            .await
            .unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        (status, location.unwrap_or(text))
    }
}

#[tokio::test]
async fn anybody_reads_the_chain_a_commission_and_a_decision() {
    let chain = Chain::new().await;
    let browser = Browser::public(&chain.place);
    let (status, text) = browser.get("/commissions?lang=en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Central Election Commission") && text.contains("Karaganda Region"));
    let (status, text) = browser
        .get(&format!("/commissions/{}?lang=ru", chain.aktogay))
        .await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Территориальная избирательная комиссия: Актогайский район"));
    assert!(text.contains("353600000 0") && text.contains("председатель"));
    assert!(!text.contains("/office/"), "no office links for the public");
    let path = format!("/commissions/{}?lang=kk&as_of=2020-01-01", chain.aktogay);
    let (_, text) = browser.get(&path).await;
    assert!(text.contains("Аумақтық сайлау комиссиясы: Ақтоғай ауданы"));
    assert!(!text.contains("353600000 0"));
    let (status, text) = browser
        .get(&format!("/decisions/{}?lang=en", chain.act))
        .await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Maslikhat") && text.contains("No. 1/1 of 10"));
}

#[tokio::test]
async fn odd_addresses_are_answered_calmly() {
    let chain = Chain::new().await;
    let browser = Browser::public(&chain.place);
    for (path, status) in [
        ("/commissions/none", 404),
        ("/commissions/%00", 404),
        ("/commissions/..%2F..%2Fetc", 404),
        ("/decisions/1'--", 404),
        ("/commissions?as_of=yesterday", 422),
        ("/commissions?as_of=9999-99-99", 422),
        ("/stations/none", 404),
        ("/areas/none", 404),
        ("/files/none", 404),
        ("/stations?page=-1&q=%25%25", 200),
        ("/stations?page=99999999999999999999", 200),
    ] {
        assert_eq!(browser.get(path).await.0.as_u16(), status, "{path}");
    }
}

#[tokio::test]
async fn a_name_with_markup_is_only_a_name() {
    let chain = Chain::new().await;
    let acting = chain.place.operator();
    let mut tx = acting.begin().await.unwrap();
    let new = NewAct {
        body: Names::new("<b>", "<b>", "<script>alert(1)</script>"),
        area_id: areas::by_code(&mut tx, "KZ", SEATED)
            .await
            .unwrap()
            .unwrap(),
        kind: "other",
        number: "\"><img src=x>".to_owned(),
        decided_on: SEATED,
        title: Names::new("<i>", "<i>", "<i onload=x>"),
        text: "<script>".to_owned(),
        file_id: None,
        election_id: None,
        contest_id: None,
    };
    let id = record_act_in(&mut tx, &acting, new).await.unwrap();
    tx.commit().await.unwrap();
    let (_, text) = Browser::public(&chain.place)
        .get(&format!("/decisions/{id}?lang=en"))
        .await;
    assert!(
        !text.contains("<script>alert") && !text.contains("<img") && !text.contains("<i onload")
    );
}

#[tokio::test]
async fn the_office_seats_ends_and_records_by_forms() {
    let chain = Chain::new().await;
    let members = format!("/office/commissions/{}/members", chain.aktogay);
    assert_eq!(
        Browser::public(&chain.place).get(&members).await.0,
        StatusCode::SEE_OTHER
    );
    let neighbour = chain.holder(&chain.osakarov, Office::Chair).await;
    let neighbour = Browser::signed_in(&chain.place, neighbour.person()).await;
    assert_eq!(neighbour.get(&members).await.0, StatusCode::FORBIDDEN);

    let higher = chain.holder(&chain.region, Office::Secretary).await;
    let higher = Browser::signed_in(&chain.place, higher.person()).await;
    let (status, text) = higher.get(&members).await;
    assert_eq!(status, StatusCode::OK, "{text}");
    let seat = {
        let mut reader = chain.place.app.read().await.unwrap();
        let today = chain.place.app.today();
        let found = crate::commissions::queries::composition(&mut reader, &chain.aktogay, today);
        found.await.unwrap().pop().unwrap()
    };
    let end = format!("{members}/{}/end", seat.id);
    let (status, _) = higher
        .post(&end, &[("end_decision", ""), ("last_day", "")])
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [
        ("end_decision", chain.ending.as_str()),
        ("last_day", "2023-11-05"),
        ("reason", "moved_away"),
    ];
    let (status, to) = higher.post(&end, &fields).await;
    assert_eq!(
        (status, to.contains("done=member-ended")),
        (StatusCode::SEE_OTHER, true),
        "{to}"
    );
    let other = format!(
        "/office/commissions/{}/members/{}/end",
        chain.osakarov, seat.id
    );
    assert_eq!(higher.post(&other, &fields).await.0, StatusCode::NOT_FOUND);

    let mut fields = vec![
        ("name_kk", "Жаңа Мүше"),
        ("name_ru", "Новый Член"),
        ("name_en", "New Member"),
        ("sex", "female"),
        ("birth_year", "1990"),
        ("office", "member"),
        ("nominator", "association"),
        ("organisation", ""),
        ("decision", chain.act.as_str()),
        ("valid_from", ""),
    ];
    let (status, text) = higher.post(&members, &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Жаңа Мүше"), "what was typed stays");
    fields.pop();
    fields.push(("valid_from", "2023-11-06"));
    let (status, to) = higher.post(&members, &fields).await;
    assert_eq!(
        (status, to.contains("done=member-seated")),
        (StatusCode::SEE_OTHER, true),
        "{to}"
    );

    let new = format!("/office/commissions/{}/decisions/new", chain.aktogay);
    let own = chain.holder(&chain.aktogay, Office::Secretary).await;
    let own = Browser::signed_in(&chain.place, own.person()).await;
    let mut fields = vec![
        ("kind", "other"),
        ("number", "77"),
        ("decided_on", "2023-11-06"),
        ("title_kk", "Т"),
        ("title_ru", "Т"),
        ("title_en", "T"),
        ("text", "1."),
        ("present", "6"),
        ("votes_against", "0"),
        ("votes_for", "3"),
    ];
    let (status, text) = own.post(&new, &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("href=\"#votes_for\""));
    fields.pop();
    fields.push(("votes_for", "6"));
    let (status, to) = own.post(&new, &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    assert!(to.starts_with("/decisions/"));
    let path = format!("{}?lang=en", to.split('?').next().unwrap());
    let (_, text) = Browser::public(&chain.place).get(&path).await;
    assert!(text.contains("6 of 7"), "{text}");
    assert_eq!(higher.get(&new).await.0, StatusCode::FORBIDDEN);
}
