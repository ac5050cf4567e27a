//! What may be done with plans: halls and trainers entered, a plan asked for, its sessions made.

mod take_over;

pub use take_over::{TakenOver, take_over};

use super::model::{Hall, MOST, NewHall, NewPlan, NewTrainer, Trainer, levels};
use super::store::{self, plans};
use crate::elections::queries as elections;
use crate::people::queries as people;
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::web::FieldErrors;
use crate::platform::{Acting, Error, ids};
use crate::training::actions::seats_on;
use crate::training::queries;

/// Days on which a trainer can't at most.
const AWAY_MOST: usize = 100;

async fn allowed(tx: &mut Transaction, acting: &Acting, area_id: &str) -> Result<(), Error> {
    acting
        .require(tx, Action::TrainingPlan, area_id, None)
        .await
}

/// Enters a hall: a new one (`seen` 0), or the next version of one. Its territory stays.
///
/// # Errors
/// No power; words or seats missing; somebody was faster.
pub async fn set_hall(acting: &Acting, seen: u64, mut new: NewHall) -> Result<(), Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    if let Some(before) = store::hall(&mut tx, &new.id).await? {
        new.area_id = before.says.area_id;
    }
    allowed(&mut tx, acting, &new.area_id).await?;
    let mut problems = FieldErrors::new();
    if !ids::is_id(&new.id) {
        problems.add("id", t.form_choice());
    }
    let name = &new.name;
    if name.any(|n| n.trim().is_empty() || n.chars().count() > 200) {
        problems.add("name_kk", t.learning_three_languages());
    }
    // A hall takes one session at a time, so it has no more seats than one may have.
    let most = acting.app().rules.training().cascade.seats_most.value;
    if !(1..=most).contains(&new.seats) {
        problems.add("seats", t.training_seats_between(most));
    }
    problems.done()?;
    let version = seen.saturating_add(1);
    if !store::add_hall(&mut tx, acting, version, &new).await? {
        return Err(Error::Conflict(t.learning_changed_meanwhile()));
    }
    let object = [new.id.as_str(), &version.to_string()];
    acting
        .note(&mut tx, ("training.hall_set", "training_hall"), &object)
        .await?;
    Ok(tx.commit().await?)
}

/// Enters a trainer, or the next version of one.
///
/// # Errors
/// No power over the territory, or over the one before; nobody of that id; somebody was faster.
pub async fn set_trainer(acting: &Acting, seen: u64, new: NewTrainer) -> Result<(), Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    allowed(&mut tx, acting, &new.area_id).await?;
    if let Some(before) = store::trainer(&mut tx, &new.person_id).await? {
        allowed(&mut tx, acting, &before.says.area_id).await?;
    }
    match people::by_id(&mut tx, &new.person_id).await {
        Err(Error::NotFound) => return Err(Error::field("person", t.planner_person_unknown())),
        other => other?,
    };
    if new.away.len() > AWAY_MOST {
        return Err(Error::field("away", t.learning_range(0_u64, 100_u64)));
    }
    let version = seen.saturating_add(1);
    if !store::add_trainer(&mut tx, acting, version, &new).await? {
        return Err(Error::Conflict(t.learning_changed_meanwhile()));
    }
    let object = [new.person_id.as_str(), &version.to_string()];
    acting
        .note(
            &mut tx,
            ("training.trainer_set", "training_trainer"),
            &object,
        )
        .await?;
    Ok(tx.commit().await?)
}

/// Asks for a plan. It is reckoned beside the requests ([`super::begin`]). The same form sent twice asks once.
///
/// # Errors
/// No power; an election or programme that does not exist; a level for which nothing is planned, or at which the programme is not
/// taught; people who are invited by name; no hall or nobody to train; voting that is over by then.
pub async fn ask(acting: &Acting, new: NewPlan) -> Result<(), Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    allowed(&mut tx, acting, &new.area_id).await?;
    if !ids::is_id(&new.id) {
        return Err(Error::field("id", t.form_choice()));
    }
    let election = match elections::election(&mut tx, &new.election_id).await {
        Err(Error::NotFound) => return Err(Error::field("election", t.form_choice())),
        other => other?,
    };
    let programme = match queries::programme(&mut tx, &new.programme_id).await {
        Err(Error::NotFound) => return Err(Error::field("programme", t.form_choice())),
        other => other?,
    };
    let rules = &acting.app().rules.training().cascade;
    let taught = programme.says.level_from..=programme.says.level_until;
    let level = levels(rules).find(|(level, _)| *level == new.level && taught.contains(level));
    let (_, level) =
        level.ok_or_else(|| Error::field("level", t.training_level_not_of_programme()))?;
    if seats_on(rules, &programme, new.level, new.starts_on)?.is_none() {
        return Err(Error::field("programme", t.training_by_name_only()));
    }
    if new.starts_on >= election.voting_day {
        return Err(Error::field("starts_on", t.planner_too_late()));
    }
    let halls = store::halls(&mut tx, &new.area_id).await?;
    let trainers = store::trainers(&mut tx, &new.area_id).await?;
    let own = store::holders(&mut tx, &new.area_id, &level.commission, new.starts_on).await?;
    let hall = |h: &Hall| !h.says.retired && own.contains(&h.says.area_id);
    let trainer = |t: &Trainer| !t.says.retired && own.contains(&t.says.area_id);
    if !halls.iter().any(hall) || !trainers.iter().any(trainer) {
        return Err(Error::field("area", t.planner_nothing_to_plan_with()));
    }
    if halls.len() > MOST || trainers.len() > MOST {
        return Err(Error::field("area", t.planner_too_many(MOST)));
    }
    let day = election.voting_day.to_string();
    if !plans::add(&mut tx, acting, &new, &day).await? {
        // The same form again; another's plan of that id is not told.
        let known = plans::by_id(&mut tx, &new.id).await?;
        return allowed(&mut tx, acting, &known.asked.area_id).await;
    }
    acting
        .note(
            &mut tx,
            ("training.plan_asked", "training_plan"),
            &[&new.id],
        )
        .await?;
    Ok(tx.commit().await?)
}
