//! A file becomes a version: first one sees what was understood of it, then one adopts that.
//!
//! What was understood travels in the page itself, packed, and is read and checked anew when it comes back: nothing is
//! kept for a visitor who never answers.

use super::office;
use super::public::{Section, sections};
use super::words::{self, Difference};
use crate::platform::web::{Crumb, Ctx, FieldErrors, FormData, Shell, page, page_with_errors, see};
use crate::platform::{Error, T};
use crate::readiness::checklists::upload::{place, reason, understand};
use crate::readiness::checklists::{actions, queries};
use crate::readiness::xlsform::{Left, Understood};
use askama::Template;
use axum::response::Response;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use electoral::checklist::Checklist;
use std::io::{Read as _, Write as _};

/// Characters of one hidden field.
const PART: usize = 16_000;
/// Bytes of a list unpacked at most.
const MOST_LIST_BYTES: u64 = 4 * 1024 * 1024;

#[derive(Template)]
#[template(path = "readiness/checklists/pages/preview.html")]
struct PreviewPage {
    s: Shell,
    title: String,
    id: String,
    version: u64,
    items: u64,
    source: &'static str,
    lost: Vec<LeftLine>,
    filled: Vec<LeftLine>,
    known: bool,
    same: bool,
    differences: Vec<Difference>,
    sections: Vec<Section>,
    parts: Vec<String>,
}

struct LeftLine {
    place: String,
    what: String,
    reason: String,
}

fn left_lines(t: T, left: &[Left], filled: bool) -> Vec<LeftLine> {
    left.iter()
        .filter(|l| l.reason.is_filled() == filled)
        .map(|l| LeftLine {
            place: place(t, l),
            what: l.what.clone(),
            reason: reason(t, l),
        })
        .collect()
}

pub(super) async fn preview(ctx: Ctx, form: FormData) -> Result<Response, Error> {
    actions::check_power(&ctx.acting()?).await?;
    match try_preview(&ctx, &form).await {
        Ok(shown) => page(&shown),
        Err(error) => {
            let errors = FieldErrors::take(error)?;
            page_with_errors(&office::build(&ctx, errors).await?)
        }
    }
}

async fn try_preview(ctx: &Ctx, form: &FormData) -> Result<PreviewPage, Error> {
    let t = ctx.t;
    let upload = form
        .upload("file")
        .ok_or_else(|| Error::field("file", t.checklists_no_file()))?;
    let bytes = upload.bytes.clone();
    // Unpacking somebody's workbook takes a while; others are served meanwhile.
    let (Understood { list, left }, source) =
        tokio::task::spawn_blocking(move || understand(t, &bytes))
            .await
            .map_err(Error::internal)??;
    let mut reader = ctx.read().await?;
    let before = queries::newest(&mut reader, &ctx.app, &list.id).await?;
    let changes = before
        .as_ref()
        .map(|before| list.changes_since(&before.list))
        .unwrap_or_default();
    let crumbs = vec![
        Crumb::to("/office", t.shell_nav_office()),
        Crumb::to("/office/checklists", t.checklists_title()),
        Crumb::here(t.checklists_preview_title()),
    ];
    Ok(PreviewPage {
        s: ctx.shell("office", t.checklists_preview_title(), crumbs),
        title: words::said(&list.title, t.lang),
        id: list.id.clone(),
        version: before.as_ref().map_or(0, |v| v.version).saturating_add(1),
        items: u64::try_from(list.items.len()).unwrap_or(u64::MAX),
        source,
        lost: left_lines(t, &left, false),
        filled: left_lines(t, &left, true),
        known: before.is_some(),
        same: before.as_ref().is_some_and(|before| *before.list == list),
        differences: words::differences(t, &changes),
        sections: sections(t, &list),
        parts: pack(&list)?,
    })
}

pub(super) async fn adopt(ctx: Ctx, form: FormData) -> Result<Response, Error> {
    match try_adopt(&ctx, &form).await {
        Ok(_) => Ok(see("/office/checklists?done=checklist-adopted")),
        Err(error) => {
            let errors = FieldErrors::take(error)?;
            page_with_errors(&office::build(&ctx, errors).await?)
        }
    }
}

async fn try_adopt(ctx: &Ctx, form: &FormData) -> Result<u64, Error> {
    let acting = ctx.acting()?;
    actions::check_power(&acting).await?;
    let source = match form.text("source") {
        "toml" => "toml",
        _ => "xlsform",
    };
    let parts: String = form.all("part").collect();
    let list =
        unpack(&parts).ok_or_else(|| Error::field("file", ctx.t.checklists_refused_workbook()))?;
    actions::adopt(&acting, &list, source).await
}

/// A list as the values of hidden fields.
fn pack(list: &Checklist) -> Result<Vec<String>, Error> {
    let text = list.to_toml().map_err(Error::internal)?;
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(text.as_bytes())?;
    let text = BASE64_URL_SAFE_NO_PAD.encode(packer.finish()?);
    let chars: Vec<char> = text.chars().collect();
    Ok(chars
        .chunks(PART)
        .map(|part| part.iter().collect())
        .collect())
}

/// The list of hidden fields, sound or none.
fn unpack(parts: &str) -> Option<Checklist> {
    let packed = BASE64_URL_SAFE_NO_PAD.decode(parts).ok()?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed.as_slice())
        .take(MOST_LIST_BYTES)
        .read_to_string(&mut text)
        .ok()?;
    Checklist::parse(&text).ok()
}
