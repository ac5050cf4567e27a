//! Tests of the cascade: the bank, and what some of those who were taught answered. Who knows what is invented, the same on
//! every machine: the deeper a group, the less; one question is known badly far down, some groups know less than others.

use super::Stage;
use crate::platform::access::Actor;
use crate::platform::{Acting, Error, Names};
use crate::training::learning::actions;
use crate::training::learning::model::{Answer, Purpose, Question, Test};
use crate::training::model::TraineeState;
use crate::training::queries;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::sync::Arc;

const BANK: &[u8] = include_bytes!("../../../../../demo/kz/questions.csv");
/// The question that groups far down answer badly.
const HARD: &str = "box_overfull";
/// People of a session who take the test, above the last level and there.
const PEOPLE: [usize; 2] = [12, 5];

/// Writes the bank of a programme and says what its test is.
pub(super) async fn bank(acting: &Acting, programme_id: &str) -> Result<(), Error> {
    actions::write_file(acting, programme_id, "", BANK.to_vec()).await?;
    let test = Test {
        version: 0,
        questions: 10,
        minutes: 20,
        pass_percent: 70,
        tries: 3,
    };
    actions::set_test(acting, programme_id, 0, &test, "").await?;
    Ok(())
}

/// Somebody who takes a test.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sitting<'a> {
    pub(super) person: &'a str,
    pub(super) session_id: &'a str,
    /// Depth of the session.
    pub(super) level: u64,
    pub(super) purpose: Purpose,
    /// The re-test; empty for the test of a session.
    pub(super) retest: &'a str,
    /// Of a hundred answers so many were forgotten since.
    pub(super) forgotten: u64,
}

/// Some of those who were taught at a session take its test in the hour after `at`.
pub(super) async fn taken(
    stage: &Stage,
    session_id: &str,
    level: u64,
    at: Timestamp,
) -> Result<(), Error> {
    let people = {
        let mut reader = stage.app.read().await?;
        // Whoever left in the middle takes no test.
        let gone: BTreeSet<String> = queries::trainees(&mut reader, session_id)
            .await?
            .into_iter()
            .filter(|trainee| trainee.state == TraineeState::Replaced)
            .map(|trainee| trainee.person.id)
            .collect();
        let mut taught = actions::taught_at(&mut reader, session_id).await?;
        taught.retain(|person| !gone.contains(person));
        taught
    };
    let [above, last] = PEOPLE;
    let number = if level < 2 { above } else { last };
    for person in people.iter().take(number) {
        let sitting = Sitting {
            person,
            session_id,
            level,
            purpose: Purpose::After,
            retest: "",
            forgotten: 0,
        };
        sit(stage, sitting, at + SignedDuration::from_mins(10)).await?;
    }
    Ok(())
}

/// Begins a test, answers all of it and hands it in.
pub(super) async fn sit(stage: &Stage, one: Sitting<'_>, begins: Timestamp) -> Result<(), Error> {
    let actor = Actor::new(one.person.to_owned(), Names::default(), Vec::new());
    let acting = stage.acting(&Arc::new(actor), begins);
    let id = actions::begin(&acting, one.session_id, one.purpose, one.retest).await?;
    let answers = |question: &Question| answer(question, one);
    actions::answer_all(&acting, &id, &answers).await?;
    actions::end(&acting.at(begins + SignedDuration::from_mins(9)), &id).await
}

/// A number below 100 that follows from words.
pub(super) fn lot(words: &[&str]) -> u64 {
    let hash = Sha256::digest(words.join("/"));
    let bytes = hash.iter().take(4);
    bytes.fold(0_u64, |sum, byte| sum * 256 + u64::from(*byte)) % 100
}

/// How many of a hundred would answer rightly.
fn known(question: &Question, one: Sitting<'_>) -> u64 {
    let mut right: u64 = match one.level {
        0 => 92,
        1 => 88,
        _ => 83,
    };
    if question.says.key == HARD && one.level > 1 {
        right = 58;
    }
    // Some groups know less.
    if one.level > 1 && lot(&[one.session_id]) < 6 {
        right = right.saturating_sub(26);
    }
    right.saturating_sub(one.forgotten)
}

fn answer(question: &Question, one: Sitting<'_>) -> Answer {
    let key = &question.says.key;
    if lot(&[one.person, key]) < known(question, one) {
        return question.says.answer.clone();
    }
    wrong(question)
}

/// A wrong answer that is one.
fn wrong(question: &Question) -> Answer {
    let says = &question.says;
    let other = |key: &str| {
        let found = says.options.iter().find(|o| o.key != key);
        found.map_or_else(|| key.to_owned(), |o| o.key.clone())
    };
    match &says.answer {
        Answer::One(key) => Answer::One(other(key)),
        Answer::Several(keys) => {
            let mut keys = keys.clone();
            keys.pop_last();
            if keys.is_empty() {
                keys.insert(other(""));
            }
            Answer::Several(keys)
        }
        Answer::Order(keys) => Answer::Order(keys.iter().rev().cloned().collect()),
        Answer::Match(pairs) => {
            let first = says.partners.first().map(|p| p.key.clone());
            let same = pairs
                .keys()
                .map(|key| (key.clone(), first.clone().unwrap_or_default()));
            Answer::Match(same.collect())
        }
        Answer::Figures(entry) => {
            let mut entry = entry.clone();
            for figure in entry.values.values_mut() {
                *figure = figure.saturating_add(7);
            }
            Answer::Figures(entry)
        }
    }
}
