//! Which stations of an election answer which version of which checklist.

use super::sign::crumbs;
use crate::elections;
use crate::platform::access::Action;
use crate::platform::i18n::{date_long, instant_short};
use crate::platform::web::{
    Choice, Ctx, FieldErrors, FormData, Shell, page, page_with_errors, see,
};
use crate::platform::{Error, ids};
use crate::readiness::model::names;
use crate::readiness::{actions, queries};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

#[derive(Template)]
#[template(path = "readiness/pages/setup.html")]
struct SetupPage {
    s: Shell,
    errors: FieldErrors,
    day: String,
    title: String,
    as_of: String,
    href: String,
    now: String,
    versions: Vec<Choice>,
    history: Vec<String>,
}

async fn build(ctx: &Ctx, id: &str, errors: FieldErrors) -> Result<SetupPage, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let election = elections::queries::election(&mut reader, id).await?;
    let state = Some(election.state.as_str());
    ctx.acting()?
        .require(
            &mut reader,
            Action::ChecklistChange,
            &election.area_id,
            state,
        )
        .await?;
    let zone = election.time_zone()?;
    let now = match queries::checklist(&mut reader, id).await? {
        None => String::new(),
        Some((list, version)) => {
            let title = names(&list.title).get(t.lang).to_owned();
            t.readiness_setup_now(title, version.to_string())
        }
    };
    let line = |id: &str, version: u64, at| {
        t.readiness_setup_option(
            id.to_owned(),
            version.to_string(),
            instant_short(t.lang, at, &zone),
        )
    };
    let history = queries::setups(&mut reader, id).await?;
    let versions = queries::versions(&mut reader)
        .await?
        .into_iter()
        .filter(|v| {
            history
                .first()
                .is_none_or(|s| s.checklist_id != v.id || s.checklist_version != v.version)
        })
        .map(|v| {
            let text = line(&v.id, v.version, v.made_at);
            Choice::new(format!("{}/{}", v.id, v.version), text, "")
        })
        .collect();
    let title = t.readiness_setup_title(election.title.get(t.lang).to_owned());
    Ok(SetupPage {
        s: ctx.shell("office", title.clone(), crumbs(t, id, &title)),
        errors,
        day: date_long(t.lang, election.voting_day),
        title,
        as_of: crate::platform::i18n::instant_long(t.lang, ctx.app.clock.now(), &zone),
        href: format!("/office/readiness/setup/{id}"),
        now,
        versions,
        history: history
            .iter()
            .map(|s| line(&s.checklist_id, s.checklist_version, s.made_at))
            .collect(),
    })
}

pub(super) async fn form(ctx: Ctx, Path(election): Path<String>) -> Result<Response, Error> {
    page(&build(&ctx, &election, FieldErrors::new()).await?)
}

pub(super) async fn send(
    ctx: Ctx,
    Path(election): Path<String>,
    data: FormData,
) -> Result<Response, Error> {
    if !ids::is_id(&election) {
        return Err(Error::NotFound);
    }
    let acting = ctx.acting()?;
    let (outcome, done) = if data.text("act") == "in_force" {
        let asked = data.text("version").split_once('/');
        let version = asked.and_then(|(id, version)| Some((id, version.parse().ok()?)));
        let outcome = match version {
            Some((id, version)) => actions::put_into_force(&acting, &election, id, version).await,
            None => Err(Error::field("version", ctx.t.form_choice())),
        };
        (outcome, "readiness-in-force")
    } else {
        let outcome = actions::set_up(&acting, &election).await.map(|_| ());
        (outcome, "readiness-set-up")
    };
    match outcome {
        Ok(()) => Ok(see(&format!(
            "/office/readiness/setup/{election}?done={done}"
        ))),
        Err(Error::Invalid(problems)) => {
            let errors = FieldErrors::take(Error::Invalid(problems))?;
            page_with_errors(&build(&ctx, &election, errors).await?)
        }
        Err(other) => Err(other),
    }
}
