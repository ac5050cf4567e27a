//! `/office/surveys`: surveys of one's area and below.

use super::state;
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::i18n::date_long;
use crate::platform::web::{Crumb, Ctx, Shell, page as render};
use crate::surveys::queries;
use askama::Template;
use axum::response::Response;
use std::collections::HashSet;

pub(super) struct Line {
    pub(super) href: String,
    pub(super) title: String,
    pub(super) area: String,
    pub(super) day: String,
    pub(super) shape: &'static str,
    pub(super) state: String,
    pub(super) answered: u64,
}

#[derive(Template)]
#[template(path = "surveys/pages/list.html")]
struct ListPage {
    s: Shell,
    may_make: bool,
    lines: Vec<Line>,
}

pub(super) async fn page(ctx: Ctx) -> Result<Response, Error> {
    let t = ctx.t;
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let mut lines = Vec::new();
    let mut seen = HashSet::new();
    for area_id in acting.areas_with(&mut reader, Action::SurveyRun).await? {
        for (survey, answered, area) in queries::under(&mut reader, &area_id).await? {
            // Who holds two offices may meet a survey twice.
            if !seen.insert(survey.id.clone()) {
                continue;
            }
            let (shape, word) = state(&ctx, survey.state);
            lines.push(Line {
                answered,
                href: format!("/office/surveys/{}", survey.id),
                title: survey.title.get(t.lang).to_owned(),
                area: area.get(t.lang).to_owned(),
                day: date_long(t.lang, survey.held_on),
                shape,
                state: word,
            });
        }
    }
    render(&ListPage {
        s: ctx.shell(
            "office",
            t.surveys_title(),
            vec![
                Crumb::to("/office", t.shell_nav_office()),
                Crumb::here(t.surveys_title()),
            ],
        ),
        may_make: ctx.app.policy.could(acting.actor(), Action::SurveyMake),
        lines,
    })
}
