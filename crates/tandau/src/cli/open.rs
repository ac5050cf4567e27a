//! Opens an installation: its folder, its database, its keys.

use super::{Failure, Outcome};
use crate::platform::access::Policy;
use crate::platform::app::{Parts, Secret, Settings};
use crate::platform::audit::{self, Sequencer, SignerKey};
use crate::platform::clock::Clock;
use crate::platform::database::{Database, Durability};
use crate::platform::files::{FileStore, secret_file};
use crate::platform::rules::Rules;
use crate::platform::{App, ids, live, settings};
use clap::Args;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::path::PathBuf;

/// Where an installation lives.
#[derive(Args, Clone, Debug)]
pub struct DataArgs {
    /// Folder with the database, papers and keys
    #[arg(long, env = "TANDAU_DATA", default_value = "tandau-data")]
    pub data: PathBuf,
    /// postgres://… to use PostgreSQL instead of the file in the folder
    #[arg(long, env = "TANDAU_DATABASE")]
    pub database: Option<String>,
    /// Folder with rule packs that come before the built-in ones
    #[arg(long, env = "TANDAU_RULES_DIR")]
    pub rules_dir: Option<PathBuf>,
    /// Time zone in which pages without a place show times; without it the one of the rules
    #[arg(long, env = "TANDAU_HOME_ZONE", value_name = "ZONE")]
    pub home_zone: Option<String>,
    /// Name under which the log of acts signs, fixed at the first start; made from the key if none is given
    #[arg(long, env = "TANDAU_LOG_NAME", value_name = "NAME")]
    pub log_name: Option<String>,
    /// Address under which everybody reaches the site; certificates of training name it
    #[arg(long, env = "TANDAU_ADDRESS", value_name = "URL", value_parser = address)]
    pub address: Option<String>,
}

/// An address without path: `https://tandau.example`, `http://localhost:8080`.
fn address(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/');
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']');
    match host {
        Some(host) if !host.is_empty() && host.len() <= 255 && host.bytes().all(fits) => {
            Ok(text.to_owned())
        }
        _ => Err("give scheme and host alone: https://tandau.example".to_owned()),
    }
}

/// Name of the setting that marks a demo folder.
pub const DEMO_CLOCK: &str = "demo-clock";

/// Opens the installation. A folder that holds a demo keeps its own clock.
///
/// # Errors
/// A folder or database that can't be used, with the remedy.
pub async fn open(args: &DataArgs, durability: Durability) -> Result<(App, SignerKey), Failure> {
    std::fs::create_dir_all(&args.data).map_err(|e| {
        Failure::usage(format!(
            "the folder {} can't be made or written: {e}. Name another with --data",
            args.data.display()
        ))
    })?;
    let database = match &args.database {
        Some(url) => Database::open(url).await,
        None => Database::open_sqlite(&args.data.join("tandau.db"), durability).await,
    }
    .map_err(|e| Failure::usage(format!("the database can't be opened: {e}")))?;
    let demo = {
        let mut reader = database.read().await.map_err(|e| Failure::usage(&e))?;
        settings::get(&mut reader, DEMO_CLOCK)
            .await
            .map_err(|e| Failure::usage(&e))?
    };
    let clock = match &demo {
        Some(at) => Clock::demo(at.parse::<Timestamp>().map_err(Failure::usage)?),
        None => Clock::system(),
    };
    let key = audit::open_key(&database, &args.data, args.log_name.as_deref())
        .await
        .map_err(|e| Failure::usage(format!("the log of acts can't be opened: {e}")))?;
    let mut rules = Rules::built_in()?;
    if let Some(folder) = &args.rules_dir {
        rules = rules.with_folder(folder)?;
    }
    let home_zone = args
        .home_zone
        .as_deref()
        .unwrap_or(&rules.country().home_zone);
    let home_zone = TimeZone::get(home_zone)
        .map_err(|e| Failure::usage(format!("--home-zone {home_zone}: {e}")))?;
    let app = App::new(Parts {
        database,
        clock,
        files: FileStore::open(args.data.join("files"))?,
        policy: Policy::built_in().map_err(Failure::usage)?,
        rules,
        home_zone,
        links: crate::links(),
        settings: Settings {
            data: args.data.clone(),
            demo: demo.is_some(),
            secure_cookies: demo.is_none(),
            log_name: key.verifier().name().to_owned(),
            address: args.address.clone(),
        },
        secret: Secret(secret_file(&args.data.join("forms.key"))?),
    });
    Ok((app, key))
}

/// What a command expects of its installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Must {
    /// It must be there already: looking at something must not make it.
    Exist,
    /// It may be made now.
    BeWritable,
}

/// Whether there is an installation to open: looking for one makes nothing.
pub(super) fn is_there(args: &DataArgs) -> bool {
    // With PostgreSQL the folder still holds the keys.
    let file = if args.database.is_none() {
        "tandau.db"
    } else {
        "forms.key"
    };
    args.data.join(file).is_file()
}

/// Opens an installation for a command that ends when it is done.
///
/// # Errors
/// As [`open`]; a folder that should be there and isn't.
pub(super) async fn open_as(args: &DataArgs, must: Must) -> Result<(App, SignerKey), Failure> {
    if must == Must::Exist && !is_there(args) {
        return Err(Failure::usage(format!(
            "{} holds no installation. Name another folder with --data",
            args.data.display()
        )));
    }
    open(args, Durability::Full).await
}

/// An empty installation that goes when this is dropped: what a trial run is made against where there is none yet.
pub(super) struct Scratch(DataArgs);

impl Scratch {
    /// Its folder is made when it is opened.
    pub(super) fn new(like: &DataArgs) -> Self {
        let name = format!("tandau-trial-{}", ids::random_id());
        Self(DataArgs {
            data: std::env::temp_dir().join(name),
            database: None,
            ..like.clone()
        })
    }

    /// Where it is.
    pub(super) const fn args(&self) -> &DataArgs {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What can't be removed here the machine clears with its other temporary files.
        let _ = std::fs::remove_dir_all(&self.0.data);
    }
}

/// Puts what a command did into the log's tree, and closes the installation.
///
/// # Errors
/// What the database reports.
pub(super) async fn finish(app: App, key: SignerKey) -> Outcome {
    let numbered = Sequencer::new(app.clone(), key).catch_up().await;
    app.database.close().await;
    numbered?;
    Ok(())
}

/// Starts what runs beside the requests: the numbering of acts, the news for open pages, the deadlines of
/// instructions, events that are over.
pub fn start_background(app: &App, key: SignerKey) {
    tokio::spawn(Sequencer::new(app.clone(), key).run());
    tokio::spawn(live::follow(app.clone()));
    tokio::spawn(crate::tasks::sweep::run(app.clone()));
    tokio::spawn(crate::readiness::watch::sweep::run(app.clone()));
    tokio::spawn(crate::readiness::silence::run(app.clone()));
    tokio::spawn(crate::training::coverage::run(app.clone()));
    tokio::spawn(crate::publications::sweep::run(app.clone()));
    tokio::spawn(crate::training::learning::run(app.clone()));
    tokio::spawn(crate::training::planner::run(app.clone()));
}

/// A demo folder's accounts are known to everybody.
pub(super) fn refuse_demo(app: &App) -> Outcome {
    if app.settings.demo {
        return Err(Failure::usage(
            "this folder holds a demo whose sign-in details are public. Use `tandau demo --data …` for it, and another folder for `serve`",
        ));
    }
    Ok(())
}
