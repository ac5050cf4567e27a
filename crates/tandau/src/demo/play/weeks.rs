//! The weeks before voting: stations answer their checklists, what is missing is put right by whoever must, commissions
//! look at it, the clock reminds, and on the eve everybody signs.

use super::{Stage, pair, people, side_by_side, told, training, visit};
use crate::demo::load::{self, item};
use crate::demo::plan::{self, GettingReady, Level, Said, VOTING_DAY};
use crate::demo::progress::Progress;
use crate::platform::access::Actor;
use crate::platform::inbox::{self, Envelope};
use crate::platform::{Acting, Error, ids};
use crate::readiness::actions::{Sign, set_up, sign, snapshot};
use crate::readiness::model::{ORIGIN, REPORT};
use crate::tasks::actions as tasks;
use electoral::checklist::{Checklist, Evidence, Item, Kind};
use jiff::civil::{Date, DateTime, date, time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The day on which stations are asked to answer.
const ASKED_ON: Date = date(2023, 9, 16);
/// What a body says when it has put something right.
const DONE: &str = "Орындалды, орнында тексеруге болады. / Исполнено, можно проверить на месте.";
/// Why a report goes back.
const NOT_DONE: &str =
    "Орнында қаралды: толық орындалмаған. / Осмотрено на месте: исполнено не полностью.";
/// What a station adds where something is missing.
const NOTE: &str = "Ескертпе (көрсетілім) / примечание (демонстрация)";
/// Why a commission signs although something is missing.
const EXCEPTION: &str = "Дауыс беруге кедергі емес, әкімдікпен келісілді. / Голосованию не препятствует, согласовано с акиматом.";

/// What the weeks need besides the stage.
pub(super) struct Weeks {
    list: Arc<Checklist>,
    plan: Vec<GettingReady>,
    /// A picture that says nothing: the demo photographs no building.
    photo: String,
    /// The same as it comes from a phone.
    picture: Vec<u8>,
    officers: BTreeMap<(String, String), Arc<Actor>>,
    chairs: Vec<(usize, Arc<Actor>)>,
}

impl Weeks {
    /// The chair of a commission above the stations, by its place in the plan.
    pub(super) fn chair_of(&self, commission: usize) -> Option<Arc<Actor>> {
        let found = self.chairs.iter().find(|(index, _)| *index == commission);
        found.map(|(_, chair)| Arc::clone(chair))
    }

    /// The officer of a kind of body in an area, by its code.
    pub(super) fn officer_of(&self, key: &(String, String)) -> Option<Arc<Actor>> {
        self.officers.get(key).cloned()
    }
}

/// Something that happens at a station.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// The station sends answers.
    Sends(usize),
    /// A body reports something done.
    Reports(usize),
    /// The commission sends the report back.
    Returns(usize),
    /// The commission has seen that it is done.
    Verifies(usize),
}

/// Plays what lies before `until`, day by day: sums of a day follow those of the day before.
pub(super) async fn play(
    stage: &Arc<Stage>,
    until: Timestamp,
    progress: &Progress,
) -> Result<(), Error> {
    let zone = stage.app.home_zone.clone();
    let asked = load::instant(&zone, ASKED_ON, time(10, 0, 0, 0))?;
    if asked > until {
        return Ok(());
    }
    set_up(&stage.acting(&stage.central, asked), load::ELECTION).await?;
    let days = days(stage, until)?;
    let mut travelled = visit::prepare(stage)?;
    let mut taught = training::prepare(stage)?;
    progress.step("readiness");
    people::needs(stage, until).await?;
    for (day, stations) in days {
        people::warnings(stage, day, until).await?;
        side_by_side(
            stage,
            stations,
            progress,
            |stage, station, (at, step)| async move { happen(&stage, station, at, step).await },
        )
        .await?;
        people::published(stage, day).await?;
        told::note(stage, day).await?;
        let evening = load::instant(&zone, day, time(18, 0, 0, 0))?.min(until);
        visit::reach(stage, &mut travelled, evening).await?;
        training::reach(stage, &mut taught, evening).await?;
        told::of_visit(stage, day).await?;
        crate::tasks::sweep::sweep(&stage.app, evening).await?;
    }
    told::notices(stage, until, progress).await?;
    let eve = load::instant(&zone, VOTING_DAY.saturating_sub(1.day()), time(20, 0, 0, 0))?;
    visit::reach(stage, &mut travelled, until).await?;
    training::reach(stage, &mut taught, until).await?;
    if eve <= until {
        signatures(stage, eve, progress).await?;
    }
    Ok(())
}

type Days = BTreeMap<Date, BTreeMap<usize, Vec<(Timestamp, Step)>>>;

fn days(stage: &Stage, until: Timestamp) -> Result<Days, Error> {
    let mut days = Days::new();
    for (station, weeks) in stage.weeks.plan.iter().enumerate() {
        let zone = zone_of(stage, station)?;
        let mut add = |at: DateTime, step: Step| -> Result<(), Error> {
            let instant = at.to_zoned_datetime(zone.clone())?.timestamp();
            if instant <= until {
                let day = days.entry(at.date()).or_default();
                day.entry(station).or_default().push((instant, step));
            }
            Ok(())
        };
        for (index, sending) in weeks.sendings.iter().enumerate() {
            add(sending.at, Step::Sends(index))?;
        }
        for (index, repair) in weeks.repairs.iter().enumerate() {
            add(repair.reported, Step::Reports(index))?;
            if repair.returned {
                add(
                    repair.reported.saturating_add(2.hours()),
                    Step::Returns(index),
                )?;
                add(
                    repair.reported.saturating_add(24.hours()),
                    Step::Reports(index),
                )?;
            }
            add(repair.verified, Step::Verifies(index))?;
        }
    }
    for steps in days.values_mut().flat_map(BTreeMap::values_mut) {
        steps.sort_by_key(|(at, _)| *at);
    }
    Ok(days)
}

fn zone_of(stage: &Stage, station: usize) -> Result<TimeZone, Error> {
    let code = &item(&stage.plan.stations, station)?.area;
    let area = stage.plan.areas.iter().find(|a| a.code == *code);
    Ok(TimeZone::get(area.map_or("", |a| a.zone.as_str()))?)
}

async fn happen(stage: &Stage, station: usize, at: Timestamp, step: Step) -> Result<(), Error> {
    let weeks = item(&stage.weeks.plan, station)?;
    match step {
        Step::Sends(index) => {
            let (chair, secretary) = pair(&stage.precincts, station)?;
            // Mostly the secretary; sometimes the chair has the phone.
            let who = if (station + index).is_multiple_of(5) {
                chair
            } else {
                secretary
            };
            let envelope = envelope(stage, station, at, &item(&weeks.sendings, index)?.answers)?;
            inbox::take(&stage.acting(who, at), &envelope).await?;
        }
        Step::Reports(index) => {
            let list_item = item_of(stage, item(&weeks.repairs, index)?.item)?;
            let Some(task) = task(stage, station, list_item).await? else {
                return Ok(());
            };
            let who = officer(stage, station, list_item)?;
            let paper = list_item.evidence.iter().any(|e| *e != Evidence::Note);
            let evidence = tasks::Evidence {
                text: DONE.to_owned(),
                papers: Vec::from_iter(paper.then(|| stage.weeks.picture.clone())),
            };
            tasks::report(&stage.acting(&who, at), &task.0, task.1, evidence).await?;
        }
        Step::Returns(index) | Step::Verifies(index) => {
            let list_item = item_of(stage, item(&weeks.repairs, index)?.item)?;
            let Some((id, seen)) = task(stage, station, list_item).await? else {
                return Ok(());
            };
            let contest = item(&stage.plan.stations, station)?.contest;
            let (_, secretary) = pair(&stage.districts, contest)?;
            let acting = stage.acting(secretary, at);
            if matches!(step, Step::Returns(_)) {
                tasks::send_back(&acting, &id, seen, NOT_DONE).await?;
            } else {
                tasks::verify(&acting, &id, seen).await?;
            }
        }
    }
    Ok(())
}

fn item_of(stage: &Stage, position: usize) -> Result<&Item, Error> {
    item(&stage.weeks.list.items, position)
}

/// The open task of an item, with the events that have happened to it.
async fn task(stage: &Stage, station: usize, of: &Item) -> Result<Option<(String, u64)>, Error> {
    let station = item(&stage.ids.stations, station)?;
    let key = format!("{}/{station}/{}", load::ELECTION, of.id);
    let mut reader = stage.app.read().await?;
    let task = crate::tasks::queries::open_by_origin(&mut reader, ORIGIN, &key).await?;
    Ok(task.map(|t| (t.id, t.events)))
}

/// Whoever must put an item right: the commission of the station itself, or the officer of a body.
fn officer(stage: &Stage, station: usize, of: &Item) -> Result<Arc<Actor>, Error> {
    if of.body == "commission" {
        return Ok(Arc::clone(&pair(&stage.precincts, station)?.0));
    }
    let area = &item(&stage.plan.stations, station)?.area;
    let key = (of.body.clone(), area.clone());
    let found = stage.weeks.officers.get(&key).cloned();
    found.ok_or_else(|| Error::internal(format!("{} of {area} has no officer", of.body)))
}

fn envelope(
    stage: &Stage,
    station: usize,
    at: Timestamp,
    answers: &[Said],
) -> Result<Envelope, Error> {
    let mut fields = BTreeMap::from([
        ("election".to_owned(), load::ELECTION.to_owned()),
        (
            "station".to_owned(),
            item(&stage.ids.stations, station)?.clone(),
        ),
        ("checklist".to_owned(), stage.weeks.list.id.clone()),
        ("checklist_version".to_owned(), "1".to_owned()),
    ]);
    let mut files = BTreeMap::new();
    for said in answers {
        let of = item_of(stage, said.item)?;
        if said.paper {
            let count = match of.kind {
                Kind::Photo { least } => usize::from(least),
                _ => 1,
            };
            files.insert(
                format!("photo.{}", of.id),
                vec![stage.weeks.photo.clone(); count],
            );
        }
        if said.note {
            fields.insert(format!("note.{}", of.id), NOTE.to_owned());
        }
        fields.insert(format!("answer.{}", of.id), said.value.clone());
    }
    Ok(Envelope {
        id: ids::random_id(),
        kind: REPORT.to_owned(),
        made_at: at,
        fields,
        files,
    })
}

/// The eve: stations sign, then the commissions above them, level by level.
async fn signatures(stage: &Arc<Stage>, eve: Timestamp, progress: &Progress) -> Result<(), Error> {
    let stations = (0..stage.plan.stations.len())
        .map(|s| (s, vec![()]))
        .collect();
    let first = stage
        .plan
        .commissions
        .len()
        .saturating_sub(stage.plan.stations.len());
    side_by_side(
        stage,
        stations,
        progress,
        move |stage, station, ()| async move {
            let (chair, _) = pair(&stage.precincts, station)?;
            let acting = stage.acting(chair, eve);
            signed(&acting, item(&stage.ids.commissions, first + station)?).await
        },
    )
    .await?;
    for (minutes, level) in [
        (30, Level::District),
        (30, Level::City),
        (60, Level::Regional),
        (90, Level::Central),
    ] {
        let at = eve.checked_add(i64::from(minutes).minutes())?;
        for (index, chair) in &stage.weeks.chairs {
            let commission = item(&stage.plan.commissions, *index)?;
            if commission.level == level {
                let own = item(&stage.ids.commissions, *index)?;
                signed(&stage.acting(chair, at), own).await?;
            }
        }
    }
    Ok(())
}

/// Signs with a reason for whatever is missing.
async fn signed(acting: &Acting, commission_id: &str) -> Result<(), Error> {
    let now = {
        let mut reader = acting.app().read().await?;
        let commission = crate::commissions::queries::by_id(&mut reader, commission_id).await?;
        snapshot(&mut reader, load::ELECTION, &commission, acting.today()).await?
    };
    let reasons = now
        .missing
        .iter()
        .map(|missing| (missing.field(), EXCEPTION.to_owned()))
        .collect();
    let input = Sign {
        election_id: load::ELECTION.to_owned(),
        commission_id: commission_id.to_owned(),
        seen: now.sha256,
        reasons,
    };
    sign(acting, &input).await.map(drop)
}

/// Puts together what the weeks need.
pub(super) async fn prepare(loader: &load::Loader, at: Timestamp) -> Result<Weeks, Error> {
    let list = Arc::clone(loader.app.rules.checklist());
    let plan = plan::readiness(&list, &loader.plan.stations);
    let acting = loader.operator(at);
    let mut tx = acting.begin().await?;
    let files = &loader.app.files;
    let picture = picture()?;
    let photo = files.keep(&mut tx, &acting, picture.clone(), false);
    let photo = photo.await?.id;
    tx.commit().await?;
    let mut reader = loader.app.read().await?;
    let mut officers = BTreeMap::new();
    for officer in &loader.plan.officers {
        let actor = loader.actor(&mut reader, officer.person, at).await?;
        officers.insert((officer.kind.to_owned(), officer.area.clone()), actor);
    }
    let mut chairs = Vec::new();
    for (index, commission) in loader.plan.commissions.iter().enumerate() {
        if commission.level == Level::Precinct {
            continue;
        }
        let votes = |c: &plan::Contest| c.area == commission.area || c.region == commission.area;
        if commission.level == Level::Central || loader.plan.contests.iter().any(votes) {
            let chair = loader.holder(index, plan::Office::Chair, VOTING_DAY)?;
            chairs.push((index, loader.actor(&mut reader, chair, at).await?));
        }
    }
    Ok(Weeks {
        list,
        plan,
        photo,
        picture,
        officers,
        chairs,
    })
}

/// A plain grey picture.
fn picture() -> Result<Vec<u8>, Error> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(320, 240, image::Rgb([201, 211, 216]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .map_err(Error::internal)?;
    Ok(bytes.into_inner())
}
