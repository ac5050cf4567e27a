//! Every act in every state, faults, second editors, what is sent twice.

use super::walk::{no_scan, send, sound};
use super::world::{CONTEST, World, hour};
use super::*;
use actions::{AcceptWithAct, SaveDraft, Submit, Target};
use electoral::protocol::LineKey;
use model::{Act, ProtocolState as S, Refusal as R, Standing, after};
use std::collections::BTreeMap;

pub(super) fn single(line: &str) -> LineKey {
    LineKey::single(line).unwrap()
}

/// The whole table of states and acts, unconfirmed and confirmed.
#[test]
fn every_act_in_every_state() {
    let open = Standing::default();
    let confirmed = Standing {
        confirmed: true,
        ..open
    };
    // Columns: Expected, Draft, Submitted, SubmittedWithFaults, Returned, Accepted.
    let table: [(Act, Standing, [Result<S, R>; 6]); 13] = [
        (
            Act::Save,
            open,
            [
                Ok(S::Draft),
                Ok(S::Draft),
                Err(R::Sent),
                Err(R::Sent),
                Ok(S::Draft),
                Err(R::Accepted),
            ],
        ),
        (
            Act::AttachPaper,
            open,
            [
                Err(R::NothingYet),
                Ok(S::Draft),
                Ok(S::Submitted),
                Ok(S::SubmittedWithFaults),
                Err(R::ReturnedAlready),
                Ok(S::Accepted),
            ],
        ),
        (
            Act::Submit,
            open,
            [
                Err(R::NothingYet),
                Ok(S::Submitted),
                Err(R::Sent),
                Err(R::Sent),
                Err(R::ReturnedAlready),
                Err(R::Accepted),
            ],
        ),
        (
            Act::TakeBack,
            open,
            [
                Err(R::NotSent),
                Err(R::NotSent),
                Ok(S::Draft),
                Ok(S::Draft),
                Err(R::ReturnedAlready),
                Err(R::Accepted),
            ],
        ),
        (
            Act::TakeBack,
            confirmed,
            [
                Err(R::NotSent),
                Err(R::NotSent),
                Err(R::Confirmed),
                Err(R::Confirmed),
                Err(R::ReturnedAlready),
                Err(R::Accepted),
            ],
        ),
        (
            Act::Confirm,
            open,
            [
                Err(R::NotSent),
                Err(R::NotSent),
                Ok(S::Submitted),
                Ok(S::SubmittedWithFaults),
                Err(R::ReturnedAlready),
                Err(R::Accepted),
            ],
        ),
        (
            Act::Confirm,
            confirmed,
            [
                Err(R::NotSent),
                Err(R::NotSent),
                Err(R::Confirmed),
                Err(R::Confirmed),
                Err(R::ReturnedAlready),
                Err(R::Accepted),
            ],
        ),
        (
            Act::Return,
            open,
            [
                Err(R::NotSent),
                Err(R::NotSent),
                Err(R::NotConfirmed),
                Err(R::NotConfirmed),
                Err(R::ReturnedAlready),
                Err(R::Accepted),
            ],
        ),
        (
            Act::Return,
            confirmed,
            [
                Err(R::NotSent),
                Err(R::NotSent),
                Ok(S::Returned),
                Ok(S::Returned),
                Err(R::ReturnedAlready),
                Err(R::Accepted),
            ],
        ),
        (
            Act::Accept,
            open,
            [
                Err(R::NotSent),
                Err(R::NotSent),
                Err(R::NotConfirmed),
                Err(R::NotConfirmed),
                Err(R::ReturnedAlready),
                Err(R::Accepted),
            ],
        ),
        (
            Act::Accept,
            confirmed,
            [
                Err(R::NotSent),
                Err(R::NotSent),
                Ok(S::Accepted),
                Err(R::Faulty),
                Err(R::ReturnedAlready),
                Err(R::Accepted),
            ],
        ),
        (
            Act::AcceptWithAct,
            confirmed,
            [
                Err(R::NotSent),
                Err(R::NotSent),
                Err(R::NoFault),
                Ok(S::Accepted),
                Err(R::ReturnedAlready),
                Err(R::Accepted),
            ],
        ),
        (
            Act::Reopen,
            confirmed,
            [
                Err(R::NotAccepted),
                Err(R::NotAccepted),
                Err(R::NotAccepted),
                Err(R::NotAccepted),
                Err(R::NotAccepted),
                Ok(S::Returned),
            ],
        ),
    ];
    for (act, standing, row) in table {
        for (state, wanted) in S::ALL.into_iter().zip(row) {
            assert_eq!(
                after(state, act, standing),
                wanted,
                "{act:?} in {state:?}, {standing:?}"
            );
        }
    }
    for act in Act::ALL {
        for state in S::ALL {
            let late = Standing {
                confirmed: true,
                determined: true,
            };
            let wanted = match (act, state) {
                // Until publication a recount may be ordered (art. 43(9)).
                (Act::Reopen, S::Accepted) => Ok(S::Returned),
                _ => Err(R::Determined),
            };
            assert_eq!(after(state, act, late), wanted, "{act:?} in {state:?}");
        }
    }
}

#[test]
fn every_state_act_and_refusal_has_its_words() {
    for lang in crate::platform::Lang::ALL {
        let t = crate::platform::T::new(lang);
        for state in S::ALL {
            assert!(
                t.dynamic(&state.key()).is_some(),
                "{lang:?} {}",
                state.key()
            );
            assert_eq!(S::parse(state.as_str()), Some(state));
        }
        for act in Act::ALL {
            assert!(t.dynamic(&act.key()).is_some(), "{lang:?} {}", act.key());
            assert_eq!(Act::parse(act.as_str()), Some(act));
        }
        for refusal in R::ALL {
            assert!(
                t.dynamic(refusal.key()).is_some(),
                "{lang:?} {}",
                refusal.key()
            );
        }
    }
}

pub(super) fn fields(error: Error) -> Vec<String> {
    match error {
        Error::Invalid(problems) => problems.into_iter().map(|p| p.field).collect(),
        other => panic!("{other:?}"),
    }
}

pub(super) async fn save(
    world: &World,
    values: &[(&str, Option<u64>)],
    sequence: u64,
) -> Result<actions::Saved, Error> {
    let values = values
        .iter()
        .map(|(line, value)| (single(line), *value))
        .collect();
    let input = SaveDraft {
        station_id: "st1".to_owned(),
        contest_id: CONTEST.to_owned(),
        sequence,
        values,
        whole: false,
        reason: String::new(),
    };
    actions::save_draft(&world.secretary("st1", hour(22, 0)), &input).await
}

/// An act that both members of the district's commission voted for.
pub(super) fn act(target: &Target, number: &str) -> AcceptWithAct<'static> {
    AcceptWithAct {
        target: target.clone(),
        fault: "one ballot is missing".to_owned(),
        members: Vec::new(),
        decision: crate::commissions::NewDecision {
            commission_id: String::new(),
            kind: "",
            number: number.to_owned(),
            decided_on: jiff::civil::date(2023, 11, 5),
            title: crate::platform::Names::new("қ", "п", "d"),
            text: String::new(),
            present: 2,
            votes_for: 2,
            votes_against: 0,
            dissents: Vec::new(),
            file_id: None,
            election_id: None,
            contest_id: None,
        },
        paper: None,
    }
}

pub(super) fn submit_of(version: u64, paper: bool) -> Submit {
    Submit {
        target: Target::new("st1", CONTEST, version),
        as_paper_says: paper,
        explanations: BTreeMap::new(),
    }
}

#[tokio::test]
async fn a_missing_ballot_is_a_fault_until_a_recount_or_an_act() {
    let world = World::new(1).await;
    let mut entry = sound("st1", 300);
    entry.set(single("ballots_cancelled"), 305);
    let secretary = world.secretary("st1", hour(22, 0));
    let whole = SaveDraft::whole("st1", CONTEST, 0, &entry);
    let saved = actions::save_draft(&secretary, &whole).await.unwrap();
    assert_eq!(saved.findings[0].code, "R1", "told while typing");
    let refused = actions::submit(&secretary, &submit_of(1, false)).await;
    assert_eq!(fields(refused.unwrap_err()), ["ballots_received"]);
    let sent = actions::submit(&secretary, &submit_of(1, true))
        .await
        .unwrap();
    assert_eq!((sent.state, sent.faults), (S::SubmittedWithFaults, 1));
    let target = Target::new("st1", CONTEST, 1);
    actions::confirm(&world.chair("st1", hour(22, 5)), &no_scan(&target))
        .await
        .unwrap();
    let district = world.district(hour(22, 30));
    let refused = actions::accept(&district, &target).await;
    assert!(
        matches!(refused, Err(Error::Conflict(_))),
        "refused while faulty"
    );
    let refused = |changed: fn(&mut AcceptWithAct<'static>)| {
        let mut input = act(&target, "17");
        changed(&mut input);
        let district = &district;
        async move { fields(actions::accept_with_act(district, input).await.unwrap_err()) }
    };
    let early = refused(|i| i.decision.decided_on = jiff::civil::date(2023, 11, 4));
    assert_eq!(early.await, ["decided_on"], "before voting day");
    let future = refused(|i| i.decision.decided_on = jiff::civil::date(2023, 11, 9));
    assert_eq!(future.await, ["decided_on"]);
    let failed = refused(|i| i.decision.votes_for = 1);
    assert_eq!(failed.await, ["votes_for"], "the vote did not pass");
    let unnamed = refused(|i| i.fault = "  ".to_owned());
    assert_eq!(unnamed.await, ["fault"]);
    let paper = refused(|i| i.decision.number = String::new());
    assert_eq!(paper.await, ["number"]);
    actions::accept_with_act(&district, act(&target, "17"))
        .await
        .unwrap();
    actions::accept_with_act(&district, act(&target, "17"))
        .await
        .unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let protocol = queries::protocol(&mut reader, "st1", CONTEST)
        .await
        .unwrap()
        .unwrap();
    assert!(protocol.accepted_with_act && protocol.state == S::Accepted);
    let full = queries::version(&mut reader, "st1", CONTEST, 1)
        .await
        .unwrap();
    assert_eq!(full.entry, entry, "no figure was altered");
    assert_eq!(full.findings[0].finding.figure("difference"), Some(1));
    assert!(full.version.as_paper_says);
    let decision = full.version.act_decision_id.unwrap();
    let decision = crate::commissions::queries::decision(&mut reader, &decision)
        .await
        .unwrap();
    assert_eq!(decision.kind, "protocol_act");
    assert_eq!(decision.contest_id.as_deref(), Some(CONTEST));
    let totals = queries::totals(&mut reader, CONTEST).await.unwrap();
    assert_eq!(
        totals,
        queries::recount(&mut reader, CONTEST).await.unwrap()
    );
    assert!(!totals.is_empty());
}

#[tokio::test]
async fn one_act_is_about_one_protocol() {
    let world = World::new(2).await;
    let district = world.district(hour(22, 30));
    for station in ["st1", "st2"] {
        let mut entry = sound(station, 300);
        entry.set(single("ballots_cancelled"), 305);
        let version = send(&world, station, &entry, true).await;
        let input = act(&Target::new(station, CONTEST, version), "17");
        let done = actions::accept_with_act(&district, input).await;
        match station {
            "st1" => done.unwrap(),
            _ => assert_eq!(fields(done.unwrap_err()), ["number"], "used for another"),
        }
    }
    let mut reader = world.home.app.read().await.unwrap();
    let second = queries::protocol(&mut reader, "st2", CONTEST)
        .await
        .unwrap();
    assert_eq!(second.unwrap().state, S::SubmittedWithFaults);
}

#[tokio::test]
async fn a_protocol_without_a_fault_takes_no_act() {
    let world = World::new(1).await;
    let version = send(&world, "st1", &sound("st1", 300), false).await;
    let input = act(&Target::new("st1", CONTEST, version), "17");
    let refused = actions::accept_with_act(&world.district(hour(23, 0)), input).await;
    assert!(matches!(refused, Err(Error::Conflict(_))));
}

#[tokio::test]
async fn the_second_editor_is_told() {
    let world = World::new(1).await;
    let first = save(&world, &[("voters_initial", Some(600))], 0)
        .await
        .unwrap();
    let late = save(&world, &[("voters_initial", Some(700))], 0).await;
    assert!(
        matches!(late, Err(Error::Conflict(_))),
        "did not see the first save"
    );
    let again = save(&world, &[("voters_initial", Some(600))], 0)
        .await
        .unwrap();
    assert!(again.repeated, "the same figures twice are one save");
    let seen = save(&world, &[("voters_initial", Some(700))], first.sequence)
        .await
        .unwrap();
    assert_eq!(seen.version, 1, "a draft is one version");
    let cleared = save(&world, &[("voters_initial", None)], seen.sequence)
        .await
        .unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    assert!(
        queries::values(&mut reader, "st1", CONTEST, 1)
            .await
            .unwrap()
            .values
            .is_empty()
    );
    let history = queries::history(&mut reader, "st1", CONTEST).await.unwrap();
    let details: Vec<&str> = history.iter().map(|l| l.detail.as_str()).collect();
    assert_eq!(
        details,
        [
            "voters_initial=600",
            "voters_initial=700",
            "voters_initial=-"
        ]
    );
    assert_eq!(cleared.sequence, 3);
}

#[tokio::test]
async fn figures_no_paper_can_have_are_refused() {
    let world = World::new(1).await;
    for (key, value) in [
        (single("took_part"), 10_000_000_000),
        (single("took_part"), u64::MAX),
        (single("no_such_line"), 1),
        (LineKey::item("votes", "nobody").unwrap(), 1),
        (LineKey::item("took_part", "c1").unwrap(), 1),
        (LineKey::item("portable_box_found", "21").unwrap(), 1),
        (LineKey::item("portable_box_found", "01").unwrap(), 1),
    ] {
        let mut input = SaveDraft::whole("st1", CONTEST, 0, &sound("st1", 10));
        input.values.insert(key.clone(), Some(value));
        let refused = actions::save_draft(&world.secretary("st1", hour(22, 0)), &input).await;
        assert_eq!(fields(refused.unwrap_err()).len(), 1, "{key}");
    }
}

#[tokio::test]
async fn a_warning_is_explained_in_writing() {
    let world = World::new(1).await;
    let mut entry = sound("st1", 300);
    entry.set(single("ballots_received"), 660);
    entry.set(single("ballots_cancelled"), 360);
    let secretary = world.secretary("st1", hour(22, 0));
    let whole = SaveDraft::whole("st1", CONTEST, 0, &entry);
    actions::save_draft(&secretary, &whole).await.unwrap();
    let mut submit = submit_of(1, true);
    let silent = actions::submit(&secretary, &submit).await.unwrap_err();
    assert_eq!(fields(silent), ["explain-R13"]);
    submit
        .explanations
        .insert("R13".to_owned(), "a spare bundle".to_owned());
    let sent = actions::submit(&secretary, &submit).await.unwrap();
    assert_eq!((sent.state, sent.faults), (S::Submitted, 0));
    let mut reader = world.home.app.read().await.unwrap();
    let findings = queries::findings(&mut reader, "st1", CONTEST, 1)
        .await
        .unwrap();
    assert_eq!(findings[0].explanation, "a spare bundle");
    let version = queries::version(&mut reader, "st1", CONTEST, 1)
        .await
        .unwrap();
    assert!(
        !version.version.as_paper_says,
        "there is nothing that would not agree"
    );
}
