-- The instant from which a station that opened and never reported its closing is held to be closed
-- (scheduled closing and the grace of the rules), so that the embargo is one question to the tables.
alter table station_day add column presumed_closed_at bigint;

-- `sequence` counts the acts on a protocol: whoever writes says which one he has seen.
alter table protocol add column sequence bigint not null default 0;
alter table protocol add column with_act boolean not null default false;

-- Every act on a protocol, in order; nothing in it is ever changed.
create table protocol_event (
  station_id text not null,
  contest_id text not null,
  sequence bigint not null,
  version bigint not null,
  kind text not null,
  at bigint not null,
  made_by text not null,
  office text not null,
  reason text not null default '',
  detail text not null default '',
  decision_id text references decision (id),
  primary key (station_id, contest_id, sequence)
);
