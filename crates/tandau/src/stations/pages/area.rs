//! `/areas/{code or id}`: where it lies, its names through time, what is below, its commission and stations.

use super::Line;
use crate::commissions;
use crate::commissions::pages::{AsOf, DecisionLine, crumbs_on, id_of};
use crate::platform::i18n::{date_long, date_short};
use crate::platform::web::{Ctx, Shell, page as render, see};
use crate::platform::{Error, areas};
use crate::stations::queries;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;

/// Acts of other bodies shown at most.
const ACTS: u32 = 20;

struct Child {
    href: String,
    name: String,
    kind: String,
    stations: u64,
    voters: u64,
}

struct NameLine {
    from: String,
    until: String,
    name: String,
}

#[derive(Template)]
#[template(path = "stations/pages/area.html")]
struct AreaPage {
    s: Shell,
    name: String,
    kicker: String,
    as_of: String,
    code: String,
    edition: String,
    zone: String,
    note: String,
    valid_from: String,
    valid_until: String,
    others: Vec<(&'static str, String)>,
    names: Vec<NameLine>,
    commission: Option<(String, String)>,
    children: Vec<Child>,
    stations: Vec<Line>,
    voters: u64,
    acts: Vec<DecisionLine>,
}

pub(super) async fn page(
    ctx: Ctx,
    Path(code): Path<String>,
    Query(as_of): Query<AsOf>,
) -> Result<Response, Error> {
    let day = as_of.day(&ctx)?;
    let (t, lang) = (ctx.t, ctx.lang());
    let mut reader = ctx.read().await?;
    let code = id_of(&code)?;
    let id = areas::by_code(&mut reader, code, day).await?;
    let area = areas::by_id(&mut reader, id.as_deref().unwrap_or(code), day).await?;
    if area.kind == "precinct"
        && let Some(station) = queries::id_by_area(&mut reader, &area.id).await?
    {
        return Ok(see(&format!("/stations/{station}{}", as_of.query())));
    }
    let counts = queries::count_by_area(&mut reader, &area.id, day).await?;
    let children = areas::children(&mut reader, &area.id, day).await?;
    let stations = queries::of_district(&mut reader, &area.id, day).await?;
    let commission = commissions::queries::by_area(&mut reader, &area.id, day).await?;
    let acts = commissions::queries::acts_of_area(&mut reader, &area.id, ACTS).await?;
    let names = areas::names_of(&mut reader, &area.id).await?;
    let name = area.names.get(lang).to_owned();
    let crumbs = crumbs_on(&mut reader, &ctx, &area.id, day, name.clone()).await?;
    let kicker = t.word(&format!("area-kind-{}", area.kind.replace('_', "-")));
    let mut way: Vec<_> = crumbs;
    // The path ends with the area itself, and so does the breadcrumb.
    if way.len() >= 2 {
        way.remove(way.len() - 2);
    }
    render(&AreaPage {
        kicker,
        as_of: date_long(lang, day),
        zone: area.zone.clone(),
        code: area.code.clone(),
        edition: area.edition.clone(),
        note: area.note.clone(),
        valid_from: date_long(lang, area.valid_from),
        valid_until: area
            .valid_until
            .map_or_else(String::new, |d| date_long(lang, d)),
        others: crate::platform::Lang::ALL
            .into_iter()
            .filter(|l| *l != lang)
            .map(|l| (l.code(), area.names.get(l).to_owned()))
            .collect(),
        names: names
            .into_iter()
            .map(|(from, until, names)| NameLine {
                from: date_short(lang, from),
                until: until.map_or_else(String::new, |d| date_short(lang, d)),
                name: names.get(lang).to_owned(),
            })
            .collect(),
        commission: commission
            .map(|c| (format!("/commissions/{}{}", c.id, as_of.query()), c.name(t))),
        children: children
            .iter()
            .map(|c| {
                let (stations, voters) = counts.get(&c.id).copied().unwrap_or((0, 0));
                Child {
                    href: format!("/areas/{}{}", c.code, as_of.query()),
                    name: c.names.get(lang).to_owned(),
                    kind: t.word(&format!("area-kind-{}", c.kind.replace('_', "-"))),
                    stations,
                    voters,
                }
            })
            .collect(),
        acts: acts.iter().map(|a| DecisionLine::new(a, t)).collect(),
        voters: stations
            .iter()
            .fold(0, |sum, s| sum.saturating_add(s.voters_on_list)),
        stations: stations
            .iter()
            .map(|s| Line::new(s, lang, String::new()))
            .collect(),
        s: ctx.shell("stations", name.clone(), way),
        name,
    })
}
