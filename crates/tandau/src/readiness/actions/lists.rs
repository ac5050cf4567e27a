//! Taking in versions of checklists, and putting one into force.

use super::setup::recount_in;
use crate::elections;
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, areas, audit};
use crate::readiness::held::{Held, Purpose};
use crate::readiness::model::{Cause, ItemStatus, carried};
use crate::readiness::{lists, store};
use electoral::checklist::{Carried, Checklist, Item};
use std::collections::BTreeMap;

/// A version of a checklist on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adopted {
    /// Checklist.
    pub id: String,
    /// Version.
    pub version: u64,
    /// The newest version had the same content: nothing was written.
    pub repeated: bool,
}

/// Takes a checklist in as the next version of its id. `source` says where it came from.
///
/// # Errors
/// No power at the country's area; a checklist that contradicts itself.
pub async fn adopt(acting: &Acting, list: &Checklist, source: &str) -> Result<Adopted, Error> {
    let mut tx = acting.begin().await?;
    let adopted = adopt_in(&mut tx, acting, list, source).await?;
    tx.commit().await?;
    Ok(adopted)
}

/// [`adopt`] inside another act.
///
/// # Errors
/// As [`adopt`].
pub async fn adopt_in(
    tx: &mut Transaction,
    acting: &Acting,
    list: &Checklist,
    source: &str,
) -> Result<Adopted, Error> {
    let country = areas::country(tx).await?.ok_or(Error::NotFound)?;
    acting
        .require(tx, Action::ChecklistChange, &country, None)
        .await?;
    write(tx, acting, list, source).await
}

/// [`adopt_in`] after somebody has decided.
pub(super) async fn write(
    tx: &mut Transaction,
    acting: &Acting,
    list: &Checklist,
    source: &str,
) -> Result<Adopted, Error> {
    list.check()
        .map_err(|e| Error::field("checklist", e.to_string()))?;
    let (content, sha256) = lists::canonical(list)?;
    tx.lock_for_one("checklist").await?;
    let last = store::lists::last_version(tx, &list.id).await?;
    if let Some((version, known)) = &last
        && *known == sha256
    {
        return Ok(Adopted {
            id: list.id.clone(),
            version: *version,
            repeated: true,
        });
    }
    let version = last.map_or(1, |(version, _)| version.saturating_add(1));
    let key = (list.id.as_str(), version);
    store::lists::add_list(tx, acting, key, (&content, &sha256), source).await?;
    acting
        .record(
            tx,
            audit::Event {
                event: "checklist.adopted",
                kind: "checklist",
                object: &[&list.id, &version.to_string()],
                contest_id: "",
            },
        )
        .await?;
    Ok(Adopted {
        id: list.id.clone(),
        version,
        repeated: false,
    })
}

/// Puts a version into force for an election that has been set up: counts are made anew, tasks of questions that
/// are no longer asked are taken back, and those of questions that are asked again are given. An answer to a question
/// with other limits is judged again; one to a question that is another now counts as not given
/// ([`electoral::checklist::Carried`]).
///
/// # Errors
/// No power at the election's area; no such version; it is in force already.
pub async fn put_into_force(
    acting: &Acting,
    election_id: &str,
    checklist_id: &str,
    version: u64,
) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    let election = elections::queries::election(&mut tx, election_id).await?;
    let state = Some(election.state.as_str());
    acting
        .require(&mut tx, Action::ChecklistChange, &election.area_id, state)
        .await?;
    let setups = store::lists::setups(&mut tx, election_id).await?;
    let Some(now) = setups.first() else {
        return Err(Error::Conflict(acting.t().readiness_not_set_up()));
    };
    if now.checklist_id == checklist_id && now.checklist_version == version {
        return Err(Error::Conflict(acting.t().readiness_in_force_already()));
    }
    let new = lists::version_of(&mut tx, checklist_id, version).await?;
    let old = lists::version_of(&mut tx, &now.checklist_id, now.checklist_version).await?;
    set_in_force(&mut tx, acting, election_id, checklist_id, version).await?;
    for (station, item) in store::read::unmet_items(&mut tx, election_id).await? {
        let (was, is) = (old.item(&item).is_some(), new.item(&item));
        if was == is.is_some() {
            continue;
        }
        let key = (election_id, station.as_str());
        let held = match Held::take_in(&mut tx, acting, key, Purpose::default()).await {
            // It answers no longer.
            Err(Error::NotFound) => continue,
            other => other?,
        };
        match is {
            Some(item) => held.open_task(&mut tx, acting, item).await?,
            None => {
                let reason = acting.t().readiness_task_dropped();
                held.withdraw_task(&mut tx, acting, &item, &reason).await?;
            }
        }
    }
    recount_in(&mut tx, acting, election_id, &new).await?;
    carry_in(&mut tx, acting, election_id, &new).await?;
    tx.commit().await?;
    Ok(())
}

/// Brings the answers that were given to earlier versions under the one in force: each of them that stands otherwise
/// under it is written anew.
async fn carry_in(
    tx: &mut Transaction,
    acting: &Acting,
    election_id: &str,
    new: &Checklist,
) -> Result<(), Error> {
    let mut earlier = Vec::new();
    for before in store::lists::setups(tx, election_id).await?.iter().skip(1) {
        let id = &before.checklist_id;
        earlier.push(lists::version_of(tx, id, before.checklist_version).await?);
    }
    let mut changed: BTreeMap<String, Vec<(&Item, &Item)>> = BTreeMap::new();
    for item in &new.items {
        // As it was last asked.
        let Some(was) = earlier.iter().find_map(|list| list.item(&item.id)) else {
            continue;
        };
        if item.carries(was) != Carried::Whole {
            for station in store::read::stations_with(tx, election_id, &item.id).await? {
                changed.entry(station).or_default().push((item, was));
            }
        }
    }
    for (station, items) in changed {
        let key = (election_id, station.as_str());
        let mut held = match Held::take_in(tx, acting, key, Purpose::default()).await {
            // It answers no longer.
            Err(Error::NotFound) => continue,
            other => other?,
        };
        let voting_day = held.force.voting_day;
        let mut answers = Vec::new();
        for (item, was) in items {
            let Some(now) = held.states.get(&item.id) else {
                continue;
            };
            let status = carried(item, was, &now.value, voting_day);
            // Between two answers to the same question a person still decides.
            let waits = now.status == ItemStatus::Disputed && status != ItemStatus::Again;
            if now.status != status && now.status != ItemStatus::Again && !waits {
                answers.push(held.next(acting, &item.id, now.value.clone(), status));
            }
        }
        if answers.is_empty() {
            continue;
        }
        held.write(tx, acting, ("", Cause::Version), &answers)
            .await?;
        for answer in &answers {
            let sequence = answer.sequence.to_string();
            acting
                .record(
                    tx,
                    audit::Event {
                        event: "readiness.carried",
                        kind: "readiness_answer",
                        object: &[election_id, &station, &answer.item, &sequence],
                        contest_id: "",
                    },
                )
                .await?;
        }
    }
    Ok(())
}

pub(super) async fn set_in_force(
    tx: &mut Transaction,
    acting: &Acting,
    election_id: &str,
    checklist_id: &str,
    version: u64,
) -> Result<(), Error> {
    let sequence = store::lists::add_setup(tx, acting, election_id, checklist_id, version).await?;
    acting
        .record(
            tx,
            audit::Event {
                event: "checklist.in_force",
                kind: "readiness_setup",
                object: &[election_id, &sequence.to_string()],
                contest_id: "",
            },
        )
        .await
}
