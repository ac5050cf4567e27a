//! Putting on record what was told to everybody, with its proof.

use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::files::{CleanError, Prepared};
use crate::platform::{Acting, Error, audit};
use crate::publications::model::{self, Act, NoticeEvent, Telling, standing};
use crate::publications::queries;
use crate::publications::store::notices;
use electoral::survey::clean;

/// Something that was told.
#[derive(Clone, Debug)]
pub struct NewTelling {
    /// The election.
    pub election_id: String,
    /// Id of the notice.
    pub kind: String,
    /// The area of the commission.
    pub area_id: String,
    /// How many acts on this notice the person has seen.
    pub seen: u64,
    /// What was told, where.
    pub telling: Telling,
    /// The paper that proves it.
    pub proof: Option<Vec<u8>>,
}

/// The notice must be owed there: by this commission, in this election.
async fn owed(
    tx: &mut Transaction,
    acting: &Acting,
    election_id: &str,
    kind: &str,
    area_id: &str,
) -> Result<Vec<NoticeEvent>, Error> {
    acting
        .require(tx, Action::NoticeTell, area_id, None)
        .await?;
    queries::owed_by(tx, acting.app(), election_id, kind, area_id).await?;
    notices::of_notice(tx, election_id, kind, area_id).await
}

fn unseen(acting: &Acting, events: &[NoticeEvent], seen: u64) -> Result<u64, Error> {
    let there = u64::try_from(events.len()).map_err(Error::internal)?;
    if there == seen {
        Ok(there.saturating_add(1))
    } else {
        Err(Error::Conflict(
            acting.t().publications_notice_changed_meanwhile(),
        ))
    }
}

/// Puts on record that people were told.
///
/// # Errors
/// No power; no such notice there; somebody else was faster; what [`Telling::check`] finds; a paper that is not taken.
pub async fn tell(acting: &Acting, new: NewTelling) -> Result<(), Error> {
    let t = acting.t();
    let mut telling = new.telling;
    telling.outlet = clean(&telling.outlet).replace('\n', " ").trim().to_owned();
    telling.link = telling.link.trim().to_owned();
    // Outside the transaction: nobody waits while a picture is decoded. Whoever has the power nowhere gets no further.
    if !acting
        .app()
        .policy
        .could(acting.actor(), Action::NoticeTell)
    {
        return Err(Error::Forbidden(Action::NoticeTell.name()));
    }
    let prepared = match new.proof {
        Some(bytes) => Some(prepare(acting, bytes).await?),
        None => None,
    };
    let mut tx = acting.begin().await?;
    let (election, kind, area) = (&new.election_id, &new.kind, &new.area_id);
    let events = owed(&mut tx, acting, election, kind, area).await?;
    telling.check(t, acting.today(), prepared.is_some())?;
    if acting
        .app()
        .rules
        .notices()
        .channel(&telling.channel)
        .is_none()
    {
        return Err(Error::field("channel", t.form_choice()));
    }
    let sequence = unseen(acting, &events, new.seen)?;
    let file = match &prepared {
        // Proofs are public: they show what everybody was told.
        Some(prepared) => Some(
            acting
                .app()
                .files
                .note(&mut tx, acting, prepared, true)
                .await?
                .id,
        ),
        None => None,
    };
    let event = NoticeEvent {
        kind: new.kind,
        area_id: new.area_id,
        sequence,
        act: Act::Told,
        of_sequence: None,
        told_on: Some(telling.told_on),
        channel: telling.channel,
        outlet: telling.outlet,
        link: telling.link,
        file_id: file,
        reason: String::new(),
        made_at: acting.now(),
    };
    put(&mut tx, acting, &new.election_id, &event, "notice.told").await?;
    Ok(tx.commit().await?)
}

async fn prepare(acting: &Acting, bytes: Vec<u8>) -> Result<Prepared, Error> {
    let t = acting.t();
    acting
        .app()
        .files
        .prepare(bytes)
        .await?
        .map_err(|problem| match problem {
            CleanError::TooLarge => Error::TooLarge,
            CleanError::Kind | CleanError::Broken | CleanError::Active => {
                Error::field("proof", t.publications_proof_form())
            }
        })
}

/// Takes back what was put on record by mistake; it stays readable with the reason.
///
/// # Errors
/// No power; no such telling, or taken back before; somebody else was faster; no reason.
pub async fn take_back(
    acting: &Acting,
    notice: (&str, &str, &str),
    seen: u64,
    of_sequence: u64,
    reason: &str,
) -> Result<(), Error> {
    let (election_id, kind, area_id) = notice;
    let mut tx = acting.begin().await?;
    let events = owed(&mut tx, acting, election_id, kind, area_id).await?;
    let sequence = unseen(acting, &events, seen)?;
    if !standing(&events).iter().any(|e| e.sequence == of_sequence) {
        return Err(Error::NotFound);
    }
    let event = NoticeEvent {
        kind: kind.to_owned(),
        area_id: area_id.to_owned(),
        sequence,
        act: Act::TakenBack,
        of_sequence: Some(of_sequence),
        told_on: None,
        channel: String::new(),
        outlet: String::new(),
        link: String::new(),
        file_id: None,
        reason: model::reason(acting.t(), reason)?,
        made_at: acting.now(),
    };
    put(&mut tx, acting, election_id, &event, "notice.taken_back").await?;
    Ok(tx.commit().await?)
}

async fn put(
    tx: &mut Transaction,
    acting: &Acting,
    election_id: &str,
    event: &NoticeEvent,
    name: &'static str,
) -> Result<(), Error> {
    if !notices::add(tx, acting, election_id, event).await? {
        return Err(Error::Conflict(
            acting.t().publications_notice_changed_meanwhile(),
        ));
    }
    acting
        .record(
            tx,
            audit::Event {
                event: name,
                kind: "notice_event",
                object: &[
                    election_id,
                    &event.kind,
                    &event.area_id,
                    &event.sequence.to_string(),
                ],
                contest_id: "",
            },
        )
        .await
}
