use super::*;
use crate::bind;
use crate::commissions::tests::Browser;
use axum::http::StatusCode;

const OK: StatusCode = StatusCode::OK;
const SEE: StatusCode = StatusCode::SEE_OTHER;

/// Somebody of the central commission with an account.
async fn central_browser(world: &World) -> Browser<'_> {
    world
        .sql(
            "insert into person (id, name_kk, name_ru, name_en, folded, sex, birth_year, synthetic, created_at)
                values ('cec', 'cec', 'cec', 'cec', 'cec', 'f', 1980, true, 0)",
            bind![],
        )
        .await;
    world
        .sql(
            "insert into access_grant (id, person_id, role, area_id, valid_from, valid_until, source)
                values ('cec', 'cec', 'central.secretary', 'kz', '2019-01-01', null, 'test')",
            bind![],
        )
        .await;
    Browser::signed_in(&world.home, "cec").await
}

#[tokio::test]
async fn a_secretary_describes_the_station_and_a_voter_reads_it() {
    let world = World::new(1).await;
    let public = Browser::public(&world.home);
    let (status, text) = public.get("/stations/st1/access?lang=en").await;
    assert_eq!(status, OK);
    assert!(text.contains("Nothing is on record yet"), "{text}");

    let browser = Browser::signed_in(&world.home, "st1-secretary").await;
    let path = "/office/stations/st1/access";
    let (status, text) = browser.get(&format!("{path}?lang=ru")).await;
    assert_eq!(status, OK);
    assert!(text.contains("Пандус") && text.contains("name=\"number.ramp\""));
    let (status, text) = browser
        .post(
            path,
            &[
                ("based_on", "0"),
                ("fact.ramp", "yes"),
                ("number.ramp", "steep"),
            ],
        )
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("value=\"steep\""), "what was typed stays");
    let (status, _) = browser
        .post(
            path,
            &[("based_on", "0"), ("fact.ramp", "no"), ("number.ramp", "7")],
        )
        .await;
    assert_eq!(
        status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "a grade without a ramp"
    );
    let (status, to) = browser
        .post(
            path,
            &[
                ("based_on", "0"),
                ("fact.ramp", "yes"),
                ("number.ramp", "12,5"),
                ("fact.level_entrance", "no"),
                ("fact.magnifier", "yes"),
                ("fact.lighting", "yes"),
            ],
        )
        .await;
    assert_eq!(
        (status, to.as_str()),
        (SEE, "/office/stations/st1/access?done=access-recorded")
    );
    let (_, text) = browser
        .get(&format!("{path}?lang=en&done=access-recorded"))
        .await;
    assert!(text.contains("steeper than the norm"), "{text}");
    let (status, _) = browser
        .post(
            path,
            &[
                ("based_on", "0"),
                ("fact.ramp", "yes"),
                ("number.ramp", "5"),
            ],
        )
        .await;
    assert_eq!(status, StatusCode::CONFLICT, "somebody else was faster");

    let (_, text) = public.get("/stations/st1/access?lang=en").await;
    assert!(text.contains("12.5\u{a0}%") && text.contains("there are steps"));
    let (_, text) = public
        .get("/stations/st1/access?lang=en&as_of=2023-11-05")
        .await;
    assert!(
        text.contains("Nothing is on record yet"),
        "a day before it was not known"
    );
    let (_, text) = public.get("/stations/st1?lang=en").await;
    assert!(text.contains("there are steps") && text.contains("/stations/st1/access"));
    for (path, status) in [
        ("/stations/none/access", 404),
        ("/stations/st1/access?as_of=soon", 422),
        ("/stations/%20/access", 404),
    ] {
        assert_eq!(public.get(path).await.0.as_u16(), status, "{path}");
    }
}

#[tokio::test]
async fn a_district_enters_counts_reads_the_plan_and_the_centre_publishes() {
    let world = World::new(3).await;
    let district = Browser::signed_in(&world.home, "d1-secretary").await;
    for path in [
        "/office/access?lang=kk",
        "/office/access/needs?lang=kk",
        "/office/access/plan?lang=kk",
    ] {
        let (status, text) = district.get(path).await;
        assert_eq!(status, OK, "{path} {text}");
    }
    let form = |blind: &'static str| {
        [
            ("election", "vote-2023"),
            ("area", "d1"),
            ("page", "1"),
            ("source", "social_service"),
            ("station", "st1"),
            ("version.st1", "0"),
            ("need.st1.low_vision", "300"),
            ("need.st1.blind", blind),
            ("station", "st2"),
            ("version.st2", "0"),
            ("need.st2.low_vision", "200"),
            ("station", "st3"),
            ("version.st3", "0"),
            ("need.st3.low_vision", "117"),
        ]
    };
    let (status, text) = district
        .post("/office/access/needs?lang=en", &form("two"))
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("value=\"two\""));
    let (status, to) = district.post("/office/access/needs", &form("2")).await;
    assert_eq!(status, SEE, "{to}");
    let (_, text) = district.get("/office/access/needs?area=d1&lang=en").await;
    assert!(text.contains("value=\"300\"") && text.contains("Counted at 3 of 3"));
    let (_, text) = district.get("/office/access/plan?area=d1&lang=en").await;
    assert!(text.contains("619 of 619 unmet needs"), "{text}");
    assert!(text.contains("magnifier – 3"), "{text}");

    let public = Browser::public(&world.home);
    let page = "/readiness/accessibility/d1";
    let (status, text) = public.get(&format!("{page}?lang=en")).await;
    assert_eq!(status, OK);
    assert!(text.contains("have not been published yet") && !text.contains("619 citizens"));
    let centre = central_browser(&world).await;
    let (status, text) = centre.get("/office/access/release?lang=ru").await;
    assert_eq!(status, OK, "{text}");
    let (status, to) = centre
        .post("/office/access/release", &[("election", "vote-2023")])
        .await;
    assert_eq!(status, SEE, "{to}");
    let (_, text) = public.get(&format!("{page}?lang=en")).await;
    assert!(
        text.contains("3 stations, 619 citizens with disabilities"),
        "{text}"
    );
    assert!(text.contains("not shown") && text.contains("fewer than 5"));
    for (file, start) in [
        (
            "means.csv",
            "station,number,fact,value,measured,counts\nst1,1,level_entrance,unknown,,unknown",
        ),
        ("needs.csv", "area,part,need,voters\nd1,,,619\n"),
        ("data.json", "{\"area\":\"d1\""),
    ] {
        let (status, text) = public.get(&format!("{page}/{file}")).await;
        assert_eq!(status, OK);
        assert!(text.starts_with(start), "{file} {text}");
        assert!(!text.contains("blind,2") && !text.contains("blind\",\"voters\":2"));
    }
    let (status, to) = public.get("/readiness/accessibility?lang=kk").await;
    assert_eq!(
        (status, to.as_str()),
        (SEE, "/readiness/accessibility/kz?lang=kk")
    );
    for above in ["kz", "r1"] {
        let (status, text) = public
            .get(&format!("/readiness/accessibility/{above}?lang=en"))
            .await;
        assert_eq!(status, OK);
        assert!(text.contains("619 citizens"), "{above} {text}");
    }
    for (path, status) in [
        ("/readiness/accessibility/nowhere", 404),
        ("/readiness/accessibility/st1-area", 404),
        ("/readiness/accessibility/d1?election=none", 404),
        ("/readiness/accessibility/d1?as_of=x", 422),
        ("/readiness/accessibility/d1?as_of=2023-11-07", 422),
        ("/readiness/accessibility/d2", 200),
    ] {
        assert_eq!(public.get(path).await.0.as_u16(), status, "{path}");
    }
}

#[tokio::test]
async fn a_station_sees_its_own_part_of_the_plan_only() {
    let world = World::new(2).await;
    let acting = world.district(at(MORNING));
    count(
        &acting,
        &[
            ("st1", None, &[("deaf", 11)]),
            ("st2", None, &[("deaf", 77)]),
        ],
    )
    .await
    .unwrap();
    let own = Browser::signed_in(&world.home, "st1-secretary").await;
    let (status, text) = own.get("/office/access/plan?lang=en").await;
    assert_eq!(status, OK);
    assert!(
        text.contains("11 of 11") && !text.contains(">77<"),
        "{text}"
    );
    let (status, _) = own.get("/office/access/plan?area=d1").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let (status, text) = own.get("/office/access/needs?lang=en").await;
    assert_eq!(status, OK);
    assert!(text.contains("value=\"11\"") && !text.contains("value=\"77\""));
    let other = own
        .post(
            "/office/access/needs",
            &[
                ("area", "st1-area"),
                ("source", "voters"),
                ("station", "st2"),
                ("need.st2.deaf", "1"),
            ],
        )
        .await;
    assert_eq!(other.0, StatusCode::NOT_FOUND);
}

/// A day that is over is put together once for everybody, not at each request.
#[tokio::test]
async fn the_public_page_of_a_day_that_is_over_is_kept() {
    let world = World::new(2).await;
    world.home.app.kept.set_followed(true);
    let public = Browser::public(&world.home);
    let over = [
        "/readiness/accessibility/d1?lang=en&as_of=2023-11-05",
        "/readiness/accessibility/d1?lang=kk&as_of=2023-11-05&election=vote-2023",
        "/readiness/accessibility/r1?lang=en&as_of=2023-11-05",
        "/readiness/accessibility/d1/means.csv?as_of=2023-11-05",
        "/readiness/accessibility/d1/data.json?as_of=2023-11-05",
    ];
    let now = "/readiness/accessibility/d1?lang=en";
    let mut before = Vec::new();
    for page in over.iter().chain([&now]) {
        let (status, text) = public.get(page).await;
        assert_eq!(status, OK, "{page} {text}");
        before.push(text);
    }
    world
        .sql(
            "update station_version set number = number + 100",
            crate::bind![],
        )
        .await;
    world.home.app.kept.changed("");
    for (page, text) in over.iter().zip(&before) {
        assert_eq!(public.get(page).await.1, *text, "{page}");
    }
    let (_, text) = public.get(now).await;
    assert_ne!(&text, before.last().unwrap());
    // Other words for the same day are no other page that is kept: they are put together each time.
    let (_, text) = public
        .get("/readiness/accessibility/d1?lang=en&as_of=2023-11-05&x=1")
        .await;
    assert!(text.contains("101"), "{text}");
}
