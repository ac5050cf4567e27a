//! A protocol from the first figure to the sums.

use super::world::{CONTEST, World, hour};
use super::*;
use actions::{SaveDraft, Submit, Target};
use electoral::protocol::{LineKey, ProtocolEntry};
use model::ProtocolState;
use std::collections::BTreeMap;

/// Figures that agree: 600 on the list, `issued` came, all for three candidates and against all.
pub(crate) fn sound(station: &str, issued: u64) -> ProtocolEntry {
    let against = issued / 20;
    let invalid = issued / 50;
    let took_part = issued - invalid;
    let second = took_part / 4;
    let third = took_part / 10;
    let first = took_part - against - second - third;
    let mut entry = ProtocolEntry::new();
    for (line, figure) in [
        ("voters_initial", 600),
        ("voters_added", 0),
        ("voters_removed", 0),
        ("voters_on_list", 600),
        ("ballots_received", 606),
        ("ballots_cancelled", 606 - issued),
        ("voters_received_ballots", issued),
        ("issued_in_premises", issued),
        ("issued_outside", 0),
        ("voted_by_absentee_certificate", 0),
        ("found_stationary", issued),
        ("found_total", issued),
        ("invalid", invalid),
        ("took_part", took_part),
        ("against_all", against),
    ] {
        entry.set(LineKey::single(line).unwrap(), figure);
    }
    let mut item = |line: &str, item: String, figure| {
        entry.set(LineKey::item(line, &item).unwrap(), figure);
    };
    item("votes", "c1".to_owned(), first);
    item("votes", "c2".to_owned(), second);
    item("votes", "c3".to_owned(), third);
    let members = ["deputy", "member3", "member4"];
    for (place, member) in members.iter().enumerate() {
        let share = if place == 0 {
            issued / 3 + issued % 3
        } else {
            issued / 3
        };
        item(
            "ballots_issued_by_member",
            format!("{station}-{member}"),
            share,
        );
    }
    entry
}

/// A chair's confirmation where there is no scan.
pub(crate) fn no_scan(target: &Target) -> actions::Confirm {
    actions::Confirm::without_paper(target.clone(), "the scanner is broken")
}

/// Enters, sends and confirms a protocol; returns its version.
pub(crate) async fn send(world: &World, station: &str, entry: &ProtocolEntry, paper: bool) -> u64 {
    let secretary = world.secretary(station, hour(22, 0));
    let sequence = {
        let mut reader = world.home.app.read().await.unwrap();
        queries::protocol(&mut reader, station, CONTEST)
            .await
            .unwrap()
            .map_or(0, |p| p.sequence)
    };
    let saved = actions::save_draft(
        &secretary,
        &SaveDraft::whole(station, CONTEST, sequence, entry),
    )
    .await
    .unwrap();
    let target = Target::new(station, CONTEST, saved.version);
    actions::submit(
        &secretary,
        &Submit {
            target: target.clone(),
            as_paper_says: paper,
            explanations: BTreeMap::new(),
        },
    )
    .await
    .unwrap();
    actions::confirm(&world.chair(station, hour(22, 5)), &no_scan(&target))
        .await
        .unwrap();
    saved.version
}

#[tokio::test]
async fn an_accepted_protocol_is_in_the_sums_and_on_record() {
    let world = World::new(2).await;
    let entry = sound("st1", 400);
    let version = send(&world, "st1", &entry, false).await;
    assert_eq!(version, 1);
    let target = Target::new("st1", CONTEST, 1);
    actions::accept(&world.district(hour(22, 30)), &target)
        .await
        .unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let protocol = queries::protocol(&mut reader, "st1", CONTEST)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(protocol.state, ProtocolState::Accepted);
    assert_eq!(protocol.voters_received_ballots, Some(400));
    let totals = queries::totals(&mut reader, CONTEST).await.unwrap();
    let total = |line: &str, item: &str| totals[&(line.to_owned(), item.to_owned())];
    assert_eq!(total("voters_on_list", ""), 600);
    assert_eq!(
        total("ballots_issued_by_member", ""),
        400,
        "members are one total"
    );
    assert_eq!(Some(total("votes", "c1")), entry.of("votes", "c1"));
    assert_eq!(
        totals,
        queries::recount(&mut reader, CONTEST).await.unwrap()
    );
    let progress = queries::progress(&mut reader, CONTEST).await.unwrap();
    assert_eq!((progress.expected, progress.accepted), (1, 1));
    assert_eq!(progress.last_accepted_at, Some(hour(22, 30)));
    let history = queries::history(&mut reader, "st1", CONTEST).await.unwrap();
    let acts: Vec<&str> = history.iter().map(|line| line.act.as_str()).collect();
    assert_eq!(acts, ["saved", "submitted", "confirmed", "accepted"]);
    assert_eq!(history[3].office, "district.secretary");
}
