//! Readiness of polling stations.

use super::{Asked, answer};
use crate::platform::web::Problem;
use crate::platform::{App, Error, Lang, T, areas, ids};
use crate::readiness::board::export::{self, Readiness, ReadinessDistrict, ReadinessOfStation};
use crate::readiness::board::frame::{self, Frame};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which picture of readiness.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ReadinessQuery {
    /// Id of an election; the newest whose readiness is on record without it.
    election: Option<String>,
    /// A day that is over, `2023-10-02`; this moment without it.
    as_of: Option<String>,
    /// Id of a section of the checklist; all without it.
    section: Option<String>,
}

async fn open(
    app: &App,
    connection: &mut crate::platform::database::Connection,
    asked: ReadinessQuery,
) -> Result<Frame, Error> {
    let asked = frame::Asked {
        election: asked.election.unwrap_or_default(),
        as_of: asked.as_of.unwrap_or_default(),
        section: asked.section.unwrap_or_default(),
        area: String::new(),
        silent: String::new(),
    };
    Frame::must(app, T::new(Lang::En), connection, &asked).await
}

/// Sums of an election's stations, by region, district, section and day, with what is to be expected on voting day.
#[utoipa::path(get, path = "/api/v1/readiness", tag = "readiness", params(ReadinessQuery),
    responses((status = 200, body = Readiness), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn country(
    State(app): State<App>,
    Asked(asked): Asked<ReadinessQuery>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let mut reader = app.read().await?;
    let frame = open(&app, &mut reader, asked).await?;
    answer(&headers, &export::country(&mut reader, &frame).await?)
}

/// A district with its stations.
#[utoipa::path(get, path = "/api/v1/readiness/districts/{area}", tag = "readiness",
    params(("area" = String, Path, description = "Permanent id of the district's area"), ReadinessQuery),
    responses((status = 200, body = ReadinessDistrict), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn district(
    State(app): State<App>,
    Path(area): Path<String>,
    Asked(asked): Asked<ReadinessQuery>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    if !ids::is_id(&area) {
        return Err(Error::NotFound);
    }
    let mut reader = app.read().await?;
    let frame = open(&app, &mut reader, asked).await?;
    areas::by_id(&mut reader, &area, frame.as_of.day).await?;
    answer(
        &headers,
        &export::district(&mut reader, &frame, &area).await?,
    )
}

/// A station with every item.
#[utoipa::path(get, path = "/api/v1/readiness/stations/{station}", tag = "readiness",
    params(("station" = String, Path, description = "Permanent id of the station"), ReadinessQuery),
    responses((status = 200, body = ReadinessOfStation), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn station(
    State(app): State<App>,
    Path(station): Path<String>,
    Asked(asked): Asked<ReadinessQuery>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let mut reader = app.read().await?;
    let frame = open(&app, &mut reader, asked).await?;
    answer(
        &headers,
        &export::of_station(&mut reader, &frame, &station).await?,
    )
}
