//! `/office/visits/events/{id}/versions`: every plan of an event and every record of what happened, as they were.

use super::event::{Heard, People, people, reports};
use super::{crumbs, own_event};
use crate::platform::access::Action;
use crate::platform::i18n::instant_long;
use crate::platform::web::{Ctx, Shell, page as render};
use crate::platform::{Error, T, areas};
use crate::visits::{papers, queries};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use jiff::Timestamp;
use jiff::tz::TimeZone;

struct Plan {
    made: String,
    reason: String,
    cancelled: bool,
    kind: String,
    when: String,
    place: String,
    led: String,
}

struct Was {
    made: String,
    reason: String,
    people: Vec<People>,
    total: String,
    speakers: Vec<String>,
    reports: Vec<Heard>,
}

#[derive(Template)]
#[template(path = "visits/pages/versions.html")]
struct VersionsPage {
    s: Shell,
    plans: Vec<Plan>,
    records: Vec<Was>,
}

/// When and by which office.
fn made(t: T, at: Timestamp, office: &str, zone: &TimeZone) -> String {
    let office = t.word(&format!("office-{}", office.replace('.', "-")));
    format!("{}, {office}", instant_long(t.lang, at, zone))
}

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let (visit, event) = own_event(&ctx, &mut reader, &id, Action::VisitFollow).await?;
    let mut plans = Vec::new();
    for one in queries::plans(&mut reader, &id).await? {
        let planned = &one.event.planned;
        let area = areas::by_id(&mut reader, &planned.area_id, visit.starts_on).await?;
        let zone = area.time_zone()?;
        let day = crate::platform::i18n::date_short(t.lang, papers::day_of(&one.event, &zone));
        plans.push(Plan {
            made: made(t, one.at, &one.office, &zone),
            reason: one.event.reason.clone(),
            cancelled: one.event.state == crate::visits::model::EventState::Cancelled,
            kind: papers::kind(&ctx.app, &planned.kind, t.lang),
            when: format!("{day}, {}", papers::hours(&one.event, &zone)),
            place: papers::place(&mut reader, t, &visit, &one.event, &area).await?,
            led: planned.led.get(t.lang).to_owned(),
        });
    }
    let area = areas::by_id(&mut reader, &event.planned.area_id, visit.starts_on).await?;
    let zone = area.time_zone()?;
    let mut records = Vec::new();
    for version in queries::versions(&mut reader, &id).await? {
        let record = queries::record_of(&mut reader, &id, version.version).await?;
        let (lines, total) = people(&ctx, &record);
        let heard = reports(&ctx, &mut reader, &visit, (&event, &zone), &record).await?;
        let speakers = record.speakers.iter();
        records.push(Was {
            made: made(t, version.at, &version.office, &zone),
            reason: version.reason,
            people: lines,
            total,
            speakers: speakers.map(|s| s.get(t.lang).to_owned()).collect(),
            reports: heard,
        });
    }
    let title = t.visits_versions();
    render(&VersionsPage {
        s: ctx.shell(
            "office",
            title.clone(),
            crumbs(&ctx, Some(&visit), Some(&event), title),
        ),
        plans,
        records,
    })
}
