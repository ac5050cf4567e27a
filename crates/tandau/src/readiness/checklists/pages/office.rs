//! `/office/checklists`: versions, what each has that the one before had not, and the way to a new one.

use super::words::{self, Difference};
use crate::platform::Error;
use crate::platform::web::{Crumb, Ctx, FieldErrors, Shell, page as render};
use crate::readiness::checklists::queries;
use askama::Template;
use axum::response::Response;

/// Characters of a hash that are shown.
const SHORT: usize = 12;

#[derive(Template)]
#[template(path = "readiness/checklists/pages/office.html")]
pub(super) struct OfficePage {
    s: Shell,
    errors: FieldErrors,
    versions: Vec<Line>,
}

struct Line {
    title: String,
    id: String,
    version: u64,
    origin: String,
    items: u64,
    counts: String,
    differences: Vec<Difference>,
    first: bool,
    hash: String,
}

pub(super) async fn build(ctx: &Ctx, errors: FieldErrors) -> Result<OfficePage, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let versions = queries::versions(&mut reader, &ctx.app).await?;
    let mut lines = Vec::with_capacity(versions.len());
    for version in &versions {
        let before = match version.version.checked_sub(1) {
            None => None,
            Some(before) => versions
                .iter()
                .find(|v| v.list.id == version.list.id && v.version == before),
        };
        // The first version that was adopted follows on the file of the rules.
        let of_the_rules = ctx.app.rules.checklist();
        let before = match before {
            Some(before) => Some(&before.list),
            None if version.version == 1 && version.list.id == of_the_rules.id => {
                Some(of_the_rules)
            }
            None => None,
        };
        let changes = before
            .map(|before| version.list.changes_since(before))
            .unwrap_or_default();
        lines.push(Line {
            title: words::said(&version.list.title, t.lang),
            id: version.list.id.clone(),
            version: version.version,
            origin: words::origin(t, &version.source, version.made_at, &ctx.app.home_zone),
            items: u64::try_from(version.list.items.len()).unwrap_or(u64::MAX),
            counts: words::counts(t, &changes),
            differences: words::differences(t, &changes),
            first: before.is_none(),
            hash: version.sha256.chars().take(SHORT).collect(),
        });
    }
    let crumbs = vec![
        Crumb::to("/office", t.shell_nav_office()),
        Crumb::here(t.checklists_title()),
    ];
    Ok(OfficePage {
        s: ctx.shell("office", t.checklists_title(), crumbs),
        errors,
        versions: lines,
    })
}

pub(super) async fn page(ctx: Ctx) -> Result<Response, Error> {
    render(&build(&ctx, FieldErrors::new()).await?)
}
