//! `/stations/{id}`: a station apart from any election: where it is, its commission, every version.

use super::special_name;
use crate::commissions::pages::{AsOf, crumbs, id_of};
use crate::commissions::{self, Office};
use crate::platform::access::{self, Action};
use crate::platform::i18n::{date_long, date_short, instant_long, told};
use crate::platform::web::{Ctx, Shell, page as render};
use crate::platform::{Error, T, degrees};
use crate::stations::model::{Station, StationVersion};
use crate::stations::queries;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;

struct VersionLine {
    from: String,
    what: String,
    made: String,
}

#[derive(Template)]
#[template(path = "stations/pages/show.html")]
struct ShowPage {
    s: Shell,
    id: String,
    number: u64,
    kicker: String,
    as_of: String,
    name: String,
    address: String,
    special: String,
    step_free: Option<bool>,
    voters: u64,
    capacity: u64,
    place: String,
    commission: String,
    commission_href: String,
    chair: String,
    versions: Vec<VersionLine>,
    may_change: bool,
    /// Since when it is closed; blank for one that is open.
    closed: String,
}

pub(super) async fn page(
    ctx: Ctx,
    Path(id): Path<String>,
    Query(as_of): Query<AsOf>,
) -> Result<Response, Error> {
    let day = as_of.day(&ctx)?;
    let (t, lang) = (ctx.t, ctx.lang());
    let mut reader = ctx.read().await?;
    let station = queries::as_of(&mut reader, id_of(&id)?, day).await?;
    let versions = queries::versions(&mut reader, &station.id).await?;
    let commission = commissions::queries::by_area(&mut reader, &station.area_id, day).await?;
    let chair = match &commission {
        Some(found) => commissions::queries::composition(&mut reader, &found.id, day)
            .await?
            .into_iter()
            .find(|m| m.office == Office::Chair)
            .map(|m| m.names.get(lang).to_owned()),
        None => None,
    };
    let may_change = match &ctx.signed_in {
        Some(who) => access::require(
            &mut reader,
            &ctx.app.policy,
            &who.actor,
            Action::StationChange,
            &station.area_id,
            None,
        )
        .await
        .is_ok(),
        None => false,
    };
    let title = t.stations_one(station.number.to_string());
    let crumbs = crumbs(&mut reader, &ctx, &station.area_id, title.clone()).await?;
    let zone = station.time_zone()?;
    render(&ShowPage {
        kicker: crumbs
            .iter()
            .skip(2)
            .filter(|c| !c.href.is_empty())
            .map(|c| c.text.as_str())
            .collect::<Vec<_>>()
            .join(" · "),
        as_of: date_long(lang, day),
        number: station.number,
        name: station.names.get(lang).to_owned(),
        address: station.address.get(lang).to_owned(),
        special: special_name(t, &station.special),
        step_free: station.step_free,
        voters: station.voters_on_list,
        capacity: station.capacity,
        place: station
            .latitude_microdeg
            .zip(station.longitude_microdeg)
            .map_or_else(String::new, degrees::write_pair),
        commission: commission.as_ref().map_or_else(String::new, |c| c.name(t)),
        commission_href: commission.map_or_else(String::new, |c| {
            format!("/commissions/{}{}", c.id, as_of.query())
        }),
        chair: chair.unwrap_or_default(),
        versions: history(t, &versions, &zone),
        may_change: may_change && station.valid_until.is_none(),
        closed: station
            .valid_until
            .map_or_else(String::new, |last| t.stations_closed(date_long(lang, last))),
        s: ctx.shell("stations", title, crumbs),
        id: station.id,
    })
}

/// What each version changed, newest first.
fn history(t: T, versions: &[StationVersion], zone: &jiff::tz::TimeZone) -> Vec<VersionLine> {
    versions
        .iter()
        .enumerate()
        .map(|(place, v)| {
            let changed = versions
                .get(place + 1)
                .map(|before| changes(t, &before.station, &v.station));
            let reason = told(t.lang, &v.reason);
            let what = match changed {
                None => t.stations_version_first(),
                Some(parts) if parts.is_empty() => reason.to_owned(),
                Some(parts) => format!("{}. {}", reason.trim_end_matches('.'), parts.join("; ")),
            };
            VersionLine {
                from: date_short(t.lang, v.station.valid_from),
                what,
                made: instant_long(t.lang, v.made_at, zone),
            }
        })
        .collect()
}

fn changes(t: T, before: &Station, after: &Station) -> Vec<String> {
    let mut parts = Vec::new();
    let mut add = |label: String, old: String, new: String| {
        if old != new {
            parts.push(t.stations_changed(new, old, label));
        }
    };
    let lang = t.lang;
    let n = |value: u64| crate::platform::i18n::number(lang, value);
    add(
        t.stations_number_label(),
        before.number.to_string(),
        after.number.to_string(),
    );
    add(
        t.stations_building_label(),
        before.names.get(lang).to_owned(),
        after.names.get(lang).to_owned(),
    );
    add(
        t.stations_col_address(),
        before.address.get(lang).to_owned(),
        after.address.get(lang).to_owned(),
    );
    add(
        t.stations_col_voters(),
        n(before.voters_on_list),
        n(after.voters_on_list),
    );
    add(
        t.stations_capacity_label(),
        n(before.capacity),
        n(after.capacity),
    );
    parts
}
