//! The repeat election: what follows from a tie or an invalid contest, and the form that calls it.

use super::office::{acted_on, open, refused};
use crate::commissions::{DecisionFields, read_decision};
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::date_long;
use crate::platform::web::{Ctx, FieldErrors, FormData, Shell, page, page_with_errors, see};
use crate::platform::{Error, T};
use crate::results::actions::{CallRepeat, call_repeat};
use crate::results::model::{Outcome, OutcomeKind, RepeatTerm};
use crate::results::queries::{self, Contest, Election};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use electoral::RulePack;
use jiff::Span;
use jiff::civil::Date;

/// "The election is repeated within a month, not later than …", by the rules.
pub(super) fn repeat_sentence(t: T, pack: &RulePack, voting_day: Date) -> Result<String, Error> {
    Ok(match RepeatTerm::after(pack, voting_day)? {
        Some(term) => t.results_repeat_term(term.months, date_long(t.lang, term.last)),
        None => t.results_repeat_without_term(),
    })
}

/// What follows from an outcome, with the days that the rules give.
pub(super) async fn follows(
    ctx: &Ctx,
    reader: &mut Connection,
    election: &Election,
    contest: &Contest,
    outcome: &Outcome,
    decided_on: Date,
) -> Result<Vec<String>, Error> {
    let t = ctx.t;
    let pack = ctx.app.rules.get(&election.rules_id)?;
    let mut follows = Vec::new();
    if outcome.kind.is_repeated() && queries::repeated_by(reader, &contest.id).await?.is_none() {
        follows.push(repeat_sentence(t, &pack, contest.voting_day)?);
    }
    let appeal = pack
        .result
        .as_ref()
        .and_then(|r| r.invalid_appeal_days.as_ref())
        .filter(|_| outcome.kind == OutcomeKind::Invalid);
    if let Some(days) = appeal {
        let last = decided_on.checked_add(Span::new().days(i64::from(days.value)))?;
        follows.push(t.results_appeal_until(
            days.source.article.clone(),
            days.value,
            date_long(t.lang, last),
        ));
    }
    Ok(follows)
}

/// The way to the repeat election, and from it back to the first one.
pub(super) async fn repeat_links(
    t: T,
    reader: &mut Connection,
    contest: &Contest,
) -> Result<Vec<(String, String)>, Error> {
    let mut links = Vec::new();
    if let Some(first) = queries::repeats(reader, &contest.id).await? {
        let day = date_long(t.lang, first.voting_day);
        links.push((t.results_repeats(day), first.href()));
    }
    if let Some(later) = queries::repeated_by(reader, &contest.id).await? {
        let day = date_long(t.lang, later.voting_day);
        links.push((t.results_repeated_by(day), later.href()));
    }
    Ok(links)
}

#[derive(Template)]
#[template(path = "results/pages/office_repeat.html")]
struct RepeatPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    fields: DecisionFields,
    action: String,
    kicker: String,
    /// Until when, by the rules.
    term: String,
    /// Why nothing can be called now; the form is left out then.
    closed: String,
}

async fn build(
    ctx: &Ctx,
    id: &str,
    form: FormData,
    errors: FieldErrors,
) -> Result<RepeatPage, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let place = open(ctx, &mut reader, id, Action::ElectionRepeat).await?;
    let pack = ctx.app.rules.get(&place.election.rules_id)?;
    let outcome = queries::outcome(&mut reader, &place.contest.id).await?;
    let called = queries::repeated_by(&mut reader, &place.contest.id).await?;
    let closed = match (&called, &outcome) {
        (Some(_), _) => t.results_repeat_called_already(),
        (None, _) if place.contest.under_recount => t.results_register_recount(),
        (None, Some(outcome)) if outcome.kind.is_repeated() => String::new(),
        (None, _) => t.results_repeat_not_needed(),
    };
    Ok(RepeatPage {
        s: place.shell(ctx, &t.results_office_repeat_title()),
        errors,
        form: place.titled(form, |t, of| t.results_office_repeat_decision(of)),
        action: format!("/office/contests/{}/repeat", place.contest.id),
        kicker: place.kicker(ctx),
        term: repeat_sentence(t, &pack, place.contest.voting_day)?,
        closed,
        fields: place.fields,
    })
}

pub(super) async fn repeat(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    page(&build(&ctx, &id, FormData::default(), FieldErrors::new()).await?)
}

pub(super) async fn call(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    match try_call(&ctx, &id, &form).await {
        Ok(contest) => Ok(see(&format!("{contest}?done=repeat-called"))),
        Err(error) => {
            let errors = refused(ctx.t, error)?;
            page_with_errors(&build(&ctx, &id, form, errors).await?)
        }
    }
}

async fn try_call(ctx: &Ctx, id: &str, form: &FormData) -> Result<String, Error> {
    let t = ctx.t;
    let contest = acted_on(ctx, id, Action::ElectionRepeat).await?;
    let mut errors = FieldErrors::new();
    let voting_day = errors.date(t, form, "voting_day");
    let nomination_until = errors.date(t, form, "nomination_until");
    let registration_until = errors.date(t, form, "registration_until");
    let decision = read_decision(ctx, form, errors, &contest.commission_id, "").await?;
    let (Some(voting_day), Some(nomination_until), Some(registration_until)) =
        (voting_day, nomination_until, registration_until)
    else {
        return Err(Error::field("voting_day", t.form_date()));
    };
    let input = CallRepeat {
        contest_id: contest.id.clone(),
        voting_day,
        nomination_until,
        registration_until,
        decision,
        paper: form.bytes("paper"),
    };
    call_repeat(&ctx.acting()?, input).await?;
    Ok(contest.href())
}
