use super::*;
use crate::bind;
use crate::readiness::access::model::{self, Part, Scene, StationNeeds};
use crate::readiness::access::{import_csv, queries};
use electoral::accessibility::{Accessibility, Place};

async fn totals(world: &World) -> Vec<(String, u64, u64)> {
    let mut reader = world.home.app.read().await.unwrap();
    let known = queries::needs_under(&mut reader, "vote-2023", "d1")
        .await
        .unwrap();
    let mut all: Vec<_> = known
        .into_iter()
        .map(|(station, needs)| (station, needs.version, needs.total()))
        .collect();
    all.sort();
    all
}

fn row(station: &str, version: u64, total: u64) -> (String, u64, u64) {
    (station.to_owned(), version, total)
}

#[tokio::test]
async fn a_district_counts_its_voters_in_one_act() {
    let world = World::new(3).await;
    let acting = world.district(at(MORNING));
    let changed = count(
        &acting,
        &[
            ("st1", Some(0), &[("blind", 3), ("deaf", 2)]),
            ("st2", Some(0), &[]),
        ],
    )
    .await
    .unwrap();
    assert_eq!(changed, 2);
    assert_eq!(totals(&world).await, [row("st1", 1, 5), row("st2", 1, 0)]);
    // Only what differs becomes a version.
    let changed = count(
        &acting,
        &[
            ("st1", Some(1), &[("blind", 3), ("deaf", 2)]),
            ("st2", Some(1), &[("other", 4)]),
        ],
    )
    .await
    .unwrap();
    assert_eq!(changed, 1);
    assert_eq!(totals(&world).await, [row("st1", 1, 5), row("st2", 2, 4)]);
    let mut reader = world.home.app.read().await.unwrap();
    let acts = reader
        .one(
            "select count(*) as n from audit_record where event = 'access.needs'",
            bind![],
        )
        .await
        .unwrap();
    assert_eq!(acts.int("n").unwrap(), 2);
}

#[tokio::test]
async fn wrong_people_and_wrong_numbers_are_refused() {
    let world = World::new(2).await;
    let one: &[(&str, Option<u64>, &[(&str, u64)])] = &[("st1", Some(0), &[("blind", 1)])];
    for other in [
        secretary(&world, "st1"),
        world.acting("x", "district.secretary", "d2", at(MORNING)),
        world.acting("x", "district.member", "d1", at(MORNING)),
        world.acting("x", "body.social", "d1", at(MORNING)),
    ] {
        let refused = count(&other, one).await;
        assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
    }
    let acting = world.district(at(MORNING));
    let unknown = count(&acting, &[("st1", Some(0), &[("tall", 1)])]).await;
    assert_eq!(fields(unknown.unwrap_err()), ["need.st1.tall"]);
    let many = count(&acting, &[("st1", Some(0), &[("blind", 3_001)])]).await;
    assert_eq!(fields(many.unwrap_err()), ["need.st1.blind"]);
    let together = count(
        &acting,
        &[("st1", Some(0), &[("blind", 2_000), ("deaf", 2_000)])],
    )
    .await;
    assert_eq!(fields(together.unwrap_err()), ["need.st1"]);
    let twice = count(
        &acting,
        &[
            ("st1", None, &[("blind", 1)]),
            ("st1", None, &[("blind", 2)]),
        ],
    )
    .await;
    assert_eq!(fields(twice.unwrap_err()), ["station"]);
    let elsewhere = count(&acting, &[("st9", Some(0), &[])]).await;
    assert!(matches!(elsewhere, Err(Error::NotFound)), "{elsewhere:?}");
    count(&acting, one).await.unwrap();
    let late = count(&acting, &[("st1", Some(0), &[("blind", 2)])]).await;
    assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
    assert_eq!(totals(&world).await, [row("st1", 1, 1)]);
}

/// A station's own commission counts there and nowhere else.
#[tokio::test]
async fn a_station_counts_its_own_voters() {
    let world = World::new(2).await;
    let acting = secretary(&world, "st1");
    let new = |station: &str| NewNeeds {
        station_id: station.to_owned(),
        based_on: None,
        counts: counts(&[("walking", 7)]),
    };
    let area = "st1-area";
    actions::record_needs(&acting, "vote-2023", area, "voters", &[new("st1")])
        .await
        .unwrap();
    let other = actions::record_needs(&acting, "vote-2023", area, "voters", &[new("st2")]).await;
    assert!(matches!(other, Err(Error::NotFound)), "{other:?}");
    let source = actions::record_needs(&acting, "vote-2023", area, "rumour", &[new("st1")]).await;
    assert_eq!(fields(source.unwrap_err()), ["source"]);
}

#[tokio::test]
async fn counts_come_from_a_file_all_or_none() {
    let world = World::new(2).await;
    let acting = world.home.operator();
    let head = "area_code,station_number,need,voters,source\n";
    let file = |rows: &str| format!("{head}{rows}").into_bytes();
    let good =
        file("d1,1,blind,3,commission\nd1,1,deaf,4,commission\nd1,2,other,5,social_service\n");
    assert_eq!(
        import_csv(&acting, "vote-2023", &good, true).await.unwrap(),
        3
    );
    assert!(totals(&world).await.is_empty(), "a trial changes nothing");
    assert_eq!(
        import_csv(&acting, "vote-2023", &good, false)
            .await
            .unwrap(),
        3
    );
    assert_eq!(totals(&world).await, [row("st1", 1, 7), row("st2", 1, 5)]);
    import_csv(&acting, "vote-2023", &good, false)
        .await
        .unwrap();
    assert_eq!(
        totals(&world).await,
        [row("st1", 1, 7), row("st2", 1, 5)],
        "twice is once"
    );
    for (rows, field) in [
        ("d7,1,blind,3,commission\n", "row 2 (1): area_code"),
        ("d1,9,blind,3,commission\n", "row 2 (9): station_number"),
        ("d1,x,blind,3,commission\n", "row 2 (x): station_number"),
        ("d1,1,tall,3,commission\n", "row 2 (1): need"),
        ("d1,1,blind,-3,commission\n", "row 2 (1): voters"),
        ("d1,1,blind,3,rumour\n", "row 2 (1): source"),
        (
            "d1,1,blind,3,commission\nd1,1,blind,4,commission\n",
            "row 3 (1): need",
        ),
        (
            "d1,1,blind,3,commission\nd1,1,deaf,4,voters\n",
            "row 3 (1): source",
        ),
    ] {
        let refused = import_csv(&acting, "vote-2023", &file(rows), false).await;
        assert_eq!(fields(refused.unwrap_err()), [field], "{rows}");
    }
    let nowhere = import_csv(&acting, "no-such", &good, false).await;
    assert!(matches!(nowhere, Err(Error::NotFound)), "{nowhere:?}");
    let stranger = secretary(&world, "st1");
    let refused = import_csv(&stranger, "vote-2023", &good, false).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
}

fn scene(number: u64, east_microdeg: i64, facts: &[(&str, &str)], voters: &[(&str, u64)]) -> Scene {
    Scene {
        station_id: format!("st{number}"),
        number,
        place: Some(Place {
            latitude_microdeg: 48_000_000,
            longitude_microdeg: east_microdeg,
        }),
        means: means(facts),
        needs: StationNeeds {
            version: 1,
            counts: counts(voters),
            ..StationNeeds::default()
        },
    }
}

#[test]
fn a_need_is_met_here_near_or_not_at_all() {
    let rules = Accessibility::built_in().unwrap();
    let deaf = rules.need("deaf").unwrap();
    let helped = &[("sign_language", "yes")];
    // 2.98 km and 8.9 km to the east.
    let near = scene(2, 75_040_000, helped, &[]);
    let far = scene(3, 75_120_000, helped, &[]);
    let here = |facts| scene(1, 75_000_000, facts, &[("deaf", 6), ("blind", 0)]);
    let one = here(&[("sign_language", "no")]);
    let part = |scene: &Scene, all: &[Scene]| model::part(&rules, deaf, scene, all);
    assert_eq!(part(&here(helped), &[]), Part::Here);
    assert_eq!(part(&one, &[one.clone(), near.clone()]), Part::Near);
    assert_eq!(part(&one, &[one.clone(), far.clone()]), Part::Unmet);
    let nowhere = Scene {
        place: None,
        ..near.clone()
    };
    assert_eq!(part(&one, &[one.clone(), nowhere]), Part::Unmet);
    let lines = model::lines(&rules, &[one.clone(), far]);
    let line = lines.iter().find(|l| l.need == "deaf").unwrap();
    assert_eq!(line.parts, [0, 0, 6]);
    assert_eq!(line.unmet_at, ["st1"]);
    assert_eq!(
        (line.stations_yes, line.stations_no, line.stations_unknown),
        (1, 1, 0)
    );
    let gaps = model::gaps(&rules, std::slice::from_ref(&one));
    assert_eq!(gaps.len(), 1);
    assert_eq!(gaps[0].unmet, counts(&[("deaf", 6)]));
    assert!(
        model::gaps(&rules, &[one, near]).is_empty(),
        "a neighbour helps"
    );
}
