//! A station's own page: sections with their progress, what was reported last, questions of earlier versions.

use super::common::{At, People, asked, count, election_of};
use super::item::{Sent, line};
use super::list::links_of;
use super::section;
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::i18n::{instant_long, instant_short};
use crate::platform::web::{Ctx, Shell, page, see};
use crate::readiness::model::{ALL_SECTIONS, Tally, names, tallies};
use crate::readiness::queries;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

#[derive(Template)]
#[template(path = "readiness/pages/station.html")]
struct StationPage {
    s: Shell,
    title: String,
    address: String,
    as_of: String,
    version: String,
    links: Vec<(String, String)>,
    shape: &'static str,
    progress: String,
    sections: Vec<SectionRow>,
    reports: Vec<(String, String)>,
    earlier: Vec<String>,
    /// Whoever answers here keeps all sections on the phone.
    may_answer: bool,
}

struct SectionRow {
    href: String,
    title: String,
    shape: &'static str,
    progress: String,
}

/// The shape that says how far somebody is.
pub(super) fn shape(tally: &Tally) -> &'static str {
    if tally.unmet_critical > 0 {
        "trouble"
    } else if tally.unmet + tally.disputed > 0 {
        "attention"
    } else if tally.is_ready() {
        "done"
    } else if tally.is_silent() {
        "open"
    } else {
        "partial"
    }
}

/// How far somebody is, in words.
pub(super) fn progress(ctx: &Ctx, tally: &Tally) -> String {
    let t = ctx.t;
    let answered = tally.expected.saturating_sub(tally.unanswered);
    let mut words = vec![t.readiness_progress(answered, tally.expected)];
    if tally.unmet > 0 {
        words.push(t.readiness_missing_count(count(t, tally.unmet)));
    }
    if tally.disputed > 0 {
        words.push(t.readiness_disputed_count(count(t, tally.disputed)));
    }
    words.join(", ")
}

pub(super) async fn show(ctx: Ctx, Path(station): Path<String>) -> Result<Response, Error> {
    let mut reader = ctx.read().await?;
    let named = asked(&ctx, "election");
    let election = if named.is_empty() {
        election_of(&ctx, &mut reader).await?.unwrap_or_default()
    } else {
        named
    };
    let at = match At::read(&ctx, &mut reader, &station, &election).await {
        // A station that doesn't answer in the nearest election may answer in another.
        Err(Error::NotFound) if asked(&ctx, "election").is_empty() => {
            At::read(&ctx, &mut reader, &station, "").await?
        }
        other => other?,
    };
    // An address that names a question leads to its part of the list.
    if let Some(item) = at.list.item(&asked(&ctx, "item")) {
        let section = at.section_href(&item.section);
        return Ok(see(&format!("{section}#{}-h", item.id)));
    }
    let section = asked(&ctx, "section");
    if !section.is_empty() {
        return section::show(&ctx, &mut reader, &at, &section, &Sent::default()).await;
    }
    let t = ctx.t;
    let counts = tallies(&at.list, |item| at.states.get(item).map(|s| s.status));
    let all = counts.get(ALL_SECTIONS).copied().unwrap_or_default();
    let sections = at
        .list
        .sections
        .iter()
        .filter_map(|section| {
            let tally = counts.get(section.id.as_str())?;
            Some(SectionRow {
                href: at.section_href(&section.id),
                title: names(&section.title).get(t.lang).to_owned(),
                shape: shape(tally),
                progress: progress(&ctx, tally),
            })
        })
        .collect();
    let (election, station) = (&at.place.election_id, &at.place.station_id);
    let mut people = People::default();
    let mut reports = Vec::new();
    for one in queries::reports(&mut reader, election, station, 5).await? {
        let who = people.name(&mut reader, t.lang, &one.made_by).await?;
        let answers = i64::try_from(one.answers).unwrap_or(i64::MAX);
        let when = instant_short(t.lang, one.made_at, &at.zone);
        reports.push((
            format!("{}/reports/{}?election={election}", at.href(), one.id),
            t.readiness_report_line(answers, when, who),
        ));
    }
    let mut earlier = Vec::new();
    for given in queries::answers(&mut reader, election, station).await? {
        if at.list.item(&given.item).is_none() {
            let text = line(&ctx, &mut reader, &mut people, &at, &given).await?;
            earlier.push(format!("{}: {text}", given.item));
        }
    }
    let acting = ctx.acting()?;
    let known = crate::elections::queries::election(&mut reader, election).await?;
    let links = links_of(&ctx, &acting, &mut reader, &at.place.area_id, &known).await?;
    page(&StationPage {
        may_answer: at.may(&ctx, &mut reader, Action::ReadinessAnswer).await?,
        links,
        s: ctx.shell("office", at.title(t), at.crumbs(&ctx, "")),
        title: at.title(t),
        address: at.address(t.lang),
        as_of: instant_long(t.lang, ctx.app.clock.now(), &at.zone),
        version: t.readiness_version(
            names(&at.list.title).get(t.lang).to_owned(),
            at.force.version.to_string(),
        ),
        shape: shape(&all),
        progress: progress(&ctx, &all),
        sections,
        reports,
        earlier,
    })
}
