//! `/search`: one field finds stations, areas, commissions and candidates by name, in any language and order.

use crate::platform::i18n::date_long;
use crate::platform::web::{Crumb, Ctx, Shell, page};
use crate::platform::{Error, Lang, areas};
use crate::{candidates, commissions, stations};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;

/// Characters looked at.
const MAX_WORDS: usize = 100;
/// Lines of each kind; stations have a page of their own for the rest.
const LINES: u32 = 10;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "results/pages/search.html")]
struct SearchPage {
    s: Shell,
    title: String,
    q: String,
    groups: Vec<Group>,
    /// Where all stations stand when there are more than shown.
    more: String,
    total: u64,
}

/// Finds of one kind.
struct Group {
    anchor: &'static str,
    heading: String,
    lines: Vec<Line>,
}

struct Line {
    href: String,
    name: String,
    under: String,
}

pub(super) async fn search(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let q: String = asked.q.trim().chars().take(MAX_WORDS).collect();
    let mut groups = Vec::new();
    let mut total = 0;
    if !crate::platform::search::is_blank(&q) {
        let (found, all) = station_lines(&ctx, &q).await?;
        total = all;
        let t = ctx.t;
        groups = vec![
            Group {
                anchor: "stations",
                heading: t.results_search_stations(),
                lines: found,
            },
            Group {
                anchor: "areas",
                heading: t.results_search_areas(),
                lines: area_lines(&ctx, &q).await?,
            },
            Group {
                anchor: "candidates",
                heading: t.results_search_candidates(),
                lines: candidate_lines(&ctx, &q).await?,
            },
            Group {
                anchor: "commissions",
                heading: t.results_search_commissions(),
                lines: commission_lines(&ctx, &q).await?,
            },
        ];
        groups.retain(|g| !g.lines.is_empty());
    }
    let title = ctx.t.results_search_title();
    let more = if total > u64::from(LINES) {
        let query = serde_urlencoded::to_string([("q", q.as_str())]).unwrap_or_default();
        format!("/stations?{query}")
    } else {
        String::new()
    };
    page(&SearchPage {
        s: ctx.shell(
            "stations",
            title.clone(),
            vec![
                Crumb::to("/", ctx.t.shell_nav_home()),
                Crumb::here(title.clone()),
            ],
        ),
        title,
        q,
        groups,
        more,
        total,
    })
}

async fn station_lines(ctx: &Ctx, q: &str) -> Result<(Vec<Line>, u64), Error> {
    let (day, lang) = (ctx.app.today(), ctx.lang());
    let mut reader = ctx.read().await?;
    let found = stations::queries::search(&mut reader, q, day, LINES, 0).await?;
    let mut lines = Vec::with_capacity(found.stations.len());
    for station in found.stations {
        let district = areas::by_id(&mut reader, &station.district_id, day).await?;
        let region = areas::by_id(&mut reader, &station.region_id, day).await?;
        let mut under = vec![
            station.address.get(lang).to_owned(),
            district.names.get(lang).to_owned(),
            region.names.get(lang).to_owned(),
        ];
        under.dedup();
        lines.push(Line {
            href: format!("/stations/{}", station.id),
            name: format!("№\u{a0}{} {}", station.number, station.names.get(lang)),
            under: under.join(" · "),
        });
    }
    Ok((lines, found.total))
}

async fn area_lines(ctx: &Ctx, q: &str) -> Result<Vec<Line>, Error> {
    let mut reader = ctx.read().await?;
    let mut lines = Vec::new();
    for area in areas::search(&mut reader, q, i64::from(LINES)).await? {
        let way = areas::path(&mut reader, &area.id).await?;
        lines.push(Line {
            href: format!("/areas/{}", area.code),
            name: area.names.get(ctx.lang()).to_owned(),
            under: above(&way, ctx.lang()),
        });
    }
    Ok(lines)
}

async fn candidate_lines(ctx: &Ctx, q: &str) -> Result<Vec<Line>, Error> {
    let (t, lang) = (ctx.t, ctx.lang());
    let mut reader = ctx.read().await?;
    let found = candidates::queries::search(&mut reader, q, LINES).await?;
    Ok(found
        .into_iter()
        .map(|c| Line {
            href: if c.on_ballot {
                format!("/elections/{}/contests/{}", c.election_id, c.area_code)
            } else {
                format!("/elections/{}/candidates", c.election_id)
            },
            name: c.names.get(lang).to_owned(),
            under: format!(
                "{} · {} · {}",
                t.word(&format!("candidates-state-{}", c.state.as_str())),
                c.area.get(lang),
                date_long(lang, c.voting_day)
            ),
        })
        .collect())
}

async fn commission_lines(ctx: &Ctx, q: &str) -> Result<Vec<Line>, Error> {
    let mut reader = ctx.read().await?;
    let today = ctx.app.today();
    let found = commissions::queries::search(&mut reader, q, today, LINES).await?;
    let mut lines = Vec::with_capacity(found.len());
    for commission in found {
        let way = areas::path(&mut reader, &commission.area_id).await?;
        lines.push(Line {
            href: format!("/commissions/{}", commission.id),
            name: commission.name(ctx.t),
            under: above(&way, ctx.lang()),
        });
    }
    Ok(lines)
}

/// What lies above an area, the nearest first, without the country.
fn above(way: &[areas::Area], lang: Lang) -> String {
    way.iter()
        .skip(1)
        .rev()
        .skip(1)
        .map(|a| a.names.get(lang))
        .collect::<Vec<_>>()
        .join(" · ")
}
