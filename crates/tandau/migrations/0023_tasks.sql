-- Bodies outside the commissions that are asked to mend something: akimats, police, emergency service, suppliers.
-- Whom a task is for is (kind of body, area); this table gives names.
create table state_body (
  id text primary key,
  kind text not null,
  area_id text not null references area (id),
  name_kk text not null,
  name_ru text not null,
  name_en text not null,
  synthetic boolean not null,
  created_at bigint not null
);
create unique index state_body_by_area on state_body (area_id, kind);

-- What somebody must mend or do by a moment. State and counts change with the event that changes them.
create table task (
  id text primary key,
  election_id text not null,
  origin text not null,
  origin_key text not null,
  station_id text,
  area_id text not null references area (id),
  item text not null default '',
  severity text not null,
  title_kk text not null,
  title_ru text not null,
  title_en text not null,
  detail text not null default '',
  -- Title and words, folded for search.
  folded text not null default '',
  addressee_kind text not null,
  addressee_area_id text not null references area (id),
  verifier_area_id text not null references area (id),
  due_at bigint not null,
  opened_by text not null,
  opened_at bigint not null,
  -- The state now.
  state text not null,
  is_open boolean not null,
  level bigint not null default 0,
  events bigint not null default 0,
  reminded_at bigint,
  -- When it goes to the next level unless something happens; null where nobody is above.
  raise_at bigint,
  changed_at bigint not null
);
create index task_by_origin on task (origin, origin_key, is_open);
create index task_by_area on task (area_id, is_open, due_at);
create index task_by_station on task (station_id, is_open);
create index task_by_due on task (is_open, due_at);
create index task_by_verifier on task (verifier_area_id, state, changed_at);
create index task_by_raise on task (is_open, raise_at);

-- Whose task it is: the owner, whoever it was raised to, and those who had it before (owner, escalated, former).
create table task_addressee (
  task_id text not null references task (id),
  kind text not null,
  area_id text not null references area (id),
  cause text not null,
  since bigint not null,
  primary key (task_id, kind, area_id)
);
create index task_addressee_by_body on task_addressee (area_id, kind, task_id);

create table task_event (
  task_id text not null references task (id),
  sequence bigint not null,
  kind text not null,
  text text not null default '',
  made_by text not null,
  office text not null,
  -- Where the office is held; empty for the program itself.
  office_area_id text not null default '',
  made_at bigint not null,
  -- The deadline that this event set, and whom it gave the task to.
  due_at bigint,
  to_kind text not null default '',
  to_area_id text not null default '',
  primary key (task_id, sequence)
);

create table task_paper (
  task_id text not null,
  sequence bigint not null,
  position bigint not null,
  file_id text not null references stored_file (id),
  primary key (task_id, sequence, position)
);
