//! Errors as a page for people (HTML) or a problem document for programs (RFC 9457).

use super::context::Ctx;
use super::{Crumb, Shell};
use crate::platform::error::FieldProblem;
use crate::platform::{App, Error};
use askama::Template;
use axum::extract::{FromRequestParts as _, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What the error page and the problem document are made from, carried in the response.
#[derive(Clone, Debug)]
struct Failure(Arc<Error>);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if status.is_server_error() {
            tracing::error!(error = %self, "a request failed");
        }
        let mut response = status.into_response();
        if let Self::TooMany {
            retry_after_seconds,
        } = self
        {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(retry_after_seconds));
        }
        response.extensions_mut().insert(Failure(Arc::new(self)));
        response
    }
}

/// A problem document.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// A name for the kind of problem.
    pub r#type: String,
    /// The kind in words.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What happened and what to do.
    pub detail: String,
    /// Fields to mend.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemField>,
}

/// One field of a problem document.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemField {
    /// Name of the field.
    pub field: String,
    /// What is wrong.
    pub message: String,
}

#[derive(Template)]
#[template(path = "platform/web/error.html")]
struct ErrorPage {
    s: Shell,
    heading: String,
    text: String,
    fields: Vec<FieldProblem>,
    sign_in: bool,
}

/// Gives failures and bare error statuses their body.
pub(super) async fn dress(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let ctx = Ctx::from_request_parts(&mut parts, &app).await;
    let path = parts.uri.path().to_owned();
    let uri = parts.uri.clone();
    let mut response = next.run(Request::from_parts(parts, body)).await;
    super::context::remember_language(&app, &uri, &mut response);
    let status = response.status();
    let failure = response.extensions_mut().remove::<Failure>();
    let bare = (status.is_client_error() || status.is_server_error())
        && !response.headers().contains_key(header::CONTENT_TYPE);
    if failure.is_none() && !bare && status != StatusCode::METHOD_NOT_ALLOWED {
        return response;
    }
    let Ok(mut ctx) = ctx else { return response };
    if ctx.signed_in.is_none() {
        ctx.signed_in = response.extensions().get().cloned();
    }
    let dressed = if is_for_programs(&path) {
        as_problem(&ctx, status, failure.as_ref())
    } else if status == StatusCode::UNAUTHORIZED && failure.is_some() {
        return super::see(&format!("/sign-in?next={}", encode(&path)));
    } else {
        as_page(&ctx, status, failure.as_ref())
    };
    let (mut head, _) = response.into_parts();
    let (new_head, body) = dressed.into_parts();
    head.headers.extend(new_head.headers);
    head.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(head, body)
}

/// Requests of programs and scripts, which read a problem document and follow no redirect.
fn is_for_programs(path: &str) -> bool {
    ["/api/", "/audit/tile", "/office/inbox"]
        .iter()
        .any(|start| path.starts_with(start))
}

fn encode(path: &str) -> String {
    path.bytes().fold(String::new(), |mut out, b| {
        if b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'_' | b'.') {
            out.push(char::from(b));
        } else {
            out.push('%');
            out.push_str(&crate::platform::files::hex(&[b]).to_uppercase());
        }
        out
    })
}

fn words(ctx: &Ctx, status: StatusCode, failure: Option<&Failure>) -> (String, String) {
    let t = ctx.t;
    let title = t
        .dynamic(&format!("error-{}-title", status.as_u16()))
        .unwrap_or_else(|| {
            if status.is_server_error() {
                t.error_500_title()
            } else {
                t.error_400_title()
            }
        });
    let text = match failure.map(|f| f.0.as_ref()) {
        Some(Error::Conflict(sentence)) => sentence.clone(),
        Some(Error::TooMany { .. }) if ctx.uri.path().starts_with("/office/") => {
            t.offline_too_often()
        }
        Some(Error::TooMany { .. })
            if ctx.uri.query().is_some_and(|query| query.contains("as_of")) =>
        {
            t.error_429_days_text()
        }
        Some(Error::Forged) => t.error_forged_text(),
        _ => t
            .dynamic(&format!("error-{}-text", status.as_u16()))
            .unwrap_or_else(|| {
                if status.is_server_error() {
                    t.error_500_text()
                } else {
                    t.error_400_text()
                }
            }),
    };
    (title, text)
}

fn fields(failure: Option<&Failure>) -> Vec<FieldProblem> {
    match failure.map(|f| f.0.as_ref()) {
        Some(Error::Invalid(problems)) => problems.clone(),
        _ => Vec::new(),
    }
}

fn as_problem(ctx: &Ctx, status: StatusCode, failure: Option<&Failure>) -> Response {
    let (title, detail) = words(ctx, status, failure);
    let problem = Problem {
        r#type: format!("urn:tandau:problem:{}", status.as_u16()),
        title,
        status: status.as_u16(),
        detail,
        errors: fields(failure)
            .into_iter()
            .map(|p| ProblemField {
                field: p.field,
                message: p.message,
            })
            .collect(),
    };
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    ([(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
}

fn as_page(ctx: &Ctx, status: StatusCode, failure: Option<&Failure>) -> Response {
    let (heading, text) = words(ctx, status, failure);
    let page = ErrorPage {
        s: ctx.shell(
            "",
            heading.clone(),
            vec![
                Crumb::to("/", ctx.t.shell_nav_home()),
                Crumb::here(heading.clone()),
            ],
        ),
        heading,
        text,
        fields: fields(failure),
        sign_in: status == StatusCode::FORBIDDEN && ctx.signed_in.is_none(),
    };
    match page.render() {
        Ok(html) => Html(html).into_response(),
        Err(e) => {
            tracing::error!(error = %e, "the error page itself failed");
            status.into_response()
        }
    }
}
