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
    assert_eq!(shown, [Shown::Hidden, Shown::AtLeast(5), Shown::Hidden]);
    assert!(health.iter().all(|c| c.state.is_none()));
    let of = |id: &str| public.kinds.iter().find(|k| k.kind == id).unwrap().clone();
    assert_eq!(of("health").all, Shown::AtLeast(5));
    assert_eq!(of("power").all, Shown::Exact(3));
    assert_eq!(
        of("access").all,
        Shown::Hidden,
        "a nought would tell when it ends"
    );
    assert_eq!(
        (Shown::Hidden.exact(), Shown::Hidden.at_least()),
        (None, None)
    );
}

fn health(counts: &[u64]) -> (Vec<Shown>, Shown) {
    const K: u64 = 5;
    let rules = IncidentRules::built_in().unwrap();
    let all: Vec<Counted> = regions()
        .iter()
        .zip(counts)
        .map(|(r, n)| counted("health", r, State::Open, *n))
        .chain([counted("power", "r1", State::Open, 7)])
        .collect();
    let public = redact(&rules, K, &regions(), &all, &[("health".to_owned(), 60)]);
    assert_eq!(
        (public.all, public.open, public.median_seconds),
        (7, 7, None)
    );
    let cells = public.cells.iter().filter(|c| c.kind == "health");
    let sum = public
        .kinds
        .iter()
        .find(|k| k.kind == "health")
        .unwrap()
        .all;
    (cells.map(|c| c.count).collect(), sum)
}

proptest! {
    /// Whoever looks again and again sees no single incident: what is shown depends on whole steps alone.
    #[test]
    fn one_incident_more_moves_nothing_within_its_step(steps in prop::collection::vec(0_u64..4, 3), more in prop::collection::vec(0_u64..5, 3)) {
        let reached: Vec<u64> = steps.iter().map(|s| s * 5).collect();
        let counts: Vec<u64> = reached.iter().zip(&more).map(|(r, m)| r + m).collect();
        let shown = health(&counts);
        prop_assert_eq!(&shown, &health(&reached));
        for (shown, reached) in shown.0.iter().zip(&reached) {
            let expected = if *reached == 0 { Shown::Hidden } else { Shown::AtLeast(*reached) };
            prop_assert_eq!(*shown, expected);
        }
    }
}
