//! The SQL of certificates.

use super::int;
use crate::platform::database::{Connection, DatabaseError, Row, Transaction};
use crate::platform::{Acting, Error};
use crate::training::learning::model::{Attempt, Certificate};
use crate::{bind, statements};

statements! {
    ADD = "insert into training_certificate (id, code, person_id, programme_id, programme_version, election_id, attempt_id, issued_at, version)
        select cast($1 as text), cast($2 as text), cast($3 as text), p.id, p.version, cast($4 as text), cast($5 as text), cast($6 as bigint), 1
        from training_programme p where p.id = $7
        on conflict (attempt_id) do nothing";
    ADD_EVENT = "insert into training_certificate_event (certificate_id, sequence, kind, reason, made_by, office, made_at)
        values ($1, $2, $3, $4, $5, $6, $7)";
    STEP = "update training_certificate set version = version + 1 where id = $1 and version = $2";
    BY_CODE = "select c.id, c.code, c.person_id, c.programme_id, c.election_id, c.attempt_id, c.issued_at, c.version,
            v.title_kk, v.title_ru, v.title_en, v.goal_kk, v.goal_ru, v.goal_en, e.kind, e.reason, e.made_at
        from training_certificate c
            join training_programme_version v on v.programme_id = c.programme_id and v.version = c.programme_version
            join training_certificate_event e on e.certificate_id = c.id and e.sequence = c.version
        where c.code = $1";
    OF_PERSON = "select c.id, c.code, c.person_id, c.programme_id, c.election_id, c.attempt_id, c.issued_at, c.version,
            v.title_kk, v.title_ru, v.title_en, v.goal_kk, v.goal_ru, v.goal_en, e.kind, e.reason, e.made_at
        from training_certificate c
            join training_programme_version v on v.programme_id = c.programme_id and v.version = c.programme_version
            join training_certificate_event e on e.certificate_id = c.id and e.sequence = c.version
        where c.person_id = $1 order by c.issued_at desc limit 100";
    // Valid ones of somebody's tests after a session.
    OF_SESSION = "select c.id, c.code, c.person_id, c.programme_id, c.election_id, c.attempt_id, c.issued_at, c.version,
            v.title_kk, v.title_ru, v.title_en, v.goal_kk, v.goal_ru, v.goal_en, e.kind, e.reason, e.made_at
        from training_certificate c join training_attempt a on a.id = c.attempt_id
            join training_programme_version v on v.programme_id = c.programme_id and v.version = c.programme_version
            join training_certificate_event e on e.certificate_id = c.id and e.sequence = c.version
        where c.person_id = $2 and a.session_id = $1 and e.kind <> 'withdrawn' order by c.id";
}

fn of(row: &Row) -> Result<Certificate, DatabaseError> {
    let withdrawn = if row.text("kind")? == "withdrawn" {
        Some((row.instant("made_at")?, row.text("reason")?))
    } else {
        None
    };
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
        withdrawn,
    })
}

/// False when this attempt has one already.
pub(in crate::training::learning) async fn add(
    tx: &mut Transaction,
    acting: &Acting,
    (id, code): (&str, &str),
    attempt: &Attempt,
) -> Result<bool, Error> {
    let values = bind![
        id,
        code,
        &attempt.person_id,
        &attempt.election_id,
        &attempt.id,
        acting.now(),
        &attempt.programme_id
    ];
    if tx.execute(ADD, values).await? == 0 {
        return Ok(false);
    }
    add_event(tx, acting, (id, 1), ("issued", "")).await?;
    Ok(true)
}

async fn add_event(
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
    tx.execute(ADD_EVENT, values).await?;
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
    add_event(tx, acting, (id, next), ("withdrawn", reason)).await?;
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
