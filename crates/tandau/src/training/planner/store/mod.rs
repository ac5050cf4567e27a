//! The SQL of halls and trainers, and of what a plan is made from.

pub(crate) mod plans;

use super::model::{Hall, NewHall, NewTrainer, Trainer};
use crate::platform::audit::Audited;
use crate::platform::database::{Connection, DatabaseError, Row, Transaction};
use crate::platform::{Acting, Error, Names};
use crate::training::store::people::Seats;
use crate::{bind, statements};
use electoral::training::plan::Place;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Whether a member of some offices ($6, between commas, empty for all) is still to be taught: has neither passed the programme
/// ($3) for the election ($2) nor is invited to a session of it that stands.
macro_rules! open {
    () => {
        "(cast($6 as text) = '' or cast($6 as text) like '%,' || m.office || ',%')
            and not exists (select 1 from training_passed t where t.person_id = m.person_id and t.programme_id = $3 and t.election_id = $2
                and t.ended_at is null)
            and not exists (select 1 from training_trainee e join training_session x on x.id = e.session_id
                where e.person_id = m.person_id and e.state = 'invited' and x.programme_id = $3 and x.election_id = $2 and x.state = 'planned')
        order by c.area_id, case m.office when 'chair' then 0 when 'secretary' then 1 when 'deputy' then 2 else 3 end, m.id limit 200000"
    };
}

statements! {
    HALLS = "select h.id, h.version, h.area_id, h.name_kk, h.name_ru, h.name_en, h.seats, h.latitude_microdeg, h.longitude_microdeg, h.retired
        from training_hall h join area_path p on p.area_id = h.area_id and p.ancestor_id = $1
        where h.version = (select max(w.version) from training_hall w where w.id = h.id)
        order by h.area_id, h.name_kk, h.id limit 2001";
    HALL = "select id, version, area_id, name_kk, name_ru, name_en, seats, latitude_microdeg, longitude_microdeg, retired
        from training_hall where id = $1 order by version desc limit 1";
    ADD_HALL = "insert into training_hall (id, version, area_id, name_kk, name_ru, name_en, seats, latitude_microdeg, longitude_microdeg, retired,
            made_by, office, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (id, version) do nothing";
    TRAINERS = "select t.person_id, t.version, t.area_id, t.latitude_microdeg, t.longitude_microdeg, t.away, t.retired,
            n.name_kk, n.name_ru, n.name_en
        from training_trainer t join area_path p on p.area_id = t.area_id and p.ancestor_id = $1 join person n on n.id = t.person_id
        where t.version = (select max(w.version) from training_trainer w where w.person_id = t.person_id)
        order by t.area_id, n.name_kk, t.person_id limit 2001";
    TRAINER = "select t.person_id, t.version, t.area_id, t.latitude_microdeg, t.longitude_microdeg, t.away, t.retired,
            n.name_kk, n.name_ru, n.name_en
        from training_trainer t join person n on n.id = t.person_id where t.person_id = $1 order by t.version desc limit 1";
    ADD_TRAINER = "insert into training_trainer (person_id, version, area_id, latitude_microdeg, longitude_microdeg, away, retired, made_by,
            office, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (person_id, version) do nothing";
    // Members of the commissions of an election's stations under an area, whoever decides first.
    OF_STATIONS = concat!(
        "select m.person_id, c.area_id, v.latitude_microdeg, v.longitude_microdeg, v.district_id as above_id
        from station s join area_path p on p.area_id = s.area_id and p.ancestor_id = $1
            join station_version v on v.station_id = s.id
                and v.version = (select max(w.version) from station_version w where w.station_id = s.id and w.valid_from <= $4)
            join commission c on c.area_id = s.area_id and c.level = $5 and c.term_from <= $4 and c.term_until >= $4
            join commission_member m on m.commission_id = c.id and m.valid_from <= $4 and (m.valid_until is null or m.valid_until >= $4)
        where exists (select 1 from contest_station u where u.station_id = s.id and u.election_id = $2) and ", open!());
    // The same of commissions of territories that have such stations; above them is the commission of another level ($7).
    OF_TERRITORIES = concat!(
        "select m.person_id, c.area_id, r.area_id as above_id
        from commission c join area_path p on p.area_id = c.area_id and p.ancestor_id = $1
            join commission_member m on m.commission_id = c.id and m.valid_from <= $4 and (m.valid_until is null or m.valid_until >= $4)
            join area_path q on q.area_id = c.area_id
            join commission r on r.area_id = q.ancestor_id and r.level = $7 and r.term_from <= $4 and r.term_until >= $4
        where c.level = $5 and c.term_from <= $4 and c.term_until >= $4
            and exists (select 1 from contest_station u join station s on s.id = u.station_id
                join area_path b on b.area_id = s.area_id and b.ancestor_id = c.area_id where u.election_id = $2) and ", open!());
    // Areas of the commissions of a level under an area: those that hold sessions.
    HOLDERS = "select c.area_id from area_path p join commission c on c.area_id = p.area_id and c.level = $2 and c.term_from <= $3 and c.term_until >= $3
        where p.ancestor_id = $1 order by c.area_id limit 20000";
    // Members of the commissions of an area that teach there.
    MEMBERS = "select distinct n.id, n.name_kk, n.name_ru, n.name_en from commission c
            join commission_member m on m.commission_id = c.id and m.valid_from <= $2 and (m.valid_until is null or m.valid_until >= $2)
            join person n on n.id = m.person_id
        where c.area_id = $1 and c.term_from <= $2 and c.term_until >= $2 order by n.name_kk, n.id limit 200";
    // Sessions that stand, with each trainer: they take trainers' time, also that of a trainer from here who is elsewhere; halls are known by
    // where they are.
    STANDING = "select s.id, s.election_id, s.programme_id, s.level, s.starts_at, s.ends_at, s.area_id, v.latitude_microdeg, v.longitude_microdeg,
            t.person_id
        from training_session s join training_session_version v on v.session_id = s.id and v.version = s.version
            join training_session_trainer t on t.session_id = s.id and t.version = s.plan
        where s.state = 'planned' and s.ends_at >= $2
            and (exists (select 1 from area_path p where p.area_id = s.area_id and p.ancestor_id = $1)
                or exists (select 1 from training_trainer r join area_path q on q.area_id = r.area_id and q.ancestor_id = $1
                    where r.person_id = t.person_id))
        order by s.id, t.person_id limit 20000";
}

/// What the log of acts vouches for.
pub(crate) const AUDITED: &[Audited] = &[
    Audited {
        kind: "training_hall",
        rows: &[
            "select id, version, area_id, name_kk, name_ru, name_en, seats, latitude_microdeg, longitude_microdeg, retired, made_by, office, made_at
                from training_hall where id = $1 and version = $2",
        ],
        ids: "select id || '/' || cast(version as text) as object from training_hall",
    },
    Audited {
        kind: "training_trainer",
        rows: &[
            "select person_id, version, area_id, latitude_microdeg, longitude_microdeg, away, retired, made_by, office, made_at
                from training_trainer where person_id = $1 and version = $2",
        ],
        ids: "select person_id || '/' || cast(version as text) as object from training_trainer",
    },
    Audited {
        kind: "training_plan",
        rows: &[
            "select id, election_id, programme_id, area_id, level, starts_on, voting_day, made_by, office, made_at
                from training_plan where id = $1",
        ],
        ids: "select id as object from training_plan",
    },
];

pub(super) fn int(n: u64) -> Result<i64, Error> {
    i64::try_from(n).map_err(Error::internal)
}

fn hall_of(row: &Row) -> Result<Hall, DatabaseError> {
    Ok(Hall {
        version: row.count("version")?,
        says: NewHall {
            id: row.text("id")?,
            area_id: row.text("area_id")?,
            name: row.names("name")?,
            seats: row.count("seats")?,
            place: (
                row.int("latitude_microdeg")?,
                row.int("longitude_microdeg")?,
            ),
            retired: row.flag("retired")?,
        },
    })
}

pub(super) async fn halls(connection: &mut Connection, area_id: &str) -> Result<Vec<Hall>, Error> {
    let rows = connection.all(HALLS, bind![area_id]).await?;
    Ok(rows.iter().map(hall_of).collect::<Result<_, _>>()?)
}

pub(super) async fn hall(connection: &mut Connection, id: &str) -> Result<Option<Hall>, Error> {
    let row = connection.first(HALL, bind![id]).await?;
    Ok(row.as_ref().map(hall_of).transpose()?)
}

/// The next version of a hall; false when somebody was faster.
pub(super) async fn add_hall(
    tx: &mut Transaction,
    acting: &Acting,
    version: u64,
    new: &NewHall,
) -> Result<bool, Error> {
    let values = bind![
        &new.id,
        int(version)?,
        &new.area_id,
        &new.name.kk,
        &new.name.ru,
        &new.name.en,
        int(new.seats)?,
        new.place.0,
        new.place.1,
        new.retired,
        acting.person(),
        acting.actor().office(),
        acting.now()
    ];
    Ok(tx.execute(ADD_HALL, values).await? == 1)
}

fn trainer_of(row: &Row) -> Result<Trainer, DatabaseError> {
    let away = row.text("away")?;
    Ok(Trainer {
        version: row.count("version")?,
        name: row.names("name")?,
        says: NewTrainer {
            person_id: row.text("person_id")?,
            area_id: row.text("area_id")?,
            place: (
                row.int("latitude_microdeg")?,
                row.int("longitude_microdeg")?,
            ),
            away: away
                .split_whitespace()
                .filter_map(|day| day.parse().ok())
                .collect(),
            retired: row.flag("retired")?,
        },
    })
}

pub(super) async fn trainers(
    connection: &mut Connection,
    area_id: &str,
) -> Result<Vec<Trainer>, Error> {
    let rows = connection.all(TRAINERS, bind![area_id]).await?;
    Ok(rows.iter().map(trainer_of).collect::<Result<_, _>>()?)
}

pub(super) async fn trainer(
    connection: &mut Connection,
    person_id: &str,
) -> Result<Option<Trainer>, Error> {
    let row = connection.first(TRAINER, bind![person_id]).await?;
    Ok(row.as_ref().map(trainer_of).transpose()?)
}

/// The next version of a trainer; false when somebody was faster.
pub(super) async fn add_trainer(
    tx: &mut Transaction,
    acting: &Acting,
    version: u64,
    new: &NewTrainer,
) -> Result<bool, Error> {
    let away: Vec<String> = new.away.iter().map(Date::to_string).collect();
    let values = bind![
        &new.person_id,
        int(version)?,
        &new.area_id,
        new.place.0,
        new.place.1,
        away.join(" "),
        new.retired,
        acting.person(),
        acting.actor().office(),
        acting.now()
    ];
    Ok(tx.execute(ADD_TRAINER, values).await? == 1)
}

/// Members of the commission of an area: who may train there.
pub(super) async fn members(
    connection: &mut Connection,
    area_id: &str,
    day: Date,
) -> Result<Vec<(String, Names)>, Error> {
    let rows = connection.all(MEMBERS, bind![area_id, day]).await?;
    let one = |row: &Row| Ok((row.text("id")?, row.names("name")?));
    Ok(rows.iter().map(one).collect::<Result<_, DatabaseError>>()?)
}

fn place(latitude: Option<i64>, longitude: Option<i64>) -> Option<Place> {
    Some(Place {
        latitude_microdeg: latitude?,
        longitude_microdeg: longitude?,
    })
}

/// Somebody who is still to be taught.
pub(super) struct Open {
    pub(super) person_id: String,
    /// The area of their commission.
    pub(super) area_id: String,
    /// Where the station is; territories have no place of their own.
    pub(super) place: Option<Place>,
    /// The area of the commission that trains them.
    pub(super) above_id: String,
}

/// Members of commissions of stations who are still to be taught.
pub(super) async fn open_of_stations(
    connection: &mut Connection,
    area_id: &str,
    (election_id, programme_id): (&str, &str),
    seats: &Seats,
) -> Result<Vec<Open>, Error> {
    let values = bind![
        area_id,
        election_id,
        programme_id,
        seats.day,
        &seats.taught,
        &seats.offices
    ];
    let mut all = Vec::new();
    for row in connection.all(OF_STATIONS, values).await? {
        all.push(Open {
            person_id: row.text("person_id")?,
            area_id: row.text("area_id")?,
            place: place(
                row.opt_int("latitude_microdeg")?,
                row.opt_int("longitude_microdeg")?,
            ),
            above_id: row.text("above_id")?,
        });
    }
    Ok(all)
}

/// Members of commissions of territories who are still to be taught.
pub(super) async fn open_of_territories(
    connection: &mut Connection,
    area_id: &str,
    (election_id, programme_id): (&str, &str),
    seats: &Seats,
) -> Result<Vec<Open>, Error> {
    let values = bind![
        area_id,
        election_id,
        programme_id,
        seats.day,
        &seats.taught,
        &seats.offices,
        &seats.own
    ];
    let mut all = Vec::new();
    for row in connection.all(OF_TERRITORIES, values).await? {
        all.push(Open {
            person_id: row.text("person_id")?,
            area_id: row.text("area_id")?,
            place: None,
            above_id: row.text("above_id")?,
        });
    }
    Ok(all)
}

/// Areas under one whose commissions hold sessions of a level.
pub(super) async fn holders(
    connection: &mut Connection,
    area_id: &str,
    level: &str,
    day: Date,
) -> Result<BTreeSet<String>, Error> {
    let rows = connection.all(HOLDERS, bind![area_id, level, day]).await?;
    let ids = rows.iter().map(|row| row.text("area_id"));
    Ok(ids.collect::<Result<_, DatabaseError>>()?)
}

/// A session that stands, with one of its trainers: when, where, what is taught.
pub(super) struct Standing {
    pub(super) id: String,
    pub(super) election_id: String,
    pub(super) programme_id: String,
    pub(super) level: u64,
    pub(super) starts_at: jiff::Timestamp,
    pub(super) ends_at: jiff::Timestamp,
    pub(super) area_id: String,
    pub(super) place: Option<Place>,
    pub(super) person_id: String,
}

/// Sessions that stand under an area or take one of its trainers, and are not over at a moment.
pub(super) async fn standing(
    connection: &mut Connection,
    area_id: &str,
    from: jiff::Timestamp,
) -> Result<Vec<Standing>, Error> {
    let mut all = Vec::new();
    for row in connection.all(STANDING, bind![area_id, from]).await? {
        all.push(Standing {
            id: row.text("id")?,
            election_id: row.text("election_id")?,
            programme_id: row.text("programme_id")?,
            level: row.count("level")?,
            starts_at: row.instant("starts_at")?,
            ends_at: row.instant("ends_at")?,
            area_id: row.text("area_id")?,
            place: place(
                row.opt_int("latitude_microdeg")?,
                row.opt_int("longitude_microdeg")?,
            ),
            person_id: row.text("person_id")?,
        });
    }
    Ok(all)
}
