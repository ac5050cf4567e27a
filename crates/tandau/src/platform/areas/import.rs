//! Areas from a classifier file: `code,parent_code,kind,name_kk,name_ru,name_en,zone,valid_from,valid_until,edition,note`,
//! and in a column `change` what happened to areas that are known: `rename`, `move`, `close`.

use super::{change, store};
use crate::bind;
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::rows::Problems;
use crate::platform::{Acting, Error, FieldProblem, Names, T, audit, ids};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;

/// Rows of one file at most.
const MAX_ROWS: usize = 100_000;
/// One area of a file. Parents come before their children.
#[derive(Clone, Debug)]
pub struct AreaRow {
    /// Code.
    pub code: String,
    /// Code of the area above; empty for the country.
    pub parent_code: String,
    /// One of the country's kinds.
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
    pub valid_until: String,
    /// Edition of the classifier.
    pub edition: String,
    /// Remark on the source.
    pub note: String,
}

/// A row of a file: an area to add, or what happened to one.
#[derive(Debug, Deserialize)]
struct FileRow {
    #[serde(default)]
    change: String,
    code: String,
    parent_code: String,
    kind: String,
    name_kk: String,
    name_ru: String,
    name_en: String,
    zone: String,
    valid_from: String,
    #[serde(default)]
    valid_until: String,
    edition: String,
    #[serde(default)]
    note: String,
}

/// What a file may say in its column `change`; blank for an area to add.
const CHANGES: [&str; 3] = ["rename", "move", "close"];

impl FileRow {
    fn into_area(self) -> AreaRow {
        AreaRow {
            code: self.code,
            parent_code: self.parent_code,
            kind: self.kind,
            name_kk: self.name_kk,
            name_ru: self.name_ru,
            name_en: self.name_en,
            zone: self.zone,
            valid_from: self.valid_from,
            valid_until: self.valid_until,
            edition: self.edition,
            note: self.note,
        }
    }
}

/// Reads a CSV file of areas; `dry_run` checks everything and changes nothing. Returns the number of rows.
///
/// # Errors
/// [`Error::Invalid`] naming each row and column that can't be taken (the first hundred of them).
pub async fn import_csv(acting: &Acting, text: &[u8], dry_run: bool) -> Result<usize, Error> {
    let mut rows = Vec::new();
    let mut problems = Vec::new();
    // A byte order mark would become part of the first column's name.
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let mut reader = csv::Reader::from_reader(text);
    check_columns(acting, &mut reader)?;
    for (number, row) in reader.deserialize::<FileRow>().enumerate() {
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
    let count = rows.len();
    if !acting.actor().is_operator() {
        // The classifier is one for the country: who changes it has the power over all of it.
        let country = store::country(&mut transaction).await?.unwrap_or_default();
        acting
            .require(&mut transaction, Action::RegisterImport, &country, None)
            .await?;
    }
    take(&mut transaction, acting, rows).await?;
    let import = ids::new_id();
    let digest = crate::platform::files::hex(&Sha256::digest(text));
    crate::platform::settings::set(
        &mut transaction,
        &format!("area-import:{import}"),
        &format!("{count} rows, sha256 {digest}"),
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
    Ok(count)
}

/// Takes the rows in their order: an area may be added, renamed and moved in one file.
async fn take(
    transaction: &mut Transaction,
    acting: &Acting,
    rows: Vec<FileRow>,
) -> Result<(), Error> {
    let mut added = HashMap::new();
    let mut problems = Problems::default();
    for (index, row) in rows.into_iter().enumerate() {
        let code = row.code.clone();
        let taken = if row.change.is_empty() {
            let row = row.into_area();
            add_one(transaction, acting, &row, &added).await.map(|id| {
                added.insert(row.code, id);
            })
        } else {
            change_one(transaction, acting, &row).await
        };
        if let Err(error) = taken {
            problems.take(index, &code, error)?;
        }
        if problems.is_full() {
            break;
        }
    }
    problems.done()
}

async fn change_one(
    transaction: &mut Transaction,
    acting: &Acting,
    row: &FileRow,
) -> Result<(), Error> {
    let t = acting.t();
    let day = |field: &str, text: &str| {
        text.parse::<Date>()
            .map_err(|_| Error::field(field, t.form_date()))
    };
    match row.change.as_str() {
        "rename" => {
            let from = day("valid_from", &row.valid_from)?;
            let area = change::known(transaction, acting, &row.code, from).await?;
            let names = Names::new(&row.name_kk, &row.name_ru, &row.name_en);
            check_names(t, &names)?;
            change::rename(transaction, acting, &area, &names, from).await
        }
        "move" => {
            let from = day("valid_from", &row.valid_from)?;
            let area = change::known(transaction, acting, &row.code, from).await?;
            let parent = store::by_code(transaction, &row.parent_code, from)
                .await?
                .ok_or_else(|| Error::field("parent_code", t.import_parent()))?;
            change::move_to(transaction, acting, &area, &parent, from).await
        }
        "close" => {
            let last = day("valid_until", &row.valid_until)?;
            let area = change::known(transaction, acting, &row.code, last).await?;
            change::close(transaction, acting, &area, last).await
        }
        _ => Err(Error::field("change", t.import_choice(CHANGES.join(", ")))),
    }
}

fn check_names(t: T, names: &Names) -> Result<(), Error> {
    for (field, name) in [
        ("name_kk", &names.kk),
        ("name_ru", &names.ru),
        ("name_en", &names.en),
    ] {
        if name.trim().is_empty() || name.chars().count() > 200 {
            return Err(Error::field(field, t.form_required()));
        }
    }
    Ok(())
}

/// Columns that must be there, and those that may be.
const COLUMNS: [(&str, bool); 12] = [
    ("change", false),
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
    let mut problems = Problems::default();
    for (index, row) in rows.iter().enumerate() {
        match add_one(transaction, acting, row, &by_code).await {
            Ok(id) => {
                by_code.insert(row.code.clone(), id);
            }
            Err(error) => problems.take(index, &row.code, error)?,
        }
        if problems.is_full() {
            break;
        }
    }
    problems.done()?;
    Ok(by_code)
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
    let country = acting.app().rules.country();
    if !country.has_area_kind(&row.kind) {
        let kinds: Vec<&str> = country.area_kinds.iter().map(|k| k.id.as_str()).collect();
        return Err(Error::field("kind", t.import_choice(kinds.join(", "))));
    }
    if TimeZone::get(&row.zone).is_err() {
        return Err(Error::field("zone", t.import_zone()));
    }
    let names = Names::new(&row.name_kk, &row.name_ru, &row.name_en);
    check_names(t, &names)?;
    let parent = match row.parent_code.as_str() {
        "" => None,
        code => Some(match added.get(code) {
            Some(id) => id.clone(),
            None => store::by_code(transaction, code, valid_from)
                .await?
                .ok_or_else(|| Error::field("parent_code", t.import_parent()))?,
        }),
    };
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
