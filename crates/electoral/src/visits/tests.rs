use super::*;
use crate::accessibility::Place;
use proptest::prelude::*;

fn rules() -> VisitRules {
    VisitRules::built_in().unwrap()
}

fn stop(starts: i64, ends: i64, north: i64) -> Stop {
    Stop {
        starts: starts * 60,
        ends: ends * 60,
        place: Some(Place {
            latitude_microdeg: north,
            longitude_microdeg: 73_000_000,
        }),
        rough: false,
        group: 0,
    }
}

#[test]
fn the_built_in_rules_are_sound() {
    let rules = rules();
    for kind in ["seminar_meeting", "meeting_residents", "cascade_training"] {
        assert!(rules.kind(kind).is_some(), "{kind}");
    }
    assert!(rules.kind("polling_station_visit").unwrap().station);
    assert!(rules.category("students").is_some());
    let profiles = rules.topics.iter().filter(|t| t.profile).count();
    assert_eq!(profiles, 1, "wishes stand beside everything else");
    assert!(rules.topic("rural_youth").is_some_and(|t| !t.profile));
    assert!(rules.wish("local").is_some() && rules.wish("none").is_none());
}

#[test]
fn what_is_faulty_is_refused_by_name() {
    let text = BUILT_IN;
    let wrong = |from: &str, to: &str| VisitRules::parse(&text.replacen(from, to, 1)).unwrap_err();
    assert_eq!(
        wrong("value = 70", "value = 0"),
        VisitsError::Range("road_kmh", 1, 200)
    );
    assert_eq!(
        wrong("confidence = \"gap\"", "confidence = \"sourced\""),
        VisitsError::NoArticle("road_kmh")
    );
    assert_eq!(
        wrong("id = \"meeting_residents\"", "id = \"seminar_meeting\""),
        VisitsError::Twice("seminar_meeting".into())
    );
    assert_eq!(
        wrong("id = \"students\"", "id = \"Students\""),
        VisitsError::Id("Students".into())
    );
    assert_eq!(
        wrong("en = \"Students\"", "en = \" \""),
        VisitsError::Blank("students".into(), "en")
    );
    assert!(matches!(
        wrong("id = \"kz-visits\"", "odd = 1"),
        VisitsError::Syntax(_)
    ));
}

#[test]
fn what_can_not_be_done_is_said() {
    let rules = rules();
    // A degree of a meridian: about 111 km, 145 km of road, 124 minutes at 70 km/h, and ten to get in and out.
    let far = [stop(0, 60, 47_000_000), stop(120, 180, 48_000_000)];
    let legs = day_plan(&rules, &far);
    assert_eq!(legs.len(), 1);
    match legs[0].finding {
        Finding::TooFar {
            metres,
            needed,
            given,
        } => {
            assert!((110_000..112_500).contains(&metres), "{metres}");
            assert!((132..138).contains(&needed), "{needed}");
            assert_eq!(given, 60);
        }
        other => panic!("{other:?}"),
    }
    let fits = [stop(0, 60, 47_000_000), stop(200, 260, 48_000_000)];
    assert!(matches!(
        day_plan(&rules, &fits)[0].finding,
        Finding::Fits { given: 140, .. }
    ));
    let overlap = [stop(0, 60, 47_000_000), stop(45, 90, 47_000_000)];
    assert_eq!(
        day_plan(&rules, &overlap)[0].finding,
        Finding::Overlap { minutes: 15 }
    );
    let mut nowhere = fits;
    nowhere[0].place = None;
    assert_eq!(
        day_plan(&rules, &nowhere)[0].finding,
        Finding::Unknown { given: 140 }
    );
    let here = [stop(0, 60, 47_000_000), stop(60, 90, 47_000_000)];
    assert_eq!(
        day_plan(&rules, &here)[0].finding,
        Finding::Fits {
            metres: 0,
            needed: 0,
            given: 0
        }
    );
}

#[test]
fn groups_travel_on_their_own_and_a_long_event_holds_all_that_fall_into_it() {
    let rules = rules();
    let mut two = [stop(0, 60, 47_000_000), stop(30, 90, 48_000_000)];
    two[1].group = 1;
    assert!(day_plan(&rules, &two).is_empty());
    let three = [
        stop(0, 240, 47_000_000),
        stop(60, 90, 47_000_000),
        stop(120, 150, 47_000_000),
    ];
    let legs = day_plan(&rules, &three);
    assert_eq!(legs.len(), 2);
    assert!(legs.iter().all(|leg| leg.from == 0));
    assert!(legs.iter().all(|leg| leg.finding.is_wrong()));
    let mut rough = three;
    rough[0].rough = true;
    assert!(day_plan(&rules, &rough).iter().all(|leg| leg.rough));
}

prop_compose! {
    fn any_stop()(starts in 0_i64..5_000, long in 0_i64..300, north in 40_000_000_i64..55_000_000, known in any::<bool>(), group in 0_u32..2) -> Stop {
        let mut one = stop(starts, starts + long, north);
        one.group = group;
        if !known { one.place = None; }
        one
    }
}

proptest! {
    /// In whatever order events are given, the same ways come out.
    #[test]
    fn order_does_not_matter(stops in proptest::collection::vec(any_stop(), 0..8)) {
        let rules = rules();
        let mut other = stops.clone();
        other.reverse();
        let name = |list: &[Stop], legs: Vec<Leg>| {
            let mut found: Vec<_> = legs
                .into_iter()
                .map(|leg| (format!("{:?}", list[leg.to]), format!("{:?}", leg.finding)))
                .collect();
            found.sort();
            found
        };
        // Equal stops may change places: then their ways are equal too.
        prop_assert_eq!(name(&stops, day_plan(&rules, &stops)).len(), name(&other, day_plan(&rules, &other)).len());
        let distinct: std::collections::BTreeSet<_> = stops.iter().map(|s| (s.group, s.starts)).collect();
        if distinct.len() == stops.len() {
            prop_assert_eq!(name(&stops, day_plan(&rules, &stops)), name(&other, day_plan(&rules, &other)));
        }
    }

    /// Each group of n events has n − 1 ways, and nothing else.
    #[test]
    fn every_event_but_the_first_is_reached(stops in proptest::collection::vec(any_stop(), 0..10)) {
        let legs = day_plan(&rules(), &stops);
        let groups: std::collections::BTreeSet<_> = stops.iter().map(|s| s.group).collect();
        prop_assert_eq!(legs.len(), stops.len() - groups.len());
        prop_assert!(legs.iter().all(|leg| stops[leg.from].group == stops[leg.to].group));
    }

    /// More time between two events never makes a way worse; a longer way never takes less.
    #[test]
    fn time_helps_and_distance_costs(a in 0_u64..2_000_000, b in 0_u64..2_000_000, gap in 0_i64..2_000, more in 0_i64..2_000, north in 40_000_000_i64..55_000_000) {
        let rules = rules();
        prop_assert!(a > b || minutes(&rules, a) <= minutes(&rules, b));
        let at = |gap: i64| day_plan(&rules, &[stop(0, 60, 47_000_000), stop(60 + gap, 120 + gap, north)])[0].finding;
        prop_assert!(at(gap).is_wrong() || !at(gap + more).is_wrong());
    }
}
