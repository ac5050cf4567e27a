//! Pages of surveys: the office writes and runs them, everybody sees what came of them.

mod files;
mod form;
mod list;
mod public;
mod question;
mod run;
mod show;
mod trend;

use super::model::{State, Survey};
use crate::platform::access::Action;
use crate::platform::web::fields::{names, pair, seen, three};
use crate::platform::web::{Crumb, Ctx, Guard, Routes};
use crate::platform::{Error, ids};

/// Routes of surveys.
#[must_use]
pub fn routes() -> Routes {
    let makes = Guard::Power(Action::SurveyMake);
    let runs = Guard::Power(Action::SurveyRun);
    Routes::new()
        .get("/surveys", Guard::Public, public::list)
        .get("/surveys.csv", Guard::Public, files::list_csv)
        .get("/surveys.json", Guard::Public, files::list_json)
        .get("/surveys/{id}", Guard::Public, public::page)
        .get("/surveys/{id}/results.csv", Guard::Public, files::csv)
        .get("/surveys/{id}/results.json", Guard::Public, files::json)
        .get("/surveys/questions/{hash}", Guard::Public, trend::page)
        .get(
            "/surveys/questions/{hash}/trend.csv",
            Guard::Public,
            trend::csv,
        )
        .get(
            "/surveys/questions/{hash}/trend.json",
            Guard::Public,
            trend::json,
        )
        .get("/office/surveys", runs, list::page)
        .get("/office/surveys/new", makes, form::new)
        .post("/office/surveys/new", makes, form::create)
        .get("/office/surveys/{id}", runs, show::page)
        .post("/office/surveys/{id}/open", runs, show::open)
        .post("/office/surveys/{id}/close", runs, show::close)
        .get("/office/surveys/{id}/edit", makes, form::editing)
        .post("/office/surveys/{id}/edit", makes, form::edit)
        .get("/office/surveys/{id}/questions/new", makes, question::new)
        .post("/office/surveys/{id}/questions/new", makes, question::add)
        .get(
            "/office/surveys/{id}/questions/{key}",
            makes,
            question::editing,
        )
        .post(
            "/office/surveys/{id}/questions/{key}",
            makes,
            question::edit,
        )
        .post(
            "/office/surveys/{id}/questions/{key}/remove",
            makes,
            question::remove,
        )
        .get("/office/surveys/{id}/cards", runs, run::cards)
        .post("/office/surveys/{id}/cards", runs, run::make_cards)
        .get("/office/surveys/{id}/texts", runs, run::texts)
        .post("/office/surveys/{id}/texts", runs, run::moderate)
}

/// The way to a page of surveys in the office.
fn crumbs(ctx: &Ctx, survey: Option<&Survey>, here: String) -> Vec<Crumb> {
    let mut way = vec![
        Crumb::to("/office", ctx.t.shell_nav_office()),
        Crumb::to("/office/surveys", ctx.t.surveys_title()),
    ];
    if let Some(survey) = survey {
        let title = survey.title.get(ctx.lang());
        way.push(Crumb::to(format!("/office/surveys/{}", survey.id), title));
    }
    way.push(Crumb::here(here));
    way
}

/// Shape and word of a state.
fn state(ctx: &Ctx, state: State) -> (&'static str, String) {
    let shape = match state {
        State::Draft => "open",
        State::Open => "partial",
        State::Closed => "done",
    };
    let word = ctx.t.word(&format!("surveys-state-{}", state.as_str()));
    (shape, word)
}

/// The survey of an address, for somebody who has a power over it.
async fn own(ctx: &Ctx, id: &str, action: Action) -> Result<Survey, Error> {
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    let mut reader = ctx.read().await?;
    let survey = super::queries::by_id(&mut reader, id).await?;
    ctx.acting()?
        .require(&mut reader, action, &survey.area_id, None)
        .await?;
    Ok(survey)
}
