//! Files: stations with their counts, one station with its items.

use super::super::export::{self, Form, in_language};
use super::super::frame::{Asked, Frame};
use crate::platform::rows::plain;
use crate::platform::web::{Ctx, Shows, kept};
use crate::platform::{Error, Lang, ids};
use axum::extract::Query;
use axum::http::{HeaderMap, header};
use axum::response::Response;

pub(super) async fn country_csv(
    ctx: Ctx,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    country(&ctx, &asked, Form::Csv, &headers).await
}

pub(super) async fn country_json(
    ctx: Ctx,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    country(&ctx, &asked, Form::Json, &headers).await
}

fn sent(form: Form, stem: &str) -> Result<kept::Form, Error> {
    kept::Form::file(form.media_type()).with(
        header::CONTENT_DISPOSITION,
        &format!("attachment; filename=\"{stem}.{}\"", form.ending()),
    )
}

/// What tells one file from another: election, day, section, and in a table the language.
fn name(ctx: &Ctx, frame: &Frame, form: Form, what: &str) -> String {
    let lang = if form == Form::Csv {
        ctx.lang().code()
    } else {
        ""
    };
    let day = if frame.as_of.today {
        "today".to_owned()
    } else {
        frame.as_of.day.to_string()
    };
    format!(
        "{what}.{}?{}&{day}&{}&{lang}",
        form.ending(),
        frame.election.id,
        frame.section
    )
}

/// What a file begins with. The connection goes back before anybody waits for a file.
async fn frame_of(ctx: &Ctx, asked: &Asked) -> Result<Frame, Error> {
    let mut reader = ctx.read().await?;
    Frame::must(&ctx.app, ctx.t, &mut reader, asked).await
}

async fn country(
    ctx: &Ctx,
    asked: &Asked,
    form: Form,
    headers: &HeaderMap,
) -> Result<Response, Error> {
    let frame = frame_of(ctx, asked).await?;
    let stem = format!("readiness-{}-{}", frame.election.id, frame.as_of.day);
    let lang = ctx.lang();
    let area = asked.area.as_str();
    if !area.is_empty() && !ids::is_id(area) {
        return Err(Error::NotFound);
    }
    let make = async {
        let mut reader = ctx.read().await?;
        let mut stations = export::all_stations(&mut reader, &frame).await?;
        stations
            .stations
            .retain(|s| area.is_empty() || s.region == area || s.district == area);
        match form {
            Form::Json => serde_json::to_vec(&stations).map_err(Error::internal),
            Form::Csv => station_rows(&stations, lang),
        }
    };
    ctx.app
        .kept
        .or_make_day(
            (ctx, headers),
            name(ctx, &frame, form, &format!("/readiness/{area}")),
            (Shows::All, !frame.as_of.today),
            sent(form, &stem)?,
            make,
        )
        .await
}

/// One station.
pub(super) async fn station(
    ctx: &Ctx,
    id: &str,
    asked: &Asked,
    form: Form,
    headers: &HeaderMap,
) -> Result<Response, Error> {
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    let frame = frame_of(ctx, asked).await?;
    let stem = format!("readiness-{id}-{}", frame.as_of.day);
    let lang = ctx.lang();
    let make = async {
        let mut reader = ctx.read().await?;
        let found = export::of_station(&mut reader, &frame, id).await?;
        match form {
            Form::Json => serde_json::to_vec(&found).map_err(Error::internal),
            Form::Csv => item_rows(&found, lang),
        }
    };
    let what = format!("/readiness/stations/{id}");
    ctx.app
        .kept
        .or_make_day(
            (ctx, headers),
            name(ctx, &frame, form, &what),
            (Shows::All, !frame.as_of.today),
            sent(form, &stem)?,
            make,
        )
        .await
}

fn station_rows(all: &export::ReadinessStations, lang: Lang) -> Result<Vec<u8>, Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record([
            "election",
            "as_of",
            "station",
            "number",
            "name",
            "region",
            "district",
            "state",
            "expected",
            "met",
            "unmet",
            "unmet_critical",
            "not_applicable",
            "disputed",
            "unanswered",
            "reported_at",
        ])
        .map_err(Error::internal)?;
    for s in &all.stations {
        let counts = s.items;
        let figures = [
            counts.expected,
            counts.met,
            counts.unmet,
            counts.unmet_critical,
            counts.not_applicable,
            counts.disputed,
            counts.unanswered,
        ]
        .map(|figure| figure.to_string());
        let number = s.number.to_string();
        let name = plain(in_language(&s.name, lang));
        let texts = [
            all.election.as_str(),
            &all.as_of,
            &s.id,
            &number,
            &name,
            &s.region,
            &s.district,
            &s.state,
        ];
        let last = s.reported_at.clone().unwrap_or_default();
        writer
            .write_record(
                texts
                    .into_iter()
                    .chain(figures.iter().map(String::as_str))
                    .chain([last.as_str()]),
            )
            .map_err(Error::internal)?;
    }
    writer.into_inner().map_err(Error::internal)
}

fn item_rows(all: &export::ReadinessOfStation, lang: Lang) -> Result<Vec<u8>, Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record([
            "election",
            "as_of",
            "station",
            "number",
            "item",
            "section",
            "wording",
            "severity",
            "body",
            "due",
            "status",
            "since",
            "late",
            "task_body",
            "task_since",
            "task_due",
            "task_state",
        ])
        .map_err(Error::internal)?;
    let number = all.station.number.to_string();
    for item in &all.items {
        let task = item.tasks.first();
        let of = |field: fn(&export::ReadinessTask) -> &str| task.map_or("", field);
        writer
            .write_record([
                all.election.as_str(),
                &all.as_of,
                &all.station.id,
                &number,
                &item.id,
                &item.section,
                &plain(in_language(&item.wording, lang)),
                &item.severity,
                &item.body,
                &item.due,
                &item.status,
                item.since.as_deref().unwrap_or_default(),
                if item.late { "true" } else { "false" },
                of(|t| &t.body),
                of(|t| &t.since),
                of(|t| &t.due),
                of(|t| t.state.as_deref().unwrap_or_default()),
            ])
            .map_err(Error::internal)?;
    }
    writer.into_inner().map_err(Error::internal)
}
