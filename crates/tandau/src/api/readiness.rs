//! Readiness of polling stations.

use super::{Asked, Id, answer};
use crate::platform::web::kept::Form;
use crate::platform::web::{Ctx, Problem, Shows};
use crate::platform::{Error, Lang, T, areas};
use crate::readiness::board::export::{self, Readiness, ReadinessDistrict, ReadinessOfStation};
use crate::readiness::board::frame::{self, Frame};
use axum::extract::Path;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use serde::{Deserialize, Serialize};
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

async fn open(ctx: &Ctx, asked: ReadinessQuery) -> Result<Frame, Error> {
    let asked = frame::Asked {
        election: asked.election.unwrap_or_default(),
        as_of: asked.as_of.unwrap_or_default(),
        section: asked.section.unwrap_or_default(),
        area: String::new(),
        silent: String::new(),
    };
    let mut reader = ctx.read().await?;
    Frame::must(&ctx.app, T::new(Lang::En), &mut reader, &asked).await
}

/// What is so now, or was so on a day that is over, which is kept.
async fn told<V, F>(
    (ctx, headers): (&Ctx, &HeaderMap),
    frame: &Frame,
    place: &str,
    make: F,
) -> Result<Response, Error>
where
    V: Serialize,
    F: Future<Output = Result<V, Error>>,
{
    if frame.as_of.today {
        return answer(headers, &make.await?);
    }
    let name = format!(
        "/api/v1/readiness{place}?{}&{}&{}",
        frame.election.id, frame.as_of.day, frame.section
    );
    let form = Form::file("application/json").with(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")?;
    let make = async { serde_json::to_vec(&make.await?).map_err(Error::internal) };
    ctx.app
        .kept
        .or_make_day((ctx, headers), name, (Shows::All, true), form, make)
        .await
}

/// Sums of an election's stations, by region, district, section and day, with what is to be expected on voting day.
#[utoipa::path(get, path = "/api/v1/readiness", tag = "readiness", params(ReadinessQuery),
    responses((status = 200, body = Readiness), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn country(
    ctx: Ctx,
    Asked(asked): Asked<ReadinessQuery>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let frame = open(&ctx, asked).await?;
    let make = async {
        let mut reader = ctx.read().await?;
        export::country(&mut reader, &frame).await
    };
    told((&ctx, &headers), &frame, "", make).await
}

/// A district with its stations.
#[utoipa::path(get, path = "/api/v1/readiness/districts/{area}", tag = "readiness",
    params(("area" = String, Path, description = "Permanent id of the district's area"), ReadinessQuery),
    responses((status = 200, body = ReadinessDistrict), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn district(
    ctx: Ctx,
    Id(area): Id,
    Asked(asked): Asked<ReadinessQuery>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let frame = open(&ctx, asked).await?;
    let make = async {
        let mut reader = ctx.read().await?;
        areas::by_id(&mut reader, &area, frame.as_of.day).await?;
        export::district(&mut reader, &frame, &area).await
    };
    let place = format!("/districts/{area}");
    told((&ctx, &headers), &frame, &place, make).await
}

/// A station with every item.
#[utoipa::path(get, path = "/api/v1/readiness/stations/{station}", tag = "readiness",
    params(("station" = String, Path, description = "Permanent id of the station"), ReadinessQuery),
    responses((status = 200, body = ReadinessOfStation), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn station(
    ctx: Ctx,
    Path(station): Path<String>,
    Asked(asked): Asked<ReadinessQuery>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let frame = open(&ctx, asked).await?;
    let make = async {
        let mut reader = ctx.read().await?;
        export::of_station(&mut reader, &frame, &station).await
    };
    let place = format!("/stations/{station}");
    told((&ctx, &headers), &frame, &place, make).await
}
