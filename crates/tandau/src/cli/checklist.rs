//! `tandau checklist`: checklists of readiness as files for ODK and KoBo, and back.

use super::open::{DataArgs, Must, finish, is_there, open_as};
use super::outcome::{json, read_file, warn};
use super::{Failure, Format, Outcome};
use crate::platform::rules::Rules;
use crate::platform::{Acting, Lang, T};
use crate::readiness::checklists::upload::{place, reason, understand};
use crate::readiness::checklists::{actions, queries};
use crate::readiness::xlsform;
use clap::{Args, Subcommand, ValueEnum};
use electoral::checklist::Checklist;
use serde::Serialize;
use std::path::PathBuf;
use std::sync::Arc;

/// Arguments of `tandau checklist`.
#[derive(Args, Debug)]
pub(super) struct ChecklistArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Write the checklist in force to a file; that of the rules where there is no installation
    #[command(after_help = "Example: tandau checklist export --format xlsx --out readiness.xlsx")]
    Export(ExportArgs),
    /// Adopt a checklist from a file (docs/file-formats.md)
    #[command(after_help = "Example: tandau checklist import form.xlsx --dry-run")]
    Import(ImportArgs),
}

#[derive(Args, Debug)]
struct ExportArgs {
    /// Form of the file
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    data: DataArgs,
}

#[derive(Args, Debug)]
struct ImportArgs {
    /// XLSForm workbook (XLSX), or TOML as in the rules
    file: PathBuf,
    /// Say what is understood, change nothing
    #[arg(long)]
    dry_run: bool,
    /// How the answer is printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    data: DataArgs,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Workbook for ODK and KoBo
    #[default]
    Xlsx,
    /// As in the rules
    Toml,
}

#[derive(Serialize)]
struct Document {
    id: String,
    items: usize,
    version: Option<u64>,
    dry_run: bool,
    left: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    sheet: String,
    row: u32,
    what: String,
    reason: &'static str,
    put_in: bool,
}

pub(super) async fn run(args: ChecklistArgs) -> Outcome {
    match args.what {
        What::Export(args) => export(args).await,
        What::Import(args) => import(args).await,
    }
}

async fn export(args: ExportArgs) -> Outcome {
    let (list, version) = in_force(&args.data).await?;
    let bytes = match args.format {
        Form::Xlsx => xlsform::write(&list, version)?,
        Form::Toml => list.to_toml().map_err(Failure::invalid)?.into_bytes(),
    };
    std::fs::write(&args.out, bytes)
        .map_err(|e| Failure::usage(format!("can't write {}: {e}", args.out.display())))?;
    warn(&format!(
        "{} items of {} written to {}",
        list.items.len(),
        list.id,
        args.out.display()
    ));
    Ok(())
}

async fn in_force(data: &DataArgs) -> Result<(Arc<Checklist>, u64), Failure> {
    if !is_there(data) {
        let mut rules = Rules::built_in()?;
        if let Some(folder) = &data.rules_dir {
            rules = rules.with_folder(folder)?;
        }
        return Ok((Arc::clone(rules.checklist()), queries::OF_THE_RULES));
    }
    let (app, key) = open_as(data, Must::Exist).await?;
    let found = {
        let mut reader = app.read().await?;
        queries::in_force(&mut reader, &app).await
    };
    finish(app, key).await?;
    let found = found?;
    Ok((found.list, found.version))
}

async fn import(args: ImportArgs) -> Outcome {
    let most = u64::try_from(xlsform::MOST_BYTES).unwrap_or(u64::MAX);
    let bytes = read_file(&args.file, most)?;
    let t = T::new(Lang::En);
    let (understood, source) = understand(t, &bytes)?;
    let list = &understood.list;
    let version = if args.dry_run {
        None
    } else {
        let (app, key) = open_as(&args.data, Must::Exist).await?;
        let adopted = actions::adopt(&Acting::operator(app.clone()), list, source).await;
        finish(app, key).await?;
        Some(adopted?)
    };
    match args.format {
        Format::Json => json(&Document {
            id: list.id.clone(),
            items: list.items.len(),
            version,
            dry_run: args.dry_run,
            left: understood
                .left
                .iter()
                .map(|l| Line {
                    sheet: l.sheet.clone(),
                    row: l.row,
                    what: l.what.clone(),
                    reason: l.reason.as_str(),
                    put_in: l.reason.is_filled(),
                })
                .collect(),
        }),
        Format::Text => {
            for left in &understood.left {
                let (place, reason) = (place(t, left), reason(t, left));
                warn(&format!("{place}: {}: {reason}", left.what));
            }
            let done = match version {
                Some(version) => format!("adopted as version {version}"),
                None => "nothing was changed".to_owned(),
            };
            warn(&format!("{}: {} items; {done}", list.id, list.items.len()));
            Ok(())
        }
    }
}
