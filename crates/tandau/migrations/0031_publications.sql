-- Notes for the press. The text being written and the state now; what was published stands in the revisions.
create table note (
  id text primary key,
  template text not null,
  subject_kind text not null,
  subject_id text not null,
  area_id text not null references area (id),
  election_id text not null default '',
  state text not null,
  -- Acts seen, and revisions published.
  version bigint not null,
  revision bigint not null,
  -- The day whose records are asked.
  records_on text not null,
  title_kk text not null,
  title_ru text not null,
  title_en text not null,
  body_kk text not null,
  body_ru text not null,
  body_en text not null,
  -- Why digits stand in the words instead of figures; empty where none do.
  typed_reason text not null,
  synthetic boolean not null,
  made_by text not null,
  made_at bigint not null,
  published_at bigint,
  withdrawn_at bigint,
  withdrawn_reason text not null default ''
);
create index note_by_subject on note (subject_kind, subject_id);
create index note_by_publication on note (published_at);

create table note_event (
  note_id text not null references note (id),
  sequence bigint not null,
  kind text not null,
  -- SHA-256 of the text after it.
  digest text not null,
  -- Why, where a reason is asked.
  reason text not null,
  made_by text not null,
  office text not null,
  made_at bigint not null,
  primary key (note_id, sequence)
);

create table note_revision (
  note_id text not null references note (id),
  revision bigint not null,
  -- The act that published it.
  sequence bigint not null,
  records_on text not null,
  title_kk text not null,
  title_ru text not null,
  title_en text not null,
  body_kk text not null,
  body_ru text not null,
  body_en text not null,
  typed_reason text not null,
  -- What it corrects; empty for the first.
  reason text not null,
  -- SHA-256 of text and figures.
  digest text not null,
  published_at bigint not null,
  primary key (note_id, revision)
);

create table note_figure (
  note_id text not null,
  revision bigint not null,
  position bigint not null,
  -- The place without its format: `{share option=yes question=language}`.
  query text not null,
  value text not null,
  href text not null,
  digest text not null,
  asked_at bigint not null,
  primary key (note_id, revision, position)
);

-- What the records said later, where they said something else.
create table note_change (
  note_id text not null,
  revision bigint not null,
  position bigint not null,
  sequence bigint not null,
  -- Empty: the records no longer tell it.
  value text not null,
  digest text not null,
  noticed_at bigint not null,
  primary key (note_id, revision, position, sequence)
);

-- What was told to everybody, and what was taken back. What must be told, and by when, follows from rules and calendar.
create table notice_event (
  election_id text not null,
  kind text not null,
  area_id text not null references area (id),
  sequence bigint not null,
  act text not null,
  of_sequence bigint,
  told_on text,
  channel text not null,
  outlet text not null,
  link text not null,
  file_id text,
  reason text not null,
  made_by text not null,
  office text not null,
  made_at bigint not null,
  primary key (election_id, kind, area_id, sequence)
);
create index notice_event_by_area on notice_event (area_id, election_id);
