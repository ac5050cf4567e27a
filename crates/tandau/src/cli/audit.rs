//! `tandau audit`: compares rows with the log of acts, or copies the log out for others to keep.

use super::open::{DataArgs, Must, open_as};
use super::outcome::{json, read_file, say, warn};
use super::{Failure, Format, Outcome};
use crate::platform::audit;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// A signed checkpoint is a few hundred bytes.
const MAX_CHECKPOINT_BYTES: u64 = 64 * 1024;

/// Arguments of `tandau audit`.
#[derive(Args, Debug)]
pub(super) struct AuditArgs {
    #[command(subcommand)]
    command: AuditCommand,
}

#[derive(Debug, Subcommand)]
enum AuditCommand {
    /// Compare every row with the log, and the log with a checkpoint that somebody kept
    #[command(
        after_help = "Example: tandau audit verify --data /srv/tandau --since checkpoint.txt --format json"
    )]
    Verify {
        #[command(flatten)]
        data: DataArgs,
        /// A checkpoint kept elsewhere; the log must contain it
        #[arg(long, value_name = "FILE")]
        since: Option<PathBuf>,
        /// How the answer is printed
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Write the log as the static files that a mirror serves
    #[command(after_help = "Example: tandau audit export --data /srv/tandau --out /srv/mirror")]
    Export {
        #[command(flatten)]
        data: DataArgs,
        /// Folder to write; made if it is not there
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// How the answer is printed
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

pub(super) async fn run(args: AuditArgs) -> Outcome {
    match args.command {
        AuditCommand::Verify {
            data,
            since,
            format,
        } => verify(&data, since, format).await,
        AuditCommand::Export { data, out, format } => export(&data, out, format).await,
    }
}

async fn verify(data: &DataArgs, since: Option<PathBuf>, format: Format) -> Outcome {
    let since = match since {
        None => None,
        Some(file) => Some(
            String::from_utf8(read_file(&file, MAX_CHECKPOINT_BYTES)?)
                .map_err(|_| Failure::invalid(format!("{} is no text", file.display())))?,
        ),
    };
    let (app, key) = open_as(data, Must::Exist).await?;
    let report = {
        let mut reader = app.read().await?;
        audit::verify(&mut reader, key.verifier(), since.as_deref()).await?
    };
    app.database.close().await;
    match format {
        Format::Json => json(&report)?,
        Format::Text => {
            for problem in &report.problems {
                say(&format!("{}  {}\n", problem.problem, problem.object))?;
            }
            say(&format!(
                "{} records, {} objects compared, root {}\n",
                report.records, report.objects, report.root
            ))?;
        }
    }
    if report.is_sound() {
        Ok(())
    } else {
        Err(Failure::invalid(format!(
            "{} things do not fit the log of acts",
            report.problems.len()
        )))
    }
}

async fn export(data: &DataArgs, out: PathBuf, format: Format) -> Outcome {
    let (app, key) = open_as(data, Must::Exist).await?;
    let exported = {
        let mut reader = app.read().await?;
        audit::export(&mut reader, key.verifier(), &out).await
    };
    app.database.close().await;
    let exported = exported?;
    match format {
        Format::Json => json(&exported),
        Format::Text => {
            warn(&format!(
                "{} records in {} files written to {}",
                exported.records,
                exported.files,
                out.display()
            ));
            Ok(())
        }
    }
}
