//! Cascade training: the centre teaches the regions, these the districts, these every precinct. Each session is planned,
//! filled and closed by those who hold the powers; texts change on the way, one session moves, one falls out, and in one
//! somebody leaves in the middle. All but what was reported of three sessions is synthetic.

mod planner;
mod quality;
mod schedule;

use super::{Stage, pair};
use crate::demo::load::{self, item};
use crate::demo::plan::{Level, Office};
use crate::platform::access::Actor;
use crate::platform::{Acting, Error, Names};
use crate::training::model::{
    HeldSession, Invited, Material, MaterialKind, NewModule, NewProgramme, NewSession,
    ProgrammeState, Trainee, TraineeState, Way,
};
use crate::training::{actions, queries};
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan as _};
use schedule::{Group, Planned};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const FILE: &str = include_str!("../../../../../demo/kz/training.json");
/// The programme that goes down to every station.
const MAIN: &str = "demo-training-voting_day";
/// The day on which halls and trainers of the visited districts are entered.
const FURNISHED: Date = date(2023, 9, 25);
/// The last day on which somebody may have left a session in the middle.
const LEFT: Date = date(2023, 10, 2);
/// The day on which the centre acts on what answers say.
const FOUND: Date = date(2023, 10, 20);

#[derive(Debug, Deserialize)]
pub(super) struct Texts {
    programmes: Vec<Programme>,
    places: BTreeMap<String, Names>,
    moved: String,
    cancelled: String,
    excused: String,
    replaced: String,
    finding: String,
}

#[derive(Debug, Deserialize)]
struct Programme {
    key: String,
    audience: String,
    from: u64,
    until: u64,
    open: bool,
    title: Names,
    goal: Names,
    modules: Vec<Module>,
}

#[derive(Debug, Deserialize)]
struct Module {
    key: String,
    minutes: u64,
    title: Names,
    goals: Names,
    link: String,
    kind: String,
    material: Names,
    #[serde(default)]
    change: Option<Change>,
}

#[derive(Debug, Deserialize)]
struct Change {
    day: Date,
    goals: Names,
    text: Names,
    reason: String,
}

/// Something that happens; the number is the session's place.
#[derive(Clone, Copy, Debug)]
enum Act {
    Written,
    Rewritten(usize, usize),
    Planned(usize),
    Moved(usize),
    Cancelled(usize),
    /// Somebody says that they can't come, and comes after all for somebody who leaves.
    Excused(usize),
    Left(usize),
    /// Somebody from the centre looks on.
    Inspected(usize),
    Held(usize),
    /// Those who were there say what they think of it.
    Asked(usize),
    Furnished,
    Found,
    /// A re-test by its number.
    Drawn(usize),
    Retested(usize),
}

/// Training as it is played.
pub(super) struct Playing {
    texts: Texts,
    sessions: Vec<Planned>,
    acts: Vec<(Timestamp, Act)>,
    next: usize,
}

/// Works out what happens when.
pub(super) fn prepare(stage: &Stage) -> Result<Playing, Error> {
    let texts: Texts = serde_json::from_str(FILE).map_err(Error::internal)?;
    let sessions = schedule::sessions(stage)?;
    let zone = &stage.app.home_zone;
    let mut acts = vec![(schedule::at(zone, schedule::WRITTEN, 9)?, Act::Written)];
    for (place, programme) in texts.programmes.iter().enumerate() {
        for (index, module) in programme.modules.iter().enumerate() {
            if let Some(change) = &module.change {
                let day = schedule::at(zone, change.day, 11)?;
                acts.push((day, Act::Rewritten(place, index)));
            }
        }
    }
    acts.push((schedule::at(zone, FURNISHED, 9)?, Act::Furnished));
    acts.push((schedule::at(zone, FOUND, 10)?, Act::Found));
    for (number, day) in quality::DRAWN.into_iter().enumerate() {
        acts.push((schedule::at(zone, day, 11)?, Act::Drawn(number)));
        let later = day.checked_add(2.days())?;
        acts.push((schedule::at(zone, later, 12)?, Act::Retested(number)));
    }
    for (index, one) in sessions.iter().enumerate() {
        of_session(index, one, &mut acts)?;
    }
    let is_left = |one: &Planned| {
        matches!(one.group, Group::District { .. })
            && one.day <= LEFT
            && !one.published
            && one.cancelled_at.is_none()
    };
    let left = (0..sessions.len()).filter(|index| sessions.get(*index).is_some_and(is_left));
    if let Some(index) = left.max_by_key(|index| sessions.get(*index).map(|s| s.starts_at)) {
        let one = item(&sessions, index)?;
        let told = schedule::at(zone, one.day.yesterday()?, 12)?;
        acts.push((told, Act::Excused(index)));
        let leaves = one.starts_at.checked_add(75.minutes())?;
        acts.push((leaves, Act::Left(index)));
    }
    acts.sort_by_key(|(at, _)| *at);
    Ok(Playing {
        texts,
        sessions,
        acts,
        next: 0,
    })
}

/// What happens with one session.
fn of_session(index: usize, one: &Planned, acts: &mut Vec<(Timestamp, Act)>) -> Result<(), Error> {
    acts.push((one.planned_at, Act::Planned(index)));
    if let Some(at) = one.cancelled_at {
        acts.push((at, Act::Cancelled(index)));
        return Ok(());
    }
    if let Some((at, _)) = one.moved {
        acts.push((at, Act::Moved(index)));
    }
    if one.published {
        let seen = one.starts_at.checked_add(40.minutes())?;
        acts.push((seen, Act::Inspected(index)));
    }
    let closed = one.closed_at()?;
    acts.push((closed, Act::Held(index)));
    let asks = match one.group {
        Group::Centre => true,
        Group::Region(_) => one.area == schedule::VISITED,
        // Of those that nobody reported, a few.
        Group::District { .. } => one.published || index % 15 == 8,
        Group::Later(_) => false,
    };
    if asks {
        acts.push((closed.checked_add(3.minutes())?, Act::Asked(index)));
    }
    Ok(())
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
        let done = happen(stage, playing, at, act).await;
        done.map_err(|e| Error::internal(format!("training, {act:?}: {e}")))?;
    }
    Ok(())
}

async fn happen(stage: &Stage, playing: &Playing, at: Timestamp, act: Act) -> Result<(), Error> {
    let centre = stage.acting(&stage.central_chair, at);
    match act {
        Act::Written => {
            written(&centre, &playing.texts).await?;
            super::questions::bank(&centre, MAIN).await
        }
        Act::Rewritten(place, index) => {
            let programme = item(&playing.texts.programmes, place)?;
            rewritten(&centre, programme, item(&programme.modules, index)?).await
        }
        Act::Planned(index) => planned(stage, playing, item(&playing.sessions, index)?, at).await,
        Act::Moved(index) => moved(stage, playing, item(&playing.sessions, index)?, at).await,
        Act::Cancelled(index) => {
            let one = item(&playing.sessions, index)?;
            let acting = stage.acting(&host(stage, one)?, at);
            actions::cancel(&acting, &one.id, 2, &playing.texts.cancelled).await
        }
        Act::Excused(index) => excused(stage, playing, item(&playing.sessions, index)?, at).await,
        Act::Left(index) => left(stage, playing, item(&playing.sessions, index)?, at).await,
        Act::Inspected(index) => {
            quality::inspected(stage, &item(&playing.sessions, index)?.id, at).await
        }
        Act::Held(index) => held(stage, item(&playing.sessions, index)?, at).await,
        Act::Asked(index) => {
            let one = item(&playing.sessions, index)?;
            quality::asked(stage, &host(stage, one)?, &one.id, at).await
        }
        Act::Furnished => {
            let place = |key: &str| playing.texts.places.get(key).cloned().unwrap_or_default();
            planner::furnished(stage, [place("district"), place("school")], at).await
        }
        Act::Found => quality::found(&centre, &playing.texts.finding).await,
        Act::Drawn(number) => quality::drawn(&centre, number).await,
        Act::Retested(number) => quality::retested(stage, number, at).await,
    }
}

fn says(programme: &Programme, module: &Module) -> Result<NewModule, Error> {
    let kind = MaterialKind::parse(&module.kind);
    let kind = kind.ok_or_else(|| Error::internal(format!("no kind {}", module.kind)))?;
    let titles = &module.material;
    let materials = [("kk", &titles.kk), ("ru", &titles.ru), ("en", &titles.en)];
    Ok(NewModule {
        id: format!(
            "demo-training-{}-{}",
            programme.key,
            module.key.to_lowercase()
        ),
        key: module.key.clone(),
        title: module.title.clone(),
        goals: module.goals.clone(),
        change: Names::default(),
        minutes: module.minutes,
        retired: false,
        materials: materials
            .into_iter()
            .map(|(language, title)| Material {
                language: language.to_owned(),
                kind,
                title: title.clone(),
                link: module.link.clone(),
                file_id: None,
            })
            .collect(),
    })
}

/// The programmes with their first texts.
async fn written(acting: &Acting, texts: &Texts) -> Result<(), Error> {
    for programme in &texts.programmes {
        let id = format!("demo-training-{}", programme.key);
        let new = NewProgramme {
            id: id.clone(),
            key: programme.key.clone(),
            audience: programme.audience.clone(),
            level_from: programme.from,
            level_until: programme.until,
            tested: false,
            title: programme.title.clone(),
            goal: programme.goal.clone(),
        };
        actions::create_programme(acting, new).await?;
        for module in &programme.modules {
            actions::add_module(acting, &id, says(programme, module)?, Vec::new()).await?;
        }
        if programme.open {
            actions::move_programme(acting, &id, 1, ProgrammeState::Open).await?;
        }
    }
    Ok(())
}

async fn rewritten(acting: &Acting, programme: &Programme, module: &Module) -> Result<(), Error> {
    let Some(change) = &module.change else {
        return Ok(());
    };
    let mut new = says(programme, module)?;
    new.goals = change.goals.clone();
    new.change = change.text.clone();
    actions::change_module(acting, 1, new, Vec::new(), &change.reason).await
}

/// Whoever plans and closes a session: the chair of a region's commission, the secretary of a district's.
fn host(stage: &Stage, one: &Planned) -> Result<Arc<Actor>, Error> {
    match one.group {
        Group::Centre => Ok(Arc::clone(&stage.central)),
        Group::Region(commission) => stage
            .weeks
            .chair_of(commission)
            .ok_or_else(|| Error::internal(format!("commission {commission} has no chair"))),
        Group::District { contest, .. } | Group::Later(contest) => {
            Ok(Arc::clone(&pair(&stage.districts, contest)?.1))
        }
    }
}

fn new_session(
    stage: &Stage,
    playing: &Playing,
    one: &Planned,
    starts_at: Timestamp,
) -> Result<NewSession, Error> {
    let (level, place) = match one.group {
        Group::Centre => (0, "centre"),
        Group::Region(_) => (1, "region"),
        Group::District { .. } => (2, "district"),
        Group::Later(_) => (2, "later"),
    };
    let programme = playing.texts.programmes.first();
    let programme = programme.ok_or_else(|| Error::internal("no programme"))?;
    let modules = programme.modules.iter().map(|m| Ok(says(programme, m)?.id));
    Ok(NewSession {
        id: one.id.clone(),
        election_id: load::ELECTION.to_owned(),
        programme_id: MAIN.to_owned(),
        area_id: stage.area(&one.area)?.to_owned(),
        level,
        place: playing.texts.places.get(place).cloned().unwrap_or_default(),
        station_id: None,
        coordinates: None,
        starts_at,
        ends_at: starts_at.checked_add(one.takes)?,
        seats: one.seats,
        modules: modules.collect::<Result<_, Error>>()?,
        trainers: trainers(stage, one)?,
    })
}

/// Chair and secretary of the commission that teaches, as they sit on the day.
fn trainers(stage: &Stage, one: &Planned) -> Result<Vec<String>, Error> {
    let commission = item(&stage.plan.commissions, one.teaches)?;
    let seats = commission.seats_on(one.day);
    let officers = seats.filter(|s| matches!(s.office, Office::Chair | Office::Secretary));
    let ids = officers.map(|seat| Ok(item(&stage.ids.people, seat.person)?.clone()));
    ids.collect()
}

async fn planned(
    stage: &Stage,
    playing: &Playing,
    one: &Planned,
    at: Timestamp,
) -> Result<(), Error> {
    let acting = stage.acting(&host(stage, one)?, at);
    let starts = one.first_start.unwrap_or(one.starts_at);
    let new = new_session(stage, playing, one, starts)?;
    actions::plan(&acting, new).await?;
    let whom = match &one.group {
        Group::Centre | Group::Region(_) => Invited::Area(stage.area(&one.area)?.to_owned()),
        Group::District {
            stations, whole, ..
        } => {
            if *whole {
                Invited::Area(stage.area(&one.area)?.to_owned())
            } else {
                let areas = stations
                    .clone()
                    .map(|s| Ok(item(&stage.ids.precincts, s)?.clone()));
                Invited::Areas(areas.collect::<Result<_, Error>>()?)
            }
        }
        Group::Later(_) => {
            let people = one
                .people
                .iter()
                .map(|p| Ok(item(&stage.ids.people, *p)?.clone()));
            Invited::People(people.collect::<Result<_, Error>>()?)
        }
    };
    actions::invite(&acting, &one.id, 1, whom).await.map(drop)
}

async fn moved(
    stage: &Stage,
    playing: &Playing,
    one: &Planned,
    at: Timestamp,
) -> Result<(), Error> {
    let acting = stage.acting(&host(stage, one)?, at);
    let new = new_session(stage, playing, one, one.starts_at)?;
    actions::change(&acting, 2, new, &playing.texts.moved).await
}

/// A session's version and everybody who is or was invited.
async fn as_it_stands(stage: &Stage, one: &Planned) -> Result<(u64, Vec<Trainee>), Error> {
    let mut reader = stage.app.read().await?;
    let session = queries::session(&mut reader, &one.id).await?;
    let invited = queries::trainees(&mut reader, &one.id).await?;
    Ok((session.version, invited))
}

/// Whether somebody is invited for a seat without an office.
fn is_member(trainee: &Trainee) -> bool {
    trainee.state == TraineeState::Invited && trainee.office == "member"
}

/// One of two members of a polling station says that they can't come.
async fn excused(
    stage: &Stage,
    playing: &Playing,
    one: &Planned,
    at: Timestamp,
) -> Result<(), Error> {
    let (seen, invited) = as_it_stands(stage, one).await?;
    let members = || invited.iter().filter(|t| is_member(t));
    // Polling stations stand behind the district's own commission.
    let two = members().rev().find(|t| {
        let others = members().filter(|o| o.commission_id == t.commission_id);
        others.count() > 1
    });
    let who = two.ok_or_else(|| Error::internal(format!("{}: no two members", one.id)))?;
    let acting = stage.acting(&host(stage, one)?, at);
    let reason = &playing.texts.excused;
    actions::withdraw(&acting, &one.id, seen, &who.person.id, reason).await
}

/// Another one leaves after the first module, and whoever was excused comes in their place.
async fn left(stage: &Stage, playing: &Playing, one: &Planned, at: Timestamp) -> Result<(), Error> {
    let (seen, invited) = as_it_stands(stage, one).await?;
    let comes = invited.iter().find(|t| t.state == TraineeState::Withdrawn);
    let comes = comes.ok_or_else(|| Error::internal(format!("{}: nobody excused", one.id)))?;
    let mut members = invited.iter().filter(|t| is_member(t));
    let leaves = members.find(|t| t.commission_id == comes.commission_id);
    let leaves = leaves.ok_or_else(|| Error::internal(format!("{}: nobody leaves", one.id)))?;
    let programme = playing.texts.programmes.first();
    let first = programme.and_then(|p| Some((p, p.modules.first()?)));
    let (programme, module) = first.ok_or_else(|| Error::internal("no module"))?;
    let taught = [says(programme, module)?.id];
    let acting = stage.acting(&host(stage, one)?, at);
    let people = (leaves.person.id.as_str(), comes.person.id.as_str());
    let reason = &playing.texts.replaced;
    actions::replace(&acting, &one.id, seen, people, &taught, reason).await
}

/// Closes a session: everybody was there but a few members without an office, none at the published one.
async fn held(stage: &Stage, one: &Planned, at: Timestamp) -> Result<(), Error> {
    let acting = stage.acting(&host(stage, one)?, at);
    let (seen, invited) = as_it_stands(stage, one).await?;
    let mut absent = Vec::new();
    if !one.published && matches!(one.group, Group::District { .. }) {
        // Whoever came in somebody's place was there.
        let came: BTreeSet<&String> = invited
            .iter()
            .filter_map(|t| t.replaced_by.as_ref())
            .collect();
        let members = invited
            .iter()
            .filter(|t| is_member(t) && !came.contains(&t.person.id));
        absent.extend(members.skip(17).step_by(43).map(|t| t.person.id.clone()));
    }
    let how = HeldSession {
        absent,
        way: Some(if one.published { Way::Paper } else { Way::Hand }),
        on_paper: one.counted,
        ..HeldSession::default()
    };
    let present = actions::held(&acting, &one.id, seen, how).await?;
    let level = match one.group {
        Group::Centre => 0,
        Group::Region(_) => 1,
        Group::District { .. } | Group::Later(_) => 2,
    };
    super::questions::taken(stage, &one.id, level, at).await?;
    match one.counted {
        Some(counted) if counted != present => Err(Error::internal(format!(
            "{}: {present} people were there, {counted} were reported",
            one.id
        ))),
        _ => Ok(()),
    }
}

/// Whether a commission is one of a district or of a city that votes.
const fn is_district(level: Level) -> bool {
    matches!(level, Level::District | Level::City)
}
