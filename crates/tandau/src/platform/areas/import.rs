//! Areas from a classifier file: `code,parent_code,kind,name_kk,name_ru,name_en,zone,valid_from,valid_until,edition,note`.

use super::store;
use crate::bind;
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, FieldProblem, Names, audit, ids};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;

/// Rows of one file at most.
const MAX_ROWS: usize = 100_000;
/// Kinds an area may have.
pub const KINDS: &[&str] = &[
    "country",
    "region",
    "city_of_republican_significance",
    "district",
    "city_of_regional_significance",
    "urban_district",
    "city",
    "city_administration",
    "settlement_administration",
    "settlement",
    "rural_district",
    "village_administration",
    "village",
    "railway",
    "camp",
    "other",
    "precinct",
    "placeholder",
];

/// One area of a file. Parents come before their children.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaRow {
    /// Code.
    pub code: String,
    /// Code of the area above; empty for the country.
    pub parent_code: String,
    /// One of [`KINDS`].
    pub kind: String,
    /// Kazakh name.
    pub name_kk: String,
    /// Russian name.
    pub name_ru: String,
    /// English name.
    pub name_en: String,
    /// IANA zone.
    pub zone: String,
    /// First day, ISO.
    pub valid_from: String,
    /// Last day, ISO, or empty.
    #[serde(default)]
    pub valid_until: String,
    /// Edition of the classifier.
    pub edition: String,
    /// Remark on the source.
    #[serde(default)]
    pub note: String,
}

/// Reads a CSV file of areas; `dry_run` checks everything and changes nothing. Returns the number of rows.
///
/// # Errors
/// [`Error::Invalid`] naming each row and column that can't be taken (the first hundred of them).
pub async fn import_csv(acting: &Acting, text: &[u8], dry_run: bool) -> Result<usize, Error> {
    let mut rows = Vec::new();
    let mut problems = Vec::new();
    let mut reader = csv::Reader::from_reader(text);
    check_columns(acting, &mut reader)?;
    for (number, row) in reader.deserialize::<AreaRow>().enumerate() {
        if rows.len() >= MAX_ROWS {
            return Err(Error::TooLarge);
        }
        match row {
            Ok(row) => rows.push(row),
            Err(e) => problems.push(FieldProblem {
                field: format!("row {}", number + 2),
                message: e.to_string(),
            }),
        }
        if problems.len() >= 100 {
            break;
        }
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let mut transaction = acting.begin().await?;
    if !acting.actor().is_operator() {
        let root = rows
            .first()
            .map_or("", |r| r.parent_code.as_str())
            .to_owned();
        let area = store::by_code(&mut transaction, &root, acting.today())
            .await?
            .unwrap_or_default();
        acting
            .require(&mut transaction, Action::RegisterImport, &area, None)
            .await?;
    }
    add(&mut transaction, acting, &rows).await?;
    let import = ids::new_id();
    let digest = crate::platform::files::hex(&Sha256::digest(text));
    crate::platform::settings::set(
        &mut transaction,
        &format!("area-import:{import}"),
        &format!("{} rows, sha256 {digest}", rows.len()),
    )
    .await?;
    acting
        .record(
            &mut transaction,
            audit::Event {
                event: "areas.imported",
                kind: "area_import",
                object: &[&import],
                contest_id: "",
            },
        )
        .await?;
    if !dry_run {
        transaction.commit().await?;
    }
    Ok(rows.len())
}

/// Columns that must be there, and those that may be.
const COLUMNS: [(&str, bool); 11] = [
    ("code", true),
    ("parent_code", true),
    ("kind", true),
    ("name_kk", true),
    ("name_ru", true),
    ("name_en", true),
    ("zone", true),
    ("valid_from", true),
    ("valid_until", false),
    ("edition", true),
    ("note", false),
];

/// Refuses a heading with a column missing or unknown, by its name.
fn check_columns(acting: &Acting, reader: &mut csv::Reader<&[u8]>) -> Result<(), Error> {
    let t = acting.t();
    let heading = reader
        .headers()
        .map_err(|_| Error::field("row 1", t.import_unreadable()))?;
    let missing = COLUMNS
        .iter()
        .filter(|(name, needed)| *needed && !heading.iter().any(|h| h == *name))
        .map(|(name, _)| FieldProblem {
            field: (*name).to_owned(),
            message: t.import_column_missing(),
        });
    let unknown = heading
        .iter()
        .filter(|h| !COLUMNS.iter().any(|(name, _)| name == h))
        .map(|h| FieldProblem {
            field: h.chars().take(60).collect(),
            message: t.import_column_unknown(),
        });
    let problems: Vec<FieldProblem> = missing.chain(unknown).take(100).collect();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(problems))
    }
}

/// Adds areas in a transaction of the caller; returns their ids by code. An area that is there already, the
/// same in code, first day, kind, zone and names, is left as it is.
///
/// # Errors
/// [`Error::Invalid`] naming the rows.
pub async fn add(
    transaction: &mut Transaction,
    acting: &Acting,
    rows: &[AreaRow],
) -> Result<HashMap<String, String>, Error> {
    let mut by_code: HashMap<String, String> = HashMap::new();
    let mut problems = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        match add_one(transaction, acting, row, &by_code).await {
            Ok(id) => {
                by_code.insert(row.code.clone(), id);
            }
            Err(Error::Invalid(found)) => {
                problems.extend(found.into_iter().map(|p| FieldProblem {
                    field: format!("row {} ({}): {}", number + 2, row.code, p.field),
                    message: p.message,
                }))
            }
            Err(other) => return Err(other),
        }
        if problems.len() >= 100 {
            break;
        }
    }
    if problems.is_empty() {
        Ok(by_code)
    } else {
        Err(Error::Invalid(problems))
    }
}

async fn add_one(
    transaction: &mut Transaction,
    acting: &Acting,
    row: &AreaRow,
    added: &HashMap<String, String>,
) -> Result<String, Error> {
    let t = acting.t();
    let valid_from: Date = row
        .valid_from
        .parse()
        .map_err(|_| Error::field("valid_from", t.form_date()))?;
    let valid_until: Option<Date> = match row.valid_until.as_str() {
        "" => None,
        text => Some(
            text.parse()
                .map_err(|_| Error::field("valid_until", t.form_date()))?,
        ),
    };
    if row.code.is_empty() || row.code.len() > 40 || added.contains_key(&row.code) {
        return Err(Error::field("code", t.import_code()));
    }
    if !KINDS.contains(&row.kind.as_str()) {
        return Err(Error::field("kind", t.import_choice(KINDS.join(", "))));
    }
    if TimeZone::get(&row.zone).is_err() {
        return Err(Error::field("zone", t.import_zone()));
    }
    for (field, name) in [
        ("name_kk", &row.name_kk),
        ("name_ru", &row.name_ru),
        ("name_en", &row.name_en),
    ] {
        if name.trim().is_empty() || name.chars().count() > 200 {
            return Err(Error::field(field, t.form_required()));
        }
    }
    let parent = match row.parent_code.as_str() {
        "" => None,
        code => Some(match added.get(code) {
            Some(id) => id.clone(),
            None => store::by_code(transaction, code, valid_from)
                .await?
                .ok_or_else(|| Error::field("parent_code", t.import_parent()))?,
        }),
    };
    let names = Names::new(&row.name_kk, &row.name_ru, &row.name_en);
    if let Some(there) = store::with_code_from(transaction, &row.code, valid_from).await? {
        // The same file again changes nothing; another area can't take a code that is taken.
        let same = there.names == names && there.kind == row.kind && there.zone == row.zone;
        return if same {
            Ok(there.id)
        } else {
            Err(Error::field("code", t.import_code_taken()))
        };
    }
    let id = ids::new_id();
    transaction
        .execute(
            store::ADD_AREA,
            bind![
                &id,
                &row.code,
                &row.edition,
                &row.kind,
                &row.zone,
                valid_from,
                valid_until,
                &row.note
            ],
        )
        .await?;
    transaction
        .execute(
            store::ADD_NAME,
            bind![
                &id,
                valid_from,
                None::<String>,
                &names.kk,
                &names.ru,
                &names.en,
                names.folded()
            ],
        )
        .await?;
    transaction.execute(store::ADD_SELF, bind![&id]).await?;
    if let Some(parent) = parent {
        transaction
            .execute(
                store::ADD_PLACE,
                bind![&id, valid_from, None::<String>, &parent],
            )
            .await?;
        transaction
            .execute(store::ADD_PATH, bind![&id, parent])
            .await?;
    }
    Ok(id)
}
