-- Every photo or PDF of a version's signed paper, in their order: a further one never takes the place of one
-- before. `protocol_version.file_id` was the only one until now and is read no more.
create table protocol_paper (
  station_id text not null,
  contest_id text not null,
  version bigint not null,
  number bigint not null,
  file_id text not null references stored_file (id),
  attached_by text not null,
  attached_at bigint not null,
  reason text not null default '',
  primary key (station_id, contest_id, version, number)
);

create index protocol_paper_by_file on protocol_paper (file_id);

insert into protocol_paper (station_id, contest_id, version, number, file_id, attached_by, attached_at)
select station_id, contest_id, version, 1, file_id, entered_by, coalesce(submitted_at, entered_at)
from protocol_version where file_id is not null;
