//! `/training`: sessions held with their numbers, as of a day; `/training/sessions/{id}`: one of them.

use super::{area_of, level, when};
use crate::platform::database::Connection;
use crate::platform::i18n::{instant_long, number};
use crate::platform::web::{Choice, Crumb, Ctx, Shell, Shows, day};
use crate::platform::{Error, areas, ids};
use crate::training::model::{Session, SessionState};
use crate::training::queries;
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use jiff::Timestamp;
use serde::Deserialize;
use std::collections::HashMap;

/// Lines of one page.
const PAGE: i64 = 50;

/// What may stand behind the question mark.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// A day; now without it.
    #[serde(default)]
    pub(super) as_of: String,
    /// Code of an area; the whole country without it.
    #[serde(default)]
    pub(super) area: String,
    /// Number of a page, from 1.
    #[serde(default)]
    page: String,
}

impl Asked {
    /// The first moment that no longer counts.
    pub(super) fn before(&self, ctx: &Ctx) -> Result<Timestamp, Error> {
        Ok(day::before(&ctx.app, &self.as_of, &ctx.t.form_date())?.0)
    }

    /// The area asked for, by its code; the country without one, nothing where there is none yet.
    pub(super) async fn area_id(
        &self,
        ctx: &Ctx,
        reader: &mut Connection,
    ) -> Result<Option<String>, Error> {
        if self.area.is_empty() {
            return Ok(areas::country(reader).await?);
        }
        let unknown = || Error::field("area", ctx.t.areas_unknown());
        let found = areas::by_typed_code(reader, &self.area, ctx.app.today()).await?;
        found.map(Some).ok_or_else(unknown)
    }

    /// The address with what was asked for and another page.
    fn href(&self, path: &str, page: i64) -> String {
        let mut parts = Vec::new();
        if !self.as_of.is_empty() {
            parts.push(format!("as_of={}", self.as_of));
        }
        if !self.area.is_empty() {
            parts.push(format!("area={}", self.area));
        }
        if page > 1 {
            parts.push(format!("page={page}"));
        }
        if parts.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{}", parts.join("&"))
        }
    }
}

struct Line {
    href: String,
    area: String,
    programme: String,
    level: String,
    when: String,
    people: String,
}

struct Sum {
    level: String,
    sessions: String,
    people: String,
}

#[derive(Template)]
#[template(path = "training/pages/public.html")]
struct ListPage {
    s: Shell,
    as_of: String,
    day: String,
    held: String,
    people: String,
    planned: String,
    smallest: u64,
    sums: Vec<Sum>,
    regions: Vec<Choice>,
    lines: Vec<Line>,
    csv: String,
    json: String,
    page: i64,
    pages: i64,
    previous: String,
    next: String,
}

#[derive(Template)]
#[template(path = "training/pages/public_session.html")]
struct SessionPage {
    s: Shell,
    title: String,
    as_of: String,
    programme: String,
    goal: String,
    level: String,
    area: String,
    area_href: String,
    when: String,
    place: String,
    people: String,
    texts: Vec<(String, u64)>,
}

/// The number of people as it may be published.
fn people(ctx: &Ctx, session: &Session) -> String {
    match queries::published(&ctx.app, session) {
        Some(n) => number(ctx.lang(), n),
        None => ctx.t.training_too_few(ctx.app.rules.smallest_group()),
    }
}

pub(super) async fn list(
    ctx: Ctx,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    ctx.app
        .kept
        .or_render(&ctx, &headers, Shows::All, all(&ctx, &asked))
        .await
}

async fn all(ctx: &Ctx, asked: &Asked) -> Result<String, Error> {
    let t = ctx.t;
    let lang = t.lang;
    let before = asked.before(ctx)?;
    let page: i64 = asked.page.parse().unwrap_or(1).clamp(1, 1_000);
    let mut reader = ctx.read().await?;
    let area = asked.area_id(ctx, &mut reader).await?.unwrap_or_default();
    let of = (area.as_str(), before);
    let sums = queries::sums_by(&mut reader, &ctx.app, of).await?;
    let held: u64 = sums.iter().map(|s| s.sessions).fold(0, u64::saturating_add);
    let taught: u64 = sums.iter().map(|s| s.people).fold(0, u64::saturating_add);
    let planned = queries::planned_by(&mut reader, of).await?;
    let mut titles: HashMap<String, String> = HashMap::new();
    for one in queries::programmes(&mut reader).await? {
        titles.insert(one.says.id, one.says.title.get(lang).to_owned());
    }
    let mut lines = Vec::new();
    for session in queries::held_by(&mut reader, of, (PAGE, (page - 1) * PAGE)).await? {
        let says = &session.says;
        let own = area_of(ctx, &mut reader, &says.area_id).await?;
        let query = if asked.as_of.is_empty() {
            String::new()
        } else {
            format!("?as_of={}", asked.as_of)
        };
        lines.push(Line {
            href: format!("/training/sessions/{}{query}", says.id),
            area: own.names.get(lang).to_owned(),
            programme: titles.get(&says.programme_id).cloned().unwrap_or_default(),
            level: level(ctx, says.level),
            when: when(lang, says, &own.time_zone()?),
            people: people(ctx, &session),
        });
    }
    let mut regions = vec![Choice::new("", t.training_all_regions(), &asked.area)];
    for (code, names) in queries::regions(&mut reader, before).await? {
        regions.push(Choice::new(code, names.get(lang), &asked.area));
    }
    let pages = i64::try_from(held)
        .unwrap_or(i64::MAX)
        .saturating_add(PAGE - 1)
        / PAGE;
    let title = t.training_title();
    let template = ListPage {
        s: ctx.shell(
            "training",
            title.clone(),
            vec![Crumb::to("/", t.shell_nav_home()), Crumb::here(title)],
        ),
        as_of: instant_long(lang, before, &ctx.app.home_zone),
        day: asked.as_of.clone(),
        held: number(lang, held),
        people: number(lang, taught),
        planned: number(lang, planned),
        smallest: ctx.app.rules.smallest_group(),
        sums: sums
            .iter()
            .map(|sum| Sum {
                level: level(ctx, sum.level),
                sessions: number(lang, sum.sessions),
                people: if sum.shown == 0 {
                    t.training_too_few(ctx.app.rules.smallest_group())
                } else {
                    number(lang, sum.people)
                },
            })
            .collect(),
        regions,
        lines,
        csv: asked.href("/training.csv", 1),
        json: asked.href("/training.json", 1),
        page,
        pages: pages.max(1),
        previous: if page > 1 {
            asked.href("/training", page - 1)
        } else {
            String::new()
        },
        next: if page < pages {
            asked.href("/training", page + 1)
        } else {
            String::new()
        },
    };
    template.render().map_err(Error::internal)
}

pub(super) async fn session(
    ctx: Ctx,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    ctx.app
        .kept
        .or_render(&ctx, &headers, Shows::All, one(&ctx, &id, &asked))
        .await
}

async fn one(ctx: &Ctx, id: &str, asked: &Asked) -> Result<String, Error> {
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    let t = ctx.t;
    let lang = t.lang;
    let before = asked.before(ctx)?;
    let mut reader = ctx.read().await?;
    let session = queries::session_before(&mut reader, id, before).await?;
    if session.state != SessionState::Held {
        return Err(Error::NotFound);
    }
    let says = &session.says;
    let area = area_of(ctx, &mut reader, &says.area_id).await?;
    let zone = area.time_zone()?;
    let programme = queries::programme(&mut reader, &says.programme_id).await?;
    let texts = queries::texts(&mut reader, &session).await?;
    let title = format!("{}, {}", area.names.get(lang), when(lang, says, &zone));
    let template = SessionPage {
        s: ctx.shell(
            "training",
            title.clone(),
            vec![
                Crumb::to("/", t.shell_nav_home()),
                Crumb::to("/training", t.training_title()),
                Crumb::here(title.clone()),
            ],
        ),
        as_of: instant_long(lang, before, &zone),
        programme: programme.says.title.get(lang).to_owned(),
        goal: programme.says.goal.get(lang).to_owned(),
        level: level(ctx, says.level),
        area: area.names.get(lang).to_owned(),
        area_href: format!("/areas/{}", area.code),
        when: when(lang, says, &zone),
        place: says.place.get(lang).to_owned(),
        people: people(ctx, &session),
        texts: texts
            .into_iter()
            .map(|x| (format!("{} · {}", x.key, x.title.get(lang)), x.version))
            .collect(),
        title,
    };
    template.render().map_err(Error::internal)
}
