//! Who comes: invited, let go, replaced in the middle.

use super::{day_of, keep, keep_untold, reasoned, session_in, tell};
use crate::platform::access::Action;
use crate::platform::access::store::ancestors;
use crate::platform::database::{Connection, Transaction};
use crate::platform::{Acting, Error};
use crate::training::model::{Act, Invited, Programme, Session, TraineeState};
use crate::training::store::{self, people as trainees};
use electoral::training::rules::CascadeRules;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The seats that a session may invite; none where its target group sits in no commission.
pub(in crate::training) async fn seats_of(
    connection: &mut Connection,
    acting: &Acting,
    session: &Session,
) -> Result<Option<trainees::Seats>, Error> {
    let rules = &acting.app().rules.training().cascade;
    let programme = store::programme(connection, &session.says.programme_id).await?;
    let day = day_of(connection, acting, &session.says).await?;
    seats_on(rules, &programme, session.says.level, day)
}

/// The seats that a programme is for at a level on a day; none where its target group sits in no commission.
pub(in crate::training) fn seats_on(
    rules: &CascadeRules,
    programme: &Programme,
    level: u64,
    day: Date,
) -> Result<Option<trainees::Seats>, Error> {
    let last = level == programme.says.level_until;
    let (Some(level), Some(audience)) =
        (rules.level(level), rules.audience(&programme.says.audience))
    else {
        return Err(Error::internal("a programme that the rules do not know"));
    };
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
        day,
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
        Invited::Seated(people) => {
            let areas: BTreeSet<&str> = people.iter().map(|(area, _)| area.as_str()).collect();
            for area in areas {
                inside(tx, acting, session, area).await?;
            }
            let seats = seats.ok_or_else(|| by_name_only(acting))?;
            for (area, person) in people {
                let of = (area.as_str(), person.as_str());
                let more = trainees::invite_seats(tx, session, &seats, of).await?;
                new = new.saturating_add(more);
            }
        }
    }
    Ok(new)
}

fn by_name_only(acting: &Acting) -> Error {
    Error::field("invite_area", acting.t().training_by_name_only())
}

/// Whether an area lies at or under the session's.
async fn inside(
    tx: &mut Transaction,
    acting: &Acting,
    session: &Session,
    area: &str,
) -> Result<(), Error> {
    if ancestors(tx, area).await?.contains(&session.says.area_id) {
        return Ok(());
    }
    let outside = acting.t().training_area_outside();
    Err(Error::field("invite_area", outside))
}

async fn of_area(
    tx: &mut Transaction,
    acting: &Acting,
    session: &Session,
    (seats, area): (Option<&trainees::Seats>, &str),
) -> Result<u64, Error> {
    let seats = seats.ok_or_else(|| by_name_only(acting))?;
    inside(tx, acting, session, area).await?;
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
    let (session, new) = invite_in(&mut tx, acting, (id, seen), &whom).await?;
    tell(&mut tx, acting, &session).await?;
    tx.commit().await?;
    Ok(new)
}

/// [`invite`] inside another act, which tells coverage.
///
/// # Errors
/// As [`invite`].
pub(in crate::training) async fn invite_in(
    tx: &mut Transaction,
    acting: &Acting,
    of: (&str, u64),
    whom: &Invited,
) -> Result<(Session, u64), Error> {
    let mut session = session_in(tx, acting, of, Action::TrainingPlan).await?;
    let new = add(tx, acting, &session, whom).await?;
    if new == 0 {
        let field = match whom {
            Invited::Area(_) | Invited::Areas(_) | Invited::Seated(_) => "invite_area",
            Invited::Person(_) | Invited::People(_) => "person",
        };
        return Err(Error::field(field, acting.t().training_nobody_new()));
    }
    fits(tx, acting, &session).await?;
    keep_untold(tx, acting, &mut session, (Act::Invited, String::new())).await?;
    Ok((session, new))
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
