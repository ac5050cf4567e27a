//! `/office/training/certificates`: certificates of sessions that a commission held, for those who look after them. Nobody else
//! has a list.

use super::super::code::{printed, typed};
use crate::platform::access::Action;
use crate::platform::i18n::{date_short, told};
use crate::platform::web::{Choice, Crumb, Ctx, Shell, page as render};
use crate::platform::{Error, areas, search};
use crate::training::learning::model::{Listed, Sought};
use crate::training::learning::store::certificates as store;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;

/// Its address.
pub(super) const PATH: &str = "/office/training/certificates";
/// Lines of one page.
const PAGE: i64 = 50;

/// What may stand behind the question mark.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// A code or words of a name.
    #[serde(default)]
    q: String,
    /// `issued`, `withdrawn`; both without it.
    #[serde(default)]
    state: String,
    /// The area of one of the reader's offices; the first without it.
    #[serde(default)]
    area: String,
    /// Number of a page, from 1.
    #[serde(default)]
    page: String,
}

struct Line {
    href: String,
    code: String,
    holder: String,
    programme: String,
    area: String,
    day: String,
    shape: &'static str,
    state: String,
    reason: String,
    /// Where it is withdrawn; empty for whoever may not, and once it was.
    withdraw: String,
}

#[derive(Template)]
#[template(path = "training/learning/pages/certificates.html")]
struct ListPage {
    s: Shell,
    q: String,
    areas: Vec<Choice>,
    states: Vec<Choice>,
    counts: String,
    lines: Vec<Line>,
    page: i64,
    pages: i64,
    previous: String,
    next: String,
}

fn line(ctx: &Ctx, one: Listed, may_withdraw: bool) -> Line {
    let t = ctx.t;
    let day = |at: jiff::Timestamp| {
        let day = at.to_zoned_datetime(ctx.app.home_zone.clone()).date();
        date_short(t.lang, day)
    };
    let (shape, state, reason) = match &one.withdrawn {
        None => ("done", t.learning_valid(), String::new()),
        Some((at, reason)) => {
            let reason = told(t.lang, reason);
            let state = t.learning_withdrawn();
            ("trouble", state, format!("{}: {reason}", day(*at)))
        }
    };
    Line {
        href: format!("/certificates/{}", one.code),
        holder: one.holder.get(t.lang).to_owned(),
        programme: one.title.get(t.lang).to_owned(),
        area: one.area.get(t.lang).to_owned(),
        day: day(one.issued_at),
        withdraw: if may_withdraw && one.withdrawn.is_none() {
            format!("{PATH}/withdraw?code={}", one.code)
        } else {
            String::new()
        },
        code: printed(&one.code),
        shape,
        state,
        reason,
    }
}

pub(super) async fn list(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let t = ctx.t;
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let own = acting
        .areas_with(&mut reader, Action::TrainingFollow)
        .await?;
    let chosen = own.iter().find(|id| **id == asked.area).or(own.first());
    let area_id = chosen.cloned().unwrap_or_default();
    let mut choices = Vec::new();
    for id in &own {
        let area = areas::by_id(&mut reader, id, ctx.app.today()).await?;
        choices.push(Choice::new(id.clone(), area.names.get(t.lang), &area_id));
    }
    let q: String = asked.q.trim().chars().take(100).collect();
    let code = match typed(&q) {
        Some(code) => code,
        // Signs alone are nobody's name, and no code.
        None if !q.is_empty() && search::is_blank(&q) => "-".to_owned(),
        None => String::new(),
    };
    let state = match asked.state.as_str() {
        known @ ("issued" | "withdrawn") => known.to_owned(),
        _ => String::new(),
    };
    let sought = Sought {
        area_id,
        words: if code.is_empty() {
            q.clone()
        } else {
            String::new()
        },
        state,
        code,
    };
    let (valid, gone) = store::count_listed(&mut reader, &sought).await?;
    let all = match sought.state.as_str() {
        "issued" => valid,
        "withdrawn" => gone,
        _ => valid.saturating_add(gone),
    };
    let all = i64::try_from(all).unwrap_or(i64::MAX);
    let pages = (all.saturating_add(PAGE - 1) / PAGE).max(1);
    let number: i64 = asked.page.parse().unwrap_or(1).clamp(1, pages);
    let at = (PAGE, (number - 1) * PAGE);
    let found = store::listed(&mut reader, &sought, at).await?;
    drop(reader);
    let may_withdraw = ctx.app.policy.could(acting.actor(), Action::TrainingMake);
    let to = |page: i64| {
        let fields = [
            ("q", q.as_str()),
            ("state", sought.state.as_str()),
            ("area", sought.area_id.as_str()),
        ];
        let query = serde_urlencoded::to_string(&fields[..]).map_err(Error::internal)?;
        Ok::<_, Error>(format!("{PATH}?{query}&page={page}"))
    };
    let (previous, next) = (
        (number > 1).then(|| to(number - 1)).transpose()?,
        (number < pages).then(|| to(number + 1)).transpose()?,
    );
    let title = t.learning_issued();
    render(&ListPage {
        s: ctx.shell(
            "office",
            title.clone(),
            vec![
                Crumb::to("/office", t.shell_nav_office()),
                Crumb::to("/office/training", t.training_title()),
                Crumb::here(title),
            ],
        ),
        areas: choices,
        states: [
            ("", t.learning_any()),
            ("issued", t.learning_valid()),
            ("withdrawn", t.learning_withdrawn()),
        ]
        .into_iter()
        .map(|(value, text)| Choice::new(value, text, &sought.state))
        .collect(),
        counts: t.learning_issued_count(valid, gone),
        lines: found
            .into_iter()
            .map(|one| line(&ctx, one, may_withdraw))
            .collect(),
        page: number,
        pages,
        previous: previous.unwrap_or_default(),
        next: next.unwrap_or_default(),
        q,
    })
}
