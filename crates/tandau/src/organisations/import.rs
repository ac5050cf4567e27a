//! State bodies from a file: `kind,area_code,name_kk,name_ru,name_en` and, for what does not exist, `synthetic`.

use super::NewStateBody;
use super::actions::add_body_in;
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::rows::{self, Problems};
use crate::platform::{Acting, Error, Names, areas};
use serde::Deserialize;

/// One body of a file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyRow {
    /// Kind: `executive`, `police`, …
    pub kind: String,
    /// Code of its area.
    pub area_code: String,
    /// Name, Kazakh.
    pub name_kk: String,
    /// Name, Russian.
    pub name_ru: String,
    /// Name, English.
    pub name_en: String,
    /// `yes` for a body that does not exist.
    #[serde(default)]
    pub synthetic: String,
}

/// Reads a CSV file of state bodies; `dry_run` checks everything and changes nothing. Returns the number of rows.
///
/// # Errors
/// [`Error::Invalid`] naming each row and column that can't be taken (the first hundred of them);
/// [`Error::Forbidden`] without the power over an area of the file.
pub async fn import_csv(acting: &Acting, text: &[u8], dry_run: bool) -> Result<usize, Error> {
    let rows = rows::read::<BodyRow>(text)?;
    let mut transaction = acting.begin().await?;
    let mut problems = Problems::default();
    for (index, row) in rows.iter().enumerate() {
        if let Err(error) = add_one(&mut transaction, acting, row).await {
            let mark = format!("{} {}", row.kind, row.area_code);
            problems.take(index, &mark, error)?;
        }
        if problems.is_full() {
            break;
        }
    }
    problems.done()?;
    if !dry_run {
        transaction.commit().await?;
    }
    Ok(rows.len())
}

async fn add_one(
    transaction: &mut Transaction,
    acting: &Acting,
    row: &BodyRow,
) -> Result<(), Error> {
    let area_id = areas::by_code(transaction, &row.area_code, acting.today())
        .await?
        .ok_or_else(|| Error::field("area_code", acting.t().areas_unknown()))?;
    acting
        .require(transaction, Action::RegisterImport, &area_id, None)
        .await?;
    let new = NewStateBody {
        kind: row.kind.clone(),
        area_id,
        names: Names::new(&row.name_kk, &row.name_ru, &row.name_en),
        synthetic: row.synthetic == "yes",
    };
    add_body_in(transaction, acting, new).await?;
    Ok(())
}
