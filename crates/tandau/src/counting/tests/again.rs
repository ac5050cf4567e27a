//! Acts done twice, taken back, corrected, or done too late.

use super::acts::{fields, submit_of};
use super::walk::{no_scan, send, sound};
use super::world::{CONTEST, World, hour};
use super::*;
use actions::{Ruling, SaveDraft, TakeBack, Target};

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
    actions::confirm(&world.chair("st1", hour(22, 9)), &no_scan(&target))
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
    actions::confirm(&world.chair("st1", hour(22, 5)), &no_scan(&target))
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
    let own = actions::confirm(&chair, &no_scan(&target)).await;
    assert!(matches!(own, Err(Error::Conflict(_))));
    let deputy = world.acting("st1-deputy", "precinct.deputy", "st1-area", hour(22, 5));
    actions::confirm(&deputy, &no_scan(&target)).await.unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let full = queries::version(&mut reader, "st1", CONTEST, 1)
        .await
        .unwrap();
    assert_eq!(full.version.confirmed_by.as_deref(), Some("st1-deputy"));
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
