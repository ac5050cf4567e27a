//! Outside bodies: asked by a task, heard through it.

use super::{Says, handled, limited, move_in, record_in};
use crate::incidents::model::{EventKind, Incident, ORIGIN, after_minutes};
use crate::incidents::store;
use crate::platform::access::Role;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, Lang, Names, T, areas, ids};
use crate::tasks::{self, Addressee, NewTask, Task};

/// Mergers that are followed one after another: whatever the tables hold, the writer gets to an end.
const MOST_MERGED: usize = 100;

/// Asks an outside body of the incident's district (or of the area it is about) by a task.
///
/// # Errors
/// No power; no such body; not in this state; somebody else was faster.
pub async fn escalate(
    acting: &Acting,
    id: &str,
    events: u64,
    body: &str,
    text: &str,
) -> Result<Incident, Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    let incident = handled(&mut tx, acting, id, events).await?;
    if !Role::BODIES.contains(&body) {
        return Err(Error::field("body", t.form_choice()));
    }
    let text = limited(acting, "escalate_text", text)?;
    let says = Says {
        detail: body,
        text,
        ..Says::default()
    };
    let act = ids::random_id();
    let step = (EventKind::Escalated, act.as_str());
    let incident = move_in(&mut tx, acting, incident, step, says, |_| ()).await?;
    let new = task_of(&mut tx, acting, &incident, body, text).await?;
    let task = tasks::actions::open_within(&mut tx, acting, &new, &act).await?;
    store::add_task(&mut tx, &incident.id, incident.events, body, &task).await?;
    record_in(&mut tx, acting, &act).await?;
    tx.commit().await?;
    Ok(incident)
}

async fn task_of(
    tx: &mut Transaction,
    acting: &Acting,
    incident: &Incident,
    body: &str,
    text: &str,
) -> Result<NewTask, Error> {
    let app = acting.app();
    let rules = app.rules.incidents();
    let kind = rules.kind(&incident.kind).ok_or(Error::NotFound)?;
    let above = match &incident.district_id {
        Some(district) => district.clone(),
        None => incident.area_id.clone(),
    };
    let place = areas::by_id(tx, &incident.area_id, acting.today()).await?;
    let title = |words: &str, place: &str| format!("{words}: {place}");
    let own = kind.body == body;
    // Another body than the rules name is asked in the words of whoever asks; so is whoever hears of a person: what was
    // reported about one is not passed on.
    if text.is_empty() && (!own || kind.personal) {
        return Err(Error::field("escalate_text", acting.t().form_required()));
    }
    let detail = if text.is_empty() {
        &incident.what
    } else {
        text
    };
    let [kk, ru, en] = if own {
        [&kind.task.kk, &kind.task.ru, &kind.task.en].map(String::clone)
    } else {
        [Lang::Kk, Lang::Ru, Lang::En].map(|lang| T::new(lang).incidents_asked_other())
    };
    Ok(NewTask {
        election_id: incident.election_id.clone(),
        origin: ORIGIN,
        origin_key: format!("{}/{}", incident.id, incident.events),
        station_id: incident.station_id.clone(),
        area_id: incident.area_id.clone(),
        item: incident.item.clone(),
        severity: incident.severity,
        title: Names::new(
            title(&kk, &place.names.kk),
            title(&ru, &place.names.ru),
            title(&en, &place.names.en),
        ),
        detail: detail.to_owned(),
        evidence: Vec::new(),
        addressee: Addressee {
            kind: body.to_owned(),
            area_id: above.clone(),
        },
        verifier_area_id: above,
        due_at: after_minutes(acting.now(), kind.body_minutes.of(incident.severity)),
    })
}

/// What a body says about its task becomes an event of the incident, or of the one that goes on for it, in the act of the
/// body's own event.
async fn answered_in(
    tx: &mut Transaction,
    acting: &Acting,
    task: &Task,
    (what, act): (tasks::EventKind, &str),
) -> Result<(), Error> {
    let Some((id, _)) = task.origin_key.split_once('/') else {
        return Ok(());
    };
    let mut incident = store::hold(tx, id).await?;
    for _ in 0..MOST_MERGED {
        let Some(into) = &incident.merged_into else {
            break;
        };
        incident = store::hold(tx, into).await?;
    }
    let detail = format!("{}|{}", task.addressee.kind, what.as_str());
    let says = Says {
        detail: &detail,
        ..Says::default()
    };
    let step = (EventKind::Answered, act);
    move_in(tx, acting, incident, step, says, |_| ()).await?;
    Ok(())
}

/// What became of a task that somebody else than the incident's own acts has moved: what answers the incident is noted
/// there, and all of it is one act on record.
pub(in crate::incidents) async fn heard_in(
    tx: &mut Transaction,
    acting: &Acting,
    task: &Task,
    (what, act): (tasks::EventKind, &str),
) -> Result<(), Error> {
    use tasks::EventKind as E;
    match what {
        E::Disputed | E::Reported | E::Returned | E::Verified => {
            answered_in(tx, acting, task, (what, act)).await?;
        }
        // What the clock does, and what changes nothing for the incident.
        E::Opened
        | E::Accepted
        | E::Withdrawn
        | E::Reminded
        | E::Escalated
        | E::Reassigned
        | E::Moved
        | E::Noted => {}
    }
    record_in(tx, acting, act).await
}
