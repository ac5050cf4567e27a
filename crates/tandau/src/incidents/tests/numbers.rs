//! What the public sees gives no person away.

use crate::incidents::State;
use crate::incidents::statistics::{Counted, Shown, redact};
use electoral::incidents::IncidentRules;
use proptest::prelude::*;

fn counted(kind: &str, region: &str, state: State, count: u64) -> Counted {
    Counted {
        kind: kind.to_owned(),
        region_id: region.to_owned(),
        state,
        count,
    }
}

fn regions() -> Vec<String> {
    ["r1", "r2", "r3"].map(str::to_owned).to_vec()
}

#[test]
fn small_numbers_of_persons_are_held_back_and_enter_no_sum() {
    let rules = IncidentRules::built_in().unwrap();
    let all = [
        counted("power", "r1", State::Open, 2),
        counted("power", "r2", State::Closed, 1),
        counted("health", "r1", State::Open, 3),
        counted("health", "r2", State::Closed, 9),
    ];
    let responses = [60, 120, 600].map(|s| ("power".to_owned(), s)).to_vec();
    let public = redact(&rules, &regions(), &all, &responses);
    assert_eq!((public.all, public.open), (3, 2), "power alone");
    assert_eq!(public.median_seconds, Some(120));
    let health: Vec<_> = public.cells.iter().filter(|c| c.kind == "health").collect();
    let shown: Vec<Shown> = health.iter().map(|c| c.count).collect();
    assert_eq!(
        shown,
        [Shown::Fewer(5), Shown::Exact(9), Shown::Fewer(5)],
        "a zero tells nothing either"
    );
    assert!(health.iter().all(|c| c.state.is_none()));
    let of = |id: &str| public.kinds.iter().find(|k| k.kind == id).unwrap().clone();
    assert_eq!(of("health").all, Shown::Hidden, "12 less 9 would be 3");
    assert_eq!(of("power").all, Shown::Exact(3));
    assert_eq!(of("access").all, Shown::Fewer(5));
    assert_eq!(Shown::Fewer(5).text(), "<5");
}

proptest! {
    /// Whatever is published fits other numbers of persons below the threshold just as well.
    #[test]
    fn nothing_tells_a_small_number_from_another(counts in prop::collection::vec(0_u64..12, 3), other in prop::collection::vec(0_u64..5, 3)) {
        let rules = IncidentRules::built_in().unwrap();
        let make = |counts: &[u64]| {
            let all: Vec<Counted> = regions()
                .iter()
                .zip(counts)
                .map(|(r, n)| counted("health", r, State::Open, *n))
                .chain([counted("power", "r1", State::Open, 7)])
                .collect();
            redact(&rules, &regions(), &all, &[("health".to_owned(), 5)])
        };
        let small = u64::from(rules.small);
        // Every small number is replaced by another small one.
        let swapped: Vec<u64> =
            counts.iter().zip(&other).map(|(n, o)| if *n < small { *o } else { *n }).collect();
        let (one, two) = (make(&counts), make(&swapped));
        prop_assert_eq!(&one.cells, &two.cells);
        prop_assert_eq!((one.all, one.open, one.median_seconds), (two.all, two.open, two.median_seconds));
        let total = |p: &crate::incidents::statistics::Public| p.kinds.iter().find(|k| k.kind == "health").unwrap().all;
        if counts.iter().any(|n| *n < small) {
            let exact = matches!(total(&one), Shown::Exact(_));
            prop_assert!(!exact);
        } else {
            prop_assert_eq!(total(&one), Shown::Exact(counts.iter().sum()));
        }
    }
}
