//! `/training/tests/{id}`: one question at a time, then the result. Works on any phone, without scripts.

use super::fields::{self, Shown};
use super::mine::outcome;
use crate::platform::i18n::time_of;
use crate::platform::web::fields::hidden;
use crate::platform::web::{
    Crumb, Ctx, FieldErrors, FormData, Shell, page as render, page_with_status, see,
};
use crate::platform::{Error, ids};
use crate::training::learning::actions;
use crate::training::learning::model::{Attempt, Place, Purpose, Question};
use crate::training::learning::store::{self, Bank, attempts, certificates};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use electoral::training::exam::{Phase, Score};
use electoral::training::question::{Answer, Kind, judge};
use jiff::tz::TimeZone;
use serde::Deserialize;
use std::sync::Arc;

/// Which question is asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
}

struct Step {
    number: u64,
    href: String,
    answered: bool,
    here: bool,
}

#[derive(Template)]
#[template(path = "training/learning/pages/attempt.html")]
struct QuestionPage {
    s: Shell,
    errors: FieldErrors,
    id: String,
    programme: String,
    steps: Vec<Step>,
    number: u64,
    asked: u64,
    answered: u64,
    /// Questions without an answer.
    open: u64,
    left: String,
    ends: String,
    /// Answers to this place that the page knows of.
    seen: u64,
    question: Option<Shown>,
}

struct Told {
    number: u64,
    text: String,
    correct: bool,
    blank: bool,
    yours: Vec<String>,
    right: Vec<String>,
    why: String,
    article: String,
    /// What the form's checks say of a protocol.
    findings: Vec<String>,
}

#[derive(Template)]
#[template(path = "training/learning/pages/result.html")]
struct ResultPage {
    s: Shell,
    programme: String,
    shape: &'static str,
    outcome: String,
    needed: u64,
    decides: bool,
    /// Answers are explained: nobody can take this test again.
    explained: bool,
    certificate: String,
    told: Vec<Told>,
}

async fn question(ctx: &Ctx, place: &Place) -> Result<Arc<Question>, Error> {
    let bank = ctx.app.links.get::<Bank>().cloned().unwrap_or_default();
    let mut reader = ctx.read().await?;
    bank.of(&mut reader, &place.question_id, place.version)
        .await
}

/// Nobody else's cache holds a page of somebody's test.
fn private(mut response: Response) -> Response {
    let head = response.headers_mut();
    head.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    );
    response
}

fn crumbs(ctx: &Ctx, title: &str) -> Vec<Crumb> {
    vec![
        Crumb::to("/training/tests", ctx.t.learning_mine()),
        Crumb::here(title),
    ]
}

async fn build(
    ctx: &Ctx,
    attempt: &Attempt,
    number: Option<u64>,
    sent: Option<&FormData>,
    errors: FieldErrors,
) -> Result<QuestionPage, Error> {
    let t = ctx.t;
    let (places, programme, zone) = {
        let mut reader = ctx.read().await?;
        let places = attempts::places(&mut reader, &attempt.id).await?;
        let title = store::programme(&mut reader, &attempt.programme_id).await?;
        let of = (attempt.session_id.as_str(), attempt.person_id.as_str());
        let session = attempts::session(&mut reader, of.0, of.1).await?;
        let zone = TimeZone::get(&session.zone)?;
        (places, title.get(t.lang).to_owned(), zone)
    };
    let place = number.and_then(|number| places.iter().find(|p| p.place == number));
    let shown = match place {
        None => None,
        Some(place) => {
            let question = question(ctx, place).await?;
            let kept = Answer::parse(question.says.kind, &place.answer);
            let kept = kept.as_ref();
            Some(fields::of(&ctx.app, t, &question, attempt.seed, kept, sent))
        }
    };
    let left = match actions::timing(&ctx.app, attempt).at(ctx.app.clock.now()) {
        Phase::Running { left_seconds } => t.learning_left(left_seconds.div_ceil(60)),
        Phase::Grace | Phase::Over => t.learning_time_is_up(),
    };
    let title = match place {
        Some(place) => t.learning_question_of(place.place, attempt.asked),
        None => t.learning_overview(),
    };
    Ok(QuestionPage {
        s: ctx.shell("office", title.clone(), crumbs(ctx, &title)),
        id: attempt.id.clone(),
        programme,
        steps: places
            .iter()
            .map(|p| Step {
                number: p.place,
                href: format!("/training/tests/{}?q={}", attempt.id, p.place),
                answered: p.answers > 0,
                here: Some(p.place) == number,
            })
            .collect(),
        number: place.map_or(0, |p| p.place),
        asked: attempt.asked,
        open: attempt.asked.saturating_sub(count(&places)),
        answered: count(&places),
        left,
        ends: time_of(attempt.ends_at, &zone),
        seen: place.map_or(0, |p| p.answers),
        question: shown,
        errors,
    })
}

fn count(places: &[Place]) -> u64 {
    let answered = places.iter().filter(|p| p.answers > 0).count();
    u64::try_from(answered).unwrap_or(0)
}

pub(super) async fn page(
    ctx: Ctx,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    if !ids::is_id(&id) {
        return Err(Error::NotFound);
    }
    let attempt = actions::settle(&ctx.acting()?, &id).await?;
    if attempt.ended_at.is_some() {
        return Ok(private(render(&result(&ctx, &attempt).await?)?));
    }
    let number = match asked.q.as_str() {
        "end" => None,
        "" => {
            let mut reader = ctx.read().await?;
            let places = attempts::places(&mut reader, &id).await?;
            // Where one was: the first question that waits for its answer.
            places.iter().find(|p| p.answers == 0).map(|p| p.place)
        }
        text => Some(text.parse().map_err(|_| Error::NotFound)?),
    };
    if number.is_some_and(|number| number == 0 || number > attempt.asked) {
        return Err(Error::NotFound);
    }
    Ok(private(render(
        &build(&ctx, &attempt, number, None, FieldErrors::new()).await?,
    )?))
}

pub(super) async fn answer(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    if !ids::is_id(&id) {
        return Err(Error::NotFound);
    }
    let acting = ctx.acting()?;
    let place: u64 = form.text("place").parse().map_err(|_| Error::NotFound)?;
    let seen = hidden(&form, "seen");
    let attempt = actions::settle(&acting, &id).await?;
    if attempt.ended_at.is_some() {
        return Ok(see(&format!("/training/tests/{id}")));
    }
    let here = {
        let mut reader = ctx.read().await?;
        attempts::place(&mut reader, &id, place).await?
    };
    let question = question(&ctx, &here).await?;
    let done = match fields::read(&ctx.app, ctx.t, (&question, attempt.seed), &form) {
        Ok(given) => actions::answer(&acting, &id, (place, seen), &given).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => {
            let mut reader = ctx.read().await?;
            let places = attempts::places(&mut reader, &id).await?;
            let next = places
                .iter()
                .filter(|p| p.answers == 0)
                .find(|p| p.place > place)
                .or_else(|| places.iter().find(|p| p.answers == 0));
            let q = next.map_or_else(|| "end".to_owned(), |p| p.place.to_string());
            Ok(see(&format!("/training/tests/{id}?q={q}")))
        }
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "answer")?;
            // Another device answered: what it answered is shown, not what was sent here.
            let sent = (status == StatusCode::UNPROCESSABLE_ENTITY).then_some(&form);
            let page = build(&ctx, &attempt, Some(place), sent, errors).await?;
            Ok(private(page_with_status(&page, status)?))
        }
    }
}

pub(super) async fn end(ctx: Ctx, Path(id): Path<String>, _: FormData) -> Result<Response, Error> {
    if !ids::is_id(&id) {
        return Err(Error::NotFound);
    }
    actions::end(&ctx.acting()?, &id).await?;
    Ok(see(&format!("/training/tests/{id}")))
}

/// Sentences of the form about a protocol that does not hold.
fn findings(ctx: &Ctx, question: &Question, answer: Option<&Answer>) -> Vec<String> {
    let says = &question.says;
    let (Some(Answer::Figures(filled)), Ok(pack)) = (answer, ctx.app.rules.get(&says.pack)) else {
        return Vec::new();
    };
    let Some(form) = pack
        .protocol
        .as_ref()
        .filter(|_| says.kind == Kind::Protocol)
    else {
        return Vec::new();
    };
    let language = crate::readiness::access::actions::language(ctx.lang());
    let name = |item: &str| Some(item.chars().filter(char::is_ascii_digit).collect());
    judge(form, &says.exercise(), filled)
        .iter()
        .map(|f| f.text(form, electoral::protocol::Audience::Typist, language, &name))
        .collect()
}

async fn result(ctx: &Ctx, attempt: &Attempt) -> Result<ResultPage, Error> {
    let t = ctx.t;
    let (places, programme, certificate, explained) = {
        let mut reader = ctx.read().await?;
        let places = attempts::places(&mut reader, &attempt.id).await?;
        let title = store::programme(&mut reader, &attempt.programme_id).await?;
        let held = certificates::of_person(&mut reader, &attempt.person_id).await?;
        let certificate = held.into_iter().find(|c| c.attempt_id == attempt.id);
        let test = store::test(&mut reader, &attempt.programme_id).await?;
        let last = test.is_none_or(|test| attempt.number >= test.tries);
        let explained = match attempt.purpose {
            // The questions after the session come from the same bank.
            Purpose::Before => false,
            Purpose::After => attempt.passed == Some(true) || last,
            Purpose::Retest => true,
        };
        (places, title.get(t.lang).to_owned(), certificate, explained)
    };
    let mut told = Vec::new();
    for place in places {
        let question = question(ctx, &place).await?;
        let given = Answer::parse(question.says.kind, &place.answer);
        let says = &question.says;
        told.push(Told {
            number: place.place,
            text: says.text.get(t.lang).to_owned(),
            correct: place.correct,
            blank: place.answers == 0,
            yours: given
                .as_ref()
                .map_or_else(Vec::new, |a| fields::words(&ctx.app, t, &question, a)),
            right: fields::words(&ctx.app, t, &question, &says.answer),
            why: says.why.get(t.lang).to_owned(),
            article: says.article.clone(),
            findings: findings(ctx, &question, given.as_ref()),
        });
    }
    let (shape, outcome) = outcome(ctx, attempt);
    Ok(ResultPage {
        s: ctx.shell(
            "office",
            t.learning_result(),
            crumbs(ctx, &t.learning_result()),
        ),
        programme,
        shape,
        outcome,
        needed: Score::needed(attempt.asked, attempt.pass_percent),
        decides: attempt.purpose == Purpose::After,
        explained,
        certificate: certificate.map_or_else(String::new, |c| format!("/certificates/{}", c.code)),
        told,
    })
}
