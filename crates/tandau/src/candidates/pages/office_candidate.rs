//! One candidate in the office: what may be done, and what was done.

use super::public::Line;
use crate::candidates::actions::{self, Loss, Registration};
use crate::candidates::model::{Candidate, CandidateState};
use crate::candidates::queries;
use crate::elections::calendar::language;
use crate::elections::pages::{Choice, decision_choices, office_shell};
use crate::platform::Error;
use crate::platform::database::Connection;
use crate::platform::i18n::date_short;
use crate::platform::web::{Ctx, FieldErrors, FormData, Shell, page, page_with_errors, see};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::office::*;

#[derive(Template)]
#[template(path = "candidates/pages/office_candidate.html")]
struct CandidatePage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    contest_id: String,
    line: Line,
    documents: Vec<String>,
    acts: Vec<Choice>,
    reasons: Vec<Choice>,
    decisions: Vec<Choice>,
    history: Vec<Past>,
}

struct Past {
    day: String,
    state: String,
    reason: String,
    note: String,
}

async fn candidate_page(
    ctx: &Ctx,
    connection: &mut Connection,
    id: &str,
    candidate_id: &str,
    errors: FieldErrors,
    form: FormData,
) -> Result<CandidatePage, Error> {
    let place = open(ctx, connection, id).await?;
    let candidate = of_contest(connection, id, candidate_id).await?;
    let events = queries::events(connection, candidate_id).await?;
    let (t, lang) = (ctx.t, language(ctx.lang()));
    let reason_name = |code: &str| {
        place
            .pack
            .loss(code)
            .map(|l| l.name.get(lang).to_owned())
            .unwrap_or_default()
    };
    let mut reasons = vec![Choice::new(
        "",
        t.candidates_office_no_reason(),
        form.text("reason_code"),
    )];
    reasons.extend(place.pack.losses.iter().map(|loss| {
        let text = format!(
            "{} ({})",
            loss.name.get(lang),
            place.pack.cite(&loss.source, lang)
        );
        Choice::new(&loss.id, text, form.text("reason_code"))
    }));
    let decisions =
        decision_choices(connection, t, &place.election.id, form.text("decision_id")).await?;
    Ok(CandidatePage {
        s: office_shell(ctx, &place.election, t.candidates_office_title()),
        contest_id: place.contest.id.clone(),
        documents: place
            .pack
            .documents
            .iter()
            .filter(|d| d.nominators.contains(&candidate.nominated_by))
            .map(|d| {
                let article = place.pack.cite(&d.source, lang);
                format!("{} ({article})", d.name.get(lang))
            })
            .collect(),
        acts: if place.may_change {
            acts(ctx, &candidate, form.text("act"))
        } else {
            Vec::new()
        },
        history: events
            .iter()
            .map(|e| Past {
                day: date_short(t.lang, e.on_day),
                state: t.word(&format!("candidates-state-{}", e.state.as_str())),
                reason: reason_name(&e.reason_code),
                note: e.note.clone(),
            })
            .collect(),
        line: Line::of(t, &place.pack, &candidate, &events),
        reasons,
        decisions,
        errors,
        form,
    })
}

/// What may happen to the candidate next.
fn acts(ctx: &Ctx, candidate: &Candidate, chosen: &str) -> Vec<Choice> {
    let t = ctx.t;
    [
        (
            CandidateState::Registered,
            "register",
            t.candidates_office_act_register(),
        ),
        (
            CandidateState::Refused,
            "refuse",
            t.candidates_office_act_refuse(),
        ),
        (
            CandidateState::Withdrawn,
            "withdraw",
            t.candidates_office_act_withdraw(),
        ),
        (
            CandidateState::Cancelled,
            "cancel",
            t.candidates_office_act_cancel(),
        ),
    ]
    .into_iter()
    .filter(|(to, _, _)| candidate.state.advance(*to).is_some())
    .map(|(_, value, text)| Choice::new(value, text, chosen))
    .collect()
}

async fn of_contest(
    connection: &mut Connection,
    contest_id: &str,
    candidate_id: &str,
) -> Result<Candidate, Error> {
    let candidate = queries::candidate(connection, candidate_id).await?;
    if candidate.contest_id == contest_id {
        Ok(candidate)
    } else {
        Err(Error::NotFound)
    }
}

pub(super) async fn candidate(
    ctx: Ctx,
    Path((id, candidate_id)): Path<(String, String)>,
) -> Result<Response, Error> {
    let mut connection = ctx.read().await?;
    let (none, form) = (FieldErrors::new(), FormData::default());
    page(&candidate_page(&ctx, &mut connection, &id, &candidate_id, none, form).await?)
}

pub(super) async fn decide(
    ctx: Ctx,
    Path((id, candidate_id)): Path<(String, String)>,
    form: FormData,
) -> Result<Response, Error> {
    {
        let mut connection = ctx.read().await?;
        of_contest(&mut connection, &id, &candidate_id).await?;
    }
    match decide_from(&ctx, &candidate_id, &form).await {
        Ok(()) => Ok(see(&format!(
            "/office/contests/{id}/candidates?done=candidate-changed"
        ))),
        Err(error) => {
            let errors = FieldErrors::take(error)?;
            let mut connection = ctx.read().await?;
            let again = candidate_page(&ctx, &mut connection, &id, &candidate_id, errors, form);
            page_with_errors(&again.await?)
        }
    }
}

async fn decide_from(ctx: &Ctx, candidate_id: &str, form: &FormData) -> Result<(), Error> {
    let acting = ctx.acting()?;
    let mut errors = FieldErrors::new();
    let on = errors.date(ctx.t, form, "on");
    let signatures_valid = if form.text("signatures_valid").is_empty() {
        None
    } else {
        errors.count(ctx.t, form, "signatures_valid")
    };
    let act = form.text("act");
    if !matches!(act, "register" | "refuse" | "withdraw" | "cancel") {
        errors.add("act", ctx.t.form_choice());
    }
    errors.done()?;
    let on = on.ok_or(Error::NotFound)?;
    let decision_id = filled(form, "decision_id");
    if act == "register" {
        let input = Registration {
            candidate_id: candidate_id.to_owned(),
            on,
            signatures_valid,
            decision_id: decision_id
                .ok_or_else(|| Error::field("decision_id", ctx.t.form_required()))?,
        };
        return actions::register(&acting, input).await;
    }
    let input = Loss {
        candidate_id: candidate_id.to_owned(),
        on,
        reason_code: form.text("reason_code").to_owned(),
        note: form.text("note").to_owned(),
        decision_id,
    };
    match act {
        "refuse" => actions::refuse(&acting, input).await,
        "cancel" => actions::cancel(&acting, input).await,
        _ => actions::withdraw(&acting, input).await,
    }
}
