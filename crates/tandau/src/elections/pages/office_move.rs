//! `/office/elections/{id}/move`: the election goes on to its next state, by the calendar or by a decision.

use super::office_shell;
use crate::commissions::{
    Asked, BasisFields, Purpose, own_commission, read_basis, read_needed_basis, titled,
};
use crate::elections::state::Facts;
use crate::elections::{Election, ElectionState, actions, queries};
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::instant_long;
use crate::platform::web::{Ctx, FieldErrors, FormData, Shell, page, page_with_errors, see};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

/// The move that comes next.
pub(super) struct Next {
    pub(super) state: ElectionState,
    pub(super) word: String,
    /// Why it can't be made yet; empty when it can.
    pub(super) missing: String,
    /// Since when it could be made.
    pub(super) from: String,
}

/// The next move, where this office has the power to make it.
pub(super) async fn next_move(
    ctx: &Ctx,
    connection: &mut Connection,
    election: &Election,
) -> Result<Option<Next>, Error> {
    let Some(to) = election.state.next() else {
        return Ok(None);
    };
    let acting = ctx.acting()?;
    let state = Some(election.state.as_str());
    if !acting
        .may(connection, power(to), &election.area_id, state)
        .await?
    {
        return Ok(None);
    }
    let zone = election.time_zone()?;
    let facts = queries::facts(connection, &ctx.app, election, acting.now(), false).await?;
    // A decision is asked for in the form; what else is missing is said beside it.
    let decided = Facts {
        decided: true,
        ..facts
    };
    Ok(Some(Next {
        state: to,
        word: ctx.t.word(&format!("elections-state-{}", to.as_str())),
        missing: election
            .state
            .advance(to, &decided)
            .err()
            .map(|refusal| actions::sentence(&acting, refusal, &zone))
            .unwrap_or_default(),
        from: facts
            .moment(to)
            .map(|at| instant_long(ctx.lang(), at, &zone))
            .unwrap_or_default(),
    }))
}

const fn power(to: ElectionState) -> Action {
    match to {
        ElectionState::Published => Action::ResultsPublish,
        _ => Action::ElectionMove,
    }
}

/// What a decision for the move must be, and whether the move can do without one.
const fn purpose(to: ElectionState) -> (Purpose, bool) {
    match to {
        ElectionState::Published => (Purpose::Publish, false),
        _ => (Purpose::Move, true),
    }
}

#[derive(Template)]
#[template(path = "elections/pages/office_move.html")]
struct Page {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    election_id: String,
    title: String,
    next: Next,
    basis: BasisFields,
}

async fn build(ctx: &Ctx, id: &str, errors: FieldErrors, form: FormData) -> Result<Page, Error> {
    let mut connection = ctx.read().await?;
    let election = queries::election(&mut connection, id).await?;
    let next = next_move(ctx, &mut connection, &election).await?;
    let next = next.ok_or(Error::Forbidden(Action::ElectionMove.name()))?;
    let (purpose, optional) = purpose(next.state);
    let asked = Asked {
        purpose,
        area_id: &election.area_id,
        election_id: Some(&election.id),
        contest_id: None,
        not_before: None,
        not_after: None,
    };
    let deciding = own_commission(ctx, &mut connection, &election.area_id).await?;
    let deciding = deciding.as_ref();
    let basis = BasisFields::of(ctx, &mut connection, &asked, deciding, optional, &form).await?;
    Ok(Page {
        s: office_shell(ctx, &election, ctx.t.elections_office_move(&next.word)),
        errors,
        title: election.title.get(ctx.lang()).to_owned(),
        next,
        basis,
        form: titled(form, purpose),
        election_id: election.id,
    })
}

pub(super) async fn form(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    page(&build(&ctx, &id, FieldErrors::new(), FormData::default()).await?)
}

pub(super) async fn advance(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    match try_advance(&ctx, &id, &form).await {
        Ok(()) => Ok(see(&format!("/office/elections/{id}?done=election-moved"))),
        Err(error) => {
            let errors = match error {
                Error::Unsupported => {
                    FieldErrors::take(Error::field("paper", ctx.t.error_415_text()))
                }
                Error::Conflict(sentence) => FieldErrors::take(Error::field("to", sentence)),
                other => FieldErrors::take(other),
            }?;
            page_with_errors(&build(&ctx, &id, errors, form).await?)
        }
    }
}

async fn try_advance(ctx: &Ctx, id: &str, form: &FormData) -> Result<(), Error> {
    let Some(to) = ElectionState::parse(form.text("to")) else {
        return Err(Error::field("to", ctx.t.form_choice()));
    };
    let deciding = {
        let mut connection = ctx.read().await?;
        let election = queries::election(&mut connection, id).await?;
        let state = Some(election.state.as_str());
        ctx.acting()?
            .require(&mut connection, power(to), &election.area_id, state)
            .await?;
        own_commission(ctx, &mut connection, &election.area_id).await?
    };
    let (errors, deciding) = (FieldErrors::new(), deciding.as_ref());
    let basis = match purpose(to) {
        (purpose, true) => read_basis(ctx, form, errors, deciding, purpose, true).await?,
        (purpose, false) => Some(read_needed_basis(ctx, form, errors, deciding, purpose).await?),
    };
    actions::move_to(&ctx.acting()?, id, to, basis).await
}
