//! Writing a note: drafted from a template, edited by a person.

use super::{record, same, step};
use crate::elections::queries as elections;
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, ids};
use crate::publications::model::{NewNote, Note, NoteText, State, names_of};
use crate::publications::{store, subjects};

async fn own(tx: &mut Transaction, acting: &Acting, id: &str) -> Result<Note, Error> {
    let note = store::by_id(tx, id).await?;
    acting
        .require(tx, Action::NoteWrite, &note.area_id, None)
        .await?;
    Ok(note)
}

/// Begins a note with the text of a template. The id was made with the form: the same form sent twice is one note.
///
/// # Errors
/// No power; a template, subject or election that is not there; a day that has not come.
pub async fn create(acting: &Acting, new: NewNote) -> Result<Note, Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    let Some(template) = acting.app().rules.press().template(&new.template) else {
        return Err(Error::field("template", t.form_choice()));
    };
    // An ending would be taken for a file; a number would not be found in the log.
    let named = new.id.bytes().any(|b| b.is_ascii_alphabetic()) && !new.id.contains('.');
    if !ids::is_id(&new.id) || !named {
        return Err(Error::field("id", t.form_choice()));
    }
    let subject = match subjects::find(
        &mut tx,
        acting.app(),
        &template.about,
        &new.subject_id,
        &new.election_id,
    )
    .await
    {
        Err(Error::NotFound) => Err(Error::field("subject", t.publications_subject_unknown())),
        other => other,
    }?;
    acting
        .require(&mut tx, Action::NoteWrite, &subject.area_id, None)
        .await?;
    let mut synthetic = acting.app().settings.demo;
    if !subject.election_id.is_empty() {
        synthetic |= match elections::election(&mut tx, &subject.election_id).await {
            Err(Error::NotFound) => Err(Error::field("election", t.form_choice())),
            other => other.map(|election| election.synthetic),
        }?;
    }
    let text = NoteText {
        title: names_of(&template.title),
        body: names_of(&template.body),
        typed_reason: String::new(),
        records_on: new.records_on,
    };
    day_has_come(acting, &text)?;
    if !store::add(&mut tx, acting, &new, &subject, &text, synthetic).await? {
        let note = own(&mut tx, acting, &new.id).await?;
        return Ok(note);
    }
    let note = store::by_id(&mut tx, &new.id).await?;
    let sequence = step(&mut tx, acting, &note, "created", &text.digest(), "").await?;
    record(&mut tx, acting, "note.created", &note.id, sequence).await?;
    tx.commit().await?;
    Ok(note)
}

fn day_has_come(acting: &Acting, text: &NoteText) -> Result<(), Error> {
    if text.records_on > acting.today() {
        return Err(Error::field(
            "records_on",
            acting.t().publications_day_later(),
        ));
    }
    Ok(())
}

/// Changes the text that is being written. What has been published stays as it is until somebody publishes again.
///
/// # Errors
/// No power; somebody else was faster; withdrawn; what [`NoteText::check`] finds.
pub async fn edit(acting: &Acting, id: &str, seen: u64, text: NoteText) -> Result<(), Error> {
    let text = text.tidy();
    let mut tx = acting.begin().await?;
    let note = own(&mut tx, acting, id).await?;
    if note.state == State::Withdrawn {
        return Err(Error::Conflict(acting.t().publications_is_withdrawn()));
    }
    text.check(acting.t())?;
    day_has_come(acting, &text)?;
    same(acting, &note, seen)?;
    store::set_text(&mut tx, id, &text).await?;
    let sequence = step(&mut tx, acting, &note, "edited", &text.digest(), "").await?;
    record(&mut tx, acting, "note.edited", id, sequence).await?;
    Ok(tx.commit().await?)
}
