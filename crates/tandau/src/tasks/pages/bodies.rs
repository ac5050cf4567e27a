//! `/office/tasks/bodies`: who is late, body by body.

use super::list::{Desk, office_name};
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::i18n::{instant_long, instant_short};
use crate::platform::web::{Crumb, Ctx, Shell, page as render};
use crate::tasks::queries::{self, BodyNames, Scope};
use askama::Template;
use axum::response::Response;

/// Bodies on the page at most.
const SHOWN: u32 = 200;

struct Line {
    name: String,
    href: String,
    count: u64,
    oldest: String,
}

#[derive(Template)]
#[template(path = "tasks/pages/bodies.html")]
struct BodiesPage {
    s: Shell,
    office: String,
    as_of: String,
    lines: Vec<Line>,
}

pub(super) async fn page(ctx: Ctx) -> Result<Response, Error> {
    let t = ctx.t;
    let acting = ctx.acting()?;
    let (now, day, lang) = (acting.now(), acting.today(), ctx.lang());
    let mut reader = ctx.read().await?;
    let grants = acting.actor().grants.iter();
    let desk = grants
        .filter_map(|grant| Desk::of(&acting, grant))
        .find(|desk| matches!(desk.scope, Scope::Under(_)))
        .ok_or(Error::Forbidden(Action::TaskFollow.name()))?;
    let area_id = &desk.grant.area_id;
    let mut names = BodyNames::default();
    let mut lines = Vec::new();
    for (body, count, oldest) in queries::overdue_by_body(&mut reader, area_id, now, SHOWN).await? {
        let area = crate::platform::areas::by_id(&mut reader, &body.area_id, day).await?;
        let query = [
            ("list", "overdue"),
            ("kind", &body.kind),
            ("owner", &area.code),
        ];
        let query = serde_urlencoded::to_string(query).unwrap_or_default();
        lines.push(Line {
            name: names
                .of(&mut reader, &body, day)
                .await?
                .get(lang)
                .to_owned(),
            href: format!("/office/tasks?{query}"),
            count,
            oldest: instant_short(lang, oldest, &area.time_zone()?),
        });
    }
    let title = t.tasks_bodies_title();
    let crumbs = vec![
        Crumb::to("/office", t.shell_nav_office()),
        Crumb::to("/office/tasks", t.tasks_title()),
        Crumb::here(title.clone()),
    ];
    render(&BodiesPage {
        s: ctx.shell("office", title, crumbs),
        office: office_name(&ctx, &mut reader, &desk.grant).await?,
        as_of: instant_long(lang, now, &ctx.app.home_zone),
        lines,
    })
}
