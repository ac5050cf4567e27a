//! `tandau audit verify`: compares the rows with the log, and the log with a checkpoint that somebody keeps.

use super::log::{Checkpoint, Plan, VerifierKey, leaf_hash};
use super::sequencer::{leaf_text, node, signed, size};
use super::{record, store};
use crate::bind;
use crate::platform::Error;
use crate::platform::database::Connection;
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};

/// What the comparison found.
#[derive(Clone, Debug, Default, Serialize, PartialEq, Eq)]
pub struct Report {
    /// Records in the tree.
    pub records: u64,
    /// Objects whose rows were compared.
    pub objects: u64,
    /// Root of the tree, base64.
    pub root: String,
    /// Everything that does not fit; empty means the data is what the log says.
    pub problems: Vec<Problem>,
}

/// One thing that does not fit.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct Problem {
    /// `record_changed`, `node_changed`, `row_changed`, `row_without_act`, `checkpoint_broken`, `checkpoint_unsigned`.
    pub problem: &'static str,
    /// Where.
    pub object: String,
}

impl Report {
    /// True when nothing was found.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }

    fn add(&mut self, problem: &'static str, object: impl Into<String>) {
        self.problems.push(Problem {
            problem,
            object: object.into(),
        });
    }
}

/// Compares everything. `since` is a checkpoint kept elsewhere, as text: the log must contain it.
///
/// # Errors
/// What the database reports.
pub async fn verify(
    connection: &mut Connection,
    key: &VerifierKey,
    since: Option<&str>,
) -> Result<Report, Error> {
    let mut report = Report::default();
    let size = size(connection).await?;
    report.records = size;
    let root = compare_records(connection, size, &mut report).await?;
    report.root = root.clone().unwrap_or_default();
    compare_checkpoint(connection, key, size, root.as_deref(), &mut report).await?;
    if let Some(text) = since {
        compare_since(connection, key, size, text, &mut report).await?;
    }
    compare_rows(connection, &mut report).await?;
    Ok(report)
}

/// Rebuilds the tree from the records and compares every stored node.
async fn compare_records(
    connection: &mut Connection,
    size: u64,
    report: &mut Report,
) -> Result<Option<String>, Error> {
    let mut tree = super::log::Tree::new();
    let mut from = 0;
    while from < size {
        let until = size.min(from + 5_000);
        let rows = connection
            .all(store::RECORDS, bind![signed(from)?, signed(until)?])
            .await?;
        for row in &rows {
            let position = tree.size();
            if row.int("position")? != signed(position)? {
                report.add("record_missing", position.to_string());
                return Ok(None);
            }
            for made in tree
                .append(leaf_hash(leaf_text(row)?.as_bytes()))
                .map_err(Error::internal)?
            {
                if node(connection, made.id).await? != Some(made.hash) {
                    report.add(
                        if made.id.level == 0 {
                            "record_changed"
                        } else {
                            "node_changed"
                        },
                        format!(
                            "{}/{} {}",
                            made.id.level,
                            made.id.index,
                            row.text("object")?
                        ),
                    );
                }
            }
        }
        if rows.is_empty() {
            report.add("record_missing", from.to_string());
            return Ok(None);
        }
        from = until;
    }
    Ok(Some(tree.root().to_string()))
}

async fn compare_checkpoint(
    connection: &mut Connection,
    key: &VerifierKey,
    size: u64,
    root: Option<&str>,
    report: &mut Report,
) -> Result<(), Error> {
    let Some(row) = connection.first(store::LAST_CHECKPOINT, bind![]).await? else {
        if size > 0 {
            report.add("checkpoint_broken", "none");
        }
        return Ok(());
    };
    match Checkpoint::open(row.text("signed")?.as_bytes(), key.name(), key, &[]) {
        Ok(opened)
            if opened.checkpoint.size() != size
                || Some(opened.checkpoint.root().to_string().as_str()) != root =>
        {
            report.add("checkpoint_broken", opened.checkpoint.size().to_string());
        }
        Ok(_) => {}
        Err(e) => report.add("checkpoint_unsigned", e.to_string()),
    }
    Ok(())
}

async fn compare_since(
    connection: &mut Connection,
    key: &VerifierKey,
    size: u64,
    text: &str,
    report: &mut Report,
) -> Result<(), Error> {
    let kept = match Checkpoint::open(text.as_bytes(), key.name(), key, &[]) {
        Ok(opened) => opened.checkpoint,
        Err(e) => {
            report.add("checkpoint_unsigned", e.to_string());
            return Ok(());
        }
    };
    if kept.size() > size {
        report.add(
            "checkpoint_broken",
            format!(
                "the kept checkpoint has {} records, the log {size}",
                kept.size()
            ),
        );
        return Ok(());
    }
    let plan = Plan::root(kept.size()).map_err(Error::internal)?;
    let mut nodes = BTreeMap::new();
    for id in plan.nodes() {
        if let Some(hash) = node(connection, id).await? {
            nodes.insert(id, hash);
        }
    }
    match plan.assemble_root(&nodes) {
        Ok(root) if root == *kept.root() => {}
        _ => report.add(
            "checkpoint_broken",
            format!(
                "the first {} records are not those of the kept checkpoint",
                kept.size()
            ),
        ),
    }
    Ok(())
}

/// Compares the rows of every audited object with its last record, and finds rows that no act made.
async fn compare_rows(connection: &mut Connection, report: &mut Report) -> Result<(), Error> {
    for audited in crate::AUDITED.iter().flat_map(|room| room.iter()) {
        let mut last: BTreeMap<String, (String, String)> = BTreeMap::new();
        for row in connection
            .all(store::LAST_OF_OBJECTS, bind![audited.kind])
            .await?
        {
            last.insert(
                row.text("object")?,
                (row.text("digest")?, row.text("salt")?),
            );
        }
        let mut known = HashSet::new();
        for (object, (digest, salt)) in &last {
            report.objects += 1;
            let parts: Vec<&str> = object.split('/').collect();
            if record::digest_of(connection, audited, &parts, salt).await? != *digest {
                report.add("row_changed", format!("{} {object}", audited.kind));
            }
            known.insert(object.clone());
        }
        for row in connection.all(audited.ids, bind![]).await? {
            let object = row.text("object")?;
            if !known.contains(&object) {
                report.add("row_without_act", format!("{} {object}", audited.kind));
            }
        }
    }
    Ok(())
}
