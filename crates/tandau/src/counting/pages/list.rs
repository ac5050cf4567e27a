//! Protocols at or below the reader's own area, what is wrong first.

use super::query;
use crate::counting::model::ProtocolState;
use crate::counting::queries::{self, Filter};
use crate::counting::store;
use crate::platform::Error;
use crate::platform::i18n::{instant_long, number};
use crate::platform::ids;
use crate::platform::web::{Choice, Crumb, Ctx, Shell, page};
use askama::Template;
use axum::response::Response;
use std::collections::BTreeMap;

/// Rows to a page.
const ROWS: u32 = 100;

#[derive(Template)]
#[template(path = "counting/pages/list.html")]
struct ListPage {
    s: Shell,
    counts: Vec<Count>,
    states: Vec<Choice>,
    contests: Vec<Choice>,
    rows: Vec<Row>,
    total: u64,
    page: String,
    pages: String,
    previous: String,
    next: String,
}

struct Count {
    shape: &'static str,
    word: String,
    number: String,
    href: String,
}

struct Row {
    href: String,
    station: String,
    contest: String,
    shape: &'static str,
    state: String,
    note: String,
    received: String,
    took_part: String,
    changed: String,
}

pub(super) async fn list(ctx: Ctx) -> Result<Response, Error> {
    let t = ctx.t;
    let acting = ctx.acting()?;
    let area = acting
        .actor()
        .home_area()
        .ok_or(Error::Forbidden("protocol.read"))?
        .to_owned();
    let state = ProtocolState::parse(query(&ctx, "state")).map_or("", ProtocolState::as_str);
    let contest = Some(query(&ctx, "contest"))
        .filter(|c| ids::is_id(c))
        .unwrap_or_default();
    let at: u32 = query(&ctx, "page").parse().unwrap_or(1).clamp(1, 10_000);
    let mut reader = ctx.read().await?;
    let filter = Filter {
        state: state.to_owned(),
        contest_id: contest.to_owned(),
        limit: ROWS,
        offset: (at - 1) * ROWS,
    };
    let found = queries::list_under(&mut reader, &area, &filter).await?;
    let counted = queries::count_under(&mut reader, &area, contest).await?;
    let contests = store::contests_under(&mut reader, &area).await?;
    let names: BTreeMap<&str, &str> = contests
        .iter()
        .map(|(id, names)| (id.as_str(), names.get(t.lang)))
        .collect();
    let zone = &ctx.app.home_zone;
    let figure = |n: Option<u64>| n.map_or_else(|| "–".to_owned(), |n| number(t.lang, n));
    let rows = found
        .iter()
        .map(|listed| {
            let p = &listed.protocol;
            Row {
                href: format!("/office/protocols/{}/{}", p.contest_id, p.station_id),
                station: t.counting_station(listed.number.to_string()),
                contest: names
                    .get(p.contest_id.as_str())
                    .map_or("", |n| *n)
                    .to_owned(),
                shape: p.state.shape(),
                state: if p.accepted_with_act {
                    t.counting_act_accepted_with_act()
                } else {
                    t.word(&p.state.key())
                },
                note: if p.state.is_submitted() && !listed.confirmed {
                    t.counting_waits_for_chair()
                } else if p.state.is_submitted() && !listed.has_paper {
                    t.counting_no_paper()
                } else {
                    String::new()
                },
                received: figure(p.voters_received_ballots),
                took_part: figure(p.took_part),
                changed: if p.version == 0 {
                    String::new()
                } else {
                    instant_long(t.lang, p.changed_at, zone)
                },
            }
        })
        .collect();
    let shown: u64 = match ProtocolState::parse(state) {
        Some(only) => counted.get(&only).copied().unwrap_or(0),
        None => counted.values().sum(),
    };
    let pages = shown.div_ceil(u64::from(ROWS)).max(1);
    let href = |to: u64| format!("/office/protocols?state={state}&contest={contest}&page={to}");
    let now = u64::from(at);
    page(&ListPage {
        s: ctx.shell(
            "office",
            t.counting_list_title(),
            vec![
                Crumb::to("/office", t.shell_nav_office()),
                Crumb::here(t.counting_list_title()),
            ],
        ),
        counts: counts(&ctx, &counted, contest),
        states: states(&ctx, state),
        contests: contest_choices(&ctx, &contests, contest),
        rows,
        total: shown,
        page: now.to_string(),
        pages: pages.to_string(),
        previous: if now > 1 {
            href(now - 1)
        } else {
            String::new()
        },
        next: if now < pages {
            href(now + 1)
        } else {
            String::new()
        },
    })
}

/// What is wrong first.
const ORDER: [ProtocolState; 6] = [
    ProtocolState::SubmittedWithFaults,
    ProtocolState::Returned,
    ProtocolState::Submitted,
    ProtocolState::Draft,
    ProtocolState::Expected,
    ProtocolState::Accepted,
];

fn counts(ctx: &Ctx, counted: &BTreeMap<ProtocolState, u64>, contest: &str) -> Vec<Count> {
    ORDER
        .into_iter()
        .map(|state| Count {
            shape: state.shape(),
            word: ctx.t.word(&state.key()),
            number: number(ctx.lang(), counted.get(&state).copied().unwrap_or(0)),
            href: format!(
                "/office/protocols?state={}&contest={contest}",
                state.as_str()
            ),
        })
        .collect()
}

fn states(ctx: &Ctx, chosen: &str) -> Vec<Choice> {
    let all = Choice::new("", ctx.t.counting_all_states(), chosen);
    let each = ORDER
        .into_iter()
        .map(|state| Choice::new(state.as_str(), ctx.t.word(&state.key()), chosen));
    std::iter::once(all).chain(each).collect()
}

fn contest_choices(
    ctx: &Ctx,
    contests: &[(String, crate::platform::Names)],
    chosen: &str,
) -> Vec<Choice> {
    if contests.len() < 2 {
        return Vec::new();
    }
    let all = Choice::new("", ctx.t.counting_all_contests(), chosen);
    let each = contests
        .iter()
        .map(|(id, names)| Choice::new(id.as_str(), names.get(ctx.lang()), chosen));
    std::iter::once(all).chain(each).collect()
}
