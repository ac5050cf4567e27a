//! The office's calendar: other dates for a step, with the reason; what was done.

use super::calendar::{Step, Which, moment, zone_sentence};
use super::{Choice, office_shell, parse_moment};
use crate::commissions::model::Commission;
use crate::commissions::{Asked, BasisFields, Purpose, own_commission, read_basis, titled};
use crate::elections::actions::{self, PlanStep};
use crate::elections::calendar::{EntryKind, Item, Plan, Progress};
use crate::elections::{Contest, Election, queries};
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::instant_long;
use crate::platform::web::{
    Ctx, FieldErrors, FormData, Shell, fields, page, page_with_errors, see,
};
use crate::platform::{Error, Lang, T, access, ids};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;

#[derive(Template)]
#[template(path = "elections/pages/office_calendar.html")]
struct Page {
    s: Shell,
    title: String,
    about: String,
    zone: String,
    election_id: String,
    suffix: String,
    groups: Vec<Group>,
    others: Vec<Other>,
}

/// Steps that stand alike.
struct Group {
    heading: String,
    steps: Vec<Step>,
}

/// A contest whose calendar this office keeps too.
struct Other {
    href: String,
    text: String,
}

/// What is wrong first, what is due next, the rest behind.
const GROUPS: [&[Progress]; 3] = [
    &[Progress::Late],
    &[Progress::Due],
    &[
        Progress::Ahead,
        Progress::Undated,
        Progress::Done,
        Progress::Passed,
        Progress::NotNeeded,
    ],
];

/// The calendar an office works on: the whole election's, or one contest's.
struct Kept {
    election: Election,
    contest: Option<Contest>,
}

impl Kept {
    fn contest(&self) -> Option<&Contest> {
        self.contest.as_ref()
    }

    /// Id of the contest as calendar entries write it.
    fn contest_id(&self) -> &str {
        self.contest.as_ref().map_or("", |c| c.id.as_str())
    }

    /// Where the power over this calendar is asked for.
    fn area_id(&self) -> &str {
        self.contest()
            .map_or(&self.election.area_id, |c| &c.area_id)
    }

    /// What follows the address of a page of this calendar.
    fn suffix(&self) -> String {
        self.contest()
            .map(|c| format!("?contest={}", c.area_code))
            .unwrap_or_default()
    }

    fn about(&self, lang: Lang) -> String {
        let names = self.contest().map_or(&self.election.title, |c| &c.names);
        names.get(lang).to_owned()
    }
}

pub(super) async fn show(
    ctx: Ctx,
    Path(id): Path<String>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let mut connection = ctx.read().await?;
    let others = mine(&ctx, &mut connection, &id).await?;
    let kept = match open(&ctx, &mut connection, &id, &which).await {
        // Who keeps no calendar of the whole election is led to the own contest.
        Err(Error::Forbidden(_)) if which.contest.is_empty() && !others.is_empty() => {
            return match others.as_slice() {
                [only] => Ok(see(&only.href)),
                _ => choose(&ctx, &mut connection, &id, others).await,
            };
        }
        other => other?,
    };
    let (election, contest) = (&kept.election, kept.contest());
    let pack = ctx.app.rules.get(&election.rules_id)?;
    let plan = queries::plan_as_recorded(&mut connection, &ctx.app, election, contest).await?;
    let (t, now) = (ctx.t, ctx.app.clock.now());
    let headings = [
        t.elections_office_late(),
        t.elections_office_due(),
        t.elections_office_rest(),
    ];
    let groups = GROUPS
        .iter()
        .zip(headings)
        .map(|(of, heading)| Group {
            heading,
            steps: plan
                .items
                .iter()
                .filter(|item| of.contains(&item.progress(now)))
                .map(|item| Step::of(t, &pack, &plan, item, now))
                .collect(),
        })
        .filter(|group| !group.steps.is_empty())
        .collect();
    page(&Page {
        s: office_shell(&ctx, election, t.elections_calendar_title()),
        title: t.elections_calendar_title(),
        about: kept.about(t.lang),
        zone: zone_sentence(t, &plan),
        suffix: kept.suffix(),
        groups,
        others,
        election_id: kept.election.id,
    })
}

/// Several contests and no power over the whole: the office chooses.
async fn choose(
    ctx: &Ctx,
    connection: &mut Connection,
    id: &str,
    others: Vec<Other>,
) -> Result<Response, Error> {
    let election = queries::election(connection, id).await?;
    page(&Page {
        s: office_shell(ctx, &election, ctx.t.elections_calendar_title()),
        title: ctx.t.elections_calendar_title(),
        about: election.title.get(ctx.lang()).to_owned(),
        zone: String::new(),
        suffix: String::new(),
        groups: Vec::new(),
        others,
        election_id: election.id,
    })
}

/// Contests whose calendar this office may change.
async fn mine(ctx: &Ctx, connection: &mut Connection, id: &str) -> Result<Vec<Other>, Error> {
    let election = queries::election(connection, id).await?;
    let acting = ctx.acting()?;
    let mut found = Vec::new();
    for contest in queries::contests(connection, &election.id).await? {
        let state = Some(election.state.as_str());
        let action = Action::CalendarChange;
        if acting
            .may(connection, action, &contest.area_id, state)
            .await?
        {
            found.push(Other {
                href: format!(
                    "/office/elections/{}/calendar?contest={}",
                    election.id, contest.area_code
                ),
                text: format!(
                    "{}, {}",
                    contest.names.get(ctx.lang()),
                    contest.region_names.get(ctx.lang())
                ),
            });
        }
    }
    Ok(found)
}

/// The calendar asked for, if this office may change it.
async fn open(
    ctx: &Ctx,
    connection: &mut Connection,
    id: &str,
    which: &Which,
) -> Result<Kept, Error> {
    let election = queries::election(connection, id).await?;
    let contest = match which.contest.as_str() {
        "" => None,
        code => Some(queries::contest_of(connection, &election.id, code).await?),
    };
    let area = contest.as_ref().map_or(&election.area_id, |c| &c.area_id);
    access::require(
        connection,
        &ctx.app.policy,
        ctx.acting()?.actor(),
        Action::CalendarChange,
        area,
        Some(election.state.as_str()),
    )
    .await?;
    Ok(Kept { election, contest })
}

#[derive(Template)]
#[template(path = "elections/pages/office_step.html")]
struct StepPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    election_id: String,
    suffix: String,
    about: String,
    step: Step,
    zone: String,
    kinds: Vec<Choice>,
    basis: BasisFields,
    version: u64,
    from: String,
    until: String,
    done_on: String,
    history: Vec<Past>,
}

struct Past {
    word: String,
    at: String,
    dates: String,
    reason: String,
}

async fn step_page(
    ctx: &Ctx,
    connection: &mut Connection,
    kept: Kept,
    step: &str,
    errors: FieldErrors,
    form: FormData,
) -> Result<StepPage, Error> {
    let (election, contest) = (&kept.election, kept.contest());
    let pack = ctx.app.rules.get(&election.rules_id)?;
    let plan = queries::plan_as_recorded(connection, &ctx.app, election, contest).await?;
    let item = plan.item(step).ok_or(Error::NotFound)?;
    let t = ctx.t;
    let asked = Asked {
        purpose: Purpose::Calendar,
        area_id: kept.area_id(),
        election_id: Some(&election.id),
        contest_id: contest.map(|c| c.id.as_str()),
        not_before: None,
        not_after: None,
    };
    let deciding = own_commission(ctx, connection, kept.area_id()).await?;
    let basis = BasisFields::of(ctx, connection, &asked, deciding.as_ref(), true, &form).await?;
    let entries = queries::entries(connection, &election.id, kept.contest_id()).await?;
    let version = entries
        .iter()
        .filter(|e| e.step == step && e.contest_id == kept.contest_id())
        .map(|e| e.version)
        .max();
    let history = entries
        .into_iter()
        .filter(|e| e.step == step)
        .map(|entry| Past {
            word: kind_word(t, entry.kind),
            at: instant_long(t.lang, entry.made_at, &plan.zone),
            dates: [entry.from, entry.until, entry.done_at]
                .into_iter()
                .flatten()
                .map(|at| moment(t.lang, at, &plan.zone))
                .collect::<Vec<_>>()
                .join(" – "),
            reason: entry.reason,
        })
        .collect();
    let sent = form.text("kind").to_owned();
    let today = ctx.app.clock.today(&plan.zone);
    Ok(StepPage {
        s: office_shell(ctx, election, t.elections_calendar_title()),
        errors,
        zone: zone_sentence(t, &plan),
        kinds: EntryKind::ALL
            .iter()
            .map(|kind| Choice::new(kind.as_str(), kind_word(t, *kind), &sent))
            .collect(),
        basis,
        version: version.unwrap_or(0),
        from: local(&form, "from", item, &plan),
        until: local(&form, "until", item, &plan),
        done_on: match form.text("done_on") {
            "" => today.to_string(),
            text => text.to_owned(),
        },
        step: Step::of(t, &pack, &plan, item, ctx.app.clock.now()),
        history,
        about: kept.about(t.lang),
        suffix: kept.suffix(),
        election_id: kept.election.id,
        form: titled(form, Purpose::Calendar),
    })
}

fn kind_word(t: T, kind: EntryKind) -> String {
    t.word(&format!("elections-entry-{}", kind.as_str()))
}

/// What stands in a field: what was sent, else the moment as it is, as date and time inputs write it.
fn local(form: &FormData, field: &str, item: &Item, plan: &Plan) -> String {
    let sent = form.text(field);
    if !sent.is_empty() {
        return sent.to_owned();
    }
    let moment = match field {
        "from" => item.step.from.as_ref(),
        _ => item.step.until.as_ref(),
    };
    moment.map_or_else(String::new, |m| fields::local(m.timestamp(), &plan.zone))
}

pub(super) async fn form(
    ctx: Ctx,
    Path((id, step)): Path<(String, String)>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let mut connection = ctx.read().await?;
    let kept = match open(&ctx, &mut connection, &id, &which).await {
        // As on the list of steps: led to the own contest, or to the choice of one.
        Err(Error::Forbidden(power)) if which.contest.is_empty() && ids::is_id(&step) => {
            let others = mine(&ctx, &mut connection, &id).await?;
            return match others.as_slice() {
                [] => Err(Error::Forbidden(power)),
                [only] => Ok(see(&only.href.replacen(
                    "/calendar?",
                    &format!("/calendar/{step}?"),
                    1,
                ))),
                _ => choose(&ctx, &mut connection, &id, others).await,
            };
        }
        other => other?,
    };
    let (errors, form) = (FieldErrors::new(), FormData::default());
    page(&step_page(&ctx, &mut connection, kept, &step, errors, form).await?)
}

pub(super) async fn change(
    ctx: Ctx,
    Path((id, step)): Path<(String, String)>,
    Query(which): Query<Which>,
    form: FormData,
) -> Result<Response, Error> {
    let (kept, deciding) = {
        let mut connection = ctx.read().await?;
        let kept = open(&ctx, &mut connection, &id, &which).await?;
        let deciding = own_commission(&ctx, &mut connection, kept.area_id()).await?;
        (kept, deciding)
    };
    let written = match parse(&ctx, &kept, &step, &form, deciding.as_ref()).await {
        Ok(input) => actions::plan_step(&ctx.acting()?, input).await.map(|_| ()),
        Err(error) => Err(error),
    };
    match written {
        Ok(()) => {
            let suffix = kept.suffix().replace('?', "&");
            Ok(see(&format!(
                "/office/elections/{id}/calendar?done=calendar-changed{suffix}"
            )))
        }
        Err(error) => {
            let errors = match error {
                Error::Unsupported => {
                    FieldErrors::take(Error::field("paper", ctx.t.error_415_text()))
                }
                other => FieldErrors::take(other),
            }?;
            let mut connection = ctx.read().await?;
            page_with_errors(&step_page(&ctx, &mut connection, kept, &step, errors, form).await?)
        }
    }
}

async fn parse(
    ctx: &Ctx,
    kept: &Kept,
    step: &str,
    form: &FormData,
    deciding: Option<&Commission>,
) -> Result<PlanStep<'static>, Error> {
    let t = ctx.t;
    let zone = match kept.contest() {
        Some(contest) => contest.time_zone()?,
        None => kept.election.time_zone()?,
    };
    let mut errors = FieldErrors::new();
    let kind = EntryKind::parse(form.text("kind"));
    if kind.is_none() {
        errors.add("kind", t.form_choice());
    }
    let is_plan = kind == Some(EntryKind::Plan);
    let from = parse_moment(t, form, "from", &zone, &mut errors).filter(|_| is_plan);
    let until = parse_moment(t, form, "until", &zone, &mut errors).filter(|_| is_plan);
    let done_on = match kind {
        Some(EntryKind::Done) => errors.date(t, form, "done_on"),
        _ => None,
    };
    let seen = form.text("version").parse::<u64>().ok();
    let basis = read_basis(ctx, form, errors, deciding, Purpose::Calendar, true).await?;
    let kind = kind.ok_or(Error::NotFound)?;
    let done_at = match done_on {
        // The form names a day; today's mark is made now.
        Some(day) if day == ctx.app.clock.today(&zone) => Some(ctx.app.clock.now()),
        Some(day) => Some(day.to_zoned_datetime(zone)?.timestamp()),
        None => None,
    };
    Ok(PlanStep {
        election_id: kept.election.id.clone(),
        contest_id: kept.contest().map(|c| c.id.clone()),
        step: step.to_owned(),
        kind,
        from,
        until,
        done_at,
        reason: form.text("reason").to_owned(),
        basis,
        seen_version: seen,
    })
}
