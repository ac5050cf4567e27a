//! What is wrong below one's own commission, and who is how far.

use super::common::{asked, count, election_of, wording};
use super::station::{progress, shape};
use crate::commissions::{self, Level};
use crate::elections;
use crate::platform::access::Action;
use crate::platform::areas::{self, Area};
use crate::platform::database::Connection;
use crate::platform::i18n::{instant_long, instant_short, number};
use crate::platform::web::{Crumb, Ctx, Shell, page, see};
use crate::platform::{Acting, Error};
use crate::readiness::model::{ItemStatus, Signature, Sums};
use crate::readiness::queries::{self, DistrictCounts, ItemAt};
use askama::Template;
use axum::response::Response;
use electoral::checklist::{Checklist, Severity};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Lines of a list at most.
const LINES: usize = 20;
/// Unmet items that are looked through for critical ones.
const LOOKED_AT: u64 = 500;

#[derive(Template)]
#[template(path = "readiness/pages/list.html")]
struct ListPage {
    s: Shell,
    title: String,
    where_: String,
    as_of: String,
    coverage: String,
    links: Vec<(String, String)>,
    wrong: Vec<Group>,
    of_stations: bool,
    rows: Vec<Row>,
}

struct Group {
    id: &'static str,
    title: String,
    shape: &'static str,
    lines: Vec<Line>,
}

struct Line {
    href: String,
    text: String,
    when: String,
}

struct Row {
    href: String,
    name: String,
    shape: &'static str,
    progress: String,
    stations: String,
    ready: String,
    silent: String,
    critical: String,
    reported: String,
    signed_shape: &'static str,
    signed: String,
    signed_href: String,
}

/// The area that the page is about: the one asked for, or the reader's own.
async fn area_of(ctx: &Ctx, acting: &Acting, connection: &mut Connection) -> Result<Area, Error> {
    let named = asked(ctx, "area");
    let follow = Action::ReadinessFollow;
    let id = if named.is_empty() {
        let mut own = None;
        for grant in &acting.actor().grants {
            if acting.may(connection, follow, &grant.area_id, None).await? {
                own = Some(grant.area_id.clone());
                break;
            }
        }
        own.ok_or(Error::Forbidden(follow.name()))?
    } else {
        acting.require(connection, follow, &named, None).await?;
        named
    };
    areas::by_id(connection, &id, ctx.app.today()).await
}

pub(super) async fn show(ctx: Ctx) -> Result<Response, Error> {
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let area = area_of(&ctx, &acting, &mut reader).await?;
    let election = election_of(&ctx, &mut reader).await?;
    let t = ctx.t;
    let Some((election, (list, _))) = (match election {
        Some(id) => queries::checklist(&mut reader, &id).await?.map(|c| (id, c)),
        None => None,
    }) else {
        let text = t.readiness_list_no_election();
        let empty = empty(&ctx, &acting, &mut reader, &area, text).await?;
        return page(&empty);
    };
    let own = queries::place_of_area(&mut reader, &election, &area.id).await?;
    if let Some(place) = own {
        let href = format!(
            "/office/readiness/stations/{}?election={election}",
            place.station_id
        );
        return Ok(see(&href));
    }
    let today = ctx.app.today();
    let districts = queries::districts(&mut reader, &election, "", today).await?;
    let zone = area.time_zone()?;
    let (rows, total) = if let Some(own) = districts.iter().find(|d| d.district_id == area.id) {
        let total = own.sums;
        (stations(&ctx, &mut reader, &election, &area).await?, total)
    } else {
        let names = ctx
            .app
            .kept
            .or_find(
                format!("readiness names/{election}"),
                queries::area_names(&mut reader, &election),
            )
            .await?;
        let is_region = districts.iter().any(|d| d.region_id == area.id);
        let (grouped, level) = group(&districts, is_region.then_some(area.id.as_str()));
        let signed = queries::signatures_under(&mut reader, &election, &area.id, level).await?;
        let total = grouped
            .values()
            .fold(Sums::default(), |sum, one| sum.plus(one));
        let mut rows = Vec::new();
        for (id, sums) in &grouped {
            let name = names.get(id).map_or(id.as_str(), |n| n.get(t.lang));
            rows.push(area_row(&ctx, &election, (id, name), sums, &signed));
        }
        rows.sort_by(|a, b| a.name.cmp(&b.name));
        (rows, total)
    };
    let of_stations = districts.iter().any(|d| d.district_id == area.id);
    let mut wrong = Vec::new();
    if !rows.is_empty() {
        let find = find_wrong(&ctx, &mut reader, &election, &area, &list);
        let found = if of_stations {
            Arc::new(find.await?)
        } else {
            // It looks at every item of a region or of the country.
            let name = format!("readiness wrong/{election}/{}", area.id);
            ctx.app.kept.or_find(name, find).await?
        };
        wrong = groups(&ctx, &election, &list, &found)?;
    }
    let mut template = frame(&ctx, &acting, &mut reader, &area, &election).await?;
    template.as_of = instant_long(t.lang, ctx.app.clock.now(), &zone);
    template.coverage = if rows.is_empty() {
        t.readiness_list_none()
    } else {
        let n = |n: i64| count(t, n);
        t.readiness_list_coverage(n(total.ready), n(total.silent), n(total.stations))
    };
    template.of_stations = of_stations;
    template.wrong = wrong;
    template.rows = rows;
    page(&template)
}

async fn empty(
    ctx: &Ctx,
    acting: &Acting,
    connection: &mut Connection,
    area: &Area,
    text: String,
) -> Result<ListPage, Error> {
    let mut template = frame(ctx, acting, connection, area, "").await?;
    template.coverage = text;
    template.as_of = instant_long(ctx.t.lang, ctx.app.clock.now(), &area.time_zone()?);
    Ok(template)
}

/// The page without its lists.
async fn frame(
    ctx: &Ctx,
    acting: &Acting,
    connection: &mut Connection,
    area: &Area,
    election: &str,
) -> Result<ListPage, Error> {
    let t = ctx.t;
    let mut links = Vec::new();
    let mut place = area.names.get(t.lang).to_owned();
    if !election.is_empty() {
        let known = elections::queries::election(connection, election).await?;
        place = format!("{place} · {}", known.title.get(t.lang));
        links = links_of(ctx, acting, connection, &area.id, &known).await?;
    }
    let title = t.readiness_title();
    Ok(ListPage {
        s: ctx.shell(
            "office",
            title.clone(),
            vec![
                Crumb::to("/office", t.shell_nav_office()),
                Crumb::here(title.clone()),
            ],
        ),
        title,
        where_: place,
        as_of: String::new(),
        coverage: String::new(),
        links,
        wrong: Vec::new(),
        of_stations: false,
        rows: Vec::new(),
    })
}

/// What the reader may do from here.
pub(super) async fn links_of(
    ctx: &Ctx,
    acting: &Acting,
    connection: &mut Connection,
    area_id: &str,
    election: &elections::Election,
) -> Result<Vec<(String, String)>, Error> {
    let t = ctx.t;
    let state = Some(election.state.as_str());
    let id = &election.id;
    let mut links = Vec::new();
    let today = ctx.app.today();
    let commission = commissions::queries::by_area(connection, area_id, today).await?;
    if let Some(commission) = commission {
        if acting
            .may(connection, Action::ReadinessSign, area_id, state)
            .await?
        {
            links.push((
                format!(
                    "/office/readiness/sign?election={id}&commission={}",
                    commission.id
                ),
                t.readiness_list_sign(),
            ));
        }
        links.push((
            format!(
                "/office/readiness/signatures/{}?election={id}",
                commission.id
            ),
            t.readiness_list_signatures(),
        ));
    }
    if acting
        .may(
            connection,
            Action::ChecklistChange,
            &election.area_id,
            state,
        )
        .await?
    {
        links.push((
            format!("/office/readiness/setup/{id}"),
            t.readiness_list_setup(),
        ));
    }
    Ok(links)
}

/// Districts of one region, or regions of the country, with the level of their commissions.
fn group(districts: &[DistrictCounts], region: Option<&str>) -> (BTreeMap<String, Sums>, Level) {
    let mut grouped: BTreeMap<String, Sums> = BTreeMap::new();
    for one in districts {
        let key = match region {
            Some(region) if one.region_id != region => continue,
            Some(_) => &one.district_id,
            None => &one.region_id,
        };
        let sums = grouped.entry(key.clone()).or_default();
        *sums = sums.plus(&one.sums);
    }
    let level = if region.is_some() {
        Level::District
    } else {
        Level::Region
    };
    (grouped, level)
}

/// Shape, words and address of the signature of an area.
fn signed_words(
    ctx: &Ctx,
    election: &str,
    area_id: &str,
    signed: &[Signature],
) -> (&'static str, String, String) {
    let t = ctx.t;
    match signed.iter().find(|s| s.area_id == area_id) {
        None => ("open", t.readiness_status_unsigned(), String::new()),
        Some(s) => {
            let href = format!(
                "/office/readiness/signatures/{}?election={election}",
                s.commission_id
            );
            if s.exceptions == 0 {
                ("done", t.readiness_signed_at(s.version.to_string()), href)
            } else {
                let exceptions = number(t.lang, s.exceptions);
                ("partial", t.readiness_signed_with(exceptions), href)
            }
        }
    }
}

fn area_row(
    ctx: &Ctx,
    election: &str,
    (id, name): (&str, &str),
    sums: &Sums,
    signed: &[Signature],
) -> Row {
    let t = ctx.t;
    let (signed_shape, words, signed_href) = signed_words(ctx, election, id, signed);
    Row {
        href: format!("/office/readiness?election={election}&area={id}"),
        name: name.to_owned(),
        shape: shape(&sums.items),
        progress: progress(ctx, &sums.items),
        stations: count(t, sums.stations),
        ready: count(t, sums.ready),
        silent: count(t, sums.silent),
        critical: count(t, sums.items.unmet_critical),
        reported: String::new(),
        signed_shape,
        signed: words,
        signed_href,
    }
}

async fn stations(
    ctx: &Ctx,
    connection: &mut Connection,
    election: &str,
    area: &Area,
) -> Result<Vec<Row>, Error> {
    let t = ctx.t;
    let (today, zone) = (ctx.app.today(), area.time_zone()?);
    let places = queries::places_of_district(connection, election, &area.id).await?;
    let counts = queries::stations_of_district(connection, election, &area.id, today).await?;
    let signed = queries::signatures_under(connection, election, &area.id, Level::Precinct).await?;
    let mut rows = Vec::new();
    for place in places {
        let Some(one) = counts.iter().find(|c| c.station_id == place.station_id) else {
            continue;
        };
        let (signed_shape, words, signed_href) =
            signed_words(ctx, election, &place.area_id, &signed);
        rows.push(Row {
            href: format!(
                "/office/readiness/stations/{}?election={election}",
                place.station_id
            ),
            name: t.readiness_station(place.number.to_string()),
            shape: shape(&one.items),
            progress: progress(ctx, &one.items),
            stations: String::new(),
            ready: String::new(),
            silent: String::new(),
            critical: count(t, one.items.unmet_critical),
            reported: one
                .reported_at
                .map_or_else(|| "–".to_owned(), |at| instant_short(t.lang, at, &zone)),
            signed_shape,
            signed: words,
            signed_href,
        });
    }
    Ok(rows)
}

/// What is wrong at or below an area, the beginning of each list.
struct Wrong {
    disputed: Vec<ItemAt>,
    critical: Vec<ItemAt>,
    overdue: Vec<ItemAt>,
}

async fn find_wrong(
    ctx: &Ctx,
    connection: &mut Connection,
    election: &str,
    area: &Area,
    list: &Checklist,
) -> Result<Wrong, Error> {
    let lines = u64::try_from(LINES).map_err(Error::internal)?;
    let disputed =
        queries::items_under(connection, &area.id, election, ItemStatus::Disputed, lines).await?;
    let unmet =
        queries::items_under(connection, &area.id, election, ItemStatus::Unmet, LOOKED_AT).await?;
    let critical: Vec<ItemAt> = unmet
        .into_iter()
        .filter(|one| {
            list.item(&one.item)
                .is_some_and(|i| i.severity == Severity::Critical)
        })
        .take(LINES)
        .collect();
    let now = ctx.app.clock.now();
    let overdue = queries::overdue_under(connection, &area.id, election, now, lines).await?;
    Ok(Wrong {
        disputed,
        critical,
        overdue,
    })
}

fn groups(ctx: &Ctx, election: &str, list: &Checklist, found: &Wrong) -> Result<Vec<Group>, Error> {
    let t = ctx.t;
    let mut groups = Vec::new();
    for (id, title, shape, items) in [
        (
            "disputed",
            t.readiness_list_disputed(),
            "attention",
            &found.disputed,
        ),
        (
            "critical",
            t.readiness_list_critical(),
            "trouble",
            &found.critical,
        ),
        (
            "overdue",
            t.readiness_list_overdue(),
            "attention",
            &found.overdue,
        ),
    ] {
        let lines = items
            .iter()
            .map(|one| line(ctx, election, list, one))
            .collect::<Result<_, _>>()?;
        groups.push(Group {
            id,
            title,
            shape,
            lines,
        });
    }
    Ok(groups)
}

fn line(ctx: &Ctx, election: &str, list: &Checklist, one: &ItemAt) -> Result<Line, Error> {
    let t = ctx.t;
    let zone = jiff::tz::TimeZone::get(&one.zone)?;
    let section = list.item(&one.item).map_or("", |i| i.section.as_str());
    let mut href = format!(
        "/office/readiness/stations/{}?election={election}",
        one.station_id
    );
    if !section.is_empty() {
        href = format!("{href}&section={section}");
    }
    Ok(Line {
        href,
        text: format!(
            "{}: {}",
            t.readiness_station(one.number.to_string()),
            wording(list, &one.item, t.lang)
        ),
        when: match &one.task {
            Some(task) => t.readiness_due(instant_short(t.lang, task.due_at, &zone)),
            None => instant_short(t.lang, one.since, &zone),
        },
    })
}
