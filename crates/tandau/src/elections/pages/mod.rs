//! Pages of elections: what anyone may read, and the office's part.

mod calendar;
mod decisions;
mod list;
pub(crate) mod manage;
mod moments;
mod office;
mod office_calendar;
mod office_contest;
mod office_move;
mod office_units;
pub(crate) mod rules;

pub(crate) use moments::parse_moment;

pub use calendar::{NextStep, next_steps};

use super::model::Election;
use super::queries;
use crate::platform::access::Action;
use crate::platform::database::Connection;
pub(crate) use crate::platform::web::Choice;
use crate::platform::web::{Crumb, Ctx, Guard, Routes, Shell};
use crate::platform::{Error, Lang, T};
use electoral::RulePack;
use electoral::calendar::ComputedStep;
use electoral::rules::Source;

/// Routes of the room.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/elections", Guard::Public, list::show)
        .get("/elections/{id}/calendar", Guard::Public, calendar::show)
        .get("/elections/{id}/calendar.ics", Guard::Public, calendar::ics)
        .get(
            "/elections/{id}/calendar.json",
            Guard::Public,
            calendar::json,
        )
        .get("/elections/{id}/decisions", Guard::Public, decisions::show)
        .get("/elections/{id}/rules", Guard::Public, rules::show)
        .get(
            "/office/elections/new",
            Guard::Power(Action::ElectionCreate),
            office::new_form,
        )
        .post(
            "/office/elections/new",
            Guard::Power(Action::ElectionCreate),
            office::create,
        )
        .get(
            "/office/elections/{id}",
            Guard::Power(Action::OfficeLook),
            office::show,
        )
        .get(
            "/office/elections/{id}/move",
            Guard::Power(Action::ElectionMove),
            office_move::form,
        )
        .post(
            "/office/elections/{id}/move",
            Guard::Power(Action::ElectionMove),
            office_move::advance,
        )
        .get(
            "/office/elections/{id}/contests",
            Guard::Power(Action::ElectionMove),
            office_contest::form,
        )
        .post(
            "/office/elections/{id}/contests",
            Guard::Power(Action::ElectionMove),
            office_contest::add,
        )
        .get(
            "/office/contests/{id}/stations",
            Guard::Power(Action::ElectionMove),
            office_units::show,
        )
        .post(
            "/office/contests/{id}/stations",
            Guard::Power(Action::ElectionMove),
            office_units::refresh,
        )
        .get(
            "/office/elections/{id}/calendar",
            Guard::Power(Action::CalendarChange),
            office_calendar::show,
        )
        .get(
            "/office/elections/{id}/calendar/{step}",
            Guard::Power(Action::CalendarChange),
            office_calendar::form,
        )
        .post(
            "/office/elections/{id}/calendar/{step}",
            Guard::Power(Action::CalendarChange),
            office_calendar::change,
        )
}

/// The pages of one election, for the links above its content.
#[derive(Clone, Debug)]
pub(crate) struct Tabs {
    pub(crate) links: Vec<Tab>,
}

/// One of them.
#[derive(Clone, Debug)]
pub(crate) struct Tab {
    pub(crate) href: String,
    pub(crate) text: String,
    pub(crate) current: bool,
}

impl Tabs {
    /// `current` is the last part of the address; empty for the election's own page.
    pub(crate) fn new(t: T, election_id: &str, current: &str) -> Self {
        let tab = |part: &str, text: String| Tab {
            href: if part.is_empty() {
                format!("/elections/{election_id}")
            } else {
                format!("/elections/{election_id}/{part}")
            },
            text,
            current: part == current,
        };
        Self {
            links: vec![
                tab("", t.elections_tab_overview()),
                tab("candidates", t.elections_tab_candidates()),
                tab("calendar", t.elections_tab_calendar()),
                tab("decisions", t.elections_tab_decisions()),
                tab("rules", t.elections_tab_rules()),
                Tab {
                    href: format!("/readiness?election={election_id}"),
                    text: t.board_nav(),
                    current: false,
                },
            ],
        }
    }
}

/// Elections to choose from in a form, the newest first, after the choice of none.
///
/// # Errors
/// What the database reports.
pub(crate) async fn choices(
    ctx: &Ctx,
    reader: &mut Connection,
    none: String,
    current: &str,
) -> Result<Vec<Choice>, Error> {
    let mut choices = vec![Choice::new("", none, current)];
    for election in queries::elections(reader).await?.into_iter().take(CHOICES) {
        let name = election.title.get(ctx.lang()).to_owned();
        choices.push(Choice::new(election.id, name, current));
    }
    Ok(choices)
}

/// Elections in a list of a form at most.
const CHOICES: usize = 50;

/// The frame of a public page of an election.
pub(crate) fn shell_of(ctx: &Ctx, election: &Election, title: String) -> Shell {
    let crumbs = vec![
        Crumb::to("/", ctx.t.shell_nav_home()),
        Crumb::to("/elections", ctx.t.shell_nav_elections()),
        Crumb::to(
            format!("/elections/{}", election.id),
            election.title.get(ctx.lang()),
        ),
        Crumb::here(title.clone()),
    ];
    ctx.shell(
        "elections",
        format!("{title} – {}", election.title.get(ctx.lang())),
        crumbs,
    )
}

/// The frame of an office page of an election.
pub(crate) fn office_shell(ctx: &Ctx, election: &Election, title: String) -> Shell {
    let crumbs = vec![
        Crumb::to("/office", ctx.t.shell_nav_office()),
        Crumb::to(
            format!("/office/elections/{}", election.id),
            election.title.get(ctx.lang()),
        ),
        Crumb::here(title.clone()),
    ];
    ctx.shell("office", title, crumbs)
}

/// A citation whose numbers (113-5(2)) are not broken at their hyphen: a word joiner follows it.
pub(crate) fn cite(t: T, pack: &RulePack, source: &Source) -> String {
    let text = pack.cite(source, crate::elections::calendar::language(t.lang));
    let mut kept = String::with_capacity(text.len());
    let mut after_digit = false;
    for c in text.chars() {
        kept.push(c);
        if c == '-' && after_digit {
            kept.push('\u{2060}');
        }
        after_digit = c.is_ascii_digit() || c == ')';
    }
    kept
}

/// The time of a step as people read it: days without hours where the law gives none.
pub(crate) fn period(lang: Lang, step: &ComputedStep) -> String {
    use crate::platform::i18n::{date_short, instant_short};
    let t = T::new(lang);
    let moment = |m: &jiff::ZonedDateTime, whole_day: bool| {
        if whole_day {
            date_short(lang, m.date())
        } else {
            instant_short(lang, m.timestamp(), m.time_zone())
        }
    };
    let midnight = |m: &jiff::ZonedDateTime| m.time() == jiff::civil::Time::midnight();
    let from = step.from.as_ref().map(|m| moment(m, midnight(m)));
    let until = step
        .until
        .as_ref()
        .map(|m| moment(m, step.until_end_of_day));
    match (from, until) {
        (Some(from), Some(until)) if from == until => from,
        (Some(from), Some(until)) => format!("{from} – {until}"),
        (Some(from), None) => t.elections_when_from(from),
        (None, Some(until)) => t.elections_when_until(until),
        (None, None) => t.elections_when_unknown(),
    }
}
