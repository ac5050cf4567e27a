use std::collections::BTreeSet;

use proptest::prelude::*;

use super::topology::{get, parse};
use super::*;

fn spec<'a>(areas: &'a [AreaSpec<'a>]) -> MapSpec<'a> {
    MapSpec {
        id: "m",
        title: "Аумақтар",
        desc: "Сол деректер төмендегі кестеде.",
        areas,
    }
}

fn area(code: &str) -> AreaSpec<'_> {
    AreaSpec {
        code,
        shade: Some(3),
        label: "",
        href: Some("/areas/1"),
        title: "Қарағанды облысы: 12 / 34",
    }
}

/// Every area of a map, linked and labelled.
fn full(map: &Map) -> String {
    let codes: Vec<&str> = map.codes().collect();
    let hrefs: Vec<String> = codes.iter().map(|c| format!("/areas/{c}")).collect();
    let titles: Vec<String> = codes.iter().map(|c| format!("{c} ауданы")).collect();
    let areas: Vec<AreaSpec<'_>> = (0..codes.len())
        .map(|i| AreaSpec {
            href: Some(&hrefs[i]),
            title: &titles[i],
            shade: u8::try_from(i % 8).ok().filter(|shade| *shade < 7),
            ..area(codes[i])
        })
        .collect();
    map.render(&spec(&areas))
}

#[test]
fn all_outlines_are_there_and_closed() {
    let topology = get().unwrap();
    assert_eq!(topology.country.len(), 1);
    assert_eq!(topology.regions.len(), 20);
    assert_eq!(topology.districts.len(), 224);
    let regions: BTreeSet<&str> = topology.regions.iter().map(|r| r.code.as_str()).collect();
    assert_eq!(regions.len(), 20);
    let codes: BTreeSet<&str> = topology.districts.iter().map(|d| d.code.as_str()).collect();
    assert_eq!(codes.len(), 224, "codes are distinct");
    for shape in topology.regions.iter().chain(&topology.districts) {
        assert!(shape.code.len() == 9 && shape.code.bytes().all(|b| b.is_ascii_digit()));
        for ring in &shape.rings {
            assert_eq!(ring.first(), ring.last(), "{}", shape.code);
        }
    }
    for district in &topology.districts {
        assert!(
            regions.contains(district.region.as_str()),
            "{}",
            district.code
        );
        assert_eq!(district.code[..2], district.region[..2]);
    }
}

/// Twice the signed area.
fn area2(rings: &[Vec<[i32; 2]>]) -> i64 {
    let cross = |pair: &[[i32; 2]]| {
        i64::from(pair[0][0]) * i64::from(pair[1][1])
            - i64::from(pair[1][0]) * i64::from(pair[0][1])
    };
    rings
        .iter()
        .flat_map(|ring| ring.windows(2).map(cross))
        .sum()
}

#[test]
fn districts_fill_their_regions_and_regions_the_country() {
    let topology = get().unwrap();
    for region in &topology.regions {
        let districts = topology
            .districts
            .iter()
            .filter(|d| d.region == region.code);
        let sum: i64 = districts.map(|d| area2(&d.rings)).sum();
        assert_eq!(sum, area2(&region.rings), "{}", region.code);
    }
    let sum: i64 = topology.regions.iter().map(|r| area2(&r.rings)).sum();
    let country = area2(&topology.country[0].rings);
    assert_eq!(sum, country);
    // An equal-area projection at 293.181 m a step: the country measures about 2.72 million km².
    let km2 = country.unsigned_abs() as f64 / 2.0 * 0.293_181_f64.powi(2);
    assert!((2.6e6..2.8e6).contains(&km2), "{km2}");
}

#[test]
fn maps_are_small_enough_for_a_slow_line() {
    // Deflate takes a third to a quarter of such text: 8 kB and 16 kB compressed.
    let regions = full(&Map::regions().unwrap());
    let districts = full(&Map::districts().unwrap());
    assert!(regions.len() < 24_000, "{}", regions.len());
    assert!(districts.len() < 84_000, "{}", districts.len());
}

#[test]
fn every_area_is_a_link_with_a_name() {
    let map = Map::districts_of("350000000").unwrap();
    let codes: Vec<&str> = map.codes().collect();
    assert_eq!(codes.len(), 13);
    let svg = full(&map);
    assert_eq!(svg.matches("<a href=").count(), 13);
    for code in codes {
        assert!(svg.contains(&format!(
            "<a href=\"/areas/{code}\" aria-label=\"{code} ауданы\">"
        )));
        assert!(svg.contains(&format!("<title>{code} ауданы</title>")));
    }
    assert!(svg.contains("role=\"group\"") && svg.contains("<desc id=\"m-d\">"));
    for forbidden in [" style=", "<style", "<script", "xlink"] {
        assert!(!svg.contains(forbidden));
    }
}

#[test]
fn pilot_districts_lie_on_the_country() {
    let codes = ["353600000", "352100000", "101800000", "999999999"];
    let map = Map::pilot(&codes).unwrap();
    assert_eq!(
        map.codes().collect::<Vec<_>>(),
        ["101800000", "352100000", "353600000"]
    );
    let svg = full(&map);
    assert_eq!(svg.matches("class=\"map-land\"").count(), 1);
    assert_eq!(svg.matches("class=\"map-border\"").count(), 1);
    // Two towns are too small to see at this scale and get a mark, drawn after the district.
    assert_eq!(svg.matches("<circle ").count(), 2);
    assert!(svg.find("/areas/353600000").unwrap() < svg.find("/areas/352100000").unwrap());
}

#[test]
fn no_data_is_hatched_and_unknown_areas_are_land() {
    let map = Map::regions().unwrap();
    let none = AreaSpec {
        shade: None,
        ..area("350000000")
    };
    let dark = AreaSpec {
        shade: Some(200),
        href: None,
        ..area("110000000")
    };
    let svg = map.render(&spec(&[none, dark]));
    assert!(svg.contains("<pattern id=\"m-none\""));
    assert!(svg.contains("class=\"map-area map-none\""));
    assert!(svg.contains("fill=\"url(#m-none)\""));
    assert!(svg.contains("class=\"map-area map-6\""));
    assert_eq!(svg.matches("map-land").count(), 18);
    assert_eq!(svg.matches("<a ").count(), 1, "no link without an address");
    assert!(!map.render(&spec(&[dark])).contains("<pattern"));
}

#[test]
fn texts_are_escaped_and_addresses_stay_on_the_site() {
    let map = Map::regions().unwrap();
    for href in [
        "javascript:alert(1)",
        "//evil.example",
        "/\\evil.example",
        "data:text/html,x",
    ] {
        let nasty = AreaSpec {
            label: "<b>",
            href: Some(href),
            title: "<script>\"x\"</script>",
            ..area("350000000")
        };
        let svg = map.render(&MapSpec {
            id: "a\"b c",
            title: "<i>",
            desc: "\"&",
            areas: &[nasty],
        });
        assert!(!svg.contains("<script") && !svg.contains("<b>") && !svg.contains("<i>"));
        assert!(!svg.contains("href"), "{href}");
        assert!(svg.contains("aria-labelledby=\"a-b-c-t\""));
        assert!(svg.contains("&lt;script&gt;&quot;x&quot;"));
    }
}

#[test]
fn labels_stand_inside_their_area() {
    for shape in &get().unwrap().regions {
        let [x, y] = shape.inside;
        let (min, max) = (shape.extent.min, shape.extent.max);
        assert!(min[0] <= x && x <= max[0] && min[1] <= y && y <= max[1]);
    }
    let labelled = AreaSpec {
        label: "7",
        ..area("350000000")
    };
    let svg = Map::regions().unwrap().render(&spec(&[labelled]));
    assert!(svg.contains(">7</text>"));
    let long = "x".repeat(60);
    let labelled = AreaSpec {
        label: &long,
        ..labelled
    };
    let svg = Map::regions().unwrap().render(&spec(&[labelled]));
    assert!(!svg.contains(&long), "no label where it does not fit");
}

#[test]
fn unknown_regions_and_damaged_files_are_told() {
    let unknown = Map::districts_of("000000000").unwrap_err();
    assert_eq!(unknown, MapError::Unknown("000000000".to_owned()));
    let file = r#"{"objects":{"country":{"geometries":[]},"districts":{"geometries":[]},
        "regions":{"geometries":[{"type":"Polygon","arcs":[[5]],"properties":{"kato":"1"}}]}},
        "arcs":[]}"#;
    assert!(matches!(parse(file), Err(MapError::Data(_))));
    let far = r#"{"objects":{"country":{"geometries":[]},"districts":{"geometries":[]},
        "regions":{"geometries":[]}},"arcs":[[[2147483647,0],[1,0]]]}"#;
    assert!(matches!(parse(far), Err(MapError::Data(_))));
    assert!(matches!(parse("{"), Err(MapError::Data(_))));
}

proptest! {
    #[test]
    fn foreign_files_never_panic(text in "[\\[\\]{}0-9,:\"a-z-]{0,80}") {
        let _ = parse(&text);
    }
}
