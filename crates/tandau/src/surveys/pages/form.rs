//! `/office/surveys/new` and `…/edit`: what stands around the questions.

use super::{crumbs, names, own, pair, seen, three};
use crate::commissions::pages::home_code;
use crate::elections::pages::choices;
use crate::platform::access::Action;
use crate::platform::web::fields::area_of;
use crate::platform::web::{
    Choice, Ctx, FieldErrors, FormData, Shell, page as render, page_with_errors, see,
};
use crate::platform::{Error, ids};
use crate::surveys::actions;
use crate::surveys::model::{NewSurvey, Survey};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

#[derive(Template)]
#[template(path = "surveys/pages/form.html")]
struct FormPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    action: String,
    title: String,
    editing: bool,
    elections: Vec<Choice>,
    tokens_above: u64,
}

async fn build(
    ctx: &Ctx,
    form: FormData,
    errors: FieldErrors,
    survey: Option<&Survey>,
) -> Result<FormPage, Error> {
    let t = ctx.t;
    let title = if survey.is_some() {
        t.surveys_edit()
    } else {
        t.surveys_new()
    };
    let current = form.text("election");
    let mut reader = ctx.read().await?;
    let choices = choices(ctx, &mut reader, t.surveys_election_none(), current).await?;
    Ok(FormPage {
        s: ctx.shell("office", title.clone(), crumbs(ctx, survey, title.clone())),
        action: match survey {
            Some(survey) => format!("/office/surveys/{}/edit", survey.id),
            None => "/office/surveys/new".to_owned(),
        },
        editing: survey.is_some(),
        tokens_above: ctx.app.rules.surveys().tokens_above.value,
        title,
        elections: choices,
        errors,
        form,
    })
}

pub(super) async fn new(ctx: Ctx) -> Result<Response, Error> {
    let code = home_code(&ctx).await?;
    let form = FormData::from_fields(vec![
        pair("id", ids::new_id()),
        pair("area", code),
        pair("held_on", ctx.app.today().to_string()),
    ]);
    render(&build(&ctx, form, FieldErrors::new(), None).await?)
}

/// What the form says. The area and the id of a survey that is there don't change.
async fn read(ctx: &Ctx, form: &FormData, survey: Option<&Survey>) -> Result<NewSurvey, Error> {
    let t = ctx.t;
    let mut errors = FieldErrors::new();
    let held_on = errors.date(t, form, "held_on");
    let present = if form.text("present").is_empty() {
        None
    } else {
        errors.count(t, form, "present")
    };
    let (id, area_id) = match survey {
        Some(survey) => (survey.id.clone(), survey.area_id.clone()),
        None => {
            let found = area_of(ctx, form.text("area")).await?;
            if found.is_none() {
                errors.add("area", t.surveys_area_unknown());
            }
            (form.text("id").to_owned(), found.unwrap_or_default())
        }
    };
    errors.done()?;
    Ok(NewSurvey {
        id,
        area_id,
        election_id: form.text("election").to_owned(),
        title: names(form, "title"),
        wants_tokens: form.ticked("wants_tokens"),
        live: form.ticked("live"),
        present,
        held_on: held_on.ok_or_else(|| Error::field("held_on", t.form_date()))?,
    })
}

pub(super) async fn create(ctx: Ctx, form: FormData) -> Result<Response, Error> {
    let done = async {
        let new = read(&ctx, &form, None).await?;
        actions::create(&ctx.acting()?, new).await
    };
    match done.await {
        Ok(survey) => Ok(see(&format!(
            "/office/surveys/{}?done=surveys-created",
            survey.id
        ))),
        Err(error) => {
            let errors = FieldErrors::take(error.renamed("title", "title_kk"))?;
            page_with_errors(&build(&ctx, form, errors, None).await?)
        }
    }
}

pub(super) async fn editing(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let survey = own(&ctx, &id, Action::SurveyMake).await?;
    let tick = |on: bool| if on { "yes" } else { "" };
    let present = survey.present.map_or_else(String::new, |n| n.to_string());
    let mut fields = vec![
        pair("version", survey.version.to_string()),
        pair("election", &survey.election_id),
        pair("wants_tokens", tick(survey.wants_tokens)),
        pair("live", tick(survey.live)),
        pair("present", present),
        pair("held_on", survey.held_on.to_string()),
    ];
    fields.extend(three("title", &survey.title));
    let form = FormData::from_fields(fields);
    render(&build(&ctx, form, FieldErrors::new(), Some(&survey)).await?)
}

pub(super) async fn edit(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let survey = own(&ctx, &id, Action::SurveyMake).await?;
    let done = async {
        let new = read(&ctx, &form, Some(&survey)).await?;
        actions::edit(&ctx.acting()?, seen(&form), new).await
    };
    match done.await {
        Ok(()) => Ok(see(&format!("/office/surveys/{id}?done=surveys-edited"))),
        Err(error) => {
            let errors = FieldErrors::take(error.renamed("title", "title_kk"))?;
            page_with_errors(&build(&ctx, form, errors, Some(&survey)).await?)
        }
    }
}
