//! `tandau import`: registers from CSV files. All rows are taken or none.

use super::open::{DataArgs, Must, Scratch, finish, is_there, open_as};
use super::outcome::{json, read_file, warn};
use super::{Failure, Format, Outcome};
use crate::counting::import as protocols;
use crate::platform::{Acting, Error, areas};
use crate::readiness::watch::import as alerts;
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::path::PathBuf;

/// The largest file taken: 100,000 rows of 600 bytes.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Arguments of `tandau import`.
#[derive(Args, Debug)]
pub(super) struct ImportArgs {
    /// What the file holds
    #[arg(value_enum)]
    what: What,
    /// CSV file with a header, or an alert in XML (docs/file-formats.md)
    file: PathBuf,
    /// Id of the election, for candidates, protocols, needs and alerts (alerts: the one under way without it)
    #[arg(long, value_name = "ID", required_if_eq_any([("what", "candidates"), ("what", "protocols"), ("what", "needs")]))]
    election: Option<String>,
    /// Check everything, change nothing
    #[arg(long)]
    dry_run: bool,
    /// How the answer is printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    data: DataArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// Areas of the classifier
    Areas,
    /// Polling stations
    Stations,
    /// Commissions with their members
    Commissions,
    /// State bodies that answer for instructions, as they are called in their areas
    Bodies,
    /// Candidates of the election that --election names, nominated and registered
    Candidates,
    /// Signed station protocols of the election that --election names
    Protocols,
    /// One warning in the Common Alerting Protocol (CAP 1.2, XML)
    Alerts,
    /// Voters with disabilities by need, counted per station, for the election that --election names
    Needs,
}

#[derive(Serialize)]
struct Document {
    rows: usize,
    dry_run: bool,
    problems: Vec<Problem>,
}

#[derive(Serialize)]
struct Problem {
    field: String,
    message: String,
}

pub(super) async fn run(args: ImportArgs) -> Outcome {
    let max_bytes = match args.what {
        What::Protocols => protocols::MAX_FILE_BYTES,
        What::Alerts => 1024 * 1024,
        _ => MAX_BYTES,
    };
    let bytes = read_file(&args.file, max_bytes)?;
    // A trial run leaves nothing behind, not even an empty installation.
    let scratch = (args.dry_run && !is_there(&args.data)).then(|| Scratch::new(&args.data));
    let data = scratch.as_ref().map_or(&args.data, Scratch::args);
    let (app, key) = open_as(data, Must::BeWritable).await?;
    let acting = Acting::operator(app.clone());
    let election = args.election.as_deref().unwrap_or_default();
    let taken = match args.what {
        What::Areas => areas::import_csv(&acting, &bytes, args.dry_run).await,
        What::Stations => crate::stations::import_csv(&acting, &bytes, args.dry_run).await,
        What::Commissions => crate::commissions::import_csv(&acting, &bytes, args.dry_run)
            .await
            .map(|(_, members)| members),
        What::Bodies => {
            crate::organisations::import::import_csv(&acting, &bytes, args.dry_run).await
        }
        What::Candidates => {
            crate::candidates::import::import_csv(&acting, election, &bytes, args.dry_run).await
        }
        What::Protocols => protocols::csv(&acting, election, bytes.as_slice(), args.dry_run)
            .await
            .map(|imported| imported.rows),
        What::Alerts => {
            let election = args.election.as_deref();
            alerts::import_cap(&acting, election, &bytes, args.dry_run).await
        }
        What::Needs => {
            crate::readiness::access::import_csv(&acting, election, &bytes, args.dry_run).await
        }
    };
    finish(app, key).await?;
    let (rows, problems) = match taken {
        Ok(rows) => (rows, Vec::new()),
        Err(Error::Invalid(problems)) => (0, problems),
        Err(Error::TooLarge) => return Err(Failure::invalid("the file has too many rows")),
        Err(other) => return Err(other.into()),
    };
    if scratch.is_some() && args.format == Format::Text {
        warn(&format!(
            "{} holds no installation yet: the file was checked against an empty one",
            args.data.data.display()
        ));
    }
    let refused = problems.len();
    for problem in problems.iter().filter(|_| args.format == Format::Text) {
        warn(&format!("{}: {}", problem.field, problem.message));
    }
    match args.format {
        Format::Json => json(&Document {
            rows,
            dry_run: args.dry_run,
            problems: problems
                .into_iter()
                .map(|p| Problem {
                    field: p.field,
                    message: p.message,
                })
                .collect(),
        })?,
        Format::Text if refused == 0 && args.dry_run => {
            warn(&format!("{rows} rows are fine; nothing was changed"));
        }
        Format::Text if refused == 0 => warn(&format!("{rows} rows taken")),
        Format::Text => {}
    }
    if refused == 0 {
        Ok(())
    } else {
        Err(Failure::invalid(format!(
            "nothing was taken from {}: {refused} problems",
            args.file.display()
        )))
    }
}
