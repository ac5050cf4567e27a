//! The SQL of visits: what happened at events. A record is a version of the whole.

use super::int;
use crate::platform::database::{Connection, Transaction};
use crate::platform::{Acting, Error, Names};
use crate::tasks::Addressee;
use crate::visits::model::{Count, Event, KeyFigure, Record, Report, Source};
use crate::{bind, statements};
use jiff::Timestamp;

statements! {
    ADD_RECORD = "insert into visit_record (event_id, version, reason, made_by, office, made_at) values ($1, $2, $3, $4, $5, $6)";
    ADD_COUNT = "insert into visit_count (event_id, version, category, invited, counted) values ($1, $2, $3, $4, $5)";
    ADD_SPEAKER = "insert into visit_speaker (event_id, version, position, who_kk, who_ru, who_en) values ($1, $2, $3, $4, $5, $6)";
    ADD_REPORT = "insert into visit_report (event_id, version, position, body_kind, body_area_id, speaker_kk, speaker_ru, speaker_en,
            subject_kk, subject_ru, subject_en)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    ADD_FIGURE = "insert into visit_figure (event_id, version, report, position, key, value, label_kk, label_ru, label_en, source)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    ADD_ASKED = "insert into visit_asked (event_id, version, survey_id) values ($1, $2, $3)";
    COUNTS = "select category, invited, counted from visit_count where event_id = $1 and version = $2 order by category";
    SPEAKERS = "select who_kk, who_ru, who_en from visit_speaker where event_id = $1 and version = $2 order by position";
    REPORTS = "select position, body_kind, body_area_id, speaker_kk, speaker_ru, speaker_en, subject_kk, subject_ru, subject_en
        from visit_report where event_id = $1 and version = $2 order by position";
    FIGURES = "select report, key, value, label_kk, label_ru, label_en, source from visit_figure where event_id = $1 and version = $2
        order by report, position";
    ASKED = "select survey_id from visit_asked where event_id = $1 and version = $2 order by survey_id";
    VERSIONS = "select version, reason, office, made_at from visit_record where event_id = $1 order by version";
    ASKED_AT = "select e.id from visit_asked a join visit_event e on e.id = a.event_id and e.record = a.version where a.survey_id = $1
        order by e.id";
    ADD_PHOTO = "insert into visit_photo (event_id, version, position, file_id, made_by, office, made_at) values ($1, $2, $3, $4, $5, $6, $7)";
    PHOTOS = "select file_id from visit_photo where event_id = $1 order by version, position";
    ADD_TASK = "insert into visit_task (event_id, version, task_id, made_by, office, made_at) values ($1, $2, $3, $4, $5, $6)";
    TASKS = "select task_id from visit_task where event_id = $1 order by version";
    EVENT_OF_TASK = "select event_id from visit_task where task_id = $1";
    TASKS_OF_VISIT = "select t.event_id, t.task_id from visit_task t join visit_event e on e.id = t.event_id
        where e.visit_id = $1 order by t.made_at, t.event_id, t.version";
}

/// One version of what happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The act.
    pub version: u64,
    /// Why it was corrected; empty for the first.
    pub reason: String,
    /// The office that recorded it.
    pub office: String,
    /// When.
    pub at: Timestamp,
}

/// What happened at an event; what is blank where nobody has recorded anything.
pub(in crate::visits) async fn record(
    connection: &mut Connection,
    event: &Event,
) -> Result<Record, Error> {
    record_of(connection, &event.planned.id, event.record).await
}

/// What happened, as a version says.
pub(in crate::visits) async fn record_of(
    connection: &mut Connection,
    event_id: &str,
    version: u64,
) -> Result<Record, Error> {
    let mut record = Record::default();
    if version == 0 {
        return Ok(record);
    }
    let key = || Ok::<_, Error>(bind![event_id, int(version)?]);
    for row in connection.all(COUNTS, key()?).await? {
        record.counts.push(Count {
            category: row.text("category")?,
            invited: row.opt_count("invited")?,
            counted: row.opt_count("counted")?,
        });
    }
    for row in connection.all(SPEAKERS, key()?).await? {
        record.speakers.push(row.names("who")?);
    }
    let mut figures: Vec<(u64, KeyFigure)> = Vec::new();
    for row in connection.all(FIGURES, key()?).await? {
        let figure = KeyFigure {
            key: row.text("key")?,
            value: row.count("value")?,
            label: row.names("label")?,
            source: Source::parse(&row.text("source")?).unwrap_or_default(),
        };
        figures.push((row.count("report")?, figure));
    }
    for row in connection.all(REPORTS, key()?).await? {
        let position = row.count("position")?;
        let own = figures.iter().filter(|(report, _)| *report == position);
        record.reports.push(Report {
            body: addressee(row.text("body_kind")?, row.text("body_area_id")?),
            speaker: row.names("speaker")?,
            subject: row.names("subject")?,
            figures: own.map(|(_, figure)| figure.clone()).collect(),
        });
    }
    for row in connection.all(ASKED, key()?).await? {
        record.surveys.push(row.text("survey_id")?);
    }
    Ok(record)
}

pub(super) fn addressee(kind: String, area_id: String) -> Option<Addressee> {
    (!kind.is_empty()).then_some(Addressee { kind, area_id })
}

pub(super) fn parts(body: Option<&Addressee>) -> (&str, &str) {
    body.map_or(("", ""), |b| (b.kind.as_str(), b.area_id.as_str()))
}

/// Every version of what happened, the first first.
pub(in crate::visits) async fn versions(
    connection: &mut Connection,
    event_id: &str,
) -> Result<Vec<Recorded>, Error> {
    let mut versions = Vec::new();
    for row in connection.all(VERSIONS, bind![event_id]).await? {
        versions.push(Recorded {
            version: row.count("version")?,
            reason: row.text("reason")?,
            office: row.text("office")?,
            at: row.instant("made_at")?,
        });
    }
    Ok(versions)
}

/// Events at which a survey was asked, as they are recorded now.
pub(in crate::visits) async fn asked_at(
    connection: &mut Connection,
    survey_id: &str,
) -> Result<Vec<String>, Error> {
    column(connection, ASKED_AT, survey_id, "id").await
}

async fn column(
    connection: &mut Connection,
    sql: &'static str,
    id: &str,
    name: &str,
) -> Result<Vec<String>, Error> {
    let rows = connection.all(sql, bind![id]).await?;
    Ok(rows
        .iter()
        .map(|r| r.text(name))
        .collect::<Result<_, _>>()?)
}

/// Photos of an event, by their files.
pub(in crate::visits) async fn photos(
    connection: &mut Connection,
    event_id: &str,
) -> Result<Vec<String>, Error> {
    column(connection, PHOTOS, event_id, "file_id").await
}

/// Tasks given at an event.
pub(in crate::visits) async fn tasks(
    connection: &mut Connection,
    event_id: &str,
) -> Result<Vec<String>, Error> {
    column(connection, TASKS, event_id, "task_id").await
}

/// The event at which a task was given.
pub(in crate::visits) async fn event_of_task(
    connection: &mut Connection,
    task_id: &str,
) -> Result<Option<String>, Error> {
    let found = column(connection, EVENT_OF_TASK, task_id, "event_id").await?;
    Ok(found.into_iter().next())
}

/// Events and tasks of a visit.
pub(in crate::visits) async fn tasks_of_visit(
    connection: &mut Connection,
    visit_id: &str,
) -> Result<Vec<(String, String)>, Error> {
    let mut found = Vec::new();
    for row in connection.all(TASKS_OF_VISIT, bind![visit_id]).await? {
        found.push((row.text("event_id")?, row.text("task_id")?));
    }
    Ok(found)
}

pub(in crate::visits) async fn add_record(
    tx: &mut Transaction,
    acting: &Acting,
    (id, version): (&str, u64),
    record: &Record,
    reason: &str,
) -> Result<(), Error> {
    let version = int(version)?;
    let office = acting.actor().office();
    let values = bind![id, version, reason, acting.person(), office, acting.now()];
    tx.execute(ADD_RECORD, values).await?;
    for count in &record.counts {
        let invited = count.invited.map(int).transpose()?;
        let counted = count.counted.map(int).transpose()?;
        let values = bind![id, version, &count.category, invited, counted];
        tx.execute(ADD_COUNT, values).await?;
    }
    for (position, Names { kk, ru, en }) in (1_i64..).zip(&record.speakers) {
        tx.execute(ADD_SPEAKER, bind![id, version, position, kk, ru, en])
            .await?;
    }
    for (position, report) in (1_i64..).zip(&record.reports) {
        let (kind, area) = parts(report.body.as_ref());
        let values = bind![
            id,
            version,
            position,
            kind,
            area,
            &report.speaker.kk,
            &report.speaker.ru,
            &report.speaker.en,
            &report.subject.kk,
            &report.subject.ru,
            &report.subject.en
        ];
        tx.execute(ADD_REPORT, values).await?;
        for (place, figure) in (1_i64..).zip(&report.figures) {
            let values = bind![
                id,
                version,
                position,
                place,
                &figure.key,
                int(figure.value)?,
                &figure.label.kk,
                &figure.label.ru,
                &figure.label.en,
                figure.source.text()
            ];
            tx.execute(ADD_FIGURE, values).await?;
        }
    }
    for survey in &record.surveys {
        tx.execute(ADD_ASKED, bind![id, version, survey]).await?;
    }
    Ok(())
}

pub(in crate::visits) async fn add_photos(
    tx: &mut Transaction,
    acting: &Acting,
    (id, version): (&str, u64),
    files: &[String],
) -> Result<(), Error> {
    for (position, file) in (1_i64..).zip(files) {
        let values = bind![
            id,
            int(version)?,
            position,
            file,
            acting.person(),
            acting.actor().office(),
            acting.now()
        ];
        tx.execute(ADD_PHOTO, values).await?;
    }
    Ok(())
}

pub(in crate::visits) async fn add_task(
    tx: &mut Transaction,
    acting: &Acting,
    (id, version): (&str, u64),
    task_id: &str,
) -> Result<(), Error> {
    let values = bind![
        id,
        int(version)?,
        task_id,
        acting.person(),
        acting.actor().office(),
        acting.now()
    ];
    tx.execute(ADD_TASK, values).await?;
    Ok(())
}
