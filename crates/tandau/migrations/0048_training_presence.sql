-- A sheet of a list on paper, keyed by whoever has it. The id is the envelope's. Sheets of a session add up; one that was
-- keyed wrongly is withdrawn and keyed again.
create table training_sheet (
  id text primary key,
  session_id text not null references training_session (id),
  -- Signatures on the paper, as counted there; lines that were keyed.
  people bigint not null,
  lines bigint not null,
  note text not null default '',
  keyed_at bigint not null,
  made_by text not null,
  office text not null,
  made_at bigint not null
);
create index training_sheet_by_session on training_sheet (session_id, made_at);

-- Somebody who signed: a person on record, or a name that nobody has found there yet.
create table training_sheet_line (
  sheet_id text not null references training_sheet (id),
  place bigint not null,
  person_id text references person (id),
  name text not null default '',
  primary key (sheet_id, place)
);

create table training_sheet_photo (
  sheet_id text not null references training_sheet (id),
  place bigint not null,
  file_id text not null references stored_file (id),
  primary key (sheet_id, place)
);

-- Who stands behind a name on a sheet; the newest says so, nobody (null) as well.
create table training_sheet_named (
  sheet_id text not null references training_sheet (id),
  place bigint not null,
  sequence bigint not null,
  person_id text references person (id),
  made_by text not null,
  office text not null,
  made_at bigint not null,
  primary key (sheet_id, place, sequence)
);

create table training_sheet_withdrawn (
  sheet_id text primary key references training_sheet (id),
  reason text not null,
  made_by text not null,
  office text not null,
  made_at bigint not null
);

-- What whoever was there says where paper and records disagree; the newest counts.
create table training_presence (
  session_id text not null references training_session (id),
  person_id text not null references person (id),
  sequence bigint not null,
  present boolean not null,
  reason text not null,
  made_by text not null,
  office text not null,
  made_at bigint not null,
  primary key (session_id, person_id, sequence)
);
