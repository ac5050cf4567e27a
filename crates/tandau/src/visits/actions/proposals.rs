//! Proposals and questions: written down at an event, handed on, answered, taken back.

use super::{note, outdated, reasoned};
use crate::platform::access::store::ancestors;
use crate::platform::access::{Action, Actor};
use crate::platform::database::{Connection, Transaction};
use crate::platform::{Acting, Error, Names, ids};
use crate::tasks::Addressee;
use crate::tasks::actions::check_addressee;
use crate::tasks::powers::answers_for;
use crate::visits::model::{
    EventState, MAX_TEXT, NewProposal, Proposal, ProposalState, names_somebody,
};
use crate::visits::store::{self, proposals};

/// Writes down what was proposed, asked or wished at an event. The id was made with the form.
///
/// # Errors
/// No power; an event that does not take place; what [`NewProposal::check`] finds; a body that does not answer there.
pub async fn propose(acting: &Acting, event_id: &str, new: NewProposal) -> Result<(), Error> {
    let new = new.tidy();
    let mut tx = acting.begin().await?;
    let event = store::event(&mut tx, event_id).await?;
    acting
        .require(&mut tx, Action::VisitRecord, &event.planned.area_id, None)
        .await?;
    if event.state == EventState::Cancelled || acting.now() < event.planned.starts_at {
        return Err(Error::Conflict(acting.t().visits_not_begun()));
    }
    let is_profile = new.check(acting.t(), acting.app().rules.visits())?;
    if !ids::is_id(&new.id) {
        return Err(Error::field("id", acting.t().form_choice()));
    }
    if let Some(body) = &new.body {
        let fields = ("kind", "area_code");
        check_addressee(&mut tx, acting, body, &event.planned.area_id, fields).await?;
    }
    let state = if is_profile {
        ProposalState::Kept
    } else {
        ProposalState::Open
    };
    let at = (new.id.as_str(), event_id);
    if !proposals::add(&mut tx, at, state, new.body.as_ref()).await? {
        return Ok(());
    }
    let proposal = Proposal {
        id: new.id,
        event_id: event_id.to_owned(),
        version: 1,
        state,
        topic: new.topic,
        wish: new.wish,
        text: new.text,
        body: new.body,
        answer: Names::default(),
        reason: String::new(),
        changed_at: acting.now(),
    };
    proposals::add_version(&mut tx, acting, "proposed", &proposal).await?;
    let act = ("visit.proposed", "visit_proposal_version");
    note(&mut tx, acting, act, (&proposal.id, 1)).await?;
    Ok(tx.commit().await?)
}

/// Whether some office of whoever acts may answer for a body: the body itself, or a commission with power there.
///
/// # Errors
/// What the database reports.
pub(in crate::visits) async fn may_answer(
    connection: &mut Connection,
    acting: &Acting,
    body: &Addressee,
) -> Result<bool, Error> {
    if acting.actor().is_operator() {
        return Ok(true);
    }
    let above = ancestors(connection, &body.area_id).await?;
    let policy = &acting.app().policy;
    Ok(acting.actor().grants.iter().any(|grant| {
        let alone = Actor::new(
            acting.actor().person_id.clone(),
            acting.actor().name.clone(),
            vec![grant.clone()],
        );
        let own = grant.role.body().is_none() || answers_for(grant, body);
        own && policy.allows(&alone, Action::ProposalAnswer, &above, None)
    }))
}

async fn begin(
    tx: &mut Transaction,
    acting: &Acting,
    (id, seen): (&str, u64),
) -> Result<Proposal, Error> {
    let before = proposals::by_id(tx, id).await?;
    let body = before.body.as_ref().ok_or(Error::NotFound)?;
    if !may_answer(tx, acting, body).await? {
        return Err(Error::Forbidden(Action::ProposalAnswer.name()));
    }
    if before.version != seen {
        return Err(outdated(acting));
    }
    Ok(before)
}

async fn finish(
    mut tx: Transaction,
    acting: &Acting,
    before: &Proposal,
    mut after: Proposal,
    (act, event): (&str, &'static str),
) -> Result<(), Error> {
    after.version = before.version.saturating_add(1);
    if !proposals::step(&mut tx, before, &after).await? {
        return Err(outdated(acting));
    }
    proposals::add_version(&mut tx, acting, act, &after).await?;
    let about = (event, "visit_proposal_version");
    note(&mut tx, acting, about, (&after.id, after.version)).await?;
    Ok(tx.commit().await?)
}

/// Answers a proposal, or corrects the answer with a reason. The answer is public.
///
/// # Errors
/// Neither of the body nor of a commission there; somebody else was faster; no words, too many; taken back.
pub async fn answer(
    acting: &Acting,
    id: &str,
    seen: u64,
    answer: &Names,
    reason: &str,
) -> Result<(), Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    let before = begin(&mut tx, acting, (id, seen)).await?;
    let mut after = before.clone();
    after.reason = match before.state {
        ProposalState::Open => String::new(),
        ProposalState::Answered => reasoned(acting, reason)?,
        ProposalState::Withdrawn | ProposalState::Kept => {
            return Err(Error::Conflict(t.visits_not_now()));
        }
    };
    after.answer = answer.paragraphs().filled();
    if after.answer.kk.is_empty() {
        return Err(Error::field("answer_kk", t.form_required()));
    }
    if after.answer.any(|text| text.chars().count() > MAX_TEXT) {
        return Err(Error::field("answer_kk", t.form_too_long(MAX_TEXT)));
    }
    if after.answer.any(names_somebody) {
        return Err(Error::field("answer_kk", t.visits_personal()));
    }
    after.state = ProposalState::Answered;
    let act = ("answered", "visit.answered");
    finish(tx, acting, &before, after, act).await
}

/// Hands an open proposal to another body, with the reason.
///
/// # Errors
/// As [`answer`]; a body that does not answer there.
pub async fn hand_on(
    acting: &Acting,
    id: &str,
    seen: u64,
    to: Addressee,
    reason: &str,
) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    let before = begin(&mut tx, acting, (id, seen)).await?;
    if before.state != ProposalState::Open {
        return Err(Error::Conflict(acting.t().visits_not_now()));
    }
    let event = store::event(&mut tx, &before.event_id).await?;
    let fields = ("kind", "area_code");
    check_addressee(&mut tx, acting, &to, &event.planned.area_id, fields).await?;
    let mut after = before.clone();
    after.reason = reasoned(acting, reason)?;
    after.body = Some(to);
    let act = ("handed_on", "visit.handed_on");
    finish(tx, acting, &before, after, act).await
}

/// Takes a proposal or a wish back: said twice, no matter for an answer, or words that name somebody.
///
/// # Errors
/// No power at its event; somebody else was faster; no reason.
pub async fn withdraw(acting: &Acting, id: &str, seen: u64, reason: &str) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    let before = proposals::by_id(&mut tx, id).await?;
    let event = store::event(&mut tx, &before.event_id).await?;
    acting
        .require(&mut tx, Action::VisitRecord, &event.planned.area_id, None)
        .await?;
    if before.version != seen {
        return Err(outdated(acting));
    }
    if before.state == ProposalState::Withdrawn {
        return Err(Error::Conflict(acting.t().visits_not_now()));
    }
    let mut after = before.clone();
    after.reason = reasoned(acting, reason)?;
    after.state = ProposalState::Withdrawn;
    let act = ("withdrawn", "visit.withdrawn");
    finish(tx, acting, &before, after, act).await
}
