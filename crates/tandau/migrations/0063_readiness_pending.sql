-- Districts whose stations still answer an earlier version of the checklist, by its place among those that were put into
-- force: a new one reaches them one after the other, so that reports are taken meanwhile.
create table readiness_pending (
  election_id text not null references election (id),
  district_id text not null,
  sequence bigint not null,
  primary key (election_id, district_id)
);
