//! HTTP: the frame of pages, routes that declare their power, forms, errors as pages or problems.

mod assets;
mod choice;
mod context;
mod cookies;
pub mod day;
mod errors;
pub(crate) mod fields;
mod form;
mod guard;
mod installed;
pub mod kept;
mod listen;
mod paper;
mod peer;
mod probes;
mod routes;
mod server;
mod shell;
mod tables;

pub use assets::asset_url;
pub use choice::Choice;
pub use context::{Ctx, SignedIn};
pub use cookies::{clear_session_cookie, session_cookie, session_token};
pub use errors::{Problem, ProblemField};
pub use form::{FieldErrors, FormData, Upload};
pub(crate) use form::{MAX_FIELDS, fits};
pub use guard::form_token;
pub use kept::{Kept, Shows};
pub use listen::{Patience, listen};
pub(crate) use paper::{PAPER_POLICY, PICTURE_POLICY, paper};
#[cfg(test)]
pub(crate) use peer::Peer;
pub(crate) use peer::address;
pub use routes::{Guard, RouteInfo, Routes};
pub use server::router;
pub use shell::{Crumb, DemoBanner, ErrorItem, LanguageLink, PersonBadge, Shell};
pub use tables::{as_csv, as_json};

use askama::Template;
use axum::response::{Html, IntoResponse, Response};

/// Renders a page.
///
/// # Errors
/// When the template fails, which is our fault.
pub fn page(template: &impl Template) -> Result<Response, super::Error> {
    let text = template.render().map_err(super::Error::internal)?;
    Ok(Html(text).into_response())
}

/// Renders a page that shows problems with what was sent (status 422).
///
/// # Errors
/// When the template fails.
pub fn page_with_errors(template: &impl Template) -> Result<Response, super::Error> {
    page_with_status(template, axum::http::StatusCode::UNPROCESSABLE_ENTITY)
}

/// Renders a page that shows problems, with the status that fits them.
///
/// # Errors
/// When the template fails.
pub fn page_with_status(
    template: &impl Template,
    status: axum::http::StatusCode,
) -> Result<Response, super::Error> {
    let mut response = page(template)?;
    *response.status_mut() = status;
    Ok(response)
}

/// After a successful form: go and see.
#[must_use]
pub fn see(path: &str) -> Response {
    axum::response::Redirect::to(path).into_response()
}
