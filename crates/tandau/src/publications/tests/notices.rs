//! What must be told is known from rules and calendar; what was told needs a proof.

use super::*;
use crate::commissions::tests::Browser;
use crate::platform::files::tests::jpeg;
use crate::publications::actions::NewTelling;
use crate::publications::model::{Standing, Telling, is_link};
use crate::publications::queries::Owed;
use axum::http::StatusCode;

fn telling(kind: &str, area: &str) -> NewTelling {
    NewTelling {
        election_id: ELECTION.to_owned(),
        kind: kind.to_owned(),
        area_id: area.to_owned(),
        seen: 0,
        telling: Telling {
            told_on: date(2023, 10, 2),
            channel: "newspaper".to_owned(),
            outlet: "Орталық, № 40".to_owned(),
            link: "https://example.kz/40".to_owned(),
        },
        proof: None,
    }
}

async fn owed(world: &World, now: &str) -> Vec<Owed> {
    let app = &world.home.app;
    let mut reader = app.read().await.unwrap();
    let (election, contests) = queries::scope(&mut reader, app, ELECTION, "d1")
        .await
        .unwrap()
        .unwrap();
    queries::owed_in(&mut reader, app, &election, &contests, None, at(now))
        .await
        .unwrap()
}

fn find<'o>(owed: &'o [Owed], kind: &str, area: &str) -> &'o Owed {
    owed.iter()
        .find(|one| one.kind == kind && one.area_id == area)
        .unwrap()
}

#[tokio::test]
async fn days_come_from_the_calendar() {
    let world = here().await;
    let all = owed(&world, NOW).await;
    // Two of the contest's commission, two of each station.
    assert_eq!(all.len(), 6);
    for (kind, area, last) in [
        ("voting_place", "st1-area", date(2023, 10, 25)),
        ("list_display", "st2-area", date(2023, 10, 20)),
        ("candidates", "d1", date(2023, 10, 15)),
    ] {
        let one = find(&all, kind, area);
        assert_eq!(one.last_day, Some(last), "{kind}");
        assert_eq!(one.standing, Standing::Open, "{kind}");
    }
    let late = owed(&world, "2023-10-26T00:00:00Z").await;
    let sums = queries::sums(&late);
    assert_eq!((sums.all, sums.told), (6, 0));
    assert_eq!(
        find(&late, "voting_place", "st1-area").standing,
        Standing::Overdue
    );
    assert_eq!(
        late[0].standing,
        Standing::Overdue,
        "what is late stands first"
    );
}

#[tokio::test]
async fn a_telling_needs_a_day_that_has_come_a_channel_and_a_proof() {
    let world = here().await;
    let own = world.secretary("st1", at(NOW));
    let good = telling("voting_place", "st1-area");
    let with = |how: &dyn Fn(&mut Telling)| {
        let mut one = good.clone();
        how(&mut one.telling);
        one
    };
    for (new, field) in [
        (with(&|t| t.told_on = date(2023, 10, 3)), "told_on"),
        (with(&|t| t.channel = "pigeon".into()), "channel"),
        (with(&|t| t.outlet = " ".into()), "outlet"),
        (with(&|t| t.link = "javascript:alert(1)".into()), "link"),
        (with(&|t| t.link = String::new()), "proof"),
    ] {
        assert_eq!(fields(actions::tell(&own, new).await.unwrap_err()), [field]);
    }
    let mut bad = good.clone();
    bad.proof = Some(b"no picture".to_vec());
    assert_eq!(
        fields(actions::tell(&own, bad).await.unwrap_err()),
        ["proof"]
    );
    for (kind, area) in [
        ("none", "st1-area"),
        ("candidates", "st1-area"),
        ("voting_place", "d1"),
    ] {
        let who = chair(&world);
        let none = actions::tell(&who, telling(kind, area)).await;
        assert!(matches!(none, Err(Error::NotFound)), "{kind} {area}");
    }
    let neighbour = world.secretary("st2", at(NOW));
    let refused = actions::tell(&neighbour, good.clone()).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))));
    actions::tell(&own, good.clone()).await.unwrap();
    let again = actions::tell(&own, good).await;
    assert!(
        matches!(again, Err(Error::Conflict(_))),
        "somebody was faster"
    );
    let all = owed(&world, NOW).await;
    let one = find(&all, "voting_place", "st1-area");
    assert_eq!((one.standing, one.told.len()), (Standing::InTime, 1));
    rows_are_vouched_for(&world).await;
}

#[tokio::test]
async fn late_is_late_and_what_was_a_mistake_is_taken_back() {
    let world = here().await;
    let now = at("2023-10-30T06:00:00Z");
    let own = world.secretary("st1", now);
    let mut new = telling("voting_place", "st1-area");
    new.telling.told_on = date(2023, 10, 26);
    actions::tell(&own, new).await.unwrap();
    let all = owed(&world, "2023-10-31T00:00:00Z").await;
    assert_eq!(
        find(&all, "voting_place", "st1-area").standing,
        Standing::Late
    );
    let notice = (ELECTION, "voting_place", "st1-area");
    let blank = actions::take_back(&own, notice, 1, 1, " ").await;
    assert_eq!(fields(blank.unwrap_err()), ["reason"]);
    let none = actions::take_back(&own, notice, 1, 2, "why").await;
    assert!(matches!(none, Err(Error::NotFound)));
    actions::take_back(&own, notice, 1, 1, "another station")
        .await
        .unwrap();
    let twice = actions::take_back(&own, notice, 2, 1, "again").await;
    assert!(matches!(twice, Err(Error::NotFound)));
    let all = owed(&world, "2023-10-31T00:00:00Z").await;
    let one = find(&all, "voting_place", "st1-area");
    assert_eq!((one.standing, one.told.len()), (Standing::Overdue, 0));
    // As of the evening before it was on record.
    let then = owed(&world, "2023-10-30T05:00:00Z").await;
    assert_eq!(find(&then, "voting_place", "st1-area").told.len(), 0);
    rows_are_vouched_for(&world).await;
}

#[tokio::test]
async fn a_proof_is_public_while_its_telling_holds() {
    let world = here().await;
    let own = world.secretary("st1", at(NOW));
    let mut new = telling("list_display", "st1-area");
    new.telling.link = String::new();
    new.proof = Some(jpeg());
    actions::tell(&own, new).await.unwrap();
    let all = owed(&world, NOW).await;
    let told = &find(&all, "list_display", "st1-area").told[0];
    let path = format!("/notices/papers/{}", told.file_id.as_ref().unwrap());
    let anybody = Browser::public(&world.home);
    assert_eq!(anybody.get(&path).await.0, StatusCode::OK);
    let notice = (ELECTION, "list_display", "st1-area");
    actions::take_back(&own, notice, 1, 1, "wrong photo")
        .await
        .unwrap();
    assert_eq!(anybody.get(&path).await.0, StatusCode::NOT_FOUND);
    assert_eq!(
        anybody.get("/notices/papers/none").await.0,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn the_office_sees_what_is_left_and_everybody_what_was_told() {
    let world = here().await;
    let office = Browser::signed_in(&world.home, "st1-secretary").await;
    let (status, page) = office.get("/office/notices?lang=en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        page.contains("/office/notices/voting_place/st1-area?election=vote-2023"),
        "{page}"
    );
    assert!(!page.contains("st2-area"), "only one's own");
    let district = Browser::signed_in(&world.home, "d1-chair").await;
    let (_, page) = district.get("/office/notices?lang=ru").await;
    assert!(page.contains("st2-area") && page.contains("/office/notices/candidates/d1"));
    let path = "/office/notices/voting_place/st1-area";
    let (status, page) = office
        .get(&format!("{path}?election=vote-2023&lang=en"))
        .await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("article 38(2)") && page.contains("enctype=\"multipart/form-data\""));
    let form = [
        ("election", "vote-2023"),
        ("seen", "0"),
        ("told_on", "2023-10-02"),
        ("channel", "board"),
        ("outlet", "=Board <b>"),
        ("link", "https://example.kz/board"),
    ];
    let wrong = form.map(|(f, v)| {
        if f == "link" {
            (f, "ftp://x.kz")
        } else {
            (f, v)
        }
    });
    let (status, page) = office.post(&format!("{path}?lang=en"), &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("href=\"#link\"") && page.contains("ftp://x.kz"));
    let (status, _) = office.post(path, &form).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, page) = office.post(&format!("{path}?lang=en"), &form).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(
        page.contains("=Board &#60;b&#62;"),
        "what was typed is kept"
    );
    let anybody = Browser::public(&world.home);
    let (status, page) = anybody.get("/notices?lang=kk").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("/notices/d1?election=vote-2023"), "{page}");
    let (status, page) = anybody.get("/notices/d1?lang=en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        page.contains("=Board &#60;b&#62;") && page.contains("told in time"),
        "{page}"
    );
    let (_, page) = anybody.get("/notices/d1?lang=en&as_of=2023-10-01").await;
    assert!(!page.contains("told in time"));
    let (status, text) = anybody.get("/notices.csv?lang=en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains(",'=Board <b>,"), "no formula: {text}");
    let (status, _) = anybody.get("/notices/zz").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let back = [
        ("election", "vote-2023"),
        ("seen", "1"),
        ("sequence", "1"),
        ("reason", "mistake"),
    ];
    let (status, _) = office.post(&format!("{path}/take-back"), &back).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = office
        .get(&format!("{path}?election=vote-2023&lang=en"))
        .await;
    assert!(page.contains("mistake"));
}

#[test]
fn an_address_is_a_page_elsewhere_and_nothing_else() {
    for good in [
        "https://example.kz",
        "http://example.kz/a?b=c#d",
        "https://тест.қаз/",
    ] {
        assert!(is_link(good), "{good}");
    }
    let long = format!("https://example.kz/{}", "a".repeat(500));
    for bad in [
        "",
        "example.kz",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "https://localhost",
        "https://example.kz/ a",
        "https://example.kz/\"onclick=",
        "https://.kz",
        &long,
    ] {
        assert!(!is_link(bad), "{bad}");
    }
}

#[tokio::test]
async fn what_is_owed_stands_on_the_desk_of_whoever_owes_it() {
    let world = here().await;
    let precinct = Browser::signed_in(&world.home, "st1-secretary").await;
    let district = Browser::signed_in(&world.home, "d1-secretary").await;
    let desk = async |office: &Browser<'_>| office.get("/office?lang=en").await.1;
    let own = |kind: &str, area: &str| {
        format!("href=\"/office/notices/{kind}/{area}?election={ELECTION}\"")
    };
    assert!(
        !desk(&precinct).await.contains("/office/notices/"),
        "three weeks are left"
    );
    world.home.app.clock.set(at("2023-10-19T06:00:00Z"));
    let page = desk(&precinct).await;
    let (wrong, due) = page.split_once("id=\"due\"").unwrap();
    assert!(due.contains(&own("list_display", "st1-area")), "{page}");
    assert!(!wrong.contains("/office/notices/"), "{page}");
    assert!(!page.contains("st2-area"), "what others owe is not theirs");
    world.home.app.clock.set(at("2023-10-21T06:00:00Z"));
    let page = desk(&precinct).await;
    let (wrong, _) = page.split_once("id=\"due\"").unwrap();
    assert!(wrong.contains(&own("list_display", "st1-area")), "{page}");
    let page = desk(&district).await;
    let (wrong, _) = page.split_once("id=\"due\"").unwrap();
    assert!(wrong.contains(&own("candidates", "d1")), "{page}");
    assert!(
        wrong.contains("2 notices of stations below"),
        "each of two stations owes one: {page}"
    );
    let mut told = telling("list_display", "st1-area");
    told.telling.told_on = date(2023, 10, 20);
    let secretary = world.secretary("st1", at("2023-10-21T06:00:00Z"));
    actions::tell(&secretary, told).await.unwrap();
    let page = desk(&precinct).await;
    assert!(!page.contains(&own("list_display", "st1-area")), "{page}");
}

/// The day that is said and the moment at which it was put on record are two things, and where they differ both are shown.
#[tokio::test]
async fn a_telling_put_on_record_later_says_so() {
    let world = here().await;
    let own = world.secretary("st1", at(NOW));
    actions::tell(&own, telling("list_display", "st1-area"))
        .await
        .unwrap();
    // After its last day, with a day before it.
    let late = world.secretary("st1", at("2023-10-30T05:20:00Z"));
    let mut dated_back = telling("voting_place", "st1-area");
    dated_back.telling.told_on = date(2023, 10, 20);
    actions::tell(&late, dated_back).await.unwrap();
    world.home.app.clock.set(at("2023-10-31T06:00:00Z"));
    let said = "put on record 30 Oct 2023, 11:20";
    let office = Browser::signed_in(&world.home, "st1-secretary").await;
    let anybody = Browser::public(&world.home);
    let page = async |reader: &Browser<'_>, path: &str| {
        let (status, page) = reader.get(path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        page.replace('\u{a0}', " ")
    };
    let own = "/office/notices/voting_place/st1-area?election=vote-2023&lang=en";
    assert!(page(&office, own).await.contains(said));
    let other = "/office/notices/list_display/st1-area?election=vote-2023&lang=en";
    assert!(!page(&office, other).await.contains("put on record 2"));
    let public = page(&anybody, "/notices/d1?lang=en").await;
    assert!(
        public.contains(said) && public.contains("told in time"),
        "{public}"
    );
    assert_eq!(public.matches("put on record 30 Oct").count(), 1);
    let text = page(&anybody, "/notices.json").await;
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["election"], ELECTION);
    let find = |kind: &str| {
        let all = json["notices"].as_array().unwrap().iter();
        let mut own = all.filter(|one| one["notice"] == kind && one["area"] == "st1-area");
        own.next().unwrap().clone()
    };
    let told = &find("voting_place")["told"][0];
    assert_eq!(told["told_on"], "2023-10-20");
    assert_eq!(told["entered_at"], "2023-10-30T11:20:00+06:00");
    assert_eq!(told["entered_on_another_day"], true);
    let told = &find("list_display")["told"][0];
    assert_eq!(told["entered_on_another_day"], false);
    let (_, text) = anybody.get("/notices.csv").await;
    assert!(text.contains(",2023-10-30T11:20:00+06:00"), "{text}");
    // Before it was put on record, nobody had been told as far as anybody knew.
    let then = page(&anybody, "/notices.json?as_of=2023-10-29").await;
    assert!(!then.contains("\"told_on\": \"2023-10-20\""), "{then}");
    assert_eq!(
        anybody.get("/notices.json?as_of=soon").await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}
