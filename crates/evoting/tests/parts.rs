//! One document of a good election changed, everything hashed and chained again: no panic, and never another result.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr
)]

mod common;

use common::make::{Plan, election};
use common::random;
use common::rebuild::{Events, archive, events, with};
use evoting::group::Ed25519;
use evoting::verify::{Settings, Summary, verify};
use proptest::prelude::*;
use std::sync::LazyLock;

const TEMPLATE: &str = r#"{"description":"d","name":"n","questions":[{"answers":["A","B"],"blank":true,"min":1,"max":2,"question":"q"},{"answers":["C"],"min":0,"max":1,"question":"r"}]}"#;

static GOOD: LazyLock<(Events, Summary)> = LazyLock::new(|| {
    let made = election::<Ed25519>(&Plan {
        template: TEMPLATE,
        voters: vec![Some(2), Some(1)],
        votes: vec![
            (0, vec![vec![0, 1, 1], vec![1]]),
            (1, vec![vec![1, 0, 0], vec![0]]),
            (1, vec![vec![0, 0, 1], vec![1]]),
        ],
        singles: 1,
        pedersen: Some((2, 1)),
    });
    let summary = verify(made.bytes.as_slice(), Settings::default(), &mut random()).unwrap();
    let events = events(&made.bytes);
    assert_eq!(archive(&events), made.bytes);
    (events, summary)
});

fn never_another_result(events: &Events) -> Result<(), TestCaseError> {
    let (_, good) = &*GOOD;
    // Names, formatting and unknown fields may differ in an election that is right.
    if let Ok(found) = verify(
        archive(events).as_slice(),
        Settings { threads: 1 },
        &mut random(),
    ) {
        prop_assert_eq!(&found.result, &good.result);
        prop_assert_eq!(
            (found.voted, found.total_weight),
            (good.voted, good.total_weight)
        );
    }
    Ok(())
}

proptest! {
    #[test]
    fn a_changed_document_never_gives_another_result(
        which in 0_usize..64,
        at in any::<prop::sample::Index>(),
        length in 0_usize..3,
        put in prop_oneof![
            "[0-9]", "[-+,:\"\\\\{}\\[\\] \n]", "[a-z]", "\\PC", Just("null".to_owned()), Just("\"1\"".to_owned()), Just("[]".to_owned()), Just(String::new()),
        ],
    ) {
        let (events, _) = &*GOOD;
        let count: usize = events.iter().map(|(_, records)| records.len()).sum();
        let document = events.iter().flat_map(|(_, records)| records).nth(which % count).unwrap();
        let start = at.index(document.len());
        let mut new = document.clone();
        let end = (start + length).min(new.len());
        new.splice(start..end, put.bytes());
        never_another_result(&with(events, which, new))?;
    }

    #[test]
    fn events_taken_out_doubled_or_moved_never_give_another_result(from in 0_usize..16, to in 0_usize..16, how in 0..3) {
        let (events, _) = &*GOOD;
        let (from, to) = (from % events.len(), to % events.len());
        let mut events = events.clone();
        match how {
            0 => drop(events.remove(from)),
            1 => events.insert(to, events[from].clone()),
            _ => {
                let event = events.remove(from);
                events.insert(to, event);
            }
        }
        if let Ok(found) = verify(archive(&events).as_slice(), Settings { threads: 1 }, &mut random()) {
            // What is left may be an election that is not over, or one without a ballot that was replaced.
            prop_assert!(found.result.is_none() || found.result == GOOD.1.result);
        }
    }

    /// A document where another one belongs.
    #[test]
    fn documents_in_each_others_places_never_give_another_result(which in 0_usize..64, other in 0_usize..64) {
        let (events, _) = &*GOOD;
        let documents: Vec<&Vec<u8>> = events.iter().flat_map(|(_, records)| records).collect();
        let new = documents[other % documents.len()].clone();
        never_another_result(&with(events, which, new))?;
    }
}
