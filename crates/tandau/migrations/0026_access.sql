-- What a station offers to voters with disabilities: who said what, when, in which act. Facts are those of
-- rules/kz/accessibility.toml; a measurement is in thousandths.
create table station_means (
  station_id text not null references station (id),
  version bigint not null,
  cause text not null,
  made_by text not null,
  made_at bigint not null,
  primary key (station_id, version)
);

-- Only facts that changed with a version.
create table station_means_fact (
  station_id text not null,
  version bigint not null,
  fact text not null,
  value text not null,
  number bigint,
  primary key (station_id, fact, version)
);

-- What is known now.
create table station_means_state (
  station_id text not null references station (id),
  fact text not null,
  version bigint not null,
  value text not null,
  number bigint,
  primary key (station_id, fact)
);

-- One act of counting voters by need. The id is random: it tells no order.
create table station_needs_act (
  id text primary key,
  election_id text not null references election (id),
  area_id text not null references area (id),
  source text not null,
  made_by text not null,
  made_at bigint not null
);
create index station_needs_act_by_election on station_needs_act (election_id, made_at);

-- Counts of a station: no names, each voter once.
create table station_needs (
  election_id text not null references election (id),
  station_id text not null references station (id),
  version bigint not null,
  act_id text not null references station_needs_act (id),
  voters bigint not null,
  primary key (election_id, station_id, version)
);
create index station_needs_by_act on station_needs (act_id, station_id);

create table station_needs_count (
  election_id text not null,
  station_id text not null,
  version bigint not null,
  need text not null,
  voters bigint not null,
  primary key (election_id, station_id, version, need)
);

-- What is published of needs: frozen figures of a day. What a later release shows is decided together with these.
create table needs_release (
  election_id text not null references election (id),
  version bigint not null,
  released_on text not null,
  smallest_group bigint not null,
  stations bigint not null,
  counted bigint not null,
  made_by text not null,
  made_at bigint not null,
  primary key (election_id, version)
);

-- `part` is '' for all voters of the area, or where they stand: here, near, unmet; `need` is '' for all needs.
create table needs_release_figure (
  election_id text not null,
  version bigint not null,
  area_id text not null references area (id),
  part text not null,
  need text not null,
  voters bigint not null,
  shown boolean not null,
  primary key (election_id, version, area_id, part, need)
);

create table needs_release_area (
  election_id text not null,
  version bigint not null,
  area_id text not null references area (id),
  stations bigint not null,
  counted bigint not null,
  primary key (election_id, version, area_id)
);
