//! Every act in every state, faults, second editors, what is sent twice.

use super::walk::{send, sound};
use super::world::{CONTEST, World, hour};
use super::*;
use actions::{AcceptWithAct, Paper, Ruling, SaveDraft, Submit, TakeBack, Target};
use electoral::protocol::LineKey;
use model::{Act, ProtocolState as S, Refusal as R, Standing, after};
use std::collections::BTreeMap;

fn single(line: &str) -> LineKey {
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
            assert_eq!(after(state, act, late), Err(R::Determined));
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

fn fields(error: Error) -> Vec<String> {
    match error {
        Error::Invalid(problems) => problems.into_iter().map(|p| p.field).collect(),
        other => panic!("{other:?}"),
    }
}

async fn save(
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

fn submit_of(version: u64, paper: bool) -> Submit {
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
    actions::confirm(&world.chair("st1", hour(22, 5)), &target)
        .await
        .unwrap();
    let district = world.district(hour(22, 30));
    let refused = actions::accept(&district, &target).await;
    assert!(
        matches!(refused, Err(Error::Conflict(_))),
        "refused while faulty"
    );
    let mut with_act = AcceptWithAct {
        target: target.clone(),
        fault: "one ballot is missing".to_owned(),
        decision_id: "d2-seated".to_owned(),
    };
    let other = actions::accept_with_act(&district, &with_act)
        .await
        .unwrap_err();
    assert_eq!(
        fields(other),
        ["decision"],
        "a decision of another commission"
    );
    with_act.decision_id = "nothing".to_owned();
    let none = actions::accept_with_act(&district, &with_act)
        .await
        .unwrap_err();
    assert_eq!(fields(none), ["decision"]);
    with_act.decision_id = "d1-seated".to_owned();
    with_act.fault = "  ".to_owned();
    let unnamed = actions::accept_with_act(&district, &with_act)
        .await
        .unwrap_err();
    assert_eq!(fields(unnamed), ["fault"]);
    with_act.fault = "one ballot is missing".to_owned();
    actions::accept_with_act(&district, &with_act)
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
    assert_eq!(
        queries::totals(&mut reader, CONTEST).await.unwrap().len(),
        18
    );
}

#[tokio::test]
async fn a_protocol_without_a_fault_takes_no_act() {
    let world = World::new(1).await;
    let version = send(&world, "st1", &sound("st1", 300), false).await;
    let input = AcceptWithAct {
        target: Target::new("st1", CONTEST, version),
        fault: "x".to_owned(),
        decision_id: "d1-seated".to_owned(),
    };
    let refused = actions::accept_with_act(&world.district(hour(23, 0)), &input).await;
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

#[tokio::test]
async fn sent_twice_is_sent_once() {
    let world = World::new(1).await;
    let entry = sound("st1", 300);
    let version = send(&world, "st1", &entry, false).await;
    let secretary = world.secretary("st1", hour(22, 1));
    let again = actions::submit(&secretary, &submit_of(version, false))
        .await
        .unwrap();
    assert!(again.repeated);
    let target = Target::new("st1", CONTEST, version);
    actions::confirm(&world.chair("st1", hour(22, 9)), &target)
        .await
        .unwrap();
    let district = world.district(hour(22, 30));
    actions::accept(&district, &target).await.unwrap();
    actions::accept(&district, &target).await.unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let history = queries::history(&mut reader, "st1", CONTEST).await.unwrap();
    assert_eq!(history.len(), 4, "each act once");
    let totals = queries::totals(&mut reader, CONTEST).await.unwrap();
    assert_eq!(totals[&("voters_on_list".to_owned(), String::new())], 600);
}

#[tokio::test]
async fn a_correction_after_a_return_is_a_new_version() {
    let world = World::new(1).await;
    send(&world, "st1", &sound("st1", 300), false).await;
    let district = world.district(hour(22, 30));
    let silent = Ruling {
        target: Target::new("st1", CONTEST, 1),
        reason: String::new(),
    };
    let refused = actions::return_for_recount(&district, &silent).await;
    assert_eq!(fields(refused.unwrap_err()), ["reason"]);
    let ruling = Ruling {
        reason: "count the second box again".to_owned(),
        ..silent
    };
    actions::return_for_recount(&district, &ruling)
        .await
        .unwrap();
    actions::return_for_recount(&district, &ruling)
        .await
        .unwrap();
    let entry = sound("st1", 310);
    assert_eq!(send(&world, "st1", &entry, false).await, 2);
    let old = actions::accept(&district, &Target::new("st1", CONTEST, 1)).await;
    assert!(
        matches!(old, Err(Error::Conflict(_))),
        "the decision was about another version"
    );
    actions::accept(&district, &Target::new("st1", CONTEST, 2))
        .await
        .unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let protocol = queries::protocol(&mut reader, "st1", CONTEST)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((protocol.version, protocol.returned_count), (2, 1));
    let first = queries::version(&mut reader, "st1", CONTEST, 1)
        .await
        .unwrap();
    assert_eq!(first.entry, sound("st1", 300), "the old figures stay");
    assert_eq!(first.version.decision_reason, "count the second box again");
    let public = queries::public_versions(&mut reader, "st1", CONTEST)
        .await
        .unwrap();
    assert_eq!(public.len(), 2);
}

#[tokio::test]
async fn a_station_may_take_back_until_the_chair_confirms() {
    let world = World::new(1).await;
    let secretary = world.secretary("st1", hour(22, 0));
    let whole = SaveDraft::whole("st1", CONTEST, 0, &sound("st1", 300));
    actions::save_draft(&secretary, &whole).await.unwrap();
    actions::submit(&secretary, &submit_of(1, false))
        .await
        .unwrap();
    let back = TakeBack {
        target: Target::new("st1", CONTEST, 1),
        reason: "a wrong box".to_owned(),
    };
    assert_eq!(actions::take_back(&secretary, &back).await.unwrap(), 2);
    let mut reader = world.home.app.read().await.unwrap();
    let kept = queries::values(&mut reader, "st1", CONTEST, 2)
        .await
        .unwrap();
    assert_eq!(
        kept,
        sound("st1", 300),
        "the next version begins with these figures"
    );
    assert!(
        queries::public_versions(&mut reader, "st1", CONTEST)
            .await
            .unwrap()
            .is_empty()
    );
    drop(reader);
    actions::submit(&secretary, &submit_of(2, false))
        .await
        .unwrap();
    let target = Target::new("st1", CONTEST, 2);
    actions::confirm(&world.chair("st1", hour(22, 5)), &target)
        .await
        .unwrap();
    let late = actions::take_back(
        &secretary,
        &TakeBack {
            target,
            reason: "x".to_owned(),
        },
    )
    .await;
    assert!(matches!(late, Err(Error::Conflict(_))));
}

#[tokio::test]
async fn whoever_entered_it_does_not_confirm_it() {
    let world = World::new(1).await;
    let chair = world.chair("st1", hour(22, 0));
    let whole = SaveDraft::whole("st1", CONTEST, 0, &sound("st1", 300));
    actions::save_draft(&chair, &whole).await.unwrap();
    actions::submit(&chair, &submit_of(1, false)).await.unwrap();
    let target = Target::new("st1", CONTEST, 1);
    let own = actions::confirm(&chair, &target).await;
    assert!(matches!(own, Err(Error::Conflict(_))));
    let deputy = world.acting("st1-deputy", "precinct.deputy", "st1-area", hour(22, 5));
    actions::confirm(&deputy, &target).await.unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let full = queries::version(&mut reader, "st1", CONTEST, 1)
        .await
        .unwrap();
    assert_eq!(full.version.confirmed_by.as_deref(), Some("st1-deputy"));
}

#[tokio::test]
async fn nothing_changes_once_the_result_is_determined() {
    let world = World::new(1).await;
    send(&world, "st1", &sound("st1", 300), false).await;
    let district = world.district(hour(23, 0));
    let target = Target::new("st1", CONTEST, 1);
    actions::accept(&district, &target).await.unwrap();
    world
        .sql("update contest set state = 'determined'", vec![])
        .await;
    let ruling = Ruling {
        target,
        reason: "doubt".to_owned(),
    };
    let late = actions::reopen(&district, &ruling).await;
    assert!(matches!(late, Err(Error::Conflict(_))));
}

#[tokio::test]
async fn a_paper_is_a_picture_or_a_pdf() {
    let world = World::new(1).await;
    let secretary = world.secretary("st1", hour(22, 0));
    let target = Target::new("st1", CONTEST, 1);
    let paper = |bytes: &[u8]| Paper {
        target: target.clone(),
        bytes: bytes.to_vec(),
    };
    let early = actions::attach_paper(&secretary, paper(b"")).await;
    assert!(
        matches!(early, Err(Error::Conflict(_))),
        "nothing entered yet"
    );
    save(&world, &[("voters_initial", Some(1))], 0)
        .await
        .unwrap();
    let html = actions::attach_paper(&secretary, paper(b"<html>")).await;
    assert!(matches!(html, Err(Error::Unsupported)));
}

#[tokio::test]
async fn turnout_of_the_day_must_end_at_the_protocol() {
    let world = World::new(1).await;
    let who = world.secretary("st1", hour(20, 30));
    let moment = |at| crate::votingday::actions::Moment {
        station_id: "st1".to_owned(),
        contest_id: CONTEST.to_owned(),
        at,
        reason: String::new(),
    };
    crate::votingday::actions::open(&who, &moment(hour(7, 0)))
        .await
        .unwrap();
    let report = crate::votingday::actions::Turnout {
        station_id: "st1".to_owned(),
        contest_id: CONTEST.to_owned(),
        slot: "20:00".to_owned(),
        received: 301,
        reason: String::new(),
    };
    crate::votingday::actions::report_turnout(&who, &report)
        .await
        .unwrap();
    let whole = SaveDraft::whole("st1", CONTEST, 0, &sound("st1", 300));
    let saved = actions::save_draft(&who, &whole).await.unwrap();
    assert_eq!(saved.findings[0].code, "R16");
}
