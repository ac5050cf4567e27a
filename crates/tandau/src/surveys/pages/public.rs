//! `/surveys`, `/surveys/{id}`: what everybody may see.

use super::state;
use crate::commissions::pages::AsOf;
use crate::platform::i18n::{date_long, instant_long, tenths_percent};
use crate::platform::web::{Crumb, Ctx, Shell, page as render};
use crate::platform::{Error, ids};
use crate::surveys::model::{Claim, QuestionKind, State, Survey};
use crate::surveys::queries::{self, Cross, OptionResult, QuestionResult, Results};
use crate::surveys::shown::{self, Shown};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;

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

pub(super) async fn list(ctx: Ctx, Query(asked): Query<AsOf>) -> Result<Response, Error> {
    let t = ctx.t;
    let at = asked.before(&ctx)?;
    let mut reader = ctx.read().await?;
    let lines = queries::opened(&mut reader, at, (queries::LIST_MOST, 0))
        .await?
        .into_iter()
        .map(|survey| {
            let (shape, word) = state(&ctx, survey.state);
            Line {
                href: format!("/surveys/{}{}", survey.id, asked.query()),
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

/// The survey of an address, once it has been opened, as it stood at the end of the day asked for.
pub(super) async fn opened(
    ctx: &Ctx,
    id: &str,
    asked: &AsOf,
) -> Result<(Survey, Option<Results>), Error> {
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    let now = ctx.app.clock.now();
    let before = asked.before(ctx)?;
    let day = asked.is_asked().then_some(before);
    let mut reader = ctx.read().await?;
    queries::seen(&mut reader, &ctx.app, id, now, (before, day)).await
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
    as_of: String,
    query: String,
    is_open: bool,
    /// Whether somebody who reads this can answer.
    answers: bool,
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

pub(super) async fn page(
    ctx: Ctx,
    Path(id): Path<String>,
    Query(asked): Query<AsOf>,
) -> Result<Response, Error> {
    let t = ctx.t;
    let (survey, results) = opened(&ctx, &id, &asked).await?;
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
        if let Some(present) = results.present.filter(|all| *all < results.answered) {
            response = t.surveys_more_than_present(results.answered, present);
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
        as_of: if asked.is_asked() {
            instant_long(t.lang, asked.before(&ctx)?, &ctx.app.home_zone)
        } else {
            String::new()
        },
        query: asked.query(),
        is_open: survey.state == State::Open,
        answers: survey.state == State::Open && !asked.is_asked(),
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
