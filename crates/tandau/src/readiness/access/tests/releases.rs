use super::*;
use crate::readiness::access::queries::{self, Published};
use jiff::civil::{Date, date};

async fn district(world: &World, day: Date) -> Option<Published> {
    let mut reader = world.home.app.read().await.unwrap();
    queries::published(&mut reader, "vote-2023", "d1", day)
        .await
        .unwrap()
        .and_then(|(_, mut areas)| areas.remove("d1"))
}

/// Three stations with 619 voters in all; deaf voters are helped at the first.
async fn counted(world: &World) {
    let acting = world.district(at(MORNING));
    let helped = means(&[("sign_language", "yes")]);
    actions::record_means(&acting, "st1", 0, &helped)
        .await
        .unwrap();
    count(
        &acting,
        &[
            (
                "st1",
                None,
                &[
                    ("wheelchair", 40),
                    ("deaf", 30),
                    ("blind", 3),
                    ("walking", 200),
                ],
            ),
            (
                "st2",
                None,
                &[
                    ("wheelchair", 30),
                    ("deaf", 2),
                    ("blind", 8),
                    ("walking", 200),
                ],
            ),
            ("st3", None, &[("wheelchair", 6), ("walking", 100)]),
        ],
    )
    .await
    .unwrap();
}

#[tokio::test]
async fn a_release_shows_the_total_and_hides_small_numbers() {
    let world = World::new(4).await;
    counted(&world).await;
    let version = actions::release(&central(&world, MORNING), "vote-2023")
        .await
        .unwrap();
    assert_eq!(version, 1);
    let of = district(&world, date(2023, 10, 2)).await.unwrap();
    assert_eq!(of.figure("", ""), Some(619));
    assert_eq!((of.counted, of.stations), (3, 4));
    assert_eq!(of.figure("", "wheelchair"), Some(76));
    assert_eq!(of.figure("unmet", "wheelchair"), Some(76));
    assert_eq!(of.figure("here", "blind"), Some(0), "a nought is no secret");
    // Two deaf voters without help: hidden, and with them a second figure of the column and of both rows.
    assert_eq!(of.figure("unmet", "deaf"), None);
    assert_eq!(of.figure("here", "deaf"), None, "of one station alone");
    assert_eq!(of.figure("", "deaf"), None, "one of two subtracts its own");
    assert_eq!(of.figure("", "blind"), None, "eleven at two stations");
    assert!(district(&world, date(2023, 10, 1)).await.is_none());
}

#[tokio::test]
async fn only_the_centre_releases_once_a_day_and_only_news() {
    let world = World::new(3).await;
    let early = actions::release(&central(&world, MORNING), "vote-2023").await;
    assert!(matches!(early, Err(Error::Conflict(_))), "{early:?}");
    counted(&world).await;
    let refused = actions::release(&world.district(at(MORNING)), "vote-2023").await;
    assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
    actions::release(&central(&world, MORNING), "vote-2023")
        .await
        .unwrap();
    for again in [MORNING, "2023-10-02T12:00:00Z", "2023-10-03T04:00:00Z"] {
        let refused = actions::release(&central(&world, again), "vote-2023").await;
        assert!(
            matches!(refused, Err(Error::Conflict(_))),
            "{again} {refused:?}"
        );
    }
}

#[tokio::test]
async fn two_releases_do_not_give_a_person_away_by_their_difference() {
    let world = World::new(3).await;
    counted(&world).await;
    actions::release(&central(&world, MORNING), "vote-2023")
        .await
        .unwrap();
    // One more wheelchair user, twenty more who walk with difficulty.
    let next = "2023-10-09T04:00:00Z";
    let acting = world.district(at(next));
    count(
        &acting,
        &[(
            "st2",
            Some(1),
            &[
                ("wheelchair", 31),
                ("deaf", 2),
                ("blind", 8),
                ("walking", 220),
            ],
        )],
    )
    .await
    .unwrap();
    let version = actions::release(&central(&world, next), "vote-2023")
        .await
        .unwrap();
    assert_eq!(version, 2);
    let of = district(&world, date(2023, 10, 9)).await.unwrap();
    assert_eq!(of.figure("", "wheelchair"), None, "77 − 76 is one person");
    assert_eq!(of.figure("unmet", "deaf"), None, "hidden stays hidden");
    assert_eq!(
        of.figure("", ""),
        Some(640),
        "twenty-one more are no person"
    );
    assert_eq!(
        of.figure("", "walking"),
        None,
        "640 − 520 would leave one more among those that are hidden"
    );
    let before = district(&world, date(2023, 10, 8)).await.unwrap();
    assert_eq!(
        before.figure("", "wheelchair"),
        Some(76),
        "it stays as it was"
    );
}

#[tokio::test]
async fn the_log_vouches_for_means_counts_and_releases() {
    let world = World::new(3).await;
    counted(&world).await;
    actions::release(&central(&world, MORNING), "vote-2023")
        .await
        .unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let rows = reader
        .all(
            "select event from audit_record where event like 'access.%' order by event",
            crate::bind![],
        )
        .await
        .unwrap();
    let events: Vec<String> = rows.iter().map(|r| r.text("event").unwrap()).collect();
    assert_eq!(events, ["access.means", "access.needs", "access.released"]);
}

/// An election of the whole country, over the same stations.
async fn of_the_country(world: &World) {
    for sql in [
        "insert into election (id, rules_id, rules_sha256, title_kk, title_ru, title_en, area_id, zone, voting_day, state, state_since, synthetic, created_at)
            select 'country-2023', rules_id, '', 'c', 'c', 'c', 'kz', zone, voting_day, state, 0, true, 0 from election where id = 'vote-2023'",
        "insert into contest (id, election_id, number, area_id, region_id, commission_id, seats, state, sourcing, voting_day)
            values ('country-2023.kz', 'country-2023', 1, 'kz', 'kz', 'd1', 1, 'open', 'synthetic', '2023-11-05')",
        "insert into contest_station (station_id, contest_id, election_id, number, voters_initial, opens_at, closes_at)
            select station_id, 'country-2023.kz', 'country-2023', number, voters_initial, opens_at, closes_at from contest_station
            where election_id = 'vote-2023'",
    ] {
        world.sql(sql, crate::bind![]).await;
    }
}

#[tokio::test]
async fn an_election_of_the_country_is_counted_by_district_and_decided_with_the_others() {
    let world = World::new(3).await;
    counted(&world).await;
    actions::release(&central(&world, MORNING), "vote-2023")
        .await
        .unwrap();
    of_the_country(&world).await;
    let mut reader = world.home.app.read().await.unwrap();
    let (election, districts) = queries::needs_of(&mut reader, "country-2023", "d1")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(election.id, "country-2023");
    let areas: Vec<&str> = districts.iter().map(|d| d.area_id.as_str()).collect();
    assert_eq!(areas, ["d1"]);
    drop(reader);
    // The same voters, but for one who needs a wheelchair: 76 was told of them.
    let next = "2023-10-09T04:00:00Z";
    let new: Vec<NewNeeds> = [
        (
            "st1",
            vec![
                ("wheelchair", 40),
                ("deaf", 30),
                ("blind", 3),
                ("walking", 200),
            ],
        ),
        (
            "st2",
            vec![
                ("wheelchair", 29),
                ("deaf", 2),
                ("blind", 8),
                ("walking", 200),
            ],
        ),
        ("st3", vec![("wheelchair", 6), ("walking", 100)]),
    ]
    .iter()
    .map(|(station, voters)| NewNeeds {
        station_id: (*station).to_owned(),
        based_on: None,
        counts: super::counts(voters),
    })
    .collect();
    actions::record_needs(
        &world.district(at(next)),
        "country-2023",
        "d1",
        "commission",
        &new,
    )
    .await
    .unwrap();
    actions::release(&central(&world, next), "country-2023")
        .await
        .unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let (_, areas) = queries::published(&mut reader, "country-2023", "d1", date(2023, 10, 9))
        .await
        .unwrap()
        .unwrap();
    let of = &areas["d1"];
    assert_eq!((of.counted, of.stations), (3, 3));
    assert_eq!(of.figure("", "wheelchair"), None, "76 − 75 is one person");
    drop(reader);
    let anybody = crate::commissions::tests::Browser::public(&world.home);
    let (status, text) = anybody
        .get("/readiness/accessibility/d1?lang=en&election=country-2023&as_of=2023-10-09")
        .await;
    assert_eq!(status, axum::http::StatusCode::OK);
    assert!(text.contains("/stations/st1/access"), "{text}");
}
