//! The SQL of training: programmes, modules, materials. Versions are added, never changed.

pub(crate) mod passes;
pub(crate) mod people;
pub(crate) mod read;
pub(crate) mod sessions;
pub(crate) mod tree;

use super::model::{
    Material, MaterialKind, Module, NewModule, NewProgramme, Programme, ProgrammeState,
};
use crate::platform::audit::Audited;
use crate::platform::database::{Connection, DatabaseError, Row, Transaction};
use crate::platform::{Acting, Error};
use crate::{bind, statements};
use jiff::Timestamp;

statements! {
    ADD_PROGRAMME = "insert into training_programme (id, key, version) values ($1, $2, 1) on conflict do nothing";
    STEP_PROGRAMME = "update training_programme set version = version + 1 where id = $1 and version = $2";
    ADD_PROGRAMME_VERSION = "insert into training_programme_version (programme_id, version, state, audience, level_from, level_until, tested,
            title_kk, title_ru, title_en, goal_kk, goal_ru, goal_en, reason, made_by, office, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    PROGRAMME = "select p.id, p.key, p.version, v.state, v.audience, v.level_from, v.level_until, v.tested, v.title_kk, v.title_ru, v.title_en,
            v.goal_kk, v.goal_ru, v.goal_en, v.reason
        from training_programme p join training_programme_version v on v.programme_id = p.id and v.version = p.version where p.id = $1";
    PROGRAMMES = "select p.id, p.key, p.version, v.state, v.audience, v.level_from, v.level_until, v.tested, v.title_kk, v.title_ru, v.title_en,
            v.goal_kk, v.goal_ru, v.goal_en, v.reason
        from training_programme p join training_programme_version v on v.programme_id = p.id and v.version = p.version order by p.key limit 200";
    ADD_MODULE = "insert into training_module (id, programme_id, key, place, version)
        values ($1, $2, $3, 1 + (select count(*) from training_module where programme_id = $2), 1) on conflict do nothing";
    STEP_MODULE = "update training_module set version = version + 1 where id = $1 and version = $2";
    ADD_MODULE_VERSION = "insert into training_module_version (module_id, version, title_kk, title_ru, title_en, goals_kk, goals_ru, goals_en,
            change_kk, change_ru, change_en, minutes, retired, reason, made_by, office, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    MODULE = "select m.id, m.programme_id, m.key, m.place, v.version, v.title_kk, v.title_ru, v.title_en, v.goals_kk, v.goals_ru, v.goals_en,
            v.change_kk, v.change_ru, v.change_en, v.minutes, v.retired, v.reason, v.office, v.made_at
        from training_module m join training_module_version v on v.module_id = m.id and v.version = m.version where m.id = $1";
    MODULES = "select m.id, m.programme_id, m.key, m.place, v.version, v.title_kk, v.title_ru, v.title_en, v.goals_kk, v.goals_ru, v.goals_en,
            v.change_kk, v.change_ru, v.change_en, v.minutes, v.retired, v.reason, v.office, v.made_at
        from training_module m join training_module_version v on v.module_id = m.id and v.version = m.version
        where m.programme_id = $1 order by m.place";
    MODULE_VERSIONS = "select m.id, m.programme_id, m.key, m.place, v.version, v.title_kk, v.title_ru, v.title_en, v.goals_kk, v.goals_ru, v.goals_en,
            v.change_kk, v.change_ru, v.change_en, v.minutes, v.retired, v.reason, v.office, v.made_at
        from training_module m join training_module_version v on v.module_id = m.id where m.id = $1 order by v.version desc";
    // The text that was the newest at a moment, for every module of a programme.
    NEWEST_AT = "select m.id, max(v.version) as version from training_module m join training_module_version v on v.module_id = m.id
        where m.programme_id = $1 and v.made_at <= $2 group by m.id";
    ADD_MATERIAL = "insert into training_material (module_id, version, language, place, kind, title, link, file_id)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    MATERIALS = "select language, place, kind, title, link, file_id from training_material where module_id = $1 and version = $2
        order by language, place";
    // Whether a file is a material of some version of a module.
    IS_MATERIAL = "select module_id from training_material where file_id = $1 limit 1";
}

/// What the log of acts vouches for: each version of a programme, of a module with its materials, of a session with its
/// trainers and modules, those invited and those let go by it, and what it says people were taught, or were not after
/// all; that a session's row says what its newest version says; who passed after a session and whether that holds.
pub(crate) const AUDITED: &[Audited] = &[
    Audited {
        kind: "training_programme_version",
        rows: &[
            "select programme_id, version, state, audience, level_from, level_until, tested, title_kk, title_ru, title_en, goal_kk, goal_ru, goal_en,
                reason, made_by, office, made_at
            from training_programme_version where programme_id = $1 and version = $2",
        ],
        ids: "select programme_id || '/' || cast(version as text) as object from training_programme_version",
    },
    Audited {
        kind: "training_module_version",
        rows: &[
            "select module_id, version, title_kk, title_ru, title_en, goals_kk, goals_ru, goals_en, change_kk, change_ru, change_en, minutes, retired,
                reason, made_by, office, made_at
            from training_module_version where module_id = $1 and version = $2",
            "select language, place, kind, title, link, file_id from training_material where module_id = $1 and version = $2
                order by language, place",
        ],
        ids: "select module_id || '/' || cast(version as text) as object from training_module_version",
    },
    Audited {
        kind: "training_session_version",
        rows: &[
            "select session_id, version, act, state, plan, area_id, place_kk, place_ru, place_en, station_id, latitude_microdeg, longitude_microdeg,
                starts_at, ends_at, seats, present, present_paper, reason, made_by, office, made_at
            from training_session_version where session_id = $1 and version = $2",
            "select place, person_id from training_session_trainer where session_id = $1 and version = $2 order by place, person_id",
            "select place, module_id, module_version from training_session_module where session_id = $1 and version = $2 order by place, module_id",
            "select person_id, commission_id, station_id, seat_office from training_trainee where session_id = $1 and added = $2 order by person_id",
            "select person_id, replaced_by from training_trainee where session_id = $1 and ended = $2 order by person_id",
            // Written by this act, whether it counts still or not.
            "select person_id, module_id, module_version from training_taught where session_id = $1 and version = $2
                union all select person_id, module_id, module_version from training_taught_before where session_id = $1 and version = $2
                order by person_id, module_id",
            "select person_id, module_id, version from training_taught_before where session_id = $1 and ended = $2 order by person_id, module_id",
            // What never changes of the row above, and whether the rest of it says what the newest version says.
            "select s.election_id, s.programme_id, s.level,
                cast(case when s.version = (select max(x.version) from training_session_version x where x.session_id = s.id)
                        and s.plan = v.plan and s.area_id = v.area_id and s.state = v.state and s.starts_at = v.starts_at and s.ends_at = v.ends_at
                        and coalesce(s.present, -1) = coalesce(v.present, -1)
                        and coalesce(s.present_paper, -1) = coalesce(v.present_paper, -1) then 1 else 0 end as bigint) as agrees
            from training_session_version w join training_session s on s.id = w.session_id
                left join training_session_version v on v.session_id = s.id and v.version = s.version
            where w.session_id = $1 and w.version = $2",
        ],
        // Rows that name an act which never was belong to an object that nobody put on record.
        ids: "select session_id || '/' || cast(version as text) as object from training_session_version
            union select session_id || '/' || cast(version as text) from training_taught
            union select session_id || '/' || cast(added as text) from training_trainee",
    },
    // All who passed after a session together: the log names a session, never who passed. Each act that changes them puts them
    // on record anew.
    Audited {
        kind: "training_passes",
        rows: &[
            "select person_id, programme_id, election_id, level, passed_at, ended_at, ended_reason from training_passed where session_id = $1
                order by person_id, programme_id, election_id",
        ],
        ids: "select distinct session_id as object from training_passed",
    },
];

pub(super) fn int(n: u64) -> Result<i64, Error> {
    i64::try_from(n).map_err(Error::internal)
}

fn programme_of(row: &Row) -> Result<Programme, DatabaseError> {
    let state = row.text("state")?;
    Ok(Programme {
        version: row.count("version")?,
        state: ProgrammeState::parse(&state)
            .ok_or_else(|| DatabaseError::unknown("state", &state))?,
        says: NewProgramme {
            id: row.text("id")?,
            key: row.text("key")?,
            audience: row.text("audience")?,
            level_from: row.count("level_from")?,
            level_until: row.count("level_until")?,
            tested: row.flag("tested")?,
            title: row.names("title")?,
            goal: row.names("goal")?,
        },
        reason: row.text("reason")?,
    })
}

fn module_of(row: &Row) -> Result<Module, DatabaseError> {
    Ok(Module {
        programme_id: row.text("programme_id")?,
        place: row.count("place")?,
        version: row.count("version")?,
        says: NewModule {
            id: row.text("id")?,
            key: row.text("key")?,
            title: row.names("title")?,
            goals: row.names("goals")?,
            change: row.names("change")?,
            minutes: row.count("minutes")?,
            retired: row.flag("retired")?,
            materials: Vec::new(),
        },
        reason: row.text("reason")?,
        office: row.text("office")?,
        made_at: row.instant("made_at")?,
    })
}

fn material_of(row: &Row) -> Result<Material, DatabaseError> {
    let kind = row.text("kind")?;
    Ok(Material {
        language: row.text("language")?,
        kind: MaterialKind::parse(&kind).ok_or_else(|| DatabaseError::unknown("kind", &kind))?,
        title: row.text("title")?,
        link: row.text("link")?,
        file_id: row.opt_text("file_id")?,
    })
}

pub(super) async fn programme(connection: &mut Connection, id: &str) -> Result<Programme, Error> {
    let row = connection.first(PROGRAMME, bind![id]).await?;
    Ok(programme_of(&row.ok_or(Error::NotFound)?)?)
}

/// All programmes by their keys.
pub(super) async fn programmes(connection: &mut Connection) -> Result<Vec<Programme>, Error> {
    let rows = connection.all(PROGRAMMES, bind![]).await?;
    Ok(rows.iter().map(programme_of).collect::<Result<_, _>>()?)
}

/// False when this id or key is on record.
pub(super) async fn add_programme(tx: &mut Transaction, new: &NewProgramme) -> Result<bool, Error> {
    Ok(tx.execute(ADD_PROGRAMME, bind![&new.id, &new.key]).await? > 0)
}

/// The next act on a programme; false when somebody else was faster.
pub(super) async fn step_programme(
    tx: &mut Transaction,
    id: &str,
    seen: u64,
) -> Result<bool, Error> {
    Ok(tx.execute(STEP_PROGRAMME, bind![id, int(seen)?]).await? > 0)
}

pub(super) async fn add_programme_version(
    tx: &mut Transaction,
    acting: &Acting,
    (new, version): (&NewProgramme, u64),
    (state, reason): (ProgrammeState, &str),
) -> Result<(), Error> {
    let values = bind![
        &new.id,
        int(version)?,
        state.as_str(),
        &new.audience,
        int(new.level_from)?,
        int(new.level_until)?,
        new.tested,
        &new.title.kk,
        &new.title.ru,
        &new.title.en,
        &new.goal.kk,
        &new.goal.ru,
        &new.goal.en,
        reason,
        acting.person(),
        acting.actor().office(),
        acting.now()
    ];
    tx.execute(ADD_PROGRAMME_VERSION, values).await?;
    Ok(())
}

/// The newest version of a module with its materials.
pub(super) async fn module(connection: &mut Connection, id: &str) -> Result<Module, Error> {
    let row = connection.first(MODULE, bind![id]).await?;
    let mut module = module_of(&row.ok_or(Error::NotFound)?)?;
    module.says.materials = materials(connection, id, module.version).await?;
    Ok(module)
}

/// Modules of a programme in their order, without materials.
pub(super) async fn modules(
    connection: &mut Connection,
    programme_id: &str,
) -> Result<Vec<Module>, Error> {
    let rows = connection.all(MODULES, bind![programme_id]).await?;
    Ok(rows.iter().map(module_of).collect::<Result<_, _>>()?)
}

/// Every version of a module, the newest first, without materials.
pub(super) async fn module_versions(
    connection: &mut Connection,
    id: &str,
) -> Result<Vec<Module>, Error> {
    let rows = connection.all(MODULE_VERSIONS, bind![id]).await?;
    Ok(rows.iter().map(module_of).collect::<Result<_, _>>()?)
}

/// The texts that were the newest at a moment: module and version.
pub(super) async fn newest_at(
    connection: &mut Connection,
    programme_id: &str,
    at: Timestamp,
) -> Result<std::collections::HashMap<String, u64>, Error> {
    let rows = connection.all(NEWEST_AT, bind![programme_id, at]).await?;
    let pairs = rows
        .iter()
        .map(|row| Ok::<_, DatabaseError>((row.text("id")?, row.count("version")?)));
    Ok(pairs.collect::<Result<_, _>>()?)
}

pub(super) async fn materials(
    connection: &mut Connection,
    module_id: &str,
    version: u64,
) -> Result<Vec<Material>, Error> {
    let rows = connection
        .all(MATERIALS, bind![module_id, int(version)?])
        .await?;
    Ok(rows.iter().map(material_of).collect::<Result<_, _>>()?)
}

/// Whether a file is a material.
pub(super) async fn is_material(connection: &mut Connection, file: &str) -> Result<bool, Error> {
    Ok(connection.first(IS_MATERIAL, bind![file]).await?.is_some())
}

/// False when this id is on record, or the programme has a module of this key.
pub(super) async fn add_module(
    tx: &mut Transaction,
    programme_id: &str,
    new: &NewModule,
) -> Result<bool, Error> {
    let values = bind![&new.id, programme_id, &new.key];
    Ok(tx.execute(ADD_MODULE, values).await? > 0)
}

/// The next version of a module; false when somebody else was faster.
pub(super) async fn step_module(tx: &mut Transaction, id: &str, seen: u64) -> Result<bool, Error> {
    Ok(tx.execute(STEP_MODULE, bind![id, int(seen)?]).await? > 0)
}

pub(super) async fn add_module_version(
    tx: &mut Transaction,
    acting: &Acting,
    (new, version): (&NewModule, u64),
    reason: &str,
) -> Result<(), Error> {
    let values = bind![
        &new.id,
        int(version)?,
        &new.title.kk,
        &new.title.ru,
        &new.title.en,
        &new.goals.kk,
        &new.goals.ru,
        &new.goals.en,
        &new.change.kk,
        &new.change.ru,
        &new.change.en,
        int(new.minutes)?,
        new.retired,
        reason,
        acting.person(),
        acting.actor().office(),
        acting.now()
    ];
    tx.execute(ADD_MODULE_VERSION, values).await?;
    for (material, place) in new.materials.iter().zip(1_i64..) {
        let values = bind![
            &new.id,
            int(version)?,
            &material.language,
            place,
            material.kind.as_str(),
            &material.title,
            &material.link,
            material.file_id.clone()
        ];
        tx.execute(ADD_MATERIAL, values).await?;
    }
    Ok(())
}
