-- Incidents of voting day. The state now; what happened when stands in the events.
create table incident (
  id text primary key,
  election_id text not null references election (id),
  number bigint not null,
  contest_id text not null default '',
  station_id text,
  area_id text not null references area (id),
  region_id text,
  district_id text,
  kind text not null,
  severity text not null,
  what text not null,
  item text not null default '',
  finding text not null default '',
  happened_at bigint not null,
  reported_by text not null,
  reported_at bigint not null,
  -- The response clock: since when it runs, until when somebody must have begun to act.
  clock_from bigint not null,
  respond_by bigint not null,
  responded_at bigint,
  -- Seconds from the report to the first act.
  response_seconds bigint,
  closed_at bigint,
  state text not null,
  before_merge text,
  merged_into text,
  is_open boolean not null,
  assigned_role text not null default '',
  assigned_area_id text,
  assigned_person text not null default '',
  events bigint not null,
  changed_at bigint not null
);
create unique index incident_by_number on incident (election_id, number);
create index incident_by_clock on incident (election_id, is_open, respond_by);
create index incident_by_area on incident (area_id, is_open);
create index incident_by_station on incident (station_id, is_open);
create index incident_by_merged on incident (merged_into);

create table incident_event (
  incident_id text not null references incident (id),
  sequence bigint not null,
  kind text not null,
  -- What the event changed, in one word of its kind: a severity, an office, a body, another incident.
  detail text not null default '',
  text text not null default '',
  made_by text not null,
  office text not null,
  made_at bigint not null,
  primary key (incident_id, sequence)
);

create table incident_photo (
  incident_id text not null,
  sequence bigint not null,
  position bigint not null,
  file_id text not null references stored_file (id),
  primary key (incident_id, sequence, position)
);

-- Tasks that outside bodies were given.
create table incident_task (
  incident_id text not null references incident (id),
  sequence bigint not null,
  body text not null,
  task_id text not null references task (id),
  primary key (incident_id, sequence)
);
