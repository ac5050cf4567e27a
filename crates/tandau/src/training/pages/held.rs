//! `/office/training/sessions/{id}/held`: who was not there, which texts were taught, how many stood on paper.

use super::{crumbs, own_session, pair, seen};
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::web::{
    Choice, Crumb, Ctx, FieldErrors, FormData, Shell, page as render, page_with_status, see,
};
use crate::training::model::{HeldSession, Session, TraineeState, Way};
use crate::training::{actions, queries};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

struct TextField {
    name: String,
    label: String,
    choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "training/pages/held.html")]
struct HeldPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    id: String,
    version: u64,
    texts: Vec<TextField>,
    invited: Vec<Choice>,
}

async fn build(
    ctx: &Ctx,
    session: &Session,
    (form, errors): (FormData, FieldErrors),
) -> Result<HeldPage, Error> {
    let t = ctx.t;
    let lang = t.lang;
    let mut reader = ctx.read().await?;
    let absent: Vec<&str> = form.all("absent").collect();
    let mut invited = Vec::new();
    for one in queries::trainees(&mut reader, &session.says.id).await? {
        if one.state != TraineeState::Invited {
            continue;
        }
        let mut text = format!("{} · {}", one.person.names.get(lang), one.area.get(lang));
        if one.present {
            text = format!("{text} – {}", t.training_present());
        }
        let mut choice = Choice::new(one.person.id, text, "");
        choice.checked = absent.contains(&choice.value.as_str());
        invited.push(choice);
    }
    let mut texts = Vec::new();
    for one in queries::texts(&mut reader, session).await? {
        let name = format!("text_{}", one.module_id);
        // The newest one first: it is what is taught where nobody says otherwise.
        let current = form.text(&name).to_owned();
        let choices = (1..=one.newest)
            .rev()
            .map(|n| Choice::new(n.to_string(), t.training_version_of(n), &current));
        texts.push(TextField {
            choices: choices.collect(),
            label: format!("{} · {}", one.key, one.title.get(lang)),
            name,
        });
    }
    let title = t.training_held();
    let href = format!("/office/training/sessions/{}", session.says.id);
    let steps = vec![Crumb::to(href, t.training_session())];
    Ok(HeldPage {
        s: ctx.shell("office", title.clone(), crumbs(ctx, steps, title)),
        id: session.says.id.clone(),
        version: session.version,
        texts: texts
            .into_iter()
            .filter(|one| one.choices.len() > 1)
            .collect(),
        invited,
        errors,
        form,
    })
}

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let session = own_session(&ctx, &id, Action::TrainingRun).await?;
    let form = FormData::from_fields(vec![pair("on_paper", "")]);
    render(&build(&ctx, &session, (form, FieldErrors::new())).await?)
}

fn read(ctx: &Ctx, form: &FormData) -> Result<HeldSession, Error> {
    let mut errors = FieldErrors::new();
    let on_paper = if form.text("on_paper").is_empty() {
        None
    } else {
        errors.count(ctx.t, form, "on_paper")
    };
    let mut texts = Vec::new();
    for (name, value) in form.fields() {
        if let Some(module) = name.strip_prefix("text_") {
            match value.trim().parse() {
                Ok(text) => texts.push((module.to_owned(), text)),
                Err(_) => errors.add("texts", ctx.t.form_choice()),
            }
        }
    }
    errors.done()?;
    Ok(HeldSession {
        absent: form.all("absent").map(str::to_owned).collect(),
        way: Some(if on_paper.is_some() {
            Way::Paper
        } else {
            Way::Hand
        }),
        on_paper,
        texts,
        reason: form.text("reason").to_owned(),
    })
}

pub(super) async fn held(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let session = own_session(&ctx, &id, Action::TrainingRun).await?;
    let done = async {
        let how = read(&ctx, &form)?;
        actions::held(&ctx.acting()?, &id, seen(&form), how).await
    };
    match done.await {
        Ok(_) => Ok(see(&format!(
            "/office/training/sessions/{id}?done=training-held"
        ))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "")?;
            page_with_status(&build(&ctx, &session, (form, errors)).await?, status)
        }
    }
}
