//! `/office/training/quality/{session}`: what an inspector saw there. `/office/training/feedback/{session}`: what people say of it.

use crate::platform::access::Action;
use crate::platform::i18n::instant_long;
use crate::platform::web::fields::hidden;
use crate::platform::web::{
    Choice, Crumb, Ctx, FieldErrors, FormData, Shell, page as render, page_with_status, see,
};
use crate::platform::{Error, ids};
use crate::surveys::queries as surveys;
use crate::training::quality::actions;
use crate::training::quality::model::{ASKED, Inspection, Seen};
use crate::training::quality::store::{self, SessionOf};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use jiff::tz::TimeZone;

struct Question {
    name: &'static str,
    legend: String,
    choices: Vec<Choice>,
}

struct Past {
    when: String,
    present: u64,
    lines: Vec<(String, String)>,
    note: String,
}

#[derive(Template)]
#[template(path = "training/quality/pages/inspect.html")]
struct InspectPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    id: String,
    programme: String,
    when: String,
    seen: u64,
    questions: Vec<Question>,
    past: Vec<Past>,
}

#[derive(Template)]
#[template(path = "training/quality/pages/feedback.html")]
struct FeedbackPage {
    s: Shell,
    errors: FieldErrors,
    id: String,
    programme: String,
    when: String,
    code: String,
    results: String,
}

async fn own(ctx: &Ctx, id: &str, action: Action) -> Result<SessionOf, Error> {
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    let mut reader = ctx.read().await?;
    let session = store::session(&mut reader, id).await?;
    ctx.acting()?
        .require(&mut reader, action, &session.area_id, None)
        .await?;
    Ok(session)
}

fn crumbs(ctx: &Ctx, here: String) -> Vec<Crumb> {
    vec![
        Crumb::to("/office", ctx.t.shell_nav_office()),
        Crumb::here(here),
    ]
}

fn word(ctx: &Ctx, asked: &str) -> String {
    ctx.t
        .word(&format!("quality-asked-{}", asked.replace('_', "-")))
}

async fn build(
    ctx: &Ctx,
    id: &str,
    session: &SessionOf,
    form: FormData,
    errors: FieldErrors,
) -> Result<InspectPage, Error> {
    let t = ctx.t;
    let zone = TimeZone::get(&session.zone)?;
    let past = {
        let mut reader = ctx.read().await?;
        store::inspections(&mut reader, id).await?
    };
    let answer = |seen: Seen| t.word(&format!("quality-seen-{}", seen.as_str()));
    Ok(InspectPage {
        s: ctx.shell(
            "office",
            t.quality_inspect(),
            crumbs(ctx, t.quality_inspect()),
        ),
        id: id.to_owned(),
        programme: session.title.get(t.lang).to_owned(),
        when: instant_long(t.lang, session.starts_at, &zone),
        seen: u64::try_from(past.len()).unwrap_or(0),
        questions: ASKED
            .into_iter()
            .map(|name| Question {
                name,
                legend: word(ctx, name),
                choices: [Seen::Yes, Seen::No, Seen::Unseen]
                    .into_iter()
                    .map(|seen| Choice::new(seen.as_str(), answer(seen), form.text(name)))
                    .collect(),
            })
            .collect(),
        past: past
            .into_iter()
            .map(|one| Past {
                when: instant_long(t.lang, one.seen_at, &zone),
                present: one.present,
                lines: ASKED
                    .into_iter()
                    .zip(one.answers)
                    .map(|(asked, seen)| (word(ctx, asked), answer(seen)))
                    .collect(),
                note: one.note,
            })
            .collect(),
        errors,
        form,
    })
}

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let session = own(&ctx, &id, Action::TrainingInspect).await?;
    let nothing = (FormData::default(), FieldErrors::new());
    render(&build(&ctx, &id, &session, nothing.0, nothing.1).await?)
}

pub(super) async fn inspect(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let session = own(&ctx, &id, Action::TrainingInspect).await?;
    let done = async {
        let mut errors = FieldErrors::new();
        let present = errors.count(ctx.t, &form, "present").unwrap_or(0);
        let mut answers = [Seen::Unseen; 5];
        for (answer, name) in answers.iter_mut().zip(ASKED) {
            match Seen::parse(form.text(name)) {
                Some(seen) => *answer = seen,
                None => errors.add(name, ctx.t.form_choice()),
            }
        }
        errors.done()?;
        let acting = ctx.acting()?;
        let new = Inspection {
            seen_at: acting.now(),
            present,
            answers,
            note: form.text("note").to_owned(),
        };
        actions::inspect(&acting, &id, hidden(&form, "seen"), &new).await
    };
    match done.await {
        Ok(()) => Ok(see(&format!(
            "/office/training/quality/{id}?done=quality-inspected"
        ))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "present")?;
            page_with_status(&build(&ctx, &id, &session, form, errors).await?, status)
        }
    }
}

async fn opinions(
    ctx: &Ctx,
    id: &str,
    session: &SessionOf,
    errors: FieldErrors,
) -> Result<FeedbackPage, Error> {
    let t = ctx.t;
    let zone = TimeZone::get(&session.zone)?;
    let mut reader = ctx.read().await?;
    let survey = match store::feedback(&mut reader, id).await? {
        Some(survey) => Some(surveys::by_id(&mut reader, &survey).await?),
        None => None,
    };
    drop(reader);
    Ok(FeedbackPage {
        s: ctx.shell(
            "office",
            t.quality_feedback(),
            crumbs(ctx, t.quality_feedback()),
        ),
        id: id.to_owned(),
        programme: session.title.get(t.lang).to_owned(),
        when: instant_long(t.lang, session.starts_at, &zone),
        results: survey
            .as_ref()
            .map_or_else(String::new, |s| format!("/office/surveys/{}", s.id)),
        code: survey.map_or_else(String::new, |s| s.code),
        errors,
    })
}

pub(super) async fn feedback(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let session = own(&ctx, &id, Action::TrainingRun).await?;
    render(&opinions(&ctx, &id, &session, FieldErrors::new()).await?)
}

pub(super) async fn ask(ctx: Ctx, Path(id): Path<String>, _: FormData) -> Result<Response, Error> {
    let session = own(&ctx, &id, Action::TrainingRun).await?;
    match actions::ask_feedback(&ctx.acting()?, &id).await {
        Ok(_) => Ok(see(&format!(
            "/office/training/feedback/{id}?done=quality-asked"
        ))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "")?;
            page_with_status(&opinions(&ctx, &id, &session, errors).await?, status)
        }
    }
}
