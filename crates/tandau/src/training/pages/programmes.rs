//! `/office/training/programmes`: what is taught, to whom, through which levels.

use super::{crumbs, level, seen, words};
use crate::platform::access::Action;
use crate::platform::web::{
    Crumb, Ctx, FieldErrors, FormData, Shell, page as render, page_with_status, see,
};
use crate::platform::{Error, ids};
use crate::training::model::{Programme, ProgrammeState};
use crate::training::{actions, queries};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

struct Line {
    href: String,
    title: String,
    key: String,
    audience: String,
    levels: String,
    shape: &'static str,
    state: String,
}

#[derive(Template)]
#[template(path = "training/pages/programmes.html")]
struct ListPage {
    s: Shell,
    may_make: bool,
    lines: Vec<Line>,
}

struct ModuleLine {
    href: String,
    key: String,
    title: String,
    minutes: u64,
    version: u64,
    retired: bool,
    goals: String,
}

#[derive(Template)]
#[template(path = "training/pages/programme.html")]
struct ShowPage {
    s: Shell,
    errors: FieldErrors,
    line: Line,
    goal: String,
    tested: bool,
    modules: Vec<ModuleLine>,
    may_make: bool,
    version: u64,
    id: String,
    next: Vec<(&'static str, String)>,
}

fn line(ctx: &Ctx, programme: &Programme) -> Line {
    let t = ctx.t;
    let says = &programme.says;
    let shape = match programme.state {
        ProgrammeState::Draft => "open",
        ProgrammeState::Open => "done",
        ProgrammeState::Closed => "trouble",
    };
    let rules = &ctx.app.rules.training().cascade;
    let audience = rules.audience(&says.audience);
    Line {
        href: format!("/office/training/programmes/{}", says.id),
        title: says.title.get(t.lang).to_owned(),
        key: says.key.clone(),
        audience: audience.map_or_else(String::new, |a| words(&a.title, t.lang).to_owned()),
        levels: if says.level_from == says.level_until {
            level(ctx, says.level_from)
        } else {
            t.training_levels_range(level(ctx, says.level_from), level(ctx, says.level_until))
        },
        shape,
        state: t.word(&format!(
            "training-programme-state-{}",
            programme.state.as_str()
        )),
    }
}

fn may_make(ctx: &Ctx) -> Result<bool, Error> {
    let acting = ctx.acting()?;
    Ok(ctx.app.policy.could(acting.actor(), Action::TrainingMake))
}

pub(super) async fn list(ctx: Ctx) -> Result<Response, Error> {
    let mut reader = ctx.read().await?;
    let found = queries::programmes(&mut reader).await?;
    let title = ctx.t.training_programmes();
    render(&ListPage {
        s: ctx.shell("office", title.clone(), crumbs(&ctx, Vec::new(), title)),
        may_make: may_make(&ctx)?,
        lines: found.iter().map(|one| line(&ctx, one)).collect(),
    })
}

async fn build(ctx: &Ctx, id: &str, errors: FieldErrors) -> Result<ShowPage, Error> {
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let programme = queries::programme(&mut reader, id).await?;
    let modules = queries::modules(&mut reader, id).await?;
    let title = programme.says.title.get(t.lang).to_owned();
    let steps = vec![Crumb::to(
        "/office/training/programmes",
        t.training_programmes(),
    )];
    let may_make = may_make(ctx)?;
    let next: &[ProgrammeState] = if may_make {
        programme.state.next()
    } else {
        &[]
    };
    Ok(ShowPage {
        s: ctx.shell("office", title.clone(), crumbs(ctx, steps, title)),
        errors,
        line: line(ctx, &programme),
        goal: programme.says.goal.get(t.lang).to_owned(),
        tested: programme.says.tested,
        modules: modules
            .into_iter()
            .map(|m| ModuleLine {
                href: format!("/office/training/modules/{}", m.says.id),
                key: m.says.key,
                title: m.says.title.get(t.lang).to_owned(),
                minutes: m.says.minutes,
                version: m.version,
                retired: m.says.retired,
                goals: m.says.goals.get(t.lang).to_owned(),
            })
            .collect(),
        may_make,
        version: programme.version,
        id: id.to_owned(),
        next: next
            .iter()
            .map(|to| {
                let key = format!("training-programme-move-{}", to.as_str());
                (to.as_str(), t.word(&key))
            })
            .collect(),
    })
}

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    render(&build(&ctx, &id, FieldErrors::new()).await?)
}

pub(super) async fn move_on(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    super::centre(&ctx).await?;
    let done = match ProgrammeState::parse(form.text("to")) {
        Some(to) => actions::move_programme(&ctx.acting()?, &id, seen(&form), to).await,
        None => Err(Error::field("to", ctx.t.form_choice())),
    };
    match done {
        Ok(()) => Ok(see(&format!(
            "/office/training/programmes/{id}?done=training-saved"
        ))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "")?;
            page_with_status(&build(&ctx, &id, errors).await?, status)
        }
    }
}
