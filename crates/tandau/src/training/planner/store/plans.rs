//! The SQL of plans.

use super::int;
use crate::platform::database::{Connection, DatabaseError, Row, Transaction};
use crate::platform::{Acting, Error, Names};
use crate::training::planner::model::{
    Gathered, Left, NewPlan, PlannedSession, Proposal, Reckoned, State, seated, why,
};
use crate::training::store::people::Seats;
use crate::{bind, statements};
use electoral::training::plan::Bottleneck;

statements! {
    ADD = "insert into training_plan (id, election_id, programme_id, area_id, level, starts_on, voting_day, state, version, made_by, office, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, 'waiting', 1, $8, $9, $10) on conflict (id) do nothing";
    BY_ID = "select id, election_id, programme_id, area_id, level, starts_on, voting_day, state, version, stations, people, trainers, halls, kept,
            took_ms, complete_on, bound_on, bound_sessions, solved, days_behind, bottleneck, bottleneck_halls, fault, made_at
        from training_plan where id = $1";
    UNDER = "select t.id, t.election_id, t.programme_id, t.area_id, t.level, t.starts_on, t.voting_day, t.state, t.version, t.stations, t.people,
            t.trainers, t.halls, t.kept, t.took_ms, t.complete_on, t.bound_on, t.bound_sessions, t.solved, t.days_behind, t.bottleneck,
            t.bottleneck_halls, t.fault, t.made_at
        from training_plan t join area_path p on p.area_id = t.area_id and p.ancestor_id = $1 order by t.made_at desc, t.id limit 50";
    WAITING = "select id from training_plan where state in ('waiting', 'running') and made_at < $1 order by made_at limit 20";
    SET_STATE = "update training_plan set state = $3, version = version + 1, fault = $4 where id = $1 and state = $2";
    RESULT = "update training_plan set state = 'done', version = version + 1, stations = $2, people = $3, trainers = $4, halls = $5, kept = $6,
            took_ms = $7, complete_on = $8, bound_on = $9, bound_sessions = $10, solved = $11, days_behind = $12, bottleneck = $13,
            bottleneck_halls = $14
        where id = $1 and state = 'running'";
    ADD_SESSION = "insert into training_plan_session (plan_id, place, hall_id, hall_version, person_id, held_on, slot, people, session_id)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    ADD_PARTY = "insert into training_plan_party (plan_id, area_id, place, people, why, late) values ($1, $2, $3, $4, $5, $6)";
    ADD_PERSON = "insert into training_plan_person (plan_id, person_id, area_id, place) values ($1, $2, $3, $4)";
    // Two at once: the second waits here.
    HOLD = "update training_plan set version = version where id = $1";
    SESSIONS = "select s.place, s.hall_id, h.area_id, h.seats, h.name_kk as hall_kk, h.name_ru as hall_ru, h.name_en as hall_en,
            s.person_id, n.name_kk, n.name_ru, n.name_en, s.held_on, s.slot, s.people, s.session_id, x.state as made
        from training_plan_session s join training_hall h on h.id = s.hall_id and h.version = s.hall_version
            join person n on n.id = s.person_id left join training_session x on x.id = s.session_id
        where s.plan_id = $1 order by s.place";
    // Whom a session of a plan counted: whether they passed the programme ($3) for the election ($4) or are invited to another session of it
    // by now, and sit on its day ($5) where they were counted, on a level ($6), in some offices ($7).
    PEOPLE_OF = "select t.person_id, t.area_id, n.name_kk, n.name_ru, n.name_en,
            (select count(*) from training_passed h where h.person_id = t.person_id and h.programme_id = $3 and h.election_id = $4
                and h.ended_at is null) as passed,
            (select count(*) from training_trainee e join training_session x on x.id = e.session_id
                where e.person_id = t.person_id and e.state = 'invited' and x.programme_id = $3 and x.election_id = $4
                    and x.state = 'planned') as invited,
            (select count(*) from commission c join commission_member m on m.commission_id = c.id
                where c.area_id = t.area_id and c.level = $6 and c.term_from <= $5 and c.term_until >= $5 and m.person_id = t.person_id
                    and m.valid_from <= $5 and (m.valid_until is null or m.valid_until >= $5)
                    and (cast($7 as text) = '' or cast($7 as text) like '%,' || m.office || ',%')) as seats
        from training_plan_person t join person n on n.id = t.person_id where t.plan_id = $1 and t.place = $2 order by n.name_kk, t.person_id";
    // Commissions in no session, or in a late one: stations by their newest name, territories by theirs.
    LEFT = "select t.area_id, t.people, t.why, t.late, v.number, coalesce(v.name_kk, n.name_kk, '') as name_kk,
            coalesce(v.name_ru, n.name_ru, '') as name_ru, coalesce(v.name_en, n.name_en, '') as name_en
        from training_plan_party t left join area_name n on n.area_id = t.area_id and n.valid_until is null
            left join station s on s.area_id = t.area_id
            left join station_version v on v.station_id = s.id
                and v.version = (select max(w.version) from station_version w where w.station_id = s.id)
        where t.plan_id = $1 and (t.place < 0 or t.late) order by t.late, v.number, t.area_id limit 1000";
}

pub(in crate::training::planner) async fn add(
    tx: &mut Transaction,
    acting: &Acting,
    new: &NewPlan,
    voting_day: &str,
) -> Result<bool, Error> {
    let values = bind![
        &new.id,
        &new.election_id,
        &new.programme_id,
        &new.area_id,
        int(new.level)?,
        new.starts_on,
        voting_day,
        acting.person(),
        acting.actor().office(),
        acting.now()
    ];
    Ok(tx.execute(ADD, values).await? == 1)
}

fn proposal_of(row: &Row) -> Result<Proposal, DatabaseError> {
    let state = row.text("state")?;
    let halls = row.text("bottleneck_halls")?;
    Ok(Proposal {
        asked: NewPlan {
            id: row.text("id")?,
            election_id: row.text("election_id")?,
            programme_id: row.text("programme_id")?,
            area_id: row.text("area_id")?,
            level: row.count("level")?,
            starts_on: row.date("starts_on")?,
        },
        voting_day: row.text("voting_day")?,
        state: State::parse(&state).ok_or_else(|| DatabaseError::unknown("state", &state))?,
        version: row.count("version")?,
        made_from: [
            row.count("stations")?,
            row.count("people")?,
            row.count("trainers")?,
            row.count("halls")?,
            row.count("kept")?,
        ],
        took_ms: row.opt_count("took_ms")?,
        complete_on: row.text("complete_on")?,
        bound_on: row.text("bound_on")?,
        bound_sessions: row.opt_count("bound_sessions")?,
        solved: row.opt_flag("solved")?,
        days_behind: row.opt_count("days_behind")?,
        bottleneck: row.text("bottleneck")?,
        bottleneck_halls: halls.split_whitespace().map(str::to_owned).collect(),
        fault: row.text("fault")?,
        made_at: row.instant("made_at")?,
    })
}

pub(in crate::training::planner) async fn by_id(
    connection: &mut Connection,
    id: &str,
) -> Result<Proposal, Error> {
    let row = connection.first(BY_ID, bind![id]).await?;
    Ok(proposal_of(&row.ok_or(Error::NotFound)?)?)
}

pub(in crate::training::planner) async fn under(
    connection: &mut Connection,
    area_id: &str,
) -> Result<Vec<Proposal>, Error> {
    let rows = connection.all(UNDER, bind![area_id]).await?;
    Ok(rows.iter().map(proposal_of).collect::<Result<_, _>>()?)
}

/// Plans that nobody has reckoned though they were asked for before a moment.
pub(in crate::training::planner) async fn waiting(
    connection: &mut Connection,
    before: jiff::Timestamp,
) -> Result<Vec<String>, Error> {
    let rows = connection.all(WAITING, bind![before]).await?;
    let ids = rows.iter().map(|row| row.text("id"));
    Ok(ids.collect::<Result<_, DatabaseError>>()?)
}

/// Moves a plan on; false when it was not in the first state.
pub(in crate::training::planner) async fn set_state(
    tx: &mut Transaction,
    id: &str,
    (from, to): (State, State),
    fault: &str,
) -> Result<bool, Error> {
    let values = bind![id, from.as_str(), to.as_str(), fault];
    Ok(tx.execute(SET_STATE, values).await? == 1)
}

fn size(n: usize) -> Result<i64, Error> {
    i64::try_from(n).map_err(Error::internal)
}

/// Takes a plan; other writers wait until the transaction ends. False where there is none.
pub(in crate::training::planner) async fn hold(
    tx: &mut Transaction,
    id: &str,
) -> Result<bool, Error> {
    Ok(tx.execute(HOLD, bind![id]).await? > 0)
}

/// Keeps what was reckoned. False when nobody waits for it.
pub(in crate::training::planner) async fn keep(
    tx: &mut Transaction,
    id: &str,
    reckoned: &Reckoned,
) -> Result<bool, Error> {
    let Reckoned {
        from:
            Gathered {
                input,
                halls,
                people,
                standing,
            },
        plan,
        took_ms,
    } = reckoned;
    let (bottleneck, tight) = match &plan.bottleneck {
        Bottleneck::Nothing => ("nothing", String::new()),
        Bottleneck::Trainers => ("trainers", String::new()),
        Bottleneck::Halls(halls) => ("halls", halls.join(" ")),
        Bottleneck::Standing => ("standing", String::new()),
    };
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(String::new, |d| d.to_string());
    let behind = plan.days_behind(&input.terms).map(size).transpose()?;
    let values = bind![
        id,
        size(people.len())?,
        size(people.values().map(Vec::len).sum())?,
        size(input.trainers.len())?,
        size(input.halls.len())?,
        size(*standing)?,
        int(*took_ms)?,
        day(plan.complete_on),
        day(plan.bound.complete_on),
        int(plan.bound.sessions)?,
        plan.bound.solved,
        behind,
        bottleneck,
        tight
    ];
    if tx.execute(RESULT, values).await? == 0 {
        return Ok(false);
    }
    for (place, session) in (0_i64..).zip(&plan.sessions) {
        let hall = halls.iter().find(|h| h.says.id == session.hall);
        let version = hall.ok_or(Error::NotFound)?.version;
        let values = bind![
            id,
            place,
            &session.hall,
            int(version)?,
            &session.trainer,
            session.day,
            size(session.slot)?,
            i64::from(session.people()),
            crate::platform::ids::new_id()
        ];
        tx.execute(ADD_SESSION, values).await?;
        for (area, people) in &session.stations {
            let late = session.day > input.terms.in_time;
            let values = bind![id, area, place, i64::from(*people), "", late];
            tx.execute(ADD_PARTY, values).await?;
        }
    }
    for (area, people, reason) in &plan.left {
        let values = bind![id, area, -1_i64, i64::from(*people), why(*reason), false];
        tx.execute(ADD_PARTY, values).await?;
    }
    for (person, area, place) in seated(plan, people) {
        let place = place.map_or(Ok(-1), size)?;
        tx.execute(ADD_PERSON, bind![id, person, area, place])
            .await?;
    }
    Ok(true)
}

pub(in crate::training::planner) async fn sessions(
    connection: &mut Connection,
    id: &str,
) -> Result<Vec<PlannedSession>, Error> {
    let rows = connection.all(SESSIONS, bind![id]).await?;
    let session = |row: &Row| {
        Ok(PlannedSession {
            place: row.count("place")?,
            hall_id: row.text("hall_id")?,
            hall: row.names("hall")?,
            area_id: row.text("area_id")?,
            seats: row.count("seats")?,
            person_id: row.text("person_id")?,
            trainer: row.names("name")?,
            held_on: row.date("held_on")?,
            slot: row.count("slot")?,
            people: row.count("people")?,
            session_id: row.text("session_id")?,
            called_off: row.opt_text("made")?.as_deref() == Some("cancelled"),
            made: row.opt_text("made")?.is_some(),
        })
    };
    Ok(rows
        .iter()
        .map(session)
        .collect::<Result<_, DatabaseError>>()?)
}

/// Somebody whom a session of a plan counted, and what is true of them by now.
pub(in crate::training::planner) struct Counted {
    pub(in crate::training::planner) person_id: String,
    /// The area of their commission.
    pub(in crate::training::planner) area_id: String,
    pub(in crate::training::planner) name: Names,
    /// They passed the programme.
    pub(in crate::training::planner) passed: bool,
    /// They are invited to a session of it.
    pub(in crate::training::planner) invited: bool,
    /// They sit where they were counted.
    pub(in crate::training::planner) seated: bool,
}

/// Whom a session of a plan counted.
pub(in crate::training::planner) async fn people_of(
    connection: &mut Connection,
    asked: &NewPlan,
    place: u64,
    seats: &Seats,
) -> Result<Vec<Counted>, Error> {
    let values = bind![
        &asked.id,
        int(place)?,
        &asked.programme_id,
        &asked.election_id,
        seats.day,
        &seats.taught,
        &seats.offices
    ];
    let mut all = Vec::new();
    for row in connection.all(PEOPLE_OF, values).await? {
        all.push(Counted {
            person_id: row.text("person_id")?,
            area_id: row.text("area_id")?,
            name: row.names("name")?,
            passed: row.int("passed")? > 0,
            invited: row.int("invited")? > 0,
            seated: row.int("seats")? > 0,
        });
    }
    Ok(all)
}

/// Commissions in no session, and those that are late.
pub(in crate::training::planner) async fn left(
    connection: &mut Connection,
    id: &str,
) -> Result<Vec<Left>, Error> {
    let rows = connection.all(LEFT, bind![id]).await?;
    let one = |row: &Row| {
        Ok(Left {
            area_id: row.text("area_id")?,
            name: row.names("name")?,
            number: row.opt_count("number")?,
            people: row.count("people")?,
            why: if row.flag("late")? {
                "late".to_owned()
            } else {
                row.text("why")?
            },
        })
    };
    Ok(rows.iter().map(one).collect::<Result<_, DatabaseError>>()?)
}
