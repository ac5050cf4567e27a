//! Signing in and out, and one's own sessions.

use super::{accounts, sessions};
use crate::platform::i18n::instant_long;
use crate::platform::web::{
    Crumb, Ctx, FieldErrors, FormData, Guard, Routes, Shell, clear_session_cookie, page,
    page_with_errors, see, session_cookie,
};
use crate::platform::{Error, ids};
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::cookie::CookieJar;

/// Routes of signing in.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/sign-in", Guard::Public, form)
        .post("/sign-in", Guard::Public, sign_in)
        .post("/sign-out", Guard::SignedInFirst, sign_out)
        .get("/office/sessions", Guard::SignedIn, list)
        .post("/office/sessions/{id}/end", Guard::SignedIn, end)
        .and(super::account_pages::routes())
        .and(super::own_pages::routes())
}

#[derive(Template)]
#[template(path = "platform/access/sign_in.html")]
struct SignInPage {
    s: Shell,
    errors: FieldErrors,
    login: String,
    next: String,
}

fn sign_in_page(ctx: &Ctx, errors: FieldErrors, login: &str, next: &str) -> SignInPage {
    SignInPage {
        s: ctx.shell(
            "sign-in",
            ctx.t.sign_in_title(),
            vec![
                Crumb::to("/", ctx.t.shell_nav_home()),
                Crumb::here(ctx.t.sign_in_title()),
            ],
        ),
        errors,
        login: login.to_owned(),
        next: own_path(next).to_owned(),
    }
}

/// Only a path of this site; anything else could lead away.
fn own_path(next: &str) -> &str {
    let fine = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && next.len() < 300
        // A browser leaves out tabs and line ends: `/\t/` would become `//`.
        && next.bytes().all(|b| b.is_ascii_graphic());
    if fine { next } else { "/office" }
}

async fn form(ctx: Ctx) -> Result<Response, Error> {
    let next = ctx
        .uri
        .query()
        .and_then(|q| q.split('&').find_map(|p| p.strip_prefix("next=")))
        .unwrap_or_default()
        .to_owned();
    page(&sign_in_page(&ctx, FieldErrors::new(), "", &next))
}

async fn sign_in(ctx: Ctx, headers: HeaderMap, form: FormData) -> Result<Response, Error> {
    let login = form.text("login").to_lowercase();
    let next = own_path(form.text("next")).to_owned();
    match accounts::check(
        &ctx.app,
        &login,
        form.text("password"),
        form.text("code"),
        ctx.t,
    )
    .await
    {
        Ok(account_id) => start(&ctx, &headers, &account_id, &next).await,
        Err(Error::Invalid(problems)) => {
            let errors = FieldErrors::take(Error::Invalid(problems))?;
            page_with_errors(&sign_in_page(&ctx, errors, &login, &next))
        }
        Err(other) => Err(other),
    }
}

/// Begins a session with a new token, whatever the browser brought, and goes on.
pub(crate) async fn start(
    ctx: &Ctx,
    headers: &HeaderMap,
    account_id: &str,
    next: &str,
) -> Result<Response, Error> {
    let agent = headers
        .get(header::USER_AGENT)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    let mut transaction = ctx.app.database.begin().await?;
    if let Some(old) = &ctx.signed_in {
        sessions::end(
            &mut transaction,
            &old.session,
            &old.account_id,
            ctx.app.clock.wall(),
        )
        .await?;
    }
    let token = sessions::begin(&mut transaction, account_id, agent, ctx.app.clock.wall()).await?;
    transaction.commit().await?;
    let jar = CookieJar::new().add(session_cookie(&ctx.app.settings, token));
    Ok((jar, see(&entered(next))).into_response())
}

/// The way on, with a mark by which a phone knows that somebody has signed in: until it is told who, it shows no page that
/// it kept for whoever was here before (`web/offline/worker.ts`).
fn entered(next: &str) -> String {
    if !next.starts_with("/office") {
        return next.to_owned();
    }
    let (page, part) = match next.split_once('#') {
        Some((page, part)) => (page, format!("#{part}")),
        None => (next, String::new()),
    };
    let sign = if page.contains('?') { '&' } else { '?' };
    format!("{page}{sign}signed-in=1{part}")
}

async fn sign_out(ctx: Ctx, _form: FormData) -> Result<Response, Error> {
    if let Some(who) = &ctx.signed_in {
        let mut transaction = ctx.app.database.begin().await?;
        sessions::end(
            &mut transaction,
            &who.session,
            &who.account_id,
            ctx.app.clock.wall(),
        )
        .await?;
        transaction.commit().await?;
    }
    let jar = CookieJar::new().add(clear_session_cookie(&ctx.app.settings));
    Ok((
        jar,
        [("clear-site-data", "\"cache\", \"storage\"")],
        see("/?done=signed-out"),
    )
        .into_response())
}

struct SessionLine {
    id: String,
    agent: String,
    created: String,
    seen: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "platform/access/sessions.html")]
struct SessionsPage {
    s: Shell,
    sessions: Vec<SessionLine>,
}

async fn list(ctx: Ctx) -> Result<Response, Error> {
    let who = ctx.signed_in.as_ref().ok_or(Error::SignIn)?;
    let mut reader = ctx.read().await?;
    let sessions = sessions::list(&mut reader, &who.account_id, ctx.app.clock.wall())
        .await?
        .into_iter()
        .map(|one| SessionLine {
            current: one.id == who.session,
            created: instant_long(ctx.lang(), one.created_at, &ctx.app.home_zone),
            seen: instant_long(ctx.lang(), one.seen_at, &ctx.app.home_zone),
            id: one.id,
            agent: one.user_agent,
        })
        .collect();
    let title = ctx.t.sessions_title();
    page(&SessionsPage {
        s: ctx.shell(
            "office",
            title.clone(),
            vec![
                Crumb::to("/office", ctx.t.shell_nav_office()),
                Crumb::here(title),
            ],
        ),
        sessions,
    })
}

async fn end(ctx: Ctx, Path(id): Path<String>, _form: FormData) -> Result<Response, Error> {
    let who = ctx.signed_in.as_ref().ok_or(Error::SignIn)?;
    if !ids::is_id(&id) {
        return Err(Error::NotFound);
    }
    let mut transaction = ctx.app.database.begin().await?;
    let ended = sessions::end(&mut transaction, &id, &who.account_id, ctx.app.clock.wall()).await?;
    transaction.commit().await?;
    if ended {
        Ok(see("/office/sessions?done=session-ended"))
    } else {
        Err(Error::NotFound)
    }
}

#[cfg(test)]
mod tests {
    use super::{entered, own_path};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sign_in_leads_to_a_path_of_this_site(next in prop_oneof!["\\PC*", "[/\\\\]{0,3}[a-z.:@/\\\\%0-9?#]{0,40}"]) {
            let path = own_path(&next);
            // Whatever a browser makes of it beside our address is still our address.
            prop_assert!(path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/\\"));
            let all_visible = path.chars().all(|c| c.is_ascii() && !c.is_control());
            prop_assert!(all_visible && path.len() < 300);
            prop_assert!(path == next || path == "/office");
        }
    }

    #[test]
    fn the_way_into_the_office_says_that_somebody_signed_in() {
        for (next, way) in [
            ("/office", "/office?signed-in=1"),
            ("/office/a?b=c", "/office/a?b=c&signed-in=1"),
            ("/office/a#b", "/office/a?signed-in=1#b"),
            ("/readiness", "/readiness"),
        ] {
            assert_eq!(entered(next), way);
        }
    }

    #[test]
    fn control_signs_lead_nowhere() {
        for next in [
            "/a\r\nset-cookie: x",
            "/\t/evil.example",
            "/a\u{0}",
            "/\n/evil.example",
        ] {
            assert_eq!(own_path(next), "/office", "{next:?}");
        }
    }
}
