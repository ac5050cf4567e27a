//! Paper and records side by side, person by person, until nothing is left to decide; then the session is closed.

use super::{At, n, named, plain_count};
use crate::people;
use crate::platform::database::Connection;
use crate::platform::i18n::instant_short;
use crate::platform::web::fields::hidden;
use crate::platform::web::{
    Choice, Ctx, ErrorItem, FieldErrors, FormData, Shell, page, page_with_status, see,
};
use crate::platform::{Error, T};
use crate::training::model::SessionState;
use crate::training::presence::actions::{self, Close, Says};
use crate::training::presence::model::{Known, Sheet, Why};
use crate::training::presence::queries;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use electoral::training::attendance::Difference;

#[derive(Template)]
#[template(path = "training/presence/pages/attendance.html")]
struct AttendancePage {
    s: Shell,
    errors: Vec<ErrorItem>,
    when: String,
    place: String,
    sentence: String,
    figures: Vec<(String, String)>,
    href: String,
    open: bool,
    /// It was closed, and a mistake in it can be put right.
    held: bool,
    differences: Vec<Row>,
    reason: String,
    reason_error: String,
    unnamed: Vec<Unnamed>,
    doubts: Vec<Doubtful>,
    sheets: Vec<SheetView>,
    lists: Vec<(&'static str, String, Vec<String>)>,
    can_close: bool,
    close_lead: String,
    word: String,
    word_error: String,
    seen: u64,
    present: u64,
}

struct Row {
    id: String,
    name: String,
    what: String,
    said: String,
    yes: bool,
    no: bool,
}

struct Unnamed {
    name: String,
    href: String,
    field: String,
    choices: Vec<Choice>,
}

struct Doubtful {
    name: String,
    why: String,
    marked: String,
    came: String,
}

struct SheetView {
    href: String,
    field: String,
    title: String,
    what: String,
    note: String,
    photos: Vec<(String, String)>,
    withdrawn: String,
}

/// `GET /office/training/sessions/{id}/attendance`.
pub(super) async fn show(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let mut reader = ctx.read().await?;
    let at = At::run(&ctx, &mut reader, &id).await?;
    let view = view(&ctx, &mut reader, at, (&FieldErrors::default(), None)).await?;
    page(&view)
}

/// `POST /office/training/sessions/{id}/attendance`: who was there, where paper and records disagree.
pub(super) async fn decide(
    ctx: Ctx,
    Path(id): Path<String>,
    data: FormData,
) -> Result<Response, Error> {
    let acting = ctx.acting()?;
    let says: Vec<Says> = data
        .fields()
        .iter()
        .filter_map(|(name, value)| {
            let person = name.strip_prefix("p.")?;
            let present = match value.as_str() {
                "yes" => true,
                "no" => false,
                _ => return None,
            };
            Some(Says {
                person_id: person.to_owned(),
                present,
            })
        })
        .collect();
    let done = actions::decide(&acting, &id, &says, data.text("reason")).await;
    answer(&ctx, &id, done, &data).await
}

/// `POST /office/training/sessions/{id}/attendance/close`.
pub(super) async fn close(
    ctx: Ctx,
    Path(id): Path<String>,
    data: FormData,
) -> Result<Response, Error> {
    let acting = ctx.acting()?;
    let how = Close {
        seen: hidden(&data, "seen"),
        present: hidden(&data, "present"),
        reason: data.text("word").to_owned(),
    };
    let done = actions::close(&acting, &id, &how).await.map(drop);
    answer(&ctx, &id, done, &data).await
}

/// Back to the page: anew when it was done, with what is wrong otherwise.
pub(super) async fn answer(
    ctx: &Ctx,
    id: &str,
    done: Result<(), Error>,
    data: &FormData,
) -> Result<Response, Error> {
    let (errors, status) = match done {
        Ok(()) => return Ok(see(&format!("/office/training/sessions/{id}/attendance"))),
        Err(problem @ Error::Invalid(_)) => (
            FieldErrors::take(problem)?,
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        Err(other) => FieldErrors::or_conflict(other, "")?,
    };
    let mut reader = ctx.read().await?;
    let at = At::run(ctx, &mut reader, id).await?;
    let view = view(ctx, &mut reader, at, (&errors, Some(data))).await?;
    page_with_status(&view, status)
}

async fn view(
    ctx: &Ctx,
    reader: &mut Connection,
    at: At,
    (errors, sent): (&FieldErrors, Option<&FormData>),
) -> Result<AttendancePage, Error> {
    let t = ctx.t;
    let known = queries::known(reader, &ctx.app, &at.session).await?;
    let sides = known.reconciled();
    let open = at.session.state == SessionState::Planned;
    let held = at.session.state == SessionState::Held;
    let began = at.session.says.starts_at <= ctx.app.clock.now();
    let settled = plain_count(sides.present.len());
    // What the closing put on record, and corrections since.
    let present = at.session.present.filter(|_| held).unwrap_or(settled);
    let on_paper = at.session.on_paper.filter(|_| held);
    let invited = plain_count(known.traces.values().filter(|p| p.invited).count());
    let names = |ids: &[&str]| -> Vec<String> {
        let mut names: Vec<String> = ids
            .iter()
            .map(|id| named(&known.names, id, t.lang).to_owned())
            .collect();
        names.sort();
        names
    };
    let mut lists = Vec::new();
    if !sides.uninvited.is_empty() {
        lists.push(("uninvited", t.presence_uninvited(), names(&sides.uninvited)));
    }
    let absent: Vec<&str> = if held {
        let counts = |id: &String| known.accepted.contains(id);
        let missed = known
            .traces
            .iter()
            .filter(|(id, p)| p.invited && !counts(id));
        missed.map(|(id, _)| id.as_str()).collect()
    } else {
        sides.absent.clone()
    };
    if !absent.is_empty() {
        lists.push(("absent", t.presence_absent(), names(&absent)));
    }
    let title = t.presence_title();
    Ok(AttendancePage {
        s: ctx.shell("office", title.clone(), at.crumbs(ctx, &title)),
        errors: errors.summary(),
        sentence: sentence(t, &known),
        figures: vec![
            (n(t, invited), t.presence_figure_invited()),
            (n(t, sides.in_records), t.presence_figure_marked()),
            (
                n(t, on_paper.unwrap_or_else(|| known.on_paper())),
                t.presence_figure_paper(),
            ),
            (n(t, present), t.presence_figure_present()),
        ],
        href: at.href(),
        open,
        held,
        differences: differences(t, &known),
        reason: sent.map_or("", |d| d.text("reason")).to_owned(),
        reason_error: [errors.of("reason"), errors.of("decide")].concat(),
        unnamed: unnamed(t, reader, &at, &known).await?,
        doubts: doubts(t, &at, &known),
        sheets: sheets(t, &at, &known),
        lists,
        can_close: began && known.is_settled() && present > 0,
        close_lead: t.presence_close_lead(present),
        word: sent.map_or("", |d| d.text("word")).to_owned(),
        word_error: errors.of("word").to_owned(),
        seen: at.session.version,
        present,
        when: at.when,
        place: at.place,
    })
}

/// "226 on paper and 226 in records", or how many people must be decided about, and signatures that nobody keyed.
fn sentence(t: T, known: &Known) -> String {
    let sides = known.reconciled();
    let open = sides
        .open()
        .saturating_add(plain_count(known.unnamed.len()));
    if !known.has_paper() {
        return t.presence_sentence_records(open, sides.in_records);
    }
    let differ = || t.presence_sentence_differ(open, known.on_paper(), sides.in_records);
    match known.miscounted() {
        Some((lines, people)) => {
            format!("{} {}", differ(), t.presence_signatures(lines, people))
        }
        None if open == 0 => t.presence_sentence_agree(known.on_paper(), sides.in_records),
        None => differ(),
    }
}

fn differences(t: T, known: &Known) -> Vec<Row> {
    let mut rows: Vec<Row> = known
        .reconciled()
        .differences
        .into_iter()
        .map(|(id, difference, decided)| Row {
            id: id.to_owned(),
            name: named(&known.names, id, t.lang).to_owned(),
            what: match difference {
                Difference::PaperOnly => t.presence_paper_only(),
                Difference::RecordOnly => t.presence_record_only(),
                Difference::Doubtful => t.presence_doubtful_only(),
                Difference::Uninvited => t.presence_uninvited_only(),
            },
            said: known
                .decisions
                .get(id)
                .map_or_else(String::new, |d| d.reason.clone()),
            yes: decided == Some(true),
            no: decided == Some(false),
        })
        .collect();
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    rows
}

/// Names behind which nobody has been found, with who they might be.
async fn unnamed(
    t: T,
    reader: &mut Connection,
    at: &At,
    known: &Known,
) -> Result<Vec<Unnamed>, Error> {
    let mut rows = Vec::new();
    for line in &known.unnamed {
        let found = people::queries::search(reader, &line.name, 20).await?;
        let mut choices: Vec<Choice> = found
            .into_iter()
            .map(|p| {
                Choice::new(
                    p.id.clone(),
                    format!("{}, {}", p.names.get(t.lang), p.birth_year),
                    "",
                )
            })
            .collect();
        // Whoever was invited may have signed by another name.
        for (id, name) in &known.names {
            if !choices.iter().any(|c| c.value == *id) {
                choices.push(Choice::new(id.clone(), name.get(t.lang), ""));
            }
        }
        rows.push(Unnamed {
            name: line.name.clone(),
            href: format!(
                "{}/sheets/{}/lines/{}",
                at.href(),
                line.sheet_id,
                line.place
            ),
            field: format!("who-{}-{}", line.sheet_id, line.place),
            choices,
        });
    }
    Ok(rows)
}

fn doubts(t: T, at: &At, known: &Known) -> Vec<Doubtful> {
    known
        .marks
        .iter()
        .filter_map(|m| Some((m, m.why?)))
        .map(|(m, why): (_, Why)| Doubtful {
            name: named(&known.names, &m.person_id, t.lang).to_owned(),
            why: why.words(t),
            marked: instant_short(t.lang, m.marked_at, &at.zone),
            came: instant_short(t.lang, m.made_at, &at.zone),
        })
        .collect()
}

fn sheets(t: T, at: &At, known: &Known) -> Vec<SheetView> {
    let view = |(number, sheet): (u64, &Sheet)| {
        let href = format!("{}/sheets/{}", at.href(), sheet.id);
        SheetView {
            field: format!("why-{}", sheet.id),
            title: t.presence_sheet_title(number, instant_short(t.lang, sheet.keyed_at, &at.zone)),
            what: t.presence_sheet_what(sheet.lines, sheet.people),
            note: sheet.note.clone(),
            photos: (1_u64..)
                .zip(&sheet.photos)
                .map(|(place, _)| (format!("{href}/photos/{place}"), t.presence_photo(place)))
                .collect(),
            withdrawn: sheet.withdrawn.as_ref().map_or_else(String::new, |reason| {
                t.presence_sheet_is_withdrawn(reason.as_str())
            }),
            href,
        }
    };
    (1_u64..).zip(&known.sheets).map(view).collect()
}
