//! The command line: a contract that scripts rely on (see ARCHITECTURE.md).
//!
//! Exit codes: 0 done or valid, 1 the input is invalid or a check failed, 2 wrong usage or unreadable file.
//! `--format json` prints one JSON document on stdout and nothing else; people's text goes to stderr.

mod open;
mod outcome;
mod serve;

pub use open::{DEMO_CLOCK, DataArgs, open, start_background};
use outcome::Code as _;
pub use outcome::{Failure, Outcome};
pub use serve::{ServeArgs, bind, serve_app, start_log};

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Election administration from the call of an election to results that anyone can verify.
#[derive(Debug, Parser)]
#[command(name = "tandau", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the pilot of 5 November 2023 from synthetic figures, play the day, serve it
    Demo(crate::demo::DemoArgs),
    /// Serve an installation
    Serve(ServeArgs),
}

/// Reads the arguments, runs the command, says how it went.
pub async fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
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
    };
    outcome.code()
}
