//! The visit of 29 September to 2 October 2023: planned, travelled and put on record by those who hold the powers, with
//! the survey in the hall, the instructions and what became of them.

use super::{Stage, pair};
use crate::demo::load::{self, item};
use crate::demo::plan::visit::{Instructed, Proposed, VisitEvent, VisitPlan, visit};
use crate::platform::access::Actor;
use crate::platform::{Error, Lang, Names};
use crate::surveys;
use crate::surveys::model::{Answer, NewSurvey, Opt, Question, QuestionKind, Submission};
use crate::tasks::actions::{self as tasks, Evidence, Instruction};
use crate::tasks::{Addressee, queries as task_queries};
use crate::visits::model::{
    Count, KeyFigure, NewEvent, NewProposal, NewVisit, Record, Report, Source, VisitState,
};
use crate::visits::{actions, queries};
use electoral::checklist::Severity;
use jiff::civil::{Date, date, time};
use jiff::{Timestamp, ToSpan as _};
use std::sync::Arc;

/// The visit's own id.
pub(in crate::demo) const VISIT: &str = "demo-visit-2023";
/// The topic that holds wishes.
const PORTRAIT: &str = "akim_portrait";
/// What a body says when an instruction is carried out.
const DONE: &str = "Орындалды (көрсетілім). / Исполнено (демонстрация).";

/// Something that happens; the number is the event's place.
#[derive(Clone, Copy, Debug)]
enum Act {
    Planned,
    Begun,
    Asked,
    Recorded(usize),
    Over,
    Accepted(usize, usize),
    Reported(usize, usize),
    Verified(usize, usize),
    Answered(usize, usize),
}

/// The visit as it is played.
pub(super) struct Playing {
    plan: VisitPlan,
    acts: Vec<(Timestamp, Act)>,
    next: usize,
}

/// Works out what happens when.
pub(super) fn prepare(stage: &Stage) -> Result<Playing, Error> {
    let plan = visit().map_err(Error::internal)?;
    let zone = &stage.app.home_zone;
    let at = |day: Date, hour: i8| load::instant(zone, day, time(hour, 0, 0, 0));
    let mut acts = vec![
        (at(date(2023, 9, 20), 11)?, Act::Planned),
        (at(plan.from, 8)?, Act::Begun),
        (
            load::instant(zone, plan.until, time(17, 50, 0, 0))?,
            Act::Over,
        ),
    ];
    for (index, event) in plan.events.iter().enumerate() {
        let ends = load::instant(zone, event.day, event.ends)?;
        if event.key == plan.survey.event {
            acts.push((ends.checked_sub(40.minutes())?, Act::Asked));
        }
        acts.push((ends.checked_add(15.minutes())?, Act::Recorded(index)));
        for (place, given) in event.instructions.iter().enumerate() {
            acts.push((at(date(2023, 10, 3), 10)?, Act::Accepted(index, place)));
            let day = given.due.saturating_sub(1.day());
            acts.push((at(day, 15)?, Act::Reported(index, place)));
            acts.push((at(given.due, 12)?, Act::Verified(index, place)));
        }
        for place in 0..event.proposals.len() {
            acts.push((at(date(2023, 10, 20), 16)?, Act::Answered(index, place)));
        }
    }
    acts.sort_by_key(|(at, _)| *at);
    Ok(Playing {
        plan,
        acts,
        next: 0,
    })
}

/// Plays what has not been played and lies before `until`.
pub(super) async fn reach(
    stage: &Stage,
    playing: &mut Playing,
    until: Timestamp,
) -> Result<(), Error> {
    while let Some((at, act)) = playing.acts.get(playing.next).copied() {
        if at > until {
            break;
        }
        playing.next += 1;
        let done = happen(stage, &playing.plan, at, act).await;
        done.map_err(|e| Error::internal(format!("visit, {act:?}: {e}")))?;
    }
    Ok(())
}

fn id_of(event: &VisitEvent) -> String {
    format!("{VISIT}-{}", event.key.to_lowercase())
}

async fn happen(stage: &Stage, plan: &VisitPlan, at: Timestamp, act: Act) -> Result<(), Error> {
    let secretary = stage.acting(&stage.central, at);
    match act {
        Act::Planned => planned(stage, plan, at).await,
        Act::Begun => actions::move_on(&secretary, VISIT, 1, VisitState::Underway, "").await,
        Act::Over => actions::move_on(&secretary, VISIT, 2, VisitState::Held, "").await,
        Act::Asked => asked(stage, plan, at).await,
        Act::Recorded(index) => recorded(stage, plan, item(&plan.events, index)?, at).await,
        Act::Accepted(index, place) | Act::Reported(index, place) | Act::Verified(index, place) => {
            let event = item(&plan.events, index)?;
            let given = item(&event.instructions, place)?;
            followed(stage, event, given, (at, act)).await
        }
        Act::Answered(index, place) => {
            let event = item(&plan.events, index)?;
            let said = item(&event.proposals, place)?;
            let Some(answer) = &said.answer else {
                return Ok(());
            };
            let acting = stage.acting(&body(stage, &said.body, &said.area)?, at);
            let id = format!("{}-p{place}", id_of(event));
            actions::answer(&acting, &id, 1, answer, "").await
        }
    }
}

async fn planned(stage: &Stage, plan: &VisitPlan, at: Timestamp) -> Result<(), Error> {
    let secretary = stage.acting(&stage.central, at);
    let new = NewVisit {
        id: VISIT.to_owned(),
        area_id: stage.area(&plan.region)?.to_owned(),
        election_id: load::ELECTION.to_owned(),
        title: plan.title.clone(),
        head: plan.head.clone(),
        members: plan.members.clone(),
        purpose: plan.purpose.clone(),
        starts_on: plan.from,
        ends_on: plan.until,
    };
    actions::create(&secretary, new).await?;
    let zone = &stage.app.home_zone;
    for event in &plan.events {
        let new = NewEvent {
            id: id_of(event),
            key: event.key.clone(),
            kind: event.kind.clone(),
            area_id: stage.area(&event.area)?.to_owned(),
            station_id: station(stage, event)?,
            place: event.place.clone(),
            led: if event.staff {
                plan.members.clone()
            } else {
                plan.head.clone()
            },
            agenda: event.agenda.clone(),
            hosts: Names::default(),
            with_head: !event.staff,
            counts: true,
            coordinates: None,
            starts_at: load::instant(zone, event.day, event.starts)?,
            ends_at: load::instant(zone, event.day, event.ends)?,
        };
        actions::add_event(&secretary, VISIT, new).await?;
    }
    Ok(())
}

fn station(stage: &Stage, event: &VisitEvent) -> Result<Option<String>, Error> {
    let Some(number) = event.station else {
        return Ok(None);
    };
    let stations = &stage.plan.stations;
    let index = stations
        .iter()
        .position(|s| s.number == number && s.area == event.area)
        .ok_or_else(|| Error::internal(format!("no station {number}")))?;
    Ok(Some(item(&stage.ids.stations, index)?.clone()))
}

/// The survey: written, opened, answered by as many as answered, closed.
async fn asked(stage: &Stage, plan: &VisitPlan, at: Timestamp) -> Result<(), Error> {
    let hall = &plan.survey;
    let acting = stage.acting(&stage.central, at);
    let event = plan.events.iter().find(|e| e.key == hall.event);
    let event = event.ok_or_else(|| Error::internal("the survey has no event"))?;
    let new = NewSurvey {
        id: hall.id.clone(),
        area_id: stage.area(&event.area)?.to_owned(),
        election_id: String::new(),
        title: hall.title.clone(),
        wants_tokens: false,
        live: false,
        present: Some(hall.present),
        held_on: event.day,
    };
    let survey = surveys::actions::create(&acting, new).await?;
    let option = |key: &str, wording: &Names| Opt {
        key: key.to_owned(),
        wording: wording.clone(),
    };
    let questions = hall.questions.iter().map(|q| Question {
        key: q.key.clone(),
        kind: QuestionKind::One,
        wording: q.wording.clone(),
        required: true,
        least: 1,
        most: 1,
        options: q
            .options
            .iter()
            .map(|o| option(&o.key, &o.wording))
            .chain([option(OTHER, &hall.other)])
            .collect(),
        crossed_with: String::new(),
    });
    surveys::actions::set_questions(&acting, &hall.id, questions.collect()).await?;
    surveys::actions::open(&acting, &hall.id).await?;
    for number in 0..hall.answered {
        let answers = hall.questions.iter().map(|q| {
            let said = q.answer(number).unwrap_or(OTHER);
            (q.key.clone(), Answer::One(said.to_owned()))
        });
        let sent = Submission {
            device: format!("demo-{number}"),
            token: None,
            lang: Lang::Ru,
            answers: answers.collect(),
        };
        surveys::actions::answer(&stage.app, &survey.code, sent).await?;
    }
    let over = stage.acting(&stage.central, at.checked_add(10.minutes())?);
    surveys::actions::close(&over, &hall.id).await
}

/// The option for answers that were not published.
const OTHER: &str = "other";

fn addressee(stage: &Stage, kind: &str, area: &str) -> Result<Addressee, Error> {
    Ok(Addressee {
        kind: kind.to_owned(),
        area_id: stage.area(area)?.to_owned(),
    })
}

/// What happened at an event, with instructions, proposals and wishes.
async fn recorded(
    stage: &Stage,
    plan: &VisitPlan,
    event: &VisitEvent,
    at: Timestamp,
) -> Result<(), Error> {
    let acting = stage.acting(&stage.central, at);
    let id = id_of(event);
    let mut record = Record {
        counts: event
            .counts
            .iter()
            .map(|(category, counted)| Count {
                category: category.clone(),
                invited: None,
                counted: Some(*counted),
            })
            .collect(),
        ..Record::default()
    };
    for heard in &event.reports {
        let figures = heard.figures.iter().map(|f| KeyFigure {
            key: f.key.clone(),
            value: f.value,
            label: f.label.clone(),
            source: Source::parse(&f.source).unwrap_or_default(),
        });
        record.reports.push(Report {
            body: if heard.body.is_empty() {
                None
            } else {
                Some(addressee(stage, &heard.body, &event.area)?)
            },
            speaker: Names::default(),
            subject: heard.subject.clone(),
            figures: figures.collect(),
        });
    }
    if event.key == plan.survey.event {
        record.surveys.push(plan.survey.id.clone());
    }
    actions::record(&acting, &id, 1, record, "").await?;
    let chair = stage.acting(&stage.central_chair, at);
    for (given, seen) in event.instructions.iter().zip(2_u64..) {
        let instruction = Instruction {
            key: format!("{VISIT}-{}", given.key.to_lowercase()),
            election_id: load::ELECTION.to_owned(),
            area_id: stage.area(&event.area)?.to_owned(),
            station_id: None,
            item: String::new(),
            severity: Severity::Major,
            title: given.title.clone(),
            detail: String::new(),
            addressee: addressee(stage, &given.body, &event.area)?,
            due_at: Some(load::instant(
                &stage.app.home_zone,
                given.due,
                time(18, 0, 0, 0),
            )?),
        };
        actions::instruct(&chair, &id, seen, instruction).await?;
    }
    for (place, said) in event.proposals.iter().enumerate() {
        let new = proposal(stage, format!("{id}-p{place}"), said)?;
        actions::propose(&acting, &id, new).await?;
    }
    for wish in &event.wishes {
        let new = NewProposal {
            id: format!("{id}-w-{wish}"),
            topic: PORTRAIT.to_owned(),
            wish: wish.clone(),
            text: Names::default(),
            body: None,
        };
        actions::propose(&acting, &id, new).await?;
    }
    Ok(())
}

fn proposal(stage: &Stage, id: String, said: &Proposed) -> Result<NewProposal, Error> {
    Ok(NewProposal {
        id,
        topic: said.topic.clone(),
        wish: String::new(),
        text: said.text.clone(),
        body: Some(addressee(stage, &said.body, &said.area)?),
    })
}

/// Whoever answers for a body: its officer, the secretary of the central commission, or that of a contest's.
fn body(stage: &Stage, kind: &str, area: &str) -> Result<Arc<Actor>, Error> {
    if kind != Addressee::COMMISSION {
        let key = (kind.to_owned(), area.to_owned());
        let officer = stage.weeks.officer_of(&key);
        return officer.ok_or_else(|| Error::internal(format!("{kind} of {area} has no officer")));
    }
    let contest = stage.plan.contests.iter().position(|c| c.area == area);
    match contest {
        Some(index) => Ok(Arc::clone(&pair(&stage.districts, index)?.1)),
        None => Ok(Arc::clone(&stage.central)),
    }
}

/// What became of an instruction: taken on, reported, seen to be done.
async fn followed(
    stage: &Stage,
    event: &VisitEvent,
    given: &Instructed,
    (at, act): (Timestamp, Act),
) -> Result<(), Error> {
    let task = {
        let mut reader = stage.app.read().await?;
        let given_there = queries::instructions(&mut reader, &id_of(event)).await?;
        let task = given_there.into_iter().find(|t| t.title == given.title);
        let task = task.ok_or_else(|| Error::internal(format!("no task {}", given.key)))?;
        task_queries::by_id(&mut reader, &task.id).await?
    };
    let own = stage.acting(&body(stage, &given.body, &event.area)?, at);
    match act {
        Act::Accepted(..) => tasks::accept(&own, &task.id, task.events).await?,
        Act::Reported(..) => {
            let evidence = Evidence {
                text: DONE.to_owned(),
                papers: Vec::new(),
            };
            tasks::report(&own, &task.id, task.events, evidence).await?
        }
        _ => {
            let centre = stage.acting(&stage.central, at);
            tasks::verify(&centre, &task.id, task.events).await?
        }
    };
    Ok(())
}
