-- A figure in words as the signed paper has it, where the paper's words say another number than its digits
-- (art. 43(8)); what agrees needs no row.
create table protocol_words (
  station_id text not null,
  contest_id text not null,
  version bigint not null,
  line text not null,
  item text not null default '',
  language text not null,
  words text not null,
  primary key (station_id, contest_id, version, line, item, language)
);
