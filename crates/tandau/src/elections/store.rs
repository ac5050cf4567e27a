//! All the SQL of the room's tables.

use super::model::{Contest, ContestState, CountingUnit, Election, StateMove};
use super::state::ElectionState;
use crate::platform::audit::Audited;
use crate::platform::database::{DatabaseError, Row};
use crate::statements;

statements! {
    ADD_ELECTION = "insert into election (id, rules_id, rules_sha256, title_kk, title_ru, title_en, area_id, zone, voting_day,
            state, state_since, synthetic, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $11)";
    ELECTION = "select id, rules_id, rules_sha256, title_kk, title_ru, title_en, area_id, zone, voting_day, state, state_since,
            synthetic, created_at
        from election where id = $1";
    ELECTIONS = "select id, rules_id, rules_sha256, title_kk, title_ru, title_en, area_id, zone, voting_day, state, state_since,
            synthetic, created_at
        from election order by voting_day desc, id";
    SET_STATE = "update election set state = $3, state_since = $4 where id = $1 and state = $2";
    ADD_STATE = "insert into election_state (election_id, sequence, state, at, decision_id, made_by) values ($1, $2, $3, $4, $5, $6)";
    STATES = "select sequence, state, at, decision_id from election_state where election_id = $1 order by sequence";
    NEXT_STATE = "select coalesce(max(sequence), 0) + 1 as n from election_state where election_id = $1";

    ADD_CONTEST = "insert into contest (id, election_id, number, area_id, region_id, commission_id, seats, state, sourcing,
            basis_decision_id, called_by_decision_id, voting_day, nomination_until)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    ADD_CHANGE = "insert into contest_change (contest_id, sequence, kind, state, voting_day, nomination_until, decision_id, reason, made_by, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    NEXT_CHANGE = "select coalesce(max(sequence), 0) + 1 as n from contest_change where contest_id = $1";
    CHANGES = "select sequence, kind, state, voting_day, nomination_until, decision_id, reason, made_at
        from contest_change where contest_id = $1 order by sequence";
    SET_CONTEST = "update contest set state = $2, voting_day = $3, nomination_until = $4 where id = $1";
    CONTEST = "select c.id, c.election_id, c.number, c.area_id, a.code as area_code, a.zone, n.name_kk, n.name_ru, n.name_en,
            c.region_id, r.name_kk as region_kk, r.name_ru as region_ru, r.name_en as region_en, c.commission_id, c.seats, c.state,
            c.sourcing, c.basis_decision_id, c.called_by_decision_id, c.voting_day, c.nomination_until, c.stations_expected, c.voters_on_lists
        from contest c join area a on a.id = c.area_id
            join area_name n on n.area_id = c.area_id and n.valid_from = coalesce(
                (select max(m.valid_from) from area_name m where m.area_id = c.area_id and m.valid_from <= c.voting_day),
                (select min(m.valid_from) from area_name m where m.area_id = c.area_id))
            join area_name r on r.area_id = c.region_id and r.valid_from = coalesce(
                (select max(m.valid_from) from area_name m where m.area_id = c.region_id and m.valid_from <= c.voting_day),
                (select min(m.valid_from) from area_name m where m.area_id = c.region_id))
        where c.id = $1";
    CONTESTS = "select c.id, c.election_id, c.number, c.area_id, a.code as area_code, a.zone, n.name_kk, n.name_ru, n.name_en,
            c.region_id, r.name_kk as region_kk, r.name_ru as region_ru, r.name_en as region_en, c.commission_id, c.seats, c.state,
            c.sourcing, c.basis_decision_id, c.called_by_decision_id, c.voting_day, c.nomination_until, c.stations_expected, c.voters_on_lists
        from contest c join area a on a.id = c.area_id
            join area_name n on n.area_id = c.area_id and n.valid_from = coalesce(
                (select max(m.valid_from) from area_name m where m.area_id = c.area_id and m.valid_from <= c.voting_day),
                (select min(m.valid_from) from area_name m where m.area_id = c.area_id))
            join area_name r on r.area_id = c.region_id and r.valid_from = coalesce(
                (select max(m.valid_from) from area_name m where m.area_id = c.region_id and m.valid_from <= c.voting_day),
                (select min(m.valid_from) from area_name m where m.area_id = c.region_id))
        where c.election_id = $1 order by c.number, c.id";
    CONTEST_OF_CODE = "select c.id from contest c join area a on a.id = c.area_id where c.election_id = $1 and a.code = $2";
    CALLED_ON = "select distinct d.decided_on from contest c join decision d on d.id = c.called_by_decision_id where c.election_id = $1";

    ADD_UNIT = "insert into contest_station (station_id, contest_id, election_id, number, voters_initial, opens_at, closes_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (station_id, contest_id) do update set opens_at = $6, closes_at = $7";
    REMOVE_UNITS = "delete from contest_station where contest_id = $1";
    SET_EXPECTED = "update contest set stations_expected = $2, voters_on_lists = $3 where id = $1";
    STATIONS_OF_DISTRICT = "select v.station_id, v.number, v.voters_on_list, a.zone
        from station_version v join station s on s.id = v.station_id join area a on a.id = s.area_id
        where v.district_id = $1 and (a.valid_until is null or a.valid_until >= $2)
            and v.version = (select max(w.version) from station_version w
            where w.station_id = v.station_id and w.valid_from <= $2)
        order by v.number, v.station_id";
    UNITS = "select u.station_id, u.contest_id, u.election_id, u.number, u.voters_initial, u.opens_at, u.closes_at,
            v.name_kk, v.name_ru, v.name_en, v.region_id, s.area_id, a.zone
        from contest_station u join contest c on c.id = u.contest_id join station s on s.id = u.station_id
            join area a on a.id = s.area_id
            join station_version v on v.station_id = u.station_id and v.version = (select max(w.version) from station_version w
                where w.station_id = u.station_id and w.valid_from <= c.voting_day)
        where u.contest_id = $1 order by u.number, u.station_id";
    UNITS_OF_STATION = "select u.station_id, u.contest_id, u.election_id, u.number, u.voters_initial, u.opens_at, u.closes_at,
            v.name_kk, v.name_ru, v.name_en, v.region_id, s.area_id, a.zone
        from contest_station u join contest c on c.id = u.contest_id join station s on s.id = u.station_id
            join area a on a.id = s.area_id
            join station_version v on v.station_id = u.station_id and v.version = (select max(w.version) from station_version w
                where w.station_id = u.station_id and w.valid_from <= c.voting_day)
        where u.station_id = $1 order by c.voting_day desc, u.contest_id";
    UNITS_BY_NUMBER = "select u.station_id, u.contest_id, u.election_id, u.number, u.voters_initial, u.opens_at, u.closes_at,
            v.name_kk, v.name_ru, v.name_en, v.region_id, s.area_id, a.zone
        from contest_station u join contest c on c.id = u.contest_id join station s on s.id = u.station_id
            join area a on a.id = s.area_id
            join station_version v on v.station_id = u.station_id and v.version = (select max(w.version) from station_version w
                where w.station_id = u.station_id and w.valid_from <= c.voting_day)
        where u.election_id = $1 and u.number = $2 order by u.contest_id, u.station_id";
    HOURS_OF_DAY = "select min(u.opens_at) as first_opening, max(u.closes_at) as last_closing
        from contest_station u join contest c on c.id = u.contest_id where u.election_id = $1 and c.voting_day = $2";

    ADD_ENTRY = "insert into calendar_entry (election_id, contest_id, step, version, kind, from_at, until_at, done_at, reason,
            decision_id, made_by, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    NEXT_ENTRY = "select coalesce(max(version), 0) + 1 as n from calendar_entry where election_id = $1 and contest_id = $2 and step = $3";
    ENTRIES = "select contest_id, step, version, kind, from_at, until_at, done_at, reason, decision_id, made_at
        from calendar_entry where election_id = $1 and (contest_id = '' or contest_id = $2) order by contest_id, step, version";

    // What records say about steps: in how many places, of how many, and the last day. $2 is one contest, or empty
    // for all contests of the election that vote on day $3.
    CALLS = "select count(*) as places, count(d.id) as done, max(d.decided_on) as last_day
        from contest c left join decision d on d.id = c.called_by_decision_id
        where c.election_id = $1 and (c.id = $2 or ($2 = '' and c.voting_day = $3)) and c.state <> 'cancelled'";
    COMPOSED_ABOVE = "select count(*) as places, count(f.full_from) as done, max(f.full_from) as last_day
        from (select k.id, (select s.valid_from from (select m.valid_from,
                    row_number() over (order by m.valid_from, m.id) as place
                from commission_member m where m.commission_id = k.id) s where s.place = k.size) as full_from
            from contest c join commission k on k.id = c.commission_id
            where c.election_id = $1 and (c.id = $2 or ($2 = '' and c.voting_day = $3)) and c.state <> 'cancelled') f";
    COMPOSED_BELOW = "select count(*) as places, count(f.full_from) as done, max(f.full_from) as last_day
        from (select k.id, (select s.valid_from from (select m.valid_from,
                    row_number() over (order by m.valid_from, m.id) as place
                from commission_member m where m.commission_id = k.id) s where s.place = k.size) as full_from
            from contest c join contest_station u on u.contest_id = c.id join station t on t.id = u.station_id
                join commission k on k.area_id = t.area_id and k.term_from <= $3 and k.term_until >= $3
            where c.election_id = $1 and (c.id = $2 or ($2 = '' and c.voting_day = $3)) and c.state <> 'cancelled') f";
    CONTEST_MARKS = "select e.step, count(*) as done, max(e.done_at) as last_at,
            (select count(*) from contest o where o.election_id = $1 and o.voting_day = $2 and o.state <> 'cancelled') as places
        from calendar_entry e join contest c on c.id = e.contest_id
        where e.election_id = $1 and c.voting_day = $2 and c.state <> 'cancelled' and e.kind in ('done', 'not_needed')
            and not exists (select 1 as one from calendar_entry n where n.election_id = e.election_id and n.contest_id = e.contest_id
                and n.step = e.step and n.version > e.version and n.kind in ('done', 'not_needed', 'not_done'))
        group by e.step order by e.step";

    DECISION = "select commission_id, area_id, election_id, contest_id, decided_on from decision where id = $1";
    DECISIONS_OF_ELECTION = "select d.id, d.kind, d.number, d.decided_on, d.title_kk, d.title_ru, d.title_en, d.body_kk, d.body_ru, d.body_en,
            d.commission_id, d.contest_id, d.area_id, d.body_text, d.members_total, d.members_present, d.votes_for, d.votes_against, d.file_id,
            coalesce(m.level, '') as level, n.name_kk as area_kk, n.name_ru as area_ru, n.name_en as area_en,
            (select count(*) from decision_dissent x where x.decision_id = d.id) as dissents
        from decision d left join commission m on m.id = d.commission_id
            join area_name n on n.area_id = d.area_id and n.valid_until is null
        where d.election_id = $1 order by d.decided_on desc, d.recorded_at desc, d.id limit $2 offset $3";
    COUNT_DECISIONS = "select count(*) as n from decision where election_id = $1";
    COMMISSION = "select area_id from commission where id = $1";
}

/// What the log of acts vouches for.
pub(crate) const AUDITED: &[Audited] = &[
    Audited {
        kind: "election",
        rows: &[
            "select id, rules_id, rules_sha256, title_kk, title_ru, title_en, area_id, zone, voting_day, synthetic, created_at
                from election where id = $1",
        ],
        ids: "select id as object from election",
    },
    Audited {
        kind: "election_state",
        rows: &[
            "select election_id, sequence, state, at, decision_id, made_by from election_state where election_id = $1 and sequence = $2",
        ],
        ids: "select election_id || '/' || cast(sequence as text) as object from election_state",
    },
    Audited {
        kind: "contest",
        rows: &[
            "select id, election_id, number, area_id, region_id, commission_id, seats, sourcing, basis_decision_id, called_by_decision_id
                from contest where id = $1",
        ],
        ids: "select id as object from contest",
    },
    Audited {
        kind: "contest_change",
        rows: &[
            "select contest_id, sequence, kind, state, voting_day, nomination_until, decision_id, reason, made_by, made_at
                from contest_change where contest_id = $1 and sequence = $2",
        ],
        ids: "select contest_id || '/' || cast(sequence as text) as object from contest_change",
    },
    Audited {
        kind: "contest_stations",
        rows: &[
            "select station_id, number, voters_initial, opens_at, closes_at from contest_station where contest_id = $1 order by station_id",
        ],
        ids: "select distinct contest_id as object from contest_station",
    },
    Audited {
        kind: "calendar_entry",
        rows: &[
            "select election_id, contest_id, step, version, kind, from_at, until_at, done_at, reason, decision_id, made_by, made_at
                from calendar_entry where election_id = $1 and contest_id = $2 and step = $3 and version = $4",
        ],
        ids: "select election_id || '/' || contest_id || '/' || step || '/' || cast(version as text) as object from calendar_entry",
    },
];

fn unknown(column: &str, word: &str) -> DatabaseError {
    DatabaseError::Column {
        column: column.to_owned(),
        problem: format!("unknown word {word}"),
    }
}

pub(super) fn state(row: &Row) -> Result<ElectionState, DatabaseError> {
    let word = row.text("state")?;
    ElectionState::parse(&word).ok_or_else(|| unknown("state", &word))
}

pub(super) fn contest_state(row: &Row) -> Result<ContestState, DatabaseError> {
    let word = row.text("state")?;
    ContestState::parse(&word).ok_or_else(|| unknown("state", &word))
}

pub(super) fn election(row: &Row) -> Result<Election, DatabaseError> {
    Ok(Election {
        id: row.text("id")?,
        rules_id: row.text("rules_id")?,
        rules_sha256: row.text("rules_sha256")?,
        title: row.names("title")?,
        area_id: row.text("area_id")?,
        zone: row.text("zone")?,
        voting_day: row.date("voting_day")?,
        state: state(row)?,
        state_since: row.instant("state_since")?,
        synthetic: row.flag("synthetic")?,
        created_at: row.instant("created_at")?,
    })
}

pub(super) fn contest(row: &Row) -> Result<Contest, DatabaseError> {
    Ok(Contest {
        id: row.text("id")?,
        election_id: row.text("election_id")?,
        number: row.count("number")?,
        area_id: row.text("area_id")?,
        area_code: row.text("area_code")?,
        zone: row.text("zone")?,
        names: row.names("name")?,
        region_id: row.text("region_id")?,
        region_names: row.names("region")?,
        commission_id: row.text("commission_id")?,
        seats: row.count("seats")?,
        state: contest_state(row)?,
        sourcing: row.text("sourcing")?,
        basis_decision_id: row.opt_text("basis_decision_id")?,
        called_by_decision_id: row.opt_text("called_by_decision_id")?,
        voting_day: row.date("voting_day")?,
        nomination_until: row.opt_instant("nomination_until")?,
        stations_expected: row.count("stations_expected")?,
        voters_on_lists: row.count("voters_on_lists")?,
    })
}

pub(super) fn unit(row: &Row) -> Result<CountingUnit, DatabaseError> {
    Ok(CountingUnit {
        station_id: row.text("station_id")?,
        contest_id: row.text("contest_id")?,
        election_id: row.text("election_id")?,
        number: row.count("number")?,
        names: row.names("name")?,
        area_id: row.text("area_id")?,
        region_id: row.text("region_id")?,
        zone: row.text("zone")?,
        voters_initial: row.count("voters_initial")?,
        opens_at: row.instant("opens_at")?,
        closes_at: row.instant("closes_at")?,
    })
}

pub(super) fn state_move(row: &Row) -> Result<StateMove, DatabaseError> {
    Ok(StateMove {
        sequence: row.count("sequence")?,
        state: state(row)?,
        at: row.instant("at")?,
        decision_id: row.opt_text("decision_id")?,
    })
}
