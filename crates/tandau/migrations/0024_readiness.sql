-- Versions of checklists. A station answers the version that it saw.
create table checklist (
  id text not null,
  version bigint not null,
  content text not null,
  sha256 text not null,
  source text not null,
  made_by text not null,
  made_at bigint not null,
  primary key (id, version)
);

-- Which checklist the stations of an election answer now, and which before.
create table readiness_setup (
  election_id text not null references election (id),
  sequence bigint not null,
  checklist_id text not null,
  checklist_version bigint not null,
  made_by text not null,
  made_at bigint not null,
  primary key (election_id, sequence)
);

-- A station that answers in an election, with what every writer needs to know of it. Whoever writes about a station
-- takes this row first; `revision` counts the writings, `day` is the last day with a row of counts.
create table readiness_station (
  election_id text not null references election (id),
  station_id text not null references station (id),
  area_id text not null,
  zone text not null,
  region_id text not null,
  district_id text not null,
  number bigint not null,
  revision bigint not null default 0,
  day text not null,
  reported_at bigint,
  primary key (election_id, station_id)
);
create index readiness_station_by_district on readiness_station (election_id, district_id);
create index readiness_station_by_area on readiness_station (area_id);

-- One sending of a station; the id is the envelope's, made on the phone.
create table readiness_report (
  election_id text not null,
  station_id text not null,
  id text not null,
  checklist_id text not null,
  checklist_version bigint not null,
  answers bigint not null,
  parallel boolean not null,
  answered_at bigint not null,
  made_by text not null,
  made_at bigint not null,
  primary key (election_id, station_id, id)
);
create index readiness_report_by_time on readiness_report (election_id, made_at);

-- Every answer ever given. `base` is the answer that its author had before them (0 for none), `revision` the station's
-- writing that brought it; `report_id` is empty where no report of the station did (a settlement, a verified task).
create table readiness_answer (
  election_id text not null,
  station_id text not null,
  item text not null,
  sequence bigint not null,
  report_id text not null,
  cause text not null,
  value text not null,
  status text not null,
  note text not null default '',
  base bigint not null,
  conflict boolean not null,
  revision bigint not null default 0,
  made_by text not null,
  made_at bigint not null,
  primary key (election_id, station_id, item, sequence)
);

create table readiness_photo (
  election_id text not null,
  station_id text not null,
  item text not null,
  sequence bigint not null,
  position bigint not null,
  file_id text not null references stored_file (id),
  primary key (election_id, station_id, item, sequence, position)
);

-- The answer that counts now; `disputed` while two people said different things and nobody has decided.
create table readiness_state (
  election_id text not null,
  station_id text not null,
  item text not null,
  sequence bigint not null,
  status text not null,
  since bigint not null,
  primary key (election_id, station_id, item)
);

-- Counts of a station from a day on (the day by its own clocks): the row of the last day with a change holds.
-- `expected` items = met + unmet + na + disputed + unanswered.
create table readiness_station_day (
  election_id text not null,
  station_id text not null,
  day text not null,
  region_id text not null,
  district_id text not null,
  expected bigint not null,
  met bigint not null,
  unmet bigint not null,
  unmet_critical bigint not null,
  na bigint not null,
  disputed bigint not null,
  unanswered bigint not null,
  reported_at bigint,
  -- Whether the station has no row of a later day: whoever writes a new day sets the one before to false.
  latest boolean not null default true,
  primary key (election_id, station_id, day)
);
create index readiness_station_day_by_district on readiness_station_day (election_id, district_id, day);
create index readiness_station_day_by_day on readiness_station_day (election_id, day);
-- "The worst now" and "without news for longest" are the ends of these.
create index readiness_station_day_by_unmet on readiness_station_day (election_id, latest, unmet_critical, unmet, unanswered, station_id);
create index readiness_station_day_by_silence on readiness_station_day (election_id, latest, (coalesce(reported_at, 0)), station_id);

-- The same, summed over the stations of a district, for each section; section '' is all sections together.
create table readiness_district_day (
  election_id text not null,
  district_id text not null,
  section text not null,
  day text not null,
  region_id text not null,
  stations bigint not null,
  ready bigint not null,
  silent bigint not null,
  expected bigint not null,
  met bigint not null,
  unmet bigint not null,
  unmet_critical bigint not null,
  na bigint not null,
  disputed bigint not null,
  unanswered bigint not null,
  primary key (election_id, district_id, section, day)
);
create index readiness_district_day_by_section on readiness_district_day (election_id, section, district_id, day);

-- "Ready": a commission signs what it saw below itself.
create table readiness_signature (
  election_id text not null,
  commission_id text not null,
  version bigint not null,
  area_id text not null,
  level text not null,
  snapshot text not null,
  sha256 text not null,
  exceptions bigint not null,
  made_by text not null,
  made_at bigint not null,
  primary key (election_id, commission_id, version)
);

create table readiness_exception (
  election_id text not null,
  commission_id text not null,
  version bigint not null,
  subject text not null,
  item text not null default '',
  reason text not null,
  primary key (election_id, commission_id, version, subject, item)
);
