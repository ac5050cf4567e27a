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
    let public = redact(&rules, 5, &regions(), &all, &responses);
    assert_eq!((public.all, public.open), (3, 2), "power alone");
    assert_eq!(public.median_seconds, Some(120));
    let health: Vec<_> = public.cells.iter().filter(|c| c.kind == "health").collect();
    let shown: Vec<Shown> = health.iter().map(|c| c.count).collect();
    assert_eq!(
        shown,
        [Shown::Hidden, Shown::Hidden, Shown::Exact(0)],
        "a nought is no secret"
    );
    assert!(health.iter().all(|c| c.state.is_none()));
    let of = |id: &str| public.kinds.iter().find(|k| k.kind == id).unwrap().clone();
    assert_eq!(
        of("health").all,
        Shown::Exact(12),
        "which of the two is small is not said"
    );
    assert_eq!(of("power").all, Shown::Exact(3));
    assert_eq!(of("access").all, Shown::Exact(0));
    assert_eq!(Shown::Hidden.text(), "");
}

proptest! {
    /// No small number is shown or follows from those that are shown, and persons enter no other number.
    #[test]
    fn no_small_number_is_shown_or_follows(counts in prop::collection::vec(0_u64..12, 3)) {
        const K: u64 = 5;
        let rules = IncidentRules::built_in().unwrap();
        let all: Vec<Counted> = regions()
            .iter()
            .zip(&counts)
            .map(|(r, n)| counted("health", r, State::Open, *n))
            .chain([counted("power", "r1", State::Open, 7)])
            .collect();
        let public = redact(&rules, K, &regions(), &all, &[("health".to_owned(), 60)]);
        prop_assert_eq!((public.all, public.open, public.median_seconds), (7, 7, None));
        let shown: Vec<Shown> = public.cells.iter().filter(|c| c.kind == "health").map(|c| c.count).collect();
        let sum = public.kinds.iter().find(|k| k.kind == "health").unwrap().all;
        let hidden = shown.iter().filter(|s| **s == Shown::Hidden).count() + usize::from(sum == Shown::Hidden);
        for (count, shown) in counts.iter().zip(&shown) {
            prop_assert!(*shown == Shown::Hidden || *shown == Shown::Exact(*count));
            if (1..K).contains(count) {
                prop_assert_eq!(*shown, Shown::Hidden);
            }
        }
        // One alone would follow by subtraction.
        prop_assert_ne!(hidden, 1);
        if counts.iter().all(|n| *n >= K) {
            prop_assert_eq!(sum, Shown::Exact(counts.iter().sum()));
        }
    }
}
