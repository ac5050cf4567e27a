//! Somebody marks that they are there.

use crate::platform::database::Transaction;
use crate::platform::inbox::{Envelope, Taken};
use crate::platform::{Acting, Error, T, degrees, ids};
use crate::training::model::{Session, SessionState};
use crate::training::presence::code::Codes;
use crate::training::presence::limits::Tries;
use crate::training::presence::model::{Plan, Why};
use crate::training::presence::{queries, store};
use crate::training::queries as sessions;
use crate::training::store::sessions as rows;
use electoral::accessibility::{Place, metres};
use electoral::training::attendance::{Claim, Doubt, doubt, typed, was_kept};

/// Takes the mark that an envelope carries: the code typed, and a position if one was given. The moment is the phone's,
/// corrected by what its clock was wrong by; what comes long after it waits for the trainer. A mark that something speaks against is kept for the trainer; a second one
/// of a person who is counted changes nothing.
///
/// # Errors
/// [`Error::Invalid`] for a code that never stood on the screen; [`Error::TooMany`] for too many tries; no such session.
pub async fn mark_in(
    tx: &mut Transaction,
    acting: &Acting,
    envelope: &Envelope,
) -> Result<Taken, Error> {
    let t = acting.t();
    let id = envelope.text("session");
    // An id of digits alone would be taken for a number by the log.
    if !ids::is_id(id) || !envelope.id.contains('-') {
        return Err(Error::NotFound);
    }
    // Either the closing sees this mark, or this mark sees that the session is closed.
    if !rows::hold(tx, id).await? {
        return Err(Error::NotFound);
    }
    let session = sessions::session(tx, id).await?;
    let person = acting.person();
    if session.state == SessionState::Cancelled {
        return Err(Error::Conflict(t.presence_cancelled()));
    }
    let app = acting.app();
    let rules = &app.rules.training().attendance;
    let window = Plan::of(rules, &session).window;
    let known = store::marks_of(tx, id, person).await?;
    if store::is_accepted(tx, id, person).await? {
        // A mark of before the session was moved says nothing of its new time.
        let is_old = |at: i64| session.state == SessionState::Planned && !window.holds(at);
        let mut old = known.iter().filter(|m| m.accepted);
        if !old.any(|m| is_old(m.marked_at.as_second())) {
            return Ok(taken(t, id, "taken", t.presence_taken_before()));
        }
    }
    Tries::of(app).spend(rules, (person, id), app.clock.wall())?;
    let code = typed(envelope.text("code"))
        .ok_or_else(|| Error::field("code", t.presence_code_form(rules.digits.value)))?;
    let position = position(t, envelope)?;
    let made_at = envelope.made_at.min(acting.now());
    let plans = queries::plans(tx, app, &session).await?;
    let codes = Codes::of(&app.secret, id, rules.digits.value);
    let found = codes.find(rules.rhythm(), &plans, made_at.as_second(), &code);
    let Some((plan, code_step)) = found else {
        return Err(Error::field("code", t.presence_code_wrong()));
    };
    let claim = Claim {
        made_at: made_at.as_second(),
        code_step,
        metres: far(&plans, position),
    };
    let why = judged(acting, &session, (plan, &plans), claim);
    if let Some(why) = why
        && known.iter().any(|m| m.why == Some(why))
    {
        return Ok(taken(t, id, "doubtful", why.words(t)));
    }
    let mark = store::NewMark {
        id: &envelope.id,
        session_id: id,
        person_id: person,
        way: "code",
        marked_at: made_at,
        position,
        why,
    };
    if why.is_none() && known.iter().any(|m| m.accepted) {
        store::deny(tx, id, person, Why::Moved).await?;
    }
    if !store::add_mark(tx, acting, &mark).await? {
        return Ok(taken(t, id, "taken", t.presence_taken_before()));
    }
    let event = ("training.marked", "training_mark");
    acting.note(tx, event, &[&envelope.id]).await?;
    Ok(match why {
        None => taken(t, id, "taken", t.presence_taken()),
        Some(why) => taken(t, id, "doubtful", why.words(t)),
    })
}

/// What speaks against a mark.
fn judged(
    acting: &Acting,
    session: &Session,
    (plan, plans): (usize, &[Plan]),
    claim: Claim,
) -> Option<Why> {
    if session.state != SessionState::Planned {
        return Some(Why::Closed);
    }
    // A code of the time before the session was moved.
    if plan > 0 {
        return Some(Why::Moved);
    }
    let rules = &acting.app().rules.training().attendance;
    let window = plans.first()?.window;
    let seconds = i64::try_from(rules.sent_minutes.value)
        .unwrap_or(i64::MAX)
        .saturating_mul(60);
    let kept = was_kept(window, claim.made_at, acting.now().as_second(), seconds);
    doubt(rules.rhythm(), window, claim, rules.far_metres.value)
        .or(kept.then_some(Doubt::Kept))
        .map(Why::Doubt)
}

/// Metres from the place of the plan that holds, where both are known.
fn far(plans: &[Plan], position: Option<Place>) -> Option<u64> {
    Some(metres(plans.first()?.place?, position?))
}

/// The position that the form may carry: both numbers or none.
fn position(t: T, envelope: &Envelope) -> Result<Option<Place>, Error> {
    let wrong = |name: &str| Error::field(name, t.presence_position_form());
    let read = |name: &str, most: u64| match envelope.text(name) {
        "" => Ok(None),
        text => degrees::read(text, usize::MAX)
            .filter(|value| degrees::fits(*value, most))
            .map(Some)
            .ok_or_else(|| wrong(name)),
    };
    match (read("latitude", 90)?, read("longitude", 180)?) {
        (Some(latitude_microdeg), Some(longitude_microdeg)) => Ok(Some(Place {
            latitude_microdeg,
            longitude_microdeg,
        })),
        (None, None) => Ok(None),
        _ => Err(wrong("latitude")),
    }
}

fn taken(t: T, session: &str, state: &str, message: String) -> Taken {
    Taken {
        state: state.to_owned(),
        message,
        href: format!("/office/training/here/{session}?lang={}", t.lang.code()),
    }
}
