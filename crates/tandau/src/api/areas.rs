//! Areas and commissions.

use super::types::{AreaDetail, AreaInfo, AreaList, AreaQuery, CommissionInfo, MemberInfo};
use super::{Asked, Id, answer};
use crate::commissions;
use crate::platform::web::Problem;
use crate::platform::{App, Error, areas as register};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

/// Areas in one answer.
const AREAS_MAX: i64 = 50;
/// Longest name that is searched for, in characters.
const QUERY_MAX: usize = 100;

/// Areas by name, as they are today.
#[utoipa::path(get, path = "/api/v1/areas", tag = "areas", params(AreaQuery),
    responses((status = 200, body = AreaList), (status = 422, body = Problem)))]
pub(super) async fn areas(
    State(app): State<App>,
    Asked(asked): Asked<AreaQuery>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let words = asked.q.unwrap_or_default();
    if words.chars().count() > QUERY_MAX {
        return Err(Error::field("q", format!("at most {QUERY_MAX} characters")));
    }
    let mut reader = app.read().await?;
    let found = register::search(&mut reader, &words, AREAS_MAX).await?;
    answer(
        &headers,
        &AreaList {
            areas: found.iter().map(AreaInfo::from).collect(),
        },
    )
}

/// One area between what is above and below it.
#[utoipa::path(get, path = "/api/v1/areas/{code}", tag = "areas",
    params(("code" = String, Path, description = "Code of the classifier")),
    responses((status = 200, body = AreaDetail), (status = 404, body = Problem)))]
pub(super) async fn area(
    State(app): State<App>,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let today = app.today();
    let mut reader = app.read().await?;
    let id = register::by_typed_code(&mut reader, &code, today)
        .await?
        .ok_or(Error::NotFound)?;
    let area = register::by_id(&mut reader, &id, today).await?;
    let above = register::path(&mut reader, &id).await?;
    let below = register::children(&mut reader, &id, today).await?;
    answer(
        &headers,
        &AreaDetail {
            area: (&area).into(),
            above: above
                .iter()
                .filter(|a| a.id != id)
                .map(AreaInfo::from)
                .collect(),
            below: below.iter().map(AreaInfo::from).collect(),
        },
    )
}

/// One commission with its members today.
#[utoipa::path(get, path = "/api/v1/commissions/{id}", tag = "commissions",
    params(("id" = String, Path, description = "Id of the commission")),
    responses((status = 200, body = CommissionInfo), (status = 404, body = Problem)))]
pub(super) async fn commission(
    State(app): State<App>,
    Id(id): Id,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let mut reader = app.read().await?;
    let found = commissions::queries::by_id(&mut reader, &id).await?;
    let members = commissions::queries::composition(&mut reader, &id, app.today()).await?;
    answer(
        &headers,
        &CommissionInfo {
            id: found.id,
            level: found.level.as_str().to_owned(),
            area: (&found.area_names).into(),
            parent: found.parent_id,
            size: found.size,
            members: members
                .iter()
                .map(|m| MemberInfo {
                    name: (&m.names).into(),
                    office: m.office.as_str().to_owned(),
                })
                .collect(),
        },
    )
}
