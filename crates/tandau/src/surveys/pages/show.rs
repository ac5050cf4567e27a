//! `/office/surveys/{id}`: what is asked, how it stands, what to do next.

use super::{crumbs, own, state};
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::i18n::date_long;
use crate::platform::web::{
    Ctx, FieldErrors, FormData, Shell, page as render, page_with_errors, see,
};
use crate::surveys::model::{State, Survey};
use crate::surveys::{actions, queries};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

struct Line {
    key: String,
    wording: String,
    kind: String,
    options: Vec<String>,
    note: String,
}

#[derive(Template)]
#[template(path = "surveys/pages/show.html")]
struct ShowPage {
    s: Shell,
    errors: FieldErrors,
    survey: Survey,
    title: String,
    day: String,
    shape: &'static str,
    state: String,
    is_open: bool,
    is_closed: bool,
    answered: u64,
    waiting: u64,
    present: String,
    tokens: u64,
    questions: Vec<Line>,
    may_change: bool,
}

async fn build(ctx: &Ctx, survey: Survey, errors: FieldErrors) -> Result<ShowPage, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let live = queries::live(&mut reader, &survey.id).await?;
    let questions = queries::questions(&mut reader, &survey.id).await?;
    let title = survey.title.get(t.lang).to_owned();
    let (shape, word) = state(ctx, survey.state);
    let may_make = ctx
        .acting()?
        .may(&mut reader, Action::SurveyMake, &survey.area_id, None)
        .await?;
    Ok(ShowPage {
        s: ctx.shell("office", title.clone(), crumbs(ctx, None, title.clone())),
        tokens: queries::tokens(&mut reader, &survey.id).await?,
        day: date_long(t.lang, survey.held_on),
        is_open: survey.state == State::Open,
        is_closed: survey.state == State::Closed,
        may_change: may_make && survey.state != State::Closed && live.answered == 0,
        answered: live.answered,
        waiting: live.texts_waiting,
        present: survey
            .present
            .map_or_else(|| t.surveys_present_unknown(), |n| t.surveys_people(n)),
        questions: questions
            .iter()
            .map(|q| Line {
                key: q.key.clone(),
                wording: q.wording.get(t.lang).to_owned(),
                kind: t.word(&format!("surveys-kind-{}", q.kind.as_str())),
                options: q
                    .options
                    .iter()
                    .map(|o| o.wording.get(t.lang).to_owned())
                    .collect(),
                note: if q.required {
                    t.surveys_required()
                } else {
                    String::new()
                },
            })
            .collect(),
        title,
        shape,
        state: word,
        errors,
        survey,
    })
}

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let survey = own(&ctx, &id, Action::SurveyRun).await?;
    render(&build(&ctx, survey, FieldErrors::new()).await?)
}

async fn after(
    ctx: &Ctx,
    id: &str,
    word: &str,
    done: Result<(), Error>,
) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(see(&format!("/office/surveys/{id}?done={word}"))),
        Err(error) => {
            let errors = FieldErrors::take(error)?;
            let survey = own(ctx, id, Action::SurveyRun).await?;
            page_with_errors(&build(ctx, survey, errors).await?)
        }
    }
}

pub(super) async fn open(ctx: Ctx, Path(id): Path<String>, _: FormData) -> Result<Response, Error> {
    let done = actions::open(&ctx.acting()?, &id).await;
    after(&ctx, &id, "surveys-opened", done).await
}

pub(super) async fn close(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    own(&ctx, &id, Action::SurveyRun).await?;
    let done = if form.ticked("sure") {
        actions::close(&ctx.acting()?, &id).await
    } else {
        Err(Error::field("sure", ctx.t.surveys_sure_needed()))
    };
    after(&ctx, &id, "surveys-closed", done).await
}
