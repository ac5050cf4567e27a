//! Pages as the offices see them.

use super::world::*;
use crate::commissions::tests::Browser;
use crate::platform::ids;
use crate::votingday::tests::world::ELECTION;

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let rest = page
        .split(&mark)
        .nth(1)
        .unwrap_or_else(|| panic!("no {name} in {page}"));
    rest.split('"').next().unwrap().to_owned()
}

async fn browser<'a>(ready: &'a Ready, person: &str) -> Browser<'a> {
    Browser::signed_in(&ready.world.home, person).await
}

#[tokio::test]
async fn a_secretary_answers_a_section_without_scripts() {
    let ready = Ready::new(1).await;
    let secretary = browser(&ready, "st1-secretary").await;
    let (status, _) = secretary.get("/office/readiness?lang=en").await;
    assert!(status.is_redirection(), "straight to the own station");
    let own = "/office/readiness/stations/st1";
    let (status, page) = secretary.get(&format!("{own}?lang=en")).await;
    assert!(status.is_success(), "{page}");
    assert!(page.contains("Answered: 0 of 9"), "{page}");
    let (status, page) = secretary
        .get(&format!("{own}?section=premises&lang=en"))
        .await;
    assert!(status.is_success(), "{page}");
    assert!(page.contains("data-offline=\"readiness.report\""));
    let envelope = hidden(&page, "envelope");
    let seen = hidden(&page, "seen");
    assert_eq!(hidden(&page, "base.booths"), "0");
    assert!(!page.contains("name=\"answer.trained\""), "it is told");
    let mut fields = vec![
        ("envelope", envelope.as_str()),
        ("election", ELECTION),
        ("station", "st1"),
        ("checklist", "test-list"),
        ("checklist_version", "1"),
        ("seen", seen.as_str()),
        ("section", "premises"),
        ("base.booths", "0"),
        ("answer.booths", "many"),
        ("note.booths", "kept in the form"),
    ];
    let (status, page) = secretary.post(own, &fields).await;
    assert_eq!(status.as_u16(), 422, "{page}");
    assert!(page.contains("href=\"#answer.booths\"") && page.contains("kept in the form"));
    assert_eq!(hidden(&page, "envelope"), envelope);
    fields[8] = ("answer.booths", "1");
    let (status, _) = secretary.post(own, &fields).await;
    assert!(status.is_redirection(), "{status}");
    let report = format!("{own}/reports/{envelope}?election={ELECTION}&lang=en");
    let (status, page) = secretary.get(&report).await;
    assert!(
        status.is_success() && page.contains("Answers taken: 1"),
        "{page}"
    );
    let (_, page) = secretary
        .get(&format!("{own}?section=premises&lang=en"))
        .await;
    assert!(page.contains("/office/tasks/"), "the task that mends it");
    assert!(
        page.contains("1 pcs") && page.contains("kept in the form"),
        "{page}"
    );
    for odd in [
        "?section=none",
        "?election=none",
        "/reports/none-x",
        "/photos/none",
    ] {
        let (status, _) = secretary.get(&format!("{own}{odd}")).await;
        assert_eq!(status.as_u16(), 404, "{odd}");
    }
}

#[tokio::test]
async fn a_photo_is_shown_to_those_who_follow_the_station_alone() {
    let ready = Ready::new(2).await;
    let who = ready.member("st1", "secretary");
    let mut envelope = ready.envelope("st1", &[]);
    envelope.files = photos(&who, &["photo.layout"]).await;
    let file = envelope.files["photo.layout"][0].clone();
    crate::platform::inbox::take(&who, &envelope).await.unwrap();
    let path = format!("/office/readiness/stations/st1/photos/{file}");
    for (person, expected) in [("st1-member3", 200), ("d1-chair", 200), ("st2-chair", 403)] {
        let (status, _) = browser(&ready, person).await.get(&path).await;
        assert_eq!(status.as_u16(), expected, "{person}");
    }
    let public = Browser::public(&ready.world.home);
    let (status, _) = public.get(&format!("/files/{file}")).await;
    assert_eq!(status.as_u16(), 404, "not public");
}

#[tokio::test]
async fn the_district_sees_what_is_wrong_settles_and_signs() {
    let ready = Ready::new(2).await;
    ready
        .send("st1", &[("answer.power_main", "yes")])
        .await
        .unwrap();
    let other = ready.member("st1", "member");
    let envelope = ready.envelope("st1", &[("answer.power_main", "no")]);
    crate::platform::inbox::take(&other, &envelope)
        .await
        .unwrap();
    ready
        .send("st2", &[("answer.fire_act", "no")])
        .await
        .unwrap();
    let district = browser(&ready, "d1-secretary").await;
    let list = format!("/office/readiness?election={ELECTION}&lang=en");
    let (status, page) = district.get(&list).await;
    assert!(status.is_success(), "{page}");
    assert!(
        page.contains("Stations: 2, of these ready 0, silent 0"),
        "{page}"
    );
    assert!(page.contains("Station No. 1: Is there power?"));
    assert!(page.contains("Station No. 2: Is there an act?"));
    let settle = "/office/readiness/settle/st1/power_main";
    let (status, page) = district.get(&format!("{settle}?lang=en")).await;
    assert!(status.is_success(), "{page}");
    let mut fields = vec![
        ("election", ELECTION),
        ("seen", "2"),
        ("sequence", "2"),
        ("reason", ""),
    ];
    let (status, _) = district.post(settle, &fields).await;
    assert_eq!(status.as_u16(), 422);
    fields[3] = ("reason", "called the chair");
    let (status, _) = district.post(settle, &fields).await;
    assert!(status.is_redirection());
    let (status, _) = district.get(settle).await;
    assert_eq!(status.as_u16(), 409, "nothing is disputed any more");

    let chair = browser(&ready, "d1-chair").await;
    let (status, page) = chair.get("/office/readiness/sign?lang=en").await;
    assert!(
        status.is_success() && page.contains("Not ready: 2"),
        "{page}"
    );
    let seen = hidden(&page, "seen");
    let mut fields = vec![
        ("election", ELECTION),
        ("commission", "d1"),
        ("seen", seen.as_str()),
        ("reason.st1", "soon"),
    ];
    let (status, page) = chair.post("/office/readiness/sign", &fields).await;
    assert_eq!(status.as_u16(), 422);
    assert!(page.contains("href=\"#reason.st2\"") && page.contains("soon"));
    fields.push(("reason.st2", "soon too"));
    let (status, _) = chair.post("/office/readiness/sign", &fields).await;
    assert!(status.is_redirection());
    let (status, page) = district
        .get("/office/readiness/signatures/d1?lang=en")
        .await;
    assert!(status.is_success() && page.contains("soon too"), "{page}");
    let (status, _) = browser(&ready, "d2-chair")
        .await
        .get("/office/readiness/signatures/d1")
        .await;
    assert_eq!(status.as_u16(), 403);
}

/// Somebody in the central commission.
async fn seat_central(ready: &Ready) {
    ready
        .world
        .sql(
            "insert into person (id, name_kk, name_ru, name_en, folded, sex, birth_year, synthetic, created_at)
                values ('central-one', 'c', 'c', 'c', 'c', 'female', 1980, true, 0)",
            crate::bind![],
        )
        .await;
    ready
        .world
        .sql(
            "insert into access_grant (id, person_id, role, area_id, valid_from, valid_until, source)
                values ('c', 'central-one', 'central.secretary', 'kz', '2019-01-01', null, 'c')",
            crate::bind![],
        )
        .await;
}

#[tokio::test]
async fn what_is_wrong_in_the_country_is_looked_up_for_everybody_once_in_a_while() {
    let ready = Ready::new(2).await;
    seat_central(&ready).await;
    let kept = &ready.world.home.app.kept;
    kept.set_followed(true);
    let central = browser(&ready, "central-one").await;
    let list = async |area: &str| {
        let path = format!("/office/readiness?election={ELECTION}&area={area}&lang=en");
        central.get(&path).await.1
    };
    let wrong = "Station No. 2: Is there an act?";
    let before = list("kz").await;
    assert!(before.contains("Stations: 2") && !before.contains(wrong));
    ready
        .send("st2", &[("answer.fire_act", "no")])
        .await
        .unwrap();
    kept.changed("");
    assert!(list("d1").await.contains(wrong), "a district: each time");
    assert!(!list("kz").await.contains(wrong), "as it was a moment ago");
    assert!(list("r1").await.contains(wrong), "nobody looked there yet");
}

#[tokio::test]
async fn the_central_commission_puts_a_version_into_force() {
    let ready = Ready::new(1).await;
    seat_central(&ready).await;
    let central = browser(&ready, "central-one").await;
    let setup = format!("/office/readiness/setup/{ELECTION}");
    let (status, page) = central.get(&format!("{setup}?lang=en")).await;
    assert!(
        status.is_success() && page.contains("In force: List, version 1"),
        "{page}"
    );
    let (status, _) = central
        .post(&setup, &[("act", "in_force"), ("version", "x")])
        .await;
    assert_eq!(status.as_u16(), 422);
    let built_in = [("act", "in_force"), ("version", "kz-readiness/1")];
    let (status, _) = central.post(&setup, &built_in).await;
    assert!(status.is_redirection());
    let (status, _) = central.post(&setup, &[("act", "set_up")]).await;
    assert!(status.is_redirection());
    let (status, page) = central.get("/office/readiness?lang=en").await;
    assert!(
        status.is_success() && page.contains("Stations: 1"),
        "{page}"
    );
    let (status, page) = central.get("/office/readiness?area=r1&lang=en").await;
    assert!(status.is_success(), "{page}");
    let id = ids::random_id();
    let (status, _) = central.get(&format!("/office/readiness?area={id}")).await;
    assert!(status.is_client_error());
}
