//! The SQL of who passed.

use super::int;
use crate::platform::database::{Connection, DatabaseError, Transaction};
use crate::platform::{Acting, Error};
use crate::{bind, statements};

/// Somebody ($person) was taught at a session ($session) and is still invited to it.
macro_rules! was_there {
    ($session:literal, $person:literal) => {
        concat!(
            "exists (select 1 from training_taught h join training_trainee i on i.session_id = h.session_id and i.person_id = h.person_id
                and i.state = 'invited' where h.session_id = ",
            $session,
            " and h.person_id = ",
            $person,
            ")"
        )
    };
}

/// Whoever was taught all of the programme in this election, in this session and those before it; what was retired needs nobody.
/// A further condition on the person follows.
macro_rules! taught_all {
    () => {
        "insert into training_passed (person_id, programme_id, election_id, session_id, level, passed_at)
        select distinct t.person_id, s.programme_id, s.election_id, s.id, s.level, cast($2 as bigint)
        from training_taught t join training_session s on s.id = t.session_id
            join training_mark m on m.session_id = t.session_id and m.person_id = t.person_id and m.accepted
            join training_trainee i on i.session_id = t.session_id and i.person_id = t.person_id and i.state = 'invited'
        where t.session_id = $1 and not exists (select 1 from training_module q
            join training_module_version v on v.module_id = q.id and v.version = q.version
            where q.programme_id = s.programme_id and not v.retired and not exists (select 1 from training_taught y
                join training_session z on z.id = y.session_id
                where y.person_id = t.person_id and y.module_id = q.id and z.election_id = s.election_id))"
    };
}

statements! {
    ELECTION = "select election_id from training_session where id = $1";
    ADD_ALL = concat!(taught_all!(), " on conflict (person_id, programme_id, election_id, session_id) do nothing");
    ADD_ONE = concat!(taught_all!(), " and t.person_id = $3 on conflict (person_id, programme_id, election_id, session_id)
            do update set passed_at = excluded.passed_at, ended_at = null, ended_reason = '' where training_passed.ended_at is not null");
    // Nobody passes by a session that was not held, or at which they were not taught.
    ADD = concat!("insert into training_passed (person_id, programme_id, election_id, session_id, level, passed_at)
        select cast($2 as text), s.programme_id, s.election_id, s.id, s.level, cast($3 as bigint)
        from training_session s where s.id = $1 and s.state = 'held' and ", was_there!("s.id", "$2"), "
        on conflict (person_id, programme_id, election_id, session_id)
            do update set passed_at = excluded.passed_at, ended_at = null, ended_reason = '' where training_passed.ended_at is not null");
    MAY_PASS = concat!("select s.id from training_session s
        where s.id = $1 and s.state = 'held' and s.programme_id = $3 and s.election_id = $4 and ", was_there!("s.id", "$2"));
    END = "update training_passed set ended_at = $3, ended_reason = $4 where session_id = $1 and person_id = $2 and ended_at is null";
    // Passes of a person that a correction ($3) of a session takes away: the one after it, and those by being there for which
    // something was taught only in it.
    RESTING = "select p.session_id from training_passed p
            join training_session s on s.id = $1 and s.programme_id = p.programme_id and s.election_id = p.election_id
        where p.person_id = $2 and p.ended_at is null and (p.session_id = s.id or (
            not exists (select 1 from training_attempt a where a.person_id = p.person_id and a.session_id = p.session_id
                and a.kind = 'after' and a.passed)
            and exists (select 1 from training_taught_before b join training_module q on q.id = b.module_id
                join training_module_version v on v.module_id = q.id and v.version = q.version
                where b.session_id = s.id and b.person_id = p.person_id and b.ended = $3 and not v.retired
                    and not exists (select 1 from training_taught y join training_session z on z.id = y.session_id
                        where y.person_id = b.person_id and y.module_id = b.module_id and z.election_id = p.election_id))))
        order by p.session_id";
}

pub(in crate::training) async fn election_of(
    tx: &mut Transaction,
    session_id: &str,
) -> Result<String, Error> {
    let row = tx.first(ELECTION, bind![session_id]).await?;
    Ok(row.ok_or(Error::NotFound)?.text("election_id")?)
}

pub(in crate::training) async fn add_all(
    tx: &mut Transaction,
    acting: &Acting,
    session_id: &str,
) -> Result<u64, Error> {
    Ok(tx.execute(ADD_ALL, bind![session_id, acting.now()]).await?)
}

/// As [`add_all`] for one person; what had ended holds again.
pub(in crate::training) async fn add_one(
    tx: &mut Transaction,
    acting: &Acting,
    (person_id, session_id): (&str, &str),
) -> Result<bool, Error> {
    let values = bind![session_id, acting.now(), person_id];
    Ok(tx.execute(ADD_ONE, values).await? > 0)
}

pub(in crate::training) async fn add(
    tx: &mut Transaction,
    acting: &Acting,
    person_id: &str,
    session_id: &str,
) -> Result<bool, Error> {
    let values = bind![session_id, person_id, acting.now()];
    Ok(tx.execute(ADD, values).await? == 1)
}

/// Whether a session was held, teaches this programme for this election, and this person was there.
pub(in crate::training) async fn may_pass(
    connection: &mut Connection,
    (person_id, session_id): (&str, &str),
    (programme_id, election_id): (&str, &str),
) -> Result<bool, Error> {
    let values = bind![session_id, person_id, programme_id, election_id];
    Ok(connection.first(MAY_PASS, values).await?.is_some())
}

pub(in crate::training) async fn end(
    tx: &mut Transaction,
    acting: &Acting,
    (person_id, session_id): (&str, &str),
    reason: &str,
) -> Result<bool, Error> {
    let values = bind![session_id, person_id, acting.now(), reason];
    Ok(tx.execute(END, values).await? > 0)
}

/// Sessions after which a person counts as passed, and does no longer once this version of a session says that they were
/// not there.
pub(in crate::training) async fn resting(
    connection: &mut Connection,
    (session_id, version): (&str, u64),
    person_id: &str,
) -> Result<Vec<String>, Error> {
    let values = bind![session_id, person_id, int(version)?];
    let rows = connection.all(RESTING, values).await?;
    let sessions = rows.iter().map(|row| row.text("session_id"));
    Ok(sessions.collect::<Result<_, DatabaseError>>()?)
}
