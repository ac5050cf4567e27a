//! Stations at or below the reader's own area that should be called.

use crate::platform::Error;
use crate::platform::i18n::{instant_long, number, time_of};
use crate::platform::web::{Crumb, Ctx, Shell, page};
use crate::votingday::model::{Lateness, slot_name};
use crate::votingday::queries;
use askama::Template;
use axum::response::Response;

#[derive(Template)]
#[template(path = "votingday/pages/late.html")]
struct LatePage {
    s: Shell,
    as_of: String,
    count: String,
    rows: Vec<Row>,
}

struct Row {
    href: String,
    station: String,
    chair: String,
    missing: String,
    opens: String,
}

pub(super) async fn list(ctx: Ctx) -> Result<Response, Error> {
    let t = ctx.t;
    let acting = ctx.acting()?;
    let area = acting
        .actor()
        .home_area()
        .ok_or(Error::Forbidden("turnout.follow"))?
        .to_owned();
    let now = ctx.app.clock.now();
    let mut reader = ctx.read().await?;
    let late = queries::late_stations(&mut reader, &ctx.app, &area, now).await?;
    let mut rows = Vec::with_capacity(late.len());
    for station in &late {
        let unit = &station.unit;
        let zone = unit.time_zone()?;
        rows.push(Row {
            href: format!(
                "/office/stations/{}/day?contest={}",
                unit.station_id, unit.contest_id
            ),
            station: t.votingday_station(unit.number.to_string()),
            chair: station.chair.get(t.lang).to_owned(),
            missing: match &station.missing {
                Lateness::NotOpened => t.votingday_late_opening(),
                Lateness::Slot(slot) => t.votingday_late_slot(slot_name(t, slot)),
                Lateness::NotClosed => t.votingday_late_closing(),
            },
            opens: format!(
                "{}–{}",
                time_of(unit.opens_at, &zone),
                time_of(unit.closes_at, &zone)
            ),
        });
    }
    let title = t.votingday_late_title();
    page(&LatePage {
        s: ctx.shell(
            "office",
            title.clone(),
            vec![
                Crumb::to("/office", t.shell_nav_office()),
                Crumb::here(title),
            ],
        ),
        as_of: instant_long(t.lang, now, &ctx.app.home_zone),
        count: number(t.lang, i128::try_from(late.len()).unwrap_or(0)),
        rows,
    })
}
