//! A new version of a checklist. Versions are never changed: what stations have answered stays readable.

use super::queries::{bodies, newest};
use crate::platform::access::Action;
use crate::platform::{Acting, Error, areas};
use crate::readiness::actions::adopt_in;
use electoral::checklist::Checklist;

/// May a checklist be brought in by this person at all? Looking at an upload needs it before the file is read.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn check_power(acting: &Acting) -> Result<(), Error> {
    let mut reader = acting.app().read().await?;
    let country = areas::country(&mut reader).await?.ok_or(Error::NotFound)?;
    acting
        .require(&mut reader, Action::ChecklistChange, &country, None)
        .await
}

/// Adopts a list as the next version of its id. `source` says where it came from: `xlsform`, `toml`.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`] for a list that is unsound or names a body that there isn't;
/// [`Error::Conflict`] when it is the same as the newest version.
pub async fn adopt(acting: &Acting, list: &Checklist, source: &'static str) -> Result<u64, Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    let country = areas::country(&mut tx).await?.ok_or(Error::NotFound)?;
    acting
        .require(&mut tx, Action::ChecklistChange, &country, None)
        .await?;
    list.check()
        .map_err(|e| Error::field("file", t.checklists_refused_unsound(e.to_string())))?;
    let known = bodies();
    if let Some(item) = list
        .items
        .iter()
        .find(|i| !known.contains(&i.body.as_str()))
    {
        let sentence = t.checklists_no_such_body(item.body.as_str(), item.id.as_str());
        return Err(Error::field("file", sentence));
    }
    let before = newest(&mut tx, acting.app(), &list.id).await?;
    if before.as_ref().is_some_and(|v| *v.list == *list) {
        return Err(Error::Conflict(t.checklists_same()));
    }
    let adopted = adopt_in(&mut tx, acting, list, source).await?;
    tx.commit().await?;
    Ok(adopted.version)
}
