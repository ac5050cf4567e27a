//! `/certificates/{code}`: whether a certificate holds. The code cannot be guessed, so whoever has it was shown the paper; the page
//! tells them what the paper itself says, is kept by nobody and listed nowhere.

use super::super::badge;
use super::super::code::{printed, typed};
use super::super::papers;
use super::whole;
use crate::people::queries as people;
use crate::platform::i18n::{date_long, told};
use crate::platform::press::typeset;
use crate::platform::web::{
    Crumb, Ctx, FieldErrors, FormData, PAPER_POLICY, Shell, as_json, page as render,
    page_with_status, see,
};
use crate::platform::{Error, Names};
use crate::training::learning::actions;
use crate::training::learning::model::{Certificate, LIST};
use crate::training::learning::store::certificates as store;
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

/// A code that is looked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    code: String,
}

#[derive(Template)]
#[template(path = "training/learning/pages/find.html")]
struct FindPage {
    s: Shell,
    errors: FieldErrors,
    code: String,
}

#[derive(Template)]
#[template(path = "training/learning/pages/certificate.html")]
struct CertificatePage {
    s: Shell,
    valid: bool,
    code: String,
    path: String,
    /// Empty once it was withdrawn.
    name: String,
    programme: String,
    goal: String,
    day: String,
    withdrawn: String,
    reason: String,
    key: String,
}

#[derive(Template)]
#[template(path = "training/learning/pages/withdraw.html")]
struct WithdrawPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
}

/// Kept by nobody, in no search engine.
fn unlisted(mut response: Response) -> Response {
    let head = response.headers_mut();
    head.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    );
    head.insert(
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex, nofollow"),
    );
    response
}

fn find_page(ctx: &Ctx, code: String, errors: FieldErrors) -> FindPage {
    let title = ctx.t.learning_verify();
    FindPage {
        s: ctx.shell("", title.clone(), vec![Crumb::here(title)]),
        errors,
        code,
    }
}

pub(super) async fn find(ctx: Ctx, Query(asked): Query<Typed>) -> Result<Response, Error> {
    if asked.code.is_empty() {
        return render(&find_page(&ctx, String::new(), FieldErrors::new()));
    }
    if let Some(code) = typed(&asked.code) {
        return Ok(see(&format!("/certificates/{code}")));
    }
    let mut errors = FieldErrors::new();
    errors.add("code", ctx.t.learning_code_form());
    let page = find_page(&ctx, asked.code.chars().take(40).collect(), errors);
    page_with_status(&page, StatusCode::UNPROCESSABLE_ENTITY)
}

async fn by_code(ctx: &Ctx, code: &str) -> Result<(Certificate, Names), Error> {
    let code = typed(code).ok_or(Error::NotFound)?;
    let mut reader = ctx.read().await?;
    let certificate = store::by_code(&mut reader, &code).await?;
    let name = people::names(&mut reader, &certificate.person_id).await?;
    Ok((certificate, name))
}

fn day(ctx: &Ctx, at: jiff::Timestamp) -> String {
    let day = at.to_zoned_datetime(ctx.app.home_zone.clone()).date();
    date_long(ctx.lang(), day)
}

pub(super) async fn page(ctx: Ctx, Path(code): Path<String>) -> Result<Response, Error> {
    let (certificate, name) = match by_code(&ctx, &code).await {
        Err(Error::NotFound) => {
            let mut errors = FieldErrors::new();
            errors.add("code", ctx.t.learning_code_unknown());
            let shown = code.chars().take(40).collect();
            let page = find_page(&ctx, shown, errors);
            return Ok(unlisted(page_with_status(&page, StatusCode::NOT_FOUND)?));
        }
        other => other?,
    };
    let t = ctx.t;
    let valid = certificate.withdrawn.is_none();
    let title = t.learning_certificate();
    let (withdrawn, reason) = match &certificate.withdrawn {
        Some((at, reason)) => (day(&ctx, *at), told(t.lang, reason).to_owned()),
        None => (String::new(), String::new()),
    };
    let page = CertificatePage {
        s: ctx.shell(
            "",
            title.clone(),
            vec![
                Crumb::to("/certificates", t.learning_verify()),
                Crumb::here(title),
            ],
        ),
        valid,
        code: printed(&certificate.code),
        path: format!("/certificates/{}", certificate.code),
        name: if valid {
            name.get(t.lang).to_owned()
        } else {
            String::new()
        },
        programme: certificate.title.get(t.lang).to_owned(),
        goal: certificate.goal.get(t.lang).to_owned(),
        day: day(&ctx, certificate.issued_at),
        withdrawn,
        reason,
        key: badge::issuer(&badge::key(&ctx.app)?),
    };
    Ok(unlisted(render(&page)?))
}

/// A certificate that holds; one that was withdrawn is gone.
async fn valid(ctx: &Ctx, code: &str) -> Result<(Certificate, Names), Error> {
    let (certificate, name) = by_code(ctx, code).await?;
    if certificate.withdrawn.is_some() {
        return Err(Error::NotFound);
    }
    Ok((certificate, name))
}

pub(super) async fn pdf(
    ctx: Ctx,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let (certificate, name) = valid(&ctx, &code).await?;
    let link = whole(
        &ctx,
        &headers,
        &format!("/certificates/{}", certificate.code),
    )?;
    let name = name.get(ctx.lang()).to_owned();
    let paper = papers::certificate(&ctx.app, ctx.t, &certificate, &name, &link)?;
    let bytes = typeset(move || print::certificate_paper(&paper)).await?;
    let head = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("inline; filename=\"certificate-{}.pdf\"", certificate.code),
        ),
        (header::CONTENT_SECURITY_POLICY, PAPER_POLICY.to_owned()),
    ];
    Ok(unlisted((head, bytes).into_response()))
}

/// A credential as programs fetch it.
fn as_credential(credential: &serde_json::Value) -> Result<Response, Error> {
    let mut response = as_json(credential)?;
    let kind = HeaderValue::from_static("application/vc");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    Ok(response)
}

pub(super) async fn badge(
    ctx: Ctx,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let (certificate, name) = valid(&ctx, &code).await?;
    let at = |path: String| whole(&ctx, &headers, &path);
    let status = match certificate.status_index {
        Some(index) => {
            let list = (index / LIST).saturating_add(1);
            let address = at(format!("/certificates/status/{list}"))?;
            Some((address, index % LIST))
        }
        None => None,
    };
    let places = badge::Places {
        certificate: at(format!("/certificates/{}", certificate.code))?,
        programme: at(format!("/training#{}", certificate.programme_id))?,
        status,
    };
    let credential = badge::credential(&ctx.app, &certificate, &name.kk, &places)?;
    Ok(unlisted(as_credential(&credential)?))
}

/// `/certificates/status/{list}`: which certificates of a list were withdrawn, without saying which these are.
pub(super) async fn status(
    ctx: Ctx,
    Path(list): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let number: u64 = list.parse().map_err(|_| Error::NotFound)?;
    let list = number.checked_sub(1).ok_or(Error::NotFound)?;
    let mut reader = ctx.read().await?;
    if list > store::last_list(&mut reader).await? {
        return Err(Error::NotFound);
    }
    let withdrawn = store::withdrawn_in(&mut reader, list).await?;
    drop(reader);
    let address = whole(&ctx, &headers, &format!("/certificates/status/{number}"))?;
    let now = ctx.app.clock.now();
    let list = badge::status_list(&ctx.app, &address, &withdrawn, now)?;
    let mut response = as_credential(&list)?;
    let minutes = HeaderValue::from_static("public, max-age=300");
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, minutes);
    Ok(response)
}

fn withdraw_page(ctx: &Ctx, form: FormData, errors: FieldErrors) -> WithdrawPage {
    let title = ctx.t.learning_withdraw_title();
    WithdrawPage {
        s: ctx.shell(
            "office",
            title.clone(),
            vec![
                Crumb::to("/office", ctx.t.shell_nav_office()),
                Crumb::to(super::certificates::PATH, ctx.t.learning_issued()),
                Crumb::here(title),
            ],
        ),
        errors,
        form,
    }
}

pub(super) async fn office(ctx: Ctx, Query(asked): Query<Typed>) -> Result<Response, Error> {
    let code: String = asked.code.chars().take(40).collect();
    let form = FormData::from_fields(vec![("code".to_owned(), code)]);
    render(&withdraw_page(&ctx, form, FieldErrors::new()))
}

pub(super) async fn withdraw(ctx: Ctx, form: FormData) -> Result<Response, Error> {
    let done = async {
        let code = typed(form.text("code"))
            .ok_or_else(|| Error::field("code", ctx.t.learning_code_form()))?;
        let acting = ctx.acting()?;
        match actions::withdraw(&acting, &code, form.text("reason")).await {
            Err(Error::NotFound) => Err(Error::field("code", ctx.t.learning_code_unknown())),
            other => other.map(|()| code),
        }
    };
    match done.await {
        Ok(code) => Ok(see(&format!("/certificates/{code}"))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "code")?;
            page_with_status(&withdraw_page(&ctx, form, errors), status)
        }
    }
}
