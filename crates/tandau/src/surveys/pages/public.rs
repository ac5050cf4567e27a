//! `/surveys`, `/surveys/{id}`, `/surveys/questions/{hash}`: what everybody may see.

use super::state;
use crate::commissions::pages::AsOf;
use crate::platform::charts::{Bar, BarChart, Caption, Tone};
use crate::platform::i18n::{date_long, instant_long, number, share_percent};
use crate::platform::web::{Crumb, Ctx, Shell, page as render};
use crate::platform::{Error, ids};
use crate::surveys::model::{Claim, Interval, QuestionKind, State, Survey};
use crate::surveys::queries::{self, Cross, OptionResult, QuestionResult, Results};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use jiff::Timestamp;

struct Line {
    href: String,
    title: String,
    day: String,
    shape: &'static str,
    state: String,
}

#[derive(Template)]
#[template(path = "surveys/pages/public_list.html")]
struct ListPage {
    s: Shell,
    as_of: String,
    query: String,
    lines: Vec<Line>,
}

/// The moment asked for: the end of that day, but never later than now.
pub(super) fn moment(ctx: &Ctx, asked: &AsOf) -> Result<Timestamp, Error> {
    let next = asked
        .day(ctx)?
        .tomorrow()
        .map_err(|_| Error::field("as_of", ctx.t.form_date()))?
        .at(0, 0, 0, 0)
        .to_zoned_datetime(ctx.app.home_zone.clone())?
        .timestamp();
    Ok(next.min(ctx.app.clock.now()))
}

pub(super) async fn list(ctx: Ctx, Query(asked): Query<AsOf>) -> Result<Response, Error> {
    let t = ctx.t;
    let at = moment(&ctx, &asked)?;
    let mut reader = ctx.read().await?;
    let lines = queries::opened(&mut reader, at)
        .await?
        .into_iter()
        .map(|survey| {
            let (shape, word) = state(&ctx, survey.state);
            Line {
                href: format!("/surveys/{}", survey.id),
                title: survey.title.get(t.lang).to_owned(),
                day: date_long(t.lang, survey.held_on),
                shape,
                state: word,
            }
        })
        .collect();
    let title = t.surveys_public_title();
    render(&ListPage {
        s: ctx.shell(
            "",
            title.clone(),
            vec![Crumb::to("/", t.shell_nav_home()), Crumb::here(title)],
        ),
        as_of: instant_long(t.lang, at, &ctx.app.home_zone),
        query: asked.query(),
        lines,
    })
}

/// The survey of an address, once it has been opened.
pub(super) async fn opened(ctx: &Ctx, id: &str) -> Result<(Survey, Option<Results>), Error> {
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    let mut reader = ctx.read().await?;
    let survey = queries::by_id(&mut reader, id).await?;
    if survey.state == State::Draft {
        return Err(Error::NotFound);
    }
    let results = queries::shown(&mut reader, &ctx.app, &survey).await?;
    Ok((survey, results))
}

struct OptionLine {
    wording: String,
    count: String,
    share: String,
    interval: String,
    claim: String,
}

struct Block {
    id: String,
    wording: String,
    kind: String,
    base: String,
    ranking: bool,
    chart: String,
    lines: Vec<OptionLine>,
    texts: Vec<String>,
    trend: String,
}

struct Grid {
    title: String,
    head: Vec<String>,
    rows: Vec<(String, Vec<String>)>,
}

#[derive(Template)]
#[template(path = "surveys/pages/public.html")]
struct ResultsPage {
    s: Shell,
    id: String,
    code: String,
    title: String,
    day: String,
    shape: &'static str,
    state: String,
    is_open: bool,
    shown: bool,
    base: String,
    response: String,
    enforced: bool,
    blocks: Vec<Block>,
    grids: Vec<Grid>,
}

/// `487` tenths as "48.7".
fn tenths(ctx: &Ctx, tenths: u64) -> String {
    share_percent(ctx.lang(), tenths, 1_000)
}

fn interval(ctx: &Ctx, interval: Option<Interval>) -> String {
    interval.map_or_else(String::new, |i| {
        let (low, high) = (tenths(ctx, i.low_tenths), tenths(ctx, i.high_tenths));
        format!("{low}\u{2013}{high}")
    })
}

fn claim(ctx: &Ctx, option: &OptionResult) -> String {
    match option.claim {
        Some(Claim::MoreThanHalf) => ctx.t.surveys_claim_more(),
        Some(Claim::LessThanHalf) => ctx.t.surveys_claim_less(),
        Some(Claim::NotDistinguishable) => ctx.t.surveys_claim_half(interval(ctx, option.wilson)),
        None => String::new(),
    }
}

/// A figure, or the sentence that it is too small to say.
fn figure(ctx: &Ctx, count: Option<u64>) -> String {
    count.map_or_else(|| ctx.t.surveys_hidden(), |n| number(ctx.lang(), n))
}

fn line(ctx: &Ctx, option: &OptionResult) -> OptionLine {
    OptionLine {
        wording: option.wording.get(ctx.lang()).to_owned(),
        count: figure(ctx, option.count),
        share: option.share.map_or_else(String::new, |share| {
            share_percent(ctx.lang(), share.count, share.base)
        }),
        interval: interval(ctx, option.wilson),
        claim: claim(ctx, option),
    }
}

fn block(ctx: &Ctx, at: usize, asked: &QuestionResult) -> Block {
    let t = ctx.t;
    let id = format!("q{}", at + 1);
    let wording = asked.question.wording.get(t.lang).to_owned();
    let lines: Vec<OptionLine> = asked.options.iter().map(|o| line(ctx, o)).collect();
    let bars: Vec<Bar<'_>> = asked
        .options
        .iter()
        .zip(&lines)
        .filter_map(|(option, line)| {
            Some(Bar {
                label: &line.wording,
                note: &line.interval,
                votes: option.count?,
                votes_text: &line.count,
                share_text: &line.share,
                tone: Tone::Position(1),
            })
        })
        .collect();
    let desc = t.surveys_chart_desc();
    let chart = match asked.base {
        Some(base) if !bars.is_empty() && base > 0 => BarChart {
            caption: Caption {
                id: &id,
                title: &wording,
                desc: &desc,
            },
            whole: base,
            bars: &bars,
        }
        .render(),
        _ => String::new(),
    };
    Block {
        kind: t.word(&format!("surveys-kind-{}", asked.question.kind.as_str())),
        base: asked
            .base
            .map_or_else(|| t.surveys_base_hidden(), |n| t.surveys_base(n)),
        ranking: asked.question.kind == QuestionKind::Ranking,
        trend: format!("/surveys/questions/{}", asked.wording_sha256),
        texts: asked.texts.clone(),
        id,
        wording,
        chart,
        lines,
    }
}

fn grid(ctx: &Ctx, results: &Results, cross: &Cross) -> Option<Grid> {
    let lang = ctx.lang();
    let find = |key: &str| results.questions.iter().find(|q| q.question.key == key);
    let (a, b) = (find(&cross.rows)?, find(&cross.columns)?);
    let names = |q: &QuestionResult| -> Vec<String> {
        let words = q.options.iter().map(|o| o.wording.get(lang).to_owned());
        words.collect()
    };
    let rows = names(a).into_iter().zip(&cross.cells);
    Some(Grid {
        title: ctx.t.surveys_cross_title(
            a.question.wording.get(lang).to_owned(),
            b.question.wording.get(lang).to_owned(),
        ),
        head: names(b),
        rows: rows
            .map(|(name, row)| (name, row.iter().map(|n| figure(ctx, *n)).collect()))
            .collect(),
    })
}

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let t = ctx.t;
    let (survey, results) = opened(&ctx, &id).await?;
    let title = survey.title.get(t.lang).to_owned();
    let (shape, word) = state(&ctx, survey.state);
    let (mut base, mut response) = (String::new(), String::new());
    let (mut blocks, mut grids) = (Vec::new(), Vec::new());
    if let Some(results) = &results {
        base = t.surveys_answered(results.answered);
        if let (Some(share), Some(present)) = (results.response, results.present) {
            let percent = share_percent(t.lang, share.count, share.base);
            response = t.surveys_response(results.answered, percent, present);
        }
        blocks = results
            .questions
            .iter()
            .enumerate()
            .map(|(at, asked)| block(&ctx, at, asked))
            .collect();
        grids = results
            .crosses
            .iter()
            .filter_map(|cross| grid(&ctx, results, cross))
            .collect();
    }
    render(&ResultsPage {
        s: ctx.shell(
            "",
            title.clone(),
            vec![
                Crumb::to("/", t.shell_nav_home()),
                Crumb::to("/surveys", t.surveys_public_title()),
                Crumb::here(title.clone()),
            ],
        ),
        id: survey.id.clone(),
        code: survey.code.clone(),
        day: date_long(t.lang, survey.held_on),
        is_open: survey.state == State::Open,
        shown: results.is_some(),
        enforced: survey.wants_tokens,
        title,
        shape,
        state: word,
        base,
        response,
        blocks,
        grids,
    })
}

struct TrendLine {
    href: String,
    title: String,
    day: String,
    base: String,
    cells: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "surveys/pages/trend.html")]
struct TrendPage {
    s: Shell,
    wording: String,
    hash: String,
    head: Vec<String>,
    lines: Vec<TrendLine>,
}

pub(super) async fn trend(ctx: Ctx, Path(hash): Path<String>) -> Result<Response, Error> {
    let t = ctx.t;
    if hash.len() != 64 || !hash.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(Error::NotFound);
    }
    let mut reader = ctx.read().await?;
    let points = queries::trend(&mut reader, &ctx.app, &hash).await?;
    drop(reader);
    let first = points.first().ok_or(Error::NotFound)?;
    let wording = first.1.question.wording.get(t.lang).to_owned();
    let names = first.1.options.iter();
    let head = names.map(|o| o.wording.get(t.lang).to_owned()).collect();
    let lines = points
        .iter()
        .map(|(survey, asked)| TrendLine {
            href: format!("/surveys/{}", survey.id),
            title: survey.title.get(t.lang).to_owned(),
            day: date_long(t.lang, survey.held_on),
            base: figure(&ctx, asked.base),
            cells: asked
                .options
                .iter()
                .map(|o| {
                    let line = line(&ctx, o);
                    let said = if line.share.is_empty() {
                        line.count
                    } else {
                        line.share
                    };
                    (said, line.interval)
                })
                .collect(),
        })
        .collect();
    render(&TrendPage {
        s: ctx.shell(
            "",
            t.surveys_trend_title(),
            vec![
                Crumb::to("/", t.shell_nav_home()),
                Crumb::to("/surveys", t.surveys_public_title()),
                Crumb::here(t.surveys_trend_title()),
            ],
        ),
        wording,
        hash,
        head,
        lines,
    })
}
