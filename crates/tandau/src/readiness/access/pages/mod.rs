//! Pages of accessibility: in the office what a station offers, counts, the plan, releases; for everybody what a
//! station offers and how a district stands.

mod counts;
mod data;
mod list;
mod plan;
mod public;
mod releases;
mod station;
mod visit;

use super::actions::language;
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::date_short;
use crate::platform::web::{Crumb, Ctx, Guard, Routes};
use crate::platform::{Error, T, areas, ids};
use electoral::accessibility::{Fact, Known, Word};
use electoral::text::Text;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

/// Routes of accessibility.
#[must_use]
pub fn routes() -> Routes {
    let follow = Guard::Power(Action::ReadinessFollow);
    let record = Guard::Power(Action::AccessRecord);
    let publish = Guard::Power(Action::AccessPublish);
    Routes::new()
        .get("/office/access", follow, list::page)
        .get("/office/stations/{id}/access", follow, station::page)
        .post("/office/stations/{id}/access", record, station::record)
        .get("/office/access/needs", record, counts::page)
        .post("/office/access/needs", record, counts::record)
        .get("/office/access/plan", follow, plan::page)
        .get("/office/access/release", publish, releases::page)
        .post("/office/access/release", publish, releases::release)
        .get("/stations/{id}/access", Guard::Public, visit::page)
        .get("/readiness/accessibility", Guard::Public, public::country)
        .get(
            "/readiness/accessibility/{area}",
            Guard::Public,
            public::page,
        )
        .get(
            "/readiness/accessibility/{area}/means.csv",
            Guard::Public,
            data::means_csv,
        )
        .get(
            "/readiness/accessibility/{area}/needs.csv",
            Guard::Public,
            data::needs_csv,
        )
        .get(
            "/readiness/accessibility/{area}/data.json",
            Guard::Public,
            data::json,
        )
}

/// What addresses ask for.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    /// The election; empty for the usual one.
    #[serde(default)]
    election: String,
    /// Code or id of an area.
    #[serde(default)]
    area: String,
    /// A day.
    #[serde(default)]
    as_of: String,
    /// Page of a long list, from 1.
    #[serde(default)]
    page: String,
}

impl Asked {
    fn election(&self) -> Result<&str, Error> {
        if self.election.is_empty() || ids::is_id(&self.election) {
            Ok(&self.election)
        } else {
            Err(Error::NotFound)
        }
    }

    fn day(&self, ctx: &Ctx) -> Result<Date, Error> {
        let today = ctx.app.today();
        if self.as_of.is_empty() {
            return Ok(today);
        }
        let day: Date = self
            .as_of
            .parse()
            .map_err(|_| Error::field("as_of", ctx.t.form_date()))?;
        if day > today {
            let today = date_short(ctx.lang(), today);
            return Err(Error::field("as_of", ctx.t.board_future_day(today)));
        }
        Ok(day)
    }

    fn page(&self) -> usize {
        self.page.parse().unwrap_or(1).clamp(1, 10_000)
    }

    /// The query of links that keep election and day.
    fn query(&self) -> String {
        let mut parts = Vec::new();
        if ids::is_id(&self.election) {
            parts.push(format!("election={}", self.election));
        }
        if let Ok(day) = self.as_of.parse::<Date>() {
            parts.push(format!("as_of={day}"));
        }
        if parts.is_empty() {
            String::new()
        } else {
            format!("?{}", parts.join("&"))
        }
    }
}

/// The area of a code or an id, as of a day.
async fn area_of(connection: &mut Connection, code: &str, day: Date) -> Result<areas::Area, Error> {
    if !ids::is_id(code) {
        return Err(Error::NotFound);
    }
    let id = areas::by_code(connection, code, day).await?;
    areas::by_id(connection, id.as_deref().unwrap_or(code), day).await
}

/// The area of an office page: the one asked for, or that of the first office.
async fn office_area(
    connection: &mut Connection,
    ctx: &Ctx,
    asked: &str,
) -> Result<areas::Area, Error> {
    let acting = ctx.acting()?;
    let own = acting.actor().home_area().unwrap_or_default();
    let code = if asked.is_empty() { own } else { asked };
    area_of(connection, code, ctx.app.today()).await
}

/// The instant at which a day ends in an area, or now if that is earlier.
fn end_of(ctx: &Ctx, area: &areas::Area, day: Date) -> Result<Timestamp, Error> {
    let now = ctx.app.clock.now();
    let Ok(next) = day.tomorrow() else {
        return Ok(now);
    };
    let end = next.to_zoned_datetime(area.time_zone()?)?.timestamp();
    // What was made now belongs to now.
    let soon = now.checked_add(jiff::SignedDuration::from_micros(1))?;
    Ok(end.min(soon))
}

/// Words of the rules in the reader's language.
fn words(t: T, text: &Text) -> String {
    text.get(language(t.lang)).to_owned()
}

/// The way to an office page.
fn crumbs(ctx: &Ctx, here: &str) -> Vec<Crumb> {
    vec![
        Crumb::to("/office", ctx.t.shell_nav_office()),
        Crumb::to("/office/access", ctx.t.access_title()),
        Crumb::here(here),
    ]
}

/// A shape and a word for yes, no, not known.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Mark {
    kind: &'static str,
    text: String,
}

fn mark(t: T, word: Word) -> Mark {
    let (kind, text) = match word {
        Word::Yes => ("done", t.access_yes()),
        Word::No => ("attention", t.access_no()),
        Word::Unknown => ("open", t.access_unknown()),
    };
    Mark { kind, text }
}

/// The way in without steps, as stations say it.
fn way_in(t: T, word: Word) -> Mark {
    let (kind, text) = match word {
        Word::Yes => ("done", t.access_way_free()),
        Word::No => ("attention", t.access_way_steps()),
        Word::Unknown => ("open", t.access_unknown()),
    };
    Mark { kind, text }
}

/// `7,5 %`; empty when nothing was measured.
fn measured(t: T, fact: &Fact, known: Known) -> String {
    let Some((measure, number)) = fact.measure.as_ref().zip(known.number) else {
        return String::new();
    };
    let number = match t.lang {
        crate::platform::Lang::En => number.to_string(),
        _ => number.to_string().replace('.', ","),
    };
    format!("{number}\u{a0}{}", words(t, &measure.unit))
}

/// Facts of a station in their groups, for readers.
struct GroupView {
    title: String,
    facts: Vec<FactView>,
}

struct FactView {
    name: String,
    mark: Mark,
    measured: String,
    note: String,
}

fn group_views(ctx: &Ctx, means: &electoral::accessibility::Means) -> Vec<GroupView> {
    let t = ctx.t;
    let rules = ctx.app.rules.accessibility();
    rules
        .groups
        .iter()
        .map(|group| GroupView {
            title: words(t, &group.title),
            facts: rules
                .of_group(&group.id)
                .map(|fact| {
                    let known = means.get(&fact.id);
                    let outside =
                        known.word == Word::Yes && rules.counts(&fact.id, means) == Word::No;
                    FactView {
                        name: words(t, &fact.name),
                        mark: mark(t, known.word),
                        measured: measured(t, fact, known),
                        note: if outside {
                            t.access_does_not_count()
                        } else {
                            String::new()
                        },
                    }
                })
                .collect(),
        })
        .collect()
}

/// Remarks about a station.
fn remarks(ctx: &Ctx, means: &electoral::accessibility::Means) -> Vec<String> {
    ctx.app
        .rules
        .accessibility()
        .findings(means)
        .iter()
        .map(|finding| words(ctx.t, &finding.rule.sentence))
        .collect()
}
