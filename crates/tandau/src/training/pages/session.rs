//! `/office/training/sessions/{id}`: a session, who comes, what was done with it.

use super::{area_of, crumbs, level, own_session, seen, state, when};
use crate::commissions::{Level, queries as commissions};
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::i18n::{instant_short, number};
use crate::platform::web::{
    Choice, Ctx, FieldErrors, FormData, Shell, page as render, page_with_status, see,
};
use crate::training::model::{Act, Invited, Session, SessionState, Trainee, TraineeState};
use crate::training::presence::queries as presence;
use crate::training::{actions, queries};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use electoral::collation::fold;
use serde::Deserialize;
use std::collections::BTreeSet;

/// People up to whom a list is not folded.
const FEW: usize = 10;

/// What may stand behind the question mark.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// Words of a name to invite.
    #[serde(default)]
    name: String,
    /// Words of a name, or of an area, on the list.
    #[serde(default)]
    who: String,
}

struct TextLine {
    href: String,
    text: String,
    version: u64,
    older: bool,
}

struct TraineeLine {
    id: String,
    name: String,
    office: String,
    area: String,
    shape: &'static str,
    state: String,
    invited: bool,
    absent: bool,
    /// Paper and records disagree about them.
    waits: bool,
}

/// People of one commission, folded away.
struct Group {
    title: String,
    open: bool,
    lines: Vec<TraineeLine>,
}

struct Happened {
    at: String,
    act: String,
    office: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "training/pages/session.html")]
struct SessionPage {
    s: Shell,
    errors: FieldErrors,
    id: String,
    version: u64,
    title: String,
    shape: &'static str,
    state: String,
    reason: String,
    programme: (String, String),
    level: String,
    area: String,
    area_href: String,
    when: String,
    place: String,
    trainers: String,
    seats: String,
    invited: String,
    present: String,
    on_paper: String,
    texts: Vec<TextLine>,
    groups: Vec<Group>,
    /// The list is long enough to be searched.
    long: bool,
    who: String,
    history: Vec<Happened>,
    /// It is planned, and the reader may change it.
    may_plan: bool,
    /// The reader may see who was there.
    may_run: bool,
    may_inspect: bool,
    /// It has begun, and the reader may close it.
    may_close: bool,
    areas: Vec<Choice>,
    /// Words of a name that was looked for.
    looked_for: String,
    found: Option<Vec<(String, String)>>,
}

fn trainee(ctx: &Ctx, session: &Session, one: Trainee, waits: bool) -> TraineeLine {
    let t = ctx.t;
    let invited = one.state == TraineeState::Invited;
    let absent = invited && session.state == SessionState::Held && !one.present;
    let (shape, word) = match (one.state, session.state) {
        _ if waits => ("attention", t.training_to_decide()),
        (TraineeState::Invited, SessionState::Held) if one.present => {
            ("done", t.training_present())
        }
        (TraineeState::Invited, SessionState::Held) => ("trouble", t.training_absent()),
        (TraineeState::Invited, _) if one.present => ("done", t.training_present()),
        (TraineeState::Invited, _) => ("open", t.training_trainee_invited()),
        (TraineeState::Withdrawn, _) => ("trouble", t.training_trainee_withdrawn()),
        (TraineeState::Replaced, _) => ("partial", t.training_trainee_replaced()),
    };
    TraineeLine {
        name: one.person.names.get(t.lang).to_owned(),
        id: one.person.id,
        office: if one.office.is_empty() {
            String::new()
        } else {
            t.word(&format!("commissions-office-{}", one.office))
        },
        area: one.area.get(t.lang).to_owned(),
        shape,
        state: word,
        invited,
        absent,
        waits,
    }
}

/// Whether a name or the area of a commission has every word.
fn fits(one: &Trainee, words: &[&str]) -> bool {
    let texts = [&one.person.names, &one.area].map(|n| [&n.kk, &n.ru, &n.en]);
    let folded: Vec<String> = texts.iter().flatten().map(|text| fold(text)).collect();
    let has = |word: &&str| folded.iter().any(|text| text.contains(*word));
    words.iter().all(has)
}

/// People by commission. Folded away are all but those that were looked for, about whom somebody must decide, and a short list.
fn groups(
    ctx: &Ctx,
    session: &Session,
    (trainees, waiting): (Vec<Trainee>, &BTreeSet<String>),
    who: &str,
) -> Vec<Group> {
    let t = ctx.t;
    let folded = fold(who);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let unfolded = trainees.len() <= FEW || !words.is_empty();
    let mut by_area: Vec<(String, Vec<TraineeLine>)> = Vec::new();
    for one in trainees {
        if !fits(&one, &words) {
            continue;
        }
        let waits = one.state == TraineeState::Invited && waiting.contains(&one.person.id);
        let line = trainee(ctx, session, one, waits);
        match by_area.iter_mut().find(|(area, _)| *area == line.area) {
            Some((_, lines)) => lines.push(line),
            None => by_area.push((line.area.clone(), vec![line])),
        }
    }
    let count = |lines: &[TraineeLine], which: fn(&TraineeLine) -> bool| {
        lines.iter().filter(|line| which(line)).count()
    };
    let group = |(area, lines): (String, Vec<TraineeLine>)| {
        let name = if area.is_empty() {
            t.presence_correct_elsewhere()
        } else {
            area
        };
        let waits = count(&lines, |line| line.waits);
        let absent = count(&lines, |line| line.absent);
        let mut title = t.presence_correct_group(name, plain(t.lang, lines.len()));
        for (number_of, words) in [
            (waits, t.training_group_waiting(waits)),
            (absent, t.training_group_absent(absent)),
        ] {
            if number_of > 0 {
                title = format!("{title} · {words}");
            }
        }
        Group {
            title,
            open: unfolded || waits > 0,
            lines,
        }
    };
    by_area.into_iter().map(group).collect()
}

fn plain(lang: crate::platform::Lang, count: usize) -> String {
    number(lang, i128::try_from(count).unwrap_or(i128::MAX))
}

/// Areas that may be invited at once: the session's own, and those of the commissions directly below.
async fn inviting(ctx: &Ctx, session: &Session) -> Result<Vec<Choice>, Error> {
    let lang = ctx.lang();
    let mut reader = ctx.read().await?;
    let own = area_of(ctx, &mut reader, &session.says.area_id).await?;
    let mut all = vec![Choice::new(own.id, own.names.get(lang), "")];
    let today = ctx.app.today();
    if let Some(commission) =
        commissions::by_area(&mut reader, &session.says.area_id, today).await?
        && commission.level != Level::Precinct
    {
        for one in commissions::below(&mut reader, &commission.id, today).await? {
            all.push(Choice::new(one.area_id.clone(), one.name(ctx.t), ""));
        }
    }
    Ok(all)
}

async fn build(
    ctx: &Ctx,
    session: Session,
    errors: FieldErrors,
    asked: Asked,
) -> Result<SessionPage, Error> {
    let t = ctx.t;
    let Asked { name, who } = asked;
    let acting = ctx.acting()?;
    let planned = session.state == SessionState::Planned;
    let areas = if planned {
        inviting(ctx, &session).await?
    } else {
        Vec::new()
    };
    let mut reader = ctx.read().await?;
    let says = &session.says;
    let area = area_of(ctx, &mut reader, &says.area_id).await?;
    let zone = area.time_zone()?;
    let programme = queries::programme(&mut reader, &says.programme_id).await?;
    let trainers = queries::trainers(&mut reader, &session).await?;
    let texts = queries::texts(&mut reader, &session).await?;
    let trainees = queries::trainees(&mut reader, &says.id).await?;
    let invited = trainees
        .iter()
        .filter(|one| one.state == TraineeState::Invited)
        .count();
    let history = queries::versions(&mut reader, &says.id).await?;
    let may_plan = planned
        && acting
            .may(&mut reader, Action::TrainingPlan, &says.area_id, None)
            .await?;
    let may_run = acting
        .may(&mut reader, Action::TrainingRun, &says.area_id, None)
        .await?;
    let may_inspect = session.state != SessionState::Cancelled
        && acting
            .may(&mut reader, Action::TrainingInspect, &says.area_id, None)
            .await?;
    let may_close = planned && says.starts_at <= ctx.app.clock.now() && may_run;
    let mut waiting = BTreeSet::new();
    if planned && may_run {
        let known = presence::known(&mut reader, &ctx.app, &session).await?;
        let sides = known.reconciled();
        let open = sides.differences.iter().filter(|d| d.2.is_none());
        waiting.extend(open.map(|d| d.0.to_owned()));
    }
    let found = if may_plan && !name.trim().is_empty() {
        let people = queries::might_come(&mut reader, &acting, &session, &name).await?;
        let lines = people
            .into_iter()
            .map(|p| (p.id, p.names.get(t.lang).to_owned()));
        Some(lines.collect())
    } else {
        None
    };
    let place = says.place.get(t.lang).to_owned();
    let (shape, word) = state(t, session.state);
    let title = format!("{}, {}", area.names.get(t.lang), when(t.lang, says, &zone));
    Ok(SessionPage {
        s: ctx.shell(
            "office",
            title.clone(),
            crumbs(ctx, Vec::new(), title.clone()),
        ),
        errors,
        id: says.id.clone(),
        version: session.version,
        shape,
        state: word,
        reason: if session.state == SessionState::Cancelled
            || matches!(session.act, Act::Moved | Act::Corrected)
        {
            session.reason.clone()
        } else {
            String::new()
        },
        programme: (
            format!("/office/training/programmes/{}", says.programme_id),
            programme.says.title.get(t.lang).to_owned(),
        ),
        level: level(ctx, says.level),
        area: area.names.get(t.lang).to_owned(),
        area_href: format!("/areas/{}", area.code),
        when: when(t.lang, says, &zone),
        place,
        trainers: trainers
            .iter()
            .map(|p| p.names.get(t.lang).to_owned())
            .collect::<Vec<_>>()
            .join("; "),
        seats: number(t.lang, says.seats),
        invited: plain(t.lang, invited),
        present: session
            .present
            .map_or_else(String::new, |n| number(t.lang, n)),
        on_paper: session
            .on_paper
            .map_or_else(String::new, |n| number(t.lang, n)),
        texts: texts
            .into_iter()
            .map(|one| TextLine {
                href: format!("/office/training/modules/{}", one.module_id),
                text: format!("{} · {}", one.key, one.title.get(t.lang)),
                older: one.version < one.newest,
                version: one.version,
            })
            .collect(),
        long: trainees.len() > FEW,
        groups: groups(ctx, &session, (trainees, &waiting), &who),
        who,
        history: history
            .iter()
            .rev()
            .map(|one| Happened {
                at: instant_short(t.lang, one.made_at, &zone),
                act: t.word(&format!("training-act-{}", one.act.as_str())),
                office: t.word(&format!("office-{}", one.office.replace('.', "-"))),
                reason: one.reason.clone(),
            })
            .collect(),
        may_plan,
        may_run,
        may_inspect,
        may_close,
        areas,
        looked_for: name,
        found,
        title,
    })
}

pub(super) async fn page(
    ctx: Ctx,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let session = own_session(&ctx, &id, Action::TrainingFollow).await?;
    render(&build(&ctx, session, FieldErrors::new(), asked).await?)
}

/// Goes back to the session, or shows it with what was wrong.
async fn answer(ctx: &Ctx, id: &str, done: Result<(), Error>) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(see(&format!(
            "/office/training/sessions/{id}?done=training-saved"
        ))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "")?;
            let session = own_session(ctx, id, Action::TrainingPlan).await?;
            page_with_status(
                &build(ctx, session, errors, Asked::default()).await?,
                status,
            )
        }
    }
}

pub(super) async fn cancel(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    own_session(&ctx, &id, Action::TrainingPlan).await?;
    let acting = ctx.acting()?;
    let done = actions::cancel(&acting, &id, seen(&form), form.text("reason")).await;
    answer(&ctx, &id, done).await
}

pub(super) async fn invite(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    own_session(&ctx, &id, Action::TrainingPlan).await?;
    let whom = match form.text("person") {
        "" => Invited::Area(form.text("invite_area").to_owned()),
        person => Invited::Person(person.to_owned()),
    };
    let done = actions::invite(&ctx.acting()?, &id, seen(&form), whom).await;
    answer(&ctx, &id, done.map(|_| ())).await
}

pub(super) async fn withdraw(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    own_session(&ctx, &id, Action::TrainingPlan).await?;
    let acting = ctx.acting()?;
    let (person, reason) = (form.text("person"), form.text("reason"));
    let done = actions::withdraw(&acting, &id, seen(&form), person, reason).await;
    answer(&ctx, &id, done).await
}
