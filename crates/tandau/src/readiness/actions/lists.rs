//! Taking in versions of checklists, and putting one into force.

use super::setup::recount_district;
use crate::elections;
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::i18n::in_all;
use crate::platform::{Acting, Error, areas, audit};
use crate::readiness::held::{Held, Purpose};
use crate::readiness::model::{Cause, ItemStatus, carried};
use crate::readiness::{lists, store};
use electoral::checklist::{Carried, Checklist, Item};
use std::collections::BTreeMap;
use std::sync::Arc;

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
/// ([`electoral::checklist::Carried`]). It reaches one district after the other: the stations of each go on answering the
/// version before until then, and reports are taken meanwhile. What is left when this ends early is done by [`resume`].
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
    lists::version_of(&mut tx, checklist_id, version).await?;
    store::lists::add_pending(&mut tx, election_id, now.sequence).await?;
    set_in_force(&mut tx, acting, election_id, checklist_id, version).await?;
    tx.commit().await?;
    resume(acting, election_id).await
}

/// Brings versions that are in force to the districts of an election (of all, where it is blank) that they have not reached
/// yet.
///
/// # Errors
/// What the database reports.
pub async fn resume(acting: &Acting, election_id: &str) -> Result<(), Error> {
    let pending = {
        let mut reader = acting.app().read().await?;
        store::lists::pending(&mut reader, u64::MAX).await?
    };
    for (election, district) in pending {
        if !election_id.is_empty() && election != election_id {
            continue;
        }
        let mut tx = acting.begin().await?;
        if reach_in(&mut tx, acting, &election, &district).await? {
            tx.commit().await?;
        }
    }
    Ok(())
}

/// The stations of a district answer the newest version from now on. False when they do already.
pub(super) async fn reach_in(
    tx: &mut Transaction,
    acting: &Acting,
    election_id: &str,
    district_id: &str,
) -> Result<bool, Error> {
    // Before anything is read: whoever answers there waits, and reads anew.
    store::hold_district(tx, election_id, district_id).await?;
    let Some(before) = store::lists::take_pending(tx, election_id, district_id).await? else {
        return Ok(false);
    };
    let setups = store::lists::setups(tx, election_id).await?;
    let now = setups.first().ok_or(Error::NotFound)?;
    let new = lists::version_of(tx, &now.checklist_id, now.checklist_version).await?;
    let mut earlier = Vec::new();
    for known in setups.iter().filter(|s| s.sequence <= before) {
        earlier.push(lists::version_of(tx, &known.checklist_id, known.checklist_version).await?);
    }
    let old = earlier.first().ok_or(Error::NotFound)?;
    for (station, item, stands) in store::read::open_items(tx, election_id, district_id).await? {
        let (was, is) = (old.item(&item).is_some(), new.item(&item));
        if was == is.is_some() {
            continue;
        }
        let key = (election_id, station.as_str());
        let held = Held::take_in(tx, acting, key, Purpose::default()).await?;
        match is {
            // Between two answers a person still decides.
            Some(_) if stands == ItemStatus::Disputed => {}
            Some(item) => held.open_task(tx, acting, item).await?,
            None => {
                let reason = in_all(|t| t.readiness_task_dropped());
                held.withdraw_task(tx, acting, &item, &reason).await?;
            }
        }
    }
    let districts = store::lists::districts(tx, election_id).await?;
    if let Some((district, region)) = districts.iter().find(|(d, _)| d == district_id) {
        recount_district(tx, acting, election_id, (district, region), &new).await?;
    }
    carry_in(tx, acting, (election_id, district_id), &earlier, &new).await?;
    Ok(true)
}

/// Brings the answers of a district that were given to earlier versions, the last one first, under the one in force: each of
/// them that stands otherwise under it is written anew.
async fn carry_in(
    tx: &mut Transaction,
    acting: &Acting,
    (election_id, district_id): (&str, &str),
    earlier: &[Arc<Checklist>],
    new: &Checklist,
) -> Result<(), Error> {
    let mut changed: BTreeMap<String, Vec<(&Item, &Item)>> = BTreeMap::new();
    for item in &new.items {
        // As it was last asked.
        let Some(was) = earlier.iter().find_map(|list| list.item(&item.id)) else {
            continue;
        };
        if item.carries(was) != Carried::Whole {
            let with = store::read::stations_with(tx, election_id, district_id, &item.id).await?;
            for station in with {
                changed.entry(station).or_default().push((item, was));
            }
        }
    }
    for (station, items) in changed {
        let key = (election_id, station.as_str());
        let mut held = Held::take_in(tx, acting, key, Purpose::default()).await?;
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
