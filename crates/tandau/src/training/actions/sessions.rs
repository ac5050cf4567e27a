//! Sessions: planned, changed, moved, called off.

use super::{day_of, keep, keep_untold, reasoned, session_in, short, tell};
use crate::commissions::queries as commissions;
use crate::elections::queries as elections;
use crate::platform::access::Action;
use crate::platform::access::store::ancestors;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, ids};
use crate::stations::queries as stations;
use crate::training::model::{Act, NewSession, ProgrammeState, Session, SessionState};
use crate::training::store;
use electoral::training::{Refusal, TrainerRecord, may_train};
use jiff::SignedDuration;

/// Names of people who can't train, for the message.
async fn names(tx: &mut Transaction, acting: &Acting, id: &str) -> Result<String, Error> {
    let names = crate::people::queries::names(tx, id).await?;
    Ok(names.get(acting.t().lang).to_owned())
}

/// Texts that are planned: the newest of each module.
async fn texts(
    tx: &mut Transaction,
    acting: &Acting,
    new: &NewSession,
) -> Result<Vec<(String, u64)>, Error> {
    let wrong = || Error::field("module", acting.t().training_modules_needed());
    let known = store::modules(tx, &new.programme_id).await?;
    let mut found = Vec::new();
    for id in &new.modules {
        let module = known.iter().find(|m| m.says.id == *id && !m.says.retired);
        found.push((id.clone(), module.ok_or_else(wrong)?.version));
    }
    Ok(found)
}

/// Checks a plan against the programme, the commission, the trainers and what else they train.
async fn check(tx: &mut Transaction, acting: &Acting, new: &NewSession) -> Result<(), Error> {
    let t = acting.t();
    let rules = &acting.app().rules.training().cascade;
    new.check(t, rules)?;
    match elections::election(tx, &new.election_id).await {
        Err(Error::NotFound) => return Err(Error::field("election", t.form_choice())),
        other => other?,
    };
    let programme = match store::programme(tx, &new.programme_id).await {
        Err(Error::NotFound) => return Err(Error::field("programme", t.form_choice())),
        other => other?,
    };
    if programme.state != ProgrammeState::Open {
        return Err(Error::field("programme", t.training_programme_not_open()));
    }
    let own = &programme.says;
    let level = rules.level(new.level);
    let level = level.filter(|_| (own.level_from..=own.level_until).contains(&new.level));
    let level = level.ok_or_else(|| Error::field("level", t.training_level_not_of_programme()))?;
    let day = day_of(tx, acting, new).await?;
    let commission = commissions::by_area(tx, &new.area_id, day).await?;
    if commission.is_none_or(|c| c.level.as_str() != level.commission) {
        return Err(Error::field("area", t.training_no_such_commission()));
    }
    if let Some(id) = &new.station_id {
        let unknown = || Error::field("station", t.tasks_station_unknown());
        let station = match stations::as_of(tx, id, day).await {
            Err(Error::NotFound) => return Err(unknown()),
            other => other?,
        };
        if !ancestors(tx, &station.area_id)
            .await?
            .contains(&new.area_id)
        {
            return Err(unknown());
        }
    }
    // Two plans at once for one trainer: one waits for the other.
    tx.lock_for_one("training.trainers").await?;
    let between = i64::try_from(rules.between_minutes.value).map_err(Error::internal)?;
    let between = SignedDuration::from_mins(between);
    let times = (
        new.starts_at.checked_sub(between)?,
        new.ends_at.checked_add(between)?,
    );
    for trainer in &new.trainers {
        let sits = store::sessions::sits_in(tx, trainer, (&new.area_id, &level.commission), day);
        let record = TrainerRecord {
            of_commission: sits.await?,
            passed: store::sessions::passed_above(
                tx,
                trainer,
                (&new.programme_id, &new.election_id),
                new.level,
            )
            .await?,
        };
        match may_train(&record, &new.modules, (new.level, own.level_from)) {
            Ok(()) => {}
            Err(Refusal::NotOfCommission) => {
                return Err(Error::field(
                    "trainer",
                    t.training_trainer_not_of_commission(),
                ));
            }
            Err(Refusal::NotPassed(missing)) => {
                let who = names(tx, acting, trainer).await.unwrap_or_default();
                let missing = i64::try_from(missing.len()).unwrap_or(i64::MAX);
                return Err(Error::field(
                    "trainer",
                    t.training_trainer_not_passed(missing, who),
                ));
            }
        }
        if store::sessions::busy(tx, (trainer, &new.id), times)
            .await?
            .is_some()
        {
            let who = names(tx, acting, trainer).await?;
            return Err(Error::field("trainer", t.training_trainer_busy(who)));
        }
    }
    Ok(())
}

/// Plans a session. The id was made with the form: the same form sent twice is one session.
///
/// # Errors
/// No power over the area; what [`NewSession::check`] finds; a programme that is not open or has not this level; a
/// trainer who did not pass this above, or trains elsewhere at that time.
pub async fn plan(acting: &Acting, new: NewSession) -> Result<Session, Error> {
    let mut tx = acting.begin().await?;
    let session = plan_in(&mut tx, acting, new).await?;
    tell(&mut tx, acting, &session).await?;
    tx.commit().await?;
    Ok(session)
}

/// [`plan`] inside another act, which tells coverage. What it refuses it refuses before it has written anything.
///
/// # Errors
/// As [`plan`].
pub(in crate::training) async fn plan_in(
    tx: &mut Transaction,
    acting: &Acting,
    new: NewSession,
) -> Result<Session, Error> {
    let new = new.tidy();
    acting
        .require(tx, Action::TrainingPlan, &new.area_id, None)
        .await?;
    if !ids::is_id(&new.id) {
        return Err(Error::field("id", acting.t().form_choice()));
    }
    if let Ok(known) = store::sessions::by_id(tx, &new.id).await {
        // Sent again; what lies elsewhere is nobody's here.
        let area = &known.says.area_id;
        acting.require(tx, Action::TrainingPlan, area, None).await?;
        return Ok(known);
    }
    check(tx, acting, &new).await?;
    let texts = texts(tx, acting, &new).await?;
    store::sessions::add(tx, &new).await?;
    store::sessions::add_plan(tx, (&new.id, 1), &new.trainers, &texts).await?;
    let mut session = Session {
        version: 1,
        plan: 1,
        act: Act::Planned,
        state: SessionState::Planned,
        says: new,
        present: None,
        on_paper: None,
        reason: String::new(),
        office: acting.actor().office().to_owned(),
        made_at: acting.now(),
    };
    keep_untold(tx, acting, &mut session, (Act::Planned, String::new())).await?;
    Ok(session)
}

/// Plans a session anew. Another time or place is a move and needs a reason; invitations stay.
///
/// # Errors
/// As [`plan`]; somebody else was faster; a session that was held or called off; fewer seats than people invited.
pub async fn change(
    acting: &Acting,
    seen: u64,
    new: NewSession,
    reason: &str,
) -> Result<(), Error> {
    let mut new = new.tidy();
    let mut tx = acting.begin().await?;
    let mut session = session_in(&mut tx, acting, (&new.id, seen), Action::TrainingPlan).await?;
    let before = &session.says;
    new.election_id.clone_from(&before.election_id);
    new.programme_id.clone_from(&before.programme_id);
    new.area_id.clone_from(&before.area_id);
    new.level = before.level;
    let moved = new.starts_at != before.starts_at
        || new.ends_at != before.ends_at
        || new.place != before.place
        || new.station_id != before.station_id;
    let (act, reason) = if moved {
        (Act::Moved, reasoned(acting, reason)?)
    } else {
        (Act::Changed, short(acting, reason)?)
    };
    check(&mut tx, acting, &new).await?;
    let invited = store::people::count_invited(&mut tx, &new.id).await?;
    if invited > new.seats {
        return Err(Error::field(
            "seats",
            acting.t().training_seats_taken(invited),
        ));
    }
    let texts = texts(&mut tx, acting, &new).await?;
    let version = session.version;
    store::sessions::add_plan(&mut tx, (&new.id, version), &new.trainers, &texts).await?;
    store::people::let_trainers_go(&mut tx, &new.id, version).await?;
    session.plan = version;
    session.says = new;
    keep(&mut tx, acting, &mut session, (act, reason)).await?;
    Ok(tx.commit().await?)
}

/// Calls a session off, and says why.
///
/// # Errors
/// No power; somebody else was faster; a session that was held; no reason.
pub async fn cancel(acting: &Acting, id: &str, seen: u64, reason: &str) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    let mut session = session_in(&mut tx, acting, (id, seen), Action::TrainingPlan).await?;
    let reason = reasoned(acting, reason)?;
    session.state = SessionState::Cancelled;
    keep(&mut tx, acting, &mut session, (Act::Cancelled, reason)).await?;
    Ok(tx.commit().await?)
}
