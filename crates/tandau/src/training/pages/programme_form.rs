//! `/office/training/programmes/new` and `…/{id}/edit`: what a programme says.

use super::{centre, crumbs, names, pair, seen, three, words};
use crate::platform::web::{
    Choice, Crumb, Ctx, FieldErrors, FormData, Shell, page as render, page_with_status, see,
};
use crate::platform::{Error, ids};
use crate::training::model::{NewProgramme, Programme, ProgrammeState};
use crate::training::{actions, queries};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

#[derive(Template)]
#[template(path = "training/pages/programme_form.html")]
struct FormPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    action: String,
    title: String,
    editing: bool,
    /// Group and levels may still change.
    open: bool,
    audiences: Vec<Choice>,
    from: Vec<Choice>,
    until: Vec<Choice>,
}

fn build(ctx: &Ctx, form: FormData, errors: FieldErrors, known: Option<&Programme>) -> FormPage {
    let t = ctx.t;
    let rules = &ctx.app.rules.training().cascade;
    let audience = form.text("audience").to_owned();
    let levels = |field: &str| {
        let current = form.text(field).to_owned();
        let all = rules.levels.iter().zip(0_u64..);
        let choices = all.map(|(level, number)| {
            Choice::new(number.to_string(), words(&level.title, t.lang), &current)
        });
        choices.collect()
    };
    let title = match known {
        Some(_) => t.training_programme_edit(),
        None => t.training_programme_new(),
    };
    let mut steps = vec![Crumb::to(
        "/office/training/programmes",
        t.training_programmes(),
    )];
    if let Some(known) = known {
        let href = format!("/office/training/programmes/{}", known.says.id);
        steps.push(Crumb::to(href, known.says.title.get(t.lang)));
    }
    FormPage {
        s: ctx.shell("office", title.clone(), crumbs(ctx, steps, title.clone())),
        action: match known {
            Some(known) => format!("/office/training/programmes/{}/edit", known.says.id),
            None => "/office/training/programmes/new".to_owned(),
        },
        editing: known.is_some(),
        open: known.is_none_or(|k| k.state == ProgrammeState::Draft),
        audiences: rules
            .audiences
            .iter()
            .map(|a| Choice::new(a.id.clone(), words(&a.title, t.lang), &audience))
            .collect(),
        from: levels("level_from"),
        until: levels("level_until"),
        title,
        errors,
        form,
    }
}

fn read(form: &FormData, id: &str) -> NewProgramme {
    let level = |field: &str| form.text(field).parse().unwrap_or(u64::MAX);
    NewProgramme {
        id: id.to_owned(),
        key: form.text("key").to_owned(),
        audience: form.text("audience").to_owned(),
        level_from: level("level_from"),
        level_until: level("level_until"),
        tested: form.ticked("tested"),
        title: names(form, "title"),
        goal: names(form, "goal"),
    }
}

pub(super) async fn new(ctx: Ctx) -> Result<Response, Error> {
    centre(&ctx).await?;
    let last = ctx.app.rules.training().cascade.last();
    let form = FormData::from_fields(vec![
        pair("id", ids::new_id()),
        pair("audience", "precinct_members"),
        pair("level_from", "0"),
        pair("level_until", last.saturating_sub(1).to_string()),
    ]);
    render(&build(&ctx, form, FieldErrors::new(), None))
}

pub(super) async fn create(ctx: Ctx, form: FormData) -> Result<Response, Error> {
    centre(&ctx).await?;
    let new = read(&form, form.text("id"));
    match actions::create_programme(&ctx.acting()?, new).await {
        Ok(made) => Ok(see(&format!(
            "/office/training/programmes/{}?done=training-saved",
            made.says.id
        ))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "")?;
            page_with_status(&build(&ctx, form, errors, None), status)
        }
    }
}

async fn known(ctx: &Ctx, id: &str) -> Result<Programme, Error> {
    centre(ctx).await?;
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    let mut reader = ctx.read().await?;
    queries::programme(&mut reader, id).await
}

pub(super) async fn editing(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let programme = known(&ctx, &id).await?;
    let says = &programme.says;
    let mut fields = vec![
        pair("version", programme.version.to_string()),
        pair("audience", &says.audience),
        pair("level_from", says.level_from.to_string()),
        pair("level_until", says.level_until.to_string()),
        pair("tested", if says.tested { "yes" } else { "" }),
    ];
    fields.extend(three("title", &says.title));
    fields.extend(three("goal", &says.goal));
    let form = FormData::from_fields(fields);
    render(&build(&ctx, form, FieldErrors::new(), Some(&programme)))
}

pub(super) async fn edit(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let programme = known(&ctx, &id).await?;
    let new = read(&form, &id);
    let acting = ctx.acting()?;
    match actions::edit_programme(&acting, seen(&form), new, form.text("reason")).await {
        Ok(()) => Ok(see(&format!(
            "/office/training/programmes/{id}?done=training-saved"
        ))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "")?;
            page_with_status(&build(&ctx, form, errors, Some(&programme)), status)
        }
    }
}
