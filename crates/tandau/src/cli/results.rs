//! `tandau results`: the results of an election for programs; votes appear when the last station has closed.

use super::open::{DataArgs, Must, open_as};
use super::outcome::say;
use super::{Failure, Outcome};
use crate::platform::Error;
use crate::results::export;
use clap::{Args, ValueEnum};

/// Arguments of `tandau results`.
#[derive(Args, Debug)]
pub(super) struct ResultsArgs {
    #[command(flatten)]
    data: DataArgs,
    /// Id of the election
    #[arg(long, value_name = "ID")]
    election: String,
    /// Only this contest: its id, or the code of its area
    #[arg(long, value_name = "ID")]
    contest: Option<String>,
    /// How the results are printed
    #[arg(long, value_enum, default_value_t)]
    format: ResultsFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum ResultsFormat {
    /// One JSON document
    #[default]
    Json,
    /// A table, one figure a row
    Csv,
    /// NIST SP 1500-100, JSON
    Nist,
}

pub(super) async fn run(args: ResultsArgs) -> Outcome {
    let (app, _) = open_as(&args.data, Must::Exist).await?;
    let contest = args.contest.as_deref();
    let printed = {
        let mut reader = app.read().await?;
        match args.format {
            ResultsFormat::Json => export::json(&mut reader, &app, &args.election, contest).await,
            ResultsFormat::Csv => export::csv(&mut reader, &app, &args.election, contest).await,
            ResultsFormat::Nist => export::nist(&mut reader, &app, &args.election, contest).await,
        }
    };
    app.database.close().await;
    let mut text = printed.map_err(|e| match e {
        Error::NotFound => Failure::invalid(format!(
            "there is no election {:?}{}",
            args.election,
            contest.map_or_else(String::new, |c| format!(" with a contest {c:?}"))
        )),
        other => other.into(),
    })?;
    if !text.ends_with('\n') {
        text.push('\n');
    }
    say(&text)
}
