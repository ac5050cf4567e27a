//! One section of the checklist as a form on a phone.

use super::common::{At, People};
use super::item::{ItemView, Sent, view};
use super::station::{progress, shape};
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::instant_long;
use crate::platform::web::{Ctx, ErrorItem, Shell, page, page_with_errors};
use crate::platform::{Error, ids};
use crate::readiness::model::{form_version, names, tallies};
use crate::readiness::queries;
use askama::Template;
use axum::response::Response;

#[derive(Template)]
#[template(path = "readiness/pages/section.html")]
struct SectionPage {
    s: Shell,
    errors: Vec<ErrorItem>,
    where_: String,
    title: String,
    as_of: String,
    shape: &'static str,
    progress: String,
    may_answer: bool,
    may_settle: bool,
    href: String,
    back: String,
    next: Option<(String, String)>,
    section: String,
    envelope: String,
    election: String,
    station: String,
    checklist: String,
    version: u64,
    form_version: String,
    seen: u64,
    items: Vec<ItemView>,
}

/// The form of a section, with what was sent and has to be mended.
pub(super) async fn show(
    ctx: &Ctx,
    connection: &mut Connection,
    at: &At,
    section: &str,
    sent: &Sent,
) -> Result<Response, Error> {
    let t = ctx.t;
    let sections = &at.list.sections;
    let index = sections
        .iter()
        .position(|s| s.id == section)
        .ok_or(Error::NotFound)?;
    let this = sections.get(index).ok_or(Error::NotFound)?;
    let title = names(&this.title).get(t.lang).to_owned();
    let (election, station) = (&at.place.election_id, &at.place.station_id);
    let answers = queries::answers(connection, election, station).await?;
    let mut people = People::default();
    let mut items = Vec::new();
    for item in at.list.of_section(section) {
        let given: Vec<_> = answers.iter().filter(|a| a.item == item.id).collect();
        items.push(view(ctx, connection, &mut people, at, (item, &given), sent).await?);
    }
    let counts = tallies(&at.list, |item| at.states.get(item).map(|s| s.status));
    let tally = counts.get(section).copied().unwrap_or_default();
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let kept = |name: &str| {
        let form = sent.form.as_ref();
        form.map(|form| form.text(name).to_owned())
            .filter(|text| !text.is_empty())
    };
    let template = SectionPage {
        s: ctx.shell("office", title.clone(), at.crumbs(ctx, &title)),
        errors: sent.errors.summary(),
        where_: format!(
            "{} · {}",
            at.title(t),
            t.readiness_section_of(count(index.saturating_add(1)), count(sections.len()))
        ),
        title,
        as_of: instant_long(t.lang, ctx.app.clock.now(), &at.zone),
        shape: shape(&tally),
        progress: progress(ctx, &tally),
        may_answer: at.may(ctx, connection, Action::ReadinessAnswer).await?,
        may_settle: at.may(ctx, connection, Action::ReadinessSettle).await?,
        href: at.href(),
        back: format!("{}?election={election}", at.href()),
        next: sections.get(index.saturating_add(1)).map(|next| {
            let title = names(&next.title).get(t.lang).to_owned();
            (at.section_href(&next.id), t.readiness_section_next(title))
        }),
        section: section.to_owned(),
        envelope: kept("envelope").unwrap_or_else(ids::random_id),
        election: election.clone(),
        station: station.clone(),
        checklist: at.force.id.clone(),
        version: at.force.version,
        form_version: form_version(&at.force.id, at.force.version),
        seen: kept("seen")
            .and_then(|text| text.parse().ok())
            .unwrap_or(at.place.revision),
        items,
    };
    if sent.errors.is_empty() {
        page(&template)
    } else {
        page_with_errors(&template)
    }
}
