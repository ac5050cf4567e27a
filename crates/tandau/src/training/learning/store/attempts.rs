//! The SQL of tests that people take.

use super::int;
use crate::platform::database::{Connection, DatabaseError, Row, Transaction, Value};
use crate::platform::{Acting, Error, Names};
use crate::training::learning::model::{Attempt, Place, Purpose};
use crate::{bind, statements};
use jiff::Timestamp;

statements! {
    // Sessions that somebody is invited to, those replaced meanwhile no longer, with the test of their programme.
    SESSIONS = "select s.id, s.programme_id, s.election_id, s.level, s.state, s.starts_at, s.ends_at,
            v.title_kk, v.title_ru, v.title_en, z.zone, x.taught
        from (select session_id, max(taught) as taught from (
                select session_id, cast(0 as bigint) as taught from training_trainee where person_id = $1 and state = 'invited'
                union all select g.session_id, cast(1 as bigint) from training_taught g join training_trainee i on i.session_id = g.session_id
                    and i.person_id = g.person_id and i.state = 'invited' where g.person_id = $1) y group by session_id) x
            join training_session s on s.id = x.session_id join area z on z.id = s.area_id
            join training_programme p on p.id = s.programme_id
            join training_programme_version v on v.programme_id = p.id and v.version = p.version
            join training_test t on t.programme_id = p.id
        where s.state <> 'cancelled' order by s.starts_at desc, s.id limit 100";
    SESSION = "select s.id, s.programme_id, s.election_id, s.level, s.state, s.starts_at, s.ends_at,
            v.title_kk, v.title_ru, v.title_en, z.zone,
            cast(case when exists (select 1 from training_taught t join training_trainee i on i.session_id = t.session_id
                    and i.person_id = t.person_id and i.state = 'invited' where t.session_id = s.id and t.person_id = $2) then 1
                when exists (select 1 from training_trainee e where e.session_id = s.id and e.person_id = $2 and e.state = 'invited') then 0
                else -1 end as bigint) as taught
        from training_session s join area z on z.id = s.area_id join training_programme p on p.id = s.programme_id
            join training_programme_version v on v.programme_id = p.id and v.version = p.version
        where s.id = $1";
    OF_PERSON = "select id, person_id, programme_id, election_id, session_id, kind, number, pass_percent, seed, asked, started_at, ends_at,
            ended_at, correct, passed, retest_id, cast(case when exists (select 1 from training_certificate c
                join training_certificate_event e on e.certificate_id = c.id and e.sequence = c.version and e.kind = 'withdrawn'
                where c.attempt_id = training_attempt.id) then 1 else 0 end as bigint) as withdrawn
        from training_attempt where person_id = $1 order by started_at, id limit 500";
    OF_SESSION = "select id, person_id, programme_id, election_id, session_id, kind, number, pass_percent, seed, asked, started_at, ends_at,
            ended_at, correct, passed, retest_id, cast(case when exists (select 1 from training_certificate c
                join training_certificate_event e on e.certificate_id = c.id and e.sequence = c.version and e.kind = 'withdrawn'
                where c.attempt_id = training_attempt.id) then 1 else 0 end as bigint) as withdrawn
        from training_attempt where person_id = $1 and session_id = $2 and kind = $3 and retest_id = $4
        order by number";
    BY_ID = "select id, person_id, programme_id, election_id, session_id, kind, number, pass_percent, seed, asked, started_at, ends_at,
            ended_at, correct, passed, retest_id, cast(case when exists (select 1 from training_certificate c
                join training_certificate_event e on e.certificate_id = c.id and e.sequence = c.version and e.kind = 'withdrawn'
                where c.attempt_id = training_attempt.id) then 1 else 0 end as bigint) as withdrawn
        from training_attempt where id = $1";
    EXPIRED = "select id from training_attempt where ended_at is null and ends_at < $1 order by ends_at limit 500";
    ADD = "insert into training_attempt (id, person_id, programme_id, election_id, session_id, level, kind, number, test_version, pass_percent,
            seed, asked, started_at, ends_at, retest_id)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) on conflict do nothing";
    ADD_QUESTION = "insert into training_attempt_question (attempt_id, place, question_id, question_version) values ($1, $2, $3, $4)";
    PLACES = "select q.place, q.question_id, q.question_version, coalesce(a.sequence, 0) as answers, coalesce(a.answer, '') as answer,
            coalesce(a.correct, false) as correct
        from training_attempt_question q left join training_answer a on a.attempt_id = q.attempt_id and a.place = q.place
            and a.sequence = (select max(b.sequence) from training_answer b where b.attempt_id = q.attempt_id and b.place = q.place)
        where q.attempt_id = $1 order by q.place";
    PLACE = "select q.place, q.question_id, q.question_version, coalesce(a.sequence, 0) as answers, coalesce(a.answer, '') as answer,
            coalesce(a.correct, false) as correct
        from training_attempt_question q left join training_answer a on a.attempt_id = q.attempt_id and a.place = q.place
            and a.sequence = (select max(b.sequence) from training_answer b where b.attempt_id = q.attempt_id and b.place = q.place)
        where q.attempt_id = $1 and q.place = $2";
    // The attempt's row is touched, so that no answer comes while it is being ended.
    OPEN = "update training_attempt set asked = asked where id = $1 and ended_at is null";
    ADD_ANSWER = "insert into training_answer (attempt_id, place, sequence, answer, correct, answered_at) values ($1, $2, $3, $4, $5, $6)
        on conflict (attempt_id, place, sequence) do nothing";
    CORRECT = "select count(*) as n from training_answer a where a.attempt_id = $1 and a.correct
        and a.sequence = (select max(b.sequence) from training_answer b where b.attempt_id = a.attempt_id and b.place = a.place)";
    END = "update training_attempt set ended_at = $2, correct = $3, passed = $4 where id = $1 and ended_at is null";
    COUNT = "insert into training_question_count (election_id, programme_id, kind, question_id, question_version, level, asked, correct)
        select t.election_id, t.programme_id, t.kind, q.question_id, q.question_version, t.level, 1, case when a.correct then 1 else 0 end
        from training_attempt t join training_attempt_question q on q.attempt_id = t.id
            left join training_answer a on a.attempt_id = q.attempt_id and a.place = q.place
                and a.sequence = (select max(b.sequence) from training_answer b where b.attempt_id = q.attempt_id and b.place = q.place)
        where t.id = $1 and t.number = 1 order by q.question_id
        on conflict (election_id, programme_id, kind, question_id, question_version, level)
            do update set asked = training_question_count.asked + 1, correct = training_question_count.correct + excluded.correct";
    TAUGHT = "select distinct person_id from training_taught where session_id = $1 order by person_id";
    RETESTS = "select r.id, r.open_until, p.session_id from training_retest_person p join training_retest r on r.id = p.retest_id
        where p.person_id = $1 order by r.made_at desc limit 50";
    // Those that can be answered now: still invited to the session, not answered yet.
    OPEN_RETESTS = "select r.open_until, v.title_kk, v.title_ru, v.title_en from training_retest_person p
            join training_retest r on r.id = p.retest_id join training_programme m on m.id = r.programme_id
            join training_programme_version v on v.programme_id = m.id and v.version = m.version
        where p.person_id = $1 and r.open_until > $2
            and exists (select 1 from training_trainee i where i.session_id = p.session_id and i.person_id = p.person_id and i.state = 'invited')
            and not exists (select 1 from training_attempt a where a.person_id = p.person_id and a.session_id = p.session_id
                and a.kind = 'retest' and a.retest_id = r.id and a.ended_at is not null)
        order by r.open_until, r.id limit 20";
}

/// A session as somebody who is invited to it sees it.
#[derive(Clone, Debug)]
pub(in crate::training::learning) struct SessionFor {
    pub(in crate::training::learning) id: String,
    pub(in crate::training::learning) programme_id: String,
    pub(in crate::training::learning) election_id: String,
    pub(in crate::training::learning) level: u64,
    pub(in crate::training::learning) state: String,
    pub(in crate::training::learning) starts_at: Timestamp,
    pub(in crate::training::learning) ends_at: Timestamp,
    pub(in crate::training::learning) title: Names,
    /// IANA name of the zone of its place.
    pub(in crate::training::learning) zone: String,
    /// Was taught there, and is still invited.
    pub(in crate::training::learning) taught: bool,
    /// Is invited.
    pub(in crate::training::learning) belongs: bool,
}

fn session_of(row: &Row) -> Result<SessionFor, DatabaseError> {
    let taught = row.int("taught")?;
    Ok(SessionFor {
        id: row.text("id")?,
        programme_id: row.text("programme_id")?,
        election_id: row.text("election_id")?,
        level: row.count("level")?,
        state: row.text("state")?,
        starts_at: row.instant("starts_at")?,
        ends_at: row.instant("ends_at")?,
        title: row.names("title")?,
        zone: row.text("zone")?,
        taught: taught > 0,
        belongs: taught >= 0,
    })
}

/// Sessions of a person whose programme has a test, newest first.
pub(in crate::training::learning) async fn sessions(
    connection: &mut Connection,
    person_id: &str,
) -> Result<Vec<SessionFor>, Error> {
    let rows = connection.all(SESSIONS, bind![person_id]).await?;
    Ok(rows.iter().map(session_of).collect::<Result<_, _>>()?)
}

/// A session as a person sees it.
pub(in crate::training::learning) async fn session(
    connection: &mut Connection,
    session_id: &str,
    person_id: &str,
) -> Result<SessionFor, Error> {
    let row = connection
        .first(SESSION, bind![session_id, person_id])
        .await?;
    Ok(session_of(&row.ok_or(Error::NotFound)?)?)
}

/// A re-test that somebody was drawn for.
#[derive(Clone, Debug)]
pub(in crate::training::learning) struct RetestFor {
    pub(in crate::training::learning) id: String,
    pub(in crate::training::learning) session_id: String,
    pub(in crate::training::learning) open_until: Timestamp,
}

pub(in crate::training::learning) async fn retests(
    connection: &mut Connection,
    person_id: &str,
) -> Result<Vec<RetestFor>, Error> {
    let rows = connection.all(RETESTS, bind![person_id]).await?;
    let one = |row: &Row| {
        Ok(RetestFor {
            id: row.text("id")?,
            session_id: row.text("session_id")?,
            open_until: row.instant("open_until")?,
        })
    };
    Ok(rows.iter().map(one).collect::<Result<_, DatabaseError>>()?)
}

/// Re-tests that somebody was drawn for and can answer now: the programme, until when.
pub(in crate::training::learning) async fn open_retests(
    connection: &mut Connection,
    person_id: &str,
    now: Timestamp,
) -> Result<Vec<(Names, Timestamp)>, Error> {
    let rows = connection.all(OPEN_RETESTS, bind![person_id, now]).await?;
    let one = |row: &Row| Ok((row.names("title")?, row.instant("open_until")?));
    Ok(rows.iter().map(one).collect::<Result<_, DatabaseError>>()?)
}

fn attempt_of(row: &Row) -> Result<(Attempt, String), DatabaseError> {
    let kind = row.text("kind")?;
    let attempt = Attempt {
        id: row.text("id")?,
        person_id: row.text("person_id")?,
        programme_id: row.text("programme_id")?,
        election_id: row.text("election_id")?,
        session_id: row.text("session_id")?,
        purpose: Purpose::parse(&kind).ok_or_else(|| DatabaseError::unknown("kind", &kind))?,
        number: row.count("number")?,
        pass_percent: row.count("pass_percent")?,
        seed: row.count("seed")?,
        asked: row.count("asked")?,
        started_at: row.instant("started_at")?,
        ends_at: row.instant("ends_at")?,
        ended_at: row.opt_instant("ended_at")?,
        correct: row.opt_count("correct")?,
        passed: row.opt_flag("passed")?,
        withdrawn: row.int("withdrawn")? > 0,
    };
    Ok((attempt, row.text("retest_id")?))
}

/// An attempt by its id.
pub(in crate::training::learning) async fn by_id(
    connection: &mut Connection,
    id: &str,
) -> Result<Attempt, Error> {
    let row = connection.first(BY_ID, bind![id]).await?;
    Ok(attempt_of(&row.ok_or(Error::NotFound)?)?.0)
}

/// All attempts of a person with the re-test each belongs to, oldest first.
pub(in crate::training::learning) async fn of_person(
    connection: &mut Connection,
    person_id: &str,
) -> Result<Vec<(Attempt, String)>, Error> {
    let rows = connection.all(OF_PERSON, bind![person_id]).await?;
    Ok(rows.iter().map(attempt_of).collect::<Result<_, _>>()?)
}

/// Attempts of a person for one purpose at a session, in the order of tries.
pub(in crate::training::learning) async fn tries(
    connection: &mut Connection,
    person_id: &str,
    session_id: &str,
    (purpose, retest_id): (Purpose, &str),
) -> Result<Vec<Attempt>, Error> {
    let values = bind![person_id, session_id, purpose.as_str(), retest_id];
    let rows = connection.all(OF_SESSION, values).await?;
    let all: Vec<(Attempt, String)> = rows.iter().map(attempt_of).collect::<Result<_, _>>()?;
    Ok(all.into_iter().map(|(attempt, _)| attempt).collect())
}

/// Attempts whose time was over before a moment and that nobody has ended.
pub(in crate::training::learning) async fn expired(
    connection: &mut Connection,
    before: Timestamp,
) -> Result<Vec<String>, Error> {
    let rows = connection.all(EXPIRED, bind![before]).await?;
    let ids = rows.iter().map(|row| row.text("id"));
    Ok(ids.collect::<Result<_, DatabaseError>>()?)
}

/// What is drawn for an attempt: questions with their versions in the order of places.
pub(in crate::training::learning) struct Drawn<'a> {
    pub(in crate::training::learning) level: u64,
    pub(in crate::training::learning) test_version: u64,
    pub(in crate::training::learning) retest_id: &'a str,
    pub(in crate::training::learning) questions: &'a [(String, u64)],
}

/// False when there is such a try already.
pub(in crate::training::learning) async fn add(
    tx: &mut Transaction,
    attempt: &Attempt,
    drawn: &Drawn<'_>,
) -> Result<bool, Error> {
    let values = bind![
        &attempt.id,
        &attempt.person_id,
        &attempt.programme_id,
        &attempt.election_id,
        &attempt.session_id,
        int(drawn.level)?,
        attempt.purpose.as_str(),
        int(attempt.number)?,
        int(drawn.test_version)?,
        int(attempt.pass_percent)?,
        int(attempt.seed)?,
        int(attempt.asked)?,
        attempt.started_at,
        attempt.ends_at,
        drawn.retest_id
    ];
    if tx.execute(ADD, values).await? == 0 {
        return Ok(false);
    }
    for (place, (question, version)) in (1_i64..).zip(drawn.questions) {
        let values = bind![&attempt.id, place, question, int(*version)?];
        tx.later(ADD_QUESTION, values);
    }
    Ok(true)
}

fn place_of(row: &Row) -> Result<Place, DatabaseError> {
    Ok(Place {
        place: row.count("place")?,
        question_id: row.text("question_id")?,
        version: row.count("question_version")?,
        answers: row.count("answers")?,
        answer: row.text("answer")?,
        correct: row.flag("correct")?,
    })
}

/// All places of an attempt.
pub(in crate::training::learning) async fn places(
    connection: &mut Connection,
    attempt_id: &str,
) -> Result<Vec<Place>, Error> {
    let rows = connection.all(PLACES, bind![attempt_id]).await?;
    Ok(rows.iter().map(place_of).collect::<Result<_, _>>()?)
}

/// One place of an attempt.
pub(in crate::training::learning) async fn place(
    connection: &mut Connection,
    attempt_id: &str,
    place: u64,
) -> Result<Place, Error> {
    let row = connection
        .first(PLACE, bind![attempt_id, int(place)?])
        .await?;
    Ok(place_of(&row.ok_or(Error::NotFound)?)?)
}

/// Holds an attempt that runs, to the end of the transaction; false when it has ended.
pub(in crate::training::learning) async fn hold(
    tx: &mut Transaction,
    attempt_id: &str,
) -> Result<bool, Error> {
    Ok(tx.execute(OPEN, bind![attempt_id]).await? == 1)
}

fn answer_values(
    acting: &Acting,
    attempt_id: &str,
    (place, sequence): (u64, u64),
    (answer, correct): (&str, bool),
) -> Result<Vec<Value>, Error> {
    Ok(bind![
        attempt_id,
        int(place)?,
        int(sequence)?,
        answer,
        correct,
        acting.now()
    ])
}

/// False when another answer has this number.
pub(in crate::training::learning) async fn add_answer(
    tx: &mut Transaction,
    acting: &Acting,
    attempt_id: &str,
    at: (u64, u64),
    kept: (&str, bool),
) -> Result<bool, Error> {
    let values = answer_values(acting, attempt_id, at, kept)?;
    Ok(tx.execute(ADD_ANSWER, values).await? == 1)
}

/// The first answer to a place that was seen open while the attempt was held.
pub(in crate::training::learning) fn add_first_answer(
    tx: &mut Transaction,
    acting: &Acting,
    attempt_id: &str,
    place: u64,
    kept: (&str, bool),
) -> Result<(), Error> {
    let values = answer_values(acting, attempt_id, (place, 1), kept)?;
    tx.later(ADD_ANSWER, values);
    Ok(())
}

/// Right answers, the newest of each place.
pub(in crate::training::learning) async fn correct(
    connection: &mut Connection,
    attempt_id: &str,
) -> Result<u64, Error> {
    let row = connection.one(CORRECT, bind![attempt_id]).await?;
    Ok(row.count("n")?)
}

/// Ends an attempt and counts its questions; false when it has ended already. `passed` is none for what decides nothing.
pub(in crate::training::learning) async fn end(
    tx: &mut Transaction,
    attempt_id: &str,
    at: Timestamp,
    (correct, passed): (u64, bool),
) -> Result<bool, Error> {
    let values = bind![attempt_id, at, int(correct)?, passed];
    if tx.execute(END, values).await? == 0 {
        return Ok(false);
    }
    tx.later(COUNT, bind![attempt_id]);
    Ok(true)
}

/// Who was taught at a session.
pub(in crate::training::learning) async fn taught_at(
    connection: &mut Connection,
    session_id: &str,
) -> Result<Vec<String>, Error> {
    let rows = connection.all(TAUGHT, bind![session_id]).await?;
    let ids = rows.iter().map(|row| row.text("person_id"));
    Ok(ids.collect::<Result<_, DatabaseError>>()?)
}
