//! Taking a test. Its time is the server's; each answer is durable before the next question is shown.

use super::certificate::issue_in;
use crate::platform::database::{Connection, Transaction};
use crate::platform::{Acting, App, Error, audit, ids};
use crate::training::learning::model::{Attempt, MAX_CHANGES, Purpose, Question, fault};
use crate::training::learning::queries::{self, next_try};
use crate::training::learning::store::attempts::{self as store, Drawn};
use crate::training::learning::store::{Bank, drawable, test};
use crate::training::passes::{self, Pass};
use electoral::training::exam::{Drawable, Phase, Score, Timing, draw};
use electoral::training::question::{Answer, check_answer, is_right};
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;

/// What became of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// It is kept.
    Kept,
    /// The same answer was kept before; nothing changed.
    Again,
}

/// The time of an attempt.
#[must_use]
pub fn timing(app: &App, attempt: &Attempt) -> Timing {
    Timing {
        ends_at: attempt.ends_at,
        grace_seconds: app.rules.training().tests.grace_seconds.value,
    }
}

/// Begins a test, or gives the one that runs: on a second device, after a reload, after the network came back.
///
/// # Errors
/// [`Error::NotFound`] for a session that the person does not belong to; [`Error::Conflict`] with the reason when there
/// is nothing to take now: before the session was held, after the last try, after passing, a bank that is too small.
pub async fn begin(
    acting: &Acting,
    session_id: &str,
    purpose: Purpose,
    retest_id: &str,
) -> Result<String, Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    let person = acting.person().to_owned();
    let session = store::session(&mut tx, session_id, &person).await?;
    if person.is_empty() || !session.belongs {
        return Err(Error::NotFound);
    }
    let Some(rules) = test(&mut tx, &session.programme_id).await? else {
        return Err(Error::Conflict(t.learning_no_test()));
    };
    if purpose == Purpose::Retest {
        let drawn = store::retests(&mut tx, &person).await?;
        let due = drawn.iter().any(|r| {
            r.id == retest_id && r.session_id == session_id && r.open_until > acting.now()
        });
        if !due {
            return Err(Error::NotFound);
        }
    }
    let retest_id = if purpose == Purpose::Retest {
        retest_id
    } else {
        ""
    };
    let mut tries = store::tries(&mut tx, &person, session_id, (purpose, retest_id)).await?;
    if let Some(last) = tries.last_mut()
        && last.ended_at.is_none()
    {
        if timing(acting.app(), last).at(acting.now()) != Phase::Over {
            return Ok(last.id.clone());
        }
        end_in(&mut tx, acting, last).await?;
        *last = store::by_id(&mut tx, &last.id).await?;
    }
    let number = match next_try(&session, purpose, &tries, rules.tries, acting.now()) {
        Ok(number) => number,
        Err(why) => return Err(Error::Conflict(queries::why(t, why))),
    };
    let bank = drawable(&mut tx, &session.programme_id).await?;
    let seed = rand::random::<u64>() >> 1;
    let versions: HashMap<&str, u64> = bank.iter().map(|(q, _, v)| (q.as_str(), *v)).collect();
    let list: Vec<Drawable> = bank
        .iter()
        .map(|(question, module, _)| Drawable {
            module: module.clone(),
            question: question.clone(),
        })
        .collect();
    let wanted = usize::try_from(rules.questions).unwrap_or(usize::MAX);
    let drawn = draw(&list, wanted, seed);
    if drawn.len() < wanted {
        return Err(Error::Conflict(t.learning_bank_small(drawn.len())));
    }
    let questions: Vec<(String, u64)> = drawn
        .into_iter()
        .map(|question| {
            let version = versions.get(question.as_str()).copied().unwrap_or(0);
            (question, version)
        })
        .collect();
    let minutes = i64::try_from(rules.minutes).map_err(Error::internal)?;
    let attempt = Attempt {
        id: ids::random_id(),
        person_id: person.clone(),
        programme_id: session.programme_id.clone(),
        election_id: session.election_id.clone(),
        session_id: session_id.to_owned(),
        purpose,
        number,
        pass_percent: rules.pass_percent,
        seed,
        asked: rules.questions,
        started_at: acting.now(),
        ends_at: acting.now() + SignedDuration::from_mins(minutes),
        ended_at: None,
        correct: None,
        passed: None,
        withdrawn: false,
    };
    let drawn = Drawn {
        level: session.level,
        test_version: rules.version,
        retest_id,
        questions: &questions,
    };
    if !store::add(&mut tx, &attempt, &drawn).await? {
        // Begun on two devices at once: the other one was first.
        let tries = store::tries(&mut tx, &person, session_id, (purpose, retest_id)).await?;
        return tries
            .last()
            .map(|attempt| attempt.id.clone())
            .ok_or_else(|| Error::internal("an attempt that was there is not"));
    }
    record(&mut tx, acting, "training.test_begun", &attempt.id).await?;
    tx.commit().await?;
    Ok(attempt.id)
}

async fn record(
    tx: &mut Transaction,
    acting: &Acting,
    event: &'static str,
    id: &str,
) -> Result<(), Error> {
    let kind = if event == "training.test_begun" {
        "training_attempt"
    } else {
        "training_attempt_end"
    };
    let event = audit::Event {
        event,
        kind,
        object: &[id],
        contest_id: "",
    };
    acting.record(tx, event).await
}

/// One's own attempt; another's is as if it weren't there.
async fn own(tx: &mut Transaction, acting: &Acting, id: &str) -> Result<Attempt, Error> {
    let attempt = store::by_id(tx, id).await?;
    if acting.person().is_empty() || attempt.person_id != acting.person() {
        return Err(Error::NotFound);
    }
    Ok(attempt)
}

/// Keeps an answer. `seen` is how many answers to this place the page knew of.
///
/// # Errors
/// [`Error::NotFound`] for another's test or a place that is not there; [`Error::Invalid`] at `answer` for what is no answer;
/// [`Error::Conflict`] after the end, and when another device has answered meanwhile.
pub async fn answer(
    acting: &Acting,
    attempt_id: &str,
    (place, seen): (u64, u64),
    given: &Answer,
) -> Result<Answered, Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    let attempt = own(&mut tx, acting, attempt_id).await?;
    let open = attempt.ended_at.is_none() && store::hold(&mut tx, attempt_id).await?;
    if !open || timing(acting.app(), &attempt).at(acting.now()) == Phase::Over {
        return Err(Error::Conflict(t.learning_time_is_up()));
    }
    let bank = acting
        .app()
        .links
        .get::<Bank>()
        .cloned()
        .unwrap_or_default();
    let here = store::place(&mut tx, attempt_id, place).await?;
    let question = bank.of(&mut tx, &here.question_id, here.version).await?;
    question
        .says
        .asked(|asked| check_answer(asked, given))
        .map_err(|why| Error::field("answer", fault(t, why)))?;
    let text = given.to_string();
    if here.answers > 0 && here.answer == text {
        return Ok(Answered::Again);
    }
    if here.answers != seen {
        return Err(Error::Conflict(t.learning_other_device()));
    }
    if here.answers >= MAX_CHANGES {
        return Err(Error::Conflict(t.learning_too_often(MAX_CHANGES)));
    }
    let right = right(acting.app(), &question, given);
    let at = (place, here.answers.saturating_add(1));
    if !store::add_answer(&mut tx, acting, attempt_id, at, (&text, right)).await? {
        return Err(Error::Conflict(t.learning_other_device()));
    }
    tx.commit().await?;
    Ok(Answered::Kept)
}

/// Answers all open places of a test at once, in one transaction: what somebody filled on paper, keyed by them.
///
/// # Errors
/// As [`answer`].
pub async fn answer_all(
    acting: &Acting,
    attempt_id: &str,
    answers: &(dyn Fn(&Question) -> Answer + Sync),
) -> Result<(), Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    let attempt = own(&mut tx, acting, attempt_id).await?;
    let open = attempt.ended_at.is_none() && store::hold(&mut tx, attempt_id).await?;
    if !open || timing(acting.app(), &attempt).at(acting.now()) == Phase::Over {
        return Err(Error::Conflict(t.learning_time_is_up()));
    }
    let bank = acting
        .app()
        .links
        .get::<Bank>()
        .cloned()
        .unwrap_or_default();
    for place in store::places(&mut tx, attempt_id).await? {
        if place.answers > 0 {
            continue;
        }
        let question = bank.of(&mut tx, &place.question_id, place.version).await?;
        let given = answers(&question);
        question
            .says
            .asked(|asked| check_answer(asked, &given))
            .map_err(|why| Error::field("answer", fault(t, why)))?;
        let kept = (given.to_string(), right(acting.app(), &question, &given));
        let kept = (kept.0.as_str(), kept.1);
        store::add_first_answer(&mut tx, acting, attempt_id, place.place, kept)?;
    }
    Ok(tx.commit().await?)
}

/// The right answer to a place, for measurements of speed; pages have no way to it.
///
/// # Errors
/// [`Error::NotFound`] without such a place.
pub async fn right_answer(app: &App, attempt_id: &str, place: u64) -> Result<Answer, Error> {
    let bank = app.links.get::<Bank>().cloned().unwrap_or_default();
    let mut reader = app.read().await?;
    let here = store::place(&mut reader, attempt_id, place).await?;
    let question = bank
        .of(&mut reader, &here.question_id, here.version)
        .await?;
    Ok(question.says.answer.clone())
}

/// Who was taught at a session, in the order of their ids.
///
/// # Errors
/// What the database reports.
pub async fn taught_at(
    connection: &mut Connection,
    session_id: &str,
) -> Result<Vec<String>, Error> {
    store::taught_at(connection, session_id).await
}

/// Whether an answer is right: by its key, or by the checks of the form.
#[must_use]
pub fn right(app: &App, question: &Question, given: &Answer) -> bool {
    let says = &question.says;
    let pack = app.rules.get(&says.pack).ok();
    let form = pack.as_ref().and_then(|pack| pack.protocol.as_ref());
    let exercise = says.exercise();
    says.asked(|asked| {
        is_right(
            asked,
            &says.answer,
            given,
            form.map(|form| (form, &exercise)),
        )
    })
}

/// Ends an attempt within a transaction: counts, decides, and where that is a pass, puts it on record with its certificate.
async fn end_in(tx: &mut Transaction, acting: &Acting, attempt: &Attempt) -> Result<(), Error> {
    // Answers that are on their way come before, or not at all.
    if !store::hold(tx, &attempt.id).await? {
        return Ok(());
    }
    let correct = store::correct(tx, &attempt.id).await?;
    let score = Score {
        right: correct,
        asked: attempt.asked,
    };
    let pass = Pass {
        person_id: &attempt.person_id,
        session_id: &attempt.session_id,
    };
    let of = (attempt.programme_id.as_str(), attempt.election_id.as_str());
    let mut passed = score.passes(attempt.pass_percent);
    if passed && attempt.purpose == Purpose::After {
        // Whoever was struck off the session while the test ran has not passed by it, whatever they know.
        passes::hold(tx, pass.session_id).await?;
        passed = passes::may_pass(tx, pass, of).await?;
    }
    let at = attempt.ends_at.min(acting.now());
    if !store::end(tx, &attempt.id, at, (correct, passed)).await? {
        return Ok(());
    }
    record(tx, acting, "training.test_ended", &attempt.id).await?;
    if passed && attempt.purpose == Purpose::After {
        passes::passed(tx, acting, pass).await?;
        issue_in(tx, acting, attempt).await?;
    }
    Ok(())
}

/// Hands a test in. One that has ended stays as it is.
///
/// # Errors
/// [`Error::NotFound`] for another's test.
pub async fn end(acting: &Acting, attempt_id: &str) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    let attempt = own(&mut tx, acting, attempt_id).await?;
    if attempt.ended_at.is_none() {
        end_in(&mut tx, acting, &attempt).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Ends one's own test if its time is over, and says whether it has ended.
///
/// # Errors
/// [`Error::NotFound`] for another's test.
pub async fn settle(acting: &Acting, attempt_id: &str) -> Result<Attempt, Error> {
    let mut tx = acting.begin().await?;
    let attempt = own(&mut tx, acting, attempt_id).await?;
    let over = timing(acting.app(), &attempt).at(acting.now()) == Phase::Over;
    if attempt.ended_at.is_some() || !over {
        return Ok(attempt);
    }
    end_in(&mut tx, acting, &attempt).await?;
    let attempt = store::by_id(&mut tx, attempt_id).await?;
    tx.commit().await?;
    Ok(attempt)
}

/// What the clock does: tests whose time is over end with what was answered, each in its own transaction.
///
/// # Errors
/// What the database reports.
pub async fn end_expired(app: App, now: Timestamp) -> Result<(), Error> {
    let grace = app.rules.training().tests.grace_seconds.value;
    let grace = i64::try_from(grace).unwrap_or(i64::MAX).min(86_400);
    let before = now - SignedDuration::from_secs(grace.saturating_add(1));
    let expired = {
        let mut reader = app.read().await?;
        store::expired(&mut reader, before).await?
    };
    let acting = Acting::system(app, now);
    for id in expired {
        // One that can't be ended keeps nobody else waiting.
        if let Err(error) = end_one(&acting, &id).await {
            tracing::error!(attempt = %id, %error, "a test whose time is over was not ended");
        }
    }
    Ok(())
}

async fn end_one(acting: &Acting, id: &str) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    let attempt = store::by_id(&mut tx, id).await?;
    end_in(&mut tx, acting, &attempt).await?;
    Ok(tx.commit().await?)
}
