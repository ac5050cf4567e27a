//! The SQL of who is invited, who was there, what they were taught.

use super::int;
use super::sessions::somebody;
use crate::platform::database::{Connection, DatabaseError, Row, Transaction};
use crate::platform::{Acting, Error};
use crate::training::model::{Session, Somebody, Trainee, TraineeState, Way};
use crate::{bind, statements};
use jiff::civil::Date;
use std::collections::BTreeSet;

statements! {
    // Everybody with a seat of these levels and offices at or under an area: whoever has two seats is invited once.
    INVITE_SEATS = "insert into training_trainee (session_id, person_id, added, state, commission_id, station_id, seat_office)
        select cast($1 as text), m.person_id, cast($2 as bigint), 'invited', c.id, st.id, m.office
        from area_path p join commission c on c.area_id = p.area_id and c.level in ($4, $5) and c.term_from <= $6 and c.term_until >= $6
            join commission_member m on m.commission_id = c.id and m.valid_from <= $6 and (m.valid_until is null or m.valid_until >= $6)
            left join station st on st.area_id = c.area_id and c.level = 'precinct'
        where p.ancestor_id = $3 and (cast($7 as text) = '' or c.level <> $4 or cast($7 as text) like '%,' || m.office || ',%')
            and (cast($8 as text) = '' or m.person_id = $8)
            and m.person_id not in (select t.person_id from training_session_trainer t where t.session_id = $1 and t.version = $9)
        on conflict do nothing";
    INVITE_PERSON = "insert into training_trainee (session_id, person_id, added, state)
        select cast($1 as text), p.id, cast($2 as bigint), 'invited' from person p where p.id = $3
            and p.id not in (select t.person_id from training_session_trainer t where t.session_id = $1 and t.version = $4)
        on conflict do nothing";
    COUNT_INVITED = "select count(*) as n from training_trainee where session_id = $1 and state = 'invited'";
    LET_GO = "update training_trainee set ended = $3, state = $4, replaced_by = $5 where session_id = $1 and person_id = $2 and state = 'invited'";
    LET_GO_TRAINER = "update training_trainee set ended = $2, state = 'withdrawn' where session_id = $1 and state = 'invited'
            and person_id in (select t.person_id from training_session_trainer t where t.session_id = $1 and t.version = $2)";
    TRAINEES = "select p.id, p.name_kk, p.name_ru, p.name_en, t.state, t.commission_id, t.seat_office, t.replaced_by,
            coalesce(n.name_kk, '') as area_kk, coalesce(n.name_ru, '') as area_ru, coalesce(n.name_en, '') as area_en, m.id as mark
        from training_trainee t join person p on p.id = t.person_id
            left join commission c on c.id = t.commission_id
            left join area_name n on n.area_id = c.area_id and n.valid_until is null
            left join training_mark m on m.session_id = t.session_id and m.person_id = t.person_id and m.accepted
        where t.session_id = $1 order by t.state, n.name_kk, p.name_kk, p.id";
    // Who might be invited by name.
    SEATS_NAMED = "select distinct p.id, p.name_kk, p.name_ru, p.name_en from area_path a
            join commission c on c.area_id = a.area_id and c.level in ($2, $3) and c.term_from <= $4 and c.term_until >= $4
            join commission_member m on m.commission_id = c.id and m.valid_from <= $4 and (m.valid_until is null or m.valid_until >= $4)
            join person p on p.id = m.person_id
        where a.ancestor_id = $1 and ' ' || replace(p.folded, 'ы', 'и') like $5 and ' ' || replace(p.folded, 'ы', 'и') like $6
            and ' ' || replace(p.folded, 'ы', 'и') like $7
        order by p.name_kk, p.id limit 30";
    MARK_ALL_BUT = "insert into training_mark (id, session_id, person_id, way, marked_at, accepted, made_by, office, made_at)
        select t.session_id || '-' || t.person_id || '-' || cast($3 as text), t.session_id, t.person_id, $2, cast($4 as bigint), true, $5, $6, cast($4 as bigint)
        from training_trainee t where t.session_id = $1 and t.state = 'invited'
            and t.person_id not in ($7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        on conflict do nothing";
    MARK = "insert into training_mark (id, session_id, person_id, way, marked_at, accepted, made_by, office, made_at)
        values ($1, $2, $3, $4, $5, true, $6, $7, $5) on conflict do nothing";
    // Everybody who was there was taught every text of the plan.
    TEACH = "insert into training_taught (person_id, module_id, session_id, version, module_version, level, taught_at)
        select m.person_id, t.module_id, s.id, cast($2 as bigint), t.module_version, s.level, s.ends_at
        from training_session s join training_session_module t on t.session_id = s.id and t.version = s.plan
            join training_mark m on m.session_id = s.id and m.accepted
            join training_trainee i on i.session_id = s.id and i.person_id = m.person_id and i.state = 'invited'
        where s.id = $1 on conflict do nothing";
    TEACH_ONE = "insert into training_taught (person_id, module_id, session_id, version, module_version, level, taught_at)
        select cast($2 as text), t.module_id, s.id, cast($4 as bigint), t.module_version, s.level, cast($5 as bigint)
        from training_session s join training_session_module t on t.session_id = s.id and t.version = s.plan
        where s.id = $1 and t.module_id = $3 on conflict do nothing";
    COUNTED = "select distinct m.person_id from training_mark m
            join training_trainee i on i.session_id = m.session_id and i.person_id = m.person_id and i.state = 'invited'
        where m.session_id = $1 and m.accepted order by m.person_id";
    // What somebody was taught at a session counts no longer, and stays as it was written.
    PUT_ASIDE = "insert into training_taught_before (person_id, module_id, session_id, version, module_version, level, taught_at, ended)
        select t.person_id, t.module_id, t.session_id, t.version, t.module_version, t.level, t.taught_at, cast($3 as bigint)
        from training_taught t where t.session_id = $1 and t.person_id = $2";
    UNTEACH = "delete from training_taught where session_id = $1 and person_id = $2";
    COUNT_PRESENT = "select count(*) as n from training_mark m
            join training_trainee i on i.session_id = m.session_id and i.person_id = m.person_id and i.state = 'invited'
        where m.session_id = $1 and m.accepted";
}

fn trainee_of(row: &Row) -> Result<Trainee, DatabaseError> {
    let state = row.text("state")?;
    Ok(Trainee {
        person: somebody(row)?,
        state: TraineeState::parse(&state)
            .ok_or_else(|| DatabaseError::unknown("state", &state))?,
        commission_id: row.opt_text("commission_id")?,
        area: row.names("area")?,
        office: row.text("seat_office")?,
        replaced_by: row.opt_text("replaced_by")?,
        present: row.opt_text("mark")?.is_some(),
    })
}

/// Seats that may be invited: the level taught, the level of the commission that teaches, offices of the first.
#[derive(Clone, Debug)]
pub(in crate::training) struct Seats {
    pub(in crate::training) taught: String,
    pub(in crate::training) own: String,
    /// `,chair,secretary,`; empty for all.
    pub(in crate::training) offices: String,
    pub(in crate::training) day: Date,
}

/// Invites whoever has such a seat at or under an area, or one person of them; answers how many are new.
pub(in crate::training) async fn invite_seats(
    tx: &mut Transaction,
    session: &Session,
    seats: &Seats,
    (area_id, person_id): (&str, &str),
) -> Result<u64, Error> {
    let values = bind![
        &session.says.id,
        int(session.version)?,
        area_id,
        &seats.taught,
        &seats.own,
        seats.day,
        &seats.offices,
        person_id,
        int(session.plan)?
    ];
    Ok(tx.execute(INVITE_SEATS, values).await?)
}

/// Invites a person without a seat; answers whether that is new.
pub(in crate::training) async fn invite_person(
    tx: &mut Transaction,
    session: &Session,
    person_id: &str,
) -> Result<u64, Error> {
    let values = bind![
        &session.says.id,
        int(session.version)?,
        person_id,
        int(session.plan)?
    ];
    Ok(tx.execute(INVITE_PERSON, values).await?)
}

pub(in crate::training) async fn count_invited(
    connection: &mut Connection,
    session_id: &str,
) -> Result<u64, Error> {
    Ok(connection
        .one(COUNT_INVITED, bind![session_id])
        .await?
        .count("n")?)
}

/// Ends an invitation; false when there is none.
pub(in crate::training) async fn let_go(
    tx: &mut Transaction,
    (session_id, version): (&str, u64),
    person_id: &str,
    (state, by): (TraineeState, Option<&str>),
) -> Result<bool, Error> {
    let by: Option<String> = by.map(str::to_owned);
    let values = bind![session_id, person_id, int(version)?, state.as_str(), by];
    Ok(tx.execute(LET_GO, values).await? > 0)
}

/// Whoever trains by this version is no trainee.
pub(in crate::training) async fn let_trainers_go(
    tx: &mut Transaction,
    session_id: &str,
    version: u64,
) -> Result<(), Error> {
    tx.execute(LET_GO_TRAINER, bind![session_id, int(version)?])
        .await?;
    Ok(())
}

/// Everybody who is or was invited: those who are, first, by commission and name.
pub(in crate::training) async fn trainees(
    connection: &mut Connection,
    session_id: &str,
) -> Result<Vec<Trainee>, Error> {
    let rows = connection.all(TRAINEES, bind![session_id]).await?;
    Ok(rows.iter().map(trainee_of).collect::<Result<_, _>>()?)
}

/// People with such a seat whose name has every word.
pub(in crate::training) async fn named(
    connection: &mut Connection,
    area_id: &str,
    seats: &Seats,
    words: &str,
) -> Result<Vec<Somebody>, Error> {
    if crate::platform::search::is_blank(words) {
        return Ok(Vec::new());
    }
    let [a, b, c] = crate::platform::search::patterns(words);
    let values = bind![area_id, &seats.taught, &seats.own, seats.day, a, b, c];
    let rows = connection.all(SEATS_NAMED, values).await?;
    Ok(rows.iter().map(somebody).collect::<Result<_, _>>()?)
}

/// How many absent people one statement takes.
const ABSENT_AT_ONCE: usize = 10;

/// Marks everybody invited as present but those who were not; whoever has a mark keeps it.
pub(in crate::training) async fn mark_all_but(
    tx: &mut Transaction,
    acting: &Acting,
    session: &Session,
    (absent, way): (&[String], Way),
) -> Result<(), Error> {
    let id = session.says.id.as_str();
    if absent.len() <= ABSENT_AT_ONCE {
        let mut values = bind![
            id,
            way.as_str(),
            session.version.to_string(),
            acting.now(),
            acting.person(),
            acting.actor().office()
        ];
        for place in 0..ABSENT_AT_ONCE {
            values.push(absent.get(place).map_or("", String::as_str).into());
        }
        tx.execute(MARK_ALL_BUT, values).await?;
        return Ok(());
    }
    for trainee in trainees(tx, id).await? {
        let person = &trainee.person.id;
        if trainee.state != TraineeState::Invited || absent.contains(person) {
            continue;
        }
        let values = bind![
            format!("{id}-{person}-{}", session.version),
            id,
            person,
            way.as_str(),
            acting.now(),
            acting.person(),
            acting.actor().office()
        ];
        tx.execute(MARK, values).await?;
    }
    Ok(())
}

/// Everybody invited who has an accepted mark was taught every text of the plan.
pub(in crate::training) async fn teach(
    tx: &mut Transaction,
    session: &Session,
) -> Result<(), Error> {
    let values = bind![&session.says.id, int(session.version)?];
    tx.execute(TEACH, values).await?;
    Ok(())
}

/// Somebody who leaves in the middle was taught a module; false when the plan has no such module.
pub(in crate::training) async fn teach_one(
    tx: &mut Transaction,
    acting: &Acting,
    session: &Session,
    (person_id, module_id): (&str, &str),
) -> Result<bool, Error> {
    let values = bind![
        &session.says.id,
        person_id,
        module_id,
        int(session.version)?,
        acting.now()
    ];
    Ok(tx.execute(TEACH_ONE, values).await? > 0)
}

/// What somebody was taught at a session counts no longer, by this version of it.
pub(in crate::training) async fn unteach(
    tx: &mut Transaction,
    session: &Session,
    person_id: &str,
) -> Result<(), Error> {
    let id = session.says.id.as_str();
    let values = bind![id, person_id, int(session.version)?];
    tx.execute(PUT_ASIDE, values).await?;
    tx.execute(UNTEACH, bind![id, person_id]).await?;
    Ok(())
}

/// Those invited who have an accepted mark.
pub(in crate::training) async fn counted(
    connection: &mut Connection,
    session_id: &str,
) -> Result<BTreeSet<String>, Error> {
    let rows = connection.all(COUNTED, bind![session_id]).await?;
    let people = rows.iter().map(|row| row.text("person_id"));
    Ok(people.collect::<Result<_, DatabaseError>>()?)
}

/// How many of those invited have an accepted mark.
pub(in crate::training) async fn count_present(
    connection: &mut Connection,
    session_id: &str,
) -> Result<u64, Error> {
    Ok(connection
        .one(COUNT_PRESENT, bind![session_id])
        .await?
        .count("n")?)
}
