-- A synthetic country for measuring: one election, a contest of 10,101 stations, one of 180, one of 80.
-- Each station has a commission of five; each contest has eight candidates.
create temp table plan (district text, first integer, stations integer);
insert into plan values ('d1', 1, 10101), ('d2', 20001, 180), ('d3', 30001, 80);

create temp table unit as
  with recursive n (i) as (select 0 union all select i + 1 from n where i < 10100)
  select p.district, p.first + n.i as number, 'st' || (p.first + n.i) as id from plan p join n on n.i < p.stations;
create temp table office (place integer, office text, suffix text);
insert into office values (1, 'chair', 'chair'), (2, 'secretary', 'secretary'),
  (3, 'member', 'm1'), (4, 'member', 'm2'), (5, 'member', 'm3');

create temp table place as
  select 'kz' as id, 'country' as kind, null as above
  union all select 'r1', 'region', 'kz'
  union all select district, 'district', 'r1' from plan
  union all select id || '-area', 'precinct', district from unit;
insert into area (id, code, edition, kind, zone, valid_from)
  select id, id, 'synthetic', kind, 'Asia/Almaty', '2000-01-01' from place;
insert into area_name (area_id, valid_from, name_kk, name_ru, name_en, folded)
  select id, '2000-01-01', 'Аумақ ' || id, 'Территория ' || id, 'Area ' || id, id from place;
insert into area_path (area_id, depth, ancestor_id)
  with recursive up (area_id, depth, ancestor_id) as (
    select id, 0, id from place
    union all select up.area_id, up.depth + 1, p.above from up join place p on p.id = up.ancestor_id where p.above is not null)
  select area_id, depth, ancestor_id from up;

insert into decision (id, area_id, kind, number, decided_on, title_kk, title_ru, title_en,
    members_total, members_present, votes_for, votes_against, recorded_at, recorded_by)
  values ('seated', 'kz', 'test', '1', '2019-01-01', 'Шешім', 'Решение', 'Decision', 5, 5, 5, 0, 0, 'bench');
create temp table body as
  select district as id, 'district' as level, district as area_id, district as stem from plan
  union all select id || '-pec', 'precinct', id || '-area', id from unit;
insert into commission (id, level, area_id, size, term_from, term_until)
  select id, level, area_id, 5, '2019-01-01', '2024-01-01' from body;
insert into person (id, name_kk, name_ru, name_en, folded, sex, birth_year, synthetic, created_at)
  select stem || '-' || suffix, stem || ' ' || suffix, stem || ' ' || suffix, stem || ' ' || suffix, stem, 'female', 1980, true, 0
  from body cross join office;
insert into commission_member (id, commission_id, person_id, office, nominator, seated_by, valid_from)
  select id || '-' || suffix, id, stem || '-' || suffix, office, 'assembly', 'seated', '2019-01-01'
  from body cross join office;

insert into election (id, rules_id, rules_sha256, title_kk, title_ru, title_en, area_id, zone, voting_day, state, state_since, synthetic, created_at)
  values ('bench-2023', 'akim-district-2023', '', 'Өлшеу', 'Измерение', 'Measuring', 'kz', 'Asia/Almaty', '2023-11-05', 'counting', 0, true, 0);
insert into contest (id, election_id, number, area_id, region_id, commission_id, seats, state, sourcing, voting_day, stations_expected, voters_on_lists)
  select 'bench-2023.' || district, 'bench-2023', row_number() over (order by district), district, 'r1', district, 1,
    'open', 'sourced', '2023-11-05', stations, stations * 600 from plan;
create temp table runner as
  with recursive k (n) as (select 1 union all select n + 1 from k where n < 8)
  select district, n, district || '-c' || n as id from plan cross join k;
insert into person (id, name_kk, name_ru, name_en, folded, sex, birth_year, synthetic, created_at)
  select id, 'Кандидат ' || n, 'Кандидат ' || n, 'Candidate ' || n, id, 'male', 1975, true, 0 from runner;
insert into candidate (id, contest_id, person_id, nominated_by, nominated_on, state, ballot_position)
  select id, 'bench-2023.' || district, id, 'self', '2023-09-20', 'registered', n from runner;

insert into station (id, area_id, created_at) select id, id || '-area', 0 from unit;
insert into station_version (station_id, version, valid_from, number, region_id, district_id, name_kk, name_ru, name_en,
    address_kk, address_ru, address_en, folded, capacity, voters_on_list, reason, made_by, made_at)
  select id, 1, '2019-01-01', number, 'r1', district, 'Мектеп ' || number, 'Школа ' || number, 'School ' || number,
    number || '-үй', 'дом ' || number, 'house ' || number, id, 3000, 600, '', 'bench', 0 from unit;
-- 7:00 and 20:00 on 5 November 2023 in Astana.
insert into contest_station (station_id, contest_id, election_id, number, voters_initial, opens_at, closes_at)
  select id, 'bench-2023.' || district, 'bench-2023', number, 600, 1699146000000000, 1699192800000000 from unit;
insert into station_day (station_id, contest_id, opened_at, closed_at, last_slot, received)
  select id, 'bench-2023.' || district, 1699146000000000, 1699192800000000, 'final', 400 from unit;
