//! `/office/stations/{id}`: the territorial commission makes a new version, with a reason and a first day.

use super::special_name;
use crate::commissions::pages::{crumbs, id_of};
use crate::platform::access::Action;
use crate::platform::i18n::date_long;
use crate::platform::web::fields::{hidden, names, pair, three};
use crate::platform::web::{
    Choice, Ctx, FieldErrors, FormData, Shell, page as render, page_with_errors, see,
};
use crate::platform::{Error, T, degrees};
use crate::stations::model::{NewStation, PLACE_DIGITS, SPECIAL, Station};
use crate::stations::{actions, queries};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;

#[derive(Template)]
#[template(path = "stations/pages/office.html")]
struct OfficePage {
    s: Shell,
    errors: FieldErrors,
    id: String,
    number: u64,
    version: u64,
    since: String,
    form: FormData,
    specials: Vec<Choice>,
    step_free: Vec<Choice>,
}

/// The newest version, even one whose day has not come: that is what the next one follows.
pub(super) async fn newest(ctx: &Ctx, id: &str) -> Result<Station, Error> {
    let mut reader = ctx.read().await?;
    let station = queries::as_of(&mut reader, id_of(id)?, Date::MAX).await?;
    ctx.acting()?
        .require(&mut reader, Action::StationChange, &station.area_id, None)
        .await?;
    Ok(station)
}

fn filled(station: &Station, today: Date) -> FormData {
    let place = |value: Option<i64>| value.map_or_else(String::new, degrees::write);
    let from = station.valid_from.max(today);
    let mut fields = vec![
        pair("based_on", station.version.to_string()),
        pair("number", station.number.to_string()),
        pair("latitude", place(station.latitude_microdeg)),
        pair("longitude", place(station.longitude_microdeg)),
        pair("capacity", station.capacity.to_string()),
        pair("voters_on_list", station.voters_on_list.to_string()),
        pair("special", &station.special),
        pair(
            "step_free",
            match station.step_free {
                Some(true) => "yes",
                Some(false) => "no",
                None => "",
            },
        ),
        pair("valid_from", from.to_string()),
    ];
    fields.extend(three("name", &station.names));
    fields.extend(three("address", &station.address));
    FormData::from_fields(fields)
}

/// Kinds of special stations to choose from.
pub(super) fn specials(t: T, form: &FormData) -> Vec<Choice> {
    let named = |kind: &str| match special_name(t, kind) {
        name if name.is_empty() => t.stations_special_none(),
        name => name,
    };
    SPECIAL
        .iter()
        .map(|kind| Choice::new(*kind, named(kind), form.text("special")))
        .collect()
}

/// What may be known of the way in.
pub(super) fn step_free(t: T, form: &FormData) -> Vec<Choice> {
    let current = form.text("step_free");
    vec![
        Choice::new("yes", t.stations_step_free(), current),
        Choice::new("no", t.stations_steps(), current),
        Choice::new("", t.stations_steps_unknown(), current),
    ]
}

/// A station as the form's fields say it. What the form doesn't ask for stays blank: region, district, zone.
pub(super) fn read(ctx: &Ctx, form: &FormData) -> Result<NewStation, Error> {
    let t = ctx.t;
    let mut errors = FieldErrors::new();
    let number = errors.count(t, form, "number");
    let capacity = errors.count(t, form, "capacity");
    let voters = errors.count(t, form, "voters_on_list");
    let valid_from = errors.date(t, form, "valid_from");
    let mut place = |field: &str| {
        let text = form.text(field);
        let value = degrees::read(text, PLACE_DIGITS);
        if !text.is_empty() && value.is_none() {
            errors.add("latitude", t.stations_place());
        }
        value
    };
    let (latitude_microdeg, longitude_microdeg) = (place("latitude"), place("longitude"));
    errors.done()?;
    let (Some(number), Some(capacity), Some(voters_on_list), Some(valid_from)) =
        (number, capacity, voters, valid_from)
    else {
        return Err(Error::field("number", t.form_number()));
    };
    Ok(NewStation {
        number,
        region_id: String::new(),
        district_id: String::new(),
        names: names(form, "name"),
        address: names(form, "address"),
        latitude_microdeg,
        longitude_microdeg,
        capacity,
        voters_on_list,
        special: form.text("special").to_owned(),
        step_free: match form.text("step_free") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        valid_from,
        zone: String::new(),
    })
}

async fn build(
    ctx: &Ctx,
    station: Station,
    form: FormData,
    errors: FieldErrors,
) -> Result<OfficePage, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let title = t.stations_one(station.number.to_string());
    let crumbs = crumbs(&mut reader, ctx, &station.area_id, title).await?;
    Ok(OfficePage {
        specials: specials(t, &form),
        step_free: step_free(t, &form),
        since: date_long(t.lang, station.valid_from),
        version: station.version,
        number: station.number,
        s: ctx.shell("office", t.stations_change(), crumbs),
        id: station.id,
        form,
        errors,
    })
}

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let station = newest(&ctx, &id).await?;
    let form = filled(&station, ctx.app.today());
    render(&build(&ctx, station, form, FieldErrors::new()).await?)
}

pub(super) async fn change(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let station = newest(&ctx, &id).await?;
    match try_change(&ctx, &station, &form).await {
        Ok(_) => Ok(see(&format!("/stations/{id}?done=station-changed"))),
        Err(error) => {
            let errors = FieldErrors::take(error)?;
            page_with_errors(&build(&ctx, station, form, errors).await?)
        }
    }
}

async fn try_change(ctx: &Ctx, station: &Station, form: &FormData) -> Result<u64, Error> {
    let new = read(ctx, form)?;
    let based_on = hidden(form, "based_on");
    let reason = form.text("reason");
    actions::change(&ctx.acting()?, &station.id, based_on, new, reason).await
}
