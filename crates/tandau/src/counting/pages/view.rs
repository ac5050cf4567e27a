//! A protocol to look at: figures with their checks beside the paper, what happened, and what may be done now.

use super::checks::{FindingRow, LineRow, findings, lines};
use super::story::{ChangeRow, HistoryRow, PaperView, changes, history, notes, paper};
use super::words::{self, WordsView};
use super::{Place, may, query, step};
use crate::commissions::{self, DecisionFields};
use crate::counting::actions::{is_determined, members_wanted};
use crate::counting::model::{FullVersion, ProtocolState, Weight, weight};
use crate::counting::queries;
use crate::counting::sheet::Sheet;
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::instant_long;
use crate::platform::web::{Choice, Ctx, FieldErrors, FormData, Shell, page, page_with_errors};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use electoral::protocol::{Finding, ProtocolEntry, Stage};

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
    sequence: u64,
    changed: String,
    notes: Vec<String>,
    lines: Vec<LineRow>,
    findings: Vec<FindingRow>,
    paper: Option<PaperView>,
    history: Vec<HistoryRow>,
    changes: Vec<ChangeRow>,
    words: WordsView,
    can: Offers,
    /// The fields of the act, where one may be taken; they come back as they were sent.
    act: Option<DecisionFields>,
    /// Members whom the act may have to name.
    members: Vec<Choice>,
    form: FormData,
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
    let (sent, errors) = (FormData::default(), FieldErrors::new());
    page(&build(&mut reader, &ctx, &place, sent, errors).await?)
}

/// The same page with what must be mended.
pub(super) async fn again(
    ctx: &Ctx,
    contest: &str,
    station: &str,
    sent: FormData,
    error: Error,
) -> Result<Response, Error> {
    let errors = FieldErrors::take(error)?;
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let place = Place::read(&mut reader, &acting, contest, station).await?;
    page_with_errors(&build(&mut reader, ctx, &place, sent, errors).await?)
}

async fn build(
    connection: &mut Connection,
    ctx: &Ctx,
    place: &Place,
    sent: FormData,
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
    let words = match &full {
        Some(full) => {
            let number = full.version.version;
            queries::words(connection, &unit.station_id, &unit.contest_id, number).await?
        }
        None => Vec::new(),
    };
    let live = sheet.check(entry, &words, Stage::Complete)?;
    // As put on record once it was sent: what the checks would say today is another matter.
    let shown: Vec<&Finding> = match &full {
        Some(full) if full.version.submitted_at.is_some() => {
            full.findings.iter().map(|r| &r.finding).collect()
        }
        _ => live.iter().collect(),
    };
    let findings = findings(ctx, &sheet, full.as_ref(), &live, draft, &errors);
    let can = offers(connection, &acting, place, full.as_ref(), is_newest, state).await?;
    let act = if can.act {
        let commission =
            commissions::queries::by_id(connection, &place.contest.commission_id).await?;
        Some(DecisionFields::of(ctx, connection, &commission).await?)
    } else {
        None
    };
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
        sequence: place.sequence(),
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
            &shown,
            if draft && can.edit {
                place.href()
            } else {
                String::new()
            },
            full.as_ref()
                .is_some_and(|f| f.version.confirmed_at.is_none()),
        )?,
        has_faults: live.iter().any(|f| {
            sheet
                .form()
                .is_ok_and(|form| weight(form, f) == Weight::Fault)
        }),
        as_paper: full.as_ref().is_some_and(|f| f.version.as_paper_says),
        findings,
        paper: paper(connection, ctx, place, full.as_ref()).await?,
        history: history(connection, ctx, place).await?,
        changes: changes(connection, ctx, place, &sheet, full.as_ref()).await?,
        members: members(ctx, &sheet, full.as_ref(), &sent, act.is_some())?,
        words: words::view(t, &sheet, entry, &words, &sent, draft && can.edit),
        can,
        act,
        form: sent,
        errors,
        title,
    })
}

/// Who carried an overfull box: the act names them.
fn members(
    ctx: &Ctx,
    sheet: &Sheet,
    full: Option<&FullVersion>,
    sent: &FormData,
    may_act: bool,
) -> Result<Vec<Choice>, Error> {
    let findings = full.map_or(&[][..], |f| f.findings.as_slice());
    if !may_act || members_wanted(sheet.form()?, findings) == 0 {
        return Ok(Vec::new());
    }
    let all = sheet.members.iter().chain(&sheet.barred);
    Ok(all
        .map(|member| {
            let field = format!("member-{}", member.id);
            let chosen = sent.ticked(&field);
            Choice {
                checked: chosen,
                ..Choice::new(field, member.names.get(ctx.lang()), "")
            }
        })
        .collect())
}

async fn offers(
    connection: &mut Connection,
    acting: &crate::platform::Acting,
    place: &Place,
    full: Option<&FullVersion>,
    is_newest: bool,
    state: ProtocolState,
) -> Result<Offers, Error> {
    if !is_newest {
        return Ok(Offers::default());
    }
    let unit = &place.unit;
    if is_determined(&unit.contest_state) {
        let decide = may(connection, acting, Action::ProtocolDecide, unit).await?;
        return Ok(Offers {
            reopen: decide && state == ProtocolState::Accepted,
            ..Offers::default()
        });
    }
    let enter = may(connection, acting, Action::ProtocolEnter, unit).await?;
    let chair = may(connection, acting, Action::ProtocolConfirm, unit).await?;
    let decide = may(connection, acting, Action::ProtocolDecide, unit).await?;
    let confirmed = full.is_some_and(|f| f.version.confirmed_at.is_some());
    let own = full.is_some_and(|f| {
        f.version.entered_by == acting.person()
            || f.version.submitted_by.as_deref() == Some(acting.person())
    });
    let sent = state.is_submitted();
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
