-- From a station to the signature of its commission.
create index readiness_signature_by_area on readiness_signature (area_id, election_id);
