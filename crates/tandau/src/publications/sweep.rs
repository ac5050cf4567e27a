//! What the clock does to published notes: their figures are asked again, and what the records say now is noted beside
//! what they said. The text stays.

use super::figures::{Asked, Value, ask, digest};
use super::model::{Note, query};
use super::store::published::{self, Change};
use super::subjects;
use crate::platform::{Acting, App, Error, audit, sweeper};
use jiff::Timestamp;
use std::sync::{Arc, Mutex, PoisonError};

/// Notes asked again at one look; the next ones come with the next.
const BATCH: i64 = 20;

/// Asks in turn until the program ends.
pub async fn run(app: App) {
    let place = Arc::new(Mutex::new(String::new()));
    sweeper::run(app, "figures of published notes", |app, now| {
        let place = Arc::clone(&place);
        async move {
            let after = {
                let place = place.lock().unwrap_or_else(PoisonError::into_inner);
                place.clone()
            };
            let (last, _) = sweep(&app, now, &after).await?;
            *place.lock().unwrap_or_else(PoisonError::into_inner) = last;
            Ok(())
        }
    })
    .await;
}

/// Asks the figures of the next notes after an id. Gives the id to go on from (empty at the end), and how many changes
/// were noted.
///
/// # Errors
/// What the database reports.
pub async fn sweep(app: &App, now: Timestamp, after: &str) -> Result<(String, usize), Error> {
    let notes = {
        let mut reader = app.read().await?;
        published::standing(&mut reader, after, BATCH).await?
    };
    let acting = Acting::system(app.clone(), now);
    let mut noted = 0;
    for note in &notes {
        // One note that can't be asked must not keep the others from being asked.
        match one(&acting, note).await {
            Ok(more) => noted += more,
            Err(error) => tracing::error!(note = note.id, %error, "figures were not asked again"),
        }
    }
    let full = i64::try_from(notes.len()).is_ok_and(|n| n == BATCH);
    let last = notes.last().filter(|_| full);
    Ok((last.map_or_else(String::new, |note| note.id.clone()), noted))
}

/// What is known of a figure: what was published, or what was noted last.
fn known(published: &Value, changes: &[Change], position: u64) -> (Option<Value>, u64) {
    changes
        .iter()
        .rfind(|change| change.position == position)
        .map_or((Some(published.clone()), 0), |change| {
            (change.value.clone(), change.sequence)
        })
}

async fn one(acting: &Acting, note: &Note) -> Result<usize, Error> {
    let app = acting.app();
    let mut reader = app.read().await?;
    let revisions = published::revisions(&mut reader, &note.id).await?;
    let Some(newest) = revisions.last() else {
        return Ok(0);
    };
    let subject = subjects::find(
        &mut reader,
        app,
        &note.subject_kind,
        &note.subject_id,
        &note.election_id,
    )
    .await;
    let subject = match subject {
        Ok(subject) => subject,
        // What it was about is no longer public: nothing to ask.
        Err(Error::NotFound) => return Ok(0),
        Err(other) => return Err(other),
    };
    let asked = Asked {
        app,
        subject: &subject,
        records_on: newest.text.records_on,
        now: acting.now(),
    };
    let places = newest.text.check(acting.t())?;
    let figures = published::figures(&mut reader, &note.id, newest.revision).await?;
    let changes = published::changes(&mut reader, &note.id, newest.revision).await?;
    let mut news = Vec::new();
    for (figure, position) in figures.iter().zip(1_u64..) {
        let Some(place) = places.iter().find(|place| query(place) == figure.query) else {
            continue;
        };
        let says = ask(&mut reader, &asked, place)
            .await?
            .ok()
            .map(|found| found.value);
        let (knew, sequence) = known(&figure.value, &changes, position);
        if says != knew {
            let canonical = says.as_ref().map_or_else(String::new, Value::canonical);
            news.push(Change {
                position,
                sequence: sequence.saturating_add(1),
                digest: digest(asked.of(), &figure.query, &canonical),
                value: says,
                noticed_at: acting.now(),
            });
        }
    }
    drop(reader);
    if news.is_empty() {
        return Ok(0);
    }
    let mut tx = acting.begin().await?;
    let mut noted = 0;
    for change in &news {
        // Somebody else may have looked at the same moment.
        if !published::add_change(&mut tx, &note.id, newest.revision, change).await? {
            continue;
        }
        let parts = [newest.revision, change.position, change.sequence].map(|n| n.to_string());
        let [revision, position, sequence] = &parts;
        acting
            .record(
                &mut tx,
                audit::Event {
                    event: "note.changed",
                    kind: "note_change",
                    object: &[&note.id, revision, position, sequence],
                    contest_id: "",
                },
            )
            .await?;
        noted += 1;
    }
    tx.commit().await?;
    Ok(noted)
}
