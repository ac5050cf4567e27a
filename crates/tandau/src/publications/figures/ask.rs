//! The questions, and which records answer them.

use super::{Asked, Found, Outcome, Silence, Value};
use crate::elections::queries as elections;
use crate::platform::areas::{self, Area};
use crate::platform::database::Connection;
use crate::platform::{Error, ids};
use crate::publications::store;
use crate::publications::subjects::{Event, Linked, href_of};
use crate::readiness::access::queries as access;
use crate::readiness::board::model::{AsOf, Sums};
use crate::readiness::board::queries as board;
use crate::stations::queries as stations;
use crate::surveys::queries as surveys;
use electoral::accessibility::Word;
use electoral::press::Place;

/// A question that this room answers.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// Name.
    pub name: &'static str,
    /// Parameters it takes. One ending in `?` may be left out; of those parted by `|` one is given.
    pub params: &'static [&'static str],
}

/// All of them. `area` is the code of an area, without it the one that the note is about; `event` an event of a visit.
pub const QUESTIONS: &[Question] = &[
    question("area", &["event?"]),
    question("election", &[]),
    question("voting_day", &[]),
    question("records_day", &[]),
    question("contests", &["kind?"]),
    question("stations", &["area|event?"]),
    question("step_free", &["area|event?"]),
    question("people_with_disabilities", &["area|event?"]),
    question("readiness", &["what", "area|event?"]),
    question("present", &["survey|event"]),
    question("answered", &["survey|event"]),
    question("share", &["survey|event", "question", "option"]),
    question("station", &["station|event"]),
];

const fn question(name: &'static str, params: &'static [&'static str]) -> Question {
    Question { name, params }
}

impl Question {
    /// Whether it can be asked with what a place gives.
    #[must_use]
    pub fn takes(&self, place: &Place) -> bool {
        let mut known = 0;
        for param in self.params {
            let (names, optional) = match param.strip_suffix('?') {
                Some(names) => (names, true),
                None => (*param, false),
            };
            let given = names
                .split('|')
                .filter(|name| place.params.contains_key(*name))
                .count();
            if given > 1 || (given == 0 && !optional) {
                return false;
            }
            known += given;
        }
        known == place.params.len()
    }
}

/// Names of everything that can be asked of records of a kind.
#[must_use]
pub fn questions_of(app: &crate::platform::App, kind: &str) -> Vec<String> {
    let own = Linked::of(app);
    let own = own
        .kind(kind)
        .map_or(&[][..], |records| records.questions());
    QUESTIONS
        .iter()
        .map(|question| {
            let params = question.params.iter().map(|p| format!(" {p}"));
            format!("{{{}{}}}", question.name, params.collect::<String>())
        })
        .chain(own.iter().map(|name| format!("{{{name}}}")))
        .collect()
}

/// Asks one place of a note.
///
/// # Errors
/// What the database reports. That there is no answer is no error.
pub async fn ask(
    connection: &mut Connection,
    asked: &Asked<'_>,
    place: &Place,
) -> Result<Outcome, Error> {
    let Some(question) = QUESTIONS.iter().find(|q| q.name == place.name) else {
        return own(connection, asked, place).await;
    };
    if !question.takes(place) {
        return Ok(Err(Silence::Parameters));
    }
    let event = match place.params.get("event") {
        Some(name) => match event(connection, asked, name).await? {
            Some(event) => event,
            None => return Ok(Err(Silence::Nothing)),
        },
        None => Event::default(),
    };
    match place.name.as_str() {
        "area" | "stations" | "step_free" | "people_with_disabilities" | "readiness" => {
            let Some(area) = area(connection, asked, place, &event).await? else {
                return Ok(Err(Silence::Nothing));
            };
            of_area(connection, asked, place, &area).await
        }
        "present" | "answered" | "share" => {
            let named = place.params.get("survey").filter(|id| ids::is_id(id));
            let all = named.map_or(event.surveys.as_slice(), std::slice::from_ref);
            match all {
                [] => Ok(Err(Silence::Nothing)),
                [id] => survey(connection, asked, place, id).await,
                // Several at one event: a question tells which is meant, a number of answers does not.
                several if place.name == "share" => {
                    for id in several {
                        let found = survey(connection, asked, place, id).await?;
                        if !matches!(found, Err(Silence::Nothing)) {
                            return Ok(found);
                        }
                    }
                    Ok(Err(Silence::Nothing))
                }
                _ => Ok(Err(Silence::Parameters)),
            }
        }
        "station" => {
            let id = place.params.get("station").or(event.station_id.as_ref());
            match id.filter(|id| ids::is_id(id)) {
                Some(id) => station(connection, asked, id).await,
                None => Ok(Err(Silence::Nothing)),
            }
        }
        _ => of_election(connection, asked, place).await,
    }
}

/// A question of the subject's own records.
async fn own(
    connection: &mut Connection,
    asked: &Asked<'_>,
    place: &Place,
) -> Result<Outcome, Error> {
    let linked = Linked::of(asked.app);
    let Some(records) = linked.kind(&asked.subject.kind) else {
        return Ok(Err(Silence::Question));
    };
    if !records.questions().contains(&place.name.as_str()) {
        return Ok(Err(Silence::Question));
    }
    let found = records
        .ask(
            connection,
            asked.app,
            &asked.subject.id,
            place,
            end_of_day(asked)?,
        )
        .await?;
    Ok(found.ok_or(Silence::Nothing))
}

async fn event(
    connection: &mut Connection,
    asked: &Asked<'_>,
    name: &str,
) -> Result<Option<Event>, Error> {
    let linked = Linked::of(asked.app);
    match linked.kind(&asked.subject.kind) {
        Some(records) => records.event(connection, &asked.subject.id, name).await,
        None => Ok(None),
    }
}

/// What an error of not finding means here: that there is no answer.
fn maybe<X>(found: Result<X, Error>) -> Result<Option<X>, Error> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

/// The area of a question: the one named by its code, that of an event, or the subject's own.
async fn area(
    connection: &mut Connection,
    asked: &Asked<'_>,
    place: &Place,
    event: &Event,
) -> Result<Option<Area>, Error> {
    let id = match place.params.get("area") {
        Some(code) => areas::by_typed_code(connection, code, asked.records_on).await?,
        None if place.params.contains_key("event") => event.area_id.clone(),
        None => Some(asked.subject.area_id.clone()),
    };
    match id {
        Some(id) => maybe(areas::by_id(connection, &id, asked.records_on).await),
        None => Ok(None),
    }
}

/// A page as of the day asked.
fn as_of(asked: &Asked<'_>, page: &str) -> String {
    let mark = if page.contains('?') { '&' } else { '?' };
    format!("{page}{mark}as_of={}", asked.records_on)
}

fn accessibility_page(asked: &Asked<'_>, area: &Area) -> String {
    let page = format!("/readiness/accessibility/{}", area.code);
    let page = match asked.subject.election_id.as_str() {
        "" => page,
        id => format!("{page}?election={id}"),
    };
    as_of(asked, &page)
}

fn len(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

fn found(value: Value, href: String) -> Outcome {
    Ok(Found { value, href })
}

async fn of_area(
    connection: &mut Connection,
    asked: &Asked<'_>,
    place: &Place,
    area: &Area,
) -> Result<Outcome, Error> {
    let election = asked.subject.election_id.as_str();
    let day = asked.records_on;
    let board_page = || {
        let page = href_of(&area.kind, &area.id, election);
        as_of(
            asked,
            if page.is_empty() {
                &asked.subject.href
            } else {
                &page
            },
        )
    };
    Ok(match place.name.as_str() {
        "area" => found(Value::Words(area.names.clone()), board_page()),
        "stations" => {
            // A district knows its own stations; those of a region or the country are counted by what lies below it.
            let own = stations::of_district(connection, &area.id, day).await?;
            let number = if own.is_empty() {
                let below = stations::count_by_area(connection, &area.id, day).await?;
                below.values().map(|(stations, _)| stations).sum()
            } else {
                len(own.len())
            };
            match number {
                0 => Err(Silence::Nothing),
                n => found(Value::Count(n), accessibility_page(asked, area)),
            }
        }
        "step_free" => {
            let before = end_of(area, asked)?;
            let known = access::step_free(connection, asked.app, &area.id, before).await?;
            if known.is_empty() {
                Err(Silence::Nothing)
            } else {
                let yes = known.values().filter(|word| **word == Word::Yes).count();
                found(Value::Count(len(yes)), accessibility_page(asked, area))
            }
        }
        "people_with_disabilities" => {
            let published = if election.is_empty() {
                None
            } else {
                access::published(connection, election, &area.id, day).await?
            };
            let figures = published.and_then(|(_, mut areas)| areas.remove(&area.id));
            match figures.map(|figures| figures.figure("", "")) {
                Some(Some(voters)) => found(Value::Count(voters), accessibility_page(asked, area)),
                Some(None) => Err(Silence::Hidden),
                None => Err(Silence::Nothing),
            }
        }
        _ => match readiness(connection, asked, area).await? {
            Some(sums) => match part_of(&sums, place) {
                Some(value) => found(value, board_page()),
                None => Err(Silence::Parameters),
            },
            None => Err(Silence::Nothing),
        },
    })
}

/// The end of the day asked by the clocks of the capital, as `?as_of=` of public pages means it.
fn end_of_day(asked: &Asked<'_>) -> Result<jiff::Timestamp, Error> {
    end_in(asked, asked.app.home_zone.clone())
}

/// The end of the day asked by the clocks of an area, or the moment while it lasts.
fn end_of(area: &Area, asked: &Asked<'_>) -> Result<jiff::Timestamp, Error> {
    end_in(asked, area.time_zone()?)
}

fn end_in(asked: &Asked<'_>, zone: jiff::tz::TimeZone) -> Result<jiff::Timestamp, Error> {
    let next = asked.records_on.tomorrow()?;
    let end = next.to_zoned_datetime(zone)?.timestamp();
    let now = asked.now.checked_add(jiff::Span::new().microseconds(1))?;
    Ok(end.min(now))
}

async fn readiness(
    connection: &mut Connection,
    asked: &Asked<'_>,
    area: &Area,
) -> Result<Option<Sums>, Error> {
    let id = asked.subject.election_id.as_str();
    if id.is_empty() {
        return Ok(None);
    }
    let Some(election) = maybe(elections::election(connection, id).await)? else {
        return Ok(None);
    };
    let day = asked.records_on.to_string();
    let Ok(when) = AsOf::read(Some(&day), asked.now, &election.time_zone()?) else {
        return Ok(None);
    };
    let whose = if area.kind == "country" {
        ""
    } else {
        area.id.as_str()
    };
    let sums = board::sums(connection, id, &when.bound(), "", whose).await?;
    Ok((sums.stations > 0).then_some(sums))
}

fn part_of(sums: &Sums, place: &Place) -> Option<Value> {
    Some(match place.params.get("what")?.as_str() {
        "stations" => Value::Count(sums.stations),
        "ready" => Value::Count(sums.ready),
        "ready_share" => Value::Share {
            part: sums.ready,
            of: sums.stations,
        },
        "unmet" => Value::Count(sums.counts.unmet),
        "critical" => Value::Count(sums.counts.critical),
        "unanswered" => Value::Count(sums.counts.unanswered),
        _ => return None,
    })
}

async fn of_election(
    connection: &mut Connection,
    asked: &Asked<'_>,
    place: &Place,
) -> Result<Outcome, Error> {
    if place.name == "records_day" {
        let href = as_of(asked, &asked.subject.href);
        return Ok(found(Value::Day(asked.records_on), href));
    }
    let id = asked.subject.election_id.as_str();
    if id.is_empty() {
        return Ok(Err(Silence::Nothing));
    }
    let Some(election) = maybe(elections::election(connection, id).await)? else {
        return Ok(Err(Silence::Nothing));
    };
    let value = match place.name.as_str() {
        "election" => Value::Words(election.title),
        "voting_day" => Value::Day(election.voting_day),
        _ => {
            let kind = place.params.get("kind").map_or("", String::as_str);
            if !matches!(kind, "" | "district" | "city") {
                return Ok(Err(Silence::Parameters));
            }
            let all = store::contests_by_kind(connection, id).await?;
            let fits = |of: &str| match kind {
                // A territory that no source names yet is a district until it is known which.
                "district" => !of.starts_with("city"),
                "city" => of.starts_with("city"),
                _ => true,
            };
            let sum = all.iter().filter(|(of, _)| fits(of)).map(|(_, n)| n).sum();
            Value::Count(sum)
        }
    };
    Ok(found(value, format!("/elections/{id}")))
}

async fn survey(
    connection: &mut Connection,
    asked: &Asked<'_>,
    place: &Place,
    id: &str,
) -> Result<Outcome, Error> {
    // Results come as they may be shown: nobody outside that room sees a counter.
    let Some(results) = maybe(surveys::results(connection, asked.app, id).await)? else {
        return Ok(Err(Silence::Nothing));
    };
    let href = format!("/surveys/{id}");
    Ok(match place.name.as_str() {
        "answered" => found(Value::Count(results.answered), href),
        "present" => match results.present {
            Some(n) => found(Value::Count(n), href),
            None => Err(Silence::Nothing),
        },
        _ => {
            let param = |name: &str| place.params.get(name).map_or("", String::as_str);
            let question = results
                .questions
                .iter()
                .find(|q| q.question.key == param("question"));
            let option = question.and_then(|q| q.options.iter().find(|o| o.key == param("option")));
            match option.map(|option| option.share) {
                Some(Some(share)) => found(
                    Value::Share {
                        part: share.count,
                        of: share.base,
                    },
                    href,
                ),
                Some(None) => Err(Silence::Hidden),
                None => Err(Silence::Nothing),
            }
        }
    })
}

async fn station(
    connection: &mut Connection,
    asked: &Asked<'_>,
    id: &str,
) -> Result<Outcome, Error> {
    let station = maybe(stations::as_of(connection, id, asked.records_on).await)?;
    Ok(match station {
        Some(station) => found(Value::Number(station.number), format!("/stations/{id}")),
        None => Err(Silence::Nothing),
    })
}
