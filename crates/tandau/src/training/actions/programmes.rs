//! Programmes and the texts of their modules.

use super::{note, outdated, reasoned, short};
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::files::{CleanError, Prepared};
use crate::platform::{Acting, Error, areas, ids};
use crate::training::model::{
    Material, MaterialKind, NewFile, NewModule, NewProgramme, Programme, ProgrammeState,
};
use crate::training::store;

const PROGRAMME: &str = "training_programme_version";
const MODULE: &str = "training_module_version";

/// Programmes are the centre's: the power over the country is asked for.
async fn centre_in(tx: &mut Transaction, acting: &Acting) -> Result<(), Error> {
    let country = areas::country(tx).await?.ok_or(Error::NotFound)?;
    acting
        .require(tx, Action::TrainingMake, &country, None)
        .await
}

/// Writes a programme down as a draft. The id was made with the form: the same form sent twice is one programme.
///
/// # Errors
/// No power; what [`NewProgramme::check`] finds; a key that is there.
pub async fn create_programme(acting: &Acting, new: NewProgramme) -> Result<Programme, Error> {
    let new = new.tidy();
    let mut tx = acting.begin().await?;
    centre_in(&mut tx, acting).await?;
    if !ids::is_id(&new.id) {
        return Err(Error::field("id", acting.t().form_choice()));
    }
    new.check(acting.t(), &acting.app().rules.training().cascade)?;
    if !store::add_programme(&mut tx, &new).await? {
        return match store::programme(&mut tx, &new.id).await {
            Err(Error::NotFound) => Err(Error::field("key", acting.t().training_key_twice())),
            other => other,
        };
    }
    store::add_programme_version(&mut tx, acting, (&new, 1), (ProgrammeState::Draft, "")).await?;
    note(
        &mut tx,
        acting,
        ("training.programme_made", PROGRAMME),
        (&new.id, 1),
    )
    .await?;
    let made = store::programme(&mut tx, &new.id).await?;
    tx.commit().await?;
    Ok(made)
}

/// Changes what a programme says. Its key stays; its group and levels too once sessions are planned on it.
///
/// # Errors
/// No power; somebody else was faster; what [`NewProgramme::check`] finds.
pub async fn edit_programme(
    acting: &Acting,
    seen: u64,
    new: NewProgramme,
    reason: &str,
) -> Result<(), Error> {
    let mut new = new.tidy();
    let mut tx = acting.begin().await?;
    centre_in(&mut tx, acting).await?;
    let before = store::programme(&mut tx, &new.id).await?;
    new.key.clone_from(&before.says.key);
    if before.state != ProgrammeState::Draft {
        let fixed = &before.says;
        new.audience.clone_from(&fixed.audience);
        (new.level_from, new.level_until, new.tested) =
            (fixed.level_from, fixed.level_until, fixed.tested);
    }
    new.check(acting.t(), &acting.app().rules.training().cascade)?;
    let reason = short(acting, reason)?;
    next(&mut tx, acting, (&new, seen), (before.state, &reason)).await?;
    Ok(tx.commit().await?)
}

/// Opens a programme for sessions, closes it, opens it again.
///
/// # Errors
/// No power; somebody else was faster; a state that can't follow; no module to teach.
pub async fn move_programme(
    acting: &Acting,
    id: &str,
    seen: u64,
    to: ProgrammeState,
) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    centre_in(&mut tx, acting).await?;
    let before = store::programme(&mut tx, id).await?;
    if before.version != seen {
        return Err(outdated(acting));
    }
    if !before.state.next().contains(&to) {
        return Err(Error::Conflict(acting.t().training_not_now()));
    }
    let modules = store::modules(&mut tx, id).await?;
    if to == ProgrammeState::Open && modules.iter().all(|m| m.says.retired) {
        return Err(Error::Conflict(acting.t().training_modules_needed()));
    }
    next(&mut tx, acting, (&before.says, seen), (to, "")).await?;
    Ok(tx.commit().await?)
}

async fn next(
    tx: &mut Transaction,
    acting: &Acting,
    (new, seen): (&NewProgramme, u64),
    says: (ProgrammeState, &str),
) -> Result<(), Error> {
    if !store::step_programme(tx, &new.id, seen).await? {
        return Err(outdated(acting));
    }
    let version = seen.saturating_add(1);
    store::add_programme_version(tx, acting, (new, version), says).await?;
    let event = ("training.programme_changed", PROGRAMME);
    note(tx, acting, event, (&new.id, version)).await
}

/// Files cleaned before the transaction, so that nobody waits with it while a paper is read.
async fn prepare(
    acting: &Acting,
    files: Vec<NewFile>,
) -> Result<Vec<(String, String, Prepared)>, Error> {
    let mut all = Vec::new();
    for file in files {
        let prepared = acting.app().files.prepare(file.bytes).await?;
        let prepared = prepared.map_err(|problem| match problem {
            CleanError::TooLarge => Error::TooLarge,
            CleanError::Kind | CleanError::Broken | CleanError::Active => {
                let field = format!("file_{}", file.language);
                Error::field(field, acting.t().training_file_form())
            }
        })?;
        all.push((file.language, file.title, prepared));
    }
    Ok(all)
}

/// Files noted as materials of the text.
async fn attach(
    tx: &mut Transaction,
    acting: &Acting,
    new: &mut NewModule,
    files: &[(String, String, Prepared)],
) -> Result<(), Error> {
    for (language, title, prepared) in files {
        let file = acting.app().files.note(tx, acting, prepared, false).await?;
        new.materials.push(Material {
            language: language.clone(),
            kind: MaterialKind::Slides,
            title: title.trim().to_owned(),
            link: String::new(),
            file_id: Some(file.id),
        });
    }
    Ok(())
}

/// Adds a module with its first text.
///
/// # Errors
/// No power; what [`NewModule::check`] finds; a key that is there; too many modules; a programme that is closed; a file
/// that is no PDF or picture.
pub async fn add_module(
    acting: &Acting,
    programme_id: &str,
    new: NewModule,
    files: Vec<NewFile>,
) -> Result<(), Error> {
    let mut new = new.tidy();
    new.retired = false;
    new.materials.retain(|m| m.file_id.is_none());
    let t = acting.t();
    let files = prepare(acting, files).await?;
    let mut tx = acting.begin().await?;
    centre_in(&mut tx, acting).await?;
    let programme = store::programme(&mut tx, programme_id).await?;
    if programme.state == ProgrammeState::Closed {
        return Err(Error::Conflict(t.training_not_now()));
    }
    if !ids::is_id(&new.id) {
        return Err(Error::field("id", t.form_choice()));
    }
    let rules = &acting.app().rules.training().cascade;
    attach(&mut tx, acting, &mut new, &files).await?;
    new.check(t, rules, true)?;
    let known = store::modules(&mut tx, programme_id).await?;
    if known.iter().any(|m| m.says.id == new.id) {
        return Ok(());
    }
    let most = rules.modules_most.value;
    if u64::try_from(known.len()).map_or(true, |n| n >= most) {
        return Err(Error::field("key", t.training_modules_most(most)));
    }
    if !store::add_module(&mut tx, programme_id, &new).await? {
        return Err(Error::field("key", t.training_key_twice()));
    }
    store::add_module_version(&mut tx, acting, (&new, 1), "").await?;
    note(
        &mut tx,
        acting,
        ("training.module_made", MODULE),
        (&new.id, 1),
    )
    .await?;
    Ok(tx.commit().await?)
}

/// Writes a new text of a module, with what changed: those who were taught the old one are listed from now on.
///
/// # Errors
/// No power; somebody else was faster; what [`NewModule::check`] finds; no reason.
pub async fn change_module(
    acting: &Acting,
    seen: u64,
    new: NewModule,
    files: Vec<NewFile>,
    reason: &str,
) -> Result<(), Error> {
    let mut new = new.tidy();
    let files = prepare(acting, files).await?;
    let mut tx = acting.begin().await?;
    centre_in(&mut tx, acting).await?;
    let before = store::module(&mut tx, &new.id).await?;
    new.key.clone_from(&before.says.key);
    // A file goes on only where the text before had it.
    let known = |file: &Option<String>| before.says.materials.iter().any(|m| m.file_id == *file);
    new.materials
        .retain(|m| m.file_id.is_none() || known(&m.file_id));
    attach(&mut tx, acting, &mut new, &files).await?;
    new.check(acting.t(), &acting.app().rules.training().cascade, false)?;
    let reason = reasoned(acting, reason)?;
    if before.version != seen || !store::step_module(&mut tx, &new.id, seen).await? {
        return Err(outdated(acting));
    }
    let version = seen.saturating_add(1);
    store::add_module_version(&mut tx, acting, (&new, version), &reason).await?;
    let event = ("training.module_changed", MODULE);
    note(&mut tx, acting, event, (&new.id, version)).await?;
    Ok(tx.commit().await?)
}
