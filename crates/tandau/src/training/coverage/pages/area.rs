//! A region with its districts, or a district with its stations.

use super::super::frame::{Asked, Frame};
use super::super::model::{StationStand, Sums};
use super::super::queries;
use super::shell;
use super::views::{Head, Line, Mark, Needs, Trend, head, line, needs, public_mark, trend};
use crate::platform::database::Connection;
use crate::platform::web::{Crumb, Ctx, Shell, Shows};
use crate::platform::{Error, T, areas, ids};
use crate::readiness::board::frame::say;
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use electoral::training::rules::CoverageRules;

#[derive(Template)]
#[template(path = "training/coverage/pages/area.html")]
struct AreaPage {
    s: Shell,
    live: String,
    head: Head,
    /// Of a region; empty for a district.
    districts: Vec<Line>,
    total: Line,
    /// Of a district; empty for a region.
    stations: Vec<StationLine>,
    trend: Trend,
    needs: Needs,
    csv: String,
    json: String,
}

struct StationLine {
    href: String,
    number: String,
    name: String,
    mark: Mark,
}

pub(super) async fn area(
    ctx: Ctx,
    Path(area): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    ctx.app
        .kept
        .or_render(&ctx, &headers, Shows::All, async {
            if !ids::is_id(&area) {
                return Err(Error::NotFound);
            }
            let mut reader = ctx.read().await?;
            let frame = Frame::must(&ctx.app, ctx.t, &mut reader, &asked).await?;
            let page = page(&ctx, &mut reader, &frame, &area).await?;
            page.render().map_err(Error::internal)
        })
        .await
}

async fn page(
    ctx: &Ctx,
    reader: &mut Connection,
    frame: &Frame,
    area: &str,
) -> Result<AreaPage, Error> {
    let t = ctx.t;
    let rules = &ctx.app.rules.training().coverage;
    let known = areas::by_id(reader, area, frame.as_of.day).await?;
    let id = frame.election.id.as_str();
    let mut districts = queries::districts(reader, id, &frame.as_of).await?;
    districts.retain(|d| d.area_id == area || d.region_id == area);
    let Some(first) = districts.first() else {
        return Err(Error::NotFound);
    };
    let is_district = first.area_id == area;
    let name = known.names.get(t.lang).to_owned();
    let mut way = Vec::new();
    if is_district && first.region_id != area {
        let region = first.region_names.get(t.lang);
        way.push(Crumb::to(frame.area(&first.region_id), region));
    }
    way.push(Crumb::here(name.clone()));
    let sums = Sums::of(districts.iter().map(|d| d.sums));
    let from = frame.chart_from();
    let series = queries::open_by_day(reader, id, &frame.as_of, area, from).await?;
    let stations = if is_district {
        queries::stations(reader, id, &frame.as_of, area).await?
    } else {
        Vec::new()
    };
    let title = t.coverage_place_sentence(sums.covered, name.as_str(), sums.stations);
    Ok(AreaPage {
        s: shell(ctx, frame, t.coverage_title_of(name.as_str()), way),
        live: format!("/elections/{id}/live"),
        head: head(t, frame, rules, title, sums),
        districts: districts
            .iter()
            .filter(|_| !is_district)
            .map(|d| line(t, frame.area(&d.area_id), d.names.get(t.lang), d.sums))
            .collect(),
        total: line(t, String::new(), &t.coverage_total(), sums),
        stations: stations.iter().map(|s| station_line(t, frame, s)).collect(),
        trend: trend(t, frame, &series, sums),
        needs: needs(t, rules),
        csv: frame.href_with("/training/coverage.csv", &format!("area={area}")),
        json: frame.href_with("/training/coverage.json", &format!("area={area}")),
    })
}

/// The needs that don't hold, in words.
pub(super) fn missing(t: T, rules: &CoverageRules, met: &[String]) -> String {
    let open = rules.requirements.iter().filter(|r| !met.contains(&r.id));
    let titles: Vec<String> = open.map(|r| say(&r.title, t.lang)).collect();
    titles.join("; ")
}

fn station_line(t: T, frame: &Frame, s: &StationStand) -> StationLine {
    StationLine {
        href: frame.station(&s.station_id),
        number: s.number.to_string(),
        name: s.names.get(t.lang).to_owned(),
        mark: public_mark(t, s.stand.state),
    }
}
