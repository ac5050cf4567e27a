//! `/office/training/sessions/{id}/replace`: somebody leaves, in the middle or before, and somebody else comes.

use super::{crumbs, own_session, seen};
use crate::commissions::queries as commissions;
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::web::{
    Choice, Crumb, Ctx, FieldErrors, FormData, Shell, page as render, page_with_status, see,
};
use crate::training::model::{Session, TraineeState};
use crate::training::{actions, queries};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;
use std::collections::BTreeSet;

/// Whose place is taken.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    person: String,
}

#[derive(Template)]
#[template(path = "training/pages/replace.html")]
struct ReplacePage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    id: String,
    version: u64,
    leaving: Vec<Choice>,
    coming: Vec<Choice>,
    modules: Vec<Choice>,
}

async fn build(
    ctx: &Ctx,
    session: &Session,
    (form, errors): (FormData, FieldErrors),
) -> Result<ReplacePage, Error> {
    let t = ctx.t;
    let lang = t.lang;
    let mut reader = ctx.read().await?;
    let all = queries::trainees(&mut reader, &session.says.id).await?;
    let invited = || all.iter().filter(|one| one.state == TraineeState::Invited);
    let person = form.text("person");
    let leaving = invited().map(|one| {
        let text = format!("{} · {}", one.person.names.get(lang), one.area.get(lang));
        Choice::new(one.person.id.clone(), text, person)
    });
    // With somebody chosen: the members of that commission; otherwise of all of them.
    let commissions_of: BTreeSet<&String> = invited()
        .filter(|one| person.is_empty() || one.person.id == person)
        .filter_map(|one| one.commission_id.as_ref())
        .collect();
    let trainers = queries::trainers(&mut reader, session).await?;
    let taken: BTreeSet<&str> = invited()
        .map(|one| one.person.id.as_str())
        .chain(trainers.iter().map(|one| one.id.as_str()))
        .collect();
    let mut coming = Vec::new();
    for id in commissions_of.into_iter().take(60) {
        let commission = commissions::by_id(&mut reader, id).await?;
        for member in commissions::composition(&mut reader, id, ctx.app.today()).await? {
            if !taken.contains(member.person_id.as_str()) {
                let name = member.names.get(lang);
                let text = format!("{name} · {}", commission.area_names.get(lang));
                coming.push(Choice::new(member.person_id, text, form.text("newcomer")));
            }
        }
    }
    let texts = if session.says.starts_at <= ctx.app.clock.now() {
        queries::texts(&mut reader, session).await?
    } else {
        Vec::new()
    };
    let title = t.training_replace_title();
    let href = format!("/office/training/sessions/{}", session.says.id);
    let steps = vec![Crumb::to(href, t.training_session())];
    Ok(ReplacePage {
        s: ctx.shell("office", title.clone(), crumbs(ctx, steps, title)),
        id: session.says.id.clone(),
        version: session.version,
        leaving: leaving.collect(),
        coming,
        modules: texts
            .into_iter()
            .map(|one| {
                let text = format!("{} · {}", one.key, one.title.get(lang));
                Choice::new(one.module_id, text, "")
            })
            .collect(),
        errors,
        form,
    })
}

pub(super) async fn page(
    ctx: Ctx,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let session = own_session(&ctx, &id, Action::TrainingPlan).await?;
    let form = FormData::from_fields(vec![super::pair("person", asked.person)]);
    render(&build(&ctx, &session, (form, FieldErrors::new())).await?)
}

pub(super) async fn replace(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let session = own_session(&ctx, &id, Action::TrainingPlan).await?;
    let acting = ctx.acting()?;
    let taught: Vec<String> = form.all("taught").map(str::to_owned).collect();
    let reason = form.text("reason");
    let done = if form.text("newcomer").is_empty() || form.ticked("nobody") {
        actions::withdraw(&acting, &id, seen(&form), form.text("person"), reason).await
    } else {
        let people = (form.text("person"), form.text("newcomer"));
        actions::replace(&acting, &id, seen(&form), people, &taught, reason).await
    };
    match done {
        Ok(()) => Ok(see(&format!(
            "/office/training/sessions/{id}?done=training-saved"
        ))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "")?;
            page_with_status(&build(&ctx, &session, (form, errors)).await?, status)
        }
    }
}
