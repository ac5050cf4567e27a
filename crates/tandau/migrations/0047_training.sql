-- Cascade training: programmes and modules with versions, sessions, who was invited, who was there, what they were taught.
-- The first table of each pair says which version holds; versions stay as they were.
create table training_programme (
  id text primary key,
  key text not null unique,
  version bigint not null
);

create table training_programme_version (
  programme_id text not null references training_programme (id),
  version bigint not null,
  -- draft, open, closed.
  state text not null,
  -- A target group of the rules; the levels of the cascade that hand it down, the first and the last.
  audience text not null,
  level_from bigint not null,
  level_until bigint not null,
  -- Whoever was there has passed only after a test.
  tested boolean not null,
  title_kk text not null,
  title_ru text not null,
  title_en text not null,
  goal_kk text not null,
  goal_ru text not null,
  goal_en text not null,
  reason text not null default '',
  made_by text not null,
  office text not null,
  made_at bigint not null,
  primary key (programme_id, version)
);

create table training_module (
  id text primary key,
  programme_id text not null references training_programme (id),
  key text not null,
  place bigint not null,
  version bigint not null
);
create unique index training_module_by_key on training_module (programme_id, key);

create table training_module_version (
  module_id text not null references training_module (id),
  version bigint not null,
  title_kk text not null,
  title_ru text not null,
  title_en text not null,
  goals_kk text not null,
  goals_ru text not null,
  goals_en text not null,
  -- What is different from the version before; blank in the first.
  change_kk text not null,
  change_ru text not null,
  change_en text not null,
  minutes bigint not null,
  retired boolean not null,
  reason text not null default '',
  made_by text not null,
  office text not null,
  made_at bigint not null,
  primary key (module_id, version)
);

create table training_material (
  module_id text not null references training_module (id),
  version bigint not null,
  language text not null,
  place bigint not null,
  -- text, slides, video, form.
  kind text not null,
  title text not null,
  link text not null default '',
  file_id text references stored_file (id),
  primary key (module_id, version, language, place)
);

create table training_session (
  id text primary key,
  election_id text not null references election (id),
  programme_id text not null references training_programme (id),
  -- Acts it has seen; the newest act that said which trainers and modules.
  version bigint not null,
  plan bigint not null,
  -- As the newest version has them.
  area_id text not null references area (id),
  level bigint not null,
  state text not null,
  starts_at bigint not null,
  ends_at bigint not null,
  -- People who were there, by the records and on paper; none until it was held.
  present bigint,
  present_paper bigint
);
create index training_session_by_area on training_session (area_id, starts_at);
create index training_session_by_election on training_session (election_id, programme_id, level, state);
create index training_session_by_time on training_session (state, starts_at);

create table training_session_version (
  session_id text not null references training_session (id),
  version bigint not null,
  -- planned, changed, moved, invited, withdrawn, replaced, held, cancelled.
  act text not null,
  state text not null,
  plan bigint not null,
  area_id text not null references area (id),
  place_kk text not null,
  place_ru text not null,
  place_en text not null,
  station_id text,
  latitude_microdeg bigint,
  longitude_microdeg bigint,
  starts_at bigint not null,
  ends_at bigint not null,
  seats bigint not null,
  present bigint,
  reason text not null default '',
  made_by text not null,
  office text not null,
  made_at bigint not null,
  primary key (session_id, version)
);
create index training_session_version_by_time on training_session_version (session_id, made_at);

-- Trainers and modules of a plan; the version of a module is the one that was planned, then taught.
create table training_session_trainer (
  session_id text not null references training_session (id),
  version bigint not null,
  place bigint not null,
  person_id text not null references person (id),
  primary key (session_id, version, person_id)
);
create index training_session_trainer_by_person on training_session_trainer (person_id);

create table training_session_module (
  session_id text not null references training_session (id),
  version bigint not null,
  place bigint not null,
  module_id text not null references training_module (id),
  module_version bigint not null,
  primary key (session_id, version, module_id)
);

-- One row per invitation. The seat is the one that the person was invited for; another commission of theirs counts too.
create table training_trainee (
  session_id text not null references training_session (id),
  person_id text not null references person (id),
  added bigint not null,
  ended bigint,
  -- invited, withdrawn, replaced.
  state text not null,
  commission_id text references commission (id),
  station_id text references station (id),
  seat_office text not null default '',
  replaced_by text references person (id),
  primary key (session_id, person_id, added)
);
create unique index training_trainee_invited on training_trainee (session_id, person_id) where state = 'invited';
create index training_trainee_by_person on training_trainee (person_id, state);
create index training_trainee_by_station on training_trainee (station_id, state);

-- Signs that somebody was there. One per person and session is accepted; those refused stay, with the reason.
create table training_mark (
  id text primary key,
  session_id text not null references training_session (id),
  person_id text not null references person (id),
  -- code, paper, hand.
  way text not null,
  marked_at bigint not null,
  latitude_microdeg bigint,
  longitude_microdeg bigint,
  accepted boolean not null,
  reason text not null default '',
  made_by text not null,
  office text not null,
  made_at bigint not null
);
create unique index training_mark_accepted on training_mark (session_id, person_id) where accepted;
create index training_mark_by_session on training_mark (session_id, made_at);

-- What a person was taught, in which text: written when a session closes, or when somebody leaves in the middle.
create table training_taught (
  person_id text not null references person (id),
  module_id text not null references training_module (id),
  session_id text not null references training_session (id),
  -- The act of the session that wrote it.
  version bigint not null,
  module_version bigint not null,
  level bigint not null,
  taught_at bigint not null,
  primary key (person_id, module_id, session_id)
);
create index training_taught_by_session on training_taught (session_id, version);
create index training_taught_by_module on training_taught (module_id, module_version);

-- Who counts as trained and passed; `ended_at` is none while that holds. A certificate that is withdrawn ends it.
create table training_passed (
  person_id text not null references person (id),
  programme_id text not null references training_programme (id),
  election_id text not null references election (id),
  session_id text not null references training_session (id),
  level bigint not null,
  passed_at bigint not null,
  ended_at bigint,
  ended_reason text not null default '',
  primary key (person_id, programme_id, election_id, session_id)
);
create index training_passed_by_election on training_passed (election_id, programme_id, person_id);
create index training_passed_by_session on training_passed (session_id);
