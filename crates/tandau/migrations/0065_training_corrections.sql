-- A session that is closed can be put right. Each version says how many people its list on paper counted, and what somebody
-- counted as taught until a correction stays as it was written.
alter table training_session_version add column present_paper bigint;
update training_session_version set present_paper = (select s.present_paper from training_session s
    where s.id = training_session_version.session_id) where act = 'held';

create table training_taught_before (
  person_id text not null references person (id),
  module_id text not null references training_module (id),
  session_id text not null references training_session (id),
  -- The act of the session that wrote it, and the one by which it counts no longer.
  version bigint not null,
  module_version bigint not null,
  level bigint not null,
  taught_at bigint not null,
  ended bigint not null,
  primary key (session_id, person_id, module_id, ended)
);
