-- Where a plan sends the people of each commission, of a station or of a district, and who they are.
create table training_plan_party (
  plan_id text not null references training_plan (id),
  -- The area of their commission.
  area_id text not null references area (id),
  -- Place of the session; -1 for none.
  place bigint not null,
  people bigint not null,
  -- unplaced, no-hall, no-time; empty for those in a session. late: after the last day that is in time.
  why text not null default '',
  late boolean not null,
  primary key (plan_id, area_id, place)
);
insert into training_plan_party (plan_id, area_id, place, people, why, late)
  select t.plan_id, s.area_id, t.place, t.people, t.why, t.late from training_plan_station t join station s on s.id = t.station_id;
drop table training_plan_station;

-- Everybody whom a plan counted, once each, for the commission for whose seat they come.
create table training_plan_person (
  plan_id text not null references training_plan (id),
  person_id text not null references person (id),
  area_id text not null references area (id),
  place bigint not null,
  primary key (plan_id, person_id)
);
create index training_plan_person_by_place on training_plan_person (plan_id, place);
