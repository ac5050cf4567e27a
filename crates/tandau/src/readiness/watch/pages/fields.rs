//! The fields of an event: read from a form, and filled from what is on record.

use crate::elections::{ElectionState, queries as elections};
use crate::platform::areas::{self, Area};
use crate::platform::database::Connection;
use crate::platform::web::fields::{local, moment, pair};
use crate::platform::web::{Choice, Ctx, FieldErrors, FormData};
use crate::platform::{Error, Names, ids};
use crate::readiness::watch::model::{MAX_AREAS, NewEvent};
use electoral::collation::fold;
use electoral::watch::{Grade, Group};

/// What can be chosen.
pub(super) struct Choices {
    pub(super) elections: Vec<Choice>,
    pub(super) supply: Vec<Choice>,
    pub(super) grades: Vec<Choice>,
    pub(super) planned: Vec<Choice>,
    /// Areas directly below one's own: name and code.
    pub(super) below: Vec<(String, String)>,
}

/// Elections whose stations can still be helped.
pub(super) async fn running(
    connection: &mut Connection,
    ctx: &Ctx,
    current: &str,
) -> Result<Vec<Choice>, Error> {
    let mut all: Vec<Choice> = elections::elections(connection)
        .await?
        .into_iter()
        .filter(|e| e.state < ElectionState::Determined)
        .map(|e| Choice::new(e.id, e.title.get(ctx.lang()), current))
        .collect();
    if !all.iter().any(|c| c.checked)
        && let Some(first) = all.first_mut()
    {
        first.checked = true;
    }
    Ok(all)
}

/// Kinds of the rules.
pub(super) fn kinds(ctx: &Ctx, current: &str) -> Vec<Choice> {
    let rules = ctx.app.rules.watch();
    rules
        .kinds
        .iter()
        .map(|kind| {
            let hint = match kind.group {
                Group::Supply => ctx.t.watch_group_supply(),
                Group::Warning => ctx.t.watch_group_warning(),
            };
            let name = format!("{}: {}", hint, super::in_language(ctx, &kind.title));
            Choice::new(&kind.id, name, current)
        })
        .collect()
}

impl Choices {
    pub(super) async fn of(
        connection: &mut Connection,
        ctx: &Ctx,
        form: &FormData,
    ) -> Result<Self, Error> {
        let t = ctx.t;
        let grade = form.text("grade");
        let planned = form.text("planned");
        let acting = ctx.acting()?;
        let mut below = Vec::new();
        if let Some(home) = acting.actor().home_area() {
            for area in areas::children(connection, home, ctx.app.today()).await? {
                below.push((area.names.get(ctx.lang()).to_owned(), area.code));
            }
        }
        Ok(Self {
            elections: running(connection, ctx, form.text("election")).await?,
            supply: kinds(ctx, form.text("kind")),
            grades: Grade::ALL
                .into_iter()
                .map(|g| {
                    let key = format!("watch-grade-{}", g.as_str());
                    let hint = t.word(&format!("{key}-hint"));
                    Choice::new(g.as_str(), t.word(&key), grade).with_hint(hint)
                })
                .collect(),
            planned: vec![
                Choice::new("yes", t.watch_planned(), planned),
                Choice::new("no", t.watch_sudden(), planned),
                Choice::new("", t.watch_planned_none(), planned),
            ],
            below,
        })
    }
}

/// An empty form: one's own area, from now on.
pub(super) async fn blank(connection: &mut Connection, ctx: &Ctx) -> Result<FormData, Error> {
    let acting = ctx.acting()?;
    let mut code = String::new();
    let mut zone = ctx.app.home_zone.clone();
    if let Some(home) = acting.actor().home_area() {
        let area = areas::by_id(connection, home, ctx.app.today()).await?;
        zone = area.time_zone()?;
        code = area.code;
    }
    Ok(FormData::from_fields(vec![
        pair("id", ids::random_id()),
        pair("areas", code),
        pair("from", local(ctx.app.clock.now(), &zone)),
    ]))
}

/// A form that says what is on record.
pub(super) async fn filled(
    connection: &mut Connection,
    ctx: &Ctx,
    said: &NewEvent,
    version: u64,
) -> Result<FormData, Error> {
    let mut codes = Vec::new();
    let mut zone = ctx.app.home_zone.clone();
    for (at, id) in said.areas.iter().enumerate() {
        let area = areas::by_id(connection, id, ctx.app.today()).await?;
        if at == 0 {
            zone = area.time_zone()?;
        }
        codes.push(area.code);
    }
    let planned = match said.planned {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    };
    Ok(FormData::from_fields(vec![
        pair("version", version.to_string()),
        pair("kind", &said.kind),
        pair("grade", said.grade.as_str()),
        pair("planned", planned),
        pair("areas", codes.join("\n")),
        pair("from", local(said.from_at, &zone)),
        pair(
            "until",
            said.until_at
                .map_or_else(String::new, |at| local(at, &zone)),
        ),
        pair("words", said.words.get(ctx.lang())),
        pair("told_by", &said.told_by),
    ]))
}

/// Reads what is said of an event. Times are typed by the clocks of the first area.
pub(super) async fn read(
    connection: &mut Connection,
    ctx: &Ctx,
    form: &FormData,
) -> Result<NewEvent, Error> {
    let t = ctx.t;
    let mut errors = FieldErrors::new();
    let found = areas_of(connection, ctx, form.text("areas"), "areas", &mut errors).await?;
    let zone = match found.first() {
        Some(area) => area.time_zone()?,
        None => ctx.app.home_zone.clone(),
    };
    let grade = Grade::parse(form.text("grade"));
    if grade.is_none() {
        errors.add("grade", t.form_choice());
    }
    let from_at = moment(form.text("from"), &zone);
    if from_at.is_none() {
        errors.add("from", t.watch_time_form());
    }
    let until_at = moment(form.text("until"), &zone);
    if until_at.is_none() && !form.text("until").is_empty() {
        errors.add("until", t.watch_time_form());
    }
    errors.done()?;
    let (Some(grade), Some(from_at)) = (grade, from_at) else {
        return Err(Error::field("from", t.watch_time_form()));
    };
    let words = form.text("words");
    Ok(NewEvent {
        election_id: form.text("election").to_owned(),
        kind: form.text("kind").to_owned(),
        grade,
        planned: match form.text("planned") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        from_at,
        until_at,
        words: Names::new(words, words, words),
        told_by: form.text("told_by").to_owned(),
        areas: found.into_iter().map(|a| a.id).collect(),
        shapes: Vec::new(),
        by_shape: false,
    })
}

/// Areas as lines name them: by the code of the classifier or by a name that only one area bears.
pub(super) async fn areas_of(
    connection: &mut Connection,
    ctx: &Ctx,
    text: &str,
    field: &str,
    errors: &mut FieldErrors,
) -> Result<Vec<Area>, Error> {
    let t = ctx.t;
    let mut found: Vec<Area> = Vec::new();
    let lines: Vec<&str> = text
        .split(['\n', ';'])
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect();
    if lines.len() > MAX_AREAS {
        errors.add(field, t.watch_area_many(60));
        return Ok(found);
    }
    for line in lines {
        let mut fits = one_area(connection, ctx, line).await?;
        match (fits.pop(), fits.is_empty()) {
            (Some(area), true) => {
                if found.iter().all(|known| known.id != area.id) {
                    found.push(area);
                }
            }
            (None, _) => errors.add(field, t.watch_area_unknown(line)),
            (Some(area), false) => {
                fits.push(area);
                let codes: Vec<String> = fits.into_iter().map(|a| a.code).collect();
                errors.add(field, t.watch_area_several(codes.join(", "), line));
            }
        }
    }
    Ok(found)
}

async fn one_area(connection: &mut Connection, ctx: &Ctx, line: &str) -> Result<Vec<Area>, Error> {
    let today = ctx.app.today();
    if let Some(id) = areas::by_typed_code(connection, line, today).await? {
        return Ok(vec![areas::by_id(connection, &id, today).await?]);
    }
    let wanted = fold(line);
    let same = |area: &Area| area.names.any(|name| fold(name) == wanted);
    let all = areas::search(connection, line, 50).await?;
    Ok(all.into_iter().filter(same).collect())
}
