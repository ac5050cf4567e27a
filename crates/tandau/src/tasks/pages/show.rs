//! `/office/tasks/{id}`: everything about one task on one page.

use super::words::{self, Places};
use crate::platform::database::Connection;
use crate::platform::i18n::{instant_long, instant_short, told};
use crate::platform::web::{
    Choice, Crumb, Ctx, FieldErrors, FormData, Shell, page as render, page_with_status,
};
use crate::platform::{Error, ids};
use crate::tasks::model::{Cause, EventKind, Happened, Task};
use crate::tasks::owners::Owners;
use crate::tasks::powers::{self, Hands};
use crate::tasks::queries::{self, BodyNames};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use jiff::tz::TimeZone;

/// What the reader may do now.
struct Can {
    accept: bool,
    dispute: bool,
    report: bool,
    verify: bool,
    send_back: bool,
    withdraw: bool,
    reassign: bool,
    move_deadline: bool,
    note: bool,
    /// It waits for somebody else to look at it: the reader reported it.
    own_report: bool,
}

impl Can {
    fn of(hands: &Hands, task: &Task) -> Self {
        let may = |event| hands.may(task, event);
        Self {
            accept: may(EventKind::Accepted),
            dispute: may(EventKind::Disputed),
            report: may(EventKind::Reported),
            verify: may(EventKind::Verified),
            send_back: may(EventKind::Returned),
            withdraw: may(EventKind::Withdrawn),
            reassign: may(EventKind::Reassigned),
            move_deadline: may(EventKind::Moved),
            note: may(EventKind::Noted),
            own_report: hands.reported()
                && hands.hold(EventKind::Verified)
                && task.state.after(EventKind::Verified).is_some(),
        }
    }

    const fn nothing(&self) -> bool {
        !(self.accept
            || self.dispute
            || self.report
            || self.verify
            || self.send_back
            || self.withdraw
            || self.reassign
            || self.move_deadline
            || self.note)
    }
}

struct Evidence {
    href: String,
    picture: bool,
    caption: String,
}

struct Past {
    when: String,
    what: String,
    who: String,
    text: String,
    more: String,
    papers: Vec<Evidence>,
}

#[derive(Template)]
#[template(path = "tasks/pages/show.html")]
struct ShowPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    href: String,
    events: u64,
    as_of: String,
    shape: &'static str,
    state: String,
    left: String,
    late: bool,
    due: String,
    place: String,
    place_href: String,
    who: String,
    raised: Vec<String>,
    verifier: String,
    severity: String,
    origin: String,
    given: String,
    detail: String,
    /// What a report of completion must bring along.
    needed: String,
    /// Where it came from, for commissions.
    origin_href: String,
    /// Pages that belong to where it came from.
    beside: Vec<(String, String)>,
    /// The question of a checklist that it is about; its page, where that is another one.
    item: String,
    item_href: String,
    /// What the reader had written when somebody else was faster.
    wrote: String,
    can: Can,
    kinds: Vec<Choice>,
    due_date: String,
    due_time: String,
    history: Vec<Past>,
}

/// The page of a task for whoever may see it.
async fn build(
    ctx: &Ctx,
    id: &str,
    form: FormData,
    errors: FieldErrors,
) -> Result<ShowPage, Error> {
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    let (t, lang) = (ctx.t, ctx.lang());
    let acting = ctx.acting()?;
    let (now, day) = (acting.now(), acting.today());
    let mut reader = ctx.read().await?;
    let task = queries::by_id(&mut reader, id).await?;
    let hands = powers::of(&mut reader, &acting, &task).await?;
    if !hands.sees() {
        return Err(Error::Forbidden("task.see"));
    }
    let place = Places::default().of(&mut reader, &task, lang, day).await?;
    let mut names = BodyNames::default();
    let who = names.of(&mut reader, &task.addressee, day).await?;
    let mut raised = Vec::new();
    for (addressee, cause) in queries::addressees(&mut reader, id).await? {
        if cause == Cause::Escalated {
            let name = names.of(&mut reader, &addressee, day).await?;
            raised.push(name.get(lang).to_owned());
        }
    }
    let verifier = crate::tasks::Addressee {
        kind: crate::tasks::Addressee::COMMISSION.to_owned(),
        area_id: task.verifier_area_id.clone(),
    };
    let verifier = names.of(&mut reader, &verifier, day).await?;
    let mut history = Vec::new();
    for one in queries::history(&mut reader, id).await? {
        history.push(
            past(
                ctx,
                &mut reader,
                &mut names,
                (&hands, &place.zone),
                &task,
                one,
            )
            .await?,
        );
    }
    let (shape, state) = words::state(t, task.state);
    let needed: Vec<String> = task
        .evidence
        .iter()
        .map(|one| t.word(&format!("tasks-needed-{}", one.as_str())))
        .collect();
    let owners = Owners::of(&ctx.app);
    let mut origin_href = String::new();
    let mut beside = Vec::new();
    let mut item_href = String::new();
    let asked = owners.item_words(&mut reader, &ctx.app, &task).await?;
    if hands.follows() {
        if let Some(owner) = owners.find(&task.origin) {
            origin_href = owner.href(&mut reader, &task).await?.unwrap_or_default();
            beside = owner.beside(&mut reader, &acting, &task).await?;
        }
        item_href = owners
            .item_href(&task)
            .filter(|href| *href != origin_href)
            .unwrap_or_default();
    }
    let wrote = if errors.of(CHANGED).is_empty() {
        ""
    } else {
        WRITTEN
            .iter()
            .map(|field| form.text(field))
            .find(|text| !text.is_empty())
            .unwrap_or_default()
    }
    .to_owned();
    let local = task.due_at.to_zoned_datetime(place.zone.clone());
    let title = task.title.get(lang).to_owned();
    let crumbs = vec![
        Crumb::to("/office", t.shell_nav_office()),
        Crumb::to("/office/tasks", t.tasks_title()),
        Crumb::here(title.clone()),
    ];
    Ok(ShowPage {
        s: ctx.shell("office", title, crumbs),
        href: format!("/office/tasks/{}", task.id),
        events: task.events,
        as_of: instant_long(lang, now, &place.zone),
        shape,
        state,
        left: words::left(t, &task, now),
        late: task.is_overdue(now),
        due: instant_long(lang, task.due_at, &place.zone),
        place: place.name.clone(),
        place_href: place.href.clone(),
        who: who.get(lang).to_owned(),
        raised,
        verifier: verifier.get(lang).to_owned(),
        severity: words::severity(t, task.severity),
        origin: t.word(&format!("tasks-origin-{}", task.origin)),
        given: instant_long(lang, task.opened_at, &place.zone),
        detail: task.detail.clone(),
        needed: needed.join(", "),
        origin_href,
        beside,
        item: match asked {
            Some(asked) => asked.get(lang).to_owned(),
            None if item_href.is_empty() => String::new(),
            None => t.tasks_item_link(),
        },
        item_href,
        wrote,
        can: Can::of(&hands, &task),
        kinds: super::new::addressee_kinds(t, or(&form, "reassign_kind", &task.addressee.kind)),
        due_date: or(&form, "move_date", &local.date().to_string()).to_owned(),
        due_time: or(&form, "move_time", &local.strftime("%H:%M").to_string()).to_owned(),
        history,
        form,
        errors,
    })
}

/// What the form says, else what is so now.
fn or<'a>(form: &'a FormData, field: &str, now: &'a str) -> &'a str {
    Some(form.text(field))
        .filter(|text| !text.is_empty())
        .unwrap_or(now)
}

/// An event as its reader may know it: names of people stay within the commissions.
async fn past(
    ctx: &Ctx,
    connection: &mut Connection,
    names: &mut BodyNames,
    (hands, zone): (&Hands, &TimeZone),
    task: &Task,
    one: Happened,
) -> Result<Past, Error> {
    let (t, lang) = (ctx.t, ctx.lang());
    let mut who = t.word(&format!("office-{}", one.office.replace('.', "-")));
    if let Some(area) = &one.office_area {
        who = format!("{who} · {}", area.get(lang));
    }
    let in_commission = !one.office.starts_with("body.");
    if let Some(name) = one.name.filter(|_| in_commission && hands.follows()) {
        who = format!("{who} · {}", name.get(lang));
    }
    let mut more = Vec::new();
    if let Some(to) = &one.to {
        let name = names.of(connection, to, ctx.app.today()).await?;
        more.push(t.tasks_history_to(name.get(lang)));
    }
    if let Some(due) = one.due_at {
        more.push(t.tasks_history_due(instant_short(lang, due, zone)));
    }
    Ok(Past {
        when: instant_long(lang, one.at, zone),
        what: t.word(&format!("event-task-{}", one.kind.as_str())),
        who,
        text: told(lang, &one.text).to_owned(),
        more: more.join("; "),
        papers: one
            .papers
            .iter()
            .map(|paper| Evidence {
                href: format!(
                    "/office/tasks/{}/papers/{}/{}",
                    task.id, one.sequence, paper.position
                ),
                picture: paper.media_type != "application/pdf",
                caption: t.tasks_evidence_number(paper.position),
            })
            .collect(),
    })
}

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    render(&build(&ctx, &id, FormData::default(), FieldErrors::new()).await?)
}

/// The field under which a form says how much of the task its sender had seen.
const CHANGED: &str = "events";
/// Fields with words that somebody took time to write.
const WRITTEN: [&str; 7] = [
    "report_text",
    "return_reason",
    "dispute_reason",
    "note_text",
    "move_reason",
    "reassign_reason",
    "withdraw_reason",
];

/// The same page with what is to be mended, or after somebody else was faster: with what its reader wrote.
pub(super) async fn again(
    ctx: &Ctx,
    id: &str,
    form: FormData,
    error: Error,
) -> Result<Response, Error> {
    let (errors, status) = FieldErrors::or_conflict(error, CHANGED)?;
    page_with_status(&build(ctx, id, form, errors).await?, status)
}
