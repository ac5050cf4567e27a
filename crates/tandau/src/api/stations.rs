//! Stations and their protocols.

use super::types::{StationDetail, StationInfo, StationList, StationQuery};
use super::{Asked, answer, page_of};
use crate::platform::web::Problem;
use crate::platform::{App, Error};
use crate::results::export::{instant_text, station_protocols};
use crate::results::queries::{self, Station};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use jiff::tz::TimeZone;

/// Stations on a page.
const PER_PAGE: u64 = 100;
/// Pages that can be asked for.
const PAGES_MAX: u64 = 10_000;

fn info(station: &Station, zone: &TimeZone) -> StationInfo {
    StationInfo {
        id: station.id.clone(),
        number: station.number,
        contest: station.contest_id.clone(),
        name: (&station.names).into(),
        address: (&station.address).into(),
        voters_on_list: station.voters_initial,
        opens_at: instant_text(station.opens_at, zone),
        closes_at: instant_text(station.closes_at, zone),
        opened_at: station.opened_at.map(|at| instant_text(at, zone)),
        closed_at: station.closed_at.map(|at| instant_text(at, zone)),
        step_free: station.step_free,
        protocol_state: station.shown_state().to_owned(),
    }
}

/// Stations of an election, page by page.
#[utoipa::path(get, path = "/api/v1/elections/{id}/stations", tag = "stations",
    params(("id" = String, Path, description = "Id of the election"), StationQuery),
    responses((status = 200, body = StationList), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn stations(
    State(app): State<App>,
    Path(id): Path<String>,
    Asked(asked): Asked<StationQuery>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let (page, skip) = page_of(asked.page, PER_PAGE, PAGES_MAX)?;
    let mut reader = app.read().await?;
    let election = queries::election(&mut reader, &id).await?;
    let contests = queries::contests(&mut reader, &election.id).await?;
    let (total, stations) = match asked.contest.as_deref().filter(|c| !c.is_empty()) {
        Some(contest) => {
            let contest = queries::contest(&mut reader, &election.id, contest).await?;
            let all = queries::stations_of_contest(&mut reader, &contest.id).await?;
            let total = u64::try_from(all.len()).map_err(Error::internal)?;
            let skip = usize::try_from(skip).map_err(Error::internal)?;
            let take = usize::try_from(PER_PAGE).map_err(Error::internal)?;
            (total, all.into_iter().skip(skip).take(take).collect())
        }
        None => (
            queries::count_stations(&mut reader, &election.id).await?,
            queries::stations_of_election(
                &mut reader,
                &election.id,
                i64::try_from(PER_PAGE).map_err(Error::internal)?,
                i64::try_from(skip).map_err(Error::internal)?,
            )
            .await?,
        ),
    };
    let stations: Vec<Station> = stations;
    let zone_of = |station: &Station| {
        contests
            .iter()
            .find(|c| c.id == station.contest_id)
            .map_or_else(|| election.zone.clone(), |c| c.zone.clone())
    };
    answer(
        &headers,
        &StationList {
            page,
            pages: total.div_ceil(PER_PAGE),
            total,
            stations: stations.iter().map(|s| info(s, &zone_of(s))).collect(),
        },
    )
}

/// One station with its protocol in all public versions.
#[utoipa::path(get, path = "/api/v1/elections/{id}/stations/{station}", tag = "stations",
    params(("id" = String, Path, description = "Id of the election"),
        ("station" = String, Path, description = "Permanent id of the station")),
    responses((status = 200, body = StationDetail), (status = 404, body = Problem)))]
pub(super) async fn station(
    State(app): State<App>,
    Path((id, station)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let mut reader = app.read().await?;
    let election = queries::election(&mut reader, &id).await?;
    let found = queries::station(&mut reader, &election.id, &station).await?;
    let contest = queries::contest(&mut reader, &election.id, &found.contest_id).await?;
    let public = queries::public_votes(&mut reader, &election.id, app.clock.now())
        .await?
        .of(&contest);
    let protocol = if public {
        station_protocols(&mut reader, &contest, Some(&found))
            .await?
            .into_iter()
            .next()
    } else {
        None
    };
    answer(
        &headers,
        &StationDetail {
            station: info(&found, &contest.zone),
            votes_public: public,
            protocol,
        },
    )
}
