//! `/office/visits/{id}/days`: the day plan, with what can't be travelled.

use super::show::{Line, line};
use super::{crumbs, own};
use crate::platform::access::Action;
use crate::platform::i18n::date_long;
use crate::platform::web::{Ctx, Shell, page as render};
use crate::platform::{Error, T, areas};
use crate::visits::model::EventState;
use crate::visits::{papers, queries};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use electoral::visits::{Finding, Leg};
use jiff::civil::Date;

struct Way {
    shape: &'static str,
    text: String,
}

struct Stop {
    /// The way to it; none for the first of those who travel together.
    way: Option<Way>,
    line: Line,
}

struct Day {
    title: String,
    stops: Vec<Stop>,
}

#[derive(Template)]
#[template(path = "visits/pages/days.html")]
struct DaysPage {
    s: Shell,
    title: String,
    days: Vec<Day>,
}

/// A way in words. Between two days there is a night: only what can't be done is said then.
fn way(t: T, leg: &Leg, from: &str) -> Way {
    let rough = |text: String| {
        if leg.rough {
            format!("{text} {}", t.visits_way_rough())
        } else {
            text
        }
    };
    let kilometres = |metres: u64| metres.div_ceil(1_000);
    let (shape, text) = match leg.finding {
        Finding::Overlap { minutes } => ("trouble", t.visits_way_overlap(from, minutes)),
        // The middle of an area proves nothing.
        Finding::TooFar {
            metres,
            needed,
            given,
        } if leg.rough => (
            "attention",
            rough(t.visits_way_doubt(from, given, kilometres(metres), needed)),
        ),
        Finding::TooFar {
            metres,
            needed,
            given,
        } => (
            "trouble",
            t.visits_way_far(from, given, kilometres(metres), needed),
        ),
        Finding::Fits {
            metres: 0, given, ..
        } if leg.rough => ("attention", t.visits_way_area(from, given)),
        Finding::Fits { metres: 0, .. } => ("done", t.visits_way_here(from)),
        Finding::Fits {
            metres,
            needed,
            given,
        } => (
            "done",
            rough(t.visits_way_fits(from, given, kilometres(metres), needed)),
        ),
        Finding::Unknown { given } => ("attention", t.visits_way_unknown(from, given)),
    };
    Way { shape, text }
}

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let t = ctx.t;
    let visit = own(&ctx, &id, Action::VisitFollow).await?;
    let mut reader = ctx.read().await?;
    let events = queries::events(&mut reader, &id).await?;
    let legs = queries::plan_of(&mut reader, &ctx.app, &visit, &events).await?;
    let mut days: Vec<(Date, Day)> = Vec::new();
    let mut day_of = Vec::with_capacity(events.len());
    for event in &events {
        let area = areas::by_id(&mut reader, &event.planned.area_id, visit.starts_on).await?;
        day_of.push(papers::day_of(event, &area.time_zone()?));
    }
    for (at, event) in events.iter().enumerate() {
        let Some(day) = day_of.get(at).copied() else {
            continue;
        };
        if event.state == EventState::Cancelled {
            continue;
        }
        let leg = legs.iter().find(|leg| leg.to == at);
        let told = leg.filter(|leg| {
            let same = day_of.get(leg.from).is_some_and(|from| *from == day);
            same || (leg.finding.is_wrong() && !leg.rough)
        });
        let from = |leg: &Leg| {
            events.get(leg.from).map_or_else(String::new, |e| {
                let kind = papers::kind(&ctx.app, &e.planned.kind, t.lang);
                format!("{} · {kind}", e.planned.key)
            })
        };
        let stop = Stop {
            way: told.map(|leg| way(t, leg, &from(leg))),
            line: line(&ctx, &mut reader, &visit, event).await?,
        };
        match days.last_mut() {
            Some((last, known)) if *last == day => known.stops.push(stop),
            _ => days.push((
                day,
                Day {
                    title: date_long(t.lang, day),
                    stops: vec![stop],
                },
            )),
        }
    }
    let title = t.visits_day_plan();
    render(&DaysPage {
        s: ctx.shell(
            "office",
            title.clone(),
            crumbs(&ctx, Some(&visit), None, title.clone()),
        ),
        title,
        days: days.into_iter().map(|(_, day)| day).collect(),
    })
}
