-- The planner: trainers and halls as versions, plans with what they were made from and what they say.
create table training_trainer (
  person_id text not null references person (id),
  version bigint not null,
  area_id text not null references area (id),
  latitude_microdeg bigint not null,
  longitude_microdeg bigint not null,
  -- Days on which they can't, ISO, with spaces between.
  away text not null default '',
  retired boolean not null,
  made_by text not null,
  office text not null,
  made_at bigint not null,
  primary key (person_id, version)
);
create index training_trainer_by_area on training_trainer (area_id);

create table training_hall (
  id text not null,
  version bigint not null,
  area_id text not null references area (id),
  name_kk text not null,
  name_ru text not null,
  name_en text not null,
  seats bigint not null,
  latitude_microdeg bigint not null,
  longitude_microdeg bigint not null,
  retired boolean not null,
  made_by text not null,
  office text not null,
  made_at bigint not null,
  primary key (id, version)
);
create index training_hall_by_area on training_hall (area_id);

create table training_plan (
  id text primary key,
  election_id text not null references election (id),
  programme_id text not null references training_programme (id),
  area_id text not null references area (id),
  level bigint not null,
  starts_on text not null,
  voting_day text not null,
  -- waiting, running, done, failed, taken.
  state text not null,
  version bigint not null,
  -- What it was made from: stations, members, trainers, halls, sessions that stand.
  stations bigint not null default 0,
  people bigint not null default 0,
  trainers bigint not null default 0,
  halls bigint not null default 0,
  kept bigint not null default 0,
  took_ms bigint,
  -- Empty where there is no day.
  complete_on text not null default '',
  bound_on text not null default '',
  bound_sessions bigint,
  solved boolean,
  days_behind bigint,
  -- nothing, trainers, halls; the halls.
  bottleneck text not null default '',
  bottleneck_halls text not null default '',
  fault text not null default '',
  made_by text not null,
  office text not null,
  made_at bigint not null
);
create index training_plan_by_area on training_plan (election_id, area_id, made_at);

create table training_plan_session (
  plan_id text not null references training_plan (id),
  place bigint not null,
  hall_id text not null,
  hall_version bigint not null,
  person_id text not null references person (id),
  held_on text not null,
  slot bigint not null,
  people bigint not null,
  -- The session that was made of it; empty until then.
  session_id text not null default '',
  primary key (plan_id, place)
);

create table training_plan_station (
  plan_id text not null references training_plan (id),
  station_id text not null references station (id),
  -- Place of the session; -1 for none.
  place bigint not null,
  people bigint not null,
  -- unplaced, no_hall, no_time; empty for those in a session. late: after the last day that is in time.
  why text not null default '',
  late boolean not null,
  primary key (plan_id, station_id, place)
);
