//! All the SQL of the room's tables.

pub(crate) mod basis;

use super::model::{Commission, Decision, Dissent, Level, Member, NewMember, Office};
use crate::platform::audit::Audited;
use crate::platform::database::{Connection, DatabaseError, Row};
use crate::platform::{Acting, Error};
use crate::{bind, statements};
use electoral::commission::Votes;
use jiff::civil::Date;

statements! {
    ADD = "insert into commission (id, level, area_id, parent_id, size, term_from, term_until) values ($1, $2, $3, $4, $5, $6, $7)";
    BY_ID = "select c.id, c.level, c.area_id, c.parent_id, c.size, c.term_from, c.term_until, n.name_kk, n.name_ru, n.name_en
        from commission c join area_name n on n.area_id = c.area_id and n.valid_until is null where c.id = $1";
    BY_AREA = "select c.id, c.level, c.area_id, c.parent_id, c.size, c.term_from, c.term_until, n.name_kk, n.name_ru, n.name_en
        from commission c join area_name n on n.area_id = c.area_id and n.valid_until is null
        where c.area_id = $1 and c.term_from <= $2 and c.term_until >= $2 order by c.term_from desc limit 1";
    IDS_UNDER = "select c.id from area_path p join commission c on c.area_id = p.area_id
        where p.ancestor_id = $1 and c.term_until >= $2 order by p.depth, c.id";
    SET_PARENT = "update commission set parent_id = $2 where id = $1";
    BELOW = "select c.id, c.level, c.area_id, c.parent_id, c.size, c.term_from, c.term_until, n.name_kk, n.name_ru, n.name_en
        from commission c join area a on a.id = c.area_id join area_name n on n.area_id = c.area_id and n.valid_until is null
        where c.parent_id = $1 and c.term_from <= $2 and c.term_until >= $2 order by a.code, c.id limit 2000";
    SEARCH = "select c.id, c.level, c.area_id, c.parent_id, c.size, c.term_from, c.term_until, n.name_kk, n.name_ru, n.name_en
        from commission c join area_name n on n.area_id = c.area_id and n.valid_until is null
        where c.term_from <= $1 and c.term_until >= $1
            and ' ' || n.folded like $2 and ' ' || n.folded like $3 and ' ' || n.folded like $4
        order by (select count(*) from area_path p where p.area_id = c.area_id), n.name_kk, c.id limit $5";
    OF_LEVEL = "select c.id, c.level, c.area_id, c.parent_id, c.size, c.term_from, c.term_until, n.name_kk, n.name_ru, n.name_en
        from commission c join area a on a.id = c.area_id join area_name n on n.area_id = c.area_id and n.valid_until is null
        where c.level = $1 and c.term_from <= $2 and c.term_until >= $2 order by a.code, c.id limit 2000";
    PRECINCTS_OF = "select n.name_kk, p.area_id from area_path p join area a on a.id = p.area_id join area_name n on n.area_id = p.area_id
        where p.ancestor_id = $1 and a.kind = 'precinct' and n.valid_from <= $2 and (n.valid_until is null or n.valid_until >= $2)
        order by n.name_kk, p.area_id";
    COUNT_BY_LEVEL = "select level, count(*) as n from commission where term_from <= $1 and term_until >= $1 group by level order by level";
    COUNT_BELOW = "select parent_id, count(*) as n from commission where parent_id is not null and term_from <= $1 and term_until >= $1
        group by parent_id order by parent_id";
    ADD_MEMBER = "insert into commission_member (id, commission_id, person_id, office, nominator, organisation_id, seated_by, valid_from, valid_until)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    END_MEMBER = "update commission_member set valid_until = $2, ended_by = $3, end_reason = $4 where id = $1 and ended_by is null";
    MEMBER = "select m.id, m.commission_id, m.person_id, m.office, m.nominator, m.seated_by, m.valid_from, m.valid_until, m.ended_by, m.end_reason,
            p.name_kk, p.name_ru, p.name_en, o.name_kk as organisation_kk, o.name_ru as organisation_ru, o.name_en as organisation_en
        from commission_member m join person p on p.id = m.person_id left join organisation o on o.id = m.organisation_id where m.id = $1";
    MEMBERS = "select m.id, m.commission_id, m.person_id, m.office, m.nominator, m.seated_by, m.valid_from, m.valid_until, m.ended_by, m.end_reason,
            p.name_kk, p.name_ru, p.name_en, o.name_kk as organisation_kk, o.name_ru as organisation_ru, o.name_en as organisation_en
        from commission_member m join person p on p.id = m.person_id left join organisation o on o.id = m.organisation_id
        where m.commission_id = $1 order by m.valid_from, m.id";
    COMPOSITION = "select m.id, m.commission_id, m.person_id, m.office, m.nominator, m.seated_by, m.valid_from, m.valid_until, m.ended_by, m.end_reason,
            p.name_kk, p.name_ru, p.name_en, o.name_kk as organisation_kk, o.name_ru as organisation_ru, o.name_en as organisation_en
        from commission_member m join person p on p.id = m.person_id left join organisation o on o.id = m.organisation_id
        where m.commission_id = $1 and m.valid_from <= $2 and (m.valid_until is null or m.valid_until >= $2)
        order by case m.office when 'chair' then 0 when 'deputy' then 1 when 'secretary' then 2 else 3 end, m.id";
    ADD_DECISION = "insert into decision (id, commission_id, body_kk, body_ru, body_en, area_id, election_id, contest_id, kind, number, decided_on,
            title_kk, title_ru, title_en, body_text, members_total, members_present, votes_for, votes_against, file_id, recorded_at, recorded_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)";
    ADD_DISSENT = "insert into decision_dissent (decision_id, person_id, opinion, recorded_at) values ($1, $2, $3, $4)";
    DECISION = "select id, commission_id, body_kk, body_ru, body_en, area_id, election_id, contest_id, kind, number, decided_on, title_kk, title_ru, title_en,
            body_text, members_total, members_present, votes_for, votes_against, file_id, recorded_at from decision where id = $1";
    SAME_NUMBER = "select id from decision where commission_id = $1 and number = $2 and substr(decided_on, 1, 4) = $3";
    OF_COMMISSION = "select id, commission_id, body_kk, body_ru, body_en, area_id, election_id, contest_id, kind, number, decided_on, title_kk, title_ru, title_en,
            body_text, members_total, members_present, votes_for, votes_against, file_id, recorded_at
        from decision where commission_id = $1 order by decided_on desc, recorded_at desc, id desc limit $2";
    ACTS_OF_AREA = "select id, commission_id, body_kk, body_ru, body_en, area_id, election_id, contest_id, kind, number, decided_on, title_kk, title_ru, title_en,
            body_text, members_total, members_present, votes_for, votes_against, file_id, recorded_at
        from decision where area_id = $1 and commission_id is null order by decided_on desc, recorded_at desc, id desc limit $2";
    DISSENTS = "select d.person_id, d.opinion, p.name_kk, p.name_ru, p.name_en from decision_dissent d join person p on p.id = d.person_id
        where d.decision_id = $1 order by p.name_kk, d.person_id";
    SEATS_OF_DECISION = "select m.id, m.commission_id, m.person_id, m.office, m.nominator, m.seated_by, m.valid_from, m.valid_until, m.ended_by, m.end_reason,
            p.name_kk, p.name_ru, p.name_en, o.name_kk as organisation_kk, o.name_ru as organisation_ru, o.name_en as organisation_en
        from commission_member m join person p on p.id = m.person_id left join organisation o on o.id = m.organisation_id
        where m.seated_by = $1 or m.ended_by = $1 order by m.id limit 200";
}

/// What the log of acts vouches for. A commission is vouched for with all its seats and the offices that
/// follow from them; an office that follows from nothing is a row without an act.
pub(crate) const AUDITED: &[Audited] = &[
    Audited {
        kind: "commission",
        rows: &[
            "select id, level, area_id, parent_id, size, term_from, term_until from commission where id = $1",
            "select id, person_id, office, nominator, organisation_id, seated_by, valid_from, valid_until, ended_by, end_reason
                from commission_member where commission_id = $1 order by id",
            "select g.person_id, g.role, g.area_id, g.valid_from, g.valid_until, g.source from access_grant g
                join commission_member m on g.source = 'member:' || m.id where m.commission_id = $1 order by g.source, g.id",
        ],
        ids: "select id as object from commission",
    },
    Audited {
        kind: "decision",
        rows: &[
            "select id, commission_id, body_kk, body_ru, body_en, area_id, election_id, contest_id, kind, number, decided_on, title_kk, title_ru, title_en,
                body_text, members_total, members_present, votes_for, votes_against, file_id, recorded_at, recorded_by from decision where id = $1",
            "select person_id, opinion, recorded_at from decision_dissent where decision_id = $1 order by person_id",
        ],
        ids: "select id as object from decision",
    },
    Audited {
        kind: "grant",
        rows: &["select id, person_id, role, area_id, valid_from, valid_until, source from access_grant where id = $1"],
        ids: "select g.id as object from access_grant g
            where not exists (select 1 from account a where a.id = substr(g.source, 9) and g.source = 'account:' || a.id
                and a.person_id = g.person_id)
            and not exists (select 1 from commission_member m where m.id = substr(g.source, 8) and g.source = 'member:' || m.id
                and m.person_id = g.person_id)
            and not exists (select 1 from state_body b where g.source = 'state_body:' || b.id and b.area_id = g.area_id)",
    },
];

/// Commissions on a day whose area's name has every pattern.
pub(super) async fn search(
    connection: &mut Connection,
    patterns: [String; 3],
    day: Date,
    limit: i64,
) -> Result<Vec<Commission>, DatabaseError> {
    let [first, second, third] = patterns;
    let values = bind![day, first, second, third, limit];
    let rows = connection.all(SEARCH, values).await?;
    rows.iter().map(commission).collect()
}

/// Commissions of an area and of all below it whose term had not ended on a day, from the top down.
pub(super) async fn ids_under(
    connection: &mut Connection,
    area_id: &str,
    day: Date,
) -> Result<Vec<String>, DatabaseError> {
    let rows = connection.all(IDS_UNDER, bind![area_id, day]).await?;
    rows.iter().map(|row| row.text("id")).collect()
}

pub(super) async fn set_parent(
    connection: &mut Connection,
    id: &str,
    parent_id: Option<String>,
) -> Result<(), DatabaseError> {
    connection.execute(SET_PARENT, bind![id, parent_id]).await?;
    Ok(())
}

fn wrong(column: &str, problem: impl ToString) -> DatabaseError {
    DatabaseError::Column {
        column: column.to_owned(),
        problem: problem.to_string(),
    }
}

fn commission(row: &Row) -> Result<Commission, DatabaseError> {
    let level = row.text("level")?;
    Ok(Commission {
        id: row.text("id")?,
        level: Level::parse(&level).ok_or_else(|| wrong("level", level))?,
        area_id: row.text("area_id")?,
        area_names: row.names("name")?,
        parent_id: row.opt_text("parent_id")?,
        size: row.count("size")?,
        term_from: row.date("term_from")?,
        term_until: row.date("term_until")?,
    })
}

fn member(row: &Row) -> Result<Member, DatabaseError> {
    let office = row.text("office")?;
    let organisation = match row.opt_text("organisation_kk")? {
        Some(_) => Some(row.names("organisation")?),
        None => None,
    };
    Ok(Member {
        id: row.text("id")?,
        commission_id: row.text("commission_id")?,
        person_id: row.text("person_id")?,
        names: row.names("name")?,
        office: Office::parse(&office).ok_or_else(|| wrong("office", office))?,
        nominator: row.text("nominator")?,
        organisation,
        seated_by: row.text("seated_by")?,
        valid_from: row.date("valid_from")?,
        valid_until: row.opt_date("valid_until")?,
        ended_by: row.opt_text("ended_by")?,
        end_reason: row.text("end_reason")?,
    })
}

fn decision(row: &Row) -> Result<Decision, DatabaseError> {
    let small = |column: &str| u32::try_from(row.int(column)?).map_err(|e| wrong(column, e));
    Ok(Decision {
        id: row.text("id")?,
        commission_id: row.opt_text("commission_id")?,
        body: row.names("body")?,
        area_id: row.text("area_id")?,
        election_id: row.opt_text("election_id")?,
        contest_id: row.opt_text("contest_id")?,
        kind: row.text("kind")?,
        number: row.text("number")?,
        decided_on: row.date("decided_on")?,
        title: row.names("title")?,
        text: row.text("body_text")?,
        votes: Votes {
            members: small("members_total")?,
            present: small("members_present")?,
            yes: small("votes_for")?,
            no: small("votes_against")?,
        },
        file_id: row.opt_text("file_id")?,
        recorded_at: row.instant("recorded_at")?,
    })
}

pub(super) async fn add(
    connection: &mut Connection,
    id: &str,
    new: &super::NewCommission,
) -> Result<(), DatabaseError> {
    let size = i64::try_from(new.size).map_err(|e| wrong("size", e))?;
    let values = bind![
        id,
        new.level.as_str(),
        &new.area_id,
        new.parent_id.clone(),
        size,
        new.term_from,
        new.term_until
    ];
    connection.execute(ADD, values).await?;
    Ok(())
}

pub(super) async fn by_id(connection: &mut Connection, id: &str) -> Result<Commission, Error> {
    let row = connection.first(BY_ID, bind![id]).await?;
    Ok(commission(&row.ok_or(Error::NotFound)?)?)
}

pub(super) async fn by_area(
    connection: &mut Connection,
    area_id: &str,
    day: Date,
) -> Result<Option<Commission>, DatabaseError> {
    let row = connection.first(BY_AREA, bind![area_id, day]).await?;
    row.as_ref().map(commission).transpose()
}

pub(super) async fn below(
    connection: &mut Connection,
    id: &str,
    day: Date,
) -> Result<Vec<Commission>, DatabaseError> {
    let rows = connection.all(BELOW, bind![id, day]).await?;
    rows.iter().map(commission).collect()
}

pub(super) async fn of_level(
    connection: &mut Connection,
    level: Level,
    day: Date,
) -> Result<Vec<Commission>, DatabaseError> {
    let rows = connection.all(OF_LEVEL, bind![level.as_str(), day]).await?;
    rows.iter().map(commission).collect()
}

/// Areas of stations below an area on a day: the name that says the number, and the id.
pub(super) async fn precincts_of(
    connection: &mut Connection,
    area_id: &str,
    day: Date,
) -> Result<Vec<(String, String)>, DatabaseError> {
    let rows = connection.all(PRECINCTS_OF, bind![area_id, day]).await?;
    rows.iter()
        .map(|row| Ok((row.text("name_kk")?, row.text("area_id")?)))
        .collect()
}

pub(super) async fn count_by_level(
    connection: &mut Connection,
    day: Date,
) -> Result<Vec<(String, u64)>, DatabaseError> {
    let rows = connection.all(COUNT_BY_LEVEL, bind![day]).await?;
    rows.iter()
        .map(|row| Ok((row.text("level")?, row.count("n")?)))
        .collect()
}

pub(super) async fn count_below(
    connection: &mut Connection,
    day: Date,
) -> Result<Vec<(String, u64)>, DatabaseError> {
    let rows = connection.all(COUNT_BELOW, bind![day]).await?;
    rows.iter()
        .map(|row| Ok((row.text("parent_id")?, row.count("n")?)))
        .collect()
}

pub(super) async fn add_member(
    connection: &mut Connection,
    id: &str,
    new: &NewMember,
) -> Result<(), DatabaseError> {
    let values = bind![
        id,
        &new.commission_id,
        &new.person_id,
        new.office.as_str(),
        &new.nominator,
        new.organisation_id.clone(),
        &new.decision_id,
        new.valid_from,
        new.valid_until
    ];
    connection.execute(ADD_MEMBER, values).await?;
    Ok(())
}

pub(super) async fn end_member(
    connection: &mut Connection,
    id: &str,
    last_day: Date,
    decision_id: &str,
    reason: &str,
) -> Result<bool, DatabaseError> {
    let values = bind![id, last_day, decision_id, reason];
    Ok(connection.execute(END_MEMBER, values).await? == 1)
}

pub(super) async fn member_by_id(connection: &mut Connection, id: &str) -> Result<Member, Error> {
    let row = connection.first(MEMBER, bind![id]).await?;
    Ok(member(&row.ok_or(Error::NotFound)?)?)
}

pub(super) async fn members(
    connection: &mut Connection,
    commission_id: &str,
) -> Result<Vec<Member>, DatabaseError> {
    let rows = connection.all(MEMBERS, bind![commission_id]).await?;
    rows.iter().map(member).collect()
}

pub(super) async fn composition(
    connection: &mut Connection,
    commission_id: &str,
    day: Date,
) -> Result<Vec<Member>, DatabaseError> {
    let rows = connection
        .all(COMPOSITION, bind![commission_id, day])
        .await?;
    rows.iter().map(member).collect()
}

pub(super) async fn seats_of_decision(
    connection: &mut Connection,
    decision_id: &str,
) -> Result<Vec<Member>, DatabaseError> {
    let rows = connection
        .all(SEATS_OF_DECISION, bind![decision_id])
        .await?;
    rows.iter().map(member).collect()
}

pub(super) async fn add_decision(
    connection: &mut Connection,
    acting: &Acting,
    new: &Decision,
) -> Result<(), DatabaseError> {
    let values = bind![
        &new.id,
        new.commission_id.clone(),
        &new.body.kk,
        &new.body.ru,
        &new.body.en,
        &new.area_id,
        new.election_id.clone(),
        new.contest_id.clone(),
        &new.kind,
        &new.number,
        new.decided_on,
        &new.title.kk,
        &new.title.ru,
        &new.title.en,
        &new.text,
        i64::from(new.votes.members),
        i64::from(new.votes.present),
        i64::from(new.votes.yes),
        i64::from(new.votes.no),
        new.file_id.clone(),
        new.recorded_at,
        acting.person()
    ];
    connection.execute(ADD_DECISION, values).await?;
    Ok(())
}

pub(super) async fn add_dissent(
    connection: &mut Connection,
    acting: &Acting,
    decision_id: &str,
    person_id: &str,
    opinion: &str,
) -> Result<(), DatabaseError> {
    let values = bind![decision_id, person_id, opinion, acting.now()];
    connection.execute(ADD_DISSENT, values).await?;
    Ok(())
}

pub(super) async fn number_taken(
    connection: &mut Connection,
    commission_id: &str,
    number: &str,
    year: i16,
) -> Result<bool, DatabaseError> {
    let values = bind![commission_id, number, format!("{year:04}")];
    Ok(connection.first(SAME_NUMBER, values).await?.is_some())
}

pub(super) async fn decision_by_id(
    connection: &mut Connection,
    id: &str,
) -> Result<Decision, Error> {
    let row = connection.first(DECISION, bind![id]).await?;
    Ok(decision(&row.ok_or(Error::NotFound)?)?)
}

pub(super) async fn decisions(
    connection: &mut Connection,
    of: Decisions<'_>,
) -> Result<Vec<Decision>, DatabaseError> {
    let rows = match of {
        Decisions::Commission(id, limit) => connection.all(OF_COMMISSION, bind![id, limit]).await?,
        Decisions::Area(id, limit) => connection.all(ACTS_OF_AREA, bind![id, limit]).await?,
    };
    rows.iter().map(decision).collect()
}

/// Whose decisions to list.
pub(super) enum Decisions<'a> {
    /// Of a commission, newest first, at most so many.
    Commission(&'a str, i64),
    /// Acts of other bodies of an area, newest first, at most so many.
    Area(&'a str, i64),
}

pub(super) async fn dissents(
    connection: &mut Connection,
    decision_id: &str,
) -> Result<Vec<Dissent>, DatabaseError> {
    let rows = connection.all(DISSENTS, bind![decision_id]).await?;
    rows.iter()
        .map(|row| {
            Ok(Dissent {
                person_id: row.text("person_id")?,
                names: row.names("name")?,
                opinion: row.text("opinion")?,
            })
        })
        .collect()
}
