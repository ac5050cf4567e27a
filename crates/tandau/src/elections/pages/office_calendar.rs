//! The office's calendar: other dates for a step, with the reason; what was done.

use super::calendar::{Step, zone_sentence};
use super::{Choice, decision_choices, office_shell};
use crate::elections::actions::{self, PlanStep};
use crate::elections::calendar::{EntryKind, Item, Plan, Progress};
use crate::elections::{Election, queries};
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::instant_long;
use crate::platform::web::{Ctx, FieldErrors, FormData, Shell, page, page_with_errors, see};
use crate::platform::{Error, T, access};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

#[derive(Template)]
#[template(path = "elections/pages/office_calendar.html")]
struct Page {
    s: Shell,
    title: String,
    zone: String,
    election_id: String,
    groups: Vec<Group>,
}

/// Steps that stand alike.
struct Group {
    heading: String,
    steps: Vec<Step>,
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

pub(super) async fn show(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let mut connection = ctx.read().await?;
    let election = open(&ctx, &mut connection, &id).await?;
    let pack = ctx.app.rules.get(&election.rules_id)?;
    let plan = queries::plan(&mut connection, &ctx.app, &election, None).await?;
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
        s: office_shell(&ctx, &election, t.elections_calendar_title()),
        title: t.elections_calendar_title(),
        zone: zone_sentence(t, &plan),
        election_id: election.id,
        groups,
    })
}

/// The election, if this office may change its calendar.
async fn open(ctx: &Ctx, connection: &mut Connection, id: &str) -> Result<Election, Error> {
    let election = queries::election(connection, id).await?;
    access::require(
        connection,
        &ctx.app.policy,
        ctx.acting()?.actor(),
        Action::CalendarChange,
        &election.area_id,
        Some(election.state.as_str()),
    )
    .await?;
    Ok(election)
}

#[derive(Template)]
#[template(path = "elections/pages/office_step.html")]
struct StepPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    election_id: String,
    step: Step,
    zone: String,
    kinds: Vec<Choice>,
    decisions: Vec<Choice>,
    version: u64,
    from: String,
    until: String,
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
    id: &str,
    step: &str,
    errors: FieldErrors,
    form: FormData,
) -> Result<StepPage, Error> {
    let election = open(ctx, connection, id).await?;
    let pack = ctx.app.rules.get(&election.rules_id)?;
    let plan = queries::plan(connection, &ctx.app, &election, None).await?;
    let item = plan.item(step).ok_or(Error::NotFound)?;
    let t = ctx.t;
    let choices = decision_choices(connection, t, &election.id, form.text("decision_id")).await?;
    let entries = queries::entries(connection, &election.id, "").await?;
    let history = entries
        .into_iter()
        .filter(|e| e.step == step)
        .map(|entry| Past {
            word: kind_word(t, entry.kind),
            at: instant_long(t.lang, entry.made_at, &plan.zone),
            dates: [entry.from, entry.until, entry.done_at]
                .into_iter()
                .flatten()
                .map(|at| instant_long(t.lang, at, &plan.zone))
                .collect::<Vec<_>>()
                .join(" – "),
            reason: entry.reason,
        })
        .collect();
    let sent = form.text("kind").to_owned();
    Ok(StepPage {
        s: office_shell(ctx, &election, t.elections_calendar_title()),
        errors,
        zone: zone_sentence(t, &plan),
        kinds: EntryKind::ALL
            .iter()
            .map(|kind| Choice::new(kind.as_str(), kind_word(t, *kind), &sent))
            .collect(),
        decisions: choices,
        version: item.version,
        from: local(&form, "from", item, &plan),
        until: local(&form, "until", item, &plan),
        step: Step::of(t, &pack, &plan, item, ctx.app.clock.now()),
        history,
        election_id: election.id,
        form,
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
    moment
        .map(|m| {
            let local = m.timestamp().to_zoned_datetime(plan.zone.clone());
            local.strftime("%Y-%m-%dT%H:%M").to_string()
        })
        .unwrap_or_default()
}

pub(super) async fn form(
    ctx: Ctx,
    Path((id, step)): Path<(String, String)>,
) -> Result<Response, Error> {
    let mut connection = ctx.read().await?;
    page(
        &step_page(
            &ctx,
            &mut connection,
            &id,
            &step,
            FieldErrors::new(),
            FormData::default(),
        )
        .await?,
    )
}

pub(super) async fn change(
    ctx: Ctx,
    Path((id, step)): Path<(String, String)>,
    form: FormData,
) -> Result<Response, Error> {
    let election = {
        let mut connection = ctx.read().await?;
        queries::election(&mut connection, &id).await?
    };
    let written = match parse(&ctx, &election, &step, &form) {
        Ok(input) => actions::plan_step(&ctx.acting()?, input).await.map(|_| ()),
        Err(error) => Err(error),
    };
    match written {
        Ok(()) => Ok(see(&format!(
            "/office/elections/{id}/calendar?done=calendar-changed"
        ))),
        Err(error) => {
            let errors = FieldErrors::take(error)?;
            let mut connection = ctx.read().await?;
            page_with_errors(&step_page(&ctx, &mut connection, &id, &step, errors, form).await?)
        }
    }
}

fn parse(ctx: &Ctx, election: &Election, step: &str, form: &FormData) -> Result<PlanStep, Error> {
    let t = ctx.t;
    let zone = election.time_zone()?;
    let mut errors = FieldErrors::new();
    let kind = EntryKind::parse(form.text("kind"));
    if kind.is_none() {
        errors.add("kind", t.form_choice());
    }
    let is_plan = kind == Some(EntryKind::Plan);
    let from = parse_moment(t, form, "from", &zone, &mut errors).filter(|_| is_plan);
    let until = parse_moment(t, form, "until", &zone, &mut errors).filter(|_| is_plan);
    let seen = form.text("version").parse::<u64>().ok();
    errors.done()?;
    let kind = kind.ok_or(Error::NotFound)?;
    Ok(PlanStep {
        election_id: election.id.clone(),
        contest_id: None,
        step: step.to_owned(),
        kind,
        from,
        until,
        done_at: (kind == EntryKind::Done).then(|| ctx.app.clock.now()),
        reason: form.text("reason").to_owned(),
        decision_id: Some(form.text("decision_id").to_owned()).filter(|d| !d.is_empty()),
        seen_version: seen,
    })
}

/// A date and time as browsers send it, by the clocks of the election.
pub(crate) fn parse_moment(
    t: T,
    form: &FormData,
    field: &str,
    zone: &TimeZone,
    errors: &mut FieldErrors,
) -> Option<Timestamp> {
    let text = form.text(field);
    if text.is_empty() {
        return None;
    }
    let parsed = text
        .parse::<DateTime>()
        .ok()
        .and_then(|local| local.to_zoned_datetime(zone.clone()).ok());
    if parsed.is_none() {
        errors.add(field, t.elections_moment_form());
    }
    // 23:59 in a form means the end of the day, which the rules write with its last second.
    let moment = parsed?;
    let end_of_day = moment.hour() == 23 && moment.minute() == 59;
    let seconds = if end_of_day { 59 } else { 0 };
    moment
        .timestamp()
        .checked_add(jiff::SignedDuration::from_secs(seconds))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::Lang;
    use proptest::prelude::*;

    fn parsed(text: &str) -> (Option<Timestamp>, bool) {
        let form = FormData::from_fields(vec![("at".to_owned(), text.to_owned())]);
        let zone = TimeZone::get("Asia/Almaty").unwrap();
        let mut errors = FieldErrors::new();
        let moment = parse_moment(T::new(Lang::En), &form, "at", &zone, &mut errors);
        (moment, errors.is_empty())
    }

    #[test]
    fn a_moment_is_read_by_the_clocks_of_the_election() {
        let at = |text: &str| Some(text.parse::<Timestamp>().unwrap());
        assert_eq!(
            parsed("2023-11-05T18:00"),
            (at("2023-11-05T12:00:00Z"), true)
        );
        assert_eq!(
            parsed("2023-11-05T23:59"),
            (at("2023-11-05T17:59:59Z"), true)
        );
        assert_eq!(parsed(""), (None, true));
        for odd in [
            "yesterday",
            "2023-11-05T25:00",
            "2023-02-30T10:00",
            "99999-01-01T00:00",
        ] {
            assert_eq!(parsed(odd), (None, false), "{odd}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_moment_or_a_refusal(
            text in prop_oneof!["\\PC{0,40}", "-?[0-9]{1,6}-[0-9]{1,3}-[0-9]{1,3}[T ][0-9]{1,3}:[0-9]{1,3}(:[0-9.]{1,20})?"]
        ) {
            let (moment, fine) = parsed(&text);
            let blank = text.trim().is_empty();
            prop_assert!(moment.is_none() || fine);
            prop_assert!(moment.is_some() || !fine || blank, "{text:?} is neither read nor refused");
        }
    }
}
