//! Tests of the room.

mod calls;
pub(crate) mod pages;
mod world;

use world::MOMENTS;

pub(crate) use world::{EAST, EAST_VOTERS, ELECTION, WEST, World, at};

use super::actions::{self, add_contest_in, move_to, settle_contest_in};
use super::calendar::EntryKind;
use super::{ContestState, ElectionState, NewContest, NewElection, queries};
use crate::bind;
use crate::commissions::Basis;
use crate::platform::{Error, Lang, Names, T};
use jiff::civil::date;

fn conflict(result: Result<(), Error>) -> bool {
    matches!(result, Err(Error::Conflict(_)))
}

fn field(error: Error) -> String {
    match error {
        Error::Invalid(problems) => problems[0].field.clone(),
        other => panic!("a field was expected, not {other}"),
    }
}

#[tokio::test]
async fn every_unit_opens_and_closes_by_its_own_clocks() {
    let world = World::new().await;
    let mut reader = world.home.app.read().await.unwrap();
    let east = queries::counting_units(&mut reader, EAST).await.unwrap();
    let west = queries::counting_units(&mut reader, WEST).await.unwrap();
    assert_eq!(east.len(), 2);
    assert_eq!(east[0].number, 448);
    assert_eq!(east[0].opens_at, at("2023-11-05T01:00:00Z"));
    assert_eq!(east[0].closes_at, at("2023-11-05T14:00:00Z"));
    assert_eq!(west[0].opens_at, at("2023-11-05T02:00:00Z"));
    assert_eq!(west[0].closes_at, at("2023-11-05T15:00:00Z"));
    assert_eq!(
        queries::last_closing(&mut reader, ELECTION).await.unwrap(),
        at("2023-11-05T15:00:00Z")
    );
    let contest = queries::contest(&mut reader, EAST).await.unwrap();
    assert_eq!(
        (contest.stations_expected, contest.voters_on_lists),
        (2, EAST_VOTERS)
    );
    // By code and by full id, but only within its own election.
    for name in ["353600000", EAST] {
        let found = queries::contest_of(&mut reader, ELECTION, name)
            .await
            .unwrap();
        assert_eq!(found.id, EAST);
    }
    assert!(matches!(
        queries::contest_of(&mut reader, "other", EAST).await,
        Err(Error::NotFound)
    ));
    let named = queries::units_of_election_by_number(&mut reader, ELECTION, 448).await;
    assert_eq!(named.unwrap()[0].contest_id, EAST);
}

#[tokio::test]
async fn an_election_waits_for_each_moment_and_then_moves() {
    let world = World::new().await;
    for (state, moment) in MOMENTS {
        let second_before = at(moment)
            .checked_sub(jiff::SignedDuration::from_secs(1))
            .unwrap();
        let early = world.home.operator().at(second_before);
        assert!(
            conflict(move_to(&early, ELECTION, *state, None).await),
            "{state:?} came a second early"
        );
        move_to(&world.operator(moment), ELECTION, *state, None)
            .await
            .unwrap();
    }
    let after = world.operator("2023-11-06T05:00:00Z");
    let to = ElectionState::Determined;
    assert!(conflict(move_to(&after, ELECTION, to, None).await));
    for contest in [EAST, WEST] {
        let mut tx = after.begin().await.unwrap();
        settle_contest_in(&mut tx, &after, contest, ContestState::Determined, None)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
    move_to(&after, ELECTION, to, None).await.unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let states = queries::states(&mut reader, ELECTION).await.unwrap();
    let sequence: Vec<u64> = states.iter().map(|s| s.sequence).collect();
    assert_eq!(sequence, [1, 2, 3, 4, 5, 6, 7, 8]);
    let sound = queries::contest_changes(&mut reader, EAST).await.unwrap();
    assert_eq!(sound.last().unwrap().kind, "settled");
}

#[tokio::test]
async fn offices_move_and_change_only_what_is_theirs() {
    let world = World::new().await;
    let now = "2023-09-16T06:00:00Z";
    for (role, code) in [
        ("district.chair", "353600000"),
        ("region.chair", "350000000"),
        ("central.member", "KZ"),
    ] {
        let acting = world.acting(role, code, now);
        let moved = move_to(&acting, ELECTION, ElectionState::Nomination, None).await;
        assert!(matches!(moved, Err(Error::Forbidden(_))), "{role}");
        let marked = actions::mark(&world.acting(role, code, now), ELECTION, "call").await;
        assert!(matches!(marked, Err(Error::Forbidden(_))), "{role}");
    }
    let chair = world.acting("central.chair", "KZ", now);
    move_to(&chair, ELECTION, ElectionState::Nomination, None)
        .await
        .unwrap();
}

#[tokio::test]
async fn what_a_new_election_lacks_is_named() {
    let world = World::new().await;
    let acting = world.operator("2023-09-15T06:00:00Z");
    let good = NewElection {
        id: "second".to_owned(),
        rules_id: "akim-district-2023".to_owned(),
        title: Names::new("а", "б", "c"),
        area_id: world.area("KZ"),
        zone: "Asia/Almaty".to_owned(),
        voting_day: date(2023, 11, 5),
        synthetic: true,
    };
    let mut wrong: Vec<(&str, NewElection)> = Vec::new();
    for id in ["", "a", "UPPER", "2023", "with/slash", "-a-", ELECTION] {
        wrong.push((
            "id",
            NewElection {
                id: id.to_owned(),
                ..good.clone()
            },
        ));
    }
    wrong.push((
        "rules_id",
        NewElection {
            rules_id: "none".to_owned(),
            ..good.clone()
        },
    ));
    wrong.push((
        "voting_day",
        NewElection {
            voting_day: date(2031, 1, 1),
            ..good.clone()
        },
    ));
    wrong.push((
        "zone",
        NewElection {
            zone: "Mars/Base".to_owned(),
            ..good.clone()
        },
    ));
    wrong.push((
        "area_id",
        NewElection {
            area_id: "none".to_owned(),
            ..good.clone()
        },
    ));
    let untitled = Names::new("а", " ", "c");
    wrong.push((
        "title_ru",
        NewElection {
            title: untitled,
            ..good.clone()
        },
    ));
    for (name, new) in wrong {
        assert_eq!(
            field(actions::create(&acting, new).await.unwrap_err()),
            name
        );
    }
    actions::create(&acting, good).await.unwrap();
}

#[tokio::test]
async fn a_contest_called_too_late_or_twice_is_refused() {
    let world = World::new().await;
    assert_eq!(
        field(world.contest(3, "353600000").await.unwrap_err()),
        "area_id"
    );
    // Fifty full days must stay free before 5 November: 15 September is the last day.
    let mut tx = world.home.app.database.begin().await.unwrap();
    tx.execute(
        "update decision set decided_on = '2023-09-16' where id = 'call-353600000'",
        bind![],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let acting = world.operator("2023-09-20T00:00:00Z");
    let mut tx = acting.begin().await.unwrap();
    let late = NewContest {
        election_id: ELECTION.to_owned(),
        number: 3,
        area_id: world.area("350000000"),
        region_id: world.area("350000000"),
        commission_id: "353600000".to_owned(),
        seats: 1,
        sourcing: "sourced".to_owned(),
        basis_decision_id: None,
        called_by: Basis::recorded("call-353600000"),
    };
    let error = add_contest_in(&mut tx, &acting, late).await.unwrap_err();
    assert_eq!(field(error), "called_by_decision_id");
}

fn step(kind: EntryKind, until: Option<&str>, seen: Option<u64>) -> actions::PlanStep<'static> {
    actions::PlanStep {
        election_id: ELECTION.to_owned(),
        contest_id: None,
        step: "registration_end".to_owned(),
        kind,
        from: None,
        until: until.map(at),
        done_at: None,
        reason: "by decision".to_owned(),
        basis: None,
        seen_version: seen,
    }
}

#[tokio::test]
async fn an_override_moves_what_counts_from_it_in_both_zones() {
    let world = World::new().await;
    let acting = world.operator("2023-09-20T00:00:00Z");
    // 11 October, 18:00 by the clocks of Astana.
    let moved = step(EntryKind::Plan, Some("2023-10-11T12:00:00Z"), Some(0));
    assert_eq!(actions::plan_step(&acting, moved.clone()).await.unwrap(), 1);
    // A second editor who saw nothing of it is told.
    assert!(matches!(
        actions::plan_step(&acting, moved).await,
        Err(Error::Conflict(_))
    ));
    let app = &world.home.app;
    let mut reader = app.read().await.unwrap();
    let election = queries::election(&mut reader, ELECTION).await.unwrap();
    let west = queries::contest(&mut reader, WEST).await.unwrap();
    let plan = queries::plan(&mut reader, app, &election, None)
        .await
        .unwrap();
    assert_eq!(
        plan.from("campaign_start"),
        Some(at("2023-10-11T12:00:00Z"))
    );
    assert_eq!(
        plan.item("registration_end")
            .unwrap()
            .planned
            .as_ref()
            .unwrap()
            .reason,
        "by decision"
    );
    let local = queries::plan(&mut reader, app, &election, Some(&west))
        .await
        .unwrap();
    assert_eq!(
        local.until("registration_end"),
        Some(at("2023-10-11T13:00:00Z"))
    );
    drop(reader);
    actions::plan_step(&acting, step(EntryKind::Computed, None, Some(1)))
        .await
        .unwrap();
    let mut reader = app.read().await.unwrap();
    let plan = queries::plan(&mut reader, app, &election, None)
        .await
        .unwrap();
    assert_eq!(
        plan.from("campaign_start"),
        Some(at("2023-10-10T12:00:00Z"))
    );
}

#[tokio::test]
async fn an_entry_that_says_nothing_or_too_much_is_refused() {
    let world = World::new().await;
    let acting = world.operator("2023-09-20T00:00:00Z");
    let refused = |input: actions::PlanStep<'static>| {
        let acting = acting.clone();
        async move { field(actions::plan_step(&acting, input).await.unwrap_err()) }
    };
    assert_eq!(refused(step(EntryKind::Plan, None, None)).await, "until");
    let mut silent = step(EntryKind::NotNeeded, None, None);
    silent.reason = "  ".to_owned();
    assert_eq!(refused(silent).await, "reason");
    let mut future = step(EntryKind::Done, None, None);
    future.done_at = Some(at("2023-09-21T00:00:00Z"));
    assert_eq!(refused(future).await, "done_on");
    let mut unknown = step(EntryKind::NotNeeded, None, None);
    unknown.step = "no_such_step".to_owned();
    assert_eq!(refused(unknown).await, "step");
    let mut backwards = step(EntryKind::Plan, Some("2023-10-11T12:00:00Z"), None);
    backwards.from = Some(at("2023-10-12T12:00:00Z"));
    assert_eq!(refused(backwards).await, "until");
}

#[test]
fn every_state_has_a_word_in_every_language() {
    for lang in Lang::ALL {
        let t = T::new(lang);
        let keys = (ElectionState::ALL
            .iter()
            .map(|s| format!("elections-state-{}", s.as_str())))
        .chain(
            ContestState::ALL
                .iter()
                .map(|s| format!("elections-contest-state-{}", s.as_str())),
        )
        .chain(
            EntryKind::ALL
                .iter()
                .map(|s| format!("elections-entry-{}", s.as_str())),
        )
        .chain(
            super::calendar::Progress::ALL
                .iter()
                .map(|s| format!("elections-progress-{}", s.as_str())),
        );
        for key in keys {
            assert!(t.dynamic(&key).is_some(), "{lang:?} {key}");
        }
    }
}

#[test]
fn every_value_of_every_pack_has_a_label() {
    use super::pages::rules;
    for (id, _) in electoral::rules::BUILT_IN {
        let pack = electoral::rules::built_in(id).unwrap().unwrap();
        for lang in Lang::ALL {
            let t = T::new(lang);
            let mut labelled = 0;
            for key in rules::keys(t, &pack) {
                assert!(
                    t.dynamic(&format!("elections-rule-{key}")).is_some(),
                    "{id}: {key}"
                );
                labelled += 1;
            }
            assert!(labelled > 5, "{id}: {labelled}");
            for section in rules::SECTIONS {
                assert!(t.dynamic(&format!("elections-rules-{section}")).is_some());
            }
        }
    }
}
