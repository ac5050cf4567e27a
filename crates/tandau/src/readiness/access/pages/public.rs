//! `/readiness/accessibility/{area}`: how a country, a region, a district stands, for everybody.

use super::{Asked, Mark, area_of, end_of, releases, way_in, words};
use crate::elections::Election;
use crate::platform::areas::{self, Area};
use crate::platform::database::Connection;
use crate::platform::i18n::{date_long, date_short, number};
use crate::platform::web::{Crumb, Ctx, Shell, Shows, see};
use crate::platform::{Error, T};
use crate::readiness::access::model::{Part, StationMeans};
use crate::readiness::access::queries::{self, Published, Release};
use crate::stations::{self, Station};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use electoral::accessibility::Word;
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap};

/// What the page reads behind its question mark beside the day.
const NAMES: &[&str] = &["election"];

struct NeedRow {
    name: String,
    voters: String,
    parts: Vec<(String, String)>,
    stations_yes: u64,
    stations_no: u64,
    stations_unknown: u64,
}

struct FactRow {
    name: String,
    yes: u64,
    no: u64,
    unknown: u64,
}

struct StationRow {
    href: String,
    number: u64,
    name: String,
    way_in: Mark,
    meets: String,
    entered: String,
}

struct AreaRow {
    href: String,
    name: String,
    stations: String,
    counted: String,
    voters: String,
    unmet: String,
}

#[derive(Template)]
#[template(path = "readiness/access/pages/public.html")]
struct PublicPage {
    s: Shell,
    kicker: String,
    title: String,
    lead: String,
    as_of: String,
    coverage: String,
    released: String,
    rule: String,
    district: bool,
    needs: Vec<NeedRow>,
    total: Option<NeedRow>,
    parts: Vec<String>,
    reach: String,
    facts: Vec<FactRow>,
    stations: Vec<StationRow>,
    areas: Vec<AreaRow>,
    files: Vec<(String, String)>,
}

/// What an address of this kind is about, read once for the page and for its files.
pub(super) struct Scope {
    pub(super) area: Area,
    pub(super) day: Date,
    pub(super) election: Option<(Election, Vec<queries::District>)>,
    pub(super) release: Option<Release>,
    pub(super) published: HashMap<String, Published>,
    /// Stations of all districts, with the district.
    pub(super) stations: Vec<Station>,
    pub(super) means: HashMap<String, StationMeans>,
}

impl Scope {
    pub(super) async fn read(
        ctx: &Ctx,
        reader: &mut Connection,
        code: &str,
        asked: &Asked,
    ) -> Result<Self, Error> {
        let day = asked.day(ctx)?;
        let area = area_of(reader, code, day).await?;
        if area.kind == "precinct" {
            return Err(Error::NotFound);
        }
        let before = end_of(ctx, &area, day)?;
        let election = queries::needs_of(reader, asked.election()?, &area.id).await?;
        let mut districts: BTreeSet<String> = election
            .iter()
            .flat_map(|(_, contests)| contests)
            .map(|c| c.area_id.clone())
            .collect();
        if districts.is_empty() {
            districts.insert(area.id.clone());
        }
        let mut stations = Vec::new();
        for district in &districts {
            stations.extend(stations::queries::of_district(reader, district, day).await?);
        }
        let means = queries::means_under(reader, &area.id, before).await?;
        let found = match &election {
            Some((election, _)) => queries::published(reader, &election.id, &area.id, day).await?,
            None => None,
        };
        let (release, published) = found.map_or((None, HashMap::new()), |(r, p)| (Some(r), p));
        Ok(Self {
            area,
            day,
            election,
            release,
            published,
            stations,
            means,
        })
    }

    /// Whether stations stand here, not districts.
    pub(super) fn is_district(&self) -> bool {
        self.election
            .as_ref()
            .is_none_or(|(_, contests)| contests.iter().all(|c| c.area_id == self.area.id))
    }

    pub(super) fn means_of(&self, station: &str) -> StationMeans {
        self.means.get(station).cloned().unwrap_or_default()
    }
}

pub(super) async fn country(ctx: Ctx) -> Result<Response, Error> {
    let mut reader = ctx.read().await?;
    let country = areas::country(&mut reader).await?.ok_or(Error::NotFound)?;
    let area = areas::by_id(&mut reader, &country, ctx.app.today()).await?;
    let query = ctx
        .uri
        .query()
        .map_or_else(String::new, |q| format!("?{q}"));
    Ok(see(&format!(
        "/readiness/accessibility/{}{query}",
        area.code
    )))
}

pub(super) async fn page(
    ctx: Ctx,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let made = build(&ctx, &code, &asked);
    ctx.app
        .kept
        .or_render_day(&ctx, &headers, (Shows::All, NAMES), made)
        .await
}

async fn build(ctx: &Ctx, code: &str, asked: &Asked) -> Result<String, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let scope = Scope::read(ctx, &mut reader, code, asked).await?;
    let name = scope.area.names.get(t.lang).to_owned();
    let crumbs = way(ctx, &mut reader, &scope, asked).await?;
    let areas = area_rows(ctx, &mut reader, &scope, asked).await?;
    drop(reader);
    let own = scope.published.get(&scope.area.id);
    let voters = own.and_then(|p| p.figure("", ""));
    let stations = scope.stations.len();
    let described = scope
        .stations
        .iter()
        .filter(|s| scope.means.contains_key(&s.id))
        .count();
    let district = scope.is_district();
    let base = format!("/readiness/accessibility/{}", scope.area.code);
    let file = |name: &str| format!("{base}/{name}{}", asked.query());
    let page = PublicPage {
        s: ctx.shell("stations", t.access_public_title(name.clone()), crumbs),
        kicker: scope
            .election
            .as_ref()
            .map_or_else(String::new, |(e, _)| e.title.get(t.lang).to_owned()),
        title: t.access_public_title(name),
        lead: match voters {
            Some(voters) => t.access_lead(stations, voters),
            None => t.access_lead_stations(stations),
        },
        as_of: t.stations_as_of(date_long(t.lang, scope.day)),
        coverage: t.access_described(described, stations),
        released: match (&scope.release, own) {
            (Some(release), Some(own)) => t.access_released(
                own.counted,
                date_long(t.lang, release.released_on),
                own.stations,
                release.version.to_string(),
            ),
            _ => t.access_not_released(),
        },
        rule: releases::rule(
            ctx,
            scope
                .release
                .as_ref()
                .map_or_else(|| ctx.app.rules.smallest_group(), |r| r.smallest_group),
        ),
        needs: need_rows(ctx, &scope, district),
        total: own
            .filter(|_| scope.release.is_some())
            .map(|p| need_row(t, t.access_col_total(), p, "", district)),
        parts: if district {
            Part::ALL.iter().map(|part| part_name(t, *part)).collect()
        } else {
            Vec::new()
        },
        reach: t.access_reach(ctx.app.rules.accessibility().reach.km.to_string()),
        facts: fact_rows(ctx, &scope),
        stations: if district {
            station_rows(ctx, &scope, asked)
        } else {
            Vec::new()
        },
        areas,
        district,
        files: vec![
            (file("means.csv"), t.access_file_means()),
            (file("needs.csv"), t.access_file_needs()),
            (file("data.json"), t.access_file_json()),
        ],
    };
    page.render().map_err(Error::internal)
}

fn part_name(t: T, part: Part) -> String {
    match part {
        Part::Here => t.access_part_here(),
        Part::Near => t.access_part_near(),
        Part::Unmet => t.access_part_unmet(),
    }
}

async fn way(
    ctx: &Ctx,
    reader: &mut Connection,
    scope: &Scope,
    asked: &Asked,
) -> Result<Vec<Crumb>, Error> {
    let mut crumbs = vec![Crumb::to("/", ctx.t.shell_nav_home())];
    for area in areas::path_on(reader, &scope.area.id, scope.day).await? {
        let name = area.names.get(ctx.lang());
        if area.id == scope.area.id {
            crumbs.push(Crumb::here(name));
        } else {
            let href = format!("/readiness/accessibility/{}{}", area.code, asked.query());
            crumbs.push(Crumb::to(href, name));
        }
    }
    Ok(crumbs)
}

/// A figure, or that it isn't shown.
fn shown(t: T, figure: Option<u64>) -> String {
    figure.map_or_else(|| t.access_hidden(), |n| number(t.lang, n))
}

fn need_row(t: T, name: String, published: &Published, need: &str, parts: bool) -> NeedRow {
    NeedRow {
        name,
        voters: shown(t, published.figure("", need)),
        parts: Part::ALL
            .iter()
            .filter(|_| parts)
            .map(|part| {
                let figure = published.figure(part.as_str(), need);
                (part_name(t, *part), shown(t, figure))
            })
            .collect(),
        stations_yes: 0,
        stations_no: 0,
        stations_unknown: 0,
    }
}

fn need_rows(ctx: &Ctx, scope: &Scope, district: bool) -> Vec<NeedRow> {
    let t = ctx.t;
    let rules = ctx.app.rules.accessibility();
    let nothing = Published::default();
    // Before anything is released, or where nobody has counted, there are no figures to hide.
    let own = scope.published.get(&scope.area.id);
    let counted = own.is_some_and(|p| p.counted > 0);
    rules
        .needs
        .iter()
        .map(|need| {
            let name = words(t, &need.name);
            let mut row = need_row(t, name, own.unwrap_or(&nothing), &need.id, district);
            if !counted {
                row.voters = "–".to_owned();
                for (_, figure) in &mut row.parts {
                    "–".clone_into(figure);
                }
            }
            for station in &scope.stations {
                match rules.serves(need, &scope.means_of(&station.id).means) {
                    Word::Yes => row.stations_yes += 1,
                    Word::No => row.stations_no += 1,
                    Word::Unknown => row.stations_unknown += 1,
                }
            }
            row
        })
        .collect()
}

fn fact_rows(ctx: &Ctx, scope: &Scope) -> Vec<FactRow> {
    let rules = ctx.app.rules.accessibility();
    rules
        .facts
        .iter()
        .map(|fact| {
            let mut row = FactRow {
                name: words(ctx.t, &fact.name),
                yes: 0,
                no: 0,
                unknown: 0,
            };
            for station in &scope.stations {
                match rules.counts(&fact.id, &scope.means_of(&station.id).means) {
                    Word::Yes => row.yes += 1,
                    Word::No => row.no += 1,
                    Word::Unknown => row.unknown += 1,
                }
            }
            row
        })
        .collect()
}

fn station_rows(ctx: &Ctx, scope: &Scope, asked: &Asked) -> Vec<StationRow> {
    let t = ctx.t;
    let rules = ctx.app.rules.accessibility();
    scope
        .stations
        .iter()
        .map(|station| {
            let known = scope.means_of(&station.id);
            let meets: Vec<String> = rules
                .needs
                .iter()
                .filter(|n| rules.serves(n, &known.means) == Word::Yes)
                .map(|n| words(t, &n.name))
                .collect();
            let entered = known.made_at.zip(station.time_zone().ok());
            StationRow {
                href: format!("/stations/{}/access{}", station.id, asked.query()),
                number: station.number,
                name: station.names.get(t.lang).to_owned(),
                way_in: way_in(t, rules.step_free(&known.means)),
                meets: meets.join("; "),
                entered: entered.map_or_else(
                    || t.access_never(),
                    |(at, zone)| date_short(t.lang, at.to_zoned_datetime(zone).date()),
                ),
            }
        })
        .collect()
}

/// Areas directly below with what was published of them.
async fn area_rows(
    ctx: &Ctx,
    reader: &mut Connection,
    scope: &Scope,
    asked: &Asked,
) -> Result<Vec<AreaRow>, Error> {
    let t = ctx.t;
    let Some((_, contests)) = scope.election.as_ref().filter(|_| !scope.is_district()) else {
        return Ok(Vec::new());
    };
    let mut rows = Vec::new();
    for child in areas::children(reader, &scope.area.id, scope.day).await? {
        let here = |c: &&queries::District| c.area_id == child.id || c.region_id == child.id;
        if !contests.iter().any(|c| here(&c)) {
            continue;
        }
        let published = scope.published.get(&child.id);
        let counted = published.filter(|p| p.counted > 0);
        let region = contests.iter().any(|c| c.region_id == child.id);
        rows.push(AreaRow {
            href: format!("/readiness/accessibility/{}{}", child.code, asked.query()),
            name: child.names.get(t.lang).to_owned(),
            stations: published.map_or_else(|| "–".to_owned(), |p| number(t.lang, p.stations)),
            counted: published.map_or_else(|| "–".to_owned(), |p| number(t.lang, p.counted)),
            voters: counted.map_or_else(|| "–".to_owned(), |p| shown(t, p.figure("", ""))),
            // Above districts only all voters are published: see release.rs.
            unmet: counted
                .filter(|_| !region)
                .map_or_else(|| "–".to_owned(), |p| shown(t, p.figure("unmet", ""))),
        });
    }
    Ok(rows)
}
