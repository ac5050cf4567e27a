-- Failed tries at signing in, by a keyed hash of the login: one that nobody has is locked like any other.
create table sign_in_try (
  login_key text primary key,
  failed_count bigint not null,
  last_at bigint not null
);
create index sign_in_try_by_time on sign_in_try (last_at);
alter table account drop column failed_count;
alter table account drop column locked_until;

-- The secret that a new owner is about to confirm; it belongs to the session that was shown it.
alter table session add column new_secret bytea;
