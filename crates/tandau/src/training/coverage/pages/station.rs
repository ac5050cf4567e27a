//! One station: whether it has what it needs. Nobody's name, and no figure of the few people who sit there.

use super::super::frame::{Asked, Frame};
use super::super::queries;
use super::shell;
use super::views::{Needs, as_of, needs, public_mark};
use crate::platform::web::{Crumb, Ctx, Shell, Shows};
use crate::platform::{Error, ids};
use crate::readiness::board::queries::station_names;
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;

#[derive(Template)]
#[template(path = "training/coverage/pages/station.html")]
struct StationPage {
    s: Shell,
    live: String,
    kicker: String,
    title: String,
    as_of: String,
    needs: Needs,
    readiness: String,
    district: String,
}

pub(super) async fn station(
    ctx: Ctx,
    Path(station): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    ctx.app
        .kept
        .or_render(&ctx, &headers, Shows::All, async {
            if !ids::is_id(&station) {
                return Err(Error::NotFound);
            }
            page(&ctx, &station, &asked)
                .await?
                .render()
                .map_err(Error::internal)
        })
        .await
}

async fn page(ctx: &Ctx, station: &str, asked: &Asked) -> Result<StationPage, Error> {
    let t = ctx.t;
    let rules = &ctx.app.rules.training().coverage;
    let mut reader = ctx.read().await?;
    let frame = Frame::must(&ctx.app, t, &mut reader, asked).await?;
    let id = frame.election.id.as_str();
    let days = queries::days(&mut reader, id, &frame.as_of, station).await?;
    let Some((_, Some(now))) = days.first() else {
        return Err(Error::NotFound);
    };
    let names = station_names(&mut reader, station, frame.as_of.day).await?;
    let state = public_mark(t, now.state);
    let title = t.coverage_station_sentence(names.number.to_string(), state.text.as_str());
    let way = vec![
        Crumb::to(frame.area(&names.region_id), names.region_names.get(t.lang)),
        Crumb::to(
            frame.area(&names.district_id),
            names.district_names.get(t.lang),
        ),
        Crumb::here(t.coverage_station_named(names.number.to_string())),
    ];
    Ok(StationPage {
        s: shell(ctx, &frame, title.clone(), way),
        live: format!("/elections/{id}/live"),
        kicker: format!(
            "{} · {}",
            names.names.get(t.lang),
            names.address.get(t.lang)
        ),
        title,
        as_of: as_of(t, &frame.as_of, &frame.zone),
        needs: needs(t, rules),
        readiness: frame.href(&format!("/readiness/stations/{station}")),
        district: frame.area(&names.district_id),
    })
}
