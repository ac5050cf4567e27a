//! All the SQL of the room: its own tables, and reads that join what the rooms to the left keep.

use crate::platform::audit::Audited;
use crate::statements;

/// An election with its title and zone.
macro_rules! election {
    ($rest:literal) => {
        concat!(
            "select e.id, e.rules_id, e.title_kk, e.title_ru, e.title_en, e.area_id, e.zone, e.voting_day, e.state,
                e.synthetic from election e ",
            $rest
        )
    };
}

/// A contest with the names its territory bore on voting day, its progress and its newest outcome.
macro_rules! contest {
    ($rest:literal) => {
        concat!(
            "select c.id, c.election_id, c.number, c.seats, c.state, c.sourcing, c.voting_day, c.stations_expected,
                c.voters_on_lists, c.commission_id, c.area_id, c.region_id, a.code, a.kind, a.zone,
                n.name_kk, n.name_ru, n.name_en, r.code as region_code,
                rn.name_kk as region_kk, rn.name_ru as region_ru, rn.name_en as region_en,
                coalesce(p.draft, 0) as draft, coalesce(p.submitted, 0) as submitted, coalesce(p.faulty, 0) as faulty,
                coalesce(p.returned, 0) as returned, coalesce(p.accepted, 0) as accepted, p.last_accepted_at,
                o.kind as outcome_kind
            from contest c
            join area a on a.id = c.area_id
            join area_name n on n.area_id = c.area_id and n.valid_from = coalesce(
                (select max(x.valid_from) from area_name x where x.area_id = c.area_id and x.valid_from <= c.voting_day),
                (select min(x.valid_from) from area_name x where x.area_id = c.area_id))
            join area r on r.id = c.region_id
            join area_name rn on rn.area_id = c.region_id and rn.valid_from = coalesce(
                (select max(x.valid_from) from area_name x where x.area_id = c.region_id and x.valid_from <= c.voting_day),
                (select min(x.valid_from) from area_name x where x.area_id = c.region_id))
            left join contest_progress p on p.contest_id = c.id
            left join outcome o on o.contest_id = c.id
                and o.version = (select max(x.version) from outcome x where x.contest_id = c.id) ",
            $rest
        )
    };
}

/// A station of a contest as it was on voting day, with its day and the state of its protocol.
macro_rules! station {
    ($rest:literal) => {
        concat!(
            "select cs.station_id, cs.contest_id, cs.election_id, cs.number, cs.voters_initial, cs.opens_at, cs.closes_at,
                s.area_id, v.region_id, v.name_kk, v.name_ru, v.name_en, v.address_kk, v.address_ru, v.address_en,
                v.special, v.step_free, v.latitude_microdeg, v.longitude_microdeg,
                d.opened_at, d.closed_at, coalesce(d.last_slot, '') as last_slot, coalesce(d.received, 0) as received,
                coalesce(p.state, 'expected') as state, coalesce(p.version, 0) as version,
                coalesce(p.faults, 0) as faults, coalesce(p.returned_count, 0) as returned_count,
                p.voters_on_list, p.voters_received_ballots, p.took_part, p.invalid, p.against_all,
                pv.confirmed_at, pv.decided_at, pv.act_decision_id
            from contest_station cs
            join contest c on c.id = cs.contest_id
            join station s on s.id = cs.station_id
            join station_version v on v.station_id = cs.station_id and v.version = coalesce(
                (select max(w.version) from station_version w
                    where w.station_id = cs.station_id and w.valid_from <= c.voting_day),
                (select min(w.version) from station_version w where w.station_id = cs.station_id))
            left join station_day d on d.station_id = cs.station_id and d.contest_id = cs.contest_id
            left join protocol p on p.station_id = cs.station_id and p.contest_id = cs.contest_id
            left join protocol_version pv on pv.station_id = cs.station_id and pv.contest_id = cs.contest_id
                and pv.version = p.version ",
            $rest
        )
    };
}

/// A candidate on a ballot with the person's and the nominating body's names.
macro_rules! candidate {
    ($rest:literal) => {
        concat!(
            "select k.id, k.contest_id, k.ballot_position, k.nominated_by, k.state, k.person_id, k.organisation_id,
                q.name_kk, q.name_ru, q.name_en, g.name_kk as by_kk, g.name_ru as by_ru, g.name_en as by_en
            from candidate k join person q on q.id = k.person_id
            left join organisation g on g.id = k.organisation_id ",
            $rest
        )
    };
}

statements! {
    ELECTIONS = election!("order by e.voting_day desc, e.id limit 200");
    ELECTION = election!("where e.id = $1");
    CONTESTS = contest!("where c.election_id = $1 order by c.number");
    CONTEST = contest!("where c.id = $1");
    STATIONS_OF_CONTEST = station!("where cs.contest_id = $1 order by cs.number, cs.station_id");
    STATIONS_OF_ELECTION = station!("where cs.election_id = $1 order by cs.number, cs.station_id limit $2 offset $3");
    STATION = station!("where cs.station_id = $1 and cs.election_id = $2");
    STATIONS_BY_NUMBER = station!("where cs.election_id = $1 and cs.number = $2 order by cs.contest_id");
    COUNT_STATIONS = "select count(*) as n from contest_station where election_id = $1";
    CANDIDATES_OF_CONTEST = candidate!("where k.contest_id = $1 and k.ballot_position is not null
        order by k.ballot_position");
    CANDIDATES_OF_ELECTION = candidate!("join contest c on c.id = k.contest_id
        where c.election_id = $1 and k.ballot_position is not null order by c.number, k.ballot_position");
    COUNT_CANDIDATES = "select count(*) as n from candidate k join contest c on c.id = k.contest_id
        where c.election_id = $1 and k.ballot_position is not null";
    TOTALS_OF_CONTEST = "select contest_id, line, item, value from contest_total where contest_id = $1 order by line, item";
    TOTALS_OF_ELECTION = "select t.contest_id, c.voting_day, t.line, t.item, t.value from contest_total t
        join contest c on c.id = t.contest_id where c.election_id = $1 order by c.number, t.line, t.item";
    TURNOUT_OF_CONTEST = "select contest_id, slot, stations, received, voters from contest_turnout where contest_id = $1";
    TURNOUT_OF_ELECTION = "select t.contest_id, t.slot, t.stations, t.received, t.voters from contest_turnout t
        join contest c on c.id = t.contest_id where c.election_id = $1";
    VOTES_BY_STATION = "select p.station_id, x.line, x.item, x.value from protocol p
        join protocol_value x on x.station_id = p.station_id and x.contest_id = p.contest_id and x.version = p.version
        where p.contest_id = $1 and p.state = 'accepted' and x.line = 'votes' order by p.station_id, x.item";
    LINE_BY_STATION = "select p.station_id, cast(sum(x.value) as bigint) as value from protocol p
        join protocol_value x on x.station_id = p.station_id and x.contest_id = p.contest_id and x.version = p.version
        where p.contest_id = $1 and p.state = 'accepted' and x.line = $2 group by p.station_id";
    VERSIONS = "select version, state, as_paper_says, reason, confirmed_at, decided_by, decided_at
        from protocol_version where station_id = $1 and contest_id = $2 order by version";
    PAPERS = "select p.version, p.file_id, p.attached_at, p.reason, f.media_type
        from protocol_paper p join stored_file f on f.id = p.file_id
        where p.station_id = $1 and p.contest_id = $2 and f.public order by p.version, p.number";
    // Versions the chair has confirmed; $2 is one station, or empty for all of the contest.
    PUBLIC_VERSIONS = "select v.station_id, v.version, v.state, v.as_paper_says, v.confirmed_at
        from protocol_version v
        where v.contest_id = $1 and ($2 = '' or v.station_id = $2) and v.confirmed_at is not null
        order by v.station_id, v.version";
    PUBLIC_VALUES = "select x.station_id, x.version, x.line, x.item, x.value from protocol_value x
        join protocol_version v on v.station_id = x.station_id and v.contest_id = x.contest_id and v.version = x.version
        where x.contest_id = $1 and ($2 = '' or x.station_id = $2) and v.confirmed_at is not null
        order by x.station_id, x.version, x.line, x.item";
    PUBLIC_PAPERS = "select p.station_id, p.version, p.file_id, p.attached_at, p.reason from protocol_paper p
        join stored_file f on f.id = p.file_id
        join protocol_version v on v.station_id = p.station_id and v.contest_id = p.contest_id and v.version = p.version
        where p.contest_id = $1 and ($2 = '' or p.station_id = $2) and v.confirmed_at is not null and f.public
        order by p.station_id, p.version, p.number";
    PUBLIC_ACTS = "select e.station_id, e.version, e.kind, e.at, e.reason, e.detail, d.number as decision_number
        from protocol_event e left join decision d on d.id = e.decision_id
        join protocol_version v on v.station_id = e.station_id and v.contest_id = e.contest_id and v.version = e.version
        where e.contest_id = $1 and ($2 = '' or e.station_id = $2) and v.confirmed_at is not null
            and e.kind in ('confirmed', 'paper_attached', 'accepted', 'accepted_with_act', 'returned', 'reopened')
        order by e.station_id, e.sequence";
    VALUES = "select version, line, item, value from protocol_value where station_id = $1 and contest_id = $2
        order by version, line, item";
    // A paper of a protocol, or of the act about one.
    PROTOCOLS_OF_FILE = "select c.election_id, c.voting_day, v.confirmed_at, s.area_id from protocol_paper p
        join protocol_version v on v.station_id = p.station_id and v.contest_id = p.contest_id and v.version = p.version
        join contest c on c.id = v.contest_id join station s on s.id = v.station_id where p.file_id = $1
        union all
        select c.election_id, c.voting_day, v.confirmed_at, s.area_id from decision d
        join protocol_version v on v.act_decision_id = d.id
        join contest c on c.id = v.contest_id join station s on s.id = v.station_id where d.file_id = $1";
    OFFICE_OF = "select m.office, c.level from commission_member m join commission c on c.id = m.commission_id
        where m.person_id = $1 and m.valid_from <= $2 and (m.valid_until is null or m.valid_until >= $2)
        order by m.valid_from desc limit 1";
    MEMBERS = "select m.id, m.office, m.person_id, p.name_kk, p.name_ru, p.name_en from commission_member m
        join person p on p.id = m.person_id
        join commission c on c.id = m.commission_id
        where c.area_id = $1 and c.level = $2 and m.valid_from <= $3 and (m.valid_until is null or m.valid_until >= $3)
        order by case m.office when 'chair' then 0 when 'deputy' then 1 when 'secretary' then 2 else 3 end, p.name_kk, m.id";
    COMMISSION_OF_AREA = "select id, size from commission where area_id = $1 and level = $2 and term_from <= $3
        order by term_from desc limit 1";
    DECISION = "select d.id, d.number, d.decided_on, d.title_kk, d.title_ru, d.title_en, d.members_total, d.members_present,
            d.votes_for, d.votes_against, d.file_id, f.public as file_public
        from decision d left join stored_file f on f.id = d.file_id where d.id = $1";
    HOURS = "select count(*) as stations,
            cast(sum(case when d.opened_at is not null then 1 else 0 end) as bigint) as opened,
            cast(sum(case when d.closed_at is not null then 1 else 0 end) as bigint) as closed,
            min(cs.opens_at) as first_opening, max(cs.closes_at) as last_closing
        from contest_station cs join contest c on c.id = cs.contest_id
        left join station_day d on d.station_id = cs.station_id and d.contest_id = cs.contest_id
        where cs.election_id = $1 and c.voting_day = $2";

    // Outcomes and registrations beside the number of contests; $2 is one contest, or empty for all contests of the
    // election that vote on day $3.
    RESULTS_OF = "select count(*) as places, count(o.contest_id) as determined, max(o.made_at) as determined_at,
            cast(coalesce(sum(case when o.kind = 'elected' then 1 else 0 end), 0) as bigint) as elected,
            count(t.contest_id) as registered, max(t.made_at) as registered_at
        from contest c left join outcome o on o.contest_id = c.id
                and o.version = (select max(x.version) from outcome x where x.contest_id = c.id)
            left join taking_office t on t.contest_id = c.id
        where c.election_id = $1 and (c.id = $2 or ($2 = '' and c.voting_day = $3)) and c.state <> 'cancelled'";

    // The room's own tables.
    NEXT_OUTCOME = "select coalesce(max(version), 0) + 1 as version from outcome where contest_id = $1";
    ADD_OUTCOME = "insert into outcome (contest_id, version, kind, candidate_id, votes, margin, tied, reason, article,
            decision_id, made_by, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    OUTCOMES = "select contest_id, version, kind, candidate_id, votes, margin, tied, reason, article, decision_id, made_at
        from outcome where contest_id = $1 order by version desc";
    OUTCOMES_OF_ELECTION = "select o.contest_id, o.version, o.kind, o.candidate_id, o.votes, o.margin, o.tied, o.reason,
            o.article, o.decision_id, o.made_at, c.voting_day
        from outcome o join contest c on c.id = o.contest_id
        where c.election_id = $1 and o.version = (select max(x.version) from outcome x where x.contest_id = o.contest_id)
        order by c.number";
    OUTCOME_AUDITED = "select contest_id, version, kind, candidate_id, votes, margin, tied, reason, article, decision_id,
            made_by, made_at from outcome where contest_id = $1 and version = $2";
    ADD_REPEAT = "insert into contest_repeat (contest_id, repeat_contest_id, decision_id, made_by, made_at)
        values ($1, $2, $3, $4, $5)";
    REPEATED_BY = "select c.id, c.election_id, a.code, c.voting_day, r.decision_id from contest_repeat r
        join contest c on c.id = r.repeat_contest_id join area a on a.id = c.area_id where r.contest_id = $1";
    REPEATS = "select c.id, c.election_id, a.code, c.voting_day, r.decision_id from contest_repeat r
        join contest c on c.id = r.contest_id join area a on a.id = c.area_id where r.repeat_contest_id = $1";
    REPEAT_AUDITED = "select contest_id, repeat_contest_id, decision_id, made_by, made_at from contest_repeat
        where contest_id = $1";
    CURRENT = election!("where not exists (select 1 as one from contest_repeat r join contest c on c.id = r.repeat_contest_id
        where c.election_id = e.id) order by e.voting_day desc, e.id limit 1");
    ADD_TAKING_OFFICE = "insert into taking_office (contest_id, candidate_id, resigned_on, decision_id, powers_from, made_by,
            made_at) values ($1, $2, $3, $4, $5, $6, $7)";
    TAKING_OFFICE = "select contest_id, candidate_id, resigned_on, decision_id, powers_from, made_by, made_at
        from taking_office where contest_id = $1";
    ADD_PUBLISHED = "insert into published_figure (election_id, area_code, sequence, label_kk, label_ru, label_en, figure,
            source) values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (election_id, area_code, sequence) do update set label_kk = excluded.label_kk,
            label_ru = excluded.label_ru, label_en = excluded.label_en, figure = excluded.figure, source = excluded.source";
    PUBLISHED_AUDITED = "select election_id, area_code, sequence, label_kk, label_ru, label_en, figure, source
        from published_figure where election_id = $1 and area_code = $2 order by sequence";
    PUBLISHED = "select label_kk, label_ru, label_en, figure, source from published_figure
        where election_id = $1 and area_code = $2 order by sequence";
}

/// What the log of acts vouches for.
pub(crate) const AUDITED: &[Audited] = &[
    Audited {
        kind: "outcome",
        rows: &[OUTCOME_AUDITED],
        ids: "select contest_id || '/' || version as object from outcome",
    },
    Audited {
        kind: "contest_repeat",
        rows: &[REPEAT_AUDITED],
        ids: "select contest_id as object from contest_repeat",
    },
    Audited {
        kind: "taking_office",
        rows: &[TAKING_OFFICE],
        ids: "select contest_id as object from taking_office",
    },
    Audited {
        kind: "published_figures",
        rows: &[PUBLISHED_AUDITED],
        ids: "select election_id || '/' || area_code as object from published_figure group by election_id, area_code",
    },
];
