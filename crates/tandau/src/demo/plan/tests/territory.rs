//! Areas, contests, stations, lists.

use std::collections::{HashMap, HashSet};

use jiff::civil::date;
use jiff::tz::TimeZone;

use super::super::geometry::shapes;
use super::super::num::{Claim, share, share_within};
use super::super::sources::{PublishedFile, rows};
use super::*;

#[test]
fn areas_are_complete_and_parents_come_first() {
    let count = |kind| PLAN.areas.iter().filter(|a| a.kind == kind).count();
    assert_eq!(count(AreaKind::Region), 17);
    assert_eq!(count(AreaKind::CityOfRepublicanSignificance), 3);
    assert_eq!(
        count(AreaKind::District) + count(AreaKind::CityOfRegionalSignificance),
        209
    );
    assert_eq!(count(AreaKind::Placeholder), 1);
    let karaganda = PLAN
        .areas
        .iter()
        .filter(|a| a.code.starts_with("35"))
        .count();
    assert_eq!(karaganda, 1_603);
    let mut seen = HashSet::new();
    for area in &PLAN.areas {
        assert!(
            area.parent.as_ref().is_none_or(|p| seen.contains(p)),
            "{} before its parent",
            area.code
        );
        assert!(seen.insert(area.code.clone()), "{} twice", area.code);
        assert!(!area.name.kk.is_empty() && !area.name.ru.is_empty() && !area.name.en.is_empty());
    }
    for code in [
        "353677000",
        "353651000",
        "355669000",
        "355647000",
        "354039000",
        "351010000",
    ] {
        assert!(seen.contains(code), "{code} of the visit");
    }
}

#[test]
fn units_made_after_the_pilot_say_so() {
    let voting = date(2023, 11, 5);
    let later: Vec<&Area> = PLAN
        .areas
        .iter()
        .filter(|a| a.valid_from.is_some_and(|d| d > voting))
        .collect();
    let mut codes: Vec<&str> = later.iter().map(|a| a.code.as_str()).collect();
    codes.sort_unstable();
    assert_eq!(
        codes,
        [
            "104100000",
            "104500000",
            "191800000",
            "635500000",
            "636300000"
        ]
    );
    assert!(later.iter().all(|a| a.valid_from_approximate));
    // As counted in 2023: 166 districts and 38 cities.
    let then = |kind| {
        PLAN.areas
            .iter()
            .filter(|a| a.kind == kind && a.valid_from.is_none_or(|d| d <= voting))
            .count()
    };
    assert_eq!(
        (
            then(AreaKind::District),
            then(AreaKind::CityOfRegionalSignificance)
        ),
        (166, 38)
    );
}

#[derive(serde::Deserialize)]
struct Offset {
    kato: String,
    utc_offset_2023: String,
}

#[test]
fn zones_give_the_offsets_of_voting_day() {
    let offsets: Vec<Offset> = rows("regions.csv", Sources::embedded().regions).expect("table");
    assert_eq!(offsets.len(), 20);
    for row in offsets {
        let area = PLAN
            .areas
            .iter()
            .find(|a| a.code == row.kato)
            .expect("region");
        let zone = TimeZone::get(&area.zone).expect("zone");
        let noon = local(&zone, date(2023, 11, 5).at(12, 0, 0, 0));
        let hours = noon.offset().seconds() / 3_600;
        assert_eq!(
            format!("+{hours:02}:00"),
            row.utc_offset_2023,
            "{}",
            row.kato
        );
    }
}

#[test]
fn national_numbers() {
    assert_eq!(PLAN.contests.len(), 45);
    assert_eq!(PLAN.stations.len(), 1_491);
    assert_eq!(
        PLAN.stations.iter().map(|s| s.voters_on_list).sum::<u32>(),
        1_062_327
    );
    assert!(
        PLAN.stations
            .iter()
            .all(|s| (20..=3_000).contains(&s.voters_on_list))
    );
    let cities = PLAN.contests.iter().filter(|c| {
        PLAN.areas
            .iter()
            .any(|a| a.code == c.area && a.kind == AreaKind::CityOfRegionalSignificance)
    });
    assert_eq!(cities.count(), 3);
    let status = |s| PLAN.contests.iter().filter(|c| c.sourcing == s).count();
    assert_eq!(
        (
            status(Sourcing::Sourced),
            status(Sourcing::Probable),
            status(Sourcing::NotSourced)
        ),
        (43, 1, 1)
    );
    assert_eq!(contest("616400000").sourcing, Sourcing::Probable);
    assert_eq!(contest(PLACEHOLDER).sourcing, Sourcing::NotSourced);
}

#[test]
fn known_station_counts_are_kept() {
    let known = [
        ("353600000", 38),
        ("276000000", 22),
        ("275400000", 22),
        ("275000000", 19),
        ("234200000", 15),
        ("234800000", 19),
        ("554200000", 33),
        ("623800000", 30),
        ("616400000", 33),
        ("352100000", 4),
        ("355600000", 41),
        ("392400000", 49),
        ("634800000", 81),
    ];
    for (area, count) in known {
        assert_eq!(stations(area).len(), count, "{area}");
    }
    assert_eq!(
        stations("434800000").len() + stations("435200000").len(),
        58
    );
}

#[test]
fn numbers_are_unique_in_a_region_and_the_visited_stations_exist() {
    let mut seen = HashSet::new();
    for station in &PLAN.stations {
        let region = &PLAN.contests[station.contest].region;
        assert!(
            seen.insert((region.as_str(), station.number)),
            "{} in {region}",
            station.number
        );
    }
    assert!(stations("353600000").iter().any(|s| s.number == 448));
    assert!(stations("353600000").iter().any(|s| s.number == 449));
    assert!(stations("352100000").iter().any(|s| s.number == 802));
}

#[test]
fn published_lists_are_kept() {
    let list = |area: &str| stations(area).iter().map(|s| s.voters_on_list).sum::<u32>();
    for (area, voters) in [
        ("234200000", 15_883),
        ("234800000", 18_614),
        ("314200000", 31_286),
        ("315000000", 40_378),
        ("554200000", 10_443),
        ("434800000", 22_101),
        ("435200000", 50_402),
        ("616400000", 44_109),
    ] {
        assert_eq!(list(area), voters, "{area}");
        assert_eq!(contest(area).voters_on_lists, voters);
    }
    assert_eq!(
        list("275400000") + list("275000000") + list("276000000"),
        28_884
    );
    assert_eq!(
        list("594200000") + list("595200000") + list("596200000"),
        35_846
    );
    assert_eq!(
        list("352100000") + list("353600000") + list("355600000"),
        38_500
    );
    assert!((7_001..7_500).contains(&list("623800000")));
}

#[test]
fn published_file_agrees_with_itself() {
    let file: PublishedFile = serde_json::from_str(Sources::embedded().published).expect("json");
    assert!(
        file.contests
            .iter()
            .all(|c| PLAN.contests.iter().any(|own| own.area == c.area))
    );
    assert!(
        file.groups
            .iter()
            .flat_map(|g| &g.areas)
            .all(|a| PLAN.contests.iter().any(|own| &own.area == a))
    );
    let sum = |area: &str, measures: &[&str]| -> f64 {
        let figures = file
            .contests
            .iter()
            .filter(|c| c.area == area)
            .flat_map(|c| &c.figures);
        figures
            .filter(|f| measures.contains(&f.measure.as_str()))
            .map(|f| f.value)
            .sum()
    };
    for area in ["594200000", "595200000", "596200000"] {
        let difference = sum(area, &["votes", "against_all"]) - sum(area, &["valid_sum"]);
        assert!(difference.abs() < 0.5, "{area}");
    }
}

#[test]
fn stations_lie_inside_their_district_and_have_an_address() {
    let shapes = shapes(&Sources::embedded()).expect("shapes");
    for station in &PLAN.stations {
        match (shapes.get(&station.area), station.lat_lon) {
            (Some(shape), Some((lat, lon))) => assert!(shape.contains((lon, lat)), "{station:?}"),
            (None, None) => assert_eq!(station.area, PLACEHOLDER),
            _ => panic!("coordinates of {station:?}"),
        }
        assert!(station.address.kk.starts_with(&station.place.kk));
        assert!(!station.premises.ru.contains("{n}") && station.capacity >= 25);
        assert_eq!(station.place_code.is_none(), station.area == PLACEHOLDER);
    }
}

#[test]
fn special_stations_are_few() {
    let count = |kind| PLAN.stations.iter().filter(|s| s.kind == kind).count();
    assert_eq!(
        (count(StationKind::Hospital), count(StationKind::Remote)),
        (5, 4)
    );
}

#[test]
fn sizes_look_like_villages_and_towns() {
    let mut sizes: Vec<u32> = PLAN.stations.iter().map(|s| s.voters_on_list).collect();
    sizes.sort_unstable();
    assert!(sizes[149] < 200, "a tenth is small: {}", sizes[149]);
    assert!(
        sizes[745] < 712,
        "the median lies below the mean: {}",
        sizes[745]
    );
    assert!(sizes[1_400] > 1_500, "some are large: {}", sizes[1_400]);
}

#[test]
fn shares_add_up() {
    assert_eq!(share(10, &[1, 1, 1]), [4, 3, 3]);
    assert_eq!(share(5, &[]), Vec::<u32>::new());
    let claims = [
        Claim {
            weight: 9,
            low: 0,
            high: 3,
        },
        Claim {
            weight: 1,
            low: 2,
            high: 9,
        },
    ];
    assert_eq!(share_within(10, &claims), Ok(vec![3, 7]));
    assert!(share_within(13, &claims).is_err());
}

#[test]
fn contests_own_consecutive_stations() {
    let mut next = 0;
    for (index, contest) in PLAN.contests.iter().enumerate() {
        assert_eq!(contest.stations.start, next);
        next = contest.stations.end;
        assert!(
            stations(&contest.area)
                .iter()
                .all(|s| s.contest == index && s.area == contest.area)
        );
    }
    let by_number: HashMap<u32, usize> = PLAN.contests.iter().map(|c| (c.no, 1)).collect();
    assert_eq!((next, by_number.len()), (1_491, 45));
}

#[test]
fn no_two_stations_share_a_building() {
    let mut seen = HashSet::new();
    for station in PLAN
        .stations
        .iter()
        .filter(|s| s.kind == StationKind::Ordinary)
    {
        let key = (
            &station.area,
            &station.place_code,
            &station.place.kk,
            &station.premises.kk,
        );
        assert!(seen.insert(key), "{key:?}");
    }
}
