//! Question banks and what a programme's test is. Versions: nothing is overwritten, and a test that runs keeps the words it began with.

use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::rows::Problems;
use crate::platform::{Acting, Error, areas, audit, ids};
use crate::training::learning::model::{MAX_QUESTIONS, NewQuestion, Test};
use crate::training::learning::{import, store};

async fn allowed(tx: &mut Transaction, acting: &Acting) -> Result<(), Error> {
    let country = areas::country(tx).await?.ok_or(Error::NotFound)?;
    acting
        .require(tx, Action::TrainingMake, &country, None)
        .await
}

/// Says what the test of a programme is. `seen` is the version that was looked at, 0 for none.
///
/// # Errors
/// No power; figures beyond their ends; fewer questions in the bank than are to be drawn; somebody was faster.
pub async fn set_test(
    acting: &Acting,
    programme_id: &str,
    seen: u64,
    test: &Test,
    reason: &str,
) -> Result<u64, Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    allowed(&mut tx, acting).await?;
    store::programme(&mut tx, programme_id).await?;
    test.check(t)?;
    if seen > 0 && reason.trim().is_empty() {
        return Err(Error::field("reason", t.learning_reason_needed()));
    }
    let bank = store::drawable(&mut tx, programme_id).await?.len();
    let bank = u64::try_from(bank).unwrap_or(u64::MAX);
    if bank < test.questions {
        return Err(Error::field("questions", t.learning_bank_small(bank)));
    }
    let set = store::set_test(&mut tx, acting, programme_id, (seen, test, reason.trim())).await?;
    let Some(version) = set else {
        return Err(Error::Conflict(t.learning_changed_meanwhile()));
    };
    let event = audit::Event {
        event: "training.test_set",
        kind: "training_test",
        object: &[programme_id, &version.to_string()],
        contest_id: "",
    };
    acting.record(&mut tx, event).await?;
    tx.commit().await?;
    Ok(version)
}

async fn write_in(
    tx: &mut Transaction,
    acting: &Acting,
    id: Option<&str>,
    (seen, reason): (u64, &str),
    new: &NewQuestion,
) -> Result<String, Error> {
    let t = acting.t();
    let pack = acting.app().rules.get(&new.pack).ok();
    new.check(t, pack.as_ref().and_then(|pack| pack.protocol.as_ref()))?;
    let fresh = ids::new_id();
    let id = id.unwrap_or(&fresh);
    if !store::step(tx, id, seen, new).await? {
        return Err(if seen == 0 {
            Error::field("key", t.learning_key_twice())
        } else {
            Error::Conflict(t.learning_changed_meanwhile())
        });
    }
    let version = seen.saturating_add(1);
    store::add_version(tx, acting, (id, version, reason), new).await?;
    let event = audit::Event {
        event: "training.question_written",
        kind: "training_question",
        object: &[id, &version.to_string()],
        contest_id: "",
    };
    acting.record(tx, event).await?;
    Ok(id.to_owned())
}

async fn room(tx: &mut Transaction, acting: &Acting, programme_id: &str) -> Result<usize, Error> {
    let there = store::bank(tx, programme_id).await?.len();
    MAX_QUESTIONS
        .checked_sub(there)
        .ok_or_else(|| Error::Conflict(acting.t().learning_bank_full(MAX_QUESTIONS)))
}

/// Writes a question: a new one (`id` none, `seen` 0), or the next version of one. Module and key of a question stay.
///
/// # Errors
/// No power; what [`NewQuestion::check`] finds; a key that is there; no reason for a change; somebody was faster.
pub async fn write(
    acting: &Acting,
    id: Option<&str>,
    (seen, reason): (u64, &str),
    mut new: NewQuestion,
) -> Result<String, Error> {
    let mut tx = acting.begin().await?;
    allowed(&mut tx, acting).await?;
    if let Some(id) = id {
        let before = store::newest(&mut tx, id).await?;
        new.module_id = before.says.module_id;
        new.key = before.says.key;
        if reason.trim().is_empty() {
            return Err(Error::field("reason", acting.t().learning_reason_needed()));
        }
    } else {
        let programme = store::programme_of(&mut tx, &new.module_id).await?;
        if room(&mut tx, acting, &programme).await? == 0 {
            return Err(Error::Conflict(
                acting.t().learning_bank_full(MAX_QUESTIONS),
            ));
        }
    }
    let id = write_in(&mut tx, acting, id, (seen, reason.trim()), &new).await?;
    tx.commit().await?;
    Ok(id)
}

/// Writes all questions of a file, or none: new ones, and next versions of those that the file says otherwise. Answers how
/// many were written. Rows of a file stand in their order; problems name them.
///
/// # Errors
/// No power; every row that can't stand in a bank, with its reason.
pub async fn write_all(
    acting: &Acting,
    programme_id: &str,
    reason: &str,
    rows: Vec<(usize, NewQuestion)>,
) -> Result<usize, Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    allowed(&mut tx, acting).await?;
    store::programme(&mut tx, programme_id).await?;
    let reason = reason.trim();
    let reason = if reason.is_empty() {
        t.learning_imported()
    } else {
        reason.to_owned()
    };
    let mut left = room(&mut tx, acting, programme_id).await?;
    let mut problems = Problems::default();
    let mut written = 0_usize;
    let mut seen_keys = std::collections::BTreeSet::new();
    for (index, new) in rows {
        let mark = new.key.clone();
        if !seen_keys.insert((new.module_id.clone(), new.key.clone())) {
            problems.add(index, &mark, "key", t.learning_key_twice());
            continue;
        }
        let known = store::by_key(&mut tx, &new.module_id, &new.key).await?;
        let wrote = match known {
            Some((id, version)) => {
                let before = store::newest(&mut tx, &id).await?;
                if before.says == new {
                    continue;
                }
                write_in(&mut tx, acting, Some(&id), (version, &reason), &new).await
            }
            None if left == 0 => Err(Error::field("key", t.learning_bank_full(MAX_QUESTIONS))),
            None => {
                left -= 1;
                write_in(&mut tx, acting, None, (0, &reason), &new).await
            }
        };
        match wrote {
            Ok(_) => written = written.saturating_add(1),
            Err(error) => problems.take(index, &mark, error)?,
        }
        if problems.is_full() {
            break;
        }
    }
    problems.done()?;
    tx.commit().await?;
    Ok(written)
}

/// Writes all questions of a file, XLSX or CSV, or none ([`write_all`]).
///
/// # Errors
/// As [`write_all`]; a file that is none at `file`, otherwise each row and column that can't be read.
pub async fn write_file(
    acting: &Acting,
    programme_id: &str,
    reason: &str,
    bytes: Vec<u8>,
) -> Result<usize, Error> {
    let t = acting.t();
    let modules = {
        let mut reader = acting.app().read().await?;
        store::modules(&mut reader, programme_id).await?
    };
    let rows = tokio::task::spawn_blocking(move || import::read(t, &modules, &bytes))
        .await
        .map_err(Error::internal)??;
    write_all(acting, programme_id, reason, rows).await
}
