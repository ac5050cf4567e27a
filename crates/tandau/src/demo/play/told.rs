//! What commissions told everybody in the weeks before voting: notices to voters, and a note on one district. All of it
//! synthetic: the addresses lead nowhere.

use super::{Stage, pair, side_by_side};
use crate::demo::load;
use crate::demo::plan::VOTING_DAY;
use crate::demo::progress::Progress;
use crate::platform::{Error, ids};
use crate::publications::actions::{self, NewTelling};
use crate::publications::model::{NewNote, Telling};
use crate::publications::visits::VISIT;
use jiff::Timestamp;
use jiff::civil::{Date, date, time};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The district whose readiness is written about on the last day of the visit.
const ABOUT: &str = "353600000";
/// Each so manieth station told its voters a day late, each so manieth never put it on record.
const LATE: usize = 83;
const NEVER: usize = 137;
/// Notices of contests: what, on which day, how.
const OF_CONTESTS: [(&str, Date, &str); 2] = [
    ("pec_composition", date(2023, 9, 29), "newspaper"),
    ("candidates", date(2023, 10, 12), "newspaper"),
];
/// Notices of stations: what, on which day in time, on which day late, how.
const OF_STATIONS: [(&str, Date, Date, &str); 2] = [
    (
        "list_display",
        date(2023, 10, 19),
        date(2023, 10, 21),
        "board",
    ),
    (
        "voting_place",
        date(2023, 10, 24),
        date(2023, 10, 26),
        "invitation",
    ),
];
const NEWSPAPER: &str = "Аудандық газет (көрсетілім) / районная газета (демонстрация)";
const BY_HAND: &str = "Учаске аумағы (көрсетілім) / территория участка (демонстрация)";

/// The commission of a district writes about its stations.
pub(super) async fn note(stage: &Stage, day: Date) -> Result<(), Error> {
    if day != date(2023, 10, 2) {
        return Ok(());
    }
    let contest = stage.plan.contests.iter().position(|c| c.area == ABOUT);
    let Some(contest) = contest else {
        return Ok(());
    };
    let (chair, secretary) = pair(&stage.districts, contest)?;
    let zone = &stage.app.home_zone;
    let at = |minute: i8| load::instant(zone, day, time(17, minute, 0, 0));
    let new = NewNote {
        id: ids::new_id(),
        template: "readiness".to_owned(),
        subject_id: stage.area(ABOUT)?.to_owned(),
        election_id: load::ELECTION.to_owned(),
        records_on: day,
    };
    let note = actions::create(&stage.acting(secretary, at(30)?), new).await?;
    actions::publish(&stage.acting(chair, at(50)?), &note.id, 1, "").await?;
    Ok(())
}

/// The central commission writes about the visit when it is over.
pub(super) async fn of_visit(stage: &Stage, day: Date) -> Result<(), Error> {
    if day != date(2023, 10, 2) {
        return Ok(());
    }
    let zone = &stage.app.home_zone;
    let at = |minute: i8| load::instant(zone, day, time(17, minute, 0, 0));
    let new = NewNote {
        id: ids::new_id(),
        template: VISIT.to_owned(),
        subject_id: super::visit::VISIT.to_owned(),
        election_id: load::ELECTION.to_owned(),
        records_on: day,
    };
    let note = actions::create(&stage.acting(&stage.central, at(56)?), new).await?;
    actions::publish(
        &stage.acting(&stage.central_chair, at(58)?),
        &note.id,
        1,
        "",
    )
    .await?;
    Ok(())
}

/// Notices that had been given by a moment.
pub(super) async fn notices(
    stage: &Arc<Stage>,
    until: Timestamp,
    progress: &Progress,
) -> Result<(), Error> {
    let zone = &stage.app.home_zone;
    for (kind, day, channel) in OF_CONTESTS {
        let at = load::instant(zone, day, time(15, 0, 0, 0))?;
        if at > until {
            continue;
        }
        for (index, contest) in stage.plan.contests.iter().enumerate() {
            let (_, secretary) = pair(&stage.districts, index)?;
            let area = stage.area(&contest.area)?;
            let new = telling(kind, area, day, (channel, NEWSPAPER));
            actions::tell(&stage.acting(secretary, at), new).await?;
        }
    }
    let mut stations: BTreeMap<usize, Vec<(Timestamp, NewTelling)>> = BTreeMap::new();
    for (kind, in_time, late, channel) in OF_STATIONS {
        for (index, area) in stage.ids.precincts.iter().enumerate() {
            if index % NEVER == NEVER - 1 {
                continue;
            }
            let day = if index % LATE == LATE - 1 {
                late
            } else {
                in_time
            };
            let at = load::instant(zone, day, time(16, 0, 0, 0))?;
            if at <= until && day < VOTING_DAY {
                let new = telling(kind, area, day, (channel, BY_HAND));
                stations.entry(index).or_default().push((at, new));
            }
        }
    }
    side_by_side(
        stage,
        stations,
        progress,
        |stage, station, (at, new)| async move {
            let (_, secretary) = pair(&stage.precincts, station)?;
            actions::tell(&stage.acting(secretary, at), new).await
        },
    )
    .await
}

fn telling(kind: &str, area: &str, day: Date, (channel, outlet): (&str, &str)) -> NewTelling {
    NewTelling {
        election_id: load::ELECTION.to_owned(),
        kind: kind.to_owned(),
        area_id: area.to_owned(),
        seen: 0,
        telling: Telling {
            told_on: day,
            channel: channel.to_owned(),
            outlet: outlet.to_owned(),
            // A name that the rules of the Internet keep for examples.
            link: format!("https://notices.example/{kind}"),
        },
        proof: None,
    }
}
