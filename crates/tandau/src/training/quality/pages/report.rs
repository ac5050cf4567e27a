//! `/office/training/quality`: what the answers of a programme say, and what is done about it.

use crate::elections::pages::choices;
use crate::platform::access::Action;
use crate::platform::i18n::{instant_short, tenths_percent};
use crate::platform::web::{
    Choice, Crumb, Ctx, FieldErrors, FormData, Shell, page as render, page_with_status, see,
};
use crate::platform::{Error, T, areas, ids};
use crate::training::quality::actions::{self, Outcome};
use crate::training::quality::model::{Draw, Report, Subject, days};
use crate::training::quality::{queries, store};
use crate::training::queries as programmes;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use electoral::survey::Interval;
use electoral::training::analysis::{Decay, Gap, Right};
use jiff::Timestamp;
use serde::Deserialize;
use std::collections::HashMap;

/// Which figures are asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    election: String,
    #[serde(default)]
    programme: String,
}

struct Level {
    name: String,
    before: String,
    after: String,
}

struct Finding {
    subject: &'static str,
    object: String,
    level: u64,
    sentence: String,
    module: String,
    /// When somebody acted on it last; empty for never.
    acted: String,
    task: String,
}

struct Row {
    what: String,
    level: String,
    here: String,
    interval: String,
    above: String,
    worse: bool,
}

struct Band {
    days: String,
    then: String,
    now: String,
    interval: String,
}

/// A sample as it was drawn.
struct Sample {
    day: String,
    people: String,
    answered: u64,
    until: String,
    seed: u64,
}

#[derive(Template)]
#[template(path = "training/quality/pages/report.html")]
struct ReportPage {
    s: Shell,
    errors: FieldErrors,
    elections: Vec<Choice>,
    programmes: Vec<Choice>,
    election: String,
    programme: String,
    /// An election and a programme are chosen.
    chosen: bool,
    levels: Vec<Level>,
    findings: Vec<Finding>,
    items: Vec<Row>,
    trainers: Vec<Row>,
    decay: Vec<Band>,
    samples: Vec<Sample>,
    smallest: u64,
    new_id: String,
    retest_percent: u64,
    retest_days: u64,
}

fn share(t: T, right: Right) -> String {
    if right.of == 0 {
        return "–".to_owned();
    }
    tenths_percent(t.lang, right.tenths())
}

fn range(t: T, interval: Option<Interval>) -> String {
    interval.map_or_else(
        || "–".to_owned(),
        |i| {
            let low = tenths_percent(t.lang, i.low_tenths);
            let high = tenths_percent(t.lang, i.high_tenths);
            format!("{low} – {high}")
        },
    )
}

fn level(ctx: &Ctx, level: u64) -> String {
    let rules = ctx.app.rules.training();
    let found = rules.cascade.level(level);
    found.map_or_else(
        || level.to_string(),
        |l| {
            l.title
                .get(crate::readiness::access::actions::language(ctx.lang()))
                .to_owned()
        },
    )
}

/// What was done last about a finding: its task, and when.
type Acted = HashMap<(String, String, u64), (Option<String>, Timestamp)>;

fn findings(ctx: &Ctx, report: &Report, acted: &Acted) -> Vec<Finding> {
    let t = ctx.t;
    let mut all = Vec::new();
    let mut add = |subject: Subject, object: &str, depth: u64, sentence: String, module: &str| {
        let key = (subject.as_str().to_owned(), object.to_owned(), depth);
        let known = acted.get(&key);
        all.push(Finding {
            subject: subject.as_str(),
            object: object.to_owned(),
            level: depth,
            sentence,
            module: module.to_owned(),
            acted: known.map_or_else(String::new, |(_, at)| {
                instant_short(t.lang, *at, &ctx.app.home_zone)
            }),
            task: known.and_then(|(task, _)| task.clone()).unwrap_or_default(),
        });
    };
    for item in report.items.iter().filter(|i| i.worse) {
        let sentence = t.quality_finding_item(
            share(t, item.above),
            share(t, item.here),
            level(ctx, item.level),
            item.text.get(t.lang),
        );
        add(
            Subject::Item,
            &item.question_id,
            item.level,
            sentence,
            &item.module_id,
        );
    }
    for trainer in &report.trainers {
        let Some(e) = trainer.estimate.filter(|e| e.below) else {
            continue;
        };
        let sentence = t.quality_finding_trainer(
            tenths_percent(t.lang, e.expected_tenths),
            range(t, Some(e.interval)),
            trainer.name.get(t.lang),
            tenths_percent(t.lang, e.tenths),
        );
        add(
            Subject::Trainer,
            &trainer.person_id,
            trainer.level,
            sentence,
            "",
        );
    }
    for (band, gap) in &report.decay {
        let Some(gap) = gap else {
            continue;
        };
        let sentence = t.quality_finding_decay(
            days(t, band),
            range(t, Some(gap.below_interval)),
            share(t, band.now),
            share(t, band.then),
        );
        add(Subject::Decay, &band.from_days.to_string(), 0, sentence, "");
    }
    all
}

/// What is left after days; answers of one person hang together, and the interval says so.
fn bands(ctx: &Ctx, report: &Report) -> Vec<Band> {
    let t = ctx.t;
    let design = ctx.app.rules.training().quality.design_percent.value;
    let line = |(band, _): &(Decay, Option<Gap>)| Band {
        days: days(t, band),
        then: share(t, band.then),
        now: share(t, band.now),
        interval: range(t, band.now.thinned(design).interval()),
    };
    report.decay.iter().map(line).collect()
}

fn samples(ctx: &Ctx, draws: &[Draw]) -> Vec<Sample> {
    let t = ctx.t;
    let zone = &ctx.app.home_zone;
    let line = |draw: &Draw| Sample {
        day: instant_short(t.lang, draw.made_at, zone),
        people: t.quality_draw_of(draw.drawn, draw.least, draw.of_people, draw.percent),
        answered: draw.answered,
        until: instant_short(t.lang, draw.open_until, zone),
        seed: draw.seed,
    };
    draws.iter().map(line).collect()
}

async fn build(
    ctx: &Ctx,
    election: &str,
    programme: &str,
    errors: FieldErrors,
) -> Result<ReportPage, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let country = areas::country(&mut reader).await?.ok_or(Error::NotFound)?;
    ctx.acting()?
        .require(&mut reader, Action::TrainingInspect, &country, None)
        .await?;
    let elections = choices(ctx, &mut reader, t.learning_choose(), election).await?;
    let known = programmes::programmes(&mut reader).await?;
    let of = (election, programme);
    let there = ids::is_id(election) && ids::is_id(programme);
    let (report, acted, draws) = if there {
        let report = queries::report(&mut reader, &ctx.app, of).await?;
        let acted = store::acted(&mut reader, of).await?;
        (report, acted, store::draws(&mut reader, of).await?)
    } else {
        (Report::default(), Vec::new(), Vec::new())
    };
    drop(reader);
    let acted: Acted = acted
        .into_iter()
        .rev()
        .map(|one| {
            let what = (one.subject, one.object, one.level);
            (what, (one.task_id, one.made_at))
        })
        .collect();
    let rules = &ctx.app.rules.training().quality;
    Ok(ReportPage {
        s: ctx.shell(
            "office",
            t.quality_title(),
            vec![
                Crumb::to("/office", t.shell_nav_office()),
                Crumb::here(t.quality_title()),
            ],
        ),
        elections,
        programmes: known
            .iter()
            .map(|p| Choice::new(p.says.id.clone(), p.says.title.get(t.lang), programme))
            .collect(),
        election: election.to_owned(),
        programme: programme.to_owned(),
        findings: findings(ctx, &report, &acted),
        levels: report
            .levels
            .iter()
            .map(|(depth, before, after)| Level {
                name: level(ctx, *depth),
                before: share(t, *before),
                after: share(t, *after),
            })
            .collect(),
        items: report
            .items
            .iter()
            .map(|i| Row {
                what: i.text.get(t.lang).to_owned(),
                level: level(ctx, i.level),
                here: if i.small {
                    t.quality_small()
                } else {
                    share(t, i.here)
                },
                interval: range(t, i.here_interval),
                above: share(t, i.above),
                worse: i.worse,
            })
            .collect(),
        trainers: report
            .trainers
            .iter()
            .map(|one| Row {
                what: one.name.get(t.lang).to_owned(),
                level: level(ctx, one.level),
                here: one
                    .estimate
                    .map_or_else(|| t.quality_small(), |e| tenths_percent(t.lang, e.tenths)),
                interval: range(t, one.estimate.map(|e| e.interval)),
                above: one.estimate.map_or_else(
                    || "–".to_owned(),
                    |e| tenths_percent(t.lang, e.expected_tenths),
                ),
                worse: one.estimate.is_some_and(|e| e.below),
            })
            .collect(),
        chosen: there,
        decay: bands(ctx, &report),
        samples: samples(ctx, &draws),
        smallest: ctx.app.rules.smallest_group(),
        new_id: ids::new_id(),
        retest_percent: rules.retest_percent.value,
        retest_days: rules.retest_days.value,
        errors,
    })
}

pub(super) async fn page(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response, Error> {
    render(&build(&ctx, &asked.election, &asked.programme, FieldErrors::new()).await?)
}

async fn after(
    ctx: &Ctx,
    form: &FormData,
    word: &str,
    done: Result<(), Error>,
) -> Result<Response, Error> {
    let (election, programme) = (form.text("election"), form.text("programme"));
    match done {
        Ok(()) => Ok(see(&format!(
            "/office/training/quality?election={election}&programme={programme}&done={word}"
        ))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "findings")?;
            page_with_status(&build(ctx, election, programme, errors).await?, status)
        }
    }
}

fn of(ctx: &Ctx, form: &FormData) -> Result<(String, String), Error> {
    let (election, programme) = (form.text("election"), form.text("programme"));
    if ids::is_id(election) && ids::is_id(programme) {
        Ok((election.to_owned(), programme.to_owned()))
    } else {
        Err(Error::field("election", ctx.t.form_choice()))
    }
}

pub(super) async fn retest(ctx: Ctx, form: FormData) -> Result<Response, Error> {
    let done = async {
        let (election, programme) = of(&ctx, &form)?;
        let acting = ctx.acting()?;
        actions::draw_retest(&acting, form.text("id"), (&election, &programme)).await
    };
    let done = done.await.map(drop);
    after(&ctx, &form, "quality-drawn", done).await
}

pub(super) async fn act(ctx: Ctx, form: FormData) -> Result<Response, Error> {
    let done = async {
        let (election, programme) = of(&ctx, &form)?;
        let choice = || Error::field("findings", ctx.t.form_choice());
        let subject = Subject::parse(form.text("subject")).ok_or_else(choice)?;
        let depth = form.text("level").parse().map_err(|_| choice())?;
        let outcome = match form.text("outcome") {
            "task" => Outcome::Task,
            "material" => Outcome::Material,
            _ => return Err(choice()),
        };
        let object = (subject, form.text("object"), depth);
        let of = (election.as_str(), programme.as_str());
        actions::act(&ctx.acting()?, of, object, outcome, form.text("reason")).await
    };
    let done = done.await;
    after(&ctx, &form, "quality-acted", done).await
}
