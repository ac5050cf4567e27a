//! `/office/password`: one's own password. Whoever still has the one that was handed over is led here first.

use super::{accounts, own, passwords};
use crate::platform::Error;
use crate::platform::web::{
    Crumb, Ctx, FieldErrors, FormData, Guard, Routes, Shell, page, page_with_errors, see,
    session_cookie,
};
use askama::Template;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::cookie::CookieJar;

/// Routes of one's own password.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/office/password", Guard::SignedInFirst, form)
        .post("/office/password", Guard::SignedInFirst, change)
}

/// The key for one-time codes that a new owner takes over.
struct Enrolment {
    typed: String,
    url: String,
}

#[derive(Template)]
#[template(path = "platform/access/password.html")]
struct PasswordPage {
    s: Shell,
    errors: FieldErrors,
    login: String,
    min_chars: i64,
    enrolment: Option<Enrolment>,
}

async fn build(ctx: &Ctx, errors: FieldErrors) -> Result<PasswordPage, Error> {
    let who = ctx.signed_in.as_ref().ok_or(Error::SignIn)?;
    let own = {
        let mut reader = ctx.read().await?;
        own::find(&mut reader, &who.account_id).await?
    };
    let enrolment = if own.must_change {
        let secret = own::offered_secret(&ctx.app, &who.session).await?;
        Some(Enrolment {
            typed: accounts::typed_secret(&secret)?,
            url: accounts::totp_url(&secret, &own.login)?,
        })
    } else {
        None
    };
    let title = if own.must_change {
        ctx.t.password_first_title()
    } else {
        ctx.t.password_title()
    };
    Ok(PasswordPage {
        s: ctx.shell(
            "office",
            title.clone(),
            vec![
                Crumb::to("/office", ctx.t.shell_nav_office()),
                Crumb::here(title),
            ],
        ),
        errors,
        login: own.login,
        min_chars: i64::try_from(passwords::MIN_CHARS).map_err(Error::internal)?,
        enrolment,
    })
}

async fn form(ctx: Ctx) -> Result<Response, Error> {
    page(&build(&ctx, FieldErrors::new()).await?)
}

async fn change(ctx: Ctx, headers: HeaderMap, form: FormData) -> Result<Response, Error> {
    let who = ctx.signed_in.as_ref().ok_or(Error::SignIn)?;
    let agent = headers
        .get(header::USER_AGENT)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    let sent = own::Change {
        old: form.text("old"),
        new: form.text("new"),
        again: form.text("again"),
        code: form.text("code"),
    };
    match own::change(&ctx.acting()?, who, agent, &sent).await {
        Ok(token) => {
            let jar = CookieJar::new().add(session_cookie(&ctx.app.settings, token));
            Ok((jar, see("/office?done=password-changed")).into_response())
        }
        Err(error) => page_with_errors(&build(&ctx, FieldErrors::take(error)?).await?),
    }
}
