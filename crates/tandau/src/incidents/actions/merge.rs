//! Two reports of the same: both stay, one points to the other, and it can be undone.

use super::{Says, handled, limited, step_in};
use crate::incidents::model::{EventKind, Incident, State};
use crate::incidents::{queries, store};
use crate::platform::access::Action;
use crate::platform::{Acting, Error};

/// Says that an incident is the same as another one, which goes on for both.
///
/// # Errors
/// No power over one of them; the same one, one of another election, or one that is merged itself; somebody else was faster.
pub async fn merge(
    acting: &Acting,
    id: &str,
    events: u64,
    into: &str,
    text: &str,
) -> Result<Incident, Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    // Both are held, always in the same order: neither is merged by somebody else meanwhile, so no circle arises.
    for one in [id.min(into), id.max(into)] {
        match store::hold(&mut tx, one).await {
            Ok(_) | Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    let incident = handled(&mut tx, acting, id, events).await?;
    let unknown = || Error::field("into", t.form_choice());
    let target = match queries::by_id(&mut tx, into).await {
        Ok(target) => target,
        Err(Error::NotFound) => return Err(unknown()),
        Err(other) => return Err(other),
    };
    acting
        .require(&mut tx, Action::IncidentHandle, &target.area_id, None)
        .await?;
    if target.id == incident.id
        || target.election_id != incident.election_id
        || target.state == State::Merged
    {
        return Err(unknown());
    }
    let says = Says {
        detail: &target.id,
        text: limited(acting, "merge_text", text)?,
        ..Says::default()
    };
    let incident = step_in(&mut tx, acting, incident, EventKind::Merged, says, |i| {
        i.merged_into = Some(target.id.clone());
    })
    .await?;
    tx.commit().await?;
    Ok(incident)
}

/// Says that it is not the same after all: it stands again where it stood.
///
/// # Errors
/// No power; not merged; somebody else was faster.
pub async fn unmerge(
    acting: &Acting,
    id: &str,
    events: u64,
    text: &str,
) -> Result<Incident, Error> {
    let mut tx = acting.begin().await?;
    let incident = handled(&mut tx, acting, id, events).await?;
    let says = Says {
        text: limited(acting, "merge_text", text)?,
        ..Says::default()
    };
    let incident = step_in(&mut tx, acting, incident, EventKind::Unmerged, says, |i| {
        i.merged_into = None;
    })
    .await?;
    tx.commit().await?;
    Ok(incident)
}
