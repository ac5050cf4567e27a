-- Quality of training: re-tests of a random sample, what inspectors saw, feedback, findings.
create table training_retest (
  id text primary key,
  election_id text not null references election (id),
  programme_id text not null references training_programme (id),
  -- Everybody who passed from one day to another, as the sample was drawn.
  passed_from bigint not null,
  passed_until bigint not null,
  of_people bigint not null,
  seed bigint not null,
  percent bigint not null,
  least bigint not null,
  open_until bigint not null,
  made_by text not null,
  office text not null,
  made_at bigint not null
);
create index training_retest_by_programme on training_retest (election_id, programme_id);

create table training_retest_person (
  retest_id text not null references training_retest (id),
  person_id text not null references person (id),
  -- The test that was passed.
  attempt_id text not null references training_attempt (id),
  session_id text not null references training_session (id),
  primary key (retest_id, person_id)
);
create index training_retest_by_person on training_retest_person (person_id);

-- What an inspector saw at a session. Versions stay.
create table training_inspection (
  session_id text not null references training_session (id),
  sequence bigint not null,
  seen_at bigint not null,
  -- People counted in the room.
  present bigint not null,
  -- yes, no, unseen.
  began_in_time text not null,
  current_text text not null,
  practised text not null,
  questions_answered text not null,
  reachable text not null,
  note text not null default '',
  made_by text not null,
  office text not null,
  made_at bigint not null,
  primary key (session_id, sequence)
);

-- The survey in which a session is asked for its opinion: anonymous as surveys are.
create table training_feedback (
  session_id text primary key references training_session (id),
  survey_id text not null references survey (id),
  made_by text not null,
  office text not null,
  made_at bigint not null
);

-- What the figures say, and what was done about it.
create table training_finding (
  id text primary key,
  election_id text not null references election (id),
  programme_id text not null references training_programme (id),
  -- item, trainer, decay, inspection.
  kind text not null,
  object text not null,
  level bigint not null,
  -- The figures at that time: right of asked, below and above.
  below_right bigint not null,
  below_of bigint not null,
  above_right bigint not null,
  above_of bigint not null,
  -- task, material.
  outcome text not null,
  task_id text references task (id),
  module_id text references training_module (id),
  reason text not null,
  made_by text not null,
  office text not null,
  made_at bigint not null
);
create index training_finding_by_object on training_finding (election_id, programme_id, kind, object);
