//! Sums and counters equal a recount after any sequence of acts.

use super::walk::{send, sound};
use super::world::{CONTEST, World, hour};
use super::*;
use actions::{Ruling, Target};
use model::ProtocolState;
use proptest::prelude::*;
use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug)]
enum Move {
    Send(u64),
    Accept,
    Return,
    Reopen,
}

fn moves() -> impl Strategy<Value = Vec<(usize, Move)>> {
    let one = prop_oneof![
        3 => (0_u64..=600).prop_map(Move::Send),
        3 => Just(Move::Accept),
        1 => Just(Move::Return),
        2 => Just(Move::Reopen),
    ];
    proptest::collection::vec((1_usize..=3, one), 1..25)
}

async fn make(
    world: &World,
    station: &str,
    one: Move,
    model: &mut BTreeMap<String, (ProtocolState, u64, u64)>,
) {
    let district = world.district(hour(23, 0));
    let (state, version, issued) =
        model
            .get(station)
            .copied()
            .unwrap_or((ProtocolState::Expected, 0, 0));
    let target = Target::new(station, CONTEST, version);
    let ruling = Ruling {
        target: target.clone(),
        reason: "doubt".to_owned(),
    };
    let next = match (one, state) {
        (Move::Send(issued), ProtocolState::Expected | ProtocolState::Returned) => {
            let made = send(world, station, &sound(station, issued), true_if_odd(issued)).await;
            assert_eq!(made, version + 1);
            Some((ProtocolState::Submitted, made, issued))
        }
        (Move::Accept, _) => {
            let done = actions::accept(&district, &target).await.is_ok();
            let again = state == ProtocolState::Accepted;
            assert_eq!(done, state == ProtocolState::Submitted || again);
            done.then_some((ProtocolState::Accepted, version, issued))
        }
        (Move::Return, _) => {
            let done = actions::return_for_recount(&district, &ruling)
                .await
                .is_ok();
            assert!(done || !state.is_submitted());
            (done && state.is_submitted()).then_some((ProtocolState::Returned, version, issued))
        }
        (Move::Reopen, _) => {
            let done = actions::reopen(&district, &ruling).await.is_ok();
            assert_eq!(done, state == ProtocolState::Accepted);
            done.then_some((ProtocolState::Returned, version, issued))
        }
        (Move::Send(_), _) => None,
    };
    if let Some(next) = next {
        model.insert(station.to_owned(), next);
    }
}

/// `sound` leaves W3 (everybody came) and W2 out of reach here; the paper flag changes nothing without faults.
const fn true_if_odd(n: u64) -> bool {
    n % 2 == 1
}

async fn run(moves: Vec<(usize, Move)>) {
    let world = World::new(3).await;
    let mut model = BTreeMap::new();
    for (station, one) in moves {
        make(&world, &format!("st{station}"), one, &mut model).await;
    }
    let mut reader = world.home.app.read().await.unwrap();
    let totals = queries::totals(&mut reader, CONTEST).await.unwrap();
    assert_eq!(
        totals,
        queries::recount(&mut reader, CONTEST).await.unwrap()
    );
    let accepted: Vec<u64> = model
        .values()
        .filter(|(state, ..)| *state == ProtocolState::Accepted)
        .map(|(_, _, issued)| *issued)
        .collect();
    let key = ("voters_received_ballots".to_owned(), String::new());
    assert_eq!(
        totals.get(&key).copied().unwrap_or(0),
        accepted.iter().sum::<u64>()
    );
    let progress = queries::progress(&mut reader, CONTEST).await.unwrap();
    let counted = queries::recount_progress(&mut reader, CONTEST)
        .await
        .unwrap();
    let of = |state| counted.get(&state).copied().unwrap_or(0);
    assert_eq!(progress.accepted, of(ProtocolState::Accepted));
    assert_eq!(progress.submitted, of(ProtocolState::Submitted));
    assert_eq!(progress.returned, of(ProtocolState::Returned));
    assert_eq!(progress.expected, of(ProtocolState::Expected));
    let entries = queries::accepted_entries(&mut reader, CONTEST)
        .await
        .unwrap();
    assert_eq!(entries.len(), accepted.len());
    let form = world.home.app.rules.get("akim-district-2023").unwrap();
    let by_rules =
        electoral::tabulation::sum(form.protocol.as_ref().unwrap(), entries.values()).unwrap();
    for (key, figure) in &by_rules.values {
        let kept = totals[&(
            key.line().to_owned(),
            key.item_id().unwrap_or_default().to_owned(),
        )];
        assert_eq!(kept, *figure, "{key}: the library adds as the tables do");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn sums_equal_a_recount(moves in moves()) {
        let moves: Vec<_> = moves
            .into_iter()
            .map(|(station, one)| match one {
                // Figures that need an explanation are another test's.
                Move::Send(issued) => (station, Move::Send(issued.clamp(40, 560))),
                other => (station, other),
            })
            .collect();
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
            .block_on(run(moves));
    }
}
