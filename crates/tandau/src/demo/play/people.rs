//! Voters with disabilities, what disturbs supply, and incidents of voting day. All of it synthetic; only the sum of the
//! Aktogay district is the one that was reported (article of 4 October 2023: 38 stations, 619 citizens).

use super::{Stage, pair};
use crate::demo::load::{self, item};
use crate::demo::plan::{VOTING_DAY, share};
use crate::incidents::actions as incidents;
use crate::incidents::model::NewIncident;
use crate::platform::{Error, Names, ids};
use crate::readiness::access::actions::{NewNeeds, record_needs, release};
use crate::readiness::access::model::Counts;
use crate::readiness::watch::actions::{end, record};
use crate::readiness::watch::model::NewEvent;
use electoral::watch::Grade;
use jiff::civil::{Date, date, time};
use jiff::{Timestamp, ToSpan as _};

/// The district of the visit and its reported sum.
const REPORTED: (&str, u32) = ("353600000", 619);
/// Elsewhere: of a thousand voters.
const OF_THOUSAND: u32 = 31;
/// Needs with their share.
const NEEDS: &[(&str, u64)] = &[
    ("walking", 36),
    ("wheelchair", 9),
    ("low_vision", 15),
    ("blind", 4),
    ("deaf", 5),
    ("hard_of_hearing", 13),
    ("understanding", 7),
    ("other", 11),
];
/// Each so manieth station has something to report on voting day.
const EACH: usize = 37;
/// Kinds of incidents with what is said.
const HAPPENS: &[(&str, &str, &str)] = &[
    (
        "power",
        "Жарық өшіп қалды. / Пропал свет.",
        "Резервтік қуат көзі қосылды. / Включён резервный источник.",
    ),
    (
        "communications",
        "Интернет жоқ. / Нет Интернета.",
        "Мобильді байланысқа көштік. / Перешли на мобильную связь.",
    ),
    (
        "voter_list",
        "Сайлаушы тізімде жоқ. / Избирателя нет в списке.",
        "Комиссия шешіммен тізімге енгізді. / Комиссия внесла в список решением.",
    ),
    (
        "equipment",
        "Кабина шамы жанбайды. / Не горит лампа в кабине.",
        "Шам ауыстырылды. / Лампа заменена.",
    ),
    (
        "access",
        "Пандусты қар басып қалды. / Пандус занесло снегом.",
        "Қар тазаланды. / Снег убран.",
    ),
    (
        "order",
        "Кіреберісте шу шығарды. / Шумели у входа.",
        "Полиция қызметкері тәртіпке шақырды. / Сотрудник полиции призвал к порядку.",
    ),
];

/// Counts of voters by need, as social services hand them over.
pub(super) async fn needs(stage: &Stage, until: Timestamp) -> Result<(), Error> {
    let zone = &stage.app.home_zone;
    let at = load::instant(zone, date(2023, 9, 27), time(11, 0, 0, 0))?;
    if at > until {
        return Ok(());
    }
    for (index, contest) in stage.plan.contests.iter().enumerate() {
        let stations = contest.stations.clone();
        let lists: Vec<u64> = stations
            .clone()
            .filter_map(|s| stage.plan.stations.get(s))
            .map(|s| u64::from(s.voters_on_list))
            .collect();
        let all = if contest.area == REPORTED.0 {
            REPORTED.1
        } else {
            contest.voters_on_lists / 1_000 * OF_THOUSAND
        };
        let mut new = Vec::new();
        for (station, voters) in stations.zip(share(all, &lists)) {
            // Each station leans a little another way.
            let weights: Vec<u64> = NEEDS
                .iter()
                .zip(0_u64..)
                .map(|((_, weight), place)| {
                    let lean = u64::try_from(station).unwrap_or(0).wrapping_mul(7 + place) % 5;
                    weight * (8 + lean)
                })
                .collect();
            let counts: Counts = NEEDS
                .iter()
                .zip(share(voters, &weights))
                .map(|((need, _), voters)| ((*need).to_owned(), u64::from(voters)))
                .collect();
            new.push(NewNeeds {
                station_id: item(&stage.ids.stations, station)?.clone(),
                based_on: None,
                counts,
            });
        }
        let (_, secretary) = pair(&stage.districts, index)?;
        let acting = stage.acting(secretary, at);
        let area = stage.area(&contest.area)?;
        record_needs(&acting, load::ELECTION, area, "social_service", &new).await?;
    }
    Ok(())
}

/// The centre publishes sums on the last day of the visit.
pub(super) async fn published(stage: &Stage, day: Date) -> Result<(), Error> {
    if day == date(2023, 10, 2) {
        let at = load::instant(&stage.app.home_zone, day, time(17, 0, 0, 0))?;
        release(&stage.acting(&stage.central, at), load::ELECTION).await?;
    }
    Ok(())
}

/// Interruptions and a warning, put on record by those who heard of them.
pub(super) async fn warnings(stage: &Stage, day: Date, last: Timestamp) -> Result<(), Error> {
    let zone = &stage.app.home_zone;
    let hour = |day: Date, hour: i8| load::instant(zone, day, time(hour, 0, 0, 0));
    let (contest, kind, grade, planned, from, until, words) = match (day.month(), day.day()) {
        (10, 1) => (
            "355600000",
            "power",
            Grade::Moderate,
            Some(true),
            hour(date(2023, 10, 5), 10)?,
            hour(date(2023, 10, 5), 16)?,
            Names::new(
                "Қосалқы станцияны жоспарлы жөндеу",
                "Плановый ремонт подстанции",
                "Planned repair of a substation",
            ),
        ),
        (10, 12) => (
            "353600000",
            "heat",
            Grade::Severe,
            Some(false),
            hour(day, 9)?,
            hour(date(2023, 10, 13), 18)?,
            Names::new(
                "Жылу желісіндегі апат",
                "Авария на теплотрассе",
                "A burst heating main",
            ),
        ),
        (11, 3) => (
            "353600000",
            "snow",
            Grade::Severe,
            None,
            hour(date(2023, 11, 4), 18)?,
            hour(VOTING_DAY, 12)?,
            Names::new(
                "Боран, көктайғақ, жел 20–25 м/с",
                "Метель, гололёд, ветер 20–25 м/с",
                "Blizzard, black ice, wind 20–25 m/s",
            ),
        ),
        _ => return Ok(()),
    };
    let index = stage
        .plan
        .contests
        .iter()
        .position(|c| c.area == contest)
        .ok_or_else(|| Error::internal("no such contest"))?;
    let (_, secretary) = pair(&stage.districts, index)?;
    let acting = stage.acting(secretary, hour(day, 9)?);
    let id = format!("demo-{kind}-{contest}");
    let new = NewEvent {
        election_id: load::ELECTION.to_owned(),
        kind: kind.to_owned(),
        grade,
        planned,
        from_at: from,
        until_at: Some(until),
        words,
        told_by: "Көрсетілім / демонстрация".to_owned(),
        areas: vec![stage.area(contest)?.to_owned()],
        shapes: Vec::new(),
        by_shape: false,
    };
    record(&acting, &id, new).await?;
    // A warning ends at its hour; an interruption when somebody says so.
    let over = until.checked_add(20.minutes())?;
    if planned.is_some() && over <= last {
        let acting = stage.acting(secretary, over);
        end(&acting, &id, 1, until, "Қалпына келтірілді / восстановлено").await?;
    }
    Ok(())
}

/// What happened at stations on voting day: reported, looked after, closed.
pub(super) async fn incidents(stage: &Stage, until: Timestamp) -> Result<(), Error> {
    let zone = &stage.app.home_zone;
    for (number, station) in (11..stage.plan.stations.len()).step_by(EACH).enumerate() {
        let (kind, what, done) = HAPPENS
            .get(number % HAPPENS.len())
            .copied()
            .unwrap_or_default();
        let minutes = i64::try_from(number % 13).unwrap_or(0) * 47;
        let at =
            load::instant(zone, VOTING_DAY, time(8, 5, 0, 0))?.checked_add(minutes.minutes())?;
        if at > until {
            continue;
        }
        let (chair, _) = pair(&stage.precincts, station)?;
        let new = NewIncident {
            id: ids::random_id(),
            election_id: load::ELECTION.to_owned(),
            station_id: Some(item(&stage.ids.stations, station)?.clone()),
            area_id: String::new(),
            kind: kind.to_owned(),
            severity: None,
            what: what.to_owned(),
            item: String::new(),
            finding: String::new(),
            happened_at: Some(at),
            photos: Vec::new(),
        };
        let reported = incidents::report(&stage.acting(chair, at), new, Vec::new()).await?;
        // A few are still open when the day ends.
        if number % 9 == 8 {
            continue;
        }
        let contest = item(&stage.plan.stations, station)?.contest;
        let (_, secretary) = pair(&stage.districts, contest)?;
        let begun = stage.acting(secretary, at.checked_add(9.minutes())?);
        let incident = incidents::start(&begun, &reported.id, 1, "").await?;
        let over = stage.acting(secretary, at.checked_add(46.minutes())?);
        incidents::close(&over, &reported.id, incident.events, done).await?;
    }
    Ok(())
}
