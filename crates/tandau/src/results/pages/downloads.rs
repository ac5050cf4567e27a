//! Open data: what can be downloaded, and the files themselves.

use super::crumbs;
use super::words::name;
use crate::platform::i18n::date_long;
use crate::platform::web::{Crumb, Ctx, Shell, Shows, kept, page};
use crate::platform::{Error, ids};
use crate::results::{export, queries};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "results/pages/downloads.html")]
struct DownloadsPage {
    s: Shell,
    elections: Vec<ElectionFiles>,
}

struct ElectionFiles {
    href: String,
    title: String,
    day: String,
    public: bool,
    synthetic: bool,
}

pub(super) async fn downloads(ctx: Ctx) -> Result<Response, Error> {
    let t = ctx.t;
    let now = ctx.app.clock.now();
    let mut reader = ctx.read().await?;
    let mut elections = Vec::new();
    for election in queries::elections(&mut reader).await? {
        elections.push(ElectionFiles {
            href: election.href(),
            title: name(&election.title, t.lang),
            day: date_long(t.lang, election.voting_day),
            public: queries::public_votes(&mut reader, &election.id, now)
                .await?
                .on(election.voting_day),
            synthetic: election.synthetic,
        });
    }
    drop(reader);
    let title = t.site_downloads_title();
    page(&DownloadsPage {
        s: ctx.shell("", title.clone(), crumbs(&ctx, vec![Crumb::here(title)])),
        elections,
    })
}

/// `?contest=` of a download.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    contest: Option<String>,
}

impl Asked {
    fn contest(&self) -> Result<Option<&str>, Error> {
        match self.contest.as_deref() {
            None | Some("") => Ok(None),
            Some(contest) if ids::is_id(contest) => Ok(Some(contest)),
            Some(_) => Err(Error::NotFound),
        }
    }
}

#[derive(Clone, Copy)]
enum Form {
    Csv,
    Json,
    Nist,
}

impl Form {
    const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Json | Self::Nist => "application/json",
        }
    }

    const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Nist => "nist.json",
        }
    }
}

async fn file(
    ctx: &Ctx,
    headers: &HeaderMap,
    id: &str,
    asked: &Asked,
    form: Form,
) -> Result<Response, Error> {
    let contest = asked.contest()?;
    let mut reader = ctx.read().await?;
    let election = queries::election(&mut reader, id).await?;
    let votes = queries::public_votes(&mut reader, &election.id, ctx.app.clock.now()).await?;
    let full = contest.map(|contest| queries::contest_id(id, contest));
    let stem = match contest {
        Some(contest) => format!("{id}-{contest}"),
        None => id.to_owned(),
    };
    let sent = kept::Form::file(form.media_type()).with(
        header::CONTENT_DISPOSITION,
        &format!("attachment; filename=\"{stem}.{}\"", form.ending()),
    )?;
    let shows = full.as_deref().map_or(Shows::All, Shows::Contest);
    let name = format!("{}/results.{}?{stem}", election.href(), form.ending());
    let make = async {
        let text = match form {
            Form::Csv => export::csv(&mut reader, &ctx.app, id, contest).await?,
            Form::Json => export::json(&mut reader, &ctx.app, id, contest).await?,
            Form::Nist => export::nist(&mut reader, &ctx.app, id, contest).await?,
        };
        Ok(text.into_bytes())
    };
    ctx.app
        .kept
        .or_make(headers, name, (shows, votes.seen()), sent, make)
        .await
}

pub(super) async fn csv(
    ctx: Ctx,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    file(&ctx, &headers, &id, &asked, Form::Csv).await
}

pub(super) async fn json(
    ctx: Ctx,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    file(&ctx, &headers, &id, &asked, Form::Json).await
}

pub(super) async fn nist(
    ctx: Ctx,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    file(&ctx, &headers, &id, &asked, Form::Nist).await
}
