//! `/stations`: find a station by number, building, street or settlement.

use super::Line;
use crate::platform::database::Connection;
use crate::platform::i18n::date_long;
use crate::platform::web::{Crumb, Ctx, Shell, page as render};
use crate::platform::{Error, Lang, areas};
use crate::stations::queries;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use std::collections::HashMap;

/// Stations on one page.
const ON_PAGE: u32 = 50;
/// Characters of a search at most.
const MAX_WORDS: usize = 100;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    q: String,
    #[serde(default)]
    page: String,
}

#[derive(Template)]
#[template(path = "stations/pages/list.html")]
struct ListPage {
    s: Shell,
    q: String,
    as_of: String,
    total: u64,
    voters: u64,
    stations: Vec<Line>,
    areas: Vec<(String, String)>,
    page: u32,
    pages: u32,
    previous: String,
    next: String,
}

pub(super) async fn page(ctx: Ctx, Query(search): Query<Search>) -> Result<Response, Error> {
    let q: String = search.q.trim().chars().take(MAX_WORDS).collect();
    let page = search.page.parse::<u32>().unwrap_or(1).clamp(1, 10_000);
    let day = ctx.app.today();
    let lang = ctx.lang();
    let mut reader = ctx.read().await?;
    let offset = (page - 1) * ON_PAGE;
    let found = queries::search(&mut reader, &q, day, ON_PAGE, offset).await?;
    let mut names: HashMap<String, String> = HashMap::new();
    let mut stations = Vec::with_capacity(found.stations.len());
    for station in &found.stations {
        let mut place = Vec::new();
        for id in [&station.region_id, &station.district_id] {
            if !names.contains_key(id) {
                let area = areas::by_id(&mut reader, id, day).await?;
                names.insert(id.clone(), area.names.get(lang).to_owned());
            }
            place.extend(names.get(id).cloned());
        }
        place.dedup();
        stations.push(Line::new(station, lang, place.join(" · ")));
    }
    let areas = named(&mut reader, &q, lang).await?;
    let pages = u32::try_from(found.total.div_ceil(u64::from(ON_PAGE)).max(1)).unwrap_or(u32::MAX);
    let title = ctx.t.stations_title();
    render(&ListPage {
        as_of: date_long(lang, day),
        total: found.total,
        voters: found.voters,
        stations,
        areas,
        page,
        pages,
        previous: if page > 1 {
            link(&q, page - 1)
        } else {
            String::new()
        },
        next: if page < pages {
            link(&q, page + 1)
        } else {
            String::new()
        },
        s: ctx.shell(
            "stations",
            title.clone(),
            vec![Crumb::to("/", ctx.t.shell_nav_home()), Crumb::here(title)],
        ),
        q,
    })
}

/// Areas whose name has the words, each with the one above it: two districts may share a name.
async fn named(
    connection: &mut Connection,
    q: &str,
    lang: Lang,
) -> Result<Vec<(String, String)>, Error> {
    let mut lines = Vec::new();
    for area in areas::search(connection, q, 5).await? {
        let path = areas::path(connection, &area.id).await?;
        let above = path.iter().rev().nth(1);
        let name = area.names.get(lang);
        let text = match above.filter(|a| a.kind != "country") {
            Some(above) => format!("{name} ({})", above.names.get(lang)),
            None => name.to_owned(),
        };
        lines.push((format!("/areas/{}", area.code), text));
    }
    Ok(lines)
}

fn link(q: &str, page: u32) -> String {
    let page = page.to_string();
    let pairs = [("q", q), ("page", page.as_str())];
    let query = serde_urlencoded::to_string(pairs).unwrap_or_default();
    format!("/stations?{query}")
}
