//! "Ready": a commission signs what it saw below itself, with each exception named and reasoned.

use super::reason_of;
use crate::commissions::{self, Commission, Level};
use crate::elections;
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::files::hex;
use crate::platform::web::FieldErrors;
use crate::platform::{Acting, Error, audit};
use crate::readiness::model::{
    Carried, Exception, ItemStatus, Missing, Signature, Snapshot, tallies,
};
use crate::readiness::{lists, store};
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// A signature to be given.
#[derive(Clone, Debug)]
pub struct Sign {
    /// The election.
    pub election_id: String,
    /// The commission.
    pub commission_id: String,
    /// Hash of what was before the person who signs.
    pub seen: String,
    /// Reasons by the name of their field ([`Missing::field`]).
    pub reasons: BTreeMap<String, String>,
}

/// Signs that everything below is ready but for the exceptions. Returns the version of the signature.
///
/// # Errors
/// No power for this commission; something changed since the page was read; an exception without a reason.
pub async fn sign(acting: &Acting, input: &Sign) -> Result<u64, Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    let election = elections::queries::election(&mut tx, &input.election_id).await?;
    let commission = commissions::queries::by_id(&mut tx, &input.commission_id).await?;
    let state = Some(election.state.as_str());
    acting
        .require(&mut tx, Action::ReadinessSign, &commission.area_id, state)
        .await?;
    tx.lock_for_one("readiness.sign").await?;
    // A station is held: what arrives while its commission signs has a later revision.
    let mut revision = 0;
    if commission.level == Level::Precinct
        && let Some(place) =
            store::place_of_area(&mut tx, &election.id, &commission.area_id).await?
        && let Some(held) = store::hold(&mut tx, &election.id, &place.station_id, None).await?
    {
        revision = held.revision;
    }
    let now = snapshot(&mut tx, &election.id, &commission, acting.today()).await?;
    if now.sha256 != input.seen {
        return Err(Error::Conflict(t.readiness_changed_meanwhile()));
    }
    let exceptions = exceptions(acting, input, &now)?;
    let version = store::sign::signatures(&mut tx, &election.id, &commission.id)
        .await?
        .first()
        .map_or(1, |s| s.version.saturating_add(1));
    let new = Signature {
        election_id: election.id.clone(),
        commission_id: commission.id.clone(),
        version,
        area_id: commission.area_id.clone(),
        level: commission.level.as_str().to_owned(),
        snapshot: now.text,
        sha256: now.sha256,
        exceptions: u64::try_from(exceptions.len()).map_err(Error::internal)?,
        made_by: acting.person().to_owned(),
        made_at: acting.now(),
        place: store::sign::next_place(&mut tx, &election.id).await?,
    };
    store::sign::add(&mut tx, (&new, revision), &exceptions).await?;
    acting
        .record(
            &mut tx,
            audit::Event {
                event: "readiness.signed",
                kind: "readiness_signature",
                object: &[&election.id, &commission.id, &version.to_string()],
                contest_id: "",
            },
        )
        .await?;
    tx.commit().await?;
    Ok(version)
}

/// Every exception with its reason; all that lack one are told at once.
fn exceptions(acting: &Acting, input: &Sign, now: &Snapshot) -> Result<Vec<Exception>, Error> {
    let mut problems = FieldErrors::new();
    let mut exceptions = Vec::new();
    for missing in &now.missing {
        let field = missing.field();
        let given = input.reasons.get(&field).map_or("", String::as_str);
        match reason_of(acting.t(), &field, given) {
            Ok(reason) => exceptions.push(Exception {
                subject: missing.subject.clone(),
                item: missing.item.clone(),
                reason: reason.to_owned(),
            }),
            Err(Error::Invalid(found)) => {
                for problem in found {
                    problems.add(problem.field, problem.message);
                }
            }
            Err(other) => return Err(other),
        }
    }
    problems.done()?;
    Ok(exceptions)
}

/// What a commission would sign now, and what stands between it and "ready".
///
/// # Errors
/// [`Error::NotFound`] for a commission below which nothing answers in this election.
pub async fn snapshot(
    connection: &mut Connection,
    election_id: &str,
    commission: &Commission,
    today: Date,
) -> Result<Snapshot, Error> {
    let mut text = format!(
        "tandau readiness 1\nelection {election_id}\ncommission {}\nlevel {}\n",
        commission.id,
        commission.level.as_str()
    );
    let (missing, carried) = match commission.level {
        Level::Precinct => {
            let missing = precinct(connection, election_id, commission, today, &mut text).await?;
            (missing, Vec::new())
        }
        level => above(connection, election_id, commission, level, today, &mut text).await?,
    };
    let sha256 = hex(&Sha256::digest(text.as_bytes()));
    Ok(Snapshot {
        text,
        sha256,
        missing,
        carried,
    })
}

fn line(text: &mut String, written: std::fmt::Arguments<'_>) -> Result<(), Error> {
    text.write_fmt(written).map_err(Error::internal)?;
    text.push('\n');
    Ok(())
}

/// A station: its checklist, its counts, and every item with the answer that counts.
async fn precinct(
    connection: &mut Connection,
    election_id: &str,
    commission: &Commission,
    today: Date,
    text: &mut String,
) -> Result<Vec<Missing>, Error> {
    let place = store::place_of_area(connection, election_id, &commission.area_id)
        .await?
        .ok_or(Error::NotFound)?;
    let force = store::in_force(connection, &place, "", today)
        .await?
        .ok_or(Error::NotFound)?;
    let list = lists::by_hash(connection, &force.id, force.version, &force.sha256).await?;
    let states = store::read::states(connection, election_id, &place.station_id).await?;
    let status = |item: &str| states.get(item).map(|s| s.status);
    let counts = tallies(&list, status)
        .remove(crate::readiness::model::ALL_SECTIONS)
        .unwrap_or_default();
    line(text, format_args!("station {}", place.station_id))?;
    line(
        text,
        format_args!("checklist {} {}", force.id, force.version),
    )?;
    line(
        text,
        format_args!(
            "counts {} {} {} {} {} {} {}",
            counts.expected,
            counts.met,
            counts.unmet,
            counts.unmet_critical,
            counts.na,
            counts.disputed,
            counts.unanswered
        ),
    )?;
    let mut missing = Vec::new();
    for item in &list.items {
        let state = states.get(&item.id);
        line(
            text,
            format_args!(
                "= {} {} {}",
                item.id,
                state.map_or("unanswered", |s| s.status.as_str()),
                state.map_or(0, |s| s.sequence)
            ),
        )?;
        let why = match state.map(|s| s.status) {
            None | Some(ItemStatus::Again) => "unanswered",
            Some(ItemStatus::Disputed) => "disputed",
            Some(ItemStatus::Unmet) => "unmet",
            Some(_) => continue,
        };
        missing.push(Missing {
            subject: place.station_id.clone(),
            item: item.id.clone(),
            why,
        });
    }
    Ok(missing)
}

/// A commission above: the signatures of all commissions directly below, the exceptions that they stand for, and
/// whether anything has changed since.
async fn above(
    connection: &mut Connection,
    election_id: &str,
    commission: &Commission,
    level: Level,
    today: Date,
    text: &mut String,
) -> Result<(Vec<Missing>, Vec<Carried>), Error> {
    let below = level.below().unwrap_or(Level::Precinct);
    let subjects = subjects(connection, election_id, commission, level, today).await?;
    if subjects.is_empty() {
        return Err(Error::NotFound);
    }
    let signed =
        store::sign::signed_under(connection, election_id, &commission.area_id, below.as_str())
            .await?;
    let area = &commission.area_id;
    let exceptions = store::sign::exceptions_under(connection, election_id, area).await?;
    let changed = store::sign::changed_under(connection, election_id, area).await?;
    let newest = store::sign::signed_below(connection, election_id, area).await?;
    let mut missing = Vec::new();
    let mut carried = Vec::new();
    for (subject, area) in subjects {
        let exceptions = exceptions.get(&area).copied().unwrap_or(0);
        let changed = changed.get(&area).copied().unwrap_or(0);
        let signature = signed.iter().find(|s| s.area_id == area);
        let (version, sha256) =
            signature.map_or((0, "unsigned"), |s| (s.version, s.sha256.as_str()));
        line(
            text,
            format_args!("= {subject} {version} {sha256} {exceptions} {changed}"),
        )?;
        let why = match signature {
            None => "unsigned",
            Some(_) if changed > 0 => "drifted",
            Some(s) if newest.get(&area).is_some_and(|place| *place > s.place) => "drifted",
            Some(s) if exceptions > 0 => {
                carried.push(Carried {
                    subject,
                    commission_id: s.commission_id.clone(),
                    exceptions,
                });
                continue;
            }
            Some(_) => continue,
        };
        missing.push(Missing {
            subject,
            item: String::new(),
            why,
        });
    }
    Ok((missing, carried))
}

/// What lies directly below a commission: stations with their areas, or areas of commissions.
async fn subjects(
    connection: &mut Connection,
    election_id: &str,
    commission: &Commission,
    level: Level,
    today: Date,
) -> Result<Vec<(String, String)>, Error> {
    if level == Level::District {
        let places =
            store::places_of_district(connection, election_id, &commission.area_id).await?;
        return Ok(places
            .into_iter()
            .map(|p| (p.station_id, p.area_id))
            .collect());
    }
    let districts = store::under::districts(connection, election_id, "", today).await?;
    let areas: BTreeSet<String> = districts
        .into_iter()
        .filter(|d| level == Level::Central || d.region_id == commission.area_id)
        .map(|d| {
            if level == Level::Central {
                d.region_id
            } else {
                d.district_id
            }
        })
        .collect();
    Ok(areas.into_iter().map(|a| (a.clone(), a)).collect())
}
