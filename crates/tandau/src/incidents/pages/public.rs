//! `/elections/{id}/incidents`: numbers for everybody; no words, no persons.

use super::{kind, span, state};
use crate::elections::{Election, queries as elections};
use crate::incidents::queries;
use crate::incidents::statistics::{Public, Shown};
use crate::platform::database::Connection;
use crate::platform::i18n::{instant_long, number};
use crate::platform::web::{Crumb, Ctx, Shell, Shows, kept};
use crate::platform::{Error, T, areas};
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use serde::Serialize;
use std::collections::BTreeMap;

struct KindLine {
    name: String,
    personal: bool,
    all: String,
    open: String,
    median: String,
}

struct CellLine {
    kind: String,
    region: String,
    state: String,
    count: String,
}

#[derive(Template)]
#[template(path = "incidents/pages/public.html")]
struct PublicPage {
    s: Shell,
    href: String,
    kicker: String,
    as_of: String,
    sentence: String,
    median: String,
    small: u64,
    kinds: Vec<KindLine>,
    cells: Vec<CellLine>,
}

fn shown(t: T, count: Shown) -> String {
    match count {
        Shown::Exact(n) => number(t.lang, n),
        Shown::AtLeast(n) => t.incidents_at_least(n),
        Shown::Hidden => t.incidents_hidden(),
    }
}

/// Minutes until somebody acted, begun ones counted.
fn minutes(t: T, seconds: Option<u64>) -> String {
    match seconds.and_then(|s| i64::try_from(s.div_ceil(60)).ok()) {
        Some(minutes) => span(t, minutes),
        None => "—".to_owned(),
    }
}

async fn regions(
    connection: &mut Connection,
    ctx: &Ctx,
    public: &Public,
) -> Result<BTreeMap<String, areas::Area>, Error> {
    let mut all = BTreeMap::new();
    for cell in &public.cells {
        if !cell.region_id.is_empty() && !all.contains_key(&cell.region_id) {
            let area = areas::by_id(connection, &cell.region_id, ctx.app.today()).await?;
            all.insert(cell.region_id.clone(), area);
        }
    }
    Ok(all)
}

async fn build(ctx: &Ctx, id: &str) -> Result<String, Error> {
    let t = ctx.t;
    let lang = t.lang;
    let mut reader = ctx.read().await?;
    let election = elections::election(&mut reader, id).await?;
    let public = queries::public(&mut reader, &ctx.app, &election.id).await?;
    let regions = regions(&mut reader, ctx, &public).await?;
    drop(reader);
    let title = election.title.get(lang).to_owned();
    let page = PublicPage {
        s: ctx.shell(
            "elections",
            t.incidents_public_title(),
            vec![
                Crumb::to("/", t.shell_nav_home()),
                Crumb::to("/elections", t.shell_nav_elections()),
                Crumb::to(format!("/elections/{}", election.id), title.clone()),
                Crumb::here(t.incidents_public_title()),
            ],
        ),
        href: format!("/elections/{}/incidents", election.id),
        kicker: title,
        as_of: instant_long(lang, ctx.app.clock.now(), &election.time_zone()?),
        sentence: t.incidents_public_sentence(public.all, public.open),
        median: minutes(t, public.median_seconds),
        small: ctx.app.rules.smallest_group(),
        kinds: public
            .kinds
            .iter()
            .map(|one| KindLine {
                name: kind(ctx, &one.kind),
                personal: one.personal,
                all: shown(t, one.all),
                open: one.open.map_or_else(|| "—".to_owned(), |n| number(lang, n)),
                median: minutes(t, one.median_seconds),
            })
            .collect(),
        cells: public
            .cells
            .iter()
            .map(|cell| CellLine {
                kind: kind(ctx, &cell.kind),
                region: regions.get(&cell.region_id).map_or_else(
                    || t.incidents_whole_country(),
                    |a| a.names.get(lang).to_owned(),
                ),
                state: cell
                    .state
                    .map_or_else(|| t.incidents_any_state(), |s| state(t, s).1),
                count: shown(t, cell.count),
            })
            .collect(),
    };
    page.render().map_err(Error::internal)
}

pub(super) async fn page(
    ctx: Ctx,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    ctx.app
        .kept
        .or_render(&ctx, &headers, Shows::All, build(&ctx, &id))
        .await
}

#[derive(Serialize)]
struct CellRow {
    kind: String,
    region: String,
    state: Option<&'static str>,
    count: Option<u64>,
    at_least: Option<u64>,
}

#[derive(Serialize)]
struct KindRow {
    kind: String,
    personal: bool,
    all: Option<u64>,
    at_least: Option<u64>,
    open: Option<u64>,
    median_response_seconds: Option<u64>,
}

#[derive(Serialize)]
struct Document {
    election: String,
    as_of: String,
    fewer_than: u64,
    all: u64,
    open: u64,
    median_response_seconds: Option<u64>,
    kinds: Vec<KindRow>,
    cells: Vec<CellRow>,
}

async fn document(ctx: &Ctx, election: &Election) -> Result<Document, Error> {
    let mut reader = ctx.read().await?;
    let public = queries::public(&mut reader, &ctx.app, &election.id).await?;
    let regions = regions(&mut reader, ctx, &public).await?;
    Ok(Document {
        election: election.id.clone(),
        as_of: ctx.app.clock.now().to_string(),
        fewer_than: ctx.app.rules.smallest_group(),
        all: public.all,
        open: public.open,
        median_response_seconds: public.median_seconds,
        kinds: public
            .kinds
            .into_iter()
            .map(|one| KindRow {
                kind: one.kind,
                personal: one.personal,
                all: one.all.exact(),
                at_least: one.all.at_least(),
                open: one.open,
                median_response_seconds: one.median_seconds,
            })
            .collect(),
        cells: public
            .cells
            .into_iter()
            .map(|cell| CellRow {
                kind: cell.kind,
                region: regions
                    .get(&cell.region_id)
                    .map_or_else(String::new, |a| a.code.clone()),
                state: cell.state.map(crate::incidents::State::as_str),
                count: cell.count.exact(),
                at_least: cell.count.at_least(),
            })
            .collect(),
    })
}

async fn file(
    ctx: &Ctx,
    headers: &HeaderMap,
    id: &str,
    ending: &str,
    media_type: &'static str,
) -> Result<Response, Error> {
    let mut reader = ctx.read().await?;
    let election = elections::election(&mut reader, id).await?;
    drop(reader);
    let sent = kept::Form::file(media_type).with(
        header::CONTENT_DISPOSITION,
        &format!("attachment; filename=\"{id}-incidents.{ending}\""),
    )?;
    let name = format!("/elections/{id}/incidents.{ending}");
    let make = async {
        let document = document(ctx, &election).await?;
        if ending == "json" {
            return serde_json::to_vec_pretty(&document).map_err(Error::internal);
        }
        table(&document)
    };
    ctx.app
        .kept
        .or_make(headers, name, (Shows::All, 0), sent, make)
        .await
}

fn table(document: &Document) -> Result<Vec<u8>, Error> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(["as_of", "kind", "region", "state", "count", "at_least"])
        .map_err(Error::internal)?;
    for cell in &document.cells {
        let text = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
        let (count, at_least) = (text(cell.count), text(cell.at_least));
        let row = [
            document.as_of.as_str(),
            &cell.kind,
            &cell.region,
            cell.state.unwrap_or("any"),
            &count,
            &at_least,
        ];
        out.write_record(row).map_err(Error::internal)?;
    }
    out.into_inner().map_err(Error::internal)
}

pub(super) async fn csv(
    ctx: Ctx,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    file(
        &ctx,
        &headers,
        &id,
        "csv",
        "text/csv; charset=utf-8; header=present",
    )
    .await
}

pub(super) async fn json(
    ctx: Ctx,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    file(&ctx, &headers, &id, "json", "application/json").await
}
