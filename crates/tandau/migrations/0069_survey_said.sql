-- What may be said again of a survey, as it was said: people in the room, and which answers in words are shown. The act is
-- the event of the same number; when it was said is no time of an answer.
create table survey_present (
  survey_id text not null references survey (id),
  sequence bigint not null,
  present bigint,
  made_at bigint not null,
  -- Taken over from before this table: the newest that is known, and not vouched for by its act.
  carried boolean not null,
  primary key (survey_id, sequence)
);
create table survey_moderated (
  survey_id text not null references survey (id),
  text_id text not null,
  sequence bigint not null,
  state text not null,
  made_at bigint not null,
  carried boolean not null,
  primary key (survey_id, text_id, sequence)
);
create index survey_moderated_by_act on survey_moderated (survey_id, sequence);

insert into survey_present (survey_id, sequence, present, made_at, carried)
  select s.id, e.sequence, s.present, e.made_at, true
  from survey s join survey_event e on e.survey_id = s.id
  where e.sequence = (select max(x.sequence) from survey_event x
    where x.survey_id = s.id and x.kind in ('created', 'edited', 'present'));
insert into survey_moderated (survey_id, text_id, sequence, state, made_at, carried)
  select t.survey_id, t.id, e.sequence, t.state, e.made_at, true
  from survey_text t join survey_event e on e.survey_id = t.survey_id
  where t.state <> 'waiting' and e.sequence = (select max(x.sequence) from survey_event x
    where x.survey_id = t.survey_id and x.kind = 'moderated');
