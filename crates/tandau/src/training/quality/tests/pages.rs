//! Pages: what is done about findings reaches those who mend it, and opinions those who were there.

use super::*;
use crate::commissions::tests::Browser;
use axum::http::StatusCode;

#[tokio::test]
async fn a_change_of_material_stands_with_the_module_until_its_text_changes() {
    let world = World::new(1).await;
    world.commission("central", "kz", &["chair"]).await;
    tested(&world).await;
    on_record(&world).await;
    let id = counted(&world, &[(0, 60, 54), (1, 140, 122), (2, 100, 61)]).await;
    let found = report(&world).await;
    let module = found.items.iter().find(|i| i.level == 2).unwrap();
    let module = module.module_id.clone();
    let home = &world.home;
    home.app.clock.set(noon());
    let office = Browser::signed_in(home, "kz-chair").await;
    let form = [
        ("election", "vote-2023"),
        ("programme", "prog1"),
        ("subject", "item"),
        ("object", id.as_str()),
        ("level", "2"),
        ("outcome", "material"),
        ("reason", "a clearer picture of the box"),
    ];
    let (status, to) = office.post("/office/training/quality", &form).await;
    assert_eq!(
        (status, to),
        (StatusCode::SEE_OTHER, format!("{PAGE}&done=quality-acted"))
    );
    let (_, text) = office
        .get(&format!("{PAGE}&done=quality-acted&lang=en"))
        .await;
    let page = format!("/office/training/modules/{module}");
    assert!(
        text.contains("It is on record") && text.contains("Acted on") && text.contains(&page),
        "{text}"
    );
    assert!(
        text.contains("Act on it"),
        "more can be done about it: {text}"
    );
    let (status, text) = office.get(&format!("{page}?lang=en")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("a clearer picture of the box"), "{text}");
    // For those who write it.
    let district = Browser::signed_in(home, "d1-secretary").await;
    let (status, text) = district.get(&format!("{page}?lang=en")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(!text.contains("a clearer picture"), "{text}");
    world
        .sql(
            "insert into training_module_version (module_id, version, title_kk, title_ru, title_en, goals_kk, goals_ru, goals_en, change_kk,
                change_ru, change_en, minutes, retired, made_by, office, made_at)
                values ($1, 2, 'm', 'm', 'm', '', '', '', 'c', 'c', 'c', 60, false, 'test', 'test', $2)",
            bind![&module, noon() + SignedDuration::from_hours(1)],
        )
        .await;
    world
        .sql(
            "update training_module set version = 2 where id = $1",
            bind![&module],
        )
        .await;
    let (status, text) = office.get(&format!("{page}?lang=en")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(!text.contains("a clearer picture"), "{text}");
}

#[tokio::test]
async fn whoever_was_invited_finds_where_to_say_what_they_think() {
    let world = World::new(1).await;
    tested(&world).await;
    on_record(&world).await;
    let home = &world.home;
    home.app.clock.set(noon());
    let own = "/office/training/own?lang=en";
    let member = Browser::signed_in(home, "st1-secretary").await;
    let (status, text) = member.get(own).await;
    assert_eq!(status, StatusCode::OK);
    assert!(!text.contains("href=\"/s/"), "{text}");
    let district = world.district(noon());
    let id = actions::ask_feedback(&district, "sess1").await.unwrap();
    let (_, text) = member.get(own).await;
    assert!(text.contains("href=\"/s/"), "{text}");
    crate::surveys::actions::close(&district, &id)
        .await
        .unwrap();
    let (_, text) = member.get(own).await;
    assert!(!text.contains("href=\"/s/"), "{text}");
}
