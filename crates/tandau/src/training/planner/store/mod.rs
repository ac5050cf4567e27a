//! The SQL of halls and trainers, and of what a plan is made from.

pub(crate) mod plans;

use super::model::{Hall, NewHall, NewTrainer, Trainer};
use crate::platform::audit::Audited;
use crate::platform::database::{Connection, DatabaseError, Row, Transaction};
use crate::platform::{Acting, Error, Names};
use crate::{bind, statements};
use electoral::training::plan::{Place, Station};
use jiff::civil::Date;

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
    // Stations of an election under an area: members who have neither passed the programme nor are invited to a session that stands.
    STATIONS = "select s.id, v.latitude_microdeg, v.longitude_microdeg, v.district_id, count(m.id) as people
        from station s join area_path p on p.area_id = s.area_id and p.ancestor_id = $1
            join station_version v on v.station_id = s.id
                and v.version = (select max(w.version) from station_version w where w.station_id = s.id and w.valid_from <= $4)
            join commission c on c.area_id = s.area_id and c.level = 'precinct' and c.term_from <= $4 and c.term_until >= $4
            join commission_member m on m.commission_id = c.id and m.valid_from <= $4 and (m.valid_until is null or m.valid_until >= $4)
        where exists (select 1 from contest_station u where u.station_id = s.id and u.election_id = $2)
            and not exists (select 1 from training_passed t where t.person_id = m.person_id and t.programme_id = $3 and t.election_id = $2
                and t.ended_at is null)
            and not exists (select 1 from training_trainee e join training_session x on x.id = e.session_id
                where e.person_id = m.person_id and e.state = 'invited' and x.programme_id = $3 and x.election_id = $2 and x.state = 'planned')
        group by s.id, v.latitude_microdeg, v.longitude_microdeg, v.district_id order by s.id limit 20000";
    // Members of the commissions of an area that teach there.
    MEMBERS = "select distinct n.id, n.name_kk, n.name_ru, n.name_en from commission c
            join commission_member m on m.commission_id = c.id and m.valid_from <= $2 and (m.valid_until is null or m.valid_until >= $2)
            join person n on n.id = m.person_id
        where c.area_id = $1 and c.term_from <= $2 and c.term_until >= $2 order by n.name_kk, n.id limit 200";
    // Sessions that stand, with each trainer: they take trainers' time; halls are known by where they are.
    STANDING = "select s.starts_at, s.area_id, v.latitude_microdeg, v.longitude_microdeg, t.person_id
        from training_session s join area_path p on p.area_id = s.area_id and p.ancestor_id = $1
            join training_session_version v on v.session_id = s.id and v.version = s.version
            join training_session_trainer t on t.session_id = s.id and t.version = s.plan
        where s.state = 'planned' and s.starts_at >= $2 order by s.id limit 20000";
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

/// Stations with members who must still be taught.
pub(super) async fn stations(
    connection: &mut Connection,
    area_id: &str,
    (election_id, programme_id): (&str, &str),
    day: Date,
) -> Result<Vec<Station>, Error> {
    let values = bind![area_id, election_id, programme_id, day];
    let mut stations = Vec::new();
    for row in connection.all(STATIONS, values).await? {
        stations.push(Station {
            id: row.text("id")?,
            people: u32::try_from(row.count("people")?).map_err(Error::internal)?,
            place: place(
                row.opt_int("latitude_microdeg")?,
                row.opt_int("longitude_microdeg")?,
            ),
            within: row.text("district_id")?,
        });
    }
    Ok(stations)
}

/// A session that stands: when, where, who trains.
pub(super) struct Standing {
    pub(super) starts_at: jiff::Timestamp,
    pub(super) area_id: String,
    pub(super) place: Option<Place>,
    pub(super) person_id: String,
}

pub(super) async fn standing(
    connection: &mut Connection,
    area_id: &str,
    from: jiff::Timestamp,
) -> Result<Vec<Standing>, Error> {
    let mut all = Vec::new();
    for row in connection.all(STANDING, bind![area_id, from]).await? {
        all.push(Standing {
            starts_at: row.instant("starts_at")?,
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
