//! Decisions and acts on which an election rests.

use super::{Tabs, shell_of};
use crate::elections::queries::{self, DecisionLine};
use crate::platform::i18n::date_long;
use crate::platform::web::{Ctx, Shell, page};
use crate::platform::{Error, T};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;

/// Decisions on one page.
const PER_PAGE: u64 = 50;

/// Which page.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Which {
    #[serde(default)]
    page: String,
}

#[derive(Template)]
#[template(path = "elections/pages/decisions.html")]
struct Page {
    s: Shell,
    tabs: Tabs,
    title: String,
    total: u64,
    lines: Vec<Line>,
    page: u64,
    pages: u64,
    previous: String,
    next: String,
}

struct Line {
    id: String,
    heading: String,
    body: String,
    day: String,
    text: String,
    vote: String,
    dissents: u64,
    contest: String,
}

pub(super) async fn show(
    ctx: Ctx,
    Path(id): Path<String>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let mut connection = ctx.read().await?;
    let election = queries::election(&mut connection, &id).await?;
    let number = if which.page.is_empty() {
        1
    } else {
        let parsed = which.page.parse::<u64>().ok();
        parsed
            .filter(|n| (1..=10_000).contains(n))
            .ok_or(Error::NotFound)?
    };
    let offset = i64::try_from((number - 1) * PER_PAGE).map_err(Error::internal)?;
    let limit = i64::try_from(PER_PAGE).map_err(Error::internal)?;
    let (total, lines) = queries::decisions(&mut connection, &election.id, limit, offset).await?;
    let pages = total.div_ceil(PER_PAGE).max(1);
    if number > pages {
        return Err(Error::NotFound);
    }
    let contests = queries::contests(&mut connection, &election.id).await?;
    let t = ctx.t;
    let link = |n: u64| format!("/elections/{}/decisions?page={n}", election.id);
    let title = t.elections_decisions_title();
    page(&Page {
        s: shell_of(&ctx, &election, title.clone()),
        tabs: Tabs::new(t, &election.id, "decisions"),
        title,
        total,
        lines: lines
            .into_iter()
            .map(|line| {
                let contest = contests
                    .iter()
                    .find(|c| Some(&c.id) == line.contest_id.as_ref())
                    .map(|c| c.names.get(t.lang).to_owned())
                    .unwrap_or_default();
                show_line(t, line, contest)
            })
            .collect(),
        page: number,
        pages,
        previous: if number > 1 {
            link(number - 1)
        } else {
            String::new()
        },
        next: if number < pages {
            link(number + 1)
        } else {
            String::new()
        },
    })
}

fn show_line(t: T, line: DecisionLine, contest: String) -> Line {
    let area = line.area.get(t.lang);
    let body = match line.level.as_str() {
        "" => line.body.get(t.lang).to_owned(),
        "central" => t.commissions_name_central(),
        "precinct" => t.commissions_name_precinct(area),
        _ => t.commissions_name_territorial(area),
    };
    Line {
        heading: line.title.get(t.lang).to_owned(),
        day: t.elections_decision_number(date_long(t.lang, line.decided_on), line.number),
        vote: if line.level.is_empty() {
            String::new()
        } else {
            t.elections_decision_vote(
                line.members,
                line.votes_against,
                line.present,
                line.votes_for,
            )
        },
        id: line.id,
        body,
        text: line.text,
        dissents: line.dissents,
        contest,
    }
}

/// How a decision is named in a list to choose from.
pub(crate) fn label(t: T, line: &DecisionLine) -> String {
    let number = t.elections_decision_number(
        crate::platform::i18n::date_short(t.lang, line.decided_on),
        line.number.as_str(),
    );
    format!("{number}. {}", line.title.get(t.lang))
}
