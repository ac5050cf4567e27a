//! `/surveys/questions/{hash}`: the same question in the same words, survey after survey, as a page, CSV and JSON.

use crate::commissions::pages::AsOf;
use crate::platform::charts::{Caption, ShareChart, SharePoint};
use crate::platform::i18n::{date_long, date_short, instant_long, tenths_percent};
use crate::platform::web::{Crumb, Ctx, Shell, Shows, as_csv, as_json};
use crate::platform::{Error, T};
use crate::surveys::model::Survey;
use crate::surveys::queries::{self, QuestionResult};
use crate::surveys::shown::{self, Shown};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Value, json};

/// A survey that asked the question, with its figures.
type Time = (Survey, QuestionResult);

struct TrendLine {
    href: String,
    title: String,
    day: String,
    base: String,
    cells: Vec<(String, String)>,
}

struct Panel {
    title: String,
    chart: String,
}

#[derive(Template)]
#[template(path = "surveys/pages/trend.html")]
struct TrendPage {
    s: Shell,
    wording: String,
    hash: String,
    as_of: String,
    query: String,
    head: Vec<String>,
    panels: Vec<Panel>,
    lines: Vec<TrendLine>,
}

/// The times that the question was asked, of surveys that were over by the moment asked for.
async fn times(ctx: &Ctx, hash: &str, asked: &AsOf) -> Result<Vec<Time>, Error> {
    if hash.len() != 64 || !hash.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(Error::NotFound);
    }
    let before = asked.before(ctx)?;
    let mut reader = ctx.read().await?;
    let day = asked.is_asked().then_some(before);
    let mut times = queries::trend(&mut reader, &ctx.app, hash, day).await?;
    times.retain(|(survey, _)| survey.closed_at.is_some_and(|at| at < before));
    if times.is_empty() {
        return Err(Error::NotFound);
    }
    Ok(times)
}

/// Every survey that asked the question is read for it, and none of them changes but by an act: the page is kept.
pub(super) async fn page(
    ctx: Ctx,
    Path(hash): Path<String>,
    Query(asked): Query<AsOf>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    ctx.app
        .kept
        .or_render(&ctx, &headers, Shows::All, series(&ctx, &hash, &asked))
        .await
}

/// An option over time. A time whose figure is not shown has no point.
fn panel(t: T, times: &[Time], at: usize) -> Panel {
    let title = times.first().and_then(|(_, asked)| asked.options.get(at));
    let title = title.map_or("", |option| option.wording.get(t.lang));
    let first = times.first().map(|(survey, _)| survey.held_on);
    let told: Vec<(u32, String, u64, (u64, u64), String)> = times
        .iter()
        .filter_map(|(survey, asked)| {
            let option = asked.options.get(at)?;
            let (share, interval) = option.share.zip(option.wilson)?;
            let days = first?.until(survey.held_on).ok()?.get_days();
            Some((
                u32::try_from(days).unwrap_or(0),
                date_short(t.lang, survey.held_on),
                share.tenths(),
                (interval.low_tenths, interval.high_tenths),
                tenths_percent(t.lang, share.tenths()),
            ))
        })
        .collect();
    let points: Vec<SharePoint<'_>> = told
        .iter()
        .map(|(day, label, tenths, interval, text)| SharePoint {
            day: *day,
            label,
            tenths: *tenths,
            interval: *interval,
            text,
        })
        .collect();
    let chart = ShareChart {
        caption: Caption {
            id: &format!("t{}", at + 1),
            title,
            desc: &t.surveys_trend_chart(),
        },
        points: &points,
        percent: &|tenths| tenths_percent(t.lang, tenths),
    };
    Panel {
        title: title.to_owned(),
        chart: if points.is_empty() {
            String::new()
        } else {
            chart.render()
        },
    }
}

async fn series(ctx: &Ctx, hash: &str, asked: &AsOf) -> Result<String, Error> {
    let t = ctx.t;
    let times = times(ctx, hash, asked).await?;
    let first = times.first().ok_or(Error::NotFound)?;
    let wording = first.1.question.wording.get(t.lang).to_owned();
    let names = first.1.options.iter();
    let head: Vec<String> = names.map(|o| o.wording.get(t.lang).to_owned()).collect();
    let cell = |line: Shown| {
        let said = if line.share.is_empty() {
            line.count
        } else {
            line.share
        };
        (said, line.interval)
    };
    let lines = times
        .iter()
        .map(|(survey, asked)| TrendLine {
            href: format!("/surveys/{}", survey.id),
            title: survey.title.get(t.lang).to_owned(),
            day: date_long(t.lang, survey.held_on),
            base: shown::figure(t, asked.base),
            cells: shown::options(t, asked).into_iter().map(cell).collect(),
        })
        .collect();
    let page = TrendPage {
        s: ctx.shell(
            "",
            t.surveys_trend_title(),
            vec![
                Crumb::to("/", t.shell_nav_home()),
                Crumb::to("/surveys", t.surveys_public_title()),
                Crumb::here(t.surveys_trend_title()),
            ],
        ),
        as_of: instant_long(t.lang, asked.before(ctx)?, &ctx.app.home_zone),
        query: asked.query(),
        panels: (0..head.len()).map(|at| panel(t, &times, at)).collect(),
        hash: hash.to_owned(),
        wording,
        head,
        lines,
    };
    page.render().map_err(Error::internal)
}

pub(super) async fn json(
    ctx: Ctx,
    Path(hash): Path<String>,
    Query(asked): Query<AsOf>,
) -> Result<Response, Error> {
    let times = times(&ctx, &hash, &asked).await?;
    let question = times.first().map(|(_, asked)| &asked.question);
    let series: Vec<Value> = times
        .iter()
        .map(|(survey, asked)| {
            let options: Vec<Value> = asked
                .options
                .iter()
                .map(|option| {
                    json!({
                        "catValu": option.key,
                        "count": option.count,
                        "interval95_tenths_percent": option.wilson.map(|i| [i.low_tenths, i.high_tenths]),
                    })
                })
                .collect();
            json!({
                "survey": survey.id,
                "titl": survey.title,
                "collDate": survey.held_on.to_string(),
                "present": survey.present,
                "base": asked.base,
                "catgry": options,
            })
        })
        .collect();
    as_json(&json!({
        "wording_sha256": hash,
        "qstnLit": question.map(|q| &q.wording),
        "responseDomainType": question.map(|q| q.kind.as_str()),
        "sampProc": "none: each survey asked another room, and no room is a sample; a difference is no change of opinion",
        "series": series,
    }))
}

pub(super) async fn csv(
    ctx: Ctx,
    Path(hash): Path<String>,
    Query(asked): Query<AsOf>,
) -> Result<Response, Error> {
    let head = [
        "wording_sha256",
        "survey",
        "held_on",
        "present",
        "base",
        "option",
        "option_wording",
        "count",
        "low_95_tenths",
        "high_95_tenths",
    ];
    let maybe = |n: Option<u64>| n.map_or_else(String::new, |n| n.to_string());
    let mut lines = vec![head.map(str::to_owned).to_vec()];
    for (survey, asked) in times(&ctx, &hash, &asked).await? {
        for option in &asked.options {
            lines.push(vec![
                hash.clone(),
                survey.id.clone(),
                survey.held_on.to_string(),
                maybe(survey.present),
                maybe(asked.base),
                option.key.clone(),
                option.wording.get(ctx.lang()).to_owned(),
                maybe(option.count),
                maybe(option.wilson.map(|i| i.low_tenths)),
                maybe(option.wilson.map(|i| i.high_tenths)),
            ]);
        }
    }
    as_csv(lines)
}
