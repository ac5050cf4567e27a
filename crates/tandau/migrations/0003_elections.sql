create table election (
  id text primary key,
  rules_id text not null,
  rules_sha256 text not null,
  title_kk text not null,
  title_ru text not null,
  title_en text not null,
  area_id text not null references area (id),
  zone text not null,
  voting_day text not null,
  state text not null,
  state_since bigint not null,
  synthetic boolean not null,
  created_at bigint not null
);

create table election_state (
  election_id text not null references election (id),
  sequence bigint not null,
  state text not null,
  at bigint not null,
  decision_id text references decision (id),
  made_by text not null,
  primary key (election_id, sequence)
);

create table contest (
  id text primary key,
  election_id text not null references election (id),
  number bigint not null,
  area_id text not null references area (id),
  region_id text not null references area (id),
  commission_id text not null references commission (id),
  seats bigint not null,
  state text not null,
  sourcing text not null,
  basis_decision_id text references decision (id),
  called_by_decision_id text references decision (id),
  voting_day text not null,
  nomination_until bigint,
  stations_expected bigint not null default 0,
  voters_on_lists bigint not null default 0
);
create index contest_by_election on contest (election_id, number);

create table calendar_entry (
  election_id text not null references election (id),
  contest_id text not null default '',
  step text not null,
  version bigint not null,
  kind text not null,
  from_at bigint,
  until_at bigint,
  done_at bigint,
  reason text not null,
  decision_id text references decision (id),
  made_by text not null,
  made_at bigint not null,
  primary key (election_id, contest_id, step, version)
);

-- The counting units of a contest: where a protocol is expected from.
create table contest_station (
  station_id text not null references station (id),
  contest_id text not null references contest (id),
  election_id text not null references election (id),
  number bigint not null,
  voters_initial bigint not null,
  opens_at bigint not null,
  closes_at bigint not null,
  primary key (station_id, contest_id)
);
create index contest_station_by_contest on contest_station (contest_id, number);
create index contest_station_by_election on contest_station (election_id, number);

create table candidate (
  id text primary key,
  contest_id text not null references contest (id),
  person_id text not null references person (id),
  nominated_by text not null,
  organisation_id text references organisation (id),
  nominated_on text not null,
  state text not null,
  reason_code text not null default '',
  ballot_position bigint,
  occupation_kk text not null default '',
  occupation_ru text not null default '',
  occupation_en text not null default '',
  signatures_needed bigint,
  signatures_valid bigint
);
create index candidate_by_contest on candidate (contest_id);

create table candidate_event (
  candidate_id text not null references candidate (id),
  sequence bigint not null,
  state text not null,
  on_day text not null,
  reason_code text not null,
  note text not null default '',
  decision_id text references decision (id),
  made_by text not null,
  made_at bigint not null,
  primary key (candidate_id, sequence)
);
