//! The command line: a contract that scripts rely on (see ARCHITECTURE.md).
//!
//! Exit codes: 0 done or valid, 1 the input is invalid or a check failed, 2 wrong usage or unreadable file.
//! `--format json` prints one JSON document on stdout and nothing else; people's text goes to stderr.
//! A setting comes from its flag, then from its `TANDAU_…` variable, then from `tandau.toml`.

mod account;
mod audit;
mod backup;
mod calendar;
mod checklist;
mod config;
mod evoting;
mod iin;
mod import;
mod open;
mod openapi;
mod outcome;
mod results;
mod seats;
mod serve;

pub use open::{DEMO_CLOCK, DataArgs, open, start_background};
use outcome::Code as _;
pub use outcome::{Failure, Outcome};
pub use serve::{ServeArgs, bind, serve_app, start_log};

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

/// Election administration from the call of an election to results that anyone can verify.
#[derive(Debug, Parser)]
#[command(
    name = "tandau",
    version,
    about,
    after_help = "Example: tandau serve --data /srv/tandau --listen 127.0.0.1:8080\n\n\
        Settings come from flags, then TANDAU_… variables, then tandau.toml (data, database, listen, rules_dir)."
)]
struct Cli {
    /// File with settings; ./tandau.toml is read if it is there
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the pilot of 5 November 2023 from synthetic figures, play the day, serve it
    #[command(after_help = "Example: tandau demo --fast --data /tmp/demo")]
    Demo(crate::demo::DemoArgs),
    /// Serve an installation
    #[command(after_help = "Example: tandau serve --data /srv/tandau --listen 127.0.0.1:8080")]
    Serve(ServeArgs),
    /// Make an administrator; give an account a new password
    #[command(after_help = "Example: tandau account create-admin --data /srv/tandau")]
    Account(account::AccountArgs),
    /// Load areas, stations, commissions, candidates or protocols from a CSV file
    #[command(after_help = "Example: tandau import areas areas.csv --data /srv/tandau --dry-run")]
    Import(import::ImportArgs),
    /// Print the results of an election
    #[command(
        after_help = "Example: tandau results --data /srv/tandau --election akim-district-2023-11-05 --format csv"
    )]
    Results(results::ResultsArgs),
    /// Compute the calendar of an election
    #[command(
        after_help = "Example: tandau calendar --rules akim-district-2023 --voting-day 2023-11-05 --format json"
    )]
    Calendar(calendar::CalendarArgs),
    /// Turn list votes into seats
    #[command(
        after_help = "The file has a header: option,votes[,kind][,registered]; kind is against_all or empty.\n\
            Example: tandau seats --votes votes.csv --seats 69 --threshold 5 --method hare"
    )]
    Seats(seats::SeatsArgs),
    /// Check personal numbers
    #[command(after_help = "Example: tandau iin 850315300418 --format json")]
    Iin(iin::IinArgs),
    /// Elections that others can verify (Belenios): keys, credentials, ballots, archive, tally, result
    #[command(after_help = "Example: tandau evoting verify box.bel --format json")]
    Evoting(evoting::EvotingArgs),
    /// Compare the data with the log of acts, or copy the log out
    #[command(
        after_help = "Example: tandau audit verify --data /srv/tandau --since checkpoint.txt"
    )]
    Audit(audit::AuditArgs),
    /// Write a checklist of readiness as a workbook for ODK and KoBo, or adopt one
    #[command(after_help = "Example: tandau checklist export --out readiness.xlsx")]
    Checklist(checklist::ChecklistArgs),
    /// Copy an installation while it serves, or restore a copy
    #[command(
        after_help = "Example: tandau backup create --data /srv/tandau --out /backup/2023-11-05"
    )]
    Backup(backup::BackupArgs),
    /// Print the OpenAPI document of the interface for programs
    #[command(after_help = "Example: tandau openapi > openapi.json")]
    Openapi,
}

/// How an answer is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One JSON document on stdout
    Json,
    /// For people
    #[default]
    Text,
}

/// Reads the arguments, runs the command, says how it went.
pub async fn run() -> ExitCode {
    let command = match config::with_defaults(Cli::command(), std::env::args_os()) {
        Ok(command) => command,
        Err(failure) => return Outcome::Err(failure).code(),
    };
    let cli = match command
        .try_get_matches()
        .and_then(|matches| Cli::from_arg_matches(&matches))
    {
        Ok(cli) => cli,
        Err(e) => {
            // clap writes help to stdout (exit 0) and wrong usage to stderr (exit 2).
            let _ = e.print();
            return ExitCode::from(u8::try_from(e.exit_code()).unwrap_or(2));
        }
    };
    let outcome = match cli.command {
        Command::Demo(args) => crate::demo::run(args).await,
        Command::Serve(args) => serve::run(args).await,
        Command::Account(args) => account::run(args).await,
        Command::Import(args) => import::run(args).await,
        Command::Results(args) => results::run(args).await,
        Command::Calendar(args) => calendar::run(&args),
        Command::Seats(args) => seats::run(&args),
        Command::Iin(args) => iin::run(&args),
        Command::Evoting(args) => evoting::run(args),
        Command::Audit(args) => audit::run(args).await,
        Command::Checklist(args) => checklist::run(args).await,
        Command::Backup(args) => backup::run(args).await,
        Command::Openapi => openapi::run(),
    };
    outcome.code()
}

#[cfg(test)]
mod tests;
