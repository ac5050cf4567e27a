//! One candidate in the office: what may be done, and what was done.

use super::office::{filled, open};
use super::office_contest::{basis_of, deciding, refused};
use super::public::Line;
use crate::candidates::actions::{self, Loss, Registration};
use crate::candidates::model::{Candidate, CandidateState};
use crate::candidates::queries;
use crate::commissions::{self, BasisFields, Purpose, read_basis, read_needed_basis, titled};
use crate::elections::calendar::language;
use crate::elections::pages::{Choice, office_shell};
use crate::platform::database::Connection;
use crate::platform::i18n::date_short;
use crate::platform::web::{Ctx, FieldErrors, FormData, Shell, page, page_with_errors, see};
use crate::platform::{Error, T};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;

/// What can happen to a candidate next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Register,
    Refuse,
    Withdraw,
    Cancel,
}

impl Act {
    const ALL: [Self; 4] = [Self::Register, Self::Refuse, Self::Withdraw, Self::Cancel];

    const fn word(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Refuse => "refuse",
            Self::Withdraw => "withdraw",
            Self::Cancel => "cancel",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.word() == word)
    }

    const fn leads_to(self) -> CandidateState {
        match self {
            Self::Register => CandidateState::Registered,
            Self::Refuse => CandidateState::Refused,
            Self::Withdraw => CandidateState::Withdrawn,
            Self::Cancel => CandidateState::Cancelled,
        }
    }

    const fn purpose(self) -> Purpose {
        match self {
            Self::Register => Purpose::Register,
            Self::Refuse => Purpose::Refuse,
            Self::Withdraw => Purpose::Withdraw,
            Self::Cancel => Purpose::Cancel,
        }
    }

    fn text(self, t: T) -> String {
        match self {
            Self::Register => t.candidates_office_act_register(),
            Self::Refuse => t.candidates_office_act_refuse(),
            Self::Withdraw => t.candidates_office_act_withdraw(),
            Self::Cancel => t.candidates_office_act_cancel(),
        }
    }
}

/// `?act=`: which act's form is shown.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Chosen {
    #[serde(default)]
    act: String,
}

#[derive(Template)]
#[template(path = "candidates/pages/office_candidate.html")]
struct CandidatePage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    contest_id: String,
    line: Line,
    documents: Vec<String>,
    /// Acts that are possible: word and text.
    acts: Vec<(&'static str, String)>,
    /// The form of the chosen act.
    decide: Option<Decide>,
    history: Vec<Past>,
}

struct Decide {
    act: &'static str,
    text: String,
    asks_signatures: bool,
    /// Reasons of the rules for this act; none for a registration.
    reasons: Vec<Choice>,
    basis: BasisFields,
}

struct Past {
    day: String,
    state: String,
    reason: String,
    note: String,
    decision: String,
}

async fn candidate_page(
    ctx: &Ctx,
    connection: &mut Connection,
    (id, candidate_id): (&str, &str),
    act: Option<Act>,
    errors: FieldErrors,
    form: FormData,
) -> Result<CandidatePage, Error> {
    let place = open(ctx, connection, id).await?;
    let candidate = of_contest(connection, id, candidate_id).await?;
    let events = queries::events(connection, candidate_id).await?;
    let (t, lang) = (ctx.t, language(ctx.lang()));
    let possible: Vec<Act> = Act::ALL
        .into_iter()
        .filter(|act| place.may_change && candidate.state.advance(act.leads_to()).is_some())
        .collect();
    let act = act.filter(|act| possible.contains(act));
    let decide = match act {
        None => None,
        Some(act) => {
            let commission =
                commissions::queries::by_id(connection, &place.contest.commission_id).await?;
            let purpose = act.purpose();
            let nominator = place.pack.nominator(&candidate.nominated_by);
            Some(Decide {
                act: act.word(),
                text: act.text(t),
                asks_signatures: act == Act::Register
                    && nominator.is_some_and(|n| n.signatures_percent.is_some()),
                reasons: reasons(ctx, &place.pack, act, form.text("reason_code")),
                basis: basis_of(ctx, connection, &place, &commission, purpose, &form).await?,
            })
        }
    };
    let reason_name = |code: &str| {
        let loss = place.pack.loss(code);
        loss.map(|l| l.name.get(lang).to_owned())
            .unwrap_or_default()
    };
    Ok(CandidatePage {
        s: office_shell(ctx, &place.election, t.candidates_office_title()),
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
        acts: possible.iter().map(|a| (a.word(), a.text(t))).collect(),
        decide,
        history: events
            .iter()
            .map(|e| Past {
                day: date_short(t.lang, e.on_day),
                state: t.word(&format!("candidates-state-{}", e.state.as_str())),
                reason: reason_name(&e.reason_code),
                note: e.note.clone(),
                decision: e.decision_id.clone().unwrap_or_default(),
            })
            .collect(),
        line: Line::of(t, &place.pack, &candidate, &events),
        errors,
        form: match act {
            Some(act) => titled(form, act.purpose()),
            None => form,
        },
        contest_id: place.contest.id,
    })
}

/// The reasons that the rules give for an act.
fn reasons(ctx: &Ctx, pack: &electoral::RulePack, act: Act, chosen: &str) -> Vec<Choice> {
    let lang = language(ctx.lang());
    let Some(loss_act) = act.leads_to().loss_act() else {
        return Vec::new();
    };
    let mut choices = vec![Choice::new("", ctx.t.candidates_office_no_reason(), chosen)];
    let fitting = pack.losses.iter().filter(|l| l.acts.contains(&loss_act));
    choices.extend(fitting.map(|loss| {
        let article = pack.cite(&loss.source, lang);
        Choice::new(
            &loss.id,
            format!("{} ({article})", loss.name.get(lang)),
            chosen,
        )
    }));
    choices
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
    Query(chosen): Query<Chosen>,
) -> Result<Response, Error> {
    let mut connection = ctx.read().await?;
    let (none, form) = (FieldErrors::new(), FormData::default());
    let (path, act) = (
        (id.as_str(), candidate_id.as_str()),
        Act::parse(&chosen.act),
    );
    page(&candidate_page(&ctx, &mut connection, path, act, none, form).await?)
}

pub(super) async fn decide(
    ctx: Ctx,
    Path((id, candidate_id)): Path<(String, String)>,
    form: FormData,
) -> Result<Response, Error> {
    match try_decide(&ctx, &id, &candidate_id, &form).await {
        Ok(()) => Ok(see(&format!(
            "/office/contests/{id}/candidates?done=candidate-changed"
        ))),
        Err(error) => {
            let errors = refused(&ctx, error)?;
            let mut connection = ctx.read().await?;
            let (path, act) = (
                (id.as_str(), candidate_id.as_str()),
                Act::parse(form.text("act")),
            );
            let again = candidate_page(&ctx, &mut connection, path, act, errors, form);
            page_with_errors(&again.await?)
        }
    }
}

async fn try_decide(ctx: &Ctx, id: &str, candidate_id: &str, form: &FormData) -> Result<(), Error> {
    let t = ctx.t;
    let commission = {
        let mut connection = ctx.read().await?;
        of_contest(&mut connection, id, candidate_id).await?;
        deciding(ctx, &mut connection, id).await?.1
    };
    let Some(act) = Act::parse(form.text("act")) else {
        return Err(Error::field("act", t.form_choice()));
    };
    let mut errors = FieldErrors::new();
    let on = errors.date(t, form, "on");
    let signatures_valid = if form.text("signatures_valid").is_empty() {
        None
    } else {
        errors.count(t, form, "signatures_valid")
    };
    let (commission, purpose) = (Some(&commission), act.purpose());
    let day = || on.ok_or_else(|| Error::field("on", t.form_date()));
    let acting = ctx.acting()?;
    if act == Act::Register {
        let basis = read_needed_basis(ctx, form, errors, commission, purpose).await?;
        let input = Registration {
            candidate_id: candidate_id.to_owned(),
            on: day()?,
            signatures_valid,
            basis,
        };
        return actions::register(&acting, input).await;
    }
    let optional = act == Act::Withdraw;
    let basis = read_basis(ctx, form, errors, commission, purpose, optional).await?;
    let input = Loss {
        candidate_id: candidate_id.to_owned(),
        on: day()?,
        reason_code: filled(form, "reason_code").unwrap_or_default(),
        note: form.text("note").to_owned(),
        basis,
    };
    match act {
        Act::Refuse => actions::refuse(&acting, input).await,
        Act::Cancel => actions::cancel(&acting, input).await,
        Act::Withdraw | Act::Register => actions::withdraw(&acting, input).await,
    }
}
