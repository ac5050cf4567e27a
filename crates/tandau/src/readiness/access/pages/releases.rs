//! `/office/access/release`: what has been published of needs, and the next release.

use super::{Asked, crumbs};
use crate::elections::Election;
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::{date_long, instant_long};
use crate::platform::web::{Ctx, FormData, Shell, page as render, see};
use crate::platform::{Error, areas};
use crate::readiness::access::{actions, queries, release as drafts};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;

struct Row {
    title: String,
    made: String,
    coverage: String,
}

#[derive(Template)]
#[template(path = "readiness/access/pages/releases.html")]
struct ReleasesPage {
    s: Shell,
    election: String,
    election_title: String,
    rule: String,
    preview: String,
    hidden: String,
    may_release: bool,
    rows: Vec<Row>,
    public: String,
}

async fn election(
    ctx: &Ctx,
    reader: &mut Connection,
    asked: &str,
) -> Result<Option<Election>, Error> {
    let country = areas::country(reader).await?.ok_or(Error::NotFound)?;
    let found = queries::needs_of(reader, asked, &country).await?;
    if let Some((election, _)) = &found {
        ctx.acting()?
            .require(reader, Action::AccessPublish, &election.area_id, None)
            .await?;
    }
    Ok(found.map(|(election, _)| election))
}

pub(super) async fn page(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let election = election(&ctx, &mut reader, asked.election()?)
        .await?
        .ok_or(Error::NotFound)?;
    let area = areas::by_id(&mut reader, &election.area_id, ctx.app.today()).await?;
    let draft = drafts::draft(&mut reader, &ctx.acting()?, &election).await?;
    let releases = queries::releases(&mut reader, &election.id).await?;
    drop(reader);
    let zone = election.time_zone()?;
    let hidden = draft.figures.iter().filter(|f| !f.shown).count();
    let title = t.access_release_title();
    render(&ReleasesPage {
        s: ctx.shell("office", title.clone(), crumbs(&ctx, &title)),
        election_title: election.title.get(t.lang).to_owned(),
        rule: rule(&ctx, ctx.app.rules.smallest_group()),
        preview: t.access_counted(draft.release.counted, draft.release.stations),
        hidden: t.access_release_hidden(draft.figures.len(), hidden),
        may_release: draft.release.counted > 0 && !draft.same_day && !draft.unchanged,
        rows: releases
            .iter()
            .rev()
            .map(|r| Row {
                title: t.access_release_of(date_long(t.lang, r.released_on), r.version.to_string()),
                made: instant_long(t.lang, r.made_at, &zone),
                coverage: t.access_counted(r.counted, r.stations),
            })
            .collect(),
        public: format!(
            "/readiness/accessibility/{}?election={}",
            area.code, election.id
        ),
        election: election.id,
    })
}

/// Why some figures are missing, in a sentence.
pub(super) fn rule(ctx: &Ctx, k: u64) -> String {
    ctx.t.access_suppressed(k, k.saturating_sub(1))
}

pub(super) async fn release(ctx: Ctx, form: FormData) -> Result<Response, Error> {
    let asked = Asked {
        election: form.text("election").to_owned(),
        ..Asked::default()
    };
    let mut reader = ctx.read().await?;
    let election = election(&ctx, &mut reader, asked.election()?)
        .await?
        .ok_or(Error::NotFound)?;
    drop(reader);
    actions::release(&ctx.acting()?, &election.id).await?;
    Ok(see(&format!(
        "/office/access/release?election={}&done=needs-released",
        election.id
    )))
}
