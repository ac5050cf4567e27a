//! Pages: a plan asked for, taken over, mended, and what they refuse.

use super::*;
use crate::commissions::tests::Browser;
use crate::training::actions as by_hand;
use axum::http::StatusCode;

const PLANS: &str = "/office/training/plans";

#[tokio::test]
async fn the_form_refuses_a_hall_that_is_larger_than_a_session() {
    let world = World::new(1).await;
    taught(&world).await;
    world.home.app.clock.set(noon());
    let office = Browser::signed_in(&world.home, "d1-secretary").await;
    let form = |seats: &'static str| {
        [
            ("id", "hall9"),
            ("area", "d1"),
            ("version", "0"),
            ("name_kk", "Зал"),
            ("name_ru", "Зал"),
            ("name_en", "Hall"),
            ("seats", seats),
            ("latitude", "49.5"),
            ("longitude", "73"),
        ]
    };
    let path = format!("{PLANS}/halls?lang=en");
    let (status, text) = office.post(&path, &form("501")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("From 1 to 500 seats."), "{text}");
    let (status, to) = office.post(&path, &form("500")).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    let (_, text) = office.get(&format!("{to}&lang=en")).await;
    assert!(text.contains("The hall is kept"), "{text}");
}

#[tokio::test]
async fn a_plan_is_asked_for_taken_over_and_made_again() {
    let world = World::new(2).await;
    furnished(&world).await;
    world.home.app.clock.set(noon());
    let office = Browser::signed_in(&world.home, "d1-secretary").await;
    let ask = |level: &'static str| {
        [
            ("id", "plan9"),
            ("area", "d1"),
            ("election", "vote-2023"),
            ("programme", "prog1"),
            ("level", level),
            ("starts_on", "2023-10-03"),
        ]
    };
    for wrong in ["0", "many"] {
        let (status, text) = office.post(&format!("{PLANS}?lang=en"), &ask(wrong)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(text.contains("#level"), "{text}");
    }
    let (status, path) = office.post(PLANS, &ask("2")).await;
    assert_eq!(
        (status, path.as_str()),
        (StatusCode::SEE_OTHER, "/office/training/plans/plan9")
    );
    // The page began it; whoever comes second waits until it is there.
    job::reckon(&world.home.app, "plan9").await.unwrap();
    let (_, text) = office.get(&format!("{path}?lang=en")).await;
    assert!(
        text.contains("4\u{a0}October 2023") && text.contains("earliest possible"),
        "{text}"
    );
    assert!(
        text.contains("130%") && text.contains("60 km an hour"),
        "{text}"
    );
    assert!(!text.contains("Make what can be made"));
    // The trainer has not passed: nothing is made, and the rest may be asked for.
    let (status, text) = office.post(&format!("{path}?lang=en"), &[]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    for told in ["Session 1:", "Nothing was made.", "Make what can be made"] {
        assert!(text.contains(told), "{told}: {text}");
    }
    let (status, text) = office
        .post(&format!("{path}?lang=en"), &[("part", "yes")])
        .await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        text.contains("Sessions made: 0, people invited: 0"),
        "{text}"
    );
    passes(&world, "d1-chair", 1).await;
    let (status, to) = office.post(&path, &[]).await;
    assert_eq!(
        (status, to.as_str()),
        (
            StatusCode::SEE_OTHER,
            "/office/training/plans/plan9?done=planner-taken"
        )
    );
    // It falls out: the page says so and asks for the next plan.
    let made = sessions(&world, "plan9").await.remove(0);
    by_hand::cancel(&world.district(noon()), &made.session_id, 2, "no light")
        .await
        .unwrap();
    let (_, text) = office.get(&format!("{path}?lang=en")).await;
    for told in ["were called off: 1", "(called off)", "Plan again"] {
        assert!(text.contains(told), "{told}: {text}");
    }
    for lang in ["kk", "ru"] {
        let (status, text) = office.get(&format!("{path}?lang={lang}")).await;
        assert_eq!(status, StatusCode::OK);
        assert!(!text.contains("planner-"), "{text}");
    }
}
