use super::*;
use crate::rules::Confidence;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn rules() -> WatchRules {
    WatchRules::built_in().unwrap()
}

fn now() -> Timestamp {
    "2023-11-04T06:00:00Z".parse().unwrap()
}

fn places(stations: usize, districts: usize, regions: usize) -> Vec<Place> {
    (0..stations)
        .map(|n| Place {
            station: format!("s{n}"),
            area: format!("a{n}"),
            district: format!("d{}", n % districts),
            region: format!("r{}", n % districts % regions),
        })
        .collect()
}

#[test]
fn the_built_in_rules_are_sound() {
    let rules = rules();
    for kind in &rules.kinds {
        let grave = rules.plan(&kind.id, Grade::Severe, now(), now(), &places(1, 1, 1));
        assert!(!grave.tasks.is_empty(), "{} opens nothing", kind.id);
    }
    for task in &rules.tasks {
        assert!(
            task.basis.confidence == Confidence::Gap || !task.basis.article.is_empty(),
            "{}",
            task.id
        );
    }
}

#[test]
fn faults_are_refused_by_name() {
    let spoiled = |from: &str, to: &str| {
        let text = BUILT_IN.replacen(from, to, 1);
        assert_ne!(text, BUILT_IN, "{from}");
        WatchRules::parse(&text).unwrap_err()
    };
    assert_eq!(
        spoiled("id = \"heat\"", "id = \"power\""),
        WatchError::Twice("power".to_owned())
    );
    assert_eq!(
        spoiled("kinds = [\"power\"]", "kinds = [\"tea\"]"),
        WatchError::NoKind {
            task: "power_restore".to_owned(),
            kind: "tea".to_owned()
        }
    );
    assert_eq!(
        spoiled("stations_most = 60", "stations_most = 0"),
        WatchError::Bounds
    );
    assert!(matches!(
        spoiled("id = \"heat\"", "id = \"Heat!\""),
        WatchError::Id(_)
    ));
    assert!(matches!(
        spoiled("least_hours =", "lest_hours ="),
        WatchError::Syntax(_)
    ));
}

#[test]
fn a_deadline_lies_before_the_event_but_leaves_the_least_time() {
    let rules = rules();
    let backup = rules.task("power_backup").unwrap();
    let hours = |n: u16| SignedDuration::from_hours(i64::from(n));
    let due = |onset: Timestamp| {
        let plan = rules.plan("power", Grade::Severe, onset, now(), &places(1, 1, 1));
        let found = plan.tasks.iter().find(|t| t.task.id == "power_backup");
        found.unwrap().due_at
    };
    let far = now() + SignedDuration::from_hours(96);
    assert_eq!(due(far), far - hours(backup.before_hours));
    assert_eq!(
        due(now()),
        now() + hours(backup.least_hours),
        "it has begun"
    );
    assert_eq!(due(Timestamp::MIN), now() + hours(backup.least_hours));
    assert!(due(Timestamp::MAX) > now());
}

#[test]
fn a_large_area_gets_its_tasks_by_district_and_then_by_region() {
    let rules = rules();
    let count = |stations, districts, regions| {
        let places = places(stations, districts, regions);
        let plan = rules.plan("power", Grade::Severe, now(), now(), &places);
        let backup = plan.tasks.iter().filter(|t| t.task.id == "power_backup");
        (plan.level, backup.count())
    };
    assert_eq!(count(60, 3, 1), (Level::Station, 60));
    assert_eq!(count(61, 3, 1), (Level::District, 3));
    assert_eq!(count(1491, 45, 17), (Level::District, 45));
    assert_eq!(count(10_101, 200, 20), (Level::Region, 20));
    assert_eq!(count(0, 1, 1), (Level::Station, 0));
}

#[test]
fn words_in_any_language_tell_the_kind_and_the_category_does_when_they_do_not() {
    let rules = rules();
    let kind = |text: &str, category: &str| {
        let found = rules.kind_of_words([text].into_iter(), &[category.to_owned()]);
        found.map(|k| k.id.as_str())
    };
    assert_eq!(kind("Сильная МЕТЕЛЬ", "Met"), Some("snow"));
    assert_eq!(kind("Қатты боран", "Met"), Some("snow"));
    assert_eq!(kind("Storm wind", "Met"), Some("storm"));
    assert_eq!(kind("Something odd", "Met"), Some("weather"));
    assert_eq!(kind("Something odd", "Cactus"), None);
}

proptest! {
    /// No station is forgotten, none gets the same task twice, and the number stays bounded.
    #[test]
    fn every_place_is_covered_once(
        stations in 0_usize..400, districts in 1_usize..90, regions in 1_usize..20, grade in 0_usize..5,
    ) {
        let rules = rules();
        let places = places(stations, districts, regions);
        for kind in &rules.kinds {
            let plan = rules.plan(&kind.id, Grade::ALL[grade], now(), now(), &places);
            let keys: BTreeSet<String> = plan.tasks.iter().map(Planned::key).collect();
            prop_assert_eq!(keys.len(), plan.tasks.len());
            let most = usize::try_from(rules.bounds.stations_most.max(rules.bounds.districts_most)).unwrap();
            prop_assert!(plan.tasks.len() <= most * rules.tasks.len());
            let ids: BTreeSet<&str> = plan.tasks.iter().map(|t| t.task.id.as_str()).collect();
            for place in &places {
                for id in &ids {
                    let covers = |t: &&Planned<'_>| t.task.id == **id
                        && (t.station.as_ref() == Some(&place.station) || t.area == place.district || t.area == place.region);
                    prop_assert_eq!(plan.tasks.iter().filter(covers).count(), 1);
                }
            }
        }
    }
}
