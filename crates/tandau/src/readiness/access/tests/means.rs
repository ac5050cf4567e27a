use super::*;
use crate::readiness::access::queries;
use crate::stations;
use electoral::checklist::Milli;
use jiff::civil::{Date, date};

async fn known(world: &World, station: &str) -> crate::readiness::access::model::StationMeans {
    let mut reader = world.home.app.read().await.unwrap();
    queries::means(&mut reader, station).await.unwrap()
}

#[tokio::test]
async fn a_commission_says_what_its_station_offers_version_by_version() {
    let world = World::new(2).await;
    let acting = secretary(&world, "st1");
    let first = means(&[("ramp", "7.5"), ("wide_door", "yes"), ("lift", "unknown")]);
    let version = actions::record_means(&acting, "st1", 0, &first)
        .await
        .unwrap();
    assert_eq!(version, 1);
    // The same again is nothing new.
    let again = actions::record_means(&acting, "st1", 1, &first)
        .await
        .unwrap();
    assert_eq!(again, 1);
    let second = means(&[("ramp", "12")]);
    let version = actions::record_means(&acting, "st1", 1, &second)
        .await
        .unwrap();
    assert_eq!(version, 2);
    let now = known(&world, "st1").await;
    assert_eq!(now.means.get("ramp").number, Some(Milli(12_000)));
    assert_eq!(now.means.get("wide_door").word, Word::Yes, "it stays");
    assert_eq!((now.version, now.cause.as_str()), (2, "form"));
    assert_eq!(now.made_by, "st1-secretary");
    // What was known before stays readable.
    let mut reader = world.home.app.read().await.unwrap();
    let before = queries::means_under(&mut reader, "d1", at(MORNING))
        .await
        .unwrap();
    assert!(before.is_empty(), "nothing was known before that morning");
}

#[tokio::test]
async fn nobody_else_says_so_and_nobody_overwrites() {
    let world = World::new(2).await;
    let said = means(&[("ramp", "yes")]);
    for other in [
        secretary(&world, "st2"),
        world.acting("x", "district.secretary", "d2", at(MORNING)),
        world.acting("x", "precinct.member", "st1-area", at(MORNING)),
        world.acting("x", "body.executive", "d1", at(MORNING)),
        central(&world, MORNING),
    ] {
        let refused = actions::record_means(&other, "st1", 0, &said).await;
        assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
    }
    let district = world.district(at(MORNING));
    actions::record_means(&district, "st1", 0, &said)
        .await
        .unwrap();
    let late = actions::record_means(&secretary(&world, "st1"), "st1", 0, &said).await;
    assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
    let nowhere = actions::record_means(&district, "st9", 0, &said).await;
    assert!(matches!(nowhere, Err(Error::NotFound)), "{nowhere:?}");
}

#[tokio::test]
async fn rubbish_and_contradictions_are_refused_by_field() {
    let world = World::new(1).await;
    let acting = secretary(&world, "st1");
    let refused = |said: Means| {
        let acting = acting.clone();
        async move {
            fields(
                actions::record_means(&acting, "st1", 0, &said)
                    .await
                    .unwrap_err(),
            )
        }
    };
    assert_eq!(refused(means(&[("roof", "yes")])).await, ["roof"]);
    assert_eq!(refused(means(&[("ramp", "61")])).await, ["number.ramp"]);
    let mut both = means(&[("lift", "no")]);
    let steep = Known {
        word: Word::No,
        number: Some(Milli(6_000)),
    };
    both.set("ramp", steep);
    assert_eq!(refused(both).await, ["fact.ramp"]);
    assert_eq!(known(&world, "st1").await.version, 0, "nothing was kept");
}

#[tokio::test]
async fn the_register_of_stations_says_the_same() {
    let world = World::new(1).await;
    let acting = secretary(&world, "st1");
    let register = || async {
        let mut reader = world.home.app.read().await.unwrap();
        stations::queries::as_of(&mut reader, "st1", Date::MAX)
            .await
            .unwrap()
    };
    assert_eq!(register().await.step_free, None);
    let steep = means(&[("ramp", "15"), ("level_entrance", "no")]);
    actions::record_means(&acting, "st1", 0, &steep)
        .await
        .unwrap();
    assert_eq!(register().await.step_free, Some(false));
    assert_eq!(register().await.valid_from, date(2023, 10, 2));
    let gentle = means(&[("ramp", "6")]);
    actions::record_means(&acting, "st1", 1, &gentle)
        .await
        .unwrap();
    let now = register().await;
    assert_eq!((now.step_free, now.version), (Some(true), 3));
    // Nothing known any more doesn't unsay the register.
    let unknown = means(&[("ramp", "unknown"), ("level_entrance", "unknown")]);
    actions::record_means(&acting, "st1", 2, &unknown)
        .await
        .unwrap();
    assert_eq!(register().await.version, 3);
}

#[tokio::test]
async fn answers_to_a_checklist_tell_what_a_station_offers() {
    let world = World::new(1).await;
    let acting = secretary(&world, "st1");
    let learn = |fact: &'static str, value: &'static str| {
        let acting = acting.clone();
        async move {
            let mut tx = acting.begin().await.unwrap();
            let news = actions::learn_in(&mut tx, &acting, "st1", &[(fact, value)])
                .await
                .unwrap();
            tx.commit().await.unwrap();
            news
        }
    };
    assert!(learn("ramp", "7.5").await);
    assert!(!learn("ramp", "7.5").await, "no news");
    assert!(!learn("ramp", "yes").await, "the measurement says more");
    assert!(learn("magnifier", "no").await);
    for (fact, value) in [
        ("ramp", "na"),
        ("ramp", "2023-10-02"),
        ("ramp", "99"),
        ("ramp", ""),
        ("magnifier", "3"),
        ("roof", "yes"),
    ] {
        assert!(!learn(fact, value).await, "{fact} {value}");
    }
    let now = known(&world, "st1").await;
    assert_eq!((now.version, now.cause.as_str()), (2, "checklist"));
    assert_eq!(now.means.get("ramp").number, Some(Milli(7_500)));
    assert!(learn("ramp", "no").await);
    assert_eq!(
        known(&world, "st1").await.means.get("ramp"),
        Known::word(Word::No)
    );
}
