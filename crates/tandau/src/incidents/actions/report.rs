//! A report: from the office, or from a phone when it finds a network.

use super::{Says, keep, prepare, step_in};
use crate::elections::{ElectionState, queries as elections};
use crate::incidents::model::{Assignee, EventKind, Incident, NewIncident, State};
use crate::incidents::{queries, store};
use crate::platform::access::Action;
use crate::platform::database::{Connection, Transaction};
use crate::platform::{Acting, Error, areas, ids};

/// What became of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// The incident.
    pub id: String,
    /// Its number.
    pub number: u64,
    /// The same report was there already: nothing was written.
    pub before: bool,
}

/// Reports an incident, with photos as they came.
///
/// # Errors
/// As [`report_in`].
pub async fn report(
    acting: &Acting,
    mut new: NewIncident,
    photos: Vec<Vec<u8>>,
) -> Result<Reported, Error> {
    let photos = prepare(acting, photos).await?;
    let mut tx = acting.begin().await?;
    let place = place_of(&mut tx, acting, &new).await?;
    acting
        .require(&mut tx, Action::IncidentReport, &place.area_id, None)
        .await?;
    new.photos = keep(&mut tx, acting, &photos).await?;
    let reported = report_in(&mut tx, acting, new).await?;
    if !reported.before {
        tx.commit().await?;
    }
    Ok(reported)
}

/// Where something happened.
struct Place {
    area_id: String,
    region_id: Option<String>,
    district_id: Option<String>,
    contest_id: String,
    election_id: String,
}

/// [`report`] inside another act, with photos that are kept already.
///
/// # Errors
/// No power there; an unknown station or election; what [`NewIncident::check`] finds.
pub async fn report_in(
    tx: &mut Transaction,
    acting: &Acting,
    new: NewIncident,
) -> Result<Reported, Error> {
    let t = acting.t();
    let place = place_of(tx, acting, &new).await?;
    acting
        .require(tx, Action::IncidentReport, &place.area_id, None)
        .await?;
    let app = acting.app().clone();
    let rules = app.rules.incidents();
    let now = acting.now();
    new.check(t, rules, now)?;
    if !ids::is_id(&new.id) || new.id.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Error::NotFound);
    }
    match store::by_id(tx, &new.id).await {
        Ok(known) if known.reported_by == acting.person() => {
            return Ok(Reported {
                id: known.id,
                number: known.number,
                before: true,
            });
        }
        Ok(_) => return Err(Error::Conflict(t.incidents_changed_meanwhile())),
        Err(Error::NotFound) => {}
        Err(other) => return Err(other),
    }
    let election = elections::election(tx, &place.election_id).await?;
    if election.state >= ElectionState::Published {
        return Err(Error::Conflict(t.incidents_election_over()));
    }
    let kind = rules.kind(&new.kind).ok_or(Error::NotFound)?;
    let mut incident = Incident {
        number: store::next_number(tx, &election.id).await?,
        id: new.id,
        election_id: election.id,
        contest_id: place.contest_id,
        station_id: new.station_id,
        area_id: place.area_id,
        region_id: place.region_id,
        district_id: place.district_id,
        severity: new.severity.unwrap_or(kind.severity),
        kind: new.kind,
        what: new.what.trim().to_owned(),
        item: new.item,
        finding: new.finding,
        happened_at: new.happened_at.unwrap_or(now),
        reported_by: acting.person().to_owned(),
        reported_at: now,
        clock_from: now,
        respond_by: now,
        responded_at: None,
        response_seconds: None,
        closed_at: None,
        state: State::Open,
        before_merge: None,
        merged_into: None,
        assignee: Assignee::default(),
        events: 0,
        changed_at: now,
    };
    incident.set_clock(rules);
    store::add(tx, &incident).await?;
    let says = Says {
        photos: &new.photos,
        ..Says::default()
    };
    let incident = step_in(tx, acting, incident, EventKind::Reported, says, |_| ()).await?;
    Ok(Reported {
        id: incident.id,
        number: incident.number,
        before: false,
    })
}

async fn place_of(
    connection: &mut Connection,
    acting: &Acting,
    new: &NewIncident,
) -> Result<Place, Error> {
    let t = acting.t();
    if let Some(id) = &new.station_id {
        let unknown = || Error::field("station", t.incidents_station_unknown());
        let station = match queries::station(connection, id).await {
            Ok(station) => station,
            Err(Error::NotFound) => return Err(unknown()),
            Err(other) => return Err(other),
        };
        let units = elections::units_of_station(connection, id).await?;
        let unit = units
            .into_iter()
            .find(|u| new.election_id.is_empty() || u.election_id == new.election_id)
            .ok_or_else(unknown)?;
        return Ok(Place {
            area_id: station.area_id,
            region_id: Some(station.region_id),
            district_id: Some(station.district_id),
            contest_id: unit.contest_id,
            election_id: unit.election_id,
        });
    }
    if !ids::is_id(&new.area_id) {
        return Err(Error::field("station", t.incidents_station_unknown()));
    }
    let mut place = Place {
        area_id: new.area_id.clone(),
        region_id: None,
        district_id: None,
        contest_id: String::new(),
        election_id: new.election_id.clone(),
    };
    for area in areas::path(connection, &new.area_id).await? {
        match acting.app().rules.country().commission_of(&area.kind) {
            Some("region") => place.region_id = Some(area.id),
            Some("district") => place.district_id = Some(area.id),
            _ => {}
        }
    }
    if place.election_id.is_empty() {
        return Err(Error::field("election", t.form_choice()));
    }
    Ok(place)
}
