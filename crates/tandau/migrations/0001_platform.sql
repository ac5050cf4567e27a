-- What every room needs and no room owns. The same text runs on SQLite and PostgreSQL (docs/adr/0001):
-- text for ids, dates (ISO) and codes, bigint for counts and instants (microseconds since 1970, UTC).

create table setting (
  name text primary key,
  value text not null
);

create table area (
  id text primary key,
  code text not null,
  edition text not null,
  kind text not null,
  zone text not null,
  valid_from text not null,
  valid_until text,
  note text not null default ''
);
create index area_by_code on area (code);

create table area_name (
  area_id text not null references area (id),
  valid_from text not null,
  valid_until text,
  name_kk text not null,
  name_ru text not null,
  name_en text not null,
  folded text not null,
  primary key (area_id, valid_from)
);

create table area_place (
  area_id text not null references area (id),
  valid_from text not null,
  valid_until text,
  parent_id text not null references area (id),
  primary key (area_id, valid_from)
);
create index area_place_by_parent on area_place (parent_id);

-- Closure of today's places: every area with itself (depth 0) and all above it.
create table area_path (
  area_id text not null references area (id),
  depth bigint not null,
  ancestor_id text not null references area (id),
  primary key (area_id, depth)
);
create index area_path_by_ancestor on area_path (ancestor_id, area_id);

create table stored_file (
  id text primary key,
  sha256 text not null,
  media_type text not null,
  size_bytes bigint not null,
  public boolean not null,
  created_at bigint not null,
  created_by text not null
);

create table account (
  id text primary key,
  person_id text not null,
  login text not null unique,
  password_hash text not null,
  totp_secret bytea not null,
  totp_last_step bigint not null default 0,
  failed_count bigint not null default 0,
  locked_until bigint not null default 0,
  must_change boolean not null default false,
  created_at bigint not null,
  disabled_at bigint
);
create index account_by_person on account (person_id);

create table session (
  token_hash text primary key,
  account_id text not null references account (id),
  created_at bigint not null,
  seen_at bigint not null,
  ended_at bigint,
  user_agent text not null
);
create index session_by_account on session (account_id);

create table access_grant (
  id text primary key,
  person_id text not null,
  role text not null,
  area_id text not null references area (id),
  valid_from text not null,
  valid_until text,
  source text not null
);
create index access_grant_by_person on access_grant (person_id);

create table request_key (
  scope text not null,
  request_key text not null,
  made_at bigint not null,
  outcome text not null,
  primary key (scope, request_key)
);

-- The log of acts. A record is written without a position; one sequencer numbers it (docs/adr/0002).
create table audit_record (
  id text primary key,
  position bigint unique,
  at bigint not null,
  clock text not null,
  event text not null,
  office text not null,
  kind text not null,
  object text not null,
  contest_id text not null default '',
  digest text not null
);
create index audit_record_by_object on audit_record (kind, object);
create index audit_record_unsequenced on audit_record (at) where position is null;

-- What must not be in the public tree: who acted, and the salt that lets the digest be recomputed.
create table audit_private (
  record_id text primary key references audit_record (id),
  person_id text not null,
  salt text not null
);
create index audit_private_by_person on audit_private (person_id);

create table audit_node (
  level bigint not null,
  position bigint not null,
  hash bytea not null,
  primary key (level, position)
);

create table audit_checkpoint (
  size bigint primary key,
  root bytea not null,
  signed text not null,
  at bigint not null
);
