//! Signing "ready": what is missing, with a reason for each exception.

use super::common::{asked, election_of, wording};
use crate::commissions::{self, Commission, Level};
use crate::elections;
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::{instant_long, number};
use crate::platform::web::{Crumb, Ctx, FieldErrors, FormData, Shell, page, page_with_status, see};
use crate::platform::{Error, T, ids};
use crate::readiness::actions::{self, Sign};
use crate::readiness::model::Missing;
use crate::readiness::queries;
use askama::Template;
use axum::response::Response;
use std::collections::HashMap;

/// Exceptions that one signature can have: a list that nobody reads is no list.
const MOST_EXCEPTIONS: usize = 150;

#[derive(Template)]
#[template(path = "readiness/pages/sign.html")]
struct SignPage {
    s: Shell,
    errors: FieldErrors,
    where_: String,
    title: String,
    as_of: String,
    election: String,
    commission: String,
    seen: String,
    shape: &'static str,
    lead: String,
    too_many: bool,
    missing: Vec<Line>,
    /// Name, address and words of each that was signed with exceptions.
    carried: Vec<(String, String, String)>,
}

struct Line {
    field: String,
    text: String,
    shape: &'static str,
    state: String,
    href: String,
    reason: String,
    error: String,
}

/// What the lines of a commission are about: numbers of stations, names of areas.
pub(super) struct Subjects {
    stations: HashMap<String, u64>,
    areas: HashMap<String, crate::platform::Names>,
}

impl Subjects {
    pub(super) async fn read(
        connection: &mut Connection,
        election: &str,
        commission: &Commission,
    ) -> Result<Self, Error> {
        let area = &commission.area_id;
        let mut stations = HashMap::new();
        if commission.level == Level::District {
            for place in queries::places_of_district(connection, election, area).await? {
                stations.insert(place.station_id, place.number);
            }
        }
        Ok(Self {
            stations,
            areas: queries::area_names(connection, election).await?,
        })
    }

    pub(super) fn name(&self, t: T, subject: &str) -> String {
        if let Some(number) = self.stations.get(subject) {
            return t.readiness_station(number.to_string());
        }
        self.areas
            .get(subject)
            .map_or_else(|| subject.to_owned(), |names| names.get(t.lang).to_owned())
    }
}

/// The commission that the address names, or the reader's own.
async fn commission_of(
    ctx: &Ctx,
    connection: &mut Connection,
    named: &str,
) -> Result<Commission, Error> {
    let acting = ctx.acting()?;
    if !named.is_empty() {
        return commissions::queries::by_id(connection, named).await;
    }
    for grant in &acting.actor().grants {
        let today = ctx.app.today();
        if let Some(own) = commissions::queries::by_area(connection, &grant.area_id, today).await? {
            return Ok(own);
        }
    }
    Err(Error::Conflict(ctx.t.readiness_sign_nobody()))
}

async fn build(
    ctx: &Ctx,
    (election, named): (&str, &str),
    (data, errors): (FormData, FieldErrors),
) -> Result<SignPage, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let commission = commission_of(ctx, &mut reader, named).await?;
    let election = elections::queries::election(&mut reader, election).await?;
    let state = Some(election.state.as_str());
    let acting = ctx.acting()?;
    acting
        .require(
            &mut reader,
            Action::ReadinessSign,
            &commission.area_id,
            state,
        )
        .await?;
    let today = ctx.app.today();
    let now = match actions::snapshot(&mut reader, &election.id, &commission, today).await {
        Err(Error::NotFound) => return Err(Error::Conflict(t.readiness_sign_nobody())),
        other => other?,
    };
    let subjects = Subjects::read(&mut reader, &election.id, &commission).await?;
    let list = queries::checklist(&mut reader, &election.id).await?;
    let section = |item: &str| {
        let (list, _) = list.as_ref()?;
        Some(list.item(item)?.section.clone())
    };
    let line = |missing: &Missing| {
        let field = missing.field();
        let text = match &list {
            Some((list, _)) if !missing.item.is_empty() => wording(list, &missing.item, t.lang),
            _ => subjects.name(t, &missing.subject),
        };
        let href = section(&missing.item).map_or_else(String::new, |section| {
            format!(
                "/office/readiness/stations/{}?election={}&section={section}",
                missing.subject, election.id
            )
        });
        Line {
            text,
            shape: if missing.why == "unmet" {
                "trouble"
            } else {
                "attention"
            },
            state: t.word(&format!("readiness-status-{}", missing.why)),
            href,
            reason: data.text(&field).to_owned(),
            error: errors.of(&field).to_owned(),
            field,
        }
    };
    let missing: Vec<Line> = now.missing.iter().map(line).collect();
    let count = number(
        t.lang,
        u64::try_from(missing.len()).map_err(Error::internal)?,
    );
    let too_many = missing.len() > MOST_EXCEPTIONS;
    let exceptions: u64 = now.carried.iter().map(|c| c.exceptions).sum();
    let carried = now
        .carried
        .iter()
        .map(|one| {
            let href = format!(
                "/office/readiness/signatures/{}?election={}",
                one.commission_id, election.id
            );
            let words = t.readiness_sign_carried_line(number(t.lang, one.exceptions));
            (subjects.name(t, &one.subject), href, words)
        })
        .collect();
    let (shape, lead) = if missing.is_empty() && exceptions > 0 {
        (
            "attention",
            t.readiness_sign_carried(number(t.lang, exceptions)),
        )
    } else if missing.is_empty() {
        ("done", t.readiness_sign_ready())
    } else if too_many {
        ("attention", t.readiness_sign_too_many(count))
    } else {
        ("attention", t.readiness_sign_missing(count))
    };
    let area = crate::platform::areas::by_id(&mut reader, &commission.area_id, today).await?;
    let title = t.readiness_sign_title();
    Ok(SignPage {
        s: ctx.shell("office", title.clone(), crumbs(t, &election.id, &title)),
        errors,
        where_: format!("{} · {}", commission.name(t), election.title.get(t.lang)),
        title,
        as_of: instant_long(t.lang, ctx.app.clock.now(), &area.time_zone()?),
        election: election.id,
        commission: commission.id,
        seen: now.sha256,
        shape,
        lead,
        too_many,
        missing,
        carried,
    })
}

/// The way to a page about signatures.
pub(super) fn crumbs(t: T, election: &str, here: &str) -> Vec<Crumb> {
    vec![
        Crumb::to("/office", t.shell_nav_office()),
        Crumb::to(
            format!("/office/readiness?election={election}"),
            t.readiness_title(),
        ),
        Crumb::here(here),
    ]
}

pub(super) async fn form(ctx: Ctx) -> Result<Response, Error> {
    let election = {
        let mut reader = ctx.read().await?;
        election_of(&ctx, &mut reader).await?
    };
    let Some(election) = election else {
        return Err(Error::Conflict(ctx.t.readiness_list_no_election()));
    };
    let nothing = (FormData::default(), FieldErrors::new());
    let key = (election.as_str(), asked(&ctx, "commission"));
    page(&build(&ctx, (key.0, &key.1), nothing).await?)
}

pub(super) async fn send(ctx: Ctx, data: FormData) -> Result<Response, Error> {
    let (election, commission) = (data.text("election"), data.text("commission"));
    if !ids::is_id(election) || !ids::is_id(commission) {
        return Err(Error::NotFound);
    }
    let (election, commission) = (election.to_owned(), commission.to_owned());
    let input = Sign {
        election_id: election.clone(),
        commission_id: commission.clone(),
        seen: data.text("seen").to_owned(),
        reasons: data
            .fields()
            .iter()
            .filter(|(name, _)| name.starts_with("reason."))
            .cloned()
            .collect(),
    };
    match actions::sign(&ctx.acting()?, &input).await {
        Ok(_) => Ok(see(&format!(
            "/office/readiness/signatures/{commission}?election={election}&done=readiness-signed"
        ))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "seen")?;
            let page = build(&ctx, (&election, &commission), (data, errors)).await?;
            page_with_status(&page, status)
        }
    }
}
