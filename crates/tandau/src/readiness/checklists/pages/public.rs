//! `/readiness/checklist`: what a station must have before voting, by section, each with what it rests on.

use super::words;
use crate::platform::Error;
use crate::platform::web::{Crumb, Ctx, Shell, page as render};
use crate::readiness::checklists::queries;
use askama::Template;
use axum::response::Response;
use electoral::checklist::Item;

#[derive(Template)]
#[template(path = "readiness/checklists/pages/public.html")]
struct ChecklistPage {
    s: Shell,
    title: String,
    version: u64,
    origin: String,
    items: u64,
    sections: Vec<Section>,
}

pub(super) struct Section {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) items: Vec<Line>,
}

/// A question as pages show it.
pub(super) struct Line {
    pub(super) id: String,
    pub(super) wording: String,
    pub(super) hint: String,
    pub(super) rule: String,
    pub(super) evidence: String,
    pub(super) told: bool,
    pub(super) body: String,
    pub(super) due: String,
    pub(super) severity: (&'static str, String),
    pub(super) basis: String,
}

impl Line {
    fn of(t: crate::platform::T, item: &Item) -> Self {
        let evidence: Vec<String> = item
            .evidence
            .iter()
            .map(|e| t.word(&format!("checklists-evidence-{}", e.as_str())))
            .collect();
        Self {
            id: item.id.clone(),
            wording: words::said(&item.wording, t.lang),
            hint: item
                .hint
                .as_ref()
                .map(|hint| words::said(hint, t.lang))
                .unwrap_or_default(),
            rule: words::rule(t, &item.kind),
            evidence: evidence.join(", "),
            told: item.told_by.is_some(),
            body: t.word(&format!("body-{}", item.body)),
            due: words::due(t, item),
            severity: words::severity(t, item.severity),
            basis: words::basis(t, &item.basis),
        }
    }
}

/// Sections with their questions.
pub(super) fn sections(
    t: crate::platform::T,
    list: &electoral::checklist::Checklist,
) -> Vec<Section> {
    let section = |section: &electoral::checklist::Section| Section {
        id: section.id.clone(),
        title: words::said(&section.title, t.lang),
        items: list
            .of_section(&section.id)
            .map(|i| Line::of(t, i))
            .collect(),
    };
    list.sections.iter().map(section).collect()
}

pub(super) async fn page(ctx: Ctx) -> Result<Response, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let found = queries::in_force(&mut reader, &ctx.app).await?;
    let title = t.checklists_public_title();
    let crumbs = vec![
        Crumb::to("/", t.shell_nav_home()),
        Crumb::here(title.clone()),
    ];
    render(&ChecklistPage {
        s: ctx.shell("readiness", title, crumbs),
        title: words::said(&found.list.title, t.lang),
        version: found.version,
        origin: words::origin(t, &found.source, found.made_at, &ctx.app.home_zone),
        items: u64::try_from(found.list.items.len()).unwrap_or(u64::MAX),
        sections: sections(t, &found.list),
    })
}
