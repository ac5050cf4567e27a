//! Closing a session: who was there, what they were taught, who passed.

use super::{keep, session_in, short};
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error};
use crate::training::model::{Act, HeldSession, SessionState, Way};
use crate::training::store::{self, people as trainees, sessions};
use crate::training::{learning, passes, presence};

/// Puts on record that a session was held. Everybody invited counts as there but those said to be absent; whoever has an
/// accepted mark of their own counts in any case. The texts are those that were the newest when it began, unless said otherwise.
/// Where codes were shown or a sheet was keyed, the session is closed by what they say: [`presence::actions::close`].
///
/// # Errors
/// No power; somebody else was faster; a session that has not begun, was held or called off; marks, sheets or decisions
/// that are to be reconciled; nobody was there; a text that is none of the session's modules.
pub async fn held(acting: &Acting, id: &str, seen: u64, how: HeldSession) -> Result<u64, Error> {
    let mut tx = acting.begin().await?;
    if !sessions::hold(&mut tx, id).await? {
        return Err(Error::NotFound);
    }
    let session = sessions::by_id(&mut tx, id).await?;
    acting
        .require(&mut tx, Action::TrainingRun, &session.says.area_id, None)
        .await?;
    if session.state == SessionState::Planned && presence::queries::is_kept(&mut tx, id).await? {
        return Err(Error::Conflict(acting.t().presence_close_there()));
    }
    let present = held_in(&mut tx, acting, (id, seen), how).await?;
    tx.commit().await?;
    Ok(present)
}

/// [`held`] inside another act.
///
/// # Errors
/// As [`held`], but for what is to be reconciled: whoever calls it has done that.
pub(in crate::training) async fn held_in(
    tx: &mut Transaction,
    acting: &Acting,
    (id, seen): (&str, u64),
    how: HeldSession,
) -> Result<u64, Error> {
    let t = acting.t();
    let mut session = session_in(tx, acting, (id, seen), Action::TrainingRun).await?;
    if session.says.starts_at > acting.now() {
        return Err(Error::Conflict(t.training_not_begun()));
    }
    let reason = short(acting, &how.reason)?;
    let planned = sessions::modules(tx, id, session.plan).await?;
    let newest = store::newest_at(tx, &session.says.programme_id, session.says.starts_at).await?;
    let mut texts = Vec::new();
    for module in &planned {
        let said = how.texts.iter().find(|(id, _)| *id == module.module_id);
        let text = match said {
            Some((_, text)) if (1..=module.newest).contains(text) => *text,
            Some(_) => return Err(Error::field("texts", t.form_choice())),
            None => newest
                .get(&module.module_id)
                .copied()
                .unwrap_or(module.version),
        };
        texts.push((module.module_id.clone(), text));
    }
    let trainers = sessions::trainers(tx, id, session.plan).await?;
    let trainers: Vec<String> = trainers.into_iter().map(|p| p.id).collect();
    session.plan = session.version;
    sessions::add_plan(tx, (id, session.version), &trainers, &texts).await?;
    let way = how.way.unwrap_or(Way::Hand);
    trainees::mark_all_but(tx, acting, &session, (&how.absent, way)).await?;
    let present = trainees::count_present(tx, id).await?;
    if present == 0 {
        return Err(Error::field("absent", t.training_nobody_there()));
    }
    session.state = SessionState::Held;
    session.present = Some(present);
    session.on_paper = how.on_paper;
    // The row above says which plan holds before what was taught is read from it.
    sessions::point(tx, &session).await?;
    trainees::teach(tx, &session).await?;
    let programme = store::programme(tx, &session.says.programme_id).await?;
    if !programme.says.tested {
        passes::all_of_session(tx, acting, id).await?;
    }
    learning::held(tx, acting, id).await?;
    keep(tx, acting, &mut session, (Act::Held, reason)).await?;
    Ok(present)
}
