//! An alert from a file, without anybody looking at it first: `tandau import alerts`.

use super::actions::{take_in, upload_in};
use super::cap::CapProblem;
use crate::elections::{ElectionState, queries as elections};
use crate::platform::database::Connection;
use crate::platform::{Acting, Error, T};

/// Takes an alert for the stations of an election, or of the only one that is under way. What the classifier doesn't
/// know is refused by name: nobody is there to choose. Returns how many events it made or changed.
///
/// # Errors
/// A file that is no alert; areas or kinds that are not known; several elections and none named.
pub async fn import_cap(
    acting: &Acting,
    election: Option<&str>,
    bytes: &[u8],
    dry_run: bool,
) -> Result<usize, Error> {
    let mut tx = acting.begin().await?;
    let (upload, alert) = upload_in(&mut tx, acting, bytes).await?;
    let election = match election {
        Some(id) => id.to_owned(),
        None => only_one(&mut tx, acting.t()).await?,
    };
    let taken = take_in(&mut tx, acting, &upload, &alert, &election, &[]).await?;
    if !dry_run {
        tx.commit().await?;
    }
    Ok(taken.events.len())
}

async fn only_one(connection: &mut Connection, t: T) -> Result<String, Error> {
    let mut running = elections::elections(connection)
        .await?
        .into_iter()
        .filter(|e| e.state < ElectionState::Determined);
    match (running.next(), running.next()) {
        (Some(election), None) => Ok(election.id),
        _ => Err(Error::field("election", t.watch_election_needed())),
    }
}

/// Why a file is no alert, as a sentence.
pub(super) fn sentence(t: T, problem: &CapProblem) -> String {
    match problem {
        CapProblem::TooLarge => t.watch_cap_large(),
        CapProblem::Encoding => t.watch_cap_encoding(),
        CapProblem::Xml(place) => t.watch_cap_xml(place.clone()),
        CapProblem::Deep => t.watch_cap_deep(),
        CapProblem::NotCap => t.watch_cap_other(),
        CapProblem::Missing(element) => t.watch_cap_missing(*element),
        CapProblem::Unreadable(element) => t.watch_cap_unreadable(*element),
        CapProblem::TooMany(element) => t.watch_cap_many(*element),
    }
}
