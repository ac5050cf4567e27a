//! An instruction given by hand.

use super::by_hand::{check_addressee, deadline};
use super::open_in;
use crate::platform::access::Action;
use crate::platform::access::store::ancestors;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, FieldProblem, Names, ids};
use crate::tasks::model::{Addressee, BY_HAND, MAX_TEXT_CHARS, MAX_TITLE_CHARS, NewTask};
use crate::tasks::powers::seat_of;
use electoral::checklist::Severity;
use jiff::Timestamp;

/// What an instruction says.
#[derive(Clone, Debug)]
pub struct Instruction {
    /// Made with the form: the same form sent twice gives one task.
    pub key: String,
    /// Election; empty for none.
    pub election_id: String,
    /// Where.
    pub area_id: String,
    /// The station concerned, if one; it lies in the area.
    pub station_id: Option<String>,
    /// Question of the stations' checklist that it is about; empty for none. Whoever takes the form knows that it exists.
    pub item: String,
    /// How much hangs on it.
    pub severity: Severity,
    /// What is to be done; a language that is left blank takes the words of another.
    pub title: Names,
    /// More.
    pub detail: String,
    /// Whose it is.
    pub addressee: Addressee,
    /// By when.
    pub due_at: Option<Timestamp>,
}

/// Gives an instruction to a body or commission of one's own area or below. The giver's commission verifies.
/// Returns the task's id.
///
/// # Errors
/// [`Error::Forbidden`] outside one's area; [`Error::Invalid`].
pub async fn give(acting: &Acting, new: Instruction) -> Result<String, Error> {
    let mut tx = acting.begin().await?;
    let id = give_in(&mut tx, acting, new).await?;
    tx.commit().await?;
    Ok(id)
}

/// [`give`] inside another act, which commits.
///
/// # Errors
/// As [`give`].
pub async fn give_in(
    tx: &mut Transaction,
    acting: &Acting,
    new: Instruction,
) -> Result<String, Error> {
    acting
        .require(tx, Action::TaskGive, &new.addressee.area_id, None)
        .await?;
    acting
        .require(tx, Action::TaskGive, &new.area_id, None)
        .await?;
    let due_at = check(acting, &new)?;
    check_addressee(
        tx,
        acting,
        &new.addressee,
        &new.area_id,
        ("kind", "area_code"),
    )
    .await?;
    let above = ancestors(tx, &new.addressee.area_id).await?;
    let verifier = match seat_of(acting, Action::TaskGive, &above) {
        Some(seat) => seat.area_id,
        // Whoever has the machine sits nowhere: the commission of the addressee's own area looks.
        None => new.addressee.area_id.clone(),
    };
    let task = NewTask {
        election_id: new.election_id,
        origin: BY_HAND,
        origin_key: new.key,
        station_id: new.station_id,
        area_id: new.area_id,
        item: new.item,
        severity: new.severity,
        title: new.title.map(|one| one.trim().to_owned()).filled(),
        detail: new.detail.trim().to_owned(),
        evidence: Vec::new(),
        addressee: new.addressee,
        verifier_area_id: verifier,
        due_at,
    };
    open_in(tx, acting, &task).await
}

fn check(acting: &Acting, new: &Instruction) -> Result<Timestamp, Error> {
    let t = acting.t();
    let mut problems = Vec::new();
    let mut add = |field: &str, message: String| {
        problems.push(FieldProblem {
            field: field.to_owned(),
            message,
        });
    };
    let titles = [
        ("title_kk", &new.title.kk),
        ("title_ru", &new.title.ru),
        ("title_en", &new.title.en),
    ];
    if titles.iter().all(|(_, title)| title.trim().is_empty()) {
        add("title_kk", t.tasks_title_needed());
    }
    for (field, title) in titles {
        if title.chars().count() > MAX_TITLE_CHARS {
            add(
                field,
                t.form_too_long(i64::try_from(MAX_TITLE_CHARS).unwrap_or(i64::MAX)),
            );
        }
    }
    if new.detail.chars().count() > MAX_TEXT_CHARS {
        add(
            "detail",
            t.form_too_long(i64::try_from(MAX_TEXT_CHARS).unwrap_or(i64::MAX)),
        );
    }
    if !ids::is_id(&new.key) {
        add("title_kk", t.tasks_form_again());
    }
    let due_at = match deadline(acting, "due_date", new.due_at) {
        Ok(due_at) => Some(due_at),
        Err(Error::Invalid(found)) => {
            problems.extend(found);
            None
        }
        Err(other) => return Err(other),
    };
    match due_at {
        Some(due_at) if problems.is_empty() => Ok(due_at),
        _ => Err(Error::Invalid(problems)),
    }
}
