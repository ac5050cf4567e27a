//! First steps: whom a visitor can be, one click each, and what to try. Only a demo folder has this page.

use super::load::{CAST, Cast, PASSWORD};
use crate::platform::Error;
use crate::platform::access::{accounts, start_session};
use crate::platform::web::{Crumb, Ctx, FormData, Guard, Routes, Shell, page};
use askama::Template;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;

/// Routes of the demo.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/first-steps", Guard::Public, first_steps)
        .post("/first-steps/{login}", Guard::Public, become_somebody)
}

struct Somebody {
    login: &'static str,
    name: String,
    office: String,
    code: String,
    to_do: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "demo/first_steps.html")]
struct FirstSteps {
    s: Shell,
    password: &'static str,
    cast: Vec<Somebody>,
    ready: bool,
}

async fn first_steps(ctx: Ctx) -> Result<Response, Error> {
    if !ctx.app.settings.demo {
        return Err(Error::NotFound);
    }
    let mut reader = ctx.read().await?;
    let mut cast = Vec::new();
    for one in CAST {
        let Some(account) = accounts::find(&mut reader, one.login).await? else {
            continue;
        };
        let code = accounts::demo_code(&ctx.app, &mut reader, &account.person_id).await?;
        cast.push(Somebody {
            login: one.login,
            name: account.name.get(ctx.lang()).to_owned(),
            office: office(&ctx, one),
            code: code.map(|(_, code)| code).unwrap_or_default(),
            to_do: ctx.t.word(&format!("first-steps-{}", one.login)),
            current: ctx
                .signed_in
                .as_ref()
                .is_some_and(|s| s.account_id == account.id),
        });
    }
    let title = ctx.t.first_steps_title();
    page(&FirstSteps {
        s: ctx.shell(
            "home",
            title.clone(),
            vec![Crumb::to("/", ctx.t.shell_nav_home()), Crumb::here(title)],
        ),
        password: PASSWORD,
        cast,
        ready: ctx.app.is_ready(),
    })
}

fn office(ctx: &Ctx, one: &Cast) -> String {
    ctx.t
        .word(&format!("office-{}", one.role.replace('.', "-")))
}

/// Signs in as one of the cast without a password: everybody knows it anyway.
async fn become_somebody(
    ctx: Ctx,
    Path(login): Path<String>,
    headers: HeaderMap,
    _form: FormData,
) -> Result<Response, Error> {
    if !ctx.app.settings.demo || !CAST.iter().any(|one| one.login == login) {
        return Err(Error::NotFound);
    }
    let account = {
        let mut reader = ctx.read().await?;
        accounts::find(&mut reader, &login)
            .await?
            .ok_or(Error::NotFound)?
    };
    start_session(&ctx, &headers, &account.id, "/office").await
}
