//! All the SQL of the room's tables.

use super::{NewPerson, Person, Sex};
use crate::platform::audit::Audited;
use crate::platform::database::{Connection, DatabaseError, Row};
use crate::platform::{Acting, Error};
use crate::{bind, statements};

statements! {
    ADD = "insert into person (id, name_kk, name_ru, name_en, folded, sex, birth_year, birth_date, synthetic, created_at, batch)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    BY_ID = "select id, name_kk, name_ru, name_en, sex, birth_year, birth_date, synthetic from person where id = $1";
    // The log vouches for what was folded when the person was put on record; a letter folded since is folded here.
    SEARCH = "select id, name_kk, name_ru, name_en, sex, birth_year, birth_date, synthetic from person
        where ' ' || replace(folded, 'ы', 'и') like $1 and ' ' || replace(folded, 'ы', 'и') like $2
            and ' ' || replace(folded, 'ы', 'и') like $3 order by name_kk, id limit $4";
}

/// What the log of acts vouches for: one person, or all people whom one act put on record together.
pub(crate) const AUDITED: &[Audited] = &[
    Audited {
        kind: "person",
        rows: &["select id, name_kk, name_ru, name_en, folded, sex, birth_year, birth_date, synthetic, created_at
            from person where id = $1"],
        ids: "select id as object from person where batch = ''",
    },
    Audited {
        kind: "people",
        rows: &["select id, name_kk, name_ru, name_en, folded, sex, birth_year, birth_date, synthetic, created_at
            from person where batch = $1 order by id"],
        ids: "select distinct batch as object from person where batch <> ''",
    },
];

fn person(row: &Row) -> Result<Person, DatabaseError> {
    let year = row.int("birth_year")?;
    let sex = row.text("sex")?;
    let wrong = |column: &str, problem: String| DatabaseError::Column {
        column: column.to_owned(),
        problem,
    };
    Ok(Person {
        id: row.text("id")?,
        names: row.names("name")?,
        sex: Sex::parse(&sex).ok_or_else(|| wrong("sex", sex))?,
        birth_year: i16::try_from(year).map_err(|e| wrong("birth_year", e.to_string()))?,
        birth_date: row.opt_date("birth_date")?,
        synthetic: row.flag("synthetic")?,
    })
}

pub(super) async fn add(
    connection: &mut Connection,
    acting: &Acting,
    id: &str,
    new: &NewPerson,
    batch: &str,
) -> Result<(), DatabaseError> {
    connection
        .execute(
            ADD,
            bind![
                id,
                &new.names.kk,
                &new.names.ru,
                &new.names.en,
                new.names.folded(),
                new.sex.as_str(),
                i64::from(new.birth_year),
                new.birth_date,
                new.synthetic,
                acting.now(),
                batch
            ],
        )
        .await?;
    Ok(())
}

pub(super) async fn by_id(connection: &mut Connection, id: &str) -> Result<Person, Error> {
    let row = connection
        .first(BY_ID, bind![id])
        .await?
        .ok_or(Error::NotFound)?;
    Ok(person(&row)?)
}

pub(super) async fn search(
    connection: &mut Connection,
    patterns: &[String; 3],
    limit: i64,
) -> Result<Vec<Person>, DatabaseError> {
    let [a, b, c] = patterns;
    connection
        .all(SEARCH, bind![a, b, c, limit])
        .await?
        .iter()
        .map(person)
        .collect()
}
