//! `/news`, `/news/{id}`: notes as everybody reads them, as of any day; the same as a paper, a text, a file.

use super::{Asked, files};
use crate::platform::Error;
use crate::platform::i18n::instant_long;
use crate::platform::ids;
use crate::platform::web::{Crumb, Ctx, Shell, Shows};
use crate::publications::queries::{self, Reading};
use crate::publications::shown::{self, Shown};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;

/// Notes on one page.
const PAGE: u64 = 50;

pub(super) struct Line {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) at: String,
    pub(super) published_at: jiff::Timestamp,
    pub(super) withdrawn: bool,
}

#[derive(Template)]
#[template(path = "publications/pages/news.html")]
struct NewsPage {
    s: Shell,
    as_of: String,
    lines: Vec<Line>,
    page: u64,
    pages: u64,
    previous: String,
    next: String,
}

/// Published notes of one page as of a moment, and how many pages there are.
pub(super) async fn lines(ctx: &Ctx, asked: &Asked) -> Result<(Vec<Line>, u64, u64), Error> {
    let (before, _) = asked.before(ctx)?;
    let mut reader = ctx.read().await?;
    let total = queries::count(&mut reader, before).await?;
    let pages = total.div_ceil(PAGE).max(1);
    let page = asked.page.parse::<u64>().unwrap_or(1).clamp(1, pages);
    let skip = i64::try_from((page - 1).saturating_mul(PAGE)).map_err(Error::internal)?;
    let part = (i64::try_from(PAGE).map_err(Error::internal)?, skip);
    let mut lines = Vec::new();
    for (note, figures) in queries::list(&mut reader, before, part).await? {
        let at = note.published_at.unwrap_or_default();
        lines.push(Line {
            title: shown::title_of(ctx.t, &note, &figures)?,
            at: instant_long(ctx.lang(), at, &ctx.app.home_zone),
            published_at: at,
            withdrawn: note.withdrawn_at.is_some_and(|at| at < before),
            id: note.id,
        });
    }
    Ok((lines, page, pages))
}

pub(super) async fn list(
    ctx: Ctx,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    ctx.app
        .kept
        .or_render(&ctx, &headers, Shows::All, news(&ctx, &asked))
        .await
}

async fn news(ctx: &Ctx, asked: &Asked) -> Result<String, Error> {
    let t = ctx.t;
    let (before, day) = asked.before(ctx)?;
    let (lines, page, pages) = lines(ctx, asked).await?;
    let title = t.publications_news();
    let to = |number: u64| match day {
        Some(day) => format!("/news?page={number}&as_of={day}"),
        None => format!("/news?page={number}"),
    };
    let page = NewsPage {
        s: ctx.shell(
            "",
            title.clone(),
            vec![Crumb::to("/", t.shell_nav_home()), Crumb::here(title)],
        ),
        as_of: instant_long(t.lang, before, &ctx.app.home_zone),
        previous: if page > 1 {
            to(page - 1)
        } else {
            String::new()
        },
        next: if page < pages {
            to(page + 1)
        } else {
            String::new()
        },
        lines,
        page,
        pages,
    };
    page.render().map_err(Error::internal)
}

/// A revision in the list below a note.
struct Past {
    href: String,
    text: String,
    reason: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "publications/pages/note.html")]
struct NotePage {
    s: Shell,
    id: String,
    query: String,
    when: String,
    as_of: String,
    by: String,
    shown: Shown,
    withdrawn: String,
    correction: String,
    changes: String,
    typed_reason: String,
    digest: String,
    past: Vec<Past>,
}

/// The note of an address as it is asked for.
pub(super) async fn reading(ctx: &Ctx, id: &str, asked: &Asked) -> Result<Reading, Error> {
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    let (before, _) = asked.before(ctx)?;
    let revision = match asked.revision.as_str() {
        "" => None,
        text => Some(text.parse().map_err(|_| Error::NotFound)?),
    };
    let mut reader = ctx.read().await?;
    queries::reading(&mut reader, id, before, revision).await
}

/// The commission that speaks: the one whose office published, at or above the area.
pub(super) async fn by(ctx: &Ctx, reading: &Reading) -> Result<String, Error> {
    let mut reader = ctx.read().await?;
    let area = &reading.note.area_id;
    let today = ctx.app.today();
    let events = queries::events(&mut reader, &reading.note.id).await?;
    let published = events
        .iter()
        .find(|event| event.sequence == reading.revision.sequence);
    let office = published.map_or("", |event| event.office.as_str());
    let level = office.split('.').next().unwrap_or_default();
    for above in crate::platform::areas::path_on(&mut reader, area, today).await? {
        let there = crate::commissions::queries::by_area(&mut reader, &above.id, today).await?;
        if let Some(commission) = there.filter(|c| c.level.as_str() == level) {
            return Ok(commission.name(ctx.t));
        }
    }
    match crate::commissions::queries::by_area(&mut reader, area, ctx.app.today()).await? {
        Some(commission) => Ok(commission.name(ctx.t)),
        None => {
            let area = crate::platform::areas::by_id(&mut reader, area, ctx.app.today()).await?;
            Ok(area.names.get(ctx.lang()).to_owned())
        }
    }
}

/// When a revision was published, and which it is.
pub(super) fn when(ctx: &Ctx, reading: &Reading) -> String {
    let at = reading.revision.published_at;
    ctx.t.publications_published_at(
        instant_long(ctx.lang(), at, &ctx.app.home_zone),
        reading.revision.revision,
    )
}

/// What must be said of a note that was withdrawn; empty otherwise.
pub(super) fn withdrawn(ctx: &Ctx, reading: &Reading) -> String {
    match reading.note.withdrawn_at {
        Some(at) if reading.withdrawn => ctx.t.publications_withdrawn_note(
            instant_long(ctx.lang(), at, &ctx.app.home_zone),
            reading.note.withdrawn_reason.clone(),
        ),
        _ => String::new(),
    }
}

/// One address for the page and its files: `/news/{id}`, `….pdf`, `….txt`, `….json`.
pub(super) async fn page(
    ctx: Ctx,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    match id.rsplit_once('.') {
        Some((id, "pdf")) => return files::pdf(&ctx, id, &asked, &headers).await,
        Some((id, "txt")) => return files::txt(&ctx, id, &asked).await,
        Some((id, "json")) => return files::json(&ctx, id, &asked).await,
        _ => {}
    }
    ctx.app
        .kept
        .or_render(&ctx, &headers, Shows::All, note(&ctx, id, &asked))
        .await
}

async fn note(ctx: &Ctx, id: String, asked: &Asked) -> Result<String, Error> {
    let t = ctx.t;
    let reading = reading(ctx, &id, asked).await?;
    let shown = shown::published(&ctx.app, t, &reading)?;
    let title = shown.title();
    let (before, day) = asked.before(ctx)?;
    let zone = &ctx.app.home_zone;
    let mut query = Vec::new();
    if let Some(day) = day {
        query.push(format!("as_of={day}"));
    }
    if !asked.revision.is_empty() {
        query.push(format!("revision={}", reading.revision.revision));
    }
    let query = match query.is_empty() {
        true => String::new(),
        false => format!("?{}", query.join("&")),
    };
    let past = reading
        .revisions
        .iter()
        .map(|one| Past {
            href: format!("/news/{id}?revision={}", one.revision),
            text: t.publications_published_at(
                instant_long(t.lang, one.published_at, zone),
                one.revision,
            ),
            reason: one.reason.clone(),
            current: one.revision == reading.revision.revision,
        })
        .collect();
    let changes = (1..=reading.figures.len())
        .filter_map(|n| u64::try_from(n).ok())
        .filter(|position| reading.now(*position).is_some())
        .count();
    let by = by(ctx, &reading).await?;
    let page = NotePage {
        s: ctx.shell(
            "",
            title.clone(),
            vec![
                Crumb::to("/", t.shell_nav_home()),
                Crumb::to("/news", t.publications_news()),
                Crumb::here(title),
            ],
        ),
        when: when(ctx, &reading),
        as_of: instant_long(t.lang, before, zone),
        withdrawn: withdrawn(ctx, &reading),
        correction: reading.revision.reason.clone(),
        typed_reason: reading.revision.text.typed_reason.clone(),
        digest: reading.revision.digest.clone(),
        by,
        id,
        query,
        shown,
        changes: if changes > 0 {
            t.publications_changed(changes)
        } else {
            String::new()
        },
        past,
    };
    page.render().map_err(Error::internal)
}
