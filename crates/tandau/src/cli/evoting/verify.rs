//! `tandau evoting verify`.

use super::super::outcome::{json, say};
use super::{Format, Outcome, random, refused};
use clap::Args;
use evoting::Place;
use evoting::group::leave_vectors_aside;
use evoting::verify::{Refusal, Settings, Summary, continues, verify};
use serde::Serialize;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Arguments of `tandau evoting verify`.
#[derive(Args, Debug)]
pub(super) struct VerifyArgs {
    /// The archive
    #[arg(value_name = "FILE.bel")]
    file: PathBuf,
    /// An older copy, which the archive must continue
    #[arg(long, value_name = "OLD.bel")]
    previous: Option<PathBuf>,
    /// Cores that check ballots; all of them without it
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Compute one number at a time, as every processor can: slower, and another program to the same answer
    #[arg(long)]
    portable: bool,
    /// How the answer is printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// The document of an archive that is valid.
#[derive(Serialize)]
struct Valid<'a> {
    valid: bool,
    #[serde(flatten)]
    summary: &'a Summary,
}

/// The document of one that is not.
#[derive(Serialize)]
struct NotValid<'a> {
    /// Nothing where it can't be judged.
    valid: Option<bool>,
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a Place>,
    detail: String,
}

pub(super) fn run(args: &VerifyArgs) -> Outcome {
    match check(args) {
        Ok(summary) => match args.format {
            Format::Json => json(&Valid {
                valid: true,
                summary: &summary,
            }),
            Format::Text => say(&text(&summary, args.previous.is_some())),
        },
        Err(refusal) => {
            if args.format == Format::Json {
                json(&not_valid(&refusal))?;
            }
            Err(refused(refusal))
        }
    }
}

fn check(args: &VerifyArgs) -> Result<Summary, Refusal> {
    if let Some(previous) = &args.previous {
        continues(previous.as_path(), args.file.as_path())?;
    }
    let settings = Settings {
        threads: args
            .threads
            .map_or_else(|| Settings::default().threads, NonZeroUsize::get),
    };
    leave_vectors_aside(args.portable);
    verify(args.file.as_path(), settings, &mut random())
}

fn not_valid(refusal: &Refusal) -> NotValid<'_> {
    match refusal {
        Refusal::Fault(fault) => NotValid {
            valid: Some(false),
            reason: fault.class.name(),
            place: Some(fault.place.as_ref()),
            detail: fault.detail.clone(),
        },
        Refusal::OutOfScope(detail) => NotValid {
            valid: None,
            reason: "OUT_OF_SCOPE",
            place: None,
            detail: detail.clone(),
        },
        Refusal::Unreadable(error) => NotValid {
            valid: None,
            reason: "UNREADABLE",
            place: None,
            detail: error.to_string(),
        },
    }
}

fn text(summary: &Summary, compared: bool) -> String {
    let mut lines = vec![
        format!("Valid: {} ({})", summary.name, summary.uuid),
        String::new(),
        format!(
            "Checked: {} events, each holding the hash of the one before; nothing after them",
            summary.events
        ),
        format!(
            "Checked: proofs of {} trustees, whose keys make the election's key ({})",
            summary.trustees, summary.group
        ),
        format!(
            "Checked: {} credentials, none twice; {} ballots with signatures and proofs, of which {} count (weight {})",
            summary.voters, summary.ballots, summary.voted, summary.total_weight
        ),
    ];
    if compared {
        lines.push("Checked: the older copy is the beginning of this archive".to_owned());
    }
    if let Some(tally) = &summary.encrypted_tally {
        lines.push(format!(
            "Checked: the published tally is the product of these ballots ({tally})"
        ));
    }
    if !summary.partial_decryptions.is_empty() {
        let owners: Vec<String> = summary
            .partial_decryptions
            .iter()
            .map(ToString::to_string)
            .collect();
        lines.push(format!(
            "Checked: partial decryptions of trustees {}",
            owners.join(", ")
        ));
    }
    lines.extend([
        String::new(),
        format!("Fingerprint of the election: {}", summary.fingerprint),
        format!(
            "Last event ({}): {}",
            summary.last_event_type, summary.last_event
        ),
    ]);
    match &summary.result {
        None => lines.push("No result yet.".to_owned()),
        Some(result) => {
            lines.push(
                "Result, per question in the order of answers (blank first where it is allowed):"
                    .to_owned(),
            );
            for (at, counts) in result.iter().enumerate() {
                let counts: Vec<String> = counts.iter().map(ToString::to_string).collect();
                lines.push(format!("  {}: {}", at + 1, counts.join(" ")));
            }
        }
    }
    lines.join("\n") + "\n"
}
