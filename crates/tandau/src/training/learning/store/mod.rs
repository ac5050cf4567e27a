//! The SQL of question banks and of what a test is.

pub(crate) mod attempts;
pub(crate) mod certificates;

use super::model::{NewQuestion, Opt, Question, Test};
use crate::platform::audit::Audited;
use crate::platform::database::{Connection, DatabaseError, Row, Transaction};
use crate::platform::{Acting, Error, Names};
use crate::{bind, statements};
use electoral::protocol::ProtocolEntry;
use electoral::training::question::{Answer, Kind};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

statements! {
    PROGRAMMES = "select p.id, v.title_kk, v.title_ru, v.title_en, v.state, coalesce(t.version, 0) as test,
            (select count(*) from training_question q join training_module m on m.id = q.module_id
                join training_question_version w on w.question_id = q.id and w.version = q.version
                where m.programme_id = p.id and not w.retired) as questions
        from training_programme p join training_programme_version v on v.programme_id = p.id and v.version = p.version
            left join training_test t on t.programme_id = p.id
        order by p.key";
    PROGRAMME = "select v.title_kk, v.title_ru, v.title_en, v.state from training_programme p
            join training_programme_version v on v.programme_id = p.id and v.version = p.version
        where p.id = $1";
    MODULES = "select m.id, m.key, v.title_kk, v.title_ru, v.title_en, v.retired from training_module m
            join training_module_version v on v.module_id = m.id and v.version = m.version
        where m.programme_id = $1 order by m.place, m.key";
    MODULE_OF = "select programme_id from training_module where id = $1";
    TEST = "select v.version, v.questions, v.minutes, v.pass_percent, v.tries from training_test t
            join training_test_version v on v.programme_id = t.programme_id and v.version = t.version
        where t.programme_id = $1";
    FIRST_TEST = "insert into training_test (programme_id, version) values ($1, 1) on conflict (programme_id) do nothing";
    NEXT_TEST = "update training_test set version = version + 1 where programme_id = $1 and version = $2";
    ADD_TEST = "insert into training_test_version (programme_id, version, questions, minutes, pass_percent, tries, reason, made_by, office, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    BANK = "select q.id, q.module_id, q.key, v.version, v.kind, v.text_kk, v.text_ru, v.text_en, v.why_kk, v.why_ru, v.why_en, v.article,
            v.answer, v.pack, v.given, v.retired
        from training_question q join training_module m on m.id = q.module_id
            join training_question_version v on v.question_id = q.id and v.version = q.version
        where m.programme_id = $1 order by m.place, m.key, q.key limit 2000";
    BANK_OPTIONS = "select o.question_id, o.version, o.side, o.key, o.text_kk, o.text_ru, o.text_en
        from training_question_option o join training_question q on q.id = o.question_id and q.version = o.version
            join training_module m on m.id = q.module_id
        where m.programme_id = $1 order by o.question_id, o.side, o.place";
    DRAWABLE = "select q.id, q.module_id, q.version from training_question q join training_module m on m.id = q.module_id
            join training_question_version v on v.question_id = q.id and v.version = q.version
            join training_module_version w on w.module_id = m.id and w.version = m.version
        where m.programme_id = $1 and not v.retired and not w.retired order by q.id";
    QUESTION = "select q.id, q.module_id, q.key, v.version, v.kind, v.text_kk, v.text_ru, v.text_en, v.why_kk, v.why_ru, v.why_en, v.article,
            v.answer, v.pack, v.given, v.retired
        from training_question q join training_question_version v on v.question_id = q.id where q.id = $1 and v.version = $2";
    OPTIONS = "select question_id, version, side, key, text_kk, text_ru, text_en from training_question_option
        where question_id = $1 and version = $2 order by side, place";
    VERSION = "select version from training_question where id = $1";
    BY_KEY = "select id, version from training_question where module_id = $1 and key = $2";
    ADD = "insert into training_question (id, module_id, key, version) values ($1, $2, $3, 1) on conflict do nothing";
    NEXT = "update training_question set version = version + 1 where id = $1 and version = $2";
    ADD_VERSION = "insert into training_question_version (question_id, version, kind, text_kk, text_ru, text_en, why_kk, why_ru, why_en, article,
            answer, pack, given, retired, reason, made_by, office, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
    ADD_OPTION = "insert into training_question_option (question_id, version, side, place, key, text_kk, text_ru, text_en)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
}

/// What the log of acts vouches for.
pub(crate) const AUDITED: &[Audited] = &[
    Audited {
        kind: "training_question",
        rows: &[
            "select question_id, version, kind, text_kk, text_ru, text_en, why_kk, why_ru, why_en, article, answer, pack, given, retired, reason,
                made_by, office, made_at from training_question_version where question_id = $1 and version = $2",
            "select question_id, version, side, place, key, text_kk, text_ru, text_en from training_question_option
                where question_id = $1 and version = $2 order by side, key",
        ],
        ids: "select question_id || '/' || cast(version as text) as object from training_question_version",
    },
    Audited {
        kind: "training_test",
        rows: &[
            "select programme_id, version, questions, minutes, pass_percent, tries, reason, made_by, office, made_at
                from training_test_version where programme_id = $1 and version = $2",
        ],
        ids: "select programme_id || '/' || cast(version as text) as object from training_test_version",
    },
    Audited {
        kind: "training_attempt",
        rows: &[
            "select id, person_id, programme_id, election_id, session_id, level, kind, number, test_version, pass_percent, seed, asked,
                started_at, ends_at, retest_id from training_attempt where id = $1",
            "select attempt_id, place, question_id, question_version from training_attempt_question where attempt_id = $1 order by place",
        ],
        ids: "select id as object from training_attempt",
    },
    Audited {
        kind: "training_attempt_end",
        rows: &[
            "select id, ended_at, correct, passed from training_attempt where id = $1",
            "select attempt_id, place, sequence, answer, correct, answered_at from training_answer where attempt_id = $1 order by place, sequence",
        ],
        ids: "select id as object from training_attempt where ended_at is not null",
    },
    Audited {
        kind: "training_certificate",
        rows: &[
            "select e.certificate_id, e.sequence, e.kind, e.reason, e.made_by, e.office, e.made_at, c.code, c.person_id, c.programme_id,
                c.programme_version, c.election_id, c.attempt_id, c.issued_at, c.status_index
                from training_certificate_event e join training_certificate c on c.id = e.certificate_id
                where e.certificate_id = $1 and e.sequence = $2",
            // What it certifies; whether that still holds follows from these events.
            "select p.person_id, p.programme_id, p.election_id, p.session_id, p.level
                from training_certificate_event e join training_certificate c on c.id = e.certificate_id
                join training_attempt a on a.id = c.attempt_id
                join training_passed p on p.person_id = a.person_id and p.session_id = a.session_id
                where e.certificate_id = $1 and e.sequence = $2 order by p.programme_id, p.election_id",
        ],
        ids: "select certificate_id || '/' || cast(sequence as text) as object from training_certificate_event",
    },
];

pub(super) fn int(n: u64) -> Result<i64, Error> {
    i64::try_from(n).map_err(Error::internal)
}

/// Questions that were read once: a version never changes.
#[derive(Clone, Debug, Default)]
pub struct Bank(Arc<RwLock<HashMap<(String, u64), Arc<Question>>>>);

/// Questions that are kept in memory at most.
const KEPT: usize = 5_000;

impl Bank {
    pub(super) async fn of(
        &self,
        connection: &mut Connection,
        id: &str,
        version: u64,
    ) -> Result<Arc<Question>, Error> {
        let key = (id.to_owned(), version);
        let known = {
            let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
            kept.get(&key).cloned()
        };
        if let Some(question) = known {
            return Ok(question);
        }
        let question = Arc::new(question(connection, id, version).await?);
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(key, Arc::clone(&question));
        Ok(question)
    }
}

fn question_of(row: &Row) -> Result<Question, DatabaseError> {
    let kind = row.text("kind")?;
    let kind = Kind::parse(&kind).ok_or_else(|| DatabaseError::unknown("kind", &kind))?;
    let answer = row.text("answer")?;
    Ok(Question {
        id: row.text("id")?,
        version: row.count("version")?,
        says: NewQuestion {
            module_id: row.text("module_id")?,
            key: row.text("key")?,
            kind,
            text: row.names("text")?,
            why: row.names("why")?,
            article: row.text("article")?,
            options: Vec::new(),
            partners: Vec::new(),
            answer: Answer::parse(kind, &answer)
                .ok_or_else(|| DatabaseError::unknown("answer", &answer))?,
            pack: row.text("pack")?,
            given: given(&row.text("given")?),
            retired: row.flag("retired")?,
        },
    })
}

/// Printed figures as they are kept.
pub(super) fn given(text: &str) -> ProtocolEntry {
    match Answer::parse(Kind::Protocol, text) {
        Some(Answer::Figures(entry)) => entry,
        _ => ProtocolEntry::new(),
    }
}

fn add_option(question: &mut Question, row: &Row) -> Result<(), DatabaseError> {
    let option = Opt {
        key: row.text("key")?,
        text: row.names("text")?,
    };
    if row.text("side")? == "partner" {
        question.says.partners.push(option);
    } else {
        question.says.options.push(option);
    }
    Ok(())
}

async fn question(connection: &mut Connection, id: &str, version: u64) -> Result<Question, Error> {
    let row = connection.first(QUESTION, bind![id, int(version)?]).await?;
    let mut question = question_of(&row.ok_or(Error::NotFound)?)?;
    for row in connection.all(OPTIONS, bind![id, int(version)?]).await? {
        add_option(&mut question, &row)?;
    }
    Ok(question)
}

/// A question in its newest version.
pub(super) async fn newest(connection: &mut Connection, id: &str) -> Result<Question, Error> {
    let row = connection.first(VERSION, bind![id]).await?;
    let version = row.ok_or(Error::NotFound)?.count("version")?;
    question(connection, id, version).await
}

/// The bank of a programme, newest versions.
pub(in crate::training) async fn bank(
    connection: &mut Connection,
    programme_id: &str,
) -> Result<Vec<Question>, Error> {
    let mut questions = Vec::new();
    for row in connection.all(BANK, bind![programme_id]).await? {
        questions.push(question_of(&row)?);
    }
    let places: HashMap<String, usize> = questions
        .iter()
        .enumerate()
        .map(|(at, q)| (q.id.clone(), at))
        .collect();
    for row in connection.all(BANK_OPTIONS, bind![programme_id]).await? {
        let at = places.get(&row.text("question_id")?);
        if let Some(question) = at.and_then(|at| questions.get_mut(*at)) {
            add_option(question, &row)?;
        }
    }
    Ok(questions)
}

/// A programme as the office's list shows it.
#[derive(Clone, Debug)]
pub(super) struct ProgrammeLine {
    pub(super) id: String,
    pub(super) title: Names,
    pub(super) questions: u64,
    pub(super) has_test: bool,
}

pub(super) async fn programmes(connection: &mut Connection) -> Result<Vec<ProgrammeLine>, Error> {
    let rows = connection.all(PROGRAMMES, bind![]).await?;
    let line = |row: &Row| {
        Ok(ProgrammeLine {
            id: row.text("id")?,
            title: row.names("title")?,
            questions: row.count("questions")?,
            has_test: row.count("test")? > 0,
        })
    };
    Ok(rows
        .iter()
        .map(line)
        .collect::<Result<_, DatabaseError>>()?)
}

pub(super) async fn programme(connection: &mut Connection, id: &str) -> Result<Names, Error> {
    let row = connection.first(PROGRAMME, bind![id]).await?;
    Ok(row.ok_or(Error::NotFound)?.names("title")?)
}

/// A module: id, key, title, whether it is still taught.
pub(super) struct Module {
    pub(super) id: String,
    pub(super) key: String,
    pub(super) title: Names,
    pub(super) retired: bool,
}

pub(super) async fn modules(
    connection: &mut Connection,
    programme_id: &str,
) -> Result<Vec<Module>, Error> {
    let rows = connection.all(MODULES, bind![programme_id]).await?;
    let module = |row: &Row| {
        Ok(Module {
            id: row.text("id")?,
            key: row.text("key")?,
            title: row.names("title")?,
            retired: row.flag("retired")?,
        })
    };
    Ok(rows
        .iter()
        .map(module)
        .collect::<Result<_, DatabaseError>>()?)
}

pub(super) async fn programme_of(
    connection: &mut Connection,
    module_id: &str,
) -> Result<String, Error> {
    let row = connection.first(MODULE_OF, bind![module_id]).await?;
    Ok(row.ok_or(Error::NotFound)?.text("programme_id")?)
}

pub(super) async fn test(
    connection: &mut Connection,
    programme_id: &str,
) -> Result<Option<Test>, Error> {
    let Some(row) = connection.first(TEST, bind![programme_id]).await? else {
        return Ok(None);
    };
    Ok(Some(Test {
        version: row.count("version")?,
        questions: row.count("questions")?,
        minutes: row.count("minutes")?,
        pass_percent: row.count("pass_percent")?,
        tries: row.count("tries")?,
    }))
}

/// The next version of a test; none when somebody was faster.
pub(super) async fn set_test(
    tx: &mut Transaction,
    acting: &Acting,
    programme_id: &str,
    (seen, test, reason): (u64, &Test, &str),
) -> Result<Option<u64>, Error> {
    let rows = if seen == 0 {
        tx.execute(FIRST_TEST, bind![programme_id]).await?
    } else {
        tx.execute(NEXT_TEST, bind![programme_id, int(seen)?])
            .await?
    };
    if rows == 0 {
        return Ok(None);
    }
    let version = seen.saturating_add(1);
    let values = bind![
        programme_id,
        int(version)?,
        int(test.questions)?,
        int(test.minutes)?,
        int(test.pass_percent)?,
        int(test.tries)?,
        reason,
        acting.person(),
        acting.actor().office(),
        acting.now()
    ];
    tx.execute(ADD_TEST, values).await?;
    Ok(Some(version))
}

/// Questions that may be drawn: id, module, newest version.
pub(super) async fn drawable(
    connection: &mut Connection,
    programme_id: &str,
) -> Result<Vec<(String, String, u64)>, Error> {
    let rows = connection.all(DRAWABLE, bind![programme_id]).await?;
    let one = |row: &Row| {
        Ok((
            row.text("id")?,
            row.text("module_id")?,
            row.count("version")?,
        ))
    };
    Ok(rows.iter().map(one).collect::<Result<_, DatabaseError>>()?)
}

/// A question of a module by its key: id and version.
pub(super) async fn by_key(
    connection: &mut Connection,
    module_id: &str,
    key: &str,
) -> Result<Option<(String, u64)>, Error> {
    let Some(row) = connection.first(BY_KEY, bind![module_id, key]).await? else {
        return Ok(None);
    };
    Ok(Some((row.text("id")?, row.count("version")?)))
}

/// Takes the next version of a question; false when somebody was faster. `seen` is 0 for a new one.
pub(super) async fn step(
    tx: &mut Transaction,
    id: &str,
    seen: u64,
    new: &NewQuestion,
) -> Result<bool, Error> {
    let rows = if seen == 0 {
        tx.execute(ADD, bind![id, &new.module_id, &new.key]).await?
    } else {
        tx.execute(NEXT, bind![id, int(seen)?]).await?
    };
    Ok(rows == 1)
}

pub(super) async fn add_version(
    tx: &mut Transaction,
    acting: &Acting,
    (id, version, reason): (&str, u64, &str),
    new: &NewQuestion,
) -> Result<(), Error> {
    let given = Answer::Figures(new.given.clone()).to_string();
    let values = bind![
        id,
        int(version)?,
        new.kind.as_str(),
        &new.text.kk,
        &new.text.ru,
        &new.text.en,
        &new.why.kk,
        &new.why.ru,
        &new.why.en,
        &new.article,
        new.answer.to_string(),
        &new.pack,
        given,
        new.retired,
        reason,
        acting.person(),
        acting.actor().office(),
        acting.now()
    ];
    tx.execute(ADD_VERSION, values).await?;
    for (side, options) in [("option", &new.options), ("partner", &new.partners)] {
        for (place, option) in (0_i64..).zip(options) {
            let words = &option.text;
            let values = bind![
                id,
                int(version)?,
                side,
                place,
                &option.key,
                &words.kk,
                &words.ru,
                &words.en
            ];
            tx.execute(ADD_OPTION, values).await?;
        }
    }
    Ok(())
}
