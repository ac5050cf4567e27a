//! The synthetic country on which speed is measured, and those who act in it.

use crate::{Failed, TOGETHER};
use electoral::protocol::{LineKey, ProtocolEntry};
use jiff::Timestamp;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tandau::cli::DataArgs;
use tandau::counting::actions::{self, SaveDraft, Submit, Target};
use tandau::platform::access::{Actor, Grant, Role};
use tandau::platform::audit::SignerKey;
use tandau::platform::database::Durability;
use tandau::platform::{Acting, App, Lang, Names, T};

/// A contest of the world.
#[derive(Clone, Copy)]
pub struct Contest {
    pub district: &'static str,
    first: u64,
    pub stations: u64,
}

/// As many stations as the country has.
pub const COUNTRY: Contest = contest("d1", 1, 10_101);
/// The smaller size for which the status page of another program is known.
pub const TOWN: Contest = contest("d2", 20_001, 180);
/// A contest as its page is read on election night.
pub const DISTRICT: Contest = contest("d3", 30_001, 80);

const fn contest(district: &'static str, first: u64, stations: u64) -> Contest {
    Contest {
        district,
        first,
        stations,
    }
}

impl Contest {
    pub fn id(self) -> String {
        format!("bench-2023.{}", self.district)
    }

    /// Ids of the stations from one place in their order to another.
    pub fn stations(self, from: u64, until: u64) -> Vec<String> {
        (self.first + from..self.first + until.min(self.stations))
            .map(|number| format!("st{number}"))
            .collect()
    }

    pub fn all(self) -> Vec<String> {
        self.stations(0, self.stations)
    }

    /// Accepts at this contest's commission.
    pub fn secretary(self, app: &App) -> Result<Acting, Failed> {
        let person = format!("{}-secretary", self.district);
        acting(app, person, "district.secretary", self.district, 22)
    }
}

/// An installation in a folder of its own.
pub fn arguments(folder: &Path) -> DataArgs {
    DataArgs {
        data: folder.to_owned(),
        database: None,
        rules_dir: None,
        home_zone: None,
        address: None,
        log_name: None,
    }
}

/// Opens the installation as the program does, commits durable.
pub async fn open(folder: &Path) -> Result<(App, SignerKey), Failed> {
    tandau::cli::open(&arguments(folder), Durability::Full)
        .await
        .map_err(|e| format!("{e:?}").into())
}

/// The database file.
pub fn file(folder: &Path) -> PathBuf {
    folder.join("tandau.db")
}

/// Makes the country in an empty folder.
pub async fn make(folder: &Path) -> Result<(), Failed> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    let (app, _) = open(folder).await?;
    app.database.close().await;
    let mut connection = SqliteConnectOptions::new()
        .filename(file(folder))
        .connect()
        .await?;
    sqlx::raw_sql("begin").execute(&mut connection).await?;
    sqlx::raw_sql(include_str!("world.sql"))
        .execute(&mut connection)
        .await?;
    sqlx::raw_sql("commit").execute(&mut connection).await?;
    // Until it is closed the folder has files that may vanish.
    connection.close().await?;
    Ok(())
}

/// Somebody with one office at an hour of voting day in Astana.
fn acting(
    app: &App,
    person: String,
    role: &str,
    area: impl Into<String>,
    hour: i64,
) -> Result<Acting, Failed> {
    let midnight: Timestamp = "2023-11-04T18:00:00Z".parse()?;
    let grant = Grant {
        role: Role::parse(role).ok_or("no such role")?,
        area_id: area.into(),
    };
    let actor = Actor::new(person, Names::default(), vec![grant]);
    let at = midnight.checked_add(jiff::SignedDuration::from_hours(hour))?;
    Ok(Acting::new(app.clone(), Arc::new(actor), T::new(Lang::En)).at(at))
}

/// Who answers for a station, on a day of the weeks before voting.
pub fn answers_for(app: &App, station: &str, hours_before: i64) -> Result<Acting, Failed> {
    acting(
        app,
        format!("{station}-secretary"),
        "precinct.secretary",
        format!("{station}-area"),
        -hours_before,
    )
}

/// The same actor so many hours before the day of voting.
pub fn at(acting: &Acting, hours_before: i64) -> Result<Acting, Failed> {
    let midnight: Timestamp = "2023-11-04T18:00:00Z".parse()?;
    let at = midnight.checked_sub(jiff::SignedDuration::from_hours(hours_before))?;
    Ok(acting.clone().at(at))
}

/// Puts the country back to the weeks before voting.
pub async fn before_voting(folder: &Path) -> Result<(), Failed> {
    let mut connection = SqliteConnectOptions::new()
        .filename(file(folder))
        .connect()
        .await?;
    sqlx::raw_sql("update election set state = 'campaign'; delete from station_day")
        .execute(&mut connection)
        .await?;
    connection.close().await?;
    Ok(())
}

/// Figures of a station that agree in all relations; each station has others.
pub fn figures(contest: Contest, station: &str) -> Result<ProtocolEntry, Failed> {
    let number: u64 = station.trim_start_matches("st").parse()?;
    let issued = 300 + number % 250;
    let (against, invalid) = (issued / 20, issued / 50);
    let took_part = issued - invalid;
    let each = (took_part - against) / 9;
    let mut entry = ProtocolEntry::new();
    for (line, figure) in [
        ("voters_initial", 600),
        ("voters_added", 0),
        ("voters_removed", 0),
        ("voters_on_list", 600),
        ("ballots_received", 606),
        ("ballots_cancelled", 606 - issued),
        ("voters_received_ballots", issued),
        ("issued_in_premises", issued),
        ("issued_outside", 0),
        ("voted_by_absentee_certificate", 0),
        ("found_stationary", issued),
        ("found_total", issued),
        ("invalid", invalid),
        ("took_part", took_part),
        ("against_all", against),
    ] {
        entry.set(LineKey::single(line)?, figure);
    }
    for place in 1..=8 {
        let votes = match place {
            1 => took_part - against - 7 * each,
            _ => each,
        };
        let candidate = format!("{}-c{place}", contest.district);
        entry.set(LineKey::item("votes", &candidate)?, votes);
    }
    for (member, issued) in [
        ("m1", issued / 3 + issued % 3),
        ("m2", issued / 3),
        ("m3", issued / 3),
    ] {
        let member = format!("{station}-{member}");
        entry.set(LineKey::item("ballots_issued_by_member", &member)?, issued);
    }
    Ok(entry)
}

/// What a station does: the secretary enters and sends, the chair confirms; three acts, each durable.
pub async fn send(app: &App, contest: Contest, station: &str) -> Result<(), Failed> {
    let (id, area) = (contest.id(), format!("{station}-area"));
    let secretary = acting(
        app,
        format!("{station}-secretary"),
        "precinct.secretary",
        area.as_str(),
        21,
    )?;
    let entry = figures(contest, station)?;
    let saved = actions::save_draft(&secretary, &SaveDraft::whole(station, &id, 0, &entry)).await?;
    let target = Target::new(station, &id, saved.version);
    let submit = Submit {
        target: target.clone(),
        as_paper_says: false,
        explanations: BTreeMap::new(),
    };
    actions::submit(&secretary, &submit).await?;
    let chair = acting(
        app,
        format!("{station}-chair"),
        "precinct.chair",
        area.as_str(),
        21,
    )?;
    actions::confirm(
        &chair,
        &actions::Confirm::without_paper(target.clone(), "the scanner is broken"),
    )
    .await?;
    Ok(())
}

/// Sends the protocols of many stations, [`TOGETHER`] at once.
pub async fn send_all(app: &App, contest: Contest) -> Result<(), Failed> {
    let mut tasks = tokio::task::JoinSet::new();
    for part in parts(contest.all(), TOGETHER) {
        let app = app.clone();
        tasks.spawn(async move {
            for station in part {
                send(&app, contest, &station).await?;
            }
            Ok::<_, Failed>(())
        });
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    Ok(())
}

/// Deals stations out to those who work at once.
pub fn parts(stations: Vec<String>, at_once: usize) -> Vec<Vec<String>> {
    let mut parts = vec![Vec::new(); at_once];
    for (index, station) in stations.into_iter().enumerate() {
        if let Some(part) = parts.get_mut(index % at_once) {
            part.push(station);
        }
    }
    parts
}
