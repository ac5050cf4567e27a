use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn rules() -> Accessibility {
    Accessibility::built_in().unwrap()
}

fn means(facts: &[(&str, &str)]) -> Means {
    facts
        .iter()
        .map(|(fact, said)| {
            let known = Word::parse(said)
                .map_or_else(|| Known::measured(said.parse().unwrap()), Known::word);
            ((*fact).to_owned(), known)
        })
        .collect()
}

fn codes(facts: &[(&str, &str)]) -> Vec<String> {
    let rules = rules();
    rules
        .findings(&means(facts))
        .iter()
        .map(|f| f.rule.code.clone())
        .collect()
}

#[test]
fn the_built_in_file_names_what_the_commission_is_asked() {
    let rules = rules();
    for fact in [
        "level_entrance",
        "ramp",
        "wide_door",
        "lift",
        "tactile_signs",
        "braille_stencil",
        "magnifier",
        "large_print",
        "lighting",
        "hearing_loop",
        "sign_language",
        "accessible_booth",
        "accessible_toilet",
        "parking",
        "accessible_taxi",
    ] {
        assert!(rules.fact(fact).is_some(), "{fact}");
    }
    assert_eq!(rules.needs.len(), 8);
    for fact in &rules.facts {
        assert!(rules.of_group(&fact.group).any(|f| f.id == fact.id));
    }
}

#[test]
fn a_ramp_that_is_too_steep_is_no_ramp() {
    let rules = rules();
    let free = |facts: &[(&str, &str)]| rules.step_free(&means(facts));
    assert_eq!(free(&[("ramp", "7.5")]), Word::Yes);
    assert_eq!(free(&[("ramp", "8")]), Word::Yes);
    assert_eq!(free(&[("ramp", "8.1"), ("level_entrance", "no")]), Word::No);
    assert_eq!(free(&[("ramp", "yes")]), Word::Yes);
    assert_eq!(free(&[("ramp", "no")]), Word::Unknown);
    assert_eq!(free(&[("ramp", "no"), ("level_entrance", "no")]), Word::No);
    assert_eq!(free(&[]), Word::Unknown);
    assert_eq!(codes(&[("ramp", "12")]), ["A4"]);
    assert_eq!(codes(&[("ramp", "yes")]), ["A5"]);
    assert_eq!(codes(&[("ramp", "no"), ("level_entrance", "no")]), ["A3"]);
}

#[test]
fn answers_that_cannot_both_be_true_are_found() {
    let rules = rules();
    let mut both = means(&[]);
    both.set(
        "ramp",
        Known {
            word: Word::No,
            number: Some(Milli(6_000)),
        },
    );
    let found = rules.findings(&both);
    assert_eq!(found.len(), 1);
    assert!(found[0].is_contradiction());
    assert_eq!(found[0].fact(), "ramp");
    assert_eq!(
        codes(&[("wide_door", "80"), ("accessible_booth", "yes")]),
        ["A6"]
    );
    assert_eq!(
        codes(&[("wide_door", "no"), ("accessible_booth", "yes")]),
        ["A8"]
    );
    assert_eq!(codes(&[("ground_floor", "no"), ("lift", "no")]), ["A7"]);
}

#[test]
fn a_lift_is_needed_only_above_the_ground_floor() {
    let rules = rules();
    let need = rules.need("wheelchair").unwrap();
    let mut all = means(&[
        ("ramp", "6"),
        ("wide_door", "95"),
        ("ground_floor", "yes"),
        ("lift", "no"),
        ("accessible_booth", "yes"),
    ]);
    assert_eq!(rules.serves(need, &all), Word::Yes);
    all.set("ground_floor", Known::word(Word::No));
    assert_eq!(rules.serves(need, &all), Word::No);
    all.set("lift", Known::word(Word::Unknown));
    assert_eq!(rules.serves(need, &all), Word::Unknown);
    all.set("wide_door", Known::measured(Milli(89_999)));
    assert_eq!(rules.serves(need, &all), Word::No);
}

#[test]
fn faulty_files_are_refused_by_name() {
    let good = include_str!("../../../../rules/kz/accessibility.toml");
    let with = |from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        Accessibility::parse(&good.replacen(from, to, 1)).unwrap_err()
    };
    assert_eq!(
        with("group = \"entrance\"", "group = \"roof\""),
        AccessibilityError::Missing("level_entrance".into(), "roof".into())
    );
    assert_eq!(
        with("supplies = [\"lighting\"]", "supplies = [\"magnifier\"]"),
        AccessibilityError::Overlap("low_vision".into(), "hand_magnifier".into(), "lamp".into())
    );
    assert_eq!(
        with("effort = 10", "effort = 0"),
        AccessibilityError::Range("portable_ramp".into())
    );
    assert_eq!(
        with("id = \"lift\"", "id = \"ramp\""),
        AccessibilityError::Twice("ramp".into())
    );
    assert_eq!(
        with(
            "counts_to = \"8\"",
            "counts_to = \"8\"\ncounts_from = \"9\""
        ),
        AccessibilityError::Range("ramp".into())
    );
    assert_eq!(
        with("met_by = [[\"sign_language\"]]", "met_by = [[]]"),
        AccessibilityError::Empty("deaf".into())
    );
    assert_eq!(
        with("ru = \"Лупа\"", "ru = \" \""),
        AccessibilityError::Blank("magnifier".into(), "ru")
    );
    assert!(matches!(
        with("km = \"3\"", "miles = \"2\""),
        AccessibilityError::Syntax(_)
    ));
}

#[test]
fn distances_are_right_to_one_in_a_hundred() {
    let place = |north: i64, east: i64| Place {
        latitude_microdeg: north,
        longitude_microdeg: east,
    };
    // Great-circle distances on a sphere of 6,371.0 km.
    for (a, b, true_metres) in [
        (
            place(48_000_000, 75_000_000),
            place(48_010_000, 75_000_000),
            1_112_u64,
        ),
        (
            place(48_000_000, 75_000_000),
            place(48_000_000, 75_040_000),
            2_976,
        ),
        (
            place(46_030_000, 73_700_000),
            place(46_050_000, 73_730_000),
            3_209,
        ),
        (place(0, 179_990_000), place(0, -179_990_000), 2_224),
    ] {
        let found = metres(a, b);
        assert!(
            found.abs_diff(true_metres) * 100 <= true_metres,
            "{found} for {true_metres}"
        );
        assert_eq!(found, metres(b, a));
    }
    assert_eq!(metres(place(1, 1), place(1, 1)), 0);
    let _ = metres(place(i64::MAX, i64::MIN), place(i64::MIN, i64::MAX));
}

/// A station of which everything said is in the bits of a number.
fn gap(station: usize, said: u32, unmet: [u64; 8]) -> Gap {
    let rules = rules();
    let means: Means = rules
        .facts
        .iter()
        .enumerate()
        .map(|(at, fact)| {
            let word = if said >> at & 1 == 1 {
                Word::Yes
            } else {
                Word::No
            };
            (fact.id.clone(), Known::word(word))
        })
        .collect();
    let unmet = rules
        .needs
        .iter()
        .zip(unmet)
        .filter(|(need, voters)| *voters > 0 && rules.serves(need, &means) != Word::Yes)
        .map(|(need, voters)| (need.id.clone(), voters))
        .collect();
    Gap {
        station: format!("s{station}"),
        means,
        unmet,
    }
}

fn gaps() -> impl Strategy<Value = Vec<Gap>> {
    let one = (any::<u32>(), proptest::array::uniform8(0..6_u64));
    proptest::collection::vec(one, 1..5).prop_map(|all| {
        all.into_iter()
            .enumerate()
            .map(|(at, (said, unmet))| gap(at, said, unmet))
            .collect()
    })
}

/// The most that can be closed with an effort, over all choices of equipment at a station.
fn curve(rules: &Accessibility, gap: &Gap) -> BTreeMap<u64, u64> {
    let mut best = BTreeMap::new();
    for set in 0..1_usize << rules.equipment.len() {
        let brought = rules
            .equipment
            .iter()
            .enumerate()
            .filter(|(at, _)| set >> at & 1 == 1);
        let mut means = gap.means.clone();
        let mut effort = 0;
        for (_, equipment) in brought {
            effort += u64::from(equipment.effort);
            for fact in &equipment.supplies {
                means.set(fact.clone(), Known::word(Word::Yes));
            }
        }
        let closed: u64 = gap
            .unmet
            .iter()
            .filter(|(need, _)| rules.serves(rules.need(need).unwrap(), &means) == Word::Yes)
            .map(|(_, voters)| voters)
            .sum();
        let known = best.entry(effort).or_insert(0);
        *known = closed.max(*known);
    }
    best
}

/// The most that can be closed at all stations with at most an effort.
fn most(rules: &Accessibility, gaps: &[Gap], effort: u64) -> u64 {
    let mut reached = BTreeMap::from([(0_u64, 0_u64)]);
    for gap in gaps {
        let curve = curve(rules, gap);
        let mut next = BTreeMap::new();
        for (spent, closed) in &reached {
            for (more, gained) in &curve {
                if spent + more <= effort {
                    let known = next.entry(spent + more).or_insert(0);
                    *known = (closed + gained).max(*known);
                }
            }
        }
        reached = next;
    }
    reached.values().copied().max().unwrap_or(0)
}

#[test]
fn the_list_says_what_to_bring_where() {
    let all_but = |lacking: &[&str]| {
        let rules = rules();
        rules
            .facts
            .iter()
            .filter(|f| !lacking.contains(&f.id.as_str()))
            .map(|f| (f.id.clone(), Known::word(Word::Yes)))
            .collect::<Means>()
    };
    let unmet = |pairs: &[(&str, u64)]| -> BTreeMap<String, u64> {
        pairs.iter().map(|(n, v)| ((*n).to_owned(), *v)).collect()
    };
    let list = rank(
        &rules(),
        &[
            Gap {
                station: "a".to_owned(),
                means: all_but(&["ramp", "level_entrance", "magnifier", "large_print"]),
                unmet: unmet(&[("wheelchair", 4), ("walking", 9), ("low_vision", 7)]),
            },
            Gap {
                station: "b".to_owned(),
                means: all_but(&["ground_floor", "lift"]),
                unmet: unmet(&[("wheelchair", 12)]),
            },
        ],
    );
    assert_eq!(list.len(), 2, "nobody brings a lift");
    assert_eq!(list[0].equipment, ["hand_magnifier"]);
    assert_eq!((list[0].closed, list[0].closed_so_far), (7, 7));
    assert_eq!(list[1].equipment, ["portable_ramp"]);
    assert_eq!((list[1].closed, list[1].closed_so_far), (13, 20));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_list_never_closes_more_than_is_open(gaps in gaps()) {
        let list = rank(&rules(), &gaps);
        let open: u64 = gaps.iter().flat_map(|g| g.unmet.values()).sum();
        let mut before = 0;
        for step in &list {
            prop_assert!(step.closed > 0 && step.effort > 0);
            prop_assert_eq!(step.needs.values().sum::<u64>(), step.closed);
            prop_assert_eq!(step.closed_so_far, before + step.closed);
            before = step.closed_so_far;
        }
        prop_assert!(before <= open);
        for pair in list.windows(2) {
            prop_assert!(pair[0].closed * pair[1].effort >= pair[1].closed * pair[0].effort);
        }
        // No need is closed twice.
        let mut closed = std::collections::BTreeSet::new();
        for step in &list {
            for need in step.needs.keys() {
                prop_assert!(closed.insert((step.station.clone(), need.clone())));
            }
        }
    }

    #[test]
    fn the_list_does_not_depend_on_the_order_of_stations(gaps in gaps()) {
        let list = rank(&rules(), &gaps);
        let mut turned = gaps.clone();
        turned.reverse();
        prop_assert_eq!(&list, &rank(&rules(), &turned));
        let twice: Vec<Gap> = gaps.iter().chain(&gaps).cloned().collect();
        prop_assert_eq!(&list, &rank(&rules(), &twice));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Whoever stops after any step could not have closed more with as much effort.
    #[test]
    fn each_beginning_of_the_list_is_the_best_for_its_effort(gaps in gaps()) {
        let rules = rules();
        let mut effort = 0;
        for step in rank(&rules, &gaps) {
            effort += step.effort;
            prop_assert_eq!(step.closed_so_far, most(&rules, &gaps, effort));
        }
    }
}
