-- The counters as they were at the last step of a survey that shows its results while it is open. They wait here until so many
-- more have answered that neither the next step nor the result tells fewer people apart than the smallest group.
create table survey_step_next (
  survey_id text not null,
  question_key text not null,
  option_key text not null,
  rank bigint not null,
  count bigint not null,
  primary key (survey_id, question_key, option_key, rank)
);
