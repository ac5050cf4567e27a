//! `/office/access`: stations of an office's area, what is known of them, what is still to be asked.

use super::{Asked, Mark, office_area, way_in, words};
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::areas;
use crate::platform::i18n::{instant_long, instant_short};
use crate::platform::web::{Crumb, Ctx, Shell, page as render};
use crate::readiness::access::queries;
use crate::stations;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;

struct Row {
    href: String,
    number: u64,
    name: String,
    way_in: Mark,
    unmet: String,
    remarks: usize,
    entered: String,
}

struct Child {
    href: String,
    name: String,
    stations: u64,
    described: u64,
}

#[derive(Template)]
#[template(path = "readiness/access/pages/list.html")]
struct ListPage {
    s: Shell,
    place: String,
    as_of: String,
    coverage: String,
    links: Vec<(String, String)>,
    rows: Vec<Row>,
    children: Vec<Child>,
}

pub(super) async fn page(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let t = ctx.t;
    let acting = ctx.acting()?;
    let day = ctx.app.today();
    let mut reader = ctx.read().await?;
    let area = office_area(&mut reader, &ctx, &asked.area).await?;
    acting
        .require(&mut reader, Action::ReadinessFollow, &area.id, None)
        .await?;
    let now = super::end_of(&ctx, &area, day)?;
    let known = queries::means_under(&mut reader, &area.id, now).await?;
    let zone = area.time_zone()?;
    let rules = ctx.app.rules.accessibility();
    let own = stations::queries::id_by_area(&mut reader, &area.id).await?;
    let stations = match own {
        Some(station) => vec![stations::queries::as_of(&mut reader, &station, day).await?],
        None => stations::queries::of_district(&mut reader, &area.id, day).await?,
    };
    let rows: Vec<Row> = stations
        .iter()
        .map(|station| {
            let said = known.get(&station.id).cloned().unwrap_or_default();
            let unmet: Vec<String> = rules
                .needs
                .iter()
                .filter(|n| rules.serves(n, &said.means) == electoral::accessibility::Word::No)
                .map(|n| words(t, &n.name))
                .collect();
            Row {
                href: format!("/office/stations/{}/access", station.id),
                number: station.number,
                name: station.names.get(t.lang).to_owned(),
                way_in: way_in(t, rules.step_free(&said.means)),
                unmet: unmet.join("; "),
                remarks: rules.findings(&said.means).len(),
                entered: said
                    .made_at
                    .map_or_else(|| t.access_never(), |at| instant_short(t.lang, at, &zone)),
            }
        })
        .collect();
    let mut children = Vec::new();
    let (mut total, mut described) = (stations.len(), 0);
    if rows.is_empty() {
        let counts = stations::queries::count_by_area(&mut reader, &area.id, day).await?;
        total = 0;
        for child in areas::children(&mut reader, &area.id, day).await? {
            let Some((count, _)) = counts.get(&child.id) else {
                continue;
            };
            let done = queries::means_under(&mut reader, &child.id, now)
                .await?
                .len();
            total += usize::try_from(*count).unwrap_or(0);
            described += done;
            children.push(Child {
                href: format!("/office/access?area={}", child.id),
                name: child.names.get(t.lang).to_owned(),
                stations: *count,
                described: u64::try_from(done).unwrap_or(0),
            });
        }
    } else {
        described = stations
            .iter()
            .filter(|s| known.contains_key(&s.id))
            .count();
    }
    let mut links = Vec::new();
    let district = stations.first().map_or(&area.id, |s| &s.district_id);
    let votes = queries::needs_of(&mut reader, "", district)
        .await?
        .is_some();
    let records = acting
        .may(&mut reader, Action::AccessRecord, &area.id, None)
        .await?;
    if votes && records && !rows.is_empty() {
        let href = format!("/office/access/needs?area={}", area.id);
        links.push((href, t.access_counts_title()));
    }
    if area.kind != "precinct" {
        let href = format!("/office/access/plan?area={}", area.id);
        links.push((href, t.access_plan_title()));
    }
    let publishes = acting
        .may(&mut reader, Action::AccessPublish, &area.id, None)
        .await?;
    if votes && publishes {
        links.push((
            "/office/access/release".to_owned(),
            t.access_release_title(),
        ));
    }
    if area.kind != "precinct" {
        let href = format!("/readiness/accessibility/{}", area.code);
        links.push((href, t.access_public_page()));
    }
    drop(reader);
    let title = t.access_title();
    render(&ListPage {
        s: ctx.shell(
            "office",
            title.clone(),
            vec![
                Crumb::to("/office", t.shell_nav_office()),
                Crumb::here(title),
            ],
        ),
        place: area.names.get(t.lang).to_owned(),
        as_of: t.stations_as_of(instant_long(t.lang, ctx.app.clock.now(), &zone)),
        coverage: t.access_described(described, total),
        links,
        rows,
        children,
    })
}
