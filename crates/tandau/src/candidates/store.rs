//! All the SQL of the room's tables.

use super::model::{Candidate, CandidateEvent, CandidateState};
use crate::platform::audit::Audited;
use crate::platform::database::{DatabaseError, Row};
use crate::statements;

statements! {
    ADD = "insert into candidate (id, contest_id, person_id, nominated_by, organisation_id, nominated_on, state,
            occupation_kk, occupation_ru, occupation_en, signatures_needed)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    SET_STATE = "update candidate set state = $3, reason_code = $4, ballot_position = $5 where id = $1 and state = $2";
    SET_SIGNATURES = "update candidate set signatures_needed = $2, signatures_valid = $3 where id = $1";
    ADD_EVENT = "insert into candidate_event (candidate_id, sequence, state, on_day, reason_code, note, decision_id, made_by, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    NEXT_EVENT = "select coalesce(max(sequence), 0) + 1 as n from candidate_event where candidate_id = $1";
    LAST_DAY = "select max(on_day) as day from candidate_event where candidate_id = $1";
    CANDIDATE = "select k.id, k.contest_id, k.person_id, p.name_kk, p.name_ru, p.name_en, p.birth_year, p.sex, k.nominated_by,
            k.organisation_id, o.name_kk as org_kk, o.name_ru as org_ru, o.name_en as org_en, k.nominated_on, k.state, k.reason_code,
            k.ballot_position, k.occupation_kk, k.occupation_ru, k.occupation_en, k.signatures_needed, k.signatures_valid
        from candidate k join person p on p.id = k.person_id left join organisation o on o.id = k.organisation_id
        where k.id = $1";
    OF_CONTEST = "select k.id, k.contest_id, k.person_id, p.name_kk, p.name_ru, p.name_en, p.birth_year, p.sex, k.nominated_by,
            k.organisation_id, o.name_kk as org_kk, o.name_ru as org_ru, o.name_en as org_en, k.nominated_on, k.state, k.reason_code,
            k.ballot_position, k.occupation_kk, k.occupation_ru, k.occupation_en, k.signatures_needed, k.signatures_valid
        from candidate k join person p on p.id = k.person_id left join organisation o on o.id = k.organisation_id
        where k.contest_id = $1 order by k.nominated_on, k.id";
    OF_ELECTION = "select k.id, k.contest_id, k.person_id, p.name_kk, p.name_ru, p.name_en, p.birth_year, p.sex, k.nominated_by,
            k.organisation_id, o.name_kk as org_kk, o.name_ru as org_ru, o.name_en as org_en, k.nominated_on, k.state, k.reason_code,
            k.ballot_position, k.occupation_kk, k.occupation_ru, k.occupation_en, k.signatures_needed, k.signatures_valid
        from candidate k join contest c on c.id = k.contest_id join person p on p.id = k.person_id
            left join organisation o on o.id = k.organisation_id
        where c.election_id = $1 order by c.number, k.nominated_on, k.id";
    SEARCH = "select k.id, k.state, k.ballot_position, p.name_kk, p.name_ru, p.name_en, c.election_id, c.voting_day, a.code,
            n.name_kk as area_kk, n.name_ru as area_ru, n.name_en as area_en
        from candidate k join person p on p.id = k.person_id join contest c on c.id = k.contest_id join area a on a.id = c.area_id
            join area_name n on n.area_id = c.area_id and n.valid_until is null
        where ' ' || replace(p.folded, 'ы', 'и') like $1 and ' ' || replace(p.folded, 'ы', 'и') like $2
            and ' ' || replace(p.folded, 'ы', 'и') like $3
        order by c.voting_day desc, p.name_kk, k.id limit $4";
    ELSEWHERE = "select k.id, k.contest_id from candidate k join contest c on c.id = k.contest_id
        where c.election_id = $1 and k.person_id = $2 and k.state in ('nominated', 'registered', 'on_ballot')";
    PERSON = "select birth_year, birth_date from person where id = $1";
    DECISION_BY_NUMBER = "select id from decision where commission_id = $1 and number = $2 order by decided_on desc, id desc limit 1";
    ORGANISATION = "select kind from organisation where id = $1";
    EVENTS = "select candidate_id, sequence, state, on_day, reason_code, note, decision_id, made_at
        from candidate_event where candidate_id = $1 order by sequence";
    EVENTS_OF_ELECTION = "select e.candidate_id, e.sequence, e.state, e.on_day, e.reason_code, e.note, e.decision_id, e.made_at
        from candidate_event e join candidate k on k.id = e.candidate_id join contest c on c.id = k.contest_id
        where c.election_id = $1 order by e.candidate_id, e.sequence";
    REGISTERED_EVER = "select count(distinct e.candidate_id) as n
        from candidate_event e join candidate k on k.id = e.candidate_id join contest c on c.id = k.contest_id
        where c.election_id = $1 and e.state = 'registered'";
    // In how many places a step of the calendar is done, of how many, and the last day; $2 is one contest, or empty
    // for all contests of the election that vote on day $3.
    SIGNATURES_CHECKED = "select count(*) as places, count(f.checked_on) as done, max(f.checked_on) as last_day
        from (select k.id, (select min(e.on_day) from candidate_event e where e.candidate_id = k.id and e.state <> 'nominated') as checked_on
            from candidate k join contest c on c.id = k.contest_id
            where k.nominated_by = $4 and c.election_id = $1 and (c.id = $2 or ($2 = '' and c.voting_day = $3)) and c.state <> 'cancelled') f";
    COUNT_BY_STATE = "select k.state, count(*) as n from candidate k join contest c on c.id = k.contest_id
        where c.election_id = $1 group by k.state";
}

/// What the log of acts vouches for.
pub(crate) const AUDITED: &[Audited] = &[Audited {
    kind: "candidate",
    rows: &[
        "select id, contest_id, person_id, nominated_by, organisation_id, nominated_on, state, reason_code, ballot_position,
                occupation_kk, occupation_ru, occupation_en, signatures_needed, signatures_valid
            from candidate where id = $1",
        "select candidate_id, sequence, state, on_day, reason_code, note, decision_id, made_by, made_at
            from candidate_event where candidate_id = $1 order by sequence",
    ],
    ids: "select id as object from candidate",
}];

pub(super) fn candidate(row: &Row) -> Result<Candidate, DatabaseError> {
    let organisation_id = row.opt_text("organisation_id")?;
    Ok(Candidate {
        id: row.text("id")?,
        contest_id: row.text("contest_id")?,
        person_id: row.text("person_id")?,
        names: row.names("name")?,
        birth_year: row.int("birth_year")?,
        sex: row.text("sex")?,
        nominated_by: row.text("nominated_by")?,
        organisation: if organisation_id.is_some() {
            Some(row.names("org")?)
        } else {
            None
        },
        organisation_id,
        nominated_on: row.date("nominated_on")?,
        state: state(row)?,
        reason_code: row.text("reason_code")?,
        ballot_position: row.opt_count("ballot_position")?,
        occupation: row.names("occupation")?,
        signatures_needed: row.opt_count("signatures_needed")?,
        signatures_valid: row.opt_count("signatures_valid")?,
    })
}

pub(super) fn state(row: &Row) -> Result<CandidateState, DatabaseError> {
    let word = row.text("state")?;
    CandidateState::parse(&word).ok_or_else(|| DatabaseError::Column {
        column: "state".to_owned(),
        problem: format!("unknown word {word}"),
    })
}

pub(super) fn event(row: &Row) -> Result<CandidateEvent, DatabaseError> {
    Ok(CandidateEvent {
        candidate_id: row.text("candidate_id")?,
        sequence: row.count("sequence")?,
        state: state(row)?,
        on_day: row.date("on_day")?,
        reason_code: row.text("reason_code")?,
        note: row.text("note")?,
        decision_id: row.opt_text("decision_id")?,
        made_at: row.instant("made_at")?,
    })
}
