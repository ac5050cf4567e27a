//! `/office/notes`: notes of one's area and below.

use super::state;
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::i18n::date_long;
use crate::platform::web::{Crumb, Ctx, Shell, page as render};
use crate::publications::queries;
use askama::Template;
use axum::response::Response;
use std::collections::HashSet;

struct Line {
    href: String,
    title: String,
    area: String,
    day: String,
    shape: &'static str,
    state: String,
    revision: String,
}

#[derive(Template)]
#[template(path = "publications/pages/list.html")]
struct ListPage {
    s: Shell,
    lines: Vec<Line>,
}

pub(super) async fn page(ctx: Ctx) -> Result<Response, Error> {
    let t = ctx.t;
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let mut lines = Vec::new();
    let mut seen = HashSet::new();
    for area_id in acting.areas_with(&mut reader, Action::NoteWrite).await? {
        for (note, area) in queries::under(&mut reader, &area_id).await? {
            // Who holds two offices may meet a note twice.
            if !seen.insert(note.id.clone()) {
                continue;
            }
            let (shape, word) = state(&ctx, note.state);
            lines.push(Line {
                href: format!("/office/notes/{}", note.id),
                title: note.text.title.get(t.lang).to_owned(),
                area: area.get(t.lang).to_owned(),
                day: date_long(t.lang, note.text.records_on),
                shape,
                state: word,
                revision: if note.revision > 0 {
                    t.publications_revision(note.revision)
                } else {
                    String::new()
                },
            });
        }
    }
    let title = t.publications_office_title();
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
