//! Tests of the room: each chain of the law, each refusal.

mod imports;
mod too_few;

use super::actions::{
    Extension, Loss, NewCandidate, Postponement, Registration, cancel, extend_nomination,
    fix_ballot_in, nominate, postpone, refuse, register, withdraw,
};
use super::model::{AgeCheck, CandidateState, Funnel, check_age};
use super::queries;
use crate::commissions::Basis;
use crate::elections::queries as elections;
use crate::elections::tests::{EAST, EAST_VOTERS, ELECTION, WEST, World, at};
use crate::elections::{ContestState, ElectionState};
use crate::organisations::{self, Kind, NewOrganisation};
use crate::people::{self, NewPerson, Sex};
use crate::platform::{Acting, Error, Lang, Names, T};
use jiff::civil::{Date, date};

const DISTRICT: &str = "353600000";
/// During nomination.
const NOMINATION: &str = "2023-09-20T06:00:00Z";
/// During registration.
const REGISTRATION: &str = "2023-10-06T06:00:00Z";
/// During the campaign.
const CAMPAIGN: &str = "2023-10-20T06:00:00Z";

fn district(world: &World, now: &str) -> Acting {
    world.acting("district.secretary", DISTRICT, now)
}

async fn person(world: &World, kk: &str) -> String {
    let acting = world.operator(NOMINATION);
    let mut tx = acting.begin().await.unwrap();
    let new = NewPerson {
        names: Names::new(kk, kk, kk),
        sex: Sex::Female,
        birth_year: 1980,
        birth_date: Some(date(1980, 3, 1)),
        synthetic: true,
    };
    let id = people::actions::add_in(&mut tx, &acting, new)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    id
}

async fn party(world: &World, name: &str) -> String {
    let acting = world.operator(NOMINATION);
    let mut tx = acting.begin().await.unwrap();
    let new = NewOrganisation {
        kind: Kind::Party,
        names: Names::new(name, name, name),
        synthetic: true,
    };
    let id = organisations::actions::add_in(&mut tx, &acting, new)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    id
}

fn new(person_id: &str, nominated_by: &str, party: Option<&str>, on: Date) -> NewCandidate {
    NewCandidate {
        contest_id: EAST.to_owned(),
        person_id: person_id.to_owned(),
        nominated_by: nominated_by.to_owned(),
        organisation_id: party.map(str::to_owned),
        nominated_on: on,
        occupation: Names::default(),
    }
}

async fn by_self(world: &World, kk: &str) -> String {
    let person = person(world, kk).await;
    let new = new(&person, "self", None, date(2023, 9, 20));
    nominate(&district(world, NOMINATION), new).await.unwrap()
}

fn registration(candidate: &str, valid: Option<u64>) -> Registration<'static> {
    Registration {
        candidate_id: candidate.to_owned(),
        on: date(2023, 10, 6),
        signatures_valid: valid,
        basis: Basis::recorded("registered"),
    }
}

fn loss(candidate: &str, on: Date, code: &str, decision: Option<&str>) -> Loss<'static> {
    Loss {
        candidate_id: candidate.to_owned(),
        on,
        reason_code: code.to_owned(),
        note: String::new(),
        basis: decision.map(Basis::recorded),
    }
}

/// The election in registration, with decisions to rest on.
async fn in_registration() -> World {
    let world = World::new().await;
    world.reach(ElectionState::Nomination).await;
    for (id, code, kind, day) in [
        ("registered", DISTRICT, "candidate_registered", "2023-10-06"),
        ("refused", DISTRICT, "candidate_refused", "2023-10-06"),
        ("cancelled", DISTRICT, "candidate_cancelled", "2023-10-06"),
        (
            "elsewhere",
            "153200000",
            "candidate_registered",
            "2023-10-06",
        ),
    ] {
        world.decide(id, code, kind, day).await;
    }
    world
}

fn field(error: Error) -> String {
    match error {
        Error::Invalid(problems) => problems[0].field.clone(),
        other => panic!("a field was expected, not {other}"),
    }
}

fn is_conflict<X>(result: &Result<X, Error>) -> bool {
    matches!(result, Err(Error::Conflict(_)))
}

#[test]
fn only_the_laws_steps_lead_from_state_to_state() {
    use CandidateState::{Cancelled, Nominated, OnBallot, Refused, Registered, Withdrawn};
    let allowed = [
        (Nominated, Registered),
        (Nominated, Refused),
        (Nominated, Withdrawn),
        (Registered, Withdrawn),
        (Registered, Cancelled),
        (Registered, OnBallot),
        (OnBallot, OnBallot),
        (OnBallot, Withdrawn),
        (OnBallot, Cancelled),
    ];
    for from in CandidateState::ALL {
        for to in CandidateState::ALL {
            let expected = allowed.contains(&(*from, *to)).then_some(*to);
            assert_eq!(from.advance(*to), expected, "{from:?} → {to:?}");
        }
    }
    for lang in Lang::ALL {
        for state in CandidateState::ALL {
            let key = format!("candidates-state-{}", state.as_str());
            assert!(T::new(lang).dynamic(&key).is_some(), "{lang:?} {key}");
        }
    }
}

#[test]
fn an_age_is_reached_on_the_birthday() {
    let day = date(2023, 11, 5);
    let born = |y, m, d| check_age(25, i64::from(y), Some(date(y, m, d)), day);
    assert_eq!(born(1998, 11, 5), AgeCheck::Met);
    assert_eq!(born(1998, 11, 6), AgeCheck::NotMet);
    assert_eq!(check_age(25, 1997, None, day), AgeCheck::Met);
    assert_eq!(check_age(25, 1998, None, day), AgeCheck::Unknown);
    assert_eq!(check_age(25, 1999, None, day), AgeCheck::NotMet);
}

#[tokio::test]
async fn the_ballot_stands_in_the_order_of_the_kazakh_alphabet() {
    let world = in_registration().await;
    let names = [
        "Ғалымов",
        "Қасымов",
        "Әбенов",
        "Ңұров",
        "Абаев",
        "Камалов",
        "Гаппаров",
        "Нұрлан",
    ];
    for name in names {
        let id = by_self(&world, name).await;
        register(&district(&world, REGISTRATION), registration(&id, Some(11)))
            .await
            .unwrap();
    }
    world.reach_from_nomination(ElectionState::Campaign).await;
    world
        .decide("ballot", DISTRICT, "ballot_fixed", "2023-10-20")
        .await;
    let acting = district(&world, CAMPAIGN);
    let mut tx = acting.begin().await.unwrap();
    let lines = fix_ballot_in(&mut tx, &acting, EAST, Basis::recorded("ballot"))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(lines, 8);
    let mut reader = world.home.app.read().await.unwrap();
    let ballot = queries::ballot(&mut reader, EAST).await.unwrap();
    let order: Vec<&str> = ballot.iter().map(|l| l.names.kk.as_str()).collect();
    assert_eq!(
        order,
        [
            "Абаев",
            "Әбенов",
            "Гаппаров",
            "Ғалымов",
            "Камалов",
            "Қасымов",
            "Нұрлан",
            "Ңұров"
        ]
    );
    let positions: Vec<u64> = ballot.iter().map(|l| l.position).collect();
    assert_eq!(positions, [1, 2, 3, 4, 5, 6, 7, 8]);
    let pack = world.home.app.rules.get("akim-district-2023").unwrap();
    assert!(queries::against_all(&pack));
    drop(reader);
    // Somebody leaves; fixed anew, the others close up.
    withdraw(
        &acting,
        loss(
            &ballot[1].candidate_id,
            date(2023, 10, 20),
            "withdrawal",
            None,
        ),
    )
    .await
    .unwrap();
    let mut tx = acting.begin().await.unwrap();
    fix_ballot_in(&mut tx, &acting, EAST, Basis::recorded("ballot"))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let ballot = queries::ballot(&mut reader, EAST).await.unwrap();
    assert_eq!((ballot.len(), ballot[1].position), (7, 2));
    assert_eq!(ballot[1].names.kk, "Гаппаров");
    let funnel = queries::funnel(&mut reader, ELECTION).await.unwrap();
    assert_eq!(
        funnel,
        Funnel {
            nominated: 8,
            registered: 8,
            on_ballots: 7
        }
    );
}

#[tokio::test]
async fn signatures_of_one_per_cent_are_needed_and_counted_up() {
    let world = in_registration().await;
    let id = by_self(&world, "Абаев").await;
    assert_eq!(EAST_VOTERS, 1_001);
    let acting = district(&world, REGISTRATION);
    for valid in [None, Some(0), Some(10)] {
        let error = register(&acting, registration(&id, valid))
            .await
            .unwrap_err();
        assert_eq!(field(error), "signatures_valid");
    }
    register(&acting, registration(&id, Some(11)))
        .await
        .unwrap();
    // Registered twice: the second is told.
    assert!(is_conflict(
        &register(&acting, registration(&id, Some(11))).await
    ));
    let mut reader = world.home.app.read().await.unwrap();
    let candidate = queries::candidate(&mut reader, &id).await.unwrap();
    assert_eq!(
        (candidate.signatures_needed, candidate.signatures_valid),
        (Some(11), Some(11))
    );
    let events = queries::events(&mut reader, &id).await.unwrap();
    assert_eq!(events.len(), 2);
    assert_eq!(events[1].decision_id.as_deref(), Some("registered"));
}

#[tokio::test]
async fn nobody_is_nominated_twice_or_beside_the_rules() {
    let world = in_registration().await;
    let acting = district(&world, NOMINATION);
    let (day, one) = (date(2023, 9, 20), person(&world, "Абаев").await);
    let first = party(&world, "Партия А").await;
    let refused = |n: NewCandidate| {
        let acting = acting.clone();
        async move { field(nominate(&acting, n).await.unwrap_err()) }
    };
    assert_eq!(
        refused(new(&one, "nobody", None, day)).await,
        "nominated_by"
    );
    assert_eq!(
        refused(new(&one, "party", None, day)).await,
        "organisation_id"
    );
    assert_eq!(
        refused(new(&one, "party", Some("none"), day)).await,
        "organisation_id"
    );
    assert_eq!(
        refused(new(&one, "self", Some(&first), day)).await,
        "organisation_id"
    );
    assert_eq!(refused(new("nobody", "self", None, day)).await, "person_id");
    // The day of the call itself is too early; tomorrow has not come.
    assert_eq!(
        refused(new(&one, "self", None, date(2023, 9, 15))).await,
        "nominated_on"
    );
    assert_eq!(
        refused(new(&one, "self", None, date(2023, 9, 21))).await,
        "nominated_on"
    );
    assert_eq!(
        refused(new(&one, "superior_akim", None, day)).await,
        "nominated_by"
    );
    nominate(&acting, new(&one, "party", Some(&first), day))
        .await
        .unwrap();
    assert_eq!(refused(new(&one, "self", None, day)).await, "person_id");
    let two = person(&world, "Әбенов").await;
    assert_eq!(
        refused(new(&two, "party", Some(&first), day)).await,
        "nominated_by"
    );
    let other = party(&world, "Партия Б").await;
    nominate(&acting, new(&two, "party", Some(&other), day))
        .await
        .unwrap();
    // The same person in another constituency.
    let west = world.acting("district.chair", "153200000", NOMINATION);
    let elsewhere = NewCandidate {
        contest_id: WEST.to_owned(),
        ..new(&one, "self", None, day)
    };
    assert_eq!(
        field(nominate(&west, elsewhere).await.unwrap_err()),
        "person_id"
    );
}

#[tokio::test]
async fn only_the_commission_of_the_place_decides_and_only_in_time() {
    let world = in_registration().await;
    let id = by_self(&world, "Абаев").await;
    for (role, code) in [
        ("district.secretary", "153200000"),
        ("region.chair", "350000000"),
        ("central.chair", "KZ"),
        ("district.member", DISTRICT),
    ] {
        let acting = world.acting(role, code, REGISTRATION);
        let result = register(&acting, registration(&id, Some(11))).await;
        assert!(
            matches!(result, Err(Error::Forbidden(_))),
            "{role} of {code}"
        );
    }
    // A decision of another commission for another contest would not do either; an unknown one neither.
    let acting = district(&world, REGISTRATION);
    let mut unknown = registration(&id, Some(11));
    unknown.basis = Basis::recorded("none");
    assert_eq!(
        field(register(&acting, unknown).await.unwrap_err()),
        "decision_id"
    );
    register(&acting, registration(&id, Some(11)))
        .await
        .unwrap();
    world.reach_from_nomination(ElectionState::Silence).await;
    let late = district(&world, "2023-11-04T06:00:00Z");
    let result = withdraw(&late, loss(&id, date(2023, 11, 4), "withdrawal", None)).await;
    assert!(matches!(result, Err(Error::Forbidden(_))));
}

#[tokio::test]
async fn a_loss_needs_a_reason_of_the_rules_and_its_decision() {
    let world = in_registration().await;
    let id = by_self(&world, "Абаев").await;
    let (acting, day) = (district(&world, REGISTRATION), date(2023, 10, 6));
    let decided = Some("refused");
    for (code, decision, wrong) in [
        ("none", decided, "reason_code"),
        ("withdrawal", decided, "reason_code"),
        ("papers_missing", None, "decision_id"),
        ("papers_missing", Some("none"), "decision_id"),
    ] {
        let error = refuse(&acting, loss(&id, day, code, decision))
            .await
            .unwrap_err();
        assert_eq!(field(error), wrong, "{code}");
    }
    let future = loss(&id, date(2023, 10, 7), "papers_missing", decided);
    assert_eq!(field(refuse(&acting, future).await.unwrap_err()), "on");
    let cancelled = cancel(
        &acting,
        loss(&id, day, "declaration_false", Some("cancelled")),
    )
    .await;
    assert!(
        is_conflict(&cancelled),
        "nothing to cancel before registration"
    );
    refuse(&acting, loss(&id, day, "papers_missing", decided))
        .await
        .unwrap();
    assert!(is_conflict(
        &register(&acting, registration(&id, Some(11))).await
    ));
    let mut reader = world.home.app.read().await.unwrap();
    let candidate = queries::candidate(&mut reader, &id).await.unwrap();
    assert_eq!(candidate.state, CandidateState::Refused);
    assert_eq!(candidate.reason_code, "papers_missing");
}
