//! Every state × every event.

use crate::incidents::EventKind as E;
use crate::incidents::State as S;
use crate::incidents::model::{NotNow, Position};

/// What follows; none where it can't happen. A merged one stood in hand before.
fn expected(state: S, event: E) -> Option<S> {
    match (state, event) {
        (S::Open, E::Assigned) => Some(S::Assigned),
        (S::Open, E::Started) => Some(S::InHand),
        (S::Open, E::Escalated) => Some(S::Waiting),
        (S::Open, E::Answered | E::Noted | E::Regraded) => Some(S::Open),
        (S::Open, E::Closed) => Some(S::Closed),
        (S::Open, E::Merged) => Some(S::Merged),
        (S::Assigned, E::Assigned | E::Answered | E::Noted | E::Regraded) => Some(S::Assigned),
        (S::Assigned, E::Started) => Some(S::InHand),
        (S::Assigned, E::Escalated) => Some(S::Waiting),
        (S::Assigned, E::Closed) => Some(S::Closed),
        (S::Assigned, E::Merged) => Some(S::Merged),
        (S::InHand, E::Assigned | E::Answered | E::Noted | E::Regraded) => Some(S::InHand),
        (S::InHand, E::Escalated) => Some(S::Waiting),
        (S::InHand, E::Closed) => Some(S::Closed),
        (S::InHand, E::Merged) => Some(S::Merged),
        (S::Waiting, E::Assigned | E::Noted | E::Regraded | E::Escalated) => Some(S::Waiting),
        (S::Waiting, E::Answered) => Some(S::InHand),
        (S::Waiting, E::Closed) => Some(S::Closed),
        (S::Waiting, E::Merged) => Some(S::Merged),
        (S::Closed, E::Answered | E::Noted) => Some(S::Closed),
        (S::Closed, E::Reopened) => Some(S::Open),
        (S::Closed, E::Merged) => Some(S::Merged),
        (S::Merged, E::Answered) => Some(S::Merged),
        (S::Merged, E::Unmerged) => Some(S::InHand),
        _ => None,
    }
}

#[test]
fn each_event_leads_where_the_table_says() {
    for state in S::ALL.iter().copied() {
        for event in E::ALL.iter().copied() {
            let before = (state == S::Merged).then_some(S::InHand);
            let after = Position::new(state, before).after(event);
            assert_eq!(
                after.as_ref().ok().map(Position::state),
                expected(state, event),
                "{state:?} {event:?}"
            );
            if let Ok(after) = after {
                let is_merged = after.state() == S::Merged;
                assert_eq!(
                    after.before_merge().is_some(),
                    is_merged,
                    "{state:?} {event:?}"
                );
            }
        }
    }
}

#[test]
fn what_was_merged_stands_again_where_it_stood() {
    for state in S::ALL.iter().copied().filter(|s| *s != S::Merged) {
        let merged = Position::new(state, None).after(E::Merged).unwrap();
        assert!(!merged.state().is_open());
        assert_eq!(merged.after(E::Unmerged), Ok(Position::new(state, None)));
    }
    let nowhere = Position::new(S::Merged, None);
    assert_eq!(nowhere.after(E::Unmerged), Err(NotNow));
}

#[test]
fn every_state_and_event_has_a_name() {
    use crate::platform::{Lang, T};
    for lang in Lang::ALL {
        let t = T::new(lang);
        for state in S::ALL {
            let key = format!("incidents-state-{}", state.as_str().replace('_', "-"));
            assert!(t.dynamic(&key).is_some(), "{lang:?} {key}");
        }
        for event in E::ALL {
            let key = format!("incidents-event-{}", event.as_str());
            assert!(t.dynamic(&key).is_some(), "{lang:?} {key}");
        }
    }
}
