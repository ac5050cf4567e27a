-- A region for planning: 13 districts of 50 stations, 4,500 members of their commissions, 60 halls around the towns, two trainers a district.
create temp table district as
  with recursive n (i) as (select 0 union all select i + 1 from n where i < 12)
  select i, 'd' || i as id, 49000000 + (i % 4) * 600000 as north, 73000000 + (i / 4) * 800000 as east from n;
create temp table unit as
  with recursive n (i) as (select 0 union all select i + 1 from n where i < 649)
  select n.i, 'st' || n.i as id, d.id as district, case when n.i < 600 then 7 else 6 end as members,
    d.north + (n.i * 7919 % 400 - 200) * 1000 as north, d.east + (n.i * 6007 % 500 - 250) * 1000 as east
  from n join district d on d.i = n.i % 13;
create temp table office (place integer, office text);
insert into office values (1, 'chair'), (2, 'secretary'), (3, 'deputy'), (4, 'member'), (5, 'member'), (6, 'member'), (7, 'member');
create temp table place as
  select 'kz' as id, 'country' as kind, null as above
  union all select 'reg', 'region', 'kz'
  union all select id, 'district', 'reg' from district
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
  values ('seated', 'kz', 'test', '1', '2019-01-01', 'Шешім', 'Решение', 'Decision', 7, 7, 7, 0, 0, 'bench');
create temp table body as
  select id, 'district' as level, id as area_id, 7 as members from district
  union all select id || '-pec', 'precinct', id || '-area', members from unit;
insert into commission (id, level, area_id, size, term_from, term_until)
  select id, level, area_id, members, '2019-01-01', '2024-01-01' from body;
create temp table seat as
  select b.id || '-' || o.place as id, b.id as body, o.office from body b join office o on o.place <= b.members;
insert into person (id, name_kk, name_ru, name_en, folded, sex, birth_year, synthetic, created_at)
  select id, id, id, id, id, 'female', 1980, true, 0 from seat;
insert into commission_member (id, commission_id, person_id, office, nominator, seated_by, valid_from)
  select id, body, id, office, 'assembly', 'seated', '2019-01-01' from seat;

insert into election (id, rules_id, rules_sha256, title_kk, title_ru, title_en, area_id, zone, voting_day, state, state_since, synthetic, created_at)
  values ('bench-2023', 'akim-district-2023', '', 'Өлшеу', 'Измерение', 'Measuring', 'kz', 'Asia/Almaty', '2023-11-05', 'campaign', 0, true, 0);
insert into contest (id, election_id, number, area_id, region_id, commission_id, seats, state, sourcing, voting_day, stations_expected, voters_on_lists)
  select 'bench-2023.' || id, 'bench-2023', i + 1, id, 'reg', id, 1, 'open', 'sourced', '2023-11-05', 50, 30000 from district;
insert into station (id, area_id, created_at) select id, id || '-area', 0 from unit;
insert into station_version (station_id, version, valid_from, number, region_id, district_id, name_kk, name_ru, name_en,
    address_kk, address_ru, address_en, folded, capacity, voters_on_list, latitude_microdeg, longitude_microdeg, reason, made_by, made_at)
  select id, 1, '2019-01-01', i + 1, 'reg', district, 'Мектеп ' || i, 'Школа ' || i, 'School ' || i,
    i || '-үй', 'дом ' || i, 'house ' || i, id, 3000, 600, north, east, '', 'bench', 0 from unit;
insert into contest_station (station_id, contest_id, election_id, number, voters_initial, opens_at, closes_at)
  select id, 'bench-2023.' || district, 'bench-2023', i + 1, 600, 1699146000000000, 1699192800000000 from unit;

insert into training_programme (id, key, version) values ('programme', 'voting_day', 1);
insert into training_programme_version (programme_id, version, state, audience, level_from, level_until, tested, title_kk, title_ru, title_en,
    goal_kk, goal_ru, goal_en, made_by, office, made_at)
  values ('programme', 1, 'open', 'precinct_members', 2, 2, false, 'Оқу', 'Обучение', 'Training', '', '', '', 'bench', '', 0);
insert into training_module (id, programme_id, key, place, version) values ('module', 'programme', 'M1', 1, 1);
insert into training_module_version (module_id, version, title_kk, title_ru, title_en, goals_kk, goals_ru, goals_en, change_kk, change_ru,
    change_en, minutes, retired, made_by, office, made_at)
  values ('module', 1, 'М', 'М', 'M', '', '', '', '', '', '', 60, false, 'bench', '', 0);
insert into training_hall (id, version, area_id, name_kk, name_ru, name_en, seats, latitude_microdeg, longitude_microdeg, retired, made_by,
    office, made_at)
  with recursive n (i) as (select 0 union all select i + 1 from n where i < 59)
  select 'hall' || n.i, 1, d.id, 'Зал ' || n.i, 'Зал ' || n.i, 'Hall ' || n.i, 30 + n.i % 4 * 20, d.north + n.i / 13 * 50000, d.east, false,
    'bench', '', 0
  from n join district d on d.i = n.i % 13;
insert into training_trainer (person_id, version, area_id, latitude_microdeg, longitude_microdeg, retired, made_by, office, made_at)
  select id || '-' || place, 1, id, north, east, false, 'bench', '', 0 from district join office on place <= 2;
