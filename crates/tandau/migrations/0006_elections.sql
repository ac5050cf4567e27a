-- What changed in one contest after it was added: nomination extended, voting moved, the outcome settled.
-- The contest's own row shows the newest; the first row of a contest is how it began.
create table contest_change (
  contest_id text not null references contest (id),
  sequence bigint not null,
  kind text not null,
  state text not null,
  voting_day text not null,
  nomination_until bigint,
  decision_id text references decision (id),
  reason text not null default '',
  made_by text not null,
  made_at bigint not null,
  primary key (contest_id, sequence)
);
create index contest_by_area on contest (area_id);
create index candidate_by_person on candidate (person_id);
