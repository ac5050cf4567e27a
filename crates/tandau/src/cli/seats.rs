//! `tandau seats`: list votes to seats.

use super::outcome::{json, read_file, say, warn};
use super::{Failure, Format, Outcome};
use clap::Args;
use electoral::number::Percent;
use electoral::seats::{Allocation, Kind, Method, OptionVotes, Settings, Share, allocate};
use serde::Serialize;
use std::path::PathBuf;

/// A file with more bytes holds no list of options.
const MAX_BYTES: u64 = 1024 * 1024;
/// Columns that mean something; others are named on stderr and left out.
const COLUMNS: [&str; 4] = ["option", "votes", "kind", "registered"];

/// Arguments of `tandau seats`.
#[derive(Args, Debug)]
pub(super) struct SeatsArgs {
    /// CSV file with the header option,votes[,kind][,registered]
    #[arg(long, value_name = "FILE")]
    votes: PathBuf,
    /// Seats to fill
    #[arg(long, value_name = "N")]
    seats: u32,
    /// Per cent of all votes that admits a list, such as 5 or 2.5
    #[arg(long, value_name = "PCT", value_parser = Percent::parse)]
    threshold: Percent,
    /// How seats are given
    #[arg(long, value_name = "METHOD", value_parser = method)]
    method: Method,
    /// Take the rule for a sole list over the threshold from this rule pack
    #[arg(long, value_name = "ID")]
    rules: Option<String>,
    /// How the answer is printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

fn method(text: &str) -> Result<Method, String> {
    Method::from_code(text).ok_or_else(|| "must be hare, dhondt or sainte-lague".to_owned())
}

#[derive(Serialize)]
struct Document<'a> {
    seats: Vec<Line<'a>>,
    tie: Option<Tie<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<&'static str>,
}

#[derive(Serialize)]
struct Line<'a> {
    option: &'a str,
    votes: u64,
    seats: u32,
}

#[derive(Serialize)]
struct Tie<'a> {
    options: &'a [String],
    seats: u32,
}

const NOBODY: &str = "no option passes the threshold";

pub(super) fn run(args: &SeatsArgs) -> Outcome {
    let bytes = read_file(&args.votes, MAX_BYTES)?;
    let options = read(&bytes)
        .map_err(|problem| Failure::invalid(format!("{}: {problem}", args.votes.display())))?;
    let sole_list = match &args.rules {
        None => None,
        Some(id) => {
            crate::platform::rules::Rules::built_in()?
                .get(id)
                .ok()
                .as_deref()
                .and_then(Settings::from_pack)
                .ok_or_else(|| Failure::usage(format!("no built-in rules {id} with party lists")))?
                .sole_list
        }
    };
    let settings = Settings {
        seats: args.seats,
        threshold: args.threshold,
        method: args.method,
        sole_list,
    };
    let allocation = allocate(&options, &settings).map_err(Failure::invalid)?;
    print(&allocation, args.format)
}

fn print(allocation: &Allocation, format: Format) -> Outcome {
    let (shares, tie): (&[Share], _) = match allocation {
        Allocation::Allocated { seats } => (seats, None),
        Allocation::Tie {
            seats,
            options,
            seats_open,
        } => (
            seats,
            Some(Tie {
                options,
                seats: *seats_open,
            }),
        ),
        Allocation::NobodyPasses { .. } => (&[], None),
    };
    let nobody = matches!(allocation, Allocation::NobodyPasses { .. });
    match format {
        Format::Json => json(&Document {
            seats: shares
                .iter()
                .map(|share| Line {
                    option: &share.option,
                    votes: share.votes,
                    seats: share.seats,
                })
                .collect(),
            tie,
            problem: nobody.then_some(NOBODY),
        })?,
        Format::Text => {
            for share in shares {
                let passed = if share.passed {
                    ""
                } else {
                    "  below the threshold"
                };
                say(&format!(
                    "{:>6}  {:>12}  {}{passed}\n",
                    share.seats, share.votes, share.option
                ))?;
            }
            if let Some(tie) = &tie {
                say(&format!(
                    "Tie: the rules don't settle {} of the seats between {}\n",
                    tie.seats,
                    tie.options.join(", ")
                ))?;
            }
        }
    }
    if nobody {
        return Err(Failure::invalid(NOBODY));
    }
    Ok(())
}

/// Reads the options; a problem names its row and column.
fn read(bytes: &[u8]) -> Result<Vec<OptionVotes>, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().from_reader(bytes);
    let header = reader.headers().map_err(|e| e.to_string())?.clone();
    let column = |name: &str| header.iter().position(|h| h.trim() == name);
    let option = column("option").ok_or("column option is missing")?;
    let votes = column("votes").ok_or("column votes is missing")?;
    let (kind, registered) = (column("kind"), column("registered"));
    let others: Vec<&str> = header
        .iter()
        .filter(|h| !COLUMNS.contains(&h.trim()))
        .collect();
    if !others.is_empty() {
        warn(&format!("columns left out: {}", others.join(", ")));
    }
    let mut options = Vec::new();
    for (row, number) in reader.records().zip(2_u64..) {
        let row = row.map_err(|e| e.to_string())?;
        let at = |column: Option<usize>| column.and_then(|c| row.get(c)).unwrap_or_default().trim();
        let name = at(Some(option));
        if name.is_empty() || name.chars().count() > 300 {
            return Err(format!(
                "row {number}, option: a name of 1 to 300 characters is needed"
            ));
        }
        let text = at(Some(votes));
        let votes = Some(text)
            .filter(|t| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|t| t.parse().ok())
            .ok_or_else(|| format!("row {number}, votes: {text:?} is not a whole number"))?;
        options.push(OptionVotes {
            name: name.to_owned(),
            votes,
            kind: match at(kind) {
                "" => Kind::List,
                "against_all" => Kind::AgainstAll,
                other => {
                    return Err(format!(
                        "row {number}, kind: {other:?} is neither against_all nor empty"
                    ));
                }
            },
            registered: match at(registered) {
                "" => None,
                text => Some(text.parse().map_err(|_| {
                    format!("row {number}, registered: {text:?} is not a date such as 2023-01-20")
                })?),
            },
        });
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows() -> impl Strategy<Value = Vec<u8>> {
        let cell = prop_oneof![
            "\\PC{0,12}",
            "[0-9]{1,25}",
            prop::sample::select(vec!["against_all", "2023-01-20", "-1", "\"", "\n", ""])
                .prop_map(str::to_owned),
        ];
        prop::collection::vec(prop::collection::vec(cell, 0..6), 0..8).prop_map(|rows| {
            let rows: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
            format!("option,votes,kind,registered\n{}\n", rows.join("\n")).into_bytes()
        })
    }

    proptest! {
        #[test]
        fn any_bytes_are_options_or_a_refusal(bytes in prop_oneof![any::<Vec<u8>>(), rows()]) {
            if let Ok(options) = read(&bytes) {
                for option in options {
                    let length = option.name.chars().count();
                    prop_assert!((1..=300).contains(&length));
                }
            }
        }
    }
}
