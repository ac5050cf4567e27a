//! `/certificates/{code}`: whether a certificate holds. The code cannot be guessed, so whoever has it was shown the paper; the page
//! tells them what the paper itself says, is kept by nobody and listed nowhere.

use super::super::badge;
use super::super::code::{printed, typed};
use super::super::papers;
use super::{crumbs, whole};
use crate::people::queries as people;
use crate::platform::i18n::{date_long, told};
use crate::platform::press::typeset;
use crate::platform::web::{
    Crumb, Ctx, FieldErrors, FormData, PAPER_POLICY, Shell, as_json, page as render,
    page_with_status, see,
};
use crate::platform::{Error, Names};
use crate::training::learning::actions;
use crate::training::learning::model::Certificate;
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

pub(super) async fn badge(
    ctx: Ctx,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let (certificate, name) = valid(&ctx, &code).await?;
    let address = whole(
        &ctx,
        &headers,
        &format!("/certificates/{}", certificate.code),
    )?;
    let credential = badge::credential(&ctx.app, &certificate, &name.kk, &address)?;
    let mut response = as_json(&credential)?;
    let kind = HeaderValue::from_static("application/vc+ld+json");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    Ok(unlisted(response))
}

fn withdraw_page(ctx: &Ctx, form: FormData, errors: FieldErrors) -> WithdrawPage {
    let title = ctx.t.learning_withdraw_title();
    WithdrawPage {
        s: ctx.shell("office", title.clone(), crumbs(ctx, None, title)),
        errors,
        form,
    }
}

pub(super) async fn office(ctx: Ctx) -> Result<Response, Error> {
    render(&withdraw_page(
        &ctx,
        FormData::default(),
        FieldErrors::new(),
    ))
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
