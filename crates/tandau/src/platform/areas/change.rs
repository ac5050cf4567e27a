//! What happens to an area after it was made: another name, another place, its end. Each is a new version
//! beside the old one, and the same change said twice changes nothing.

use super::follow::{Followers, Moved};
use super::{Area, store};
use crate::bind;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, Names};
use jiff::civil::Date;

/// Gives an area other names from a day on.
///
/// # Errors
/// [`Error::Invalid`] naming the column: a day to come, or one on which a name began already.
pub async fn rename(
    tx: &mut Transaction,
    acting: &Acting,
    area: &Area,
    names: &Names,
    from: Date,
) -> Result<(), Error> {
    begun(acting, from)?;
    let known = store::names_of(tx, &area.id).await?;
    let Some((newest_from, _, newest)) = known.first() else {
        return Err(Error::NotFound);
    };
    if *newest_from == from && newest == names {
        return Ok(());
    }
    after(acting, from, *newest_from)?;
    let eve = from.yesterday()?;
    tx.execute(store::END_NAME, bind![&area.id, eve]).await?;
    let values = bind![
        &area.id,
        from,
        None::<String>,
        &names.kk,
        &names.ru,
        &names.en,
        names.folded()
    ];
    tx.execute(store::ADD_NAME, values).await?;
    Ok(())
}

/// Puts an area, with all below it, under another one from a day on. The closure table follows, and so do
/// rooms that keep something there.
///
/// # Errors
/// [`Error::Invalid`] naming the column: a day to come, or one on which a place began already; an area below
/// itself; what a [`super::Follower`] refuses.
pub async fn move_to(
    tx: &mut Transaction,
    acting: &Acting,
    area: &Area,
    parent_id: &str,
    from: Date,
) -> Result<(), Error> {
    begun(acting, from)?;
    let newest = tx.first(store::NEWEST_PLACE, bind![&area.id]).await?;
    if let Some(place) = newest {
        let (began, above) = (place.date("valid_from")?, place.text("parent_id")?);
        if above == parent_id {
            return Ok(());
        }
        after(acting, from, began)?;
    }
    let inside = tx
        .first(store::IS_BELOW, bind![parent_id, &area.id])
        .await?
        .is_some();
    if inside {
        return Err(Error::field("parent_code", acting.t().areas_below_itself()));
    }
    let eve = from.yesterday()?;
    tx.execute(store::END_PLACE, bind![&area.id, eve]).await?;
    let values = bind![&area.id, from, None::<String>, parent_id];
    tx.execute(store::ADD_PLACE, values).await?;
    // Paths within the moved part stay; those that lead out of it are made anew.
    tx.execute(store::CUT_PATHS, bind![&area.id]).await?;
    tx.execute(store::JOIN_PATHS, bind![&area.id, parent_id])
        .await?;
    for follower in Followers::of(acting.app()).iter() {
        let area_id = area.id.as_str();
        follower.moved(tx, acting, Moved { area_id, from }).await?;
    }
    Ok(())
}

/// Ends an area on its last day. What lies in it must have ended or moved before.
///
/// # Errors
/// [`Error::Invalid`] naming the column: a last day before the first, another last day on record, areas or
/// stations still inside.
pub async fn close(
    tx: &mut Transaction,
    acting: &Acting,
    area: &Area,
    last: Date,
) -> Result<(), Error> {
    let t = acting.t();
    match area.valid_until {
        Some(known) if known == last => return Ok(()),
        Some(_) => return Err(Error::field("valid_until", t.areas_closed_already())),
        None => {}
    }
    begun(acting, last)?;
    if last < area.valid_from {
        return Err(Error::field("valid_until", t.areas_order()));
    }
    let inside = tx.first(store::LIVES_BELOW, bind![&area.id, last]).await?;
    if inside.is_some() {
        return Err(Error::field("code", t.areas_not_empty()));
    }
    tx.execute(store::END_AREA, bind![&area.id, last]).await?;
    Ok(())
}

/// An area known by its code on a day, in which a file may change something. The territories of stations
/// follow their stations and are not changed here.
pub(super) async fn known(
    tx: &mut Transaction,
    acting: &Acting,
    code: &str,
    day: Date,
) -> Result<Area, Error> {
    let unknown = || Error::field("code", acting.t().areas_unknown());
    let id = store::by_typed_code(tx, code, day)
        .await?
        .ok_or_else(unknown)?;
    let area = store::by_id(tx, &id, day).await?;
    if area.kind == "precinct" {
        return Err(Error::field("code", acting.t().areas_of_station()));
    }
    Ok(area)
}

/// Everything reads the newest name and place as today's: a change is put on record when its day has come.
fn begun(acting: &Acting, day: Date) -> Result<(), Error> {
    if day > acting.today() {
        return Err(Error::field("valid_from", acting.t().areas_future()));
    }
    Ok(())
}

fn after(acting: &Acting, from: Date, newest: Date) -> Result<(), Error> {
    if from <= newest {
        return Err(Error::field("valid_from", acting.t().areas_order()));
    }
    Ok(())
}
