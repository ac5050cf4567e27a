//! The SQL of who passed.

use crate::platform::database::Transaction;
use crate::platform::{Acting, Error};
use crate::{bind, statements};

statements! {
    ELECTION = "select election_id from training_session where id = $1";
    // Whoever was taught all of the programme in this election, in this session and those before it; what was retired needs nobody.
    ADD_ALL = "insert into training_passed (person_id, programme_id, election_id, session_id, level, passed_at)
        select distinct t.person_id, s.programme_id, s.election_id, s.id, s.level, cast($2 as bigint)
        from training_taught t join training_session s on s.id = t.session_id
            join training_mark m on m.session_id = t.session_id and m.person_id = t.person_id and m.accepted
            join training_trainee i on i.session_id = t.session_id and i.person_id = t.person_id and i.state = 'invited'
        where t.session_id = $1 and not exists (select 1 from training_module q
            join training_module_version v on v.module_id = q.id and v.version = q.version
            where q.programme_id = s.programme_id and not v.retired and not exists (select 1 from training_taught y
                join training_session z on z.id = y.session_id
                where y.person_id = t.person_id and y.module_id = q.id and z.election_id = s.election_id))
        on conflict (person_id, programme_id, election_id, session_id) do nothing";
    ADD = "insert into training_passed (person_id, programme_id, election_id, session_id, level, passed_at)
        select cast($2 as text), s.programme_id, s.election_id, s.id, s.level, cast($3 as bigint)
        from training_session s where s.id = $1
        on conflict (person_id, programme_id, election_id, session_id)
            do update set passed_at = excluded.passed_at, ended_at = null, ended_reason = '' where training_passed.ended_at is not null";
    END = "update training_passed set ended_at = $3, ended_reason = $4 where session_id = $1 and person_id = $2 and ended_at is null";
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

pub(in crate::training) async fn add(
    tx: &mut Transaction,
    acting: &Acting,
    person_id: &str,
    session_id: &str,
) -> Result<bool, Error> {
    let values = bind![session_id, person_id, acting.now()];
    Ok(tx.execute(ADD, values).await? == 1)
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
