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
/// is never touched.
///
/// # Errors
/// A folder that can't be used, or that holds a real installation.
pub async fn prepare(folder: &Path, at: Date) -> Result<State, Failure> {
    std::fs::create_dir_all(folder)
        .map_err(|e| Failure::usage(format!("{}: {e}", folder.display())))?;
    let file = folder.join("tandau.db");
    if file.exists() {
        let (is_demo, state) = look(&file).await?;
        if !is_demo {
            return Err(Failure::usage(format!(
                "{} holds an installation that is no demo. Name another folder with --data",
                folder.display()
            )));
        }
        if state.as_deref() == Some("built") {
            return Ok(State::Built);
        }
        for name in HALF_BUILT {
            let path = folder.join(name);
            if path.exists() {
                std::fs::remove_file(&path)
                    .map_err(|e| Failure::usage(format!("{}: {e}", path.display())))?;
            }
        }
    }
    mark(&file, at).await?;
    Ok(State::Empty)
}

/// Whether a finished demo shows the day that somebody asks for.
///
/// # Errors
/// It shows another one.
pub fn shows(app: &App, folder: &Path, wanted: Date) -> Result<(), Failure> {
    let day = app.today();
    if day == wanted {
        return Ok(());
    }
    Err(Failure::usage(format!(
        "{} holds a demo of {day}. For {wanted} name another folder with --data, or leave out --at",
        folder.display()
    )))
}

async fn look(file: &Path) -> Result<(bool, Option<String>), Failure> {
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
    Ok((clock.is_some(), state))
}

/// Marks an empty folder as a demo, before anything is written into it.
async fn mark(file: &Path, at: Date) -> Result<(), Failure> {
    let zone = TimeZone::get("Asia/Almaty").map_err(Failure::usage)?;
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
