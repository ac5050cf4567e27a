-- Interruptions of supply and warnings. The state now; what was said when stands in the versions.
create table watch_event (
  id text primary key,
  election_id text not null references election (id),
  source text not null,
  -- Of an alert: Actual, Exercise, …; only actual ones open tasks.
  status text not null,
  public boolean not null,
  kind text not null,
  grade text not null,
  from_at bigint not null,
  until_at bigint,
  ended_at bigint,
  cancelled boolean not null,
  version bigint not null,
  stations bigint not null,
  changed_at bigint not null
);
create index watch_event_by_time on watch_event (from_at);

create table watch_version (
  event_id text not null references watch_event (id),
  version bigint not null,
  change text not null,
  kind text not null,
  grade text not null,
  planned boolean,
  acts boolean not null,
  from_at bigint not null,
  until_at bigint,
  ended_at bigint,
  words_kk text not null,
  words_ru text not null,
  words_en text not null,
  told_by text not null,
  -- Limits as drawn, one shape a line; where they alone say the place, stations without coordinates are left out.
  shape text not null,
  by_shape boolean not null,
  reason text not null,
  made_by text not null,
  office text not null,
  made_at bigint not null,
  primary key (event_id, version)
);

create table watch_area (
  event_id text not null,
  version bigint not null,
  area_id text not null references area (id),
  primary key (event_id, version, area_id)
);
create index watch_area_by_area on watch_area (area_id);

-- Which tasks an event has opened: none is opened twice.
create table watch_task (
  event_id text not null references watch_event (id),
  place text not null,
  task_id text not null references task (id),
  primary key (event_id, place)
);

-- Files with alerts as they came.
create table watch_upload (
  id text primary key,
  area_id text not null references area (id),
  content text not null,
  sha256 text not null,
  made_by text not null,
  made_at bigint not null
);

-- Alerts that were taken, each once.
create table watch_alert (
  id text primary key,
  sender text not null,
  identifier text not null,
  sent bigint not null,
  upload_id text not null references watch_upload (id),
  status text not null,
  kind text not null,
  made_by text not null,
  made_at bigint not null
);
create unique index watch_alert_by_name on watch_alert (sender, identifier, sent);

-- What an alert opened or changed.
create table watch_alert_event (
  alert_id text not null references watch_alert (id),
  event_id text not null references watch_event (id),
  primary key (alert_id, event_id)
);
create index watch_alert_event_by_event on watch_alert_event (event_id);

-- What an alert replaces or takes back, whether that one has arrived or not.
create table watch_reference (
  alert_id text not null references watch_alert (id),
  sender text not null,
  identifier text not null,
  sent bigint not null,
  primary key (alert_id, sender, identifier, sent)
);
create index watch_reference_by_name on watch_reference (sender, identifier, sent);
