-- The day of one station: sums and states in typed columns, written with the report (never derived on a hot path).
create table station_day (
  station_id text not null,
  contest_id text not null,
  opened_at bigint,
  closed_at bigint,
  last_slot text not null default '',
  received bigint not null default 0,
  primary key (station_id, contest_id)
);
create index station_day_by_contest on station_day (contest_id);

create table station_event (
  station_id text not null,
  contest_id text not null,
  version bigint not null,
  kind text not null,
  happened_at bigint not null,
  reason text not null,
  made_by text not null,
  made_at bigint not null,
  primary key (station_id, contest_id, version)
);

create table turnout_report (
  station_id text not null,
  contest_id text not null,
  slot text not null,
  version bigint not null,
  received bigint not null,
  findings text not null default '',
  reason text not null default '',
  made_by text not null,
  made_at bigint not null,
  primary key (station_id, contest_id, slot, version)
);

create table contest_turnout (
  contest_id text not null,
  slot text not null,
  stations bigint not null,
  received bigint not null,
  voters bigint not null,
  primary key (contest_id, slot)
);

create table protocol (
  station_id text not null,
  contest_id text not null,
  election_id text not null,
  state text not null,
  version bigint not null,
  faults bigint not null default 0,
  returned_count bigint not null default 0,
  voters_on_list bigint,
  voters_received_ballots bigint,
  took_part bigint,
  invalid bigint,
  against_all bigint,
  changed_at bigint not null,
  primary key (station_id, contest_id)
);
create index protocol_by_contest on protocol (contest_id, state);
create index protocol_by_election on protocol (election_id, state);

create table protocol_version (
  station_id text not null,
  contest_id text not null,
  version bigint not null,
  state text not null,
  as_paper_says boolean not null default false,
  reason text not null default '',
  file_id text references stored_file (id),
  entered_by text not null,
  entered_at bigint not null,
  submitted_by text,
  submitted_at bigint,
  confirmed_by text,
  confirmed_at bigint,
  decided_by text,
  decided_at bigint,
  decision_reason text not null default '',
  act_decision_id text references decision (id),
  act_fault text not null default '',
  primary key (station_id, contest_id, version)
);

create table protocol_value (
  station_id text not null,
  contest_id text not null,
  version bigint not null,
  line text not null,
  item text not null default '',
  value bigint not null,
  primary key (station_id, contest_id, version, line, item)
);

create table protocol_finding (
  station_id text not null,
  contest_id text not null,
  version bigint not null,
  code text not null,
  severity text not null,
  lines text not null,
  figures text not null,
  explanation text not null default '',
  explained_by text not null default '',
  primary key (station_id, contest_id, version, code)
);

-- Sums of accepted protocols, line by line, changed in the accepting transaction.
create table contest_total (
  contest_id text not null,
  line text not null,
  item text not null default '',
  value bigint not null,
  primary key (contest_id, line, item)
);

create table contest_progress (
  contest_id text primary key,
  expected bigint not null default 0,
  draft bigint not null default 0,
  submitted bigint not null default 0,
  faulty bigint not null default 0,
  returned bigint not null default 0,
  accepted bigint not null default 0,
  last_accepted_at bigint
);

create table outcome (
  contest_id text not null,
  version bigint not null,
  kind text not null,
  candidate_id text references candidate (id),
  votes bigint not null,
  margin bigint not null,
  tied text not null default '',
  reason text not null default '',
  article text not null,
  decision_id text not null references decision (id),
  made_by text not null,
  made_at bigint not null,
  primary key (contest_id, version)
);

create table taking_office (
  contest_id text primary key,
  candidate_id text not null references candidate (id),
  resigned_on text not null,
  decision_id text not null references decision (id),
  powers_from text not null,
  made_by text not null,
  made_at bigint not null
);

-- Totals that others published, shown beside ours with their source; never mixed into them.
create table published_figure (
  election_id text not null references election (id),
  area_code text not null,
  sequence bigint not null,
  label_kk text not null,
  label_ru text not null,
  label_en text not null,
  figure text not null,
  source text not null,
  primary key (election_id, area_code, sequence)
);
