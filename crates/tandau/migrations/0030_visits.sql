-- Visits: what is planned, what happened, what was asked for and what came of it. The first table of each pair says
-- which version holds; versions stay as they were.
create table visit (
  id text primary key,
  area_id text not null references area (id),
  version bigint not null
);
create index visit_by_area on visit (area_id);

create table visit_version (
  visit_id text not null references visit (id),
  version bigint not null,
  act text not null,
  state text not null,
  election_id text not null default '',
  title_kk text not null,
  title_ru text not null,
  title_en text not null,
  -- Offices, never names of persons.
  head_kk text not null,
  head_ru text not null,
  head_en text not null,
  members_kk text not null,
  members_ru text not null,
  members_en text not null,
  purpose_kk text not null,
  purpose_ru text not null,
  purpose_en text not null,
  starts_on text not null,
  ends_on text not null,
  reason text not null default '',
  made_by text not null,
  office text not null,
  made_at bigint not null,
  primary key (visit_id, version)
);

create table visit_event (
  id text primary key,
  visit_id text not null references visit (id),
  -- What notes for the press call it: E01.
  key text not null,
  -- Acts it has seen; the newest plan; the newest record of what happened, 0 for none.
  version bigint not null,
  plan bigint not null,
  record bigint not null
);
create unique index visit_event_by_key on visit_event (visit_id, key);

create table visit_plan (
  event_id text not null references visit_event (id),
  version bigint not null,
  act text not null,
  cancelled boolean not null,
  kind text not null,
  area_id text not null references area (id),
  station_id text,
  place_kk text not null,
  place_ru text not null,
  place_en text not null,
  led_kk text not null,
  led_ru text not null,
  led_en text not null,
  agenda_kk text not null,
  agenda_ru text not null,
  agenda_en text not null,
  hosts_kk text not null,
  hosts_ru text not null,
  hosts_en text not null,
  -- The head of the delegation is there; it is one of the visit's own events.
  with_head boolean not null,
  counts boolean not null,
  latitude_microdeg bigint,
  longitude_microdeg bigint,
  starts_at bigint not null,
  ends_at bigint not null,
  reason text not null default '',
  made_by text not null,
  office text not null,
  made_at bigint not null,
  primary key (event_id, version)
);

create table visit_record (
  event_id text not null references visit_event (id),
  version bigint not null,
  reason text not null default '',
  made_by text not null,
  office text not null,
  made_at bigint not null,
  primary key (event_id, version)
);
create table visit_count (
  event_id text not null,
  version bigint not null,
  category text not null,
  invited bigint,
  counted bigint,
  primary key (event_id, version, category)
);
create table visit_speaker (
  event_id text not null,
  version bigint not null,
  position bigint not null,
  who_kk text not null,
  who_ru text not null,
  who_en text not null,
  primary key (event_id, version, position)
);
create table visit_report (
  event_id text not null,
  version bigint not null,
  position bigint not null,
  -- The body that reported; empty where it is none of those that are given tasks.
  body_kind text not null,
  body_area_id text not null,
  speaker_kk text not null,
  speaker_ru text not null,
  speaker_en text not null,
  subject_kk text not null,
  subject_ru text not null,
  subject_en text not null,
  primary key (event_id, version, position)
);
create table visit_figure (
  event_id text not null,
  version bigint not null,
  report bigint not null,
  position bigint not null,
  key text not null,
  value bigint not null,
  label_kk text not null,
  label_ru text not null,
  label_en text not null,
  -- Where the same figure stands on record: an address of this site, or a figure with its parameters.
  source text not null,
  primary key (event_id, version, report, position)
);
-- Surveys that were asked at an event.
create table visit_asked (
  event_id text not null,
  version bigint not null,
  survey_id text not null references survey (id),
  primary key (event_id, version, survey_id)
);

create table visit_photo (
  event_id text not null references visit_event (id),
  version bigint not null,
  position bigint not null,
  file_id text not null references stored_file (id),
  made_by text not null,
  office text not null,
  made_at bigint not null,
  primary key (event_id, version, position)
);

-- Instructions given at an event are tasks.
create table visit_task (
  event_id text not null references visit_event (id),
  version bigint not null,
  task_id text not null references task (id),
  made_by text not null,
  office text not null,
  made_at bigint not null,
  primary key (event_id, version)
);
create unique index visit_task_by_task on visit_task (task_id);

-- What was proposed or asked at an event: words without personal data.
create table visit_proposal (
  id text primary key,
  event_id text not null references visit_event (id),
  version bigint not null,
  state text not null,
  body_kind text not null,
  body_area_id text not null
);
create index visit_proposal_by_event on visit_proposal (event_id);
create index visit_proposal_by_body on visit_proposal (body_area_id, body_kind, state);

create table visit_proposal_version (
  proposal_id text not null references visit_proposal (id),
  version bigint not null,
  act text not null,
  topic text not null,
  -- For a profile: what was wished for.
  wish text not null default '',
  text_kk text not null,
  text_ru text not null,
  text_en text not null,
  body_kind text not null,
  body_area_id text not null,
  answer_kk text not null,
  answer_ru text not null,
  answer_en text not null,
  reason text not null default '',
  made_by text not null,
  office text not null,
  made_at bigint not null,
  primary key (proposal_id, version)
);
