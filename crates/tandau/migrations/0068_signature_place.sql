-- The place of a signature among all of its election, from 1: given while no other is given, so that what was signed later
-- stands later, whatever the clock said when the request came.
alter table readiness_signature add column place bigint not null default 0;
update readiness_signature set place = o.n from (
    select election_id, commission_id, version,
      row_number() over (partition by election_id order by made_at, commission_id, version) as n
    from readiness_signature) o
  where o.election_id = readiness_signature.election_id and o.commission_id = readiness_signature.commission_id
    and o.version = readiness_signature.version;
create index readiness_signature_by_place on readiness_signature (election_id, place);
