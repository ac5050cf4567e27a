-- Question banks, tests and certificates. The first table of each pair says which version holds; versions stay as they were.
create table training_question (
  id text primary key,
  module_id text not null references training_module (id),
  key text not null,
  version bigint not null
);
create unique index training_question_by_key on training_question (module_id, key);

create table training_question_version (
  question_id text not null references training_question (id),
  version bigint not null,
  -- one, several, order, match, protocol.
  kind text not null,
  text_kk text not null,
  text_ru text not null,
  text_en text not null,
  -- Why the right answer is right.
  why_kk text not null,
  why_ru text not null,
  why_en text not null,
  article text not null,
  -- As electoral::training::question keeps answers.
  answer text not null,
  -- For a protocol: whose form, and the figures that are printed on it.
  pack text not null default '',
  given text not null default '',
  retired boolean not null,
  reason text not null default '',
  made_by text not null,
  office text not null,
  made_at bigint not null,
  primary key (question_id, version)
);

create table training_question_option (
  question_id text not null references training_question (id),
  version bigint not null,
  -- option, partner.
  side text not null,
  place bigint not null,
  key text not null,
  text_kk text not null,
  text_ru text not null,
  text_en text not null,
  primary key (question_id, version, side, key)
);

-- What a programme's test is; a programme without a row has none.
create table training_test (
  programme_id text primary key references training_programme (id),
  version bigint not null
);

create table training_test_version (
  programme_id text not null references training_programme (id),
  version bigint not null,
  questions bigint not null,
  minutes bigint not null,
  pass_percent bigint not null,
  tries bigint not null,
  reason text not null default '',
  made_by text not null,
  office text not null,
  made_at bigint not null,
  primary key (programme_id, version)
);

-- A test that somebody takes. What is asked and in which order follows from bank and seed, and is kept as drawn.
create table training_attempt (
  id text primary key,
  person_id text not null references person (id),
  programme_id text not null references training_programme (id),
  election_id text not null references election (id),
  -- The session that it belongs to; its level and trainers are those of the session.
  session_id text not null references training_session (id),
  level bigint not null,
  -- before, after, retest.
  kind text not null,
  number bigint not null,
  test_version bigint not null,
  pass_percent bigint not null,
  seed bigint not null,
  asked bigint not null,
  started_at bigint not null,
  ends_at bigint not null,
  -- Set once, when it was handed in or its time was over.
  ended_at bigint,
  correct bigint,
  passed boolean,
  -- Which re-test, for kind retest.
  retest_id text not null default ''
);
create unique index training_attempt_by_person on training_attempt (person_id, session_id, kind, number, retest_id);
create index training_attempt_by_programme on training_attempt (election_id, programme_id, kind, ended_at);
create index training_attempt_by_session on training_attempt (session_id, kind);
create index training_attempt_open on training_attempt (ended_at, ends_at);

create table training_attempt_question (
  attempt_id text not null references training_attempt (id),
  place bigint not null,
  question_id text not null references training_question (id),
  question_version bigint not null,
  primary key (attempt_id, place)
);

-- Answers; the newest of a place counts, those before it stay.
create table training_answer (
  attempt_id text not null references training_attempt (id),
  place bigint not null,
  sequence bigint not null,
  answer text not null,
  correct boolean not null,
  answered_at bigint not null,
  primary key (attempt_id, place, sequence)
);

-- How often each version of a question was answered, rightly or not, at each level: written when a test ends.
create table training_question_count (
  election_id text not null references election (id),
  programme_id text not null references training_programme (id),
  kind text not null,
  question_id text not null references training_question (id),
  question_version bigint not null,
  level bigint not null,
  asked bigint not null,
  correct bigint not null,
  primary key (election_id, programme_id, kind, question_id, question_version, level)
);

create table training_certificate (
  id text primary key,
  code text not null unique,
  person_id text not null references person (id),
  programme_id text not null references training_programme (id),
  programme_version bigint not null,
  election_id text not null references election (id),
  attempt_id text not null references training_attempt (id),
  issued_at bigint not null,
  version bigint not null
);
create unique index training_certificate_by_attempt on training_certificate (attempt_id);
create index training_certificate_by_person on training_certificate (person_id);

create table training_certificate_event (
  certificate_id text not null references training_certificate (id),
  sequence bigint not null,
  -- issued, withdrawn.
  kind text not null,
  reason text not null default '',
  made_by text not null,
  office text not null,
  made_at bigint not null,
  primary key (certificate_id, sequence)
);
