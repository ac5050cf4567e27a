//! Reports from phones, when they find a network.

use super::actions::report_in;
use super::model::{NewIncident, REPORT};
use super::queries;
use crate::platform::access::{self, Action};
use crate::platform::app::Answer;
use crate::platform::database::{Connection, Transaction};
use crate::platform::inbox::{Envelope, Intake, Taken};
use crate::platform::web::fields::moment;
use crate::platform::{Acting, Error};
use crate::{elections, stations};
use electoral::checklist::Severity;
use jiff::tz::TimeZone;

/// Takes reports of incidents.
#[derive(Debug)]
pub struct FromPhones;

impl Intake for FromPhones {
    fn kind(&self) -> &'static str {
        REPORT
    }

    fn take<'a>(
        &'a self,
        tx: &'a mut Transaction,
        acting: &'a Acting,
        envelope: &'a Envelope,
    ) -> Answer<'a, Taken> {
        Box::pin(async move {
            let mut new = read(tx, acting, |name| envelope.text(name), &envelope.id).await?;
            if new.happened_at.is_none() {
                new.happened_at = Some(envelope.made_at.min(acting.now()));
            }
            new.photos = envelope.files.get("photo").cloned().unwrap_or_default();
            let reported = report_in(tx, acting, new).await?;
            let number = i64::try_from(reported.number).unwrap_or(i64::MAX);
            Ok(Taken {
                state: "taken".to_owned(),
                message: acting.t().incidents_taken(number),
                href: format!("/office/incidents/{}", reported.id),
            })
        })
    }
}

/// Reads the fields of a report, as a form or an envelope brings them. Without a station it is about the one whose number
/// stands there, else about the place where its author works.
pub(super) async fn read<'f>(
    connection: &mut Connection,
    acting: &Acting,
    field: impl Fn(&str) -> &'f str,
    id: &str,
) -> Result<NewIncident, Error> {
    let t = acting.t();
    let (station_id, area_id) =
        match [field("station"), field("number"), field("area")].map(str::trim) {
            ["", "", ""] => own_place(connection, acting).await?,
            ["", "", area] => (None, area.to_owned()),
            ["", number, _] => {
                let found = by_number(connection, acting, field("election"), number).await?;
                (Some(found), String::new())
            }
            [station, _, _] => (Some(station.to_owned()), String::new()),
        };
    let severity = match field("severity") {
        "" => None,
        word => {
            Some(Severity::parse(word).ok_or_else(|| Error::field("severity", t.form_choice()))?)
        }
    };
    let zone = match &station_id {
        Some(station) => match queries::station(connection, station).await {
            Ok(station) => TimeZone::get(&station.zone)?,
            Err(Error::NotFound) => {
                return Err(Error::field("station", t.incidents_station_unknown()));
            }
            Err(other) => return Err(other),
        },
        None => acting.app().home_zone.clone(),
    };
    let happened_at = match field("happened") {
        "" => None,
        text => Some(
            moment(text, &zone).ok_or_else(|| Error::field("happened", t.incidents_time_form()))?,
        ),
    };
    Ok(NewIncident {
        id: id.to_owned(),
        election_id: field("election").to_owned(),
        station_id,
        area_id,
        kind: field("kind").to_owned(),
        severity,
        what: field("what").to_owned(),
        item: field("item").to_owned(),
        finding: field("finding").to_owned(),
        happened_at,
        photos: Vec::new(),
    })
}

/// The station at which somebody works, else the first of their areas.
async fn own_place(
    connection: &mut Connection,
    acting: &Acting,
) -> Result<(Option<String>, String), Error> {
    let own = acting
        .areas_with(connection, Action::IncidentReport)
        .await?;
    for area in &own {
        if let Some(station) = stations::queries::id_by_area(connection, area).await? {
            return Ok((Some(station), String::new()));
        }
    }
    Ok((None, own.into_iter().next().unwrap_or_default()))
}

/// The station of a number at or below one of one's own areas: numbers repeat from region to region.
async fn by_number(
    connection: &mut Connection,
    acting: &Acting,
    election: &str,
    number: &str,
) -> Result<String, Error> {
    let unknown = || Error::field("number", acting.t().incidents_station_unknown());
    let number: u64 = number.parse().map_err(|_| unknown())?;
    let units =
        elections::queries::units_of_election_by_number(connection, election, number).await?;
    let mut found = Vec::new();
    for unit in units {
        let above = access::store::ancestors(connection, &unit.area_id).await?;
        let own = acting
            .actor()
            .grants
            .iter()
            .any(|g| above.contains(&g.area_id));
        if own && !found.contains(&unit.station_id) {
            found.push(unit.station_id);
        }
    }
    match (found.pop(), found.is_empty()) {
        (Some(station), true) => Ok(station),
        (None, _) => Err(unknown()),
        (Some(_), false) => Err(Error::field(
            "number",
            acting.t().incidents_station_several(),
        )),
    }
}
