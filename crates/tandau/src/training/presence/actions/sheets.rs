//! Lists on paper: a sheet is keyed with its photo, unknown names are found, a sheet that was keyed wrongly is withdrawn.

use super::{reason_of, run_in};
use crate::people;
use crate::platform::database::{Connection, Transaction};
use crate::platform::inbox::{Envelope, Taken};
use crate::platform::{Acting, Error, FieldProblem, Lang, ids};
use crate::training::model::{MAX_LINE, SessionState};
use crate::training::presence::model::MAX_PHOTOS;
use crate::training::presence::store;
use crate::training::presence::store::sheets::NewSheet;
use electoral::collation::fold;
use std::collections::BTreeSet;

/// Takes the sheet that an envelope carries: who was ticked, names typed one to a line, how many signatures the paper has,
/// photos. The number must be that of the lines, or a word must say why it isn't.
///
/// # Errors
/// [`Error::Forbidden`] for whoever may not run the session; [`Error::Conflict`] when it is closed or called off;
/// [`Error::Invalid`] for figures that don't agree.
pub async fn sheet_in(
    tx: &mut Transaction,
    acting: &Acting,
    envelope: &Envelope,
) -> Result<Taken, Error> {
    let t = acting.t();
    let session = run_in(tx, acting, envelope.text("session")).await?;
    let id = session.says.id.as_str();
    if !envelope.id.contains('-') {
        return Err(Error::field("envelope", t.offline_form_old()));
    }
    if session.state == SessionState::Cancelled {
        return Err(Error::Conflict(t.presence_cancelled()));
    }
    still_open(acting, session.state)?;
    let rules = &acting.app().rules.training().attendance;
    let lines = lines_of(tx, acting, id, envelope).await?;
    let count = u64::try_from(lines.len()).unwrap_or(u64::MAX);
    let mut problems = Vec::new();
    let mut problem = |field: &str, message: String| {
        problems.push(FieldProblem {
            field: field.to_owned(),
            message,
        });
    };
    let note_text = envelope.text("note");
    let people: Option<u64> = envelope.text("people").parse().ok();
    match people {
        None => problem("people", t.form_number()),
        Some(0) => problem("people", t.form_number()),
        Some(people) if people > rules.sheet_most.value || count > rules.sheet_most.value => {
            problem("people", t.presence_sheet_most(rules.sheet_most.value));
        }
        Some(people) if people != count && note_text.is_empty() => {
            problem("people", t.presence_sheet_differs(count, people));
        }
        Some(_) => {}
    }
    if note_text.chars().count() > MAX_LINE {
        problem("note", t.form_too_long(300));
    }
    let photos: Vec<String> = envelope.files.values().flatten().cloned().collect();
    if photos.len() > MAX_PHOTOS {
        problem("photo", t.presence_sheet_photos(10));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let sheet = NewSheet {
        id: &envelope.id,
        session_id: id,
        people: people.unwrap_or(count),
        note: note_text,
        keyed_at: envelope.made_at.min(acting.now()),
        lines: &lines,
        photos: &photos,
    };
    store::sheets::add(tx, acting, &sheet).await?;
    let event = ("training.sheet_keyed", "training_sheet");
    acting.note(tx, event, &[&envelope.id]).await?;
    Ok(Taken {
        state: "taken".to_owned(),
        message: t.presence_sheet_taken(count),
        href: format!("/office/training/sessions/{id}/attendance"),
    })
}

/// Lines of a sheet: people ticked, each once; then names, with the person where exactly one bears the name.
async fn lines_of(
    tx: &mut Transaction,
    acting: &Acting,
    session_id: &str,
    envelope: &Envelope,
) -> Result<Vec<(Option<String>, String)>, Error> {
    let t = acting.t();
    // Each name is looked for among all people: not before it is known that there are no more than a sheet has.
    let most = acting.app().rules.training().attendance.sheet_most.value;
    let keyed = [envelope.text("person"), envelope.text("others")];
    let keyed = keyed.iter().flat_map(|text| text.lines());
    let keyed = keyed.filter(|line| !line.trim().is_empty()).count();
    if u64::try_from(keyed).unwrap_or(u64::MAX) > most {
        return Err(Error::field("people", t.presence_sheet_most(most)));
    }
    let known = store::names(tx, session_id).await?;
    let mut seen = BTreeSet::new();
    let mut lines = Vec::new();
    for person in envelope.text("person").lines().map(str::trim) {
        if person.is_empty() || !seen.insert(person.to_owned()) {
            continue;
        }
        if !known.contains_key(person) {
            return Err(Error::field("person", t.form_choice()));
        }
        lines.push((Some(person.to_owned()), String::new()));
    }
    for name in envelope.text("others").lines().map(str::trim) {
        if name.is_empty() {
            continue;
        }
        if name.chars().count() > MAX_LINE {
            return Err(Error::field("others", t.form_too_long(300)));
        }
        let person = bearer(tx, name).await?;
        if let Some(id) = &person
            && !seen.insert(id.clone())
        {
            continue;
        }
        lines.push((person, name.to_owned()));
    }
    Ok(lines)
}

/// The only person on record who bears exactly this name in some language.
async fn bearer(connection: &mut Connection, name: &str) -> Result<Option<String>, Error> {
    let words = |text: &str| {
        let folded = fold(text);
        let mut words: Vec<String> = folded.split_whitespace().map(str::to_owned).collect();
        words.sort();
        words
    };
    let wanted = words(name);
    let mut found = people::queries::search(connection, name, 20)
        .await?
        .into_iter()
        .filter(|p| Lang::ALL.iter().any(|l| words(p.names.get(*l)) == wanted))
        .map(|p| p.id);
    Ok(match (found.next(), found.next()) {
        (Some(one), None) => Some(one),
        _ => None,
    })
}

/// Says who stands behind a name on a sheet.
///
/// # Errors
/// [`Error::Forbidden`] for whoever may not run the session; no such line; nobody on record.
pub async fn name_line(
    acting: &Acting,
    session_id: &str,
    (sheet_id, place): (&str, u64),
    person_id: &str,
) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    let session = run_in(&mut tx, acting, session_id).await?;
    still_open(acting, session.state)?;
    let lines = store::sheets::lines(&mut tx, session_id).await?;
    if !lines
        .iter()
        .any(|l| l.sheet_id == sheet_id && l.place == place)
    {
        return Err(Error::NotFound);
    }
    if !ids::is_id(person_id) {
        return Err(Error::field("person", acting.t().form_choice()));
    }
    people::queries::by_id(&mut tx, person_id).await?;
    let sequence = store::sheets::name(&mut tx, acting, (sheet_id, place), person_id).await?;
    let event = ("training.sheet_named", "training_sheet_named");
    let object = [sheet_id, &place.to_string(), &sequence.to_string()];
    acting.note(&mut tx, event, &object).await?;
    tx.commit().await?;
    Ok(())
}

/// A closed session is no longer reconciled.
pub(super) fn still_open(acting: &Acting, state: SessionState) -> Result<(), Error> {
    if state == SessionState::Planned {
        Ok(())
    } else {
        Err(Error::Conflict(acting.t().presence_closed_already()))
    }
}

/// Withdraws a sheet: it counts no longer, and stays on record.
///
/// # Errors
/// [`Error::Forbidden`] for whoever may not run the session; no such sheet; [`Error::Conflict`] when it was withdrawn.
pub async fn withdraw_sheet(
    acting: &Acting,
    session_id: &str,
    sheet_id: &str,
    reason: &str,
) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    let session = run_in(&mut tx, acting, session_id).await?;
    still_open(acting, session.state)?;
    let sheets = store::sheets::all(&mut tx, session_id).await?;
    if !sheets.iter().any(|s| s.id == sheet_id) {
        return Err(Error::NotFound);
    }
    let reason = reason_of(acting, reason)?;
    if !store::sheets::withdraw(&mut tx, acting, sheet_id, &reason).await? {
        return Err(Error::Conflict(
            acting.t().presence_sheet_withdrawn_before(),
        ));
    }
    let event = ("training.sheet_withdrawn", "training_sheet_withdrawn");
    acting.note(&mut tx, event, &[sheet_id]).await?;
    tx.commit().await?;
    Ok(())
}
