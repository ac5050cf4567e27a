//! The country: one sentence, four figures, map and table, what is to be expected, what needs a look.

use super::super::frame::{Asked, Frame};
use super::super::model::{self, District, Sums, WORST};
use super::super::queries::{self, Signed};
use super::looks::Looks;
use super::map::{KeyItem, draw, key};
use super::views::{self, Head, Line, SignedLine, Trend, head, line, signed_lines, trend};
use super::{NAMES, text};
use crate::platform::database::Connection;
use crate::platform::maps::ATTRIBUTION;
use crate::platform::web::{Crumb, Ctx, Shell, Shows};
use crate::platform::{Error, T};
use askama::Template;
use axum::extract::Query;
use axum::http::HeaderMap;
use axum::response::Response;

#[derive(Template)]
#[template(path = "readiness/board/pages/country.html")]
struct CountryPage {
    s: Shell,
    view: Option<View>,
}

struct View {
    live: String,
    head: Head,
    days: Vec<(String, String)>,
    map: String,
    key: Vec<KeyItem>,
    attribution: String,
    regions: Vec<Line>,
    /// What the map shows, region by region.
    districts: Vec<(Line, Vec<Line>)>,
    total: Line,
    trend: Trend,
    sections: Vec<Line>,
    worst_districts: Vec<Line>,
    looks: Looks,
    signed: Vec<SignedLine>,
    signed_counts: String,
    csv: String,
    json: String,
    synthetic: bool,
}

pub(super) async fn country(
    ctx: Ctx,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    ctx.app
        .kept
        .or_render_day(&ctx, &headers, (Shows::All, NAMES), async {
            let mut reader = ctx.read().await?;
            let frame = Frame::open(&ctx.app, ctx.t, &mut reader, &asked).await?;
            let t = ctx.t;
            let view = match &frame {
                Some(frame) => view(&ctx, &mut reader, frame, &asked).await?,
                None => None,
            };
            drop(reader);
            let crumbs = vec![
                Crumb::to("/", t.shell_nav_home()),
                Crumb::here(t.board_nav()),
            ];
            text(&CountryPage {
                s: ctx.shell("readiness", t.board_title(), crumbs),
                view,
            })
        })
        .await
}

async fn view(
    ctx: &Ctx,
    reader: &mut Connection,
    frame: &Frame,
    asked: &Asked,
) -> Result<Option<View>, Error> {
    let t = ctx.t;
    let id = frame.election.id.as_str();
    let districts = queries::districts(reader, id, &frame.as_of, &frame.section).await?;
    if districts.is_empty() {
        return Ok(None);
    }
    let sums = Sums::of(districts.iter().map(|d| d.sums));
    let regions = model::regions(&districts);
    let by_section = queries::sections(reader, id, &frame.as_of, &frame.checklist, "").await?;
    let from = frame.chart_from();
    let series = queries::unmet_by_day(reader, id, &frame.as_of, &frame.section, "", from).await?;
    let lists = queries::lists(reader, id, &frame.as_of, frame.silent_days).await?;
    let signed = queries::signed(
        reader,
        &ctx.app.kept,
        id,
        &frame.as_of,
        &frame.zone,
        ("", WORST),
        &districts,
    )
    .await?;
    let here = "/readiness";
    let looks = Looks::of(t, reader, frame, (&lists, here, asked)).await?;
    Ok(Some(View {
        live: format!("/elections/{id}/live"),
        head: head(t, frame, here, sentence(t, frame, sums), sums),
        days: day_links(t, frame),
        map: draw(t, frame, &districts, None)?,
        key: key(t),
        attribution: t.results_map_attribution(ATTRIBUTION),
        regions: regions
            .iter()
            .map(|r| line(t, frame.region(&r.area_id), r.names.get(t.lang), r.sums))
            .collect(),
        districts: regions
            .iter()
            .map(|r| {
                let name = r.names.get(t.lang);
                let below = districts.iter().filter(|d| d.region_id == r.area_id);
                let lines = below
                    .map(|d| line(t, frame.district(&d.area_id), d.names.get(t.lang), d.sums))
                    .collect();
                (line(t, frame.region(&r.area_id), name, r.sums), lines)
            })
            .collect(),
        total: line(t, String::new(), &t.board_total(), sums),
        trend: trend(t, frame, &series, sums.counts),
        sections: views::sections(t, frame, here, &by_section),
        worst_districts: worst_districts(t, frame, &districts),
        looks,
        signed: signed_lines(t, frame, &signed.all),
        signed_counts: signed_counts(t, &signed, &regions, &districts, sums),
        csv: frame.href("/readiness.csv"),
        json: frame.href("/readiness.json"),
        synthetic: frame.election.synthetic,
    }))
}

/// The state in one sentence.
pub(in crate::readiness::board) fn sentence(t: T, frame: &Frame, sums: Sums) -> String {
    match frame.days_left() {
        Some(0) => t.board_sentence_today(sums.ready, sums.stations),
        Some(days) => t.board_sentence_left(days, sums.ready, sums.stations),
        None => t.board_sentence_over(sums.ready, sums.stations),
    }
}

/// Days a reader may want to compare with: the day before and a week before.
fn day_links(t: T, frame: &Frame) -> Vec<(String, String)> {
    let election = format!("election={}&", frame.election.id);
    let back = |days: i32| {
        frame
            .as_of
            .day
            .checked_sub(jiff::Span::new().days(days))
            .ok()
            .map(|day| format!("/readiness?{election}as_of={day}"))
    };
    let mut links = Vec::new();
    if let Some(href) = back(1) {
        links.push((href, t.board_day_before()));
    }
    if let Some(href) = back(7) {
        links.push((href, t.board_week_before()));
    }
    if !frame.as_of.today {
        links.push(("/readiness".to_owned(), t.board_to_today()));
    }
    links
}

fn worst_districts(t: T, frame: &Frame, districts: &[District]) -> Vec<Line> {
    model::worst(districts)
        .into_iter()
        .map(|d| {
            let name = format!("{}, {}", d.names.get(t.lang), d.region_names.get(t.lang));
            line(t, frame.district(&d.area_id), &name, d.sums)
        })
        .collect()
}

fn signed_counts(
    t: T,
    signed: &Signed,
    regions: &[model::Region],
    districts: &[District],
    sums: Sums,
) -> String {
    let of = |level: &str| signed.by_level.get(level).copied().unwrap_or(0);
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    t.board_signed_counts(
        of("district"),
        count(districts.len()),
        of("precinct"),
        sums.stations,
        of("region"),
        count(regions.len()),
    )
}
