//! What there is to try, by office and by where the demo's election stands.

use super::load::{Cast, ELECTION};
use crate::counting::model::ProtocolState;
use crate::counting::queries as counting;
use crate::elections::queries as elections;
use crate::elections::state::ElectionState;
use crate::platform::Error;
use crate::platform::database::Connection;
use crate::results::model::OutcomeKind;
use crate::results::queries as results;

/// Area code of the contest that the demo's people belong to.
const CONTEST_AREA: &str = "353600000";
/// The station that they belong to.
pub(super) const STATION: i64 = 448;

/// Where the election, the contest and the station of the demo's people stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Situation {
    pub(super) state: ElectionState,
    /// The station's protocol.
    pub(super) protocol: ProtocolState,
    /// Its chair has confirmed the newest version.
    pub(super) confirmed: bool,
    /// All protocols of the contest are accepted.
    pub(super) all_accepted: bool,
    /// The contest's newest outcome.
    pub(super) outcome: Option<OutcomeKind>,
    /// The elected person is registered.
    pub(super) registered: bool,
    pub(super) places: Places,
}

impl Situation {
    /// The public page of the station.
    pub(super) fn station_href(&self) -> String {
        format!("/elections/{ELECTION}/stations/{}", self.places.station)
    }
}

/// Ids that lead to the pages where things are done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Places {
    pub(super) contest: String,
    pub(super) station: String,
    pub(super) commission: String,
}

/// What somebody can try, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Task {
    pub(super) key: &'static str,
    pub(super) href: String,
}

/// Reads where everything stands; `None` while the demo has no election yet.
pub(super) async fn situation(reader: &mut Connection) -> Result<Option<Situation>, Error> {
    let election = match elections::election(reader, ELECTION).await {
        Ok(election) => election,
        Err(Error::NotFound) => return Ok(None),
        Err(other) => return Err(other),
    };
    let id = format!("{ELECTION}.{CONTEST_AREA}");
    let contest = match elections::contest(reader, &id).await {
        Ok(contest) => contest,
        Err(Error::NotFound) => return Ok(None),
        Err(other) => return Err(other),
    };
    let stations = results::stations_by_number(reader, ELECTION, STATION).await?;
    let Some(station) = stations.into_iter().find(|s| s.contest_id == id) else {
        return Ok(None);
    };
    let protocol = counting::protocol(reader, &station.id, &id).await?;
    let confirmed = counting::versions(reader, &station.id, &id)
        .await?
        .iter()
        .max_by_key(|v| v.version)
        .is_some_and(|v| v.confirmed_at.is_some());
    let progress = counting::progress(reader, &id).await?;
    Ok(Some(Situation {
        state: election.state,
        protocol: protocol.map_or(ProtocolState::Expected, |p| p.state),
        confirmed,
        all_accepted: progress.accepted > 0 && progress.accepted == progress.total(),
        outcome: results::outcome(reader, &id).await?.map(|o| o.kind),
        registered: results::taking_office(reader, &id).await?.is_some(),
        places: Places {
            contest: id,
            station: station.id,
            commission: contest.commission_id,
        },
    }))
}

/// What one of the cast can try now.
pub(super) fn task(one: &Cast, situation: Option<&Situation>) -> Task {
    let Some(s) = situation else {
        return to("first-steps-task-wait", "/office");
    };
    match one.role.split_once('.') {
        None => to("first-steps-task-accounts", "/office/accounts"),
        Some(("precinct", office)) => precinct(office, s),
        Some(("district", office)) => district(office, s),
        Some(("body", _)) => to("first-steps-task-body", "/office/tasks"),
        Some(("region", _)) => watch("first-steps-task-watch-region", s),
        Some((_, office)) => central(office, s),
    }
}

fn to(key: &'static str, href: impl Into<String>) -> Task {
    Task {
        key,
        href: href.into(),
    }
}

fn precinct(office: &str, s: &Situation) -> Task {
    let day = format!("/office/stations/{}/day", s.places.station);
    let protocol = format!(
        "/office/protocols/{}/{}",
        s.places.contest, s.places.station
    );
    if s.state < ElectionState::Voting {
        return to("first-steps-task-day-ahead", day);
    }
    if office == "member" {
        return to("first-steps-task-read-only", protocol);
    }
    if s.state == ElectionState::Voting {
        return to("first-steps-task-report", day);
    }
    match (s.protocol, office) {
        (ProtocolState::Accepted, _) => to("first-steps-task-accepted", protocol),
        (ProtocolState::Expected | ProtocolState::Draft | ProtocolState::Returned, "secretary") => {
            to("first-steps-task-enter", protocol)
        }
        (ProtocolState::Expected | ProtocolState::Draft | ProtocolState::Returned, _) => {
            to("first-steps-task-confirm-later", protocol)
        }
        (_, "secretary") => to("first-steps-task-sent", protocol),
        _ if s.confirmed => to("first-steps-task-sent", protocol),
        _ => to("first-steps-task-confirm", protocol),
    }
}

fn district(office: &str, s: &Situation) -> Task {
    if office == "member" {
        return watch("first-steps-task-watch-district", s);
    }
    let contest = &s.places.contest;
    let decision = || {
        to(
            "first-steps-task-decision",
            format!("/office/commissions/{}/decisions/new", s.places.commission),
        )
    };
    match s.state {
        ElectionState::Called
        | ElectionState::Nomination
        | ElectionState::Registration
        | ElectionState::Campaign => to(
            "first-steps-task-candidates",
            format!("/office/contests/{contest}/candidates"),
        ),
        ElectionState::Silence | ElectionState::Voting => {
            to("first-steps-task-late", "/office/late")
        }
        _ if !s.all_accepted => to(
            "first-steps-task-decide",
            format!("/office/protocols?contest={contest}"),
        ),
        _ if s.outcome.is_none() => to(
            "first-steps-task-determine",
            format!("/office/contests/{contest}/outcome"),
        ),
        // One office registers, the other learns what a decision needs.
        _ if office == "secretary" => decision(),
        _ if s.outcome == Some(OutcomeKind::Elected) && !s.registered => to(
            "first-steps-task-register",
            format!("/office/contests/{contest}/elected"),
        ),
        // A deputy records no decisions.
        _ if office == "deputy" => watch("first-steps-task-watch-district", s),
        _ => decision(),
    }
}

fn central(office: &str, s: &Situation) -> Task {
    let election = format!("/office/elections/{ELECTION}");
    match (office, s.state) {
        ("secretary", _) => to("first-steps-task-calendar", format!("{election}/calendar")),
        ("chair", ElectionState::Determined) => to("first-steps-task-publish", election),
        ("chair", ElectionState::Published) => to("first-steps-task-published", "/downloads"),
        _ => watch("first-steps-task-watch-country", s),
    }
}

/// Before there are protocols the late stations are what is to be watched.
fn watch(key: &'static str, s: &Situation) -> Task {
    match s.state {
        ElectionState::Silence | ElectionState::Voting => {
            to("first-steps-task-late", "/office/late")
        }
        ElectionState::Counting | ElectionState::Determined | ElectionState::Published => {
            to(key, "/office/protocols")
        }
        _ => to("first-steps-task-ahead", "/office"),
    }
}

#[cfg(test)]
#[path = "steps_tests.rs"]
mod tests;
