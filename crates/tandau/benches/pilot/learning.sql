-- Two thousand members who were taught in forty sessions, and their programme.
insert into area (id, code, edition, kind, zone, valid_from) values ('kz', 'kz', 'synthetic', 'country', 'Asia/Almaty', '2000-01-01');
insert into area_path (area_id, depth, ancestor_id) values ('kz', 0, 'kz');
insert into person (id, name_kk, name_ru, name_en, folded, sex, birth_year, synthetic, created_at)
  with recursive n (i) as (select 0 union all select i + 1 from n where i < 1999)
  select 'p' || i, 'p' || i, 'p' || i, 'p' || i, 'p' || i, 'female', 1980, true, 0 from n;
insert into election (id, rules_id, rules_sha256, title_kk, title_ru, title_en, area_id, zone, voting_day, state, state_since, synthetic, created_at)
  values ('vote', 'akim-district-2023', '', 'e', 'e', 'e', 'kz', 'Asia/Almaty', '2023-11-05', 'called', 0, true, 0);
insert into training_programme (id, key, version) values ('prog', 'members', 1);
insert into training_programme_version (programme_id, version, state, audience, level_from, level_until, tested, title_kk, title_ru, title_en,
    goal_kk, goal_ru, goal_en, made_by, office, made_at)
  values ('prog', 1, 'open', 'precinct_members', 0, 2, true, 'м', 'м', 'm', 'м', 'м', 'm', 'bench', 'bench', 0);
insert into training_module (id, programme_id, key, place, version)
  select 'mod-' || column1, 'prog', column1, 1, 1 from (values ('M1'), ('M2'), ('M3'), ('M4'));
insert into training_module_version (module_id, version, title_kk, title_ru, title_en, goals_kk, goals_ru, goals_en, change_kk, change_ru,
    change_en, minutes, retired, made_by, office, made_at)
  select id, 1, key, key, key, '', '', '', '', '', '', 30, false, 'bench', 'bench', 0 from training_module;
insert into training_session (id, election_id, programme_id, version, plan, area_id, level, state, starts_at, ends_at)
  with recursive n (i) as (select 0 union all select i + 1 from n where i < 39)
  select 'sess' || i, 'vote', 'prog', 1, 1, 'kz', 2, 'held', 0, 0 from n;
insert into training_trainee (session_id, person_id, added, state)
  with recursive n (i) as (select 0 union all select i + 1 from n where i < 1999)
  select 'sess' || (i % 40), 'p' || i, 1, 'invited' from n;
insert into training_taught (person_id, module_id, session_id, version, module_version, level, taught_at)
  select person_id, 'mod-M1', session_id, 1, 1, 2, 0 from training_trainee;
