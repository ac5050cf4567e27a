//! `tandau backup`: a copy of an installation that is in use, and the way back from it.

use super::open::{DataArgs, Must, is_there, open_as};
use super::outcome::{json, warn};
use super::{Failure, Format, Outcome};
use crate::platform::audit::{self, Report};
use crate::platform::backup::{self, BackupError};
use crate::platform::clock::Clock;
use clap::{Args, Subcommand};
use serde::Serialize;
use std::path::PathBuf;

/// Arguments of `tandau backup`.
#[derive(Args, Debug)]
pub(super) struct BackupArgs {
    #[command(subcommand)]
    command: BackupCommand,
}

#[derive(Debug, Subcommand)]
enum BackupCommand {
    /// Copy database, papers and keys into a new folder, also while the program serves
    #[command(
        after_help = "The copy holds the keys and everything about people: keep it as safe as the installation.\n\
            Example: tandau backup create --data /srv/tandau --out /backup/2023-11-05"
    )]
    Create {
        #[command(flatten)]
        data: DataArgs,
        /// Folder to write; it must be empty or not be there yet
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// How the answer is printed
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Put a copy into an empty folder and compare it with its log of acts
    #[command(
        after_help = "Example: tandau backup restore /backup/2023-11-05 --data /srv/tandau-new"
    )]
    Restore {
        /// Folder that `tandau backup create` wrote
        #[arg(value_name = "DIR")]
        backup: PathBuf,
        #[command(flatten)]
        data: DataArgs,
        /// How the answer is printed
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

#[derive(Serialize)]
struct Created<'a> {
    made_at: &'a str,
    files: usize,
    size_bytes: u64,
}

#[derive(Serialize)]
struct Restored<'a> {
    made_at: &'a str,
    files: usize,
    size_bytes: u64,
    verify: &'a Report,
}

impl From<BackupError> for Failure {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::Odd(_) | BackupError::Changed(_) | BackupError::PaperMissing(_) => {
                Self::invalid(error)
            }
            _ => Self::usage(error),
        }
    }
}

pub(super) async fn run(args: BackupArgs) -> Outcome {
    match args.command {
        BackupCommand::Create { data, out, format } => create(&data, out, format).await,
        BackupCommand::Restore {
            backup,
            data,
            format,
        } => restore(backup, &data, format).await,
    }
}

/// A server's database has tools of its own, which know its other files too.
fn refuse_server(args: &DataArgs) -> Outcome {
    if args.database.is_none() {
        return Ok(());
    }
    Err(Failure::usage(
        "with PostgreSQL this command is not the one: copy the database with pg_dump (or a base backup), and after it the \
         folder with files and keys (audit.key, forms.key, badge.key). docs/operations.md shows how",
    ))
}

async fn create(args: &DataArgs, out: PathBuf, format: Format) -> Outcome {
    refuse_server(args)?;
    if !is_there(args) {
        return Err(Failure::usage(format!(
            "{} holds no installation. Name another folder with --data",
            args.data.display()
        )));
    }
    let made_at = Clock::system().wall().to_string();
    let manifest = backup::create(&args.data, &out, made_at).await?;
    match format {
        Format::Json => json(&Created {
            made_at: &manifest.made_at,
            files: manifest.files.len(),
            size_bytes: manifest.size_bytes(),
        }),
        Format::Text => {
            warn(&format!(
                "{} files, {} bytes copied to {}, the keys among them",
                manifest.files.len(),
                manifest.size_bytes(),
                out.display()
            ));
            Ok(())
        }
    }
}

async fn restore(from: PathBuf, args: &DataArgs, format: Format) -> Outcome {
    refuse_server(args)?;
    let manifest = backup::restore(&from, &args.data)?;
    let (app, key) = open_as(args, Must::Exist).await?;
    let report = {
        let mut reader = app.read().await?;
        audit::verify(&mut reader, key.verifier(), None).await?
    };
    app.database.close().await;
    match format {
        Format::Json => json(&Restored {
            made_at: &manifest.made_at,
            files: manifest.files.len(),
            size_bytes: manifest.size_bytes(),
            verify: &report,
        })?,
        Format::Text => warn(&format!(
            "{} files of {} restored to {}; {} records, {} objects compared",
            manifest.files.len(),
            manifest.made_at,
            args.data.display(),
            report.records,
            report.objects
        )),
    }
    if report.is_sound() {
        Ok(())
    } else {
        Err(Failure::invalid(format!(
            "{} things do not fit the log of acts: see `tandau audit verify`",
            report.problems.len()
        )))
    }
}
