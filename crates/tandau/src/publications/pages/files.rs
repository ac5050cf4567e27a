//! A note as a paper, as plain text, and for programs: with everything needed to ask and hash again.

use super::Asked;
use super::public::{by, lines, reading, when, withdrawn};
use crate::platform::press::typeset;
use crate::platform::web::{Ctx, PAPER_POLICY, Shows, kept};
use crate::platform::{Error, Lang, T};
use crate::publications::figures::Value;
use crate::publications::queries::Reading;
use crate::publications::shown::{self, Shown};
use axum::extract::Query;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use print::{NotePaper, NoteSource, NoteWords, PaperLanguage};
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
        language: match t.lang {
            Lang::Kk => PaperLanguage::Kk,
            Lang::Ru => PaperLanguage::Ru,
            Lang::En => PaperLanguage::En,
        },
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

fn as_json(value: &Json) -> Result<Response, Error> {
    let text = serde_json::to_string_pretty(value).map_err(Error::internal)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}

/// The note with its places, its figures as they are hashed, and how it reads in three languages.
fn document(ctx: &Ctx, reading: &Reading) -> Result<Json, Error> {
    let shown =
        |lang: Lang| -> Result<Shown, Error> { shown::published(&ctx.app, T::new(lang), reading) };
    let mut reads = serde_json::Map::new();
    for lang in Lang::ALL {
        let shown = shown(lang)?;
        let said = json!({ "title": shown.title(), "text": shown.text() });
        reads.insert(lang.code().to_owned(), said);
    }
    let figures: Vec<Json> = reading
        .figures
        .iter()
        .zip(1_u64..)
        .map(|(figure, position)| {
            let changes: Vec<Json> = reading
                .changes
                .iter()
                .filter(|change| change.position == position)
                .map(|change| {
                    json!({
                        "value": change.value.as_ref().map(Value::canonical),
                        "noticed_at": change.noticed_at.to_string(),
                        "sha256": change.digest,
                    })
                })
                .collect();
            json!({
                "query": figure.query,
                "value": figure.value.canonical(),
                "href": figure.href,
                "asked_at": figure.asked_at.to_string(),
                "sha256": figure.digest,
                "changes": changes,
            })
        })
        .collect();
    let (note, revision) = (&reading.note, &reading.revision);
    let withdrawn = reading
        .withdrawn
        .then(|| json!({ "at": note.withdrawn_at.map(|at| at.to_string()), "reason": note.withdrawn_reason }));
    Ok(json!({
        "id": note.id,
        "subject_kind": note.subject_kind,
        "subject_id": note.subject_id,
        "election": note.election_id,
        "records_on": revision.text.records_on.to_string(),
        "revision": revision.revision,
        "published_at": revision.published_at.to_string(),
        "corrects": revision.reason,
        "withdrawn": withdrawn,
        "synthetic": note.synthetic,
        "title": revision.text.title,
        "body": revision.text.body,
        "typed_reason": revision.text.typed_reason,
        "reads": reads,
        "figures": figures,
        "sha256": revision.digest,
        "revisions": reading
            .revisions
            .iter()
            .map(|one| json!({
                "revision": one.revision,
                "published_at": one.published_at.to_string(),
                "corrects": one.reason,
                "sha256": one.digest,
            }))
            .collect::<Vec<_>>(),
    }))
}

pub(super) async fn json(ctx: &Ctx, id: &str, asked: &Asked) -> Result<Response, Error> {
    let reading = reading(ctx, id, asked).await?;
    as_json(&document(ctx, &reading)?)
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
