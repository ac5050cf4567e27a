//! `/office/stations/new`: the territorial commission puts a new station on record.

use super::office::{read, specials, step_free};
use crate::platform::access::Action;
use crate::platform::web::{
    Choice, Crumb, Ctx, FieldErrors, FormData, Shell, page as render, page_with_errors, see,
};
use crate::platform::{Error, areas};
use crate::stations::actions;
use crate::stations::model::NewStation;
use askama::Template;
use axum::response::Response;

#[derive(Template)]
#[template(path = "stations/pages/office_new.html")]
struct NewPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    specials: Vec<Choice>,
    step_free: Vec<Choice>,
}

fn build(ctx: &Ctx, form: FormData, errors: FieldErrors) -> NewPage {
    let t = ctx.t;
    NewPage {
        specials: specials(t, &form),
        step_free: step_free(t, &form),
        s: ctx.shell(
            "office",
            t.stations_new(),
            vec![
                Crumb::to("/office", t.shell_nav_office()),
                Crumb::here(t.stations_new()),
            ],
        ),
        form,
        errors,
    }
}

/// The form, with the office's own area where it has the power over stations below it.
pub(super) async fn page(ctx: Ctx) -> Result<Response, Error> {
    let acting = ctx.acting()?;
    let today = ctx.app.today();
    let mut code = String::new();
    if let Some(home) = acting.actor().home_area() {
        let mut reader = ctx.read().await?;
        let area = areas::by_id(&mut reader, home, today).await?;
        code = area.code;
    }
    let form = FormData::from_fields(vec![
        ("area_code".to_owned(), code),
        ("valid_from".to_owned(), today.to_string()),
    ]);
    render(&build(&ctx, form, FieldErrors::new()))
}

pub(super) async fn add(ctx: Ctx, form: FormData) -> Result<Response, Error> {
    let added = match read(&ctx, &form) {
        Ok(new) => match placed(&ctx, new, form.text("area_code")).await {
            Ok(new) => actions::add(&ctx.acting()?, new).await,
            Err(error) => Err(error),
        },
        Err(error) => Err(error),
    };
    match added {
        Ok(id) => Ok(see(&format!("/stations/{id}?done=station-added"))),
        Err(error) => {
            let errors = FieldErrors::take(to_form(error))?;
            page_with_errors(&build(&ctx, form, errors))
        }
    }
}

/// The station in the district of a code; its region lies directly below the country.
async fn placed(ctx: &Ctx, new: NewStation, code: &str) -> Result<NewStation, Error> {
    let unknown = || Error::field("area_code", ctx.t.stations_district());
    let mut reader = ctx.read().await?;
    let id = areas::by_typed_code(&mut reader, code, new.valid_from)
        .await?
        .ok_or_else(unknown)?;
    let way = areas::path(&mut reader, &id).await?;
    let (Some(region), Some(district)) = (way.get(1), way.last()) else {
        return Err(unknown());
    };
    // Whoever has no power there learns nothing else.
    ctx.acting()?
        .require(&mut reader, Action::StationChange, &id, None)
        .await?;
    Ok(NewStation {
        region_id: region.id.clone(),
        district_id: district.id.clone(),
        zone: district.zone.clone(),
        ..new
    })
}

/// Problems under the names of the form's fields.
fn to_form(error: Error) -> Error {
    let Error::Invalid(mut problems) = error else {
        return error;
    };
    for problem in &mut problems {
        if problem.field == "district" {
            "area_code".clone_into(&mut problem.field);
        }
    }
    Error::Invalid(problems)
}
