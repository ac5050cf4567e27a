//! Questions, draws, marks, estimates.

use super::analysis::{Right, decay, knows_less, shrink};
use super::exam::{Drawable, Phase, Score, Timing, draw, sample, shown};
use super::question::{
    Answer, Asked, Exercise, Fault, Kind, Unsound, check_answer, check_question, is_right, judge,
};
use crate::protocol::{LineKey, ProtocolEntry, ProtocolForm};
use crate::rules::RulePack;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn form() -> ProtocolForm {
    let (_, text) = crate::rules::BUILT_IN
        .iter()
        .find(|(id, _)| id.contains("akim-district"))
        .unwrap();
    RulePack::parse(text).unwrap().protocol.unwrap()
}

fn entry(figures: &[(&str, u64)]) -> ProtocolEntry {
    let mut entry = ProtocolEntry::new();
    for (key, figure) in figures {
        entry.set(key.parse().unwrap(), *figure);
    }
    entry
}

fn keys(lines: &[&str]) -> Vec<LineKey> {
    lines.iter().map(|l| l.parse().unwrap()).collect()
}

fn asked<'a>(kind: Kind, options: &'a [&'a str], partners: &'a [&'a str]) -> Asked<'a> {
    Asked {
        kind,
        options,
        partners,
        fill: &[],
    }
}

fn evening() -> (Exercise, ProtocolEntry) {
    let given = entry(&[
        ("voters_initial", 431),
        ("voters_added", 12),
        ("voters_removed", 3),
        ("found_stationary", 391),
        ("portable_box_found[b1]", 18),
    ]);
    let fill = keys(&["voters_on_list", "found_total"]);
    let right = entry(&[("voters_on_list", 440), ("found_total", 409)]);
    (Exercise { given, fill }, right)
}

#[test]
fn the_checks_of_the_real_form_decide_about_a_protocol() {
    let form = form();
    let (exercise, right) = evening();
    assert_eq!(judge(&form, &exercise, &right), Vec::new());
    for (line, figure) in [("voters_on_list", 443), ("found_total", 391)] {
        let mut wrong = right.clone();
        wrong.set(line.parse().unwrap(), figure);
        let findings = judge(&form, &exercise, &wrong);
        assert!(!findings.is_empty(), "{line}");
        assert!(findings[0].lines.iter().any(|k| k.line() == line));
    }
    let question = Asked {
        kind: Kind::Protocol,
        options: &[],
        partners: &[],
        fill: &exercise.fill,
    };
    let key = Answer::Figures(right.clone());
    let on_form = Some((&form, &exercise));
    assert_eq!(check_question(&question, &key, on_form), Ok(()));
    assert!(is_right(&question, &key, &key, on_form));
    assert!(!is_right(&question, &key, &key, None));
    let half = Answer::Figures(entry(&[("found_total", 409)]));
    assert_eq!(check_answer(&question, &half), Err(Fault::Incomplete));
    let more = Answer::Figures(entry(&[
        ("found_total", 409),
        ("voters_on_list", 440),
        ("voters_initial", 1),
    ]));
    assert_eq!(check_answer(&question, &more), Err(Fault::Option));
}

#[test]
fn a_protocol_that_leaves_a_line_open_is_no_question() {
    let form = form();
    let (mut exercise, _) = evening();
    exercise.fill = keys(&["invalid"]);
    let fill = exercise.fill.clone();
    let question = Asked {
        kind: Kind::Protocol,
        options: &[],
        partners: &[],
        fill: &fill,
    };
    let key = Answer::Figures(entry(&[("invalid", 7)]));
    assert_eq!(
        check_question(&question, &key, Some((&form, &exercise))),
        Err(Unsound::Undecided("invalid".to_owned()))
    );
    exercise.fill = keys(&["no_such_line"]);
    let fill = exercise.fill.clone();
    let question = Asked {
        fill: &fill,
        ..question
    };
    let key = Answer::Figures(entry(&[("no_such_line", 7)]));
    assert_eq!(
        check_question(&question, &key, Some((&form, &exercise))),
        Err(Unsound::Line("no_such_line".to_owned()))
    );
}

/// Members and boxes that an exercise doesn't show are not counted as none.
#[test]
fn each_equation_of_the_form_can_be_asked_by_itself() {
    let form = form();
    for (given, fill, right) in [
        (
            &[("issued_in_premises", 384), ("issued_outside", 25)][..],
            "voters_received_ballots",
            409,
        ),
        (
            &[("ballots_received", 445), ("voters_received_ballots", 409)],
            "ballots_cancelled",
            36,
        ),
        (
            &[
                ("portable_box_applications[b1]", 18),
                ("portable_box_applications[b2]", 9),
                ("applications_not_served", 2),
            ],
            "issued_outside",
            25,
        ),
        (
            &[("found_stationary", 391), ("portable_box_found[b1]", 18)],
            "found_total",
            409,
        ),
        (&[("found_total", 409), ("invalid", 7)], "took_part", 402),
        (
            &[
                ("took_part", 402),
                ("votes[c1]", 211),
                ("votes[c2]", 132),
                ("votes[c3]", 37),
            ],
            "against_all",
            22,
        ),
    ] {
        let exercise = Exercise {
            given: entry(given),
            fill: keys(&[fill]),
        };
        let question = Asked {
            kind: Kind::Protocol,
            options: &[],
            partners: &[],
            fill: &exercise.fill,
        };
        let key = Answer::Figures(entry(&[(fill, right)]));
        assert_eq!(
            check_question(&question, &key, Some((&form, &exercise))),
            Ok(()),
            "{fill}"
        );
    }
}

#[test]
fn what_is_no_question_is_refused() {
    let one = |key: &str| Answer::One(key.to_owned());
    let two = asked(Kind::One, &["a", "b"], &[]);
    assert_eq!(check_question(&two, &one("a"), None), Ok(()));
    assert_eq!(
        check_question(&two, &one("c"), None),
        Err(Unsound::Answer(Fault::Option))
    );
    for (options, fault) in [
        (&["a"][..], Unsound::Count),
        (&["a", "a"][..], Unsound::Key),
        (&["a", "Б"][..], Unsound::Key),
    ] {
        let question = asked(Kind::One, options, &[]);
        assert_eq!(check_question(&question, &one("a"), None), Err(fault));
    }
    let all: BTreeSet<String> = ["a", "b"].map(str::to_owned).into();
    let several = asked(Kind::Several, &["a", "b"], &[]);
    assert_eq!(
        check_question(&several, &Answer::Several(all), None),
        Err(Unsound::AllRight)
    );
    let pairs: BTreeMap<String, String> = [("a", "x"), ("b", "y")]
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .into();
    let few = asked(Kind::Match, &["a", "b"], &["x"]);
    assert_eq!(
        check_question(&few, &Answer::Match(pairs.clone()), None),
        Err(Unsound::Count)
    );
    let enough = asked(Kind::Match, &["a", "b"], &["x", "y", "z"]);
    assert_eq!(check_question(&enough, &Answer::Match(pairs), None), Ok(()));
    let order = asked(Kind::Order, &["a", "b", "c"], &[]);
    for (given, fault) in [
        (&["a", "b"][..], Fault::Incomplete),
        (&["a", "b", "b"][..], Fault::Twice),
        (&["a", "b", "d"][..], Fault::Option),
    ] {
        let given = given.iter().map(|k| (*k).to_owned()).collect();
        assert_eq!(check_answer(&order, &Answer::Order(given)), Err(fault));
    }
    assert_eq!(check_answer(&order, &one("a")), Err(Fault::Kind));
    assert_eq!(
        check_answer(&several, &Answer::Several(BTreeSet::new())),
        Err(Fault::Blank)
    );
}

#[test]
fn the_clock_is_the_servers_and_a_slow_network_gets_its_grace() {
    let ends_at: jiff::Timestamp = "2023-10-02T10:30:00Z".parse().unwrap();
    let timing = Timing {
        ends_at,
        grace_seconds: 30,
    };
    let at = |text: &str| timing.at(text.parse().unwrap());
    assert_eq!(
        at("2023-10-02T10:00:00Z"),
        Phase::Running {
            left_seconds: 1_800
        }
    );
    assert_eq!(
        at("2023-10-02T10:29:59.5Z"),
        Phase::Running { left_seconds: 0 }
    );
    assert_eq!(at("2023-10-02T10:30:00Z"), Phase::Grace);
    assert_eq!(at("2023-10-02T10:30:30Z"), Phase::Grace);
    assert_eq!(at("2023-10-02T10:30:31Z"), Phase::Over);
}

#[test]
fn a_pass_mark_is_exact() {
    let score = |right, asked| Score { right, asked };
    assert!(score(14, 20).passes(70) && !score(13, 20).passes(70));
    assert!(score(11, 15).passes(70) && !score(10, 15).passes(70));
    assert!(!score(0, 0).passes(0));
    assert_eq!(score(10, 15).percent(), 66);
    assert_eq!(Score::needed(15, 70), 11);
}

#[test]
fn groups_that_know_less_are_named_only_beyond_chance() {
    let group = |right, of| Right { right, of };
    let gap = knows_less(group(61, 100), group(176, 200), 5).unwrap();
    assert_eq!((gap.below.tenths(), gap.above.tenths()), (610, 880));
    assert!(knows_less(group(3, 5), group(176, 200), 5).is_none());
    assert!(knows_less(group(1, 4), group(176, 200), 5).is_none());
    assert!(knows_less(group(61, 100), group(4, 4), 5).is_none());
    assert!(knows_less(group(0, 0), group(0, 0), 0).is_none());
}

#[test]
fn a_small_group_is_drawn_to_the_mean_and_a_large_one_is_not() {
    let mut groups = vec![
        Right {
            right: 160,
            of: 200
        };
        10
    ];
    groups.push(Right {
        right: 100,
        of: 200,
    });
    groups.push(Right { right: 1, of: 2 });
    let found = shrink(&groups, 100);
    assert!(found[10].below, "{:?}", found[10]);
    assert!(found[10].interval.high_tenths < found[10].expected_tenths);
    assert!(
        !found[11].below && found[11].tenths > 680,
        "{:?}",
        found[11]
    );
    assert!(found[..10].iter().all(|e| !e.below));
    // With answers that hang together the same figures say less.
    let wide = shrink(&groups, 400);
    assert!(
        wide[10].interval.high_tenths - wide[10].interval.low_tenths
            > found[10].interval.high_tenths - found[10].interval.low_tenths
    );
}

#[test]
fn groups_that_do_not_differ_are_not_told_apart() {
    let found = shrink(&[Right { right: 16, of: 20 }; 6], 100);
    assert!(
        found
            .iter()
            .all(|e| !e.below && !e.above && e.tenths == 800)
    );
    let nothing = shrink(&[Right::default(); 2], 100);
    assert!(
        nothing
            .iter()
            .all(|e| !e.below && e.interval.high_tenths == 1_000)
    );
}

#[test]
fn answers_of_one_person_say_less_than_as_many_people() {
    let [then, now] = [30, 17].map(|right| Right { right, of: 40 });
    assert!(knows_less(now, then, 5).is_some());
    let thin = then.thinned(150);
    assert_eq!((thin.right, thin.of), (20, 26));
    assert!(knows_less(now.thinned(150), thin, 5).is_none());
    assert_eq!(then.thinned(0), then);
}

#[test]
fn decay_goes_by_bands_of_days() {
    let right = |right| Right { right, of: 10 };
    let bands = decay(
        &[
            (0, right(9), right(9)),
            (8, right(9), right(7)),
            (60, right(8), right(5)),
            (7, right(10), right(8)),
        ],
        &[0, 7, 14],
    );
    assert_eq!(
        bands.iter().map(|b| b.now.right).collect::<Vec<_>>(),
        [9, 15, 5]
    );
    assert_eq!(bands[1].to_days, Some(13));
    assert_eq!(bands[2].to_days, None);
}

fn bank(sizes: &[usize]) -> Vec<Drawable> {
    sizes
        .iter()
        .enumerate()
        .flat_map(|(m, n)| {
            (0..*n).map(move |q| Drawable {
                module: format!("m{m}"),
                question: format!("m{m}-q{q}"),
            })
        })
        .collect()
}

/// Answers of every kind.
fn answers() -> impl Strategy<Value = (Kind, Answer)> {
    let key = "[a-z0-9_]{1,30}";
    prop_oneof![
        key.prop_map(|k| (Kind::One, Answer::One(k))),
        prop::collection::btree_set(key, 1..10).prop_map(|k| (Kind::Several, Answer::Several(k))),
        prop::collection::vec(key, 1..10).prop_map(|k| (Kind::Order, Answer::Order(k))),
        prop::collection::btree_map(key, key, 1..10).prop_map(|k| (Kind::Match, Answer::Match(k))),
        prop::collection::btree_map(
            ("[a-z0-9_]{1,20}", prop::option::of("[A-Za-z0-9._:-]{1,20}")),
            any::<u64>(),
            1..10
        )
        .prop_map(|figures| {
            let mut entry = ProtocolEntry::new();
            for ((line, item), figure) in figures {
                let key = match item {
                    Some(item) => LineKey::item(&line, &item).unwrap(),
                    None => LineKey::single(&line).unwrap(),
                };
                entry.set(key, figure);
            }
            (Kind::Protocol, Answer::Figures(entry))
        }),
    ]
}

proptest! {
    #[test]
    fn an_answer_is_read_as_it_was_kept((kind, answer) in answers()) {
        prop_assert_eq!(Answer::parse(kind, &answer.to_string()), Some(answer));
    }

    #[test]
    fn nothing_kept_stops_the_reader(text in any::<String>(), kind in 0_usize..5) {
        if let Some(answer) = Answer::parse(Kind::ALL[kind], &text) {
            prop_assert_eq!(Answer::parse(Kind::ALL[kind], &answer.to_string()), Some(answer));
        }
    }

    #[test]
    fn only_the_right_order_is_right(order in Just(vec!["a", "b", "c", "d"]).prop_shuffle()) {
        let question = asked(Kind::Order, &["a", "b", "c", "d"], &[]);
        let of = |keys: &[&str]| Answer::Order(keys.iter().map(|k| (*k).to_owned()).collect());
        let key = of(&["a", "b", "c", "d"]);
        prop_assert_eq!(is_right(&question, &key, &of(&order), None), order == ["a", "b", "c", "d"]);
    }

    #[test]
    fn one_filled_protocol_is_right(list in 0_u64..600, found in 0_u64..600) {
        let form = form();
        let (exercise, right) = evening();
        let given = entry(&[("voters_on_list", list), ("found_total", found)]);
        prop_assert_eq!(judge(&form, &exercise, &given).is_empty(), given == right);
    }

    #[test]
    fn a_draw_is_repeated_by_its_seed_and_leaves_no_module_out(
        sizes in prop::collection::vec(0_usize..9, 1..6), number in 0_usize..30, seed in any::<u64>()
    ) {
        let bank = bank(&sizes);
        let drawn = draw(&bank, number, seed);
        let mut back = bank.clone();
        back.reverse();
        prop_assert_eq!(&drawn, &draw(&back, number, seed));
        prop_assert_eq!(drawn.len(), number.min(bank.len()));
        prop_assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), drawn.len());
        let of = |m: usize| drawn.iter().filter(|q| q.starts_with(&format!("m{m}-"))).count();
        for (m, size) in sizes.iter().enumerate() {
            for other in 0..sizes.len() {
                // A module that still had questions gave at most one fewer than any other.
                prop_assert!(of(m) == *size || of(m) + 1 >= of(other));
            }
        }
    }

    #[test]
    fn a_shuffle_keeps_all_options(seed in any::<u64>(), number in 0_usize..12) {
        let options: Vec<String> = (0..number).map(|n| format!("o{n}")).collect();
        let mut shuffled = shown(&options, "q", seed);
        prop_assert_eq!(&shuffled, &shown(&options, "q", seed));
        shuffled.sort();
        let mut sorted = options.clone();
        sorted.sort();
        prop_assert_eq!(shuffled, sorted);
    }

    #[test]
    fn a_sample_can_be_drawn_again(number in 0_usize..300, percent in 0_u64..=100, seed in any::<u64>()) {
        let people: Vec<String> = (0..number).map(|n| format!("p{n}")).collect();
        let drawn = sample(&people, percent, 5, seed);
        let mut back = people.clone();
        back.reverse();
        prop_assert_eq!(&drawn, &sample(&back, percent, 5, seed));
        let part = (number * usize::try_from(percent).unwrap()).div_ceil(100);
        prop_assert_eq!(drawn.len(), part.max(5).min(number));
        prop_assert!(drawn.iter().all(|p| people.contains(p)));
    }

    #[test]
    fn one_more_right_answer_never_costs_a_pass(right in 0_u64..100, more in 0_u64..100, percent in 0_u64..=100) {
        let asked = right + more + 1;
        let before = Score { right, asked }.passes(percent);
        let after = Score { right: right + 1, asked }.passes(percent);
        prop_assert!(!before || after);
        prop_assert_eq!(before, right >= Score::needed(asked, percent));
    }

    #[test]
    fn an_estimate_lies_between_its_group_and_the_mean(
        groups in prop::collection::vec((0_u64..400, 0_u64..400), 2..30)
    ) {
        let groups: Vec<Right> = groups.into_iter().map(|(a, b)| Right { right: a.min(b), of: a.max(b) }).collect();
        for estimate in shrink(&groups, 150) {
            let own = if estimate.counted.of == 0 { estimate.expected_tenths } else { estimate.counted.tenths() };
            let (low, high) = (own.min(estimate.expected_tenths), own.max(estimate.expected_tenths));
            prop_assert!(estimate.tenths + 1 >= low && estimate.tenths <= high + 1, "{estimate:?}");
            prop_assert!(estimate.interval.low_tenths <= estimate.tenths);
            prop_assert!(estimate.tenths <= estimate.interval.high_tenths);
            prop_assert!(!(estimate.below && estimate.above));
        }
    }
}

/// Every question is as likely as any other of its module, as far as 20,000 draws can tell.
#[test]
fn draws_are_even() {
    let bank = bank(&[8]);
    let mut times: BTreeMap<String, u32> = BTreeMap::new();
    for seed in 0..20_000 {
        for question in draw(&bank, 2, seed) {
            *times.entry(question).or_default() += 1;
        }
    }
    // 5,000 each; six standard deviations are 368.
    assert!(
        times.len() == 8 && times.values().all(|n| n.abs_diff(5_000) < 368),
        "{times:?}"
    );
}
