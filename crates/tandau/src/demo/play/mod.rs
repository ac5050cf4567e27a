//! Plays the day: every event of the plan is done by the person who would have done it, through the same
//! actions that the pages call, at the event's own time.
//!
//! Events are taken in slices of the demo's time. Within a slice stations go on side by side (group commit
//! makes that fast), each station's own events in their order.

mod after;
mod events;
mod paper;
mod papers;
mod people;
mod questions;
mod told;
mod training;
pub(super) mod visit;
mod weeks;

use super::load::{self, Loader, item};
use super::plan::{Event, EventKind, Level, Office, Plan, VOTING_DAY};
use super::progress::Progress;
use crate::commissions::NewDecision;
use crate::elections::state::ElectionState;
use crate::platform::access::Actor;
use crate::platform::i18n::instant_short;
use crate::platform::{Acting, App, Error, Lang, Names, T};
use jiff::civil::{date, time};
use jiff::{SignedDuration, Timestamp};
pub(super) use papers::Papers;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// One slice of the demo's time.
const SLICE: SignedDuration = SignedDuration::from_mins(5);
/// How long a slice with events takes when people watch: the day lasts some four minutes.
const SLICE_WATCHED: Duration = Duration::from_millis(900);
/// Stations at work at once.
const SIDE_BY_SIDE: usize = 64;

/// What an event needs to be done.
pub(super) struct Stage {
    app: App,
    plan: Arc<Plan>,
    ids: load::Ids,
    /// Chair and secretary of each precinct commission, as in the plan's stations.
    precincts: Vec<(Arc<Actor>, Arc<Actor>)>,
    /// Chair and secretary of each contest's commission.
    districts: Vec<(Arc<Actor>, Arc<Actor>)>,
    central: Arc<Actor>,
    central_chair: Arc<Actor>,
    papers: Papers,
    weeks: weeks::Weeks,
}

impl Stage {
    fn acting(&self, actor: &Arc<Actor>, at: Timestamp) -> Acting {
        Acting::new(self.app.clone(), Arc::clone(actor), T::new(Lang::Ru)).at(at)
    }

    /// The id of an area by its code.
    fn area(&self, code: &str) -> Result<&str, Error> {
        let known = self.ids.areas.get(code).map(String::as_str);
        known.ok_or_else(|| Error::internal(format!("the plan has no area {code}")))
    }

    /// A decision of a contest's commission with all its members present and for it.
    fn decision(
        &self,
        contest: usize,
        at: Timestamp,
        kind: &'static str,
        number: &str,
    ) -> Result<NewDecision<'static>, Error> {
        let own = item(&self.plan.contests, contest)?;
        let day = at.to_zoned_datetime(self.app.home_zone.clone()).date();
        let (index, commission) = self
            .plan
            .commissions
            .iter()
            .enumerate()
            .find(|(_, c)| matches!(c.level, Level::District | Level::City) && c.area == own.area)
            .ok_or_else(|| Error::internal(format!("no commission of {}", own.area)))?;
        let members = u64::try_from(commission.seats_on(day).count()).map_err(Error::internal)?;
        Ok(NewDecision {
            commission_id: item(&self.ids.commissions, index)?.clone(),
            kind,
            number: number.to_owned(),
            decided_on: day,
            title: Names::default(),
            text: String::new(),
            present: members,
            votes_for: members,
            votes_against: 0,
            dissents: Vec::new(),
            file_id: None,
            election_id: Some(load::ELECTION.to_owned()),
            contest_id: Some(item(&self.ids.contests, contest)?.clone()),
        })
    }
}

/// Plays everything that lies before `until`.
pub(super) async fn play(
    loader: &Loader,
    until: Timestamp,
    fast: bool,
    papers: Papers,
    progress: &Progress,
) -> Result<(), Error> {
    let stage = Arc::new(stage(loader, papers).await?);
    let mut milestones = milestones(&stage)?;
    weeks::play(&stage, until, progress).await?;
    let left = left_to_the_visitor(&stage.plan, until);
    let slices = slices(&stage.plan.events, until, left);
    for (start, events) in slices {
        reach(&stage, &mut milestones, start).await?;
        stage.app.clock.set(start);
        progress.at(instant_short(Lang::Ru, start, &stage.app.home_zone));
        let began = Instant::now();
        side_by_side(
            &stage,
            events,
            progress,
            |stage, station, event: Event| async move {
                events::happen(&stage, &event)
                    .await
                    .map_err(|e| Error::internal(format!("station {station}, {event:?}: {e}")))
            },
        )
        .await?;
        if !fast {
            tokio::time::sleep(SLICE_WATCHED.saturating_sub(began.elapsed())).await;
        }
    }
    people::incidents(&stage, until).await?;
    reach(&stage, &mut milestones, until).await?;
    after::after(&stage, until).await
}

/// On the evening of voting the protocol of station No. 448 in Aktogay waits for whoever tries the demo.
fn left_to_the_visitor(plan: &Plan, until: Timestamp) -> Option<usize> {
    let counted = plan.last_event().is_some_and(|last| last <= until);
    let station = plan
        .stations
        .iter()
        .position(|s| s.number == 448 && s.area == "353600000");
    station.filter(|_| !counted)
}

/// Events in slices, each slice by station.
fn slices(
    events: &[Event],
    until: Timestamp,
    left: Option<usize>,
) -> BTreeMap<Timestamp, BTreeMap<usize, Vec<Event>>> {
    let mut slices: BTreeMap<Timestamp, BTreeMap<usize, Vec<Event>>> = BTreeMap::new();
    let waits = |e: &Event| {
        Some(e.station) == left && matches!(e.kind, EventKind::Submitted(_) | EventKind::Decided(_))
    };
    for event in events.iter().filter(|e| e.at <= until && !waits(e)) {
        let seconds = event.at.as_second() / SLICE.as_secs() * SLICE.as_secs();
        let start = Timestamp::from_second(seconds).unwrap_or(event.at);
        slices
            .entry(start)
            .or_default()
            .entry(event.station)
            .or_default()
            .push(*event);
    }
    slices
}

/// Lets stations go on side by side, each with its own things in their order.
async fn side_by_side<E, F>(
    stage: &Arc<Stage>,
    stations: BTreeMap<usize, Vec<E>>,
    progress: &Progress,
    act: impl Fn(Arc<Stage>, usize, E) -> F + Copy + Send + 'static,
) -> Result<(), Error>
where
    E: Send + 'static,
    F: Future<Output = Result<(), Error>> + Send + 'static,
{
    let places = Arc::new(Semaphore::new(SIDE_BY_SIDE));
    let mut tasks = JoinSet::new();
    for (station, events) in stations {
        let place = Arc::clone(&places)
            .acquire_owned()
            .await
            .map_err(Error::internal)?;
        let (stage, progress) = (Arc::clone(stage), progress.clone());
        tasks.spawn(async move {
            for event in events {
                act(Arc::clone(&stage), station, event).await?;
                progress.done_one();
            }
            drop(place);
            Ok::<_, Error>(())
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.map_err(Error::internal)??;
    }
    Ok(())
}

type Milestones = Vec<(Timestamp, ElectionState)>;

/// When the election moves on by itself on these days (L 27(2), 38(1), 43(1)).
fn milestones(stage: &Stage) -> Result<Milestones, Error> {
    let zone = &stage.app.home_zone;
    Ok(vec![
        (
            load::instant(zone, date(2023, 11, 4), time(0, 0, 0, 0))?,
            ElectionState::Silence,
        ),
        (
            load::instant(zone, VOTING_DAY, time(7, 0, 0, 0))?,
            ElectionState::Voting,
        ),
        (
            load::instant(zone, VOTING_DAY, time(21, 0, 0, 0))?,
            ElectionState::Counting,
        ),
    ])
}

/// Moves the election over every milestone that has been reached.
async fn reach(stage: &Stage, milestones: &mut Milestones, now: Timestamp) -> Result<(), Error> {
    while let Some((at, state)) = milestones.first().copied().filter(|(at, _)| *at <= now) {
        milestones.remove(0);
        let acting = stage.acting(&stage.central, at);
        crate::elections::actions::move_to(&acting, load::ELECTION, state, None).await?;
    }
    Ok(())
}

async fn stage(loader: &Loader, papers: Papers) -> Result<Stage, Error> {
    let at = load::instant(&loader.app.home_zone, VOTING_DAY, time(6, 0, 0, 0))?;
    let mut reader = loader.app.read().await?;
    let mut precincts = Vec::new();
    let mut districts = Vec::new();
    let (mut central, mut central_chair) = (None, None);
    for (index, commission) in loader.plan.commissions.iter().enumerate() {
        let office = |office| loader.holder(index, office, VOTING_DAY);
        match commission.level {
            Level::Precinct => precincts.push((
                loader
                    .actor(&mut reader, office(Office::Chair)?, at)
                    .await?,
                loader
                    .actor(&mut reader, office(Office::Secretary)?, at)
                    .await?,
            )),
            Level::Central => {
                central = Some(
                    loader
                        .actor(&mut reader, office(Office::Secretary)?, at)
                        .await?,
                );
                central_chair = Some(
                    loader
                        .actor(&mut reader, office(Office::Chair)?, at)
                        .await?,
                );
            }
            Level::Regional | Level::City | Level::District => {}
        }
    }
    for contest in &loader.plan.contests {
        let index = loader.district_commission(contest)?;
        districts.push((
            loader
                .actor(
                    &mut reader,
                    loader.holder(index, Office::Chair, VOTING_DAY)?,
                    at,
                )
                .await?,
            loader
                .actor(
                    &mut reader,
                    loader.holder(index, Office::Secretary, VOTING_DAY)?,
                    at,
                )
                .await?,
        ));
    }
    Ok(Stage {
        app: loader.app.clone(),
        plan: Arc::clone(&loader.plan),
        ids: loader.ids.clone(),
        precincts,
        districts,
        central: central.ok_or_else(|| Error::internal("the plan has no central commission"))?,
        central_chair: central_chair
            .ok_or_else(|| Error::internal("the plan has no central commission"))?,
        papers,
        weeks: weeks::prepare(loader, at).await?,
    })
}

/// The chair and the secretary of a list of pairs.
fn pair(
    pairs: &[(Arc<Actor>, Arc<Actor>)],
    index: usize,
) -> Result<&(Arc<Actor>, Arc<Actor>), Error> {
    item(pairs, index)
}
