//! Alerts of others: a file is kept as it came, shown as it was understood, and taken once.

use super::{Saved, next_of, record_in, require_all, write_in};
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::files::hex;
use crate::platform::{Acting, Error, FieldProblem, areas, audit, ids};
use crate::readiness::watch::cap::{self, Alert, MessageKind};
use crate::readiness::watch::import::sentence;
use crate::readiness::watch::model::{Change, NewEvent};
use crate::readiness::watch::preview::{Understood, understand};
use crate::readiness::watch::store::{self, Head, alerts};
use crate::readiness::watch::{Event, queries};
use sha2::{Digest as _, Sha256};

/// What a person says about one event of an alert.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartChoice {
    /// It is left aside.
    pub skip: bool,
    /// Its kind, where the person says another one than was understood.
    pub kind: Option<String>,
    /// Its areas, where the person says so.
    pub areas: Option<Vec<String>>,
}

/// What became of an alert.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// It had been taken before: nothing was done.
    pub before: bool,
    /// Events that it made or changed.
    pub events: Vec<String>,
    /// Tasks opened.
    pub opened: usize,
}

/// Keeps a file with an alert, to be looked at before anything is opened.
///
/// # Errors
/// No power anywhere; a file that is no alert, with the reason.
pub async fn upload(acting: &Acting, bytes: &[u8]) -> Result<String, Error> {
    let mut tx = acting.begin().await?;
    let (id, _) = upload_in(&mut tx, acting, bytes).await?;
    tx.commit().await?;
    Ok(id)
}

/// [`upload`] inside another act.
///
/// # Errors
/// As [`upload`].
pub async fn upload_in(
    tx: &mut Transaction,
    acting: &Acting,
    bytes: &[u8],
) -> Result<(String, Alert), Error> {
    let area = own_area(tx, acting).await?;
    acting.require(tx, Action::WatchRecord, &area, None).await?;
    let alert =
        cap::read(bytes).map_err(|problem| Error::field("file", sentence(acting.t(), &problem)))?;
    let content = String::from_utf8(bytes.to_vec()).map_err(Error::internal)?;
    let id = ids::new_id();
    let sha256 = hex(&Sha256::digest(bytes));
    alerts::add_upload(tx, acting, &id, &area, &content, &sha256).await?;
    acting
        .record(
            tx,
            audit::Event {
                event: "watch.alert-kept",
                kind: "watch_upload",
                object: &[&id],
                contest_id: "",
            },
        )
        .await?;
    Ok((id, alert))
}

/// The area of the office by which this person records; the country for the machine itself.
async fn own_area(tx: &mut Transaction, acting: &Acting) -> Result<String, Error> {
    for grant in &acting.actor().grants {
        if acting
            .may(tx, Action::WatchRecord, &grant.area_id, None)
            .await?
        {
            return Ok(grant.area_id.clone());
        }
    }
    if acting.actor().is_operator()
        && let Some(country) = areas::country(tx).await?
    {
        return Ok(country);
    }
    Err(Error::Forbidden(Action::WatchRecord.name()))
}

/// Takes an alert that was kept: opens, replaces or takes back what it says.
///
/// # Errors
/// No power over an area; areas that nobody knows and nobody has chosen.
pub async fn take(
    acting: &Acting,
    upload_id: &str,
    election_id: &str,
    choices: &[PartChoice],
) -> Result<Taken, Error> {
    let mut tx = acting.begin().await?;
    let kept = alerts::upload(&mut tx, upload_id).await?;
    acting
        .require(&mut tx, Action::WatchRecord, &kept.area_id, None)
        .await?;
    let alert = cap::read(kept.content.as_bytes())
        .map_err(|problem| Error::field("file", sentence(acting.t(), &problem)))?;
    let taken = take_in(&mut tx, acting, upload_id, &alert, election_id, choices).await?;
    tx.commit().await?;
    Ok(taken)
}

/// [`take`] inside another act.
///
/// # Errors
/// As [`take`].
pub async fn take_in(
    tx: &mut Transaction,
    acting: &Acting,
    upload_id: &str,
    alert: &Alert,
    election_id: &str,
    choices: &[PartChoice],
) -> Result<Taken, Error> {
    // Two people with the same file: the second finds what the first has taken.
    tx.lock_for_one("watch alerts").await?;
    let before = queries::before(tx, alert).await?;
    if let Some(events) = before.taken {
        return Ok(Taken {
            before: true,
            events,
            opened: 0,
        });
    }
    let mut taken = Taken::default();
    let mut earlier = Vec::new();
    for id in &before.earlier {
        let event = store::by_id(tx, id).await?;
        // An exercise changes nothing that is meant.
        let standing = event
            .now
            .phase(acting.app().rules.watch(), acting.now())
            .stands();
        if standing && event.status == alert.status.as_str() {
            earlier.push(event);
        }
    }
    if alert.kind != MessageKind::Cancel && !before.replaced {
        let read = understand(tx, acting.app(), alert, election_id, acting.today()).await?;
        let read = chosen(acting, read, choices)?;
        for one in read {
            let said = said_of(acting, alert, &one, election_id);
            said.check(acting.t(), acting.app().rules.watch(), acting.now(), false)?;
            let same = earlier.iter().position(|e| e.now.said.kind == said.kind);
            let saved = match same {
                Some(at) => {
                    replace_in(tx, acting, earlier.remove(at), said, one.acts, alert).await?
                }
                None => {
                    let id = ids::new_id();
                    let head = Head {
                        id: &id,
                        source: "cap",
                        status: alert.status.as_str(),
                        public: alert.public,
                    };
                    record_in(tx, acting, &head, said, one.acts).await?
                }
            };
            taken.opened += saved.settled.opened;
            taken.events.push(saved.id);
        }
    }
    for event in earlier {
        require_all(tx, acting, &event.now.said.areas).await?;
        let reason = reason(acting, alert);
        let next = next_of(acting, &event, event.now.version, Change::Cancelled, reason)?;
        let saved = write_in(tx, acting, &event.id, next).await?;
        taken.events.push(saved.id);
    }
    let id = ids::new_id();
    alerts::add_alert(tx, acting, &id, upload_id, alert, &taken.events).await?;
    acting
        .record(
            tx,
            audit::Event {
                event: "watch.alert-taken",
                kind: "watch_alert",
                object: &[&id],
                contest_id: "",
            },
        )
        .await?;
    Ok(taken)
}

async fn replace_in(
    tx: &mut Transaction,
    acting: &Acting,
    event: Event,
    said: NewEvent,
    acts: bool,
    alert: &Alert,
) -> Result<Saved, Error> {
    require_all(tx, acting, &event.now.said.areas).await?;
    require_all(tx, acting, &said.areas).await?;
    let reason = reason(acting, alert);
    let mut next = next_of(acting, &event, event.now.version, Change::Updated, reason)?;
    next.said = NewEvent {
        election_id: event.now.said.election_id,
        ..said
    };
    next.acts = acts;
    // Words of a restricted alert are not shown where those of the public one before it were.
    if event.public && !alert.public {
        store::restrict(tx, &event.id).await?;
    }
    write_in(tx, acting, &event.id, next).await
}

fn reason(acting: &Acting, alert: &Alert) -> String {
    acting.t().watch_by_alert(alert.name.identifier.clone())
}

/// What was understood, with what the person says instead; what nobody knows is asked for.
fn chosen(
    acting: &Acting,
    read: Vec<Understood>,
    choices: &[PartChoice],
) -> Result<Vec<Understood>, Error> {
    let t = acting.t();
    let mut all = Vec::new();
    let mut problems = Vec::new();
    for (at, mut one) in read.into_iter().enumerate() {
        let number = at.saturating_add(1);
        let choice = choices.get(at).cloned().unwrap_or_default();
        if choice.skip {
            continue;
        }
        if let Some(kind) = choice.kind {
            one.kind = Some(kind);
        }
        let picked = choice.areas.is_some();
        if let Some(areas) = choice.areas {
            one.by_shape = one.by_shape && areas == one.areas;
            one.areas = areas;
        }
        let mut add = |field: &str, message: String| {
            problems.push(FieldProblem {
                field: format!("{field}-{number}"),
                message,
            });
        };
        if one.kind.is_none() {
            add("kind", t.form_choice());
        }
        if one.areas.is_empty() {
            add("areas", t.watch_area_needed());
        } else if !picked && !one.unknown.is_empty() {
            add("areas", t.watch_area_unknown(one.unknown.join(", ")));
        }
        all.push(one);
    }
    if problems.is_empty() {
        Ok(all)
    } else {
        Err(Error::Invalid(problems))
    }
}

fn said_of(acting: &Acting, alert: &Alert, one: &Understood, election_id: &str) -> NewEvent {
    let part = &one.part;
    let from_at = part.begins(alert.name.sent);
    let told_by = part.sender_name.get(acting.t().lang);
    NewEvent {
        election_id: election_id.to_owned(),
        kind: one.kind.clone().unwrap_or_default(),
        grade: part.grade,
        planned: None,
        from_at,
        // Some services let the message expire before the event begins: then its end is not known.
        until_at: part.expires.filter(|end| *end > from_at),
        words: part.words(),
        told_by: if told_by.is_empty() {
            alert.name.sender.clone()
        } else {
            told_by.chars().take(300).collect()
        },
        areas: one.areas.clone(),
        shapes: part.areas.iter().flat_map(|a| a.shapes.clone()).collect(),
        by_shape: one.by_shape,
    }
}
