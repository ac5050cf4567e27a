-- The station's revision that a commission signed: answers with a later one came after it, whatever the clock said when
-- they were begun. 0 for signatures of before and for commissions above the stations.
alter table readiness_signature add column revision bigint not null default 0;
