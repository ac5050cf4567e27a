//! `tandau calendar`: every step of the law on its day, from the rules alone.

use super::outcome::say;
use super::{Failure, Outcome};
use crate::elections::calendar::{IcsHead, Plan, to_ics, to_json, to_text};
use crate::platform::Lang;
use crate::platform::clock::Clock;
use crate::platform::rules::Rules;
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::path::PathBuf;

/// Arguments of `tandau calendar`.
#[derive(Args, Debug)]
pub(super) struct CalendarArgs {
    /// Rule pack, the stem of its file: akim-district-2023
    #[arg(long, value_name = "ID")]
    rules: String,
    /// Day of voting
    #[arg(long, value_name = "YYYY-MM-DD")]
    voting_day: Date,
    /// How the calendar is printed
    #[arg(long, value_enum, default_value_t)]
    format: CalendarFormat,
    /// Time zone of the area; without it the one of the rules
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// Language of the text: kk, ru, en
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = language)]
    lang: Lang,
    /// Folder with rule packs that come before the built-in ones
    #[arg(long, env = "TANDAU_RULES_DIR")]
    rules_dir: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum CalendarFormat {
    /// One JSON document on stdout
    Json,
    /// For calendar programs
    Ics,
    /// For people
    #[default]
    Text,
}

fn language(text: &str) -> Result<Lang, String> {
    Lang::from_code(text).ok_or_else(|| "must be kk, ru or en".to_owned())
}

pub(super) fn run(args: &CalendarArgs) -> Outcome {
    let mut rules = Rules::built_in()?;
    if let Some(folder) = &args.rules_dir {
        rules = rules.with_folder(folder)?;
    }
    let pack = rules.get(&args.rules).map_err(|_| {
        let known: Vec<&str> = rules.ids().collect();
        Failure::usage(format!(
            "there are no rules {:?}; there are {}",
            args.rules,
            known.join(", ")
        ))
    })?;
    let zone = args.zone.as_deref().unwrap_or(&rules.country().home_zone);
    let zone = TimeZone::get(zone).map_err(Failure::usage)?;
    let plan = Plan::of_rules(&pack, args.voting_day, &zone)?;
    match args.format {
        CalendarFormat::Json => say(&(to_json(&args.rules, &plan) + "\n")),
        CalendarFormat::Text => say(&to_text(&args.rules, &plan, args.lang)),
        CalendarFormat::Ics => {
            let title = format!("{}, {}", args.rules, args.voting_day);
            let head = IcsHead {
                id: &format!("{}.{}", args.rules, args.voting_day),
                title: &title,
                stamp: Clock::system().now(),
            };
            say(&to_ics(head, &plan, args.lang))
        }
    }
}
