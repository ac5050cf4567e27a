//! `/office/watch`: now, ahead, past; of one area if asked.

use super::{Places, crumbs, kind, may_see, phase};
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::areas;
use crate::platform::i18n::instant_long;
use crate::platform::web::{Ctx, Shell, page as render};
use crate::readiness::watch::model::Phase;
use crate::readiness::watch::queries;
use crate::readiness::watch::words::hours;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;

/// Events over that are still listed.
const PAST_MOST: usize = 50;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    area: String,
}

/// An event in a list.
pub(super) struct Line {
    pub(super) href: String,
    pub(super) kind: String,
    pub(super) shape: &'static str,
    pub(super) state: String,
    pub(super) grade: String,
    pub(super) areas: String,
    pub(super) when: String,
    pub(super) told_by: String,
    pub(super) note: String,
    pub(super) stations: u64,
    pub(super) tasks: u64,
}

struct Group {
    id: &'static str,
    title: String,
    none: String,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "readiness/watch/pages/list.html")]
struct ListPage {
    s: Shell,
    as_of: String,
    area: String,
    may_record: bool,
    groups: Vec<Group>,
}

pub(super) async fn page(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let t = ctx.t;
    let now = ctx.app.clock.now();
    let mut reader = ctx.read().await?;
    let code = asked.area.trim();
    let within = match code {
        "" => None,
        code => {
            let found = areas::by_typed_code(&mut reader, code, ctx.app.today()).await?;
            Some(found.ok_or(Error::NotFound)?)
        }
    };
    let open = queries::open_tasks(&mut reader).await?;
    let mut places = Places::default();
    let (mut ongoing, mut ahead, mut past) = (Vec::new(), Vec::new(), Vec::new());
    for (event, at) in queries::at(&mut reader, &ctx.app, now).await? {
        if !may_see(&ctx, &mut reader, &mut places, &event).await? {
            continue;
        }
        let said = &event.now.said;
        if let Some(within) = &within
            && !places.touch(&mut reader, &said.areas, within).await?
        {
            continue;
        }
        let list = match at {
            Phase::Ongoing => &mut ongoing,
            Phase::Expected => &mut ahead,
            Phase::Ended | Phase::Cancelled if past.len() < PAST_MOST => &mut past,
            Phase::Ended | Phase::Cancelled => continue,
        };
        let late = event.now.is_late(ctx.app.rules.watch(), now);
        let (shape, state) = phase(t, at, late);
        let zone = places.zone(&mut reader, &ctx, &said.areas).await?;
        list.push(Line {
            href: format!("/office/watch/{}", event.id),
            kind: kind(&ctx, &said.kind),
            shape,
            state,
            grade: t.word(&format!("watch-grade-{}", said.grade.as_str())),
            areas: places.names(&mut reader, &ctx, &said.areas).await?,
            when: hours(t, &event, &zone),
            told_by: said.told_by.clone(),
            note: if event.status == "Actual" {
                String::new()
            } else {
                t.watch_not_actual(event.status.clone())
            },
            stations: event.stations,
            tasks: open.get(&event.id).copied().unwrap_or(0),
        });
    }
    ahead.reverse();
    let group = |id, title, none, lines| Group {
        id,
        title,
        none,
        lines,
    };
    let acting = ctx.acting()?;
    render(&ListPage {
        s: ctx.shell(
            "office",
            t.watch_title(),
            crumbs(&ctx, t.watch_title(), false),
        ),
        as_of: instant_long(t.lang, now, &ctx.app.home_zone),
        area: code.to_owned(),
        may_record: ctx.app.policy.could(acting.actor(), Action::WatchRecord),
        groups: vec![
            group("now", t.watch_now(), t.watch_now_none(), ongoing),
            group("ahead", t.watch_ahead(), t.watch_ahead_none(), ahead),
            group("past", t.watch_past(), t.watch_past_none(), past),
        ],
    })
}
