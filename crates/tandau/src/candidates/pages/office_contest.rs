//! What the commission decides about its contest: the ballot's text, a longer nomination, another day. Each
//! act stands on a page of its own with the decision behind it.

use super::office::{Place, open};
use crate::candidates::actions::{self, Extension, FixBallot, Postponement};
use crate::commissions::model::Commission;
use crate::commissions::{self, Asked, BasisFields, Purpose, read_needed_basis, titled};
use crate::elections::pages::{office_shell, parse_moment};
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::web::{Ctx, FieldErrors, FormData, Shell, page, page_with_errors, see};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

#[derive(Template)]
#[template(path = "candidates/pages/office_contest.html")]
struct Page {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    contest_id: String,
    name: String,
    heading: String,
    text: String,
    part: &'static str,
    asks_until: bool,
    asks_day: bool,
    basis: BasisFields,
}

/// The contest and its commission, where this office changes candidates now.
pub(super) async fn deciding(
    ctx: &Ctx,
    connection: &mut Connection,
    id: &str,
) -> Result<(Place, Commission), Error> {
    let place = open(ctx, connection, id).await?;
    if !place.may_change {
        return Err(Error::Forbidden(Action::CandidateChange.name()));
    }
    let commission = commissions::queries::by_id(connection, &place.contest.commission_id).await?;
    Ok((place, commission))
}

/// The fields of the decision behind an act on a contest.
pub(super) async fn basis_of(
    ctx: &Ctx,
    connection: &mut Connection,
    place: &Place,
    commission: &Commission,
    purpose: Purpose,
    form: &FormData,
) -> Result<BasisFields, Error> {
    let asked = Asked {
        purpose,
        area_id: &place.contest.area_id,
        election_id: Some(&place.election.id),
        contest_id: Some(&place.contest.id),
        not_before: None,
        not_after: None,
    };
    let optional = purpose == Purpose::Withdraw;
    BasisFields::of(ctx, connection, &asked, Some(commission), optional, form).await
}

async fn build(
    ctx: &Ctx,
    id: &str,
    purpose: Purpose,
    errors: FieldErrors,
    form: FormData,
) -> Result<Page, Error> {
    let t = ctx.t;
    let mut connection = ctx.read().await?;
    let (place, commission) = deciding(ctx, &mut connection, id).await?;
    let basis = basis_of(ctx, &mut connection, &place, &commission, purpose, &form).await?;
    let (part, heading, text) = match purpose {
        Purpose::Extend => ("extension", t.candidates_office_extend(), String::new()),
        Purpose::Postpone => (
            "postponement",
            t.candidates_office_postpone(),
            String::new(),
        ),
        _ => (
            "ballot",
            t.candidates_office_ballot(),
            t.candidates_office_ballot_text(),
        ),
    };
    Ok(Page {
        s: office_shell(ctx, &place.election, heading.clone()),
        errors,
        name: place.contest.names.get(t.lang).to_owned(),
        contest_id: place.contest.id,
        heading,
        text,
        part,
        asks_until: purpose == Purpose::Extend,
        asks_day: purpose == Purpose::Postpone,
        basis,
        form: titled(form, purpose),
    })
}

async fn empty(ctx: &Ctx, id: &str, purpose: Purpose) -> Result<Response, Error> {
    page(&build(ctx, id, purpose, FieldErrors::new(), FormData::default()).await?)
}

/// The page again with what is wrong, or on to the candidates.
async fn answer(
    ctx: &Ctx,
    id: &str,
    purpose: Purpose,
    form: FormData,
    result: Result<(), Error>,
    done: &str,
) -> Result<Response, Error> {
    match result {
        Ok(()) => Ok(see(&format!(
            "/office/contests/{id}/candidates?done={done}"
        ))),
        Err(error) => {
            let errors = refused(ctx, error)?;
            page_with_errors(&build(ctx, id, purpose, errors, form).await?)
        }
    }
}

/// A refusal under the names of the form's fields; what fits no field stands at the head.
pub(super) fn refused(ctx: &Ctx, error: Error) -> Result<FieldErrors, Error> {
    FieldErrors::take(match error {
        Error::Unsupported => Error::field("paper", ctx.t.error_415_text()),
        Error::Conflict(sentence) => Error::field("act", sentence),
        other => other,
    })
}

pub(super) async fn ballot(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    empty(&ctx, &id, Purpose::Ballot).await
}

pub(super) async fn fix_ballot(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let result = try_fix_ballot(&ctx, &id, &form).await;
    answer(&ctx, &id, Purpose::Ballot, form, result, "ballot-fixed").await
}

async fn try_fix_ballot(ctx: &Ctx, id: &str, form: &FormData) -> Result<(), Error> {
    let (_, commission) = {
        let mut connection = ctx.read().await?;
        deciding(ctx, &mut connection, id).await?
    };
    let (errors, commission) = (FieldErrors::new(), Some(&commission));
    let basis = read_needed_basis(ctx, form, errors, commission, Purpose::Ballot).await?;
    let input = FixBallot {
        contest_id: id.to_owned(),
        basis,
    };
    actions::fix_ballot(&ctx.acting()?, input).await.map(drop)
}

pub(super) async fn extension(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    empty(&ctx, &id, Purpose::Extend).await
}

pub(super) async fn extend(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let result = try_extend(&ctx, &id, &form).await;
    answer(
        &ctx,
        &id,
        Purpose::Extend,
        form,
        result,
        "nomination-extended",
    )
    .await
}

async fn try_extend(ctx: &Ctx, id: &str, form: &FormData) -> Result<(), Error> {
    let (place, commission) = {
        let mut connection = ctx.read().await?;
        deciding(ctx, &mut connection, id).await?
    };
    let mut errors = FieldErrors::new();
    let zone = place.contest.time_zone()?;
    let until = parse_moment(ctx.t, form, "until", &zone, &mut errors);
    if until.is_none() && errors.is_empty() {
        errors.add("until", ctx.t.form_required());
    }
    let commission = Some(&commission);
    let basis = read_needed_basis(ctx, form, errors, commission, Purpose::Extend).await?;
    let input = Extension {
        contest_id: id.to_owned(),
        until: until.ok_or_else(|| Error::field("until", ctx.t.form_required()))?,
        basis,
    };
    actions::extend_nomination(&ctx.acting()?, input).await
}

pub(super) async fn postponement(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    empty(&ctx, &id, Purpose::Postpone).await
}

pub(super) async fn postpone(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let result = try_postpone(&ctx, &id, &form).await;
    answer(&ctx, &id, Purpose::Postpone, form, result, "voting-moved").await
}

async fn try_postpone(ctx: &Ctx, id: &str, form: &FormData) -> Result<(), Error> {
    let (_, commission) = {
        let mut connection = ctx.read().await?;
        deciding(ctx, &mut connection, id).await?
    };
    let mut errors = FieldErrors::new();
    let day = errors.date(ctx.t, form, "voting_day");
    let commission = Some(&commission);
    let basis = read_needed_basis(ctx, form, errors, commission, Purpose::Postpone).await?;
    let input = Postponement {
        contest_id: id.to_owned(),
        voting_day: day.ok_or_else(|| Error::field("voting_day", ctx.t.form_date()))?,
        basis,
    };
    actions::postpone(&ctx.acting()?, input).await
}
