//! `/office`: what is wrong, what is due, what changed, in this order; everything else behind links.

use super::model::{Happened, Place, WaitingContest, WaitingProtocol};
use super::store;
use crate::elections::pages::manage;
use crate::elections::{self, ElectionState};
use crate::platform::access::Action;
use crate::platform::areas::{self, Area};
use crate::platform::database::Connection;
use crate::platform::i18n::instant_short;
use crate::platform::web::{Crumb, Ctx, Guard, Routes, Shell, page};
use crate::platform::{Error, Names};
use askama::Template;
use axum::response::Response;
use jiff::tz::TimeZone;

/// Routes of the front desk.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/office", Guard::Power(Action::OfficeEnter), desk)
        .get(
            "/office/late",
            Guard::Power(Action::TurnoutFollow),
            super::late::list,
        )
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

impl From<crate::tasks::DeskLine> for Item {
    fn from(line: crate::tasks::DeskLine) -> Self {
        Self {
            shape: line.shape,
            state: line.state,
            text: line.text,
            href: line.href,
            when: line.when,
        }
    }
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
        names.push(format!(
            "{} · {}",
            ctx.t.word(&grant.role.message_key()),
            area.names.get(ctx.lang())
        ));
        let tasks = crate::tasks::of_office(&ctx, &mut reader, grant).await?;
        wrong.extend(tasks.wrong.into_iter().map(Item::from));
        due.extend(tasks.due.into_iter().map(Item::from));
        // Officers of state bodies see what is addressed to their body, and nothing of the elections' own work.
        if grant.role.body().is_some() {
            continue;
        }
        let place =
            store::place(&mut reader, &area.id, grant.role.as_str(), ctx.app.today()).await?;
        let incidents = crate::incidents::waiting(&ctx, &mut reader, &area.id).await?;
        wrong.extend(incidents.into_iter().map(Item::from));
        let notices = crate::publications::notices_waiting(&ctx, &mut reader, &area.id).await?;
        wrong.extend(notices.wrong.into_iter().map(Item::from));
        due.extend(notices.due.into_iter().map(Item::from));
        wrong.extend(find_wrong(&ctx, &mut reader, &area, &place).await?);
        due.extend(find_due(&ctx, &mut reader, &area, &place).await?);
        changed.extend(
            store::happened(&mut reader, &area.id)
                .await?
                .into_iter()
                .map(|one| happened(&ctx, &zone, one)),
        );
        links.extend(self::links(&ctx, &mut reader, &area, &place).await?);
    }
    let retests = crate::training::learning::retests_waiting(&ctx, &mut reader).await?;
    due.extend(retests.into_iter().map(Item::from));
    let policy = &ctx.app.policy;
    if policy.could(acting.actor(), Action::TaskSee) {
        links.insert(0, ("/office/tasks".to_owned(), ctx.t.tasks_title()));
    }
    if !policy.could(acting.actor(), Action::TrainingFollow)
        && policy.could(acting.actor(), Action::TrainingOwn)
    {
        links.push(("/office/training/own".to_owned(), ctx.t.training_own()));
    }
    links.push(("/office/sessions".to_owned(), ctx.t.sessions_title()));
    links.push(("/office/password".to_owned(), ctx.t.password_title()));
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
    reader: &mut Connection,
    area: &Area,
    place: &Place,
) -> Result<Vec<Item>, Error> {
    let acting = ctx.acting()?;
    let mut items = Vec::new();
    if acting
        .may(reader, Action::ProtocolRead, &area.id, None)
        .await?
    {
        for (state, shape) in [
            ("submitted_with_faults", "trouble"),
            ("returned", "attention"),
        ] {
            for one in store::protocols(reader, &area.id, state).await? {
                items.push(protocol(ctx, &one, shape)?);
            }
        }
    }
    let follows = acting
        .may(reader, Action::TurnoutFollow, &area.id, None)
        .await?;
    let href = match &place.station_id {
        _ if follows => "/office/late".to_owned(),
        Some(station) => format!("/office/stations/{station}/day"),
        None => return Ok(items),
    };
    let now = ctx.app.clock.now();
    for late in super::late::late_under(reader, &ctx.app, &area.id, now)
        .await?
        .into_iter()
        .take(30)
    {
        let what = late.missing.words(ctx.t);
        let name = crate::votingday::queries::station_name(reader, &late.unit).await?;
        items.push(Item {
            shape: "attention",
            state: ctx.t.office_late(),
            text: ctx
                .t
                .office_station(station(ctx, late.unit.number, &name), what),
            href: href.clone(),
            when: String::new(),
        });
    }
    Ok(items)
}

async fn find_due(
    ctx: &Ctx,
    reader: &mut Connection,
    area: &Area,
    place: &Place,
) -> Result<Vec<Item>, Error> {
    let acting = ctx.acting()?;
    let mut items = Vec::new();
    if !acting
        .may(reader, Action::ProtocolRead, &area.id, None)
        .await?
    {
        return Ok(items);
    }
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
        let state = ctx.t.office_determine();
        items.push(
            contest(
                ctx,
                reader,
                &one,
                state,
                Action::OutcomeDetermine,
                "outcome",
            )
            .await?,
        );
    }
    for one in store::unregistered(reader, &area.id).await? {
        let state = ctx.t.office_register();
        items.push(contest(ctx, reader, &one, state, Action::ElectedRegister, "elected").await?);
    }
    for (one, voting_day, rules_id) in store::unrepeated(reader, &area.id).await? {
        let state = ctx.t.office_repeat();
        let mut item = contest(ctx, reader, &one, state, Action::ElectionRepeat, "repeat").await?;
        let pack = ctx.app.rules.get(&rules_id)?;
        if let Some(term) = crate::results::model::RepeatTerm::after(&pack, voting_day)? {
            item.when = ctx
                .t
                .office_until(crate::platform::i18n::date_long(ctx.lang(), term.last));
        }
        items.push(item);
    }
    for (id, area_id, title) in store::determined(reader, &area.id).await? {
        let publish = Action::ResultsPublish;
        if acting
            .may(reader, publish, &area_id, Some("determined"))
            .await?
        {
            items.push(Item {
                shape: "attention",
                state: ctx.t.office_publish(),
                text: title.get(ctx.lang()).to_owned(),
                href: format!("/office/elections/{id}"),
                when: String::new(),
            });
        }
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
        // Nothing has happened yet to what is only expected.
        when: if one.state == "expected" {
            String::new()
        } else {
            instant_short(ctx.lang(), one.since, &zone)
        },
    })
}

/// Leads to the form for those who decide, to the public page for those who only watch.
async fn contest(
    ctx: &Ctx,
    reader: &mut Connection,
    one: &WaitingContest,
    state: String,
    action: Action,
    form: &str,
) -> Result<Item, Error> {
    let decides = ctx
        .acting()?
        .may(reader, action, &one.area_id, Some(&one.election_state))
        .await?;
    Ok(Item {
        shape: "attention",
        state,
        text: one.area.get(ctx.lang()).to_owned(),
        href: if decides {
            format!("/office/contests/{}/{form}", one.contest_id)
        } else {
            format!("/elections/{}/contests/{}", one.election_id, one.area_code)
        },
        when: String::new(),
    })
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

/// What the office leads to: only where its powers reach.
async fn links(
    ctx: &Ctx,
    reader: &mut Connection,
    area: &Area,
    place: &Place,
) -> Result<Vec<(String, String)>, Error> {
    let t = ctx.t;
    let acting = ctx.acting()?;
    let mut links = Vec::new();
    if let Some(id) = &place.station_id
        && day_is_open(ctx, reader, id).await?
    {
        links.push((format!("/office/stations/{id}/day"), t.office_link_day()));
    }
    for (action, href, text) in [
        (
            Action::AccountManage,
            "/office/accounts",
            t.office_link_accounts(),
        ),
        (
            Action::ProtocolRead,
            "/office/protocols",
            t.office_link_protocols(),
        ),
        (Action::TurnoutFollow, "/office/late", t.office_link_late()),
        (
            Action::ReadinessFollow,
            "/office/readiness",
            t.readiness_title(),
        ),
        (
            Action::IncidentReport,
            "/office/incidents",
            t.incidents_title(),
        ),
        (Action::ReadinessFollow, "/office/watch", t.watch_title()),
        (Action::SurveyRun, "/office/surveys", t.surveys_title()),
        (
            Action::TrainingFollow,
            "/office/training",
            t.training_title(),
        ),
        (Action::VisitFollow, "/office/visits", t.visits_title()),
        (
            Action::ProposalAnswer,
            "/office/visits/proposals",
            t.visits_proposals_office(),
        ),
        (
            Action::NoteWrite,
            "/office/notes",
            t.publications_office_title(),
        ),
        (
            Action::NoticeTell,
            "/office/notices",
            t.publications_notices_office(),
        ),
        (
            Action::ElectionCreate,
            "/office/elections/new",
            t.elections_new_title(),
        ),
        (
            Action::ActRecord,
            "/office/acts/new",
            t.commissions_act_new(),
        ),
        (
            Action::RegisterImport,
            "/office/organisations",
            t.organisations_title(),
        ),
        (
            Action::RegisterImport,
            "/office/state-bodies",
            t.bodies_title(),
        ),
        (
            Action::ChecklistChange,
            "/office/checklists",
            t.checklists_title(),
        ),
        (
            Action::StationChange,
            "/office/stations/new",
            t.stations_new(),
        ),
        (Action::ReadinessFollow, "/office/access", t.access_title()),
    ] {
        if acting.may(reader, action, &area.id, None).await? {
            links.push((href.to_owned(), text));
        }
    }
    links.push(("/elections".to_owned(), t.office_link_elections()));
    links.extend(election_links(ctx, reader, area).await?);
    if let Some(id) = &place.commission_id {
        links.push((format!("/commissions/{id}"), t.office_link_commission()));
        if acting
            .may(reader, Action::DecisionRecord, &area.id, None)
            .await?
        {
            links.push((
                format!("/office/commissions/{id}/decisions/new"),
                t.office_link_decision(),
            ));
        }
    }
    Ok(links)
}

/// Whether the page of a station's voting day would open: reports are made from the eve of voting on.
async fn day_is_open(ctx: &Ctx, reader: &mut Connection, station: &str) -> Result<bool, Error> {
    let units = crate::votingday::queries::units_of_station(reader, station).await?;
    let Some(unit) = units.first() else {
        return Ok(false);
    };
    let state = Some(unit.election_state.as_str());
    ctx.acting()?
        .may(reader, Action::StationReport, &unit.area_id, state)
        .await
}

/// Elections that this office works on, and the contests of its own area with their candidates.
async fn election_links(
    ctx: &Ctx,
    reader: &mut Connection,
    area: &Area,
) -> Result<Vec<(String, String)>, Error> {
    let mut links = Vec::new();
    if !manage::runs_elections(ctx) {
        return Ok(links);
    }
    let elections = elections::queries::elections(reader).await?;
    let current = elections
        .into_iter()
        .filter(|election| election.state < ElectionState::Published);
    for election in current.take(ELECTIONS) {
        let title = election.title.get(ctx.lang());
        links.push((
            format!("/office/elections/{}", election.id),
            title.to_owned(),
        ));
        let contests = elections::queries::contests(reader, &election.id).await?;
        let plans = manage::keeps_calendar(ctx, reader, &election, &contests).await?;
        if plans {
            let text = ctx.t.office_link_calendar();
            links.push((
                format!("/office/elections/{}/calendar", election.id),
                format!("{text}: {title}"),
            ));
        }
        for contest in contests {
            if contest.area_id == area.id {
                let text = ctx.t.elections_manage_candidates();
                links.push((
                    format!("/office/contests/{}/candidates", contest.id),
                    format!("{text}: {title}"),
                ));
            }
        }
    }
    Ok(links)
}

/// Elections that are not published yet, listed on the desk at most.
const ELECTIONS: usize = 10;
