//! `/office/incidents/new`: what happened. Works on a phone without a network (`data-offline`).

use super::{crumbs, election, kinds, own_areas, severities};
use crate::incidents::model::REPORT;
use crate::incidents::queries;
use crate::platform::web::fields::pair;
use crate::platform::web::{
    Choice, Ctx, FieldErrors, FormData, Shell, page as render, page_with_status, see,
};
use crate::platform::{Error, ids, inbox};
use crate::stations;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    station: String,
    #[serde(default)]
    item: String,
    #[serde(default)]
    finding: String,
    #[serde(default)]
    kind: String,
}

#[derive(Template)]
#[template(path = "incidents/pages/new.html")]
struct NewPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    offline: &'static str,
    /// The station that the report is about, when it is known.
    station: String,
    elections: Vec<Choice>,
    kinds: Vec<Choice>,
    severities: Vec<Choice>,
}

async fn build(ctx: &Ctx, form: FormData, errors: FieldErrors) -> Result<NewPage, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let station = match form.text("station") {
        "" => String::new(),
        id => match queries::station(&mut reader, id).await {
            Ok(station) => {
                let name = station.names.get(ctx.lang());
                format!("№\u{a0}{} {name}", station.number)
            }
            Err(Error::NotFound) => String::new(),
            Err(other) => return Err(other),
        },
    };
    let asked = form.text("election").to_owned();
    let (_, elections) = election(&mut reader, ctx, &asked).await?;
    let mut severities = severities(t, form.text("severity"));
    severities.push(Choice::new(
        "",
        t.incidents_severity_own(),
        form.text("severity"),
    ));
    Ok(NewPage {
        s: ctx.shell(
            "office",
            t.incidents_new(),
            crumbs(ctx, t.incidents_new(), true),
        ),
        offline: REPORT,
        station,
        elections,
        kinds: kinds(ctx, form.text("kind")),
        severities,
        form,
        errors,
    })
}

pub(super) async fn page(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let mut reader = ctx.read().await?;
    let mut station = asked.station;
    if station.is_empty() {
        // Who works at a station reports from there.
        for area in own_areas(&mut reader, &ctx).await? {
            if let Some(id) = stations::queries::id_by_area(&mut reader, &area).await? {
                station = id;
            }
        }
    }
    drop(reader);
    let form = FormData::from_fields(vec![
        pair("envelope", ids::random_id()),
        pair("station", station),
        pair("item", asked.item),
        pair("finding", asked.finding),
        pair("kind", asked.kind),
    ]);
    render(&build(&ctx, form, FieldErrors::new()).await?)
}

pub(super) async fn report(ctx: Ctx, form: FormData) -> Result<Response, Error> {
    let acting = ctx.acting()?;
    match inbox::take_form(&acting, REPORT, &form).await {
        Ok(taken) => Ok(see(&format!("{}?done=incident-reported", taken.href))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "what")?;
            page_with_status(&build(&ctx, form, errors).await?, status)
        }
    }
}
