//! `/office/access/needs`: voters by need, station by station, as one form.

use super::{Asked, crumbs, office_area, words};
use crate::elections::Election;
use crate::platform::access::Action;
use crate::platform::areas::Area;
use crate::platform::database::Connection;
use crate::platform::i18n::instant_long;
use crate::platform::web::{
    Choice, Ctx, FieldErrors, FormData, Shell, page as render, page_with_errors, see,
};
use crate::platform::{Error, ids};
use crate::readiness::access::actions::{self, NewNeeds};
use crate::readiness::access::model::{Counts, SOURCES, StationNeeds};
use crate::readiness::access::queries;
use crate::stations::{self, Station};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use std::collections::HashMap;

/// Stations in one form: with eight needs their fields stay well below what a form may have.
const STATIONS: usize = 40;

struct Row {
    id: String,
    number: u64,
    name: String,
    version: u64,
    cells: Vec<Cell>,
    total: String,
    entered: String,
}

struct Cell {
    field: String,
    label: String,
    value: String,
    error: String,
}

#[derive(Template)]
#[template(path = "readiness/access/pages/counts.html")]
struct CountsPage {
    s: Shell,
    errors: FieldErrors,
    place: String,
    election: String,
    election_title: String,
    area: String,
    needs: Vec<(String, String)>,
    rows: Vec<Row>,
    sources: Vec<Choice>,
    coverage: String,
    page: usize,
    pages: usize,
    previous: String,
    next: String,
}

/// What the form is about.
struct Sheet {
    area: Area,
    election: Election,
    stations: Vec<Station>,
    known: HashMap<String, StationNeeds>,
}

async fn read(ctx: &Ctx, reader: &mut Connection, asked: &Asked) -> Result<Sheet, Error> {
    let day = ctx.app.today();
    let area = office_area(reader, ctx, &asked.area).await?;
    ctx.acting()?
        .require(reader, Action::AccessRecord, &area.id, None)
        .await?;
    let stations = match stations::queries::id_by_area(reader, &area.id).await? {
        Some(station) => vec![stations::queries::as_of(reader, &station, day).await?],
        None => stations::queries::of_district(reader, &area.id, day).await?,
    };
    let district = stations
        .first()
        .map_or_else(|| area.id.clone(), |s| s.district_id.clone());
    let (election, _) = queries::needs_of(reader, asked.election()?, &district)
        .await?
        .ok_or(Error::NotFound)?;
    let known = queries::needs_under(reader, &election.id, &area.id).await?;
    Ok(Sheet {
        area,
        election,
        stations,
        known,
    })
}

pub(super) async fn page(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let mut reader = ctx.read().await?;
    let sheet = read(&ctx, &mut reader, &asked).await?;
    drop(reader);
    render(&build(
        &ctx,
        &sheet,
        asked.page(),
        None,
        FieldErrors::new(),
    )?)
}

pub(super) async fn record(ctx: Ctx, form: FormData) -> Result<Response, Error> {
    let asked = Asked {
        election: form.text("election").to_owned(),
        area: form.text("area").to_owned(),
        page: form.text("page").to_owned(),
        ..Asked::default()
    };
    let mut reader = ctx.read().await?;
    let sheet = read(&ctx, &mut reader, &asked).await?;
    drop(reader);
    let outcome = match said(&ctx, &sheet, &form) {
        Ok(counts) => {
            let source = form.text("source");
            let (election, area) = (&sheet.election.id, &sheet.area.id);
            actions::record_needs(&ctx.acting()?, election, area, source, &counts).await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(_) => Ok(see(&format!(
            "/office/access/needs?election={}&area={}&page={}&done=needs-recorded",
            sheet.election.id,
            sheet.area.id,
            asked.page()
        ))),
        Err(error) => {
            let errors = FieldErrors::take(error)?;
            page_with_errors(&build(&ctx, &sheet, asked.page(), Some(&form), errors)?)
        }
    }
}

/// Counts of the stations whose row was sent. A row that is blank throughout says nothing.
fn said(ctx: &Ctx, sheet: &Sheet, form: &FormData) -> Result<Vec<NewNeeds>, Error> {
    let mut errors = FieldErrors::new();
    let mut all = Vec::new();
    for station in form.all("station") {
        if !ids::is_id(station) || !sheet.stations.iter().any(|s| s.id == station) {
            return Err(Error::NotFound);
        }
        let needs = &ctx.app.rules.accessibility().needs;
        let field = |need: &str| format!("need.{station}.{need}");
        if needs.iter().all(|n| form.text(&field(&n.id)).is_empty()) {
            continue;
        }
        let mut counts = Counts::new();
        for need in needs {
            let field = field(&need.id);
            if form.text(&field).is_empty() {
                counts.insert(need.id.clone(), 0);
            } else if let Some(voters) = errors.count(ctx.t, form, &field) {
                counts.insert(need.id.clone(), voters);
            }
        }
        let based_on = form.text(&format!("version.{station}")).parse().ok();
        all.push(NewNeeds {
            station_id: station.to_owned(),
            based_on: Some(based_on.unwrap_or(u64::MAX)),
            counts,
        });
    }
    errors.done()?;
    Ok(all)
}

fn build(
    ctx: &Ctx,
    sheet: &Sheet,
    page: usize,
    form: Option<&FormData>,
    errors: FieldErrors,
) -> Result<CountsPage, Error> {
    let t = ctx.t;
    let rules = ctx.app.rules.accessibility();
    let zone = sheet.area.time_zone()?;
    let pages = sheet.stations.len().div_ceil(STATIONS).max(1);
    let page = page.min(pages);
    let rows = sheet
        .stations
        .iter()
        .skip((page - 1) * STATIONS)
        .take(STATIONS)
        .map(|station| {
            let known = sheet.known.get(&station.id);
            let cells = rules
                .needs
                .iter()
                .map(|need| {
                    let field = format!("need.{}.{}", station.id, need.id);
                    let count = known.and_then(|k| k.counts.get(&need.id));
                    let value = form.map_or_else(
                        || count.map_or_else(String::new, u64::to_string),
                        |form| form.text(&field).chars().take(12).collect(),
                    );
                    Cell {
                        label: words(t, &need.name),
                        value,
                        error: errors.of(&field).to_owned(),
                        field,
                    }
                })
                .collect();
            Row {
                id: station.id.clone(),
                number: station.number,
                name: station.names.get(t.lang).to_owned(),
                version: known.map_or(0, |k| k.version),
                cells,
                total: known.map_or_else(
                    || "–".to_owned(),
                    |k| crate::platform::i18n::number(t.lang, k.total()),
                ),
                entered: known
                    .and_then(|k| k.made_at)
                    .map_or_else(String::new, |at| instant_long(t.lang, at, &zone)),
            }
        })
        .collect();
    let counted = sheet
        .stations
        .iter()
        .filter(|s| sheet.known.get(&s.id).is_some_and(StationNeeds::is_counted))
        .count();
    let source = form.map_or_else(
        || {
            let known = sheet.known.values().next();
            known.map_or_else(|| SOURCES[0].to_owned(), |k| k.source.clone())
        },
        |form| form.text("source").to_owned(),
    );
    let link = |to: usize| {
        format!(
            "/office/access/needs?election={}&area={}&page={to}",
            sheet.election.id, sheet.area.id
        )
    };
    let title = t.access_counts_title();
    Ok(CountsPage {
        s: ctx.shell("office", title.clone(), crumbs(ctx, &title)),
        place: sheet.area.names.get(t.lang).to_owned(),
        election: sheet.election.id.clone(),
        election_title: sheet.election.title.get(t.lang).to_owned(),
        area: sheet.area.id.clone(),
        needs: rules
            .needs
            .iter()
            .map(|n| (words(t, &n.name), words(t, &n.note)))
            .collect(),
        rows,
        sources: SOURCES
            .iter()
            .map(|id| {
                let key = format!("access-source-{}", id.replace('_', "-"));
                Choice::new(*id, t.word(&key), &source)
            })
            .collect(),
        coverage: t.access_counted(counted, sheet.stations.len()),
        page,
        pages,
        previous: if page > 1 {
            link(page - 1)
        } else {
            String::new()
        },
        next: if page < pages {
            link(page + 1)
        } else {
            String::new()
        },
        errors,
    })
}
