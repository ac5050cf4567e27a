//! Stations at or below the reader's own area that should be called: a report is missing, or the protocol.

use crate::counting::queries as counting;
use crate::platform::database::Connection;
use crate::platform::i18n::{instant_long, number, time_of};
use crate::platform::web::{Crumb, Ctx, Shell, page};
use crate::platform::{App, Error, Names, T};
use crate::votingday::model::{Lateness, Unit, slot_name};
use crate::votingday::queries as day;
use askama::Template;
use axum::response::Response;
use jiff::Timestamp;

/// A station to be called.
pub(super) struct Late {
    pub(super) unit: Unit,
    pub(super) chair: Names,
    pub(super) missing: Missing,
}

/// What it owes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// A report of voting day.
    Report(Lateness),
    /// The protocol: the hours that the rules give the count are over.
    Protocol { hours: u32, article: String },
}

impl Missing {
    /// As a line of the list.
    fn sentence(&self, t: T) -> String {
        match self {
            Self::Report(Lateness::NotOpened) => t.votingday_late_opening(),
            Self::Report(Lateness::Slot(slot)) => t.votingday_late_slot(slot_name(t, slot)),
            Self::Report(Lateness::NotClosed) => t.votingday_late_closing(),
            Self::Protocol { hours, article } => {
                t.votingday_late_protocol(article.clone(), i64::from(*hours))
            }
        }
    }

    /// After the name of the station.
    pub(super) fn words(&self, t: T) -> String {
        match self {
            Self::Report(Lateness::NotOpened) => t.office_late_opening(),
            Self::Report(Lateness::Slot(slot)) => t.office_late_slot(slot_name(t, slot)),
            Self::Report(Lateness::NotClosed) => t.office_late_closing(),
            Self::Protocol { hours, .. } => t.office_late_protocol(i64::from(*hours)),
        }
    }
}

/// Who should be called at or below an area: late reports first, then overdue protocols.
pub(super) async fn late_under(
    reader: &mut Connection,
    app: &App,
    area_id: &str,
    now: Timestamp,
) -> Result<Vec<Late>, Error> {
    let mut late: Vec<Late> = day::late_stations(reader, app, area_id, now)
        .await?
        .into_iter()
        .map(|one| Late {
            unit: one.unit,
            chair: one.chair,
            missing: Missing::Report(one.missing),
        })
        .collect();
    for one in counting::overdue(reader, app, area_id, now).await? {
        let unit = day::unit(reader, &one.station_id, &one.contest_id).await?;
        late.push(Late {
            chair: day::chair(reader, &unit).await?,
            unit,
            missing: Missing::Protocol {
                hours: one.hours,
                article: one.article,
            },
        });
    }
    Ok(late)
}

#[derive(Template)]
#[template(path = "office/late.html")]
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
    let late = late_under(&mut reader, &ctx.app, &area, now).await?;
    let mut rows = Vec::with_capacity(late.len());
    for one in &late {
        let unit = &one.unit;
        let zone = unit.time_zone()?;
        let (contest, station) = (&unit.contest_id, &unit.station_id);
        rows.push(Row {
            href: match one.missing {
                Missing::Report(_) => format!("/office/stations/{station}/day?contest={contest}"),
                Missing::Protocol { .. } => format!("/office/protocols/{contest}/{station}"),
            },
            station: t.votingday_station(unit.number.to_string()),
            chair: one.chair.get(t.lang).to_owned(),
            missing: one.missing.sentence(t),
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
