//! The programme of a visit on paper and for calendar programs: what they say is what the pages say.

use super::model::{Event, EventState, Visit, VisitState, words};
use super::queries;
use crate::platform::areas::Area;
use crate::platform::database::Connection;
use crate::platform::i18n::{date_long, instant_long, instant_short};
use crate::platform::ics::Ics;
use crate::platform::press::paper_language;
use crate::platform::{App, Error, Lang, T, areas};
use crate::stations::queries as stations;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use print::{ProgrammeDay, ProgrammeEvent, ProgrammeFact, ProgrammePaper, ProgrammeWords};

/// The name of a kind of events.
pub(crate) fn kind(app: &App, id: &str, lang: Lang) -> String {
    let kind = app.rules.visits().kind(id);
    kind.map_or_else(|| id.to_owned(), |k| words(&k.title, lang).to_owned())
}

/// From when to when by the clocks of a place: `10:00–11:30`.
pub(crate) fn hours(event: &Event, zone: &TimeZone) -> String {
    let time = |at: Timestamp| crate::platform::i18n::time_of(at, zone);
    let (from, until) = (event.planned.starts_at, event.planned.ends_at);
    format!("{}–{}", time(from), time(until))
}

/// From when to when with the day and the zone's offset: `30.09.2023, 11:00–12:00 (UTC+6)`.
pub(super) fn when(t: T, event: &Event, zone: &TimeZone) -> String {
    let (from, until) = (event.planned.starts_at, event.planned.ends_at);
    let begins = instant_short(t.lang, from, zone);
    let ends = instant_long(t.lang, until, zone);
    let day = |at: Timestamp| at.to_zoned_datetime(zone.clone()).date();
    match ends.split_once(", ") {
        Some((_, hour)) if day(from) == day(until) => format!("{begins}–{hour}"),
        _ => format!("{begins} – {ends}"),
    }
}

/// The day of an event by the clocks of its place.
pub(crate) fn day_of(event: &Event, zone: &TimeZone) -> Date {
    let local = event.planned.starts_at.to_zoned_datetime(zone.clone());
    local.date()
}

/// The days of a visit in words.
pub(crate) fn days(t: T, visit: &Visit) -> String {
    if visit.starts_on == visit.ends_on {
        return date_long(t.lang, visit.starts_on);
    }
    let (from, until) = (visit.starts_on, visit.ends_on);
    t.visits_days(date_long(t.lang, from), date_long(t.lang, until))
}

/// Where an event is, in words: the place, its station, its area.
pub(crate) async fn place(
    connection: &mut Connection,
    t: T,
    visit: &Visit,
    event: &Event,
    area: &Area,
) -> Result<String, Error> {
    let mut said = event.planned.place.get(t.lang).to_owned();
    if let Some(id) = &event.planned.station_id {
        let station = stations::as_of(connection, id, visit.starts_on).await?;
        said.push_str(", ");
        said.push_str(&t.visits_station_number(station.number.to_string()));
    }
    let name = area.names.get(t.lang);
    if !said.contains(name) {
        said.push_str(", ");
        said.push_str(name);
    }
    Ok(said)
}

/// Events of a visit, each with its area.
pub(super) async fn placed(
    connection: &mut Connection,
    visit: &Visit,
    events: Vec<Event>,
) -> Result<Vec<(Event, Area)>, Error> {
    let mut found = Vec::with_capacity(events.len());
    for event in events {
        let area = areas::by_id(connection, &event.planned.area_id, visit.starts_on).await?;
        found.push((event, area));
    }
    Ok(found)
}

/// The programme as a paper, without what does not take place.
pub(super) async fn programme(
    connection: &mut Connection,
    app: &App,
    t: T,
    visit: &Visit,
) -> Result<ProgrammePaper, Error> {
    let lang = t.lang;
    let region = areas::by_id(connection, &visit.area_id, visit.starts_on).await?;
    let events = queries::events(connection, &visit.id).await?;
    let mut paper_days: Vec<(Date, ProgrammeDay)> = Vec::new();
    for (event, area) in placed(connection, visit, events).await? {
        if event.state == EventState::Cancelled {
            continue;
        }
        let zone = area.time_zone()?;
        let day = day_of(&event, &zone);
        let planned = &event.planned;
        let line = ProgrammeEvent {
            time: hours(&event, &zone),
            kind: kind(app, &planned.kind, lang),
            text_agenda: planned.agenda.get(lang).to_owned(),
            place: place(connection, t, visit, &event, &area).await?,
            led: planned.led.get(lang).to_owned(),
            hosts: planned.hosts.get(lang).to_owned(),
            note: String::new(),
        };
        match paper_days.last_mut() {
            Some((last, known)) if *last == day => known.events.push(line),
            _ => paper_days.push((
                day,
                ProgrammeDay {
                    title: date_long(lang, day),
                    events: vec![line],
                },
            )),
        }
    }
    let fact = |label: String, text: &str| ProgrammeFact {
        label,
        text_value: text.to_owned(),
    };
    let mut facts = vec![
        fact(t.visits_region(), region.names.get(lang)),
        fact(t.visits_head(), visit.head.get(lang)),
    ];
    if !visit.members.kk.is_empty() {
        facts.push(fact(t.visits_members(), visit.members.get(lang)));
    }
    facts.push(fact(t.visits_purpose(), visit.purpose.get(lang)));
    Ok(ProgrammePaper {
        language: paper_language(lang),
        kind: t.visits_programme(),
        title: visit.title.get(lang).to_owned(),
        when: days(t, visit),
        facts,
        words: ProgrammeWords {
            time: t.visits_time(),
            event: t.visits_event(),
            place: t.visits_place(),
            led: t.visits_led(),
        },
        days: paper_days.into_iter().map(|(_, day)| day).collect(),
        foot: t.visits_programme_foot(instant_long(lang, app.clock.now(), &app.home_zone)),
        synthetic: app.settings.demo,
        ..ProgrammePaper::default()
    })
}

/// The programme for calendar programs. An event that was cancelled says so, so that it goes from calendars that have it.
pub(super) async fn calendar(
    connection: &mut Connection,
    app: &App,
    t: T,
    visit: &Visit,
) -> Result<String, Error> {
    let lang = t.lang;
    let mut ics = Ics::new(visit.title.get(lang));
    let events = queries::events(connection, &visit.id).await?;
    for (event, area) in placed(connection, visit, events).await? {
        let planned = &event.planned;
        ics.add("BEGIN", "VEVENT");
        ics.add("UID", &format!("{}.visit@tandau", planned.id));
        ics.at("DTSTAMP", app.clock.now());
        ics.at("DTSTART", planned.starts_at);
        ics.at("DTEND", planned.ends_at);
        ics.text("SUMMARY", &kind(app, &planned.kind, lang));
        let place = place(connection, t, visit, &event, &area).await?;
        ics.text("LOCATION", &place);
        let mut about = planned.led.get(lang).to_owned();
        if !planned.agenda.kk.is_empty() {
            about.push('\n');
            about.push_str(planned.agenda.get(lang));
        }
        ics.text("DESCRIPTION", &about);
        ics.add("SEQUENCE", &event.plan.to_string());
        let gone = event.state == EventState::Cancelled || visit.state == VisitState::Cancelled;
        ics.add("STATUS", if gone { "CANCELLED" } else { "CONFIRMED" });
        ics.add("END", "VEVENT");
    }
    Ok(ics.end())
}
