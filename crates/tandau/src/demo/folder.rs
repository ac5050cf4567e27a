//! The folder of a demo: empty, half built, or built.

use crate::cli::{DEMO_CLOCK, Failure};
use crate::platform::database::{Database, Durability};
use crate::platform::{App, Error, settings};
use jiff::Timestamp;
use jiff::civil::{Date, time};
use jiff::tz::TimeZone;
use std::path::Path;

/// Names the state of the building.
const STATE: &str = "demo-state";
/// The zone of the demo's days.
const ZONE: &str = "Asia/Almaty";
/// Files that belong to a demo that was never finished.
const HALF_BUILT: &[&str] = &[
    "tandau.db",
    "tandau.db-wal",
    "tandau.db-shm",
    "audit.key",
    "forms.key",
];

/// What a folder holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing yet.
    Empty,
    /// A finished demo.
    Built,
}

/// Looks at the folder. A half-built demo is taken away and begun again; an installation that is no demo
/// is never touched; a finished one opens again, unless it was built for another day than the one asked for.
///
/// # Errors
/// A folder that can't be used, that holds a real installation, or a demo of another day.
pub async fn prepare(folder: &Path, at: Option<Date>) -> Result<State, Failure> {
    std::fs::create_dir_all(folder)
        .map_err(|e| Failure::usage(format!("{}: {e}", folder.display())))?;
    let file = folder.join("tandau.db");
    if file.exists() {
        let (clock, state) = look(&file).await?;
        let Some(clock) = clock else {
            return Err(Failure::usage(format!(
                "{} holds an installation that is no demo. Name another folder with --data",
                folder.display()
            )));
        };
        if state.as_deref() == Some("built") {
            return same_day(folder, &clock, at).map(|()| State::Built);
        }
        for name in HALF_BUILT {
            let path = folder.join(name);
            if path.exists() {
                std::fs::remove_file(&path)
                    .map_err(|e| Failure::usage(format!("{}: {e}", path.display())))?;
            }
        }
    }
    mark(&file, at.unwrap_or(super::DEFAULT_AT)).await?;
    Ok(State::Empty)
}

/// The clock of a finished demo stands on the day for which it was built.
fn same_day(folder: &Path, clock: &str, asked: Option<Date>) -> Result<(), Failure> {
    let zone = TimeZone::get(ZONE).map_err(Failure::usage)?;
    let built: Timestamp = clock.parse().map_err(Failure::usage)?;
    let built = built.to_zoned_datetime(zone).date();
    match asked {
        Some(asked) if asked != built => Err(Failure::usage(format!(
            "{0} holds a demo that was built for {built}, not for {asked}. Leave out --at to open it, name another \
             folder with --data, or remove {0} to build it anew",
            folder.display()
        ))),
        _ => Ok(()),
    }
}

async fn look(file: &Path) -> Result<(Option<String>, Option<String>), Failure> {
    let database = Database::open_sqlite(file, Durability::Full)
        .await
        .map_err(Failure::usage)?;
    let mut reader = database.read().await.map_err(Failure::usage)?;
    let clock = settings::get(&mut reader, DEMO_CLOCK)
        .await
        .map_err(Failure::usage)?;
    let state = settings::get(&mut reader, STATE)
        .await
        .map_err(Failure::usage)?;
    drop(reader);
    database.close().await;
    Ok((clock, state))
}

/// Marks an empty folder as a demo, before anything is written into it.
async fn mark(file: &Path, at: Date) -> Result<(), Failure> {
    let zone = TimeZone::get(ZONE).map_err(Failure::usage)?;
    let first = super::load::instant(&zone, super::load::REGISTERS_ON.min(at), time(9, 0, 0, 0))?;
    let database = Database::open_sqlite(file, Durability::Full)
        .await
        .map_err(Failure::usage)?;
    let mut transaction = database.begin().await.map_err(Failure::usage)?;
    settings::set(&mut transaction, DEMO_CLOCK, &first.to_string())
        .await
        .map_err(Failure::usage)?;
    settings::set(&mut transaction, STATE, "building")
        .await
        .map_err(Failure::usage)?;
    transaction.commit().await.map_err(Failure::usage)?;
    database.close().await;
    Ok(())
}

/// Notes that the demo is complete and what its clock shows.
///
/// # Errors
/// What the database reports.
pub async fn finish(app: &App, at: Timestamp) -> Result<(), Error> {
    let mut transaction = app.database.begin().await?;
    settings::set(&mut transaction, DEMO_CLOCK, &at.to_string()).await?;
    settings::set(&mut transaction, STATE, "built").await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[tokio::test]
    async fn a_folder_keeps_the_day_it_was_built_for() {
        let name = format!("tandau-demo-day-{}", crate::platform::ids::random_id());
        let folder = std::env::temp_dir().join(name);
        let (evening, morning) = (date(2023, 11, 5), date(2023, 11, 6));
        assert_eq!(prepare(&folder, Some(evening)).await.unwrap(), State::Empty);
        let file = folder.join("tandau.db");
        let database = Database::open_sqlite(&file, Durability::Off).await.unwrap();
        let mut tx = database.begin().await.unwrap();
        let end = "2023-11-05T17:00:00Z";
        settings::set(&mut tx, DEMO_CLOCK, end).await.unwrap();
        settings::set(&mut tx, STATE, "built").await.unwrap();
        tx.commit().await.unwrap();
        database.close().await;
        assert_eq!(prepare(&folder, Some(evening)).await.unwrap(), State::Built);
        assert_eq!(prepare(&folder, None).await.unwrap(), State::Built);
        let Err(Failure::Usage(told)) = prepare(&folder, Some(morning)).await else {
            panic!("another day is refused")
        };
        for word in ["2023-11-05", "2023-11-06", "--data", "remove"] {
            assert!(told.contains(word), "{told}");
        }
        assert!(file.is_file(), "nothing was taken away");
        std::fs::remove_dir_all(folder).unwrap();
    }
}
