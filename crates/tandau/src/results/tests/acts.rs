//! Determining, registering, publishing: what is written, and what is refused.

use super::night::{Night, Votes, decision};
use crate::bind;
use crate::commissions::Basis;
use crate::platform::Error;
use crate::results::actions::{
    Determine, RegisterElected, determine, publish, register_elected, registration_is_late,
};
use crate::results::model::OutcomeKind;
use crate::results::queries;
use crate::votingday::tests::world::{CONTEST, ELECTION, hour};
use jiff::civil::date;

const CLEAR: Votes = Votes {
    candidates: [200, 100, 50],
    against_all: 30,
    invalid: 7,
};

fn input(number: &str) -> Determine<'static> {
    Determine {
        contest_id: CONTEST.to_owned(),
        decision: decision(number),
        paper: None,
        declared_invalid: None,
    }
}

async fn counted(votes: &[Votes]) -> Night {
    let night = Night::new(votes.len()).await;
    for (index, votes) in votes.iter().enumerate() {
        night.accept(&format!("st{}", index + 1), *votes).await;
    }
    night
}

async fn state(night: &Night) -> String {
    let mut reader = night.world.home.app.read().await.unwrap();
    queries::election(&mut reader, ELECTION)
        .await
        .unwrap()
        .state
}

#[tokio::test]
async fn most_votes_win_and_the_last_contest_determines_the_election() {
    let night = counted(&[CLEAR, CLEAR]).await;
    let outcome = determine(&night.district(), input("1")).await.unwrap();
    assert_eq!(outcome.kind, OutcomeKind::Elected);
    assert_eq!(outcome.candidate_id.as_deref(), Some("c1"));
    assert_eq!((outcome.votes, outcome.margin), (400, 200));
    assert_eq!(outcome.article, "9(5), 113-10(2)");
    assert_eq!(state(&night).await, "determined");
    let again = determine(&night.district(), input("2")).await.unwrap();
    assert_eq!(again.version, 2, "a correction is a new version");
    let mut reader = night.world.home.app.read().await.unwrap();
    assert_eq!(
        queries::outcomes(&mut reader, CONTEST).await.unwrap().len(),
        2
    );
    let report = crate::platform::audit::verify(
        &mut reader,
        crate::platform::audit::SignerKey::open(
            &night.world.home.app.settings.data,
            "tandau.local/log",
        )
        .unwrap()
        .verifier(),
        None,
    )
    .await
    .unwrap();
    let ours = report
        .problems
        .iter()
        .find(|p| p.object.starts_with("outcome"));
    assert_eq!(ours, None);
}

#[tokio::test]
async fn against_all_is_counted_and_never_wins() {
    let votes = Votes {
        candidates: [80, 70, 60],
        against_all: 250,
        invalid: 0,
    };
    let night = counted(&[votes]).await;
    let outcome = determine(&night.district(), input("1")).await.unwrap();
    assert_eq!(outcome.candidate_id.as_deref(), Some("c1"));
    assert_eq!(
        outcome.margin, 10,
        "ahead of the next candidate, not of against all"
    );
}

#[tokio::test]
async fn a_tie_leads_to_a_repeat_election() {
    let votes = Votes {
        candidates: [150, 150, 20],
        against_all: 10,
        invalid: 3,
    };
    let night = counted(&[votes]).await;
    let outcome = determine(&night.district(), input("1")).await.unwrap();
    assert_eq!(outcome.kind, OutcomeKind::Tie);
    assert_eq!(outcome.candidate_id, None);
    assert_eq!(outcome.tied, ["c1", "c2"]);
    assert_eq!(outcome.article, "113-9");
    let registering = register_elected(
        &night.district(),
        RegisterElected {
            contest_id: CONTEST.to_owned(),
            resigned_on: Some(date(2023, 11, 6)),
            decision: decision("2"),
            paper: None,
        },
    )
    .await;
    assert!(
        matches!(registering, Err(Error::Conflict(_))),
        "nobody is elected"
    );
}

#[tokio::test]
async fn a_contest_is_declared_invalid_only_with_its_reason() {
    let night = counted(&[CLEAR]).await;
    let mut without = input("1");
    without.declared_invalid = Some("  ".to_owned());
    let refused = determine(&night.district(), without).await;
    assert!(matches!(refused, Err(Error::Invalid(p)) if p[0].field == "reason"));
    let mut with = input("1");
    with.declared_invalid = Some("The list of station 1 was lost.".to_owned());
    let outcome = determine(&night.district(), with).await.unwrap();
    assert_eq!(outcome.kind, OutcomeKind::Invalid);
    assert_eq!(outcome.reason, "The list of station 1 was lost.");
    assert_eq!(outcome.article, "113-11(2)");
}

#[tokio::test]
async fn nothing_is_determined_before_all_protocols_are_accepted() {
    let night = Night::new(2).await;
    night.accept("st1", CLEAR).await;
    night.send("st2", CLEAR).await;
    let early = determine(&night.district(), input("1")).await;
    assert!(matches!(early, Err(Error::Conflict(_))));
    assert_eq!(state(&night).await, "counting");
}

#[tokio::test]
async fn only_the_contests_own_commission_determines_it_and_only_while_counting() {
    let night = counted(&[CLEAR]).await;
    let world = &night.world;
    for (person, role, area) in [
        ("st1-chair", "precinct.chair", "st1-area"),
        ("d2-chair", "district.chair", "d2"),
        ("d1-member", "district.member", "d1"),
        ("r1-chair", "region.chair", "r1"),
        ("kz-chair", "central.chair", "kz"),
    ] {
        let acting = world.acting(person, role, area, hour(26, 0));
        let refused = determine(&acting, input("1")).await;
        assert!(
            matches!(refused, Err(Error::Forbidden(_))),
            "{role} of {area}"
        );
    }
    world
        .sql("update election set state = 'voting'", bind![])
        .await;
    let refused = determine(&night.district(), input("1")).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))), "still voting");
}

#[tokio::test]
async fn the_elected_are_registered_once_and_only_after_resigning() {
    let night = counted(&[CLEAR]).await;
    determine(&night.district(), input("1")).await.unwrap();
    let register = async |resigned: Option<jiff::civil::Date>, number: &str| {
        register_elected(
            &night.district(),
            RegisterElected {
                contest_id: CONTEST.to_owned(),
                resigned_on: resigned,
                decision: decision(number),
                paper: None,
            },
        )
        .await
    };
    for resigned in [None, Some(date(2023, 11, 7))] {
        let refused = register(resigned, "2").await;
        assert!(matches!(refused, Err(Error::Invalid(p)) if p[0].field == "resigned_on"));
    }
    let taking = register(Some(date(2023, 11, 6)), "2").await.unwrap();
    assert_eq!(taking.candidate_id, "c1");
    assert_eq!(
        taking.powers_from,
        date(2023, 11, 6),
        "powers begin at registration"
    );
    let again = register(Some(date(2023, 11, 6)), "3").await;
    assert!(matches!(again, Err(Error::Conflict(_))));
}

#[tokio::test]
async fn a_late_registration_is_told_by_its_days() {
    let night = Night::new(1).await;
    let late = |day| {
        registration_is_late(
            &night.world.home.app,
            "akim-district-2023",
            date(2023, 11, 5),
            day,
        )
        .unwrap()
    };
    assert_eq!(late(date(2023, 11, 12)), None, "seven days");
    assert_eq!(late(date(2023, 11, 13)), Some(1));
    assert_eq!(late(date(2023, 12, 1)), Some(19));
}

/// A central commission of two.
pub(super) async fn central_commission(night: &Night) {
    night
        .world
        .sql(
            "insert into commission (id, level, area_id, size, term_from, term_until)
                values ('kz', 'central', 'kz', 7, '2019-01-01', '2024-01-01')",
            bind![],
        )
        .await;
    night
        .world
        .sql(
            "insert into commission_member (id, commission_id, person_id, office, nominator, seated_by, valid_from)
                select 'kz-' || person_id, 'kz', person_id, office, nominator, seated_by, valid_from
                from commission_member where commission_id = 'd1'",
            bind![],
        )
        .await;
}

/// The central commission's decision, taken with the act.
pub(super) fn publication(number: &str) -> Basis<'static> {
    let mut decision = decision(number);
    decision.commission_id = "kz".to_owned();
    Basis::Taken {
        decision: Box::new(decision),
        paper: None,
    }
}

#[tokio::test]
async fn only_the_central_commission_publishes_and_only_what_is_determined() {
    let night = counted(&[CLEAR]).await;
    central_commission(&night).await;
    let central = night
        .world
        .acting("kz-chair", "central.chair", "kz", hour(60, 0));
    assert!(
        publish(&central, ELECTION, publication("1")).await.is_err(),
        "not determined yet"
    );
    determine(&night.district(), input("1")).await.unwrap();
    let refused = publish(&night.district(), ELECTION, publication("1")).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))));
    // Nothing is published without a decision of the central commission.
    let moved = crate::elections::actions::move_to(
        &central,
        ELECTION,
        crate::elections::ElectionState::Published,
        None,
    );
    assert!(matches!(moved.await, Err(Error::Conflict(_))));
    publish(&central, ELECTION, publication("1")).await.unwrap();
    assert_eq!(state(&night).await, "published");
    let again = publish(&central, ELECTION, publication("2")).await;
    assert!(again.is_err(), "only once");
}

#[tokio::test]
async fn sums_that_are_not_those_of_the_protocols_determine_nothing() {
    let night = counted(&[CLEAR, CLEAR]).await;
    night
        .world
        .sql(
            "update contest_total set value = value + 1 where line = 'votes' and item = 'c2'",
            bind![],
        )
        .await;
    let Err(Error::Conflict(sentence)) = determine(&night.district(), input("1")).await else {
        panic!("determined on wrong sums");
    };
    assert!(
        sentence.starts_with("R15: \"Votes for the candidate\": the territory says 201"),
        "{sentence}"
    );
}
