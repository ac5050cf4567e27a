//! Training of commissions.

use super::{Asked, Id, answer};
use crate::platform::database::Connection;
use crate::platform::web::Problem;
use crate::platform::{App, Error, Lang, T};
use crate::training::coverage::export::{self, TrainingCoverage, TrainingStations};
use crate::training::coverage::frame::{self, Frame};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which picture of coverage.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct CoverageQuery {
    /// Id of an election; the newest whose stations are on record without it.
    election: Option<String>,
    /// A day that is over, `2023-10-02`; this moment without it.
    as_of: Option<String>,
}

async fn open(
    app: &App,
    connection: &mut Connection,
    asked: CoverageQuery,
) -> Result<Frame, Error> {
    let asked = frame::Asked {
        election: asked.election.unwrap_or_default(),
        as_of: asked.as_of.unwrap_or_default(),
        area: String::new(),
    };
    Frame::must(app, T::new(Lang::En), connection, &asked).await
}

/// How many stations of an election have a trained commission, by region, district and day.
#[utoipa::path(get, path = "/api/v1/training/coverage", tag = "training", params(CoverageQuery),
    responses((status = 200, body = TrainingCoverage), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn coverage(
    State(app): State<App>,
    Asked(asked): Asked<CoverageQuery>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let mut reader = app.read().await?;
    let frame = open(&app, &mut reader, asked).await?;
    answer(&headers, &export::country(&mut reader, &app, &frame).await?)
}

/// Stations of a region or a district: whether their commissions are trained. Nobody's name or mark.
#[utoipa::path(get, path = "/api/v1/training/coverage/{area}", tag = "training",
    params(("area" = String, Path, description = "Permanent id of a region's or district's area"), CoverageQuery),
    responses((status = 200, body = TrainingStations), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn coverage_of(
    State(app): State<App>,
    Id(area): Id,
    Asked(asked): Asked<CoverageQuery>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let mut reader = app.read().await?;
    let frame = open(&app, &mut reader, asked).await?;
    let found = export::stations(&mut reader, &frame, &area).await?;
    if found.stations.is_empty() {
        return Err(Error::NotFound);
    }
    answer(&headers, &found)
}
