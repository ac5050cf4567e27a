//! Materials: for those to whom they are taught, and nobody else.

use super::*;
use crate::commissions::tests::Browser;
use axum::http::StatusCode;

#[tokio::test]
async fn whoever_is_invited_opens_the_materials_and_nobody_else() {
    let world = World::new(1).await;
    let file = begin(&world).await;
    let home = &world.home;
    home.app.clock.set(at("2023-09-25T06:00:00Z"));
    let path = format!("/office/training/materials/{file}");
    // A member of a station has no power but the invitation.
    let member = Browser::signed_in(home, "st1-member3").await;
    let (status, text) = member.get("/office/training/own?lang=kk").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        text.contains(&format!("href=\"{path}\"")) && text.contains("Слайдтар"),
        "{text}"
    );
    assert!(text.contains("https://example.org/count"), "links as well");
    assert_eq!(member.get(&path).await.0, StatusCode::OK);
    // An observer, a proxy, a journalist: somebody without any office.
    world
        .sql(
            "insert into person (id, name_kk, name_ru, name_en, folded, sex, birth_year, synthetic, created_at)
                values ('guest1', 'g', 'g', 'g', 'g', 'female', 1980, true, 0)",
            bind![],
        )
        .await;
    let guest = Browser::signed_in(home, "guest1").await;
    let (status, text) = guest.get("/office/training/own?lang=en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(!text.contains(&path), "{text}");
    assert_eq!(guest.get(&path).await.0, StatusCode::NOT_FOUND);
    world
        .sql(
            "insert into training_trainee (session_id, person_id, added, state) values ('session-1', 'guest1', 2, 'invited')",
            bind![],
        )
        .await;
    let (_, text) = guest.get("/office/training/own?lang=en").await;
    assert!(text.contains(&path), "{text}");
    assert_eq!(guest.get(&path).await.0, StatusCode::OK);
    for forbidden in ["/office/training", "/office/training/modules/module-1"] {
        assert_eq!(guest.get(forbidden).await.0, StatusCode::FORBIDDEN);
    }
    // Nothing else is opened that way, and nothing after the invitation.
    for wrong in ["none-such", "..%2f..%2faudit.key"] {
        let (status, _) = guest
            .get(&format!("/office/training/materials/{wrong}"))
            .await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{wrong}");
    }
    world
        .sql(
            "update training_trainee set state = 'withdrawn', ended = 3 where person_id = 'guest1'",
            bind![],
        )
        .await;
    assert_eq!(guest.get(&path).await.0, StatusCode::NOT_FOUND);
    let acting = district(&world, "2023-09-25T06:00:00Z");
    actions::cancel(&acting, "session-1", 2, "no hall")
        .await
        .unwrap();
    assert_eq!(member.get(&path).await.0, StatusCode::NOT_FOUND);
    let nobody = Browser::public(home);
    assert_eq!(nobody.get(&path).await.0, StatusCode::SEE_OTHER);
}
