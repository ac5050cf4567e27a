//! `/office/visits`: visits to one's area, below it, or with an event there.

use super::state;
use crate::platform::access::Action;
use crate::platform::web::{Crumb, Ctx, Shell, page as render};
use crate::platform::{Error, areas};
use crate::visits::{papers, queries};
use askama::Template;
use axum::response::Response;
use std::collections::HashSet;

struct Line {
    href: String,
    title: String,
    area: String,
    days: String,
    shape: &'static str,
    state: String,
}

#[derive(Template)]
#[template(path = "visits/pages/list.html")]
struct ListPage {
    s: Shell,
    may_plan: bool,
    may_answer: bool,
    lines: Vec<Line>,
}

pub(super) async fn page(ctx: Ctx) -> Result<Response, Error> {
    let t = ctx.t;
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let mut lines = Vec::new();
    let mut seen = HashSet::new();
    for area_id in acting.areas_with(&mut reader, Action::VisitFollow).await? {
        for visit in queries::around(&mut reader, &area_id).await? {
            // Who holds two offices may meet a visit twice; a visit to the region may pass by this district.
            let first = seen.insert(visit.id.clone());
            if !first || !queries::follows(&mut reader, &acting, &visit).await? {
                continue;
            }
            let area = areas::by_id(&mut reader, &visit.area_id, visit.starts_on).await?;
            let (shape, word) = state(t, visit.state);
            lines.push(Line {
                href: format!("/office/visits/{}", visit.id),
                title: visit.title.get(t.lang).to_owned(),
                area: area.names.get(t.lang).to_owned(),
                days: papers::days(t, &visit),
                shape,
                state: word,
            });
        }
    }
    let policy = &ctx.app.policy;
    render(&ListPage {
        s: ctx.shell(
            "office",
            t.visits_title(),
            vec![
                Crumb::to("/office", t.shell_nav_office()),
                Crumb::here(t.visits_title()),
            ],
        ),
        may_plan: policy.could(acting.actor(), Action::VisitPlan),
        may_answer: policy.could(acting.actor(), Action::ProposalAnswer),
        lines,
    })
}
