//! A figure's words on the paper, where they say another number than its digits (R14).

use super::acts::{fields, single, submit_of};
use super::walk::{no_scan, send, sound};
use super::world::{CONTEST, World, hour};
use super::*;
use actions::{PutWords, Ruling, SaveDraft, Target};
use electoral::text::Language;
use model::ProtocolState;

fn words(sequence: u64, words: &str) -> PutWords {
    PutWords {
        station_id: "st1".to_owned(),
        contest_id: CONTEST.to_owned(),
        sequence,
        key: single("voters_received_ballots"),
        language: Language::Ru,
        words: words.to_owned(),
    }
}

#[tokio::test]
async fn words_that_differ_are_a_fault_on_record() {
    let world = World::new(1).await;
    let secretary = world.secretary("st1", hour(22, 0));
    let early = actions::put_words(&secretary, &words(0, "двести")).await;
    assert!(matches!(early, Err(Error::Conflict(_))), "no figure yet");
    let whole = SaveDraft::whole("st1", CONTEST, 0, &sound("st1", 300));
    let saved = actions::save_draft(&secretary, &whole).await.unwrap();
    assert_eq!(saved.findings, [], "nothing need be typed in words");
    let same = actions::put_words(&secretary, &words(saved.sequence, "Триста")).await;
    assert_eq!(fields(same.unwrap_err()), ["words"]);
    let mut other = words(saved.sequence, "двести");
    other.key = single("non_established_form");
    let unknown = actions::put_words(&secretary, &other).await;
    assert_eq!(fields(unknown.unwrap_err()), ["line"]);
    let input = words(saved.sequence, "двести");
    actions::put_words(&secretary, &input).await.unwrap();
    actions::put_words(&secretary, &input).await.unwrap();
    let stale = actions::put_words(&secretary, &words(saved.sequence, "сто")).await;
    assert!(
        matches!(stale, Err(Error::Conflict(_))),
        "saw another state"
    );
    let refused = actions::submit(&secretary, &submit_of(1, false)).await;
    assert_eq!(fields(refused.unwrap_err()), ["voters_received_ballots"]);
    let sent = actions::submit(&secretary, &submit_of(1, true))
        .await
        .unwrap();
    assert_eq!(
        (sent.state, sent.faults),
        (ProtocolState::SubmittedWithFaults, 1)
    );
    let mut reader = world.home.app.read().await.unwrap();
    let findings = queries::findings(&mut reader, "st1", CONTEST, 1)
        .await
        .unwrap();
    assert_eq!(findings[0].finding.code, "R14");
    assert_eq!(findings[0].finding.figure("figure"), Some(300));
    let history = queries::history(&mut reader, "st1", CONTEST).await.unwrap();
    assert_eq!(history.len(), 3, "the same words twice are one act");
    assert_eq!(history[1].detail, "voters_received_ballots ru: двести");
}

#[tokio::test]
async fn words_are_taken_away_and_go_on_into_the_next_version() {
    let world = World::new(1).await;
    let secretary = world.secretary("st1", hour(22, 0));
    let whole = SaveDraft::whole("st1", CONTEST, 0, &sound("st1", 300));
    let saved = actions::save_draft(&secretary, &whole).await.unwrap();
    let input = words(saved.sequence, "двести");
    actions::put_words(&secretary, &input).await.unwrap();
    actions::submit(&secretary, &submit_of(1, true))
        .await
        .unwrap();
    let target = Target::new("st1", CONTEST, 1);
    actions::confirm(&world.chair("st1", hour(22, 5)), &no_scan(&target))
        .await
        .unwrap();
    let ruling = Ruling {
        target,
        reason: "the words".to_owned(),
    };
    actions::return_for_recount(&world.district(hour(22, 30)), &ruling)
        .await
        .unwrap();
    let sequence = |n: u64| saved.sequence + n;
    let mut reason = SaveDraft::whole("st1", CONTEST, sequence(4), &sound("st1", 300));
    reason.reason = "counted again".to_owned();
    let again = actions::save_draft(&secretary, &reason).await.unwrap();
    assert_eq!(again.version, 2);
    let mut reader = world.home.app.read().await.unwrap();
    let kept = queries::words(&mut reader, "st1", CONTEST, 2)
        .await
        .unwrap();
    assert_eq!(kept[0].words, "двести");
    drop(reader);
    actions::put_words(&secretary, &words(again.sequence, ""))
        .await
        .unwrap();
    assert_eq!(send(&world, "st1", &sound("st1", 300), false).await, 2);
    let mut reader = world.home.app.read().await.unwrap();
    let first = queries::words(&mut reader, "st1", CONTEST, 1)
        .await
        .unwrap();
    assert_eq!(first.len(), 1, "the version before keeps its words");
    let findings = queries::findings(&mut reader, "st1", CONTEST, 2).await;
    assert_eq!(findings.unwrap(), []);
}
