-- The embargo asks for the last closing of each contest: found without walking over its stations.
create index contest_station_by_contest_closing on contest_station (contest_id, closes_at);

-- The repeat election that a commission called after a tie or an invalid election: the contest that is repeated,
-- and the contest that repeats it, in an election of its own.
create table contest_repeat (
  contest_id text primary key references contest (id),
  repeat_contest_id text not null unique references contest (id),
  decision_id text not null references decision (id),
  made_by text not null,
  made_at bigint not null
);
