//! The SQL of certificates.

use super::int;
use crate::platform::database::{Connection, DatabaseError, Row, Transaction, Value};
use crate::platform::{Acting, Error, search};
use crate::training::learning::model::{Attempt, Certificate, LIST, Listed, Sought};
use crate::{bind, statements};
use jiff::Timestamp;

/// Certificates of sessions held at or under an area ($1) with a code ($2) and words of the holder's name ($3 to $5).
macro_rules! sought {
    () => {
        "
        from area_path x join training_session s on s.area_id = x.area_id
            join area_name n on n.area_id = s.area_id and n.valid_until is null
            join training_attempt a on a.session_id = s.id join training_certificate c on c.attempt_id = a.id
            join training_certificate_event e on e.certificate_id = c.id and e.sequence = c.version
            join training_programme_version v on v.programme_id = c.programme_id and v.version = c.programme_version
            join person p on p.id = c.person_id
        where x.ancestor_id = $1 and (cast($2 as text) = '' or c.code = $2) and ' ' || replace(p.folded, 'ы', 'и') like $3
            and ' ' || replace(p.folded, 'ы', 'и') like $4 and ' ' || replace(p.folded, 'ы', 'и') like $5"
    };
}

statements! {
    ADD = "insert into training_certificate (id, code, person_id, programme_id, programme_version, election_id, attempt_id, issued_at, version,
            status_index)
        select cast($1 as text), cast($2 as text), cast($3 as text), p.id, p.version, cast($4 as text), cast($5 as text), cast($6 as bigint), 1,
            cast($8 as bigint)
        from training_programme p where p.id = $7
        on conflict do nothing";
    IS_ISSUED = "select id from training_certificate where attempt_id = $1";
    LAST_STATUS = "select coalesce(max(status_index), 0) as last from training_certificate";
    WITHDRAWN_IN = "select c.status_index from training_certificate c
            join training_certificate_event e on e.certificate_id = c.id and e.sequence = c.version and e.kind = 'withdrawn'
        where c.status_index >= $1 and c.status_index < $2 order by c.status_index";
    // Certificates of sessions held at or under an area; a code or words of a name, or neither.
    LISTED = concat!("select c.code, c.issued_at, p.name_kk, p.name_ru, p.name_en, v.title_kk, v.title_ru, v.title_en,
            n.name_kk as area_kk, n.name_ru as area_ru, n.name_en as area_en, e.kind, e.reason, e.made_at", sought!(), "
            and (cast($6 as text) = '' or e.kind = $6) order by c.issued_at desc, c.id limit $7 offset $8");
    COUNT_LISTED = concat!("select e.kind, count(*) as n", sought!(), " group by e.kind order by e.kind");
    ADD_EVENT = "insert into training_certificate_event (certificate_id, sequence, kind, reason, made_by, office, made_at)
        values ($1, $2, $3, $4, $5, $6, $7)";
    STEP = "update training_certificate set version = version + 1 where id = $1 and version = $2";
    BY_CODE = "select c.id, c.code, c.person_id, c.programme_id, c.election_id, c.attempt_id, c.issued_at, c.version, c.status_index,
            v.title_kk, v.title_ru, v.title_en, v.goal_kk, v.goal_ru, v.goal_en, e.kind, e.reason, e.made_at
        from training_certificate c
            join training_programme_version v on v.programme_id = c.programme_id and v.version = c.programme_version
            join training_certificate_event e on e.certificate_id = c.id and e.sequence = c.version
        where c.code = $1";
    OF_PERSON = "select c.id, c.code, c.person_id, c.programme_id, c.election_id, c.attempt_id, c.issued_at, c.version, c.status_index,
            v.title_kk, v.title_ru, v.title_en, v.goal_kk, v.goal_ru, v.goal_en, e.kind, e.reason, e.made_at
        from training_certificate c
            join training_programme_version v on v.programme_id = c.programme_id and v.version = c.programme_version
            join training_certificate_event e on e.certificate_id = c.id and e.sequence = c.version
        where c.person_id = $1 order by c.issued_at desc limit 100";
    // Valid ones of somebody's tests after a session.
    OF_SESSION = "select c.id, c.code, c.person_id, c.programme_id, c.election_id, c.attempt_id, c.issued_at, c.version, c.status_index,
            v.title_kk, v.title_ru, v.title_en, v.goal_kk, v.goal_ru, v.goal_en, e.kind, e.reason, e.made_at
        from training_certificate c join training_attempt a on a.id = c.attempt_id
            join training_programme_version v on v.programme_id = c.programme_id and v.version = c.programme_version
            join training_certificate_event e on e.certificate_id = c.id and e.sequence = c.version
        where c.person_id = $2 and a.session_id = $1 and e.kind <> 'withdrawn' order by c.id";
}

/// When and why, where the newest event says that it was withdrawn.
fn withdrawn(row: &Row) -> Result<Option<(Timestamp, String)>, DatabaseError> {
    Ok(if row.text("kind")? == "withdrawn" {
        Some((row.instant("made_at")?, row.text("reason")?))
    } else {
        None
    })
}

fn of(row: &Row) -> Result<Certificate, DatabaseError> {
    Ok(Certificate {
        id: row.text("id")?,
        code: row.text("code")?,
        person_id: row.text("person_id")?,
        programme_id: row.text("programme_id")?,
        title: row.names("title")?,
        goal: row.names("goal")?,
        election_id: row.text("election_id")?,
        attempt_id: row.text("attempt_id")?,
        issued_at: row.instant("issued_at")?,
        version: row.count("version")?,
        status_index: row.opt_count("status_index")?,
        withdrawn: withdrawn(row)?,
    })
}

/// False when this attempt has one already, or the code or the place in the lists of states is taken.
pub(in crate::training::learning) async fn add(
    tx: &mut Transaction,
    acting: &Acting,
    (id, code, status_index): (&str, &str, u64),
    attempt: &Attempt,
) -> Result<bool, Error> {
    let values = bind![
        id,
        code,
        &attempt.person_id,
        &attempt.election_id,
        &attempt.id,
        acting.now(),
        &attempt.programme_id,
        int(status_index)?
    ];
    if tx.execute(ADD, values).await? == 0 {
        return Ok(false);
    }
    add_event(tx, acting, (id, 1), ("issued", ""))?;
    Ok(true)
}

fn add_event(
    tx: &mut Transaction,
    acting: &Acting,
    (id, sequence): (&str, u64),
    (kind, reason): (&str, &str),
) -> Result<(), Error> {
    let values = bind![
        id,
        int(sequence)?,
        kind,
        reason,
        acting.person(),
        acting.actor().office(),
        acting.now()
    ];
    tx.later(ADD_EVENT, values);
    Ok(())
}

/// Withdraws a certificate; false when somebody was faster.
pub(in crate::training::learning) async fn withdraw(
    tx: &mut Transaction,
    acting: &Acting,
    certificate: &Certificate,
    reason: &str,
) -> Result<bool, Error> {
    let (id, version) = (&certificate.id, certificate.version);
    if tx.execute(STEP, bind![id, int(version)?]).await? == 0 {
        return Ok(false);
    }
    let next = version.saturating_add(1);
    add_event(tx, acting, (id, next), ("withdrawn", reason))?;
    Ok(true)
}

/// A certificate by its code.
pub(in crate::training::learning) async fn by_code(
    connection: &mut Connection,
    code: &str,
) -> Result<Certificate, Error> {
    let row = connection.first(BY_CODE, bind![code]).await?;
    Ok(of(&row.ok_or(Error::NotFound)?)?)
}

/// Certificates of a person, newest first.
pub(in crate::training::learning) async fn of_person(
    connection: &mut Connection,
    person_id: &str,
) -> Result<Vec<Certificate>, Error> {
    let rows = connection.all(OF_PERSON, bind![person_id]).await?;
    Ok(rows.iter().map(of).collect::<Result<_, _>>()?)
}

/// Certificates of a person's tests after a session that hold.
pub(in crate::training::learning) async fn of_session(
    connection: &mut Connection,
    session_id: &str,
    person_id: &str,
) -> Result<Vec<Certificate>, Error> {
    let rows = connection
        .all(OF_SESSION, bind![session_id, person_id])
        .await?;
    Ok(rows.iter().map(of).collect::<Result<_, _>>()?)
}

/// Whether an attempt has its certificate.
pub(in crate::training::learning) async fn is_issued(
    connection: &mut Connection,
    attempt_id: &str,
) -> Result<bool, Error> {
    let row = connection.first(IS_ISSUED, bind![attempt_id]).await?;
    Ok(row.is_some())
}

/// The last of the public lists of states, from 0.
pub(in crate::training::learning) async fn last_list(
    connection: &mut Connection,
) -> Result<u64, Error> {
    let row = connection.one(LAST_STATUS, bind![]).await?;
    Ok(row.count("last")? / LIST)
}

/// Places of a list whose certificates were withdrawn, within the list.
pub(in crate::training::learning) async fn withdrawn_in(
    connection: &mut Connection,
    list: u64,
) -> Result<Vec<u64>, Error> {
    let from = list.saturating_mul(LIST);
    let values = bind![int(from)?, int(from.saturating_add(LIST))?];
    let rows = connection.all(WITHDRAWN_IN, values).await?;
    let places = rows.iter().map(|row| row.count("status_index"));
    let places: Vec<u64> = places.collect::<Result<_, DatabaseError>>()?;
    Ok(places.into_iter().map(|n| n.saturating_sub(from)).collect())
}

fn values(sought: &Sought) -> Vec<Value> {
    let [a, b, c] = search::patterns(&sought.words);
    bind![&sought.area_id, &sought.code, a, b, c]
}

fn listed_of(row: &Row) -> Result<Listed, DatabaseError> {
    Ok(Listed {
        code: row.text("code")?,
        holder: row.names("name")?,
        title: row.names("title")?,
        area: row.names("area")?,
        issued_at: row.instant("issued_at")?,
        withdrawn: withdrawn(row)?,
    })
}

/// Certificates that are looked for, newest first.
pub(in crate::training::learning) async fn listed(
    connection: &mut Connection,
    sought: &Sought,
    (limit, offset): (i64, i64),
) -> Result<Vec<Listed>, Error> {
    let mut values = values(sought);
    values.extend(bind![&sought.state, limit, offset]);
    let rows = connection.all(LISTED, values).await?;
    Ok(rows.iter().map(listed_of).collect::<Result<_, _>>()?)
}

/// How many there are, valid and withdrawn, whatever state is looked for.
pub(in crate::training::learning) async fn count_listed(
    connection: &mut Connection,
    sought: &Sought,
) -> Result<(u64, u64), Error> {
    let (mut valid, mut gone) = (0_u64, 0_u64);
    for row in connection.all(COUNT_LISTED, values(sought)).await? {
        let n = row.count("n")?;
        if row.text("kind")? == "withdrawn" {
            gone = gone.saturating_add(n);
        } else {
            valid = valid.saturating_add(n);
        }
    }
    Ok((valid, gone))
}
