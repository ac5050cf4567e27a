//! `/office/training/plans/{id}`: what a plan says, how good it is, what hinders it; its sessions taken over.

use super::crumbs;
use super::lists::state;
use crate::platform::access::Action;
use crate::platform::i18n::date_long;
use crate::platform::web::{
    Ctx, FieldErrors, FormData, Shell, page as render, page_with_errors, see,
};
use crate::platform::{Error, areas, ids};
use crate::training::pages::level as level_word;
use crate::training::planner::actions::{self, TakenOver};
use crate::training::planner::model::{
    Left, PlannedSession, Proposal, State, levels, trains_stations,
};
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
    called_off: bool,
}

struct LeftLine {
    name: String,
    people: u64,
    why: String,
}

/// What is asked for to plan again around what stands.
struct Again {
    id: String,
    area: String,
    election: String,
    programme: String,
    level: u64,
    starts_on: String,
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
    /// It is about polling stations; otherwise about territories.
    stations: bool,
    level: String,
    /// Sessions that were not made yet.
    open: u64,
    /// Something can't be taken over: the rest may be asked for.
    in_part: bool,
    /// What was made just now.
    told: String,
    /// Sessions that were made and called off.
    fallen: u64,
    again: Again,
    made_from: String,
    took: String,
    complete: String,
    /// Commissions that no session can take.
    without: String,
    bound: String,
    behind: String,
    sessions: u64,
    bound_sessions: u64,
    bottleneck: String,
    tight: Vec<String>,
    lines: Vec<Line>,
    left: Vec<LeftLine>,
    method: String,
    terms: String,
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

/// What stands above the page of a plan that was just taken over.
#[derive(Default)]
struct Done {
    errors: FieldErrors,
    in_part: bool,
    told: String,
}

fn time(ctx: &Ctx, slot: u64) -> String {
    let rules = &ctx.app.rules.training().planner;
    let minute = if slot == 0 {
        rules.first_minute.value
    } else {
        rules.second_minute.value
    };
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn line(ctx: &Ctx, s: &PlannedSession) -> Line {
    let lang = ctx.t.lang;
    Line {
        day: date_long(lang, s.held_on),
        time: time(ctx, s.slot),
        hall: s.hall.get(lang).to_owned(),
        trainer: s.trainer.get(lang).to_owned(),
        people: s.people,
        seats: s.seats,
        href: if s.made {
            format!("/office/training/sessions/{}", s.session_id)
        } else {
            String::new()
        },
        called_off: s.called_off,
    }
}

fn left_line(ctx: &Ctx, left: Left) -> LeftLine {
    let t = ctx.t;
    let name = left.name.get(t.lang);
    LeftLine {
        why: match (left.number, left.why.as_str()) {
            (None, "unplaced") => t.planner_unplaced_territory(),
            (_, why) => t.word(&format!("planner-why-{why}")),
        },
        name: match left.number {
            Some(number) => format!("№ {number} {name}"),
            None => name.to_owned(),
        },
        people: left.people,
    }
}

/// How roads and times are counted.
fn terms(ctx: &Ctx, stations: bool) -> String {
    let rules = &ctx.app.rules.training().planner;
    let reach = if stations {
        rules.reach_km.value
    } else {
        rules.territorial_reach_km.value
    };
    ctx.t.planner_terms(
        rules.session_minutes.value,
        rules.detour_percent.value,
        reach,
        rules.road_kmh.value,
        rules.trip_minutes.value,
    )
}

async fn build(ctx: &Ctx, proposal: Proposal, done: Done) -> Result<ShowPage, Error> {
    let t = ctx.t;
    let id = proposal.asked.id.clone();
    let asked = &proposal.asked;
    let mut reader = ctx.read().await?;
    let sessions = plans::sessions(&mut reader, &id).await?;
    let left = plans::left(&mut reader, &id).await?;
    let area = areas::by_id(&mut reader, &asked.area_id, ctx.app.today()).await?;
    let mut tight = Vec::new();
    for hall in &proposal.bottleneck_halls {
        if let Some(hall) = store::hall(&mut reader, hall).await? {
            tight.push(hall.says.name.get(t.lang).to_owned());
        }
    }
    drop(reader);
    let cascade = &ctx.app.rules.training().cascade;
    let stations = levels(cascade)
        .find(|(level, _)| *level == asked.level)
        .is_none_or(|(_, level)| trains_stations(level));
    let [commissions, people, trainers, halls, kept] = proposal.made_from;
    let day = |text: &str| match text.parse() {
        Ok(day) => date_long(t.lang, day),
        Err(_) if people == 0 => t.planner_nobody_left(),
        Err(_) => t.planner_no_day(),
    };
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let without = left
        .iter()
        .filter(|l| matches!(l.why.as_str(), "unplaced" | "no-hall"))
        .count();
    let (shape, word) = state(ctx, proposal.state);
    Ok(ShowPage {
        s: ctx.shell(
            "office",
            t.planner_plan(),
            crumbs(ctx, Some(t.planner_plan())),
        ),
        waits: matches!(proposal.state, State::Waiting | State::Running),
        there: matches!(proposal.state, State::Done | State::Taken),
        level: level_word(ctx, asked.level),
        open: count(sessions.iter().filter(|s| !s.made).count()),
        in_part: done.in_part,
        told: done.told,
        fallen: count(sessions.iter().filter(|s| s.called_off).count()),
        again: Again {
            id: ids::new_id(),
            area: area.code,
            election: asked.election_id.clone(),
            programme: asked.programme_id.clone(),
            level: asked.level,
            starts_on: asked.starts_on.max(ctx.app.today()).to_string(),
        },
        made_from: if stations {
            t.planner_made_from(halls, kept, people, commissions, trainers)
        } else {
            t.planner_made_from_territories(halls, kept, people, commissions, trainers)
        },
        took: proposal
            .took_ms
            .map_or_else(String::new, |ms| t.planner_took(ms)),
        complete: day(&proposal.complete_on),
        without: if without == 0 {
            String::new()
        } else {
            t.planner_without(count(without))
        },
        bound: day(&proposal.bound_on),
        behind: match proposal.days_behind {
            None => String::new(),
            Some(0) => t.planner_is_best(),
            Some(days) => t.planner_behind(days),
        },
        sessions: count(sessions.len()),
        bound_sessions: proposal.bound_sessions.unwrap_or(0),
        bottleneck: match proposal.bottleneck.as_str() {
            "" => String::new(),
            word => t.word(&format!("planner-bottleneck-{word}")),
        },
        tight,
        lines: sessions.iter().map(|s| line(ctx, s)).collect(),
        left: left.into_iter().map(|l| left_line(ctx, l)).collect(),
        method: if proposal.solved == Some(false) {
            t.planner_counted()
        } else {
            t.planner_method()
        },
        terms: terms(ctx, stations),
        stations,
        id,
        shape,
        state: word,
        errors: done.errors,
    })
}

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let proposal = own(&ctx, &id).await?;
    render(&build(&ctx, proposal, Done::default()).await?)
}

/// Reasons told on a page at most.
const REASONS: usize = 20;

pub(super) async fn take_over(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    own(&ctx, &id).await?;
    let in_part = form.ticked("part");
    let taken = actions::take_over(&ctx.acting()?, &id, in_part).await?;
    let TakenOver {
        made,
        people,
        refused,
    } = taken;
    if refused.is_empty() {
        return Ok(see(&format!(
            "/office/training/plans/{id}?done=planner-taken"
        )));
    }
    let mut errors = FieldErrors::new();
    for (place, sentence) in refused.iter().take(REASONS) {
        let number = place.saturating_add(1);
        errors.add(
            format!("session-{number}"),
            ctx.t.planner_refused(number, sentence.as_str()),
        );
    }
    let more = refused.len().saturating_sub(REASONS);
    if more > 0 {
        errors.add("sessions", ctx.t.planner_refused_more(more));
    }
    let proposal = own(&ctx, &id).await?;
    let done = Done {
        errors,
        in_part: !in_part,
        told: if in_part {
            ctx.t.planner_taken_in_part(made, people)
        } else {
            ctx.t.planner_taken_nothing()
        },
    };
    let page = build(&ctx, proposal, done).await?;
    if in_part {
        render(&page)
    } else {
        page_with_errors(&page)
    }
}
