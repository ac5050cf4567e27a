//! `/office/training/sessions/{id}/correct`: a closed session with a mistake in who was there.

use super::{At, named, plain_count};
use crate::people;
use crate::platform::Error;
use crate::platform::database::Connection;
use crate::platform::i18n::{instant_short, number};
use crate::platform::web::fields::seen;
use crate::platform::web::{
    Choice, Ctx, FieldErrors, FormData, Shell, page, page_with_status, see,
};
use crate::training::model::{SessionState, Trainee, TraineeState};
use crate::training::presence::actions::{self, Correct, Says};
use crate::training::presence::model::Known;
use crate::training::presence::queries;
use crate::training::queries as sessions;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// What may stand behind the question mark.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// Words of the name of somebody who is on no list of the session.
    #[serde(default)]
    name: String,
}

/// People of one commission, folded away.
struct Group {
    title: String,
    /// Somebody of it is ticked.
    open: bool,
    people: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "training/presence/pages/correct.html")]
struct CorrectPage {
    s: Shell,
    errors: FieldErrors,
    when: String,
    place: String,
    href: String,
    version: u64,
    /// Who counts: a tick says that they were not there.
    counted: Vec<Group>,
    /// Who doesn't: a tick says that they were.
    others: Vec<Group>,
    looked_for: String,
    found: Option<Vec<Choice>>,
    sheets: Vec<Choice>,
    has_paper: bool,
    on_paper: String,
    reason: String,
}

pub(super) async fn form(
    ctx: Ctx,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let mut reader = ctx.read().await?;
    let at = At::run(&ctx, &mut reader, &id).await?;
    if at.session.state != SessionState::Held {
        // While it is open, paper and records are set against each other there.
        return Ok(see(&format!("{}/attendance", at.href())));
    }
    let nothing = FieldErrors::new();
    let view = view(&ctx, &mut reader, at, (nothing, None), asked.name).await?;
    page(&view)
}

pub(super) async fn correct(
    ctx: Ctx,
    Path(id): Path<String>,
    data: FormData,
) -> Result<Response, Error> {
    let done = async {
        let mut errors = FieldErrors::new();
        let on_paper = match data.text("on_paper") {
            "" => None,
            _ => errors.count(ctx.t, &data, "on_paper"),
        };
        errors.done()?;
        let says = |field: &str, present: bool| -> Vec<Says> {
            let people = data.all(field);
            people
                .map(|person| Says {
                    person_id: person.to_owned(),
                    present,
                })
                .collect()
        };
        let mut all = says("gone", false);
        all.extend(says("come", true));
        let how = Correct {
            seen: seen(&data),
            says: all,
            sheets: data.all("sheet").map(str::to_owned).collect(),
            on_paper,
            reason: data.text("reason").to_owned(),
        };
        actions::correct(&ctx.acting()?, &id, &how).await
    };
    let (errors, status) = match done.await {
        Ok(_) => {
            return Ok(see(&format!(
                "/office/training/sessions/{id}/attendance?done=training-corrected"
            )));
        }
        Err(error) => FieldErrors::or_conflict(error, "")?,
    };
    let mut reader = ctx.read().await?;
    let at = At::run(&ctx, &mut reader, &id).await?;
    let view = view(&ctx, &mut reader, at, (errors, Some(&data)), String::new()).await?;
    page_with_status(&view, status)
}

/// Everybody who has to do with the session, each once: those invited now before those who were.
fn each_once(trainees: Vec<Trainee>) -> BTreeMap<String, Trainee> {
    let mut all: BTreeMap<String, Trainee> = BTreeMap::new();
    for one in trainees {
        let known = all.get(&one.person.id);
        if known.is_none_or(|k| k.state != TraineeState::Invited) {
            all.insert(one.person.id.clone(), one);
        }
    }
    all
}

/// People by the area of their commission, in the order of names.
fn groups(ctx: &Ctx, mut people: Vec<(String, Choice)>) -> Vec<Group> {
    people.sort_by(|a, b| (&a.0, &a.1.text).cmp(&(&b.0, &b.1.text)));
    let mut all: Vec<(String, Vec<Choice>)> = Vec::new();
    for (area, choice) in people {
        match all.last_mut() {
            Some((last, choices)) if *last == area => choices.push(choice),
            _ => all.push((area, vec![choice])),
        }
    }
    let t = ctx.t;
    let group = |(area, people): (String, Vec<Choice>)| {
        let name = if area.is_empty() {
            t.presence_correct_elsewhere()
        } else {
            area
        };
        let count = number(t.lang, plain_count(people.len()));
        Group {
            title: t.presence_correct_group(name, count),
            open: people.iter().any(|c| c.checked),
            people,
        }
    };
    all.into_iter().map(group).collect()
}

fn sheets(ctx: &Ctx, at: &At, known: &Known, ticked: &BTreeSet<&str>) -> Vec<Choice> {
    let t = ctx.t;
    let counting = (1_u64..).zip(&known.sheets);
    counting
        .filter(|(_, sheet)| sheet.withdrawn.is_none())
        .map(|(number, sheet)| {
            let when = instant_short(t.lang, sheet.keyed_at, &at.zone);
            let mut choice =
                Choice::new(sheet.id.clone(), t.presence_sheet_title(number, when), "");
            choice.checked = ticked.contains(sheet.id.as_str());
            choice
        })
        .collect()
}

async fn view(
    ctx: &Ctx,
    reader: &mut Connection,
    at: At,
    (errors, sent): (FieldErrors, Option<&FormData>),
    looked_for: String,
) -> Result<CorrectPage, Error> {
    let t = ctx.t;
    let lang = t.lang;
    let known = queries::known(reader, &ctx.app, &at.session).await?;
    let trainees = each_once(sessions::trainees(reader, &at.session.says.id).await?);
    let ticked = |field: &str| -> BTreeSet<&str> {
        sent.map_or_else(BTreeSet::new, |data| {
            data.fields()
                .iter()
                .filter(|(name, _)| name == field)
                .map(|(_, value)| value.trim())
                .collect()
        })
    };
    let (gone, come) = (ticked("gone"), ticked("come"));
    let (mut counted, mut others) = (Vec::new(), Vec::new());
    let mut here: BTreeSet<String> = known.names.keys().cloned().collect();
    here.extend(trainees.keys().cloned());
    for id in &here {
        let trainee = trainees.get(id);
        let counts = trainee.is_some_and(|x| x.present && x.state == TraineeState::Invited);
        let area = trainee.map_or_else(String::new, |x| x.area.get(lang).to_owned());
        let name = trainee.map_or_else(
            || named(&known.names, id, lang),
            |x| x.person.names.get(lang),
        );
        let mut choice = Choice::new(id.clone(), name, "");
        let (ticks, list) = if counts {
            (&gone, &mut counted)
        } else {
            (&come, &mut others)
        };
        choice.checked = ticks.contains(id.as_str());
        list.push((area, choice));
    }
    // Somebody found by name before, and ticked in a form that came back.
    let mut strangers: Vec<Choice> = Vec::new();
    for id in come.iter().filter(|id| !here.contains(**id)) {
        if let Ok(person) = people::queries::by_id(reader, id).await {
            strangers.push(Choice::new(*id, person.names.get(lang), id));
        }
    }
    let found = if looked_for.trim().is_empty() {
        (!strangers.is_empty()).then_some(strangers)
    } else {
        let known = people::queries::search(reader, &looked_for, 20).await?;
        let new = known.into_iter().filter(|p| !here.contains(&p.id));
        let choices = new.map(|p| {
            let text = format!("{}, {}", p.names.get(lang), p.birth_year);
            Choice::new(p.id, text, "")
        });
        Some(choices.collect())
    };
    let title = t.presence_correct();
    let kept = |name: &str| sent.map_or("", |data| data.text(name)).to_owned();
    Ok(CorrectPage {
        s: ctx.shell("office", title.clone(), at.crumbs(ctx, &title)),
        href: at.href(),
        version: at.session.version,
        counted: groups(ctx, counted),
        others: groups(ctx, others),
        looked_for,
        found,
        sheets: sheets(ctx, &at, &known, &ticked("sheet")),
        has_paper: known.has_paper(),
        on_paper: if sent.is_some() {
            kept("on_paper")
        } else {
            at.session
                .on_paper
                .map_or_else(String::new, |n| n.to_string())
        },
        reason: kept("reason"),
        errors,
        when: at.when,
        place: at.place,
    })
}
