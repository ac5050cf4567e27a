//! Portable boxes: more ballots than requests need an act that names members, fewer an explanation (art. 43(3-1)).

use super::acts::{act, fields, single, submit_of};
use super::walk::{no_scan, sound};
use super::world::{CONTEST, World, hour};
use super::*;
use actions::{SaveDraft, Target};
use electoral::protocol::{LineKey, ProtocolEntry};
use model::ProtocolState as S;

/// Ten requests, and as many ballots in the box as said; the rest in the stationary one.
fn with_box(found: u64) -> ProtocolEntry {
    let mut entry = sound("st1", 300);
    for (line, figure) in [
        ("issued_in_premises", 290),
        ("issued_outside", 10),
        ("found_stationary", 300 - found),
    ] {
        entry.set(single(line), figure);
    }
    for (line, figure) in [
        ("portable_box_applications", 10),
        ("portable_box_found", found),
    ] {
        entry.set(LineKey::item(line, "1").unwrap(), figure);
    }
    entry
}

async fn codes(world: &World, entry: &ProtocolEntry) -> Vec<String> {
    let secretary = world.secretary("st1", hour(22, 0));
    let whole = SaveDraft::whole("st1", CONTEST, 0, entry);
    let saved = actions::save_draft(&secretary, &whole).await.unwrap();
    saved.findings.into_iter().map(|f| f.code).collect()
}

#[tokio::test]
async fn fewer_ballots_than_requests_are_explained() {
    let world = World::new(1).await;
    assert_eq!(codes(&world, &with_box(9)).await, ["R8"]);
    let secretary = world.secretary("st1", hour(22, 1));
    let silent = actions::submit(&secretary, &submit_of(1, false)).await;
    assert_eq!(fields(silent.unwrap_err()), ["explain-R8"]);
    let mut submit = submit_of(1, false);
    let why = "one voter kept the ballot".to_owned();
    submit.explanations.insert("R8".to_owned(), why);
    let sent = actions::submit(&secretary, &submit).await.unwrap();
    assert_eq!((sent.state, sent.faults), (S::Submitted, 0));
}

#[tokio::test]
async fn more_ballots_than_requests_need_an_act_that_names_members() {
    let world = World::new(1).await;
    assert_eq!(codes(&world, &with_box(11)).await, ["R8A", "R8B"]);
    let secretary = world.secretary("st1", hour(22, 1));
    actions::submit(&secretary, &submit_of(1, true))
        .await
        .unwrap();
    let target = Target::new("st1", CONTEST, 1);
    actions::confirm(&world.chair("st1", hour(22, 5)), &no_scan(&target))
        .await
        .unwrap();
    let district = world.district(hour(22, 30));
    let plain = actions::accept(&district, &target).await;
    assert!(matches!(plain, Err(Error::Conflict(_))));
    for members in [&[][..], &["st1-member3"], &["st1-member3", "d1-chair"]] {
        let mut input = act(&target, "17");
        input.members = members.iter().map(|m| (*m).to_owned()).collect();
        let refused = actions::accept_with_act(&district, input).await;
        assert_eq!(fields(refused.unwrap_err()), ["members"], "{members:?}");
    }
    let mut input = act(&target, "17");
    input.members = vec!["st1-member3".to_owned(), "st1-member4".to_owned()];
    actions::accept_with_act(&district, input).await.unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let full = queries::version(&mut reader, "st1", CONTEST, 1)
        .await
        .unwrap();
    assert!(
        full.version
            .act_fault
            .ends_with("Members named in the act: st1-member3, st1-member4.")
    );
}
