-- A station in an election, with whom of its commission passed. Whoever writes about a station's coverage takes this row
-- first. `looked_on` is the day (by the station's clocks) whose composition was looked at, `day` the last day with a row
-- of counts, `told` what readiness has heard: `commission_trained=yes`.
create table training_station (
  election_id text not null references election (id),
  station_id text not null references station (id),
  area_id text not null,
  zone text not null,
  region_id text not null,
  district_id text not null,
  number bigint not null,
  -- covered, planned, uncovered.
  state text not null,
  since bigint not null,
  -- Ids of the needs that hold.
  met text not null,
  members bigint not null,
  required bigint not null,
  scheduled bigint not null,
  trained bigint not null,
  passed bigint not null,
  told text not null default '',
  looked_on text not null,
  day text not null,
  primary key (election_id, station_id)
);
create index training_station_by_district on training_station (election_id, district_id, number);
create index training_station_by_area on training_station (area_id);
create index training_station_by_state on training_station (election_id, state, district_id);
create index training_station_by_look on training_station (election_id, looked_on);

-- The same from a day on: the row of the last day with a change holds. A station that left the election ends with a row
-- without members and needs, `gone`.
create table training_station_day (
  election_id text not null,
  station_id text not null,
  day text not null,
  region_id text not null,
  district_id text not null,
  number bigint not null,
  state text not null,
  met text not null,
  members bigint not null,
  required bigint not null,
  scheduled bigint not null,
  trained bigint not null,
  passed bigint not null,
  gone boolean not null default false,
  primary key (election_id, station_id, day)
);
create index training_station_day_by_district on training_station_day (election_id, district_id, day);

-- Sums of the stations of a district from a day on, written with the act that changes them.
create table training_district_day (
  election_id text not null,
  district_id text not null,
  day text not null,
  region_id text not null,
  stations bigint not null,
  covered bigint not null,
  planned bigint not null,
  members bigint not null,
  required bigint not null,
  scheduled bigint not null,
  trained bigint not null,
  passed bigint not null,
  primary key (election_id, district_id, day)
);
