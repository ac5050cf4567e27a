//! `/office/visits/proposals`: what waits for an answer of one's own body or commission.

use super::event::{proposal_state, topic};
use crate::platform::Error;
use crate::platform::i18n::date_short;
use crate::platform::web::{Crumb, Ctx, Shell, page as render};
use crate::tasks::queries::BodyNames;
use crate::visits::queries;
use askama::Template;
use axum::response::Response;

struct Line {
    href: String,
    text: String,
    topic: String,
    body: String,
    since: String,
    shape: &'static str,
    state: String,
}

#[derive(Template)]
#[template(path = "visits/pages/proposals.html")]
struct ListPage {
    s: Shell,
    lines: Vec<Line>,
}

pub(super) async fn page(ctx: Ctx) -> Result<Response, Error> {
    let t = ctx.t;
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let mut bodies = BodyNames::default();
    let mut lines = Vec::new();
    for one in queries::proposals_for(&mut reader, &acting).await? {
        let Some(body) = &one.body else { continue };
        let name = bodies.of(&mut reader, body, ctx.app.today()).await?;
        let (shape, state) = proposal_state(&ctx, one.state);
        let since = one.changed_at.to_zoned_datetime(ctx.app.home_zone.clone());
        lines.push(Line {
            href: format!("/office/visits/proposals/{}", one.id),
            text: one.text.get(t.lang).to_owned(),
            topic: topic(&ctx, &one.topic),
            body: name.get(t.lang).to_owned(),
            since: date_short(t.lang, since.date()),
            shape,
            state,
        });
    }
    let title = t.visits_proposals_office();
    render(&ListPage {
        s: ctx.shell(
            "office",
            title.clone(),
            vec![
                Crumb::to("/office", t.shell_nav_office()),
                Crumb::here(title),
            ],
        ),
        lines,
    })
}
