-- People whom one act put on record together share its batch; empty for one by one.
alter table person add column batch text not null default '';
create index person_by_batch on person (batch);

-- A commission numbers its decisions anew every year.
create unique index decision_number on decision (commission_id, substr(decided_on, 1, 4), number);
create index decision_by_area on decision (area_id, decided_on);
create index commission_member_by_decision on commission_member (seated_by);

-- Offices are found by what they follow from.
create index access_grant_by_source on access_grant (source);
create index station_by_area on station (area_id);
create index station_version_by_number on station_version (number);
