//! A district: its stations, sections, who has signed, the report on paper.

use super::super::frame::{Asked, Frame};
use super::super::model::{Counts, ItemState, StationCounts, Sums};
use super::super::queries;
use super::looks::Looks;
use super::views::{
    self, Head, Line, SignedLine, StationLine, Trend, head, signed_lines, station_line, trend,
};
use super::{NAMES, shell, text};
use crate::platform::database::Connection;
use crate::platform::web::{Crumb, Ctx, Shell, Shows};
use crate::platform::{Error, areas, ids};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "readiness/board/pages/district.html")]
struct DistrictPage {
    s: Shell,
    live: String,
    head: Head,
    stations: Vec<StationLine>,
    trend: Trend,
    sections: Vec<Line>,
    signed: Vec<SignedLine>,
    reports: Vec<(String, String)>,
    access: String,
    looks: Looks,
    csv: String,
    json: String,
}

pub(super) async fn district(
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
            let mut reader = ctx.read().await?;
            let frame = Frame::must(&ctx.app, ctx.t, &mut reader, &asked).await?;
            text(&page(&ctx, &mut reader, &frame, (&area, &asked)).await?)
        })
        .await
}

async fn page(
    ctx: &Ctx,
    reader: &mut Connection,
    frame: &Frame,
    (area, asked): (&str, &Asked),
) -> Result<DistrictPage, Error> {
    let t = ctx.t;
    let district = areas::by_id(reader, area, frame.as_of.day).await?;
    let id = frame.election.id.as_str();
    let bound = frame.as_of.bound();
    let sums = queries::district_sums(reader, id, &bound, &frame.section, area).await?;
    let mut districts = queries::districts(reader, id, &frame.as_of, "").await?;
    districts.retain(|d| d.area_id == area);
    let mut stations = queries::of_district(reader, id, &frame.as_of, area).await?;
    if !frame.section.is_empty() {
        let items = queries::items_of_district(reader, id, &frame.as_of, &stations).await?;
        of_section(frame, &mut stations, &items);
    }
    let zone = district.time_zone()?;
    let mut lines = Vec::with_capacity(stations.len());
    for station in &stations {
        let named = queries::station_names(reader, &station.station_id, frame.as_of.day).await?;
        let name = (named.number, named.names.get(t.lang));
        let address = named.address.get(t.lang).to_owned();
        lines.push((
            named.number,
            station_line(t, frame, station, name, address, &zone),
        ));
    }
    lines.sort_by_key(|(number, _)| *number);
    let by_section = queries::sections(reader, id, &frame.as_of, &frame.checklist, area).await?;
    let from = frame.chart_from();
    let series =
        queries::unmet_by_day(reader, id, &frame.as_of, &frame.section, area, from).await?;
    let signed = queries::signed(
        reader,
        &ctx.app.kept,
        id,
        &frame.as_of,
        &frame.zone,
        (area, usize::MAX),
        &districts,
    )
    .await?;
    let region = areas::path_on(reader, area, frame.as_of.day)
        .await?
        .into_iter()
        .find(|a| districts.iter().any(|d| d.region_id == a.id));
    let name = district.names.get(t.lang).to_owned();
    let here = format!("/readiness/districts/{area}");
    let silent = frame.silent_days;
    let lists = queries::lists_of(reader, id, &frame.as_of, silent, &districts).await?;
    let looks = Looks::of(t, reader, frame, (&lists, &here, asked)).await?;
    let mut way = Vec::new();
    if let Some(region) = region {
        way.push(Crumb::to(
            frame.region(&region.id),
            region.names.get(t.lang),
        ));
    }
    way.push(Crumb::here(name.clone()));
    let report = |lang: &str, text: String| {
        let href = frame.href_with(&format!("{here}/report.pdf"), &format!("lang={lang}"));
        (href, text)
    };
    let title = t.board_place_sentence(name.as_str(), sums.ready, sums.stations);
    Ok(DistrictPage {
        s: shell(ctx, frame, t.board_title_of(name.as_str()), way),
        live: format!("/elections/{id}/live"),
        head: head(t, frame, &here, title, sums),
        stations: lines.into_iter().map(|(_, line)| line).collect(),
        trend: trend(t, frame, &series, sums.counts),
        sections: views::sections(t, frame, &here, &by_section),
        signed: signed_lines(t, frame, &signed.all),
        reports: vec![
            report("kk", t.board_report_kk()),
            report("ru", t.board_report_ru()),
        ],
        looks,
        csv: frame.href_with("/readiness.csv", &format!("area={area}")),
        json: frame.href_with("/readiness.json", &format!("area={area}")),
        access: format!("/readiness/accessibility/{}", district.code),
    })
}

/// Counts of one section alone, from the items.
fn of_section(frame: &Frame, stations: &mut [StationCounts], items: &[ItemState]) {
    let known: HashMap<(&str, &str), &ItemState> = items
        .iter()
        .map(|i| ((i.station_id.as_str(), i.item.as_str()), i))
        .collect();
    for station in stations {
        station.counts = section_counts(frame, &frame.section, |item| {
            known.get(&(station.station_id.as_str(), item)).copied()
        });
    }
}

/// Counts of a section's items of one station.
pub(super) fn section_counts<'i>(
    frame: &Frame,
    section: &str,
    known: impl Fn(&str) -> Option<&'i ItemState>,
) -> Counts {
    use super::super::model::ItemStatus;
    frame
        .checklist
        .of_section(section)
        .map(|item| {
            let status = known(&item.id).map_or(ItemStatus::Unanswered, |i| i.status);
            status.counts(frame.is_critical(&item.id))
        })
        .fold(Counts::default(), Counts::plus)
}

/// Sums of one station, as of a district of one.
pub(super) fn alone(counts: Counts) -> Sums {
    Sums {
        stations: 1,
        ready: u64::from(counts.is_ready()),
        counts,
    }
}
