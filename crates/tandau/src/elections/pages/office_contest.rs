//! `/office/elections/{id}/contests`: a contest is called by a decision of its commission, on the act of the
//! body that fixed its territory and day.

use super::office_shell;
use crate::commissions::model::Commission;
use crate::commissions::{
    self, Asked, BasisFields, Purpose, own_commission, read_needed_basis, titled,
};
use crate::elections::actions::{self, CallContest};
use crate::elections::{ElectionState, queries};
use crate::platform::database::Connection;
use crate::platform::i18n::date_long;
use crate::platform::web::{
    Choice, Ctx, FieldErrors, FormData, Shell, page, page_with_errors, see,
};
use crate::platform::{Error, areas, ids};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

#[derive(Template)]
#[template(path = "elections/pages/office_contest.html")]
struct Page {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    election_id: String,
    title: String,
    day: String,
    called_by: String,
    area_code: String,
    acts: Vec<Choice>,
    basis: BasisFields,
}

/// The area this office belongs to, and the commission whose decisions it records.
async fn home(
    ctx: &Ctx,
    connection: &mut Connection,
) -> Result<(String, Option<Commission>), Error> {
    let acting = ctx.acting()?;
    let area = acting.actor().home_area().ok_or(Error::NotFound)?;
    let commission = own_commission(ctx, connection, area).await?;
    Ok((area.to_owned(), commission))
}

async fn build(ctx: &Ctx, id: &str, errors: FieldErrors, form: FormData) -> Result<Page, Error> {
    let mut connection = ctx.read().await?;
    let election = queries::election(&mut connection, id).await?;
    if election.state != ElectionState::Called {
        return Err(Error::Conflict(ctx.t.elections_contests_fixed()));
    }
    let t = ctx.t;
    let pack = ctx.app.rules.get(&election.rules_id)?;
    let (home, deciding) = home(ctx, &mut connection).await?;
    let asked = Asked {
        purpose: Purpose::Call,
        area_id: &home,
        election_id: Some(&election.id),
        contest_id: None,
        not_before: None,
        not_after: None,
    };
    let deciding = deciding.as_ref();
    let basis = BasisFields::of(ctx, &mut connection, &asked, deciding, false, &form).await?;
    let chosen = form.text("basis_decision_id").to_owned();
    let mut acts = vec![Choice::new("", t.elections_office_no_act(), &chosen)];
    let territory = Asked {
        purpose: Purpose::Territory,
        ..asked
    };
    for act in commissions::queries::offered(&mut connection, &territory).await? {
        let body = act.body.get(t.lang);
        let day = date_long(t.lang, act.decided_on);
        let number = t.elections_decision_number(day, act.number.as_str());
        let title = act.title.get(t.lang);
        acts.push(Choice::new(
            &act.id,
            format!("{body}, {number}. {title}"),
            &chosen,
        ));
    }
    let area = areas::by_id(&mut connection, &home, election.voting_day).await?;
    Ok(Page {
        s: office_shell(ctx, &election, t.elections_office_add()),
        errors,
        title: election.title.get(t.lang).to_owned(),
        day: date_long(t.lang, election.voting_day),
        called_by: pack
            .contest
            .called_by
            .value
            .get(crate::elections::calendar::language(t.lang))
            .to_owned(),
        // An office of a district calls in its own area; one above says where.
        area_code: match form.text("area_code") {
            "" if area.id != election.area_id => area.code,
            typed => typed.to_owned(),
        },
        acts,
        basis,
        form: titled(form, Purpose::Call),
        election_id: election.id,
    })
}

pub(super) async fn form(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    page(&build(&ctx, &id, FieldErrors::new(), FormData::default()).await?)
}

pub(super) async fn add(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    match try_add(&ctx, &id, &form).await {
        Ok(_) => Ok(see(&format!("/office/elections/{id}?done=contest-added"))),
        Err(error) => {
            let errors = match error {
                Error::Unsupported => {
                    FieldErrors::take(Error::field("paper", ctx.t.error_415_text()))
                }
                Error::Conflict(sentence) => FieldErrors::take(Error::field("area_code", sentence)),
                other => FieldErrors::take(other),
            }?;
            page_with_errors(&build(&ctx, &id, errors, form).await?)
        }
    }
}

async fn try_add(ctx: &Ctx, id: &str, form: &FormData) -> Result<String, Error> {
    let t = ctx.t;
    let (_, deciding) = {
        let mut connection = ctx.read().await?;
        home(ctx, &mut connection).await?
    };
    let mut errors = FieldErrors::new();
    errors.required(t, form, "area_code", 30);
    let act = form.text("basis_decision_id");
    if !act.is_empty() && !ids::is_id(act) {
        errors.add("basis_decision_id", t.form_choice());
    }
    let deciding = deciding.as_ref();
    let called_by = read_needed_basis(ctx, form, errors, deciding, Purpose::Call).await?;
    let call = CallContest {
        election_id: id.to_owned(),
        area_code: form.text("area_code").to_owned(),
        basis_decision_id: (!act.is_empty()).then(|| act.to_owned()),
        called_by,
    };
    actions::call_contest(&ctx.acting()?, call).await
}
