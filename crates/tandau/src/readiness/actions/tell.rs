//! Answers that nobody types in: what another part of the program knows, and what was seen to be done.

use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, audit};
use crate::readiness::held::{Held, Purpose};
use crate::readiness::model::{Cause, ItemStatus, judged, seen_value};
use crate::readiness::store;

/// Answers an item on behalf of another part of the program, inside its act. False when the checklist in force
/// doesn't ask that part, or the answer is known already.
///
/// # Errors
/// [`Error::NotFound`] for a station that doesn't answer in this election; a value that doesn't fit the question.
pub async fn tell_in(
    tx: &mut Transaction,
    acting: &Acting,
    election_id: &str,
    station_id: &str,
    item: &str,
    value: &str,
) -> Result<bool, Error> {
    let told = tell_all_in(tx, acting, (election_id, station_id), &[(item, value)]).await?;
    Ok(told > 0)
}

/// Takes the rows of stations in the order in which they are given; other writers wait until the transaction ends. Whoever tells
/// several stations in one act takes all of them first, in the order of their ids: a telling also takes the counts of the
/// district, and whoever holds those must not wait for a station.
///
/// # Errors
/// What the database reports. A station that doesn't answer in this election is passed over.
pub async fn hold_in(
    tx: &mut Transaction,
    election_id: &str,
    stations: &[&str],
) -> Result<(), Error> {
    for station in stations {
        store::hold_row(tx, election_id, station).await?;
    }
    Ok(())
}

/// [`tell_in`] for several items of a station, each with its value. Returns how many of them were news.
///
/// # Errors
/// As [`tell_in`].
pub async fn tell_all_in(
    tx: &mut Transaction,
    acting: &Acting,
    key: (&str, &str),
    told: &[(&str, &str)],
) -> Result<usize, Error> {
    let items: Vec<&str> = told.iter().map(|(item, _)| *item).collect();
    let mut held = Held::take_in(tx, acting, key, about(&items)).await?;
    let list = std::sync::Arc::clone(&held.list);
    let mut answers = Vec::with_capacity(told.len());
    for (item, value) in told {
        let Some(asked) = list.item(item).filter(|i| i.told_by.is_some()) else {
            continue;
        };
        let answer = asked
            .read(value)
            .map_err(|_| Error::field(*item, acting.t().form_choice()))?;
        let value = answer.to_text();
        if held.states.get(*item).is_some_and(|s| s.value == value) {
            continue;
        }
        let status = ItemStatus::from(asked.judge(&answer, held.force.voting_day));
        answers.push(held.next(acting, item, value, status));
    }
    if answers.is_empty() {
        return Ok(0);
    }
    held.write(tx, acting, ("", Cause::Told), &answers).await?;
    for answer in &answers {
        let sequence = answer.sequence.to_string();
        let object = [key.0, key.1, &answer.item, &sequence];
        record(tx, acting, "readiness.told", object).await?;
    }
    Ok(answers.len())
}

/// Somebody looked whether a task that mends an item was done: the item holds, or doesn't. Nothing is written where
/// that is known already. A figure, a day or a name that was not enough stays on record as it was given, so it is asked
/// for again instead of being called enough.
pub(in crate::readiness) async fn seen_in(
    tx: &mut Transaction,
    acting: &Acting,
    (election_id, station_id): (&str, &str),
    item: &str,
    holds: bool,
) -> Result<(), Error> {
    let key = (election_id, station_id);
    let mut held = match Held::take_in(tx, acting, key, about(&[item])).await {
        // The station has left the election since.
        Err(Error::NotFound) => return Ok(()),
        other => other?,
    };
    let status = if holds {
        ItemStatus::Met
    } else {
        ItemStatus::Unmet
    };
    let before = held.states.get(item);
    // Sent back, and the station never said anything else.
    if !holds && before.is_some_and(|s| s.status == status) {
        return Ok(());
    }
    let before = before.map(|s| s.value.clone()).unwrap_or_default();
    let value = held
        .list
        .item(item)
        .map_or_else(|| before.clone(), |asked| seen_value(asked, &before, holds));
    let voting_day = held.force.voting_day;
    let still_short = holds
        && held
            .list
            .item(item)
            .is_some_and(|asked| judged(asked, &value, voting_day) != status);
    let status = if still_short {
        ItemStatus::Again
    } else {
        status
    };
    let answer = held.next(acting, item, value, status);
    let sequence = answer.sequence.to_string();
    held.write(tx, acting, ("", Cause::Verified), &[answer])
        .await?;
    record(
        tx,
        acting,
        "readiness.verified",
        [election_id, station_id, item, &sequence],
    )
    .await
}

const fn about<'a>(items: &'a [&'a str]) -> Purpose<'a> {
    Purpose {
        power: None,
        report_id: "",
        items,
    }
}

async fn record(
    tx: &mut Transaction,
    acting: &Acting,
    event: &'static str,
    object: [&str; 4],
) -> Result<(), Error> {
    acting
        .record(
            tx,
            audit::Event {
                event,
                kind: "readiness_answer",
                object: &object,
                contest_id: "",
            },
        )
        .await
}
