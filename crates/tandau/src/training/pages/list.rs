//! `/office/training`: sessions of one's area and below it.

use super::{area_of, crumbs, level, state, when};
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::number;
use crate::platform::web::{Ctx, Shell, page as render};
use crate::platform::{Error, areas};
use crate::training::model::{Session, SessionState};
use crate::training::queries;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use std::collections::HashMap;

/// Lines of one page.
const PAGE: i64 = 50;

/// What may stand behind the question mark.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// `planned`, `held`, `cancelled`; planned without it.
    #[serde(default)]
    state: String,
    /// Number of a page, from 1.
    #[serde(default)]
    page: String,
}

struct Line {
    href: String,
    programme: String,
    area: String,
    level: String,
    when: String,
    shape: &'static str,
    state: String,
    people: String,
}

struct Tab {
    href: String,
    text: String,
    count: u64,
    current: bool,
}

#[derive(Template)]
#[template(path = "training/pages/list.html")]
struct ListPage {
    s: Shell,
    may_plan: bool,
    /// Writes tests and their questions.
    may_make: bool,
    /// Reads what the answers of the country say.
    may_inspect: bool,
    tabs: Vec<Tab>,
    lines: Vec<Line>,
    page: i64,
    pages: i64,
    previous: String,
    next: String,
}

/// The area of an office above all others of the reader's.
async fn home(ctx: &Ctx, reader: &mut Connection) -> Result<Vec<String>, Error> {
    ctx.acting()?
        .areas_with(reader, Action::TrainingFollow)
        .await
}

pub(super) async fn page(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let t = ctx.t;
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let chosen = SessionState::parse(&asked.state).unwrap_or(SessionState::Planned);
    let number_of: i64 = asked.page.parse().unwrap_or(1).clamp(1, 1_000);
    let own = home(&ctx, &mut reader).await?;
    let mut tabs = Vec::new();
    let mut all = 0;
    for one in SessionState::ALL {
        let mut count = 0_u64;
        for area in &own {
            count = count.saturating_add(queries::count_under(&mut reader, (area, *one)).await?);
        }
        if *one == chosen {
            all = i64::try_from(count).unwrap_or(i64::MAX);
        }
        tabs.push(Tab {
            href: format!("/office/training?state={}", one.as_str()),
            text: match one {
                SessionState::Planned => t.training_sessions_planned(),
                SessionState::Held => t.training_sessions_held(),
                SessionState::Cancelled => t.training_sessions_cancelled(),
            },
            count,
            current: *one == chosen,
        });
    }
    let mut programmes: HashMap<String, String> = HashMap::new();
    for programme in queries::programmes(&mut reader).await? {
        let title = programme.says.title.get(t.lang).to_owned();
        programmes.insert(programme.says.id, title);
    }
    let mut lines = Vec::new();
    for area in &own {
        let at = (PAGE, (number_of - 1) * PAGE);
        for session in queries::under(&mut reader, (area, chosen), at).await? {
            lines.push(line(&ctx, &mut reader, &programmes, &session).await?);
        }
    }
    let may_inspect = match areas::country(&mut reader).await? {
        Some(country) => {
            acting
                .may(&mut reader, Action::TrainingInspect, &country, None)
                .await?
        }
        None => false,
    };
    let pages = (all + PAGE - 1) / PAGE;
    let to = |page: i64| format!("/office/training?state={}&page={page}", chosen.as_str());
    let title = t.training_title();
    render(&ListPage {
        s: ctx.shell("office", title.clone(), {
            let mut way = crumbs(&ctx, Vec::new(), title);
            way.remove(1);
            way
        }),
        may_plan: ctx.app.policy.could(acting.actor(), Action::TrainingPlan),
        may_make: ctx.app.policy.could(acting.actor(), Action::TrainingMake),
        may_inspect,
        tabs,
        lines,
        page: number_of,
        pages: pages.max(1),
        previous: if number_of > 1 {
            to(number_of - 1)
        } else {
            String::new()
        },
        next: if number_of < pages {
            to(number_of + 1)
        } else {
            String::new()
        },
    })
}

async fn line(
    ctx: &Ctx,
    reader: &mut Connection,
    programmes: &HashMap<String, String>,
    session: &Session,
) -> Result<Line, Error> {
    let says = &session.says;
    let area = area_of(ctx, reader, &says.area_id).await?;
    let (shape, word) = state(ctx.t, session.state);
    Ok(Line {
        href: format!("/office/training/sessions/{}", says.id),
        programme: programmes
            .get(&says.programme_id)
            .cloned()
            .unwrap_or_default(),
        area: area.names.get(ctx.lang()).to_owned(),
        level: level(ctx, says.level),
        when: when(ctx.lang(), says, &area.time_zone()?),
        shape,
        state: word,
        people: session
            .present
            .map_or_else(String::new, |n| number(ctx.lang(), n)),
    })
}
