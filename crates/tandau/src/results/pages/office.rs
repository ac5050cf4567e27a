//! The office: a commission determines its contest and registers who was elected.

use super::contest::{BallotView, ballot_view};
use super::repeat::repeat_sentence;
use super::words::name;
use crate::commissions::{self, DecisionFields, read_decision};
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::date_long;
use crate::platform::web::fields::three;
use crate::platform::web::{Crumb, Ctx, FieldErrors, FormData, Shell, page, page_with_errors, see};
use crate::platform::{Error, Names, T};
use crate::results::actions::{self, Determine, RegisterElected};
use crate::results::queries::{self, Candidate, Contest, Election};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use electoral::tabulation::Outcome as Tabulated;

/// The contest of an address, where this office has the power to act on it.
pub(super) struct Place {
    pub(super) election: Election,
    pub(super) contest: Contest,
    pub(super) candidates: Vec<Candidate>,
    pub(super) fields: DecisionFields,
}

pub(super) async fn open(
    ctx: &Ctx,
    connection: &mut Connection,
    id: &str,
    action: Action,
) -> Result<Place, Error> {
    let (election_id, _) = id.split_once('.').ok_or(Error::NotFound)?;
    let election = queries::election(connection, election_id).await?;
    let contest = queries::contest(connection, &election.id, id).await?;
    let phase = actions::phase_of(connection, &contest.id, ctx.app.clock.now()).await?;
    ctx.acting()?
        .require(connection, action, &contest.area_id, Some(phase.as_str()))
        .await?;
    let commission = commissions::queries::by_id(connection, &contest.commission_id).await?;
    Ok(Place {
        candidates: queries::candidates(connection, &contest.id).await?,
        fields: DecisionFields::of(ctx, connection, &commission).await?,
        election,
        contest,
    })
}

impl Place {
    pub(super) fn shell(&self, ctx: &Ctx, title: &str) -> Shell {
        ctx.shell(
            "office",
            title,
            vec![
                Crumb::to("/office", ctx.t.shell_nav_office()),
                Crumb::to(self.contest.href(), name(&self.contest.names, ctx.lang())),
                Crumb::here(title),
            ],
        )
    }

    pub(super) fn kicker(&self, ctx: &Ctx) -> String {
        format!(
            "{} · {}",
            name(&self.contest.names, ctx.lang()),
            date_long(ctx.lang(), self.contest.voting_day)
        )
    }

    /// A form whose title, unless something was typed, is said of the contest in the three languages.
    pub(super) fn titled(&self, form: FormData, say: impl Fn(T, &str) -> String) -> FormData {
        if !form.fields().is_empty() {
            return form;
        }
        let title = Names::each(|t| say(t, self.contest.names.get(t.lang)));
        FormData::from_fields(three("title", &title).into())
    }

    fn candidate(&self, id: &str) -> Option<&Candidate> {
        self.candidates.iter().find(|c| c.id == id)
    }
}

#[derive(Template)]
#[template(path = "results/pages/office_outcome.html")]
struct OutcomePage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    fields: DecisionFields,
    action: String,
    kicker: String,
    counted: String,
    /// What the rules make of the votes; empty while a protocol is missing.
    by_rules: String,
    why: String,
    article: String,
    ballot: BallotView,
    /// What was determined before, when this is a correction.
    before: String,
}

async fn build_outcome(
    ctx: &Ctx,
    id: &str,
    form: FormData,
    errors: FieldErrors,
) -> Result<OutcomePage, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let place = open(ctx, &mut reader, id, Action::OutcomeDetermine).await?;
    let pack = ctx.app.rules.get(&place.election.rules_id)?;
    let sums = queries::sums_of_contest(&mut reader, &place.contest.id).await?;
    let tabulated = actions::by_the_rules(&mut reader, &pack, &place.contest.id, t).await?;
    let before = queries::outcome(&mut reader, &place.contest.id).await?;
    let (by_rules, why, article) = match &tabulated {
        None => (String::new(), String::new(), String::new()),
        Some(outcome) => {
            let (what, mut why) = said(t, &place, outcome);
            if !matches!(outcome, Tabulated::Elected { .. }) {
                let repeated = repeat_sentence(t, &pack, place.contest.voting_day)?;
                why = format!("{why} {repeated}");
            }
            let article = outcome
                .source(&pack)
                .map(|source| t.results_basis(source.article.clone()))
                .unwrap_or_default();
            (what, why, article)
        }
    };
    Ok(OutcomePage {
        s: place.shell(ctx, &t.results_office_outcome_title()),
        errors,
        form: place.titled(form, |t, of| t.results_office_outcome_decision(of)),
        action: format!("/office/contests/{}/outcome", place.contest.id),
        kicker: place.kicker(ctx),
        counted: t.results_stations_counted(
            place.contest.progress.accepted,
            place.contest.progress.expected,
        ),
        by_rules,
        why,
        article,
        ballot: ballot_view(t, &place.candidates, Some(&sums), None, &place.contest),
        before: before
            .map(|outcome| t.results_office_before(t.word(outcome.kind.message_key())))
            .unwrap_or_default(),
        fields: place.fields,
    })
}

/// An outcome in words: what, and why.
fn said(t: T, place: &Place, outcome: &Tabulated<String>) -> (String, String) {
    let called = |id: &String| {
        place
            .candidate(id)
            .map_or_else(|| id.clone(), |c| name(&c.names, t.lang))
    };
    match outcome {
        Tabulated::Elected {
            candidate, margin, ..
        } => (
            t.results_contest_elected(called(candidate)),
            t.results_why_elected(*margin),
        ),
        Tabulated::Tie { candidates, votes } => (
            format!(
                "{}: {}",
                t.results_outcome_tie(),
                candidates.iter().map(called).collect::<Vec<_>>().join(", ")
            ),
            t.results_why_tie(*votes),
        ),
        Tabulated::NoVotes => (t.results_outcome_no_votes(), t.results_why_no_votes()),
        Tabulated::Invalid { reason } => (t.results_outcome_invalid(), reason.clone()),
        Tabulated::Incomplete { .. } => (String::new(), String::new()),
    }
}

pub(super) async fn outcome(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    page(&build_outcome(&ctx, &id, FormData::default(), FieldErrors::new()).await?)
}

pub(super) async fn determine(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    match try_determine(&ctx, &id, &form).await {
        Ok(contest) => Ok(see(&format!("{contest}?done=outcome-determined"))),
        Err(error) => {
            let errors = refused(ctx.t, error)?;
            page_with_errors(&build_outcome(&ctx, &id, form, errors).await?)
        }
    }
}

async fn try_determine(ctx: &Ctx, id: &str, form: &FormData) -> Result<String, Error> {
    let contest = acted_on(ctx, id, Action::OutcomeDetermine).await?;
    let decision = read_decision(ctx, form, FieldErrors::new(), &contest.commission_id, "").await?;
    let input = Determine {
        contest_id: contest.id.clone(),
        decision,
        declared_invalid: form
            .ticked("invalid")
            .then(|| form.text("reason").to_owned()),
        paper: form.bytes("paper"),
    };
    actions::determine(&ctx.acting()?, input).await?;
    Ok(contest.href())
}

/// The contest, once the power to act on it is certain: before anything is read from the form.
pub(super) async fn acted_on(ctx: &Ctx, id: &str, action: Action) -> Result<Contest, Error> {
    let mut reader = ctx.read().await?;
    Ok(open(ctx, &mut reader, id, action).await?.contest)
}

/// A refusal under the names of the form's fields; what fits no field stands at the head.
pub(super) fn refused(t: T, error: Error) -> Result<FieldErrors, Error> {
    let (field, message) = match error {
        Error::Unsupported => ("paper", t.error_415_text()),
        Error::Conflict(sentence) => ("decision", sentence),
        other => return FieldErrors::take(other),
    };
    let mut errors = FieldErrors::new();
    errors.add(field, message);
    Ok(errors)
}

#[derive(Template)]
#[template(path = "results/pages/office_elected.html")]
struct ElectedPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    fields: DecisionFields,
    action: String,
    kicker: String,
    elected: String,
    why: String,
    /// Why nobody can be registered now; the form is left out then.
    closed: String,
}

async fn build_elected(
    ctx: &Ctx,
    id: &str,
    form: FormData,
    errors: FieldErrors,
) -> Result<ElectedPage, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let place = open(ctx, &mut reader, id, Action::ElectedRegister).await?;
    let outcome = queries::outcome(&mut reader, &place.contest.id).await?;
    let registered = queries::taking_office(&mut reader, &place.contest.id).await?;
    let elected = outcome
        .as_ref()
        .and_then(|o| place.candidate(o.candidate_id.as_deref()?))
        .map(|c| name(&c.names, t.lang));
    let closed = match (&registered, &elected) {
        (Some(_), _) => t.results_registered_already(),
        (None, None) => t.results_nobody_elected(),
        (None, Some(_)) => String::new(),
    };
    Ok(ElectedPage {
        s: place.shell(ctx, &t.results_office_elected_title()),
        errors,
        form: place.titled(form, |t, of| t.results_office_elected_decision(of)),
        action: format!("/office/contests/{}/elected", place.contest.id),
        kicker: place.kicker(ctx),
        why: outcome
            .filter(|_| elected.is_some())
            .map(|o| t.results_why_elected(o.margin))
            .unwrap_or_default(),
        elected: elected.unwrap_or_default(),
        closed,
        fields: place.fields,
    })
}

pub(super) async fn elected(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    page(&build_elected(&ctx, &id, FormData::default(), FieldErrors::new()).await?)
}

pub(super) async fn register(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    match try_register(&ctx, &id, &form).await {
        Ok(contest) => Ok(see(&format!("{contest}?done=elected-registered"))),
        Err(error) => {
            let errors = refused(ctx.t, error)?;
            page_with_errors(&build_elected(&ctx, &id, form, errors).await?)
        }
    }
}

async fn try_register(ctx: &Ctx, id: &str, form: &FormData) -> Result<String, Error> {
    let t = ctx.t;
    let contest = acted_on(ctx, id, Action::ElectedRegister).await?;
    let mut errors = FieldErrors::new();
    let resigned_on = if form.text("resigned_on").is_empty() {
        errors.add("resigned_on", t.results_resignation_needed());
        None
    } else {
        errors.date(t, form, "resigned_on")
    };
    let decision = read_decision(ctx, form, errors, &contest.commission_id, "").await?;
    let input = RegisterElected {
        contest_id: contest.id.clone(),
        resigned_on,
        decision,
        paper: form.bytes("paper"),
    };
    actions::register_elected(&ctx.acting()?, input).await?;
    Ok(contest.href())
}
