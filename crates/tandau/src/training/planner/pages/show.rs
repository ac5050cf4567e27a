//! `/office/training/plans/{id}`: what a plan says, how good it is, what hinders it; its sessions taken over.

use super::crumbs;
use super::lists::state;
use crate::platform::access::Action;
use crate::platform::i18n::date_long;
use crate::platform::web::{
    Ctx, FieldErrors, FormData, Shell, page as render, page_with_errors, see,
};
use crate::platform::{Error, ids};
use crate::training::planner::actions;
use crate::training::planner::model::{Proposal, State};
use crate::training::planner::store::{self, plans};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

struct Line {
    day: String,
    time: String,
    hall: String,
    trainer: String,
    people: u64,
    seats: u64,
    href: String,
}

struct Left {
    number: u64,
    name: String,
    people: u64,
    why: String,
}

#[derive(Template)]
#[template(path = "training/planner/pages/show.html")]
struct ShowPage {
    s: Shell,
    errors: FieldErrors,
    id: String,
    shape: &'static str,
    state: String,
    waits: bool,
    there: bool,
    /// Sessions that were not made yet.
    open: u64,
    made_from: String,
    took: String,
    complete: String,
    bound: String,
    behind: String,
    sessions: u64,
    bound_sessions: u64,
    bottleneck: String,
    tight: Vec<String>,
    lines: Vec<Line>,
    left: Vec<Left>,
    method: String,
}

async fn own(ctx: &Ctx, id: &str) -> Result<Proposal, Error> {
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    let mut reader = ctx.read().await?;
    let proposal = plans::by_id(&mut reader, id).await?;
    let area = &proposal.asked.area_id;
    ctx.acting()?
        .require(&mut reader, Action::TrainingPlan, area, None)
        .await?;
    Ok(proposal)
}

async fn build(ctx: &Ctx, proposal: Proposal, errors: FieldErrors) -> Result<ShowPage, Error> {
    let t = ctx.t;
    let id = proposal.asked.id.clone();
    let mut reader = ctx.read().await?;
    let sessions = plans::sessions(&mut reader, &id).await?;
    let left = plans::left(&mut reader, &id).await?;
    let mut tight = Vec::new();
    for hall in &proposal.bottleneck_halls {
        if let Some(hall) = store::hall(&mut reader, hall).await? {
            tight.push(hall.says.name.get(t.lang).to_owned());
        }
    }
    drop(reader);
    let rules = &ctx.app.rules.training().planner;
    let time = |slot: u64| {
        let minute = if slot == 0 {
            rules.first_minute.value
        } else {
            rules.second_minute.value
        };
        format!("{:02}:{:02}", minute / 60, minute % 60)
    };
    let day = |text: &str| {
        text.parse()
            .map_or_else(|_| t.planner_no_day(), |day| date_long(t.lang, day))
    };
    let [stations, people, trainers, halls, kept] = proposal.made_from;
    let (shape, word) = state(ctx, proposal.state);
    let there = matches!(proposal.state, State::Done | State::Taken);
    let open = sessions.iter().filter(|s| !s.made).count();
    Ok(ShowPage {
        s: ctx.shell(
            "office",
            t.planner_plan(),
            crumbs(ctx, Some(t.planner_plan())),
        ),
        waits: matches!(proposal.state, State::Waiting | State::Running),
        open: u64::try_from(open).unwrap_or(0),
        made_from: t.planner_made_from(halls, kept, people, stations, trainers),
        took: proposal
            .took_ms
            .map_or_else(String::new, |ms| t.planner_took(ms)),
        complete: day(&proposal.complete_on),
        bound: day(&proposal.bound_on),
        behind: match proposal.days_behind {
            None => String::new(),
            Some(0) => t.planner_is_best(),
            Some(days) => t.planner_behind(days),
        },
        sessions: u64::try_from(sessions.len()).unwrap_or(0),
        bound_sessions: proposal.bound_sessions.unwrap_or(0),
        bottleneck: match proposal.bottleneck.as_str() {
            "" => String::new(),
            word => t.word(&format!("planner-bottleneck-{word}")),
        },
        tight,
        lines: sessions
            .iter()
            .map(|s| Line {
                day: date_long(t.lang, s.held_on),
                time: time(s.slot),
                hall: s.hall.get(t.lang).to_owned(),
                trainer: s.trainer.get(t.lang).to_owned(),
                people: s.people,
                seats: s.seats,
                href: if s.made {
                    format!("/office/training/sessions/{}", s.session_id)
                } else {
                    String::new()
                },
            })
            .collect(),
        left: left
            .into_iter()
            .map(|l| Left {
                number: l.number,
                name: l.name.get(t.lang).to_owned(),
                people: l.people,
                why: t.word(&format!("planner-why-{}", l.why)),
            })
            .collect(),
        method: if proposal.solved == Some(false) {
            t.planner_counted()
        } else {
            t.planner_method()
        },
        id,
        shape,
        state: word,
        there,
        errors,
    })
}

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let proposal = own(&ctx, &id).await?;
    render(&build(&ctx, proposal, FieldErrors::new()).await?)
}

pub(super) async fn take_over(
    ctx: Ctx,
    Path(id): Path<String>,
    _: FormData,
) -> Result<Response, Error> {
    own(&ctx, &id).await?;
    let taken = actions::take_over(&ctx.acting()?, &id).await?;
    if taken.refused.is_empty() {
        return Ok(see(&format!(
            "/office/training/plans/{id}?done=planner-taken"
        )));
    }
    let mut errors = FieldErrors::new();
    for (place, sentence) in taken.refused.iter().take(20) {
        let number = place.saturating_add(1);
        errors.add(
            format!("session-{number}"),
            ctx.t.planner_refused(number, sentence.as_str()),
        );
    }
    let proposal = own(&ctx, &id).await?;
    page_with_errors(&build(&ctx, proposal, errors).await?)
}
