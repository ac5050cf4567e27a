-- The name of an act in the log of acts: from it neither the incident nor the kind of the act follows. Blank for those of
-- before.
alter table incident_event add column act text not null default '';
create index incident_event_by_act on incident_event (act);
