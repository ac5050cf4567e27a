//! The country: how many stations are covered, where most are not, what is to be expected.

use super::super::frame::{Asked, Frame};
use super::super::model::{self, District, Sums};
use super::super::queries;
use super::views::{Head, Line, Needs, Trend, head, line, needs, trend};
use crate::platform::database::Connection;
use crate::platform::web::{Crumb, Ctx, Shell, Shows};
use crate::platform::{App, Error, T};
use askama::Template;
use axum::extract::Query;
use axum::http::HeaderMap;
use axum::response::Response;

/// Districts that are named as furthest behind.
const FURTHEST: usize = 10;

#[derive(Template)]
#[template(path = "training/coverage/pages/country.html")]
struct CountryPage {
    s: Shell,
    view: Option<View>,
}

struct View {
    live: String,
    head: Head,
    regions: Vec<Line>,
    total: Line,
    districts: Vec<(Line, Vec<Line>)>,
    furthest: Vec<Line>,
    trend: Trend,
    needs: Needs,
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
        .or_render(&ctx, &headers, Shows::All, async {
            let t = ctx.t;
            let mut reader = ctx.read().await?;
            let frame = Frame::open(&ctx.app, t, &mut reader, &asked).await?;
            let view = match &frame {
                Some(frame) => view(&ctx.app, t, &mut reader, frame).await?,
                None => None,
            };
            drop(reader);
            let way = vec![
                Crumb::to("/", t.shell_nav_home()),
                Crumb::to("/training", t.training_nav()),
                Crumb::here(t.coverage_nav()),
            ];
            let page = CountryPage {
                s: ctx.shell("training", t.coverage_title(), way),
                view,
            };
            page.render().map_err(Error::internal)
        })
        .await
}

async fn view(
    app: &App,
    t: T,
    reader: &mut Connection,
    frame: &Frame,
) -> Result<Option<View>, Error> {
    let id = frame.election.id.as_str();
    let rules = &app.rules.training().coverage;
    let districts = queries::districts(reader, id, &frame.as_of).await?;
    if districts.is_empty() {
        return Ok(None);
    }
    let sums = Sums::of(districts.iter().map(|d| d.sums));
    let from = frame.chart_from();
    let series = queries::open_by_day(reader, id, &frame.as_of, "", from).await?;
    let regions = model::regions(&districts);
    let of_district = |d: &District| line(t, frame.area(&d.area_id), d.names.get(t.lang), d.sums);
    let title = match frame.days_left() {
        Some(days) => t.coverage_sentence_left(sums.covered, days, sums.stations),
        None => t.coverage_sentence_over(sums.covered, sums.stations),
    };
    Ok(Some(View {
        live: format!("/elections/{id}/live"),
        head: head(t, frame, rules, title, sums),
        total: line(t, String::new(), &t.coverage_total(), sums),
        districts: regions
            .iter()
            .map(|r| {
                let below = districts.iter().filter(|d| d.region_id == r.area_id);
                let name = r.names.get(t.lang);
                (
                    line(t, frame.area(&r.area_id), name, r.sums),
                    below.map(of_district).collect(),
                )
            })
            .collect(),
        regions: regions
            .iter()
            .map(|r| line(t, frame.area(&r.area_id), r.names.get(t.lang), r.sums))
            .collect(),
        furthest: model::furthest(&districts, FURTHEST)
            .into_iter()
            .map(|d| {
                let name = format!("{}, {}", d.names.get(t.lang), d.region_names.get(t.lang));
                line(t, frame.area(&d.area_id), &name, d.sums)
            })
            .collect(),
        trend: trend(t, frame, &series, sums),
        needs: needs(t, rules),
        csv: frame.href("/training/coverage.csv"),
        json: frame.href("/training/coverage.json"),
        synthetic: frame.election.synthetic,
    }))
}
