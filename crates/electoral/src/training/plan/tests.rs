//! Plans that can be held, and bounds that nothing undercuts.

use super::{
    Bottleneck, Hall, Input, Kept, Place, Plan, Session, Station, Terms, Trainer, Why, plan,
};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Degrees of a region of the pilot, in thousandths.
fn at(north: i64, east: i64) -> Place {
    Place {
        latitude_microdeg: 49_000_000 + north * 1_000,
        longitude_microdeg: 73_000_000 + east * 1_000,
    }
}

fn days(number: i8) -> Vec<Date> {
    (1..=number).map(|d| date(2023, 10, d)).collect()
}

fn terms(number: i8) -> Terms {
    Terms {
        days: days(number),
        in_time: date(2023, 10, 28),
        slots: vec![540, 840],
        session_minutes: 180,
        reach_metres: 60_000,
        trip_minutes: 180,
        detour_percent: 130,
        road_kmh: 60,
        session_km: 300,
    }
}

fn station(id: &str, people: u32, place: Place) -> Station {
    Station {
        id: id.to_owned(),
        people,
        place: Some(place),
        within: String::new(),
    }
}

fn hall(id: &str, seats: u32, place: Place) -> Hall {
    Hall {
        id: id.to_owned(),
        seats,
        place,
        within: String::new(),
    }
}

fn trainer(id: &str, home: Place) -> Trainer {
    Trainer {
        id: id.to_owned(),
        home,
        away: BTreeSet::new(),
        within: String::new(),
    }
}

/// What must hold of any plan.
fn holds(input: &Input, plan: &Plan) {
    let terms = &input.terms;
    let place = |id: &str| input.halls.iter().find(|h| h.id == id).unwrap().place;
    let mut of_hall = BTreeSet::new();
    let mut of_trainer: BTreeMap<(&str, Date), Vec<(usize, Place)>> = BTreeMap::new();
    for kept in &input.kept {
        assert!(of_hall.insert((kept.hall.as_str(), kept.day, kept.slot)));
        let on = of_trainer.entry((&kept.trainer, kept.day)).or_default();
        on.push((kept.slot, place(&kept.hall)));
    }
    let mut taught: BTreeMap<&str, u32> = BTreeMap::new();
    for session in &plan.sessions {
        let hall = input.halls.iter().find(|h| h.id == session.hall).unwrap();
        assert!(session.people() <= hall.seats && session.people() > 0);
        assert!(of_hall.insert((&session.hall, session.day, session.slot)));
        let on = of_trainer
            .entry((&session.trainer, session.day))
            .or_default();
        on.push((session.slot, hall.place));
        for (id, people) in &session.stations {
            *taught.entry(id).or_default() += people;
            let station = input.stations.iter().find(|s| s.id == *id).unwrap();
            assert!(terms.road(station.place.unwrap(), hall.place) <= terms.reach_metres);
        }
        assert!(terms.days.contains(&session.day) && session.slot < terms.slots.len());
    }
    for ((id, day), stops) in &mut of_trainer {
        let Some(trainer) = input.trainers.iter().find(|t| t.id == *id) else {
            continue;
        };
        let planned = plan
            .sessions
            .iter()
            .any(|s| s.trainer == *id && s.day == *day);
        assert!(!planned || !trainer.away.contains(day));
        stops.sort_by_key(|(slot, _)| *slot);
        for pair in stops.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{id} in two halls at once");
            let given = terms.slots[pair[1].0] - terms.slots[pair[0].0] - terms.session_minutes;
            assert!(terms.minutes(pair[0].1, pair[1].1) <= u64::from(given));
        }
    }
    for (id, people, _) in &plan.left {
        *taught.entry(id).or_default() += people;
    }
    for station in &input.stations {
        let sum = taught.get(station.id.as_str()).copied().unwrap_or(0);
        assert_eq!(sum, station.people, "{}", station.id);
    }
    let nobody_left = plan.left.iter().all(|(_, _, why)| *why != Why::NoTime);
    if nobody_left && !plan.sessions.is_empty() {
        assert!(plan.bound.sessions <= u64::try_from(plan.sessions.len()).unwrap());
        assert!(plan.bound.complete_on.unwrap() <= plan.complete_on.unwrap());
    }
    for session in plan.sessions.iter().filter(|s| s.day > terms.in_time) {
        assert!(
            session
                .stations
                .iter()
                .all(|(id, _)| plan.late.contains(id))
        );
    }
}

fn small() -> Input {
    Input {
        stations: (0..6)
            .map(|n| station(&format!("s{n}"), 7, at(n * 10, 0)))
            .collect(),
        halls: vec![hall("h1", 15, at(0, 0)), hall("h2", 30, at(50, 0))],
        trainers: vec![trainer("t1", at(0, 0))],
        kept: Vec::new(),
        stands_until: None,
        terms: terms(10),
    }
}

#[test]
fn a_small_plan_is_the_best_one() {
    let input = small();
    let plan = plan(&input);
    holds(&input, &plan);
    // 42 people: a hall of 30 seats and one of 15, in one day.
    assert_eq!((plan.sessions.len(), plan.bound.sessions), (2, 2));
    assert_eq!(plan.complete_on, Some(date(2023, 10, 1)));
    assert_eq!(plan.days_behind(&input.terms), Some(0));
    assert_eq!(plan.bottleneck, Bottleneck::Nothing);
    assert!(plan.late.is_empty() && plan.left.is_empty());
}

#[test]
fn what_hinders_is_named() {
    let mut input = small();
    input.stations = (0..6)
        .map(|n| station(&format!("s{n}"), 30, at(50, n)))
        .collect();
    input.halls = vec![hall("h2", 30, at(50, 0)), hall("h3", 30, at(51, 0))];
    let few_trainers = plan(&input);
    holds(&input, &few_trainers);
    assert_eq!(few_trainers.bottleneck, Bottleneck::Trainers);
    assert_eq!(few_trainers.complete_on, Some(date(2023, 10, 3)));
    input.trainers = (0..9)
        .map(|n| trainer(&format!("t{n}"), at(50, 0)))
        .collect();
    input.halls.pop();
    let few_halls = plan(&input);
    holds(&input, &few_halls);
    assert_eq!(
        few_halls.bottleneck,
        Bottleneck::Halls(vec!["h2".to_owned()])
    );
    assert_eq!(few_halls.complete_on, Some(date(2023, 10, 3)));
}

#[test]
fn who_cannot_be_reached_is_told_and_nobody_is_lost() {
    let mut input = small();
    input.stations.push(station("far", 7, at(2_000, 0)));
    input.stations.push(Station {
        id: "unknown".to_owned(),
        people: 5,
        place: None,
        within: String::new(),
    });
    input.stations.push(station("large", 70, at(50, 0)));
    let found = plan(&input);
    holds(&input, &found);
    assert_eq!(
        found.left,
        [
            ("far".to_owned(), 7, Why::NoHall),
            ("unknown".to_owned(), 5, Why::Unplaced)
        ]
    );
    input.terms.days.truncate(1);
    let short = plan(&input);
    holds(&input, &short);
    assert!(short.left.iter().any(|(_, _, why)| *why == Why::NoTime));
    assert_eq!(short.bound.complete_on, None);
    input.trainers.clear();
    let nobody = plan(&input);
    holds(&input, &nobody);
    assert!(nobody.sessions.is_empty() && nobody.complete_on.is_none());
}

#[test]
fn a_session_that_falls_out_is_planned_again_around_those_that_stand() {
    let mut input = small();
    input.stations = (0..8)
        .map(|n| station(&format!("s{n}"), 15, at(n, 0)))
        .collect();
    input.halls.truncate(1);
    let first = plan(&input);
    holds(&input, &first);
    assert_eq!(first.sessions.len(), 8);
    let fallen: &Session = &first.sessions[0];
    let again = Input {
        stations: input
            .stations
            .iter()
            .filter(|s| fallen.stations.iter().any(|(id, _)| *id == s.id))
            .cloned()
            .collect(),
        kept: first.sessions[1..]
            .iter()
            .map(|s| Kept {
                hall: s.hall.clone(),
                trainer: s.trainer.clone(),
                day: s.day,
                slot: s.slot,
            })
            .collect(),
        stands_until: first.complete_on,
        ..input.clone()
    };
    // The hour that fell out is free again. Nobody is done before the last session that stands.
    let second = plan(&again);
    holds(&again, &second);
    assert_eq!(second.sessions.len(), 1);
    assert_eq!(
        (second.sessions[0].day, second.sessions[0].slot),
        (fallen.day, fallen.slot)
    );
    assert_eq!(second.complete_on, first.complete_on);
    assert_eq!(second.bound.complete_on, first.complete_on);
    assert_eq!(second.bottleneck, Bottleneck::Standing);
    assert_eq!(second.days_behind(&again.terms), Some(0));
    let away = Input {
        trainers: vec![Trainer {
            away: [fallen.day].into(),
            ..input.trainers[0].clone()
        }],
        ..again
    };
    let second = plan(&away);
    holds(&away, &second);
    assert_eq!(second.sessions.len(), 1);
    assert_eq!(second.complete_on, Some(date(2023, 10, 5)));
    assert_eq!(second.bottleneck, Bottleneck::Trainers);
}

#[test]
fn with_nobody_left_the_last_session_that_stands_is_the_end() {
    let mut input = small();
    input.stations.clear();
    let nothing = plan(&input);
    assert_eq!(
        (nothing.complete_on, nothing.bound.complete_on),
        (None, None)
    );
    assert_eq!(nothing.bottleneck, Bottleneck::Nothing);
    // On a Sunday, by hand: no day of the terms.
    let sunday = date(2023, 11, 19);
    input.stands_until = Some(sunday);
    let standing = plan(&input);
    assert_eq!(standing.complete_on, Some(sunday));
    assert_eq!(standing.bound.complete_on, Some(sunday));
    assert_eq!(standing.days_behind(&input.terms), Some(0));
}

#[test]
fn two_trainers_of_one_session_are_in_one_hall() {
    let mut input = small();
    input.stations.truncate(1);
    input.halls.truncate(1);
    for trainer in ["t8", "t9"] {
        input.kept.push(Kept {
            hall: "h1".to_owned(),
            trainer: trainer.to_owned(),
            day: date(2023, 10, 1),
            slot: 0,
        });
    }
    let found = plan(&input);
    assert_eq!(found.complete_on, Some(date(2023, 10, 1)));
    assert_eq!(found.bound.complete_on, found.complete_on);
    assert_eq!(found.sessions[0].slot, 1);
}

#[test]
fn a_plan_without_room_for_all_is_not_complete() {
    let mut input = small();
    input.terms.days.truncate(1);
    input.halls.truncate(1);
    let found = plan(&input);
    holds(&input, &found);
    assert!(!found.sessions.is_empty());
    assert!(found.left.iter().any(|(_, _, why)| *why == Why::NoTime));
    assert_eq!(found.complete_on, None);
}

#[test]
fn a_trainer_who_is_away_or_too_far_does_not_come() {
    let mut input = small();
    input.trainers.push(trainer("t2", at(9_000, 0)));
    input.trainers[0].away = days(3).into_iter().collect();
    let plan = plan(&input);
    holds(&input, &plan);
    assert!(plan.sessions.iter().all(|s| s.trainer == "t1"));
    assert_eq!(plan.complete_on, Some(date(2023, 10, 4)));
}

#[test]
fn a_territory_is_trained_by_its_own() {
    let mut input = small();
    input.stations = (0..8)
        .map(|n| station(&format!("s{n}"), 15, at(n, 0)))
        .collect();
    input.halls = vec![hall("h1", 15, at(0, 0)), hall("h2", 15, at(1, 0))];
    input.trainers = vec![
        trainer("t1", at(0, 0)),
        trainer("t2", at(0, 0)),
        trainer("t3", at(0, 0)),
    ];
    for (n, station) in input.stations.iter_mut().enumerate() {
        station.within = if n < 6 { "north" } else { "south" }.to_owned();
    }
    input.halls[0].within = "north".to_owned();
    input.halls[1].within = "south".to_owned();
    input.trainers[0].within = "north".to_owned();
    input.trainers[1].within = "south".to_owned();
    input.trainers[2].within = "south".to_owned();
    let found = plan(&input);
    holds(&input, &found);
    // Six sessions of the north in its one hall by its one trainer: three days, however many the south has.
    assert_eq!(found.complete_on, Some(date(2023, 10, 3)));
    assert_eq!(found.bound.complete_on, found.complete_on);
    for session in &found.sessions {
        let north = session.hall == "h1";
        assert_eq!(session.trainer == "t1", north);
        assert!(
            session
                .stations
                .iter()
                .all(|(id, _)| (id.as_str() < "s6") == north)
        );
    }
}

/// A region: stations around some thirty towns, halls in the towns, a trainer in each second one.
fn region(stations: i64) -> Input {
    let town = |n: i64| at((n % 6) * 420 + n * 13 % 97, (n / 6) * 640 + n * 29 % 113);
    Input {
        stations: (0..stations)
            .map(|n| {
                let home = town(n % 30);
                let place = Place {
                    latitude_microdeg: home.latitude_microdeg + (n * 7_919 % 400 - 200) * 1_000,
                    longitude_microdeg: home.longitude_microdeg + (n * 6_007 % 500 - 250) * 1_000,
                };
                station(
                    &format!("s{n:04}"),
                    5 + u32::try_from(n % 5).unwrap(),
                    place,
                )
            })
            .collect(),
        halls: (0..60)
            .map(|n| {
                let seats = 30 + u32::try_from(n % 4).unwrap() * 20;
                let mut place = town(n % 30);
                place.latitude_microdeg += n / 30 * 150_000;
                hall(&format!("h{n:02}"), seats, place)
            })
            .collect(),
        trainers: (0..15)
            .map(|n| trainer(&format!("t{n:02}"), town(n * 2)))
            .collect(),
        kept: Vec::new(),
        stands_until: None,
        terms: terms(25),
    }
}

#[test]
fn a_region_is_planned_and_nothing_is_broken() {
    let input = region(650);
    let people: u32 = input.stations.iter().map(|s| s.people).sum();
    assert_eq!(people, 4_550);
    let begun = std::time::Instant::now();
    let plan = plan(&input);
    let took = begun.elapsed();
    holds(&input, &plan);
    assert!(plan.bound.solved);
    assert!(plan.days_behind(&input.terms).unwrap() <= 3);
    assert!(took.as_secs() < 10, "{took:?}");
}

fn inputs() -> impl Strategy<Value = Input> {
    let place = (0_i64..300, 0_i64..300);
    (
        prop::collection::vec((1_u32..12, place.clone()), 1..14),
        prop::collection::vec((5_u32..30, place.clone()), 1..4),
        prop::collection::vec((place, prop::collection::btree_set(1_i8..6, 0..3)), 0..4),
        prop::collection::vec((0_usize..4, 0_usize..4, 1_i8..8, 0_usize..2), 0..3),
    )
        .prop_map(|(stations, halls, trainers, kept)| {
            let mut input = Input {
                stations: stations
                    .into_iter()
                    .enumerate()
                    .map(|(n, (people, (a, b)))| station(&format!("s{n}"), people, at(a, b)))
                    .collect(),
                halls: halls
                    .into_iter()
                    .enumerate()
                    .map(|(n, (seats, (a, b)))| hall(&format!("h{n}"), seats, at(a, b)))
                    .collect(),
                trainers: trainers
                    .into_iter()
                    .enumerate()
                    .map(|(n, ((a, b), away))| Trainer {
                        away: away.into_iter().map(|d| date(2023, 10, d)).collect(),
                        ..trainer(&format!("t{n}"), at(a, b))
                    })
                    .collect(),
                kept: Vec::new(),
                stands_until: None,
                terms: terms(8),
            };
            // Kept sessions of one trainer a day, so that they are possible themselves.
            for (h, t, day, slot) in kept {
                let day = date(2023, 10, day);
                let kept = Kept {
                    hall: format!("h{}", h % input.halls.len()),
                    trainer: format!("t{t}"),
                    day,
                    slot,
                };
                let clash = |k: &Kept| {
                    k.day == day
                        && (k.trainer == kept.trainer || (k.hall == kept.hall && k.slot == slot))
                };
                if !input.kept.iter().any(clash) {
                    input.kept.push(kept);
                }
            }
            input
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn every_plan_can_be_held_and_its_bound_stands(input in inputs()) {
        let found = plan(&input);
        holds(&input, &found);
        let mut turned = input.clone();
        turned.stations.reverse();
        turned.halls.reverse();
        turned.trainers.reverse();
        prop_assert_eq!(found, plan(&turned));
    }

    #[test]
    fn one_trainer_more_never_lowers_what_the_bound_allows(input in inputs()) {
        let before = plan(&input).bound;
        let mut more = input;
        let home = more.halls[0].place;
        more.trainers.push(trainer("t9", home));
        let after = plan(&more).bound;
        prop_assert_eq!(before.sessions, after.sessions);
        prop_assert!(before.complete_on.is_none() || after.complete_on <= before.complete_on);
    }
}
