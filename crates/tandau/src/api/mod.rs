//! The interface for programs: everything public as JSON under `/api/v1`, described by OpenAPI 3.1.
//!
//! It reads what the pages read; nothing can be changed through it. Votes are there only after the last
//! closing, decided by the same function as on the pages.

mod areas;
mod elections;
mod index;
mod readiness;
mod records;
mod stations;
mod training;
mod types;

use crate::platform::web::kept::Form;
use crate::platform::web::{Guard, Problem, ProblemField, Routes, Shows};
use crate::platform::{App, Error, ids};
use axum::extract::{FromRequestParts, Path};
use axum::http::{HeaderMap, StatusCode, header, request::Parts};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};
use utoipa::OpenApi;

/// The description of the interface.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Tandau",
        description = "Elections, contests, stations and protocols with their sums. Figures about votes appear when the last \
            station of an election has closed. Turnout is `received` out of `voters`; a share of votes is `votes` out of \
            line `took_part`, invalid ballots outside. Answers to surveys are counters of a room that is no sample; a figure that \
            would tell of too few people is null.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    paths(
        index::document_json,
        elections::elections,
        elections::election,
        elections::contests,
        elections::contest,
        elections::turnout,
        stations::stations,
        stations::station,
        areas::areas,
        areas::area,
        areas::commission,
        readiness::country,
        readiness::district,
        readiness::station,
        training::coverage,
        training::coverage_of,
        records::all_surveys,
        records::survey,
        records::all_visits,
        records::visit,
        records::all_sessions,
        records::session,
        records::all_notes,
        records::note
    ),
    components(schemas(Problem, ProblemField))
)]
struct Document;

/// The OpenAPI 3.1 document, also printed by `tandau openapi`.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// Routes of the interface.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/api/v1", Guard::Public, index::page_for_people)
        .get("/api/v1/openapi.json", Guard::Public, index::document_json)
        .get("/api/v1/elections", Guard::Public, elections::elections)
        .get("/api/v1/elections/{id}", Guard::Public, elections::election)
        .get(
            "/api/v1/elections/{id}/contests",
            Guard::Public,
            elections::contests,
        )
        .get(
            "/api/v1/elections/{id}/contests/{contest}",
            Guard::Public,
            elections::contest,
        )
        .get(
            "/api/v1/elections/{id}/turnout",
            Guard::Public,
            elections::turnout,
        )
        .get(
            "/api/v1/elections/{id}/stations",
            Guard::Public,
            stations::stations,
        )
        .get(
            "/api/v1/elections/{id}/stations/{station}",
            Guard::Public,
            stations::station,
        )
        .get("/api/v1/areas", Guard::Public, areas::areas)
        .get("/api/v1/areas/{code}", Guard::Public, areas::area)
        .get("/api/v1/commissions/{id}", Guard::Public, areas::commission)
        .get(
            "/api/v1/training/coverage",
            Guard::Public,
            training::coverage,
        )
        .get(
            "/api/v1/training/coverage/{area}",
            Guard::Public,
            training::coverage_of,
        )
        .get("/api/v1/readiness", Guard::Public, readiness::country)
        .get(
            "/api/v1/readiness/districts/{area}",
            Guard::Public,
            readiness::district,
        )
        .get(
            "/api/v1/readiness/stations/{station}",
            Guard::Public,
            readiness::station,
        )
        .get("/api/v1/surveys", Guard::Public, records::all_surveys)
        .get("/api/v1/surveys/{id}", Guard::Public, records::survey)
        .get("/api/v1/visits", Guard::Public, records::all_visits)
        .get("/api/v1/visits/{id}", Guard::Public, records::visit)
        .get("/api/v1/training", Guard::Public, records::all_sessions)
        .get("/api/v1/training/{id}", Guard::Public, records::session)
        .get("/api/v1/notes", Guard::Public, records::all_notes)
        .get("/api/v1/notes/{id}", Guard::Public, records::note)
}

/// How long an answer may be kept; it names itself, so asking again costs little.
const CACHE: &str = "public, max-age=2";

/// A large answer, kept as it was last made until something in it changes.
async fn kept<F>(
    app: &App,
    headers: &HeaderMap,
    name: String,
    shows: (Shows<'_>, u64),
    make: F,
) -> Result<Response, Error>
where
    F: Future<Output = Result<Vec<u8>, Error>>,
{
    let form = Form::file("application/json").with(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")?;
    app.kept.or_make(headers, name, shows, form, make).await
}

/// An answer with its name, or "unchanged" for who has it already.
fn answer(headers: &HeaderMap, body: &impl Serialize) -> Result<Response, Error> {
    let bytes = serde_json::to_vec(body).map_err(Error::internal)?;
    let hash = crate::platform::files::hex(&Sha256::digest(&bytes));
    let tag = format!("\"{}\"", hash.get(..32).unwrap_or(&hash));
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|sent| {
            sent.split(',')
                .any(|one| one.trim().trim_start_matches("W/") == tag)
        });
    let head = [
        (header::ETAG, tag),
        (header::CACHE_CONTROL, CACHE.to_owned()),
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*".to_owned()),
    ];
    Ok(if known {
        (StatusCode::NOT_MODIFIED, head).into_response()
    } else {
        (head, bytes).into_response()
    })
}

/// Parameters behind the question mark; anything unreadable is a problem that names itself.
struct Asked<P>(P);

impl<P: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<P> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let query = parts.uri.query().unwrap_or_default();
        serde_urlencoded::from_str(query)
            .map(Self)
            .map_err(|e| Error::field("query", e.to_string()))
    }
}

/// The id in an address; what can't be one isn't there.
struct Id(String);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        match Path::<String>::from_request_parts(parts, state).await {
            Ok(Path(id)) if ids::is_id(&id) => Ok(Self(id)),
            _ => Err(Error::NotFound),
        }
    }
}

/// The page of a list that was asked for, from 1 to `most`, and how many entries lie before it. Beyond the last there is
/// nothing on it.
fn page_of(asked: Option<u64>, per_page: u64, most: u64) -> Result<(u64, u64), Error> {
    let page = asked.unwrap_or(1);
    if page == 0 || page > most {
        return Err(Error::field("page", format!("1 … {most}")));
    }
    Ok((page, (page - 1).saturating_mul(per_page)))
}

#[cfg(test)]
mod tests;
