//! `/office/accounts/officer`: an account for an officer of a state body, with the office that goes with it.

use super::body_kinds;
use crate::organisations::actions::{self, NewOfficer};
use crate::people::model::MAX_NAME_CHARS;
use crate::people::{NewPerson, Sex};
use crate::platform::Error;
use crate::platform::access::accounts_office::Handed;
use crate::platform::web::fields::area_of;
use crate::platform::web::{
    Choice, Crumb, Ctx, FieldErrors, FormData, Shell, page as render, page_with_errors,
};
use askama::Template;
use axum::http::{HeaderValue, header};
use axum::response::Response;

#[derive(Template)]
#[template(path = "organisations/pages/officer.html")]
struct OfficerPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    kinds: Vec<Choice>,
    sexes: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "platform/access/account_made.html")]
struct MadePage {
    s: Shell,
    login: String,
    password: String,
    totp_url: String,
}

fn shell(ctx: &Ctx, title: String) -> Shell {
    let crumbs = vec![
        Crumb::to("/office", ctx.t.shell_nav_office()),
        Crumb::to("/office/accounts", ctx.t.accounts_title()),
        Crumb::here(title.clone()),
    ];
    ctx.shell("office", title, crumbs)
}

fn build(ctx: &Ctx, form: FormData, errors: FieldErrors) -> OfficerPage {
    let t = ctx.t;
    OfficerPage {
        s: shell(ctx, t.officers_new()),
        kinds: body_kinds(t, form.text("kind")),
        sexes: vec![
            Choice::new("female", t.people_sex_female(), form.text("sex")),
            Choice::new("male", t.people_sex_male(), form.text("sex")),
        ],
        errors,
        form,
    }
}

pub(super) async fn page(ctx: Ctx) -> Result<Response, Error> {
    render(&build(&ctx, FormData::default(), FieldErrors::new()))
}

pub(super) async fn make(ctx: Ctx, form: FormData) -> Result<Response, Error> {
    match try_make(&ctx, &form).await {
        Ok(handed) => hand_over(&ctx, handed),
        Err(error) => {
            let errors = FieldErrors::take(error)?;
            page_with_errors(&build(&ctx, form, errors))
        }
    }
}

/// Shown once: no browser or proxy may keep it.
fn hand_over(ctx: &Ctx, handed: Handed) -> Result<Response, Error> {
    let mut response = render(&MadePage {
        s: shell(ctx, ctx.t.accounts_made()),
        login: handed.account.login,
        password: handed.password,
        totp_url: handed.account.totp_url,
    })?;
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

async fn try_make(ctx: &Ctx, form: &FormData) -> Result<Handed, Error> {
    let t = ctx.t;
    let mut errors = FieldErrors::new();
    let names = errors.names(t, form, "name", MAX_NAME_CHARS);
    let sex = Sex::parse(form.text("sex"));
    if sex.is_none() {
        errors.add("sex", t.form_choice());
    }
    let year = errors
        .count(t, form, "birth_year")
        .and_then(|year| i16::try_from(year).ok());
    if year.is_none() && errors.of("birth_year").is_empty() {
        errors.add("birth_year", t.people_birth_year());
    }
    let area_id = area_of(ctx, form.text("area_code")).await?;
    if area_id.is_none() {
        errors.add("area_code", t.areas_unknown());
    }
    errors.done()?;
    let (Some(sex), Some(birth_year), Some(area_id)) = (sex, year, area_id) else {
        return Err(Error::field("sex", t.form_choice()));
    };
    let new = NewOfficer {
        person: NewPerson {
            names,
            sex,
            birth_year,
            birth_date: None,
            synthetic: ctx.app.settings.demo,
        },
        kind: form.text("kind").to_owned(),
        area_id,
        login: form.text("login").to_lowercase(),
    };
    actions::make_officer(&ctx.acting()?, new).await
}
