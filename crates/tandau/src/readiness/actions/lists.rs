//! Taking in versions of checklists, and putting one into force.

use super::setup::recount_in;
use crate::elections;
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, areas, audit};
use crate::readiness::held::{Held, Purpose};
use crate::readiness::{lists, store};
use electoral::checklist::Checklist;

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
/// are no longer asked are taken back, and those of questions that are asked again are given.
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
    tx.commit().await?;
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
