use super::*;
use crate::number::Percent;
use crate::rules::built_in;
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn list(name: &str, votes: u64) -> OptionVotes {
    OptionVotes {
        name: name.into(),
        votes,
        kind: Kind::List,
        registered: None,
    }
}

fn dated(name: &str, votes: u64, registered: Date) -> OptionVotes {
    OptionVotes {
        registered: Some(registered),
        ..list(name, votes)
    }
}

fn settings(seats: u32, threshold: &str, method: Method) -> Settings {
    Settings {
        seats,
        threshold: Percent::parse(threshold).unwrap(),
        method,
        sole_list: None,
    }
}

fn kz(seats: u32) -> Settings {
    let pack = built_in("mazhilis-list-2023").unwrap().unwrap();
    Settings {
        seats,
        ..Settings::from_pack(&pack).unwrap()
    }
}

fn seats(allocation: &Allocation) -> Vec<u32> {
    match allocation {
        Allocation::Allocated { seats } => seats.iter().map(|share| share.seats).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn mazhilis_2023() {
    let file = include_str!("../../tests/data/mazhilis_2023_party_list.csv");
    let mut options = Vec::new();
    let mut official = Vec::new();
    for row in file.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let against = cells[0] == "Against all";
        let kind = if against {
            Kind::AgainstAll
        } else {
            Kind::List
        };
        options.push(OptionVotes {
            kind,
            ..list(cells[0], cells[1].parse().unwrap())
        });
        if !against {
            official.push(cells[3].parse::<u32>().unwrap());
        }
    }
    let pack = built_in("mazhilis-list-2023").unwrap().unwrap();
    let settings = Settings::from_pack(&pack).unwrap();
    assert_eq!((settings.seats, settings.method), (69, Method::Hare));
    let allocation = allocate(&options, &settings).unwrap();
    assert_eq!(seats(&allocation), official);
    assert_eq!(official, [40, 8, 6, 6, 5, 4, 0]);
    options.reverse();
    let reversed = allocate(&options, &settings).unwrap();
    assert_eq!(seats(&reversed), [0, 4, 5, 6, 6, 8, 40]);
}

#[test]
fn against_all_counts_for_the_threshold() {
    let against = OptionVotes {
        kind: Kind::AgainstAll,
        ..list("against", 200)
    };
    let options = [list("a", 600), list("b", 395), list("c", 50)];
    let five = settings(10, "5", Method::DHondt);
    // 50 of 1045 is 4.78 %, out; without the row below it would be the same; 60 of 1055 passes, of 1255 it doesn't.
    assert_eq!(seats(&allocate(&options, &five).unwrap()), [6, 4, 0]);
    let mut options = vec![list("a", 600), list("b", 395), list("c", 60)];
    assert!(
        matches!(&allocate(&options, &five).unwrap(), Allocation::Allocated { seats } if seats[2].passed)
    );
    options.push(against);
    let allocation = allocate(&options, &five).unwrap();
    assert!(
        matches!(&allocation, Allocation::Allocated { seats } if !seats[2].passed && seats.len() == 3)
    );
}

#[test]
fn a_sole_list_brings_in_the_next_best() {
    // 70 × 10 / 100 · 0.7 for the second: 30·10/100 = 3, weighted 2.1, so 2.
    let ten = Settings {
        threshold: Percent::parse("40").unwrap(),
        ..kz(10)
    };
    let options = [list("a", 70), list("b", 30), list("c", 20)];
    assert_eq!(seats(&allocate(&options, &ten).unwrap()), [8, 2, 0]);
    // The weighted part is below two: the minimum applies.
    let options = [list("a", 96), list("b", 4), list("c", 3)];
    assert_eq!(seats(&allocate(&options, &kz(10)).unwrap()), [8, 2, 0]);
    // Nobody else has a vote.
    let options = [list("a", 96), list("b", 0)];
    assert_eq!(seats(&allocate(&options, &kz(10)).unwrap()), [10, 0]);
}

#[test]
fn two_next_best_lists_are_told_apart_by_registration() {
    let early = dated("early", 4, date(2023, 1, 2));
    let late = dated("late", 4, date(2023, 1, 3));
    let options = [list("a", 192), late, early];
    assert_eq!(seats(&allocate(&options, &kz(10)).unwrap()), [8, 0, 2]);
    let options = [list("a", 192), list("b", 4), list("c", 4)];
    let Allocation::Tie {
        options,
        seats_open,
        ..
    } = allocate(&options, &kz(10)).unwrap()
    else {
        panic!()
    };
    assert_eq!(
        (options, seats_open),
        (vec!["b".to_owned(), "c".to_owned()], 2)
    );
}

#[test]
fn equal_fractions_go_to_the_earlier_registration() {
    let options = [
        dated("late", 50, date(2023, 2, 2)),
        dated("early", 50, date(2023, 2, 1)),
    ];
    assert_eq!(seats(&allocate(&options, &kz(3)).unwrap()), [1, 2]);
    for options in [
        [list("a", 50), list("b", 50)],
        [dated("a", 50, date(2023, 2, 2)), list("b", 50)],
        [
            dated("a", 50, date(2023, 2, 2)),
            dated("b", 50, date(2023, 2, 2)),
        ],
    ] {
        let Allocation::Tie {
            seats,
            options,
            seats_open,
        } = allocate(&options, &kz(3)).unwrap()
        else {
            panic!()
        };
        assert_eq!(seats.iter().map(|s| s.seats).collect::<Vec<_>>(), [1, 1]);
        assert_eq!(
            (options, seats_open),
            (vec!["a".to_owned(), "b".to_owned()], 1)
        );
    }
}

#[test]
fn a_tie_below_the_cut_disturbs_nobody() {
    // Remainders .5 .25 .25, one seat left: the equal pair is out of the race.
    let options = [list("a", 14), list("b", 13), list("c", 13)];
    let allocation = allocate(&options, &settings(4, "0", Method::Hare)).unwrap();
    assert_eq!(seats(&allocation), [2, 1, 1]);
}

#[test]
fn divisor_ties_are_returned_whatever_the_dates() {
    let options = [
        dated("a", 50, date(2023, 2, 2)),
        dated("b", 50, date(2023, 2, 1)),
    ];
    for method in [Method::DHondt, Method::SainteLague] {
        let tie = allocate(&options, &settings(3, "5", method)).unwrap();
        assert!(
            matches!(tie, Allocation::Tie { seats_open: 1, .. }),
            "{method:?}"
        );
    }
}

#[test]
fn known_divisor_examples() {
    let options = [
        list("a", 100_000),
        list("b", 80_000),
        list("c", 30_000),
        list("d", 20_000),
    ];
    let by = |method| seats(&allocate(&options, &settings(8, "0", method)).unwrap());
    assert_eq!(by(Method::DHondt), [4, 3, 1, 0]);
    assert_eq!(by(Method::SainteLague), [3, 3, 1, 1]);
}

#[test]
fn a_larger_house_can_cost_a_seat_with_the_hare_quota() {
    let options = [list("a", 6), list("b", 6), list("c", 2)];
    let by = |seats_| seats(&allocate(&options, &settings(seats_, "0", Method::Hare)).unwrap());
    assert_eq!(by(10), [4, 4, 2]);
    assert_eq!(by(11), [5, 5, 1]);
}

#[test]
fn nobody_passes_is_an_answer() {
    let options = [
        list("a", 4),
        list("b", 4),
        OptionVotes {
            kind: Kind::AgainstAll,
            ..list("x", 92)
        },
    ];
    assert_eq!(
        allocate(&options, &kz(5)).unwrap(),
        Allocation::NobodyPasses { base: 100 }
    );
    let none = [list("a", 0)];
    assert_eq!(
        allocate(&none, &settings(5, "0", Method::DHondt)).unwrap(),
        Allocation::NobodyPasses { base: 0 }
    );
}

#[test]
fn faulty_input_is_typed() {
    let five = settings(5, "5", Method::Hare);
    let against = OptionVotes {
        kind: Kind::AgainstAll,
        ..list("x", 1)
    };
    assert_eq!(
        allocate(&[list("a", 1), list("a", 2)], &five),
        Err(SeatsError::Duplicate("a".into()))
    );
    assert_eq!(
        allocate(std::slice::from_ref(&against), &five),
        Err(SeatsError::NoLists)
    );
    let second = OptionVotes {
        name: "y".into(),
        ..against.clone()
    };
    assert_eq!(
        allocate(&[list("a", 1), against, second], &five),
        Err(SeatsError::SeveralAgainstAll)
    );
    assert_eq!(
        allocate(&[list("a", 1)], &settings(0, "5", Method::Hare)),
        Err(SeatsError::BadSeats(0))
    );
    let huge = [list("a", u64::MAX), list("b", 1)];
    assert_eq!(allocate(&huge, &five), Err(SeatsError::TooManyVotes));
    assert_eq!(
        allocate(&[list("a", 1)], &kz(1)),
        Err(SeatsError::MinimumAboveSeats)
    );
    assert_eq!(
        seats(&allocate(&[list("a", u64::MAX)], &five).unwrap()),
        [5]
    );
}

fn any_method() -> impl Strategy<Value = Method> {
    prop_oneof![
        Just(Method::Hare),
        Just(Method::DHondt),
        Just(Method::SainteLague)
    ]
}

fn any_options() -> impl Strategy<Value = Vec<OptionVotes>> {
    prop::collection::vec(0_u64..2_000, 1..9).prop_map(|votes| {
        let named = votes.into_iter().enumerate();
        named
            .map(|(index, votes)| list(&format!("l{index}"), votes))
            .collect()
    })
}

fn given(allocation: &Allocation) -> Option<(u32, u32)> {
    match allocation {
        Allocation::Allocated { seats } => Some((seats.iter().map(|s| s.seats).sum(), 0)),
        Allocation::Tie {
            seats, seats_open, ..
        } => Some((seats.iter().map(|s| s.seats).sum(), *seats_open)),
        Allocation::NobodyPasses { .. } => None,
    }
}

proptest! {
    #[test]
    fn the_house_is_always_full(options in any_options(), house in 1_u32..120, method in any_method(), threshold in 0_u32..20) {
        let allocation = allocate(&options, &settings(house, &threshold.to_string(), method)).unwrap();
        if let Some((certain, open)) = given(&allocation) {
            prop_assert_eq!(certain + open, house);
        }
        if let Allocation::Tie { options, seats_open, .. } = &allocation {
            prop_assert!(*seats_open > 0 && options.len() > 1);
        }
    }

    #[test]
    fn order_does_not_matter(options in any_options(), house in 2_u32..60, method in any_method(), sole: bool) {
        let mut rules = settings(house, "5", method);
        if sole { rules.sole_list = kz(house).sole_list; }
        let mut reversed = options.clone();
        reversed.reverse();
        let by_name = |allocation: Allocation| match allocation {
            Allocation::Allocated { mut seats } => { seats.sort_by(|a, b| a.option.cmp(&b.option)); (seats, Vec::new()) }
            Allocation::Tie { mut seats, mut options, .. } => { seats.sort_by(|a, b| a.option.cmp(&b.option)); options.sort(); (seats, options) }
            Allocation::NobodyPasses { .. } => (Vec::new(), Vec::new()),
        };
        prop_assert_eq!(by_name(allocate(&options, &rules).unwrap()), by_name(allocate(&reversed, &rules).unwrap()));
    }

    #[test]
    fn more_votes_never_cost_a_seat(options in any_options(), who in 0_usize..8, more in 1_u64..500, house in 1_u32..60, method in any_method()) {
        let rules = settings(house, "5", method);
        let who = who % options.len();
        let mut grown = options.clone();
        grown[who].votes += more;
        if let (Allocation::Allocated { seats: before }, Allocation::Allocated { seats: after }) =
            (allocate(&options, &rules).unwrap(), allocate(&grown, &rules).unwrap())
        {
            prop_assert!(after[who].seats >= before[who].seats);
        }
    }

    #[test]
    fn a_larger_house_never_costs_a_seat_with_divisors(options in any_options(), house in 1_u32..60, lague: bool) {
        let method = if lague { Method::SainteLague } else { Method::DHondt };
        if let (Allocation::Allocated { seats: before }, Allocation::Allocated { seats: after }) =
            (allocate(&options, &settings(house, "0", method)).unwrap(), allocate(&options, &settings(house + 1, "0", method)).unwrap())
        {
            for (before, after) in before.iter().zip(&after) {
                prop_assert!(after.seats >= before.seats);
            }
        }
    }

    #[test]
    fn hare_keeps_to_its_quota(options in any_options(), house in 1_u32..60) {
        let total: u64 = options.iter().map(|o| o.votes).sum();
        if let Allocation::Allocated { seats } = allocate(&options, &settings(house, "0", Method::Hare)).unwrap() {
            for share in seats {
                let exact = share.votes * u64::from(house);
                prop_assert!(u64::from(share.seats) * total <= exact + total);
                prop_assert!((u64::from(share.seats) + 1) * total > exact);
            }
        }
    }

    #[test]
    fn any_votes_are_allocated_or_refused(votes in prop::collection::vec(any::<u64>(), 1..6), house in 0_u32..200, method in any_method(), sole: bool) {
        let options: Vec<_> = votes.iter().enumerate().map(|(i, v)| list(&i.to_string(), *v)).collect();
        let mut rules = settings(house, "5", method);
        if sole { rules.sole_list = kz(house).sole_list; }
        if let Ok(allocation) = allocate(&options, &rules)
            && let Some((certain, open)) = given(&allocation)
        {
            prop_assert_eq!(certain + open, house);
        }
    }
}
