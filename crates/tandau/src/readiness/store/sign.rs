//! Signatures with their exceptions.

use super::number;
use crate::platform::database::{Connection, DatabaseError, Row, Transaction};
use crate::readiness::model::{Exception, Signature};
use crate::{bind, statements};
use std::collections::HashMap;

statements! {
    SIGNATURES = "select election_id, commission_id, version, area_id, level, snapshot, sha256, exceptions, made_by, made_at, place
        from readiness_signature where election_id = $1 and commission_id = $2 order by version desc";
    // The newest signature of each commission of a level in an area, without what was signed.
    SIGNED_UNDER = "select s.election_id, s.commission_id, s.version, s.area_id, s.level, '' as snapshot, s.sha256, s.exceptions,
            s.made_by, s.made_at, s.place
        from area_path p join readiness_signature s on s.area_id = p.area_id
        where p.ancestor_id = $1 and s.election_id = $2 and s.level = $3
            and s.version = (select max(o.version) from readiness_signature o where o.election_id = s.election_id
                and o.commission_id = s.commission_id)
        order by s.area_id, s.commission_id";
    EXCEPTIONS = "select subject, item, reason from readiness_exception
        where election_id = $1 and commission_id = $2 and version = $3 order by subject, item";
    ADD_SIGNATURE = "insert into readiness_signature (election_id, commission_id, version, area_id, level, snapshot, sha256, exceptions,
            made_by, made_at, revision, place)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    LAST_PLACE = "select coalesce(max(place), 0) as place from readiness_signature where election_id = $1";
    ADD_EXCEPTION = "insert into readiness_exception (election_id, commission_id, version, subject, item, reason)
        values ($1, $2, $3, $4, $5, $6)";
    // Exceptions of the newest signatures below an area, by each area above them.
    EXCEPTIONS_UNDER = "select q.ancestor_id, cast(sum(s.exceptions) as bigint) as n
        from area_path p cross join readiness_signature s cross join area_path q
        where p.ancestor_id = $1 and s.area_id = p.area_id and s.election_id = $2 and s.exceptions > 0
            and s.version = (select max(o.version) from readiness_signature o where o.election_id = s.election_id
                and o.commission_id = s.commission_id)
            and q.area_id = s.area_id
        group by q.ancestor_id order by q.ancestor_id";
    // The place of the last signature below each area.
    SIGNED_BELOW = "select q.ancestor_id, max(s.place) as n
        from area_path p cross join readiness_signature s cross join area_path q
        where p.ancestor_id = $1 and s.area_id = p.area_id and s.election_id = $2 and q.area_id = s.area_id and q.depth > 0
        group by q.ancestor_id order by q.ancestor_id";
    // Items of the stations below an area whose answer is newer than their last signature, by each area above them: by the
    // station's revision, because an answer that was begun before a signature may arrive after it. A station without a
    // later revision is not looked into. Cross joins are walked in this order by SQLite, which would otherwise begin
    // with every answer of the country.
    CHANGED_UNDER = "select q.ancestor_id, count(*) as n
        from area_path p cross join readiness_station r cross join readiness_signature s cross join readiness_state t
            cross join area_path q
        where p.ancestor_id = $1 and r.area_id = p.area_id and r.election_id = $2
            and s.area_id = r.area_id and s.election_id = r.election_id
            and s.version = (select max(o.version) from readiness_signature o where o.election_id = s.election_id
                and o.commission_id = s.commission_id)
            and (s.revision = 0 or r.revision > s.revision)
            and t.election_id = r.election_id and t.station_id = r.station_id
            and (s.revision = 0 and t.since > s.made_at or s.revision > 0 and r.revision > s.revision
                and exists (select 1 from readiness_answer a where a.election_id = t.election_id and a.station_id = t.station_id
                    and a.item = t.item and a.sequence = t.sequence and a.revision > s.revision))
            and q.area_id = r.area_id
        group by q.ancestor_id order by q.ancestor_id";
}

fn signature(row: &Row) -> Result<Signature, DatabaseError> {
    Ok(Signature {
        election_id: row.text("election_id")?,
        commission_id: row.text("commission_id")?,
        version: row.count("version")?,
        area_id: row.text("area_id")?,
        level: row.text("level")?,
        snapshot: row.text("snapshot")?,
        sha256: row.text("sha256")?,
        exceptions: row.count("exceptions")?,
        made_by: row.text("made_by")?,
        made_at: row.instant("made_at")?,
        place: row.count("place")?,
    })
}

/// Signatures of a commission, the newest first.
pub(in crate::readiness) async fn signatures(
    connection: &mut Connection,
    election_id: &str,
    commission_id: &str,
) -> Result<Vec<Signature>, DatabaseError> {
    let rows = connection
        .all(SIGNATURES, bind![election_id, commission_id])
        .await?;
    rows.iter().map(signature).collect()
}

pub(in crate::readiness) async fn signed_under(
    connection: &mut Connection,
    election_id: &str,
    area_id: &str,
    level: &str,
) -> Result<Vec<Signature>, DatabaseError> {
    let rows = connection
        .all(SIGNED_UNDER, bind![area_id, election_id, level])
        .await?;
    rows.iter().map(signature).collect()
}

pub(in crate::readiness) async fn exceptions(
    connection: &mut Connection,
    election_id: &str,
    commission_id: &str,
    version: u64,
) -> Result<Vec<Exception>, DatabaseError> {
    let values = bind![election_id, commission_id, number(version)];
    let rows = connection.all(EXCEPTIONS, values).await?;
    rows.iter()
        .map(|row| {
            Ok(Exception {
                subject: row.text("subject")?,
                item: row.text("item")?,
                reason: row.text("reason")?,
            })
        })
        .collect()
}

/// Writes a signature; with a station's goes its revision.
pub(in crate::readiness) async fn add(
    tx: &mut Transaction,
    (new, revision): (&Signature, u64),
    exceptions: &[Exception],
) -> Result<(), DatabaseError> {
    let values = bind![
        &new.election_id,
        &new.commission_id,
        number(new.version),
        &new.area_id,
        &new.level,
        &new.snapshot,
        &new.sha256,
        number(new.exceptions),
        &new.made_by,
        new.made_at,
        number(revision),
        number(new.place)
    ];
    tx.execute(ADD_SIGNATURE, values).await?;
    for one in exceptions {
        let values = bind![
            &new.election_id,
            &new.commission_id,
            number(new.version),
            &one.subject,
            &one.item,
            &one.reason
        ];
        tx.execute(ADD_EXCEPTION, values).await?;
    }
    Ok(())
}

/// How many exceptions the newest signatures at or below each area make, for all areas at or below one.
pub(in crate::readiness) async fn exceptions_under(
    connection: &mut Connection,
    election_id: &str,
    area_id: &str,
) -> Result<HashMap<String, u64>, DatabaseError> {
    by_area(connection, EXCEPTIONS_UNDER, election_id, area_id).await
}

/// How many items at or below each area changed since their station's commission signed.
pub(in crate::readiness) async fn changed_under(
    connection: &mut Connection,
    election_id: &str,
    area_id: &str,
) -> Result<HashMap<String, u64>, DatabaseError> {
    by_area(connection, CHANGED_UNDER, election_id, area_id).await
}

/// The place of the last signature below each area, for all areas at or below one.
pub(in crate::readiness) async fn signed_below(
    connection: &mut Connection,
    election_id: &str,
    area_id: &str,
) -> Result<HashMap<String, u64>, DatabaseError> {
    by_area(connection, SIGNED_BELOW, election_id, area_id).await
}

/// The place that the next signature of an election takes. Whoever asks holds the lock of signing until it is given.
pub(in crate::readiness) async fn next_place(
    tx: &mut Transaction,
    election_id: &str,
) -> Result<u64, DatabaseError> {
    let row = tx.one(LAST_PLACE, bind![election_id]).await?;
    Ok(row.count("place")?.saturating_add(1))
}

async fn by_area(
    connection: &mut Connection,
    sql: &'static str,
    election_id: &str,
    area_id: &str,
) -> Result<HashMap<String, u64>, DatabaseError> {
    let rows = connection.all(sql, bind![area_id, election_id]).await?;
    rows.iter()
        .map(|row| Ok((row.text("ancestor_id")?, row.count("n")?)))
        .collect()
}
