//! `/office/training/modules/{id}`: the texts of a module, and who was taught an older one.

use super::crumbs;
use crate::platform::access::Action;
use crate::platform::i18n::{date_short, instant_short, number};
use crate::platform::web::{Crumb, Ctx, Shell, page as render};
use crate::platform::{Error, ids};
use crate::training::model::{Material, Module, SessionState};
use crate::training::quality::store as quality;
use crate::training::queries;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

/// People listed at most.
const SHOWN: i64 = 300;

/// A material as a page links to it.
pub(super) struct MaterialLine {
    pub(super) href: String,
    pub(super) text: String,
    pub(super) kind: String,
    pub(super) lang: String,
}

struct Version {
    number: u64,
    title: String,
    goals: String,
    change: String,
    minutes: u64,
    retired: bool,
    reason: String,
    at: String,
    materials: Vec<MaterialLine>,
}

struct Person {
    name: String,
    area: String,
    office: String,
    version: u64,
    day: String,
    href: String,
}

#[derive(Template)]
#[template(path = "training/pages/module.html")]
struct ModulePage {
    s: Shell,
    id: String,
    title: String,
    may_make: bool,
    /// Changes that were asked for since the newest text: when, and why. For those who write it.
    wanted: Vec<(String, String)>,
    versions: Vec<Version>,
    counts: Vec<String>,
    people: Vec<Person>,
    /// Texts between the older ones and the newest: number and what changed.
    changes: Vec<(u64, String)>,
    cut: bool,
    shown: String,
}

/// Materials of a text, those in the reader's language first.
pub(super) fn materials(ctx: &Ctx, module: &Module) -> Vec<MaterialLine> {
    let all = module.says.materials.iter();
    let mut lines: Vec<MaterialLine> = all.map(|m| material(ctx, m)).collect();
    lines.sort_by_key(|m| m.lang != ctx.lang().code());
    lines
}

fn material(ctx: &Ctx, one: &Material) -> MaterialLine {
    MaterialLine {
        href: match &one.file_id {
            Some(file) => format!("/office/training/materials/{file}"),
            None => one.link.clone(),
        },
        text: one.title.clone(),
        kind: ctx
            .t
            .word(&format!("training-material-{}", one.kind.as_str())),
        lang: one.language.clone(),
    }
}

fn version(ctx: &Ctx, module: &Module) -> Version {
    let lang = ctx.lang();
    Version {
        number: module.version,
        title: module.says.title.get(lang).to_owned(),
        goals: module.says.goals.get(lang).to_owned(),
        change: module.says.change.get(lang).to_owned(),
        minutes: module.says.minutes,
        retired: module.says.retired,
        reason: module.reason.clone(),
        at: instant_short(lang, module.made_at, &ctx.app.home_zone),
        materials: materials(ctx, module),
    }
}

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    if !ids::is_id(&id) {
        return Err(Error::NotFound);
    }
    let t = ctx.t;
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let module = queries::module(&mut reader, &id).await?;
    let programme = queries::programme(&mut reader, &module.programme_id).await?;
    let versions = queries::module_versions(&mut reader, &id).await?;
    let may_make = ctx.app.policy.could(acting.actor(), Action::TrainingMake);
    let wanted = if may_make {
        quality::wanted(&mut reader, &id, module.made_at).await?
    } else {
        Vec::new()
    };
    let mut people = Vec::new();
    let mut listed = std::collections::BTreeSet::new();
    let mut cut = false;
    let mut oldest = module.version;
    let mut sums: std::collections::BTreeMap<u64, u64> = std::collections::BTreeMap::new();
    for area in acting
        .areas_with(&mut reader, Action::TrainingFollow)
        .await?
    {
        for (text, n) in queries::count_outdated(&mut reader, (&id, &area)).await? {
            let sum = sums.entry(text).or_default();
            *sum = sum.saturating_add(n);
            oldest = oldest.min(text);
        }
        let older = queries::outdated(&mut reader, (&id, &area), SHOWN).await?;
        cut |= i64::try_from(older.len()).map_or(true, |n| n >= SHOWN);
        for one in older {
            // Whoever has to do with two areas of the reader stands here once.
            if !listed.insert(one.person.id.clone()) {
                continue;
            }
            let session = queries::session(&mut reader, &one.session_id).await?;
            let zone = super::area_of(&ctx, &mut reader, &session.says.area_id)
                .await?
                .time_zone()?;
            people.push(Person {
                name: one.person.names.get(t.lang).to_owned(),
                area: one.area.get(t.lang).to_owned(),
                office: match one.office.as_str() {
                    "" => String::new(),
                    office => t.word(&format!("commissions-office-{office}")),
                },
                version: one.version,
                day: date_short(t.lang, one.at.to_zoned_datetime(zone).date()),
                href: if session.state == SessionState::Held {
                    format!("/training/sessions/{}", one.session_id)
                } else {
                    String::new()
                },
            });
        }
    }
    let title = format!("{} · {}", module.says.key, module.says.title.get(t.lang));
    let steps = vec![
        Crumb::to("/office/training/programmes", t.training_programmes()),
        Crumb::to(
            format!("/office/training/programmes/{}", programme.says.id),
            programme.says.title.get(t.lang),
        ),
    ];
    render(&ModulePage {
        s: ctx.shell("office", title.clone(), crumbs(&ctx, steps, title.clone())),
        id,
        title,
        may_make,
        wanted: wanted
            .into_iter()
            .map(|(reason, at)| (instant_short(t.lang, at, &ctx.app.home_zone), reason))
            .collect(),
        changes: versions
            .iter()
            .filter(|v| v.version > oldest)
            .map(|v| (v.version, v.says.change.get(t.lang).to_owned()))
            .collect(),
        versions: versions.iter().map(|v| version(&ctx, v)).collect(),
        counts: sums
            .iter()
            .map(|(text, n)| t.training_outdated_count(number(t.lang, *n), *text))
            .collect(),
        cut,
        shown: number(t.lang, i128::try_from(people.len()).unwrap_or(i128::MAX)),
        people,
    })
}

/// A material, for whoever follows training and for those to whom it is taught.
pub(super) async fn file(ctx: Ctx, Path(file): Path<String>) -> Result<Response, Error> {
    let acting = ctx.acting()?;
    if !ids::is_id(&file) {
        return Err(Error::NotFound);
    }
    let mut reader = ctx.read().await?;
    let may = if ctx.app.policy.could(acting.actor(), Action::TrainingFollow) {
        queries::is_material(&mut reader, &file).await?
    } else {
        let who = (acting.person(), ctx.app.today());
        queries::may_read(&mut reader, &file, who).await?
    };
    if !may {
        return Err(Error::NotFound);
    }
    ctx.private_paper(reader, &file, "training").await
}
