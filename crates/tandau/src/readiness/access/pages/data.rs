//! The same facts as files: what stations offer, what is published of needs.

use super::public::Scope;
use super::{Asked, area_of};
use crate::platform::Error;
use crate::platform::web::{Ctx, Shows, kept};
use crate::readiness::access::model::Part;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use serde::Serialize;

const CSV: &str = "text/csv; charset=utf-8; header=present";

/// One of the files of an area, kept as it was last made.
#[derive(Clone, Copy)]
struct File {
    name: &'static str,
    ending: &'static str,
    kind: &'static str,
}

async fn send(
    (ctx, headers): (&Ctx, &HeaderMap),
    code: &str,
    asked: &Asked,
    file: File,
    make: impl Future<Output = Result<Vec<u8>, Error>>,
) -> Result<Response, Error> {
    let File { name, ending, kind } = file;
    // Whatever can't be an area or a day is refused before anything is kept under its name.
    let day = asked.day(ctx)?;
    let mut reader = ctx.read().await?;
    let area = area_of(&mut reader, code, day).await?;
    drop(reader);
    let form = kept::Form::file(kind).with(
        header::CONTENT_DISPOSITION,
        &format!(
            "attachment; filename=\"{name}-{}-{day}.{ending}\"",
            area.code
        ),
    )?;
    let address = format!(
        "/readiness/accessibility/{}/{name}.{ending}?election={}&as_of={day}",
        area.id,
        asked.election()?
    );
    ctx.app
        .kept
        .or_make_day(
            (ctx, headers),
            address,
            (Shows::All, day < ctx.app.today()),
            form,
            make,
        )
        .await
}

fn finish(writer: csv::Writer<Vec<u8>>) -> Result<Vec<u8>, Error> {
    writer.into_inner().map_err(Error::internal)
}

async fn scope(ctx: &Ctx, code: &str, asked: &Asked) -> Result<Scope, Error> {
    let mut reader = ctx.read().await?;
    Scope::read(ctx, &mut reader, code, asked).await
}

/// One row for each fact of each station.
pub(super) async fn means_csv(
    ctx: Ctx,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let file = File {
        name: "means",
        ending: "csv",
        kind: CSV,
    };
    let made = make_means_csv(&ctx, &code, &asked);
    send((&ctx, &headers), &code, &asked, file, made).await
}

async fn make_means_csv(ctx: &Ctx, code: &str, asked: &Asked) -> Result<Vec<u8>, Error> {
    let scope = scope(ctx, code, asked).await?;
    let rules = ctx.app.rules.accessibility();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let heading = ["station", "number", "fact", "value", "measured", "counts"];
    writer.write_record(heading).map_err(Error::internal)?;
    for station in &scope.stations {
        let known = scope.means_of(&station.id);
        for fact in &rules.facts {
            let said = known.means.get(&fact.id);
            let measured = said.number.map_or_else(String::new, |n| n.to_string());
            let row = [
                station.id.as_str(),
                &station.number.to_string(),
                &fact.id,
                said.word.as_str(),
                &measured,
                rules.counts(&fact.id, &known.means).as_str(),
            ];
            writer.write_record(row).map_err(Error::internal)?;
        }
    }
    finish(writer)
}

/// A published figure; `voters` is empty where it is hidden.
#[derive(Serialize)]
struct FigureRow {
    area: String,
    part: &'static str,
    need: String,
    voters: Option<u64>,
}

/// All figures of a release for an area and those directly below it; nothing of what is hidden.
fn figures(ctx: &Ctx, scope: &Scope) -> Vec<FigureRow> {
    let needs: Vec<&str> = std::iter::once("")
        .chain(
            ctx.app
                .rules
                .accessibility()
                .needs
                .iter()
                .map(|n| n.id.as_str()),
        )
        .collect();
    let districts: Vec<&str> = scope
        .election
        .iter()
        .flat_map(|(_, contests)| contests)
        .map(|c| c.area_id.as_str())
        .collect();
    let mut areas: Vec<&String> = scope
        .published
        .iter()
        .filter(|(_, published)| published.counted > 0)
        .map(|(area, _)| area)
        .collect();
    areas.sort();
    let mut rows = Vec::new();
    for area in areas {
        let Some(published) = scope.published.get(area) else {
            continue;
        };
        // Where voters can vote is published of districts.
        let parts = Part::ALL.iter().map(|p| p.as_str());
        let parts = parts.filter(|_| districts.contains(&area.as_str()));
        for part in std::iter::once("").chain(parts) {
            for need in &needs {
                rows.push(FigureRow {
                    area: area.clone(),
                    part,
                    need: (*need).to_owned(),
                    voters: published.figure(part, need),
                });
            }
        }
    }
    rows
}

pub(super) async fn needs_csv(
    ctx: Ctx,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let file = File {
        name: "needs",
        ending: "csv",
        kind: CSV,
    };
    let made = make_needs_csv(&ctx, &code, &asked);
    send((&ctx, &headers), &code, &asked, file, made).await
}

async fn make_needs_csv(ctx: &Ctx, code: &str, asked: &Asked) -> Result<Vec<u8>, Error> {
    let scope = scope(ctx, code, asked).await?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    let heading = ["area", "part", "need", "voters"];
    writer.write_record(heading).map_err(Error::internal)?;
    for row in figures(ctx, &scope) {
        let voters = row.voters.map_or_else(String::new, |n| n.to_string());
        let row = [row.area.as_str(), row.part, &row.need, &voters];
        writer.write_record(row).map_err(Error::internal)?;
    }
    finish(writer)
}

#[derive(Serialize)]
struct Document {
    area: String,
    code: String,
    as_of: String,
    election: Option<String>,
    stations: Vec<StationRow>,
    release: Option<ReleaseRow>,
    figures: Vec<FigureRow>,
}

#[derive(Serialize)]
struct StationRow {
    id: String,
    number: u64,
    step_free: &'static str,
    facts: Vec<FactRow>,
    meets: Vec<String>,
}

#[derive(Serialize)]
struct FactRow {
    fact: String,
    value: &'static str,
    measured: Option<String>,
    counts: &'static str,
}

#[derive(Serialize)]
struct ReleaseRow {
    version: u64,
    day: String,
    smallest_group: u64,
}

pub(super) async fn json(
    ctx: Ctx,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let file = File {
        name: "accessibility",
        ending: "json",
        kind: "application/json",
    };
    let made = make_json(&ctx, &code, &asked);
    send((&ctx, &headers), &code, &asked, file, made).await
}

async fn make_json(ctx: &Ctx, code: &str, asked: &Asked) -> Result<Vec<u8>, Error> {
    let scope = scope(ctx, code, asked).await?;
    let rules = ctx.app.rules.accessibility();
    let stations = scope
        .stations
        .iter()
        .map(|station| {
            let means = scope.means_of(&station.id).means;
            StationRow {
                id: station.id.clone(),
                number: station.number,
                step_free: rules.step_free(&means).as_str(),
                facts: rules
                    .facts
                    .iter()
                    .map(|fact| FactRow {
                        fact: fact.id.clone(),
                        value: means.get(&fact.id).word.as_str(),
                        measured: means.get(&fact.id).number.map(|n| n.to_string()),
                        counts: rules.counts(&fact.id, &means).as_str(),
                    })
                    .collect(),
                meets: rules
                    .needs
                    .iter()
                    .filter(|n| rules.serves(n, &means) == electoral::accessibility::Word::Yes)
                    .map(|n| n.id.clone())
                    .collect(),
            }
        })
        .collect();
    let document = Document {
        area: scope.area.id.clone(),
        code: scope.area.code.clone(),
        as_of: scope.day.to_string(),
        election: scope.election.as_ref().map(|(e, _)| e.id.clone()),
        stations,
        release: scope.release.as_ref().map(|r| ReleaseRow {
            version: r.version,
            day: r.released_on.to_string(),
            smallest_group: r.smallest_group,
        }),
        figures: figures(ctx, &scope),
    };
    serde_json::to_vec(&document).map_err(Error::internal)
}
