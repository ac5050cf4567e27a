//! A note as a paper, as plain text, and for programs: with everything needed to ask and hash again.

use super::Asked;
use super::public::{by, lines, reading, when, withdrawn};
use crate::platform::Error;
use crate::platform::press::{paper_language, typeset};
use crate::platform::web::{Ctx, PAPER_POLICY, Shows, as_json, kept};
use crate::publications::export::document;
use crate::publications::shown;
use axum::extract::Query;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use print::{NotePaper, NoteSource, NoteWords};
use serde_json::{Value as Json, json};

pub(super) async fn pdf(
    ctx: &Ctx,
    id: &str,
    asked: &Asked,
    headers: &HeaderMap,
) -> Result<Response, Error> {
    let t = ctx.t;
    let reading = reading(ctx, id, asked).await?;
    let shown = shown::published(&ctx.app, t, &reading)?;
    let paper = NotePaper {
        language: paper_language(t.lang),
        title: shown.title(),
        body: by(ctx, &reading).await?,
        when: when(ctx, &reading),
        warning: withdrawn(ctx, &reading),
        text_body: shown.text().replace("\n\n", "\n"),
        words: NoteWords {
            sources: t.publications_sources(),
            figure: t.publications_col_figure(),
            asked: t.publications_col_asked(),
            at: t.publications_col_at(),
        },
        sources: shown.sources.iter().map(source).collect(),
        foot: t.publications_foot(format!("/news/{id}"), reading.revision.digest.clone()),
        synthetic: reading.note.synthetic,
        ..NotePaper::default()
    };
    let lang = t.lang.code();
    let name = format!("inline; filename=\"note-{id}-{lang}.pdf\"");
    let form = kept::Form::file("application/pdf")
        .with(header::CONTENT_DISPOSITION, &name)?
        .with(header::CONTENT_SECURITY_POLICY, PAPER_POLICY)?;
    // What it says follows from these: the same paper is typeset once.
    let address = format!(
        "/news/{id}.pdf?{}&{}&{}&{lang}",
        reading.revision.revision,
        reading.changes.len(),
        reading.withdrawn
    );
    let make = typeset(move || print::note_paper(&paper));
    ctx.app
        .kept
        .or_make(headers, address, (Shows::All, 0), form, make)
        .await
}

fn source(source: &shown::Source) -> NoteSource {
    NoteSource {
        number: source.position.to_string(),
        figure: source.text.clone(),
        asked: source.asked.clone(),
        address: source.href.clone(),
        at: source.at.clone(),
        digest: source.digest.clone(),
        change: source.history.last().cloned().unwrap_or_default(),
    }
}

pub(super) async fn txt(ctx: &Ctx, id: &str, asked: &Asked) -> Result<Response, Error> {
    let t = ctx.t;
    let reading = reading(ctx, id, asked).await?;
    let shown = shown::published(&ctx.app, t, &reading)?;
    let mut text = format!(
        "{}\n\n{}\n{}\n",
        shown.title(),
        by(ctx, &reading).await?,
        when(ctx, &reading)
    );
    for said in [withdrawn(ctx, &reading), reading.revision.reason.clone()] {
        if !said.is_empty() {
            text.push_str(&said);
            text.push('\n');
        }
    }
    text.push_str(&format!("\n{}\n", shown.text()));
    text.push_str(&format!("\n{}\n", t.publications_sources()));
    for one in &shown.sources {
        text.push_str(&plain(one));
    }
    text.push_str(&format!("\nSHA-256 {}\n", reading.revision.digest));
    let head = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    Ok((head, text).into_response())
}

fn plain(source: &shown::Source) -> String {
    let mut text = format!(
        "{}. {} – {}\n   {}\n   {}, {}\n   SHA-256 {}\n",
        source.position,
        source.text,
        source.asked,
        source.query,
        source.href,
        source.at,
        source.digest
    );
    for change in &source.history {
        text.push_str(&format!("   {change}\n"));
    }
    text
}

pub(super) async fn json(ctx: &Ctx, id: &str, asked: &Asked) -> Result<Response, Error> {
    let reading = reading(ctx, id, asked).await?;
    as_json(&document(&ctx.app, &reading)?)
}

pub(super) async fn list_json(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let (lines, page, pages) = lines(&ctx, &asked).await?;
    let notes: Vec<Json> = lines
        .into_iter()
        .map(|line| {
            json!({
                "id": line.id,
                "title": line.title,
                "href": format!("/news/{}", line.id),
                "published_at": line.published_at.to_string(),
                "withdrawn": line.withdrawn,
            })
        })
        .collect();
    as_json(&json!({ "notes": notes, "page": page, "pages": pages }))
}
