//! `/office`: what is wrong, what is due, what changed, in this order; everything else behind links.

use super::model::{Happened, Place, WaitingContest, WaitingProtocol};
use super::store;
use crate::platform::access::Action;
use crate::platform::areas::{self, Area};
use crate::platform::i18n::instant_short;
use crate::platform::web::{Crumb, Ctx, Guard, Routes, Shell, page};
use crate::platform::{Error, Names};
use crate::votingday::model::Lateness;
use askama::Template;
use axum::response::Response;
use jiff::tz::TimeZone;

/// Routes of the front desk.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get("/office", Guard::Power(Action::OfficeEnter), desk)
}

/// One thing to look at.
struct Item {
    /// Shape of the state: `trouble`, `attention`, `partial`, `done`.
    shape: &'static str,
    state: String,
    text: String,
    href: String,
    when: String,
}

#[derive(Template)]
#[template(path = "office/desk.html")]
struct Desk {
    s: Shell,
    place: String,
    as_of: String,
    wrong: Vec<Item>,
    due: Vec<Item>,
    changed: Vec<Item>,
    links: Vec<(String, String)>,
}

async fn desk(ctx: Ctx) -> Result<Response, Error> {
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let (mut wrong, mut due, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    let mut names = Vec::new();
    let mut links = Vec::new();
    let mut zone = ctx.app.home_zone.clone();
    for (index, grant) in acting.actor().grants.iter().take(5).enumerate() {
        let area = areas::by_id(&mut reader, &grant.area_id, ctx.app.today()).await?;
        if index == 0 {
            zone = area.time_zone()?;
        }
        let place =
            store::place(&mut reader, &area.id, grant.role.as_str(), ctx.app.today()).await?;
        wrong.extend(find_wrong(&ctx, &mut reader, &area).await?);
        due.extend(find_due(&ctx, &mut reader, &area, &place).await?);
        changed.extend(
            store::happened(&mut reader, &area.id)
                .await?
                .into_iter()
                .map(|one| happened(&ctx, &zone, one)),
        );
        links.extend(self::links(&ctx, &place));
        names.push(format!(
            "{} · {}",
            ctx.t.word(&grant.role.message_key()),
            area.names.get(ctx.lang())
        ));
    }
    let title = ctx.t.office_title();
    page(&Desk {
        s: ctx.shell(
            "office",
            title.clone(),
            vec![Crumb::to("/", ctx.t.shell_nav_home()), Crumb::here(title)],
        ),
        place: names.join("; "),
        as_of: crate::platform::i18n::instant_long(ctx.lang(), ctx.app.clock.now(), &zone),
        wrong,
        due,
        changed,
        links,
    })
}

async fn find_wrong(
    ctx: &Ctx,
    reader: &mut crate::platform::database::Reader,
    area: &Area,
) -> Result<Vec<Item>, Error> {
    let mut items = Vec::new();
    for (state, shape) in [
        ("submitted_with_faults", "trouble"),
        ("returned", "attention"),
    ] {
        for one in store::protocols(reader, &area.id, state).await? {
            items.push(protocol(ctx, &one, shape)?);
        }
    }
    let now = ctx.app.clock.now();
    for late in crate::votingday::queries::late_stations(reader, &ctx.app, &area.id, now)
        .await?
        .into_iter()
        .take(30)
    {
        let what = match late.missing {
            Lateness::NotOpened => ctx.t.office_late_opening(),
            Lateness::Slot(ref slot) => ctx.t.office_late_slot(slot.as_str()),
            Lateness::NotClosed => ctx.t.office_late_closing(),
        };
        items.push(Item {
            shape: "attention",
            state: ctx.t.office_late(),
            text: ctx.t.office_station(
                station(
                    ctx,
                    late.unit.number,
                    &crate::votingday::queries::station_name(reader, &late.unit).await?,
                ),
                what,
            ),
            href: "/office/late".to_owned(),
            when: String::new(),
        });
    }
    Ok(items)
}

async fn find_due(
    ctx: &Ctx,
    reader: &mut crate::platform::database::Reader,
    area: &Area,
    place: &Place,
) -> Result<Vec<Item>, Error> {
    let mut items = Vec::new();
    for one in store::protocols(reader, &area.id, "submitted").await? {
        items.push(protocol(ctx, &one, "partial")?);
    }
    if place.station_id.is_some() {
        for state in ["expected", "draft"] {
            for one in store::protocols(reader, &area.id, state).await? {
                items.push(protocol(ctx, &one, "open")?);
            }
        }
    }
    for one in store::undetermined(reader, &area.id).await? {
        items.push(contest(ctx, &one, ctx.t.office_determine(), "outcome"));
    }
    for one in store::unregistered(reader, &area.id).await? {
        items.push(contest(ctx, &one, ctx.t.office_register(), "elected"));
    }
    Ok(items)
}

fn protocol(ctx: &Ctx, one: &WaitingProtocol, shape: &'static str) -> Result<Item, Error> {
    let zone = TimeZone::get(&one.zone)?;
    Ok(Item {
        shape,
        state: ctx
            .t
            .word(&format!("counting-state-{}", one.state.replace('_', "-"))),
        text: station(ctx, one.number, &one.area),
        href: format!("/office/protocols/{}/{}", one.contest_id, one.station_id),
        when: instant_short(ctx.lang(), one.since, &zone),
    })
}

fn contest(ctx: &Ctx, one: &WaitingContest, state: String, page: &str) -> Item {
    Item {
        shape: "attention",
        state,
        text: one.area.get(ctx.lang()).to_owned(),
        href: format!("/office/contests/{}/{page}", one.contest_id),
        when: String::new(),
    }
}

fn happened(ctx: &Ctx, zone: &TimeZone, one: Happened) -> Item {
    let office = ctx
        .t
        .word(&format!("office-{}", one.office.replace('.', "-")));
    Item {
        shape: "done",
        state: ctx
            .t
            .word(&format!("event-{}", one.event.replace(['.', '_'], "-"))),
        text: format!("{} · {office}", one.area.get(ctx.lang())),
        href: format!("/elections/{}/contests/{}", one.election_id, one.area_code),
        when: instant_short(ctx.lang(), one.at, zone),
    }
}

fn station(ctx: &Ctx, number: u64, area: &Names) -> String {
    format!("№\u{a0}{number} · {}", area.get(ctx.lang()))
}

fn links(ctx: &Ctx, place: &Place) -> Vec<(String, String)> {
    let t = ctx.t;
    let mut links = Vec::new();
    if let Some(id) = &place.station_id {
        links.push((format!("/office/stations/{id}/day"), t.office_link_day()));
    }
    if place.role == "administrator" {
        links.push(("/office/accounts".to_owned(), t.office_link_accounts()));
    } else {
        links.push(("/office/protocols".to_owned(), t.office_link_protocols()));
        links.push(("/elections".to_owned(), t.office_link_elections()));
    }
    if place.station_id.is_none() && place.role != "administrator" {
        links.push(("/office/late".to_owned(), t.office_link_late()));
    }
    if let Some(id) = &place.commission_id {
        links.push((format!("/commissions/{id}"), t.office_link_commission()));
        links.push((
            format!("/office/commissions/{id}/decisions/new"),
            t.office_link_decision(),
        ));
    }
    links.push(("/office/sessions".to_owned(), t.sessions_title()));
    links
}
