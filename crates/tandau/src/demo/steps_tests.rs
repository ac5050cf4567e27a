use super::super::load::CAST;
use super::*;
use crate::platform::{Lang, T};
use std::collections::BTreeSet;

fn situation(state: ElectionState, protocol: ProtocolState) -> Situation {
    Situation {
        state,
        protocol,
        confirmed: protocol == ProtocolState::Accepted,
        all_accepted: protocol == ProtocolState::Accepted,
        outcome: (state >= ElectionState::Determined).then_some(OutcomeKind::Elected),
        registered: false,
        places: Places {
            contest: "c".to_owned(),
            station: "s".to_owned(),
            commission: "k".to_owned(),
        },
    }
}

fn key(login: &str, s: &Situation) -> &'static str {
    let one = CAST.iter().find(|one| one.login == login).unwrap();
    task(one, Some(s)).key
}

#[test]
fn every_office_has_something_to_try_in_every_language() {
    let mut keys = BTreeSet::new();
    for one in CAST {
        keys.insert(task(one, None).key);
        for state in ElectionState::ALL {
            for protocol in ProtocolState::ALL {
                for registered in [false, true] {
                    let mut s = situation(*state, protocol);
                    s.registered = registered;
                    keys.insert(task(one, Some(&s)).key);
                }
            }
        }
    }
    assert!(keys.len() > 15, "{keys:?}");
    for lang in Lang::ALL {
        for key in &keys {
            assert!(T::new(lang).dynamic(key).is_some(), "{lang:?} lacks {key}");
        }
    }
}

#[test]
fn nothing_that_is_done_is_asked_for() {
    let night = situation(ElectionState::Counting, ProtocolState::Expected);
    assert_eq!(key("precinct-secretary", &night), "first-steps-task-enter");
    assert_eq!(
        key("precinct-chair", &night),
        "first-steps-task-confirm-later"
    );
    assert_eq!(key("district-chair", &night), "first-steps-task-decide");
    let mut sent = situation(ElectionState::Counting, ProtocolState::Submitted);
    assert_eq!(key("precinct-secretary", &sent), "first-steps-task-sent");
    assert_eq!(key("precinct-chair", &sent), "first-steps-task-confirm");
    sent.confirmed = true;
    assert_eq!(key("precinct-deputy", &sent), "first-steps-task-sent");
    let counted = situation(ElectionState::Counting, ProtocolState::Accepted);
    assert_eq!(
        key("district-secretary", &counted),
        "first-steps-task-determine"
    );
    let mut determined = situation(ElectionState::Determined, ProtocolState::Accepted);
    assert_eq!(
        key("precinct-secretary", &determined),
        "first-steps-task-accepted"
    );
    assert_eq!(
        key("district-chair", &determined),
        "first-steps-task-register"
    );
    assert_eq!(
        key("district-secretary", &determined),
        "first-steps-task-decision"
    );
    assert_eq!(
        key("central-chair", &determined),
        "first-steps-task-publish"
    );
    determined.registered = true;
    assert_eq!(
        key("district-chair", &determined),
        "first-steps-task-decision"
    );
    let published = situation(ElectionState::Published, ProtocolState::Accepted);
    assert_eq!(
        key("central-chair", &published),
        "first-steps-task-published"
    );
}

#[test]
fn one_person_per_office_of_the_table_of_powers() {
    let table = include_str!("../../../../policies/kz.toml");
    let offices: BTreeSet<&str> = table
        .split('"')
        .filter(|word| {
            *word == "administrator"
                || ["central.", "region.", "district.", "precinct.", "body."]
                    .iter()
                    .any(|level| word.starts_with(level))
        })
        .collect();
    let cast: BTreeSet<&str> = CAST.iter().map(|one| one.role).collect();
    assert_eq!(cast, offices);
    assert_eq!(CAST.len(), offices.len(), "nobody twice");
}
