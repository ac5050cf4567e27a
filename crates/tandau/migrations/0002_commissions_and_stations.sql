create table person (
  id text primary key,
  name_kk text not null,
  name_ru text not null,
  name_en text not null,
  folded text not null,
  sex text not null,
  birth_year bigint not null,
  birth_date text,
  synthetic boolean not null,
  created_at bigint not null
);

create table organisation (
  id text primary key,
  kind text not null,
  name_kk text not null,
  name_ru text not null,
  name_en text not null,
  synthetic boolean not null,
  created_at bigint not null
);

create table commission (
  id text primary key,
  level text not null,
  area_id text not null references area (id),
  parent_id text references commission (id),
  size bigint not null,
  term_from text not null,
  term_until text not null
);
create unique index commission_by_area on commission (area_id, level, term_from);
create index commission_by_parent on commission (parent_id);

-- An act of a commission, or of another body (a maslikhat) on which an election rests.
create table decision (
  id text primary key,
  commission_id text references commission (id),
  body_kk text not null default '',
  body_ru text not null default '',
  body_en text not null default '',
  area_id text not null references area (id),
  election_id text,
  contest_id text,
  kind text not null,
  number text not null,
  decided_on text not null,
  title_kk text not null,
  title_ru text not null,
  title_en text not null,
  body_text text not null default '',
  members_total bigint not null,
  members_present bigint not null,
  votes_for bigint not null,
  votes_against bigint not null,
  file_id text references stored_file (id),
  recorded_at bigint not null,
  recorded_by text not null
);
create index decision_by_commission on decision (commission_id, decided_on);
create index decision_by_contest on decision (contest_id);
create index decision_by_election on decision (election_id);

create table decision_dissent (
  decision_id text not null references decision (id),
  person_id text not null references person (id),
  opinion text not null,
  recorded_at bigint not null,
  primary key (decision_id, person_id)
);

create table commission_member (
  id text primary key,
  commission_id text not null references commission (id),
  person_id text not null references person (id),
  office text not null,
  nominator text not null,
  organisation_id text references organisation (id),
  seated_by text not null references decision (id),
  valid_from text not null,
  valid_until text,
  ended_by text references decision (id),
  end_reason text not null default ''
);
create index commission_member_by_commission on commission_member (commission_id, valid_from);
create index commission_member_by_person on commission_member (person_id);

create table station (
  id text primary key,
  area_id text not null references area (id),
  created_at bigint not null
);

-- What is true of a station from a day on. The newest version whose valid_from has come is the station as of a day.
create table station_version (
  station_id text not null references station (id),
  version bigint not null,
  valid_from text not null,
  number bigint not null,
  region_id text not null references area (id),
  district_id text not null references area (id),
  name_kk text not null,
  name_ru text not null,
  name_en text not null,
  address_kk text not null,
  address_ru text not null,
  address_en text not null,
  folded text not null,
  latitude_microdeg bigint,
  longitude_microdeg bigint,
  capacity bigint not null,
  voters_on_list bigint not null,
  special text not null default '',
  step_free boolean,
  reason text not null,
  made_by text not null,
  made_at bigint not null,
  primary key (station_id, version)
);
create index station_version_by_district on station_version (district_id, number);
create index station_version_by_region on station_version (region_id, number);
