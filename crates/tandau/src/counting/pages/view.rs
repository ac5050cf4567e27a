//! A protocol to look at: figures with their checks beside the paper, what happened, and what may be done now.

use super::form::{label, line_number, sentence};
use super::{Place, may, query, step};
use crate::counting::model::{Act, FullVersion, ProtocolState, Weight, differences, weight};
use crate::counting::queries;
use crate::counting::sheet::{Sheet, language};
use crate::counting::store;
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::{date_short, instant_long, number};
use crate::platform::web::{Ctx, FieldErrors, Shell, page, page_with_errors};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use electoral::protocol::expression::{Comparison, Expr};
use electoral::protocol::{Audience, Check, Finding, Kind, LineKey, ProtocolEntry, Stage};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "counting/pages/view.html")]
struct ViewPage {
    s: Shell,
    errors: FieldErrors,
    where_: String,
    bar: Vec<&'static str>,
    href: String,
    title: String,
    shape: &'static str,
    state: String,
    version: u64,
    changed: String,
    notes: Vec<String>,
    lines: Vec<LineRow>,
    findings: Vec<FindingRow>,
    paper: Option<PaperView>,
    history: Vec<HistoryRow>,
    changes: Vec<ChangeRow>,
    can: Offers,
    decisions: Vec<Choice>,
    has_faults: bool,
    as_paper: bool,
}

/// What the page offers the one who reads it.
#[derive(Default)]
struct Offers {
    edit: bool,
    submit: bool,
    paper: bool,
    take_back: bool,
    confirm: bool,
    accept: bool,
    act: bool,
    give_back: bool,
    reopen: bool,
}

struct LineRow {
    number: usize,
    label: String,
    value: String,
    href: String,
    marks: Vec<Mark>,
}

struct Mark {
    shape: &'static str,
    text: String,
}

struct FindingRow {
    code: String,
    shape: &'static str,
    word: String,
    text: String,
    article: String,
    explanation: String,
    /// The field in which an explanation is asked for.
    field: String,
    error: String,
}

struct PaperView {
    href: String,
    is_picture: bool,
    caption: String,
}

struct HistoryRow {
    when: String,
    text: String,
    reason: String,
}

struct ChangeRow {
    label: String,
    before: String,
    after: String,
}

pub(super) struct Choice {
    pub(super) value: String,
    pub(super) text: String,
    pub(super) checked: bool,
}

/// `GET`: a step, the summary, or the protocol as it stands.
pub(super) async fn show(
    ctx: Ctx,
    Path((contest, station)): Path<(String, String)>,
) -> Result<Response, Error> {
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let place = Place::read(&mut reader, &acting, &contest, &station).await?;
    let may_enter = may(&mut reader, &acting, Action::ProtocolEnter, &place.unit).await?;
    if may_enter && step::is_open(&place) && !ctx.uri.path().ends_with("/decide") {
        let asked = query(&ctx, "step");
        let sheet = place.sheet(&mut reader, &ctx).await?;
        let group = if asked.is_empty() {
            let entry = step::entry_of(&mut reader, &place).await?;
            let fresh = place
                .protocol
                .as_ref()
                .is_none_or(|p| p.state != ProtocolState::Draft);
            if fresh {
                sheet
                    .form()?
                    .groups
                    .first()
                    .map_or_else(String::new, |g| g.id.clone())
            } else {
                step::first_open(&sheet, &entry)?
            }
        } else {
            asked.to_owned()
        };
        if group != "summary" {
            return step::show(&mut reader, &ctx, &place, &group).await;
        }
    }
    page(&build(&mut reader, &ctx, &place, FieldErrors::new()).await?)
}

/// The same page with what must be mended.
pub(super) async fn again(
    ctx: &Ctx,
    contest: &str,
    station: &str,
    error: Error,
) -> Result<Response, Error> {
    let errors = FieldErrors::take(error)?;
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let place = Place::read(&mut reader, &acting, contest, station).await?;
    page_with_errors(&build(&mut reader, ctx, &place, errors).await?)
}

/// Why the newest version was sent back; empty when it was not.
pub(super) async fn return_reason(
    connection: &mut Connection,
    place: &Place,
) -> Result<String, Error> {
    let unit = &place.unit;
    let history = queries::history(connection, &unit.station_id, &unit.contest_id).await?;
    let last = history.iter().rev().find(|l| {
        matches!(
            l.act,
            Act::Return | Act::Reopen | Act::TakeBack | Act::Submit
        )
    });
    Ok(match last {
        Some(line) if line.act != Act::Submit => line.reason.clone(),
        _ => String::new(),
    })
}

async fn build(
    connection: &mut Connection,
    ctx: &Ctx,
    place: &Place,
    errors: FieldErrors,
) -> Result<ViewPage, Error> {
    let t = ctx.t;
    let acting = ctx.acting()?;
    let sheet = place.sheet(connection, ctx).await?;
    let unit = &place.unit;
    let zone = unit.time_zone()?;
    let when = |at| instant_long(t.lang, at, &zone);
    let state = place
        .protocol
        .as_ref()
        .map_or(ProtocolState::Expected, |p| p.state);
    let full = match place.version() {
        0 => None,
        newest => {
            let asked = query(ctx, "version").parse().unwrap_or(newest);
            Some(queries::version(connection, &unit.station_id, &unit.contest_id, asked).await?)
        }
    };
    let empty = ProtocolEntry::new();
    let entry = full.as_ref().map_or(&empty, |f| &f.entry);
    let is_newest = full
        .as_ref()
        .is_none_or(|f| f.version.version == place.version());
    let draft = is_newest && step::is_open(place) && state == ProtocolState::Draft;
    let live = sheet.check(entry, Stage::Complete)?;
    let findings = findings(ctx, &sheet, full.as_ref(), &live, draft, &errors);
    let can = offers(
        connection,
        &acting,
        place,
        full.as_ref(),
        is_newest,
        state,
        &live,
    )
    .await?;
    let decisions = decisions(connection, ctx, place, can.act).await?;
    let title = if draft && can.edit {
        t.counting_summary_title()
    } else {
        t.counting_protocol_title(place.name(ctx))
    };
    let steps = sheet.form()?.groups.len() + 1;
    Ok(ViewPage {
        s: ctx.shell("office", title.clone(), place.crumbs(ctx)),
        where_: if draft && can.edit {
            step::where_(ctx, place, steps, steps)
        } else {
            String::new()
        },
        bar: if draft && can.edit {
            step::bar(steps - 1, steps)
        } else {
            Vec::new()
        },
        href: place.href(),
        shape: state.shape(),
        state: if place.protocol.as_ref().is_some_and(|p| p.accepted_with_act) {
            t.counting_act_accepted_with_act()
        } else {
            t.word(&state.key())
        },
        version: full.as_ref().map_or(0, |f| f.version.version),
        changed: place
            .protocol
            .as_ref()
            .map(|p| when(p.changed_at))
            .unwrap_or_default(),
        notes: notes(connection, ctx, place, full.as_ref()).await?,
        lines: lines(
            ctx,
            &sheet,
            entry,
            &live,
            if draft && can.edit {
                place.href()
            } else {
                String::new()
            },
        )?,
        has_faults: live.iter().any(|f| {
            sheet
                .form()
                .is_ok_and(|form| weight(form, f) == Weight::Fault)
        }),
        as_paper: full.as_ref().is_some_and(|f| f.version.as_paper_says),
        findings,
        paper: paper(connection, ctx, full.as_ref()).await?,
        history: history(connection, ctx, place).await?,
        changes: changes(connection, ctx, place, &sheet, full.as_ref()).await?,
        can,
        decisions,
        errors,
        title,
    })
}

async fn offers(
    connection: &mut Connection,
    acting: &crate::platform::Acting,
    place: &Place,
    full: Option<&FullVersion>,
    is_newest: bool,
    state: ProtocolState,
    live: &[Finding],
) -> Result<Offers, Error> {
    if !is_newest {
        return Ok(Offers::default());
    }
    let unit = &place.unit;
    let enter = may(connection, acting, Action::ProtocolEnter, unit).await?;
    let chair = may(connection, acting, Action::ProtocolConfirm, unit).await?;
    let decide = may(connection, acting, Action::ProtocolDecide, unit).await?;
    let confirmed = full.is_some_and(|f| f.version.confirmed_at.is_some());
    let own = full.is_some_and(|f| {
        f.version.entered_by == acting.person()
            || f.version.submitted_by.as_deref() == Some(acting.person())
    });
    let sent = state.is_submitted();
    let _ = live;
    Ok(Offers {
        edit: enter && step::is_open(place),
        submit: enter && state == ProtocolState::Draft,
        paper: enter && !matches!(state, ProtocolState::Expected | ProtocolState::Returned),
        take_back: enter && sent && !confirmed,
        confirm: chair && sent && !confirmed && !own,
        accept: decide && state == ProtocolState::Submitted && confirmed,
        act: decide && state == ProtocolState::SubmittedWithFaults && confirmed,
        give_back: decide && sent && confirmed,
        reopen: decide && state == ProtocolState::Accepted,
    })
}

async fn decisions(
    connection: &mut Connection,
    ctx: &Ctx,
    place: &Place,
    wanted: bool,
) -> Result<Vec<Choice>, Error> {
    if !wanted {
        return Ok(Vec::new());
    }
    let all = store::decisions_for_act(connection, &place.contest.commission_id).await?;
    Ok(all
        .into_iter()
        .map(|d| Choice {
            text: ctx.t.counting_decision_choice(
                date_short(ctx.lang(), d.decided_on),
                d.number,
                d.title.get(ctx.lang()).to_owned(),
            ),
            value: d.id,
            checked: false,
        })
        .collect())
}

/// Who confirmed, who decided and why, in sentences.
async fn notes(
    connection: &mut Connection,
    ctx: &Ctx,
    place: &Place,
    full: Option<&FullVersion>,
) -> Result<Vec<String>, Error> {
    let t = ctx.t;
    let mut notes = Vec::new();
    let Some(full) = full else {
        return Ok(vec![t.counting_nothing_yet()]);
    };
    let version = &full.version;
    if version.submitted_at.is_some()
        && version.confirmed_at.is_none()
        && version.state.is_submitted()
    {
        notes.push(t.counting_waits_for_chair());
    }
    if version.as_paper_says {
        notes.push(t.counting_as_paper_note());
    }
    if version.state == ProtocolState::Returned && place.version() == version.version {
        let reason = return_reason(connection, place).await?;
        notes.push(format!("{} {reason}", t.counting_returned_because()));
    }
    if let Some(id) = &version.act_decision_id
        && let Some(decision) = queries::act_decision(connection, id).await?
    {
        notes.push(t.counting_act_note(
            date_short(t.lang, decision.decided_on),
            version.act_fault.clone(),
            decision.number,
        ));
    }
    Ok(notes)
}

fn lines(
    ctx: &Ctx,
    sheet: &Sheet,
    entry: &ProtocolEntry,
    live: &[Finding],
    edit: String,
) -> Result<Vec<LineRow>, Error> {
    let t = ctx.t;
    let form = sheet.form()?;
    let mut marks = marks(ctx, sheet, entry, live);
    let mut rows = Vec::new();
    for line in &form.lines {
        let keys: Vec<LineKey> = match line.kind {
            Kind::Single => LineKey::single(&line.id).into_iter().collect(),
            kind => {
                let mut items = sheet.items(kind, entry);
                let typed: Vec<String> = entry
                    .figures(&line.id)
                    .filter_map(|(key, _)| key.item_id().map(str::to_owned))
                    .filter(|id| !items.contains(id))
                    .collect();
                items.extend(typed);
                items
                    .iter()
                    .filter_map(|i| LineKey::item(&line.id, i).ok())
                    .collect()
            }
        };
        let last = keys.len().saturating_sub(1);
        for (place, key) in keys.iter().enumerate() {
            rows.push(LineRow {
                number: line_number(sheet, &line.id),
                label: label(t, sheet, key),
                value: entry
                    .values
                    .get(key)
                    .map_or_else(|| "–".to_owned(), |n| number(t.lang, *n)),
                href: if edit.is_empty() || place > 0 {
                    String::new()
                } else {
                    format!("{edit}?step={}", line.group)
                },
                marks: if place == last {
                    marks.remove(line.id.as_str()).unwrap_or_default()
                } else {
                    Vec::new()
                },
            });
        }
    }
    Ok(rows)
}

/// Every check that arithmetic can say, at the line it explains: `431 + 187 = 618`.
fn marks<'s>(
    ctx: &Ctx,
    sheet: &'s Sheet,
    entry: &ProtocolEntry,
    live: &[Finding],
) -> BTreeMap<&'s str, Vec<Mark>> {
    let mut marks: BTreeMap<&str, Vec<Mark>> = BTreeMap::new();
    let Some(form) = sheet.rules.protocol.as_ref() else {
        return marks;
    };
    for check in &form.checks {
        let Some(line) = line_of(check) else { continue };
        let finding = live.iter().find(|f| f.code == check.code);
        let mark = match finding {
            Some(finding) => Mark {
                shape: if weight(form, finding) == Weight::Explain {
                    "attention"
                } else {
                    "trouble"
                },
                text: format!(
                    "{}: {}",
                    check.code,
                    arithmetic(ctx, sheet, entry, check).unwrap_or_default()
                ),
            },
            None => match arithmetic(ctx, sheet, entry, check) {
                Some(text) => Mark {
                    shape: "done",
                    text,
                },
                None => continue,
            },
        };
        marks.entry(line).or_default().push(mark);
    }
    marks
}

/// The line at which a check is shown: the one that stands alone on its side, else the first.
fn line_of(check: &Check) -> Option<&str> {
    let relation = check.relation.as_ref()?;
    match (&relation.left, &relation.right) {
        (Expr::Line(id), _) | (_, Expr::Line(id)) => Some(id),
        _ => relation.lines().first().map(|(id, _)| *id),
    }
}

/// A relation with its figures in place of its lines; nothing while one is missing.
fn arithmetic(ctx: &Ctx, sheet: &Sheet, entry: &ProtocolEntry, check: &Check) -> Option<String> {
    let relation = check.relation.as_ref()?;
    let sign = match relation.comparison {
        Comparison::Equal => "=",
        Comparison::AtMost => "≤",
        Comparison::AtLeast => "≥",
        Comparison::Below => "<",
        Comparison::Above => ">",
    };
    let left = side(ctx, sheet, entry, &relation.left)?;
    let right = side(ctx, sheet, entry, &relation.right)?;
    let holds = relation
        .sides(&|id, summed| figure(sheet, entry, id, summed))
        .ok()?
        .holds;
    let sign = match (holds, relation.comparison) {
        (false, Comparison::Equal) => "≠",
        (false, Comparison::AtMost) => ">",
        (false, Comparison::AtLeast) => "<",
        _ => sign,
    };
    Some(match relation.comparison {
        // The sum first, as one adds up on paper.
        Comparison::Equal if matches!(relation.left, Expr::Line(_)) => {
            format!("{right} {sign} {left}")
        }
        _ => format!("{left} {sign} {right}"),
    })
}

fn figure(sheet: &Sheet, entry: &ProtocolEntry, id: &str, summed: bool) -> Option<u128> {
    let line = sheet.rules.protocol.as_ref()?.line(id)?;
    if summed {
        return entry
            .figures(id)
            .try_fold(0_u128, |sum, (_, n)| sum.checked_add(u128::from(n)));
    }
    match (line.kind, entry.single(id)) {
        (Kind::Single, Some(n)) => Some(u128::from(n)),
        (Kind::Single, None) if !line.required => Some(0),
        _ => None,
    }
}

fn side(ctx: &Ctx, sheet: &Sheet, entry: &ProtocolEntry, expr: &Expr) -> Option<String> {
    let shown = |n: u128| number(ctx.lang(), i128::try_from(n).unwrap_or(i128::MAX));
    Some(match expr {
        Expr::Number(n) => number(ctx.lang(), *n),
        Expr::Line(id) => shown(figure(sheet, entry, id, false)?),
        Expr::Sum(id) => {
            let parts: Vec<String> = entry
                .figures(id)
                .map(|(_, n)| number(ctx.lang(), n))
                .collect();
            if parts.is_empty() {
                "0".to_owned()
            } else {
                parts.join(" + ")
            }
        }
        Expr::Add(a, b) => format!(
            "{} + {}",
            side(ctx, sheet, entry, a)?,
            side(ctx, sheet, entry, b)?
        ),
        Expr::Sub(a, b) => format!(
            "{} \u{2212} {}",
            side(ctx, sheet, entry, a)?,
            side(ctx, sheet, entry, b)?
        ),
        // A limit that is computed is clearer in the sentence of its check.
        Expr::Percent(..) | Expr::Ceil(_) => return None,
    })
}

fn findings(
    ctx: &Ctx,
    sheet: &Sheet,
    full: Option<&FullVersion>,
    live: &[Finding],
    draft: bool,
    errors: &FieldErrors,
) -> Vec<FindingRow> {
    let t = ctx.t;
    let (Some(form), Some(full)) = (sheet.rules.protocol.as_ref(), full) else {
        return Vec::new();
    };
    let row = |finding: &Finding, explanation: String| {
        let weight = weight(form, finding);
        let field = format!("explain-{}", finding.code);
        FindingRow {
            shape: if weight == Weight::Explain {
                "attention"
            } else {
                "trouble"
            },
            word: match weight {
                Weight::Mend => t.counting_weight_mend(),
                Weight::Fault => t.counting_weight_fault(),
                Weight::Explain => t.counting_weight_explain(),
            },
            text: if draft {
                sentence(t, sheet, finding)
            } else {
                finding.text(form, Audience::Decider, language(t.lang), &|id| {
                    sheet.item_name(id, t.lang)
                })
            },
            article: if finding.article.is_empty() {
                String::new()
            } else {
                t.counting_article(finding.article.clone())
            },
            error: errors.of(&field).to_owned(),
            field: if draft && weight == Weight::Explain {
                field
            } else {
                String::new()
            },
            code: finding.code.clone(),
            explanation,
        }
    };
    if draft {
        let mut rows: Vec<FindingRow> = Vec::new();
        for finding in live {
            let mut made = row(finding, String::new());
            if rows
                .iter()
                .any(|r| !r.field.is_empty() && r.field == made.field)
            {
                made.field = String::new();
            }
            rows.push(made);
        }
        return rows;
    }
    full.findings
        .iter()
        .map(|r| row(&r.finding, r.explanation.clone()))
        .collect()
}

async fn paper(
    connection: &mut Connection,
    ctx: &Ctx,
    full: Option<&FullVersion>,
) -> Result<Option<PaperView>, Error> {
    let Some(id) = full.and_then(|f| f.version.file_id.as_ref()) else {
        return Ok(None);
    };
    let file = ctx.app.files.find(connection, id).await?;
    Ok(Some(PaperView {
        href: format!("/files/{}", file.id),
        is_picture: file.media_type.starts_with("image/"),
        caption: ctx.t.counting_paper_caption(
            full.map_or_else(String::new, |f| f.version.version.to_string()),
        ),
    }))
}

async fn history(
    connection: &mut Connection,
    ctx: &Ctx,
    place: &Place,
) -> Result<Vec<HistoryRow>, Error> {
    let t = ctx.t;
    let unit = &place.unit;
    let zone = unit.time_zone()?;
    let mut rows: Vec<HistoryRow> = Vec::new();
    let lines = queries::history(connection, &unit.station_id, &unit.contest_id).await?;
    let mut saves = 0_u64;
    for (place, line) in lines.iter().enumerate() {
        // A run of saves by the same person is one line.
        if line.act == Act::Save {
            saves += 1;
            let more = lines.get(place + 1).is_some_and(|next| {
                next.act == Act::Save
                    && next.made_by == line.made_by
                    && next.version == line.version
            });
            if more {
                continue;
            }
        }
        let who = queries::person_name(connection, &line.made_by).await?;
        let office = t.word(&format!("office-{}", line.office.replace('.', "-")));
        let text = t.counting_history_line(
            t.word(&line.act.key()),
            office,
            line.version.to_string(),
            who.get(t.lang).to_owned(),
        );
        rows.push(HistoryRow {
            when: instant_long(t.lang, line.at, &zone),
            text: if saves > 1 && line.act == Act::Save {
                format!("{text} ({saves})")
            } else {
                text
            },
            reason: line.reason.clone(),
        });
        saves = 0;
    }
    rows.reverse();
    Ok(rows)
}

/// What this version says otherwise than the one before.
async fn changes(
    connection: &mut Connection,
    ctx: &Ctx,
    place: &Place,
    sheet: &Sheet,
    full: Option<&FullVersion>,
) -> Result<Vec<ChangeRow>, Error> {
    let t = ctx.t;
    let unit = &place.unit;
    let Some(full) = full.filter(|f| f.version.version > 1) else {
        return Ok(Vec::new());
    };
    let former = queries::values(
        connection,
        &unit.station_id,
        &unit.contest_id,
        full.version.version - 1,
    )
    .await?;
    let show = |figure: Option<u64>| figure.map_or_else(|| "–".to_owned(), |n| number(t.lang, n));
    Ok(differences(&former, &full.entry)
        .into_iter()
        .map(|d| ChangeRow {
            label: t.counting_numbered(
                label(t, sheet, &d.key),
                line_number(sheet, d.key.line()).to_string(),
            ),
            before: show(d.before),
            after: show(d.after),
        })
        .collect())
}
