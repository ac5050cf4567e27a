-- Surveys of a room. The state now; who did what when stands in the events.
create table survey (
  id text primary key,
  code text not null,
  area_id text not null references area (id),
  election_id text not null default '',
  title_kk text not null,
  title_ru text not null,
  title_en text not null,
  state text not null,
  wants_tokens boolean not null,
  live boolean not null,
  present bigint,
  held_on text not null,
  version bigint not null,
  made_by text not null,
  made_at bigint not null,
  opened_at bigint,
  closed_at bigint
);
create unique index survey_by_code on survey (code);
create index survey_by_opening on survey (opened_at);

create table survey_event (
  survey_id text not null references survey (id),
  sequence bigint not null,
  kind text not null,
  -- SHA-256 of what the survey said after it; of all counters when it was closed.
  digest text not null,
  made_by text not null,
  office text not null,
  made_at bigint not null,
  primary key (survey_id, sequence)
);

create table survey_question (
  survey_id text not null references survey (id),
  position bigint not null,
  key text not null,
  kind text not null,
  wording_kk text not null,
  wording_ru text not null,
  wording_en text not null,
  required boolean not null,
  least bigint not null,
  most bigint not null,
  -- The question itself: kind, words, limits and options in three languages.
  wording_sha256 text not null,
  -- The question that it is cross-tabulated with; each belongs to one table at most.
  crossed_with text not null default '',
  primary key (survey_id, key)
);
create index survey_question_by_wording on survey_question (wording_sha256);

create table survey_option (
  survey_id text not null,
  question_key text not null,
  position bigint not null,
  key text not null,
  wording_kk text not null,
  wording_ru text not null,
  wording_en text not null,
  primary key (survey_id, question_key, key)
);

-- Answers are counted and not kept: no row below has a time, an order or a person.
create table survey_answered (
  survey_id text primary key,
  open boolean not null,
  answered bigint not null
);
create table survey_count (
  survey_id text not null,
  question_key text not null,
  -- Empty: how many answered the question.
  option_key text not null,
  rank bigint not null,
  count bigint not null,
  primary key (survey_id, question_key, option_key, rank)
);
create table survey_cross (
  survey_id text not null,
  a_question text not null,
  a_option text not null,
  b_question text not null,
  b_option text not null,
  count bigint not null,
  primary key (survey_id, a_question, a_option, b_question, b_option)
);
-- The counters as they were at the last step at which they were shown while the survey was open.
create table survey_step (
  survey_id text not null,
  question_key text not null,
  option_key text not null,
  rank bigint not null,
  count bigint not null,
  primary key (survey_id, question_key, option_key, rank)
);
create table survey_text (
  survey_id text not null,
  id text not null,
  question_key text not null,
  body text not null,
  state text not null,
  primary key (survey_id, id)
);
-- Gone with the key when the survey is closed.
create table survey_key (
  survey_id text primary key,
  key bytea not null
);
create table survey_spent (
  survey_id text not null,
  hash text not null,
  primary key (survey_id, hash)
);
create table survey_token (
  survey_id text not null,
  hash text not null,
  primary key (survey_id, hash)
);
