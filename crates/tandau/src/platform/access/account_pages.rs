//! `/office/accounts`: the administrator makes, resets, unlocks and closes accounts and ends sessions.

use super::{Action, accounts_office};
use crate::platform::i18n::instant_long;
use crate::platform::web::{
    Choice, Crumb, Ctx, FieldErrors, FormData, Guard, Routes, Shell, page as render,
    page_with_errors, see,
};
use crate::platform::{Error, ids};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use serde::Deserialize;
use std::collections::HashMap;

/// Routes of accounts.
pub(super) fn routes() -> Routes {
    let power = Guard::Power(Action::AccountManage);
    Routes::new()
        .get("/office/accounts", power, list)
        .post("/office/accounts", power, create)
        .post("/office/accounts/{id}/reset", power, reset)
        .post("/office/accounts/{id}/unlock", power, unlock)
        .post("/office/accounts/{id}/disable", power, disable)
        .post("/office/accounts/{id}/end-sessions", power, end_sessions)
}

#[derive(Debug, Default, Deserialize)]
struct Search {
    #[serde(default)]
    q: String,
}

struct Line {
    id: String,
    login: String,
    name: String,
    offices: String,
    created: String,
    closed: String,
    locked: bool,
    new: bool,
}

#[derive(Template)]
#[template(path = "platform/access/accounts.html")]
struct AccountsPage {
    s: Shell,
    errors: FieldErrors,
    q: String,
    login: String,
    people: Vec<Choice>,
    accounts: Vec<Line>,
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
        Crumb::here(title.clone()),
    ];
    ctx.shell("office", title, crumbs)
}

async fn build(
    ctx: &Ctx,
    q: &str,
    form: &FormData,
    errors: FieldErrors,
) -> Result<AccountsPage, Error> {
    let lang = ctx.lang();
    let zone = &ctx.app.home_zone;
    let mut reader = ctx.read().await?;
    let found = accounts_office::holders(&mut reader, q).await?;
    let accounts = accounts_office::list(&ctx.app, &mut reader).await?;
    let mut offices: HashMap<String, Vec<String>> = HashMap::new();
    for held in accounts_office::offices(&mut reader, ctx.app.today()).await? {
        let office = ctx.t.word(&held.role.message_key());
        let text = format!("{office} ({})", held.area.get(lang));
        offices.entry(held.person_id).or_default().push(text);
    }
    Ok(AccountsPage {
        people: found
            .iter()
            .map(|h| {
                let text = format!("{}, {}", h.names.get(lang), h.birth_year);
                Choice::new(&h.person_id, text, form.text("person"))
            })
            .collect(),
        accounts: accounts
            .into_iter()
            .map(|a| Line {
                name: a.names.get(lang).to_owned(),
                offices: offices
                    .get(&a.person_id)
                    .map_or_else(String::new, |held| held.join("; ")),
                created: instant_long(lang, a.created_at, zone),
                closed: a
                    .disabled_at
                    .map_or_else(String::new, |at| instant_long(lang, at, zone)),
                locked: a.locked,
                new: a.must_change,
                id: a.id,
                login: a.login,
            })
            .collect(),
        s: shell(ctx, ctx.t.accounts_title()),
        errors,
        q: q.to_owned(),
        login: form.text("login").to_owned(),
    })
}

async fn list(ctx: Ctx, Query(search): Query<Search>) -> Result<Response, Error> {
    render(&build(&ctx, &search.q, &FormData::default(), FieldErrors::new()).await?)
}

async fn create(ctx: Ctx, form: FormData) -> Result<Response, Error> {
    let person = form.text("person");
    let login = form.text("login").to_lowercase();
    let made = if ids::is_id(person) {
        accounts_office::create(&ctx.acting()?, person, &login).await
    } else {
        Err(Error::field("person", ctx.t.form_choice()))
    };
    match made {
        Ok(handed) => hand_over(&ctx, ctx.t.accounts_made(), handed),
        Err(error) => {
            let errors = FieldErrors::take(error)?;
            page_with_errors(&build(&ctx, form.text("q"), &form, errors).await?)
        }
    }
}

/// Shown once: no browser or proxy may keep it.
fn hand_over(ctx: &Ctx, title: String, handed: accounts_office::Handed) -> Result<Response, Error> {
    let mut response = render(&MadePage {
        s: shell(ctx, title),
        login: handed.account.login,
        password: handed.password,
        totp_url: handed.account.totp_url,
    })?;
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

async fn reset(ctx: Ctx, Path(id): Path<String>, _form: FormData) -> Result<Response, Error> {
    if !ids::is_id(&id) {
        return Err(Error::NotFound);
    }
    let handed = accounts_office::reset(&ctx.acting()?, &id).await?;
    hand_over(&ctx, ctx.t.accounts_reset_done(), handed)
}

async fn unlock(ctx: Ctx, Path(id): Path<String>, _form: FormData) -> Result<Response, Error> {
    if !ids::is_id(&id) {
        return Err(Error::NotFound);
    }
    accounts_office::unlock(&ctx.acting()?, &id).await?;
    Ok(see("/office/accounts?done=account-unlocked"))
}

async fn disable(ctx: Ctx, Path(id): Path<String>, _form: FormData) -> Result<Response, Error> {
    if !ids::is_id(&id) {
        return Err(Error::NotFound);
    }
    accounts_office::disable(&ctx.acting()?, &id).await?;
    Ok(see("/office/accounts?done=account-closed"))
}

async fn end_sessions(
    ctx: Ctx,
    Path(id): Path<String>,
    _form: FormData,
) -> Result<Response, Error> {
    if !ids::is_id(&id) {
        return Err(Error::NotFound);
    }
    accounts_office::end_sessions(&ctx.acting()?, &id).await?;
    Ok(see("/office/accounts?done=sessions-ended"))
}
