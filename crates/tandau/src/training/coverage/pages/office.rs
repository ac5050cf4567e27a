//! The office: stations of one's area that are not covered, and who of their commissions is still to be trained.

use super::super::frame::{Asked, Frame};
use super::super::queries;
use super::area::missing;
use super::views::{Mark, mark, n};
use crate::platform::access::Action;
use crate::platform::i18n::{date_long, instant_short};
use crate::platform::web::{Crumb, Ctx, Shell, page};
use crate::platform::{Error, areas, ids};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use jiff::tz::TimeZone;

/// Stations that one page shows.
const MOST: u32 = 200;

#[derive(Template)]
#[template(path = "training/coverage/pages/office.html")]
struct ListPage {
    s: Shell,
    view: Option<View>,
}

struct View {
    lead: String,
    due: String,
    rows: Vec<Line>,
    more: String,
}

struct Line {
    href: String,
    number: String,
    place: String,
    mark: Mark,
    missing: String,
    members: String,
    scheduled: String,
    passed: String,
}

/// `GET /office/training/coverage`: the areas of one's own offices.
pub(super) async fn list(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let t = ctx.t;
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let frame = Frame::open(&ctx.app, t, &mut reader, &asked).await?;
    let rules = &ctx.app.rules.training().coverage;
    let mut own = std::collections::BTreeSet::new();
    for grant in &acting.actor().grants {
        let area = &grant.area_id;
        if acting
            .may(&mut reader, Action::TrainingFollow, area, None)
            .await?
        {
            own.insert(area.clone());
        }
    }
    let view = match &frame {
        None => None,
        Some(frame) => {
            let id = frame.election.id.as_str();
            let (mut rows, mut count) = (Vec::new(), 0_u64);
            let mut seen = std::collections::BTreeSet::new();
            for area in own {
                let (places, all) = queries::open_under(&mut reader, id, &area, MOST).await?;
                count = count.saturating_add(all);
                for place in places {
                    if !seen.insert(place.station_id.clone()) {
                        continue;
                    }
                    let district =
                        areas::by_id(&mut reader, &place.district_id, frame.as_of.day).await?;
                    let p = place.stand.people;
                    rows.push(Line {
                        href: frame
                            .href(&format!("/office/training/coverage/{}", place.station_id)),
                        number: place.number.to_string(),
                        place: district.names.get(t.lang).to_owned(),
                        mark: mark(t, place.stand.state),
                        missing: missing(t, rules, &place.stand.met),
                        members: n(t, p.members),
                        scheduled: n(t, p.scheduled),
                        passed: n(t, p.passed),
                    });
                }
            }
            let shown = u64::try_from(rows.len()).unwrap_or(count);
            let count = count.max(shown);
            Some(View {
                lead: t.coverage_office_lead(count),
                due: t.coverage_office_due(date_long(t.lang, frame.due(rules))),
                more: if shown < count {
                    t.coverage_office_shown(count, shown)
                } else {
                    String::new()
                },
                rows,
            })
        }
    };
    drop(reader);
    let title = t.coverage_office_title();
    page(&ListPage {
        s: ctx.shell(
            "office",
            title.clone(),
            vec![
                Crumb::to("/office", t.shell_nav_office()),
                Crumb::to("/office/training", t.training_title()),
                Crumb::here(title),
            ],
        ),
        view,
    })
}

#[derive(Template)]
#[template(path = "training/coverage/pages/office_station.html")]
struct StationPage {
    s: Shell,
    title: String,
    mark: Mark,
    missing: String,
    rows: Vec<Person>,
    public: String,
}

struct Person {
    name: String,
    office: String,
    mark: Mark,
}

/// `GET /office/training/coverage/{station}`: who sits there, and how far each is.
pub(super) async fn station(
    ctx: Ctx,
    Path(station): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    if !ids::is_id(&station) {
        return Err(Error::NotFound);
    }
    let t = ctx.t;
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let frame = Frame::must(&ctx.app, t, &mut reader, &asked).await?;
    let id = frame.election.id.as_str();
    let place = queries::place(&mut reader, id, &station).await?;
    acting
        .require(&mut reader, Action::TrainingFollow, &place.area_id, None)
        .await?;
    let zone = TimeZone::get(&place.zone)?;
    let today = ctx.app.clock.now().to_zoned_datetime(zone.clone()).date();
    let people = queries::sitting(&mut reader, &ctx.app, (id, &station), today).await?;
    drop(reader);
    let rules = &ctx.app.rules.training().coverage;
    let title = t.readiness_station(place.number.to_string());
    page(&StationPage {
        s: ctx.shell(
            "office",
            title.clone(),
            vec![
                Crumb::to("/office", t.shell_nav_office()),
                Crumb::to("/office/training", t.training_title()),
                Crumb::to(
                    frame.href("/office/training/coverage"),
                    t.coverage_office_title(),
                ),
                Crumb::here(title.clone()),
            ],
        ),
        title,
        mark: mark(t, place.stand.state),
        missing: missing(t, rules, &place.stand.met),
        rows: people
            .into_iter()
            .map(|p| Person {
                name: p.names.get(t.lang).to_owned(),
                office: t.word(&format!("commissions-office-{}", p.office)),
                mark: match (p.passed, p.trained, p.invited_to) {
                    (true, _, _) => Mark {
                        kind: "done",
                        text: t.coverage_office_passed(),
                    },
                    (false, true, _) => Mark {
                        kind: "partial",
                        text: t.coverage_office_trained(),
                    },
                    (false, false, Some(at)) => Mark {
                        kind: "partial",
                        text: t.coverage_office_invited(instant_short(t.lang, at, &zone)),
                    },
                    (false, false, None) => Mark {
                        kind: "open",
                        text: t.coverage_office_not_invited(),
                    },
                },
            })
            .collect(),
        public: frame.station(&station),
    })
}
