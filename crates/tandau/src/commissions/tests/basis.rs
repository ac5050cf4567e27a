//! What an act may rest on: each refusal, and that nothing of a refused act stays.

use super::decisions::decision;
use super::*;
use crate::commissions::actions::{self, EndSeat, Who, check_basis, record_decision_in, rest_on};
use crate::commissions::model::{DECISION_KINDS, VOTE_FAILED};
use crate::commissions::{Asked, Basis, NewDecision, Purpose, queries};
use crate::platform::Error;

fn sentence(result: Result<impl std::fmt::Debug, Error>) -> (String, String) {
    match result.unwrap_err() {
        Error::Invalid(problems) => (problems[0].field.clone(), problems[0].message.clone()),
        other => panic!("a field was expected, not {other}"),
    }
}

/// Puts a decision on record that passed, or one that failed.
async fn recorded(chain: &Chain, new: NewDecision<'_>) -> String {
    let acting = chain.place.operator();
    let mut tx = acting.begin().await.unwrap();
    let id = record_decision_in(&mut tx, &acting, new).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn area_of(chain: &Chain, commission: &str) -> String {
    let mut reader = chain.place.app.read().await.unwrap();
    let found = queries::by_id(&mut reader, commission).await;
    found.unwrap().area_id
}

fn of<'a>(commission: &str, number: &str, kind: &'a str) -> NewDecision<'a> {
    NewDecision {
        kind,
        election_id: Some("vote".to_owned()),
        ..decision(commission, number)
    }
}

#[test]
fn every_purpose_is_carried_by_kinds_that_have_a_name() {
    for purpose in Purpose::ALL {
        assert!((1..=3).contains(&purpose.kinds().len()), "{purpose:?}");
        for kind in purpose.kinds() {
            assert!(DECISION_KINDS.contains(kind), "{purpose:?}: {kind}");
            assert_ne!(*kind, VOTE_FAILED);
        }
    }
    for lang in Lang::ALL {
        for kind in DECISION_KINDS {
            let key = format!("commissions-kind-{}", kind.replace('_', "-"));
            assert!(T::new(lang).dynamic(&key).is_some(), "{lang:?} {key}");
        }
    }
}

#[tokio::test]
async fn a_decision_that_does_not_carry_the_act_is_refused_by_its_reason() {
    let chain = Chain::new().await;
    let t = T::new(Lang::En);
    let own = chain.aktogay.as_str();
    let good = recorded(&chain, of(own, "1", "candidate_registered")).await;
    let above = recorded(&chain, of(&chain.region, "1", "candidate_registered")).await;
    let neighbour = recorded(&chain, of(&chain.osakarov, "1", "candidate_registered")).await;
    let other_kind = recorded(&chain, of(own, "2", "ballot_fixed")).await;
    let failed = NewDecision {
        votes_for: 3,
        votes_against: 3,
        ..of(own, "3", VOTE_FAILED)
    };
    let failed = recorded(&chain, failed).await;
    let other_election = NewDecision {
        election_id: Some("another".to_owned()),
        ..of(own, "4", "candidate_registered")
    };
    let other_election = recorded(&chain, other_election).await;
    let none = NewDecision {
        election_id: None,
        ..of(own, "5", "candidate_registered")
    };
    let none = recorded(&chain, none).await;
    let other_contest = NewDecision {
        contest_id: Some("vote.elsewhere".to_owned()),
        ..of(own, "6", "candidate_registered")
    };
    let other_contest = recorded(&chain, other_contest).await;
    let future = NewDecision {
        decided_on: date(2023, 11, 7),
        ..of(own, "7", "candidate_registered")
    };
    let future = recorded(&chain, future).await;

    let area = area_of(&chain, own).await;
    let acting = chain.holder(own, Office::Secretary).await;
    let asked = Asked {
        purpose: Purpose::Register,
        area_id: &area,
        election_id: Some("vote"),
        contest_id: Some("vote.here"),
        not_before: Some(date(2023, 9, 20)),
        not_after: Some(date(2023, 9, 30)),
    };
    let mut reader = chain.place.app.read().await.unwrap();
    for (id, why) in [
        ("none-such", t.commissions_basis_unknown()),
        (failed.as_str(), t.commissions_basis_failed()),
        (
            &*other_kind,
            t.commissions_basis_kind(t.commissions_kind_ballot_fixed()),
        ),
        (&*other_election, t.commissions_basis_other_election()),
        (&*none, t.commissions_basis_other_election()),
        (&*other_contest, t.commissions_basis_other_election()),
        (&*neighbour, t.commissions_basis_other_body()),
        (&*future, t.commissions_future()),
    ] {
        let found = check_basis(&mut reader, &acting, id, &asked).await;
        assert_eq!(sentence(found), ("decision_id".to_owned(), why));
    }
    for id in [&good, &above] {
        check_basis(&mut reader, &acting, id, &asked).await.unwrap();
    }
    // The decision is of 25 September.
    let later = Asked {
        not_before: Some(date(2023, 9, 26)),
        ..asked
    };
    let earlier = Asked {
        not_after: Some(date(2023, 9, 24)),
        ..asked
    };
    for (asked, word) in [(later, "older than"), (earlier, "later day than")] {
        let found = check_basis(&mut reader, &acting, &good, &asked).await;
        assert!(sentence(found).1.contains(word), "{word}");
    }
    // An act of another body decides on nobody's candidacy; only it fixes a territory.
    let territory = Asked {
        purpose: Purpose::Territory,
        ..asked
    };
    drop(reader);
    let call = recorded(&chain, of(own, "8", "election_called")).await;
    let mut reader = chain.place.app.read().await.unwrap();
    let found = check_basis(&mut reader, &acting, &call, &territory).await;
    assert_eq!(sentence(found).1, t.commissions_basis_not_other_body());
}

#[tokio::test]
async fn a_decision_taken_with_the_act_is_that_of_the_act() {
    let chain = Chain::new().await;
    let acting = chain.holder(&chain.aktogay, Office::Secretary).await;
    let area = area_of(&chain, &chain.aktogay).await;
    let asked = Asked {
        purpose: Purpose::Ballot,
        area_id: &area,
        election_id: Some("vote"),
        contest_id: Some("vote.here"),
        not_before: None,
        not_after: None,
    };
    let taken = |number: &str| Basis::Taken {
        decision: Box::new(NewDecision {
            kind: VOTE_FAILED,
            election_id: Some("another".to_owned()),
            ..decision(&chain.aktogay, number)
        }),
        paper: None,
    };
    let mut tx = acting.begin().await.unwrap();
    let decision = rest_on(&mut tx, &acting, taken("1"), &asked).await.unwrap();
    assert_eq!(decision.kind, "ballot_fixed");
    assert_eq!(decision.election_id.as_deref(), Some("vote"));
    assert_eq!(decision.contest_id.as_deref(), Some("vote.here"));
    let late = Asked {
        not_before: Some(date(2023, 10, 1)),
        ..asked
    };
    let refused = rest_on(&mut tx, &acting, taken("2"), &late).await;
    assert_eq!(sentence(refused).0, "decided_on");
}

#[tokio::test]
async fn a_seat_is_given_and_ended_only_from_above() {
    let chain = Chain::new().await;
    let higher = chain.holder(&chain.region, Office::Secretary).await;
    let own_end = recorded(&chain, of(&chain.aktogay, "1", "member_ended")).await;
    let foreign = recorded(&chain, of(&chain.osakarov, "1", "member_ended")).await;
    let other = recorded(&chain, of(&chain.region, "1", "ballot_fixed")).await;
    let good = recorded(&chain, of(&chain.region, "2", "member_ended")).await;
    let seat = {
        let mut reader = chain.place.app.read().await.unwrap();
        let found = queries::composition(&mut reader, &chain.aktogay, SEATED).await;
        found.unwrap().pop().unwrap()
    };
    let end = |decision: &str| EndSeat {
        member_id: seat.id.clone(),
        decision_id: decision.to_owned(),
        last_day: date(2023, 10, 1),
        reason: "moved_away".to_owned(),
    };
    for wrong in ["none-such", &chain.act, &own_end, &foreign, &other] {
        let ended = actions::end(&higher, end(wrong)).await;
        assert_eq!(sentence(ended).0, "decision_id", "{wrong}");
    }
    actions::end(&higher, end(&good)).await.unwrap();

    let own_seat = recorded(&chain, of(&chain.aktogay, "2", "member_seated")).await;
    let seated = recorded(&chain, of(&chain.region, "3", "member_seated")).await;
    let new = |decision: &str, from| {
        let mut new = member(&chain.aktogay, "", Office::Member, decision);
        new.valid_from = from;
        new
    };
    let who = || Who::New(person("Жаңа мүше"));
    for (wrong, from) in [
        (&own_seat, date(2023, 10, 2)),
        (&foreign, date(2023, 10, 2)),
        (&good, date(2023, 10, 2)),
        // Of 25 September: nobody sits before the decision.
        (&seated, date(2023, 9, 24)),
    ] {
        let made = actions::seat(&higher, who(), new(wrong, from)).await;
        assert_eq!(sentence(made).0, "decision_id", "{wrong}");
    }
    actions::seat(&higher, who(), new(&seated, date(2023, 10, 2)))
        .await
        .unwrap();
}
