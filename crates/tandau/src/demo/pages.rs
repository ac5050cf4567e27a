//! First steps: whom a visitor can be, one click each, and what to try. Only a demo folder has this page.

use super::load::{CARDS, CAST, Cast, PASSWORD};
use super::steps;
use crate::platform::Error;
use crate::platform::access::{accounts, start_session};
use crate::platform::database::Connection;
use crate::platform::i18n::instant_long;
use crate::platform::web::{Crumb, Ctx, FormData, Guard, Routes, Shell, page};
use askama::Template;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;

/// Builds the evening of voting, where protocols wait to be entered, confirmed and accepted.
const EVENING: &str = "make demo ARGS=\"--fast --at 2023-11-05\"";

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
    href: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "demo/first_steps.html")]
struct FirstSteps {
    s: Shell,
    password: &'static str,
    now: String,
    /// The command for the evening of voting; empty where the counting is still on.
    evening: &'static str,
    station: String,
    cards: Vec<Somebody>,
    others: Vec<Somebody>,
    ready: bool,
}

async fn first_steps(ctx: Ctx) -> Result<Response, Error> {
    if !ctx.app.settings.demo {
        return Err(Error::NotFound);
    }
    let mut reader = ctx.read().await?;
    let situation = steps::situation(&mut reader).await?;
    let mut cast = Vec::with_capacity(CAST.len());
    for one in CAST {
        cast.extend(somebody(&ctx, &mut reader, one, situation.as_ref()).await?);
    }
    let others = cast.split_off(CARDS.min(cast.len()));
    let title = ctx.t.first_steps_title();
    page(&FirstSteps {
        s: ctx.shell(
            "home",
            title.clone(),
            vec![Crumb::to("/", ctx.t.shell_nav_home()), Crumb::here(title)],
        ),
        password: PASSWORD,
        now: situation.as_ref().map_or_else(String::new, |s| {
            let state = ctx.t.word(&format!("elections-state-{}", s.state.as_str()));
            let when = instant_long(ctx.lang(), ctx.app.clock.now(), &ctx.app.home_zone);
            ctx.t.first_steps_now(state.to_lowercase(), when)
        }),
        evening: match &situation {
            Some(s) if s.all_accepted => EVENING,
            _ => "",
        },
        station: situation
            .as_ref()
            .map_or_else(|| "/".to_owned(), steps::Situation::station_href),
        cards: cast,
        others,
        ready: ctx.app.is_ready(),
    })
}

async fn somebody(
    ctx: &Ctx,
    reader: &mut Connection,
    one: &Cast,
    situation: Option<&steps::Situation>,
) -> Result<Option<Somebody>, Error> {
    let Some(account) = accounts::find(reader, one.login).await? else {
        return Ok(None);
    };
    let code = accounts::demo_code(&ctx.app, reader, &account.person_id).await?;
    let task = steps::task(one, situation);
    let signed_in = ctx.signed_in.as_ref();
    Ok(Some(Somebody {
        login: one.login,
        name: account.name.get(ctx.lang()).to_owned(),
        office: ctx
            .t
            .word(&format!("office-{}", one.role.replace('.', "-"))),
        code: code.map(|(_, code)| code).unwrap_or_default(),
        to_do: ctx.t.word(task.key),
        href: task.href,
        current: signed_in.is_some_and(|s| s.account_id == account.id),
    }))
}

/// Signs in as one of the cast without a password: everybody knows it anyway. Leads to what there is to try.
async fn become_somebody(
    ctx: Ctx,
    Path(login): Path<String>,
    headers: HeaderMap,
    _form: FormData,
) -> Result<Response, Error> {
    let one = CAST.iter().find(|one| one.login == login);
    let Some(one) = one.filter(|_| ctx.app.settings.demo) else {
        return Err(Error::NotFound);
    };
    let (account, task) = {
        let mut reader = ctx.read().await?;
        let situation = steps::situation(&mut reader).await?;
        let account = accounts::find(&mut reader, &login)
            .await?
            .ok_or(Error::NotFound)?;
        (account, steps::task(one, situation.as_ref()))
    };
    start_session(&ctx, &headers, &account.id, &task.href).await
}
