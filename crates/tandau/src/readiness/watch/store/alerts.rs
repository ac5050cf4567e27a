//! The SQL of files with alerts and of the alerts taken from them.

use crate::platform::audit::Audited;
use crate::platform::database::{Connection, DatabaseError, Transaction};
use crate::platform::{Acting, Error};
use crate::readiness::watch::cap::{Alert, AlertName};
use crate::{bind, statements};

statements! {
    ADD_UPLOAD = "insert into watch_upload (id, area_id, content, sha256, made_by, made_at) values ($1, $2, $3, $4, $5, $6)";
    UPLOAD = "select area_id, content from watch_upload where id = $1";
    ADD_ALERT = "insert into watch_alert (id, sender, identifier, sent, upload_id, status, kind, made_by, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    ADD_ALERT_EVENT = "insert into watch_alert_event (alert_id, event_id) values ($1, $2) on conflict (alert_id, event_id) do nothing";
    ADD_REFERENCE = "insert into watch_reference (alert_id, sender, identifier, sent) values ($1, $2, $3, $4)
        on conflict (alert_id, sender, identifier, sent) do nothing";
    ALERT = "select id from watch_alert where sender = $1 and identifier = $2 and sent = $3";
    EVENTS_OF_ALERT = "select event_id from watch_alert_event where alert_id = $1 order by event_id";
    REPLACED = "select r.alert_id from watch_reference r join watch_alert a on a.id = r.alert_id and a.sender = r.sender
        where r.sender = $1 and r.identifier = $2 and r.sent = $3 and a.status = $4 limit 1";
    ALERTS_OF_EVENT = "select a.sender, a.identifier, a.sent, a.kind from watch_alert_event e join watch_alert a on a.id = e.alert_id
        where e.event_id = $1 order by a.sent, a.id";
}

/// What the log of acts vouches for: each file, each alert taken.
pub(crate) const AUDITED: &[Audited] = &[
    Audited {
        kind: "watch_upload",
        rows: &[
            "select id, area_id, content, sha256, made_by, made_at from watch_upload where id = $1",
        ],
        ids: "select id as object from watch_upload",
    },
    Audited {
        kind: "watch_alert",
        rows: &[
            "select id, sender, identifier, sent, upload_id, status, kind, made_by, made_at from watch_alert where id = $1",
            "select alert_id, event_id from watch_alert_event where alert_id = $1 order by event_id",
            "select alert_id, sender, identifier, sent from watch_reference where alert_id = $1 order by sender, identifier, sent",
        ],
        ids: "select id as object from watch_alert",
    },
];

pub(in crate::readiness::watch) struct Upload {
    pub(in crate::readiness::watch) area_id: String,
    pub(in crate::readiness::watch) content: String,
}

pub(in crate::readiness::watch) async fn add_upload(
    tx: &mut Transaction,
    acting: &Acting,
    id: &str,
    area_id: &str,
    content: &str,
    sha256: &str,
) -> Result<(), DatabaseError> {
    let values = bind![id, area_id, content, sha256, acting.person(), acting.now()];
    tx.execute(ADD_UPLOAD, values).await?;
    Ok(())
}

pub(in crate::readiness::watch) async fn upload(
    connection: &mut Connection,
    id: &str,
) -> Result<Upload, Error> {
    let row = connection.first(UPLOAD, bind![id]).await?;
    let row = row.ok_or(Error::NotFound)?;
    Ok(Upload {
        area_id: row.text("area_id")?,
        content: row.text("content")?,
    })
}

pub(in crate::readiness::watch) async fn add_alert(
    tx: &mut Transaction,
    acting: &Acting,
    id: &str,
    upload_id: &str,
    alert: &Alert,
    events: &[String],
) -> Result<(), DatabaseError> {
    let name = &alert.name;
    tx.execute(
        ADD_ALERT,
        bind![
            id,
            &name.sender,
            &name.identifier,
            name.sent,
            upload_id,
            alert.status.as_str(),
            alert.kind.as_str(),
            acting.person(),
            acting.now()
        ],
    )
    .await?;
    for event in events {
        tx.execute(ADD_ALERT_EVENT, bind![id, event]).await?;
    }
    for other in &alert.references {
        let values = bind![id, &other.sender, &other.identifier, other.sent];
        tx.execute(ADD_REFERENCE, values).await?;
    }
    Ok(())
}

/// The id under which an alert was taken.
pub(in crate::readiness::watch) async fn alert(
    connection: &mut Connection,
    name: &AlertName,
) -> Result<Option<String>, DatabaseError> {
    let values = bind![&name.sender, &name.identifier, name.sent];
    let row = connection.first(ALERT, values).await?;
    row.map(|row| row.text("id")).transpose()
}

/// Whether a later alert, taken already, replaces this one or takes it back.
pub(in crate::readiness::watch) async fn is_replaced(
    connection: &mut Connection,
    name: &AlertName,
    status: &str,
) -> Result<bool, DatabaseError> {
    let values = bind![&name.sender, &name.identifier, name.sent, status];
    Ok(connection.first(REPLACED, values).await?.is_some())
}

pub(in crate::readiness::watch) async fn events_of_alert(
    connection: &mut Connection,
    alert_id: &str,
) -> Result<Vec<String>, DatabaseError> {
    let rows = connection.all(EVENTS_OF_ALERT, bind![alert_id]).await?;
    rows.iter().map(|row| row.text("event_id")).collect()
}

/// Alerts that made or changed an event: sender, identifier, sent, what it did.
pub(in crate::readiness::watch) async fn alerts_of_event(
    connection: &mut Connection,
    event_id: &str,
) -> Result<Vec<(AlertName, String)>, DatabaseError> {
    let rows = connection.all(ALERTS_OF_EVENT, bind![event_id]).await?;
    rows.iter()
        .map(|row| {
            let name = AlertName {
                sender: row.text("sender")?,
                identifier: row.text("identifier")?,
                sent: row.instant("sent")?,
            };
            Ok((name, row.text("kind")?))
        })
        .collect()
}
