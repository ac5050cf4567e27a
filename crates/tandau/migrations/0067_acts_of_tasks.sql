-- The name of the act that vouches for an event of a task, where the log of acts must not tell that there is a task. Blank
-- where the log names the task.
alter table task_event add column act text not null default '';
create index task_event_by_act on task_event (act);
-- Whether the act of an incident vouches for the events of its tasks as well: the log knows it by another kind then.
alter table incident_event add column whole boolean not null default false;
