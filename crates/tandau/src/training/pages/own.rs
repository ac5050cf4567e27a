//! `/office/training/own`: one's own sessions, what one was taught, and the way it came from the centre.

use super::module::{MaterialLine, materials};
use super::{area_of, crumbs, level, state, when};
use crate::elections::queries as elections;
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::i18n::{date_long, date_short};
use crate::platform::web::{Ctx, Shell, page as render};
use crate::surveys::{State as Asking, queries as surveys};
use crate::tasks::DeskLine;
use crate::training::learning::retests_waiting;
use crate::training::model::{Session, SessionState};
use crate::training::quality::store as quality;
use crate::training::queries::{self, Own};
use askama::Template;
use axum::response::Response;
use std::collections::BTreeSet;

struct Line {
    area: String,
    when: String,
    place: String,
    role: String,
    /// Where they say what they think of it, while that is asked.
    opinion: String,
    shape: &'static str,
    state: String,
}

struct Step {
    level: String,
    area: String,
    day: String,
    trainers: String,
}

struct Text {
    text: String,
    version: u64,
    day: String,
    older: bool,
}

/// The newest text of a module of one's own sessions.
struct Module {
    title: String,
    version: u64,
    materials: Vec<MaterialLine>,
}

struct Block {
    title: String,
    election: String,
    passed: String,
    sessions: Vec<Line>,
    way: Vec<Step>,
    modules: Vec<Module>,
    texts: Vec<Text>,
}

#[derive(Template)]
#[template(path = "training/pages/own.html")]
struct OwnPage {
    s: Shell,
    you: String,
    retests: Vec<DeskLine>,
    blocks: Vec<Block>,
}

async fn block(ctx: &Ctx, one: Own) -> Result<Block, Error> {
    let t = ctx.t;
    let lang = t.lang;
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let election = elections::election(&mut reader, &one.election_id).await?;
    let mut sessions = Vec::new();
    for session in &one.sessions {
        let area = area_of(ctx, &mut reader, &session.says.area_id).await?;
        let trainers = queries::trainers(&mut reader, session).await?;
        let trains = trainers.iter().any(|p| p.id == acting.person());
        let (shape, word) = state(t, session.state);
        let asked = match quality::feedback(&mut reader, &session.says.id).await? {
            Some(survey) if !trains => Some(surveys::by_id(&mut reader, &survey).await?),
            _ => None,
        };
        let asked = asked.filter(|survey| survey.state == Asking::Open);
        sessions.push(Line {
            area: area.names.get(lang).to_owned(),
            when: when(lang, &session.says, &area.time_zone()?),
            place: session.says.place.get(lang).to_owned(),
            role: if trains {
                t.training_own_as_trainer()
            } else {
                t.training_own_as_trainee()
            },
            opinion: asked.map_or_else(String::new, |survey| format!("/s/{}", survey.code)),
            shape,
            state: word,
        });
    }
    let mut modules = Vec::new();
    let mut listed = BTreeSet::new();
    let stand = |s: &&Session| s.state != SessionState::Cancelled;
    for session in one.sessions.iter().filter(stand) {
        for text in queries::texts(&mut reader, session).await? {
            if !listed.insert(text.module_id.clone()) {
                continue;
            }
            let module = queries::module(&mut reader, &text.module_id).await?;
            modules.push(Module {
                title: format!("{} · {}", text.key, module.says.title.get(lang)),
                version: module.version,
                materials: materials(ctx, &module),
            });
        }
    }
    let mut way = Vec::new();
    for step in &one.line {
        let says = &step.session.says;
        let area = area_of(ctx, &mut reader, &says.area_id).await?;
        let day = says.starts_at.to_zoned_datetime(area.time_zone()?).date();
        let names = step.trainers.iter().map(|p| p.names.get(lang).to_owned());
        way.push(Step {
            level: level(ctx, says.level),
            area: area.names.get(lang).to_owned(),
            day: date_long(lang, day),
            trainers: names.collect::<Vec<_>>().join("; "),
        });
    }
    let zone = &ctx.app.home_zone;
    let day = |at: jiff::Timestamp| date_short(lang, at.to_zoned_datetime(zone.clone()).date());
    Ok(Block {
        title: one.programme.says.title.get(lang).to_owned(),
        election: election.title.get(lang).to_owned(),
        passed: match one.passed {
            Some(at) => t.training_own_passed(day(at)),
            None => t.training_own_not_passed(),
        },
        sessions,
        way,
        modules,
        texts: one
            .learned
            .into_iter()
            .map(|text| Text {
                text: format!("{} · {}", text.key, text.title.get(lang)),
                version: text.version,
                day: day(text.at),
                older: text.version < text.newest,
            })
            .collect(),
    })
}

pub(super) async fn page(ctx: Ctx) -> Result<Response, Error> {
    let acting = ctx.acting()?;
    let (own, retests) = {
        let mut reader = ctx.read().await?;
        let own = queries::own(&mut reader, acting.person()).await?;
        (own, retests_waiting(&ctx, &mut reader).await?)
    };
    let mut blocks = Vec::new();
    for one in own {
        blocks.push(block(&ctx, one).await?);
    }
    let title = ctx.t.training_own();
    let mut way = crumbs(&ctx, Vec::new(), title.clone());
    // The list of sessions is not for every member, and the office not for observers, proxies and journalists.
    for (place, action) in [(1, Action::TrainingFollow), (0, Action::OfficeEnter)] {
        if !ctx.app.policy.could(acting.actor(), action) {
            way.remove(place);
        }
    }
    render(&OwnPage {
        s: ctx.shell("office", title, way),
        you: acting.actor().name.get(ctx.lang()).to_owned(),
        retests,
        blocks,
    })
}
