//! Cards for the room, and answers in words before anybody sees them.

use super::{crumbs, own};
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::web::{
    Ctx, FieldErrors, FormData, Shell, page as render, page_with_errors, see,
};
use crate::surveys::hall::printed_link;
use crate::surveys::model::{Survey, TextState};
use crate::surveys::{actions, queries};
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

#[derive(Template)]
#[template(path = "surveys/pages/cards.html")]
struct CardsPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    id: String,
    /// The address to type.
    link: String,
    title: String,
    wants: bool,
    made: u64,
    most: u64,
    tokens: Vec<String>,
}

async fn page_of_cards(
    (ctx, headers): (&Ctx, &HeaderMap),
    survey: &Survey,
    form: FormData,
    errors: FieldErrors,
    tokens: Vec<String>,
) -> Result<CardsPage, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    Ok(CardsPage {
        s: ctx.shell(
            "office",
            t.surveys_cards(),
            crumbs(ctx, Some(survey), t.surveys_cards()),
        ),
        id: survey.id.clone(),
        link: printed_link(ctx, headers, &survey.code),
        title: survey.title.get(t.lang).to_owned(),
        wants: survey.wants_tokens,
        made: queries::tokens(&mut reader, &survey.id).await?,
        most: ctx.app.rules.surveys().tokens_most.value,
        tokens,
        errors,
        form,
    })
}

pub(super) async fn cards(
    ctx: Ctx,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let survey = own(&ctx, &id, Action::SurveyRun).await?;
    let nothing = (FormData::default(), FieldErrors::new());
    render(&page_of_cards((&ctx, &headers), &survey, nothing.0, nothing.1, Vec::new()).await?)
}

/// The codes are on the page that answers, once: nothing brings them back.
pub(super) async fn make_cards(
    ctx: Ctx,
    Path(id): Path<String>,
    headers: HeaderMap,
    form: FormData,
) -> Result<Response, Error> {
    let survey = own(&ctx, &id, Action::SurveyRun).await?;
    let done = async {
        let mut errors = FieldErrors::new();
        let number = errors.count(ctx.t, &form, "number");
        errors.done()?;
        actions::make_tokens(&ctx.acting()?, &id, number.unwrap_or(0)).await
    };
    match done.await {
        Ok(tokens) => {
            let tokens = tokens.iter().map(|t| spaced(t)).collect();
            let page =
                page_of_cards((&ctx, &headers), &survey, form, FieldErrors::new(), tokens).await?;
            let mut response = render(&page)?;
            let head = response.headers_mut();
            head.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            Ok(response)
        }
        Err(error) => {
            let errors = FieldErrors::take(error)?;
            page_with_errors(
                &page_of_cards((&ctx, &headers), &survey, form, errors, Vec::new()).await?,
            )
        }
    }
}

/// A code as it is printed: two groups of five.
fn spaced(token: &str) -> String {
    match token.split_at_checked(5) {
        Some((left, right)) => format!("{left}-{right}"),
        None => token.to_owned(),
    }
}

struct TextLine {
    id: String,
    question: String,
    body: String,
    state: String,
    shown: bool,
    hidden: bool,
}

#[derive(Template)]
#[template(path = "surveys/pages/texts.html")]
struct TextsPage {
    s: Shell,
    id: String,
    lines: Vec<TextLine>,
}

pub(super) async fn texts(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let t = ctx.t;
    let survey = own(&ctx, &id, Action::SurveyRun).await?;
    let mut reader = ctx.read().await?;
    let questions = queries::questions(&mut reader, &id).await?;
    let wording = |key: &str| {
        let question = questions.iter().find(|q| q.key == key);
        question.map_or_else(String::new, |q| q.wording.get(t.lang).to_owned())
    };
    let mut texts = queries::texts(&mut reader, &id).await?;
    texts.sort_by_key(|text| text.state);
    let lines = texts
        .into_iter()
        .take(500)
        .map(|text| TextLine {
            question: wording(&text.question),
            state: t.word(&format!("surveys-text-{}", text.state.as_str())),
            shown: text.state == TextState::Shown,
            hidden: text.state == TextState::Hidden,
            id: text.id,
            body: text.body,
        })
        .collect();
    render(&TextsPage {
        s: ctx.shell(
            "office",
            t.surveys_texts(),
            crumbs(&ctx, Some(&survey), t.surveys_texts()),
        ),
        id,
        lines,
    })
}

pub(super) async fn moderate(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    own(&ctx, &id, Action::SurveyRun).await?;
    let state = match form.text("state") {
        "shown" => TextState::Shown,
        "hidden" => TextState::Hidden,
        _ => return Err(Error::field("state", ctx.t.form_choice())),
    };
    actions::moderate(&ctx.acting()?, &id, form.text("text"), state).await?;
    Ok(see(&format!("/office/surveys/{id}/texts")))
}
