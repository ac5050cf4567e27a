//! What happened to a protocol: who confirmed and decided, its paper, its history, its versions.

use super::Place;
use super::form::{label, line_number};
use crate::counting::model::{Act, FullVersion, ProtocolState, differences};
use crate::counting::queries;
use crate::counting::sheet::Sheet;
use crate::platform::Error;
use crate::platform::database::Connection;
use crate::platform::i18n::{date_short, instant_long, number};
use crate::platform::web::Ctx;

pub(super) struct PaperView {
    pub(super) href: String,
    pub(super) is_picture: bool,
    pub(super) caption: String,
    /// Why it came after another, or after the confirmation.
    pub(super) reason: String,
    /// Papers of the same version that came before it.
    pub(super) former: Vec<FormerPaper>,
}

pub(super) struct FormerPaper {
    pub(super) href: String,
    pub(super) text: String,
    pub(super) reason: String,
}

pub(super) struct HistoryRow {
    pub(super) when: String,
    pub(super) text: String,
    pub(super) reason: String,
}

pub(super) struct ChangeRow {
    pub(super) label: String,
    pub(super) before: String,
    pub(super) after: String,
}

/// Who confirmed, who decided and why, in sentences.
pub(super) async fn notes(
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

/// The newest scan of the signed paper, and those before it.
pub(super) async fn paper(
    connection: &mut Connection,
    ctx: &Ctx,
    place: &Place,
    full: Option<&FullVersion>,
) -> Result<Option<PaperView>, Error> {
    let t = ctx.t;
    let Some(full) = full else { return Ok(None) };
    let unit = &place.unit;
    let zone = unit.time_zone()?;
    let mut papers: Vec<_> = queries::papers(connection, &unit.station_id, &unit.contest_id)
        .await?
        .into_iter()
        .filter(|paper| paper.version == full.version.version)
        .collect();
    let Some(newest) = papers.pop() else {
        return Ok(None);
    };
    let file = ctx.app.files.find(connection, &newest.file_id).await?;
    Ok(Some(PaperView {
        href: format!("/files/{}", file.id),
        is_picture: file.media_type.starts_with("image/"),
        caption: t.counting_paper_caption(full.version.version.to_string()),
        reason: newest.reason,
        former: papers
            .into_iter()
            .rev()
            .map(|paper| FormerPaper {
                href: format!("/files/{}", paper.file_id),
                text: t.counting_paper_former(instant_long(t.lang, paper.attached_at, &zone)),
                reason: paper.reason,
            })
            .collect(),
    }))
}

/// What happened, the newest first.
pub(super) async fn history(
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
pub(super) async fn changes(
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
