//! `/training/tests`: what somebody can take now, what came of it, their certificates.

use crate::platform::Error;
use crate::platform::i18n::{date_long, instant_short};
use crate::platform::web::{Crumb, Ctx, FormData, Shell, page as render, see};
use crate::training::learning::actions;
use crate::training::learning::code::printed;
use crate::training::learning::model::{Attempt, Purpose, Test};
use crate::training::learning::queries::{next_try, why};
use crate::training::learning::store::attempts::{self, SessionFor};
use crate::training::learning::store::{self, certificates};
use askama::Template;
use axum::response::Response;
use electoral::training::exam::Score;
use jiff::tz::TimeZone;
use std::collections::HashMap;

/// One test of a session: what can be done, or why not.
struct Line {
    purpose: &'static str,
    title: String,
    /// Running, to begin, or over.
    may: bool,
    running: bool,
    why: String,
    /// Why this test is there at all, and until when.
    note: String,
    retest: String,
    results: Vec<Past>,
}

struct Past {
    href: String,
    shape: &'static str,
    text: String,
}

struct Block {
    session: String,
    title: String,
    when: String,
    about: String,
    lines: Vec<Line>,
}

struct Held {
    href: String,
    title: String,
    day: String,
    code: String,
    shape: &'static str,
    state: String,
}

#[derive(Template)]
#[template(path = "training/learning/pages/mine.html")]
struct MinePage {
    s: Shell,
    blocks: Vec<Block>,
    certificates: Vec<Held>,
}

/// What came of an attempt, in a word and a shape.
pub(super) fn outcome(ctx: &Ctx, attempt: &Attempt) -> (&'static str, String) {
    let t = ctx.t;
    let (Some(correct), Some(passed)) = (attempt.correct, attempt.passed) else {
        return ("partial", t.learning_running());
    };
    let score = Score {
        right: correct,
        asked: attempt.asked,
    };
    match (attempt.purpose, passed) {
        (Purpose::After, true) => (
            "done",
            t.learning_passed(attempt.asked, correct, score.percent()),
        ),
        (Purpose::After, false) => (
            "attention",
            t.learning_failed(attempt.asked, correct, score.percent()),
        ),
        _ => (
            "open",
            t.learning_scored(attempt.asked, correct, score.percent()),
        ),
    }
}

fn line(
    ctx: &Ctx,
    session: &SessionFor,
    test: &Test,
    (purpose, retest): (Purpose, &str),
    all: &[(Attempt, String)],
) -> Line {
    let tries: Vec<Attempt> = all
        .iter()
        .filter(|(a, r)| a.session_id == session.id && a.purpose == purpose && r == retest)
        .map(|(a, _)| a.clone())
        .collect();
    let running = tries.iter().any(|a| a.ended_at.is_none());
    let next = next_try(session, purpose, &tries, test.tries, ctx.app.clock.now());
    Line {
        purpose: purpose.as_str(),
        title: ctx
            .t
            .word(&format!("learning-purpose-{}", purpose.as_str())),
        may: running || next.is_ok(),
        running,
        why: next
            .err()
            .map_or_else(String::new, |reason| why(ctx.t, reason)),
        note: String::new(),
        retest: retest.to_owned(),
        results: tries
            .iter()
            .filter(|a| a.ended_at.is_some())
            .map(|a| {
                let (shape, text) = outcome(ctx, a);
                Past {
                    href: format!("/training/tests/{}", a.id),
                    shape,
                    text,
                }
            })
            .collect(),
    }
}

pub(super) async fn page(ctx: Ctx) -> Result<Response, Error> {
    let t = ctx.t;
    let person = ctx.acting()?.person().to_owned();
    let mut reader = ctx.read().await?;
    let sessions = attempts::sessions(&mut reader, &person).await?;
    let all = attempts::of_person(&mut reader, &person).await?;
    let retests = attempts::retests(&mut reader, &person).await?;
    let mut tests: HashMap<String, Test> = HashMap::new();
    for session in &sessions {
        let id = &session.programme_id;
        if !tests.contains_key(id)
            && let Some(test) = store::test(&mut reader, id).await?
        {
            tests.insert(id.clone(), test);
        }
    }
    let now = ctx.app.clock.now();
    let mut blocks = Vec::new();
    for session in &sessions {
        let Some(test) = tests.get(&session.programme_id) else {
            continue;
        };
        let mut lines = vec![
            line(&ctx, session, test, (Purpose::Before, ""), &all),
            line(&ctx, session, test, (Purpose::After, ""), &all),
        ];
        for retest in retests.iter().filter(|r| r.session_id == session.id) {
            let mut one = line(&ctx, session, test, (Purpose::Retest, &retest.id), &all);
            one.may &= retest.open_until > now;
            one.why = if one.why.is_empty() && !one.may {
                t.learning_retest_over()
            } else {
                one.why
            };
            if one.may {
                let until = instant_short(t.lang, retest.open_until, &ctx.app.home_zone);
                one.note = t.learning_retest_note(until);
            }
            lines.push(one);
        }
        blocks.push(Block {
            session: session.id.clone(),
            title: session.title.get(t.lang).to_owned(),
            when: instant_short(t.lang, session.starts_at, &TimeZone::get(&session.zone)?),
            about: t.learning_about(test.minutes, test.pass_percent, test.questions),
            lines,
        });
    }
    let certificates = certificates::of_person(&mut reader, &person).await?;
    drop(reader);
    let held = certificates.into_iter().map(|c| {
        let (shape, state) = match c.withdrawn {
            None => ("done", t.learning_valid()),
            Some(_) => ("trouble", t.learning_withdrawn()),
        };
        let day = c.issued_at.to_zoned_datetime(ctx.app.home_zone.clone());
        Held {
            href: format!("/certificates/{}", c.code),
            title: c.title.get(t.lang).to_owned(),
            day: date_long(t.lang, day.date()),
            code: printed(&c.code),
            shape,
            state,
        }
    });
    let held = held.collect();
    render(&MinePage {
        s: ctx.shell(
            "office",
            t.learning_mine(),
            vec![
                Crumb::to("/office", t.shell_nav_office()),
                Crumb::here(t.learning_mine()),
            ],
        ),
        blocks,
        certificates: held,
    })
}

pub(super) async fn begin(ctx: Ctx, form: FormData) -> Result<Response, Error> {
    let purpose = Purpose::parse(form.text("purpose"))
        .ok_or_else(|| Error::field("purpose", ctx.t.form_choice()))?;
    let acting = ctx.acting()?;
    let id = actions::begin(&acting, form.text("session"), purpose, form.text("retest")).await?;
    Ok(see(&format!("/training/tests/{id}")))
}
