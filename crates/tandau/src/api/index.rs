//! What the interface says about itself: a page for people, a document for programs.

use super::answer;
use crate::platform::Error;
use crate::platform::web::{Crumb, Ctx, Shell, page};
use askama::Template;
use axum::http::HeaderMap;
use axum::response::Response;

#[derive(Template)]
#[template(path = "api/index.html")]
struct IndexPage {
    s: Shell,
    rows: Vec<(&'static str, String)>,
}

pub(super) async fn page_for_people(ctx: Ctx) -> Result<Response, Error> {
    let t = ctx.t;
    let title = t.api_title();
    page(&IndexPage {
        s: ctx.shell(
            "",
            title.clone(),
            vec![Crumb::to("/", t.shell_nav_home()), Crumb::here(title)],
        ),
        rows: vec![
            ("/api/v1/elections", t.api_elections()),
            ("/api/v1/elections/{id}", t.api_election()),
            ("/api/v1/elections/{id}/contests", t.api_contests()),
            ("/api/v1/elections/{id}/contests/{contest}", t.api_contest()),
            ("/api/v1/elections/{id}/turnout", t.api_turnout()),
            ("/api/v1/elections/{id}/stations", t.api_stations()),
            ("/api/v1/elections/{id}/stations/{station}", t.api_station()),
            ("/api/v1/areas", t.api_areas()),
            ("/api/v1/areas/{code}", t.api_area()),
            ("/api/v1/commissions/{id}", t.api_commission()),
            ("/api/v1/readiness", t.api_readiness()),
            (
                "/api/v1/readiness/districts/{area}",
                t.api_readiness_district(),
            ),
            (
                "/api/v1/readiness/stations/{station}",
                t.api_readiness_station(),
            ),
            ("/api/v1/surveys", t.api_surveys()),
            ("/api/v1/surveys/{id}", t.api_survey()),
            ("/api/v1/visits", t.api_visits()),
            ("/api/v1/visits/{id}", t.api_visit()),
            ("/api/v1/training", t.api_training()),
            ("/api/v1/training/{id}", t.api_training_session()),
            ("/api/v1/notes", t.api_notes()),
            ("/api/v1/notes/{id}", t.api_note()),
        ],
    })
}

/// This document.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "description",
    responses((status = 200, description = "OpenAPI 3.1")))]
pub(super) async fn document_json(headers: HeaderMap) -> Result<Response, Error> {
    answer(&headers, &super::document())
}
