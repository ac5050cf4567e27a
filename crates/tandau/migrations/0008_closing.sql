-- The embargo is asked for by every page: the last closing and the stations still open are found without
-- walking over all stations of the election.
create index contest_station_by_closing on contest_station (election_id, closes_at);
create index station_day_still_open on station_day (presumed_closed_at) where closed_at is null;
