//! `/stations/{id}/access`: what a voter finds at a station.

use super::{Asked, GroupView, Mark, end_of, group_views, way_in, words};
use crate::commissions::pages::crumbs_on;
use crate::platform::i18n::{date_long, instant_long};
use crate::platform::web::{Ctx, Shell, page as render};
use crate::platform::{Error, areas, ids};
use crate::readiness::access::queries;
use crate::stations;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use electoral::accessibility::Word;

struct Need {
    name: String,
    note: String,
    mark: Mark,
}

#[derive(Template)]
#[template(path = "readiness/access/pages/visit.html")]
struct VisitPage {
    s: Shell,
    id: String,
    title: String,
    place: String,
    as_of: String,
    entered: String,
    way_in: Mark,
    needs: Vec<Need>,
    groups: Vec<GroupView>,
    district: (String, String),
}

pub(super) async fn page(
    ctx: Ctx,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    if !ids::is_id(&id) {
        return Err(Error::NotFound);
    }
    let t = ctx.t;
    let day = asked.day(&ctx)?;
    let mut reader = ctx.read().await?;
    let station = stations::queries::as_of(&mut reader, &id, day).await?;
    let area = areas::by_id(&mut reader, &station.area_id, day).await?;
    let before = end_of(&ctx, &area, day)?;
    let known = queries::means_under(&mut reader, &station.area_id, before)
        .await?
        .remove(&id)
        .unwrap_or_default();
    let district = areas::by_id(&mut reader, &station.district_id, day).await?;
    let title = t.access_visit_title(station.number.to_string());
    let crumbs = crumbs_on(&mut reader, &ctx, &station.area_id, day, title.clone()).await?;
    drop(reader);
    let rules = ctx.app.rules.accessibility();
    // Where nobody has described the station here, the register may still know the way in.
    let free = match (rules.step_free(&known.means), station.step_free) {
        (Word::Unknown, Some(true)) => Word::Yes,
        (Word::Unknown, Some(false)) => Word::No,
        (word, _) => word,
    };
    let zone = station.time_zone()?;
    render(&VisitPage {
        s: ctx.shell("stations", title.clone(), crumbs),
        title,
        place: format!(
            "{} · {}",
            station.names.get(t.lang),
            station.address.get(t.lang)
        ),
        as_of: t.stations_as_of(date_long(t.lang, day)),
        entered: known.made_at.map_or_else(
            || t.access_never(),
            |at| {
                let cause = t.word(&format!("access-cause-{}", known.cause));
                t.access_entered(cause, instant_long(t.lang, at, &zone))
            },
        ),
        way_in: way_in(t, free),
        needs: rules
            .needs
            .iter()
            .map(|need| Need {
                name: words(t, &need.name),
                note: words(t, &need.note),
                mark: super::mark(t, rules.serves(need, &known.means)),
            })
            .collect(),
        groups: group_views(&ctx, &known.means),
        district: (
            format!(
                "/readiness/accessibility/{}{}",
                district.code,
                asked.query()
            ),
            district.names.get(t.lang).to_owned(),
        ),
        id: station.id,
    })
}
