-- Training for measuring: 204 districts in 17 regions, commissions of seven (72,527 people), 3,000 sessions of 24 people,
-- 2,400 of them held; who was there has passed.
create temp table district as
  with recursive n (i) as (select 0 union all select i + 1 from n where i < 203)
  select i, 'k' || (100 + i) as id, 'reg' || (10 + i / 12) as region from n;
insert into area (id, code, edition, kind, zone, valid_from)
  select distinct region, region, 'synthetic', 'region', 'Asia/Almaty', '2000-01-01' from district
  union all select id, id, 'synthetic', 'district', 'Asia/Almaty', '2000-01-01' from district;
insert into area_name (area_id, valid_from, name_kk, name_ru, name_en, folded)
  select distinct region, '2000-01-01', 'Облыс ' || region, 'Область ' || region, 'Region ' || region, region from district
  union all select id, '2000-01-01', 'Аудан ' || id, 'Район ' || id, 'District ' || id, id from district;
insert into area_path (area_id, depth, ancestor_id)
  select distinct region, 0, region from district
  union all select distinct region, 1, 'kz' from district
  union all select id, 0, id from district
  union all select id, 1, region from district
  union all select id, 2, 'kz' from district;
update station_version set district_id = (select id from district where i = station_version.number % 204),
  region_id = (select region from district where i = station_version.number % 204);

create temp table extra (office text, suffix text);
insert into extra values ('deputy', 'm4'), ('member', 'm5');
insert into person (id, name_kk, name_ru, name_en, folded, sex, birth_year, synthetic, created_at)
  select s.id || '-' || suffix, s.id || ' ' || suffix, s.id || ' ' || suffix, s.id || ' ' || suffix, s.id, 'female', 1980, true, 0
  from station s cross join extra;
insert into commission_member (id, commission_id, person_id, office, nominator, seated_by, valid_from)
  select s.id || '-pec-' || suffix, s.id || '-pec', s.id || '-' || suffix, office, 'assembly', 'seated', '2019-01-01'
  from station s cross join extra;

insert into training_programme (id, key, version) values ('programme', 'voting_day', 1);
insert into training_programme_version (programme_id, version, state, audience, level_from, level_until, tested, title_kk, title_ru, title_en,
    goal_kk, goal_ru, goal_en, made_by, office, made_at)
  values ('programme', 1, 'open', 'precinct_members', 2, 2, false, 'Оқу', 'Обучение', 'Training', '', '', '', 'bench', '', 0);
insert into training_module (id, programme_id, key, place, version) values ('module', 'programme', 'M1', 1, 1);
insert into training_module_version (module_id, version, title_kk, title_ru, title_en, goals_kk, goals_ru, goals_en, change_kk, change_ru,
    change_en, minutes, retired, made_by, office, made_at)
  values ('module', 1, 'М', 'М', 'M', '', '', '', '', '', '', 60, false, 'bench', '', 0);
create temp table seat as
  select row_number() over (order by v.district_id, s.id, m.id) - 1 as place, m.person_id, c.id as commission_id, s.id as station_id, m.office,
    v.district_id
  from station s join station_version v on v.station_id = s.id join commission c on c.area_id = s.area_id
    join commission_member m on m.commission_id = c.id;
create temp table lesson as
  with recursive n (i) as (select 0 union all select i + 1 from n where i < 2999)
  select i, 'lesson' || i as id, case when i % 5 = 4 then 'planned' else 'held' end as state,
    -- From 25 September 2023 on, five weeks.
    1695600000000000 + (i % 30) * 86400000000 as starts from n;
insert into training_session (id, election_id, programme_id, version, plan, area_id, level, state, starts_at, ends_at, present)
  select l.id, 'bench-2023', 'programme', 1, 1, s.district_id, 2, l.state, starts, starts + 7200000000, case when l.state = 'held' then 24 end
  from lesson l join seat s on s.place = l.i * 24;
insert into training_session_version (session_id, version, act, state, plan, area_id, place_kk, place_ru, place_en, starts_at, ends_at, seats,
    made_by, office, made_at)
  select id, 1, state, state, 1, area_id, 'Зал', 'Зал', 'Hall', starts_at, ends_at, 30, 'bench', '', 0 from training_session;
insert into training_trainee (session_id, person_id, added, state, commission_id, station_id, seat_office)
  select l.id, s.person_id, 1, 'invited', s.commission_id, s.station_id, s.office from lesson l join seat s on s.place / 24 = l.i;
insert into training_taught (person_id, module_id, session_id, version, module_version, level, taught_at)
  select t.person_id, 'module', t.session_id, 1, 1, 2, l.starts from training_trainee t join lesson l on l.id = t.session_id where l.state = 'held';
insert into training_passed (person_id, programme_id, election_id, session_id, level, passed_at)
  select t.person_id, 'programme', 'bench-2023', t.session_id, 2, l.starts from training_trainee t join lesson l on l.id = t.session_id
  where l.state = 'held';
