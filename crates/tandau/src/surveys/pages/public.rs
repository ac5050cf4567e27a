//! `/surveys`, `/surveys/{id}`, `/surveys/questions/{hash}`: what everybody may see.

use super::state;
use crate::commissions::pages::AsOf;
use crate::platform::i18n::{date_long, instant_long, tenths_percent};
use crate::platform::web::{Crumb, Ctx, Shell, Shows, page as render};
use crate::platform::{Error, ids};
use crate::surveys::model::{Claim, QuestionKind, State, Survey};
use crate::surveys::queries::{self, Cross, OptionResult, QuestionResult, Results};
use crate::surveys::shown::{self, Shown};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
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

struct Block {
    id: String,
    wording: String,
    kind: String,
    base: String,
    ranking: bool,
    chart: String,
    lines: Vec<(Shown, String)>,
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

fn claim(ctx: &Ctx, option: &OptionResult) -> String {
    match option.claim {
        Some(Claim::MoreThanHalf) => ctx.t.surveys_claim_more(),
        Some(Claim::LessThanHalf) => ctx.t.surveys_claim_less(),
        Some(Claim::NotDistinguishable) => ctx
            .t
            .surveys_claim_half(shown::interval(ctx.t, option.wilson)),
        None => String::new(),
    }
}

fn block(ctx: &Ctx, at: usize, asked: &QuestionResult) -> Block {
    let t = ctx.t;
    let id = format!("q{}", at + 1);
    let options = shown::options(t, asked);
    let chart = shown::chart(t, &id, asked, &options);
    Block {
        kind: t.word(&format!("surveys-kind-{}", asked.question.kind.as_str())),
        base: asked
            .base
            .map_or_else(|| t.surveys_base_hidden(), |n| t.surveys_base(n)),
        ranking: asked.question.kind == QuestionKind::Ranking,
        trend: format!("/surveys/questions/{}", asked.wording_sha256),
        texts: asked.texts.clone(),
        wording: asked.question.wording.get(t.lang).to_owned(),
        lines: options
            .into_iter()
            .zip(asked.options.iter().map(|option| claim(ctx, option)))
            .collect(),
        id,
        chart,
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
            .map(|(name, row)| (name, row.iter().map(|n| shown::figure(ctx.t, *n)).collect()))
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
            let percent = tenths_percent(t.lang, share.tenths());
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

/// Every survey that asked the question is read for it, and none of them changes but by an act: the page is kept.
pub(super) async fn trend(
    ctx: Ctx,
    Path(hash): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    if hash.len() != 64 || !hash.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(Error::NotFound);
    }
    ctx.app
        .kept
        .or_render(&ctx, &headers, Shows::All, series(&ctx, &hash))
        .await
}

async fn series(ctx: &Ctx, hash: &str) -> Result<String, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let points = queries::trend(&mut reader, &ctx.app, hash).await?;
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
            base: shown::figure(t, asked.base),
            cells: asked
                .options
                .iter()
                .map(|o| {
                    let line = shown::option(t, o);
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
        wording,
        hash: hash.to_owned(),
        head,
        lines,
    };
    page.render().map_err(Error::internal)
}
