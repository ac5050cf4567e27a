//! Giving an incident to somebody, beginning, noting, grading, closing, opening again.

use super::{
    Says, assignees, handled, keep, limited, move_in, needed, prepare, record_in, seen, step_in,
};
use crate::incidents::model::{EventKind, Incident, ORIGIN};
use crate::incidents::store;
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::i18n::in_all;
use crate::platform::{Acting, Error, ids};
use crate::tasks::{TaskState, actions as tasks, remark};
use electoral::checklist::Severity;

/// Gives an incident to an office or a person. `to` is one of [`assignees::candidates`].
///
/// # Errors
/// No power; somebody who can't be given it; not in this state; somebody else was faster.
pub async fn assign(
    acting: &Acting,
    id: &str,
    events: u64,
    to: &str,
    text: &str,
) -> Result<Incident, Error> {
    let mut tx = acting.begin().await?;
    let incident = handled(&mut tx, acting, id, events).await?;
    let text = limited(acting, "assign_text", text)?;
    let all = assignees::candidates(&mut tx, acting, &incident).await?;
    let chosen = all
        .into_iter()
        .find(|c| c.value() == to)
        .ok_or_else(|| Error::field("to", acting.t().form_choice()))?;
    let value = chosen.value();
    let says = Says {
        detail: &value,
        text,
        ..Says::default()
    };
    let assignee = chosen.assignee;
    let incident = step_in(&mut tx, acting, incident, EventKind::Assigned, says, |i| {
        i.assignee = assignee;
    })
    .await?;
    tx.commit().await?;
    Ok(incident)
}

/// Whether an incident was given to an office that this person holds, or to them in it.
pub(in crate::incidents) fn is_ours(acting: &Acting, incident: &Incident) -> bool {
    let to = &incident.assignee;
    let holds = || {
        acting
            .actor()
            .grants
            .iter()
            .any(|g| g.role.as_str() == to.role && g.area_id == to.area_id)
    };
    // Whoever has left the office has left its incidents.
    !to.role.is_empty() && holds() && (to.person.is_empty() || to.person == acting.person())
}

/// The incident, for whoever deals with incidents there or was given this one.
async fn ours(
    tx: &mut Transaction,
    acting: &Acting,
    id: &str,
    events: u64,
) -> Result<Incident, Error> {
    let known = crate::incidents::queries::by_id(tx, id).await?;
    if !is_ours(acting, &known) {
        acting
            .require(tx, Action::IncidentHandle, &known.area_id, None)
            .await?;
    }
    seen(tx, acting, id, events).await
}

/// Somebody begins to act: the response clock stops.
///
/// # Errors
/// Not one's own and no power; not in this state; somebody else was faster.
pub async fn start(acting: &Acting, id: &str, events: u64, text: &str) -> Result<Incident, Error> {
    let mut tx = acting.begin().await?;
    let incident = ours(&mut tx, acting, id, events).await?;
    let says = Says {
        text: limited(acting, "start_text", text)?,
        ..Says::default()
    };
    let incident = step_in(&mut tx, acting, incident, EventKind::Started, says, |_| ()).await?;
    tx.commit().await?;
    Ok(incident)
}

/// Notes what was done, with photos. It needs no fresh reading: it changes nothing.
///
/// # Errors
/// No power to report there; neither words nor photos; merged.
pub async fn note(
    acting: &Acting,
    id: &str,
    text: &str,
    photos: Vec<Vec<u8>>,
) -> Result<Incident, Error> {
    let photos = prepare(acting, photos).await?;
    let mut tx = acting.begin().await?;
    let known = crate::incidents::queries::by_id(&mut tx, id).await?;
    if !is_ours(acting, &known) {
        acting
            .require(&mut tx, Action::IncidentReport, &known.area_id, None)
            .await?;
    }
    let incident = store::hold(&mut tx, id).await?;
    let text = if photos.is_empty() {
        needed(acting, "note", text)?
    } else {
        limited(acting, "note", text)?
    };
    let photos = keep(&mut tx, acting, &photos).await?;
    let says = Says {
        text,
        photos: &photos,
        ..Says::default()
    };
    let incident = step_in(&mut tx, acting, incident, EventKind::Noted, says, |_| ()).await?;
    tx.commit().await?;
    Ok(incident)
}

/// Says that an incident is graver or lighter; the clock follows from the moment it began to run.
///
/// # Errors
/// No power; the same severity; no reason; not in this state; somebody else was faster.
pub async fn regrade(
    acting: &Acting,
    id: &str,
    events: u64,
    severity: Severity,
    reason: &str,
) -> Result<Incident, Error> {
    let mut tx = acting.begin().await?;
    let incident = handled(&mut tx, acting, id, events).await?;
    if incident.severity == severity {
        return Err(Error::field(
            "severity",
            acting.t().incidents_same_severity(),
        ));
    }
    let says = Says {
        detail: severity.as_str(),
        text: needed(acting, "regrade_reason", reason)?,
        ..Says::default()
    };
    let app = acting.app().clone();
    let incident = step_in(&mut tx, acting, incident, EventKind::Regraded, says, |i| {
        i.severity = severity;
        i.set_clock(app.rules.incidents());
    })
    .await?;
    tx.commit().await?;
    Ok(incident)
}

/// Closes an incident with what was done. What outside bodies have not begun is taken back; of an incident that is about a
/// person they hear that it is over, nothing else.
///
/// # Errors
/// No power; no words; not in this state; somebody else was faster.
pub async fn close(acting: &Acting, id: &str, events: u64, done: &str) -> Result<Incident, Error> {
    let mut tx = acting.begin().await?;
    let incident = handled(&mut tx, acting, id, events).await?;
    let rules = acting.app().rules.incidents();
    let personal = rules.kind(&incident.kind).is_none_or(|kind| kind.personal);
    let says = Says {
        text: needed(acting, "done", done)?,
        ..Says::default()
    };
    let act = ids::random_id();
    let step = (EventKind::Closed, act.as_str());
    let incident = move_in(&mut tx, acting, incident, step, says, |_| ()).await?;
    let over = in_all(|t| t.incidents_closed_for_body());
    for asked in store::tasks(&mut tx, id).await? {
        if !asked.state.is_open() {
            continue;
        }
        let told = if personal { &over } else { says.text };
        let key = format!("{}/{}", asked.incident_id, asked.sequence);
        let task = (ORIGIN, key.as_str());
        if asked.state == TaskState::Open {
            tasks::withdraw_within(&mut tx, acting, task, told, &act).await?;
        } else {
            remark::note_within(&mut tx, acting, task, told, &act).await?;
        }
    }
    record_in(&mut tx, acting, &act).await?;
    tx.commit().await?;
    Ok(incident)
}

/// Opens a closed incident again; the clock begins anew.
///
/// # Errors
/// No power; no reason; not closed; somebody else was faster.
pub async fn reopen(
    acting: &Acting,
    id: &str,
    events: u64,
    reason: &str,
) -> Result<Incident, Error> {
    let mut tx = acting.begin().await?;
    let incident = handled(&mut tx, acting, id, events).await?;
    let says = Says {
        text: needed(acting, "reopen_reason", reason)?,
        ..Says::default()
    };
    let app = acting.app().clone();
    let incident = step_in(&mut tx, acting, incident, EventKind::Reopened, says, |i| {
        i.set_clock(app.rules.incidents());
    })
    .await?;
    tx.commit().await?;
    Ok(incident)
}
