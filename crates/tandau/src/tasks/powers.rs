//! What somebody may do with a task, from the table of powers, the addressees and the areas. One place for pages
//! and actions.
//!
//! - The **owner** (the body or commission to which it is addressed) accepts, disputes, reports.
//! - Whoever it was **raised to** sees it, writes remarks, and may hand it on within their own area: to a body of
//!   the same kind there or below. They do not report for the owner, nor close it.
//! - Whoever may **verify** over the verifying commission's area looks and decides, but never on their own report.
//! - Whoever may **give** over that area withdraws, moves the deadline, hands it to somebody else.

use super::model::{Addressee, Cause, EventKind, Task};
use super::store;
use crate::platform::access::store::ancestors;
use crate::platform::access::{Action, Actor, Grant};
use crate::platform::database::Connection;
use crate::platform::{Acting, Error};

/// What one person may do with one task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hands {
    owns: Option<Grant>,
    raised: Option<Grant>,
    gives: Option<Grant>,
    verifies: Option<Grant>,
    follows: Option<Grant>,
    /// Whoever has the machine.
    operator: bool,
    /// They reported it themselves.
    reported: bool,
}

impl Hands {
    /// Whether they may see it at all.
    #[must_use]
    pub const fn sees(&self) -> bool {
        self.operator
            || self.follows.is_some()
            || self.owns.is_some()
            || self.raised.is_some()
            || self.verifies.is_some()
            || self.gives.is_some()
    }

    /// Whether they sit in a commission that follows it: names of people are shown to them.
    #[must_use]
    pub const fn follows(&self) -> bool {
        self.operator || self.follows.is_some()
    }

    /// Whether they may hand it to whomever they like within their power to give; otherwise only on within their own.
    #[must_use]
    pub const fn gives(&self) -> bool {
        self.operator || self.gives.is_some()
    }

    /// The office as which it was raised to them.
    #[must_use]
    pub const fn raised(&self) -> Option<&Grant> {
        self.raised.as_ref()
    }

    /// Whether they reported it themselves.
    #[must_use]
    pub const fn reported(&self) -> bool {
        self.reported
    }

    /// Whether their powers allow an event, whatever the state.
    #[must_use]
    pub const fn hold(&self, event: EventKind) -> bool {
        self.operator || self.seat(event).is_some()
    }

    /// Whether they may do it now.
    #[must_use]
    pub fn may(&self, task: &Task, event: EventKind) -> bool {
        let own_report = event == EventKind::Verified && self.reported;
        self.hold(event) && !own_report && task.state.after(event).is_some()
    }

    /// The office in which they do it.
    #[must_use]
    pub const fn seat(&self, event: EventKind) -> Option<&Grant> {
        match event {
            EventKind::Accepted | EventKind::Disputed | EventKind::Reported => self.owns.as_ref(),
            EventKind::Verified | EventKind::Returned => self.verifies.as_ref(),
            EventKind::Withdrawn | EventKind::Moved => self.gives.as_ref(),
            EventKind::Reassigned => match &self.gives {
                Some(grant) => Some(grant),
                None => self.raised.as_ref(),
            },
            EventKind::Noted => match (&self.owns, &self.raised, &self.gives, &self.verifies) {
                (Some(grant), _, _, _)
                | (None, Some(grant), _, _)
                | (None, None, Some(grant), _)
                | (None, None, None, Some(grant)) => Some(grant),
                (None, None, None, None) => None,
            },
            EventKind::Opened | EventKind::Reminded | EventKind::Escalated => None,
        }
    }
}

/// The name of the power that an event needs, for the refusal.
pub(super) const fn power(event: EventKind) -> &'static str {
    match event {
        EventKind::Accepted | EventKind::Disputed | EventKind::Reported => {
            Action::TaskAnswer.name()
        }
        EventKind::Verified | EventKind::Returned => Action::TaskVerify.name(),
        EventKind::Withdrawn | EventKind::Moved | EventKind::Reassigned => Action::TaskGive.name(),
        _ => Action::TaskSee.name(),
    }
}

/// Whether an office answers for an addressee.
#[must_use]
pub fn answers_for(grant: &Grant, addressee: &Addressee) -> bool {
    grant.area_id == addressee.area_id
        && match grant.role.body() {
            Some(kind) => kind == addressee.kind,
            None => addressee.kind == Addressee::COMMISSION,
        }
}

/// Finds out what whoever acts may do with a task.
///
/// # Errors
/// What the database reports.
pub async fn of(connection: &mut Connection, acting: &Acting, task: &Task) -> Result<Hands, Error> {
    let place = ancestors(connection, &task.area_id).await?;
    let verifier = ancestors(connection, &task.verifier_area_id).await?;
    let addressees = store::addressees(connection, &task.id).await?;
    let reporter = store::last_reporter(connection, &task.id).await?;
    let policy = &acting.app().policy;
    let mut hands = Hands {
        operator: acting.actor().is_operator(),
        reported: reporter.is_some_and(|who| who == acting.person()),
        ..Hands::default()
    };
    for grant in &acting.actor().grants {
        let alone = one(acting.actor(), grant);
        let allows = |action, above: &[String]| policy.allows(&alone, action, above, None);
        let own = std::slice::from_ref(&grant.area_id);
        let commission = grant.role.body().is_none();
        let keep = |held: &mut Option<Grant>, holds: bool| {
            if holds && held.is_none() {
                *held = Some(grant.clone());
            }
        };
        for (addressee, cause) in &addressees {
            let mine = answers_for(grant, addressee) && allows(Action::TaskAnswer, own);
            keep(&mut hands.owns, mine && *cause == Cause::Owner);
            keep(&mut hands.raised, mine && *cause == Cause::Escalated);
        }
        keep(
            &mut hands.gives,
            commission && allows(Action::TaskGive, &verifier),
        );
        keep(
            &mut hands.verifies,
            commission && allows(Action::TaskVerify, &verifier),
        );
        keep(
            &mut hands.follows,
            commission && allows(Action::TaskFollow, &place),
        );
    }
    Ok(hands)
}

/// The same person with one office only.
fn one(actor: &Actor, grant: &Grant) -> Actor {
    Actor::new(
        actor.person_id.clone(),
        actor.name.clone(),
        vec![grant.clone()],
    )
}

/// Whether one office of somebody gives a power over an object of an area.
pub(super) fn holds(acting: &Acting, grant: &Grant, action: Action, above: &[String]) -> bool {
    let alone = one(acting.actor(), grant);
    acting.app().policy.allows(&alone, action, above, None)
}

/// The office by which somebody may do something to an object of an area.
pub(super) fn seat_of(acting: &Acting, action: Action, above: &[String]) -> Option<Grant> {
    let mut grants = acting.actor().grants.iter();
    grants
        .find(|grant| holds(acting, grant, action, above))
        .cloned()
}
