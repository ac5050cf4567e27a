//! A submission: counted in one transaction, or not at all. Nothing is recorded of who or when.

use super::keyed_hash;
use crate::platform::database::Transaction;
use crate::platform::{App, Error, T};
use crate::surveys::model::{self, Answer, Question, State, Submission, Survey};
use crate::surveys::store::{self, Asked, count};
use electoral::survey::{clean, counters, is_token, normal, shown_step, step};

/// Letters of a device's cookie at most.
const DEVICE_MOST: usize = 100;

/// What became of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// It counts.
    Counted,
    /// This device or card has answered before; nothing was changed.
    Again,
}

/// Takes a submission. Anybody may: no power is asked for, a survey that is open is open to the room.
///
/// # Errors
/// A survey that is not open; a card that is no card of it; answers that don't fit the questions.
pub async fn answer(app: &App, code: &str, sent: Submission) -> Result<Accepted, Error> {
    let t = T::new(sent.lang);
    let mut tx = app.database.begin().await?;
    let accepted = answer_in(&mut tx, app, t, code, &sent).await?;
    if accepted == Accepted::Counted {
        tx.commit().await?;
    }
    Ok(accepted)
}

async fn answer_in(
    tx: &mut Transaction,
    app: &App,
    t: T,
    code: &str,
    sent: &Submission,
) -> Result<Accepted, Error> {
    let survey = store::by_code(tx, code).await?;
    let shut = || Error::Conflict(t.surveys_not_open());
    let key = count::key(tx, &survey.id).await?;
    let (State::Open, Some(key)) = (survey.state, key) else {
        return Err(shut());
    };
    let (hash, by_card) = sender(t, &survey, &key, sent)?;
    let asked = app.links.get::<Asked>().cloned().unwrap_or_default();
    let questions = asked.of(tx, &survey).await?;
    // Taken first: it holds the row by which this survey's submissions follow each other.
    let Some(answered) = count::one_more(tx, &survey.id).await? else {
        return Err(shut());
    };
    if !count::spend(tx, &survey.id, &hash, by_card).await? {
        return if !by_card || count::is_token(tx, &survey.id, &hash).await? {
            Ok(Accepted::Again)
        } else {
            Err(Error::field("token", t.surveys_token_unknown()))
        };
    }
    model::check_submission(t, &questions, sent)?;
    write(tx, &survey, &questions, sent);
    let rules = app.rules.surveys();
    let (from, size) = (rules.live_from.value, rules.live_step.value);
    if survey.live {
        let behind = app.rules.smallest_group();
        let due = answered.checked_sub(behind);
        if due.is_some() && shown_step(answered, from, size, behind) == due {
            count::show_step(tx, &survey.id);
        }
        if step(answered, from, size) == Some(answered) {
            count::take_step(tx, &survey.id, answered)?;
        }
    }
    Ok(Accepted::Counted)
}

/// The hash by which this submission counts once: of the card where there are cards, otherwise of the device.
fn sender(t: T, survey: &Survey, key: &[u8], sent: &Submission) -> Result<(String, bool), Error> {
    if survey.wants_tokens {
        let token = normal(sent.token.as_deref().unwrap_or_default());
        return if is_token(&token) {
            Ok((keyed_hash(key, "token", &token), true))
        } else if token.is_empty() {
            Err(Error::field("token", t.surveys_token_needed()))
        } else {
            Err(Error::field("token", t.surveys_token_unknown()))
        };
    }
    if sent.device.is_empty() || sent.device.len() > DEVICE_MOST {
        return Err(Error::field("cookie", t.surveys_device_needed()));
    }
    Ok((keyed_hash(key, "device", &sent.device), false))
}

fn write(tx: &mut Transaction, survey: &Survey, questions: &[Question], sent: &Submission) {
    let mut all = Vec::new();
    for (question, answer) in &sent.answers {
        all.push((question.clone(), String::new(), 0));
        for (option, rank) in counters(answer) {
            all.push((question.clone(), option, rank));
        }
        if let Answer::Text(text) = answer {
            count::add_text(tx, &survey.id, question, &clean(text));
        }
    }
    // One order for everybody: no two writers wait for each other's rows.
    all.sort();
    count::count(tx, &survey.id, &all);
    let single = |key: &str| {
        let (_, answer) = sent.answers.iter().find(|(k, _)| k == key)?;
        counters(answer)
            .into_iter()
            .next()
            .map(|(option, _)| option)
    };
    for (a, b) in model::pairs(questions) {
        if let (Some(left), Some(right)) = (single(&a.key), single(&b.key)) {
            count::cross(tx, &survey.id, (&a.key, &left), (&b.key, &right));
        }
    }
}
