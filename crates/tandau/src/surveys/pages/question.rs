//! One question: words, options, limits.

use super::{crumbs, names, own, pair, seen, three};
use crate::platform::access::Action;
use crate::platform::web::{
    Choice, Ctx, FieldErrors, FormData, Shell, page as render, page_with_errors, see,
};
use crate::platform::{Error, Names};
use crate::surveys::model::{Opt, Question, QuestionKind, Survey};
use crate::surveys::{actions, queries};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

#[derive(Template)]
#[template(path = "surveys/pages/question.html")]
struct QuestionPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    action: String,
    title: String,
    editing: bool,
    kinds: Vec<Choice>,
    others: Vec<Choice>,
}

async fn build(
    ctx: &Ctx,
    survey: &Survey,
    form: FormData,
    errors: FieldErrors,
    key: Option<&str>,
) -> Result<QuestionPage, Error> {
    let t = ctx.t;
    let title = if key.is_some() {
        t.surveys_question_edit()
    } else {
        t.surveys_question_new()
    };
    let kind = form.text("kind");
    let kinds = QuestionKind::ALL
        .into_iter()
        .map(|k| {
            let word = t.word(&format!("surveys-kind-{}", k.as_str()));
            Choice::new(k.as_str(), word, kind)
        })
        .collect();
    let crossed = form.text("crossed_with");
    let mut others = vec![Choice::new("", t.surveys_cross_none(), crossed)];
    let mut reader = ctx.read().await?;
    for question in queries::questions(&mut reader, &survey.id).await? {
        if question.kind.divides() && key != Some(question.key.as_str()) {
            let wording = question.wording.get(t.lang).to_owned();
            others.push(Choice::new(question.key, wording, crossed));
        }
    }
    Ok(QuestionPage {
        s: ctx.shell(
            "office",
            title.clone(),
            crumbs(ctx, Some(survey), title.clone()),
        ),
        action: format!(
            "/office/surveys/{}/questions/{}",
            survey.id,
            key.unwrap_or("new")
        ),
        editing: key.is_some(),
        title,
        kinds,
        others,
        errors,
        form,
    })
}

pub(super) async fn new(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let survey = own(&ctx, &id, Action::SurveyMake).await?;
    let form = FormData::from_fields(vec![
        pair("version", survey.version.to_string()),
        pair("kind", "one"),
        pair("required", "yes"),
        pair("least", "1"),
        pair("most", "1"),
    ]);
    render(&build(&ctx, &survey, form, FieldErrors::new(), None).await?)
}

/// An option stands on a line of its own: key, then words in Kazakh, Russian and English, with bars between.
fn option(line: &str) -> Option<Opt> {
    let mut parts = line.split('|').map(str::trim);
    let (key, kk, ru, en) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    parts.next().is_none().then(|| Opt {
        key: key.to_owned(),
        wording: Names::new(kk, ru, en),
    })
}

fn line(option: &Opt) -> String {
    let words = &option.wording;
    format!(
        "{} | {} | {} | {}",
        option.key, words.kk, words.ru, words.en
    )
}

fn read(ctx: &Ctx, form: &FormData, key: &str) -> Result<Question, Error> {
    let t = ctx.t;
    let mut errors = FieldErrors::new();
    let kind = QuestionKind::parse(form.text("kind"));
    if kind.is_none() {
        errors.add("kind", t.form_choice());
    }
    let mut number = |field: &str| match form.text(field) {
        "" => Some(1),
        text => {
            let value = text.parse::<i64>().ok();
            if value.is_none() {
                errors.add(field, t.form_number());
            }
            value
        }
    };
    let (least, most) = (number("least"), number("most"));
    let lines = form
        .text("options")
        .lines()
        .filter(|l| !l.trim().is_empty());
    let options: Option<Vec<Opt>> = lines.take(100).map(option).collect();
    if options.is_none() {
        errors.add("options", t.surveys_options_form());
    }
    errors.done()?;
    match (kind, least, most, options) {
        (Some(kind), Some(least), Some(most), Some(options)) => Ok(Question {
            key: key.to_owned(),
            kind,
            wording: names(form, "wording"),
            required: form.ticked("required"),
            least,
            most,
            options,
            crossed_with: form.text("crossed_with").to_owned(),
        }),
        _ => Err(Error::field("kind", t.form_choice())),
    }
}

pub(super) async fn add(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let survey = own(&ctx, &id, Action::SurveyMake).await?;
    let done = async {
        let question = read(&ctx, &form, form.text("key"))?;
        actions::add_question(&ctx.acting()?, &id, seen(&form), question).await
    };
    after(&ctx, &survey, &form, None, done.await).await
}

async fn after(
    ctx: &Ctx,
    survey: &Survey,
    form: &FormData,
    key: Option<&str>,
    done: Result<(), Error>,
) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(see(&format!(
            "/office/surveys/{}?done=surveys-edited",
            survey.id
        ))),
        Err(error) => {
            let errors = FieldErrors::take(error.renamed("wording", "wording_kk"))?;
            page_with_errors(&build(ctx, survey, form.clone(), errors, key).await?)
        }
    }
}

pub(super) async fn editing(
    ctx: Ctx,
    Path((id, key)): Path<(String, String)>,
) -> Result<Response, Error> {
    let survey = own(&ctx, &id, Action::SurveyMake).await?;
    let mut reader = ctx.read().await?;
    let questions = queries::questions(&mut reader, &id).await?;
    drop(reader);
    let question = questions.into_iter().find(|q| q.key == key);
    let question = question.ok_or(Error::NotFound)?;
    let options: Vec<String> = question.options.iter().map(line).collect();
    let mut fields = vec![
        pair("version", survey.version.to_string()),
        pair("kind", question.kind.as_str()),
        pair("required", if question.required { "yes" } else { "" }),
        pair("least", question.least.to_string()),
        pair("most", question.most.to_string()),
        pair("options", options.join("\n")),
        pair("crossed_with", &question.crossed_with),
    ];
    fields.extend(three("wording", &question.wording));
    let form = FormData::from_fields(fields);
    render(&build(&ctx, &survey, form, FieldErrors::new(), Some(&key)).await?)
}

pub(super) async fn edit(
    ctx: Ctx,
    Path((id, key)): Path<(String, String)>,
    form: FormData,
) -> Result<Response, Error> {
    let survey = own(&ctx, &id, Action::SurveyMake).await?;
    let done = async {
        let question = read(&ctx, &form, &key)?;
        actions::edit_question(&ctx.acting()?, &id, seen(&form), question).await
    };
    after(&ctx, &survey, &form, Some(&key), done.await).await
}

pub(super) async fn remove(
    ctx: Ctx,
    Path((id, key)): Path<(String, String)>,
    form: FormData,
) -> Result<Response, Error> {
    let acting = ctx.acting()?;
    actions::remove_question(&acting, &id, seen(&form), &key).await?;
    Ok(see(&format!("/office/surveys/{id}?done=surveys-edited")))
}
