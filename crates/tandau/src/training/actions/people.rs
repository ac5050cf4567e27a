//! Who comes: invited, let go, replaced in the middle.

use super::{day_of, keep, reasoned, session_in};
use crate::platform::access::Action;
use crate::platform::access::store::ancestors;
use crate::platform::database::{Connection, Transaction};
use crate::platform::{Acting, Error};
use crate::training::model::{Act, Invited, Session, TraineeState};
use crate::training::store::{self, people as trainees};

/// The seats that a session may invite; none where its target group sits in no commission.
pub(in crate::training) async fn seats_of(
    connection: &mut Connection,
    acting: &Acting,
    session: &Session,
) -> Result<Option<trainees::Seats>, Error> {
    let rules = &acting.app().rules.training().cascade;
    let programme = store::programme(connection, &session.says.programme_id).await?;
    let (Some(level), Some(audience)) = (
        rules.level(session.says.level),
        rules.audience(&programme.says.audience),
    ) else {
        return Err(Error::internal("a programme that the rules do not know"));
    };
    let last = session.says.level == programme.says.level_until;
    if last && audience.commissions.is_empty() {
        return Ok(None);
    }
    let offices = if last && !audience.offices.is_empty() {
        format!(",{},", audience.offices.join(","))
    } else {
        String::new()
    };
    Ok(Some(trainees::Seats {
        taught: level.trains.clone(),
        own: level.commission.clone(),
        offices,
        day: day_of(connection, acting, &session.says).await?,
    }))
}

/// Invites people or one of them; answers how many are new.
async fn add(
    tx: &mut Transaction,
    acting: &Acting,
    session: &Session,
    whom: &Invited,
) -> Result<u64, Error> {
    let seats = seats_of(tx, acting, session).await?;
    let mut new = 0_u64;
    match whom {
        Invited::Area(area) => new = of_area(tx, acting, session, (seats.as_ref(), area)).await?,
        Invited::Areas(areas) => {
            for area in areas {
                let more = of_area(tx, acting, session, (seats.as_ref(), area)).await?;
                new = new.saturating_add(more);
            }
        }
        Invited::Person(person) => {
            new = of_person(tx, acting, session, (seats.as_ref(), person)).await?;
        }
        Invited::People(people) => {
            for person in people {
                let more = of_person(tx, acting, session, (seats.as_ref(), person)).await?;
                new = new.saturating_add(more);
            }
        }
    }
    Ok(new)
}

async fn of_area(
    tx: &mut Transaction,
    acting: &Acting,
    session: &Session,
    (seats, area): (Option<&trainees::Seats>, &str),
) -> Result<u64, Error> {
    let t = acting.t();
    let seats = seats.ok_or_else(|| Error::field("invite_area", t.training_by_name_only()))?;
    let own = &session.says.area_id;
    if !ancestors(tx, area).await?.contains(own) {
        return Err(Error::field("invite_area", t.training_area_outside()));
    }
    trainees::invite_seats(tx, session, seats, (area, "")).await
}

async fn of_person(
    tx: &mut Transaction,
    acting: &Acting,
    session: &Session,
    (seats, person): (Option<&trainees::Seats>, &str),
) -> Result<u64, Error> {
    if person.is_empty() {
        return Err(Error::field("person", acting.t().form_choice()));
    }
    match seats {
        Some(seats) => {
            let own = session.says.area_id.as_str();
            trainees::invite_seats(tx, session, seats, (own, person)).await
        }
        None => trainees::invite_person(tx, session, person).await,
    }
}

async fn fits(tx: &mut Transaction, acting: &Acting, session: &Session) -> Result<(), Error> {
    let invited = trainees::count_invited(tx, &session.says.id).await?;
    let seats = session.says.seats;
    if invited > seats {
        let over = invited.saturating_sub(seats);
        return Err(Error::field(
            "invite_area",
            acting.t().training_seats_over(over, seats),
        ));
    }
    Ok(())
}

/// Invites the target group of an area, or one person. Whoever sits in two commissions is invited once; whoever is
/// invited already stays so.
///
/// # Errors
/// No power; somebody else was faster; a session that was held or called off; nobody new; more people than seats.
pub async fn invite(acting: &Acting, id: &str, seen: u64, whom: Invited) -> Result<u64, Error> {
    let mut tx = acting.begin().await?;
    let mut session = session_in(&mut tx, acting, (id, seen), Action::TrainingPlan).await?;
    let new = add(&mut tx, acting, &session, &whom).await?;
    if new == 0 {
        let field = match whom {
            Invited::Area(_) | Invited::Areas(_) => "invite_area",
            Invited::Person(_) | Invited::People(_) => "person",
        };
        return Err(Error::field(field, acting.t().training_nobody_new()));
    }
    fits(&mut tx, acting, &session).await?;
    keep(&mut tx, acting, &mut session, (Act::Invited, String::new())).await?;
    tx.commit().await?;
    Ok(new)
}

/// Takes an invitation back.
///
/// # Errors
/// No power; somebody else was faster; a session that was held or called off; somebody who is not invited; no reason.
pub async fn withdraw(
    acting: &Acting,
    id: &str,
    seen: u64,
    person: &str,
    reason: &str,
) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    let mut session = session_in(&mut tx, acting, (id, seen), Action::TrainingPlan).await?;
    let reason = reasoned(acting, reason)?;
    let version = (id, session.version);
    let how = (TraineeState::Withdrawn, None);
    if !trainees::let_go(&mut tx, version, person, how).await? {
        return Err(Error::field("person", acting.t().training_not_invited()));
    }
    keep(&mut tx, acting, &mut session, (Act::Withdrawn, reason)).await?;
    Ok(tx.commit().await?)
}

/// Somebody comes in place of another. What the one who leaves was taught by then (modules of the plan) stays theirs;
/// the newcomer has not passed by it.
///
/// # Errors
/// No power; somebody else was faster; a session that was held or called off; somebody who is not invited, or a
/// newcomer who is or may not be; modules before the session has begun; no reason.
pub async fn replace(
    acting: &Acting,
    id: &str,
    seen: u64,
    (person, newcomer): (&str, &str),
    taught: &[String],
    reason: &str,
) -> Result<(), Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    let mut session = session_in(&mut tx, acting, (id, seen), Action::TrainingPlan).await?;
    let reason = reasoned(acting, reason)?;
    if !taught.is_empty() && session.says.starts_at > acting.now() {
        return Err(Error::field("taught", t.training_not_begun()));
    }
    for module in taught {
        if !trainees::teach_one(&mut tx, acting, &session, (person, module)).await? {
            return Err(Error::field("taught", t.form_choice()));
        }
    }
    let version = (id, session.version);
    let how = (TraineeState::Replaced, Some(newcomer));
    // A newcomer who is no person on record is refused by what follows.
    if person == newcomer
        || crate::people::queries::by_id(&mut tx, newcomer)
            .await
            .is_err()
    {
        return Err(Error::field("newcomer", t.form_choice()));
    }
    if !trainees::let_go(&mut tx, version, person, how).await? {
        return Err(Error::field("person", t.training_not_invited()));
    }
    let whom = Invited::Person(newcomer.to_owned());
    if add(&mut tx, acting, &session, &whom).await? == 0 {
        return Err(Error::field("newcomer", t.training_nobody_new()));
    }
    fits(&mut tx, acting, &session).await?;
    keep(&mut tx, acting, &mut session, (Act::Replaced, reason)).await?;
    Ok(tx.commit().await?)
}
