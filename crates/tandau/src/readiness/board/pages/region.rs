//! A region: its districts on the map and in a table.

use super::super::frame::{Asked, Frame};
use super::super::model::Sums;
use super::super::queries;
use super::looks::Looks;
use super::map::{KeyItem, draw, key};
use super::views::{self, Head, Line, SignedLine, Trend, head, line, signed_lines, trend};
use super::{NAMES, shell, text};
use crate::platform::maps::ATTRIBUTION;
use crate::platform::web::{Crumb, Ctx, Shell, Shows};
use crate::platform::{Error, areas, ids};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;

#[derive(Template)]
#[template(path = "readiness/board/pages/region.html")]
struct RegionPage {
    s: Shell,
    live: String,
    head: Head,
    empty: bool,
    map: String,
    key: Vec<KeyItem>,
    attribution: String,
    districts: Vec<Line>,
    total: Line,
    trend: Trend,
    sections: Vec<Line>,
    signed: Vec<SignedLine>,
    access: String,
    looks: Looks,
    csv: String,
    json: String,
}

pub(super) async fn region(
    ctx: Ctx,
    Path(area): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    ctx.app
        .kept
        .or_render_day(&ctx, &headers, (Shows::All, NAMES), async {
            if !ids::is_id(&area) {
                return Err(Error::NotFound);
            }
            let t = ctx.t;
            let mut reader = ctx.read().await?;
            let frame = Frame::must(&ctx.app, t, &mut reader, &asked).await?;
            let region = areas::by_id(&mut reader, &area, frame.as_of.day).await?;
            let id = frame.election.id.as_str();
            let mut districts =
                queries::districts(&mut reader, id, &frame.as_of, &frame.section).await?;
            districts.retain(|d| d.region_id == area);
            let sums = Sums::of(districts.iter().map(|d| d.sums));
            let by_section =
                queries::sections(&mut reader, id, &frame.as_of, &frame.checklist, &area).await?;
            let from = frame.chart_from();
            let series =
                queries::unmet_by_day(&mut reader, id, &frame.as_of, &frame.section, &area, from)
                    .await?;
            let signed = queries::signed(
                &mut reader,
                &ctx.app.kept,
                id,
                &frame.as_of,
                &frame.zone,
                (&area, usize::MAX),
                &districts,
            )
            .await?;
            let here = format!("/readiness/regions/{area}");
            let lists =
                queries::lists_of(&mut reader, id, &frame.as_of, frame.silent_days, &districts)
                    .await?;
            let looks = Looks::of(t, &mut reader, &frame, (&lists, &here, &asked)).await?;
            drop(reader);
            let name = region.names.get(t.lang).to_owned();
            let title = t.board_place_sentence(name.as_str(), sums.ready, sums.stations);
            text(&RegionPage {
                s: shell(
                    &ctx,
                    &frame,
                    t.board_title_of(name.as_str()),
                    vec![Crumb::here(name)],
                ),
                live: format!("/elections/{id}/live"),
                looks,
                csv: frame.href_with("/readiness.csv", &format!("area={area}")),
                json: frame.href_with("/readiness.json", &format!("area={area}")),
                access: format!("/readiness/accessibility/{}", region.code),
                empty: districts.is_empty(),
                head: head(t, &frame, &here, title, sums),
                map: draw(t, &frame, &districts, Some(&region.code))?,
                key: key(t),
                attribution: t.results_map_attribution(ATTRIBUTION),
                districts: districts
                    .iter()
                    .map(|d| line(t, frame.district(&d.area_id), d.names.get(t.lang), d.sums))
                    .collect(),
                total: line(t, String::new(), &t.board_total(), sums),
                trend: trend(t, &frame, &series, sums.counts),
                sections: views::sections(t, &frame, &here, &by_section),
                signed: signed_lines(t, &frame, &signed.all),
            })
        })
        .await
}
