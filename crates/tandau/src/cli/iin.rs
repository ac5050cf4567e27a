//! `tandau iin`: checks personal numbers by their form; nothing is looked up anywhere.

use super::outcome::{json, say};
use super::{Failure, Format, Outcome};
use clap::Args;
use electoral::personal_number::{PersonalNumber, PersonalNumberError, Sex};
use serde::Serialize;

/// Arguments of `tandau iin`.
#[derive(Args, Debug)]
pub(super) struct IinArgs {
    /// Personal numbers: 12 ASCII digits each, nothing is trimmed
    #[arg(required = true, value_name = "NUMBER", allow_negative_numbers = true)]
    numbers: Vec<String>,
    /// How the answer is printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Serialize)]
struct Document<'a> {
    valid: bool,
    numbers: Vec<Checked<'a>>,
}

#[derive(Serialize)]
struct Checked<'a> {
    number: &'a str,
    valid: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    born: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sex: Option<Sex>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
}

fn check(number: &str) -> Checked<'_> {
    match PersonalNumber::parse(number) {
        Ok(parsed) => Checked {
            number,
            valid: true,
            born: Some(parsed.born().to_string()),
            sex: Some(parsed.sex()),
            problem: None,
        },
        Err(problem) => Checked {
            number,
            valid: false,
            born: None,
            sex: None,
            problem: Some(PersonalNumberError::to_string(&problem)),
        },
    }
}

pub(super) fn run(args: &IinArgs) -> Outcome {
    let numbers: Vec<Checked<'_>> = args.numbers.iter().map(|n| check(n)).collect();
    let wrong = numbers.iter().filter(|n| !n.valid).count();
    match args.format {
        Format::Json => json(&Document {
            valid: wrong == 0,
            numbers,
        })?,
        Format::Text => {
            for one in &numbers {
                // What was typed may hold signs that steer a terminal.
                let shown = one.number.escape_debug();
                match (&one.born, one.sex, &one.problem) {
                    (Some(born), Some(sex), _) => {
                        let sex = match sex {
                            Sex::Female => "female",
                            Sex::Male => "male",
                        };
                        say(&format!("{shown}  valid, born {born}, {sex}\n"))?;
                    }
                    (_, _, problem) => {
                        let problem = problem.as_deref().unwrap_or_default();
                        say(&format!("{shown}  invalid: {problem}\n"))?;
                    }
                }
            }
        }
    }
    if wrong == 0 {
        Ok(())
    } else {
        Err(Failure::invalid(format!(
            "{wrong} of {} numbers are invalid",
            args.numbers.len()
        )))
    }
}
