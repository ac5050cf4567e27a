//! `/office/access/plan`: needs × means of an area in full, and what equipment closes most of the gap. For the
//! commissions that look after these stations; nothing here is suppressed.

use super::{Asked, crumbs, office_area, words};
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::i18n::{instant_long, number};
use crate::platform::web::{Ctx, Shell, page as render};
use crate::readiness::access::model::{self, Line, Scene};
use crate::readiness::access::queries;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use electoral::accessibility::{Gap, Step, rank};
use std::collections::{BTreeMap, HashMap};

/// Lines of the ranked list that are shown.
const STEPS: usize = 100;
/// Stations named in one line of the table.
const STATIONS: usize = 30;

struct NeedRow {
    name: String,
    note: String,
    voters: u64,
    here: u64,
    near: u64,
    unmet: u64,
    stations: String,
    at: Vec<(String, u64)>,
    more: String,
}

struct StepRow {
    place: usize,
    href: String,
    number: u64,
    equipment: String,
    needs: String,
    closed: u64,
    so_far: u64,
}

#[derive(Template)]
#[template(path = "readiness/access/pages/plan.html")]
struct PlanPage {
    s: Shell,
    place: String,
    as_of: String,
    coverage: String,
    sum: String,
    rest: String,
    reach: String,
    needs: Vec<NeedRow>,
    voters: u64,
    here: u64,
    near: u64,
    unmet: u64,
    steps: Vec<StepRow>,
    more_steps: String,
}

/// Everything that the page sums up.
#[derive(Default)]
struct Sums {
    lines: Vec<Line>,
    gaps: Vec<Gap>,
    numbers: HashMap<String, u64>,
    stations: usize,
    counted: usize,
}

impl Sums {
    fn add(&mut self, rules: &electoral::accessibility::Accessibility, scenes: &[Scene]) {
        let lines = std::mem::take(&mut self.lines);
        self.lines = model::together(lines, model::lines(rules, scenes));
        self.gaps.extend(model::gaps(rules, scenes));
        self.stations += scenes.len();
        self.counted += scenes.iter().filter(|s| s.needs.is_counted()).count();
        for scene in scenes {
            self.numbers.insert(scene.station_id.clone(), scene.number);
        }
    }
}

pub(super) async fn page(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let mut area = office_area(&mut reader, &ctx, &asked.area).await?;
    ctx.acting()?
        .require(&mut reader, Action::ReadinessFollow, &area.id, None)
        .await?;
    let mut only = None;
    if let Some(station) = crate::stations::queries::id_by_area(&mut reader, &area.id).await? {
        // A station's own commission sees its own part.
        let day = ctx.app.today();
        let station = crate::stations::queries::as_of(&mut reader, &station, day).await?;
        only = Some(station.id);
        area = crate::platform::areas::by_id(&mut reader, &station.district_id, day).await?;
    }
    let rules = ctx.app.rules.accessibility();
    let found = queries::needs_of(&mut reader, asked.election()?, &area.id).await?;
    let mut sums = Sums::default();
    if let Some((election, contests)) = found {
        let now = super::end_of(&ctx, &area, ctx.app.today())?;
        for contest in contests {
            let district = &contest.area_id;
            let day = ctx.app.today();
            let mut scenes = queries::scenes(&mut reader, &election.id, district, day, now).await?;
            if let Some(only) = &only {
                // What lies in reach is still looked for among all; only the own counts are told.
                for scene in &mut scenes {
                    if scene.station_id != *only {
                        scene.needs = model::StationNeeds::default();
                    }
                }
            }
            sums.add(rules, &scenes);
        }
    }
    drop(reader);
    let steps = rank(rules, &sums.gaps);
    let title = t.access_plan_title();
    let zone = area.time_zone()?;
    let [here, near, unmet] = [0, 1, 2].map(|at| {
        let part = |line: &Line| line.parts.get(at).copied().unwrap_or(0);
        sums.lines.iter().map(part).sum::<u64>()
    });
    render(&PlanPage {
        s: ctx.shell("office", title.clone(), crumbs(&ctx, &title)),
        place: area.names.get(t.lang).to_owned(),
        as_of: t.stations_as_of(instant_long(t.lang, ctx.app.clock.now(), &zone)),
        coverage: t.access_counted(sums.counted, sums.stations),
        sum: sum(&ctx, &steps, unmet),
        rest: rest(&ctx, &steps, unmet),
        reach: t.access_reach(rules.reach.km.to_string()),
        needs: need_rows(&ctx, &sums),
        voters: here + near + unmet,
        here,
        near,
        unmet,
        steps: step_rows(&ctx, &sums, &steps),
        more_steps: if steps.len() > STEPS {
            t.access_more_steps(steps.len() - STEPS)
        } else {
            String::new()
        },
    })
}

/// "3 × portable ramp, 12 × magnifier: 141 of 160 unmet needs."
fn sum(ctx: &Ctx, steps: &[Step], unmet: u64) -> String {
    let t = ctx.t;
    let closed = steps.last().map_or(0, |s| s.closed_so_far);
    if closed == 0 {
        return String::new();
    }
    let mut pieces: BTreeMap<&str, u64> = BTreeMap::new();
    for id in steps.iter().flat_map(|s| &s.equipment) {
        *pieces.entry(id).or_default() += 1;
    }
    let rules = ctx.app.rules.accessibility();
    let list: Vec<String> = rules
        .equipment
        .iter()
        .filter_map(|e| {
            let count = pieces.get(e.id.as_str())?;
            Some(format!(
                "{} – {}",
                words(t, &e.name),
                number(t.lang, *count)
            ))
        })
        .collect();
    t.access_sum(closed, list.join(", "), unmet)
}

/// What no equipment closes.
fn rest(ctx: &Ctx, steps: &[Step], unmet: u64) -> String {
    let closed = steps.last().map_or(0, |s| s.closed_so_far);
    match unmet.saturating_sub(closed) {
        0 => String::new(),
        rest => ctx.t.access_rest(rest),
    }
}

fn need_rows(ctx: &Ctx, sums: &Sums) -> Vec<NeedRow> {
    let t = ctx.t;
    let rules = ctx.app.rules.accessibility();
    sums.lines
        .iter()
        .filter_map(|line| {
            let need = rules.need(&line.need)?;
            let mut at: Vec<(String, u64)> = line
                .unmet_at
                .iter()
                .filter_map(|id| {
                    let number = sums.numbers.get(id)?;
                    Some((format!("/office/stations/{id}/access"), *number))
                })
                .collect();
            at.sort_by_key(|(_, number)| *number);
            let more = at.len().saturating_sub(STATIONS);
            at.truncate(STATIONS);
            let [here, near, unmet] = line.parts;
            Some(NeedRow {
                name: words(t, &need.name),
                note: words(t, &need.note),
                voters: line.voters(),
                here,
                near,
                unmet,
                stations: t.access_stations_meet(
                    line.stations_no,
                    line.stations_unknown,
                    line.stations_yes,
                ),
                at,
                more: if more > 0 {
                    t.access_more_stations(more)
                } else {
                    String::new()
                },
            })
        })
        .collect()
}

fn step_rows(ctx: &Ctx, sums: &Sums, steps: &[Step]) -> Vec<StepRow> {
    let t = ctx.t;
    let rules = ctx.app.rules.accessibility();
    steps
        .iter()
        .take(STEPS)
        .enumerate()
        .map(|(at, step)| {
            let equipment: Vec<String> = rules
                .equipment
                .iter()
                .filter(|e| step.equipment.contains(&e.id))
                .map(|e| words(t, &e.name))
                .collect();
            let needs: Vec<String> = rules
                .needs
                .iter()
                .filter_map(|n| {
                    let voters = step.needs.get(&n.id)?;
                    Some(format!(
                        "{} – {}",
                        words(t, &n.name),
                        number(t.lang, *voters)
                    ))
                })
                .collect();
            StepRow {
                place: at + 1,
                href: format!("/office/stations/{}/access", step.station),
                number: sums.numbers.get(&step.station).copied().unwrap_or(0),
                equipment: equipment.join(", "),
                needs: needs.join("; "),
                closed: step.closed,
                so_far: step.closed_so_far,
            }
        })
        .collect()
}
