//! Typing a protocol: one group of lines to a screen, kept at every step.

use super::form::{self, Block, StepForm, SumBox};
use super::script::Script;
use super::{Place, query, story};
use crate::counting::actions::{self, SaveDraft, field_name, typing_sentence};
use crate::counting::model::{ProtocolState, Weight, weight};
use crate::counting::queries;
use crate::counting::sheet::{Sheet, language};
use crate::platform::database::Connection;
use crate::platform::i18n::{instant_long, number};
use crate::platform::web::fields::hidden;
use crate::platform::web::{
    Ctx, FieldErrors, FormData, Shell, page, page_with_errors, page_with_status, see,
};
use crate::platform::{Error, ids};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use electoral::protocol::{LineKey, ProtocolEntry, Stage, TypedWords, parse_figure};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "counting/pages/step.html")]
pub(super) struct StepPage {
    s: Shell,
    errors: FieldErrors,
    where_: String,
    bar: Vec<&'static str>,
    title: String,
    hint: String,
    href: String,
    group: String,
    sequence: u64,
    blocks: Vec<Block>,
    main: Option<SumBox>,
    others: Vec<SumBox>,
    script: Script,
    /// The figures were kept and do not agree: the paper may say so.
    look: bool,
    back: String,
    returned: String,
}

#[derive(Template)]
#[template(path = "counting/pages/conflict.html")]
struct ConflictPage {
    s: Shell,
    where_: String,
    href: String,
    group: String,
    sequence: u64,
    who: String,
    when: String,
    /// Why figures can't change any more; empty while they can.
    closed: String,
    rows: Vec<Both>,
}

/// One figure as two people have it.
struct Both {
    name: String,
    label: String,
    mine: String,
    kept: String,
    differs: bool,
}

/// Whether figures can be typed now.
pub(super) fn is_open(place: &Place) -> bool {
    !actions::is_determined(&place.unit.contest_state)
        && place.protocol.as_ref().is_none_or(|p| {
            matches!(
                p.state,
                ProtocolState::Expected | ProtocolState::Draft | ProtocolState::Returned
            )
        })
}

/// The first step that lacks a figure; the summary when nothing is missing.
pub(super) fn first_open(sheet: &Sheet, entry: &ProtocolEntry) -> Result<String, Error> {
    let form = sheet.form()?;
    for group in &form.groups {
        let keys = form::keys(sheet, &group.id, entry)?;
        let lacks = |key: &LineKey| {
            form.line(key.line())
                .is_some_and(|l| l.required && l.kind != electoral::protocol::Kind::PerBox)
                && !entry.values.contains_key(key)
        };
        if keys.iter().any(lacks) {
            return Ok(group.id.clone());
        }
    }
    Ok("summary".to_owned())
}

/// The page of a step.
pub(super) async fn show(
    connection: &mut Connection,
    ctx: &Ctx,
    place: &Place,
    group: &str,
) -> Result<Response, Error> {
    let sheet = place.sheet(connection, ctx).await?;
    let entry = entry_of(connection, place).await?;
    let words = words_of(connection, place).await?;
    let look = query(ctx, "look") == "1";
    let returned = story::return_reason(connection, place).await?;
    page(&build(
        ctx,
        place,
        &sheet,
        &entry,
        group,
        &Sent {
            look,
            returned,
            words,
            ..Sent::default()
        },
    )?)
}

/// What was sent and is shown again.
#[derive(Default)]
struct Sent {
    typed: BTreeMap<String, (String, String)>,
    errors: FieldErrors,
    look: bool,
    returned: String,
    words: Vec<TypedWords>,
}

fn build(
    ctx: &Ctx,
    place: &Place,
    sheet: &Sheet,
    entry: &ProtocolEntry,
    group: &str,
    sent: &Sent,
) -> Result<StepPage, Error> {
    let t = ctx.t;
    let protocol_form = sheet.form()?;
    let at = protocol_form
        .groups
        .iter()
        .position(|g| g.id == group)
        .ok_or(Error::NotFound)?;
    let shown = protocol_form.groups.get(at).ok_or(Error::NotFound)?;
    let findings = sheet.check(entry, &sent.words, Stage::Draft)?;
    let StepForm {
        blocks,
        main,
        others,
        script,
    } = form::build(t, sheet, group, entry, &findings, &sent.typed)?;
    let steps = protocol_form.groups.len() + 1;
    let title = shown.name.get(language(t.lang)).to_owned();
    Ok(StepPage {
        s: ctx.shell(
            "office",
            t.counting_step_page_title(title.clone()),
            place.crumbs(ctx),
        ),
        errors: sent.errors.clone(),
        where_: where_(ctx, place, at + 1, steps),
        bar: bar(at, steps),
        hint: shown.hint.get(language(t.lang)).to_owned(),
        title,
        href: place.href(),
        group: group.to_owned(),
        sequence: place.sequence(),
        blocks,
        main,
        others,
        script,
        look: sent.look,
        back: previous(protocol_form, at, &place.href()),
        returned: sent.returned.clone(),
    })
}

fn previous(form: &electoral::protocol::ProtocolForm, at: usize, href: &str) -> String {
    at.checked_sub(1)
        .and_then(|before| form.groups.get(before))
        .map_or_else(String::new, |g| format!("{href}?step={}", g.id))
}

/// `Шаг 4 из 7 · участок № 448, Актогайский район`
pub(super) fn where_(ctx: &Ctx, place: &Place, step: usize, steps: usize) -> String {
    ctx.t
        .counting_step_where(place.name(ctx), step.to_string(), steps.to_string())
}

/// Classes of the bar above a step.
pub(super) fn bar(at: usize, steps: usize) -> Vec<&'static str> {
    (0..steps)
        .map(|step| match step.cmp(&at) {
            std::cmp::Ordering::Less => "tandau-steps__past",
            std::cmp::Ordering::Equal => "tandau-steps__now",
            std::cmp::Ordering::Greater => "",
        })
        .collect()
}

/// The figures of the newest version.
pub(super) async fn entry_of(
    connection: &mut Connection,
    place: &Place,
) -> Result<ProtocolEntry, Error> {
    let unit = &place.unit;
    queries::values(
        connection,
        &unit.station_id,
        &unit.contest_id,
        place.version(),
    )
    .await
}

/// Figures in words of the newest version.
pub(super) async fn words_of(
    connection: &mut Connection,
    place: &Place,
) -> Result<Vec<TypedWords>, Error> {
    let unit = &place.unit;
    let (station, contest) = (&unit.station_id, &unit.contest_id);
    queries::words(connection, station, contest, place.version()).await
}

/// Reads the fields of a step. What can't be read stays as typed, with the reason.
fn read_fields(
    ctx: &Ctx,
    sheet: &Sheet,
    keys: &[LineKey],
    data: &FormData,
) -> Result<
    (
        BTreeMap<LineKey, Option<u64>>,
        BTreeMap<String, (String, String)>,
    ),
    Error,
> {
    let form = sheet.form()?;
    let mut values = BTreeMap::new();
    let mut typed = BTreeMap::new();
    let mut wrong = false;
    for key in keys {
        let name = field_name(key);
        if !data.fields().iter().any(|(field, _)| *field == name) {
            continue;
        }
        let text = data.text(&name);
        let problem = match parse_figure(form, text) {
            Ok(figure) => {
                values.insert(key.clone(), Some(figure));
                String::new()
            }
            Err(fault) => match fault.named() {
                None => {
                    values.insert(key.clone(), None);
                    String::new()
                }
                Some(named) => {
                    wrong = true;
                    typing_sentence(ctx.t, form, named)
                }
            },
        };
        typed.insert(name, (text.chars().take(40).collect(), problem));
    }
    if !wrong {
        typed.clear();
    }
    Ok((values, typed))
}

/// Keeps a step and goes on to the next.
pub(super) async fn save(
    ctx: Ctx,
    Path((contest, station)): Path<(String, String)>,
    data: FormData,
) -> Result<Response, Error> {
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let place = Place::read(&mut reader, &acting, &contest, &station).await?;
    let sheet = place.sheet(&mut reader, &ctx).await?;
    let entry = entry_of(&mut reader, &place).await?;
    let words = words_of(&mut reader, &place).await?;
    let group = data.text("step").to_owned();
    if !ids::is_id(&group) {
        return Err(Error::NotFound);
    }
    // As many boxes as were sent, not as many as are kept.
    let mut wide = entry.clone();
    for (name, _) in data.fields() {
        if let Some((line, item)) = name.split_once('.')
            && crate::counting::sheet::is_box(item)
            && let Ok(key) = LineKey::item(line, item)
        {
            wide.values.entry(key).or_insert(0);
        }
    }
    let keys = form::keys(&sheet, &group, &wide)?;
    let (values, typed) = read_fields(&ctx, &sheet, &keys, &data)?;
    if !typed.is_empty() {
        let mut errors = FieldErrors::new();
        for (name, (_, problem)) in typed.iter().filter(|(_, (_, p))| !p.is_empty()) {
            errors.add(name.clone(), problem.clone());
        }
        let sent = Sent {
            typed,
            errors,
            words,
            ..Sent::default()
        };
        return page_with_errors(&build(&ctx, &place, &sheet, &wide, &group, &sent)?);
    }
    drop(reader);
    let input = SaveDraft {
        station_id: station.clone(),
        contest_id: contest.clone(),
        sequence: hidden(&data, "sequence"),
        values: values.clone(),
        whole: false,
        reason: String::new(),
    };
    match actions::save_draft(&acting, &input).await {
        Ok(saved) => {
            let form = sheet.form()?;
            let faulty = saved
                .findings
                .iter()
                .any(|f| weight(form, f) != Weight::Explain && form::told_here(&sheet, &group, f));
            let href = place.href();
            if faulty && data.text("go") != "paper" {
                return Ok(see(&format!("{href}?step={group}&look=1")));
            }
            let next = form
                .groups
                .iter()
                .skip_while(|g| g.id != group)
                .nth(1)
                .map_or("summary", |g| g.id.as_str());
            Ok(see(&format!("{href}?step={next}")))
        }
        Err(Error::Conflict(sentence)) => {
            let mut reader = ctx.read().await?;
            let place = Place::read(&mut reader, &acting, &contest, &station).await?;
            // Sent meanwhile: nothing can be kept any more, but what was typed is not lost from sight.
            let sentence = if is_open(&place) {
                None
            } else {
                Some(sentence)
            };
            conflict(&mut reader, &ctx, &place, &group, &values, sentence).await
        }
        Err(Error::Invalid(problems)) => {
            let errors = FieldErrors::take(Error::Invalid(problems))?;
            let typed = keys
                .iter()
                .map(|key| {
                    let name = field_name(key);
                    let problem = errors.of(&name).to_owned();
                    let text = data.text(&name).chars().take(40).collect();
                    (name, (text, problem))
                })
                .collect();
            let sent = Sent {
                typed,
                errors,
                words,
                ..Sent::default()
            };
            page_with_errors(&build(&ctx, &place, &sheet, &wide, &group, &sent)?)
        }
        Err(other) => Err(other),
    }
}

/// Somebody else has saved since: both entries, side by side. With a `sentence`, figures can't change any more.
async fn conflict(
    connection: &mut Connection,
    ctx: &Ctx,
    place: &Place,
    group: &str,
    mine: &BTreeMap<LineKey, Option<u64>>,
    sentence: Option<String>,
) -> Result<Response, Error> {
    let t = ctx.t;
    let sheet = place.sheet(connection, ctx).await?;
    let kept = entry_of(connection, place).await?;
    let unit = &place.unit;
    let versions = queries::versions(connection, &unit.station_id, &unit.contest_id).await?;
    let newest = versions.last().ok_or(Error::NotFound)?;
    let (by, at) = match (&newest.submitted_by, newest.submitted_at) {
        (Some(by), Some(at)) => (by, at),
        _ => (&newest.entered_by, newest.entered_at),
    };
    let who = queries::person_name(connection, by).await?;
    let show = |figure: Option<u64>| figure.map_or_else(|| "–".to_owned(), |n| number(t.lang, n));
    let rows = mine
        .iter()
        .map(|(key, figure)| {
            let theirs = kept.values.get(key).copied();
            Both {
                name: field_name(key),
                label: form::label(t, &sheet, key),
                mine: figure.map_or_else(String::new, |n| n.to_string()),
                kept: show(theirs),
                differs: theirs != *figure,
            }
        })
        .collect();
    let conflict = ConflictPage {
        s: ctx.shell("office", t.counting_conflict_title(), place.crumbs(ctx)),
        where_: place.name(ctx),
        href: place.href(),
        group: group.to_owned(),
        sequence: place.sequence(),
        who: who.get(t.lang).to_owned(),
        when: instant_long(t.lang, at, &unit.time_zone()?),
        closed: sentence.unwrap_or_default(),
        rows,
    };
    page_with_status(&conflict, StatusCode::CONFLICT)
}
