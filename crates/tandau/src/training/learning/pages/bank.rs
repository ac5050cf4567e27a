//! `/office/training/tests`: what a programme's test is, its bank, the bank as a file and back.

use super::crumbs;
use crate::platform::access::Action;
use crate::platform::web::fields::{pair, seen};
use crate::platform::web::{
    Ctx, FieldErrors, FormData, Shell, as_csv, page as render, page_with_status, see,
};
use crate::platform::{Error, areas, ids};
use crate::training::learning::model::Test;
use crate::training::learning::{actions, export, store};
use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};

struct Programme {
    href: String,
    title: String,
    questions: u64,
    shape: &'static str,
    state: String,
}

#[derive(Template)]
#[template(path = "training/learning/pages/banks.html")]
struct ListPage {
    s: Shell,
    programmes: Vec<Programme>,
}

struct Line {
    href: String,
    module: String,
    text: String,
    kind: String,
    article: String,
    retired: bool,
    version: u64,
}

#[derive(Template)]
#[template(path = "training/learning/pages/bank.html")]
struct BankPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    id: String,
    has_test: bool,
    lines: Vec<Line>,
    drawable: u64,
}

/// Right answers are for whoever writes banks, and for nobody who is tested.
pub(super) async fn allowed(ctx: &Ctx) -> Result<(), Error> {
    let mut reader = ctx.read().await?;
    let country = areas::country(&mut reader).await?.ok_or(Error::NotFound)?;
    ctx.acting()?
        .require(&mut reader, Action::TrainingMake, &country, None)
        .await
}

pub(super) async fn list(ctx: Ctx) -> Result<Response, Error> {
    allowed(&ctx).await?;
    let t = ctx.t;
    let programmes = {
        let mut reader = ctx.read().await?;
        store::programmes(&mut reader).await?
    };
    render(&ListPage {
        s: ctx.shell(
            "office",
            t.learning_banks(),
            crumbs(&ctx, None, t.learning_banks()),
        ),
        programmes: programmes
            .into_iter()
            .map(|p| Programme {
                href: format!("/office/training/tests/{}", p.id),
                title: p.title.get(t.lang).to_owned(),
                questions: p.questions,
                shape: if p.has_test { "done" } else { "open" },
                state: if p.has_test {
                    t.learning_has_test()
                } else {
                    t.learning_no_test()
                },
            })
            .collect(),
    })
}

fn settings(ctx: &Ctx, test: Option<&Test>) -> FormData {
    let rules = &ctx.app.rules.training().tests;
    let of = |from: fn(&Test) -> u64, otherwise: u64| test.map_or(otherwise, from).to_string();
    FormData::from_fields(vec![
        pair("version", of(|t| t.version, 0)),
        pair("questions", of(|t| t.questions, rules.questions.value)),
        pair("minutes", of(|t| t.minutes, rules.minutes.value)),
        pair(
            "pass_percent",
            of(|t| t.pass_percent, rules.pass_percent.value),
        ),
        pair("tries", of(|t| t.tries, rules.tries_most.value)),
    ])
}

async fn build(
    ctx: &Ctx,
    id: &str,
    form: Option<FormData>,
    errors: FieldErrors,
) -> Result<BankPage, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let title = store::programme(&mut reader, id).await?;
    let title = title.get(t.lang).to_owned();
    let test = store::test(&mut reader, id).await?;
    let modules = store::modules(&mut reader, id).await?;
    let bank = store::bank(&mut reader, id).await?;
    let drawable = store::drawable(&mut reader, id).await?.len();
    drop(reader);
    Ok(BankPage {
        s: ctx.shell("office", title.clone(), crumbs(ctx, None, title)),
        id: id.to_owned(),
        has_test: test.is_some(),
        drawable: u64::try_from(drawable).unwrap_or(0),
        form: form.unwrap_or_else(|| settings(ctx, test.as_ref())),
        lines: bank
            .iter()
            .map(|q| Line {
                href: format!("/office/training/tests/{id}/questions/{}", q.id),
                module: modules
                    .iter()
                    .find(|m| m.id == q.says.module_id)
                    .map_or_else(String::new, |m| m.title.get(t.lang).to_owned()),
                text: q.says.text.get(t.lang).to_owned(),
                kind: t.word(&format!("learning-kind-{}", q.says.kind.as_str())),
                article: q.says.article.clone(),
                retired: q.says.retired,
                version: q.version,
            })
            .collect(),
        errors,
    })
}

async fn own(ctx: &Ctx, id: &str) -> Result<(), Error> {
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    allowed(ctx).await
}

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    own(&ctx, &id).await?;
    render(&build(&ctx, &id, None, FieldErrors::new()).await?)
}

pub(super) async fn set(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    own(&ctx, &id).await?;
    let done = async {
        let mut errors = FieldErrors::new();
        let mut count = |name: &str| errors.count(ctx.t, &form, name).unwrap_or(0);
        let test = Test {
            version: 0,
            questions: count("questions"),
            minutes: count("minutes"),
            pass_percent: count("pass_percent"),
            tries: count("tries"),
        };
        errors.done()?;
        actions::set_test(&ctx.acting()?, &id, seen(&form), &test, form.text("reason")).await
    };
    match done.await {
        Ok(_) => Ok(see(&format!(
            "/office/training/tests/{id}?done=learning-test-set"
        ))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "questions")?;
            page_with_status(&build(&ctx, &id, Some(form), errors).await?, status)
        }
    }
}

async fn lines(ctx: &Ctx, id: &str) -> Result<Vec<Vec<String>>, Error> {
    own(ctx, id).await?;
    let mut reader = ctx.read().await?;
    store::programme(&mut reader, id).await?;
    let modules = store::modules(&mut reader, id).await?;
    let bank = store::bank(&mut reader, id).await?;
    Ok(export::lines(&modules, &bank))
}

pub(super) async fn csv(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    as_csv(lines(&ctx, &id).await?)
}

pub(super) async fn xlsx(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let lines = lines(&ctx, &id).await?;
    let bytes = tokio::task::spawn_blocking(move || export::workbook(&lines))
        .await
        .map_err(Error::internal)??;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let head = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"questions.xlsx\"".to_owned(),
        ),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((head, bytes).into_response())
}

pub(super) async fn import(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    own(&ctx, &id).await?;
    let t = ctx.t;
    let done = async {
        let upload = form
            .upload("file")
            .ok_or_else(|| Error::field("file", t.learning_file_needed()))?;
        let bytes = upload.bytes.clone();
        actions::write_file(&ctx.acting()?, &id, form.text("reason"), bytes).await
    };
    match done.await {
        Ok(_) => Ok(see(&format!(
            "/office/training/tests/{id}?done=learning-taken-over"
        ))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "file")?;
            page_with_status(&build(&ctx, &id, None, errors).await?, status)
        }
    }
}
