//! A mistake in who was at a session that is closed.

use super::{Says, reason_of, run_in};
use crate::people;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, ids};
use crate::training::actions::{Corrected, corrected_in, seats_of};
use crate::training::model::{Session, SessionState, Way};
use crate::training::presence::model::{Decided, Why};
use crate::training::presence::{queries, store};
use crate::training::store::people as trainees;
use std::collections::{BTreeMap, BTreeSet};

/// What is put right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Correct {
    /// The version of the session that was seen.
    pub seen: u64,
    /// Who was there after all, and who was not.
    pub says: Vec<Says>,
    /// Sheets that were keyed wrongly: they count no longer, and stay on record.
    pub sheets: Vec<String>,
    /// People on the list on paper, where no sheet of it counts; none where there was none.
    pub on_paper: Option<u64>,
    /// Why.
    pub reason: String,
}

/// Puts the record of a closed session right, for whoever may run it: the commission that held it and those above. What is said of
/// each person is kept as a decision; what they were taught, passed and certified by it, and where stations stand, follow in
/// the same transaction. Whoever was there without an invitation is invited by it. Returns how many were there.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Conflict`] for a session that is not closed, when somebody else was faster, for a sheet that was
/// withdrawn; [`Error::Invalid`] at `reason` without one, at `decide` for oneself, for nobody on record, for a trainer of the session, when nothing would
/// change or nobody would be left; [`Error::NotFound`] for a sheet of another session.
pub async fn correct(acting: &Acting, session_id: &str, how: &Correct) -> Result<u64, Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    // What one session says may end a pass after another: one correction waits for the other.
    tx.lock_for_one("training.corrections").await?;
    let session = run_in(&mut tx, acting, session_id).await?;
    if session.state != SessionState::Held {
        return Err(Error::Conflict(t.presence_correct_open()));
    }
    if session.version != how.seen {
        return Err(Error::Conflict(t.training_changed_meanwhile()));
    }
    let reason = reason_of(acting, &how.reason)?;
    let says = changes(&mut tx, acting, session_id, &how.says).await?;
    withdraw(&mut tx, acting, (session_id, &how.sheets), &reason).await?;
    let known = queries::known(&mut tx, acting.app(), &session).await?;
    let on_paper = if known.has_paper() {
        Some(known.on_paper())
    } else {
        how.on_paper
    };
    if says.is_empty() && how.sheets.is_empty() && on_paper == session.on_paper {
        return Err(Error::field("decide", t.presence_correct_nothing()));
    }
    // What the correction writes belongs to the version that it makes.
    let mut next = session;
    next.version = next.version.saturating_add(1);
    let invited = store::invited(&mut tx, session_id).await?;
    let mut put = Corrected {
        on_paper,
        ..Corrected::default()
    };
    for (person, present) in says {
        decide(&mut tx, acting, (session_id, &person), (present, &reason)).await?;
        if !present {
            store::deny(&mut tx, session_id, &person, Why::Denied).await?;
            put.gone.push(person);
            continue;
        }
        if !invited.contains(&person) {
            invite(&mut tx, acting, &next, &person).await?;
        }
        let traces = known.traces.get(&person).copied().unwrap_or_default();
        let way = if traces.on_paper {
            Way::Paper
        } else {
            Way::Hand
        };
        let id = format!("{session_id}-{person}-{}", next.version);
        let mark = store::NewMark {
            id: &id,
            session_id,
            person_id: &person,
            way: way.as_str(),
            marked_at: acting.now(),
            position: None,
            why: None,
        };
        store::add_mark(&mut tx, acting, &mark).await?;
        put.come.push(person);
    }
    let seen = (session_id, how.seen);
    let present = corrected_in(&mut tx, acting, seen, &put, &reason).await?;
    tx.commit().await?;
    Ok(present)
}

/// What of it is news: people on record, each with whether they were there.
async fn changes(
    tx: &mut Transaction,
    acting: &Acting,
    session_id: &str,
    says: &[Says],
) -> Result<BTreeMap<String, bool>, Error> {
    let t = acting.t();
    let counted: BTreeSet<String> = trainees::counted(tx, session_id).await?;
    let mut changes = BTreeMap::new();
    for one in says {
        if one.person_id == acting.person() {
            return Err(Error::field("decide", t.presence_decide_self()));
        }
        if one.present == counted.contains(&one.person_id) {
            continue;
        }
        if !ids::is_id(&one.person_id) {
            return Err(Error::field("decide", t.form_choice()));
        }
        match people::queries::by_id(tx, &one.person_id).await {
            Err(Error::NotFound) => return Err(Error::field("decide", t.form_choice())),
            other => other?,
        };
        changes.insert(one.person_id.clone(), one.present);
    }
    Ok(changes)
}

/// What is said of a person, kept as what whoever was there says of them.
async fn decide(
    tx: &mut Transaction,
    acting: &Acting,
    key: (&str, &str),
    (present, reason): (bool, &str),
) -> Result<(), Error> {
    let said = Decided {
        present,
        reason: reason.to_owned(),
    };
    let sequence = store::decide(tx, acting, key, &said).await?.to_string();
    let event = ("training.presence_decided", "training_presence");
    acting.note(tx, event, &[key.0, key.1, &sequence]).await
}

/// Sheets that were keyed wrongly.
async fn withdraw(
    tx: &mut Transaction,
    acting: &Acting,
    (session_id, wrong): (&str, &[String]),
    reason: &str,
) -> Result<(), Error> {
    let sheets = store::sheets::all(tx, session_id).await?;
    for id in wrong {
        if !sheets.iter().any(|s| s.id == *id) {
            return Err(Error::NotFound);
        }
        if !store::sheets::withdraw(tx, acting, id, reason).await? {
            return Err(Error::Conflict(
                acting.t().presence_sheet_withdrawn_before(),
            ));
        }
        let event = ("training.sheet_withdrawn", "training_sheet_withdrawn");
        acting.note(tx, event, &[id]).await?;
    }
    Ok(())
}

/// Invites whoever was there, for a seat that the session teaches where they have one.
async fn invite(
    tx: &mut Transaction,
    acting: &Acting,
    session: &Session,
    person: &str,
) -> Result<(), Error> {
    let own = session.says.area_id.as_str();
    let new = match seats_of(tx, acting, session).await? {
        Some(seats) => trainees::invite_seats(tx, session, &seats, (own, person)).await?,
        None => 0,
    };
    if new == 0 && trainees::invite_person(tx, session, person).await? == 0 {
        // Everybody else can be: whoever trains is no trainee.
        return Err(Error::field(
            "decide",
            acting.t().presence_correct_trainer(),
        ));
    }
    Ok(())
}
