//! All the SQL of the room's tables.

mod around;
mod overdue;
mod papers;
mod read;
mod words;
mod write;

pub use around::*;
pub(crate) use overdue::*;
pub(crate) use papers::*;
pub use read::*;
pub(crate) use words::*;
pub(crate) use write::*;

use crate::platform::audit::Audited;
use crate::statements;

statements! {
    ADD_PROGRESS = "insert into contest_progress (contest_id) values ($1) on conflict (contest_id) do nothing";
    ADD_EXPECTED = "insert into protocol (station_id, contest_id, election_id, state, version, changed_at)
        select station_id, contest_id, election_id, 'expected', 0, $2 from contest_station where contest_id = $1
        on conflict (station_id, contest_id) do nothing";
    COUNT_EXPECTED = "update contest_progress set expected = expected + $2 where contest_id = $1";
    // A station that no longer votes here owes no protocol; what was begun is never taken away.
    DROP_EXPECTED = "delete from protocol where contest_id = $1 and state = 'expected' and version = 0 and sequence = 0
            and not exists (select 1 as one from contest_station u where u.station_id = protocol.station_id and u.contest_id = protocol.contest_id)";
    // In how many places the count is finished, of how many, and when the last was; $2 is one contest, or empty
    // for all contests of the election that vote on day $3.
    CONFIRMED_OF = "select count(*) as places, count(f.confirmed_at) as done, max(f.confirmed_at) as last_at
        from (select u.station_id, (select min(v.confirmed_at) from protocol_version v
                where v.station_id = u.station_id and v.contest_id = u.contest_id) as confirmed_at
            from contest c join contest_station u on u.contest_id = c.id
            where c.election_id = $1 and (c.id = $2 or ($2 = '' and c.voting_day = $3)) and c.state <> 'cancelled') f";
    PROTOCOL = "select station_id, contest_id, election_id, state, version, faults, returned_count, with_act, sequence,
            voters_on_list, voters_received_ballots, took_part, invalid, against_all, changed_at
        from protocol where station_id = $1 and contest_id = $2";
    PROTOCOLS_OF_CONTEST = "select station_id, contest_id, election_id, state, version, faults, returned_count, with_act, sequence,
            voters_on_list, voters_received_ballots, took_part, invalid, against_all, changed_at
        from protocol where contest_id = $1 order by station_id";
    LIST_UNDER = "select p.station_id, p.contest_id, p.election_id, p.state, p.version, p.faults, p.returned_count, p.with_act, p.sequence,
            p.voters_on_list, p.voters_received_ballots, p.took_part, p.invalid, p.against_all, p.changed_at,
            cs.number, v.confirmed_at, (select count(*) from protocol_paper x where x.station_id = p.station_id
                and x.contest_id = p.contest_id and x.version = p.version) as papers
        from area_path a join station s on s.area_id = a.area_id join protocol p on p.station_id = s.id
            join contest_station cs on cs.station_id = p.station_id and cs.contest_id = p.contest_id
            left join protocol_version v on v.station_id = p.station_id and v.contest_id = p.contest_id and v.version = p.version
        where a.ancestor_id = $1 and (cast($2 as text) = '' or p.state = $2) and (cast($5 as text) = '' or p.contest_id = $5)
        order by case p.state when 'submitted_with_faults' then 0 when 'returned' then 1 when 'submitted' then 2
            when 'draft' then 3 when 'expected' then 4 else 5 end, p.contest_id, cs.number, p.station_id
        limit $3 offset $4";
    COUNT_UNDER = "select p.state, count(*) as n
        from area_path a join station s on s.area_id = a.area_id join protocol p on p.station_id = s.id
        where a.ancestor_id = $1 and (cast($2 as text) = '' or p.contest_id = $2) group by p.state";
    CONTESTS_UNDER = "select c.id, n.name_kk, n.name_ru, n.name_en from area_path a join contest c on c.area_id = a.area_id
            join area_name n on n.area_id = c.area_id and n.valid_until is null
        where a.ancestor_id = $1 order by c.voting_day desc, c.number limit 300";
    UNSENT_UNDER = "select cs.station_id, cs.contest_id, cs.closes_at, d.closed_at, e.rules_id
        from area_path a join station s on s.area_id = a.area_id
            join contest_station cs on cs.station_id = s.id join election e on e.id = cs.election_id
            join contest c on c.id = cs.contest_id
            left join protocol p on p.station_id = cs.station_id and p.contest_id = cs.contest_id
            left join station_day d on d.station_id = cs.station_id and d.contest_id = cs.contest_id
        where a.ancestor_id = $1 and cs.closes_at <= $2
            and (e.state in ('voting', 'counting') or (c.state = 'postponed' and e.state in ('determined', 'published')))
            and (p.state is null or p.state in ('expected', 'draft'))
        order by cs.closes_at, cs.number, cs.station_id limit $3";
    // One act, one step: who has not seen the last one changes nothing.
    ADVANCE = "update protocol set state = $4, version = $5, faults = $6, returned_count = returned_count + $7,
            with_act = $8, changed_at = $9, sequence = sequence + 1
        where station_id = $1 and contest_id = $2 and sequence = $3";
    SET_SUMS = "update protocol set voters_on_list = $3, voters_received_ballots = $4, took_part = $5, invalid = $6, against_all = $7
        where station_id = $1 and contest_id = $2";
    MOVE_PROGRESS = "update contest_progress set expected = expected + $2, draft = draft + $3, submitted = submitted + $4,
            faulty = faulty + $5, returned = returned + $6, accepted = accepted + $7,
            last_accepted_at = coalesce($8, last_accepted_at)
        where contest_id = $1";
    PROGRESS = "select expected, draft, submitted, faulty, returned, accepted, last_accepted_at from contest_progress where contest_id = $1";
    RECOUNT_PROGRESS = "select state, count(*) as n from protocol where contest_id = $1 group by state";
    ADD_VERSION = "insert into protocol_version (station_id, contest_id, version, state, as_paper_says, reason, entered_by, entered_at)
        values ($1, $2, $3, 'draft', false, $4, $5, $6)";
    TOUCH_VERSION = "update protocol_version set entered_by = $4, entered_at = $5,
            reason = case when $6 = '' then reason else $6 end
        where station_id = $1 and contest_id = $2 and version = $3";
    SUBMIT_VERSION = "update protocol_version set state = $4, as_paper_says = $5, submitted_by = $6, submitted_at = $7
        where station_id = $1 and contest_id = $2 and version = $3";
    CONFIRM_VERSION = "update protocol_version set confirmed_by = $4, confirmed_at = $5
        where station_id = $1 and contest_id = $2 and version = $3";
    DECIDE_VERSION = "update protocol_version set state = $4, decided_by = $5, decided_at = $6, decision_reason = $7,
            act_decision_id = $8, act_fault = $9
        where station_id = $1 and contest_id = $2 and version = $3";
    SET_VERSION_STATE = "update protocol_version set state = $4 where station_id = $1 and contest_id = $2 and version = $3";
    ADD_PAPER = "insert into protocol_paper (station_id, contest_id, version, number, file_id, attached_by, attached_at, reason)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    PAPERS = "select version, number, file_id, attached_by, attached_at, reason from protocol_paper
        where station_id = $1 and contest_id = $2 order by version, number";
    VERSION = "select version, state, as_paper_says, reason, (select x.file_id from protocol_paper x where x.station_id = v.station_id and x.contest_id = v.contest_id
                and x.version = v.version order by x.number desc limit 1) as file_id, entered_by, entered_at, submitted_by, submitted_at,
            confirmed_by, confirmed_at, decided_by, decided_at, decision_reason, act_decision_id, act_fault
        from protocol_version v where station_id = $1 and contest_id = $2 and version = $3";
    VERSIONS = "select version, state, as_paper_says, reason, (select x.file_id from protocol_paper x where x.station_id = v.station_id and x.contest_id = v.contest_id
                and x.version = v.version order by x.number desc limit 1) as file_id, entered_by, entered_at, submitted_by, submitted_at,
            confirmed_by, confirmed_at, decided_by, decided_at, decision_reason, act_decision_id, act_fault
        from protocol_version v where station_id = $1 and contest_id = $2 order by version";
    COPY_VALUES = "insert into protocol_value (station_id, contest_id, version, line, item, value)
        select station_id, contest_id, cast($4 as bigint), line, item, value from protocol_value
        where station_id = $1 and contest_id = $2 and version = $3";
    COPY_WORDS = "insert into protocol_words (station_id, contest_id, version, line, item, language, words)
        select station_id, contest_id, cast($4 as bigint), line, item, language, words from protocol_words
        where station_id = $1 and contest_id = $2 and version = $3";
    PUT_WORDS = "insert into protocol_words (station_id, contest_id, version, line, item, language, words)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (station_id, contest_id, version, line, item, language) do update set words = excluded.words";
    DROP_WORDS = "delete from protocol_words
        where station_id = $1 and contest_id = $2 and version = $3 and line = $4 and item = $5 and language = $6";
    WORDS = "select line, item, language, words from protocol_words
        where station_id = $1 and contest_id = $2 and version = $3 order by line, item, language";
    PUT_VALUE = "insert into protocol_value (station_id, contest_id, version, line, item, value) values ($1, $2, $3, $4, $5, $6)
        on conflict (station_id, contest_id, version, line, item) do update set value = excluded.value";
    PUT_FOUR_VALUES = "insert into protocol_value (station_id, contest_id, version, line, item, value) values
            ($1, $2, $3, $4, $5, $6), ($1, $2, $3, $7, $8, $9), ($1, $2, $3, $10, $11, $12), ($1, $2, $3, $13, $14, $15)
        on conflict (station_id, contest_id, version, line, item) do update set value = excluded.value";
    PUT_SIXTEEN_VALUES = "insert into protocol_value (station_id, contest_id, version, line, item, value) values
            ($1, $2, $3, $4, $5, $6), ($1, $2, $3, $7, $8, $9), ($1, $2, $3, $10, $11, $12), ($1, $2, $3, $13, $14, $15),
            ($1, $2, $3, $16, $17, $18), ($1, $2, $3, $19, $20, $21), ($1, $2, $3, $22, $23, $24), ($1, $2, $3, $25, $26, $27),
            ($1, $2, $3, $28, $29, $30), ($1, $2, $3, $31, $32, $33), ($1, $2, $3, $34, $35, $36), ($1, $2, $3, $37, $38, $39),
            ($1, $2, $3, $40, $41, $42), ($1, $2, $3, $43, $44, $45), ($1, $2, $3, $46, $47, $48), ($1, $2, $3, $49, $50, $51)
        on conflict (station_id, contest_id, version, line, item) do update set value = excluded.value";
    DROP_VALUE = "delete from protocol_value where station_id = $1 and contest_id = $2 and version = $3 and line = $4 and item = $5";
    VALUES = "select line, item, value from protocol_value where station_id = $1 and contest_id = $2 and version = $3 order by line, item";
    VALUES_OF_CONTEST = "select p.station_id, v.line, v.item, v.value
        from protocol p join protocol_value v on v.station_id = p.station_id and v.contest_id = p.contest_id and v.version = p.version
        where p.contest_id = $1 and p.state = 'accepted' order by p.station_id, v.line, v.item";
    ADD_FINDING = "insert into protocol_finding (station_id, contest_id, version, code, severity, lines, figures, explanation, explained_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    FINDINGS = "select code, severity, lines, figures, explanation from protocol_finding
        where station_id = $1 and contest_id = $2 and version = $3 order by code";
    ADD_EVENT = "insert into protocol_event (station_id, contest_id, sequence, version, kind, at, made_by, office, reason, detail, decision_id)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    HISTORY = "select sequence, version, kind, at, made_by, office, reason, detail, decision_id from protocol_event
        where station_id = $1 and contest_id = $2 order by sequence";
    // Candidates keep their own sums; members' and boxes' figures become one total of their line.
    ADD_TO_TOTALS = "insert into contest_total (contest_id, line, item, value)
        select v.contest_id, v.line, coalesce(c.id, ''), cast(sum(v.value * cast($4 as bigint)) as bigint)
        from protocol_value v left join candidate c on c.id = v.item and c.contest_id = v.contest_id
        where v.station_id = $1 and v.contest_id = $2 and v.version = $3
        group by v.contest_id, v.line, coalesce(c.id, '') order by 2, 3
        on conflict (contest_id, line, item) do update set value = contest_total.value + excluded.value";
    TOTALS = "select line, item, value from contest_total where contest_id = $1 order by line, item";
    RECOUNT = "select v.line, coalesce(c.id, '') as item, cast(sum(v.value) as bigint) as value
        from protocol p join protocol_value v on v.station_id = p.station_id and v.contest_id = p.contest_id and v.version = p.version
            left join candidate c on c.id = v.item and c.contest_id = v.contest_id
        where p.contest_id = $1 and p.state = 'accepted' group by v.line, coalesce(c.id, '')";
    CANDIDATES = "select c.id, c.ballot_position, p.name_kk, p.name_ru, p.name_en from candidate c join person p on p.id = c.person_id
        where c.contest_id = $1 and c.ballot_position is not null order by c.ballot_position, c.id";
    MEMBERS = "select m.person_id, m.office, p.name_kk, p.name_ru, p.name_en
        from commission k join commission_member m on m.commission_id = k.id join person p on p.id = m.person_id
        where k.area_id = $1 and k.level = 'precinct' and k.term_from <= $2 and k.term_until >= $2
            and m.valid_from <= $2 and (m.valid_until is null or m.valid_until >= $2)
        order by p.name_kk, m.person_id";
    MEMBERS_OF_CONTEST = "select cs.station_id, m.person_id, m.office
        from contest_station cs join station s on s.id = cs.station_id join commission k on k.area_id = s.area_id
            join commission_member m on m.commission_id = k.id join person p on p.id = m.person_id
        where cs.contest_id = $1 and k.level = 'precinct' and k.term_from <= $2 and k.term_until >= $2
            and m.valid_from <= $2 and (m.valid_until is null or m.valid_until >= $2)
        order by cs.station_id, p.name_kk, m.person_id";
    PERSON_NAME = "select name_kk, name_ru, name_en from person where id = $1";
    DECISION = "select number, decided_on, title_kk, title_ru, title_en from decision where id = $1";
}

/// What the log of acts vouches for: every act on a protocol, and every version as it was sent.
pub(crate) const AUDITED: &[Audited] = &[
    Audited {
        kind: "protocol_event",
        rows: &[
            "select station_id, contest_id, sequence, version, kind, at, made_by, office, reason, detail, decision_id
            from protocol_event where station_id = $1 and contest_id = $2 and sequence = $3",
        ],
        ids: "select station_id || '/' || contest_id || '/' || cast(sequence as text) as object
            from protocol_event where kind <> 'submitted'",
    },
    Audited {
        kind: "protocol_version",
        rows: &[
            "select v.station_id, v.contest_id, v.version, v.as_paper_says, v.reason, v.entered_by, v.entered_at, v.submitted_by,
                v.submitted_at, e.sequence, e.office, e.at, e.detail
            from protocol_version v join protocol_event e on e.station_id = v.station_id and e.contest_id = v.contest_id
                and e.version = v.version and e.kind = 'submitted'
            where v.station_id = $1 and v.contest_id = $2 and v.version = $3",
            "select line, item, value from protocol_value where station_id = $1 and contest_id = $2 and version = $3 order by line, item",
            "select code, severity, lines, figures, explanation, explained_by from protocol_finding
            where station_id = $1 and contest_id = $2 and version = $3 order by code",
        ],
        ids: "select station_id || '/' || contest_id || '/' || cast(version as text) as object
            from protocol_version where submitted_at is not null",
    },
];
