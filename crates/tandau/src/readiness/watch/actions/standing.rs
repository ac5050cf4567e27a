//! Tasks follow their event: those that the rules name are there, those that it no longer needs are taken back.

use crate::platform::database::Transaction;
use crate::platform::i18n::in_all;
use crate::platform::{Acting, Error, Lang, Names, T};
use crate::readiness::watch::model::{Event, ORIGIN};
use crate::readiness::watch::words::hours;
use crate::readiness::watch::{queries, store};
use crate::tasks::{Addressee, NewTask, TaskState, actions as tasks, remark};
use electoral::watch::{Level, Planned};
use std::collections::{BTreeMap, BTreeSet};

/// What an event did to tasks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// Opened.
    pub opened: usize,
    /// Taken back: nobody had begun.
    pub withdrawn: usize,
    /// Somebody had begun: told of the change.
    pub noted: usize,
    /// Given another deadline: the event begins at another hour.
    pub moved: usize,
}

/// Opens what the event as it stands asks for and is not there, once; takes back what it no longer asks for where
/// nobody has begun, and leaves a remark where somebody has.
pub(super) async fn settle_in(
    tx: &mut Transaction,
    acting: &Acting,
    event: &Event,
) -> Result<Settled, Error> {
    let app = acting.app().clone();
    let rules = app.rules.watch();
    let said = &event.now.said;
    let mut settled = Settled::default();
    let mut planned = Vec::new();
    if event.now.phase(rules, acting.now()).stands() {
        let places = queries::places(tx, said, acting.today()).await?;
        store::set_stations(tx, &event.id, places.len()).await?;
        if event.now.acts {
            let plan = rules.plan(&said.kind, said.grade, said.from_at, acting.now(), &places);
            planned = plan.tasks;
        }
    }
    let known: BTreeMap<String, _> = store::tasks(tx, &event.id)
        .await?
        .into_iter()
        .map(|task| (task.place.clone(), task))
        .collect();
    let hour_moved = begins_otherwise(tx, event).await?;
    let why = in_all(|t| {
        let why = why(t, event);
        if hour_moved {
            format!("{why} {}", hours(t, event, &app.home_zone))
        } else {
            why
        }
    });
    for one in &planned {
        let place = one.key();
        let there = known
            .get(&place)
            .filter(|task| task.state != TaskState::Withdrawn);
        if let Some(task) = there {
            if hour_moved && task.state.is_open() {
                let key = format!("{}/{place}", event.id);
                let moved = tasks::move_in(tx, acting, (ORIGIN, &key), one.due_at, &why).await?;
                settled.moved += usize::from(moved);
            }
            continue;
        }
        let id = tasks::open_in(tx, acting, &task_of(acting, event, one)).await?;
        store::keep_task(tx, &event.id, &place, &id).await?;
        settled.opened += 1;
    }
    let needed: BTreeSet<String> = planned.iter().map(Planned::key).collect();
    for (place, task) in &known {
        if needed.contains(place) || !task.state.is_open() {
            continue;
        }
        let key = format!("{}/{place}", event.id);
        if task.state == TaskState::Open {
            tasks::withdraw_in(tx, acting, ORIGIN, &key, &why).await?;
            settled.withdrawn += 1;
        } else {
            remark::note_in(tx, acting, ORIGIN, &key, &why).await?;
            settled.noted += 1;
        }
    }
    Ok(settled)
}

/// Whether the version before said another hour.
async fn begins_otherwise(tx: &mut Transaction, event: &Event) -> Result<bool, Error> {
    let versions = queries::versions(tx, &event.id).await?;
    Ok(versions
        .get(1)
        .is_some_and(|before| before.said.from_at != event.now.said.from_at))
}

/// Takes back what nobody has begun of an event whose hour is over. Returns how many.
pub(in crate::readiness::watch) async fn over_in(
    tx: &mut Transaction,
    acting: &Acting,
    event: &Event,
) -> Result<usize, Error> {
    let why = in_all(|t| t.watch_over());
    let mut withdrawn = 0;
    for task in store::tasks(tx, &event.id).await? {
        if task.state == TaskState::Open {
            let key = format!("{}/{}", event.id, task.place);
            withdrawn += usize::from(tasks::withdraw_in(tx, acting, ORIGIN, &key, &why).await?);
        }
    }
    Ok(withdrawn)
}

fn why(t: T, event: &Event) -> String {
    let what = t.word(&format!("watch-change-{}", event.now.change.as_str()));
    if event.now.reason.is_empty() {
        what
    } else {
        format!("{what}. {}", event.now.reason)
    }
}

/// What is said of the event, and its hours: whoever gets the task may not open the event itself.
fn detail(acting: &Acting, event: &Event) -> String {
    let said = &event.now.said;
    let zone = &acting.app().home_zone;
    let mut lines = Vec::new();
    for lang in [Lang::Kk, Lang::Ru] {
        let words = said.words.get(lang);
        let hours = hours(T::new(lang), event, zone);
        if words.is_empty() || lines.iter().any(|line: &String| line.ends_with(words)) {
            lines.push(hours);
        } else {
            lines.push(format!("{hours}. {words}"));
        }
    }
    lines.join("\n")
}

fn task_of(acting: &Acting, event: &Event, one: &Planned<'_>) -> NewTask {
    let said = &event.now.said;
    let wording = &one.task.wording;
    // A commission answers where the task is; a body sits in the district.
    let own = one.task.addressee == Addressee::COMMISSION || one.level != Level::Station;
    let addressee_area = if own { &one.area } else { &one.above };
    NewTask {
        election_id: said.election_id.clone(),
        origin: ORIGIN,
        origin_key: format!("{}/{}", event.id, one.key()),
        station_id: one.station.clone(),
        area_id: one.area.clone(),
        item: String::new(),
        severity: one.task.severity,
        title: Names::new(&wording.kk, &wording.ru, &wording.en),
        detail: detail(acting, event),
        evidence: Vec::new(),
        addressee: Addressee {
            kind: one.task.addressee.clone(),
            area_id: addressee_area.clone(),
        },
        verifier_area_id: one.above.clone(),
        due_at: one.due_at,
    }
}
