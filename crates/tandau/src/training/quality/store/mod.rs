//! The SQL of quality.

use super::model::{ASKED, Acted, Draw, Inspection, ItemLine, Seen, TrainerLine};
use crate::platform::audit::Audited;
use crate::platform::database::{Connection, DatabaseError, Row, Transaction};
use crate::platform::{Acting, Error};
use crate::{bind, statements};
use electoral::training::analysis::Right;
use jiff::Timestamp;

statements! {
    // Answers to the text that holds now: what was corrected says nothing of those asked before.
    ITEMS = "select c.question_id, q.module_id, c.level, c.asked, c.correct, v.text_kk, v.text_ru, v.text_en
        from training_question_count c join training_question q on q.id = c.question_id
            join training_question_version v on v.question_id = q.id and v.version = q.version
        where c.election_id = $1 and c.programme_id = $2 and c.kind = 'after' and c.question_version = q.version order by q.key, c.question_id, c.level";
    LEVELS = "select level, kind, cast(sum(asked) as bigint) as asked, cast(sum(correct) as bigint) as correct,
            count(distinct person_id) as people
        from training_attempt where election_id = $1 and programme_id = $2 and kind in ('before', 'after') and number = 1
            and ended_at is not null group by level, kind order by level";
    TRAINERS = "select t.person_id, s.level, cast(sum(a.asked) as bigint) as asked, cast(sum(a.correct) as bigint) as correct,
            count(distinct a.person_id) as people, n.name_kk, n.name_ru, n.name_en, max(s.area_id) as area_id
        from training_attempt a join training_session s on s.id = a.session_id
            join training_session_trainer t on t.session_id = s.id and t.version = s.plan
            join person n on n.id = t.person_id
        where a.election_id = $1 and a.programme_id = $2 and a.kind = 'after' and a.number = 1 and a.ended_at is not null
        group by t.person_id, s.level, n.name_kk, n.name_ru, n.name_en order by s.level, t.person_id";
    PAIRS = "select a.ended_at, a.asked, a.correct, r.ended_at as now_at, r.asked as now_asked, r.correct as now_correct
        from training_attempt r join training_retest_person p on p.retest_id = r.retest_id and p.person_id = r.person_id
            join training_attempt a on a.id = p.attempt_id
        where r.election_id = $1 and r.programme_id = $2 and r.kind = 'retest' and r.ended_at is not null order by r.id";
    // Whoever passed in a time and was not drawn yet, each with one test that they passed.
    PASSED = "select a.person_id, a.id as attempt_id, a.session_id from training_attempt a
        where a.election_id = $1 and a.programme_id = $2 and a.id = (select max(b.id) from training_attempt b where b.person_id = a.person_id
                and b.election_id = $1 and b.programme_id = $2 and b.kind = 'after' and b.passed and b.ended_at >= $3 and b.ended_at < $4)
            and not exists (select 1 from training_retest_person p join training_retest r on r.id = p.retest_id
                where p.person_id = a.person_id and r.election_id = $1 and r.programme_id = $2)
        order by a.person_id";
    ADD_RETEST = "insert into training_retest (id, election_id, programme_id, passed_from, passed_until, of_people, seed, percent, least,
            open_until, made_by, office, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (id) do nothing";
    ADD_DRAWN = "insert into training_retest_person (retest_id, person_id, attempt_id, session_id) values ($1, $2, $3, $4)";
    DRAWS = "select r.made_at, r.of_people, r.seed, r.percent, r.least, r.open_until,
            (select count(*) from training_retest_person p where p.retest_id = r.id) as drawn,
            (select count(*) from training_retest_person p join training_attempt a on a.person_id = p.person_id and a.session_id = p.session_id
                and a.kind = 'retest' and a.retest_id = p.retest_id where p.retest_id = r.id and a.ended_at is not null) as answered
        from training_retest r where r.election_id = $1 and r.programme_id = $2 order by r.made_at desc, r.id limit 50";
    DRAWN = "select person_id, session_id from training_retest_person where retest_id = $1 order by person_id";
    INSPECTIONS = "select sequence, seen_at, present, began_in_time, current_text, practised, questions_answered, reachable, note
        from training_inspection where session_id = $1 order by sequence";
    ADD_INSPECTION = "insert into training_inspection (session_id, sequence, seen_at, present, began_in_time, current_text, practised,
            questions_answered, reachable, note, made_by, office, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (session_id, sequence) do nothing";
    FEEDBACK = "select survey_id from training_feedback where session_id = $1";
    ADD_FEEDBACK = "insert into training_feedback (session_id, survey_id, made_by, office, made_at) values ($1, $2, $3, $4, $5)
        on conflict (session_id) do nothing";
    ADD_FINDING = "insert into training_finding (id, election_id, programme_id, kind, object, level, below_right, below_of, above_right,
            above_of, outcome, task_id, module_id, reason, made_by, office, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    ACTED = "select kind, object, level, outcome, task_id, made_at from training_finding
        where election_id = $1 and programme_id = $2 order by made_at desc, id limit 500";
    // Changes of a module's material that were asked for since its newest text.
    WANTED = "select reason, made_at from training_finding where module_id = $1 and outcome = 'material' and made_at > $2
        order by made_at desc, id limit 20";
    SESSION = "select s.area_id, s.election_id, s.programme_id, s.level, s.starts_at, s.state, z.zone, v.title_kk, v.title_ru, v.title_en
        from training_session s join area z on z.id = s.area_id join training_programme p on p.id = s.programme_id
            join training_programme_version v on v.programme_id = p.id and v.version = p.version where s.id = $1";
}

/// What the log of acts vouches for.
pub(crate) const AUDITED: &[Audited] = &[
    Audited {
        kind: "training_retest",
        rows: &[
            "select id, election_id, programme_id, passed_from, passed_until, of_people, seed, percent, least, open_until, made_by, office, made_at
                from training_retest where id = $1",
            "select retest_id, person_id, attempt_id, session_id from training_retest_person where retest_id = $1 order by person_id",
        ],
        ids: "select id as object from training_retest",
    },
    Audited {
        kind: "training_inspection",
        rows: &[
            "select session_id, sequence, seen_at, present, began_in_time, current_text, practised, questions_answered, reachable, note, made_by,
                office, made_at from training_inspection where session_id = $1 and sequence = $2",
        ],
        ids: "select session_id || '/' || cast(sequence as text) as object from training_inspection",
    },
    Audited {
        kind: "training_feedback",
        rows: &["select session_id, survey_id, made_by, office, made_at from training_feedback where session_id = $1"],
        ids: "select session_id as object from training_feedback",
    },
    Audited {
        kind: "training_finding",
        rows: &[
            "select id, election_id, programme_id, kind, object, level, below_right, below_of, above_right, above_of, outcome, task_id, module_id,
                reason, made_by, office, made_at from training_finding where id = $1",
        ],
        ids: "select id as object from training_finding",
    },
];

fn int(n: u64) -> Result<i64, Error> {
    i64::try_from(n).map_err(Error::internal)
}

fn right(row: &Row) -> Result<Right, DatabaseError> {
    Ok(Right {
        right: row.count("correct")?,
        of: row.count("asked")?,
    })
}

/// Questions by depth, as counted.
pub(super) async fn items(
    connection: &mut Connection,
    (election_id, programme_id): (&str, &str),
) -> Result<Vec<ItemLine>, Error> {
    let rows = connection
        .all(ITEMS, bind![election_id, programme_id])
        .await?;
    let one = |row: &Row| {
        Ok(ItemLine {
            question_id: row.text("question_id")?,
            module_id: row.text("module_id")?,
            text: row.names("text")?,
            level: row.count("level")?,
            here: right(row)?,
            above: Right::default(),
            here_interval: None,
            small: false,
            worse: false,
        })
    };
    Ok(rows.iter().map(one).collect::<Result<_, DatabaseError>>()?)
}

/// Knowledge by depth and kind of test: depth, kind, right answers, of how many people.
pub(super) async fn levels(
    connection: &mut Connection,
    (election_id, programme_id): (&str, &str),
) -> Result<Vec<(u64, String, Right, u64)>, Error> {
    let rows = connection
        .all(LEVELS, bind![election_id, programme_id])
        .await?;
    let one = |row: &Row| {
        let people = row.count("people")?;
        Ok((row.count("level")?, row.text("kind")?, right(row)?, people))
    };
    Ok(rows.iter().map(one).collect::<Result<_, DatabaseError>>()?)
}

/// Trainers with what their groups answered.
pub(super) async fn trainers(
    connection: &mut Connection,
    (election_id, programme_id): (&str, &str),
) -> Result<Vec<(TrainerLine, Right)>, Error> {
    let rows = connection
        .all(TRAINERS, bind![election_id, programme_id])
        .await?;
    let one = |row: &Row| {
        let line = TrainerLine {
            person_id: row.text("person_id")?,
            name: row.names("name")?,
            area_id: row.text("area_id")?,
            level: row.count("level")?,
            people: row.count("people")?,
            estimate: None,
        };
        Ok((line, right(row)?))
    };
    Ok(rows.iter().map(one).collect::<Result<_, DatabaseError>>()?)
}

/// Re-tests: days between, what was known, what is known.
pub(super) async fn pairs(
    connection: &mut Connection,
    (election_id, programme_id): (&str, &str),
) -> Result<Vec<(u64, Right, Right)>, Error> {
    let mut pairs = Vec::new();
    for row in connection
        .all(PAIRS, bind![election_id, programme_id])
        .await?
    {
        let between = row
            .instant("now_at")?
            .duration_since(row.instant("ended_at")?);
        let now = Right {
            right: row.count("now_correct")?,
            of: row.count("now_asked")?,
        };
        let days = u64::try_from(between.as_hours() / 24).unwrap_or(0);
        pairs.push((days, right(&row)?, now));
    }
    Ok(pairs)
}

/// Who may be drawn: person, test, session.
pub(super) async fn passed(
    connection: &mut Connection,
    (election_id, programme_id): (&str, &str),
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<(String, String, String)>, Error> {
    let values = bind![election_id, programme_id, from, until];
    let rows = connection.all(PASSED, values).await?;
    let one = |row: &Row| {
        Ok((
            row.text("person_id")?,
            row.text("attempt_id")?,
            row.text("session_id")?,
        ))
    };
    Ok(rows.iter().map(one).collect::<Result<_, DatabaseError>>()?)
}

/// A re-test as it was drawn.
pub(super) struct Drawn<'a> {
    pub(super) id: &'a str,
    pub(super) passed: (Timestamp, Timestamp),
    pub(super) of_people: u64,
    pub(super) seed: u64,
    pub(super) percent: u64,
    pub(super) least: u64,
    pub(super) open_until: Timestamp,
    pub(super) people: &'a [(String, String, String)],
}

/// False when there is such a one.
pub(super) async fn add_retest(
    tx: &mut Transaction,
    acting: &Acting,
    (election_id, programme_id): (&str, &str),
    drawn: &Drawn<'_>,
) -> Result<bool, Error> {
    let values = bind![
        drawn.id,
        election_id,
        programme_id,
        drawn.passed.0,
        drawn.passed.1,
        int(drawn.of_people)?,
        int(drawn.seed)?,
        int(drawn.percent)?,
        int(drawn.least)?,
        drawn.open_until,
        acting.person(),
        acting.actor().office(),
        acting.now()
    ];
    if tx.execute(ADD_RETEST, values).await? == 0 {
        return Ok(false);
    }
    for (person, attempt, session) in drawn.people {
        tx.execute(ADD_DRAWN, bind![drawn.id, person, attempt, session])
            .await?;
    }
    Ok(true)
}

/// Samples drawn for re-tests, newest first.
pub(super) async fn draws(
    connection: &mut Connection,
    (election_id, programme_id): (&str, &str),
) -> Result<Vec<Draw>, Error> {
    let rows = connection
        .all(DRAWS, bind![election_id, programme_id])
        .await?;
    let one = |row: &Row| {
        Ok(Draw {
            made_at: row.instant("made_at")?,
            of_people: row.count("of_people")?,
            drawn: row.count("drawn")?,
            answered: row.count("answered")?,
            seed: row.count("seed")?,
            percent: row.count("percent")?,
            least: row.count("least")?,
            open_until: row.instant("open_until")?,
        })
    };
    Ok(rows.iter().map(one).collect::<Result<_, DatabaseError>>()?)
}

/// Who was drawn: the person, the session after which they had passed.
pub(super) async fn drawn(
    connection: &mut Connection,
    retest_id: &str,
) -> Result<Vec<(String, String)>, Error> {
    let rows = connection.all(DRAWN, bind![retest_id]).await?;
    let one = |row: &Row| Ok((row.text("person_id")?, row.text("session_id")?));
    Ok(rows.iter().map(one).collect::<Result<_, DatabaseError>>()?)
}

/// What inspectors saw at a session.
pub(super) async fn inspections(
    connection: &mut Connection,
    session_id: &str,
) -> Result<Vec<Inspection>, Error> {
    let mut all = Vec::new();
    for row in connection.all(INSPECTIONS, bind![session_id]).await? {
        let mut answers = [Seen::Unseen; 5];
        for (answer, name) in answers.iter_mut().zip(ASKED) {
            let text = row.text(name)?;
            *answer = Seen::parse(&text).ok_or_else(|| DatabaseError::unknown(name, &text))?;
        }
        all.push(Inspection {
            seen_at: row.instant("seen_at")?,
            present: row.count("present")?,
            answers,
            note: row.text("note")?,
        });
    }
    Ok(all)
}

/// False when somebody else was faster.
pub(super) async fn add_inspection(
    tx: &mut Transaction,
    acting: &Acting,
    (session_id, sequence): (&str, u64),
    new: &Inspection,
) -> Result<bool, Error> {
    let [a, b, c, d, e] = new.answers.map(Seen::as_str);
    let values = bind![
        session_id,
        int(sequence)?,
        new.seen_at,
        int(new.present)?,
        a,
        b,
        c,
        d,
        e,
        &new.note,
        acting.person(),
        acting.actor().office(),
        acting.now()
    ];
    Ok(tx.execute(ADD_INSPECTION, values).await? == 1)
}

/// The survey of a session.
pub(in crate::training) async fn feedback(
    connection: &mut Connection,
    session_id: &str,
) -> Result<Option<String>, Error> {
    let row = connection.first(FEEDBACK, bind![session_id]).await?;
    Ok(row.map(|row| row.text("survey_id")).transpose()?)
}

/// False when the session has one.
pub(super) async fn add_feedback(
    tx: &mut Transaction,
    acting: &Acting,
    session_id: &str,
    survey_id: &str,
) -> Result<bool, Error> {
    let values = bind![
        session_id,
        survey_id,
        acting.person(),
        acting.actor().office(),
        acting.now()
    ];
    Ok(tx.execute(ADD_FEEDBACK, values).await? == 1)
}

/// A finding with what is done about it.
pub(super) struct NewFinding<'a> {
    pub(super) id: &'a str,
    pub(super) of: (&'a str, &'a str),
    pub(super) subject: &'static str,
    pub(super) object: &'a str,
    pub(super) level: u64,
    pub(super) below: Right,
    pub(super) above: Right,
    pub(super) outcome: &'static str,
    pub(super) task_id: Option<&'a str>,
    pub(super) module_id: Option<&'a str>,
    pub(super) reason: &'a str,
}

pub(super) async fn add_finding(
    tx: &mut Transaction,
    acting: &Acting,
    new: &NewFinding<'_>,
) -> Result<(), Error> {
    let values = bind![
        new.id,
        new.of.0,
        new.of.1,
        new.subject,
        new.object,
        int(new.level)?,
        int(new.below.right)?,
        int(new.below.of)?,
        int(new.above.right)?,
        int(new.above.of)?,
        new.outcome,
        new.task_id,
        new.module_id,
        new.reason,
        acting.person(),
        acting.actor().office(),
        acting.now()
    ];
    tx.execute(ADD_FINDING, values).await?;
    Ok(())
}

/// What was done about findings, newest first.
pub(super) async fn acted(
    connection: &mut Connection,
    (election_id, programme_id): (&str, &str),
) -> Result<Vec<Acted>, Error> {
    let rows = connection
        .all(ACTED, bind![election_id, programme_id])
        .await?;
    let one = |row: &Row| {
        Ok(Acted {
            subject: row.text("kind")?,
            object: row.text("object")?,
            level: row.count("level")?,
            outcome: row.text("outcome")?,
            task_id: row.opt_text("task_id")?,
            made_at: row.instant("made_at")?,
        })
    };
    Ok(rows.iter().map(one).collect::<Result<_, DatabaseError>>()?)
}

/// Changes of a module's material that were asked for after its text was written: why, and when.
pub(in crate::training) async fn wanted(
    connection: &mut Connection,
    module_id: &str,
    written: Timestamp,
) -> Result<Vec<(String, Timestamp)>, Error> {
    let rows = connection.all(WANTED, bind![module_id, written]).await?;
    let one = |row: &Row| Ok((row.text("reason")?, row.instant("made_at")?));
    Ok(rows.iter().map(one).collect::<Result<_, DatabaseError>>()?)
}

/// What quality needs of a session.
#[derive(Clone, Debug)]
pub(super) struct SessionOf {
    pub(super) area_id: String,
    pub(super) election_id: String,
    pub(super) programme_id: String,
    pub(super) level: u64,
    pub(super) starts_at: Timestamp,
    pub(super) state: String,
    /// IANA name of the zone of its place.
    pub(super) zone: String,
    pub(super) title: crate::platform::Names,
}

pub(super) async fn session(connection: &mut Connection, id: &str) -> Result<SessionOf, Error> {
    let row = connection
        .first(SESSION, bind![id])
        .await?
        .ok_or(Error::NotFound)?;
    Ok(SessionOf {
        area_id: row.text("area_id")?,
        election_id: row.text("election_id")?,
        programme_id: row.text("programme_id")?,
        level: row.count("level")?,
        starts_at: row.instant("starts_at")?,
        state: row.text("state")?,
        zone: row.text("zone")?,
        title: row.names("title")?,
    })
}
