//! Pages: the desk, a report, an incident, the public numbers.

use super::*;
use crate::bind;
use crate::commissions::tests::Browser;
use axum::http::StatusCode;

#[tokio::test]
async fn a_report_by_the_form_reaches_the_desk_and_the_public_numbers() {
    let world = World::new(2).await;
    let secretary = Browser::signed_in(&world.home, "st1-secretary").await;
    let (status, text) = secretary.get("/office/incidents/new?lang=en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("data-offline=\"incident.report\"") && text.contains("value=\"st1\""));
    let form = [
        ("envelope", "4f9d0f3e-5d1a-4a39-9a0a-8f2f1b6f9a11"),
        ("station", "st1"),
        ("kind", "power"),
        ("what", "It is <dark>."),
    ];
    for _ in 0..2 {
        let (status, to) = secretary.post("/office/incidents/new", &form).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
        assert_eq!(
            to,
            "/office/incidents/4f9d0f3e-5d1a-4a39-9a0a-8f2f1b6f9a11?done=incident-reported"
        );
    }
    let other = ("envelope", "4f9d0f3e-5d1a-4a39-9a0a-8f2f1b6f9a12");
    let (status, text) = secretary
        .post("/office/incidents/new?lang=en", &[other, form[1], form[2]])
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("href=\"#what\""));
    // Other words from the page that was sent already are not dropped in silence.
    let again = [form[0], form[1], form[2], ("what", "And the heating.")];
    let (status, text) = secretary
        .post("/office/incidents/new?lang=en", &again)
        .await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(text.contains("And the heating."), "{text}");
    let district = Browser::signed_in(&world.home, "d1-secretary").await;
    let (_, text) = district.get("/office/incidents?lang=en").await;
    assert!(
        text.contains("1. Electricity lost") && text.contains("It is &#60;dark&#62;."),
        "{text}"
    );
    assert!(
        text.contains("10\u{a0}min left") || text.contains("10 min left"),
        "{text}"
    );
    let (_, text) = district.get("/office/incidents?lang=en&kind=fire").await;
    assert!(!text.contains("1. Electricity lost"));
    let path = "/office/incidents/4f9d0f3e-5d1a-4a39-9a0a-8f2f1b6f9a11";
    let (status, text) = district.get(&format!("{path}?lang=ru")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        text.contains("Нет электричества") && text.contains("Обратиться в государственный орган")
    );
    let (status, _) = district
        .post(
            &format!("{path}/close"),
            &[("events", "1"), ("done", "Light.")],
        )
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, _) = district
        .post(
            &format!("{path}/close"),
            &[("events", "1"), ("done", "Light.")],
        )
        .await;
    assert_eq!(status, StatusCode::CONFLICT);
    let other = Browser::signed_in(&world.home, "st2-chair").await;
    let (status, _) = other.get(path).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let anybody = Browser::public(&world.home);
    let (status, text) = anybody.get("/elections/vote-2023/incidents?lang=en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Reported: 1, of these not over: 0.") && text.contains("not shown"));
    assert!(
        !text.contains("dark&#62;") && !text.contains("/st1"),
        "{text}"
    );
    let (_, text) = anybody.get("/elections/vote-2023/incidents.csv").await;
    assert!(
        text.contains(",power,r1,closed,1") && text.contains(",health,r1,any,"),
        "{text}"
    );
    let (_, text) = anybody.get("/elections/vote-2023/incidents.json").await;
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["all"], 1);
}

#[tokio::test]
async fn a_district_reports_by_the_number_of_the_station() {
    let world = World::new(1).await;
    let district = Browser::signed_in(&world.home, "d1-secretary").await;
    let send = async |number: &str| {
        let id = crate::platform::ids::random_id();
        let form = [
            ("envelope", id.as_str()),
            ("election", ELECTION),
            ("number", number),
            ("kind", "order"),
            ("what", "Noise."),
        ];
        let (status, text) = district.post("/office/incidents/new?lang=en", &form).await;
        (status, text, id)
    };
    let (status, _, id) = send("1").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(now(&world, &id).await.station_id.as_deref(), Some("st1"));
    let (status, text, _) = send("77").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("href=\"#number\""));
    let (status, _, id) = send("").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let about_all = now(&world, &id).await;
    assert_eq!(
        (about_all.station_id, about_all.area_id.as_str()),
        (None, "d1")
    );
    assert_eq!(about_all.district_id.as_deref(), Some("d1"));
}

#[tokio::test]
async fn the_desk_puts_first_what_is_past_its_time() {
    let world = World::new(1).await;
    let late = reported(&world, "campaign", hour(9, 0)).await.id;
    let fresh = reported(&world, "fire", hour(11, 30)).await.id;
    world.home.app.clock.set(hour(11, 31));
    let district = Browser::signed_in(&world.home, "d1-secretary").await;
    let (_, text) = district.get("/office/incidents?lang=en").await;
    let at = |id: &str| text.find(&format!("/office/incidents/{id}")).unwrap();
    assert!(at(&late) < at(&fresh));
    assert!(text.contains("should have begun 31 min ago"), "{text}");
    assert!(text.contains("Nobody has begun: 2, of these past their time: 1."));
    world
        .sql("update election set state = 'published'", bind![])
        .await;
    let (status, _) = district.get("/office/incidents").await;
    assert_eq!(status, StatusCode::OK, "what is over can still be read");
}

/// By the form as by the phone: who sends too much is told so, and nothing is written.
#[tokio::test]
async fn who_sends_too_many_forms_is_told_so() {
    use crate::platform::inbox::{LimitKind, Limits};
    let world = World::new(1).await;
    let id = reported(&world, "power", hour(9, 0)).await.id;
    let app = &world.home.app;
    // As if the account had sent without end for an hour.
    let later = app
        .clock
        .wall()
        .checked_add(jiff::SignedDuration::from_hours(1))
        .unwrap();
    Limits::of(app)
        .spend("st1-secretary", LimitKind::Request, 60, later)
        .unwrap();
    let secretary = Browser::signed_in(&world.home, "st1-secretary").await;
    let envelope = crate::platform::ids::random_id();
    let new = [
        ("envelope", envelope.as_str()),
        ("station", "st1"),
        ("kind", "power"),
        ("what", "Dark."),
    ];
    let note = format!("/office/incidents/{id}/note?lang=en");
    for (path, form) in [
        ("/office/incidents/new?lang=en", &new[..]),
        (note.as_str(), &[("note", "A cable.")][..]),
    ] {
        let (status, text) = secretary.post(path, form).await;
        assert_eq!(status, StatusCode::TOO_MANY_REQUESTS, "{path}");
        assert!(
            text.contains("Too many requests from this account"),
            "{text}"
        );
    }
    assert_eq!(now(&world, &id).await.events, 1);
    let other = Browser::signed_in(&world.home, "d1-secretary").await;
    let (status, _) = other.post(&note, &[("note", "Seen.")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "others are not stopped");
}
